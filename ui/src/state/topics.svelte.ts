import type { QueryCheck } from "../host/bindings/QueryCheck";
import type { TopicDraft } from "../host/bindings/TopicDraft";
import type { TopicRow } from "../host/bindings/TopicRow";
import { asCommandError, plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { Library } from "./library.svelte";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

/** Short enough to feel immediate, long enough not to ask for every letter of a word. */
const TYPING_PAUSE_MS = 120;

const NEW: TopicDraft = { id: null, name: "", query: "", level: "notify" };

/** The editor of topics. The topics themselves are part of the library's overview. */
export class Topics {
  /** What is being edited; none while only the list is shown. */
  draft = $state.raw<TopicDraft | null>(null);
  saving = $state(false);
  /** Why saving failed, where it was not the query's fault. */
  refusal = $state("");
  /** What the host says about the query as typed. */
  readonly check = new Loadable<QueryCheck>();
  readonly savable = $derived(
    this.draft !== null &&
      this.draft.name.trim() !== "" &&
      this.draft.query.trim() !== "" &&
      !this.check.value?.error &&
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
  }

  edit(topic: TopicRow): void {
    const { id, name, query, level } = topic;
    this.#begin({ id, name, query, level });
  }

  create(): void {
    this.#begin(NEW);
  }

  close(): void {
    this.draft = null;
  }

  change(part: Partial<TopicDraft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    this.refusal = "";
    if (part.query === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#checkQuery(), TYPING_PAUSE_MS);
  }

  async save(): Promise<void> {
    const { draft } = this;
    if (!draft || !this.savable) return;
    this.saving = true;
    try {
      const saved = await this.#host.saveTopic({ ...draft, name: draft.name.trim() });
      this.#toasts.say(strings.topics.saved(saved.name));
      if (this.draft === draft) this.edit(saved);
    } catch (thrown) {
      this.#refuse(thrown, draft.query);
    } finally {
      this.saving = false;
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
    this.#toasts.offerUndo(strings.topics.removed(topic.name), () => void this.#restore(topic));
    await this.#library.refresh();
  }

  async #restore({ name, query, level }: TopicRow): Promise<void> {
    try {
      await this.#host.saveTopic({ id: null, name, query, level });
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  #begin(draft: TopicDraft): void {
    clearTimeout(this.#timer);
    this.draft = draft;
    this.refusal = "";
    this.check.reset();
    void this.#checkQuery();
  }

  async #checkQuery(): Promise<void> {
    const query = this.draft?.query ?? "";
    if (query.trim() === "") this.check.reset();
    else await this.check.load(() => this.#host.checkQuery(query));
  }

  /** A refusal about the query goes under its words, any other beside the button. */
  #refuse(thrown: unknown, query: string): void {
    const error = asCommandError(thrown);
    if (error.kind === "query" && this.draft?.query === query) {
      this.check.value = { parsed: "", described: "", warnings: [], error: error.remark };
      this.check.status = "ready";
    } else {
      this.refusal = plainWords(thrown);
    }
  }
}
