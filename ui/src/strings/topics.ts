// What the window says of topics: their editor, and what a query would have found.

import { articles, NUMBER } from "./counts";

export const topicStrings = {
  title: "Topics",
  intro: "A topic is a query with a name. Every article that arrives is tried against all of them.",
  add: "New topic",
  matches: (n: number) => articles(n),
  show: "Show its articles",
  name: "Name",
  namePlaceholder: "For example: Harbour strikes",
  query: "Query",
  queryHint: "Words, “phrases”, AND, OR, NOT, NEAR/8, ( ), prefix*, @lists",
  level: "What happens on a match",
  save: "Save topic",
  saving: "Saving…",
  remove: "Remove",
  removed: (name: string) => `Topic “${name}” removed`,
  saved: (name: string) => `Topic “${name}” saved`,
  understood: "It finds",
  parsed: "As Wirewatch reads it",
  warnings: "Worth a look",
  place: "Put the cursor there",
  version: (n: number) => `version ${n}`,
  applies: "Also run it over the articles that are here already; nothing of that raises an alert",
  applyNow: "Apply to library",
  applied: (name: string, added: number, removed: number) =>
    `“${name}”: ${[
      added > 0 ? `${articles(added)} added` : "",
      removed > 0 ? `${articles(removed)} taken away` : "",
    ]
      .filter((part) => part !== "")
      .join(", ")}`,
  lastApplied: (added: number, removed: number) =>
    `The last run over the library added ${articles(added)} and took ${NUMBER.format(removed)} away.`,
  takeBack: "Take it back",
  takenBack: "The matches are as they were",
  lists: "Word lists",
  listsHint: "A list is used in the query by its name: @russia",
  listName: "Name of the list",
  listTerms: "Its terms",
  listTermsPlaceholder: "Kremlin OR Moscow",
  addList: "Add a word list",
  removeList: (name: string) => `Remove the list @${name}`,
  versions: "Versions",
  current: "as saved",
  restore: "Put into the editor",
  restoreOf: (n: number) => `Put version ${n} into the editor`,
  noVersions: "What this topic was before appears here once it is changed.",
  importing: "Paste a query of another tool",
  importFrom: "Written for",
  importText: "The query",
  importDo: "Read it",
  imported: "Said otherwise here",
  tools: { factiva: "Factiva", meltwater: "Meltwater", talkwalker: "Talkwalker" },
  choose: ["Choose a topic", "Its query and level can be changed here, or make a new one."],
  empty: [
    "No topics yet",
    "A topic watches for words and phrases. Make the first one, and the whole library is matched.",
  ],
} as const;

export const backTestStrings = {
  title: "In the library",
  verifying: (done: number, total: number) =>
    `Looking at ${NUMBER.format(done)} of ${articles(total)}`,
  trying: "Trying…",
  stop: "Stop",
  again: "Try again",
  stopped: "Stopped. What is shown may be older than the query.",
  older: "The query has a fault. This is of the last one that could be tried.",
  over: "Over",
  periods: [
    { days: null, name: "Everything" },
    { days: 30, name: "30 days" },
    { days: 7, name: "7 days" },
  ],
  finds: (found: number, of: number) => `${articles(found)} of ${NUMBER.format(of)}`,
  alerts: (perDay: number) =>
    perDay >= 10
      ? `about ${NUMBER.format(Math.round(perDay))} alerts a day`
      : `about ${perDay.toFixed(1)} alerts a day`,
  compared: (added: number, removed: number) =>
    added + removed === 0
      ? "The same articles as the saved version"
      : `${NUMBER.format(added)} more and ${NUMBER.format(removed)} fewer than the saved version`,
  chart: (from: string, to: string, most: number) =>
    `Articles a day from ${from} to ${to}, ${NUMBER.format(most)} at most`,
  bar: (from: string, to: string, n: number) =>
    `${from === to ? from : `${from} – ${to}`}: ${articles(n)}`,
  samples: "For example",
  nearMisses: "Missed by one clause",
  missing: (clause: string) => `missing: ${clause}`,
  added: "More than before",
  removed: "No longer",
  failed: "It could not be tried",
  notYet: [
    "Nothing to try yet",
    "As you write the query, what it would have found in the library appears here.",
  ],
  nothing: [
    "It finds nothing in the library",
    "Fewer clauses, other forms of a word or a wider NEAR may help; near misses are listed below.",
  ],
} as const;
