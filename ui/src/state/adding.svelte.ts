import type { AddedSources } from "../host/bindings/AddedSources";
import type { FoundSource } from "../host/bindings/FoundSource";
import type { Level } from "../host/bindings/Level";
import type { SourceDraft } from "../host/bindings/SourceDraft";
import type { StarterPackRow } from "../host/bindings/StarterPackRow";
import { plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { readHeaders, readLines } from "./headers";
import type { Library } from "./library.svelte";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

export type Way = "address" | "folder" | "pack" | "list";

const BLANK = {
  address: "",
  selector: "",
  user: "",
  password: "",
  headers: "",
  proxy: "",
  label: "",
  every: null as number | null,
  full_text: false,
  level: null as Level | null,
  alert_existing: false,
  folder: null as string | null,
  ignore: "",
  move_to: null as string | null,
};
export type AddingDraft = typeof BLANK;

/** What the way there depends on: if it changes, what was found is not what would be found. */
const LEADS = ["address", "selector", "user", "password", "headers", "proxy"] as const;

/** The dialog in which sources are added: four ways in, nothing before it was seen. */
export class Adding {
  way = $state<Way | null>(null);
  draft = $state.raw<AddingDraft>(BLANK);
  /** What can be watched at the address; nothing before it was looked at. */
  found = $state.raw<FoundSource[] | null>(null);
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  readonly packs = new Loadable<StarterPackRow[]>();
  packId = $state<string | null>(null);
  busy = $state<"looking" | "adding" | null>(null);
  refusal = $state("");
  /** What became of it, where there is more to say than that all is well. */
  result = $state.raw<AddedSources | null>(null);
  readonly pack = $derived.by(() => this.packs.value?.find(({ id }) => id === this.packId));
  readonly headerFault = $derived(readHeaders(this.draft.headers).fault);
  /** Counts the looks at an address: what an earlier one finds is not what is asked for now. */
  #look = 0;
  /** Counts the openings of the dialog: what one set going does not end in another. */
  #opening = 0;
  readonly #host: Host;
  readonly #library: Library;
  readonly #toasts: Toasts;

  constructor(host: Host, library: Library, toasts: Toasts) {
    this.#host = host;
    this.#library = library;
    this.#toasts = toasts;
  }

  open(way: Way): void {
    this.#leave();
    this.go(way);
  }

  /** Another way in; what was typed stays. */
  go(way: Way): void {
    this.way = way;
    this.#forgetFound();
    this.refusal = "";
    this.result = null;
    if (way === "pack") void this.#loadPacks();
  }

  close(): void {
    this.#leave();
    this.way = null;
    this.result = null;
  }

  change(part: Partial<AddingDraft>): void {
    this.draft = { ...this.draft, ...part };
    this.refusal = "";
    if (LEADS.some((lead) => lead in part)) this.#forgetFound();
  }

  toggle(address: string): void {
    const without = [...this.chosen].filter((each) => each !== address);
    this.chosen = new Set(this.chosen.has(address) ? without : [...without, address]);
  }

  choosePack(id: string): void {
    this.packId = id;
    this.choose("all");
  }

  /** Of the pack that is open. */
  choose(which: "all" | "none"): void {
    const open = (this.pack?.sources ?? []).filter(({ watched }) => !watched);
    this.chosen = new Set(which === "all" ? open.map(({ address }) => address) : []);
  }

  /** Looks at the address, and adds nothing. */
  async look(): Promise<void> {
    const { address, selector } = this.draft;
    if (address.trim() === "" || this.busy || this.headerFault !== "") return;
    const look = ++this.#look;
    this.busy = "looking";
    this.refusal = "";
    try {
      const typed = selector.trim() === "" ? null : selector.trim();
      const draft = { address: address.trim(), selector: typed, access: this.#access() };
      const found = await this.#host.previewSource(draft);
      if (look !== this.#look) return;
      this.found = found;
      const first = found.find(({ watched }) => !watched);
      this.chosen = new Set(first ? [first.address] : []);
    } catch (thrown) {
      if (look === this.#look) this.refusal = plainWords(thrown);
    } finally {
      if (look === this.#look) this.busy = null;
    }
  }

  /** Adds what is chosen. */
  async add(): Promise<void> {
    switch (this.way) {
      case "address":
        return this.#addDrafts(
          (this.found ?? [])
            .filter((one) => this.chosen.has(one.address))
            .map((one) => this.#draftOf(one)),
        );
      case "folder":
        return this.#addDrafts(
          this.draft.folder === null ? [] : [this.#folderDraft(this.draft.folder)],
        );
      case "pack":
        return this.#addPack();
    }
  }

  async importList(): Promise<void> {
    if (this.busy) return;
    await this.#carryOut(() => this.#host.importFeeds(), "list");
  }

  /** The short way: a folder, and nothing else said about it. */
  async addFolder(): Promise<void> {
    const folder = await this.#chooseFolder();
    if (folder === null) return;
    this.draft = { ...BLANK, folder };
    await this.#carryOut(() => this.#host.addSources([this.#folderDraft(folder)]), "folder");
  }

  async chooseFolder(): Promise<void> {
    const folder = await this.#chooseFolder();
    if (folder !== null) this.change({ folder });
  }

  async chooseTarget(): Promise<void> {
    const move_to = await this.#chooseFolder();
    if (move_to !== null) this.change({ move_to });
  }

  /** Takes back what was just added. */
  async takeBack(): Promise<void> {
    const ids = this.result?.added ?? [];
    this.close();
    await this.#removeAll(ids);
  }

  async #addDrafts(drafts: SourceDraft[]): Promise<void> {
    if (drafts.length === 0 || this.busy) return;
    await this.#carryOut(() => this.#host.addSources(drafts), this.way);
  }

  async #addPack(): Promise<void> {
    const { pack } = this;
    if (!pack || this.chosen.size === 0 || this.busy) return;
    await this.#carryOut(() => this.#host.addStarters(pack.id, [...this.chosen]), "pack");
  }

  /** Adds, and tells: in a toast if all went well, else in the dialog, which opens if need be. */
  async #carryOut(work: () => Promise<AddedSources | null>, way: Way | null): Promise<void> {
    const opening = this.#opening;
    const isHere = () => opening === this.#opening;
    this.busy = "adding";
    this.refusal = "";
    try {
      const added = await work();
      if (added) this.#tell(added, way, isHere());
    } catch (thrown) {
      if (this.way === null || !isHere()) this.#toasts.complain(plainWords(thrown));
      else this.refusal = plainWords(thrown);
    } finally {
      if (isHere()) this.busy = null;
    }
    await this.#library.refresh();
  }

  #tell(added: AddedSources, way: Way | null, isHere: boolean): void {
    const isFree = isHere || this.way === null;
    if (isFree && (added.problems.length > 0 || way === "list")) {
      this.way = way;
      this.result = added;
      return;
    }
    if (isHere) this.close();
    const { added: ids, first, known, problems } = added;
    const words = strings.sources;
    const [problem] = problems;
    if (problem !== undefined)
      this.#toasts.complain(`${words.adding.resultFailed(problems.length)}: ${problem}`);
    if (ids.length > 0)
      this.#toasts.offerUndo(words.added(ids.length, first ?? ""), () => void this.#removeAll(ids));
    else if (known > 0) this.#toasts.say(`${words.nothingAdded}: ${words.known(known)}`);
  }

  /** One that is refused, or was removed by somebody else, does not keep the others. */
  async #removeAll(ids: readonly number[]): Promise<void> {
    let refusal = "";
    for (const id of ids) {
      try {
        await this.#host.removeSource(id);
      } catch (thrown) {
        refusal = plainWords(thrown);
      }
    }
    if (refusal) this.#toasts.complain(refusal);
    await this.#library.refresh();
  }

  async #loadPacks(): Promise<void> {
    const packs = await this.packs.load(() => this.#host.listStarterPacks());
    const first = packs?.[0];
    if (first) this.choosePack(first.id);
  }

  async #chooseFolder(): Promise<string | null> {
    return this.#host.chooseFolder().catch((thrown: unknown) => {
      this.#toasts.complain(plainWords(thrown));
      return null;
    });
  }

  /** What was typed goes; what is under way goes on, and is told when it is done. */
  #leave(): void {
    this.#opening++;
    this.busy = null;
    this.draft = BLANK;
    this.#forgetFound();
  }

  /** Also what a look under way would find. */
  #forgetFound(): void {
    this.#look++;
    if (this.busy === "looking") this.busy = null;
    this.found = null;
    this.chosen = new Set();
  }

  #access() {
    const { user, password, headers, proxy } = this.draft;
    return {
      user: user.trim() || null,
      password: password || null,
      headers: readHeaders(headers).headers,
      proxy: proxy.trim() || null,
    };
  }

  #draftOf({ kind, address, title }: FoundSource): SourceDraft {
    const selector = kind === "page" ? this.draft.selector.trim() || null : null;
    return { ...this.#common(), kind, location: address, name: title, selector };
  }

  #folderDraft(folder: string): SourceDraft {
    const { ignore, move_to } = this.draft;
    const common = this.#common();
    return { ...common, kind: "folder", location: folder, ignore: readLines(ignore), move_to };
  }

  #common(): SourceDraft {
    const { label, every, full_text, level, alert_existing } = this.draft;
    return {
      kind: "feed",
      location: "",
      name: null,
      label: label.trim() || null,
      every,
      full_text,
      level,
      alert_existing,
      selector: null,
      ignore: [],
      move_to: null,
      access: this.#access(),
    };
  }
}
