//! Turns a resolved query into an FTS5 expression that finds exactly its articles, or more.
//!
//! What FTS5 cannot say (order, sentences, counts, case below two capitals, facts) is left out or
//! widened, never narrowed, and the plan says that its finds must be verified by the matcher.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use wirewatch_query::{Expr, Leaf, Scope, Term, Within, capital_mark, fold};

use super::tokenizer::{ALTERNATIVE, POSITION};
use super::vocabulary::Vocabulary;
use crate::error::Result;

/// What nests deeper than this is left out. The parser of FTS5 holds a hundred tokens that wait for
/// their end, and a level of a query adds up to six: `(`, a part, `NOT`, `(`, a part, `OR`.
const MOST_LEVELS: u32 = 14;

/// What to ask the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Which articles can match.
    pub(crate) reach: Reach,
    /// Whether all of these do.
    pub(crate) exact: bool,
}

/// The articles that can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// None: a word that never occurs.
    Nothing,
    /// Any: the index cannot tell.
    Everything,
    /// Those that this FTS5 expression finds.
    Fts(String),
}

/// Plans over the words that the index holds today.
#[derive(Clone, Copy)]
pub(super) struct Planner<'a> {
    vocabulary: &'a Vocabulary<'a>,
    /// Inside of a scope that the index can only widen: what must not occur there may well occur
    /// in the wider place.
    widened: bool,
    /// How many parts are around this one.
    level: u32,
}

/// What may stand at one position, as index tokens.
pub(super) struct Alternatives {
    pub(super) tokens: BTreeSet<String>,
    /// `p*` for each of these besides the tokens.
    pub(super) prefixes: Vec<String>,
    pub(super) exact: bool,
}

