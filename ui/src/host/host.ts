// The one door between the window and the program behind it. The interface speaks in the wire
// types that `bindings/` holds; who stands behind the door (the shell or a stand-in) is decided
// once, in main.ts.

import type { AddedSources } from "./bindings/AddedSources";
import type { AddressDraft } from "./bindings/AddressDraft";
import type { AlertRow } from "./bindings/AlertRow";
import type { AlertRules } from "./bindings/AlertRules";
import type { AppliedView } from "./bindings/AppliedView";
import type { ArticlePage } from "./bindings/ArticlePage";
import type { ArticleView } from "./bindings/ArticleView";
import type { BackTestView } from "./bindings/BackTestView";
import type { CommandError } from "./bindings/CommandError";
import type { CurationEdit } from "./bindings/CurationEdit";
import type { Destination } from "./bindings/Destination";
import type { DigestChoice } from "./bindings/DigestChoice";
import type { DigestFormat } from "./bindings/DigestFormat";
import type { DigestPreview } from "./bindings/DigestPreview";
import type { EditionRow } from "./bindings/EditionRow";
import type { Event } from "./bindings/Event";
import type { FoundPassage } from "./bindings/FoundPassage";
import type { FoundSource } from "./bindings/FoundSource";
import type { HandedOver } from "./bindings/HandedOver";
import type { HushSpan } from "./bindings/HushSpan";
import type { MailDraft } from "./bindings/MailDraft";
import type { ImportedQuery } from "./bindings/ImportedQuery";
import type { Level } from "./bindings/Level";
import type { NextEdition } from "./bindings/NextEdition";
import type { Overview } from "./bindings/Overview";
import type { PasswordPlace } from "./bindings/PasswordPlace";
import type { PlanCheck } from "./bindings/PlanCheck";
import type { PlanDraft } from "./bindings/PlanDraft";
import type { PlanRow } from "./bindings/PlanRow";
import type { QueryCheck } from "./bindings/QueryCheck";
import type { QueryTool } from "./bindings/QueryTool";
import type { ReceiptPage } from "./bindings/ReceiptPage";
import type { ReceiptQuestion } from "./bindings/ReceiptQuestion";
import type { Scope } from "./bindings/Scope";
import type { SentDigest } from "./bindings/SentDigest";
import type { SentTo } from "./bindings/SentTo";
import type { Settings } from "./bindings/Settings";
import type { SourceDraft } from "./bindings/SourceDraft";
import type { SourceRow } from "./bindings/SourceRow";
import type { SourceSettings } from "./bindings/SourceSettings";
import type { SourceView } from "./bindings/SourceView";
import type { StarterPackRow } from "./bindings/StarterPackRow";
import type { TemplateTrial } from "./bindings/TemplateTrial";
import type { TemplateView } from "./bindings/TemplateView";
import type { TimeZones } from "./bindings/TimeZones";
import type { TopicDraft } from "./bindings/TopicDraft";
import type { TopicRow } from "./bindings/TopicRow";
import type { TypedAddress } from "./bindings/TypedAddress";
import type { TopicDetail } from "./bindings/TopicDetail";
import type { WorkProgress } from "./bindings/WorkProgress";

/** Everything the window may ask for. A refusal rejects with a `CommandError`. */
export interface Host {
  overview(): Promise<Overview>;

  listArticles(scope: Scope, after: number | null, limit: number): Promise<ArticlePage>;
  /** What a search found in these articles. */
  foundPassages(query: string, ids: number[]): Promise<FoundPassage[]>;
  /** Reading does not mark as read; that is the user's act. */
  readArticle(id: number): Promise<ArticleView>;
  markRead(ids: number[], read: boolean): Promise<void>;
  star(id: number, starred: boolean): Promise<void>;
  openInBrowser(id: number): Promise<void>;

  listAlerts(limit: number): Promise<AlertRow[]>;
  seeAlerts(ids: number[]): Promise<void>;
  /** `null` resumes. */
  pauseAlerts(span: HushSpan | null): Promise<void>;
  /** `null` ends it. */
  snoozeTopic(id: string, span: HushSpan | null): Promise<void>;
  /** `null` leaves it to the rule for all topics. */
  setTopicBudget(id: string, budget: number | null): Promise<void>;
  /** `null` leaves it to the topics; `silent` mutes. */
  setSourceLevel(id: number, level: Level | null): Promise<void>;
  loadAlertRules(): Promise<AlertRules>;
  saveAlertRules(rules: AlertRules): Promise<void>;

  /** Answers with the story that the articles are now. */
  splitStory(articles: number[]): Promise<number>;
  /** Answers with the one story that they are now. */
  mergeStories(stories: number[]): Promise<number>;

  checkQuery(draft: TopicDraft): Promise<QueryCheck>;
  /** Tries a draft against the whole library; `null` if a later one took its place. */
  backTest(
    draft: TopicDraft,
    days: number | null,
    progress: (work: WorkProgress) => void,
  ): Promise<BackTestView | null>;
  stopBackTest(): Promise<void>;
  topicDetail(id: string): Promise<TopicDetail>;
  /** For what arrives from then on; `applyTopic` does the rest. */
  saveTopic(draft: TopicDraft): Promise<TopicRow>;
  applyTopic(id: string): Promise<AppliedView>;
  undoTopic(id: string): Promise<void>;
  importQuery(tool: QueryTool, query: string): Promise<ImportedQuery>;
  removeTopic(id: string): Promise<void>;

