/** Below this, people feel that the answer comes while they type. */
const TYPING_PAUSE_MS = 120;

export interface SearchActs {
  find: (query: string) => void;
  /** The box was emptied: back to where the search began. */
  leave: () => void;
}

/** The search box: asks when the typing pauses. Stale answers are dropped by the list. */
export class Search {
  text = $state("");
  /** The box itself, put here by the component that draws it. */
  box = $state.raw<HTMLInputElement | undefined>();
  readonly #acts: SearchActs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(acts: SearchActs) {
    this.#acts = acts;
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    if (text.trim() === "") this.#acts.leave();
    else this.#timer = setTimeout(() => this.#acts.find(text), TYPING_PAUSE_MS);
  }

  focus(): void {
    this.box?.focus();
    this.box?.select();
  }

  /** Empties the box without going anywhere. */
  forget(): void {
    clearTimeout(this.#timer);
    this.text = "";
  }
}
