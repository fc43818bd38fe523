// Where a row that is dragged would go.

/** So near an edge the list scrolls, in pixels. */
const EDGE = 40;

/** The furthest that it scrolls at a time. */
const FASTEST = 14;

/** The place of a row that was lifted from `from`, for a pointer among rows with these middles. */
export function placeAt(pointer: number, from: number, middles: readonly number[]): number {
  return middles.filter((middle, place) => place !== from && middle < pointer).length;
}

/** How far a list scrolls now: the nearer to an edge, or beyond it, the further. */
export function scrollStep(pointer: number, top: number, bottom: number): number {
  const above = top + EDGE - pointer;
  const below = pointer - (bottom - EDGE);
  const depth = Math.max(above, below);
  if (depth <= 0 || bottom - top < 2 * EDGE) return 0;
  const step = Math.ceil(Math.min(depth / EDGE, 1) * FASTEST);
  return above > below ? -step : step;
}
