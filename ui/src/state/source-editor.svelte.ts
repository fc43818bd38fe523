import type { SourceSettings } from "../host/bindings/SourceSettings";
import type { SourceView } from "../host/bindings/SourceView";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { headerText, readHeaders, readLines } from "./headers";
import type { Toasts } from "./toasts.svelte";

/** Settings that were begun to be changed. */
export interface UnsavedSettings {
  id: number;
  saved: SourceSettings;
  draft: SourceSettings;
  headers: string;
  ignore: string;
  password: string;
}

/** The settings of the source that is open, as they are typed. */
export class SourceEditor {
  draft = $state.raw<SourceSettings | null>(null);
  /** Headers and patterns as typed, one a line. */
  headers = $state("");
  ignore = $state("");
  /** As typed. What is kept never comes back. */
  password = $state("");
  saving = $state(false);
  refusal = $state("");
  readonly isChanged = $derived.by(
    () => this.draft !== null && (this.password !== "" || this.#now() !== this.#was),
  );
  readonly headerFault = $derived(readHeaders(this.headers).fault);
  #id: number | null = null;
  #saved: SourceSettings | null = null;
  #was = $state("");
  readonly #host: Host;
  readonly #toasts: Toasts;
  readonly #saveDone: () => Promise<void>;

  constructor(host: Host, toasts: Toasts, saveDone: () => Promise<void>) {
    this.#host = host;
    this.#toasts = toasts;
    this.#saveDone = saveDone;
  }

  /** Shows the settings of a source; what is typed of the same one stays. */
  follow({ row, settings }: SourceView): void {
    if (row.id === this.#id && this.isChanged) return;
    this.#id = row.id;
    this.#show(settings);
  }

  /** What would be lost if the form went. */
  get unsaved(): UnsavedSettings | null {
    if (this.#id === null || !this.#saved || !this.draft || !this.isChanged) return null;
    const { draft, headers, ignore, password } = this;
    return { id: this.#id, saved: this.#saved, draft, headers, ignore, password };
  }

  /** Goes on where somebody left off. */
  resume({ id, saved, draft, headers, ignore, password }: UnsavedSettings): void {
    this.#id = id;
    this.#show(saved);
    this.draft = draft;
    this.headers = headers;
    this.ignore = ignore;
    this.password = password;
  }

  close(): void {
    this.#id = null;
    this.draft = null;
    this.password = "";
    this.refusal = "";
  }

  change(part: Partial<SourceSettings>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
    this.refusal = "";
  }

  discard(): void {
    if (this.#saved) this.#show(this.#saved);
  }

  async chooseTarget(): Promise<void> {
    try {
      const move_to = await this.#host.chooseFolder();
      if (move_to !== null) this.change({ move_to });
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    }
  }

  async save(): Promise<void> {
    const settings = this.#settings();
    const id = this.#id;
    if (!settings || id === null || this.saving || this.headerFault !== "") return;
    this.saving = true;
    this.refusal = "";
    try {
      const password = this.password === "" ? null : this.password;
      const { name } = await this.#host.changeSource(id, settings, password);
      this.#toasts.say(strings.sources.settings.saved(name));
      if (this.#id === id) this.#show(settings);
    } catch (thrown) {
      this.refusal = plainWords(thrown);
      return;
    } finally {
      this.saving = false;
    }
    await this.#saveDone();
  }

  #show(settings: SourceSettings): void {
    this.#saved = settings;
    this.draft = settings;
    this.headers = headerText(settings.headers);
    this.ignore = settings.ignore.join("\n");
    this.password = "";
    this.refusal = "";
    this.#was = this.#now();
  }

  /** What is typed, as it would be saved. */
  #settings(): SourceSettings | null {
    const { headers } = readHeaders(this.headers);
    return this.draft && { ...this.draft, headers, ignore: readLines(this.ignore) };
  }

  #now(): string {
    return JSON.stringify([this.draft, this.headers, this.ignore]);
  }
}
