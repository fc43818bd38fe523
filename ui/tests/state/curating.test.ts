import { beforeEach, describe, expect, it, vi } from "vitest";
import type { NextChapter } from "../../src/host/bindings/NextChapter";
import type { NextEdition } from "../../src/host/bindings/NextEdition";
import type { NextStory } from "../../src/host/bindings/NextStory";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { moved } from "../../src/state/curating.svelte";
import { answerLater, NOW, settled } from "../window";

const MORNING = "Minister’s morning";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 400, now: NOW });
  app = new App(host);
  await app.start();
  app.go({ screen: "digest" });
  app.digests.lookAt("stories");
  await settled();
});

const curating = () => app.digests.curating;

/** A chapter with some stories to put in order. */
function chapter(): NextChapter {
  const found = curating().next.value?.chapters.find(({ stories }) => stories.length >= 3);
  if (!found) throw new Error("no chapter has three stories");
  return found;
}

function again({ topic }: NextChapter): NextChapter {
  const found = curating().next.value?.chapters.find((each) => each.topic === topic);
  if (!found) throw new Error(`no chapter ${topic}`);
  return found;
}

function story(of: NextChapter, place = 0): NextStory {
  const found = of.stories[place];
  if (!found) throw new Error(`no story at ${place}`);
  return found;
}

const ids = ({ stories }: NextChapter) => stories.map(({ id }) => id);

describe("a story", () => {
  it("is left out and comes back", async () => {
    const before = chapter();
    const dropped = story(before);
    await curating().drop(dropped);
    expect(ids(again(before))).not.toContain(dropped.id);
    expect(again(before).dropped.map(({ id }) => id)).toEqual([dropped.id]);
    expect(app.toasts.list.at(-1)?.text).toContain(dropped.headline);
    app.toasts.undoLast();
    await settled();
    expect(ids(again(before))).toEqual(ids(before));
    expect(curating().next.value?.curated, "nothing is wanted any more").toBe(false);
  });

  it("is moved at once, and stays when the answer is there", async () => {
    const before = chapter();
    const [first, second, third, ...rest] = ids(before);
    const slow = answerLater<NextEdition>();
    const curate = vi.spyOn(host, "curate").mockReturnValueOnce(slow.promise);
    const asked = curating().move(before, 0, 2);
    expect(ids(again(before))).toEqual([second, third, first, ...rest]);
    await settled();
    expect(curate).toHaveBeenCalledWith(null, [
      { kind: "order", topic: before.topic, stories: [second, third, first] },
    ]);
    slow.answer(host.press.curate(null, curate.mock.calls[0]?.[1] ?? []));
    await asked;
    expect(ids(again(before))).toEqual([second, third, first, ...rest]);
  });

  it("bears a note that can be taken away and brought back", async () => {
    const noted = story(chapter(), 1);
    await curating().annotate(noted, " Ours. ");
    const kept = story(chapter(), 1);
    expect(kept.note).toBe("Ours.");
    await curating().annotate(kept, "  ");
    expect(story(chapter(), 1).note).toBe("");
    app.toasts.undoLast();
    await settled();
    expect(story(chapter(), 1).note).toBe("Ours.");
  });

  it("whose note was not changed asks nothing", async () => {
    await curating().annotate(story(chapter()), " ");
    await curating().setNote("  ");
    expect(host.calls).not.toContain("curate");
  });
});

describe("the next edition", () => {
  it("takes everything back, and brings it back", async () => {
    const before = chapter();
    await curating().move(before, 2, 0);
    await curating().drop(story(again(before), 1));
    await curating().setNote("A quiet night.");
    const edited = curating().next.value?.curation;
    await curating().reset();
    expect(curating().next.value?.curated).toBe(false);
    expect(ids(again(before))).toEqual(ids(before));
    app.toasts.undoLast();
    await settled();
    expect(curating().next.value?.curation).toEqual(edited);
  });

  it("gets edits in the order in which they were made", async () => {
    const slow = answerLater<NextEdition>();
    const curate = vi.spyOn(host, "curate").mockReturnValueOnce(slow.promise);
    const first = curating().setNote("First.");
    const second = curating().setNote("Second.");
    await settled();
    expect(curate).toHaveBeenCalledTimes(1);
    slow.answer(host.press.curate(null, [{ kind: "note", words: "First." }]));
    await Promise.all([first, second]);
    expect(curating().next.value?.curation.note).toBe("Second.");
  });

  it("is written to a file, and sent, only when the last edit is known", async () => {
    const slow = answerLater<NextEdition>();
    vi.spyOn(host, "curate").mockReturnValueOnce(slow.promise);
    const noted = curating().setNote("Breaking.");
    const written = app.digests.export("pdf");
    await settled();
    expect(host.calls).not.toContain("exportDigest");
    const asked = app.digests.send();
    await settled();
    expect(app.digests.sending.choice, "what is sent has it, too").toBeNull();
    slow.answer(host.press.curate(null, [{ kind: "note", words: "Breaking." }]));
    await Promise.all([noted, written]);
    expect(host.calls).toContain("exportDigest");
    await asked;
    expect(app.digests.sending.choice).not.toBeNull();
  });

  it("says why an edit was refused, and shows what is so", async () => {
    const before = chapter();
    const message = "This story is not in the library any more.";
    host.refusals.set("curate", { kind: "missing", message });
    await curating().move(before, 0, 1);
    await settled();
    expect(app.toasts.list.at(-1)).toMatchObject({ tone: "bad", text: message });
    expect(ids(again(before)), "it is where it was").toEqual(ids(before));
  });

  it("of each digest has wishes of its own, and a period of one's own has none", async () => {
    await curating().setNote("For today.");
    app.digests.showPlan(MORNING);
    await settled();
    expect(curating().next.value?.curation.note).toBe("");
    app.digests.showRecent(24);
    await settled();
    expect(app.digests.isCurating).toBe(false);
    expect(app.digests.preview.page.status).toBe("ready");
    app.digests.showRecent(null);
    await settled();
    expect(curating().next.value?.curation.note).toBe("For today.");
  });

  it("follows what another program wants of it, and what comes in", async () => {
    host.press.curate(null, [{ kind: "note", words: "From the command line." }]);
    await settled();
    expect(curating().next.value?.curation.note).toBe("From the command line.");
    const asked = vi.spyOn(host, "nextEdition");
    host.emit({ kind: "articles", new: 1 });
    await settled();
    expect(asked).toHaveBeenCalled();
  });
});

describe("the stories that have to be put in front", () => {
  const of = (placed: number): NextChapter => ({
    topic: "talks",
    name: "Talks",
    stories: [1, 2, 3, 4, 5].map((id) => ({
      id,
      headline: `Number ${id}`,
      outlet: "",
      time: "",
      also: 0,
      summary: "",
      note: "",
    })),
    shown: 5,
    placed,
    dropped: [],
  });

  it.each([
    [0, 3, 0, [4], "one is moved to the top"],
    [0, 3, 1, [1, 4], "those above it have to stay there"],
    [0, 0, 2, [2, 3, 1], "one is moved down"],
    [2, 4, 0, [5, 1, 2], "what was put in front stays so"],
    [3, 0, 1, [2, 1, 3], "among those in front"],
    [2, 1, 3, [1, 3, 4, 2], "out of those in front"],
  ])("with %i in front, from %i to %i, are %j: %s", (placed, from, to, want) => {
    expect(moved(of(placed), from, to).inFront).toEqual(want);
  });
});
