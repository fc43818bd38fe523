// Joining pages of a list. The host's order is taken as it is; only neighbours are looked at.

import type { ArticleRow } from "../host/bindings/ArticleRow";

export interface Refreshed {
  rows: ArticleRow[];
  /** Whether rows after the fresh page are there, so that the list goes on after those. */
  goesBeyond: boolean;
}

/** The next page after what is there, without rows that are there already. */
export function appended(rows: ArticleRow[], page: ArticleRow[]): ArticleRow[] {
  const known = new Set(rows.map((row) => row.id));
  return rows.concat(page.filter((row) => !known.has(row.id)));
}

/**
 * A fresh first page in place of the old one. What was loaded beyond it stays, and the selected
 * row stays too, beside the row that it followed, even if the list would no longer hold it: a row
 * must not vanish under the cursor because it was read.
 */
export function refreshed(
  rows: ArticleRow[],
  fresh: ArticleRow[],
  selected: number | null,
): Refreshed {
  const last = fresh.at(-1);
  const overlap = last ? rows.findIndex((row) => row.id === last.id) : -1;
  const beyond = overlap < 0 ? [] : rows.slice(overlap + 1);
  return {
    rows: keeping(rows, appended(fresh, beyond), selected),
    goesBeyond: beyond.length > 0,
  };
}

function keeping(rows: ArticleRow[], joined: ArticleRow[], selected: number | null): ArticleRow[] {
  const place = rows.findIndex((row) => row.id === selected);
  const kept = rows[place];
  if (!kept || joined.some((row) => row.id === kept.id)) return joined;
  const before = new Set(rows.slice(0, place).map((row) => row.id));
  const at = joined.findLastIndex((row) => before.has(row.id)) + 1;
  return joined.toSpliced(at, 0, kept);
}
