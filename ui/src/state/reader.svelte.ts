import type { ArticleRow } from "../host/bindings/ArticleRow";
import type { ArticleView } from "../host/bindings/ArticleView";
import type { Host } from "../host/host";
import { numbered } from "./hits";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";

/** The article in the right pane. */
export class Reader {
  id = $state<number | null>(null);
  /** The hit that was stepped to; none until the first step. */
  hit = $state<number | null>(null);
  /** What scrolls, put here by the component that draws it. */
  page = $state.raw<HTMLElement | undefined>();
  readonly article = new Loadable<ArticleView>();
  readonly text = $derived(this.article.value && numbered(this.article.value));
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async show(id: number): Promise<void> {
    if (this.id === id && this.article.status === "ready") return;
    this.id = id;
    this.hit = null;
    this.article.reset();
    await this.refresh();
  }

  /** Reads the open article again; what is on show stays until the answer is there. */
  async refresh(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    await this.article.load(() => this.#host.readArticle(id));
  }

  /** As `refresh`, for bursts of events. */
  readonly refreshSoon = coalesced(() => this.refresh());

  close(): void {
    this.id = null;
    this.hit = null;
    this.article.reset();
  }

  /** Goes to the next or previous hit, round the ends. */
  step(by: 1 | -1): void {
    const count = this.text?.hits.length ?? 0;
    if (count === 0) return;
    const from = this.hit ?? (by > 0 ? -1 : count);
    this.hit = (from + by + count) % count;
  }

  /** Goes to the first hit of a topic, or from there to its next one. */
  stepTo(topic: string): void {
    const hits = this.text?.hits ?? [];
    const here = this.hit ?? -1;
    const next = hits.findIndex((topics, hit) => hit > here && topics.includes(topic));
    const first = hits.findIndex((topics) => topics.includes(topic));
    const place = next >= 0 ? next : first;
    if (place >= 0) this.hit = place;
  }

  /** Lets the keys that scroll scroll the article. */
  focus(): void {
    this.page?.focus({ preventScroll: true });
  }

  patch(ids: number[], change: Partial<ArticleRow>): void {
    const view = this.article.value;
    if (view && ids.includes(view.row.id)) {
      this.article.value = { ...view, row: { ...view.row, ...change } };
    }
  }
}
