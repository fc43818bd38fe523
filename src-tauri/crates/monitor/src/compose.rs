//! The digest: gather, compose, write.

use std::path::PathBuf;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use wirewatch_digest::{Digest, Material, Template, Templates, compose, job_for_pdf, to_html, to_markdown};
use wirewatch_library::DigestRecord;
use wirewatch_model::{Curation, DigestPlan, Level, Period, StoryOrder, Topic, TopicId};

use crate::curate::DAILY;
use crate::error::Result;
use crate::post::draft;
use crate::whole::write_bytes;
use crate::{Monitor, PdfMaker};

/// Days in the chart of volumes.
const CHART_DAYS: i64 = 14;

/// The first digest of a library reaches back so far.
const FIRST_PERIOD: TimeDelta = TimeDelta::hours(24);

/// Corrections are of articles that came in not longer than this before the period.
const CORRECTED: TimeDelta = TimeDelta::days(14);

/// Which digest is wanted.
#[derive(Debug, Clone, Default)]
pub struct DigestOrder {
    /// Its name; the daily one if none is given.
    pub name: Option<String>,
    /// What stands on top of it; otherwise its name.
    pub title: Option<String>,
    /// The period's start; otherwise the end of the last one of this name.
    pub from: Option<DateTime<Utc>>,
    /// The period's end; otherwise now.
    pub to: Option<DateTime<Utc>>,
    /// Its topics, in order; none for all that are not silent.
    pub topics: Vec<TopicId>,
    /// At most so many stories a topic.
    pub cap: Option<u32>,
    /// Which story stands first.
    pub order: StoryOrder,
    /// The zone of the times in it; otherwise the machine's.
    pub zone: Option<Tz>,
    /// What its editor wants.
    pub curation: Curation,
}

impl From<&DigestPlan> for DigestOrder {
    fn from(plan: &DigestPlan) -> DigestOrder {
        DigestOrder {
            name: Some(plan.name.clone()),
            topics: plan.topics.clone(),
            cap: plan.cap,
            order: plan.order,
            zone: Some(zone_of(plan)),
            ..DigestOrder::default()
        }
    }
}

/// The files that a digest is written to.
#[derive(Debug, Clone, Default)]
pub struct DigestFiles {
    /// Portable document.
    pub pdf: Option<PathBuf>,
    /// Web page.
    pub html: Option<PathBuf>,
    /// Markdown.
    pub markdown: Option<PathBuf>,
    /// Mail message, with the PDF attached.
    pub mail: Option<PathBuf>,
}

/// A digest that was composed.
#[derive(Debug, Clone)]
pub struct MadeDigest {
    /// Its name.
    pub name: String,
    /// What it covers.
    pub period: Period,
    /// The digest.
    pub digest: Digest,
    /// What its editor wanted.
    pub(crate) used: Curation,
    /// What it looks like.
    templates: Templates,
    pdf: OnceLock<Vec<u8>>,
}

impl MadeDigest {
    /// Its web page.
    ///
    /// # Errors
    /// If our own template fails.
    pub fn html(&self) -> Result<String> {
        Ok(to_html(&self.digest, &self.templates)?)
    }

    /// It in Markdown.
    ///
    /// # Errors
    /// If our own template fails.
    pub fn markdown(&self) -> Result<String> {
        Ok(to_markdown(&self.digest, &self.templates)?)
    }

    /// What its editor wanted.
    pub fn wanted(&self) -> &Curation {
        &self.used
    }

    /// It as a mail that somebody else is going to send; blocks while the PDF is made.
    pub(crate) fn draft(&self, to: &[String], maker: &PdfMaker) -> Result<Vec<u8>> {
        draft(&self.digest, to, self.pdf(maker)?, &self.templates)
    }

    /// Its PDF, made when it is asked for first. Blocks.
    ///
    /// # Errors
    /// If the child process fails.
    pub fn pdf(&self, maker: &PdfMaker) -> Result<&[u8]> {
        if let Some(pdf) = self.pdf.get() {
            return Ok(pdf);
        }
        let made = match maker.make(&job_for_pdf(&self.digest, &self.templates)) {
            // One that fails gives way where it is made; this one hung, or took the maker with it.
            Err(error) if self.templates.own(Template::Pdf).is_some() => {
                tracing::warn!(%error, "a template of the user's gives way to ours");
                maker.make(&job_for_pdf(&self.digest, &Templates::default()))?
            }
            made => made?,
        };
        Ok(self.pdf.get_or_init(|| made))
    }
}

