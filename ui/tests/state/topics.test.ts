import { beforeEach, describe, expect, it, vi } from "vitest";
import type { QueryCheck } from "../../src/host/bindings/QueryCheck";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { answerLater, NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  await settled();
});

function topic(id: string) {
  const found = app.library.topics.find((each) => each.id === id);
  if (!found) throw new Error(`no topic ${id}`);
  return found;
}

describe("the topic editor", () => {
  it("checks the query as it is typed and refuses to save a broken one", async () => {
    vi.useFakeTimers();
    app.topics.edit(topic("us-russia"));
    app.topics.change({ query: "(moscow" });
    await vi.advanceTimersByTimeAsync(200);
    expect(app.topics.check.value?.error).toMatchObject({ start: 0, end: 1 });
    expect(app.topics.savable).toBe(false);
    app.topics.change({ query: "(moscow)" });
    await vi.advanceTimersByTimeAsync(200);
    expect(app.topics.savable).toBe(true);
  });

  it("drops the verdict on an older query", async () => {
    vi.useFakeTimers();
    const slow = answerLater<QueryCheck>();
    app.topics.edit(topic("us-russia"));
    vi.spyOn(host, "checkQuery").mockReturnValueOnce(slow.promise);
    app.topics.change({ query: "first" });
    await vi.advanceTimersByTimeAsync(200);
    app.topics.change({ query: "second" });
    await vi.advanceTimersByTimeAsync(200);
    slow.answer({ parsed: "first", described: "", warnings: [], error: null, lists: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect(app.topics.check.value?.parsed).toBe("second");
  });

  it("makes a new topic that the sidebar shows at once", async () => {
    app.topics.create();
    app.topics.change({ name: " Bridges ", query: "bridge OR viaduct" });
    await app.topics.save();
    expect(app.library.topics.at(-1)?.name).toBe("Bridges");
    expect(app.topics.draft?.id, "a second save changes the same topic").toBe("bridges");
  });

  it("shows a refusal about the query where its words are", async () => {
    app.topics.create();
    app.topics.change({ name: "Broken", query: "a NEAR b" });
    await app.topics.save();
    expect(app.topics.check.value?.error?.start).toBe(2);
    expect(app.topics.refusal).toBe("");
  });

  it("brings a removed topic back as it was", async () => {
    const before = topic("harbour-strikes");
    await app.topics.remove(before);
    expect(app.library.topics.map(({ id }) => id)).not.toContain("harbour-strikes");
    app.toasts.undoLast();
    await settled();
    expect(topic("harbour-strikes")).toMatchObject({
      name: before.name,
      query: before.query,
      level: before.level,
    });
  });

  it("runs a saved topic over the library, and takes that back", async () => {
    const of = (id: string) =>
      host.articles.filter(({ row }) => row.topics.includes(id)).map(({ row }) => row.id);
    const before = of("harbour-strikes");
    app.topics.edit(topic("harbour-strikes"));
    app.topics.change({ query: "strike OR vote" });
    await settled();
    await app.topics.save();
    expect(of("harbour-strikes")).not.toEqual(before);
    expect(app.toasts.list.at(-1)?.text).toMatch(/“Harbour strikes”: .*article/);
    app.toasts.undoLast();
    await settled();
    expect(of("harbour-strikes")).toEqual(before);
  });

  it("leaves what is there alone if it is told to", async () => {
    app.topics.edit(topic("harbour-strikes"));
    app.topics.applies = false;
    app.topics.change({ query: "strike" });
    await app.topics.save();
    expect(host.calls).not.toContain("applyTopic");
    expect(topic("harbour-strikes").query).toBe("strike");
  });

  it("keeps versions, and puts an earlier one into the editor", async () => {
    const { query } = topic("harbour-strikes");
    app.topics.edit(topic("harbour-strikes"));
    app.topics.change({ query: "@ports AND strike", lists: [{ name: "ports", query: "harbour" }] });
    await settled();
    await app.topics.save();
    await settled();
    const versions = app.topics.detail.value?.versions ?? [];
    expect(versions.map(({ number }) => number)).toEqual([2, 1]);
    expect(app.topics.lists).toEqual([{ name: "ports", query: "harbour" }]);
    const first = versions.at(-1);
    if (first) app.topics.restore(first);
    expect(app.topics.draft).toMatchObject({ query, lists: [] });
  });

  it("refuses to save with a word list that cannot be used", async () => {
    vi.useFakeTimers();
    app.topics.create();
    app.topics.change({ name: "Ports", query: "@ports" });
    app.topics.addList();
    app.topics.changeList(0, { name: "ports", query: "(harbour" });
    await vi.advanceTimersByTimeAsync(200);
    expect(app.topics.check.value?.lists[0]?.name).toBe("ports");
    expect(app.topics.savable).toBe(false);
    app.topics.removeList(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(app.topics.savable).toBe(true);
  });

  it("reads the query of another tool and says what changed", async () => {
    app.topics.create();
    await app.topics.importQuery("factiva", "oil near5 strike");
    expect(app.topics.draft?.query).toBe("oil NEAR/4 strike");
    expect(app.topics.imported).toHaveLength(1);
    host.refusals.set("importQuery", { kind: "failed", message: "Not Factiva." });
    await app.topics.importQuery("factiva", "???");
    expect(app.topics.refusal).toBe("Not Factiva.");
  });
});
