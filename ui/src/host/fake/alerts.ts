import type { AlertRow } from "../bindings/AlertRow";
import type { ArticleRow } from "../bindings/ArticleRow";
import type { ArticleView } from "../bindings/ArticleView";
import type { TopicRow } from "../bindings/TopicRow";

/** What the loud topics would have announced. */
export function sampleAlerts(articles: ArticleView[], topics: TopicRow[]): AlertRow[] {
  return articles.flatMap(({ row, matches }) =>
    matches.flatMap((match, at) => {
      const topic = topics.find(({ id }) => id === match.topic);
      return topic && isLoud(topic) ? [alertOf(row, topic, match.sentence, at)] : [];
    }),
  );
}

function isLoud({ level }: TopicRow): boolean {
  return level === "notify" || level === "urgent";
}

function alertOf(row: ArticleRow, topic: TopicRow, sentence: string, at: number): AlertRow {
  return {
    id: row.id * 10 + at,
    topic: topic.id,
    topic_name: topic.name,
    article: row.id,
    title: row.title,
    source_id: row.source_id,
    outlet: row.source,
    sentence,
    at: row.first_seen,
    level: topic.level,
    outlets: 1 + ((row.id * 5 + at) % 7),
    seen: row.read,
    held: null,
  };
}
