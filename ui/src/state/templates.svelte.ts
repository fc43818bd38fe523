import type { TemplateTrial } from "../host/bindings/TemplateTrial";
import type { TemplateView } from "../host/bindings/TemplateView";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

const words = strings.digests.templates;

/** The typing pauses this long before a text is tried. */
const PAUSE_MS = 300;

/** Typeset in a process of its own, which takes a second; so it is tried when the user says so. */
const PDF = "digest.typ";

/** How digests look: our templates, or the user's own in place of some. */
export class Templates {
  readonly list = new Loadable<TemplateView[]>();
  selected = $state("digest.html");
  /** What was typed and is not saved, by name; it stays while the window is open. */
  drafts = $state.raw<ReadonlyMap<string, string>>(new Map());
  readonly trial = new Loadable<TemplateTrial>();
  /** The text that is shown is being tried. */
  trying = $state(false);
  /** Something else that takes a moment is under way. */
  busy = $state(false);
  readonly current = $derived(this.list.value?.find(({ name }) => name === this.selected));
  readonly text = $derived(this.drafts.get(this.selected) ?? this.current?.text ?? "");
  readonly isChanged = $derived(this.drafts.has(this.selected));
  readonly isPdf = $derived(this.selected === PDF);
  /** The text that is shown was tried, and can be used. */
  readonly isFine = $derived(this.trial.value !== undefined && this.trial.value.fault === null);
  readonly #host: Host;
  readonly #toasts: Toasts;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async visit(): Promise<void> {
    await this.refresh();
    if (!this.isPdf) await this.check();
  }

  async refresh(): Promise<void> {
    await this.list.load(() => this.#host.listTemplates());
  }

  select(name: string): void {
    if (name === this.selected) return;
    this.selected = name;
    this.#tryAnew();
  }

  type(text: string): void {
    this.#draft(this.selected, text);
    clearTimeout(this.#timer);
    if (this.isPdf) this.#forgetTrial();
    else this.#timer = setTimeout(() => void this.check(), PAUSE_MS);
  }

  /** Tries the text that is shown. */
  async check(): Promise<void> {
    clearTimeout(this.#timer);
    const { selected, text } = this;
    const turn = ++this.#tries;
    this.trying = true;
    await this.trial.load(() => this.#host.tryTemplate(selected, text));
    if (turn === this.#tries) this.trying = false;
  }

  /** Keeps the text if it can be used. */
  async save(): Promise<void> {
    const { selected, text } = this;
    await this.#do(async () => {
      const trial = await this.#host.saveTemplate(selected, text);
      if (selected === this.selected && text === this.text)
        await this.trial.load(() => Promise.resolve(trial));
      if (trial.fault) return;
      this.#toasts.say(words.saved(words.names[selected] ?? selected));
      await this.refresh();
      if (this.drafts.get(selected) === text) this.#draft(selected, null);
    });
  }

  /** Leaves what was typed; it can be brought back. */
  discard(): void {
    const { selected, text } = this;
    this.#draft(selected, null);
    this.#tryAnew();
    this.#toasts.offerUndo(words.discarded, () => {
      this.#draft(selected, text);
      this.selected = selected;
      this.#tryAnew();
    });
  }

  /** Goes back to ours; the user's own can be brought back. */
  async reset(): Promise<void> {
    const { current } = this;
    if (!current?.own) return;
    const { name, text } = current;
    await this.#do(async () => {
      await this.#host.resetTemplate(name);
      this.#draft(name, null);
      await this.refresh();
      this.#tryAnew();
      this.#toasts.offerUndo(words.wentBack(words.names[name] ?? name), () => {
        void this.#bringBack(name, text);
      });
    });
  }

  async openPdf(): Promise<void> {
    await this.#do(async () => {
      const { path, opened } = await this.#host.openTemplateTrial(this.text);
      if (!opened) this.#toasts.say(strings.digests.preview.shown(path));
    });
  }

  async #bringBack(name: string, text: string): Promise<void> {
    await this.#while(async () => {
      const { fault } = await this.#host.saveTemplate(name, text);
      if (fault) this.#toasts.complain(fault.message);
      await this.refresh();
      this.#tryAnew();
    });
  }

  /** Another text is shown. */
  #tryAnew(): void {
    clearTimeout(this.#timer);
    this.#forgetTrial();
    if (!this.isPdf) void this.check();
  }

  #forgetTrial(): void {
    this.#tries++;
    this.trying = false;
    this.trial.reset();
  }

  #draft(name: string, text: string | null): void {
    const drafts = new Map(this.drafts);
    const saved = this.list.value?.find((each) => each.name === name)?.text;
    if (text === null || text === saved) drafts.delete(name);
    else drafts.set(name, text);
    this.drafts = drafts;
  }

  async #do(work: () => Promise<void>): Promise<void> {
    if (!this.busy) await this.#while(work);
  }

  /** Says what went wrong. */
  async #while(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    } finally {
      this.busy = false;
    }
  }
}
