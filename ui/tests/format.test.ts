import { describe, expect, it } from "vitest";
import { fullTime, relativeTime } from "../src/format";

const now = Date.parse("2026-03-04T09:00:00Z");

describe("relative times", () => {
  it.each([
    ["2026-03-04T08:59:40Z", "now"],
    ["2026-03-04T09:00:20Z", "now"],
    ["2026-03-04T08:55:00Z", "5m ago"],
    ["2026-03-04T06:10:00Z", "2h ago"],
    ["2026-03-03T06:00:00Z", "yesterday"],
    ["2026-02-10T12:00:00Z", "10 Feb"],
    ["2019-05-14", "14 May 2019"],
  ])("%s is %s", (iso, words) => {
    expect(relativeTime(iso, now)).toBe(words);
  });
});

describe("full times", () => {
  it("of a date without a time is that date in every zone", () => {
    expect(fullTime("2019-05-14")).toBe("14 May 2019");
  });
});
