import type { App } from "../../state/app.svelte";
import { COMMANDS, type CommandId } from "../../state/keymap";
import { strings } from "../../strings";

export interface PaletteEntry {
  id: string;
  text: string;
  keys: string | null;
  run: () => void;
}

/** All commands, then every topic and source as a place to go to. */
export function paletteEntries(app: App, commands: Record<CommandId, () => void>): PaletteEntry[] {
  return [
    ...COMMANDS.filter(({ id }) => id !== "palette" && id !== "back").map(({ id, keys }) => ({
      id,
      text: strings.commands[id],
      keys: keys[0] ?? null,
      run: commands[id],
    })),
    ...app.library.topics.map(({ id, name }) => ({
      id: `topic ${id}`,
      text: strings.palette.topic(name),
      keys: null,
      run: () => app.go({ screen: "articles", scope: { kind: "topic", id } }),
    })),
    ...app.sources.rows.map(({ id, name }) => ({
      id: `source ${id}`,
      text: strings.palette.source(name),
      keys: null,
      run: () => app.go({ screen: "articles", scope: { kind: "source", id } }),
    })),
  ];
}

/** The entries that hold every typed word, in any order. */
export function filtered(entries: PaletteEntry[], typed: string): PaletteEntry[] {
  const words = typed.toLowerCase().split(/\s+/);
  return entries.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
}
