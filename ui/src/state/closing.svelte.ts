import { plainWords, type Host } from "../host/host";
import type { Settings } from "./settings.svelte";
import type { Toasts } from "./toasts.svelte";

/** The question what closing the window means, asked at the first time. */
export class Closing {
  asking = $state(false);
  rememberAnswer = $state(true);
  readonly #host: Host;
  readonly #settings: Settings;
  readonly #toasts: Toasts;

  constructor(host: Host, settings: Settings, toasts: Toasts) {
    this.#host = host;
    this.#settings = settings;
    this.#toasts = toasts;
  }

  ask(): void {
    this.asking = true;
  }

  cancel(): void {
    this.asking = false;
  }

  async keepWatching(): Promise<void> {
    await this.#answer(true, () => this.#host.hideWindow());
  }

  async quit(): Promise<void> {
    await this.#answer(false, () => this.#host.quit());
  }

  async #answer(toTray: boolean, leave: () => Promise<void>): Promise<void> {
    this.asking = false;
    if (this.rememberAnswer) await this.#settings.change({ close_to_tray: toTray });
    try {
      await leave();
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
  }
}
