import { describe, expect, it } from "vitest";
import { windowOf } from "../../src/parts/window-of";

describe("the rows of a virtual list", () => {
  it.each([
    ["at the top", { top: 0, count: 10_000 }, { first: 0, last: 16 }],
    ["in the middle", { top: 5_000, count: 10_000 }, { first: 44, last: 66 }],
    ["at the end", { top: 999_000, count: 10_000 }, { first: 9_984, last: 9_999 }],
    [
      "beyond the end, after the list has shrunk",
      { top: 999_000, count: 5 },
      { first: 0, last: 4 },
    ],
    ["of nothing", { top: 0, count: 0 }, { first: 0, last: -1 }],
  ])("%s", (_, at, rows) => {
    expect(windowOf({ height: 1_000, rowHeight: 100, ...at })).toEqual(rows);
  });
});
