// Every sentence that the window shows, in one place.

import type { Level } from "./host/bindings/Level";
import type { CommandId, Group } from "./state/keymap";
import { alertStrings, hushingStrings } from "./strings/alerts";
import { articles, count, NUMBER } from "./strings/counts";
import { digestStrings } from "./strings/digests";
import { mailStrings } from "./strings/mail";
import { sourceStrings } from "./strings/sources";
import { listStrings, readerStrings, storyStrings } from "./strings/reading";
import { backTestStrings, topicStrings } from "./strings/topics";

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
  addFeed: "Add a source (site, feed or page)",
  starterPacks: "Add a starter pack",
  importFeeds: "Import a list of feeds (OPML)",
  exportFeeds: "Export the watched feeds (OPML)",
  newTopic: "New topic",
  planDigest: "Plan a digest",
  editTemplates: "Change how digests look",
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

  list: listStrings,
  hushing: hushingStrings,
  stories: storyStrings,
  reader: readerStrings,
  alerts: alertStrings,
  topics: topicStrings,
  backTest: backTestStrings,

  sources: sourceStrings,
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
    connection: "Connection",
    proxy: "Proxy of all sources",
    proxyHint:
      "http://…, https://…, socks5://… or socks5h://…, or direct for none. A source can have its own.",
    proxyNone: "As the system says",
    proxySaved: "Proxy saved",
    save: "Save",
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
        text: "A folder where clippings are dropped, the address of a news site, or a list that is ready.",
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
