import type { AlertRow } from "../host/bindings/AlertRow";
import type { HushSpan } from "../host/bindings/HushSpan";
import { plainWords, type Host } from "../host/host";
import type { Library } from "./library.svelte";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";
import type { Toasts } from "./toasts.svelte";

/** The newest alerts; older ones are found through their topics. */
const NEWEST = 500;

const NONE: AlertRow[] = [];

/** The alert inbox. */
export class Alerts {
  readonly list = new Loadable<AlertRow[]>();
  readonly rows = $derived(this.list.value ?? NONE);
  selected = $state<number | null>(null);
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
  }

  readonly refresh = coalesced(() => this.list.load(() => this.#host.listAlerts(NEWEST)));

  move(step: 1 | -1): AlertRow | undefined {
    const here = this.rows.findIndex((row) => row.id === this.selected);
    const there = here < 0 ? 0 : Math.min(Math.max(here + step, 0), this.rows.length - 1);
    const row = this.rows[there];
    if (row) this.selected = row.id;
    return row;
  }

  async see(ids: number[]): Promise<void> {
    const unseen = this.rows.filter((row) => ids.includes(row.id) && !row.seen);
    if (unseen.length === 0) return;
    const seen = unseen.map((row) => row.id);
    this.#patch(seen, true);
    try {
      await this.#host.seeAlerts(seen);
    } catch (thrown) {
      this.#patch(seen, false);
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  async seeAll(): Promise<void> {
    await this.see(this.rows.map((row) => row.id));
  }

  async pauseForAnHour(): Promise<void> {
    await this.pause("hour");
  }

  async pauseUntilMorning(): Promise<void> {
    await this.pause("tomorrow");
  }

  /** Holds alerts back for so long; `null` lets them through again. */
  async pause(span: HushSpan | null): Promise<void> {
    try {
      await this.#host.pauseAlerts(span);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
  }

  #patch(ids: number[], seen: boolean): void {
    this.list.value = this.rows.map((row) => (ids.includes(row.id) ? { ...row, seen } : row));
  }
}
