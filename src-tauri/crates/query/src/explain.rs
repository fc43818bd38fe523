//! Why a query is true of a text, or which clause keeps it from being true.

use crate::query::syntax::{Kind, Node};
use crate::query::{Context, resolve_part};
use crate::{Expr, Filter, Hit, Matcher, Query, QueryError, Scope, Text, Use};

/// The answer to "why?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the query is true of the text.
    pub matches: bool,
    /// The clauses of the query, each before its parts; the first is the whole.
    pub clauses: Vec<Clause>,
    /// For a near miss, the index of the one clause that failed.
    pub failing: Option<usize>,
}

/// A part of a query with its truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The part, in the wording of the query.
    pub clause: String,
    /// How deep it lies in the query; the whole query has depth 0.
    pub depth: usize,
    /// Whether it is true of the text.
    pub is_true: bool,
    /// The passages that make it true.
    pub hits: Vec<Hit>,
}

/// Explains what a text makes of a query.
///
/// ```
/// use wirewatch_query::{Context, Language, NoNames, Query, Text, Use, explain};
///
/// let context = Context { names: &NoNames, languages: &[Language::English], purpose: Use::Topic };
/// let query = Query::parse("russia AND (election OR vote)")?;
/// let text = Text { body: "Russia went to war.", ..Text::default() };
/// let explanation = explain(&query, &context, &text)?;
/// assert!(!explanation.matches);
/// let failing = &explanation.clauses[explanation.failing.expect("one clause failed")];
/// assert_eq!(failing.clause, "election OR vote");
/// # Ok::<(), wirewatch_query::QueryError>(())
/// ```
///
/// # Errors
/// As [`Query::resolve`].
pub fn explain(query: &Query, context: &Context<'_>, text: &Text<'_>) -> Result<Explanation, QueryError> {
    query.resolve(context.names, context.languages, context.purpose)?;
    let mut outline = Outline { context, parts: Vec::new() };
    if let Some(root) = query.root() {
        outline.add(root, 0, &[])?;
    }
    let Outline { parts, .. } = outline;
    let mut clauses: Vec<Clause> = Vec::with_capacity(parts.len());
    let mut exprs = Vec::with_capacity(parts.len());
    let mut kinds = Vec::with_capacity(parts.len());
    for part in parts {
        clauses.push(Clause {
            clause: part.node.to_string(),
            depth: part.depth,
            is_true: false,
            hits: Vec::new(),
        });
        exprs.push(part.expr);
        kinds.push(&part.node.kind);
    }
    for matched in Matcher::new(exprs).matches(text) {
        let clause = &mut clauses[matched.index];
        clause.is_true = true;
        clause.hits = matched.hits;
    }
    let matches = clauses.first().is_some_and(|whole| whole.is_true);
    let failing = if matches { None } else { failing(&clauses, &kinds) };
    Ok(Explanation { matches, clauses, failing })
}

/// A part of the query on its way to becoming a clause.
struct Part<'a> {
    node: &'a Node,
    depth: usize,
    expr: Expr,
}

struct Outline<'a> {
    context: &'a Context<'a>,
    parts: Vec<Part<'a>>,
}

impl<'a> Outline<'a> {
    /// Adds a part that stands within scopes, outermost first, and what it is made of.
    fn add(&mut self, node: &'a Node, depth: usize, scopes: &[Scope]) -> Result<(), QueryError> {
        let expr = resolve_part(node, self.context)?;
        let scoped = scopes.iter().rev().fold(expr, |expr, scope| Expr::In(*scope, Box::new(expr)));
        self.parts.push(Part { node, depth, expr: scoped });
        match &node.kind {
            // A scope is no clause of its own: what it holds is asked within it.
            Kind::In(scope, part) => {
                let scopes = [scopes, &[*scope]].concat();
                part.kind
                    .parts()
                    .filter(|_| divides(&part.kind))
                    .try_for_each(|part| self.add(part, depth + 1, &scopes))
            }
            Kind::Filter(Filter::Topic(name)) if self.context.purpose == Use::Topic => {
                let named = self.context.names.topic(name).and_then(Query::root);
                named.map_or(Ok(()), |root| self.add(root, depth + 1, scopes))
            }
            kind if divides(kind) => kind.parts().try_for_each(|part| self.add(part, depth + 1, scopes)),
            _ => Ok(()),
        }
    }
}

/// Whether the truth of a part follows from that of its own parts.
fn divides(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::And(..) | Kind::Or(_) | Kind::Not(_) | Kind::Near { .. } | Kind::AtLeast(..) | Kind::Score(..)
    )
}

