import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { stateOf } from "../../src/state/sources.svelte";
import { answerLater, NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  await settled();
});

function named(name: string) {
  const source = app.sources.rows.find((each) => each.name === name);
  if (!source) throw new Error(`the sample has no ${name}`);
  return source;
}

const first = () => named("Clippings");

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

  it("are paused with a way back", async () => {
    await app.sources.pause(first());
    expect(first().state).toBe("paused");
    expect(app.sources.counts.paused).toBe(1);
    app.toasts.undoLast();
    await settled();
    expect(first().state).toBe("ok");
  });

  it("show that one is being checked until the answer is there", async () => {
    const asked = answerLater<undefined>();
    host.checkSource = () => asked.promise;
    const checking = app.sources.check(first());
    expect(app.sources.isChecking(first())).toBe(true);
    asked.answer(undefined);
    await checking;
    expect(app.sources.isChecking(first()), "asked, not answered").toBe(true);
    host.sources = host.sources.map((each) => ({ ...each, last_checked: "2026-03-04T09:00:00Z" }));
    host.emit({ kind: "sources" });
    await settled();
    expect(app.sources.isChecking(first())).toBe(false);
  });
});

describe("a check that changes nothing", () => {
  it("ends all the same: its host may have asked to be left alone", async () => {
    host.checkSource = async () => {};
    await app.sources.check(first());
    expect(app.sources.isChecking(first())).toBe(true);
    host.emit({ kind: "progress", label: "Checking sources", done: 1, total: 1 });
    expect(app.sources.isChecking(first())).toBe(false);
  });
});

describe("the list of sources", () => {
  it("begins with what needs the user", () => {
    expect(app.sources.visible.slice(0, 2).map(({ state }) => state)).toEqual([
      "stopped",
      "failing",
    ]);
  });

  it("is searched by name, address and label, whatever the capitals", async () => {
    app.sources.text = "HARBOUR";
    expect(app.sources.visible.map(({ name }) => name)).toEqual(["The Harbour Courier"]);
    app.sources.text = "qdr.example";
    expect(app.sources.visible).toHaveLength(1);
    host.sources = host.sources.map((each) => ({ ...each, label: "Morning round" }));
    await app.library.refresh();
    app.sources.text = "morning";
    expect(app.sources.visible).toHaveLength(host.sources.length);
  });

  it("counts its filters within what is searched for", () => {
    expect(app.sources.counts).toMatchObject({ all: 10, trouble: 2, paused: 0 });
    app.sources.text = "donau";
    expect(app.sources.counts).toMatchObject({ all: 1, trouble: 1 });
    app.sources.filter = "paused";
    expect(app.sources.visible).toEqual([]);
    app.sources.showAll();
    expect(app.sources.visible).toHaveLength(10);
  });

  it("calls one that answers and has something to say worth a look", () => {
    const quiet = { ...first(), message: "It has brought nothing for 9 days" };
    expect(stateOf(quiet)).toBe("quiet");
    expect(stateOf({ ...quiet, state: "failing" })).toBe("failing");
  });
});

