import { beforeEach, describe, expect, it, vi } from "vitest";
import type { BackTestView } from "../../src/host/bindings/BackTestView";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { answerLater, NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  vi.useFakeTimers();
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  await vi.advanceTimersByTimeAsync(0);
});

const typed = (query: string) => {
  app.topics.change({ query });
  return vi.advanceTimersByTimeAsync(1_000);
};
const tries = () => host.calls.filter((call) => call === "backTest").length;

describe("the back-test", () => {
  it("tries what was typed, once the query can be used", async () => {
    app.topics.create();
    await typed("(strike");
    expect(tries()).toBe(0);
    await typed("(strike)");
    expect(tries()).toBe(1);
    expect(app.topics.backTest.result.value?.articles).toBeGreaterThan(0);
    expect(app.topics.backTest.running).toBe(false);
  });

  it("compares with what was saved", async () => {
    const topic = app.library.topics.find(({ id }) => id === "harbour-strikes");
    if (!topic) throw new Error("no topic");
    app.topics.edit({ ...topic, query: "e" });
    await vi.advanceTimersByTimeAsync(1_000);
    const { value } = app.topics.backTest.result;
    expect(value?.added.count).toBeGreaterThan(0);
    expect(value?.added.newest.length).toBeGreaterThan(0);
  });

  it("shows the answer to the last query only, whatever comes first", async () => {
    const slow = answerLater<BackTestView>();
    app.topics.create();
    vi.spyOn(host, "backTest").mockReturnValueOnce(slow.promise);
    await typed("strike");
    expect(app.topics.backTest.running).toBe(true);
    await typed("no such words anywhere");
    const { value } = app.topics.backTest.result;
    expect(value?.articles).toBe(0);
    slow.answer({ ...(value as BackTestView), articles: 99 });
    await settled();
    expect(app.topics.backTest.result.value?.articles).toBe(0);
  });

  it("tells how far it is, and stops when told", async () => {
    app.topics.create();
    vi.spyOn(host, "backTest").mockImplementationOnce((_draft, _days, progress) => {
      progress({ done: 5, total: 9 });
      return new Promise(() => {});
    });
    await typed("strike");
    expect(app.topics.backTest.progress).toEqual({ done: 5, total: 9 });
    await app.topics.backTest.stop();
    expect(host.calls).toContain("stopBackTest");
    expect(app.topics.backTest).toMatchObject({ running: false, stopped: true, progress: null });
  });

  it("says what went wrong, and tries again", async () => {
    app.topics.create();
    host.refusals.set("backTest", { kind: "failed", message: "The library is locked." });
    await typed("strike");
    expect(app.topics.backTest.result).toMatchObject({
      status: "failed",
      message: "The library is locked.",
    });
    host.refusals.clear();
    app.topics.tryOver(7);
    await vi.advanceTimersByTimeAsync(0);
    expect(app.topics.backTest.result.status).toBe("ready");
  });
});
