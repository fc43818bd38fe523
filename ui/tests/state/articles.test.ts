import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ArticlePage } from "../../src/host/bindings/ArticlePage";
import type { FoundPassage } from "../../src/host/bindings/FoundPassage";
import { FakeHost } from "../../src/host/fake";
import { ArticleList } from "../../src/state/articles.svelte";
import { answerLater, NOW, settled } from "../window";

let host: FakeHost;
let list: ArticleList;

beforeEach(() => {
  host = new FakeHost({ articles: 250, now: NOW });
  list = new ArticleList(host);
});

const ids = () => list.rows.map((row) => row.id);

describe("a list of articles", () => {
  it("loads page after page and then stops", async () => {
    await list.open({ kind: "inbox" });
    expect(list.rows).toHaveLength(100);
    await list.more();
    await list.more();
    await list.more();
    expect(list.rows).toHaveLength(250);
    expect(new Set(ids()).size, "no row twice").toBe(250);
  });

  it("asks for the next page only once at a time", async () => {
    await list.open({ kind: "inbox" });
    await Promise.all([list.more(), list.more(), list.more()]);
    expect(list.rows).toHaveLength(200);
  });

  it("drops an answer that a later question made stale", async () => {
    const first = answerLater<ArticlePage>();
    const found = await host.listArticles({ kind: "search", query: "dockers" }, null, 10);
    vi.spyOn(host, "listArticles").mockReturnValueOnce(first.promise).mockResolvedValueOnce(found);
    const slow = list.search("d");
    await list.search("dockers");
    first.answer({ ...found, rows: [], total: 0 });
    await slow;
    expect(list.total, "the answer to the last query stays").toBe(found.total);
    expect(list.rows).toHaveLength(found.rows.length);
  });

  it("drops the next page of a list that was left", async () => {
    await list.open({ kind: "inbox" });
    const late = answerLater<ArticlePage>();
    vi.spyOn(host, "listArticles").mockReturnValueOnce(late.promise);
    const more = list.more();
    await list.open({ kind: "starred" });
    const starred = ids();
    late.answer(await host.listArticles({ kind: "inbox" }, null, 5));
    await more;
    expect(ids()).toEqual(starred);
  });

  it("keeps what was found while a query is broken, and says where", async () => {
    await list.search("dockers");
    const before = ids();
    await list.search("(dockers");
    expect(list.queryError).toMatchObject({ start: 0, end: 1 });
    expect(ids()).toEqual(before);
  });

  it("shows what was found in place of how the articles begin", async () => {
    let passages = answerLater<FoundPassage[]>();
    const asked: number[][] = [];
    host.foundPassages = (_query, ids) => {
      asked.push(ids);
      return passages.promise;
    };
    await list.search("dockers");
    const [first, second] = list.rows.map((row) => ({ ...row }));
    if (!first || !second) throw new Error("the sample has too few");
    passages.answer([{ article: first.id, sentence: "The dockers went home." }]);
    await settled();
    expect(list.rows[0]?.snippet).toBe("The dockers went home.");
    expect(list.rows[1]?.snippet).toBe(second.snippet);
    passages = answerLater<FoundPassage[]>();
    await list.refresh();
    expect(list.rows[0]?.snippet, "it stays while the rest is asked for again").toBe(
      "The dockers went home.",
    );
    expect(asked.at(-1), "what is known is not asked for").not.toContain(first.id);
    expect(asked.at(-1)).toContain(second.id);
  });

  it("finds what can be read of a query while the rest is typed", async () => {
    await list.search("dockers");
    const before = ids();
    await list.search("dockers AND (");
    expect(list.queryError).toMatchObject({ start: 12, end: 13 });
    expect(list.readAs).toBe("dockers");
    expect(ids()).toEqual(before);
    await list.search("dockers");
    expect(list.readAs).toBeNull();
  });

  it("brings new articles to the top and keeps what was loaded below", async () => {
    await list.open({ kind: "inbox" });
    await list.more();
    const arrived = structuredClone(host.articles[0]);
    if (!arrived) throw new Error("the sample is empty");
    arrived.row.id = 1_000;
    host.articles.unshift(arrived);
    await list.refresh();
    expect(ids().slice(0, 2)).toEqual([1_000, 250]);
    expect(list.rows).toHaveLength(201);
    await list.more();
    expect(list.rows, "the way on is still known").toHaveLength(251);
  });

  it("keeps the selected row in its place when the list would no longer hold it", async () => {
    await list.open({ kind: "starred" });
    const selected = list.move(1) && list.move(1);
    if (!selected) throw new Error("the sample has no stars");
    await host.star(selected.id, false);
    await list.refresh();
    expect(ids()[1]).toBe(selected.id);
  });

  it("moves to the ends and no further", async () => {
    await list.open({ kind: "inbox" });
    expect(list.move(-1)?.id).toBe(250);
    expect(list.move(-1)?.id).toBe(250);
    expect(list.move(1)?.id).toBe(249);
  });

  it("finds the next unread row and leaves the selection where there is none", async () => {
    await list.open({ kind: "inbox" });
    list.patch(ids(), { read: true });
    list.patch([240], { read: false });
    expect(list.moveToUnread(1)?.id).toBe(240);
    expect(list.moveToUnread(1)).toBeUndefined();
    expect(list.selected).toBe(240);
  });

  it("says why it could not be loaded, and loads when asked again", async () => {
    host.refusals.set("listArticles", { kind: "failed", message: "The disk is gone." });
    await list.open({ kind: "inbox" });
    expect(list.page.status).toBe("failed");
    expect(list.page.message).toBe("The disk is gone.");
    host.refusals.clear();
    await list.refresh();
    expect(list.rows).toHaveLength(100);
  });

  it("turns a burst of events into two questions", async () => {
    await list.open({ kind: "inbox" });
    const asked = vi.spyOn(host, "listArticles");
    for (let event = 0; event < 50; event++) void list.refresh();
    await settled();
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
