import type { ReceiptPage } from "../host/bindings/ReceiptPage";
import type { ReceiptRow } from "../host/bindings/ReceiptRow";
import type { SourceView } from "../host/bindings/SourceView";
import type { Host } from "../host/host";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";

/** A row of a list has a number; a receipt has a path. */
export type NumberedReceipt = ReceiptRow & { id: number };

/** What became of the files of one folder: as many as were scrolled to, of as many as there may be. */
export class Receipts {
  text = $state("");
  onlyProblems = $state(false);
  total = $state(0);
  readonly list = new Loadable<NumberedReceipt[]>();
  readonly rows = $derived(this.list.value ?? []);
  #source: number | null = null;
  /** What was there to be listed when it was asked for. */
  #there = "";
  #next: string | null = null;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows the files of a folder; asks again only if something became of more of them. */
  follow({ row, files, failed_files }: SourceView): void {
    const there = [row.id, files, failed_files].join();
    if (there === this.#there) return;
    this.#there = there;
    this.#source = row.id;
    void this.refresh();
  }

  close(): void {
    this.#source = null;
    this.#there = "";
    this.#next = null;
    this.total = 0;
    this.text = "";
    this.onlyProblems = false;
    this.list.reset();
  }

  find(part: { text?: string; onlyProblems?: boolean }): void {
    this.text = part.text ?? this.text;
    this.onlyProblems = part.onlyProblems ?? this.onlyProblems;
    void this.refresh();
  }

  readonly refresh = coalesced(async () => {
    // Until the answer is there nobody knows how it goes on.
    this.#next = null;
    await this.#show(null, []);
  });

  /** The end of the list is near. */
  readonly more = coalesced(async () => {
    if (this.#next !== null) await this.#show(this.#next, this.rows);
  });

  /** Asks for a page, and shows it behind the rows before it. */
  async #show(after: string | null, before: NumberedReceipt[]): Promise<void> {
    const { text, onlyProblems } = this;
    const source = this.#source;
    if (source === null) return;
    const question = { source, text, only_problems: onlyProblems, after };
    let page: ReceiptPage | undefined;
    const shown = await this.list.load(async () => {
      page = await this.#host.listReceipts(question);
      return [...before, ...page.rows.map((row, at) => ({ ...row, id: before.length + at + 1 }))];
    });
    if (!shown || !page) return;
    this.#next = page.next;
    this.total = page.total ?? this.total;
  }
}
