//! The policy: pure functions of rules, what was told lately, an alert and the time.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use wirewatch_library::{Told, TopicRule};
use wirewatch_model::{Alert, Fate, Hold, Level, TopicId};

use super::quiet::QuietHours;

/// More alerts than this at once become one summary: nobody reads a burst one by one.
const BURST: usize = 5;

/// The time that a topic's budget is for.
pub(crate) const BUDGET_TIME: TimeDelta = TimeDelta::hours(1);

/// What the user wants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policy {
    /// Until when nothing is shown.
    pub(crate) paused_until: Option<DateTime<Utc>>,
    /// When only what is urgent is shown.
    pub(crate) quiet: Option<QuietHours>,
    /// Alerts an hour of one topic that are shown singly; `None` for as many as come.
    pub(crate) budget: Option<u32>,
    /// What the user wants of single topics.
    pub(crate) topics: HashMap<TopicId, TopicRule>,
}

/// What the user was told within the time of a budget.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    alone: HashMap<TopicId, u32>,
    summarised: HashSet<TopicId>,
}

/// Which alerts of one delivery become one summary, besides those that a budget does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folding {
    /// None.
    Never,
    /// Those of a burst.
    Bursts,
    /// All, if there are several: they gathered before the program started, or while the machine slept.
    Gathered,
}

/// What becomes of one alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is shown by itself.
    Show,
    /// It is counted in a summary.
    Summarise,
    /// It waits in the inbox.
    Hold(Hold),
}

/// What becomes of the alerts of one delivery. Each is in exactly one of the three.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Shown one by one.
    pub(crate) alone: Vec<Alert>,
    /// Shown as one summary.
    pub(crate) together: Vec<Alert>,
    /// Left in the inbox.
    pub(crate) held: Vec<(Alert, Hold)>,
}

impl Past {
    /// What these tell, of which none is older than [`BUDGET_TIME`].
    pub(crate) fn of(told: &[Told]) -> Past {
        let mut past = Past::default();
        for one in told {
            past.note(&one.topic, one.fate);
        }
        past
    }

    fn note(&mut self, topic: &TopicId, fate: Fate) {
        match fate {
            Fate::Shown => *self.alone.entry(topic.clone()).or_default() += 1,
            Fate::Summarised => {
                self.summarised.insert(topic.clone());
            }
            Fate::Held(_) => {}
        }
    }
}

/// What becomes of one alert now.
pub(crate) fn judge(policy: &Policy, past: &Past, alert: &Alert, now: DateTime<Utc>) -> Verdict {
    let rule = policy.topics.get(&alert.topic).copied().unwrap_or_default();
    let is_ahead = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until > now);
    if is_ahead(policy.paused_until) {
        Verdict::Hold(Hold::Paused)
    } else if is_ahead(rule.snoozed_until) {
        Verdict::Hold(Hold::Snoozed)
    } else if alert.level == Level::Urgent {
        Verdict::Show
    } else if policy.quiet.is_some_and(|quiet| quiet.contain(now)) {
        Verdict::Hold(Hold::QuietHours)
    } else {
        within_budget(rule.budget.or(policy.budget), past, &alert.topic)
    }
}

/// The first that a budget does not cover makes a summary, with those that come with it; further
/// ones wait for the digest.
fn within_budget(budget: Option<u32>, past: &Past, topic: &TopicId) -> Verdict {
    let shown = past.alone.get(topic).copied().unwrap_or_default();
    match budget {
        Some(budget) if shown >= budget && past.summarised.contains(topic) => Verdict::Hold(Hold::OverBudget),
        Some(budget) if shown >= budget => Verdict::Summarise,
        _ => Verdict::Show,
    }
}

/// What becomes of the alerts of one delivery, in their order.
pub(crate) fn plan(
    policy: &Policy,
    mut past: Past,
    alerts: Vec<Alert>,
    folding: Folding,
    now: DateTime<Utc>,
) -> Plan {
    let mut plan = Plan::default();
    for alert in alerts {
        match judge(policy, &past, &alert, now) {
            Verdict::Show => {
                past.note(&alert.topic, Fate::Shown);
                plan.alone.push(alert);
            }
            Verdict::Summarise => plan.together.push(alert),
            Verdict::Hold(why) => plan.held.push((alert, why)),
        }
    }
    match folding {
        Folding::Never => {}
        Folding::Bursts => plan.fold(BURST),
        Folding::Gathered => plan.fold(1),
    }
    plan
}

