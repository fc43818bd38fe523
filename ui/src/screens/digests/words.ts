// How editions and deliveries stand, in words.

import { relativeTime, soonTime } from "../../format";
import type { DeliveryRow } from "../../host/bindings/DeliveryRow";
import type { EditionRow } from "../../host/bindings/EditionRow";
import type { PlanRow } from "../../host/bindings/PlanRow";
import { strings } from "../../strings";

const words = strings.digests;

const ZONE_HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How it is with something, as a colour and no more than that: the words say the same. */
export type Tone = "good" | "warn" | "bad" | "faint";

export function isThere({ state }: DeliveryRow): boolean {
  return state === "done";
}

export function deliveryTone({ state, tries }: DeliveryRow): Tone {
  switch (state) {
    case "done":
      return "good";
    case "sending":
      return "faint";
    case "waiting":
      return tries > 0 ? "warn" : "faint";
    case "uncertain":
    case "blocked":
      return "warn";
    case "failed":
      return "bad";
  }
}

export function deliveryState({ state, destination }: DeliveryRow): string {
  if (state === "done" && destination.kind === "folder") return words.deliveries.filed;
  return words.deliveries.states[state];
}

/** Where an edition went, as one phrase. */
export function whereItWent({ deliveries }: EditionRow): string {
  const open = deliveries.filter((delivery) => !isThere(delivery)).length;
  return open > 0 ? words.editions.openIt(open) : words.editions.sentAll(deliveries.length);
}

export function editionTone(edition: EditionRow): Tone {
  if (edition.state !== "made") return "faint";
  const tones = edition.deliveries.map(deliveryTone);
  return (["bad", "warn", "faint"] as const).find((tone) => tones.includes(tone)) ?? "good";
}

/** The last edition of a plan, as one phrase. */
export function lastEdition({ last }: PlanRow, now: number): string {
  if (!last) return words.noEdition;
  const state = {
    made: words.lastMade(last.articles, whereItWent(last)),
    skipped: words.skippedShort,
    claimed: words.claimedShort,
  }[last.state];
  return words.last(relativeTime(last.date, now), state);
}

/** When the next edition comes out, by the clock here. */
export function nextEdition({ next, plan }: PlanRow, now: number): string {
  const when = soonTime(next, now);
  const isElsewhere = plan.zone !== null && plan.zone !== ZONE_HERE;
  return isElsewhere ? words.here(when) : when;
}

/** What went wrong last, as a sentence; empty if all is well. */
export function troubleOf({ trouble, not_made }: PlanRow, now: number): string {
  if (not_made !== null) return words.notMade(not_made);
  if (!trouble) return "";
  const { date, delivery } = trouble;
  const { destination, message } = delivery;
  return words.trouble(relativeTime(date, now), destination.to, deliveryState(delivery), message);
}
