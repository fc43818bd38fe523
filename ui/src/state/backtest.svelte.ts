import type { BackTestView } from "../host/bindings/BackTestView";
import type { TopicDraft } from "../host/bindings/TopicDraft";
import type { WorkProgress } from "../host/bindings/WorkProgress";
import type { Host } from "../host/host";
import { Loadable } from "./loadable.svelte";

/** A query over a whole library is dearer than checking it: wait until a thought is typed. */
const THINKING_PAUSE_MS = 450;

/** What the draft would have found in everything that is there. */
export class BackTest {
  readonly result = new Loadable<BackTestView>();
  /** How far the one under way is; none if none is. */
  progress = $state.raw<WorkProgress | null>(null);
  running = $state(false);
  /** The user stopped the last one. */
  stopped = $state(false);
  /** Days back from now; none is all of them. */
  days = $state<number | null>(null);
  readonly #host: Host;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Tries a draft once nothing more was typed for a moment. */
  trySoon(draft: TopicDraft): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.try(draft), THINKING_PAUSE_MS);
  }

  /** Tries a draft now; the answer to an earlier one is not waited for any more. */
  async try(draft: TopicDraft): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.running = true;
    this.stopped = false;
    this.progress = null;
    const tell = (work: WorkProgress) => {
      if (turn === this.#turn) this.progress = work;
    };
    await this.result.load(async () => {
      const found = await this.#host.backTest(draft, this.days, tell);
      // Another took its place outside this window: what is on show stays.
      return found ?? this.result.value ?? Promise.reject(new Error("stopped"));
    });
    if (turn === this.#turn) this.running = false;
  }

  /** Stops what is under way; what was found before stays on show. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.#forgetRunning();
    this.stopped = true;
    await this.#host.stopBackTest();
  }

  /** Forgets everything: another topic, or nothing to try. */
  reset(): void {
    if (this.running) void this.#host.stopBackTest();
    this.#forgetRunning();
    this.stopped = false;
    this.result.reset();
  }

  #forgetRunning(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.running = false;
    this.progress = null;
    this.result.drop();
  }
}
