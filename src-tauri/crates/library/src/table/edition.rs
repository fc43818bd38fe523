//! The editions of planned digests, and their way out.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Rows, params};
use wirewatch_model::{
    Curation, Delivery, DeliveryState, Destination, Edition, EditionId, EditionState, Period,
};

use super::column::{millis, time};
use super::{curation, plan};
use crate::error::{LibraryError, Result};

/// A claim older than this belongs to a program that died: no digest takes so long to make.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// What was given up more than this from now was given up by a clock that ran ahead.
const RAN_AHEAD: TimeDelta = TimeDelta::days(7);

/// What waits for the user longer than this is given up.
const NEWS: TimeDelta = TimeDelta::hours(24);

/// Characters of a date; what follows tells editions by hand of one date apart.
const DATE: usize = "2026-11-24".len();

/// What an edition consists of once it is made.
#[derive(Debug, Clone, Default)]
pub struct EditionContent {
    /// The digest, encoded.
    pub content: Vec<u8>,
    /// Its PDF.
    pub pdf: Vec<u8>,
    /// Its message, from the first try at sending it on.
    pub mail: Option<Vec<u8>>,
    /// How many articles it holds.
    pub articles: u32,
}

/// An edition that was made: what it is, where it goes, and what its editor wanted.
#[derive(Debug, Clone, Copy)]
pub struct MadeEdition<'a> {
    /// What it consists of.
    pub content: &'a EditionContent,
    /// Where it goes.
    pub destinations: &'a [Destination],
    /// From when on it is tried to bring it there.
    pub first_try: DateTime<Utc>,
    /// What was wanted of it.
    pub used: &'a Curation,
}

/// An edition that is to be made, or was missed.
#[derive(Debug, Clone, Copy)]
pub struct NewEdition<'a> {
    /// The plan's name.
    pub digest: &'a str,
    /// Its local date.
    pub date: NaiveDate,
    /// What it covers.
    pub period: Period,
    /// Whether it comes late.
    pub late: bool,
}

/// Takes an edition for making; `None` if somebody else has it. A claim that its holder let go of,
/// and one from a clock that ran more than the lease ahead, is taken over.
pub(crate) fn claim(
    connection: &Connection,
    new: &NewEdition<'_>,
    now: DateTime<Utc>,
) -> Result<Option<EditionId>> {
    put(connection, new, EditionState::Claimed, now)
}

/// Notes that an edition is not made; `None` if it is there already.
pub(crate) fn skip(
    connection: &Connection,
    new: &NewEdition<'_>,
    now: DateTime<Utc>,
) -> Result<Option<EditionId>> {
    put(connection, new, EditionState::Skipped, now)
}

