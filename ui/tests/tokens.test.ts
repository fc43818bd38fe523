import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");

const TONES = [0, 1, 2, 3, 4, 5].map((tone) => `tone-${tone}`);

/** Text, the grounds that it stands on, and the contrast that WCAG AA asks for. */
const PAIRS: [string[], string[], number][] = [
  [["ink", "ink-soft", "ink-faint"], ["rail", "surface", "raised", "sunken", "hover"], 4.5],
  [["ink", "ink-soft", "ink-faint"], ["selected"], 4.5],
  [["accent"], ["surface", "raised", "hover"], 4.5],
  [["on-accent"], ["accent", "accent-hover"], 4.5],
  [["good", "warn", "bad"], ["surface", "rail", "sunken"], 4.5],
  [["warn"], ["warn-surface"], 4.5],
  [["bad", "ink"], ["bad-surface"], 4.5],
  [["on-mark"], ["mark"], 4.5],
  [["on-mark-now"], ["mark-now"], 4.5],
  [["focus", "line-strong", "star", ...TONES], ["rail", "surface", "hover"], 3],
];

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("contrast in %s", (_, side) => {
  const cases = PAIRS.flatMap(([texts, grounds, least]) =>
    texts.flatMap((text) => grounds.map((ground) => [text, ground, least] as const)),
  );
  it.each(cases)("of %s on %s is at least %d", (text, ground, least) => {
    expect(contrast(colour(text, side), colour(ground, side))).toBeGreaterThanOrEqual(least);
  });
});

function colour(name: string, side: 0 | 1): string {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? "";
  const colours = value.match(/#[0-9a-f]{6}/g) ?? [];
  const found = colours[side] ?? colours[0];
  if (!found) throw new Error(`no colour --${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** As WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
