// Invented sources. Names of real papers would make a test look like news.

import type { SourceRow } from "../bindings/SourceRow";

type Sketch = Pick<SourceRow, "kind" | "name" | "location"> & Partial<SourceRow>;

const SKETCHES: Sketch[] = [
  { kind: "folder", name: "Clippings", location: "/press/Clippings" },
  { kind: "feed", name: "Meridian Wire", location: "https://meridian-wire.example/world.xml" },
  { kind: "feed", name: "The Harbour Courier", location: "https://harbourcourier.example/rss" },
  { kind: "feed", name: "Северный вестник", location: "https://sever-vestnik.example/feed" },
  { kind: "feed", name: "Невский обозреватель", location: "https://nevobz.example/rss.xml" },
  { kind: "feed", name: "Ο Παρατηρητής", location: "https://paratiritis.example/rss" },
  { kind: "feed", name: "Le Quotidien du Rhône", location: "https://qdr.example/flux" },
  {
    kind: "feed",
    name: "Donauzeitung",
    location: "https://donauzeitung.example/politik.rss",
    state: "failing",
    message: "The site refuses programs (403). It is tried again in an hour.",
  },
  { kind: "sitemap", name: "Capitol Ledger", location: "https://capitolledger.example/news.xml" },
  {
    kind: "page",
    name: "Ministry briefings",
    location: "https://briefings.example/today",
    state: "stopped",
    message: "The page is gone (410). Remove it, or add its new address.",
  },
];

export function sampleSources(now: number): SourceRow[] {
  const iso = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  return SKETCHES.map((sketch, at) => ({
    id: at + 1,
    articles: 0,
    state: "ok",
    message: "",
    level: null,
    label: null,
    last_checked: iso(-3 - at),
    last_success: sketch.state ? iso(-60 * 26) : iso(-3 - at),
    next_check: sketch.state === "stopped" ? null : iso(12 - at),
    ...sketch,
  }));
}
