//! The nouns of Wirewatch: article, source, topic, match, alert, digest period.
//!
//! Two article types stand at the centre: [`ParsedArticle`] is what a reader of some format *saw*
//! (no ids, no clock, no database), [`Article`] is what the library *keeps*, with the light
//! [`ArticleHead`] for lists. Times are UTC; a time that is missing stays missing.
//!
//! Not in here: anything that reads, stores, fetches or shows; and no serialised form. The edge
//! that needs a format owns a twin and converts.

mod alert;
mod article;
mod curation;
mod identity;
mod ids;
mod plan;
mod problem;
mod source;
mod status;
mod story;
mod topic;

pub use alert::{Alert, AlertState, Fate, Hold, Match};
pub use article::{Article, ArticleHead, ParsedArticle, Published, Revision};
pub use curation::Curation;
pub use identity::{ArticleKey, Fingerprint, canonical_url};
pub use ids::{AlertId, ArticleId, SourceId, StoryId, TopicId, TopicVersion};
pub use plan::{
    Delivery, DeliveryState, Destination, DigestPlan, Edition, EditionId, EditionState, StoryOrder, Weekdays,
    WhenEmpty,
};
pub use problem::{Problem, ProblemKind};
pub use source::{Health, NewSource, Source, SourceKind, SourceOptions, SourceState, SourceWishes};
pub use status::{Status, is_older_revision};
pub use story::{Story, Version};
pub use topic::{Level, Period, Topic};
pub use wirewatch_query::{Field, Hit};
