import type { DeliveryRow } from "../bindings/DeliveryRow";
import type { EditionRow } from "../bindings/EditionRow";
import type { MailDraft } from "../bindings/MailDraft";
import type { PlanDraft } from "../bindings/PlanDraft";

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ANN = "Ann Lee <ann@ministry.example>";
const BOB = "bob@ministry.example";
const DESK = "press-desk@ministry.example";

export const FRESH_PLAN: PlanDraft = {
  name: "",
  topics: [],
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  at: "07:30",
  zone: null,
  recipients: [],
  folder: null,
  cap: null,
  order: "newest",
  when_empty: "send",
};

export function samplePlans(): PlanDraft[] {
  return [
    {
      ...FRESH_PLAN,
      name: "Minister’s morning",
      topics: ["us-russia", "election-interference"],
      days: ["mon", "tue", "wed", "thu", "fri"],
      zone: "Europe/Berlin",
      recipients: [ANN, BOB, DESK],
      folder: "/press/Digests",
      cap: 12,
    },
    {
      ...FRESH_PLAN,
      name: "Weekly harbour review",
      topics: ["harbour-strikes"],
      days: ["fri"],
      at: "16:00",
      recipients: [DESK],
      order: "widest",
      when_empty: "keep",
    },
  ];
}

export function sampleMail(): MailDraft {
  return {
    host: "smtp.ministry.example",
    port: 587,
    security: "starttls",
    sender: "Press office <press@ministry.example>",
    user: "press",
    token: false,
    certificates: null,
  };
}

const SENT: DeliveryRow[] = [ANN, BOB, DESK].map((to) => ({
  destination: { kind: "mail", to },
  state: "done",
  tries: 1,
  next_try: null,
  message: "2.0.0 Ok: queued as 4F2A91",
}));

const FILED: DeliveryRow = {
  destination: { kind: "folder", to: "/press/Digests" },
  state: "done",
  tries: 1,
  next_try: null,
  message: "/press/Digests/Minister’s morning.pdf",
};

/** Two months of editions, the last of which did not quite get through. */
export function sampleEditions(now: number): EditionRow[] {
  const editions: EditionRow[] = [];
  for (let day = 0; day < 60; day++) {
    const at = now - day * DAY_MS - 2 * HOUR_MS;
    const weekday = new Date(at).getDay();
    if (weekday === 0 || weekday === 6) continue;
    editions.push(edition(editions.length, at, now));
  }
  return editions;
}

function edition(place: number, at: number, now: number): EditionRow {
  const wasOff = place === 6;
  return {
    id: 1_000 - place,
    digest: "Minister’s morning",
    date: new Date(at).toISOString().slice(0, 10),
    state: wasOff ? "skipped" : "made",
    from: new Date(at - DAY_MS).toISOString(),
    to: new Date(at).toISOString(),
    at: new Date(at).toISOString(),
    late: place === 5,
    by_hand: false,
    articles: wasOff ? 0 : 5 + ((place * 7) % 13),
    deliveries: wasOff
      ? []
      : place === 0
        ? stuck(now)
        : [...SENT, FILED].map((each) => ({ ...each })),
  };
}

/** One of each trouble. */
function stuck(now: number): DeliveryRow[] {
  const [ann, bob, desk] = SENT as [DeliveryRow, DeliveryRow, DeliveryRow];
  return [
    {
      ...ann,
      state: "uncertain",
      message: "The server took the message and did not answer; it may have been delivered",
    },
    {
      ...bob,
      state: "waiting",
      tries: 2,
      next_try: new Date(now + HOUR_MS / 4).toISOString(),
      message: "4.7.1 Greylisted, try again later",
    },
    { ...desk },
    { ...FILED },
  ];
}
