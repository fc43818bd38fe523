import { describe, expect, it } from "vitest";
import { placeAt, scrollStep } from "../../src/parts/sorting";

describe("the place of a dragged row", () => {
  const middles = [20, 60, 100, 140];

  it.each([
    [0, 20, 0, "where it was"],
    [0, 70, 1, "past the second"],
    [0, 500, 3, "below the list"],
    [3, 59, 1, "above the second"],
    [3, -10, 0, "above the list"],
    [2, 100, 2, "its own middle does not count"],
  ])("from %i at %i is %i: %s", (from, pointer, place) => {
    expect(placeAt(pointer, from, middles)).toBe(place);
  });
});

describe("scrolling while a row is dragged", () => {
  it("begins near an edge and grows towards it", () => {
    expect(scrollStep(300, 0, 600)).toBe(0);
    expect(scrollStep(30, 0, 600)).toBeLessThan(0);
    expect(scrollStep(590, 0, 600)).toBeGreaterThan(scrollStep(565, 0, 600));
    expect(scrollStep(9_000, 0, 600)).toBe(scrollStep(600, 0, 600));
  });

  it("does nothing where there is no room, or nothing scrolls", () => {
    expect(scrollStep(30, 0, 60)).toBe(0);
    expect(scrollStep(30, 0, 0)).toBe(0);
  });
});
