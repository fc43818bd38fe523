import { screen, within } from "@testing-library/svelte";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FakeHost } from "../../src/host/fake";
import { openWindow, settled } from "../window";

/** Long enough for what was typed to be checked and tried. */
const TRIED_MS = 800;

/** Types and clicks without a pause of its own. */
const user = userEvent.setup({ delay: null });

beforeEach(() => void vi.useFakeTimers());

async function write(box: HTMLElement, text: string) {
  await user.click(box);
  await user.paste(text);
}

async function editing(prepare: (host: FakeHost) => void = () => {}) {
  const window = await openWindow({}, prepare);
  window.app.go({ screen: "topics" });
  window.app.topics.create();
  await settled();
  return window;
}

async function tried() {
  await vi.advanceTimersByTimeAsync(TRIED_MS);
  await settled();
}

describe("the topic editor", () => {
  it("shows beside the query what it would have found", async () => {
    const { one, all } = await editing();
    expect(one("back-test").textContent).toContain("Nothing to try yet");
    await write(one("topic-query"), "strike AND dockers");
    await tried();
    expect(one("described").textContent).toContain("strike; dockers");
    expect(one("back-test-sum").textContent).toMatch(/\d+ articles? of 60/);
    expect(one("back-test-chart").getAttribute("aria-label")).toContain("Articles a day from");
    expect(all("tried-sample").length).toBeGreaterThan(0);
  });

  it("names the clause that articles just miss", async () => {
    const { one, all } = await editing();
    await write(one("topic-query"), "strike AND zeppelin");
    await tried();
    expect(one("back-test").textContent).toContain("It finds nothing in the library");
    expect(all("tried-near-miss")[0]?.textContent).toContain("missing: zeppelin");
  });

  it("shows that the answer is on its way, and how to stop it", async () => {
    const { host, one } = await editing((stand) => {
      stand.backTest = (_draft, _days, progress) => {
        progress({ done: 10, total: 60 });
        return new Promise<never>(() => {});
      };
    });
    await write(one("topic-query"), "strike");
    await tried();
    expect(one("back-test").textContent).toContain("Looking at 10 of 60 articles");
    expect(within(one("back-test")).getByRole("progressbar")).toBeTruthy();
    await user.click(one("back-test-stop"));
    expect(host.calls).toContain("stopBackTest");
    expect(one("back-test").textContent).toContain("Stopped.");
  });

  it("says what went wrong with the back-test, and tries again", async () => {
    const { host, one } = await editing((stand) => {
      stand.refusals.set("backTest", { kind: "failed", message: "The library is locked." });
    });
    await write(one("topic-query"), "strike");
    await tried();
    expect(screen.getByRole("alert").textContent).toContain("The library is locked.");
    host.refusals.clear();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await settled();
    expect(one("back-test-sum").textContent).toContain("of 60");
  });

  it("puts the cursor to what a warning is about", async () => {
    const { one } = await editing();
    await write(one("topic-query"), "strike OR po*");
    await tried();
    await user.click(screen.getByRole("button", { name: "Put the cursor there" }));
    const area = one("topic-query") as HTMLTextAreaElement;
    expect(document.activeElement).toBe(area);
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe("po*");
  });

  it("saves and closes by keys", async () => {
    const { app, one } = await editing();
    await write(one("topic-name"), "Strikes");
    await write(one("topic-query"), "strike");
    await tried();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await settled();
    expect(app.library.topics.map(({ name }) => name)).toContain("Strikes");
    expect(one("versions").textContent).toContain("Versions");
    await user.keyboard("{Escape}");
    expect(app.topics.draft).toBeNull();
  });
});
