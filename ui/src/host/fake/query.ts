// Just enough of the query language for the window to be tried: brackets, quotes, NEAR, AND, OR.

import type { ArticleView } from "../bindings/ArticleView";
import type { QueryCheck } from "../bindings/QueryCheck";
import type { QueryRemark } from "../bindings/QueryRemark";
import type { TopicDraft } from "../bindings/TopicDraft";

export function checkQuery({ query, lists }: TopicDraft): QueryCheck {
  const error = errorIn(query);
  const broken = (lists ?? []).flatMap((list) => {
    const remark = errorIn(list.query);
    return remark ? [{ name: list.name, remark }] : [];
  });
  if (error) return { parsed: "", described: "", warnings: [], error, lists: broken };
  const parsed = parsedForm(query);
  const described = describedForm(parsed);
  return { parsed, described, warnings: warningsIn(query), error: null, lists: broken };
}

export function matches(query: string, article: ArticleView): boolean {
  const text = [article.title, article.lead, ...article.paragraphs]
    .flat()
    .map((segment) => segment.text)
    .join(" ")
    .toLowerCase();
  return query
    .split(/\bOR\b/)
    .some((branch) => wordsOf(branch).every((word) => text.includes(word)));
}

/** The first paragraph below the headline that holds a word of the query. */
export function passageOf(query: string, { lead, paragraphs }: ArticleView): string | null {
  const words = query.split(/\bOR\b/).flatMap(wordsOf);
  const texts = [lead, ...paragraphs].map((part) => part.map(({ text }) => text).join(""));
  return texts.find((text) => words.some((word) => text.toLowerCase().includes(word))) ?? null;
}

export function errorIn(query: string): QueryRemark | null {
  const quotes = [...query.matchAll(/"/g)];
  if (quotes.length % 2 === 1) {
    const start = quotes.at(-1)?.index ?? 0;
    return { message: "This quotation mark is never closed.", start, end: query.length };
  }
  const near = /\bO?NEAR(?!\/(\d+|S|P)\b)\S*/.exec(query);
  if (near) {
    const message = "Say how near: NEAR/8, or NEAR/S for one sentence.";
    return { message, start: near.index, end: near.index + near[0].length };
  }
  return bracketError(query);
}

/** What stands before a fault, without the operator that leads to it. */
export function readable(query: string, error: QueryRemark): string | null {
  const before = query.slice(0, error.start).trim();
  return before.replace(/\s*\b(AND|OR|NOT)$/, "") || null;
}

function bracketError(query: string): QueryRemark | null {
  const open: number[] = [];
  for (const [at, character] of [...query].entries()) {
    if (character === "(") open.push(at);
    else if (character === ")" && open.pop() === undefined) {
      return { message: "Nothing was opened before this bracket.", start: at, end: at + 1 };
    }
  }
  const start = open.at(-1);
  return start === undefined
    ? null
    : { message: "This bracket is never closed.", start, end: start + 1 };
}

function warningsIn(query: string): QueryRemark[] {
  return [...query.matchAll(/(?<!\p{L})\p{L}{1,3}\*/gu)].map((prefix) => ({
    message: `“${prefix[0]}” is short and finds many words. Four letters or more are safer.`,
    start: prefix.index,
    end: prefix.index + prefix[0].length,
  }));
}

function parsedForm(query: string): string {
  return query
    .replaceAll(/#.*$/gm, "")
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(
      /(?<=[\p{L}\d"*]) (?=[\p{L}"(])(?!(AND|OR|NOT|O?NEAR)\b)(?<!\b(AND|OR|NOT|NEAR\/\w+) )/gu,
      " AND ",
    );
}

function describedForm(parsed: string): string {
  return parsed
    .replaceAll(/ O?NEAR\/(\d+) /g, ", within $1 words of ")
    .replaceAll(" AND NOT ", "; not ")
    .replaceAll(" AND ", "; ")
    .replaceAll(" OR ", " or ");
}

function wordsOf(branch: string): string[] {
  return branch
    .replaceAll(/\b(AND|NOT|O?NEAR\/\w+)\b|[()"*]/g, " ")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
