import { beforeEach, describe, expect, it } from "vitest";
import type { AddedSources } from "../../src/host/bindings/AddedSources";
import type { FoundSource } from "../../src/host/bindings/FoundSource";
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

async function look(address: string) {
  app.adding.open("address");
  app.adding.change({ address });
  await app.adding.look();
}

describe("an address", () => {
  it("is looked at before anything is added, and several of its feeds can be chosen", async () => {
    await look(" paper.example ");
    expect(app.adding.found?.map(({ kind }) => kind)).toEqual(["feed", "feed", "sitemap", "page"]);
    expect([...app.adding.chosen]).toEqual(["https://paper.example/rss"]);
    expect(host.calls).not.toContain("addSources");
    app.adding.toggle("https://paper.example/politics/rss");
    await app.adding.add();
    const added = app.sources.rows.slice(-2).map(({ location }) => location);
    expect(added).toEqual(["https://paper.example/rss", "https://paper.example/politics/rss"]);
    expect(app.adding.way, "the dialog closes").toBeNull();
    app.toasts.undoLast();
    await settled();
    expect(app.sources.rows.some(({ location }) => location.includes("paper.example"))).toBe(false);
  });

  it("says why it is no use, and stays to be mended", async () => {
    await look("nonsense");
    expect(app.adding.refusal).toContain("nonsense");
    expect(app.adding.draft.address).toBe("nonsense");
  });

  it("forgets what was found as soon as it says something else", async () => {
    await look("https://paper.example/");
    app.adding.change({ label: "Papers" });
    expect(app.adding.found, "a label leads nowhere else").not.toBeNull();
    app.adding.change({ address: "https://other.example/" });
    expect(app.adding.found).toBeNull();
  });

  it("does not offer what is watched already", async () => {
    const [watched] = host.sources.filter(({ kind }) => kind === "feed");
    await look(watched?.location ?? "");
    expect(app.adding.found?.[0]?.watched).toBe(true);
    expect(app.adding.chosen.size).toBe(0);
  });

  it("shows nothing of an answer that came after the dialog was closed", async () => {
    const late = answerLater<FoundSource[]>();
    host.previewSource = () => late.promise;
    const looking = look("https://paper.example/");
    app.adding.close();
    late.answer([]);
    await looking;
    expect([app.adding.found, app.adding.busy]).toEqual([null, null]);
  });

  it("shows nothing of an answer to what it said before, or to another way", async () => {
    const late = answerLater<FoundSource[]>();
    const found = await host.previewSource({
      address: "https://paper.example/",
      selector: null,
      access: { user: null, password: null, headers: [], proxy: null },
    });
    for (const turn of [
      () => app.adding.change({ address: "https://other.example/" }),
      () => app.adding.go("pack"),
    ]) {
      host.previewSource = () => late.promise;
      const looking = look("https://paper.example/");
      turn();
      expect(app.adding.busy, "it can be asked again at once").toBeNull();
      await settled();
      const { chosen } = app.adding;
      late.answer(found);
      await looking;
      expect([app.adding.found, app.adding.busy]).toEqual([null, null]);
      expect(app.adding.chosen, "what is chosen meanwhile stays").toBe(chosen);
    }
  });

  it("hands on what was typed with it", async () => {
    const asked: unknown[] = [];
    const add = host.addSources.bind(host);
    host.addSources = (drafts) => {
      asked.push(...drafts);
      return add(drafts);
    };
    app.adding.open("address");
    app.adding.change({ address: "https://paper.example/", user: "ann", headers: "X-Key: abc" });
    app.adding.change({ selector: "h2 a", every: 15, level: "urgent" });
    await app.adding.look();
    await app.adding.add();
    expect(asked).toMatchObject([
      {
        kind: "page",
        selector: "h2 a",
        every: 15,
        level: "urgent",
        access: { user: "ann", password: null, headers: [{ name: "X-Key", value: "abc" }] },
      },
    ]);
  });
});

describe("a folder", () => {
  it("is not added when the dialog was closed", async () => {
    host.folder = null;
    await app.adding.addFolder();
    expect(host.calls).not.toContain("addSources");
  });

  it("is added at once, and can be taken back", async () => {
    await app.adding.addFolder();
    expect(app.sources.rows.at(-1)?.location).toBe("/press/Morning");
    app.toasts.undoLast();
    await settled();
    expect(app.sources.rows.at(-1)?.location).not.toBe("/press/Morning");
  });
});

describe("a dialog that was closed while it added", () => {
  it("leaves the next one alone, and says what became of it", async () => {
    const late = answerLater<AddedSources>();
    host.addSources = () => late.promise;
    await look("https://paper.example/");
    const adding = app.adding.add();
    app.adding.close();
    app.adding.open("address");
    app.adding.change({ address: "https://other.example/" });
    expect(app.adding.busy).toBeNull();
    late.answer({ added: [1], first: "Paper", known: 0, problems: ["“x” is no address"] });
    await adding;
    expect(app.adding.draft.address).toBe("https://other.example/");
    expect([app.adding.way, app.adding.result]).toEqual(["address", null]);
    expect(app.toasts.list.map(({ text }) => text)).toEqual([
      "1 left out: “x” is no address",
      "Now watching “Paper”",
    ]);
  });
});

describe("a list of feeds", () => {
  it("says how many were added, how many were there, and what was left out", async () => {
    await app.adding.importList();
    expect(app.adding.way, "it opens to say so").toBe("list");
    expect(app.adding.result).toMatchObject({ known: 1 });
    expect(app.adding.result?.added).toHaveLength(2);
    expect(app.adding.result?.problems).toHaveLength(2);
    await app.adding.takeBack();
    expect(app.sources.rows).toHaveLength(10);
  });

  it("is taken back although one of it was refused", async () => {
    await app.adding.importList();
    const [refused, taken] = app.adding.result?.added ?? [];
    const remove = host.removeSource.bind(host);
    host.removeSource = (id) =>
      id === refused
        ? Promise.reject({ kind: "failed", message: "It is being read." })
        : remove(id);
    await app.adding.takeBack();
    const left = app.sources.rows.map(({ id }) => id);
    expect([left.includes(refused ?? 0), left.includes(taken ?? 0)]).toEqual([true, false]);
    expect(app.toasts.list.at(-1)?.text).toBe("It is being read.");
  });

  it("is nothing when the dialog was closed", async () => {
    host.list = null;
    await app.adding.importList();
    expect([app.adding.way, app.adding.result]).toEqual([null, null]);
  });
});

describe("a starter pack", () => {
  it("is added without what was taken out of it", async () => {
    app.adding.open("pack");
    await settled();
    const [first, second] = app.adding.pack?.sources ?? [];
    app.adding.toggle(first?.address ?? "");
    await app.adding.add();
    const places = app.sources.rows.map(({ location }) => location);
    expect([places.includes(first?.address ?? ""), places.includes(second?.address ?? "")]).toEqual(
      [false, true],
    );
    expect(app.sources.rows.at(-1)?.label).toBe("World news");
  });
});
