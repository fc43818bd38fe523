//! What is left of a query when only the places of its terms are asked for.

use wirewatch_query::{Expr, Leaf, Scope, Term, Within};

/// A query that places can answer, true wherever the query that it was made of is.
pub(crate) struct Relaxed {
    pub(crate) expr: Expr,
    /// Whether it is true nowhere else.
    pub(crate) exact: bool,
    /// Whether its passages are all of those of the other, so that a proximity may ask for them.
    positional: bool,
}

/// Relaxes a query; `None` if nothing is left to ask.
pub(crate) fn relax(expr: &Expr) -> Option<Relaxed> {
    match expr {
        Expr::Term(_) | Expr::Phrase(_) => Some(Relaxed::positional(expr.clone())),
        Expr::Compound(terms) => Some(Relaxed::positional(Expr::Phrase(terms.clone())).widened()),
        Expr::Near { left, right, within: Within::Words(words), ordered } => {
            near(relax(left), relax(right), (*words, *ordered))
        }
        Expr::Near { left, right, .. } => Some(both(relax(left), relax(right))?.widened()),
        Expr::AtLeast(0, _) | Expr::Score(0, _) => None,
        Expr::AtLeast(count, part) => {
            let part = relax(part)?;
            Some(if part.positional {
                Relaxed { expr: Expr::AtLeast(*count, Box::new(part.expr)), positional: false, ..part }
            } else {
                part.widened()
            })
        }
        Expr::Score(threshold, terms) => score(*threshold, terms),
        Expr::And(parts) => and(parts),
        Expr::Or(parts) => or(parts),
        Expr::In(scope, part) => {
            let part = relax(part)?;
            Some(match scope {
                // Where the first paragraph ends, no place tells.
                Scope::Lead => part.widened(),
                scope => Relaxed { expr: Expr::In(*scope, Box::new(part.expr)), ..part },
            })
        }
        Expr::Not(_) | Expr::Filter(_) => None,
    }
}

impl Relaxed {
    fn positional(expr: Expr) -> Relaxed {
        Relaxed { expr, exact: true, positional: true }
    }

    fn widened(self) -> Relaxed {
        Relaxed { exact: false, ..self }
    }
}

fn near(left: Option<Relaxed>, right: Option<Relaxed>, (words, ordered): (u32, bool)) -> Option<Relaxed> {
    match (left, right) {
        (Some(left), Some(right)) if left.positional && right.positional => Some(Relaxed {
            exact: left.exact && right.exact,
            expr: Expr::Near {
                left: Box::new(left.expr),
                right: Box::new(right.expr),
                within: Within::Words(words),
                ordered,
            },
            positional: true,
        }),
        (left, right) => Some(both(left, right)?.widened()),
    }
}

/// Both, anywhere.
fn both(left: Option<Relaxed>, right: Option<Relaxed>) -> Option<Relaxed> {
    all(vec![left, right])
}

fn and(parts: &[Expr]) -> Option<Relaxed> {
    all(parts.iter().map(relax).collect())
}

fn all(parts: Vec<Option<Relaxed>>) -> Option<Relaxed> {
    let exact = parts.iter().all(|part| part.as_ref().is_some_and(|part| part.exact));
    let mut kept: Vec<Expr> = parts.into_iter().flatten().map(|part| part.expr).collect();
    let expr = if kept.len() == 1 { kept.pop()? } else { Expr::And(kept) };
    let is_empty = matches!(&expr, Expr::And(parts) if parts.is_empty());
    (!is_empty).then_some(Relaxed { expr, exact, positional: false })
}

/// The terms of an OR become one, which costs one list of places instead of many.
fn or(parts: &[Expr]) -> Option<Relaxed> {
    let mut leaves = Vec::new();
    let mut kept = Vec::new();
    let (mut exact, mut positional) = (true, true);
    for part in parts {
        if let Expr::Term(term) = part {
            let new: Vec<Leaf> = term.0.iter().filter(|leaf| !leaves.contains(*leaf)).cloned().collect();
            leaves.extend(new);
            continue;
        }
        let part = relax(part)?;
        exact &= part.exact;
        positional &= part.positional;
        kept.push(part.expr);
    }
    if !leaves.is_empty() {
        kept.push(Expr::Term(Term(leaves)));
    }
    let expr = if kept.len() == 1 { kept.pop()? } else { Expr::Or(kept) };
    Some(Relaxed { expr, exact, positional })
}

fn score(threshold: u32, terms: &[(Expr, u32)]) -> Option<Relaxed> {
    let weights = terms.iter().map(|(_, weight)| *weight);
    let parts: Vec<Relaxed> = terms.iter().map(|(term, _)| relax(term)).collect::<Option<_>>()?;
    let exact = parts.iter().all(|part| part.exact);
    if parts.iter().all(|part| part.positional) {
        let terms = parts.into_iter().map(|part| part.expr).zip(weights).collect();
        return Some(Relaxed { expr: Expr::Score(threshold, terms), exact, positional: false });
    }
    let any = Expr::Or(parts.into_iter().map(|part| part.expr).collect());
    Some(Relaxed { expr: any, exact: false, positional: false })
}