  /** The platform's own dialog; `null` when the user thought better of it. */
  chooseFolder(): Promise<string | null>;
  /** What could be watched at an address; adds nothing. */
  previewSource(draft: AddressDraft): Promise<FoundSource[]>;
  addSources(drafts: SourceDraft[]): Promise<AddedSources>;
  /** Asks for an OPML list; `null` when the user thought better of it. */
  importFeeds(): Promise<AddedSources | null>;
  /** The path that was written; `null` when the user closed the dialog. */
  exportFeeds(): Promise<string | null>;
  listStarterPacks(): Promise<StarterPackRow[]>;
  addStarters(pack: string, addresses: string[]): Promise<AddedSources>;
  sourceDetail(id: number): Promise<SourceView>;
  /** `null` leaves the password as it is. */
  changeSource(id: number, settings: SourceSettings, password: string | null): Promise<SourceRow>;
  pauseSource(id: number): Promise<void>;
  resumeSource(id: number): Promise<void>;
  removeSource(id: number): Promise<void>;
  listReceipts(question: ReceiptQuestion): Promise<ReceiptPage>;
  checkNow(): Promise<void>;
  /** Whatever its state; what comes of it is told as events. */
  checkSource(id: number): Promise<void>;

  previewDigest(choice: DigestChoice): Promise<DigestPreview>;
  /** The path that was written; `null` when the user closed the dialog. */
  exportDigest(choice: DigestChoice, format: DigestFormat): Promise<string | null>;
  /** Opens it as a mail in the user's own mail program. */
  mailDigest(choice: DigestChoice): Promise<HandedOver>;
  /** Sends it at once, to each by itself, and keeps it among the editions. */
  sendDigest(choice: DigestChoice, to: string[]): Promise<SentDigest>;

  /** `null`: of the digest of the moment. */
  nextEdition(name: string | null): Promise<NextEdition>;
  /** All of these or none; answers with what the next edition has become. */
  curate(name: string | null, edits: CurationEdit[]): Promise<NextEdition>;

  listTemplates(): Promise<TemplateView[]>;
  /** On made-up digests; nothing is kept. */
  tryTemplate(name: string, text: string): Promise<TemplateTrial>;
  /** Opens the PDF that a text makes of a made-up digest. */
  openTemplateTrial(text: string): Promise<HandedOver>;
  /** What cannot be used is not kept; the trial says why. */
  saveTemplate(name: string, text: string): Promise<TemplateTrial>;
  resetTemplate(name: string): Promise<TemplateView>;

  listPlans(): Promise<PlanRow[]>;
  freshPlan(): Promise<PlanDraft>;
  /** `planned`: the plan is there already and is changed. */
  checkPlan(draft: PlanDraft, planned: boolean): Promise<PlanCheck>;
  savePlan(draft: PlanDraft, planned: boolean): Promise<PlanRow>;
  removePlan(name: string): Promise<void>;
  timeZones(): Promise<TimeZones>;
  readAddresses(text: string): Promise<TypedAddress[]>;

  /** `null`: of every digest. */
  listEditions(digest: string | null): Promise<EditionRow[]>;
  readEdition(id: number): Promise<DigestPreview>;
  exportEdition(id: number, format: DigestFormat): Promise<string | null>;
  openEdition(id: number, format: DigestFormat): Promise<HandedOver>;
  /** `null`: to wherever it did not arrive. How many are sent again. */
  sendAgain(id: number, destination: Destination | null): Promise<number>;

  loadMail(): Promise<MailDraft | null>;
  /** May take minutes, while the user unlocks the keyring. */
  passwordPlace(): Promise<PasswordPlace>;
  /** `null` leaves the password as it is. */
  saveMail(draft: MailDraft, password: string | null): Promise<void>;
  forgetMail(): Promise<void>;
  sendTest(to: string): Promise<SentTo>;
  chooseCertificates(): Promise<string | null>;

  /** Of all sources that have none of their own; empty for the system’s. */
  loadProxy(): Promise<string>;
  saveProxy(proxy: string): Promise<void>;

  loadSettings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;

  hideWindow(): Promise<void>;
  quit(): Promise<void>;

  /** Calls back for every event until the returned function is called. */
  listen(handle: (event: Event) => void): Promise<() => void>;
}

/** What a rejected call carries, whatever it was that went wrong. */
export function asCommandError(thrown: unknown): CommandError {
  if (typeof thrown === "object" && thrown !== null && "kind" in thrown) {
    return thrown as CommandError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: "failed", message };
}

/** The refusal in plain words. */
export function plainWords(thrown: unknown): string {
  const error = asCommandError(thrown);
  switch (error.kind) {
    case "query":
      return error.remark.message;
    case "field":
      return error.fault.message;
    default:
      return error.message;
  }
}