describe("the source that is open", () => {
  it("keeps what is typed while it is asked for again, and shows another afresh", async () => {
    app.sources.open(named("Meridian Wire").id);
    await settled();
    app.sources.editor.change({ name: "Meridian" });
    host.emit({ kind: "sources" });
    app.go({ screen: "sources" });
    await settled();
    expect(app.sources.editor.draft?.name).toBe("Meridian");
    app.sources.open(named("Donauzeitung").id);
    await settled();
    expect(app.sources.editor.draft?.name).toBe("Donauzeitung");
    expect(app.sources.editor.isChanged).toBe(false);
  });

  it("takes back what was typed when it was left before it was saved", async () => {
    const { id, name } = named("Meridian Wire");
    app.sources.open(id);
    await settled();
    app.sources.editor.change({ name: "Meridian" });
    app.sources.editor.headers = "X-Key: abc";
    app.sources.open(named("Donauzeitung").id);
    await settled();
    app.toasts.undoLast();
    await settled();
    const { editor } = app.sources;
    expect(app.sources.selected).toBe(id);
    expect([editor.draft?.name, editor.headers]).toEqual(["Meridian", "X-Key: abc"]);
    editor.discard();
    expect([editor.draft?.name, editor.headers, editor.isChanged]).toEqual([name, "", false]);
    app.sources.close();
    expect(app.toasts.list, "nothing is lost now").toEqual([]);
  });

  it("is saved with its headers, and its password goes no further", async () => {
    const { id } = named("Meridian Wire");
    app.sources.open(id);
    await settled();
    const { editor } = app.sources;
    editor.change({ user: "ann" });
    editor.headers = "X-Key: abc\n\nAccept-Language: en";
    editor.password = "hush";
    await editor.save();
    await settled();
    expect(host.passwords.get(id)).toBe("hush");
    expect(editor.draft?.headers).toEqual([
      { name: "X-Key", value: "abc" },
      { name: "Accept-Language", value: "en" },
    ]);
    expect([editor.password, editor.isChanged]).toEqual(["", false]);
  });

  it("is not saved with a line that is no header", async () => {
    app.sources.open(named("Meridian Wire").id);
    await settled();
    app.sources.editor.headers = "X-Key abc";
    await app.sources.editor.save();
    expect(app.sources.editor.headerFault).toBe("X-Key abc");
    expect(host.calls).not.toContain("changeSource");
  });

  it("keeps what was refused, to be mended", async () => {
    app.sources.open(named("Meridian Wire").id);
    await settled();
    app.sources.editor.change({ proxy: "nonsense" });
    await app.sources.editor.save();
    expect(app.sources.editor.refusal).toContain("nonsense");
    expect(app.sources.editor.isChanged).toBe(true);
    app.sources.editor.discard();
    expect(app.sources.editor.draft?.proxy).toBeNull();
  });

  it("lists the files of a folder page by page, and finds among all of them", async () => {
    app.sources.open(first().id);
    await settled();
    const { receipts } = app.sources;
    expect([receipts.rows.length, receipts.total]).toEqual([200, 1_200]);
    await receipts.more();
    expect(receipts.rows).toHaveLength(400);
    expect(new Set(receipts.rows.map(({ id }) => id)).size, "every row has its number").toBe(400);
    receipts.find({ onlyProblems: true });
    await settled();
    expect(receipts.total).toBe(30);
    receipts.find({ text: "01200" });
    await settled();
    expect(receipts.rows.map(({ path }) => path.slice(-8))).toEqual(["01200.md"]);
  });
});

describe("the files of a folder", () => {
  beforeEach(async () => {
    app.sources.open(first().id);
    await settled();
  });

  it("go on in the new question when the end of the old list is reached meanwhile", async () => {
    const { receipts } = app.sources;
    receipts.find({ onlyProblems: true });
    const more = receipts.more();
    await settled();
    await more;
    expect(receipts.rows.every(({ problem }) => problem !== null)).toBe(true);
    expect(receipts.rows).toHaveLength(30);
  });

  it("are asked for again when more of them came to nothing", async () => {
    const asked = () => host.calls.filter((call) => call === "listReceipts").length;
    const before = asked();
    await app.sources.refresh();
    expect(asked(), "nothing is new").toBe(before);
    const detail = host.sourceDetail.bind(host);
    host.sourceDetail = async (id) => {
      const view = await detail(id);
      return { ...view, failed_files: view.failed_files + 1 };
    };
    await app.sources.refresh();
    await settled();
    expect(asked()).toBe(before + 1);
  });
});

describe("the proxy of all sources", () => {
  it("is kept as typed, and what was refused can be mended", async () => {
    app.go({ screen: "settings" });
    await settled();
    app.connection.type("nonsense");
    await app.connection.save();
    expect(app.connection.refusal).toContain("nonsense");
    expect(app.connection.isChanged).toBe(true);
    app.connection.type(" socks5h://127.0.0.1:9050 ");
    await app.connection.save();
    expect(host.proxy).toBe("socks5h://127.0.0.1:9050");
    expect([app.connection.refusal, app.connection.isChanged]).toEqual(["", false]);
    expect(app.toasts.list.at(-1)?.text).toBe("Proxy saved");
  });
});
