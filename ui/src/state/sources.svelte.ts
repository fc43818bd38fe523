import type { SourceRow } from "../host/bindings/SourceRow";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { Library } from "./library.svelte";
import type { Toasts } from "./toasts.svelte";

/** Adding, checking and removing sources. The sources themselves are part of the overview. */
export class Sources {
  /** The address as typed; none while the form is closed. */
  address = $state<string | null>(null);
  adding = $state(false);
  /** Why the last source could not be added. */
  refusal = $state("");
  /** Taken from the list, and gone for good once the way back has passed. */
  #leaving = $state.raw<ReadonlySet<number>>(new Set());
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;

  readonly rows = $derived.by(() =>
    this.#library.sources.filter((source) => !this.#leaving.has(source.id)),
  );

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
  }

  openForm(): void {
    this.address ??= "";
    this.refusal = "";
  }

  closeForm(): void {
    this.address = null;
    this.refusal = "";
  }

  async addFolder(): Promise<void> {
    const path = await this.#host.chooseFolder().catch((thrown: unknown) => {
      this.#toasts.complain(plainWords(thrown));
      return null;
    });
    if (path === null) return;
    await this.#add(() => this.#host.addFolder(path, false));
  }

  async addFeed(): Promise<void> {
    const address = this.address?.trim() ?? "";
    if (address === "") return;
    const added = await this.#add(() => this.#host.addFeed(address));
    if (added) this.closeForm();
  }

  async checkNow(): Promise<void> {
    try {
      await this.#host.checkNow();
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
  }

  /**
   * Takes the source off the list now and from the host when the toast has gone. Adding it again
   * would fetch it anew and lose what is known about it, so the way back must come before.
   */
  remove(source: SourceRow): void {
    this.#leaving = new Set([...this.#leaving, source.id]);
    this.#toasts.offerUndo(
      strings.sources.removed(source.name),
      () => this.#stay(source.id),
      () => void this.#removeForGood(source.id),
    );
  }

  async #removeForGood(id: number): Promise<void> {
    try {
      await this.#host.removeSource(id);
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
    this.#stay(id);
  }

  #stay(id: number): void {
    this.#leaving = new Set([...this.#leaving].filter((each) => each !== id));
  }

  async #add(ask: () => Promise<SourceRow>): Promise<boolean> {
    this.adding = true;
    this.refusal = "";
    try {
      const source = await ask();
      this.#toasts.say(strings.sources.added(source.name));
      await this.#library.refresh();
      return true;
    } catch (thrown) {
      this.refusal = plainWords(thrown);
      return false;
    } finally {
      this.adding = false;
    }
  }
}
