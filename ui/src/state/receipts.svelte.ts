import type { ReceiptRow } from "../host/bindings/ReceiptRow";
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
  #files = -1;
  #next: string | null = null;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows the files of a folder; asks again only if there are others than before. */
  follow(source: number, files: number): void {
    if (source === this.#source && files === this.#files) return;
    this.#source = source;
    this.#files = files;
    void this.refresh();
  }

  close(): void {
    this.#source = null;
    this.#files = -1;
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
    await this.list.load(() => this.#page(null));
  });

  /** The end of the list is near. */
  readonly more = coalesced(async () => {
    const after = this.#next;
    if (after === null) return;
    const before = this.rows;
    await this.list.load(async () => [...before, ...(await this.#page(after, before.length))]);
  });

  async #page(after: string | null, from = 0): Promise<NumberedReceipt[]> {
    const { text, onlyProblems } = this;
    const source = this.#source;
    if (source === null) return [];
    const question = { source, text, only_problems: onlyProblems, after };
    const page = await this.#host.listReceipts(question);
    this.#next = page.next;
    this.total = page.total ?? this.total;
    return page.rows.map((row, at) => ({ ...row, id: from + at + 1 }));
  }
}
