import type { Destination } from "../host/bindings/Destination";
import type { DigestFormat } from "../host/bindings/DigestFormat";
import type { DigestPreview } from "../host/bindings/DigestPreview";
import type { EditionRow } from "../host/bindings/EditionRow";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";
import type { Toasts } from "./toasts.svelte";

/** What came out: of one digest or of all, and the one that is open. */
export class Editions {
  /** `null`: of every digest. */
  digest = $state<string | null>(null);
  selected = $state<number | null>(null);
  /** A file of it is being made. */
  making = $state(false);
  readonly list = new Loadable<EditionRow[]>();
  readonly page = new Loadable<DigestPreview>();
  readonly rows = $derived(this.list.value ?? []);
  readonly current = $derived(this.rows.find(({ id }) => id === this.selected));
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  /** Shows a list, with its newest edition open. */
  async show(digest: string | null): Promise<void> {
    if (digest !== this.digest || !this.list.value) {
      this.list.reset();
      this.page.reset();
      this.selected = null;
    }
    this.digest = digest;
    await this.refresh();
  }

  readonly refresh = coalesced(async () => {
    const { digest } = this;
    await this.list.load(() => this.#host.listEditions(digest));
    const first = this.rows[0];
    if (this.selected === null && first) this.open(first.id);
  });

  open(id: number): void {
    if (id === this.selected) return;
    this.selected = id;
    this.page.reset();
    if (this.current?.state === "made") void this.read();
  }

  async read(): Promise<void> {
    const { selected } = this;
    if (selected !== null) await this.page.load(() => this.#host.readEdition(selected));
  }

  /** Opens the edition `step` places further down; stays at the ends. */
  move(step: 1 | -1): void {
    const here = this.rows.findIndex(({ id }) => id === this.selected);
    const there = this.rows[Math.min(Math.max(here + step, 0), this.rows.length - 1)];
    if (there) this.open(there.id);
  }

  async export(format: DigestFormat): Promise<void> {
    await this.#make(async (id) => {
      const path = await this.#host.exportEdition(id, format);
      return path === null ? null : strings.digests.preview.written(path);
    });
  }

  async openPdf(): Promise<void> {
    await this.#make(async (id) => {
      const { path, opened } = await this.#host.openEdition(id, "pdf");
      return opened ? null : strings.digests.preview.shown(path);
    });
  }

  /** To one destination, or to wherever it did not arrive. */
  async sendAgain(destination: Destination | null): Promise<void> {
    await this.#make(async (id) => {
      const again = await this.#host.sendAgain(id, destination);
      await this.refresh();
      return strings.digests.editions.again(again);
    });
  }

  async #make(make: (id: number) => Promise<string | null>): Promise<void> {
    if (this.making || this.selected === null) return;
    this.making = true;
    try {
      const done = await make(this.selected);
      if (done !== null) this.#toasts.say(done);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    } finally {
      this.making = false;
    }
  }
}
