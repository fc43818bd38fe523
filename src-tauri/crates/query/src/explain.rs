//! Why a query is true of a text, or which clause keeps it from being true.

use std::ops::Range;

use crate::describe::describe_part;
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
    /// If the query is not true: the smallest set of clauses that would have to be otherwise for
    /// it to become so, as indices in ascending order. Among alternatives only those count that
    /// are true in part; where several came as near, the whole group stands for them.
    pub missing: Vec<usize>,
}

impl Explanation {
    /// For a near miss, the index of the one clause that failed. A query of one clause, or one
    /// that is wholly absent, is no near miss.
    pub fn failing(&self) -> Option<usize> {
        match self.missing[..] {
            [only] if only > 0 => Some(only),
            _ => None,
        }
    }
}

/// A part of a query with its truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The part, in the wording of the query.
    pub clause: String,
    /// The part in plain words.
    pub described: String,
    /// Its bytes in the query's text; none if it stands in a named topic.
    pub span: Option<Range<usize>>,
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
/// let failing = &explanation.clauses[explanation.failing().expect("one clause failed")];
/// assert_eq!(failing.clause, "election OR vote");
/// # Ok::<(), wirewatch_query::QueryError>(())
/// ```
///
/// # Errors
/// As [`Query::resolve`].
pub fn explain(query: &Query, context: &Context<'_>, text: &Text<'_>) -> Result<Explanation, QueryError> {
    query.resolve(context.names, context.languages, context.purpose)?;
    let mut outline = Outline { context, parts: Vec::new(), named: 0 };
    if let Some(root) = query.root() {
        outline.add(root, 0, &[])?;
    }
    let mut clauses: Vec<Clause> = outline.parts.iter().map(|part| part.clause(context)).collect();
    let (nodes, exprs): (Vec<&Node>, Vec<Expr>) =
        outline.parts.into_iter().map(|part| (part.node, part.expr)).unzip();
    for matched in Matcher::new(exprs).matches(text) {
        let clause = &mut clauses[matched.index];
        clause.is_true = true;
        clause.hits = matched.hits;
    }
    let matches = clauses.first().is_some_and(|whole| whole.is_true);
    let blame = Blame { clauses: &clauses, nodes: &nodes };
    let missing = if matches || clauses.is_empty() { Vec::new() } else { blame.missing(0) };
    Ok(Explanation { matches, clauses, missing })
}

/// A part of the query on its way to becoming a clause.
struct Part<'a> {
    node: &'a Node,
    depth: usize,
    expr: Expr,
    /// It stands in the query itself, not in a topic that it names.
    own: bool,
}

impl Part<'_> {
    fn clause(&self, context: &Context<'_>) -> Clause {
        Clause {
            clause: self.node.to_string(),
            described: describe_part(self.node, context),
            span: self.own.then(|| self.node.span.clone()),
            depth: self.depth,
            is_true: false,
            hits: Vec::new(),
        }
    }
}

struct Outline<'a> {
    context: &'a Context<'a>,
    parts: Vec<Part<'a>>,
    /// How many named topics are open.
    named: usize,
}

impl<'a> Outline<'a> {
    /// Adds a part that stands within scopes, outermost first, and what it is made of.
    fn add(&mut self, node: &'a Node, depth: usize, scopes: &[Scope]) -> Result<(), QueryError> {
        let expr = resolve_part(node, self.context)?;
        let scoped = scopes.iter().rev().fold(expr, |expr, scope| Expr::In(*scope, Box::new(expr)));
        self.parts.push(Part { node, depth, expr: scoped, own: self.named == 0 });
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
                let Some(root) = self.context.names.topic(name).and_then(Query::root) else { return Ok(()) };
                self.named += 1;
                let added = self.add(root, depth + 1, scopes);
                self.named -= 1;
                added
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

/// Who keeps a query from being true.
struct Blame<'a> {
    clauses: &'a [Clause],
    nodes: &'a [&'a Node],
}

impl Blame<'_> {
    /// The smallest set of clauses at or below a false one that would have to be otherwise.
    ///
    /// An AND needs all of its false parts; an OR one of them, the one that needs least. That the
    /// operands of a NEAR stand there or not does not decide whether they are near, and a NOT is
    /// false as a whole, so these are to blame themselves.
    fn missing(&self, at: usize) -> Vec<usize> {
        match within_scope(self.nodes[at]) {
            Kind::And(..) => {
                let wrong = self.below(at).filter(|part| !self.clauses[*part].is_true);
                wrong.flat_map(|part| self.missing(part)).collect()
            }
            Kind::Or(_) => self.nearest(at).unwrap_or_else(|| vec![at]),
            // The topic's name stands for its query unless a part of that alone is to blame.
            Kind::Filter(Filter::Topic(_)) => match self.below(at).next() {
                Some(root) if matches!(within_scope(self.nodes[root]), Kind::And(..)) => self.missing(root),
                _ => vec![at],
            },
            _ => vec![at],
        }
    }

    /// What the one alternative needs that came nearest; none if several came as near.
    fn nearest(&self, at: usize) -> Option<Vec<usize>> {
        let began = |part: &usize| {
            !matches!(self.nodes[*part].kind, Kind::Not(_))
                && self.below(*part).any(|inner| self.clauses[inner].is_true)
        };
        let mut ways: Vec<Vec<usize>> = self.below(at).filter(began).map(|part| self.missing(part)).collect();
        ways.sort_by_key(Vec::len);
        match &ways[..] {
            [first, second, ..] if first.len() == second.len() => None,
            [first, ..] => Some(first.clone()),
            [] => None,
        }
    }

    /// The clauses directly below one.
    fn below(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let depth = self.clauses[at].depth + 1;
        let inner = (at + 1..self.clauses.len()).take_while(move |part| self.clauses[*part].depth >= depth);
        inner.filter(move |part| self.clauses[*part].depth == depth)
    }
}

