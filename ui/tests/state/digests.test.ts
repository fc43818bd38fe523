import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DigestPreview } from "../../src/host/bindings/DigestPreview";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { answerLater, NOW, settled } from "../window";

const MORNING = "Minister’s morning";
const WEEKLY = "Weekly harbour review";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 30, now: NOW });
  app = new App(host);
  await app.start();
  app.go({ screen: "digest" });
  await settled();
});

const names = () => app.digests.rows.map(({ plan }) => plan.name);

function plan(name: string) {
  const row = app.digests.rows.find((each) => each.plan.name === name);
  if (!row) throw new Error(`no digest ${name}`);
  return row;
}

describe("planned digests", () => {
  it("tell their last and next edition and what went wrong", () => {
    const row = plan(MORNING);
    expect(row.last?.id).toBe(1_000);
    expect(Date.parse(row.next)).toBeGreaterThan(NOW);
    expect(row.trouble?.delivery.state).toBe("uncertain");
    expect(plan(WEEKLY).trouble).toBeNull();
  });

  it("are followed as they go out", async () => {
    app.digests.showPlan(MORNING, "editions");
    await settled();
    for (const { deliveries } of host.press.editions)
      for (const delivery of deliveries) Object.assign(delivery, { state: "done", message: "" });
    host.emit({ kind: "digests" });
    await settled();
    expect(plan(MORNING).trouble).toBeNull();
    expect(app.digests.editions.rows[0]?.deliveries.every(({ state }) => state === "done")).toBe(
      true,
    );
  });

  it("leave the list at once, and the host only when the way back has passed", async () => {
    vi.useFakeTimers();
    app.digests.showPlan(WEEKLY);
    app.digests.remove(plan(WEEKLY));
    expect(names()).toEqual([MORNING]);
    expect(app.digests.shown.kind, "what is gone is not looked at").toBe("recent");
    expect(host.calls).not.toContain("removePlan");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.press.plans.map(({ name }) => name)).toEqual([MORNING]);
  });

  it("come back untouched", async () => {
    vi.useFakeTimers();
    app.digests.remove(plan(WEEKLY));
    app.toasts.undoLast();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(names()).toEqual([MORNING, WEEKLY]);
    expect(host.calls).not.toContain("removePlan");
  });

  it("are walked through by keys, from the digest of the moment down and back", () => {
    const { digests } = app;
    const shown = () => (digests.shown.kind === "plan" ? digests.shown.name : digests.shown.kind);
    const walk = ([1, 1, 1, -1, -1, -1] as const).map((step) => {
      digests.move(step);
      return shown();
    });
    expect(walk).toEqual([MORNING, WEEKLY, WEEKLY, MORNING, "recent", "recent"]);
  });
});

describe("the preview", () => {
  it("drops the answer about a digest that is not looked at any more", async () => {
    const slow = answerLater<DigestPreview>();
    vi.spyOn(host, "previewDigest").mockReturnValueOnce(slow.promise);
    app.digests.showPlan(WEEKLY);
    app.digests.showPlan(MORNING);
    await settled();
    slow.answer({ from: "", to: "", articles: 99, html: "stale" });
    await settled();
    expect(app.digests.preview.page.value?.html).not.toBe("stale");
  });

  it("is written, handed to the mail program, and says where", async () => {
    app.digests.showPlan(MORNING);
    await settled();
    await app.digests.export("md");
    expect(app.toasts.list.at(-1)?.text).toContain("digest.md");
    await app.digests.openInMail();
    expect(app.toasts.list.at(-1)?.text).toContain("digest.eml");
    host.refusals.set("mailDigest", { kind: "failed", message: "The disk is full." });
    await app.digests.openInMail();
    expect(app.toasts.list.at(-1)).toMatchObject({ tone: "bad", text: "The disk is full." });
    expect(app.digests.preview.making).toBeNull();
  });
});

