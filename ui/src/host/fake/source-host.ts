import type { AddedSources } from "../bindings/AddedSources";
import type { AddressDraft } from "../bindings/AddressDraft";
import type { CommandError } from "../bindings/CommandError";
import type { Event } from "../bindings/Event";
import type { ReceiptQuestion } from "../bindings/ReceiptQuestion";
import type { SourceDraft } from "../bindings/SourceDraft";
import type { SourceRow } from "../bindings/SourceRow";
import type { SourceSettings } from "../bindings/SourceSettings";
import { FakePressHost } from "./press-host";
import { detailOf, foundAt, samplePacks, sampleReceipts, settingsOf } from "./sources";

/** Receipts that are listed at a time. */
const RECEIPTS = 200;

function refuseProxy(proxy: string): void {
  if (proxy === "" || proxy === "direct" || proxy.includes("://")) return;
  const message = `“${proxy}” is no proxy; write for example http://proxy.example.org:3128`;
  throw { kind: "failed", message } satisfies CommandError;
}

/** The part of the stand-in that sources are asked of. */
export abstract class FakeSourceHost extends FakePressHost {
  sources: SourceRow[];
  /** What `chooseFolder` answers. */
  folder: string | null = "/press/Morning";
  /** What `importFeeds` finds in the chosen list; nothing if the dialog is closed. */
  list: { feeds: [string, string][]; problems: string[] } | null = {
    feeds: [
      ["Harbour gazette", "https://gazette.example/rss"],
      ["Islands today", "https://islands.example/feed"],
      ["Meridian Wire", "https://meridian-wire.example/world.xml"],
    ],
    problems: [
      "“file:///press/feed.xml” is no web address; only http and https are fetched",
      "“https://oldsite.example/” has no feed; add its site by hand",
    ],
  };
  /** How many files its folders have. */
  receipts = 1_200;
  proxy = "";
  readonly passwords = new Map<number, string>();
  readonly #settings = new Map<number, SourceSettings>();
  readonly #now: number;

  constructor(now: number, sources: SourceRow[]) {
    super();
    this.#now = now;
    this.sources = sources;
  }

  abstract emit(event: Event): void;

  async chooseFolder() {
    this.enter("chooseFolder");
    return this.folder;
  }

