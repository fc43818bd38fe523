export interface Mark<Tone> {
  start: number;
  end: number;
  tone: Tone;
}

export interface Piece<Tone> {
  text: string;
  tone: Tone | null;
}

/**
 * Cuts a text where marks begin and end. Where marks overlap the earlier one wins; one that lies
 * beyond the text, as that of something missing, marks the last character.
 */
export function pieces<Tone>(text: string, marks: readonly Mark<Tone>[]): Piece<Tone>[] {
  const found: Piece<Tone>[] = [];
  let at = 0;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(at, Math.min(mark.start, text.length - 1));
    const end = Math.min(text.length, Math.max(mark.end, start + 1));
    if (end <= start) continue;
    if (start > at) found.push({ text: text.slice(at, start), tone: null });
    found.push({ text: text.slice(start, end), tone: mark.tone });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), tone: null });
  return found;
}
