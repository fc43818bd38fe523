//! The policy: pure functions of rules, what was told lately, an alert and the time.

use std::collections::HashMap;

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
    /// Whether nothing is shown at all.
    pub(crate) muted: bool,
    /// Until when nothing is shown.
    pub(crate) paused_until: Option<DateTime<Utc>>,
    /// When only what is urgent is shown.
    pub(crate) quiet: Option<QuietHours>,
    /// Alerts an hour of one topic that are shown singly; `None` for as many as come.
    pub(crate) budget: Option<u32>,
    /// What the user wants of single topics.
    pub(crate) topics: HashMap<TopicId, TopicRule>,
}

/// What the user was told within the time of a budget, but for what was urgent: that costs nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    alone: HashMap<TopicId, u32>,
    /// How many had been shown singly when a summary last told of the topic. Fewer than the budget, and
    /// it was of a burst; else it was the one that tells that the budget is spent.
    summarised: HashMap<TopicId, u32>,
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
    /// What these tell, in the order in which they were told; none is older than [`BUDGET_TIME`].
    pub(crate) fn of(told: &[Told]) -> Past {
        let mut past = Past::default();
        for one in told.iter().filter(|one| one.level != Level::Urgent) {
            past.note(&one.topic, one.fate);
        }
        past
    }

    fn shown(&self, topic: &TopicId) -> u32 {
        self.alone.get(topic).copied().unwrap_or_default()
    }

    fn note(&mut self, topic: &TopicId, fate: Fate) {
        match fate {
            Fate::Shown => *self.alone.entry(topic.clone()).or_default() += 1,
            Fate::Summarised => {
                self.summarised.insert(topic.clone(), self.shown(topic));
            }
            Fate::Held(_) => {}
        }
    }
}

/// Why nobody may be told of an alert now, whatever was told before.
pub(crate) fn silence(policy: &Policy, alert: &Alert, now: DateTime<Utc>) -> Option<Hold> {
    let rule = policy.topics.get(&alert.topic).copied().unwrap_or_default();
    let is_ahead = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until > now);
    let is_quiet = || alert.level != Level::Urgent && policy.quiet.is_some_and(|quiet| quiet.contain(now));
    if policy.muted {
        Some(Hold::Muted)
    } else if is_ahead(policy.paused_until) {
        Some(Hold::Paused)
    } else if is_ahead(rule.snoozed_until) {
        Some(Hold::Snoozed)
    } else {
        is_quiet().then_some(Hold::QuietHours)
    }
}

/// What becomes of one alert now.
pub(crate) fn judge(policy: &Policy, past: &Past, alert: &Alert, now: DateTime<Utc>) -> Verdict {
    match silence(policy, alert, now) {
        Some(why) => Verdict::Hold(why),
        None if alert.level == Level::Urgent => Verdict::Show,
        None => within_budget(policy, past, &alert.topic),
    }
}

/// The first that a budget does not cover makes a summary, with those that come with it; further
/// ones wait for the digest.
fn within_budget(policy: &Policy, past: &Past, topic: &TopicId) -> Verdict {
    let rule = policy.topics.get(topic).copied().unwrap_or_default();
    let shown = past.shown(topic);
    match rule.budget.or(policy.budget) {
        Some(budget)
            if shown >= budget && past.summarised.get(topic).is_some_and(|after| *after >= budget) =>
        {
            Verdict::Hold(Hold::OverBudget)
        }
        Some(budget) if shown >= budget => Verdict::Summarise,
        _ => Verdict::Show,
    }
}

