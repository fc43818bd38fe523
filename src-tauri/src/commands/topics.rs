//! Topics and their queries.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::{AppHandle, Manager as _, State};
use wirewatch_library::{Library, LibraryError, TopicChange, WordList};
use wirewatch_model::TopicId;
use wirewatch_monitor::check_topic_query;

use super::{Answer, aside, ask};
use crate::shell::Shell;
use crate::wire::{CommandError, QueryCheck, QueryRemark, TopicDraft, TopicRow};

/// The word forms of a topic that the window makes, until it asks for languages.
const DEFAULT_LANGUAGES: [&str; 2] = ["en", "ru"];

/// What the editor does not show of a topic. It is kept when the topic is removed, so that saving
/// the topic again, which is how the window takes a removal back, brings all of it back.
#[derive(Default)]
struct Hidden {
    languages: Vec<String>,
    lists: Vec<WordList>,
}

/// The topics that were removed since the program was started.
#[derive(Default)]
pub(crate) struct Removed(Mutex<HashMap<TopicId, Hidden>>);

impl Removed {
    fn lock(&self) -> MutexGuard<'_, HashMap<TopicId, Hidden>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the editor shows under a query as it is typed.
#[tauri::command]
pub(super) async fn check_query(shell: State<'_, Shell>, query: String) -> Answer<QueryCheck> {
    ask(&shell, move |monitor| {
        Ok(match check_topic_query(monitor.library(), &query)? {
            Ok(checked) => QueryCheck {
                parsed: checked.query.to_string(),
                described: checked.described.text,
                warnings: checked
                    .warnings
                    .iter()
                    .map(|warning| QueryRemark::warning(&query, warning))
                    .collect(),
                error: None,
            },
            Err(error) => QueryCheck {
                parsed: String::new(),
                described: String::new(),
                warnings: Vec::new(),
                error: Some(QueryRemark::error(&query, &error)),
            },
        })
    })
    .await
}

/// Saves a topic; its matches over the whole library are up to date when this answers.
#[tauri::command]
pub(super) async fn save_topic(app: AppHandle, draft: TopicDraft) -> Answer<TopicRow> {
    aside(move || {
        let (monitor, removed) = (&app.state::<Shell>().monitor, app.state::<Removed>());
        let library = monitor.library();
        let topics = library.topics()?;
        let id = match &draft.id {
            Some(id) => TopicId::from_name(id),
            None => free_id(&draft.name, |id| topics.iter().any(|topic| topic.id == *id)),
        };
        let present = topics.into_iter().find(|topic| topic.id == id);
        // A topic that is there keeps its word lists without being told.
        let (languages, lists) = match (present, removed.lock().remove(&id)) {
            (Some(topic), _) => (topic.languages, Vec::new()),
            (None, Some(hidden)) => (hidden.languages, hidden.lists),
            (None, None) => (DEFAULT_LANGUAGES.map(str::to_owned).to_vec(), Vec::new()),
        };
        let TopicDraft { name, query, level, .. } = draft;
        let change = TopicChange { id, name, query, level: level.into(), languages };
        let saved =
            monitor.save_topic(&change, &lists).map_err(|error| CommandError::about(&change.query, error))?;
        let unread = library.unread_by_topic()?.get(&saved.id).copied();
        Ok(TopicRow::new(saved, unread.unwrap_or_default()))
    })
    .await
}

/// Removes a topic with its matches.
#[tauri::command]
pub(super) async fn remove_topic(app: AppHandle, id: String) -> Answer<()> {
    aside(move || {
        let monitor = &app.state::<Shell>().monitor;
        let id = TopicId::from_name(&id);
        let hidden = hidden(monitor.library(), &id)?;
        monitor.remove_topic(&id)?;
        app.state::<Removed>().lock().insert(id, hidden);
        Ok(())
    })
    .await
}

fn hidden(library: &Library, id: &TopicId) -> Result<Hidden, LibraryError> {
    let languages = library.topic(id)?.map(|topic| topic.languages).unwrap_or_default();
    let mut lists = library.word_lists()?;
    lists.retain(|list| list.topic.as_ref() == Some(id));
    Ok(Hidden { languages, lists })
}

/// The id of a new topic: made from its name, with a number if another topic has it.
fn free_id(name: &str, taken: impl Fn(&TopicId) -> bool) -> TopicId {
    let mut id = TopicId::from_name(name);
    let mut number = 2;
    while taken(&id) {
        id = TopicId::from_name(&format!("{name} {number}"));
        number += 1;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_topic_never_overwrites_another() {
        let taken = ["elections", "elections-2"].map(TopicId::from_name);
        let id = |name| free_id(name, |id| taken.contains(id)).to_string();
        assert_eq!(id("Elections"), "elections-3");
        assert_eq!(id("Выборы"), "выборы");
    }
}
