// What the window says of articles: in lists, in the reader, and as one story of many outlets.

import { articles, count } from "./counts";

export const listStrings = {
  label: "Articles",
  search: "Search everything",
  searchHint: "Search",
  clearSearch: "Clear the search",
  results: "Search results",
  counted: (total: number, more: boolean) =>
    more ? `more than ${articles(total)}` : articles(total),
  readAs: (query: string, counted: string) => `${query}: ${counted}`,
  markAllRead: "Mark all as read",
  markedRead: (n: number) => `${articles(n)} marked as read`,
  unread: "Unread",
  star: "Star",
  unstar: "Remove the star",
  empty: {
    inbox: ["Nothing here yet", "New articles appear here the moment they arrive."],
    flagged: ["Nothing flagged yet", "Articles that match one of your topics are listed here."],
    starred: ["No stars yet", "Press s, or the star of an article, to keep it here."],
    topic: ["No article matches this topic", "New ones appear here as soon as they arrive."],
    source: ["Nothing from this source yet", "It is read again when it is due."],
    search: ["Nothing found", "Try fewer words, or other forms of them."],
  },
  fixQuery: ["Not searched", "Mend the query above, and the answers appear here."],
} as const;

export const readerStrings = {
  label: "Article",
  none: "No article selected",
  noneHint: "Choose one from the list, or press j.",
  back: "Back to the list",
  browser: "Open in the browser",
  markUnread: "Mark as unread",
  markRead: "Mark as read",
  hits: (n: number) => count(n, "hit", "hits"),
  hitOf: (n: number, of: number) => `Hit ${n} of ${of}`,
  nextHit: "Next hit",
  previousHit: "Previous hit",
  why: "Why it is flagged",
  whyJump: (topic: string) => `Go to the hits of ${topic}`,
  by: (authors: string[]) => `By ${authors.join(", ")}`,
  seen: (when: string) => `first seen ${when}`,
  summaryOnly: "Only a summary was to be had. The full article is on the web.",
  problems: "Trouble while reading this article",
  revised: (n: number) => `corrected ${n === 1 ? "once" : `${n} times`}`,
  labels: "Labels",
  noText: "This article has no text.",
} as const;

export const storyStrings = {
  also: "Also carried by",
  more: (n: number) => `and ${count(n, "other outlet", "other outlets")}`,
  unlisted: (n: number) => `and ${count(n, "more article", "more articles")}`,
  open: (outlet: string) => `Open the article of ${outlet}`,
  take: (outlet: string) => `This is another story: take ${outlet} out`,
  split: "Taken out of the story",
  join: "Same story as…",
  joinWith: (title: string) => `Same story as “${title}”?`,
  joinHint: "Open the other article.",
  yes: "Yes, join them",
  joined: "The two are one story now",
} as const;
