import type { ArticleRow } from "../host/bindings/ArticleRow";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { ArticleList } from "./articles.svelte";
import type { Library } from "./library.svelte";
import type { Reader } from "./reader.svelte";
import type { Toasts } from "./toasts.svelte";

interface Shown {
  list: ArticleList;
  reader: Reader;
  library: Library;
  toasts: Toasts;
}

/** What the user does to articles: shown at once, taken back if the host refuses. */
export class Marks {
  readonly #host: Host;
  readonly #shown: Shown;

  constructor(host: Host, shown: Shown) {
    this.#host = host;
    this.#shown = shown;
  }

  async setRead(ids: number[], read: boolean): Promise<void> {
    if (ids.length === 0) return;
    this.#patch(ids, { read });
    await this.#orTakeBack(this.#host.markRead(ids, read), () => this.#patch(ids, { read: !read }));
  }

  async setStarred(id: number, starred: boolean): Promise<void> {
    this.#patch([id], { starred });
    await this.#orTakeBack(this.#host.star(id, starred), () =>
      this.#patch([id], { starred: !starred }),
    );
  }

  /** Marks every loaded row of the list as read, with a way back. */
  async setListRead(): Promise<void> {
    const ids = this.#shown.list.rows.filter((row) => !row.read).map((row) => row.id);
    if (ids.length === 0) return;
    await this.setRead(ids, true);
    this.#shown.toasts.offerUndo(
      strings.list.markedRead(ids.length),
      () => void this.setRead(ids, false),
    );
  }

  #patch(ids: number[], change: Partial<ArticleRow>): void {
    this.#shown.list.patch(ids, change);
    this.#shown.reader.patch(ids, change);
  }

  async #orTakeBack(call: Promise<void>, takeBack: () => void): Promise<void> {
    try {
      await call;
    } catch (thrown) {
      takeBack();
      this.#shown.toasts.complain(plainWords(thrown));
    }
    await this.#shown.library.refresh();
  }
}
