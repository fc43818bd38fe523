import type { TriedDay } from "../host/bindings/TriedDay";

/** A bar of a chart: some days in a row. */
export interface Bar {
  from: string;
  to: string;
  articles: number;
}

const DAY_MS = 86_400_000;

/**
 * Days as bars without gaps, oldest first. What is more than `most` days is gathered into spans of
 * equal length.
 */
export function bars(days: readonly TriedDay[], most: number): Bar[] {
  const newest = days.at(-1);
  const oldest = days[0];
  if (!newest || !oldest) return [];
  const last = dayNumber(newest.day);
  const span = Math.max(1, Math.ceil((last - dayNumber(oldest.day) + 1) / most));
  const count = Math.ceil((last - dayNumber(oldest.day) + 1) / span);
  const first = last - count * span + 1;
  const found = Array.from({ length: count }, (_, at) => ({
    from: dayName(first + at * span),
    to: dayName(first + (at + 1) * span - 1),
    articles: 0,
  }));
  for (const { day, articles } of days) {
    const bar = found[Math.floor((dayNumber(day) - first) / span)];
    if (bar) bar.articles += articles;
  }
  return found;
}

function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
