import { fireEvent, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, settled } from "../window";

async function first(rows: HTMLElement[], button: RegExp) {
  await userEvent.click(within(rows[0] as HTMLElement).getByRole("button", { name: button }));
  await settled();
}

describe("alerts", () => {
  it("are made quieter from the row that is too much", async () => {
    const { host, all } = await openWindow();
    await userEvent.keyboard("ga");
    await settled();
    await first(all("alert-row"), /^Snooze .* until tomorrow$/);
    expect(host.topics.filter((topic) => topic.snoozed_until)).toHaveLength(1);
    await first(all("alert-row"), /^Mute /);
    expect(host.sources.filter((source) => source.level === "silent")).toHaveLength(1);
    expect(screen.getAllByTestId("toast")).toHaveLength(2);
  });

  it("say why they were not shown", async () => {
    const { all } = await openWindow({}, (host) => {
      host.alerts = host.alerts.map((alert) => ({ ...alert, held: "quiet-hours" }));
    });
    await userEvent.keyboard("ga");
    await settled();
    expect(all("alert-row")[0]?.textContent).toContain("quiet hours");
  });
});

describe("the reader", () => {
  it("lists who else carried the story, and opens them", async () => {
    const { app, all, one } = await openWindow();
    app.open(60);
    await settled();
    expect(all("article-row")[0]?.textContent).toContain("other outlet");
    expect(all("carrier")).toHaveLength(2);
    await first(all("carrier"), /^((?!This is).)*$/);
    expect(app.reader.id).toBe(58);
    expect(one("carriers").textContent).toContain("Also carried by");
  });

  it("takes a copy out that is none, and joins by hand", async () => {
    const { app, host, all, one } = await openWindow();
    app.open(60);
    await settled();
    await first(all("carrier"), /^This is another story/);
    expect(all("carrier")).toHaveLength(1);
    await userEvent.click(one("join-begin"));
    app.open(12);
    await settled();
    await userEvent.click(one("join-yes"));
    await settled();
    expect(host.calls).toContain("mergeStories");
    expect(all("carrier")).toHaveLength(2);
  });
});

describe("the settings of alerts", () => {
  it("hold quiet hours, budgets and the pause", async () => {
    const { host, one } = await openWindow();
    await userEvent.keyboard("g,");
    await settled();
    await userEvent.click(screen.getByRole("switch", { name: "Quiet hours" }));
    await settled();
    expect(host.alertRules.quiet_hours).toBe("22:00-07:00");
    await fireEvent.change(one("quiet-to"), { target: { value: "08:30" } });
    await settled();
    expect(host.alertRules.quiet_hours).toBe("22:00-08:30");
    await fireEvent.change(one("budget"), { target: { value: "12" } });
    await settled();
    expect(host.alertRules.hourly_budget).toBe(12);
    await fireEvent.change(screen.getByLabelText("Alerts an hour of Counter-terrorism"), {
      target: { value: "3" },
    });
    await settled();
    expect(host.topics.find(({ id }) => id === "counter-terrorism")?.budget).toBe(3);
    await userEvent.click(one("pause-hour"));
    await settled();
    expect(host.pausedUntil).not.toBeNull();
    await userEvent.click(one("resume"));
    await settled();
    expect(host.pausedUntil).toBeNull();
  });
});
