// Small things that the window keeps for itself: widths of panes, the last place. Storage may be
// forbidden, full or hold somebody else's idea of the value; none of that may keep the window
// from opening, so everything here falls back in silence.

const PREFIX = "wirewatch.";

export function recall<T>(name: string, isValid: (value: unknown) => value is T, otherwise: T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    if (text === null) return otherwise;
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Not being able to remember is no reason to stop.
  }
}