fn put(
    connection: &Connection,
    new: &NewEdition<'_>,
    state: EditionState,
    now: DateTime<Utc>,
) -> Result<Option<EditionId>> {
    let id = connection
        .prepare_cached(
            "INSERT INTO edition (digest, date, state, from_at, to_at, at, late, articles)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)
             ON CONFLICT (digest, date) DO UPDATE SET state = ?3, from_at = ?4, to_at = ?5, at = ?6, late = ?7
             WHERE (state = 'claimed' AND at NOT BETWEEN ?8 AND ?9) OR (state = 'skipped' AND at > ?10)
             RETURNING id",
        )?
        .query_row(
            params![
                new.digest,
                new.date.to_string(),
                state.as_str(),
                millis(new.period.from),
                millis(new.period.to),
                millis(now),
                new.late,
                millis(now - LEASE),
                millis(now + LEASE),
                millis(now + RAN_AHEAD),
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(id.map(EditionId))
}

/// Keeps what was made and opens its deliveries. False if the claim was lost meanwhile: then
/// somebody else makes it, and this copy is dropped.
pub(crate) fn finish(
    connection: &Connection,
    id: EditionId,
    made: &MadeEdition<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let content = made.content;
    let digest: Option<String> = connection
        .query_row(
            "UPDATE edition SET state = 'made', at = ?2, content = ?3, pdf = ?4, mail = ?5, articles = ?6
             WHERE id = ?1 AND state = 'claimed' RETURNING digest",
            params![id.0, millis(now), content.content, content.pdf, content.mail, content.articles],
            |row| row.get(0),
        )
        .optional()?;
    let Some(digest) = digest else { return Ok(false) };
    curation::use_up(connection, &digest, made.used)?;
    plan::set_trouble(connection, &digest, "")?;
    // Whoever claimed an earlier one and died: this one covers its period.
    connection.execute(
        "UPDATE edition SET state = 'skipped' WHERE state = 'claimed' AND digest = ?2
             AND date < (SELECT date FROM edition WHERE id = ?1)",
        params![id.0, digest],
    )?;
    open_deliveries(connection, id, made)?;
    Ok(true)
}

/// Keeps an edition that somebody sends at once. It takes no planned edition's date, and nothing that was
/// wanted of the next planned one is used up.
pub(crate) fn keep_by_hand(
    connection: &Connection,
    new: &NewEdition<'_>,
    made: &MadeEdition<'_>,
    now: DateTime<Utc>,
) -> Result<EditionId> {
    let content = made.content;
    let id = connection.query_row(
        "INSERT INTO edition (digest, date, state, from_at, to_at, at, late, articles, content, pdf, mail, by_hand)
         VALUES (?1, printf('%s #%09d', ?2, (SELECT coalesce(max(id), 0) + 1 FROM edition)), 'made', ?3, ?4, ?5, ?6,
                 ?7, ?8, ?9, ?10, 1)
         RETURNING id",
        params![
            new.digest,
            new.date.to_string(),
            millis(new.period.from),
            millis(new.period.to),
            millis(now),
            new.late,
            content.articles,
            content.content,
            content.pdf,
            content.mail,
        ],
        |row| row.get(0),
    )?;
    open_deliveries(connection, EditionId(id), made)?;
    Ok(EditionId(id))
}

fn open_deliveries(connection: &Connection, id: EditionId, made: &MadeEdition<'_>) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO delivery (edition, kind, destination, state, tries, next_try, message)
         VALUES (?1, ?2, ?3, 'waiting', 0, ?4, '')",
    )?;
    for destination in made.destinations {
        let (kind, text) = encode(destination);
        insert.execute(params![id.0, kind, text, millis(made.first_try)])?;
    }
    Ok(())
}

/// Keeps the message of an edition unless there is one already; the one that is kept.
pub(crate) fn freeze_mail(connection: &Connection, id: EditionId, mail: &[u8]) -> Result<Vec<u8>> {
    connection.execute("UPDATE edition SET mail = ?2 WHERE id = ?1 AND mail IS NULL", params![id.0, mail])?;
    Ok(connection.query_row("SELECT mail FROM edition WHERE id = ?1", [id.0], |row| row.get(0))?)
}

const SELECT: &str =
    "SELECT id, digest, date, state, from_at, to_at, at, late, articles, by_hand FROM edition";

/// The newest editions of every digest.
pub(crate) fn newest(connection: &Connection, limit: u32) -> Result<Vec<Edition>> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} ORDER BY date DESC, id DESC LIMIT ?1"))?;
    decoded(statement.query([limit])?, decode)
}

/// The newest editions of one digest.
pub(crate) fn of_digest(connection: &Connection, digest: &str, limit: u32) -> Result<Vec<Edition>> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} WHERE digest = ?1 ORDER BY date DESC LIMIT ?2"))?;
    decoded(statement.query(params![digest, limit])?, decode)
}

/// The newest editions of one digest that came out by its plan.
pub(crate) fn planned(connection: &Connection, digest: &str, limit: u32) -> Result<Vec<Edition>> {
    let mut statement = connection
        .prepare_cached(&format!("{SELECT} WHERE digest = ?1 AND by_hand = 0 ORDER BY date DESC LIMIT ?2"))?;
    decoded(statement.query(params![digest, limit])?, decode)
}

/// One edition.
pub(crate) fn get(connection: &Connection, id: EditionId) -> Result<Option<Edition>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    statement.query([id.0])?.next()?.map(decode).transpose()
}

