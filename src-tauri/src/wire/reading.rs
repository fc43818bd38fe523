//! An article for the reader: its text cut where hits begin and end.

use std::ops::Range;

use wirewatch_model::{Article, Field, Match, TopicId};

use super::convert::count;
use super::{ArticleRow, ArticleView, MatchView, Segment, StoryView};

impl ArticleView {
    /// An article with its row in lists and its story; `name` tells the names of topics.
    pub(crate) fn new(
        article: Article,
        row: ArticleRow,
        story: StoryView,
        name: impl Fn(&TopicId) -> String,
    ) -> ArticleView {
        let Article { content, matches, revisions, .. } = article;
        let hits = |field| passages(&matches, field);
        let body = hits(Field::Body);
        ArticleView {
            row,
            title: cut(&content.title, 0..content.title.len(), &hits(Field::Title)),
            lead: content
                .lead
                .as_deref()
                .map_or_else(Vec::new, |lead| cut(lead, 0..lead.len(), &hits(Field::Lead))),
            paragraphs: paragraphs(&content.text)
                .into_iter()
                .map(|paragraph| cut(&content.text, paragraph, &body))
                .collect(),
            story,
            matches: matches.iter().map(|one| MatchView::new(one, name(&one.topic))).collect(),
            authors: content.authors,
            publisher: content.publisher,
            url: content.url,
            language: content.language,
            labels: content.labels,
            summary_only: content.summary_only,
            problems: content.problems.into_iter().map(|problem| problem.message).collect(),
            revisions: count(revisions.len() as u64),
        }
    }
}

impl MatchView {
    fn new(one: &Match, name: String) -> MatchView {
        MatchView {
            topic: one.topic.to_string(),
            name,
            version: count(one.version.0.unsigned_abs()),
            sentence: one.sentence.clone(),
            hits: count(one.hits.len() as u64),
        }
    }
}

/// A passage that a topic watches for.
struct Passage<'a> {
    range: Range<usize>,
    topic: &'a TopicId,
}

fn passages(matches: &[Match], field: Field) -> Vec<Passage<'_>> {
    matches
        .iter()
        .flat_map(|one| one.hits.iter().map(move |hit| (hit, &one.topic)))
        .filter(|(hit, _)| hit.field == field)
        .map(|(hit, topic)| Passage { range: hit.start..hit.end, topic })
        .collect()
}

/// Where the paragraphs are: blank lines separate them, white space around them is left out.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            found.extend(open.take());
        } else {
            let start = at + (line.len() - line.trim_start().len());
            let end = start + words.len();
            open = Some(open.map_or(start, |paragraph| paragraph.start)..end);
        }
        at += line.len();
    }
    found.extend(open);
    found
}

/// Cuts a part of a text where passages begin and end; a piece carries every topic that covers it.
/// Passages that do not fit the text (it changed since it was matched) are clipped or left out.
fn cut(text: &str, part: Range<usize>, passages: &[Passage<'_>]) -> Vec<Segment> {
    let fitting: Vec<(Range<usize>, &TopicId)> = passages
        .iter()
        .map(|one| (one.range.start.max(part.start)..one.range.end.min(part.end), one.topic))
        .filter(|(range, _)| !range.is_empty() && text.get(range.clone()).is_some())
        .collect();
    let mut edges: Vec<usize> = fitting.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    edges.extend([part.start, part.end]);
    edges.sort_unstable();
    edges.dedup();

    let mut segments: Vec<Segment> = Vec::new();
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        let Some(piece) = text.get(*start..*end) else { continue };
        let mut topics: Vec<String> = Vec::new();
        for (range, topic) in &fitting {
            if range.contains(start) && !topics.iter().any(|known| known == topic.as_str()) {
                topics.push(topic.to_string());
            }
        }
        match segments.last_mut() {
            // Overlapping passages of one topic are one to the eye.
            Some(last) if last.topics == topics => last.text.push_str(piece),
            _ => segments.push(Segment { text: piece.to_owned(), topics }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, hits: &[(&str, Range<usize>)]) -> String {
        let topics: Vec<TopicId> = hits.iter().map(|(topic, _)| TopicId::from_name(topic)).collect();
        let passages: Vec<Passage<'_>> = hits
            .iter()
            .zip(&topics)
            .map(|((_, range), topic)| Passage { range: range.clone(), topic })
            .collect();
        cut(text, 0..text.len(), &passages)
            .iter()
            .map(|segment| match segment.topics.is_empty() {
                true => segment.text.clone(),
                false => format!("[{}:{}]", segment.topics.join("+"), segment.text),
            })
            .collect()
    }

    #[test]
    fn a_text_is_cut_where_hits_begin_and_end() {
        for (hits, want, why) in [
            (vec![], "Lavrov meets Pompeo", "no hit, no cut"),
            (vec![("a", 0..6)], "[a:Lavrov] meets Pompeo", "at the start"),
            (vec![("a", 13..19)], "Lavrov meets [a:Pompeo]", "at the end"),
            (vec![("a", 0..12), ("b", 7..19)], "[a:Lavrov ][a+b:meets][b: Pompeo]", "overlap of two topics"),
            (vec![("a", 0..12), ("a", 7..19)], "[a:Lavrov meets Pompeo]", "overlap of one topic"),
            (vec![("a", 0..6), ("a", 0..6)], "[a:Lavrov] meets Pompeo", "the same twice"),
            (vec![("a", 13..99)], "Lavrov meets [a:Pompeo]", "beyond the end is clipped"),
            (vec![("a", 40..50)], "Lavrov meets Pompeo", "not in the text at all"),
        ] {
            assert_eq!(shown("Lavrov meets Pompeo", &hits), want, "{why}");
        }
        assert_eq!(shown("Лавров", &[("a", 0..3)]), "Лавров", "a hit inside a letter is left out");
    }

    #[test]
    fn paragraphs_keep_their_places() {
        for (text, want) in [
            ("", vec![]),
            ("one", vec!["one"]),
            ("one\n\ntwo", vec!["one", "two"]),
            ("\n\n one\nmore \n \n\n\ttwo\n", vec!["one\nmore", "two"]),
            ("один\r\n\r\nдва", vec!["один", "два"]),
        ] {
            let found: Vec<&str> = paragraphs(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, want, "{text:?}");
        }
    }

    #[test]
    fn hits_of_the_second_paragraph_are_marked_in_it() {
        let text = "First.\n\nThen Lavrov spoke.";
        let topic = TopicId::from_name("a");
        let passages = [Passage { range: 13..19, topic: &topic }];
        let second = paragraphs(text).remove(1);
        let texts: Vec<_> = cut(text, second, &passages).into_iter().map(|segment| segment.text).collect();
        assert_eq!(texts, ["Then ", "Lavrov", " spoke."]);
    }
}