impl Plan {
    /// Folds what would be shown singly if it is more than so many. What is urgent stands alone unless
    /// there is a burst of that.
    fn fold(&mut self, most: usize) {
        let (urgent, usual): (Vec<Alert>, Vec<Alert>) =
            std::mem::take(&mut self.alone).into_iter().partition(|alert| alert.level == Level::Urgent);
        for (alerts, most) in [(urgent, BURST), (usual, most)] {
            let place = if alerts.len() > most { &mut self.together } else { &mut self.alone };
            place.extend(alerts);
        }
        self.alone.sort_by_key(|alert| alert.id);
        self.together.sort_by_key(|alert| alert.id);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use wirewatch_model::{AlertId, AlertState, ArticleId, SourceId, StoryId};

    use super::*;

    const NOW: &str = "2026-11-24T23:00:00Z";

    fn now() -> DateTime<Utc> {
        NOW.parse().unwrap()
    }

    pub(crate) fn alert(id: i64, topic: &str, level: Level) -> Alert {
        Alert {
            id: AlertId(id),
            topic: TopicId::from_name(topic),
            topic_name: topic.to_owned(),
            article: ArticleId(id),
            story: Some(StoryId(id)),
            title: "Talks".to_owned(),
            source_id: SourceId(1),
            source: "Wire".to_owned(),
            outlet: "Wire".to_owned(),
            sentence: "They met.".to_owned(),
            at: now(),
            level,
            outlets: 1,
            state: AlertState::Pending,
            fate: None,
        }
    }

    fn told(topic: &str, fates: &[Fate]) -> Past {
        let topic = TopicId::from_name(topic);
        Past::of(&fates.iter().map(|fate| Told { topic: topic.clone(), fate: *fate }).collect::<Vec<_>>())
    }

    fn rules(topic: &str, budget: Option<u32>, snoozed_until: Option<DateTime<Utc>>) -> Policy {
        let rule = TopicRule { budget, snoozed_until };
        Policy { topics: HashMap::from([(TopicId::from_name(topic), rule)]), ..Policy::default() }
    }

    #[test]
    fn each_rule_holds_what_it_should_and_nothing_else() {
        let hour = TimeDelta::hours(1);
        let paused = |until| Policy { paused_until: Some(until), ..Policy::default() };
        let quiet = || Policy { quiet: QuietHours::parse("22:00-07:00 UTC").unwrap(), ..Policy::default() };
        let all = |budget| Policy { budget: Some(budget), ..Policy::default() };
        let (shown, summarised) = (Fate::Shown, Fate::Summarised);
        for (policy, past, level, want, why) in [
            (Policy::default(), vec![], Level::Notify, Verdict::Show, "nothing is set"),
            (paused(now() + hour), vec![], Level::Notify, Verdict::Hold(Hold::Paused), "paused"),
            (paused(now() + hour), vec![], Level::Urgent, Verdict::Hold(Hold::Paused), "a pause is for all"),
            (paused(now()), vec![], Level::Notify, Verdict::Show, "the pause is over"),
            (quiet(), vec![], Level::Notify, Verdict::Hold(Hold::QuietHours), "quiet hours"),
            (quiet(), vec![], Level::Urgent, Verdict::Show, "urgent breaks quiet hours"),
            (all(1), vec![], Level::Notify, Verdict::Show, "within the budget for all"),
            (all(1), vec![shown], Level::Notify, Verdict::Summarise, "beyond the budget for all"),
            (
                rules("talks", None, Some(now() + hour)),
                vec![],
                Level::Urgent,
                Verdict::Hold(Hold::Snoozed),
                "snoozed",
            ),
            (
                rules("oil", None, Some(now() + hour)),
                vec![],
                Level::Notify,
                Verdict::Show,
                "another topic is snoozed",
            ),
            (rules("talks", Some(2), None), vec![shown], Level::Notify, Verdict::Show, "within budget"),
            (
                rules("talks", Some(2), None),
                vec![shown; 2],
                Level::Notify,
                Verdict::Summarise,
                "the first beyond",
            ),
            (
                rules("talks", Some(2), None),
                vec![shown, shown, summarised],
                Level::Notify,
                Verdict::Hold(Hold::OverBudget),
                "further ones beyond",
            ),
            (
                rules("talks", Some(0), None),
                vec![summarised],
                Level::Urgent,
                Verdict::Show,
                "urgent costs nothing",
            ),
            (
                rules("talks", Some(2), None),
                vec![Fate::Held(Hold::Paused); 9],
                Level::Notify,
                Verdict::Show,
                "what was held costs nothing",
            ),
        ] {
            let verdict = judge(&policy, &told("talks", &past), &alert(1, "talks", level), now());
            assert_eq!(verdict, want, "{why}");
        }
    }

    #[test]
    fn a_delivery_is_shown_singly_or_folded_and_loses_none() {
        use Folding::{Bursts, Gathered, Never};
        for (count, budget, folding, want, why) in [
            (5, None, Bursts, (5, 0, 0), "few"),
            (6, None, Bursts, (0, 6, 0), "a burst"),
            (60, None, Never, (60, 0, 0), "a burst on a terminal"),
            (1, None, Gathered, (1, 0, 0), "one after a sleep"),
            (2, None, Gathered, (0, 2, 0), "what gathered in a sleep"),
            (4, Some(3), Bursts, (3, 1, 0), "over budget"),
            (300, Some(3), Never, (3, 297, 0), "far over budget: one summary"),
        ] {
            let alerts = (0..count).map(|id| alert(id, "talks", Level::Notify)).collect();
            let plan = plan(&rules("talks", budget, None), Past::default(), alerts, folding, now());
            assert_eq!((plan.alone.len(), plan.together.len(), plan.held.len()), want, "{why}");
        }
    }

    #[test]
    fn what_is_urgent_stands_alone_in_a_burst_of_others() {
        for (urgent, usual, want) in [(2, 9, (2, 9)), (2, 3, (5, 0)), (9, 2, (2, 9)), (9, 9, (0, 18))] {
            let level = |id| if id < urgent { Level::Urgent } else { Level::Notify };
            let alerts = (0..urgent + usual).map(|id| alert(id, "talks", level(id))).collect();
            let plan = plan(&Policy::default(), Past::default(), alerts, Folding::Bursts, now());
            assert_eq!((plan.alone.len(), plan.together.len()), want, "{urgent} urgent, {usual} others");
        }
    }
}
