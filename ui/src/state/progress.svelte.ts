/** The end of a work stays to be seen for a moment. */
const LINGERS_MS = 1_200;

export interface Work {
  label: string;
  done: number;
  /** 0 while nobody knows. */
  total: number;
}

/** The long work that goes on behind the window, if any. */
export class Progress {
  work = $state.raw<Work | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  report(work: Work): void {
    clearTimeout(this.#timer);
    this.work = work;
    if (work.done === work.total) {
      this.#timer = setTimeout(() => (this.work = null), LINGERS_MS);
    }
  }
}
