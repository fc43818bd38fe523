import { mount } from "svelte";
import AppView from "./App.svelte";
import type { Host } from "./host/host";
import { App } from "./state/app.svelte";
import { lastTheme } from "./state/settings.svelte";
import { strings } from "./strings";
import "./styles/tokens.css";
import "./styles/base.css";

// Before the first paint, so that a dark window does not flash white.
document.documentElement.dataset.theme = lastTheme();

const target = document.getElementById("app");
const host = await openHost();
if (target && host) {
  const app = new App(host);
  mount(AppView, { target, props: { app } });
  void app.start();
} else if (target) {
  target.textContent = strings.notInShell;
}

/** The shell if it is there; in development, the stand-in. The shipped window holds no stand-in. */
async function openHost(): Promise<Host | undefined> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./host/tauri")).tauriHost;
  if (!import.meta.env.DEV) return undefined;
  const { FakeHost } = await import("./host/fake");
  const articles = new URLSearchParams(location.search).get("articles");
  return new FakeHost(articles === null ? {} : { articles: Number(articles) });
}
