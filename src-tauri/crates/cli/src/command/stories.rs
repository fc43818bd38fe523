//! `stories`.

use anyhow::Result;
use wirewatch_model::{ArticleId, Story, StoryId};
use wirewatch_monitor::Monitor;

use super::missing;
use crate::arguments::{Stories, StoriesVerb};
use crate::json;
use crate::output::{Ended, Output};

/// Lists stories, or changes them as the user says.
pub(crate) fn run(monitor: &Monitor, stories: &Stories, output: &mut Output) -> Result<Ended> {
    let library = monitor.library();
    match &stories.verb {
        StoriesVerb::List { limit } => {
            let found = library.shared_stories(*limit, &monitor.preferred_sources()?)?;
            if found.is_empty() {
                output.remark("no story is told by more than one article")?;
            }
            found.iter().try_for_each(|story| show(story, output))?;
        }
        StoriesVerb::Show { id } => show(&existing(monitor, StoryId(*id))?, output)?,
        StoriesVerb::Merge { ids } => {
            let ids: Vec<StoryId> = ids.iter().copied().map(StoryId).collect();
            show(&existing(monitor, library.merge_stories(&ids)?)?, output)?;
        }
        StoriesVerb::Split { articles } => {
            let articles: Vec<ArticleId> = articles.iter().copied().map(ArticleId).collect();
            show(&existing(monitor, library.split_story(&articles)?)?, output)?;
        }
    }
    Ok(Ended::Done)
}

/// The outlets other than this one that carried a story.
pub(crate) fn also_in(monitor: &Monitor, story: Option<StoryId>, outlet: &str) -> Result<Vec<String>> {
    let Some(story) = story else { return Ok(Vec::new()) };
    let outlets = monitor.library().outlets(story)?;
    Ok(outlets.into_iter().filter(|other| other.to_lowercase() != outlet.to_lowercase()).collect())
}

fn existing(monitor: &Monitor, id: StoryId) -> Result<Story> {
    let story = monitor.library().story(id, &monitor.preferred_sources()?)?;
    Ok(story.ok_or_else(|| missing("story", id))?)
}

fn show(story: &Story, output: &mut Output) -> Result<()> {
    output.record(|| json::story(story), || text(story))?;
    Ok(())
}

fn text(story: &Story) -> String {
    let title = story.spoken().map(|version| version.title.as_str()).unwrap_or_default();
    let mut lines = vec![format!(
        "{:>6}  {}  ({} articles, {} outlets)",
        story.id,
        if title.is_empty() { "(no headline)" } else { title },
        story.versions.len(),
        story.outlets().len()
    )];
    lines.extend(
        story.versions.iter().map(|one| format!("{:>14}  {}  {}", one.article, one.outlet, one.title)),
    );
    lines.join("\n")
}