impl Monitor {
    /// Composes a digest; nothing is written and nothing remembered.
    ///
    /// # Errors
    /// If the library cannot be read.
    pub fn compose_digest(&self, order: &DigestOrder) -> Result<MadeDigest> {
        let (library, now) = (self.library(), self.now());
        let name = order.name.clone().unwrap_or_else(|| DAILY.to_owned());
        let to = order.to.unwrap_or(now);
        let from = match order.from {
            Some(from) => from,
            None => library.last_digest_end(&name)?.unwrap_or(to - FIRST_PERIOD),
        };
        let period = Period { from: from.min(to), to };
        let topics = wanted(library.topics()?, &order.topics);
        let zone = order.zone.unwrap_or_else(local_zone);
        let digest = compose(&Material {
            name: order.title.as_ref().unwrap_or(&name),
            period,
            made_at: now,
            zone,
            topics: &topics,
            articles: &library.matched_in(period)?,
            corrected: &library.corrected_in(period, CORRECTED)?,
            sources: &self.sources()?,
            scanned: library.seen_in(period)?,
            volume: &self.volume(&topics, to, zone)?,
            cap: order.cap.map_or(usize::MAX, |cap| cap as usize),
            order: order.order,
            preferred: &self.preferred_sources()?,
            curation: &order.curation,
        });
        let (used, templates) = (order.curation.clone(), self.templates()?);
        Ok(MadeDigest { name, period, digest, used, templates, pdf: OnceLock::new() })
    }

    /// Writes a digest to files; each is written whole or not at all.
    ///
    /// # Errors
    /// If a format cannot be made or a file cannot be written.
    pub fn write_digest(
        &self,
        made: &MadeDigest,
        files: &DigestFiles,
        maker: &PdfMaker,
    ) -> Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        let mut keep =
            |path: &PathBuf, bytes: &[u8]| write_bytes(path, bytes).map(|()| written.push(path.clone()));
        if let Some(path) = &files.pdf {
            keep(path, made.pdf(maker)?)?;
        }
        if let Some(path) = &files.html {
            keep(path, made.html()?.as_bytes())?;
        }
        if let Some(path) = &files.markdown {
            keep(path, made.markdown()?.as_bytes())?;
        }
        if let Some(path) = &files.mail {
            keep(path, &made.draft(&[], maker)?)?;
        }
        Ok(written)
    }

    /// Remembers that a digest was made, so that the next one begins where it ended.
    ///
    /// # Errors
    /// If the library cannot be written.
    pub fn record_digest(&self, made: &MadeDigest) -> Result<()> {
        Ok(self.library().record_digest(&DigestRecord {
            name: made.name.clone(),
            period: made.period,
            made_at: self.now(),
            articles: u32::try_from(made.digest.articles).unwrap_or(u32::MAX),
            used: made.used.clone(),
        })?)
    }

    /// For each topic its matches a day, oldest first; the last is the day of `to`.
    fn volume(&self, topics: &[Topic], to: DateTime<Utc>, zone: Tz) -> Result<Vec<(TopicId, Vec<u32>)>> {
        let day = |at: DateTime<Utc>| -> NaiveDate { at.with_timezone(&zone).date_naive() };
        // A digest at midnight reports on the day that has just ended.
        let last = day(to - TimeDelta::milliseconds(1));
        let from = to - TimeDelta::days(CHART_DAYS + 1);
        let mut volume: Vec<(TopicId, Vec<u32>)> =
            topics.iter().map(|topic| (topic.id.clone(), vec![0; CHART_DAYS as usize])).collect();
        for (topic, at) in self.library().match_times(Period { from, to })? {
            let back = (last - day(at)).num_days();
            let slot = usize::try_from(CHART_DAYS - 1 - back).ok();
            let counts = volume.iter_mut().find(|(id, _)| *id == topic).map(|(_, counts)| counts);
            if let Some(count) = counts.zip(slot).and_then(|(counts, slot)| counts.get_mut(slot)) {
                *count += 1;
            }
        }
        Ok(volume)
    }
}

/// The topics of a digest in its order; all that are not silent if it names none.
fn wanted(topics: Vec<Topic>, named: &[TopicId]) -> Vec<Topic> {
    if named.is_empty() {
        return topics.into_iter().filter(|topic| topic.level >= Level::Digest).collect();
    }
    named.iter().filter_map(|id| topics.iter().find(|topic| topic.id == *id).cloned()).collect()
}

/// The zone of a plan.
pub(crate) fn zone_of(plan: &DigestPlan) -> Tz {
    plan.zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or_else(local_zone)
}

/// The zone of the machine; UTC if it does not tell.
pub(crate) fn local_zone() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}
