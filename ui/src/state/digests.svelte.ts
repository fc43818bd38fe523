import type { DigestChoice } from "../host/bindings/DigestChoice";
import type { DigestFormat } from "../host/bindings/DigestFormat";
import type { PlanRow } from "../host/bindings/PlanRow";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Curating } from "./curating.svelte";
import { Editions } from "./editions.svelte";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";
import { PlanEditor, type Unsaved } from "./plan-editor.svelte";
import { Preview } from "./preview.svelte";
import { recall, remember } from "./remember";
import { Sending } from "./sending.svelte";
import { Templates } from "./templates.svelte";
import type { Toasts } from "./toasts.svelte";

/** What the screen of digests shows beside its list. */
export type Shown =
  | { kind: "recent" }
  | { kind: "plan"; name: string }
  | { kind: "new" }
  | { kind: "archive" }
  | { kind: "templates" };

/** What is shown of a planned digest. */
export type View = "next" | "editions" | "plan" | "templates";

/** How the next edition is looked at: as a page, or story by story to be edited. */
export type Look = "page" | "stories";

function isLook(value: unknown): value is Look {
  return value === "page" || value === "stories";
}

const RECENT: Shown = { kind: "recent" };

/** The planned digests, and what is being looked at. */
export class Digests {
  readonly list = new Loadable<PlanRow[]>();
  shown = $state.raw<Shown>(RECENT);
  view = $state<View>("next");
  /** In front of the list, where only one of the two fits. */
  inFront = $state(false);
  /** The period of the digest of the moment; `null`: since the last one. */
  hours = $state<number | null>(null);
  look = $state<Look>(recall("digest-look", isLook, "page"));
  readonly preview: Preview;
  readonly curating: Curating;
  readonly templates: Templates;
  readonly sending: Sending;
  readonly editor: PlanEditor;
  readonly editions: Editions;
  /** Taken from the list, and gone for good once the way back has passed. */
  #leaving = $state.raw<ReadonlySet<string>>(new Set());
  readonly rows = $derived.by(() =>
    (this.list.value ?? []).filter(({ plan }) => !this.#leaving.has(plan.name)),
  );
  readonly current = $derived.by(() => {
    const { shown } = this;
    return shown.kind === "plan"
      ? this.rows.find(({ plan }) => plan.name === shown.name)
      : undefined;
  });
  /** A period of one's own is looked at as it is. */
  readonly canCurate = $derived(this.shown.kind === "plan" || this.hours === null);
  /** Whether the stories are on show, to be edited. */
  readonly isCurating = $derived(this.canCurate && this.look === "stories");
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
    this.preview = new Preview(host, toasts);
    this.curating = new Curating(host, toasts);
    this.templates = new Templates(host, toasts);
    this.sending = new Sending(host);
    this.editor = new PlanEditor(host);
    this.editions = new Editions(host, toasts);
  }

