// The one table of what can be commanded and with which keys. The key handler, the help overlay
// and the command palette are all derived from it.

export type Group = "moving" | "article" | "going" | "window" | "doing";

interface Entry {
  id: string;
  group: Group;
  /** Alternatives. A blank separates keys that are pressed one after the other. */
  keys: readonly string[];
}

export const COMMANDS = [
  { id: "next", group: "moving", keys: ["j", "ArrowDown"] },
  { id: "previous", group: "moving", keys: ["k", "ArrowUp"] },
  { id: "nextUnread", group: "moving", keys: ["n"] },
  { id: "previousUnread", group: "moving", keys: ["p"] },
  { id: "open", group: "moving", keys: ["o", "Enter"] },
  { id: "nextHit", group: "moving", keys: ["]"] },
  { id: "previousHit", group: "moving", keys: ["["] },

  { id: "toggleRead", group: "article", keys: ["m"] },
  { id: "toggleStar", group: "article", keys: ["s"] },
  { id: "openInBrowser", group: "article", keys: ["v"] },

  { id: "goInbox", group: "going", keys: ["g i"] },
  { id: "goFlagged", group: "going", keys: ["g f"] },
  { id: "goStarred", group: "going", keys: ["g r"] },
  { id: "goAlerts", group: "going", keys: ["g a"] },
  { id: "goTopics", group: "going", keys: ["g t"] },
  { id: "goSources", group: "going", keys: ["g s"] },
  { id: "goDigest", group: "going", keys: ["g d"] },
  { id: "goSettings", group: "going", keys: ["g ,"] },

  { id: "search", group: "window", keys: ["/"] },
  { id: "palette", group: "window", keys: ["Mod+k"] },
  { id: "help", group: "window", keys: ["?"] },
  { id: "undo", group: "window", keys: ["Mod+z"] },
  { id: "back", group: "window", keys: ["Escape"] },

  // Without keys: what changes many things at once, or is seldom wanted, is named in full.
  { id: "markListRead", group: "doing", keys: [] },
  { id: "checkNow", group: "doing", keys: [] },
  { id: "addFolder", group: "doing", keys: [] },
  { id: "addFeed", group: "doing", keys: [] },
  { id: "starterPacks", group: "doing", keys: [] },
  { id: "importFeeds", group: "doing", keys: [] },
  { id: "exportFeeds", group: "doing", keys: [] },
  { id: "newTopic", group: "doing", keys: [] },
  { id: "planDigest", group: "doing", keys: [] },
  { id: "editTemplates", group: "doing", keys: [] },
  { id: "mailSettings", group: "doing", keys: [] },
] as const satisfies readonly Entry[];

export type CommandId = (typeof COMMANDS)[number]["id"];
export type Command = Entry & { id: CommandId };

/** Where the letters stand on a keyboard whose own letters are not Latin. */
const CODES: Readonly<Record<string, string>> = {
  BracketLeft: "[",
  BracketRight: "]",
  Slash: "/",
  Comma: ",",
};

/** The key as the table writes it, or nothing if it can be no command's. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (event.isComposing) return undefined;
  if (event.altKey && !event.getModifierState("AltGraph")) return undefined;
  const key = plainKey(event);
  // AltGr is Ctrl+Alt on some platforms; then it only makes the character.
  const mod = (event.ctrlKey && !event.altKey) || event.metaKey;
  if (event.shiftKey && /^[a-z]$/.test(key)) return undefined;
  return mod ? `Mod+${key}` : key;
}

function plainKey({ key, code }: KeyboardEvent): string {
  if (key.length > 1) return key;
  if (key.charCodeAt(0) < 0x80) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter?.toLowerCase() ?? CODES[code] ?? key;
}

/** How long the first of two keys waits for the second. */
const WAITS_MS = 1_500;

/** Follows the keys and names the command that they make. */
export class KeySequence {
  #first: { key: string; at: number } | undefined;

  press(key: string, now: number): CommandId | undefined {
    const first = this.#first && now - this.#first.at < WAITS_MS ? this.#first.key : undefined;
    this.#first = undefined;
    const command = find(first === undefined ? key : `${first} ${key}`);
    if (!command && COMMANDS.some(({ keys }) => keys.some((k) => k.startsWith(`${key} `)))) {
      this.#first = { key, at: now };
    }
    return command;
  }
}

function find(keys: string): CommandId | undefined {
  return COMMANDS.find((command) => command.keys.some((each) => each === keys))?.id;
}

/** Whether bare letters belong to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

/** Whether Enter already has a meaning where the focus is. */
export function answersEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("button, a[href], summary, [role=option]");
}

/** Whether the arrows already have a meaning there: all but the window itself and its lists. */
export function answersArrows(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target !== document.body && !target.closest("[role=list]")
  );
}