/// The one clause to blame: down from the whole, as long as exactly one part of an AND is false.
fn failing(clauses: &[Clause], kinds: &[&Kind]) -> Option<usize> {
    let mut at = 0;
    while let Some(Kind::And(..)) = kinds.get(at) {
        let depth = clauses[at].depth + 1;
        let below = clauses.iter().enumerate().skip(at + 1).take_while(|(_, clause)| clause.depth >= depth);
        let mut false_parts = below.filter(|(_, clause)| clause.depth == depth && !clause.is_true);
        match (false_parts.next(), false_parts.next()) {
            (Some((only, _)), None) => at = only,
            _ => return None,
        }
    }
    // A query of one clause that failed is no near miss.
    (at > 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, Lookup, NoNames};

    fn explained(query: &str, names: &dyn Lookup, body: &str) -> Explanation {
        let context = Context { names, languages: &[Language::English], purpose: Use::Topic };
        let query = Query::parse(query).expect(query);
        explain(&query, &context, &Text { title: "Title", body, ..Text::default() }).expect("an explanation")
    }

    /// The clauses as an outline: depth, truth, wording, passages.
    fn outline(explanation: &Explanation, body: &str) -> Vec<String> {
        let line = |clause: &Clause| {
            let hits: Vec<&str> = clause.hits.iter().map(|hit| &body[hit.start..hit.end]).collect();
            let truth = if clause.is_true { "+" } else { "-" };
            format!("{}{truth} {} [{}]", "  ".repeat(clause.depth), clause.clause, hits.join(", "))
        };
        explanation.clauses.iter().map(line).collect()
    }

    #[test]
    fn clauses_tell_their_truth_in_the_wording_of_the_query() {
        let body = "Russia denied the hacking of the vote.";
        let explanation = explained("russia AND (hack NEAR/3 vote OR meddl*) NOT trump", &NoNames, body);
        assert!(explanation.matches && explanation.failing.is_none());
        assert_eq!(
            outline(&explanation, body),
            [
                "+ russia AND (hack NEAR/3 vote OR meddl*) AND NOT trump [Russia, hacking, vote]",
                "  + russia [Russia]",
                "  + hack NEAR/3 vote OR meddl* [hacking, vote]",
                "    + hack NEAR/3 vote [hacking, vote]",
                "      + hack [hacking]",
                "      + vote [vote]",
                "    - meddl* []",
                "  + NOT trump []",
                "    - trump []",
            ]
        );
    }

    #[test]
    fn a_near_miss_names_the_clause_that_failed() {
        let cases = [
            ("russia AND election AND vote", Some("election")),
            ("russia AND election AND meddling", None),
            ("russia AND (vote AND (denied AND election))", Some("election")),
            ("russia NOT vote", Some("NOT vote")),
            ("election", None),
            ("russia AND title:vote", Some("title:vote")),
        ];
        for (query, expected) in cases {
            let explanation = explained(query, &NoNames, "Russia denied the vote.");
            let failing = explanation.failing.map(|at| explanation.clauses[at].clause.as_str());
            assert_eq!(failing, expected, "{query}");
        }
    }

    #[test]
    fn clauses_within_a_scope_are_asked_within_it() {
        let body = "Russia denied the vote.";
        let explanation = explained("title:(russia OR title) AND body:vote", &NoNames, body);
        let truths: Vec<(&str, bool)> =
            explanation.clauses.iter().map(|clause| (clause.clause.as_str(), clause.is_true)).collect();
        assert_eq!(
            truths,
            [
                ("title:(russia OR title) AND body:vote", true),
                ("title:(russia OR title)", true),
                ("russia", false),
                ("title", true),
                ("body:vote", true),
            ]
        );
    }

    #[test]
    fn named_topics_are_opened() {
        struct One(Query);
        impl Lookup for One {
            fn list(&self, _: &str) -> Option<&Query> {
                None
            }
            fn topic(&self, name: &str) -> Option<&Query> {
                (name == "election").then_some(&self.0)
            }
        }
        let names = One(Query::parse("election OR vote").expect("a query"));
        let explanation = explained("russia topic:election", &names, "Russia denied the vote.");
        let clauses: Vec<&str> = explanation.clauses.iter().map(|clause| clause.clause.as_str()).collect();
        assert_eq!(
            clauses,
            ["russia AND topic:election", "russia", "topic:election", "election OR vote", "election", "vote"]
        );
        assert!(explanation.matches);
    }
}
