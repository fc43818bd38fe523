// The next edition of the stand-in, and what is wanted of it.

import type { ArticleView } from "../bindings/ArticleView";
import type { CurationDraft } from "../bindings/CurationDraft";
import type { CurationEdit } from "../bindings/CurationEdit";
import type { NextChapter } from "../bindings/NextChapter";
import type { NextEdition } from "../bindings/NextEdition";
import type { NextStory } from "../bindings/NextStory";
import type { TopicRow } from "../bindings/TopicRow";

/** What a digest is called that has no name. */
export const DAILY = "Daily digest";

export const NOTHING: CurationDraft = { note: "", dropped: [], first: [], orders: [], notes: [] };

interface Material {
  name: string;
  from: Date;
  to: Date;
  articles: ArticleView[];
  topics: TopicRow[];
  cap: number | null;
  curation: CurationDraft;
}

export function nextOf(material: Material): NextEdition {
  const { name, from, to, curation } = material;
  return {
    name,
    from: from.toISOString(),
    to: to.toISOString(),
    chapters: material.topics.map((topic) => chapterOf(topic, material)),
    curation: structuredClone(curation),
    curated: JSON.stringify(curation) !== JSON.stringify(NOTHING),
  };
}

function chapterOf(topic: TopicRow, { articles, from, cap, curation }: Material): NextChapter {
  const inside = articles.filter(
    ({ row }) => row.topics.includes(topic.id) && Date.parse(row.first_seen) >= from.getTime(),
  );
  const told = new Map(inside.map((article) => [article.story.id, storyOf(article, curation)]));
  const isDropped = ({ id }: NextStory) => curation.dropped.includes(id);
  const order = curation.orders.find((each) => each.topic === topic.id)?.stories ?? curation.first;
  const place = ({ id }: NextStory) => (order.includes(id) ? order.indexOf(id) : order.length);
  const all = [...told.values()];
  const stories = all
    .filter((story) => !isDropped(story))
    .toSorted((one, other) => place(one) - place(other));
  return {
    topic: topic.id,
    name: topic.name,
    stories,
    shown: Math.min(stories.length, cap ?? stories.length),
    placed: stories.filter(({ id }) => order.includes(id)).length,
    dropped: all.filter(isDropped),
  };
}

function storyOf({ row, story }: ArticleView, { notes }: CurationDraft): NextStory {
  return {
    id: story.id,
    headline: row.title,
    outlet: row.source,
    time: row.first_seen.slice(11, 16),
    also: row.also,
    summary: row.snippet,
    note: notes.find((note) => note.story === story.id)?.words ?? "",
  };
}

export function changed(curation: CurationDraft, edit: CurationEdit): CurationDraft {
  const { dropped, orders, notes } = curation;
  switch (edit.kind) {
    case "drop":
      return { ...curation, dropped: [...new Set([...dropped, edit.story])] };
    case "restore":
      return { ...curation, dropped: dropped.filter((story) => story !== edit.story) };
    case "order": {
      const others = orders.filter(({ topic }) => topic !== edit.topic);
      const { topic, stories } = edit;
      return { ...curation, orders: stories.length ? [...others, { topic, stories }] : others };
    }
    case "annotate": {
      const others = notes.filter(({ story }) => story !== edit.story);
      const words = edit.words.trim();
      return { ...curation, notes: words ? [...others, { story: edit.story, words }] : others };
    }
    case "note":
      return { ...curation, note: edit.words.trim() };
    case "all":
      return edit.curation;
  }
}
