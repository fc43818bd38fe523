//! Opening: a file of a newer program, no database at all, two programs at once.

use tempfile::TempDir;
use wirewatch_library::{Library, LibraryError};

use crate::{World, article, news};

#[test]
fn a_newer_programs_library_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    drop(Library::open(folder.path()).unwrap());
    let file = rusqlite::Connection::open(folder.path().join("library.sqlite")).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    let error = Library::open(folder.path()).err().unwrap();
    assert!(matches!(error, LibraryError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("update Wirewatch"));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library.sqlite");
    std::fs::write(&path, "a letter to the editor, not a database, and long enough to be looked at").unwrap();
    assert!(Library::open(folder.path()).is_err());
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("a letter"));
}

#[test]
fn a_second_opener_sees_what_the_first_commits() {
    let folder = TempDir::new().unwrap();
    let (one, two) = (Library::open(folder.path()).unwrap(), Library::open(folder.path()).unwrap());
    let before = two.foreign_changes().unwrap();
    one.set_setting("colour", "blue").unwrap();
    assert_eq!(two.setting("colour").unwrap().as_deref(), Some("blue"));
    assert_ne!(two.foreign_changes().unwrap(), before);
}

#[test]
fn every_article_survives_reopening() {
    let folder = TempDir::new().unwrap();
    let world = World { library: Library::open(folder.path()).unwrap(), _folder: TempDir::new().unwrap() };
    let wire = world.source("wire");
    let parsed = wirewatch_model::ParsedArticle {
        authors: vec!["Jane Roe".into(), "Ivo".into()],
        language: Some("en".into()),
        lead: Some("A lead.".into()),
        html: "<p>They met.</p>".into(),
        labels: vec!["world".into()],
        ..article("Talks", "They met.")
    };
    world.add(wire, news(parsed.clone(), &["talks"]));
    drop(world);
    let again = Library::open(folder.path()).unwrap();
    let kept = again.article(wirewatch_model::ArticleId(1)).unwrap().unwrap();
    assert_eq!(kept.content, parsed);
    assert_eq!(kept.matches.len(), 1);
}
