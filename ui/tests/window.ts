// A window for tests: the real screens over a stand-in host.

import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import AppView from "../src/App.svelte";
import { FakeHost, type FakeOptions } from "../src/host/fake";
import { App } from "../src/state/app.svelte";

export const NOW = Date.parse("2026-03-04T09:00:00Z");

export interface TestWindow {
  host: FakeHost;
  app: App;
  all: (testid: string) => HTMLElement[];
  one: (testid: string) => HTMLElement;
}

export async function openWindow(
  options: FakeOptions = {},
  prepare: (host: FakeHost) => void = () => {},
): Promise<TestWindow> {
  const host = new FakeHost({ articles: 60, now: NOW, ...options });
  prepare(host);
  const app = new App(host);
  const { getByTestId, queryAllByTestId } = render(AppView, { props: { app } });
  await app.start();
  await settled();
  return { host, app, all: (id) => queryAllByTestId(id), one: (id) => getByTestId(id) };
}

/** Lets answers of the host arrive and the window draw them. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 8; round++) await Promise.resolve();
  await tick();
}

/** A promise that the test answers when it likes. */
export function answerLater<T>(): { promise: Promise<T>; answer: (value: T) => void } {
  let answer: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => (answer = resolve));
  return { promise, answer };
}
