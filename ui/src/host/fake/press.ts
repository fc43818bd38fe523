import type { ArticleView } from "../bindings/ArticleView";
import type { CommandError } from "../bindings/CommandError";
import type { CurationDraft } from "../bindings/CurationDraft";
import type { CurationEdit } from "../bindings/CurationEdit";
import type { Day } from "../bindings/Day";
import type { DeliveryRow } from "../bindings/DeliveryRow";
import type { Destination } from "../bindings/Destination";
import type { DigestChoice } from "../bindings/DigestChoice";
import type { DigestPreview } from "../bindings/DigestPreview";
import type { EditionRow } from "../bindings/EditionRow";
import type { Field } from "../bindings/Field";
import type { FieldFault } from "../bindings/FieldFault";
import type { MailDraft } from "../bindings/MailDraft";
import type { NextEdition } from "../bindings/NextEdition";
import type { PasswordPlace } from "../bindings/PasswordPlace";
import type { PlanCheck } from "../bindings/PlanCheck";
import type { PlanDraft } from "../bindings/PlanDraft";
import type { PlanRow } from "../bindings/PlanRow";
import type { SentAnswer } from "../bindings/SentAnswer";
import type { SentDigest } from "../bindings/SentDigest";
import type { SentTo } from "../bindings/SentTo";
import type { TopicRow } from "../bindings/TopicRow";
import type { TypedAddress } from "../bindings/TypedAddress";
import { changed, DAILY, nextOf, NOTHING } from "./curation";
import { FRESH_PLAN, HOUR_MS, sampleEditions, sampleMail, samplePlans } from "./editions";
import { FakeTemplates } from "./templates";

