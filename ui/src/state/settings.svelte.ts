import type { Settings as Values } from "../host/bindings/Settings";
import { plainWords, type Host } from "../host/host";
import { Loadable } from "./loadable.svelte";
import { recall, remember } from "./remember";
import type { Toasts } from "./toasts.svelte";

const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** The theme of the last time, known before the host has answered: the window must not flash. */
export function lastTheme(): Theme {
  return recall("theme", isTheme, "system");
}

/** What the user chose. */
export class Settings {
  readonly loaded = new Loadable<Values>();
  readonly theme = $derived.by((): Theme => {
    const theme = this.loaded.value?.theme;
    return isTheme(theme) ? theme : lastTheme();
  });
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
  }

  async refresh(): Promise<void> {
    const values = await this.loaded.load(() => this.#host.loadSettings());
    if (values) remember("theme", values.theme);
  }

  /** Shows the change at once and saves it; takes it back if it cannot be saved. */
  async change(part: Partial<Values>): Promise<void> {
    const before = this.loaded.value;
    if (!before) return;
    const after = { ...before, ...part };
    this.loaded.value = after;
    try {
      await this.#host.saveSettings(after);
      remember("theme", after.theme);
    } catch (thrown) {
      if (this.loaded.value === after) this.loaded.value = before;
      this.#toasts.complain(plainWords(thrown));
    }
  }
}
