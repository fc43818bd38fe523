// Times as people say them. The program speaks English; so do its dates.

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const DAY_OF_YEAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const FULL_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const NAMED_DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const LONG = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;

/** "now", "5 min. ago", "yesterday", then the date. */
export function relativeTime(iso: string, now: number): string {
  if (isDateOnly(iso)) return shortDate(iso, now);
  const ago = now - Date.parse(iso);
  const distance = Math.abs(ago);
  if (distance < MINUTE) return "now";
  if (distance < HOUR) return RELATIVE.format(-Math.trunc(ago / MINUTE), "minute");
  if (distance < DAY_MS) return RELATIVE.format(-Math.trunc(ago / HOUR), "hour");
  if (distance < 7 * DAY_MS) return RELATIVE.format(-Math.trunc(ago / DAY_MS), "day");
  return shortDate(iso, now);
}

/** Date and time in full; only the date where no time is known. */
export function fullTime(iso: string): string {
  return isDateOnly(iso) ? FULL_DAY.format(localDate(iso)) : FULL.format(new Date(iso));
}

/** For something soon: the time, with the weekday if it is not today. */
export function soonTime(iso: string, now: number): string {
  const date = new Date(iso);
  const time = TIME.format(date);
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${WEEKDAY.format(date)} ${time}`;
}

/** The time of a moment, where the day is told beside it. */
export function clockTime(iso: string): string {
  return TIME.format(new Date(iso));
}

/** A day by its name and date: "Tue, 24 Nov 2026". */
export function dateOfDay(iso: string): string {
  return NAMED_DAY.format(localDate(iso));
}

/** A moment to come, in full: "Wednesday, 25 November at 07:30". */
export function longTime(iso: string): string {
  return LONG.format(new Date(iso));
}

/** One end of a period. */
export function dayTime(iso: string): string {
  const date = new Date(iso);
  return `${DAY.format(date)}, ${TIME.format(date)}`;
}

function shortDate(iso: string, now: number): string {
  const date = isDateOnly(iso) ? localDate(iso) : new Date(iso);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? DAY : DAY_OF_YEAR).format(date);
}

function isDateOnly(iso: string): boolean {
  return iso.length === 10;
}

/** A date without a time is that day everywhere, not midnight in Greenwich. */
function localDate(iso: string): Date {
  return new Date(`${iso}T00:00:00`);
}
