// A stand-in for the shell, all in memory: for tests, and for looking at the window in a browser.

import type { AlertRow } from "./bindings/AlertRow";
import type { AlertRules } from "./bindings/AlertRules";
import type { ArticleView } from "./bindings/ArticleView";
import type { CommandError } from "./bindings/CommandError";
import type { Event } from "./bindings/Event";
import type { HushSpan } from "./bindings/HushSpan";
import type { Level } from "./bindings/Level";
import type { QueryTool } from "./bindings/QueryTool";
import type { Scope } from "./bindings/Scope";
import type { Settings } from "./bindings/Settings";
import type { TopicDraft } from "./bindings/TopicDraft";
import type { TopicRow } from "./bindings/TopicRow";
import type { WorkProgress } from "./bindings/WorkProgress";
import { sampleAlerts } from "./fake/alerts";
import { join, sampleArticles } from "./fake/articles";
import { tryQuery } from "./fake/backtest";
import { previewOf } from "./fake/digest";
import { sampleSources } from "./fake/outlets";
import { FakePress } from "./fake/press";
import { FakeSourceHost } from "./fake/source-host";
import { checkQuery, errorIn, matches, passageOf, readable } from "./fake/query";
import { TopicLives } from "./fake/lives";
import { sampleTopics } from "./fake/topics";
import type { Host } from "./host";

export interface FakeOptions {
  /** How many articles the library holds; with 0 there is no source either. */
  articles?: number;
  now?: number;
}

/** The program without the program. Its lists are open, so that a test can look and change. */
export class FakeHost extends FakeSourceHost implements Host {
  articles: ArticleView[];
  topics: TopicRow[];
  alerts: AlertRow[];
  settings: Settings = {
    close_to_tray: null,
    start_at_login: false,
    notifications: true,
    theme: "system",
  };
  pausedUntil: string | null = null;
  alertRules: AlertRules = { quiet_hours: "", hourly_budget: null, preferred_sources: [] };
  /** Digests, and the mail server. */
  readonly press: FakePress;
  /** What the topics were, and what was applied. */
  readonly lives = new TopicLives();
  readonly #now: number;
  #listeners = new Set<(event: Event) => void>();

  constructor({ articles = 1_500, now = Date.now() }: FakeOptions = {}) {
    super(now, articles > 0 ? sampleSources(now) : []);
    this.#now = now;
    this.topics = sampleTopics();
    const { sources, topics } = this;
    this.articles = sampleArticles({ count: articles, now, sources, topics });
    this.alerts = sampleAlerts(this.articles, topics);
    this.press = new FakePress({
      now,
      preview: (from, to, curation) =>
        previewOf(this.articles, this.topics, { from, to, curation }),
      articles: () => this.articles,
      topics: () => this.topics,
      tell: () => this.emit({ kind: "digests" }),
    });
    for (const topic of topics) this.lives.save(topic, null, new Date(now).toISOString());
  }

