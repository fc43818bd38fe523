//! Alerts as notifications: what they say, and when they are kept quiet.

use std::io;

use tauri::{AppHandle, Manager as _};
use wirewatch_model::{Alert, Level};
use wirewatch_monitor::{Announcement, Announcer};

use crate::notify::{Notice, Opens};
use crate::settings;
use crate::shell::Shell;

/// Longest sentence that a notification quotes, in characters: desktops cut after a few lines.
const LONGEST_QUOTE: usize = 220;

/// Topics that a summary names.
const NAMED_TOPICS: usize = 4;

/// Announces alerts on the desktop, unless the user wants no notifications.
pub(crate) struct Desktop(pub(crate) AppHandle);

impl Announcer for Desktop {
    fn announce(&self, announcement: Announcement<'_>, note: &mut dyn FnMut()) -> io::Result<()> {
        self.0.state::<Shell>().notifier.show(match announcement {
            Announcement::One(alert) => one(alert),
            Announcement::Summary(alerts) => many(alerts),
            Announcement::Meanwhile(alerts) => meanwhile(alerts),
        });
        // After it: shown once more, it takes the place of the first. What the desktop does not show
        // stands in the inbox.
        note();
        Ok(())
    }

    fn is_muted(&self) -> bool {
        let shell = self.0.state::<Shell>();
        // A library that cannot be read just now is no reason to keep silent.
        settings::load(shell.monitor.library()).is_ok_and(|settings| !settings.notifications)
    }
}

fn one(alert: &Alert) -> Notice {
    Notice {
        title: alert.topic_name.clone(),
        headline: Some(alert.title.clone()),
        lines: vec![outlet_of(alert), format!("“{}”", shortened(&alert.sentence))],
        opens: Opens::Article(alert.article),
        alerts: vec![alert.id],
        topic: Some(alert.topic.clone()),
        urgent: alert.level == Level::Urgent,
    }
}

/// Who brought it: the source too where that is another, and how many carried the story.
fn outlet_of(alert: &Alert) -> String {
    let outlet = match alert.outlet == alert.source {
        true => alert.source.clone(),
        false => format!("{} ({})", alert.outlet, alert.source),
    };
    match alert.outlets {
        0 | 1 => outlet,
        more => format!("{outlet}, in {more} outlets"),
    }
}

fn many(alerts: &[Alert]) -> Notice {
    let mut topics: Vec<(&str, usize)> = Vec::new();
    for alert in alerts {
        match topics.iter_mut().find(|(name, _)| *name == alert.topic_name) {
            Some((_, count)) => *count += 1,
            None => topics.push((&alert.topic_name, 1)),
        }
    }
    topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Notice {
        title: if alerts.len() == 1 { "1 more alert".to_owned() } else { format!("{} alerts", alerts.len()) },
        headline: None,
        lines: named(&topics),
        opens: Opens::Alerts,
        alerts: alerts.iter().map(|alert| alert.id).collect(),
        topic: None,
        urgent: alerts.iter().any(|alert| alert.level == Level::Urgent),
    }
}

/// What came in while alerts were paused or it was quiet: nobody was told of it one by one.
fn meanwhile(alerts: &[Alert]) -> Notice {
    let title = match alerts.len() {
        1 => "1 alert came in meanwhile".to_owned(),
        count => format!("{count} alerts came in meanwhile"),
    };
    Notice { title, ..many(alerts) }
}

/// How many of each topic; of topics without a line of their own how many they are.
fn named(topics: &[(&str, usize)]) -> Vec<String> {
    let counted = topics.iter().take(NAMED_TOPICS).map(|(name, count)| format!("{name}: {count}"));
    let more = match topics.len().saturating_sub(NAMED_TOPICS) {
        0 => None,
        1 => Some("and 1 more topic".to_owned()),
        more => Some(format!("and {more} more topics")),
    };
    counted.chain(more).collect()
}

fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or(sentence).trim_end()),
        None => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;
    use wirewatch_model::{AlertId, AlertState, ArticleId, SourceId, StoryId, TopicId};

    use super::*;

    fn alert(id: i64, topic: &str, level: Level) -> Alert {
        Alert {
            id: AlertId(id),
            topic: TopicId::from_name(topic),
            topic_name: topic.to_owned(),
            article: ArticleId(id),
            story: Some(StoryId(id)),
            source_id: SourceId(1),
            title: "Lavrov tells Pompeo".to_owned(),
            source: "Reuters".to_owned(),
            outlet: "Reuters".to_owned(),
            sentence: "It is time for new relations.".to_owned(),
            at: Utc::now(),
            level,
            outlets: 1,
            state: AlertState::Pending,
            fate: None,
        }
    }

    #[test]
    fn a_notification_says_topic_headline_outlet_and_why() {
        let notice = one(&alert(7, "U.S.–Russia", Level::Notify));
        assert_eq!(notice.title, "U.S.–Russia");
        assert_eq!(notice.headline.as_deref(), Some("Lavrov tells Pompeo"));
        assert_eq!(notice.lines, ["Reuters", "“It is time for new relations.”"]);
        assert_eq!((notice.opens, notice.urgent), (Opens::Article(ArticleId(7)), false));
    }

    #[test]
    fn an_outlet_is_named_with_its_source_and_the_others_counted() {
        let told = |outlet: &str, outlets| {
            outlet_of(&Alert {
                outlet: outlet.to_owned(), outlets, ..alert(7, "U.S.–Russia", Level::Notify)
            })
        };
        assert_eq!(told("Reuters", 1), "Reuters");
        assert_eq!(told("The Courier", 1), "The Courier (Reuters)");
        assert_eq!(told("Reuters", 6), "Reuters, in 6 outlets");
    }

    #[test]
    fn a_burst_is_one_notification_that_counts_by_topic() {
        let alerts = [
            alert(1, "Elections", Level::Notify),
            alert(2, "Terrorism", Level::Urgent),
            alert(3, "Terrorism", Level::Notify),
        ];
        let notice = many(&alerts);
        assert_eq!(notice.title, "3 alerts");
        assert_eq!(notice.lines, ["Terrorism: 2", "Elections: 1"]);
        assert_eq!((notice.opens, notice.urgent), (Opens::Alerts, true));
    }

    #[test]
    fn what_was_held_back_is_counted_by_topic_too_and_no_topic_is_left_uncounted() {
        let topics = ["A", "B", "C", "D", "E", "F"];
        let alerts: Vec<Alert> =
            topics.iter().zip(1..).map(|(topic, id)| alert(id, topic, Level::Notify)).collect();
        let notice = meanwhile(&alerts);
        assert_eq!(notice.title, "6 alerts came in meanwhile");
        assert_eq!(notice.lines, ["A: 1", "B: 1", "C: 1", "D: 1", "and 2 more topics"]);
        assert_eq!(meanwhile(&alerts[..5]).lines.last().unwrap(), "and 1 more topic");
        assert_eq!(meanwhile(&alerts[..1]).title, "1 alert came in meanwhile");
    }
}
