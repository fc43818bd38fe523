// What a query would have found among the articles of the stand-in.

import type { ArticleView } from "../bindings/ArticleView";
import type { BackTestView } from "../bindings/BackTestView";
import type { TriedArticle } from "../bindings/TriedArticle";
import type { TriedDay } from "../bindings/TriedDay";
import { matches } from "./query";

const SHOWN = 10;

/** `saved` is the topic's query as it was saved; without one everything is added. */
export function tryQuery(articles: ArticleView[], query: string, saved?: string): BackTestView {
  const finds = (text: string) => articles.filter((article) => matches(text, article));
  const found = finds(query);
  const before = saved === undefined ? [] : finds(saved);
  const days = daysOf(found);
  const step = Math.max(1, Math.floor(found.length / SHOWN));
  return {
    articles: found.length,
    of: articles.length,
    exact: !query.includes("NEAR"),
    days,
    alerts_per_day: found.length / Math.max(1, daysOf(articles).length),
    samples: found
      .filter((_, at) => at % step === 0)
      .slice(0, SHOWN)
      .map(withSentence),
    near_misses: nearMisses(articles, query, new Set(found)),
    added: difference(found, before),
    removed: difference(before, found),
  };
}

function daysOf(articles: ArticleView[]): TriedDay[] {
  const counts = new Map<string, number>();
  for (const { row } of articles) {
    const day = (row.published ?? row.first_seen).slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, count]) => ({ day, articles: count, alerts: count }));
}

/** Articles that have all words but one of a query of ANDs. */
function nearMisses(
  articles: ArticleView[],
  query: string,
  found: ReadonlySet<ArticleView>,
): TriedArticle[] {
  const clauses = query.split(/\bAND\b/).map((clause) => clause.trim());
  if (clauses.length < 2) return [];
  return articles
    .filter((article) => !found.has(article))
    .flatMap((article) => {
      const missing = clauses.filter((clause) => !matches(clause, article));
      return missing.length === 1 ? [tried(article, missing[0])] : [];
    })
    .slice(0, SHOWN);
}

function difference(these: ArticleView[], those: ArticleView[]) {
  const others = new Set(those);
  const only = these.filter((article) => !others.has(article));
  return { count: only.length, newest: only.slice(0, SHOWN).map((article) => tried(article)) };
}

function withSentence(article: ArticleView): TriedArticle {
  return tried(article, article.row.snippet);
}

function tried({ row: { id, title, source, published } }: ArticleView, why = ""): TriedArticle {
  return { id, title, source, published, why };
}
