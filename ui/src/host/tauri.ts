// The shell behind the door. The only file that knows Tauri.

import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Event } from "./bindings/Event";
import type { WorkProgress } from "./bindings/WorkProgress";
import type { Host } from "./host";

/** The channel on which the shell tells what changed. */
const EVENTS = "wirewatch";

export const tauriHost: Host = {
  overview: () => invoke("overview"),

  foundPassages: (query, ids) => invoke("found_passages", { query, ids }),
  listArticles: (scope, after, limit) => invoke("list_articles", { scope, after, limit }),
  readArticle: (id) => invoke("read_article", { id }),
  markRead: (ids, read) => invoke("mark_read", { ids, read }),
  star: (id, starred) => invoke("star", { id, starred }),
  openInBrowser: (id) => invoke("open_in_browser", { id }),

  listAlerts: (limit) => invoke("list_alerts", { limit }),
  seeAlerts: (ids) => invoke("see_alerts", { ids }),
  pauseAlerts: (span) => invoke("pause_alerts", { span }),
  snoozeTopic: (id, span) => invoke("snooze_topic", { id, span }),
  setTopicBudget: (id, budget) => invoke("set_topic_budget", { id, budget }),
  setSourceLevel: (id, level) => invoke("set_source_level", { id, level }),
  loadAlertRules: () => invoke("load_alert_rules"),
  saveAlertRules: (rules) => invoke("save_alert_rules", { rules }),

  splitStory: (articles) => invoke("split_story", { articles }),
  mergeStories: (stories) => invoke("merge_stories", { stories }),

  checkQuery: (draft) => invoke("check_query", { draft }),
  backTest: (draft, days, progress) =>
    invoke("back_test", { draft, days, progress: new Channel<WorkProgress>(progress) }),
  stopBackTest: () => invoke("stop_back_test"),
  topicDetail: (id) => invoke("topic_detail", { id }),
  saveTopic: (draft) => invoke("save_topic", { draft }),
  applyTopic: (id) => invoke("apply_topic", { id }),
  undoTopic: (id) => invoke("undo_topic", { id }),
  importQuery: (tool, query) => invoke("import_query", { tool, query }),
  removeTopic: (id) => invoke("remove_topic", { id }),

  chooseFolder: () => invoke("choose_folder"),
  previewSource: (draft) => invoke("preview_source", { draft }),
  addSources: (drafts) => invoke("add_sources", { drafts }),
  importFeeds: () => invoke("import_feeds"),
  exportFeeds: () => invoke("export_feeds"),
  listStarterPacks: () => invoke("list_starter_packs"),
  addStarters: (pack, addresses) => invoke("add_starters", { pack, addresses }),
  sourceDetail: (id) => invoke("source_detail", { id }),
  changeSource: (id, settings, password) => invoke("change_source", { id, settings, password }),
  pauseSource: (id) => invoke("pause_source", { id }),
  resumeSource: (id) => invoke("resume_source", { id }),
  removeSource: (id) => invoke("remove_source", { id }),
  listReceipts: (question) => invoke("list_receipts", { question }),
  checkNow: () => invoke("check_now"),
  checkSource: (id) => invoke("check_source", { id }),

  previewDigest: (choice) => invoke("preview_digest", { choice }),
  exportDigest: (choice, format) => invoke("export_digest", { choice, format }),
  mailDigest: (choice) => invoke("mail_digest", { choice }),
  sendDigest: (choice, to) => invoke("send_digest", { choice, to }),

  nextEdition: (name) => invoke("next_edition", { name }),
  curate: (name, edits) => invoke("curate", { name, edits }),

  listTemplates: () => invoke("list_templates"),
  tryTemplate: (name, text) => invoke("try_template", { name, text }),
  openTemplateTrial: (text) => invoke("open_template_trial", { text }),
  saveTemplate: (name, text) => invoke("save_template", { name, text }),
  resetTemplate: (name) => invoke("reset_template", { name }),

  listPlans: () => invoke("list_plans"),
  freshPlan: () => invoke("fresh_plan"),
  checkPlan: (draft, planned) => invoke("check_plan", { draft, planned }),
  savePlan: (draft, planned) => invoke("save_plan", { draft, planned }),
  removePlan: (name) => invoke("remove_plan", { name }),
  timeZones: () => invoke("time_zones"),
  readAddresses: (text) => invoke("read_addresses", { text }),

  listEditions: (digest) => invoke("list_editions", { digest }),
  readEdition: (id) => invoke("read_edition", { id }),
  exportEdition: (id, format) => invoke("export_edition", { id, format }),
  openEdition: (id, format) => invoke("open_edition", { id, format }),
  sendAgain: (id, destination) => invoke("send_again", { id, destination }),

  loadMail: () => invoke("load_mail"),
  passwordPlace: () => invoke("password_place"),
  saveMail: (draft, password) => invoke("save_mail", { draft, password }),
  forgetMail: () => invoke("forget_mail"),
  sendTest: (to) => invoke("send_test", { to }),
  chooseCertificates: () => invoke("choose_certificates"),

  loadProxy: () => invoke("load_proxy"),
  saveProxy: (proxy) => invoke("save_proxy", { proxy }),

  loadSettings: () => invoke("load_settings"),
  saveSettings: (settings) => invoke("save_settings", { settings }),

  hideWindow: () => invoke("hide_window"),
  quit: () => invoke("quit"),

  listen: async (handle) => {
    const stop = await listen<Event>(EVENTS, (event) => handle(event.payload));
    // What the shell had to say before anybody listened.
    (await invoke<Event[]>("window_listens")).forEach(handle);
    return stop;
  },
};
