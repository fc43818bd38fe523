import { beforeEach, describe, expect, it } from "vitest";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { NOW, settled } from "../window";

let host: FakeHost;
let app: App;

/** The sample's three newest articles tell one story. */
const SHARED = [58, 59, 60];

beforeEach(async () => {
  host = new FakeHost({ articles: 60, now: NOW });
  app = new App(host);
  await app.start();
  await settled();
});

function storyOf(id: number): number[] {
  const story = host.articles.find(({ row }) => row.id === id)?.story;
  return story?.versions.map(({ article }) => article) ?? [];
}

async function open(id: number) {
  app.open(id);
  await settled();
  const article = app.reader.article.value;
  if (!article) throw new Error(`article ${id} is not open`);
  return article;
}

describe("stories", () => {
  it("are taken apart, and put together again", async () => {
    const article = await open(60);
    expect(storyOf(60)).toEqual(SHARED);
    await app.stories.split(article.story.id, 58);
    expect(storyOf(60)).toEqual([59, 60]);
    expect(app.reader.article.value?.story.versions).toHaveLength(2);
    app.toasts.undoLast();
    await settled();
    expect(storyOf(60)).toEqual(SHARED);
  });

  it("are joined with the one that is opened next, and taken apart again", async () => {
    app.stories.begin(await open(60));
    await app.stories.finish(await open(12));
    expect(storyOf(12)).toEqual([12, ...SHARED]);
    expect(app.stories.waiting).toBeNull();
    app.toasts.undoLast();
    await settled();
    expect(storyOf(60)).toEqual(SHARED);
  });

  it("stay as they are if nobody goes on", async () => {
    app.stories.begin(await open(60));
    app.stories.cancel();
    await app.stories.finish(await open(12));
    expect(host.calls).not.toContain("mergeStories");
  });

  it("say why they could not be joined", async () => {
    host.refusals.set("mergeStories", { kind: "missing", message: "This story is gone." });
    app.stories.begin(await open(60));
    await app.stories.finish(await open(12));
    expect(app.toasts.list.map(({ text }) => text)).toEqual(["This story is gone."]);
  });
});