impl<'a> Planner<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary<'a>) -> Planner<'a> {
        Planner { vocabulary, widened: false, level: 0 }
    }

    pub(super) fn plan(&self, expr: &Expr) -> Result<Plan> {
        if self.level == MOST_LEVELS {
            return Ok(Plan { reach: Reach::Everything, exact: false });
        }
        Planner { level: self.level + 1, ..*self }.part(expr)
    }

    fn part(&self, expr: &Expr) -> Result<Plan> {
        Ok(match expr {
            Expr::Term(term) => self.term(term)?,
            Expr::Phrase(terms) => self.phrase(terms)?,
            // The index does not know what stands between its words: a comma parts a compound.
            Expr::Compound(terms) => Plan { exact: false, ..self.phrase(terms)? },
            Expr::And(parts) => self.and(parts)?,
            Expr::Or(parts) => any(parts.iter().map(|part| self.plan(part)).collect::<Result<_>>()?),
            Expr::Near { left, right, within, ordered } => self.near(left, right, *within, *ordered)?,
            Expr::AtLeast(_, inner) => Plan { exact: false, ..self.plan(inner)? },
            Expr::Score(_, terms) => {
                let terms = terms.iter().map(|(term, _)| self.plan(term)).collect::<Result<_>>()?;
                Plan { exact: false, ..any(terms) }
            }
            Expr::In(scope, inner) => {
                let widened = self.widened || *scope == Scope::Lead;
                scoped(*scope, Planner { widened, ..*self }.plan(inner)?)
            }
            Expr::Not(_) | Expr::Filter(_) => Plan { reach: Reach::Everything, exact: false },
        })
    }

    fn term(&self, term: &Term) -> Result<Plan> {
        let found = self.alternatives(term)?;
        let mut parts = Vec::new();
        if !found.tokens.is_empty() {
            parts.push(quoted(&joined(&found.tokens)));
        }
        parts.extend(found.prefixes.iter().map(|prefix| format!("{} *", quoted(prefix))));
        Ok(Plan { reach: disjunction(parts), exact: found.exact })
    }

    /// A phrase whose positions can all be spelled out is exact; a position that cannot splits it
    /// into an AND of its parts.
    fn phrase(&self, terms: &[Term]) -> Result<Plan> {
        let mut positions = Vec::with_capacity(terms.len());
        let mut exact = true;
        for term in terms {
            let Some(position) = self.position(term)? else {
                let parts = terms.iter().map(|term| self.term(term)).collect::<Result<Vec<_>>>()?;
                return Ok(Plan { exact: false, ..all(parts) });
            };
            if position.tokens.is_empty() {
                return Ok(Plan { reach: Reach::Nothing, exact: true });
            }
            exact &= position.exact;
            positions.push(joined(&position.tokens));
        }
        Ok(Plan { reach: Reach::Fts(quoted(&positions.join(&POSITION.to_string()))), exact })
    }

    fn and(&self, parts: &[Expr]) -> Result<Plan> {
        let mut wanted = Vec::new();
        let mut unwanted = Vec::new();
        let mut exact = true;
        for part in parts {
            match part {
                Expr::Not(_) if self.widened => exact = false,
                Expr::Not(inner) => exact &= self.exclude(inner, &mut unwanted)?,
                _ => wanted.push(self.plan(part)?),
            }
        }
        let mut plan = all(wanted);
        match &mut plan.reach {
            Reach::Nothing => return Ok(plan),
            Reach::Everything => exact &= unwanted.is_empty(),
            Reach::Fts(wanted) => *wanted = but_for(wanted, unwanted),
        }
        plan.exact &= exact;
        Ok(plan)
    }

    /// Adds what must not be found. False if the index cannot tell it exactly: then it adds nothing.
    pub(super) fn exclude(&self, part: &Expr, unwanted: &mut Vec<String>) -> Result<bool> {
        match self.plan(part)? {
            Plan { reach: Reach::Nothing, .. } => {}
            Plan { reach: Reach::Fts(text), exact: true } => unwanted.push(text),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// FTS5's NEAR counts words between as ours does, in any order. It is exact for two single
    /// positions that share no word; operands that share one may be the same word twice, and
    /// longer ones may overlap, which ours refuses.
    fn near(&self, left: &Expr, right: &Expr, within: Within, ordered: bool) -> Result<Plan> {
        if let (Within::Words(most), Some(a), Some(b)) = (within, self.operand(left)?, self.operand(right)?) {
            if a.tokens.is_empty() || b.tokens.is_empty() {
                return Ok(Plan { reach: Reach::Nothing, exact: true });
            }
            let exact = !ordered && a.exact && b.exact && a.tokens.is_disjoint(&b.tokens) && apart(&a, &b);
            let (a, b) = (quoted(&joined(&a.tokens)), quoted(&joined(&b.tokens)));
            return Ok(Plan { reach: Reach::Fts(format!("NEAR({a} {b}, {most})")), exact });
        }
        Ok(Plan { exact: false, ..all(vec![self.plan(left)?, self.plan(right)?]) })
    }

    /// An operand of a proximity as one position: a term, or an OR of terms.
    fn operand(&self, expr: &Expr) -> Result<Option<Alternatives>> {
        match expr {
            Expr::Term(term) => self.position(term),
            Expr::Or(parts) => {
                let mut all = Alternatives { tokens: BTreeSet::new(), prefixes: Vec::new(), exact: true };
                for part in parts {
                    let Some(one) = self.operand(part)? else { return Ok(None) };
                    all.tokens.extend(one.tokens);
                    all.exact &= one.exact;
                }
                Ok(Some(all))
            }
            _ => Ok(None),
        }
    }

    /// A term with its prefixes spelled out; `None` if they stand for too many words.
    fn position(&self, term: &Term) -> Result<Option<Alternatives>> {
        let mut found = self.alternatives(term)?;
        for prefix in std::mem::take(&mut found.prefixes) {
            let Some(words) = self.vocabulary.words(&Leaf::Prefix(prefix))? else { return Ok(None) };
            found.tokens.extend(words.iter().cloned());
        }
        Ok(Some(found))
    }

    pub(super) fn alternatives(&self, term: &Term) -> Result<Alternatives> {
        let mut found = Alternatives { tokens: BTreeSet::new(), prefixes: Vec::new(), exact: true };
        let mut buffer = String::new();
        for leaf in &term.0 {
            match leaf {
                Leaf::Folded(word) => {
                    found.tokens.insert(word.clone());
                }
                Leaf::Stem(..) => match self.vocabulary.words(leaf)? {
                    Some(words) => {
                        found.tokens.extend(words.iter().cloned());
                        found.tokens.extend(leaf.irregular_forms().iter().map(|&word| word.to_owned()));
                    }
                    None => {
                        found.prefixes.push(leaf.stem_search_prefix().to_owned());
                        found.exact = false;
                    }
                },
                Leaf::Acronym(letters) if capital_mark(letters, &mut buffer) => {
                    found.tokens.insert(buffer.clone());
                    // The capitalised form (Nato) has no mark: find any case and verify.
                    fold(letters, &mut buffer);
                    let capitalised = capitalise(letters);
                    if capitalised != *letters && leaf.matches(&capitalised) {
                        found.tokens.insert(buffer.clone());
                        found.exact = false;
                    }
                }
                Leaf::Acronym(surface) | Leaf::Exact(surface) => {
                    fold(surface, &mut buffer);
                    found.tokens.insert(buffer.clone());
                    found.exact = false;
                }
                Leaf::Prefix(prefix) => found.prefixes.push(prefix.clone()),
            }
        }
        Ok(found)
    }
}

/// Whether no word of one carries the mark that the other asks for: `US NEAR/3 us` could be one
/// word twice.
fn apart(a: &Alternatives, b: &Alternatives) -> bool {
    let marked = |set: &Alternatives| set.tokens.iter().any(|token| token.starts_with('='));
    !marked(a) && !marked(b) || {
        let mut folded = String::new();
        let mut fold_all = |set: &Alternatives| -> BTreeSet<String> {
            set.tokens
                .iter()
                .map(|token| {
                    fold(token.trim_start_matches('='), &mut folded);
                    folded.clone()
                })
                .collect()
        };
        let (a, b) = (fold_all(a), fold_all(b));
        a.is_disjoint(&b)
    }
}

fn any(parts: Vec<Plan>) -> Plan {
    let mut exact = true;
    let mut texts = Vec::new();
    for part in parts {
        exact &= part.exact;
        match part.reach {
            Reach::Nothing => {}
            Reach::Everything => return part,
            Reach::Fts(text) => texts.push(text),
        }
    }
    Plan { reach: disjunction(texts), exact }
}

fn all(parts: Vec<Plan>) -> Plan {
    let mut exact = true;
    let mut texts = Vec::new();
    for part in parts {
        exact &= part.exact;
        match part.reach {
            Reach::Nothing => return Plan { reach: Reach::Nothing, exact: true },
            Reach::Everything => {}
            Reach::Fts(text) => texts.push(text),
        }
    }
    let reach = match texts.len() {
        0 => Reach::Everything,
        1 => Reach::Fts(texts.remove(0)),
        _ => Reach::Fts(format!("({})", texts.join(" AND "))),
    };
    Plan { reach, exact }
}

fn scoped(scope: Scope, plan: Plan) -> Plan {
    let (columns, exact) = match scope {
        Scope::Title => ("{title}", plan.exact),
        Scope::Body => ("{body}", plan.exact),
        // The first paragraph of the body is lead too, and only the matcher sees where it ends.
        Scope::Lead => ("{lead body}", false),
    };
    match plan.reach {
        Reach::Fts(text) => Plan { reach: Reach::Fts(format!("{columns} : ({text})")), exact },
        _ => plan,
    }
}

fn disjunction(mut parts: Vec<String>) -> Reach {
    match parts.len() {
        0 => Reach::Nothing,
        1 => Reach::Fts(parts.remove(0)),
        _ => Reach::Fts(format!("({})", parts.join(" OR "))),
    }
}

/// What is wanted without what is not. One NOT for all: each one of its own would nest the others.
pub(super) fn but_for(wanted: &str, unwanted: Vec<String>) -> String {
    match disjunction(unwanted) {
        Reach::Fts(unwanted) => format!("({wanted} NOT {unwanted})"),
        Reach::Nothing | Reach::Everything => wanted.to_owned(),
    }
}

pub(super) fn joined(tokens: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for token in tokens {
        let separator = if text.is_empty() { "" } else { &ALTERNATIVE.to_string() };
        let _ = write!(text, "{separator}{token}");
    }
    text
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn capitalise(letters: &str) -> String {
    let mut chars = letters.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}
