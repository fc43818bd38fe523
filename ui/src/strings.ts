// Every sentence that the window shows, in one place.

import type { Level } from "./host/bindings/Level";
import type { CommandId, Group } from "./state/keymap";
import { digestStrings } from "./strings/digests";
import { mailStrings } from "./strings/mail";

const NUMBER = new Intl.NumberFormat("en");

function count(n: number, one: string, many: string): string {
  return `${NUMBER.format(n)} ${n === 1 ? one : many}`;
}

const articles = (n: number) => count(n, "article", "articles");

const commands: Record<CommandId, string> = {
  next: "Next article",
  previous: "Previous article",
  nextUnread: "Next unread article",
  previousUnread: "Previous unread article",
  open: "Open the selected article",
  nextHit: "Next hit in the article",
  previousHit: "Previous hit in the article",
  toggleRead: "Mark as read or unread",
  toggleStar: "Star or remove the star",
  openInBrowser: "Open in the browser",
  goInbox: "Go to Inbox",
  goFlagged: "Go to Flagged",
  goStarred: "Go to Starred",
  goAlerts: "Go to Alerts",
  goTopics: "Go to Topics",
  goSources: "Go to Sources",
  goDigest: "Go to Digests",
  goSettings: "Go to Settings",
  search: "Search",
  palette: "Command palette",
  help: "Keyboard help",
  undo: "Undo",
  back: "Back, close",
  markListRead: "Mark the loaded articles as read",
  checkNow: "Check all sources now",
  addFolder: "Add a folder",
  addFeed: "Add a feed",
  newTopic: "New topic",
  planDigest: "Plan a digest",
  mailSettings: "Mail settings",
};

const commandGroups: Record<Group, string> = {
  moving: "Moving",
  article: "The article",
  going: "Going places",
  window: "The window",
  doing: "Also in the palette",
};

const levels: Record<Level, { name: string; means: string }> = {
  silent: { name: "Silent", means: "matched and listed, nothing more" },
  digest: { name: "Digest", means: "goes into the digest" },
  notify: { name: "Notify", means: "digest, and a notification on the desktop" },
  urgent: { name: "Urgent", means: "notifies in quiet hours, too" },
};

