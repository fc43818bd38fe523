//! The meaning of a query: word lists, topics and languages resolved, sugar removed.

use chrono::{DateTime, Utc};

use crate::Language;

/// What one word of a query asks of one word of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Leaf {
    /// The folded form equals this.
    Folded(String),
    /// The folded form has this Snowball stem.
    Stem(Language, String),
    /// The surface (dots of acronyms and possessive dropped) equals this, case and accents as typed.
    Exact(String),
    /// An acronym in capitals; from four letters on the capitalised form too.
    Acronym(String),
    /// The folded form begins with this.
    Prefix(String),
}

/// One position: any of these leaves fits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term(pub Vec<Leaf>);

/// How near the operands of a proximity must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// At most so many words between; none is between passages that interleave.
    Words(u32),
    /// All of both in one sentence.
    Sentence,
    /// All of both in one paragraph.
    Paragraph,
}

/// The part of an article that a scoped expression looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The headline.
    Title,
    /// The lead that the source gave, and the first paragraph of the body.
    Lead,
    /// The body.
    Body,
}

/// What `is:` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not read yet.
    Unread,
    /// Starred by the user.
    Starred,
    /// Matched by at least one topic.
    Flagged,
}

/// A condition on an article's facts rather than its words. Names compare folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Filter {
    /// The source's name contains this.
    Source(String),
    /// The host of the article's address is this or a subdomain of it.
    Site(String),
    /// An author's name contains this.
    Author(String),
    /// A label equals this.
    Label(String),
    /// The language tag is this or a variety of it (`en` holds for `en-GB`).
    Language(String),
    /// Sorting time at or after.
    After(DateTime<Utc>),
    /// Sorting time before.
    Before(DateTime<Utc>),
    /// Sorting time within so many seconds of now.
    Newer(i64),
    /// Flagged with this topic (searches only; in topics the named query is put in its place).
    Topic(String),
    /// Read state, star, flag (searches only).
    Is(State),
}

/// How many hits of a term count for [`Expr::Score`].
pub(crate) const SCORE_COUNTS: u64 = 3;

/// A resolved query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// One word.
    Term(Term),
    /// Words side by side, whatever punctuation is between: what stood in quotes.
    Phrase(Vec<Term>),
    /// The parts of one word side by side, as of `US-Russia`: in one sentence, with dashes,
    /// slashes and spaces between, but no comma, bracket or other sign that parts clauses.
    Compound(Vec<Term>),
    /// Two positional operands near each other. They may interleave, so that a third word may
    /// stand between two that are near, but no word serves both.
    Near {
        /// One operand.
        left: Box<Expr>,
        /// The other.
        right: Box<Expr>,
        /// How near.
        within: Within,
        /// Left before right.
        ordered: bool,
    },
    /// At least so many hits: passages that do not overlap, as many as can be had.
    AtLeast(u32, Box<Expr>),
    /// Weighted terms, each counted at most three times, against a threshold.
    Score(u32, Vec<(Expr, u32)>),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// Only in one part of the article.
    In(Scope, Box<Expr>),
    /// A condition on the facts.
    Filter(Filter),
}
