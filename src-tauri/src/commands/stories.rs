//! Stories: joined and taken apart by hand.

use tauri::State;
use wirewatch_model::{ArticleId, StoryId};
use wirewatch_monitor::Event;

use super::{Answer, ask};
use crate::shell::Shell;

/// Takes articles out of their story; answers with the story that they are now.
#[tauri::command]
pub(super) async fn split_story(shell: State<'_, Shell>, articles: Vec<i64>) -> Answer<i64> {
    ask(&shell, move |monitor| {
        let articles: Vec<ArticleId> = articles.into_iter().map(ArticleId).collect();
        let story = monitor.library().split_story(&articles)?;
        monitor.tell(Event::Articles { new: 0 });
        monitor.tell(Event::Alerts);
        Ok(story.0)
    })
    .await
}

/// Makes one story of several; answers with it.
#[tauri::command]
pub(super) async fn merge_stories(shell: State<'_, Shell>, stories: Vec<i64>) -> Answer<i64> {
    ask(&shell, move |monitor| {
        let stories: Vec<StoryId> = stories.into_iter().map(StoryId).collect();
        let story = monitor.library().merge_stories(&stories)?;
        monitor.tell(Event::Articles { new: 0 });
        monitor.tell(Event::Alerts);
        Ok(story.0)
    })
    .await
}
