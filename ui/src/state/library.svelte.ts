import type { Overview } from "../host/bindings/Overview";
import type { SourceRow } from "../host/bindings/SourceRow";
import type { TopicRow } from "../host/bindings/TopicRow";
import type { Host } from "../host/host";
import { Loadable } from "./loadable.svelte";
import { coalesced } from "./once";

const NO_TOPICS: TopicRow[] = [];
const NO_SOURCES: SourceRow[] = [];

/** The whole at a glance: counts, topics and sources. */
export class Library {
  readonly overview = new Loadable<Overview>();
  readonly #host: Host;

  readonly topics = $derived(this.overview.value?.topics ?? NO_TOPICS);
  readonly sources = $derived(this.overview.value?.sources ?? NO_SOURCES);
  readonly unread = $derived(this.overview.value?.unread ?? 0);
  readonly articles = $derived(this.overview.value?.articles ?? 0);
  readonly unseenAlerts = $derived(this.overview.value?.unseen_alerts ?? 0);
  readonly pausedUntil = $derived(this.overview.value?.paused_until ?? null);
  readonly hasTray = $derived(this.overview.value?.tray ?? true);
  readonly ailing = $derived(
    this.sources.filter((source) => source.state === "failing" || source.state === "stopped"),
  );
  readonly #names = $derived(new Map(this.topics.map((topic) => [topic.id, topic.name])));

  constructor(host: Host) {
    this.#host = host;
  }

  readonly refresh = coalesced(() => this.overview.load(() => this.#host.overview()));

  /** A topic's name for people; its id while the topics are still on their way. */
  topicName(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** A source's name; nothing if it is not watched any more. */
  sourceName(id: number): string {
    return this.sources.find((source) => source.id === id)?.name ?? "";
  }

  /** One of six tones, the same wherever the topic is shown. */
  topicTone(id: string): number {
    const place = this.topics.findIndex((topic) => topic.id === id);
    return (place < 0 ? 0 : place) % 6;
  }
}
