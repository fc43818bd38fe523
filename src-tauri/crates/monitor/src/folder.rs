//! Folders: what lies in them, what of it is new, and reading that.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use walkdir::WalkDir;
use wirewatch_intake::{Hint, MAX_BYTES, Parsed, parse};
use wirewatch_library::{Arrival, Receipt, ReceiptOutcome};
use wirewatch_model::Source;

use crate::error::Result;
use crate::filing::content_hash;
use crate::ignored::Ignored;
use crate::intake::Candidate;
use crate::settling::{Settling, Sign};
use crate::{Event, Monitor, Tally, Topics};

/// Files that are read, matched and committed together: large enough that commits do not count,
/// small enough that a kill loses a second of work and progress moves.
const CHUNK: usize = 256;

/// How long one pass waits for files that are still being written before it leaves them for the next.
const PATIENCE: Duration = Duration::from_secs(10);

/// File systems stamp files with a clock that ticks a hundred times a second and so lags behind
/// the one that programs read.
const FILE_CLOCK_LAG: TimeDelta = TimeDelta::milliseconds(20);

/// A file in a watched folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundFile {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    pub(crate) modified: DateTime<Utc>,
}

impl FoundFile {
    /// The file at a path; `None` if there is none (any more).
    pub(crate) fn at(path: &Path) -> Option<FoundFile> {
        let facts = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        // Receipts keep milliseconds; compare what they keep.
        let modified = DateTime::<Utc>::from(facts.modified().ok()?).timestamp_millis();
        Some(FoundFile {
            path: path.to_owned(),
            size: facts.len(),
            modified: DateTime::from_timestamp_millis(modified)?,
        })
    }

    fn age(&self, now: DateTime<Utc>) -> Duration {
        (now - self.modified).to_std().unwrap_or_default()
    }

    pub(crate) fn is_as(&self, receipt: &Receipt) -> bool {
        receipt.size == self.size && receipt.modified == self.modified
    }

    pub(crate) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// Every file under `root`, symbolic links followed and their loops cut; and what could not be
/// looked into.
pub(crate) fn sweep(root: &Path, ignored: &Ignored) -> (Vec<FoundFile>, Vec<String>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || ignored.lets_through(root, entry.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.extend(FoundFile::at(entry.path())),
            Ok(_) => {}
            // The file behind a loop is found once anyway; one that went meanwhile is no problem.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) if error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound) => {}
            Err(error) => problems.push(error.to_string()),
        }
    }
    (files, problems)
}

impl Monitor {
    /// One pass over a folder: everything new or changed that has settled, without the files that
    /// are known to be unfinished. Blocks.
    pub(crate) fn check_folder(
        &self,
        source: &Source,
        unfinished: &HashSet<PathBuf>,
        stop: &CancellationToken,
    ) -> Result<Tally> {
        let mut tally = Tally::of(source);
        let root = Path::new(&source.spec.location);
        if !root.exists() {
            let message = "the folder is not there; it is looked for again".to_owned();
            tally.trouble(&source.spec.location, message.clone());
            self.note_failure(source, message, None)?;
            return Ok(tally);
        }
        let (mut found, problems) = sweep(root, &self.ignored(source)?);
        found.retain(|file| !unfinished.contains(&file.path));
        for problem in problems {
            tally.trouble(&source.spec.location, problem);
        }
        let fresh = self.unread_files(source, found, &mut tally)?;
        let total = fresh.len() as u32;
        let mut settling = Settling::default();
        let (now, start) = (self.now(), Instant::now());
        fresh.iter().for_each(|file| settling.note(&file.path, Sign::Found { age: file.age(now) }, start));
        let mut known: HashMap<PathBuf, FoundFile> =
            fresh.into_iter().map(|file| (file.path.clone(), file)).collect();
        let mut done = 0;
        while let Some(next) = settling.next() {
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            let files = still_the_same(settling.finished(Instant::now()), &mut known, &mut settling);
            for chunk in files.chunks(CHUNK) {
                if stop.is_cancelled() {
                    return Ok(tally);
                }
                self.read_files(source, chunk, &mut tally)?;
                done += chunk.len() as u32;
                self.tell(Event::Progress { label: format!("Reading {}", source.spec.name), done, total });
            }
            if start.elapsed() > PATIENCE {
                break;
            }
        }
        if settling.next().is_none() {
            self.library().set_source_primed(source.id)?;
        }
        self.note_success(source, None)?;
        Ok(tally)
    }

