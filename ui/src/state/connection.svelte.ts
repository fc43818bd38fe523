import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

/** By which proxy all sources are asked that have none of their own. */
export class Connection {
  readonly loaded = new Loadable<string>();
  /** As typed. */
  proxy = $state("");
  refusal = $state("");
  saving = $state(false);
  readonly isChanged = $derived.by(
    () => this.loaded.value !== undefined && this.proxy.trim() !== this.loaded.value,
  );
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  /** Asks for what is set; what is typed stays. */
  async refresh(): Promise<void> {
    const keeps = this.isChanged;
    const proxy = await this.loaded.load(() => this.#host.loadProxy());
    if (proxy !== undefined && !keeps) this.proxy = proxy;
  }

  type(proxy: string): void {
    this.proxy = proxy;
    this.refusal = "";
  }

  async save(): Promise<void> {
    if (this.saving || !this.isChanged) return;
    this.saving = true;
    this.refusal = "";
    try {
      await this.#host.saveProxy(this.proxy.trim());
      this.proxy = (await this.loaded.load(() => this.#host.loadProxy())) ?? this.proxy;
      this.#toasts.say(strings.settings.proxySaved);
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    } finally {
      this.saving = false;
    }
  }
}
