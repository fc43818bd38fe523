import { screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { FakeHost } from "../../src/host/fake";
import type { Place } from "../../src/state/navigation.svelte";
import { openWindow, settled } from "../window";

interface Screen {
  name: string;
  place: Place;
  call: "listArticles" | "listAlerts" | "overview" | "previewDigest" | "loadSettings" | "loadMail";
  full: () => Element | null;
}

interface Case extends Screen {
  empty: (host: FakeHost) => void;
  emptyWords: string;
}

const find = (selector: string) => () => document.querySelector(selector);

const CASES: Case[] = [
  {
    name: "articles",
    place: { screen: "articles", scope: { kind: "inbox" } },
    call: "listArticles",
    empty: (host) => (host.articles = []),
    emptyWords: "Nothing here yet",
    full: find("[data-testid=article-row]"),
  },
  {
    name: "alerts",
    place: { screen: "alerts" },
    call: "listAlerts",
    empty: (host) => (host.alerts = []),
    emptyWords: "No alerts yet",
    full: find("[data-testid=alert-row]"),
  },
  {
    name: "topics",
    place: { screen: "topics" },
    call: "overview",
    empty: (host) => (host.topics = []),
    emptyWords: "No topics yet",
    full: find("[data-testid=topic-row]"),
  },
  {
    name: "sources",
    place: { screen: "sources" },
    call: "overview",
    empty: (host) => (host.sources = []),
    emptyWords: "Nothing is watched yet",
    full: find("[data-testid=source-row]"),
  },
  {
    name: "digest",
    place: { screen: "digest" },
    call: "previewDigest",
    empty: (host) => (host.articles = []),
    emptyWords: "Nothing to report",
    full: find("[data-testid=digest-preview]"),
  },
];

/** Settings are never empty. */
const SETTINGS: Screen[] = [
  {
    name: "settings",
    place: { screen: "settings" },
    call: "loadSettings",
    full: find("[role=switch]"),
  },
  {
    name: "mail",
    place: { screen: "mail" },
    call: "loadMail",
    full: find("[data-testid=mail-form]"),
  },
];

async function at(place: Place, prepare: (host: FakeHost) => void) {
  localStorage.setItem("wirewatch.place", JSON.stringify(place));
  return openWindow({}, prepare);
}

describe.each([...CASES, ...SETTINGS])("the screen of $name", ({ place, call, full }) => {
  it("shows what it has", async () => {
    await at(place, () => {});
    expect(full()).not.toBeNull();
  });

  it("shows that the answer is on its way", async () => {
    await at(place, (host) => {
      host[call] = () => new Promise<never>(() => {});
    });
    expect(document.querySelector("[data-state=loading]")).not.toBeNull();
    expect(full()).toBeNull();
  });

  it("says what went wrong, and tries again", async () => {
    const { host } = await at(place, (stand) => {
      stand.refusals.set(call, { kind: "failed", message: "The library is locked." });
    });
    expect(screen.getByRole("alert").textContent).toContain("The library is locked.");
    host.refusals.clear();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await settled();
    expect(full()).not.toBeNull();
  });
});

describe.each(CASES)("the screen of $name", ({ place, empty, emptyWords, full }) => {
  it("says what to do when there is nothing", async () => {
    await at(place, empty);
    expect(screen.getAllByText(emptyWords).length).toBeGreaterThan(0);
    expect(full()).toBeNull();
  });
});