const DAYS: readonly Day[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const ZONES = ["America/New_York", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "UTC"];
const ADDRESS = /^([^<>@,;]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** What the whole of the program must do for it. */
interface Around {
  now: number;
  preview: (from: Date, to: Date, curation: CurationDraft) => DigestPreview;
  articles: () => ArticleView[];
  topics: () => TopicRow[];
  tell: () => void;
}

/** Makes, keeps and sends digests, in memory. */
export class FakePress {
  plans: PlanDraft[];
  editions: EditionRow[];
  mail: MailDraft | null;
  /** What the keyring holds; the window never gets it back. */
  password: string | null = "secret";
  hasKeyring = true;
  /** What sending to somebody comes to; others are sent to. */
  readonly answers = new Map<string, string>();
  /** Why the next edition of a digest cannot be made. */
  readonly notMade = new Map<string, string>();
  readonly templates = new FakeTemplates();
  /** What is wanted of the next editions, by digest. */
  readonly curations = new Map<string, CurationDraft>();
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
    this.plans = samplePlans();
    this.editions = sampleEditions(around.now);
    this.mail = sampleMail();
  }

  preview(choice: DigestChoice): DigestPreview {
    const { now, preview } = this.#around;
    const hours = choice.kind === "recent" ? (choice.hours ?? 12) : this.#sinceLast(choice.name);
    const isPeriod = choice.kind === "recent" && choice.hours !== null;
    const wanted = isPeriod ? NOTHING : this.wanted(choice.kind === "recent" ? null : choice.name);
    return preview(new Date(now - hours * HOUR_MS), new Date(now), wanted);
  }

  wanted(name: string | null): CurationDraft {
    return this.curations.get(name ?? DAILY) ?? NOTHING;
  }

  next(name: string | null): NextEdition {
    const { now, articles, topics } = this.#around;
    const plan = this.plans.find((each) => each.name === name);
    const named = plan?.topics ?? [];
    return nextOf({
      name: name ?? DAILY,
      from: new Date(now - (name === null ? 12 : this.#sinceLast(name)) * HOUR_MS),
      to: new Date(now),
      articles: articles(),
      topics: topics().filter(({ id }) => named.length === 0 || named.includes(id)),
      cap: plan?.cap ?? null,
      curation: this.wanted(name),
    });
  }

  curate(name: string | null, edits: CurationEdit[]): NextEdition {
    this.curations.set(name ?? DAILY, edits.reduce(changed, this.wanted(name)));
    this.#around.tell();
    return this.next(name);
  }

  /** Keeps an edition of what is sent, unless nothing can be sent at all. */
  sendNow(to: string[]): SentDigest {
    const answers = this.send(to).map(({ to, sent, message }): SentAnswer => {
      return { to, state: sent ? "done" : this.mail ? "failed" : "blocked", message };
    });
    return { edition: this.mail ? 2_000 : null, answers };
  }

  send(to: string[]): SentTo[] {
    return to.map((each) => {
      const refusal = this.mail ? this.answers.get(each) : "No mail server is set.";
      return { to: each, sent: !refusal, message: refusal ?? "Queued as 4F2A" };
    });
  }

  rows(): PlanRow[] {
    return this.plans.map((plan) => this.#row(plan));
  }

  fresh(): PlanDraft {
    return structuredClone(FRESH_PLAN);
  }

  check(draft: PlanDraft, planned: boolean): PlanCheck {
    const faults: FieldFault[] = [];
    const fault = (field: Field, message: string) => faults.push({ field, message });
    if (draft.days.length === 0) fault("days", "Choose a day at least.");
    if (!/^([01]?\d|2[0-3]):[0-5]\d$/.test(draft.at)) fault("at", "Write a time such as 07:30.");
    if (faults.length > 0) return { next: null, faults };
    if (draft.name.trim() === "") fault("name", "It needs a name");
    if (!planned && this.plans.some(({ name }) => name === draft.name.trim()))
      fault("name", `There is a digest "${draft.name}" already; choose another name`);
    if (draft.zone !== null && !ZONES.includes(draft.zone))
      fault("zone", `"${draft.zone}" is no time zone; write one such as Europe/Berlin`);
    return { next: this.#next(draft), faults };
  }

  save(draft: PlanDraft, planned: boolean): PlanRow {
    const [fault] = this.check(draft, planned).faults;
    if (fault) throw { kind: "field", fault } satisfies CommandError;
    const plan = { ...draft, name: draft.name.trim() };
    const others = this.plans.filter(({ name }) => name !== plan.name);
    this.plans = [...others, plan].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#around.tell();
    return this.#row(plan);
  }

  remove(name: string): void {
    this.plans = this.plans.filter((plan) => plan.name !== name);
    this.#around.tell();
  }

  zones() {
    return { system: "Europe/Berlin", names: ZONES };
  }

  addresses(text: string): TypedAddress[] {
    const typed = text.split(/[,;\n]/).map((each) => each.trim());
    return typed
      .filter(Boolean)
      .map((each) =>
        ADDRESS.test(each)
          ? { address: each, message: "" }
          : { address: null, message: `"${each}" is no mail address; write ann@example.org` },
      );
  }

  editionsOf(digest: string | null): EditionRow[] {
    const wanted = this.editions.filter((each) => digest === null || each.digest === digest);
    return structuredClone(wanted);
  }

  edition(id: number): EditionRow {
    const found = this.editions.find((edition) => edition.id === id);
    if (found) return found;
    const message = "This edition is not in the library any more.";
    throw { kind: "missing", message } satisfies CommandError;
  }

  read(id: number): DigestPreview {
    const { from, to } = this.edition(id);
    return this.#around.preview(new Date(from), new Date(to), NOTHING);
  }

  sendAgain(id: number, destination: Destination | null): number {
    const isMeant = (delivery: DeliveryRow) =>
      destination
        ? delivery.destination.to === destination.to && delivery.state !== "done"
        : ["blocked", "failed", "uncertain"].includes(delivery.state);
    const meant = this.edition(id).deliveries.filter(isMeant);
    const next_try = new Date(this.#around.now).toISOString();
    for (const delivery of meant)
      Object.assign(delivery, { state: "waiting", tries: 0, next_try, message: "" });
    this.#around.tell();
    return meant.length;
  }

  saveMail(draft: MailDraft, password: string | null): void {
    const refuse = (field: Field, message: string) => {
      throw { kind: "field", fault: { field, message } } satisfies CommandError;
    };
    if (!draft.host.includes("."))
      refuse("host", `"${draft.host}" is no server's name; write one such as smtp.example.org`);
    if (!ADDRESS.test(draft.sender))
      refuse("sender", `"${draft.sender}" is no mail address to send from`);
    if (draft.security === "none")
      refuse("security", "An open line would show the password to everyone on the way");
    if (this.mail?.host !== draft.host || this.mail.user !== draft.user) this.password = null;
    this.password = password ?? this.password;
    this.mail = { ...draft, port: draft.port ?? (draft.security === "tls" ? 465 : 587) };
    this.#around.tell();
  }

  forgetMail(): void {
    this.mail = null;
    this.password = null;
    this.#around.tell();
  }

  place(): PasswordPlace {
    if (!this.mail?.user) return { kind: "unneeded" };
    if (this.password === null) return { kind: "missing" };
    return { kind: this.hasKeyring ? "keyring" : "memory" };
  }

  #row(plan: PlanDraft): PlanRow {
    const editions = this.editionsOf(plan.name);
    const ailing = editions.flatMap(({ date, deliveries }) =>
      deliveries
        .filter(({ state, tries }) => state !== "done" && (state !== "waiting" || tries > 0))
        .map((delivery) => ({ date, delivery })),
    );
    const [last = null] = editions;
    return {
      plan: structuredClone(plan),
      next: this.#next(plan),
      last,
      trouble: ailing[0] ?? null,
      not_made: this.notMade.get(plan.name) ?? null,
    };
  }

  #next(plan: PlanDraft): string {
    const [hours = 0, minutes = 0] = plan.at.split(":").map(Number);
    const next = new Date(this.#around.now);
    next.setHours(hours, minutes, 0, 0);
    const isPlanned = () =>
      next.getTime() > this.#around.now && plan.days.includes(DAYS[next.getDay()] ?? "sun");
    for (let day = 0; day < 8 && !isPlanned(); day++) next.setDate(next.getDate() + 1);
    return next.toISOString();
  }

  #sinceLast(name: string): number {
    const last = this.editions.find((edition) => edition.digest === name);
    return last ? (this.#around.now - Date.parse(last.to)) / HOUR_MS : 24;
  }
}