  /** Comes to the screen, or back to it. */
  async visit(): Promise<void> {
    await Promise.all([this.refresh(), this.#look()]);
  }

  /** The plans and how they stand. */
  readonly refresh = coalesced(() => this.list.load(() => this.#host.listPlans()));

  /** Something happened to plans, editions or deliveries. */
  follow(): void {
    if (this.list.value) void this.refresh();
    if (this.editions.list.value) void this.editions.refresh();
    if (this.view === "next") this.#freshen();
  }

  /** What came in may be in the next edition. */
  followArticles(): void {
    if (this.view === "next" && this.isCurating && this.curating.next.value)
      void this.curating.refresh();
  }

  lookAt(look: Look): void {
    this.look = look;
    remember("digest-look", look);
    void this.#look();
  }

  showTemplates(): void {
    this.#turnTo({ kind: "templates" }, "templates");
  }

  showRecent(hours: number | null = this.hours): void {
    this.hours = hours;
    this.#turnTo(RECENT, "next");
  }

  showArchive(): void {
    this.#turnTo({ kind: "archive" }, "editions");
  }

  showPlan(name: string, view?: View): void {
    const stays = this.view === "editions" ? "editions" : "next";
    this.#turnTo({ kind: "plan", name }, view ?? stays);
  }

  async create(): Promise<void> {
    this.#turnTo({ kind: "new" }, "plan");
    try {
      await this.editor.create();
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
      this.showRecent();
    }
  }

  async save(): Promise<void> {
    const { planned } = this.editor;
    const saved = await this.editor.save();
    if (!saved) return;
    const { name } = saved.plan;
    this.#toasts.say(planned ? strings.digests.saved(name) : strings.digests.planned(name));
    await this.refresh();
    this.showPlan(name, "next");
  }

  /** Leaves the form; what was typed can be brought back. */
  discard(): void {
    const { planned, draft, unsaved } = this.editor;
    this.editor.close();
    if (planned && draft) this.showPlan(draft.name, "next");
    else this.showRecent();
    this.inFront = planned;
    this.#offerBack(unsaved);
  }

  /** The digest that is shown, written to a file. */
  async export(format: DigestFormat): Promise<void> {
    await this.curating.settled();
    await this.preview.export(this.#choice(), format);
  }

  async openInMail(): Promise<void> {
    await this.curating.settled();
    await this.preview.openInMail(this.#choice());
  }

  /** The digest that is shown, to be sent now. */
  async send(): Promise<void> {
    await this.curating.settled();
    this.sending.open(this.#choice(), this.current?.plan.recipients ?? []);
  }

  /** The place in the list that is `step` further. */
  move(step: 1 | -1): void {
    if (this.view === "editions" && this.inFront) {
      this.editions.move(step);
      return;
    }
    const names = this.rows.map(({ plan }) => plan.name);
    const { shown } = this;
    const here = shown.kind === "plan" ? names.indexOf(shown.name) : -1;
    const name = names[Math.min(Math.max(here + step, -1), names.length - 1)];
    if (name === undefined) this.showRecent();
    else this.showPlan(name);
  }

  /**
   * Takes the plan off the list now and from the host when the toast has gone: what waits to be
   * sent of it would not come back with it.
   */
  remove({ plan: { name } }: PlanRow): void {
    this.#leaving = new Set([...this.#leaving, name]);
    if (this.shown.kind === "plan" && this.shown.name === name) {
      this.editor.close();
      this.showRecent();
      this.inFront = false;
    }
    this.#toasts.offerUndo(
      strings.digests.removed(name),
      () => this.#stay(name),
      () => void this.#removeForGood(name),
    );
  }

  async #removeForGood(name: string): Promise<void> {
    try {
      await this.#host.removePlan(name);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.refresh();
    this.#stay(name);
  }

  #stay(name: string): void {
    this.#leaving = new Set([...this.#leaving].filter((each) => each !== name));
  }

  #turnTo(shown: Shown, view: View): void {
    this.#rescue(shown);
    this.shown = shown;
    this.view = view;
    this.inFront = true;
    void this.#look();
  }

  /** A form that is left goes; one that is only looked away from stays as it is. */
  #rescue(next: Shown): void {
    const { unsaved } = this.editor;
    const stays = unsaved?.planned && next.kind === "plan" && next.name === unsaved.draft.name;
    if (stays) return;
    this.editor.close();
    this.#offerBack(unsaved);
  }

  #offerBack(unsaved: Unsaved | null): void {
    if (!unsaved) return;
    this.#toasts.offerUndo(strings.digests.notSaved(unsaved.draft.name), () =>
      this.#resume(unsaved),
    );
  }

  #resume(unsaved: Unsaved): void {
    const { draft, planned } = unsaved;
    this.#turnTo(planned ? { kind: "plan", name: draft.name } : { kind: "new" }, "plan");
    this.editor.resume(unsaved);
  }

  /** Asks for what is on show. */
  async #look(): Promise<void> {
    const { shown, view, current } = this;
    if (view === "templates") await this.templates.visit();
    else if (shown.kind === "archive") await this.editions.show(null);
    else if (shown.kind === "plan" && view === "editions") await this.editions.show(shown.name);
    else if (view === "next" && this.isCurating)
      await this.curating.show(shown.kind === "plan" ? shown.name : null);
    else if (view === "next") await this.preview.show(this.#choice());
    else if (current) this.editor.edit(current);
  }

  /** Asks again for what is on show of the next edition, if it was asked for. */
  #freshen(): void {
    const { preview, curating, isCurating } = this;
    if (isCurating ? curating.next.value : preview.page.value) void this.#look();
  }

  #choice(): DigestChoice {
    const { shown, hours } = this;
    return shown.kind === "plan"
      ? { kind: "planned", name: shown.name }
      : { kind: "recent", hours };
  }
}
