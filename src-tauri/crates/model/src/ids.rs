//! Identities as types, so that no bare integer stands for one.

use std::fmt;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// A watched folder or feed.
    SourceId
);
number_id!(
    /// An article: a dense arrival number, so newest first is descending.
    ArticleId
);
number_id!(
    /// A story: the number of its first article.
    StoryId
);
number_id!(
    /// An alert.
    AlertId
);
number_id!(
    /// Counts up with every change of a topic's query, from 1.
    TopicVersion
);

/// A topic's short name, such as `us-russia`: lower-case letters, digits and dashes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicId(String);

impl TopicId {
    /// The id that a topic of this name gets: `U.S.–Russia relations` becomes `u-s-russia-relations`.
    /// A name without a letter or digit gives `topic`.
    pub fn from_name(name: &str) -> TopicId {
        let mut id = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                id.push(c);
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        let id = id.trim_end_matches('-');
        TopicId(if id.is_empty() { "topic".to_owned() } else { id.to_owned() })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TopicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topic_ids_are_made_from_names() {
        for (name, id) in [
            ("us-russia", "us-russia"),
            ("U.S.–Russia relations", "u-s-russia-relations"),
            ("  Выборы 2024 ", "выборы-2024"),
            ("???", "topic"),
        ] {
            assert_eq!(TopicId::from_name(name).as_str(), id, "{name}");
        }
    }

    #[test]
    fn an_id_is_its_own_name() {
        let id = TopicId::from_name("Counter-terrorism & more");
        assert_eq!(TopicId::from_name(id.as_str()), id);
    }
}
