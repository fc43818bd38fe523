import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  await settled();
});

function first() {
  const source = app.sources.rows[0];
  if (!source) throw new Error("the sample has no source");
  return source;
}

describe("sources", () => {
  it("leave the list at once, and the host only when the way back has passed", async () => {
    vi.useFakeTimers();
    const source = first();
    app.sources.remove(source);
    expect(app.sources.rows).not.toContain(source);
    expect(host.calls).not.toContain("removeSource");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.sources.map(({ id }) => id)).not.toContain(source.id);
  });

  it("come back untouched", async () => {
    vi.useFakeTimers();
    const source = first();
    app.sources.remove(source);
    app.toasts.undoLast();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(app.sources.rows[0]).toEqual(source);
    expect(host.calls).not.toContain("removeSource");
  });

  it("are gone for good when the window goes before the toast", async () => {
    app.sources.remove(first());
    app.toasts.settleAll();
    await settled();
    expect(host.calls).toContain("removeSource");
  });

  it("are added by the address of a feed", async () => {
    app.sources.openForm();
    app.sources.address = " https://paper.example/rss ";
    await app.sources.addFeed();
    expect(app.sources.rows.at(-1)?.location).toBe("https://paper.example/rss");
    expect(app.sources.address, "the form closes").toBeNull();
  });

  it("say why an address is no use, and keep it to be mended", async () => {
    app.sources.openForm();
    app.sources.address = "nonsense";
    await app.sources.addFeed();
    expect(app.sources.refusal).toContain("nonsense");
    expect(app.sources.address).toBe("nonsense");
  });

  it("are not added when the folder dialog was closed", async () => {
    host.folder = null;
    await app.sources.addFolder();
    expect(host.calls).not.toContain("addFolder");
  });
});
