import { describe, expect, it } from "vitest";
import { bars } from "../../src/state/volume";

const day = (name: string, articles: number) => ({ day: name, articles, alerts: 0 });

describe("bars", () => {
  it("have no gaps where nothing was found", () => {
    const found = bars([day("2026-02-27", 3), day("2026-03-02", 1)], 90);
    expect(found.map(({ articles }) => articles)).toEqual([3, 0, 0, 1]);
    expect(found[1]).toEqual({ from: "2026-02-28", to: "2026-02-28", articles: 0 });
  });

  it("gather days when there are too many, and lose none", () => {
    const year = Array.from({ length: 365 }, (_, at) =>
      day(new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10), 1),
    );
    const found = bars(year, 90);
    expect(found.length).toBeLessThanOrEqual(90);
    expect(found.reduce((sum, { articles }) => sum + articles, 0)).toBe(365);
    expect(found.at(-1)?.to).toBe("2025-12-31");
  });

  it("are none for nothing", () => {
    expect(bars([], 90)).toEqual([]);
  });
});