/// What an edition consists of; `None` if it was not made.
pub(crate) fn content(connection: &Connection, id: EditionId) -> Result<Option<EditionContent>> {
    Ok(connection
        .prepare_cached("SELECT content, pdf, mail, articles FROM edition WHERE id = ?1 AND state = 'made'")?
        .query_row([id.0], |row| {
            Ok(EditionContent {
                content: row.get(0)?,
                pdf: row.get(1)?,
                mail: row.get(2)?,
                articles: row.get(3)?,
            })
        })
        .optional()?)
}

/// The deliveries of an edition.
pub(crate) fn deliveries(connection: &Connection, id: EditionId) -> Result<Vec<Delivery>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT_DELIVERY} WHERE edition = ?1"))?;
    let deliveries = statement.query_map([id.0], decode_delivery)?.collect::<std::result::Result<_, _>>()?;
    Ok(deliveries)
}

/// The deliveries that are to be tried now.
pub(crate) fn due(connection: &Connection, now: DateTime<Utc>) -> Result<Vec<Delivery>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT_DELIVERY} WHERE state = 'waiting' AND next_try <= ?1 ORDER BY next_try"
    ))?;
    let deliveries =
        statement.query_map([millis(now)], decode_delivery)?.collect::<std::result::Result<_, _>>()?;
    Ok(deliveries)
}

/// Writes down how far a delivery is, if it still is where the caller believes it to be: two
/// programs never send the same one.
pub(crate) fn advance(connection: &Connection, from: DeliveryState, delivery: &Delivery) -> Result<bool> {
    let (kind, text) = encode(&delivery.destination);
    let changed = connection.execute(
        "UPDATE delivery SET state = ?4, tries = ?5, next_try = ?6, message = ?7
         WHERE edition = ?1 AND kind = ?2 AND destination = ?3 AND state = ?8",
        params![
            delivery.edition.0,
            kind,
            text,
            delivery.state.as_str(),
            delivery.tries,
            delivery.next_try.map(millis),
            delivery.message,
            from.as_str(),
        ],
    )?;
    Ok(changed > 0)
}

/// A delivery whose sender let its lease (`next_try`) run out may have arrived: mails wait for the
/// user, files are simply written again.
pub(crate) fn recover(connection: &Connection, now: DateTime<Utc>) -> Result<()> {
    let window = params![millis(now), millis(now + LEASE * 2)];
    connection.execute(
        "UPDATE delivery SET state = 'uncertain', next_try = NULL,
             message = 'the program ended while this was being sent; it may have been delivered'
         WHERE state = 'sending' AND kind = 'mail' AND next_try NOT BETWEEN ?1 AND ?2",
        window,
    )?;
    connection.execute(
        "UPDATE delivery SET state = 'waiting', next_try = ?1
         WHERE state = 'sending' AND kind = 'folder' AND next_try NOT BETWEEN ?1 AND ?2",
        window,
    )?;
    Ok(())
}

/// Whether a sender let its lease run out.
pub(crate) fn any_stranded(connection: &Connection, now: DateTime<Utc>) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 'sending'
                 AND next_try NOT BETWEEN ?1 AND ?2)",
        )?
        .query_row([millis(now), millis(now + LEASE * 2)], |row| row.get(0))?)
}

/// What waits for the user is tried again, as if for the first time; what is older than a day has
/// become yesterday's news.
pub(crate) fn retry_blocked(connection: &Connection, now: DateTime<Utc>) -> Result<()> {
    connection.execute(
        "UPDATE delivery SET state = 'failed', message = 'too late: ' || message WHERE state = 'blocked'
             AND edition IN (SELECT id FROM edition WHERE at < ?1)",
        [millis(now - NEWS)],
    )?;
    connection.execute(
        "UPDATE delivery SET state = 'waiting', next_try = ?1, tries = 0 WHERE state = 'blocked'",
        [millis(now)],
    )?;
    Ok(())
}