export const strings = {
  product: "Wirewatch",
  commands,
  commandGroups,
  levels,

  common: {
    retry: "Try again",
    close: "Close",
    cancel: "Cancel",
    undo: "Undo",
    loading: "Loading…",
    failed: "This could not be loaded",
    menu: "Menu",
    then: "then",
    articles,
  },

  sidebar: {
    label: "Places",
    inbox: "Inbox",
    flagged: "Flagged",
    starred: "Starred",
    alerts: "Alerts",
    digest: "Digests",
    settings: "Settings",
    topics: "Topics",
    sources: "Sources",
    help: "Keyboard help",
    unread: (n: number) => `${NUMBER.format(n)} unread`,
    unseen: (n: number) => `${NUMBER.format(n)} not seen`,
    failing: "has trouble",
  },

  list: {
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
  },

  hushing: {
    snooze: (topic: string) => `Snooze ${topic} until tomorrow`,
    wake: (topic: string) => `Show alerts of ${topic} again`,
    snoozed: (topic: string) => `No alerts of “${topic}” until tomorrow`,
    mute: (source: string) => `Mute ${source}`,
    unmute: (source: string) => `Let ${source} raise alerts again`,
    muted: (source: string) => `“${source}” raises no alerts any more`,
    isMuted: "muted",
    isSnoozed: (until: string) => `snoozed until ${until}`,
  },

  stories: {
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
  },

  reader: {
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
  },

  alerts: {
    title: "Alerts",
    markSeen: "Mark as seen",
    seeAll: "Mark all as seen",
    outlets: (n: number) => count(n, "outlet", "outlets"),
    pauseHour: "Pause for an hour",
    pauseTomorrow: "Pause until tomorrow",
    resume: "Resume",
    paused: (until: string) => `Paused until ${until}`,
    newLabel: "New",
    held: {
      paused: "not shown: alerts were paused",
      "quiet-hours": "not shown: quiet hours",
      snoozed: "not shown: topic snoozed",
      "over-budget": "not shown: over the hourly budget",
    } as Record<string, string>,
    empty: [
      "No alerts yet",
      "When an article matches a topic whose level is Notify or Urgent, it is announced here and on the desktop, with the sentence that made it fire.",
    ],
  },

  topics: {
    title: "Topics",
    intro:
      "A topic is a query with a name. Every article that arrives is tried against all of them.",
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
  },

  backTest: {
    title: "In the library",
    verifying: (done: number, total: number) =>
      `Looking at ${NUMBER.format(done)} of ${articles(total)}`,
    trying: "Trying…",
    stop: "Stop",
    again: "Try again",
    stopped: "Stopped. What is shown may be older than the query.",
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
  },

  sources: {
    title: "Sources",
    intro: "Folders and feeds that Wirewatch watches.",
    addFolder: "Add folder",
    addFeed: "Add feed",
    address: "Address of a feed or of a site",
    addressHint: "https://…",
    add: "Add",
    adding: "Looking…",
    checkNow: "Check now",
    remove: "Remove",
    removed: (name: string) => `Source “${name}” removed`,
    added: (name: string) => `Now watching “${name}”`,
    show: "Show its articles",
    never: "not read yet",
    kinds: { folder: "Folder", feed: "Feed", sitemap: "News sitemap", page: "Page" } as Record<
      string,
      string
    >,
    states: {
      new: "Not read yet",
      ok: "All is well",
      failing: "Has trouble",
      stopped: "Stopped",
    } as Record<string, string>,
    lastSuccess: (when: string) => `last answered ${when}`,
    nextCheck: (when: string) => `due ${when}`,
    empty: [
      "Nothing is watched yet",
      "Add a folder where clippings are dropped, or the address of a news site or feed.",
    ],
  },

  digests: digestStrings,
  mail: mailStrings,

  settings: {
    title: "Settings",
    appearance: "Appearance",
    theme: "Theme",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    behaviour: "Window and start",
    closing: "When the window is closed",
    closings: { ask: "Ask", tray: "Keep watching in the tray", quit: "Quit" },
    noTray:
      "This desktop shows no tray. Wirewatch goes on watching; open it again from the programs.",
    startAtLogin: "Start when I log in",
    startAtLoginHint: "Starts without a window and watches in the background.",
    notifying: "Notifications",
    notifications: "Show notifications on the desktop",
    notificationsHint: "Alerts are listed in the alert inbox in any case.",
    pause: "Pause alerts",
    quietHours: "Quiet hours",
    quietHoursHint: "Only urgent alerts are shown then. Times of this machine.",
    quietFrom: "From",
    quietTo: "to",
    budget: "Alerts an hour and topic",
    budgetHint: "Further ones become one summary, then wait in the inbox and the digest.",
    noLimit: "no limit",
    topicBudget: (topic: string) => `Alerts an hour of ${topic}`,
    ownBudgets: "Topics with a budget of their own",
    preferred: "Speaks for a story",
    preferredHint: "The article of this source stands for its copies in digests and lists.",
    earliest: "whoever was first",
  },

  firstRun: {
    title: "Welcome to Wirewatch",
    lead: "It watches folders and feeds, flags what matters to you, and says why. Nothing leaves this machine.",
    steps: [
      {
        title: "Add a source",
        text: "A folder where clippings are dropped, or the address of a news site or feed.",
      },
      {
        title: "Look at the topics",
        text: "Some are there already. Change their words, or write your own.",
      },
      {
        title: "Read, or let it report",
        text: "Hits are marked in every article; the digest sums up a night or a week.",
      },
    ],
    topics: "See the topics",
    digest: "See the digest",
  },

  closing: {
    title: "Keep watching?",
    text: "Wirewatch can stay in the tray, go on watching your sources and announce alerts. Or it can quit, and watch again when you start it.",
    keep: "Keep watching in the tray",
    keepNoTray: "Keep watching in the background",
    quit: "Quit",
    remember: "Remember my answer",
  },

  palette: {
    label: "Command palette",
    placeholder: "What do you want to do?",
    nothing: "No command of that name",
    topic: (name: string) => `Topic: ${name}`,
    source: (name: string) => `Source: ${name}`,
  },

  help: { title: "Keyboard" },

  status: {
    label: "State",
    watching: (sources: number, n: number) =>
      `Watching ${count(sources, "source", "sources")} · ${articles(n)}`,
    idle: "Nothing is watched yet",
    trouble: (n: number) => `${count(n, "source has", "sources have")} trouble`,
    working: (label: string, done: number, total: number) =>
      total > 0 ? `${label}: ${NUMBER.format(done)} of ${NUMBER.format(total)}` : label,
  },

  layout: {
    resizeSidebar: "Width of the sidebar",
    resizeList: "Width of the list",
  },

  notInShell: "This page is the window of the Wirewatch program and does nothing outside it.",
} as const;