  /** Tells the window what the shell would tell it. */
  override emit(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  async overview() {
    this.enter("overview");
    return {
      unread: this.articles.filter(({ row }) => !row.read).length,
      articles: this.articles.length,
      unseen_alerts: this.alerts.filter((alert) => !alert.seen).length,
      topics: this.topics.map((topic) => this.#counted(topic)),
      sources: this.sources.map((source) => ({
        ...source,
        articles: this.articles.filter(({ row }) => row.source === source.name).length,
      })),
      paused_until: this.pausedUntil,
      tray: true,
    };
  }

  async listArticles(scope: Scope, after: number | null, limit: number) {
    this.enter("listArticles");
    const query_error = scope.kind === "search" ? errorIn(scope.query) : null;
    // What stands before the fault can be read, as the language itself does it.
    const read_as =
      scope.kind === "search" && query_error ? readable(scope.query, query_error) : null;
    const asked = read_as === null ? scope : ({ kind: "search", query: read_as } as const);
    const isNothing = query_error !== null && read_as === null;
    const found = isNothing ? [] : this.articles.filter((each) => this.#isIn(asked, each));
    const start = after === null ? 0 : found.findIndex(({ row }) => row.id < after);
    const rows = start < 0 ? [] : found.slice(start, start + limit).map(({ row }) => ({ ...row }));
    const next = start + limit < found.length ? (rows.at(-1)?.id ?? null) : null;
    return { rows, next, total: found.length, more_than_total: false, query_error, read_as };
  }

  async foundPassages(query: string, ids: number[]) {
    this.enter("foundPassages");
    const passage = (id: number) => passageOf(query, this.#article(id));
    return ids.flatMap((article) => {
      const sentence = passage(article);
      return sentence === null ? [] : [{ article, sentence }];
    });
  }

  async readArticle(id: number) {
    this.enter("readArticle");
    return structuredClone(this.#article(id));
  }

  async markRead(ids: number[], read: boolean) {
    this.enter("markRead");
    for (const id of ids) this.#article(id).row.read = read;
  }

  async star(id: number, starred: boolean) {
    this.enter("star");
    this.#article(id).row.starred = starred;
  }

  async openInBrowser() {
    this.enter("openInBrowser");
  }

  async listAlerts(limit: number) {
    this.enter("listAlerts");
    return this.alerts.slice(0, limit).map((alert) => ({ ...alert }));
  }

  async seeAlerts(ids: number[]) {
    this.enter("seeAlerts");
    this.alerts = this.alerts.map((alert) =>
      ids.includes(alert.id) ? { ...alert, seen: true } : alert,
    );
  }

  async pauseAlerts(span: HushSpan | null) {
    this.enter("pauseAlerts");
    this.pausedUntil = this.#after(span);
  }

  async snoozeTopic(id: string, span: HushSpan | null) {
    this.enter("snoozeTopic");
    const snoozed_until = this.#after(span);
    this.topics = this.topics.map((topic) =>
      topic.id === id ? { ...topic, snoozed_until } : topic,
    );
  }

  async setTopicBudget(id: string, budget: number | null) {
    this.enter("setTopicBudget");
    this.topics = this.topics.map((topic) => (topic.id === id ? { ...topic, budget } : topic));
  }

  async setSourceLevel(id: number, level: Level | null) {
    this.enter("setSourceLevel");
    this.sources = this.sources.map((source) => (source.id === id ? { ...source, level } : source));
  }

  async loadAlertRules() {
    this.enter("loadAlertRules");
    return { ...this.alertRules };
  }

  async saveAlertRules(rules: AlertRules) {
    this.enter("saveAlertRules");
    this.alertRules = rules;
  }

  async splitStory(articles: number[]) {
    this.enter("splitStory");
    const taken = articles.map((id) => this.#article(id));
    const story = taken[0]?.story.id;
    join(this.articles.filter((each) => each.story.id === story && !taken.includes(each)));
    join(taken);
    return taken[0]?.story.id ?? 0;
  }

  async mergeStories(stories: number[]) {
    this.enter("mergeStories");
    const told = this.articles.filter(({ story }) => stories.includes(story.id));
    join(told);
    return told[0]?.story.id ?? 0;
  }

  async checkQuery(draft: TopicDraft) {
    this.enter("checkQuery");
    return checkQuery(draft);
  }

  async backTest(
    { id, query }: TopicDraft,
    _days: number | null,
    progress: (work: WorkProgress) => void,
  ) {
    this.enter("backTest");
    const total = this.articles.length;
    progress({ done: total, total });
    return tryQuery(this.articles, query, this.topics.find((topic) => topic.id === id)?.query);
  }

  async stopBackTest() {
    this.enter("stopBackTest");
  }

  async topicDetail(id: string) {
    this.enter("topicDetail");
    return this.lives.detail(id);
  }

  async applyTopic(id: string) {
    this.enter("applyTopic");
    const query = this.topics.find((topic) => topic.id === id)?.query;
    return this.lives.apply(id, this.articles, (article) => matches(query ?? "", article));
  }

  async undoTopic(id: string) {
    this.enter("undoTopic");
    this.lives.undo(id, this.articles);
  }

  async importQuery(_tool: QueryTool, query: string) {
    this.enter("importQuery");
    const near = /near(\d+)/.exec(query);
    const changes = near
      ? [{ message: `${near[0]} counts the second word`, start: near.index, end: near.index + 5 }]
      : [];
    const ours = query.replaceAll(/near(\d+)/g, (_, words) => `NEAR/${Number(words) - 1}`);
    return { query: ours.replaceAll(/\b(and|or|not)\b/g, (word) => word.toUpperCase()), changes };
  }

  async saveTopic({ id, lists, ...draft }: TopicDraft) {
    this.enter("saveTopic");
    const remark = errorIn(draft.query);
    if (remark) throw { kind: "query", remark } satisfies CommandError;
    const known = this.topics.find((topic) => topic.id === id);
    const topic: TopicRow = {
      ...draft,
      id: known?.id ?? draft.name.toLowerCase().replaceAll(/\P{L}+/gu, "-"),
      version: (known?.version ?? 0) + 1,
      matches: 0,
      unread: 0,
      budget: known?.budget ?? null,
      snoozed_until: known?.snoozed_until ?? null,
    };
    this.topics = known
      ? this.topics.map((each) => (each === known ? topic : each))
      : [...this.topics, topic];
    this.lives.save(topic, lists, new Date(this.#now).toISOString());
    return this.#counted(topic);
  }

  async removeTopic(id: string) {
    this.enter("removeTopic");
    this.topics = this.topics.filter((topic) => topic.id !== id);
  }

  async loadSettings() {
    this.enter("loadSettings");
    return { ...this.settings };
  }

  async saveSettings(settings: Settings) {
    this.enter("saveSettings");
    this.settings = settings;
  }

  async hideWindow() {
    this.enter("hideWindow");
  }

  async quit() {
    this.enter("quit");
  }

  async listen(handle: (event: Event) => void) {
    this.#listeners.add(handle);
    return () => void this.#listeners.delete(handle);
  }

  #after(span: HushSpan | null): string | null {
    if (span === null) return null;
    const end = new Date(this.#now);
    if (span === "hour") end.setHours(end.getHours() + 1);
    else end.setHours(24 + 7, 0, 0, 0);
    return end.toISOString();
  }

  #article(id: number): ArticleView {
    const article = this.articles.find(({ row }) => row.id === id);
    if (article) return article;
    const message = "This article is not in the library any more.";
    throw { kind: "missing", message } satisfies CommandError;
  }

  #isIn(scope: Scope, article: ArticleView): boolean {
    const { row } = article;
    switch (scope.kind) {
      case "inbox":
        return true;
      case "flagged":
        return row.topics.length > 0;
      case "starred":
        return row.starred;
      case "topic":
        return row.topics.includes(scope.id);
      case "source":
        return row.source === this.sources.find(({ id }) => id === scope.id)?.name;
      case "search":
        return matches(scope.query, article);
    }
  }

  #counted(topic: TopicRow): TopicRow {
    const rows = this.articles
      .map(({ row }) => row)
      .filter(({ topics }) => topics.includes(topic.id));
    return { ...topic, matches: rows.length, unread: rows.filter((row) => !row.read).length };
  }
}
