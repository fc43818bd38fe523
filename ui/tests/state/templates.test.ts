import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HandedOver } from "../../src/host/bindings/HandedOver";
import type { TemplateTrial } from "../../src/host/bindings/TemplateTrial";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { answerLater, NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  app.go({ screen: "digest" });
  app.digests.showTemplates();
  await settled();
});

const templates = () => app.digests.templates;

async function type(text: string): Promise<void> {
  vi.useFakeTimers();
  templates().type(text);
  await vi.advanceTimersByTimeAsync(400);
}

describe("a template", () => {
  it("is shown as it comes, tried, with what it makes", () => {
    expect(templates().current).toMatchObject({ name: "digest.html", own: false });
    expect(templates().isFine).toBe(true);
    expect(templates().trial.value?.html).toContain("<h1>Daily digest</h1>");
  });

  it("is tried when the typing pauses, and says where it fails", async () => {
    await type("<h1>{{ title }}</h1>\n<p>{{ titel }}</p>");
    const fault = templates().trial.value?.fault;
    expect(fault?.line).toBe(2);
    expect(templates().text.slice(fault?.start, fault?.end)).toBe("titel");
    await templates().save();
    expect(host.press.templates.own.size, "what cannot be used is not kept").toBe(0);
    expect(templates().isChanged).toBe(true);
  });

  it("is saved, and goes back to ours and forth", async () => {
    const own = "<h1>{{ title }}</h1>";
    await type(own);
    await templates().save();
    expect(templates().current).toMatchObject({ own: true, text: own });
    expect(templates().isChanged).toBe(false);
    await templates().reset();
    expect(templates().current?.own).toBe(false);
    expect(templates().text).toBe(templates().current?.ours);
    app.toasts.undoLast();
    await vi.advanceTimersByTimeAsync(0);
    expect(templates().current).toMatchObject({ own: true, text: own });
  });

  it("keeps what was typed while others are looked at, until it is discarded", async () => {
    await type("<p>{{ day }}</p>");
    templates().select("mail.txt");
    app.digests.showRecent();
    app.digests.showTemplates();
    await vi.advanceTimersByTimeAsync(0);
    expect(templates().text).not.toContain("<p>");
    templates().select("digest.html");
    expect(templates().text).toBe("<p>{{ day }}</p>");
    templates().discard();
    expect(templates().isChanged).toBe(false);
    app.toasts.undoLast();
    expect(templates().text).toBe("<p>{{ day }}</p>");
  });

  it("that is typed back is not changed", async () => {
    const before = templates().text;
    await type("x");
    await type(before);
    expect(templates().isChanged).toBe(false);
  });

  it("drops the answer about a text that is not there any more", async () => {
    const slow = answerLater<TemplateTrial>();
    vi.spyOn(host, "tryTemplate").mockReturnValueOnce(slow.promise);
    const first = templates().check();
    await type("<h1>{{ title }}</h1>");
    slow.answer({
      fault: { message: "stale", line: null, start: 0, end: 0 },
      html: null,
      text: null,
    });
    await first;
    expect(templates().trial.value?.fault).toBeNull();
  });

  it("is saved while it is still being tried", async () => {
    const slow = answerLater<TemplateTrial>();
    vi.spyOn(host, "tryTemplate").mockReturnValueOnce(slow.promise);
    await type("<h1>{{ title }}</h1>");
    expect(templates().trying).toBe(true);
    await templates().save();
    expect(host.press.templates.own.has("digest.html")).toBe(true);
  });

  it("comes back even while something else is under way", async () => {
    const own = "<h1>{{ title }}</h1>";
    await type(own);
    await templates().save();
    await templates().reset();
    const slow = answerLater<HandedOver>();
    host.openTemplateTrial = () => slow.promise;
    const opening = templates().openPdf();
    app.toasts.undoLast();
    slow.answer({ path: "", opened: true });
    await opening;
    await vi.advanceTimersByTimeAsync(0);
    expect(templates().current).toMatchObject({ own: true, text: own });
  });

  it("of a PDF is tried only when somebody says so", async () => {
    templates().select("digest.typ");
    await type("= #d.title");
    expect(templates().isFine).toBe(false);
    expect(host.calls.filter((call) => call === "tryTemplate")).toHaveLength(1);
    await templates().check();
    expect(templates().isFine).toBe(true);
    await templates().openPdf();
    expect(host.calls).toContain("openTemplateTrial");
  });

  it("that cannot be tried says why", async () => {
    host.refusals.set("tryTemplate", { kind: "failed", message: "The program is gone." });
    await templates().check();
    expect(templates().trial).toMatchObject({
      status: "failed",
      message: "The program is gone.",
    });
    host.refusals.set("saveTemplate", { kind: "failed", message: "The disk is full." });
    await type("x");
    await templates().save();
    expect(app.toasts.list.at(-1)).toMatchObject({ tone: "bad", text: "The disk is full." });
    expect(templates().busy).toBe(false);
  });
});