/// What stands inside the scopes around a part: its own parts are asked within them.
fn within_scope(node: &Node) -> &Kind {
    match &node.kind {
        Kind::In(_, part) if divides(&part.kind) => &part.kind,
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        assert!(explanation.matches && explanation.missing.is_empty());
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
            ("russia AND (meddling OR election)", Some("meddling OR election")),
            ("(russia AND election) OR (oil AND gas)", Some("election")),
            ("(russia AND election) OR (vote AND gas)", None),
            ("russia AND body:(vote election)", Some("election")),
            ("russia ONEAR/1 vote", None),
            ("russia AND vote ONEAR/9 denied", Some("vote ONEAR/9 denied")),
            ("russia AND (election OR NOT vote)", Some("election OR NOT vote")),
        ];
        for (query, expected) in cases {
            let explanation = explained(query, &NoNames, "Russia denied the vote.");
            let failing = explanation.failing().map(|at| explanation.clauses[at].clause.as_str());
            assert_eq!(failing, expected, "{query}");
        }
    }

    #[test]
    fn a_miss_names_the_smallest_set_that_would_have_to_be_otherwise() {
        let cases: [(&str, &[&str]); 5] = [
            ("russia AND vote", &[]),
            ("russia AND election AND meddling", &["election", "meddling"]),
            ("(russia AND oil AND gas) OR (vote AND oil)", &["oil"]),
            ("russia AND (meddling OR NOT vote) NOT denied", &["meddling OR NOT vote", "NOT denied"]),
            ("zeppelin OR airship", &["zeppelin OR airship"]),
        ];
        for (query, expected) in cases {
            let explanation = explained(query, &NoNames, "Russia denied the vote.");
            let missing: Vec<&str> =
                explanation.missing.iter().map(|at| explanation.clauses[*at].clause.as_str()).collect();
            assert_eq!(missing, expected, "{query}");
        }
    }

    #[test]
    fn clauses_know_their_place_and_their_meaning() {
        let query = "russia AND (US OR vote)";
        let explanation = explained(query, &NoNames, "Russia.");
        let places: Vec<&str> =
            explanation.clauses.iter().map(|clause| &query[clause.span.clone().expect("a place")]).collect();
        assert_eq!(places, [query, "russia", "(US OR vote)", "US", "vote"]);
        assert_eq!(explanation.clauses[3].described, "US as written in capitals, also U.S.");
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
        assert_eq!(explanation.clauses[3].span, None, "it stands in another query");
    }

    /// Queries over a few words, so that every way to miss comes up.
    fn query() -> impl Strategy<Value = String> {
        let word = proptest::sample::select(vec!["oil", "gas", "coal", "\"oil price\"", "title:oil"]);
        word.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" AND "))),
                3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
                1 => inner.clone().prop_map(|part| format!("NOT {part}")),
                1 => Just("oil NEAR/2 gas".to_owned()),
                1 => inner.prop_map(|part| format!("body:({part})")),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_missing_is_false_and_in_order(
            query in query(),
            body in proptest::collection::vec(proptest::sample::select(vec!["oil", "gas", "price", "x"]), 0..6),
        ) {
            let query = format!("({query}) AND NOT zeppelin AND (oil OR gas OR x OR price)");
            let parsed = Query::parse(&query).expect("a query");
            let context = Context { names: &NoNames, languages: &[Language::English], purpose: Use::Topic };
            let body = body.join(" ");
            let text = Text { title: "Oil", body: &body, ..Text::default() };
            let explanation = explain(&parsed, &context, &text).expect("an explanation");
            prop_assert_eq!(explanation.matches, explanation.missing.is_empty(), "{}", query);
            prop_assert!(explanation.missing.is_sorted_by(|a, b| a < b), "{query}: {explanation:?}");
            for at in &explanation.missing {
                let clause = &explanation.clauses[*at];
                prop_assert!(!clause.is_true, "{query} does not miss {}", clause.clause);
            }
        }
    }
}
