import { screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, settled, type TestWindow } from "../window";

async function atSources(prepare?: Parameters<typeof openWindow>[1]): Promise<TestWindow> {
  const window = await openWindow({}, prepare);
  window.app.go({ screen: "sources" });
  await settled();
  return window;
}

async function click(name: string | RegExp): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name }));
  await settled();
}

describe("the screen of sources", () => {
  it("draws only the rows in sight of hundreds", async () => {
    const { all, app } = await atSources((host) => {
      const [first] = host.sources;
      if (!first) return;
      host.sources = Array.from({ length: 400 }, (_, at) => ({ ...first, id: at + 1 }));
    });
    expect(app.sources.visible).toHaveLength(400);
    expect(all("source-row").length).toBeGreaterThan(4);
    expect(all("source-row").length).toBeLessThan(30);
  });

  it("opens a source with how it fares, and changes its name", async () => {
    const { one } = await atSources();
    await click("Open Donauzeitung");
    expect(one("source-detail").textContent).toContain("The site refuses programs (403)");
    expect(one("source-facts").textContent).toContain("Something every 47 minutes");
    expect(one("source-problems").textContent).toContain("bare &");
    await userEvent.clear(one("source-name"));
    await userEvent.type(one("source-name"), "Danube daily");
    await userEvent.click(one("source-save"));
    await settled();
    expect(within(one("source-detail")).getByRole("heading", { level: 2 }).textContent).toBe(
      "Danube daily",
    );
  });

  it("pauses one and lets it go on", async () => {
    const { one, host } = await atSources();
    await click("Open Meridian Wire");
    await userEvent.click(one("pause-source"));
    await settled();
    expect(one("source-detail").textContent).toContain("when it is resumed");
    await userEvent.click(one("resume-source"));
    await settled();
    expect(host.sources.some(({ state }) => state === "paused")).toBe(false);
  });

  it("finds a file of a folder among all of them", async () => {
    const { one, all } = await atSources();
    await click("Open Clippings");
    expect(all("receipt").length).toBeLessThan(40);
    await userEvent.type(one("receipt-search"), "01200");
    await settled();
    expect(all("receipt").map((row) => row.textContent)).toHaveLength(1);
    expect(one("receipt").textContent).toContain("It is empty");
  });

  it("says so when nothing is like what is searched for, and shows all again", async () => {
    const { one, all } = await atSources();
    await userEvent.type(one("source-search"), "penguins");
    await settled();
    expect(all("source-row")).toHaveLength(0);
    await click("Show all");
    expect(all("source-row")).not.toHaveLength(0);
  });

  it("closes a source by the key that goes back", async () => {
    const { app } = await atSources();
    await click("Open Clippings");
    await userEvent.keyboard("{Escape}");
    expect(app.sources.selected).toBeNull();
  });
});

describe("the dialog that adds sources", () => {
  it("shows what there is before it adds it", async () => {
    const { one, all, host } = await atSources();
    await userEvent.click(one("add-feed"));
    await settled();
    await userEvent.type(one("feed-address"), "paper.example{Enter}");
    await settled();
    expect(all("found-row")).toHaveLength(4);
    expect(all("found-row")[0]?.textContent).toContain("Ferries stay in port");
    const before = host.sources.length;
    await userEvent.click(all("found-row")[1] as HTMLElement);
    expect(one("found-add").textContent).toContain("Add 2 sources");
    await userEvent.click(one("found-add"));
    await settled();
    expect(host.sources).toHaveLength(before + 2);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("lists what of a feed list was left out", async () => {
    const { one } = await atSources();
    await click("Import…");
    expect(one("added-result").textContent).toContain("2 sources added");
    expect(one("added-result").textContent).toContain("file:///press/feed.xml");
    await userEvent.click(one("take-back"));
    await settled();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is reached from an empty library, with packs to begin with", async () => {
    const { all, host } = await openWindow({ articles: 0 });
    await click("Starter packs");
    expect(all("pack").map((pack) => pack.textContent)).toHaveLength(3);
    await userEvent.click(all("pack")[1] as HTMLElement);
    await settled();
    expect(all("starter")).toHaveLength(3);
    await click(/^Add 3 sources/);
    expect(host.sources.map(({ label }) => label)).toEqual(Array(3).fill("Fact-checkers"));
  });
});
