import { screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { FakeHost } from "../../src/host/fake";
import { openWindow, settled } from "../window";

async function atStories(prepare?: (host: FakeHost) => void) {
  localStorage.setItem("wirewatch.place", JSON.stringify({ screen: "digest" }));
  localStorage.setItem("wirewatch.digest-look", JSON.stringify("stories"));
  return openWindow({ articles: 400 }, prepare);
}

async function click(element: HTMLElement): Promise<void> {
  await userEvent.click(element);
  await settled();
}

/** A chapter with three stories at least. */
function chapter(all: (testid: string) => HTMLElement[]): HTMLElement {
  const found = all("curate-chapter").find((each) => headlines(each).length >= 3);
  if (!found) throw new Error("no chapter has three stories");
  return found;
}

const headlines = (of: HTMLElement) =>
  [...of.querySelectorAll(".headline")].map((each) => each.textContent);

const handles = (of: HTMLElement) => [...of.querySelectorAll<HTMLElement>("[data-handle]")];

describe("the stories of the next edition", () => {
  it("are put in order by keys alone, and the focus goes along", async () => {
    const { all } = await atStories();
    const [first, second, ...rest] = headlines(chapter(all));
    handles(chapter(all))[0]?.focus();
    await userEvent.keyboard("{ArrowDown}");
    await settled();
    expect(headlines(chapter(all))).toEqual([second, first, ...rest]);
    expect(document.activeElement).toBe(handles(chapter(all))[1]);
    expect(screen.getAllByRole("status").map((each) => each.textContent)).toContain(
      `Now 2 of ${rest.length + 2}`,
    );
    await userEvent.keyboard("{End}");
    await settled();
    expect(headlines(chapter(all)).at(-1)).toBe(first);
    await click(within(chapter(all)).getByTestId("curate-sort"));
    expect(headlines(chapter(all))).toEqual([first, second, ...rest]);
  });

  it("are dragged, and stay where they were when Escape is pressed", async () => {
    const { all } = await atStories();
    const before = headlines(chapter(all));
    for (const [place, row] of chapter(all).querySelectorAll("[data-row]").entries())
      vi.spyOn(row, "getBoundingClientRect").mockReturnValue(new DOMRect(0, place * 40, 400, 40));
    const [handle] = handles(chapter(all));
    const point = (type: string, clientY: number) =>
      new MouseEvent(type, { bubbles: true, cancelable: true, clientY });
    handle?.dispatchEvent(point("pointerdown", 20));
    window.dispatchEvent(point("pointermove", 110));
    await userEvent.keyboard("{Escape}");
    window.dispatchEvent(point("pointerup", 110));
    await settled();
    expect(headlines(chapter(all))).toEqual(before);
    handle?.dispatchEvent(point("pointerdown", 20));
    window.dispatchEvent(point("pointermove", 110));
    window.dispatchEvent(point("pointerup", 110));
    await settled();
    expect(headlines(chapter(all))[2]).toBe(before[0]);
  });

  it("are left out, listed so, and taken in again", async () => {
    const { all } = await atStories();
    const { topic } = chapter(all).dataset;
    const same = () =>
      all("curate-chapter").find((each) => each.dataset.topic === topic) as HTMLElement;
    const [first] = headlines(same());
    await click(within(same()).getAllByTestId("drop-story")[0] as HTMLElement);
    expect(headlines(same())).not.toContain(first);
    expect(document.activeElement, "the next one is as near").toBe(
      within(same()).getAllByTestId("drop-story")[0],
    );
    const dropped = within(same()).getByTestId("curate-dropped");
    expect(dropped.textContent).toContain(first);
    await click(within(dropped).getByRole("button"));
    expect(headlines(same())[0]).toBe(first);
  });

  it("bear notes that are kept when they are left, and not when Escape is pressed", async () => {
    const { app, all, one } = await atStories();
    await click(within(chapter(all)).getAllByTestId("annotate")[0] as HTMLElement);
    expect(document.activeElement, "ready to be written").toBe(one("story-note"));
    await userEvent.keyboard("Ours.{Control>}{Enter}{/Control}");
    await settled();
    expect(chapter(all).textContent).toContain("Ours.");
    await click(within(chapter(all)).getAllByTestId("annotate")[0] as HTMLElement);
    await userEvent.keyboard(" Or not.{Escape}");
    await settled();
    expect(chapter(all).textContent).not.toContain("Or not.");
    expect(app.navigation.place.screen, "Escape was for the note").toBe("digest");
    expect(document.activeElement?.getAttribute("data-testid"), "where it was begun").toBe(
      "annotate",
    );
    await userEvent.type(one("curate-note"), "A quiet night.");
    await userEvent.tab();
    await settled();
    expect(app.digests.curating.next.value?.curation.note).toBe("A quiet night.");
    await click(one("curate-reset"));
    expect(app.digests.curating.next.value?.curated).toBe(false);
    expect(one("curate-note")).toHaveProperty("value", "");
  });

  it("that do not fit are shown below a line", async () => {
    const { app } = await atStories((host) => {
      for (const plan of host.press.plans) plan.cap = 1;
      host.press.editions = [];
    });
    app.digests.showPlan("Minister’s morning");
    await settled();
    expect(screen.getAllByText(/not fit any more/).length).toBeGreaterThan(0);
  });

  it("say that nothing has come in yet", async () => {
    localStorage.setItem("wirewatch.place", JSON.stringify({ screen: "digest" }));
    localStorage.setItem("wirewatch.digest-look", JSON.stringify("stories"));
    await openWindow({ articles: 0 });
    expect(screen.getByText("Nothing to report yet")).toBeTruthy();
  });
});

describe("a digest", () => {
  it("that cannot be made says so in the list and over its next edition", async () => {
    const { app, all } = await atStories((host) =>
      host.press.notMade.set("Minister’s morning", "The PDF could not be made"),
    );
    expect(all("plan-trouble")[0]?.textContent).toContain("The PDF could not be made");
    app.digests.showPlan("Minister’s morning");
    await settled();
    expect(screen.getAllByText(/could not be made so far/).length).toBe(2);
  });

  it("that cannot be sent at all is asked for again, and one that waits is not", async () => {
    const { host, app, one, all } = await atStories();
    await app.digests.send();
    app.digests.sending.addresses.type("ann@example.org");
    host.press.mail = null;
    await settled();
    await click(one("send"));
    expect(all("sent-to")[0]?.textContent).toContain("Not sent. No mail server is set.");
    expect(app.digests.sending.to).toEqual(["ann@example.org"]);
    vi.spyOn(host, "sendDigest").mockResolvedValueOnce({
      edition: 7,
      answers: [{ to: "ann@example.org", state: "waiting", message: "Greylisted" }],
    });
    await click(one("send"));
    expect(all("sent-to")[0]?.textContent).toContain("tried again by itself. Greylisted");
    expect(all("send"), "nothing is left to be sent from here").toEqual([]);
  });
});

describe("templates", () => {
  async function atTemplates() {
    const window = await atStories();
    await click(window.one("digest-templates"));
    return window;
  }

  it("lead to the place of their fault", async () => {
    const { one } = await atTemplates();
    const area = one("template-text") as HTMLTextAreaElement;
    await userEvent.clear(area);
    await userEvent.type(area, "{{{{ titel }}");
    await vi.waitFor(() => expect(one("template-verdict").textContent).toContain("Line 1"));
    await click(within(one("template-verdict")).getByRole("button"));
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe("titel");
  });

  it("are saved by hand, and there is a way back", async () => {
    const { host, one } = await atTemplates();
    await userEvent.selectOptions(one("template-choice"), "digest.md");
    await settled();
    await userEvent.type(one("template-text"), "Ours.");
    await click(one("template-save"));
    await vi.waitFor(() => expect(host.press.templates.own.get("digest.md")).toContain("Ours."));
    expect(one("template-preview").textContent).toContain("Ours.");
    await click(one("template-reset"));
    expect(host.press.templates.own.size).toBe(0);
  });
});
