import { fireEvent, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { openWindow, settled } from "../window";

describe("list and reader", () => {
  it("draw only the rows in sight", async () => {
    const { all } = await openWindow({ articles: 1_500 });
    expect(all("article-row").length).toBeGreaterThan(4);
    expect(all("article-row").length).toBeLessThan(30);
    const row = all("article-row")[0]?.closest("[role=listitem]");
    expect(row?.getAttribute("aria-setsize"), "a page is loaded, and counted").toBe("100");
  });

  it("open an article with its hits marked and the reason told", async () => {
    const { all, one } = await openWindow();
    await userEvent.click(
      within(all("article-row")[0] as HTMLElement).getAllByRole("button")[0] as HTMLElement,
    );
    await settled();
    expect(one("article-title").textContent).toContain("Washington and Moscow agree");
    expect(all("hit").map((hit) => hit.textContent)).toContain("influence the 2024 vote");
    expect(one("why-panel").textContent).toContain("Election interference");
    expect(all("hit").every((hit) => hit.tagName === "MARK")).toBe(true);
  });

  it("show a hostile article as nothing but words", async () => {
    const words = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
    const { all, one } = await openWindow({}, (host) => {
      const article = host.articles[0];
      if (!article) return;
      article.row.title = words;
      article.title = [{ text: words, topics: ["us-russia"] }];
      article.paragraphs = [[{ text: words, topics: [] }]];
    });
    await userEvent.click(
      within(all("article-row")[0] as HTMLElement).getAllByRole("button")[0] as HTMLElement,
    );
    await settled();
    expect(one("article-title").textContent).toBe(words);
    expect(
      document.querySelector("[data-testid=reader] img, [data-testid=reader] script"),
    ).toBeNull();
  });

  it("are walked through by keys, and moving is not reading", async () => {
    const { host, one } = await openWindow();
    await userEvent.keyboard("j");
    await userEvent.keyboard("j");
    await settled();
    expect(one("article-title").textContent).toContain("Dockers vote to strike");
    expect(host.articles[1]?.row.read).toBe(false);
    await userEvent.keyboard("o");
    await settled();
    expect(host.articles[1]?.row.read).toBe(true);
    await userEvent.keyboard("s");
    await settled();
    expect(host.articles[1]?.row.starred).toBe(true);
    await userEvent.keyboard("m");
    await settled();
    expect(host.articles[1]?.row.read).toBe(false);
  });
});

describe("the focus", () => {
  it("goes along with the selection inside the list", async () => {
    const { all } = await openWindow();
    const rows = () => all("article-row").map((row) => within(row).getAllByRole("button")[0]);
    rows()[0]?.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await vi.waitFor(() => expect(document.activeElement).toBe(rows()[1]));
  });

  it("goes to the article that was opened by a key", async () => {
    const { one } = await openWindow();
    await userEvent.keyboard("jo");
    await settled();
    expect(one("reader").contains(document.activeElement)).toBe(true);
  });

  it("is left alone by arrows that mean something else", async () => {
    const { app } = await openWindow();
    screen.getByRole("separator", { name: "Width of the list" }).focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(app.list.selected).toBeNull();
  });
});

describe("search", () => {
  it("underlines what is wrong with a query", async () => {
    const { one } = await openWindow();
    await userEvent.keyboard("/");
    expect(document.activeElement).toBe(one("search-box"));
    await userEvent.type(one("search-box"), "a NEAR b");
    await vi.waitFor(() => expect(one("search-error").textContent).toContain("Say how near"));
    expect(one("search-error").querySelector("u")?.textContent).toBe("NEAR");
  });

  it("keeps letters to itself while somebody types", async () => {
    const { app, one } = await openWindow();
    await userEvent.type(one("search-box"), "jk?gs");
    expect(app.search.text).toBe("jk?gs");
    expect(app.overlay).toBeNull();
    expect(app.list.selected).toBeNull();
  });
});

describe("overlays", () => {
  it("show every command that has a key", async () => {
    await openWindow();
    await userEvent.keyboard("?");
    const help = await screen.findByRole("dialog", { name: "Keyboard" });
    expect(help.textContent).toContain("Next hit in the article");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("find a command or a topic by any of its words", async () => {
    const { app } = await openWindow();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(screen.getByRole("combobox"), "strikes topic");
    await userEvent.keyboard("{Enter}");
    expect(app.navigation.place).toEqual({
      screen: "articles",
      scope: { kind: "topic", id: "harbour-strikes" },
    });
  });

  it("ask what closing means", async () => {
    const { host } = await openWindow();
    host.emit({ kind: "askclose" });
    await userEvent.click(await screen.findByTestId("close-keep"));
    await settled();
    expect(host.calls).toContain("hideWindow");
  });
});

describe("the rest of the window", () => {
  it("goes places by two keys", async () => {
    const { one } = await openWindow();
    await userEvent.keyboard("gd");
    await settled();
    expect(one("digest-preview").getAttribute("sandbox")).toBe("");
    await userEvent.click(one("export-pdf"));
    await settled();
    expect(one("toast").textContent).toContain("digest.pdf");
  });

  it("tells of long work and then of the state", async () => {
    const { host, one } = await openWindow();
    host.emit({ kind: "progress", label: "Reading Clippings", done: 3, total: 9 });
    await settled();
    expect(one("status").textContent).toBe("Reading Clippings: 3 of 9");
    vi.useFakeTimers();
    host.emit({ kind: "progress", label: "Reading Clippings", done: 9, total: 9 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(one("status").textContent).toContain("Watching 10 sources");
  });

  it("explains the first steps over an empty library", async () => {
    const { host } = await openWindow({ articles: 0 });
    expect(screen.getByText("Welcome to Wirewatch")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Add folder" }));
    await settled();
    expect(host.sources).toHaveLength(1);
  });

  it("follows the theme that was chosen", async () => {
    const { app } = await openWindow();
    await app.settings.change({ theme: "dark" });
    await settled();
    expect(document.documentElement.dataset.theme).toBe("dark");
  });

  it("remembers the widths of its panes", async () => {
    await openWindow();
    const splitter = screen.getByRole("separator", { name: "Width of the list" });
    await fireEvent.keyDown(splitter, { key: "ArrowRight" });
    expect(localStorage.getItem("wirewatch.list")).toBe("416");
  });
});
