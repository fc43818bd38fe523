import type { AlertRules } from "../host/bindings/AlertRules";
import { plainWords, type Host } from "../host/host";
import { Loadable } from "./loadable.svelte";

/** What the user wants of alerts as a whole. */
export class Rules {
  readonly loaded = new Loadable<AlertRules>();
  /** Why the last change was not kept. */
  refusal = $state("");
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async refresh(): Promise<void> {
    await this.loaded.load(() => this.#host.loadAlertRules());
  }

  /** Shows the change at once and keeps it; takes it back if it cannot be kept. */
  async change(part: Partial<AlertRules>): Promise<void> {
    const before = this.loaded.value;
    if (!before) return;
    const after = { ...before, ...part };
    this.loaded.value = after;
    this.refusal = "";
    try {
      await this.#host.saveAlertRules(after);
    } catch (thrown) {
      if (this.loaded.value === after) this.loaded.value = before;
      this.refusal = plainWords(thrown);
    }
  }
}
