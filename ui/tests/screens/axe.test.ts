import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import type { App } from "../../src/state/app.svelte";
import type { View } from "../../src/state/digests.svelte";
import { openWindow, settled, type TestWindow } from "../window";

// Contrast needs real pixels; the tokens are checked for it in tokens.test.ts.
const RULES = { "color-contrast": { enabled: false } };

async function complaints(): Promise<string[]> {
  // A separator stands between landmarks and belongs to none; the digest is a page of its own.
  const context = { include: [["body"]], exclude: [["[role=separator]"]] };
  const { violations } = await axe.run(context, { rules: RULES, iframes: false });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function showPlan(app: App, view: View): Promise<void> {
  app.go({ screen: "digest" });
  await settled();
  app.digests.showPlan("Minister’s morning", view);
  await settled();
}

const VIEWS: [string, (window: TestWindow) => Promise<unknown>][] = [
  ["an open article", async ({ app }) => app.open(60)],
  ["alerts", async ({ app }) => app.go({ screen: "alerts" })],
  [
    "the topic editor with an error",
    async ({ app, one }) => {
      app.go({ screen: "topics" });
      app.topics.create();
      app.topics.change({ query: "(a" });
      await vi.waitFor(() => one("topic-error"));
    },
  ],
  [
    "sources with the dialog open",
    async ({ app }) => {
      app.go({ screen: "sources" });
      app.adding.open("address");
    },
  ],
  [
    "a source with its settings",
    async ({ app }) => {
      app.go({ screen: "sources" });
      await settled();
      app.sources.open(1);
    },
  ],
  [
    "what was found at an address",
    async ({ app }) => {
      app.adding.open("address");
      app.adding.change({ address: "paper.example" });
      await app.adding.look();
    },
  ],
  ["a starter pack", async ({ app }) => app.adding.open("pack")],
  ["what became of a list", async ({ app }) => app.adding.importList()],
  ["the digest", async ({ app }) => app.go({ screen: "digest" })],
  ["a planned digest", async ({ app }) => showPlan(app, "next")],
  [
    "the stories of the next edition, edited",
    async ({ app }) => {
      app.go({ screen: "digest" });
      app.digests.lookAt("stories");
      await settled();
      const { curating } = app.digests;
      const chapter = curating.next.value?.chapters.find(({ stories }) => stories.length > 0);
      const story = chapter?.stories[0];
      if (!chapter || !story) throw new Error("the next edition is empty");
      await curating.annotate(story, "Ours.");
      await curating.move(chapter, 0, 1);
      await curating.drop(story);
    },
  ],
  [
    "a template with a fault",
    async ({ app }) => {
      app.go({ screen: "digest" });
      app.digests.showTemplates();
      await settled();
      app.digests.templates.type("{{ titel }}");
      await app.digests.templates.check();
    },
  ],
  ["editions", async ({ app }) => showPlan(app, "editions")],
  [
    "the form of a plan with faults",
    async ({ app }) => {
      await showPlan(app, "plan");
      app.digests.editor.change({ days: [], zone: "Middle Earth" });
      app.digests.editor.recipients.type("nobody");
      await app.digests.save();
    },
  ],
  [
    "the question to whom it is sent",
    async ({ app }) => {
      await showPlan(app, "next");
      await app.digests.send();
      await app.digests.sending.send();
    },
  ],
  [
    "mail settings with a fault",
    async ({ app }) => {
      app.go({ screen: "mail" });
      await settled();
      app.mail.change({ host: "nonsense" });
      await app.mail.save();
    },
  ],
  ["settings", async ({ app }) => app.go({ screen: "settings" })],
  ["help", () => userEvent.keyboard("?")],
  ["the palette", () => userEvent.keyboard("{Control>}k{/Control}")],
  ["a search gone wrong", ({ one }) => userEvent.type(one("search-box"), "a NEAR b")],
  ["a toast", async ({ app }) => app.toasts.offerUndo("Removed", () => {})],
  ["the question at closing", async ({ host }) => host.emit({ kind: "askclose" })],
];

describe("axe finds nothing to complain about in", () => {
  it.each(VIEWS)("%s", async (_, prepare) => {
    await prepare(await openWindow());
    await settled();
    expect(await complaints()).toEqual([]);
  });

  it("the first run", async () => {
    await openWindow({ articles: 0 });
    expect(await complaints()).toEqual([]);
  });
});
