/** Rows beyond each edge that exist already, so that a flick does not show white. */
const SPARE = 6;

export interface Viewport {
  /** How far it is scrolled. */
  top: number;
  height: number;
  rowHeight: number;
  /** Rows in the whole list. */
  count: number;
}

/** The first and the last row that must exist. An empty list has its last before its first. */
export function windowOf({ top, height, rowHeight, count }: Viewport): {
  first: number;
  last: number;
} {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), count - 1) - SPARE);
  const last = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + SPARE);
  return { first, last };
}
