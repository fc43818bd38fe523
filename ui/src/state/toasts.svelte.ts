/** Long enough to read the sentence and reach for the button. */
const STAYS_MS = 8_000;

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad";
  undo?: () => void;
  /** Runs when the toast leaves and was not undone. */
  settled?: () => void;
}

/** Short notices at the edge of the window, some with a way back. */
export class Toasts {
  list = $state.raw<Toast[]>([]);
  #last = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(text: string): void {
    this.#show({ text, tone: "plain" });
  }

  complain(text: string): void {
    this.#show({ text, tone: "bad" });
  }

  /** Something was done; `undo` takes it back, `settled` makes it final. */
  offerUndo(text: string, undo: () => void, settled?: () => void): void {
    this.#show({ text, tone: "plain", undo, ...(settled && { settled }) });
  }

  undo(id: number): void {
    this.#take(id)?.undo?.();
  }

  dismiss(id: number): void {
    this.#take(id)?.settled?.();
  }

  /** Takes back what was done last, if it still can be. */
  undoLast(): void {
    const last = this.list.findLast((toast) => toast.undo);
    if (last) this.undo(last.id);
  }

  /** Makes everything final, since the window goes away. */
  settleAll(): void {
    for (const toast of this.list) this.dismiss(toast.id);
  }

  /** Keeps a toast while the pointer rests on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), STAYS_MS),
    );
  }

  #show(toast: Omit<Toast, "id">): void {
    const id = ++this.#last;
    this.list = [...this.list, { ...toast, id }];
    this.release(id);
  }

  #take(id: number): Toast | undefined {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const toast = this.list.find((each) => each.id === id);
    this.list = this.list.filter((each) => each.id !== id);
    return toast;
  }
}
