import type { ArticleView } from "../bindings/ArticleView";
import type { MatchView } from "../bindings/MatchView";
import type { Segment } from "../bindings/Segment";
import type { SourceRow } from "../bindings/SourceRow";
import type { TopicRow } from "../bindings/TopicRow";
import { brief } from "./briefs";
import { STORIES, type Story } from "./stories";

export interface SampleOptions {
  count: number;
  now: number;
  sources: SourceRow[];
  topics: TopicRow[];
}

/** Newest first; the written stories come now and then among the briefs. */
export function sampleArticles(options: SampleOptions): ArticleView[] {
  const articles = Array.from({ length: options.count }, (_, n) => {
    const isStory = n < STORIES.length || n % 9 === 4;
    const story = isStory ? (STORIES[n % STORIES.length] as Story) : brief(n);
    return viewOf(story, n, options);
  });
  articles.forEach((article) => join([article]));
  join(articles.slice(0, SHARED));
  return articles;
}

/** The newest so many articles tell one story. */
const SHARED = 3;

/** Makes one story of these, which their earliest speaks for. */
export function join(articles: ArticleView[]): void {
  const inOrder = articles.toSorted((one, other) => one.row.id - other.row.id);
  const id = inOrder[0]?.row.id ?? 0;
  const outlets = [...new Set(inOrder.map(({ row }) => row.source))];
  const versions = inOrder.map(({ row }) => ({
    article: row.id,
    outlet: row.source,
    title: row.title,
    first_seen: row.first_seen,
  }));
  for (const article of articles) {
    article.story = { id, speaker: id, outlets, versions, more: 0 };
    article.row.also = outlets.length - 1;
  }
}

/** An article as the shell would send it. */
export function viewOf(story: Story, n: number, options: SampleOptions): ArticleView {
  const { sources, topics, count, now } = options;
  const source = sources.find(({ id }) => id === story.source);
  const title = segments(story.title);
  const lead = segments(story.lead ?? "");
  const paragraphs = story.paragraphs.map(segments);
  const all = [title, lead, ...paragraphs].flat();
  const hitBy = topics.filter(({ id }) => all.some((segment) => segment.topics.includes(id)));
  // The gap widens towards the past: a busy morning, a quiet month.
  const seen = new Date(now - (n * n * 9_000 + n * 260_000)).toISOString();
  return {
    row: {
      id: count - n,
      title: plain(title),
      source_id: story.source,
      source: source?.name ?? "",
      published: n % 23 === 5 ? seen.slice(0, 10) : seen,
      first_seen: seen,
      also: 0,
      snippet: plain(lead.length > 0 ? lead : (paragraphs[0] ?? [])).slice(0, 160),
      topics: hitBy.map(({ id }) => id),
      read: n > 14 && n % 5 !== 0,
      starred: n % 31 === 3,
    },
    authors: story.author ? [story.author] : [],
    publisher: source?.name ?? null,
    url: story.source === 1 ? null : `https://news.example/${count - n}`,
    language: story.language,
    labels: story.labels ?? [],
    title,
    lead,
    paragraphs,
    matches: hitBy.map((topic) => matchOf(topic, paragraphs, title)),
    story: {
      id: count - n,
      speaker: count - n,
      outlets: [source?.name ?? ""],
      versions: [],
      more: 0,
    },
    summary_only: story.summaryOnly ?? false,
    problems: story.problems ?? [],
    revisions: story.revisions ?? 0,
  };
}

function matchOf(topic: TopicRow, paragraphs: Segment[][], title: Segment[]): MatchView {
  const isHit = (segment: Segment) => segment.topics.includes(topic.id);
  const passage = paragraphs.find((segments) => segments.some(isHit)) ?? title;
  return {
    topic: topic.id,
    name: topic.name,
    version: topic.version,
    sentence: sentenceAround(passage, isHit),
    hits: [title, ...paragraphs].flat().filter(isHit).length,
  };
}

function sentenceAround(passage: Segment[], isHit: (segment: Segment) => boolean): string {
  const hit = passage.find(isHit)?.text ?? "";
  const sentences = plain(passage).split(/(?<=[.!?”])\s+(?=\p{Lu})/u);
  return sentences.find((sentence) => sentence.includes(hit)) ?? plain(passage);
}

function segments(marked: string): Segment[] {
  return marked
    .split(/(\{[^}]+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const [, topic, text] = /^\{([^|]+)\|(.+)\}$/.exec(piece) ?? [];
      return topic && text ? { text, topics: [topic] } : { text: piece, topics: [] };
    });
}

function plain(pieces: Segment[]): string {
  return pieces.map(({ text }) => text).join("");
}
