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

  listArticles: (scope, after, limit) => invoke("list_articles", { scope, after, limit }),
  readArticle: (id) => invoke("read_article", { id }),
  markRead: (ids, read) => invoke("mark_read", { ids, read }),
  star: (id, starred) => invoke("star", { id, starred }),
  openInBrowser: (id) => invoke("open_in_browser", { id }),

  listAlerts: (limit) => invoke("list_alerts", { limit }),
  seeAlerts: (ids) => invoke("see_alerts", { ids }),
  pauseAlerts: (minutes) => invoke("pause_alerts", { minutes }),

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
  addFolder: (path, alertExisting) => invoke("add_folder", { path, alertExisting }),
  addFeed: (address) => invoke("add_feed", { address }),
  removeSource: (id) => invoke("remove_source", { id }),
  checkNow: () => invoke("check_now"),

  previewDigest: (hours) => invoke("preview_digest", { hours }),
  exportDigest: (hours, format) => invoke("export_digest", { hours, format }),

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
