import type { Level } from "../host/bindings/Level";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import type { Library } from "./library.svelte";
import type { Toasts } from "./toasts.svelte";

/** Quieter topics and sources: each at once, with a way back. */
export class Hushing {
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
  }

  isSnoozed(topic: string): boolean {
    return this.#library.topics.some(({ id, snoozed_until }) => id === topic && snoozed_until);
  }

  isMuted(source: number): boolean {
    return this.#library.sources.some(({ id, level }) => id === source && level === "silent");
  }

  /** Shows no alerts of a topic until tomorrow morning. */
  async snooze(topic: string): Promise<void> {
    const done = await this.#do(this.#host.snoozeTopic(topic, "tomorrow"));
    const name = this.#library.topicName(topic);
    if (done) this.#toasts.offerUndo(strings.hushing.snoozed(name), () => void this.wake(topic));
  }

  async wake(topic: string): Promise<void> {
    await this.#do(this.#host.snoozeTopic(topic, null));
  }

  /** Lets a source raise no alert any more. */
  async mute(source: number): Promise<void> {
    const known = this.#library.sources.find(({ id }) => id === source);
    const before = known?.level ?? null;
    const done = await this.#do(this.#host.setSourceLevel(source, "silent"));
    if (!done) return;
    this.#toasts.offerUndo(
      strings.hushing.muted(known?.name ?? ""),
      () => void this.setLevel(source, before),
    );
  }

  async unmute(source: number): Promise<void> {
    await this.setLevel(source, null);
  }

  /** Lets a source speak at one level whatever its topics say; `null` leaves it to them. */
  async setLevel(source: number, level: Level | null): Promise<void> {
    await this.#do(this.#host.setSourceLevel(source, level));
  }

  /** Shows so many alerts an hour of a topic singly; `null` leaves it to the rule for all. */
  async setBudget(topic: string, budget: number | null): Promise<void> {
    await this.#do(this.#host.setTopicBudget(topic, budget));
  }

  async #do(call: Promise<void>): Promise<boolean> {
    let done = true;
    try {
      await call;
    } catch (thrown) {
      done = false;
      this.#toasts.complain(plainWords(thrown));
    }
    await this.#library.refresh();
    return done;
  }
}
