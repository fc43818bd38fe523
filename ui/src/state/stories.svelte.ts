import type { ArticleView } from "../host/bindings/ArticleView";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { Reader } from "./reader.svelte";
import type { Toasts } from "./toasts.svelte";

interface Waiting {
  story: number;
  title: string;
}

/** Stories that were judged wrongly: taken apart and joined by the user. */
export class Stories {
  /** The story that another one is to be joined with; none while nobody joins. */
  waiting = $state.raw<Waiting | null>(null);
  readonly #host: Host;
  readonly #reader: Reader;
  readonly #toasts: Toasts;

  constructor(host: Host, reader: Reader, toasts: Toasts) {
    this.#host = host;
    this.#reader = reader;
    this.#toasts = toasts;
  }

  /** Takes one article out of a story, with a way back. */
  async split(story: number, article: number): Promise<void> {
    const made = await this.#try(this.#host.splitStory([article]));
    if (made === null) return;
    // Whoever keeps the first article keeps the number, so the rest may have got another one.
    const rest = this.#reader.article.value?.story.id ?? story;
    this.#toasts.offerUndo(strings.stories.split, () => void this.merge([made, rest]));
  }

  /** Remembers the story of this article until another one is chosen. */
  begin({ story, row }: ArticleView): void {
    this.waiting = { story: story.id, title: row.title };
  }

  cancel(): void {
    this.waiting = null;
  }

  /** Joins the story that waits with that of this article; the way back takes this one out. */
  async finish({ story }: ArticleView): Promise<void> {
    const { waiting } = this;
    this.waiting = null;
    if (!waiting || waiting.story === story.id) return;
    if (!(await this.merge([waiting.story, story.id]))) return;
    // Only what is listed can be taken out again.
    if (story.more > 0) return this.#toasts.say(strings.stories.joined);
    const articles = story.versions.map(({ article }) => article);
    this.#toasts.offerUndo(
      strings.stories.joined,
      () => void this.#try(this.#host.splitStory(articles)),
    );
  }

  async merge(stories: number[]): Promise<boolean> {
    return (await this.#try(this.#host.mergeStories(stories))) !== null;
  }

  async #try(call: Promise<number>): Promise<number | null> {
    let story: number | null = null;
    try {
      story = await call;
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#reader.refresh();
    return story;
  }
}
