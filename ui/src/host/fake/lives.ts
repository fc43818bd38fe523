// What the topics of the stand-in were, and what running them over the library did.

import type { ArticleView } from "../bindings/ArticleView";
import type { CommandError } from "../bindings/CommandError";
import type { TopicDetail } from "../bindings/TopicDetail";
import type { TopicRow } from "../bindings/TopicRow";
import type { WordListDraft } from "../bindings/WordListDraft";

export class TopicLives {
  #details = new Map<string, TopicDetail>();
  /** The articles that a topic had before it was applied. */
  #before = new Map<string, ReadonlySet<number>>();

  detail(id: string): TopicDetail {
    return structuredClone(this.#details.get(id) ?? { lists: [], versions: [], applied: null });
  }

  save({ id, version, query, level }: TopicRow, lists: WordListDraft[] | null, at: string): void {
    const before = this.detail(id);
    const own = lists ?? before.lists;
    const saved = { number: version, at, query, level, lists: own };
    this.#details.set(id, { lists: own, versions: [saved, ...before.versions], applied: null });
  }

  apply(id: string, articles: ArticleView[], isMatch: (article: ArticleView) => boolean) {
    const before = new Set(
      articles.filter(({ row }) => row.topics.includes(id)).map(({ row }) => row.id),
    );
    const after = new Set(articles.filter(isMatch).map(({ row }) => row.id));
    this.#put(id, articles, after);
    this.#before.set(id, before);
    const applied = {
      added: [...after].filter((each) => !before.has(each)).length,
      removed: [...before].filter((each) => !after.has(each)).length,
    };
    this.#details.set(id, { ...this.detail(id), applied });
    return applied;
  }

  undo(id: string, articles: ArticleView[]): void {
    const before = this.#before.get(id);
    if (!before) {
      const why = `topic ${id} was not applied since it was last changed`;
      const message = `There is nothing to take back: ${why}`;
      throw { kind: "failed", message } satisfies CommandError;
    }
    this.#put(id, articles, before);
    this.#before.delete(id);
    this.#details.set(id, { ...this.detail(id), applied: null });
  }

  #put(id: string, articles: ArticleView[], has: ReadonlySet<number>): void {
    for (const { row } of articles) {
      const others = row.topics.filter((topic) => topic !== id);
      row.topics = has.has(row.id) ? [...others, id] : others;
    }
  }
}