describe("the form of a plan", () => {
  const editor = () => app.digests.editor;

  it("plans a digest with what is typed, and shows it in the list", async () => {
    await app.digests.create();
    editor().change({ name: " Evening ", at: "18:15", days: ["mon"] });
    editor().recipients.type("ann@example.org, Bob <bob@example.org>");
    await app.digests.save();
    await settled();
    expect(names()).toEqual(["Evening", MORNING, WEEKLY]);
    expect(plan("Evening").plan.recipients).toEqual(["ann@example.org", "Bob <bob@example.org>"]);
    expect(app.digests.shown).toEqual({ kind: "plan", name: "Evening" });
  });

  it("says what is wrong where it is, but not before the user was there", async () => {
    await app.digests.create();
    await settled();
    expect(editor().fault("name")).toBe("");
    editor().leave("name");
    expect(editor().fault("name")).toBe("It needs a name");
    await app.digests.save();
    expect(host.press.plans).toHaveLength(2);
    expect(editor().draft, "the form stays").not.toBeNull();
  });

  it("shows every fault when it is refused", async () => {
    await app.digests.create();
    editor().change({ zone: "Middle Earth" });
    await app.digests.save();
    expect(editor().fault("name")).not.toBe("");
    expect(editor().fault("zone")).toContain("Middle Earth");
  });

  it("takes no other digest's place", async () => {
    await app.digests.create();
    editor().change({ name: MORNING });
    await app.digests.save();
    expect(editor().fault("name")).toContain("already");
    expect(host.press.plans.find(({ name }) => name === MORNING)?.cap).toBe(12);
  });

  it("keeps what is no address in the field, to be mended", async () => {
    await app.digests.create();
    editor().recipients.type("ann@example.org, ann at example");
    await editor().addRecipients();
    expect(editor().draft?.recipients).toEqual([]);
    expect(editor().recipients.typed).toContain("ann at example");
    expect(editor().fault("recipients")).toContain("ann at example");
    editor().change({ name: "Evening" });
    await app.digests.save();
    expect(names()).not.toContain("Evening");
  });

  it("tells when it would come out as it is filled in", async () => {
    vi.useFakeTimers();
    app.digests.showPlan(WEEKLY, "plan");
    await vi.advanceTimersByTimeAsync(0);
    editor().change({ at: "9:" });
    await vi.advanceTimersByTimeAsync(200);
    expect(editor().check.value?.next).toBeNull();
    editor().change({ at: "09:05" });
    await vi.advanceTimersByTimeAsync(200);
    expect(new Date(editor().check.value?.next ?? 0).getMinutes()).toBe(5);
  });

  it("keeps what is typed while the preview is looked at", async () => {
    app.digests.showPlan(WEEKLY, "plan");
    editor().change({ cap: 3 });
    app.digests.showPlan(WEEKLY, "next");
    app.digests.showPlan(WEEKLY, "plan");
    await settled();
    expect(editor().draft?.cap).toBe(3);
  });

  it("brings back what was typed and left", async () => {
    app.digests.showPlan(WEEKLY, "plan");
    editor().change({ cap: 3 });
    app.digests.showRecent();
    await settled();
    expect(editor().draft).toBeNull();
    app.toasts.undoLast();
    await settled();
    expect(app.digests.view).toBe("plan");
    expect(editor().draft?.cap).toBe(3);
    await app.digests.save();
    expect(plan(WEEKLY).plan.cap).toBe(3);
  });

  it("asks nothing when nothing was changed", async () => {
    app.digests.showPlan(WEEKLY, "plan");
    await settled();
    app.digests.discard();
    expect(app.toasts.list).toEqual([]);
    expect(app.digests.view).toBe("next");
  });
});

describe("sending now", () => {
  const sending = () => app.digests.sending;

  it("goes to the plan's recipients, and again only to those whom it did not reach", async () => {
    app.digests.showPlan(MORNING);
    await app.digests.send();
    expect(sending().to).toHaveLength(3);
    host.press.answers.set("bob@ministry.example", "550 no such user");
    await sending().send();
    expect(sending().answers.filter(({ state }) => state !== "done")).toMatchObject([
      { to: "bob@ministry.example", message: "550 no such user" },
    ]);
    expect(sending().to).toEqual(["bob@ministry.example"]);
  });

  it("asks for somebody when there is nobody", async () => {
    app.digests.showRecent();
    await app.digests.send();
    await sending().send();
    expect(sending().refusal).toContain("Name somebody");
    expect(host.calls).not.toContain("sendDigest");
    sending().addresses.type("nobody");
    await sending().send();
    expect(sending().addresses.fault).toContain("nobody");
    expect(host.calls).not.toContain("sendDigest");
  });
});

describe("editions", () => {
  const editions = () => app.digests.editions;

  beforeEach(async () => {
    app.digests.showPlan(MORNING, "editions");
    await settled();
  });

  it("open with the newest, and one that was skipped is not asked for", async () => {
    expect(editions().current?.id).toBe(1_000);
    expect(editions().page.status).toBe("ready");
    const asked = vi.spyOn(host, "readEdition");
    const skipped = editions().rows.find(({ state }) => state === "skipped");
    editions().open(skipped?.id ?? 0);
    await settled();
    expect(asked).not.toHaveBeenCalled();
  });

  it("are sent again to one, and to no other", async () => {
    const ann = editions().current?.deliveries[0];
    if (!ann) throw new Error("the sample went nowhere");
    await editions().sendAgain(ann.destination);
    expect(editions().current?.deliveries.map(({ state }) => state)).toEqual([
      "waiting",
      "waiting",
      "done",
      "done",
    ]);
    expect(editions().current?.deliveries[1]?.tries, "the other one waits as it did").toBe(2);
    expect(app.toasts.list.at(-1)?.text).toContain("On its way again");
  });

  it("are written as they were kept", async () => {
    await editions().export("pdf");
    expect(app.toasts.list.at(-1)?.text).toContain(".pdf");
    host.refusals.set("openEdition", { kind: "missing", message: "It is gone." });
    await editions().openPdf();
    expect(app.toasts.list.at(-1)?.text).toBe("It is gone.");
  });

  it("of all digests are in the archive", async () => {
    const other = structuredClone(host.press.editions[0]);
    if (!other) throw new Error("the sample is empty");
    host.press.editions.push({ ...other, id: 1, digest: "Given up" });
    app.digests.showArchive();
    await settled();
    expect(editions().rows.map(({ digest }) => digest)).toContain("Given up");
  });
});
