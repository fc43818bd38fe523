// Numbering the marked passages of an article, so that they can be walked through in order.

import type { ArticleView } from "../host/bindings/ArticleView";
import type { Segment } from "../host/bindings/Segment";

/** A piece of text; `hit` counts the marked ones from 0 through the whole article. */
export interface Piece {
  text: string;
  topics: string[];
  hit: number | null;
}

export interface MarkedText {
  title: Piece[];
  lead: Piece[];
  paragraphs: Piece[][];
  /** The topics of each hit, in order. */
  hits: string[][];
}

export function numbered(view: ArticleView): MarkedText {
  const hits: string[][] = [];
  const pieces = (segments: Segment[]): Piece[] =>
    segments.map(({ text, topics }) => ({
      text,
      topics,
      hit: topics.length > 0 ? hits.push(topics) - 1 : null,
    }));
  return {
    title: pieces(view.title),
    lead: pieces(view.lead),
    paragraphs: view.paragraphs.map(pieces),
    hits,
  };
}
