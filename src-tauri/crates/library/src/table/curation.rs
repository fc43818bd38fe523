//! What an editor wants of the next edition of a digest.

use rusqlite::{Connection, OptionalExtension, params};
use wirewatch_model::{Curation, StoryId, TopicId};

use crate::error::Result;

/// What is wanted of the next edition of a digest; nothing, if nothing was said.
pub(crate) fn get(connection: &Connection, digest: &str) -> Result<Curation> {
    let note = connection
        .prepare_cached("SELECT note FROM curation WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?;
    let mut curation = Curation { note: note.unwrap_or_default(), ..Curation::default() };
    let mut statement = connection.prepare_cached(
        "SELECT story, dropped, place, note FROM curated_story WHERE digest = ?1 ORDER BY place, story",
    )?;
    let mut rows = statement.query([digest])?;
    while let Some(row) = rows.next()? {
        let story = StoryId(row.get(0)?);
        if row.get(1)? {
            curation.dropped.insert(story);
        }
        if row.get::<_, Option<i64>>(2)?.is_some() {
            curation.first.push(story);
        }
        curation.annotate(story, &row.get::<_, String>(3)?);
    }
    read_orders(connection, digest, &mut curation)?;
    Ok(curation)
}

fn read_orders(connection: &Connection, digest: &str, curation: &mut Curation) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT topic, story FROM curated_place WHERE digest = ?1 ORDER BY topic, place, story",
    )?;
    let mut rows = statement.query([digest])?;
    while let Some(row) = rows.next()? {
        let topic = TopicId::from_name(&row.get::<_, String>(0)?);
        curation.orders.entry(topic).or_default().push(StoryId(row.get(1)?));
    }
    Ok(())
}

/// Wants this and nothing else.
pub(crate) fn save(connection: &Connection, digest: &str, curation: &Curation) -> Result<()> {
    clear(connection, digest)?;
    if !curation.note.is_empty() {
        connection
            .execute("INSERT INTO curation (digest, note) VALUES (?1, ?2)", params![digest, curation.note])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO curated_story (digest, story, dropped, place, note) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for story in stories(curation) {
        let place = curation.first.iter().position(|first| *first == story);
        let note = curation.notes.get(&story).map_or("", String::as_str);
        let place = place.and_then(|place| i64::try_from(place).ok());
        insert.execute(params![digest, story.0, curation.dropped.contains(&story), place, note])?;
    }
    save_orders(connection, digest, curation)
}

fn save_orders(connection: &Connection, digest: &str, curation: &Curation) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO curated_place (digest, topic, story, place) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (topic, stories) in &curation.orders {
        for (place, story) in (0_i64..).zip(stories) {
            insert.execute(params![digest, topic.as_str(), story.0, place])?;
        }
    }
    Ok(())
}

/// Takes away what was used; what was wanted otherwise meanwhile is wanted of the next edition.
pub(crate) fn use_up(connection: &Connection, digest: &str, used: &Curation) -> Result<()> {
    if get(connection, digest)? == *used { clear(connection, digest) } else { Ok(()) }
}

/// Wants nothing any more.
pub(crate) fn clear(connection: &Connection, digest: &str) -> Result<()> {
    connection.execute("DELETE FROM curation WHERE digest = ?1", [digest])?;
    connection.execute("DELETE FROM curated_story WHERE digest = ?1", [digest])?;
    connection.execute("DELETE FROM curated_place WHERE digest = ?1", [digest])?;
    Ok(())
}

/// Every story of which something is wanted; some of them several times.
fn stories(curation: &Curation) -> impl Iterator<Item = StoryId> {
    let named = curation.dropped.iter().chain(&curation.first).chain(curation.notes.keys());
    named.copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use crate::schema::migrate;

    #[test]
    fn what_is_wanted_is_kept_for_each_digest_until_it_is_used_up() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        let mut wanted = Curation {
            note: "Quiet night.".into(),
            dropped: [StoryId(4), StoryId(2)].into(),
            first: vec![StoryId(9), StoryId(2), StoryId(1)],
            ..Curation::default()
        };
        wanted.annotate(StoryId(9), "Ours.");
        wanted.order(TopicId::from_name("oil"), vec![StoryId(12), StoryId(9)]);
        wanted.order(TopicId::from_name("gas"), vec![StoryId(9)]);
        save(&connection, "daily", &wanted).unwrap();
        save(&connection, "weekly", &Curation { note: "Other".into(), ..Curation::default() }).unwrap();
        assert_eq!(get(&connection, "daily").unwrap(), wanted);
        wanted.dropped.remove(&StoryId(4));
        save(&connection, "daily", &wanted).unwrap();
        assert_eq!(get(&connection, "daily").unwrap(), wanted, "what is not wanted any more is gone");
        let used = wanted.clone();
        wanted.note = "Busy after all.".into();
        save(&connection, "daily", &wanted).unwrap();
        use_up(&connection, "daily", &used).unwrap();
        assert_eq!(
            get(&connection, "daily").unwrap(),
            wanted,
            "it was wanted after the edition was composed"
        );
        use_up(&connection, "daily", &wanted).unwrap();
        assert!(get(&connection, "daily").unwrap().is_empty());
        assert_eq!(get(&connection, "weekly").unwrap().note, "Other");
    }
}
