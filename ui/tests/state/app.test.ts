import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 60, now: NOW });
  app = new App(host);
  await app.start();
  await settled();
});

describe("reading", () => {
  it("marks an opened article as read, in the list, the reader and the host", async () => {
    app.open(60);
    await settled();
    expect(app.list.row(60)?.read).toBe(true);
    expect(app.reader.article.value?.row.read).toBe(true);
    expect(host.articles[0]?.row.read).toBe(true);
  });

  it("does not mark what was only moved to", async () => {
    app.preview(60);
    await settled();
    expect(app.reader.article.value?.row.id).toBe(60);
    expect(host.articles[0]?.row.read).toBe(false);
  });

  it("takes a mark back that the host refuses, and says why", async () => {
    host.refusals.set("markRead", { kind: "failed", message: "The library is read-only." });
    await app.marks.setRead([60], true);
    expect(app.list.row(60)?.read).toBe(false);
    expect(app.toasts.list.at(-1)).toMatchObject({
      tone: "bad",
      text: "The library is read-only.",
    });
  });

  it("marks a whole list as read and takes exactly that back", async () => {
    const unread = host.articles.filter(({ row }) => !row.read).map(({ row }) => row.id);
    await app.marks.setListRead();
    expect(host.articles.every(({ row }) => row.read)).toBe(true);
    app.toasts.undoLast();
    await settled();
    expect(host.articles.filter(({ row }) => !row.read).map(({ row }) => row.id)).toEqual(unread);
  });

  it("walks through the hits in order and round the end", async () => {
    app.open(60);
    await settled();
    const count = app.reader.text?.hits.length ?? 0;
    expect(count).toBeGreaterThan(2);
    app.reader.step(-1);
    expect(app.reader.hit).toBe(count - 1);
    app.reader.step(1);
    expect(app.reader.hit).toBe(0);
    app.reader.stepTo("election-interference");
    expect(app.reader.text?.hits[app.reader.hit ?? -1]).toContain("election-interference");
  });
});

describe("search", () => {
  it("asks once when the typing pauses, and returns to where it began", async () => {
    app.go({ screen: "articles", scope: { kind: "flagged" } });
    await settled();
    vi.useFakeTimers();
    const asked = vi.spyOn(host, "listArticles");
    for (const text of ["d", "do", "dockers"]) app.search.type(text);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.mock.calls.map(([scope]) => scope)).toEqual([
      { kind: "search", query: "dockers" },
    ]);
    app.search.type("");
    expect(app.navigation.place).toEqual({ screen: "articles", scope: { kind: "flagged" } });
  });

  it("is forgotten when the user goes elsewhere before the pause is over", async () => {
    vi.useFakeTimers();
    app.search.type("dockers");
    app.go({ screen: "topics" });
    await vi.advanceTimersByTimeAsync(500);
    expect(app.navigation.place).toEqual({ screen: "topics" });
    expect(app.search.text).toBe("");
  });
});

describe("events", () => {
  it("bring new articles and counts into the window", async () => {
    const arrived = structuredClone(host.articles[0]);
    if (!arrived) throw new Error("the sample is empty");
    arrived.row.id = 99;
    host.articles.unshift(arrived);
    host.emit({ kind: "articles", new: 1 });
    await settled();
    expect(app.list.rows[0]?.id).toBe(99);
    expect(app.library.articles).toBe(61);
  });

  it("open an article from outside with its list behind it", async () => {
    app.go({ screen: "settings" });
    host.emit({ kind: "open", article: 58 });
    await settled();
    expect(app.navigation.place.screen).toBe("articles");
    expect(app.navigation.reading).toBe(true);
    expect(app.reader.article.value?.row.id).toBe(58);
  });

  it("ask what closing means, keep the answer and do it", async () => {
    host.emit({ kind: "askclose" });
    expect(app.closing.asking).toBe(true);
    await app.closing.keepWatching();
    expect(host.settings.close_to_tray).toBe(true);
    expect(host.calls.at(-1)).toBe("hideWindow");
  });

  it("ask anew next time if the answer is not to be remembered", async () => {
    app.closing.rememberAnswer = false;
    await app.closing.quit();
    expect(host.settings.close_to_tray).toBeNull();
    expect(host.calls.at(-1)).toBe("quit");
  });

  it("are not followed any more after the window has gone", async () => {
    const other = new App(host);
    const stop = await other.start();
    stop();
    host.emit({ kind: "show", screen: "digest" });
    expect(other.navigation.place.screen).not.toBe("digest");
  });
});

describe("alerts", () => {
  it("are seen when their article is opened", async () => {
    const alert = app.alerts.rows.find((row) => !row.seen);
    if (!alert) throw new Error("the sample has no unseen alert");
    const before = app.library.unseenAlerts;
    app.openAlert(alert);
    await settled();
    expect(app.library.unseenAlerts).toBe(before - 1);
    expect(app.reader.id).toBe(alert.article);
  });

  it("can be paused and resumed", async () => {
    await app.alerts.pause("hour");
    expect(app.library.pausedUntil).toBe("2026-03-04T10:00:00.000Z");
    await app.alerts.pause(null);
    expect(app.library.pausedUntil).toBeNull();
  });
});

describe("places", () => {
  it("are remembered from one start to the next, searches are not", async () => {
    app.go({ screen: "articles", scope: { kind: "topic", id: "us-russia" } });
    vi.useFakeTimers();
    app.search.type("dockers");
    await vi.advanceTimersByTimeAsync(200);
    expect(new App(host).navigation.place).toEqual({
      screen: "articles",
      scope: { kind: "topic", id: "us-russia" },
    });
  });

  it("that make no sense are forgotten", () => {
    localStorage.setItem("wirewatch.place", '{"screen":"articles","scope":{"kind":"topic"}}');
    expect(new App(host).navigation.place).toEqual({
      screen: "articles",
      scope: { kind: "inbox" },
    });
  });
});