  async previewSource({ address, selector }: AddressDraft) {
    this.enter("previewSource");
    if (!/^(https?:\/\/)?\S+\.\S+/.test(address)) {
      const message = `“${address}” is no address of a site. It should begin with https://.`;
      throw { kind: "failed", message } satisfies CommandError;
    }
    const found = foundAt(address.includes("://") ? address : `https://${address}`, this.#now);
    return found
      .filter(({ kind }) => selector === null || kind === "page")
      .map((one) => ({ ...one, watched: this.#isWatched(one.address) }));
  }

  async addSources(drafts: SourceDraft[]) {
    this.enter("addSources");
    return this.#take(
      drafts.map((draft) => ({
        ...draft,
        name: draft.name ?? draft.location.split("/").at(-1) ?? draft.location,
      })),
    );
  }

  async importFeeds(): Promise<AddedSources | null> {
    this.enter("importFeeds");
    if (!this.list) return null;
    const feeds = this.list.feeds.map(([name, location]) => ({ kind: "feed", name, location }));
    return { ...this.#take(feeds), problems: this.list.problems };
  }

  async exportFeeds() {
    this.enter("exportFeeds");
    return "/press/wirewatch.opml";
  }

  async listStarterPacks() {
    this.enter("listStarterPacks");
    return samplePacks().map((pack) => ({
      ...pack,
      sources: pack.sources.map((one) => ({ ...one, watched: this.#isWatched(one.address) })),
    }));
  }

  async addStarters(id: string, addresses: string[]) {
    this.enter("addStarters");
    const pack = samplePacks().find((each) => each.id === id);
    const wanted = (pack?.sources ?? []).filter(({ address }) => addresses.includes(address));
    return this.#take(
      wanted.map(({ name, address }) => ({
        kind: "feed",
        name,
        location: address,
        label: pack?.name ?? null,
      })),
    );
  }

  async sourceDetail(id: number) {
    this.enter("sourceDetail");
    const row = this.#source(id);
    const settings = this.#settings.get(id) ?? settingsOf(row);
    return detailOf(row, { ...settings, name: row.name }, this.#now, this.receipts);
  }

  async changeSource(id: number, settings: SourceSettings, password: string | null) {
    this.enter("changeSource");
    refuseProxy(settings.proxy ?? "");
    const { name, location, label, level } = settings;
    this.#change(id, { name, location, label, level });
    this.#settings.set(id, settings);
    if (password !== null) this.passwords.set(id, password);
    return this.#source(id);
  }

  async pauseSource(id: number) {
    this.enter("pauseSource");
    this.#change(id, { state: "paused" });
  }

  async resumeSource(id: number) {
    this.enter("resumeSource");
    this.#change(id, { state: "ok", next_check: null });
  }

  async removeSource(id: number) {
    this.enter("removeSource");
    this.sources = this.sources.filter((source) => source.id !== id);
  }

  async listReceipts({ source, text, only_problems, after }: ReceiptQuestion) {
    this.enter("listReceipts");
    const folder = this.#source(source).location;
    const found = sampleReceipts(folder, this.receipts, this.#now).filter(
      ({ path, problem }) =>
        (path.includes(text) || (problem?.includes(text) ?? false)) &&
        (!only_problems || problem !== null),
    );
    const start = after === null ? 0 : found.findIndex(({ path }) => path > after);
    const rows = start < 0 ? [] : found.slice(start, start + RECEIPTS);
    const next = start >= 0 && start + RECEIPTS < found.length ? (rows.at(-1)?.path ?? null) : null;
    return { rows, total: after === null ? found.length : null, next };
  }

  async loadProxy() {
    this.enter("loadProxy");
    return this.proxy;
  }

  async saveProxy(proxy: string) {
    this.enter("saveProxy");
    refuseProxy(proxy);
    this.proxy = proxy.trim();
  }

  async checkNow() {
    this.enter("checkNow");
    const total = this.sources.length;
    this.sources.forEach((source, at) =>
      setTimeout(
        () =>
          this.emit({ kind: "progress", label: `Checking ${source.name}`, done: at + 1, total }),
        at * 300,
      ),
    );
  }

  async checkSource(id: number) {
    this.enter("checkSource");
    const checked = new Date(this.#now).toISOString();
    this.#change(id, { last_checked: checked, last_success: checked, state: "ok", message: "" });
    this.emit({ kind: "sources" });
  }

  #isWatched(address: string): boolean {
    return this.sources.some(({ location }) => location === address);
  }

  #source(id: number): SourceRow {
    const source = this.sources.find((each) => each.id === id);
    if (source) return source;
    const message = "This source is not in the library any more.";
    throw { kind: "missing", message } satisfies CommandError;
  }

  #change(id: number, part: Partial<SourceRow>): void {
    this.#source(id);
    this.sources = this.sources.map((each) => (each.id === id ? { ...each, ...part } : each));
  }

  #take(
    wanted: (Pick<SourceRow, "kind" | "name" | "location"> & Partial<SourceRow>)[],
  ): AddedSources {
    const fresh = wanted.filter(({ location }) => !this.#isWatched(location));
    const added = fresh.map(({ kind, name, location, label, level }) => {
      const id = Math.max(0, ...this.sources.map((each) => each.id)) + 1;
      const row: SourceRow = {
        id,
        kind,
        name,
        location,
        label: label ?? null,
        articles: 0,
        state: "new",
        message: "",
        level: level ?? null,
        last_checked: null,
        last_success: null,
        next_check: null,
      };
      this.sources = [...this.sources, row];
      return id;
    });
    return {
      added,
      first: fresh[0]?.name ?? null,
      known: wanted.length - fresh.length,
      problems: [],
    };
  }
}
