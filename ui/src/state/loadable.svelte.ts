import { plainWords } from "../host/host";

export type Status = "loading" | "ready" | "failed";

/**
 * An answer of the host that is on its way, here, or missing. A later question makes the answers
 * to earlier ones stale: they are dropped, in whatever order they come in. A refresh keeps the old
 * answer on show until the new one is there.
 */
export class Loadable<T> {
  status = $state<Status>("loading");
  value = $state.raw<T | undefined>(undefined);
  /** Why the last question failed, in plain words. */
  message = $state("");
  #turn = 0;

  /** Asks; answers with the value, or with nothing if it failed or became stale. */
  async load(ask: () => Promise<T>): Promise<T | undefined> {
    const turn = ++this.#turn;
    if (this.status === "failed") this.status = "loading";
    try {
      const value = await ask();
      if (turn !== this.#turn) return undefined;
      this.value = value;
      this.status = "ready";
      return value;
    } catch (thrown) {
      if (turn === this.#turn) {
        this.message = plainWords(thrown);
        this.status = "failed";
      }
      return undefined;
    }
  }

  /** Makes every answer under way stale; what is on show stays. */
  drop(): void {
    this.#turn++;
  }

  /** Forgets what was shown and makes every answer under way stale. */
  reset(): void {
    this.#turn++;
    this.value = undefined;
    this.message = "";
    this.status = "loading";
  }
}
