import type { Field } from "../host/bindings/Field";
import type { PlanCheck } from "../host/bindings/PlanCheck";
import type { PlanDraft } from "../host/bindings/PlanDraft";
import type { PlanRow } from "../host/bindings/PlanRow";
import type { TimeZones } from "../host/bindings/TimeZones";
import { asCommandError, plainWords, type Host } from "../host/host";
import { Addresses } from "./addresses.svelte";
import { Loadable } from "./loadable.svelte";

/** Short enough to feel immediate, long enough not to ask for every letter of a word. */
const TYPING_PAUSE_MS = 120;

/** A plan that was begun to be changed. */
export interface Unsaved {
  draft: PlanDraft;
  planned: boolean;
}

/** The form of a planned digest. */
export class PlanEditor {
  draft = $state.raw<PlanDraft | null>(null);
  /** It is planned already, and is being changed. */
  planned = $state(false);
  saving = $state(false);
  /** Why saving failed, where no field was at fault. */
  refusal = $state("");
  readonly check = new Loadable<PlanCheck>();
  readonly zones = new Loadable<TimeZones>();
  readonly recipients: Addresses;
  /** Fields that the user was at; the others are not complained about yet. */
  #visited = $state.raw<ReadonlySet<Field>>(new Set());
  readonly #host: Host;
  #before = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.recipients = new Addresses(host);
  }

  /** Changes a plan that is there. What was already begun with it goes on. */
  edit({ plan }: PlanRow): void {
    if (this.planned && this.draft?.name === plan.name && this.isChanged) return;
    this.#begin({ draft: plan, planned: true });
    this.#before = JSON.stringify(plan);
  }

  async create(): Promise<void> {
    const draft = await this.#host.freshPlan();
    this.#begin({ draft, planned: false });
    this.#before = JSON.stringify(draft);
  }

  /** Goes on where somebody left off. */
  resume(unsaved: Unsaved): void {
    this.#begin(unsaved);
    this.#before = "";
  }

  close(): void {
    clearTimeout(this.#timer);
    this.draft = null;
  }

  /** What would be lost if the form went. */
  get unsaved(): Unsaved | null {
    const { draft, planned } = this;
    return draft && this.isChanged ? { draft, planned } : null;
  }

  get isChanged(): boolean {
    return this.draft !== null && JSON.stringify(this.draft) !== this.#before;
  }

  change(part: Partial<PlanDraft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    this.refusal = "";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), TYPING_PAUSE_MS);
  }

  async addRecipients(): Promise<void> {
    const recipients = await this.recipients.joinedTo(this.draft?.recipients ?? []);
    this.change({ recipients });
  }

  async chooseFolder(): Promise<void> {
    try {
      const folder = await this.#host.chooseFolder();
      if (folder !== null) this.change({ folder });
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    }
  }

  /** The user is done with a field: what is wrong with it may be said. */
  leave(field: Field): void {
    if (!this.#visited.has(field)) this.#visited = new Set([...this.#visited, field]);
  }

  /** What is wrong with a field, once it may be said. */
  fault(field: Field): string {
    if (field === "recipients" && this.recipients.fault) return this.recipients.fault;
    const fault = this.check.value?.faults.find((each) => each.field === field);
    return fault && this.#visited.has(field) ? fault.message : "";
  }

  /** Saves and answers with the plan as it stands; with nothing if it was refused. */
  async save(): Promise<PlanRow | undefined> {
    if (this.saving) return undefined;
    await this.addRecipients();
    clearTimeout(this.#timer);
    if (!this.draft || this.recipients.fault) return undefined;
    const { draft, planned } = this;
    this.saving = true;
    try {
      const saved = await this.#host.savePlan(draft, planned);
      this.close();
      return saved;
    } catch (thrown) {
      await this.#refuse(thrown);
      return undefined;
    } finally {
      this.saving = false;
    }
  }

  #begin({ draft, planned }: Unsaved): void {
    clearTimeout(this.#timer);
    this.draft = draft;
    this.planned = planned;
    this.refusal = "";
    this.recipients.reset();
    this.check.reset();
    this.#visited = new Set();
    void this.#ask();
    if (!this.zones.value) void this.zones.load(() => this.#host.timeZones());
  }

  async #ask(): Promise<void> {
    const { draft, planned } = this;
    if (draft) await this.check.load(() => this.#host.checkPlan(draft, planned));
  }

  /** All faults are shown at once, each under its field. */
  async #refuse(thrown: unknown): Promise<void> {
    const error = asCommandError(thrown);
    if (error.kind !== "field") {
      this.refusal = plainWords(thrown);
      return;
    }
    await this.#ask();
    const faults = this.check.value?.faults ?? [];
    const isKnown = faults.some(({ field }) => field === error.fault.field);
    if (!isKnown) this.check.value = { next: null, faults: [...faults, error.fault] };
    this.#visited = new Set([...faults.map(({ field }) => field), error.fault.field]);
  }
}
