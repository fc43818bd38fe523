//! A query in plain words, as one sentence and as an outline.

mod filter;
mod noun;

use noun::{Noun, noun};

use crate::query::Context;
use crate::query::syntax::{Kind, Node};
use crate::{Query, Scope, Within};

/// A part of a query in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The part whole, in one phrase without a full stop.
    pub text: String,
    /// What is asked of its parts, to stand above them in an outline; empty if it has none.
    pub heading: String,
    /// First byte of its place in the query's text.
    pub start: usize,
    /// One past the last byte of its place.
    pub end: usize,
    /// What it is made of, in the order of the text.
    pub parts: Vec<Description>,
}

impl Query {
    /// Says in plain words what the query asks for.
    ///
    /// Names that lead nowhere are described by their name alone: resolving complains of them.
    ///
    /// ```
    /// use wirewatch_query::{Context, Language, NoNames, Query, Use};
    ///
    /// let context = Context { names: &NoNames, languages: &[Language::English], purpose: Use::Topic };
    /// let query = Query::parse("sanction NEAR/8 (Russia OR Moscow) NOT title:football")?;
    /// assert_eq!(
    ///     query.describe(&context).text,
    ///     "the word sanction in any form, within 8 words of Russia or Moscow in any form; \
    ///      not in the title: the word football in any form"
    /// );
    /// # Ok::<(), wirewatch_query::QueryError>(())
    /// ```
    pub fn describe(&self, context: &Context<'_>) -> Description {
        let nothing = || Description {
            text: "nothing".into(),
            heading: String::new(),
            start: 0,
            end: 0,
            parts: vec![],
        };
        self.root().map_or_else(nothing, |root| Describer { context }.outline(root))
    }
}

/// Says in plain words what one part asks for.
pub(crate) fn describe_part(node: &Node, context: &Context<'_>) -> String {
    Describer { context }.text(node)
}

struct Describer<'a> {
    context: &'a Context<'a>,
}

impl Describer<'_> {
    fn outline(&self, node: &Node) -> Description {
        let parts: Vec<Description> = node.kind.parts().map(|part| self.outline(part)).collect();
        Description {
            text: self.text(node),
            heading: if parts.is_empty() { String::new() } else { heading(&node.kind) },
            start: node.span.start,
            end: node.span.end,
            parts,
        }
    }

    fn text(&self, node: &Node) -> String {
        match &node.kind {
            Kind::And(parts, _) => self.each(parts).join("; "),
            _ => self.clause(node),
        }
    }

    /// A part in words that can stand between semicolons.
    fn clause(&self, node: &Node) -> String {
        if let Some(noun) = noun(node, self.context) {
            return noun.full();
        }
        match &node.kind {
            Kind::Near { left, right, within, ordered } => {
                near(&self.inner(left), &self.inner(right), *within, *ordered)
            }
            Kind::AtLeast(count, part) => format!("at least {} {}", times(*count), self.inner(part)),
            Kind::Score(threshold, terms) => self.score(*threshold, terms),
            Kind::And(parts, _) => self.each(parts).join(" and "),
            Kind::Or(parts) => self.any(parts),
            Kind::Not(part) => self.not(part),
            Kind::In(scope, part) => format!("in the {}: {}", scope_name(*scope), self.inner(part)),
            Kind::Filter(filter) => filter::words(filter, self.context.purpose),
            Kind::Word { .. } | Kind::Phrase(_) | Kind::Exact(_) | Kind::List(_) => String::new(),
        }
    }

    /// A part in words that can stand inside another clause.
    fn inner(&self, node: &Node) -> String {
        match node.kind {
            Kind::And(..) | Kind::Near { .. } | Kind::Not(_) | Kind::Score(..) => {
                format!("({})", self.clause(node))
            }
            _ => self.clause(node),
        }
    }

    /// The parts of an AND: alternatives among them need brackets, or nobody sees where they end.
    fn each(&self, parts: &[Node]) -> Vec<String> {
        let one = |part: &Node| match part.kind {
            Kind::And(..) => format!("({})", self.clause(part)),
            _ => self.clause(part),
        };
        parts.iter().map(one).collect()
    }

    fn any(&self, parts: &[Node]) -> String {
        let nouns: Option<Vec<Noun>> = parts.iter().map(|part| noun(part, self.context)).collect();
        if let Some(text) = nouns.as_deref().and_then(noun::alike) {
            return text;
        }
        let one =
            |part: &Node| noun(part, self.context).map_or_else(|| self.inner(part), |noun| noun.short());
        listed(&parts.iter().map(one).collect::<Vec<_>>(), "or")
    }

    fn not(&self, part: &Node) -> String {
        match &part.kind {
            Kind::In(scope, part) => format!("not in the {}: {}", scope_name(*scope), self.inner(part)),
            Kind::Or(_) => format!("none of these: {}", self.clause(part)),
            _ => format!("not {}", self.inner(part)),
        }
    }

    fn score(&self, threshold: u32, terms: &[(Node, u32)]) -> String {
        let one = |(term, weight): &(Node, u32)| format!("{} counts {weight}", self.inner(term));
        let terms: Vec<String> = terms.iter().map(one).collect();
        format!("a score of {threshold} or more, where {}, each up to three times", listed(&terms, "and"))
    }
}

fn heading(kind: &Kind) -> String {
    match kind {
        Kind::Near { within, ordered, .. } => {
            let place = match within {
                Within::Words(0) => "side by side".to_owned(),
                Within::Words(most) => format!("within {} of each other", number_of(*most, "word")),
                Within::Sentence => "in one sentence".to_owned(),
                Within::Paragraph => "in one paragraph".to_owned(),
            };
            format!("{place}{}", if *ordered { ", in this order" } else { "" })
        }
        Kind::AtLeast(count, _) => format!("at least {}", times(*count)),
        Kind::Score(threshold, _) => format!("a score of {threshold} or more"),
        Kind::And(..) => "all of these".to_owned(),
        Kind::Or(_) => "any of these".to_owned(),
        Kind::Not(_) => "not".to_owned(),
        Kind::In(scope, _) => format!("in the {}", scope_name(*scope)),
        Kind::Word { .. } | Kind::Phrase(_) | Kind::Exact(_) | Kind::List(_) | Kind::Filter(_) => {
            String::new()
        }
    }
}

fn near(left: &str, right: &str, within: Within, ordered: bool) -> String {
    match (within, ordered) {
        (Within::Words(0), false) => format!("{left}, side by side with {right}"),
        (Within::Words(0), true) => format!("{left}, directly followed by {right}"),
        (Within::Words(most), false) => {
            format!("{left}, within {} of {right}", number_of(most, "word"))
        }
        (Within::Words(most), true) => {
            format!("{left}, followed within {} by {right}", number_of(most, "word"))
        }
        (Within::Sentence, false) => format!("{left}, in one sentence with {right}"),
        (Within::Sentence, true) => format!("{left}, followed in the same sentence by {right}"),
        (Within::Paragraph, false) => format!("{left}, in one paragraph with {right}"),
        (Within::Paragraph, true) => format!("{left}, followed in the same paragraph by {right}"),
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Title => "title",
        Scope::Lead => "lead",
        Scope::Body => "body",
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn number_of(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// `a, b or c`.
fn listed(items: &[String], joint: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {joint} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
