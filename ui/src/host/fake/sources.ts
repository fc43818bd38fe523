// What an invented site offers, how invented sources fare, and invented starter packs.

import type { FoundSource } from "../bindings/FoundSource";
import type { ReceiptRow } from "../bindings/ReceiptRow";
import type { SourceRow } from "../bindings/SourceRow";
import type { SourceSettings } from "../bindings/SourceSettings";
import type { SourceView } from "../bindings/SourceView";
import type { StarterPackRow } from "../bindings/StarterPackRow";

const DAY_MS = 86_400_000;

const HEADLINES = [
  "Ferries stay in port as the gale turns north",
  "Council votes to keep the old bridge",
  "Dockers and owners meet again on Friday",
  "A lighthouse keeper’s diary is found",
];

export function foundAt(address: string, now: number): FoundSource[] {
  const { origin, hostname, pathname } = new URL(address);
  const newest = HEADLINES.map((title, at) => ({
    title,
    published: new Date(now - (at + 1) * 2.6 * 3_600_000).toISOString(),
  }));
  const found = (kind: string, title: string | null, url: string, articles: number) => ({
    kind,
    title,
    address: url,
    articles,
    newest: kind === "page" ? newest.map((one) => ({ ...one, published: null })) : newest,
    watched: false,
  });
  if (/(rss|feed|xml)/.test(pathname)) return [found("feed", hostname, address, 30)];
  return [
    found("feed", `${hostname} – all news`, `${origin}/rss`, 40),
    found("feed", `${hostname} – politics`, `${origin}/politics/rss`, 25),
    found("sitemap", null, `${origin}/news-sitemap.xml`, 312),
    found("page", `${hostname}: front page`, `${origin}/`, 18),
  ];
}

export function settingsOf(row: SourceRow): SourceSettings {
  return {
    name: row.name,
    location: row.location,
    label: row.label,
    every: null,
    full_text: row.kind === "feed",
    level: row.level,
    user: null,
    headers: [],
    selector: null,
    ignore: row.kind === "folder" ? ["*.log", "drafts/"] : [],
    move_to: null,
    proxy: null,
  };
}

export function detailOf(
  row: SourceRow,
  settings: SourceSettings,
  now: number,
  files: number,
): SourceView {
  const isFolder = row.kind === "folder";
  return {
    row,
    settings,
    usual_gap: row.state === "new" ? null : "47 minutes",
    quiet_after: row.state === "new" ? null : "2 days",
    newest: row.state === "new" ? null : new Date(now - 50 * 60_000).toISOString(),
    days: Array.from({ length: 30 }, (_, at) => ({
      day: new Date(now - (29 - at) * DAY_MS).toISOString().slice(0, 10),
      articles: row.state === "new" ? 0 : (at * 7 + row.id * 5) % 13,
    })),
    problems:
      row.state === "failing"
        ? [{ place: row.location, reason: "A bare & was mended in 3 entries" }]
        : [],
    files: isFolder ? files : null,
    failed_files: isFolder ? Math.floor(files / 40) : 0,
  };
}

export function sampleReceipts(folder: string, count: number, now: number): ReceiptRow[] {
  return Array.from({ length: count }, (_, at) => ({
    path: `${folder}/2026/clipping-${String(at + 1).padStart(5, "0")}.md`,
    size: 900 + ((at * 977) % 60_000),
    read_at: new Date(now - at * 60_000).toISOString(),
    articles: at % 40 === 39 ? 0 : 1,
    problem: at % 40 === 39 ? "It is empty; there is nothing in it to read" : null,
  }));
}

export function samplePacks(): StarterPackRow[] {
  const pack = (id: string, name: string, about: string, names: string[]) => ({
    id,
    name,
    about,
    sources: names.map((each) => ({
      name: each,
      address: `https://${each.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.example/feed`,
      watched: false,
    })),
  });
  return [
    pack("world-news", "World news", "Wide coverage from broadcasters of several continents.", [
      "Meridian World",
      "Southern Star",
      "Northern Radio",
      "Capital Evening Post",
      "The Island Times",
    ]),
    pack("fact-checkers", "Fact-checkers", "Independent desks that test claims.", [
      "Plumb Line",
      "Second Look",
      "Claim Desk",
    ]),
    pack("press-rooms", "Press rooms", "Official announcements in their own words.", [
      "Ministry of Harbours",
      "Office of the Governor",
      "Lake Commission",
      "Border Agency",
    ]),
  ];
}
