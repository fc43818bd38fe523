import { beforeEach, describe, expect, it, vi } from "vitest";
import { Toasts } from "../../src/state/toasts.svelte";

let toasts: Toasts;
const undo = vi.fn();
const settle = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  toasts = new Toasts();
  toasts.offerUndo("Removed", undo, settle);
});

describe("a toast with a way back", () => {
  it("settles when it leaves by itself", () => {
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toEqual([]);
    expect(settle).toHaveBeenCalledOnce();
    expect(undo).not.toHaveBeenCalled();
  });

  it("is undone or settled, never both", () => {
    toasts.undoLast();
    toasts.undoLast();
    vi.advanceTimersByTime(60_000);
    expect(undo).toHaveBeenCalledOnce();
    expect(settle).not.toHaveBeenCalled();
  });

  it("stays while the pointer rests on it", () => {
    const id = toasts.list[0]?.id ?? -1;
    toasts.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toHaveLength(1);
    toasts.release(id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toHaveLength(0);
  });

  it("can be reached under a later notice", () => {
    toasts.say("Something else");
    toasts.undoLast();
    expect(undo).toHaveBeenCalledOnce();
  });
});
