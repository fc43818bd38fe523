import { beforeEach, describe, expect, it } from "vitest";
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

describe("hushing", () => {
  it("snoozes a topic until the morning, and takes it back", async () => {
    await app.hushing.snooze("us-russia");
    expect(app.hushing.isSnoozed("us-russia")).toBe(true);
    expect(app.hushing.isSnoozed("harbour-strikes")).toBe(false);
    app.toasts.undoLast();
    await settled();
    expect(app.hushing.isSnoozed("us-russia")).toBe(false);
  });

  it("mutes a source, and the way back brings its own level back", async () => {
    await app.hushing.setLevel(2, "urgent");
    await app.hushing.mute(2);
    expect(app.hushing.isMuted(2)).toBe(true);
    app.toasts.undoLast();
    await settled();
    expect(host.sources.find(({ id }) => id === 2)?.level).toBe("urgent");
  });

  it("says why something could not be hushed, and offers no way back", async () => {
    host.refusals.set("setSourceLevel", { kind: "failed", message: "The disk is full." });
    await app.hushing.mute(2);
    expect(app.toasts.list.map(({ text, undo }) => [text, undo])).toEqual([
      ["The disk is full.", undefined],
    ]);
    expect(app.hushing.isMuted(2)).toBe(false);
  });
});

describe("the rules of alerts", () => {
  it("are kept as they are changed", async () => {
    await app.rules.refresh();
    await app.rules.change({ quiet_hours: "22:00-07:00" });
    await app.rules.change({ hourly_budget: 20 });
    expect(host.alertRules).toEqual({
      quiet_hours: "22:00-07:00",
      hourly_budget: 20,
      preferred_sources: [],
    });
  });

  it("go back to what they were if they are refused, with the reason", async () => {
    await app.rules.refresh();
    host.refusals.set("saveAlertRules", { kind: "failed", message: "These are no hours." });
    await app.rules.change({ quiet_hours: "late" });
    expect(app.rules.loaded.value?.quiet_hours).toBe("");
    expect(app.rules.refusal).toBe("These are no hours.");
  });
});
