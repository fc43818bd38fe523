import { describe, expect, it } from "vitest";
import { pieces } from "../../src/parts/pieces";

const bad = (start: number, end: number) => ({ start, end, tone: "bad" });

function drawn(text: string, ...marks: ReturnType<typeof bad>[]): string {
  return pieces(text, marks)
    .map((piece) => (piece.tone ? `[${piece.text}]` : piece.text))
    .join("");
}

describe("underlined pieces", () => {
  it.each([
    ["none", "a NEAR b", [], "a NEAR b"],
    ["one", "a NEAR b", [bad(2, 6)], "a [NEAR] b"],
    ["out of order", "a NEAR b", [bad(7, 8), bad(0, 1)], "[a] NEAR [b]"],
    ["overlapping", "abcdef", [bad(1, 4), bad(2, 6)], "a[bcd][ef]"],
    ["missing at the end", "(a OR", [bad(5, 5)], "(a O[R]"],
    ["empty inside", "a b", [bad(1, 1)], "a[ ]b"],
    ["of nothing", "", [bad(0, 0)], ""],
  ])("%s", (_, text, marks, result) => {
    expect(drawn(text, ...marks)).toBe(result);
  });
});
