import { tick } from "svelte";
import type { App } from "./app.svelte";
import { INBOX, type ScreenName } from "./navigation.svelte";
import type { CommandId } from "./keymap";

/** What each command of the keymap does. */
export function commandsOf(app: App): Record<CommandId, () => void> {
  const goTo = (screen: ScreenName) => () => app.go({ screen });
  const goToList = (kind: "inbox" | "flagged" | "starred") => () =>
    app.go({ screen: "articles", scope: { kind } });

  return {
    next: () => move(app, 1),
    previous: () => move(app, -1),
    nextUnread: () => moveToUnread(app, 1),
    previousUnread: () => moveToUnread(app, -1),
    open: () => openSelected(app),
    nextHit: () => app.reader.step(1),
    previousHit: () => app.reader.step(-1),

    toggleRead: () => withRow(app, ({ id, read }) => void app.marks.setRead([id], !read)),
    toggleStar: () => withRow(app, ({ id, starred }) => void app.marks.setStarred(id, !starred)),
    openInBrowser: () => withRow(app, ({ id }) => void app.openInBrowser(id)),

    goInbox: goToList("inbox"),
    goFlagged: goToList("flagged"),
    goStarred: goToList("starred"),
    goAlerts: goTo("alerts"),
    goTopics: goTo("topics"),
    goSources: goTo("sources"),
    goDigest: goTo("digest"),
    goSettings: goTo("settings"),

    search: () => void focusSearch(app),
    palette: () => (app.overlay = "palette"),
    help: () => (app.overlay = "help"),
    undo: () => app.toasts.undoLast(),
    back: () => back(app),

    markListRead: () => void app.marks.setListRead(),
    checkNow: () => void app.sources.checkNow(),
    addFolder: () => void app.adding.addFolder(),
    addFeed: () => app.addSources("address"),
    starterPacks: () => app.addSources("pack"),
    importFeeds: () => {
      app.go({ screen: "sources" });
      void app.adding.importList();
    },
    exportFeeds: () => void app.sources.exportList(),
    newTopic: () => {
      app.go({ screen: "topics" });
      app.topics.create();
    },
    planDigest: () => {
      app.go({ screen: "digest" });
      void app.digests.create();
    },
    editTemplates: () => {
      app.go({ screen: "digest" });
      app.digests.showTemplates();
    },
    mailSettings: goTo("mail"),
  };
}

function move(app: App, step: 1 | -1): void {
  if (app.navigation.place.screen === "alerts") {
    const alert = app.alerts.move(step);
    if (alert) app.preview(alert.article);
  } else if (app.navigation.place.screen === "articles") {
    const row = app.list.move(step);
    if (row) app.preview(row.id);
  } else if (app.navigation.place.screen === "digest") {
    app.digests.move(step);
  } else if (app.navigation.place.screen === "sources") {
    app.sources.move(step);
  }
}

function moveToUnread(app: App, step: 1 | -1): void {
  if (app.navigation.place.screen !== "articles") return;
  const row = app.list.moveToUnread(step);
  if (row) void openAndFocus(app, () => app.open(row.id));
}

function openSelected(app: App): void {
  if (app.navigation.place.screen === "alerts") {
    const alert = app.alerts.rows.find((row) => row.id === app.alerts.selected);
    if (alert) void openAndFocus(app, () => app.openAlert(alert));
    return;
  }
  const { selected } = app.list;
  if (selected !== null) void openAndFocus(app, () => app.open(selected));
}

/** Opened by keys, an article is scrolled by keys. */
async function openAndFocus(app: App, open: () => void): Promise<void> {
  open();
  await tick();
  app.reader.focus();
}

/** The article that the letters act on: the one in the reader, else the selected row. */
function withRow(
  app: App,
  act: (row: { id: number; read: boolean; starred: boolean }) => void,
): void {
  const row = app.reader.article.value?.row ?? app.list.row(app.list.selected);
  if (row) act(row);
}

async function focusSearch(app: App): Promise<void> {
  if (app.navigation.place.screen !== "articles") app.go(INBOX);
  app.navigation.reading = false;
  await tick();
  app.search.focus();
}

function back(app: App): void {
  if (app.overlay) app.overlay = null;
  else if (app.navigation.drawer) app.navigation.drawer = false;
  else if (app.navigation.reading) app.navigation.reading = false;
  else if (app.navigation.place.screen === "digest") app.digests.inFront = false;
  else if (app.navigation.place.screen === "sources") app.sources.close();
  else if (app.search.text !== "") app.search.type("");
  else if (app.navigation.place.screen === "topics" && app.topics.draft) app.topics.close();
}
