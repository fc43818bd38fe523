import type { ArticlePage } from "../host/bindings/ArticlePage";
import type { ArticleRow } from "../host/bindings/ArticleRow";
import type { FoundPassage } from "../host/bindings/FoundPassage";
import type { QueryRemark } from "../host/bindings/QueryRemark";
import type { Scope } from "../host/bindings/Scope";
import type { Host } from "../host/host";
import { Loadable } from "./loadable.svelte";
import { appended, refreshed, type Refreshed } from "./merge";
import { coalesced } from "./once";

/** A few screens full, so that scrolling seldom waits. */
const PAGE = 100;

/** The list of articles in the middle pane, whatever it is a list of. */
export class ArticleList {
  scope = $state.raw<Scope>({ kind: "inbox" });
  rows = $state.raw<ArticleRow[]>([]);
  total = $state(0);
  moreThanTotal = $state(false);
  /** The row that the keys act on. */
  selected = $state<number | null>(null);
  /** What is wrong with the query, if the list is a search. */
  queryError = $state.raw<QueryRemark | null>(null);
  /** The part of a faulty query that was searched for. */
  readAs = $state.raw<string | null>(null);
  readonly page = new Loadable<ArticlePage>();
  readonly #host: Host;
  /** What the search found in its articles, as far as that is known. */
  readonly #passages = new Map<number, string>();
  #next: number | null = null;
  #loadingMore = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows another list from its top. */
  async open(scope: Scope): Promise<void> {
    this.page.reset();
    this.rows = [];
    this.total = 0;
    this.selected = null;
    this.queryError = null;
    this.readAs = null;
    this.#next = null;
    await this.#ask(scope, justThePage);
  }

  /** As `open`, but what was found before stays until the new answer is there: typing must not flicker. */
  async search(query: string): Promise<void> {
    await this.#ask({ kind: "search", query }, justThePage);
  }

  /** Asks again for the top of the list and joins it to what is already loaded. */
  readonly refresh = coalesced(() =>
    this.#ask(this.scope, (page) => refreshed(this.rows, page.rows, this.selected)),
  );

  /** Loads what follows the last row. */
  async more(): Promise<void> {
    if (this.#next === null || this.#loadingMore) return;
    const { scope } = this;
    this.#loadingMore = true;
    try {
      const page = await this.#host.listArticles(scope, this.#next, PAGE);
      if (scope !== this.scope) return;
      this.rows = appended(this.rows, page.rows);
      this.#next = page.next;
      void this.#showPassages(scope, page.rows);
    } catch {
      // The rows that are there stay of use; reaching the end again asks again.
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Selects the row `step` places further and answers with it; stays at the ends. */
  move(step: 1 | -1): ArticleRow | undefined {
    const here = this.rows.findIndex((row) => row.id === this.selected);
    const there = here < 0 ? 0 : Math.min(Math.max(here + step, 0), this.rows.length - 1);
    return this.#select(this.rows[there]);
  }

  /** Selects the nearest unread row in that direction, if there is one. */
  moveToUnread(step: 1 | -1): ArticleRow | undefined {
    const here = this.rows.findIndex((row) => row.id === this.selected);
    const unread =
      step > 0
        ? this.rows.find((row, place) => place > here && !row.read)
        : this.rows.findLast((row, place) => place < here && !row.read);
    return unread && this.#select(unread);
  }

  row(id: number | null): ArticleRow | undefined {
    return this.rows.find((row) => row.id === id);
  }

  /** Changes rows in place. They stay where they are, even if the list would no longer hold them. */
  patch(ids: number[], change: Partial<ArticleRow>): void {
    const wanted = new Set(ids);
    this.rows = this.rows.map((row) => (wanted.has(row.id) ? { ...row, ...change } : row));
  }

  #select(row: ArticleRow | undefined): ArticleRow | undefined {
    if (row) this.selected = row.id;
    return row;
  }

  async #ask(scope: Scope, join: (page: ArticlePage) => Refreshed): Promise<void> {
    if (scope !== this.scope) this.#passages.clear();
    this.scope = scope;
    const page = await this.page.load(() => this.#host.listArticles(scope, null, PAGE));
    if (!page) return;
    this.queryError = page.query_error;
    this.readAs = page.read_as;
    // What was found before stays while nothing of the query can be read.
    if (page.query_error && page.read_as === null) return;
    const { rows, goesBeyond } = join(page);
    if (!goesBeyond) this.#next = page.next;
    this.rows = this.#withPassages(rows);
    this.total = page.total;
    this.moreThanTotal = page.more_than_total;
    void this.#showPassages(scope, page.rows);
  }

  /** Puts what a search found in place of the beginnings of the articles, which are there at once. */
  async #showPassages(scope: Scope, rows: ArticleRow[]): Promise<void> {
    if (scope.kind !== "search") return;
    const ids = rows.map(({ id }) => id).filter((id) => !this.#passages.has(id));
    if (ids.length === 0) return;
    let passages: FoundPassage[];
    try {
      passages = await this.#host.foundPassages(scope.query, ids);
    } catch {
      // The beginnings say something, too.
      return;
    }
    if (scope !== this.scope) return;
    for (const { article, sentence } of passages) this.#passages.set(article, sentence);
    this.rows = this.#withPassages(this.rows);
  }

  #withPassages(rows: ArticleRow[]): ArticleRow[] {
    if (this.#passages.size === 0) return rows;
    return rows.map((row) => ({ ...row, snippet: this.#passages.get(row.id) ?? row.snippet }));
  }
}

function justThePage(page: ArticlePage): Refreshed {
  return { rows: page.rows, goesBeyond: false };
}
