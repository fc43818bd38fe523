import type { AlertRow } from "../host/bindings/AlertRow";
import type { Event } from "../host/bindings/Event";
import { plainWords, type Host } from "../host/host";
import { Alerts } from "./alerts.svelte";
import { ArticleList } from "./articles.svelte";
import { Closing } from "./closing.svelte";
import { Digests } from "./digests.svelte";
import { Library } from "./library.svelte";
import { Mail } from "./mail.svelte";
import { Marks } from "./marks";
import { Hushing } from "./hushing";
import { INBOX, isSearch, Navigation, type Place } from "./navigation.svelte";
import { Progress } from "./progress.svelte";
import { Reader } from "./reader.svelte";
import { Rules } from "./rules.svelte";
import { Search } from "./search.svelte";
import { Settings } from "./settings.svelte";
import { Connection } from "./connection.svelte";
import { Adding, type Way } from "./adding.svelte";
import { Sources } from "./sources.svelte";
import { Stories } from "./stories.svelte";
import { Toasts } from "./toasts.svelte";
import { Topics } from "./topics.svelte";

/** Relative times ("3 minutes ago") are written anew this often. */
const CLOCK_TICK_MS = 30_000;

/** All the nouns of the window, and the few acts that touch more than one of them. */
export class App {
  readonly toasts = new Toasts();
  readonly navigation = new Navigation();
  readonly progress = new Progress();
  readonly library: Library;
  readonly list: ArticleList;
  readonly reader: Reader;
  readonly marks: Marks;
  readonly alerts: Alerts;
  readonly hushing: Hushing;
  readonly rules: Rules;
  readonly stories: Stories;
  readonly topics: Topics;
  readonly sources: Sources;
  readonly adding: Adding;
  readonly connection: Connection;
  readonly digests: Digests;
  readonly mail: Mail;
  readonly settings: Settings;
  readonly closing: Closing;
  readonly search: Search;
  overlay = $state<"help" | "palette" | null>(null);
  now = $state(Date.now());
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    const { toasts } = this;
    const library = (this.library = new Library(host));
    const list = (this.list = new ArticleList(host));
    const reader = (this.reader = new Reader(host));
    this.marks = new Marks(host, { list, reader, library, toasts });
    this.alerts = new Alerts(host, library, toasts);
    this.hushing = new Hushing(host, library, toasts);
    this.rules = new Rules(host);
    this.stories = new Stories(host, reader, toasts);
    this.topics = new Topics(host, library, toasts);
    this.sources = new Sources(host, library, toasts);
    this.adding = new Adding(host, library, toasts);
    this.connection = new Connection(host, toasts);
    this.digests = new Digests(host, toasts);
    this.mail = new Mail(host, toasts);
    this.settings = new Settings(host, toasts);
    this.closing = new Closing(host, this.settings, toasts);
    this.search = new Search({
      find: (query) => this.#find(query),
      leave: () => void this.#show(this.navigation.beforeSearch),
    });
  }

  /** Loads what is on show and follows the events until the returned function is called. */
  async start(): Promise<() => void> {
    const clock = setInterval(() => (this.now = Date.now()), CLOCK_TICK_MS);
    void this.library.refresh();
    void this.settings.refresh();
    void this.alerts.refresh();
    void this.#show(this.navigation.place);
    const unlisten = await this.#host.listen((event) => this.#take(event));
    return () => {
      clearInterval(clock);
      this.toasts.settleAll();
      unlisten();
    };
  }

  go(place: Place): void {
    this.search.forget();
    void this.#show(place);
  }

  /** Shows an article beside the list without marking it: moving is not reading. */
  preview(id: number): void {
    void this.reader.show(id);
  }

  /** Opens an article to be read. */
  open(id: number): void {
    this.list.selected = id;
    this.navigation.reading = true;
    void this.marks.setRead([id], true);
    void this.#showAsRead(id);
  }

  /** Opens an article over the place that names it; the way back leads there. */
  openBeside(id: number): void {
    this.navigation.go({ screen: "articles", scope: { kind: "inbox" } });
    void this.list.open({ kind: "inbox" });
    this.open(id);
  }

  openAlert(alert: AlertRow): void {
    this.alerts.selected = alert.id;
    void this.alerts.see([alert.id]);
    this.open(alert.article);
  }

  /** The screen of sources, and over it the dialog in which they are added. */
  addSources(way: Way): void {
    this.go({ screen: "sources" });
    this.adding.open(way);
  }

  async openInBrowser(id: number): Promise<void> {
    try {
      await this.#host.openInBrowser(id);
    } catch (thrown) {
      this.toasts.complain(plainWords(thrown));
    }
  }

  /** The answer may have left the host before the mark reached it. */
  async #showAsRead(id: number): Promise<void> {
    await this.reader.show(id);
    this.reader.patch([id], { read: true });
  }

  #find(query: string): void {
    this.navigation.go({ screen: "articles", scope: { kind: "search", query } });
    void this.list.search(query);
  }

  async #show(place: Place): Promise<void> {
    this.navigation.go(place);
    switch (place.screen) {
      case "articles":
        return this.list.open(place.scope);
      case "alerts":
        return this.alerts.refresh();
      case "digest":
        void this.mail.refresh();
        return this.digests.visit();
      case "mail":
        return this.mail.visit();
      case "settings":
        void this.mail.refresh();
        void this.rules.refresh();
        void this.connection.refresh();
        return this.settings.refresh();
      case "sources":
        void this.sources.refresh();
        return this.library.refresh();
      case "topics":
        return this.library.refresh();
    }
  }

  #take(event: Event): void {
    switch (event.kind) {
      case "articles":
        void this.library.refresh();
        void this.list.refresh();
        void this.reader.refreshSoon();
        if (this.navigation.place.screen === "digest") this.digests.followArticles();
        break;
      case "alerts":
        void this.library.refresh();
        void this.alerts.refresh();
        break;
      case "topics":
        void this.library.refresh();
        void this.list.refresh();
        void this.reader.refreshSoon();
        break;
      case "sources":
        void this.library.refresh();
        if (this.navigation.place.screen === "sources") void this.sources.refresh();
        break;
      case "digests":
        this.digests.follow();
        break;
      case "progress":
        this.progress.report(event);
        if (event.done === event.total) this.sources.checksEnded();
        break;
      case "open":
        this.#openFromOutside(event.article);
        break;
      case "show":
        this.go(placeNamed(event.screen));
        break;
      case "askclose":
        this.closing.ask();
        break;
    }
  }

  /** From a notification: the article, with its list behind it. */
  #openFromOutside(id: number): void {
    const { place } = this.navigation;
    if (place.screen !== "articles" || isSearch(place)) this.go(INBOX);
    this.open(id);
  }
}

function placeNamed(screen: string): Place {
  switch (screen) {
    case "alerts":
    case "topics":
    case "sources":
    case "digest":
    case "mail":
    case "settings":
      return { screen };
    default:
      return INBOX;
  }
}
