//! `digests next` and `digests curate`: the next edition as its editor sees it.

use anyhow::Result;
use serde_json::json;
use wirewatch_digest::{Chapter, Story};
use wirewatch_model::{Curation, StoryId};
use wirewatch_monitor::{Edit, Monitor};

use crate::arguments::CurationWishes;
use crate::output::{Ended, Output};

/// Lists the stories of the next edition as it would be now.
pub(crate) fn next(monitor: &Monitor, name: Option<&str>, output: &mut Output) -> Result<Ended> {
    let made = monitor.next_digest(name)?;
    for chapter in &made.digest.chapters {
        for story in chapter.all() {
            tell(chapter, story, output)?;
        }
    }
    // What was left out has matched, too.
    if made.digest.chapters.iter().all(|chapter| chapter.all().next().is_none()) {
        output.remark("nothing has matched since the last edition")?;
    }
    Ok(Ended::Done)
}

fn tell(chapter: &Chapter, story: &Story, output: &mut Output) -> Result<()> {
    let is_among = |stories: &[Story]| stories.iter().any(|one| one.id == story.id);
    let (dropped, beyond) = (is_among(&chapter.dropped), is_among(&chapter.beyond));
    output.record(
        || {
            json!({
                "topic": chapter.topic, "story": story.id, "headline": story.headline, "outlet": story.outlet,
                "time": story.time, "also": story.also.len(), "dropped": dropped, "beyond": beyond,
                "note": story.note.join("\n"),
            })
        },
        || {
            let mark = match (dropped, beyond) {
                (true, _) => " (left out)",
                (false, true) => " (beyond the cap)",
                (false, false) => "",
            };
            let mut lines = vec![format!("{:>7} {}: {}{mark}", story.id, chapter.name, story.headline)];
            lines.extend(story.note.iter().map(|line| format!("        | {line}")));
            lines.join("\n")
        },
    )?;
    Ok(())
}

/// Wants something of the next edition, and shows what it has become.
pub(crate) fn curate(monitor: &Monitor, wishes: &CurationWishes, output: &mut Output) -> Result<Ended> {
    let name = Some(wishes.name.as_str());
    monitor.curate(name, in_order(wishes))?;
    next(monitor, name, output)
}

fn in_order(wishes: &CurationWishes) -> Vec<Edit> {
    let story = |id: &i64| StoryId(*id);
    let mut all = Vec::new();
    all.extend(wishes.reset.then(|| Edit::All(Curation::default())));
    all.extend(wishes.drop.iter().map(|id| Edit::Drop(story(id))));
    all.extend(wishes.restore.iter().map(|id| Edit::Restore(story(id))));
    if !wishes.first.is_empty() {
        all.push(Edit::First(wishes.first.iter().map(story).collect()));
    }
    all.extend(wishes.order.iter().map(|(topic, stories)| Edit::Order(topic.clone(), stories.clone())));
    all.extend(wishes.annotate.iter().map(|(id, words)| Edit::Annotate(StoryId(*id), words.clone())));
    all.extend(wishes.note.clone().map(Edit::Note));
    all
}
