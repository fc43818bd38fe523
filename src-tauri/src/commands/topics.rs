//! Topics and their queries.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, State};
use tokio_util::sync::CancellationToken;
use wirewatch_library::{Library, LibraryError, TopicChange, TopicRule, WordList};
use wirewatch_model::TopicId;
use wirewatch_monitor::{BackTestRequest, Draft, check_draft};
use wirewatch_query::{QueryError, import};

use super::{Answer, aside, ask};
use crate::shell::Shell;
use crate::wire::{
    AppliedView, BackTestView, CommandError, ImportedQuery, ListRemark, QueryCheck, QueryRemark, QueryTool,
    TopicDetail, TopicDraft, TopicRow, WordListDraft, WorkProgress, count, new_topic_languages,
};

/// What the editor does not show of a topic. It is kept when the topic is removed, so that saving
/// the topic again, which is how the window takes a removal back, brings all of it back.
#[derive(Default)]
struct Hidden {
    languages: Vec<String>,
    lists: Vec<WordList>,
    rule: TopicRule,
}

/// The topics that were removed since the program was started.
#[derive(Default)]
pub(crate) struct Removed(Mutex<HashMap<TopicId, Hidden>>);

impl Removed {
    fn lock(&self) -> MutexGuard<'_, HashMap<TopicId, Hidden>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The back-test that is under way: a later one takes its place and stops it.
#[derive(Default)]
pub(crate) struct BackTests(Mutex<CancellationToken>);

impl BackTests {
    /// Stops what is under way, and hands out what stops the next.
    fn next(&self) -> CancellationToken {
        let next = CancellationToken::new();
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, next.clone()).cancel();
        next
    }
}

/// What the editor shows under a query as it is typed.
#[tauri::command]
pub(super) async fn check_query(shell: State<'_, Shell>, draft: TopicDraft) -> Answer<QueryCheck> {
    ask(&shell, move |monitor| {
        let (tried, query) = (draft.draft(), &draft.query);
        let lists = lists_in_trouble(&draft, &tried);
        Ok(match check_draft(monitor.library(), &tried)? {
            Ok(checked) => QueryCheck {
                parsed: checked.query.to_string(),
                described: checked.described.text,
                warnings: checked.warnings.iter().map(|one| QueryRemark::warning(query, one)).collect(),
                error: None,
                lists,
            },
            Err(error) => QueryCheck {
                parsed: String::new(),
                described: String::new(),
                warnings: Vec::new(),
                error: Some(QueryRemark::error(query, &error)),
                lists,
            },
        })
    })
    .await
}

fn lists_in_trouble(draft: &TopicDraft, tried: &Draft) -> Vec<ListRemark> {
    let terms = |name: &str| draft.lists.iter().flatten().find(|list| list.name == name);
    let remark = |(name, error): (String, QueryError)| {
        let terms = terms(&name).map_or("", |list| &list.query);
        ListRemark { remark: QueryRemark::error(terms, &error), name }
    };
    tried.broken_lists().into_iter().map(remark).collect()
}

/// Tries a draft against the whole library; nothing if a later one took its place.
#[tauri::command]
pub(super) async fn back_test(
    app: AppHandle,
    draft: TopicDraft,
    days: Option<u32>,
    progress: Channel<WorkProgress>,
) -> Answer<Option<BackTestView>> {
    let cancel = app.state::<BackTests>().next();
    aside(move || {
        let monitor = &app.state::<Shell>().monitor;
        let request = BackTestRequest { draft: draft.draft(), days };
        let tell = |done, total| {
            // A window that is gone misses nothing.
            let _ = progress.send(WorkProgress { done: count(done), total: count(total) });
        };
        let tried = monitor.backtest(&request, &cancel, &tell);
        let tried = tried.map_err(|error| CommandError::about(&draft.query, error))?;
        Ok(tried.map(BackTestView::from))
    })
    .await
}

/// Stops the back-test that is under way.
#[tauri::command]
pub(super) async fn stop_back_test(running: State<'_, BackTests>) -> Answer<()> {
    running.next();
    Ok(())
}

/// What the editor shows of a topic besides its row.
#[tauri::command]
pub(super) async fn topic_detail(shell: State<'_, Shell>, id: String) -> Answer<TopicDetail> {
    ask(&shell, move |monitor| {
        let (library, id) = (monitor.library(), TopicId::from_name(&id));
        let lists = hidden(library, &id)?.lists.into_iter();
        Ok(TopicDetail {
            lists: lists.map(|list| WordListDraft { name: list.name, query: list.query }).collect(),
            versions: library.topic_versions(&id)?.into_iter().map(Into::into).collect(),
            applied: library.last_application(&id)?.map(Into::into),
        })
    })
    .await
}

/// Runs a topic over the whole library; progress is told as events.
#[tauri::command]
pub(super) async fn apply_topic(shell: State<'_, Shell>, id: String) -> Answer<AppliedView> {
    ask(&shell, move |monitor| {
        let applied = monitor.apply_topic(&TopicId::from_name(&id), &CancellationToken::new())?;
        applied.map(Into::into).ok_or_else(|| CommandError::failed("The topic was not applied."))
    })
    .await
}

/// Takes back what a topic's last run over the library did.
#[tauri::command]
pub(super) async fn undo_topic(shell: State<'_, Shell>, id: String) -> Answer<()> {
    ask(&shell, move |monitor| {
        monitor.undo_topic(&TopicId::from_name(&id))?;
        Ok(())
    })
    .await
}

/// Reads another tool's query.
#[tauri::command]
pub(super) async fn import_query(tool: QueryTool, query: String) -> Answer<ImportedQuery> {
    aside(move || match import(tool.into(), &query) {
        Ok(imported) => Ok(ImportedQuery::new(&query, &imported)),
        Err(error) => Err(CommandError::Query { remark: QueryRemark::error(&query, &error) }),
    })
    .await
}

/// Saves a topic for what arrives from now on; `apply_topic` does the rest.
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
        let hidden = removed.lock().remove(&id).filter(|_| present.is_none());
        let (languages, kept) = match (&present, &hidden) {
            (Some(topic), _) => (topic.languages.clone(), None),
            (None, Some(hidden)) => (hidden.languages.clone(), Some(hidden.lists.clone())),
            (None, None) => (new_topic_languages(), None),
        };
        let TopicDraft { name, query, level, lists, .. } = draft;
        let wanted = lists.map(|lists| own_lists(&id, lists)).or(kept);
        let change = TopicChange { id, name, query, level: level.into(), languages };
        let saved = monitor
            .save_topic(&change, wanted.as_deref())
            .map_err(|error| CommandError::about(&change.query, error))?;
        if let Some(hidden) = hidden {
            library.set_topic_rule(&saved.id, hidden.rule)?;
        }
        let unread = library.unread_by_topic()?.get(&saved.id).copied();
        let rule = library.topic_rules()?.get(&saved.id).copied().unwrap_or_default().at(monitor.now());
        Ok(TopicRow::new(saved, unread.unwrap_or_default(), rule))
    })
    .await
}

fn own_lists(topic: &TopicId, lists: Vec<WordListDraft>) -> Vec<WordList> {
    let own = |WordListDraft { name, query }| WordList { topic: Some(topic.clone()), name, query };
    lists.into_iter().map(own).collect()
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
    let rule = library.topic_rules()?.get(id).copied().unwrap_or_default();
    Ok(Hidden { languages, lists, rule })
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