/// What becomes of the alerts of one delivery, in their order. A burst is one summary and costs no
/// budget; what is urgent stands alone unless there is a burst of that, and costs none either.
pub(crate) fn plan(
    policy: &Policy,
    mut past: Past,
    alerts: Vec<Alert>,
    folding: Folding,
    now: DateTime<Utc>,
) -> Plan {
    let mut plan = Plan::default();
    let mut shown = Vec::new();
    for alert in alerts {
        let verdict = judge(policy, &past, &alert, now);
        match verdict {
            Verdict::Show => shown.push(alert),
            _ => plan.put(alert, verdict),
        }
    }
    let (urgent, usual) = shown.into_iter().partition(|alert: &Alert| alert.level == Level::Urgent);
    let (most_urgent, most) = folding.most();
    plan.fold(urgent, most_urgent);
    for alert in plan.fold_all(usual, most) {
        let verdict = within_budget(policy, &past, &alert.topic);
        if verdict == Verdict::Show {
            past.note(&alert.topic, Fate::Shown);
        }
        plan.put(alert, verdict);
    }
    plan.alone.sort_by_key(|alert| alert.id);
    plan.together.sort_by_key(|alert| alert.id);
    plan
}

impl Folding {
    /// How many urgent alerts stand alone, and how many others.
    fn most(self) -> (usize, usize) {
        match self {
            Folding::Never => (usize::MAX, usize::MAX),
            Folding::Bursts => (BURST, BURST),
            Folding::Gathered => (BURST, 1),
        }
    }
}

impl Plan {
    fn put(&mut self, alert: Alert, verdict: Verdict) {
        match verdict {
            Verdict::Show => self.alone.push(alert),
            Verdict::Summarise => self.together.push(alert),
            Verdict::Hold(why) => self.held.push((alert, why)),
        }
    }

    /// Shows these singly, or as one if they are more than so many.
    fn fold(&mut self, alerts: Vec<Alert>, most: usize) {
        let few = self.fold_all(alerts, most);
        self.alone.extend(few);
    }

    /// Makes one of these if they are more than so many; otherwise gives them back.
    fn fold_all(&mut self, alerts: Vec<Alert>, most: usize) -> Vec<Alert> {
        if alerts.len() <= most {
            return alerts;
        }
        self.together.extend(alerts);
        Vec::new()
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
        let told = |fate: &Fate| Told { topic: topic.clone(), fate: *fate, level: Level::Notify };
        Past::of(&fates.iter().map(told).collect::<Vec<_>>())
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
                rules("talks", Some(2), None),
                vec![summarised, shown, shown],
                Level::Notify,
                Verdict::Summarise,
                "the summary was of a burst, not of what is beyond",
            ),
            (
                Policy { muted: true, ..paused(now() + hour) },
                vec![],
                Level::Urgent,
                Verdict::Hold(Hold::Muted),
                "no notifications are wanted",
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
            (300, Some(3), Bursts, (0, 300, 0), "a burst is one, and costs no budget"),
            (300, Some(3), Never, (3, 297, 0), "far over budget: one summary"),
            (4, Some(0), Gathered, (0, 4, 0), "nothing singly"),
        ] {
            let alerts = (0..count).map(|id| alert(id, "talks", Level::Notify)).collect();
            let plan = plan(&rules("talks", budget, None), Past::default(), alerts, folding, now());
            assert_eq!((plan.alone.len(), plan.together.len(), plan.held.len()), want, "{why}");
        }
    }

    #[test]
    fn what_is_urgent_costs_no_budget() {
        let urgent = |id| alert(id, "talks", Level::Urgent);
        let alerts = vec![urgent(0), urgent(1), alert(2, "talks", Level::Notify), urgent(3)];
        let policy = rules("talks", Some(1), None);
        let plan = plan(&policy, Past::default(), alerts, Folding::Bursts, now());
        assert_eq!((plan.alone.len(), plan.together.len(), plan.held.len()), (4, 0, 0));
        let topic = TopicId::from_name("talks");
        let told = Told { topic, fate: Fate::Shown, level: Level::Urgent };
        let past = Past::of(&[told.clone(), told]);
        let verdict = judge(&policy, &past, &alert(4, "talks", Level::Notify), now());
        assert_eq!(verdict, Verdict::Show, "what was told before is no different");
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
