import type { ArticleView } from "../bindings/ArticleView";
import type { CurationDraft } from "../bindings/CurationDraft";
import type { DigestPreview } from "../bindings/DigestPreview";
import type { TopicRow } from "../bindings/TopicRow";

interface Period {
  from: Date;
  to: Date;
  curation: CurationDraft;
}

/** A page of its own, as the shell would make it. */
export function previewOf(
  articles: ArticleView[],
  topics: TopicRow[],
  { from, to, curation }: Period,
): DigestPreview {
  const inside = articles.filter(
    ({ row, story }) =>
      row.topics.length > 0 &&
      Date.parse(row.first_seen) >= from.getTime() &&
      !curation.dropped.includes(story.id),
  );
  const sections = topics.map((topic) => section(topic, inside)).join("");
  const html = `<!doctype html><meta charset="utf-8"><style>
body{font:15px/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1.5rem;color:#1d1c1a;background:#fff}
h1{font-size:1.6rem}h2{border-bottom:2px solid #0f5689;font-size:1.1rem;margin-top:2rem}
h3{font-size:1rem;margin:1rem 0 0}p{margin:.2rem 0}small{color:#6b665d}</style>
<h1>Digest</h1><p><small>${inside.length} articles</small></p><p><em>${escaped(curation.note)}</em></p>${sections}`;
  return { from: from.toISOString(), to: to.toISOString(), articles: inside.length, html };
}

function section(topic: TopicRow, articles: ArticleView[]): string {
  const items = articles
    .filter(({ row }) => row.topics.includes(topic.id))
    .slice(0, 8)
    .map(({ row }) => {
      const { title, source, snippet } = row;
      return `<h3>${escaped(title)}</h3><p><small>${escaped(source)}</small></p><p>${escaped(snippet)}</p>`;
    });
  return items.length === 0 ? "" : `<h2>${escaped(topic.name)}</h2>${items.join("")}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