/// Gives up what waits to be sent of a planned digest to anywhere but these. What somebody sent by hand is
/// theirs to give up.
pub(crate) fn keep_only(connection: &Connection, digest: &str, destinations: &[Destination]) -> Result<()> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT_DELIVERY} WHERE state IN ('waiting', 'blocked')
             AND edition IN (SELECT id FROM edition WHERE digest = ?1 AND by_hand = 0)"
    ))?;
    let open = statement.query_map([digest], decode_delivery)?.collect::<std::result::Result<Vec<_>, _>>()?;
    for delivery in open.into_iter().filter(|delivery| !destinations.contains(&delivery.destination)) {
        let given_up = Delivery {
            state: DeliveryState::Failed,
            next_try: None,
            message: "taken off the digest".to_owned(),
            ..delivery.clone()
        };
        advance(connection, delivery.state, &given_up)?;
    }
    Ok(())
}

fn encode(destination: &Destination) -> (&'static str, String) {
    match destination {
        Destination::Mail(address) => ("mail", address.clone()),
        Destination::Folder(folder) => ("folder", folder.to_string_lossy().into_owned()),
    }
}

fn decoded<T>(mut rows: Rows<'_>, decode: fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(decode(row)?);
    }
    Ok(found)
}

fn decode(row: &Row<'_>) -> Result<Edition> {
    let (date, state): (String, String) = (row.get("date")?, row.get("state")?);
    Ok(Edition {
        id: EditionId(row.get("id")?),
        digest: row.get("digest")?,
        date: date
            .get(..DATE)
            .unwrap_or(&date)
            .parse()
            .map_err(|error: chrono::ParseError| LibraryError::stored("date", error))?,
        state: EditionState::from_name(&state).unwrap_or(EditionState::Skipped),
        period: Period { from: time(row.get("from_at")?), to: time(row.get("to_at")?) },
        at: time(row.get("at")?),
        late: row.get("late")?,
        by_hand: row.get("by_hand")?,
        articles: row.get("articles")?,
    })
}

const SELECT_DELIVERY: &str =
    "SELECT edition, kind, destination, state, tries, next_try, message FROM delivery";

fn decode_delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let (kind, destination, state): (String, String, String) =
        (row.get("kind")?, row.get("destination")?, row.get("state")?);
    let next_try: Option<i64> = row.get("next_try")?;
    Ok(Delivery {
        edition: EditionId(row.get("edition")?),
        destination: match kind.as_str() {
            "folder" => Destination::Folder(destination.into()),
            _ => Destination::Mail(destination),
        },
        state: DeliveryState::from_name(&state).unwrap_or(DeliveryState::Uncertain),
        tries: row.get("tries")?,
        next_try: next_try.map(time),
        message: row.get("message")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use crate::schema::migrate;

    fn library() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&folder.path().join("library.sqlite")).unwrap();
        migrate(&mut connection).unwrap();
        (folder, connection)
    }

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn new() -> NewEdition<'static> {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        NewEdition { digest: "daily", date, period: Period { from: now(), to: now() }, late: false }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_said_and_not_made_up() {
        let (_folder, connection) = library();
        let id = skip(&connection, &new(), now()).unwrap().unwrap();
        assert_eq!(newest(&connection, 9).unwrap()[0].date, new().date);
        connection.execute("UPDATE edition SET date = 'someday'", []).unwrap();
        assert!(matches!(get(&connection, id), Err(LibraryError::Stored { what: "date", .. })));
        assert!(newest(&connection, 9).is_err());
    }

    #[test]
    fn as_many_as_are_sent_by_hand_are_kept_beside_the_planned_one_of_a_date() {
        let (_folder, connection) = library();
        let planned_one = skip(&connection, &new(), now()).unwrap().unwrap();
        let made = MadeEdition {
            content: &EditionContent::default(),
            destinations: &[],
            used: &Curation::default(),
            first_try: now(),
        };
        let by_hand = [(); 2].map(|()| keep_by_hand(&connection, &new(), &made, now()).unwrap());
        let found = of_digest(&connection, "daily", 9).unwrap();
        let dates: Vec<(EditionId, NaiveDate)> = found.iter().map(|one| (one.id, one.date)).collect();
        assert_eq!(dates, [by_hand[1], by_hand[0], planned_one].map(|id| (id, new().date)));
        assert_eq!(planned(&connection, "daily", 9).unwrap().len(), 1);
        assert_eq!(skip(&connection, &new(), now()).unwrap(), None, "the planned one has its place");
    }
}
