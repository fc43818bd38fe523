import type { QueryCheck } from "../host/bindings/QueryCheck";
import type { QueryTool } from "../host/bindings/QueryTool";
import type { TopicDetail } from "../host/bindings/TopicDetail";
import type { TopicDraft } from "../host/bindings/TopicDraft";
import type { TopicRow } from "../host/bindings/TopicRow";
import type { TopicVersionRow } from "../host/bindings/TopicVersionRow";
import type { WordListDraft } from "../host/bindings/WordListDraft";
import { asCommandError, plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { BackTest } from "./backtest.svelte";
import type { Library } from "./library.svelte";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

/** Short enough to feel immediate, long enough not to ask for every letter of a word. */
const TYPING_PAUSE_MS = 120;

const NEW: TopicDraft = { id: null, name: "", query: "", level: "notify", lists: [] };

/** The editor of topics. The topics themselves are part of the library's overview. */
export class Topics {
  /** What is being edited; none while only the list is shown. */
  draft = $state.raw<TopicDraft | null>(null);
  /** What saving does besides: run the topic over what is there already. */
  applies = $state(true);
  saving = $state(false);
  /** Why saving failed, where it was not the query's fault. */
  refusal = $state("");
  /** What an import changed. */
  imported = $state.raw<readonly string[]>([]);
  /** What the host says about the query as typed. */
  readonly check = new Loadable<QueryCheck>();
  /** Word lists and versions of the topic. */
  readonly detail = new Loadable<TopicDetail>();
  readonly backTest: BackTest;
  readonly lists = $derived(this.draft?.lists ?? this.detail.value?.lists ?? []);
  readonly savable = $derived(
    this.draft !== null &&
      this.draft.name.trim() !== "" &&
      this.draft.query.trim() !== "" &&
      !this.check.value?.error &&
      !this.check.value?.lists.length &&
      !this.saving,
  );
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
    this.backTest = new BackTest(host);
  }

  edit(topic: TopicRow): void {
    const { id, name, query, level } = topic;
    this.#begin({ id, name, query, level, lists: null });
  }

  create(): void {
    this.#begin(NEW);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.backTest.reset();
    this.draft = null;
  }

  change(part: Partial<TopicDraft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    this.refusal = "";
    if (part.query === undefined && part.lists === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#checkQuery(), TYPING_PAUSE_MS);
  }

  addList(): void {
    this.change({ lists: [...this.lists, { name: "", query: "" }] });
  }

  changeList(at: number, part: Partial<WordListDraft>): void {
    const changed = this.lists.map((list, each) => (each === at ? { ...list, ...part } : list));
    this.change({ lists: changed });
  }

  removeList(at: number): void {
    this.change({ lists: this.lists.filter((_, each) => each !== at) });
  }

  /** Puts an earlier version into the editor, to be looked at and saved. */
  restore({ query, level, lists }: TopicVersionRow): void {
    this.change({ query, level, lists });
  }

  /** Puts another tool's query into the editor, in our language. */
  async importQuery(tool: QueryTool, text: string): Promise<void> {
    try {
      const { query, changes } = await this.#host.importQuery(tool, text);
      this.change({ query });
      this.imported = changes.map(({ message }) => message);
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    }
  }

  /** Tries the draft again, over so many days back. */
  tryOver(days: number | null): void {
    this.backTest.days = days;
    if (this.draft && this.#isTriable()) void this.backTest.try(this.draft);
  }

  async save(): Promise<void> {
    const { draft } = this;
    if (!draft || !this.savable) return;
    this.saving = true;
    try {
      const saved = await this.#host.saveTopic({ ...draft, name: draft.name.trim() });
      if (this.applies) await this.#apply(saved);
      else this.#toasts.say(strings.topics.saved(saved.name));
      if (this.draft === draft) this.edit(saved);
    } catch (thrown) {
      this.#refuse(thrown, draft.query);
    } finally {
      this.saving = false;
    }
    await this.#library.refresh();
  }

  /** Runs a saved topic over what is there already. */
  async apply(topic: TopicRow): Promise<void> {
    try {
      await this.#apply(topic);
      await this.reloadDetail(topic.id);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  /** Takes back what the last run over the library did. */
  async undoApplied(id: string): Promise<void> {
    try {
      await this.#host.undoTopic(id);
      this.#toasts.say(strings.topics.takenBack);
      if (this.draft?.id === id) await this.reloadDetail(id);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  /** Removes at once; the way back saves the topic again as it was. */
  async remove(topic: TopicRow): Promise<void> {
    try {
      await this.#host.removeTopic(topic.id);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
      return;
    }
    if (this.draft?.id === topic.id) this.close();
    this.#toasts.offerUndo(strings.topics.removed(topic.name), () => void this.#bringBack(topic));
    await this.#library.refresh();
  }

  async #bringBack({ name, query, level }: TopicRow): Promise<void> {
    try {
      const saved = await this.#host.saveTopic({ id: null, name, query, level, lists: null });
      await this.#host.applyTopic(saved.id);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  async #apply({ id, name }: TopicRow): Promise<void> {
    const { added, removed } = await this.#host.applyTopic(id);
    if (added + removed === 0) this.#toasts.say(strings.topics.saved(name));
    else {
      const said = strings.topics.applied(name, added, removed);
      this.#toasts.offerUndo(said, () => void this.undoApplied(id));
    }
  }

  #begin(draft: TopicDraft): void {
    clearTimeout(this.#timer);
    this.draft = draft;
    this.refusal = "";
    this.imported = [];
    this.check.reset();
    this.detail.reset();
    this.backTest.reset();
    if (draft.id !== null) void this.reloadDetail(draft.id);
    void this.#checkQuery();
  }

  /** Asks again for the word lists and versions of the topic. */
  async reloadDetail(id: string): Promise<void> {
    await this.detail.load(() => this.#host.topicDetail(id));
  }

  async #checkQuery(): Promise<void> {
    const { draft } = this;
    if (!draft || draft.query.trim() === "") {
      this.check.reset();
      this.backTest.reset();
      return;
    }
    await this.check.load(() => this.#host.checkQuery(draft));
    if (this.draft?.query === draft.query && this.#isTriable()) this.backTest.trySoon(draft);
  }

  #isTriable(): boolean {
    const { value } = this.check;
    return value !== undefined && !value.error && value.lists.length === 0;
  }

  /** A refusal about the query goes under its words, any other beside the button. */
  #refuse(thrown: unknown, query: string): void {
    const error = asCommandError(thrown);
    if (error.kind === "query" && this.draft?.query === query) {
      const { remark } = error;
      this.check.value = { parsed: "", described: "", warnings: [], error: remark, lists: [] };
      this.check.status = "ready";
    } else {
      this.refusal = plainWords(thrown);
    }
  }
}
