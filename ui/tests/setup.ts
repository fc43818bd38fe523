// What jsdom lacks of a browser, as far as the window asks for it.

import { afterEach, beforeEach, vi } from "vitest";

class NoResizes implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("ResizeObserver", NoResizes);
  Element.prototype.scrollIntoView = vi.fn();
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
