import { describe, expect, it } from "vitest";
import { COMMANDS, keyName, KeySequence } from "../../src/state/keymap";
import { KeyReader } from "../../src/state/keys";

function pressed(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent("keydown", { key, ...more });
}

describe("keys", () => {
  it.each([
    ["j", {}, "j"],
    ["о", { code: "KeyJ" }, "j"],
    ["Ж", { code: "Semicolon", shiftKey: true }, "Ж"],
    ["ξ", { code: "KeyJ" }, "j"],
    ["х", { code: "BracketLeft" }, "["],
    ["J", {}, "j"],
    ["J", { shiftKey: true }, undefined],
    ["?", { shiftKey: true }, "?"],
    ["[", { modifierAltGraph: true, altKey: true, ctrlKey: true }, "["],
    ["k", { ctrlKey: true }, "Mod+k"],
    ["k", { metaKey: true }, "Mod+k"],
    ["л", { code: "KeyK", ctrlKey: true }, "Mod+k"],
    ["j", { altKey: true }, undefined],
    ["j", { isComposing: true }, undefined],
    ["Escape", {}, "Escape"],
  ])("%s %o is %s", (key, more, name) => {
    expect(keyName(pressed(key, more))).toBe(name);
  });

  it("make a command of two, within a moment", () => {
    const keys = new KeySequence();
    expect(keys.press("g", 0)).toBeUndefined();
    expect(keys.press("i", 500)).toBe("goInbox");
    keys.press("g", 1_000);
    expect(keys.press("s", 9_000), "too late: the second key stands alone").toBe("toggleStar");
  });

  it("start anew after a second key that means nothing", () => {
    const keys = new KeySequence();
    keys.press("g", 0);
    expect(keys.press("q", 10)).toBeUndefined();
    expect(keys.press("j", 20)).toBe("next");
  });

  it("belong to text fields while somebody types", () => {
    const reader = new KeyReader();
    const field = document.createElement("input");
    const inField = (key: string, more: KeyboardEventInit = {}) => {
      const event = pressed(key, more);
      field.dispatchEvent(event);
      return reader.press(event);
    };
    expect(inField("j")).toBeUndefined();
    expect(inField("z", { ctrlKey: true }), "the field has its own undo").toBeUndefined();
    expect(inField("k", { ctrlKey: true })).toBe("palette");
    expect(inField("Escape")).toBe("back");
  });

  it("leave Enter to the button that has the focus", () => {
    const button = document.createElement("button");
    const event = pressed("Enter");
    button.dispatchEvent(event);
    expect(new KeyReader().press(event)).toBeUndefined();
    expect(new KeyReader().press(pressed("Enter"))).toBe("open");
  });
});

describe("the keymap", () => {
  const keys = COMMANDS.flatMap((command) => [...command.keys] as string[]);

  it("gives no key to two commands", () => {
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has no key that begins another", () => {
    const firsts = keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
    expect(keys.filter((key) => firsts.includes(key))).toEqual([]);
  });

  it("puts nothing that changes many articles on a key", () => {
    expect(COMMANDS.find(({ id }) => id === "markListRead")?.keys).toEqual([]);
  });
});
