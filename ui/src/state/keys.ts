import {
  answersArrows,
  answersEnter,
  isTyping,
  keyName,
  KeySequence,
  type CommandId,
} from "./keymap";

/** Turns key events into commands, and leaves alone what belongs to the focused element. */
export class KeyReader {
  #sequence = new KeySequence();

  press(event: KeyboardEvent): CommandId | undefined {
    const key = keyName(event);
    if (key === undefined || event.defaultPrevented) return undefined;
    const isBare = !key.startsWith("Mod+") && key !== "Escape";
    if (isTyping(event.target) && (isBare || key === "Mod+z")) return undefined;
    if (key === "Enter" && answersEnter(event.target)) return undefined;
    if (key.startsWith("Arrow") && answersArrows(event.target)) return undefined;
    return this.#sequence.press(key, event.timeStamp);
  }
}
