import type { SourceRow } from "../host/bindings/SourceRow";
import type { SourceView } from "../host/bindings/SourceView";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { Library } from "./library.svelte";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";
import { Receipts } from "./receipts.svelte";
import { SourceEditor } from "./source-editor.svelte";
import type { Toasts } from "./toasts.svelte";

export type SourceFilter = "all" | "trouble" | "quiet" | "paused";
export type SourceSort = "name" | "state" | "newest" | "articles" | "checked";

/** The state as the window shows it: a source that answers well and has something to say is no trouble. */
export function stateOf({ state, message }: SourceRow): string {
  return state === "ok" && message !== "" ? "quiet" : state;
}

const IN_FILTER: Record<SourceFilter, (source: SourceRow) => boolean> = {
  all: () => true,
  trouble: ({ state }) => state === "failing" || state === "stopped",
  quiet: (source) => stateOf(source) === "quiet",
  paused: ({ state }) => state === "paused",
};

/** What needs the user most comes first. */
const URGENCY = ["stopped", "failing", "quiet", "paused", "new", "ok"];
const NAMES = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: SourceRow, b: SourceRow) => NAMES.compare(a.name, b.name);

const ORDER: Record<SourceSort, (a: SourceRow, b: SourceRow) => number> = {
  name: byName,
  state: (a, b) => URGENCY.indexOf(stateOf(a)) - URGENCY.indexOf(stateOf(b)) || byName(a, b),
  newest: (a, b) => b.id - a.id,
  articles: (a, b) => b.articles - a.articles || byName(a, b),
  checked: (a, b) => (a.last_checked ?? "").localeCompare(b.last_checked ?? ""),
};

/** The list of sources, and the one that is open. The rows themselves are part of the overview. */
export class Sources {
  text = $state("");
  filter = $state<SourceFilter>("all");
  sort = $state<SourceSort>("state");
  selected = $state<number | null>(null);
  readonly detail = new Loadable<SourceView>();
  readonly editor: SourceEditor;
  readonly receipts: Receipts;
  /** When the ones that are being checked by themselves had been checked before. */
  #checking = $state.raw<ReadonlyMap<number, string | null>>(new Map());
  /** Taken from the list, and gone for good once the way back has passed. */
  #leaving = $state.raw<ReadonlySet<number>>(new Set());
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;

  readonly rows = $derived.by(() =>
    this.#library.sources.filter((source) => !this.#leaving.has(source.id)),
  );
  readonly #named = $derived.by(() => {
    const words = this.text.trim().toLowerCase();
    if (words === "") return this.rows;
    return this.rows.filter(({ name, location, label }) =>
      [name, location, label ?? ""].some((text) => text.toLowerCase().includes(words)),
    );
  });
  readonly counts = $derived.by(() => {
    const count = (filter: SourceFilter) => this.#named.filter(IN_FILTER[filter]).length;
    return {
      all: this.#named.length,
      trouble: count("trouble"),
      quiet: count("quiet"),
      paused: count("paused"),
    };
  });
  readonly visible = $derived.by(() =>
    this.#named.filter(IN_FILTER[this.filter]).toSorted(ORDER[this.sort]),
  );
  readonly current = $derived.by(() => this.rows.find(({ id }) => id === this.selected));

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
    this.receipts = new Receipts(host);
    this.editor = new SourceEditor(host, toasts, () => this.#refreshAll());
  }

  /** Puts words and filter away. */
  showAll(): void {
    this.text = "";
    this.filter = "all";
  }

  open(id: number): void {
    if (id === this.selected) return;
    this.#leave();
    this.selected = id;
    void this.refresh();
  }

  close(): void {
    this.#leave();
    this.selected = null;
  }

  /** Opens the source `step` places further down; stays at the ends. */
  move(step: 1 | -1): void {
    const here = this.visible.findIndex(({ id }) => id === this.selected);
    const there = this.visible[Math.min(Math.max(here + step, 0), this.visible.length - 1)];
    if (there) this.open(there.id);
  }

  /** Asks again for the one that is open; what is typed in its settings stays. */
  readonly refresh = coalesced(async () => {
    const { selected } = this;
    if (selected === null) return;
    const view = await this.detail.load(() => this.#host.sourceDetail(selected));
    if (!view || this.selected !== selected) return;
    this.editor.follow(view);
    if (view.files !== null) this.receipts.follow(view);
  });

  isChecking(source: SourceRow): boolean {
    return this.#checking.get(source.id) === source.last_checked && this.#checking.has(source.id);
  }

  /** Whatever was asked for has been checked, or was found to be left alone for now. */
  checksEnded(): void {
    this.#checking = new Map();
  }

  async checkNow(): Promise<void> {
    await this.#try(() => this.#host.checkNow());
  }

  async check(source: SourceRow): Promise<void> {
    this.#checking = new Map([...this.#checking, [source.id, source.last_checked]]);
    const asked = await this.#try(() => this.#host.checkSource(source.id));
    if (!asked) this.#checking = new Map([...this.#checking].filter(([id]) => id !== source.id));
  }

  async pause(source: SourceRow): Promise<void> {
    if (!(await this.#try(() => this.#host.pauseSource(source.id)))) return;
    this.#toasts.offerUndo(
      strings.sources.detail.paused(source.name),
      () => void this.resume(source),
    );
    await this.#refreshAll();
  }

  async resume(source: SourceRow): Promise<void> {
    await this.#try(() => this.#host.resumeSource(source.id));
    await this.#refreshAll();
  }

  async exportList(): Promise<void> {
    await this.#try(async () => {
      const path = await this.#host.exportFeeds();
      if (path !== null) this.#toasts.say(strings.sources.exported(path));
    });
  }

  /**
   * Takes the source off the list now and from the host when the toast has gone. Adding it again
   * would fetch it anew and lose what is known about it, so the way back must come before.
   */
  remove(source: SourceRow): void {
    if (this.selected === source.id) this.close();
    this.#leaving = new Set([...this.#leaving, source.id]);
    this.#toasts.offerUndo(
      strings.sources.removed(source.name),
      () => this.#stay(source.id),
      () => void this.#removeForGood(source.id),
    );
  }

  /** What was typed in the settings can be brought back. */
  #leave(): void {
    const { unsaved } = this.editor;
    this.detail.reset();
    this.editor.close();
    this.receipts.close();
    if (!unsaved) return;
    this.#toasts.offerUndo(strings.sources.settings.notSaved(unsaved.saved.name), () => {
      this.open(unsaved.id);
      this.editor.resume(unsaved);
    });
  }

  async #removeForGood(id: number): Promise<void> {
    await this.#try(() => this.#host.removeSource(id));
    await this.#library.refresh();
    this.#stay(id);
  }

  #stay(id: number): void {
    this.#leaving = new Set([...this.#leaving].filter((each) => each !== id));
  }

  async #refreshAll(): Promise<void> {
    await Promise.all([this.#library.refresh(), this.refresh()]);
  }

  /** False if the host refused; then that was said. */
  async #try(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
      return false;
    }
  }
}
