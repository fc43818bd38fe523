import type { CurationEdit } from "../host/bindings/CurationEdit";
import type { NextChapter } from "../host/bindings/NextChapter";
import type { NextEdition } from "../host/bindings/NextEdition";
import type { NextStory } from "../host/bindings/NextStory";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";
import type { Toasts } from "./toasts.svelte";

const words = strings.digests.curating;

/** The next edition under its editor's hands. */
export class Curating {
  /** The digest; `null` is the one of the moment. */
  name = $state<string | null>(null);
  readonly next = new Loadable<NextEdition>();
  /** Where words are being written: a story may stand in several chapters. */
  writing = $state.raw<{ topic: string; story: number } | null>(null);
  readonly #host: Host;
  readonly #toasts: Toasts;
  /** Edits go out one after the other, in the order in which they were made. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async show(name: string | null): Promise<void> {
    if (name !== this.name) {
      this.next.reset();
      this.writing = null;
    }
    this.name = name;
    await this.refresh();
  }

  readonly refresh = coalesced(() => {
    const { name } = this;
    return this.next.load(() => this.#host.nextEdition(name));
  });

  /** Until everything that was wanted is known to the host. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async drop({ id, headline }: NextStory): Promise<void> {
    await this.#edit(
      { kind: "drop", story: id },
      { said: words.dropped(headline), back: { kind: "restore", story: id } },
    );
  }

  async restore({ id }: NextStory): Promise<void> {
    await this.#edit({ kind: "restore", story: id });
  }

  /** Puts a story at another place of its chapter, at once to the eye. */
  async move(chapter: NextChapter, from: number, to: number): Promise<void> {
    const { stories, inFront } = moved(chapter, from, to);
    const change = (each: NextChapter) =>
      each.topic === chapter.topic ? { ...each, stories } : each;
    const { value } = this.next;
    if (value) this.next.value = { ...value, chapters: value.chapters.map(change) };
    await this.#edit({ kind: "order", topic: chapter.topic, stories: inFront });
  }

  /** Leaves the order of a chapter to the digest. */
  async sort({ topic, name }: NextChapter): Promise<void> {
    const order = this.next.value?.curation.orders.find((each) => each.topic === topic);
    const back: CurationEdit = { kind: "order", topic, stories: order?.stories ?? [] };
    await this.#edit({ kind: "order", topic, stories: [] }, { said: words.sorted(name), back });
  }

  async annotate(story: NextStory, text: string): Promise<void> {
    this.writing = null;
    if (text.trim() === story.note) return;
    const edit = (text: string): CurationEdit => ({
      kind: "annotate",
      story: story.id,
      words: text,
    });
    const said = text.trim() === "" ? words.noteGone : "";
    await this.#edit(edit(text), { said, back: edit(story.note) });
  }

  async setNote(text: string): Promise<void> {
    const before = this.next.value?.curation.note ?? "";
    if (text.trim() === before) return;
    const said = text.trim() === "" ? words.noteGone : "";
    await this.#edit(
      { kind: "note", words: text },
      { said, back: { kind: "note", words: before } },
    );
  }

  /** Takes everything back that is wanted. */
  async reset(): Promise<void> {
    const before = this.next.value?.curation;
    if (!before) return;
    const curation = { note: "", dropped: [], first: [], orders: [], notes: [] };
    await this.#edit(
      { kind: "all", curation },
      { said: words.reset, back: { kind: "all", curation: before } },
    );
  }

  async #edit(edit: CurationEdit, undo?: { said: string; back: CurationEdit }): Promise<void> {
    const { name } = this;
    const isDone = await this.#ask(name, edit);
    if (!isDone || !undo?.said) return;
    this.#toasts.offerUndo(undo.said, () => void this.#ask(name, undo.back));
  }

  #ask(name: string | null, edit: CurationEdit): Promise<boolean> {
    const asked = this.#last.then(async () => {
      try {
        const next = await this.#host.curate(name, [edit]);
        if (name === this.name) await this.next.load(() => Promise.resolve(next));
        return true;
      } catch (thrown) {
        this.#toasts.complain(plainWords(thrown));
        void this.refresh();
        return false;
      }
    });
    this.#last = asked;
    return asked;
  }
}

/**
 * A chapter in which a story went to another place, and the stories that have to be put in front for it:
 * no more than needed, so that what comes in later stands where the digest's own order puts it, after them.
 */
export function moved(
  { stories, placed }: NextChapter,
  from: number,
  to: number,
): { stories: NextStory[]; inFront: number[] } {
  const order = [...stories];
  order.splice(to, 0, ...order.splice(from, 1));
  const stayed = from < placed ? placed : placed + 1;
  const inFront = order.slice(0, Math.max(stayed, to + 1)).map(({ id }) => id);
  return { stories: order, inFront };
}
