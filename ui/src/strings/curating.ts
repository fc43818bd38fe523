// What the window says while the next edition is edited.

import { count, NUMBER } from "./counts";

export const curatingStrings = {
  look: "Look at it as",
  looks: { page: "Page", stories: "Stories" },
  list: (chapter: string) => `Stories of ${chapter}, in order`,
  counts: (n: number, left: number) =>
    [count(n, "story", "stories"), left > 0 ? `${NUMBER.format(left)} left out` : ""]
      .filter(Boolean)
      .join(", "),
  note: "Note on top",
  notePlaceholder: "Words that stand over the digest, if you like",
  drag: (headline: string) => `Move “${headline}”`,
  dragHint: "Drag it, or press the arrow keys",
  moved: (place: number, of: number) => `Now ${place} of ${of}`,
  drop: (headline: string) => `Leave out “${headline}”`,
  dropped: (headline: string) => `Left out: ${headline}`,
  restore: "Take in again",
  restoreOne: (headline: string) => `Take in again: ${headline}`,
  leftOut: "Left out",
  annotate: (headline: string) => `Write a note under “${headline}”`,
  annotation: (headline: string) => `Note under “${headline}”`,
  annotationPlaceholder: "What you say of it",
  beyond: (n: number) =>
    `${count(n, "story does", "stories do")} not fit any more; move one up to have it in`,
  sort: "Usual order",
  sorted: (chapter: string) => `“${chapter}” is in its usual order again`,
  noteGone: "Note taken away",
  reset: "Everything is as it comes again",
  resetAll: "Take everything back",
  untouched: "What you change here holds for the next edition, and for that one only.",
  quiet: "Nothing yet",
  also: (n: number) => (n > 0 ? `in ${count(n, "other outlet", "other outlets")}` : ""),
} as const;