    /// Reads files that have settled and takes in what they hold, in one transaction.
    pub(crate) fn read_files(&self, source: &Source, files: &[FoundFile], tally: &mut Tally) -> Result<()> {
        let (primed, added_at) = self.library().source_primed(source.id)?;
        let topics = self.topics();
        let everything_is_news = primed || source.spec.alert_existing;
        let (renamed, files) = self.recognise(source, files)?;
        tally.known += renamed;
        let read = in_parallel(&files, |file| {
            // What was put into the folder after it was added is news, even on the first pass.
            let news = everything_is_news || file.modified + FILE_CLOCK_LAG >= added_at;
            self.read_file(source, file, news, &topics)
        });
        let mut arrivals = Vec::new();
        let mut receipts = Vec::new();
        for (mut articles, receipt) in read {
            if let ReceiptOutcome::Problem(reason) = &receipt.outcome {
                tally.trouble(&receipt.path, reason.clone());
            }
            arrivals.append(&mut articles);
            receipts.push(receipt);
        }
        let read = receipts.iter().filter(|receipt| matches!(receipt.outcome, ReceiptOutcome::Articles(_)));
        let read: Vec<PathBuf> = read.map(|receipt| PathBuf::from(&receipt.path)).collect();
        self.take_in(source, arrivals, receipts, tally)?;
        self.put_away(source, &read, tally)
    }

    fn read_file(
        &self,
        source: &Source,
        file: &FoundFile,
        news: bool,
        topics: &Topics,
    ) -> (Vec<Arrival>, Receipt) {
        let receipt = |hash, outcome| Receipt {
            path: file.name(),
            size: file.size,
            modified: file.modified,
            read_at: self.now(),
            hash,
            outcome,
        };
        let (hash, Parsed { articles, problems, .. }) = match read_and_parse(file) {
            Ok(parsed) => parsed,
            Err(reason) => return (Vec::new(), receipt(None, ReceiptOutcome::Problem(reason))),
        };
        let arrivals: Vec<Arrival> = (0..)
            .zip(articles)
            .map(|(number, mut article)| {
                article.labels.extend(subfolder(source, &file.path));
                let file = Some((file.name(), number));
                Candidate { article, file, news }.match_topics(self, topics, source)
            })
            .collect();
        let outcome = match problems.first() {
            Some(problem) => ReceiptOutcome::Problem(problem.message.clone()),
            None => ReceiptOutcome::Articles(arrivals.len() as u32),
        };
        (arrivals, receipt(Some(hash), outcome))
    }

    /// The patterns of a folder; they were checked when it was added, and a broken one leaves nothing out.
    pub(crate) fn ignored(&self, source: &Source) -> Result<Ignored> {
        let options = self.library().source_options(source.id)?;
        let ignored = Ignored::new(&options.ignore).unwrap_or_else(|reason| {
            tracing::warn!(source = source.id.0, reason, "pattern cannot be used");
            Ignored::default()
        });
        Ok(ignored.and_folder(options.move_to.map(PathBuf::from)))
    }

    /// Leaves out the files that were read already and have not changed since.
    fn unread_files(
        &self,
        source: &Source,
        found: Vec<FoundFile>,
        tally: &mut Tally,
    ) -> Result<Vec<FoundFile>> {
        let receipts = self.library().receipts(source.id)?;
        let (read, fresh): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|file| receipts.get(&file.name()).is_some_and(|known| file.is_as(known)));
        let mut done = Vec::new();
        for file in read {
            if let Some(ReceiptOutcome::Articles(number)) =
                receipts.get(&file.name()).map(|known| &known.outcome)
            {
                tally.known += number;
                done.push(file.path);
            }
        }
        // What a kill kept from being put away.
        self.put_away(source, &done, tally)?;
        Ok(fresh)
    }
}

/// Where in the watched folder a file lies: people sort by folders, so it is a label.
fn subfolder(source: &Source, file: &Path) -> Option<String> {
    let inside = file.parent()?.strip_prefix(&source.spec.location).ok()?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What a file holds, and the hash of it.
fn read_and_parse(file: &FoundFile) -> std::result::Result<([u8; 16], Parsed), String> {
    if file.size > MAX_BYTES as u64 {
        let (size, limit) = (file.size / (1024 * 1024), MAX_BYTES / (1024 * 1024));
        return Err(format!("the file has {size} MB; files over {limit} MB are not read, split it"));
    }
    let bytes = std::fs::read(&file.path).map_err(|error| format!("the file cannot be read: {error}"))?;
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    Ok((content_hash(&bytes), parse(&bytes, &Hint::named(&name))))
}

/// The finished files that are as they were when they were found; one that has changed since
/// starts to settle anew, one that went is forgotten.
fn still_the_same(
    finished: Vec<PathBuf>,
    known: &mut HashMap<PathBuf, FoundFile>,
    settling: &mut Settling,
) -> Vec<FoundFile> {
    let mut files = Vec::new();
    for path in finished {
        match FoundFile::at(&path) {
            Some(now) if known.get(&path) == Some(&now) => files.push(now),
            Some(now) => {
                settling.note(&path, Sign::Found { age: Duration::ZERO }, Instant::now());
                known.insert(path, now);
            }
            None => {}
        }
    }
    files
}

/// Applies `work` to every item on all cores; the results are in the items' order.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(share)
            .map(|part| scope.spawn(|| part.iter().map(&work).collect::<Vec<R>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
