//! Articles that another library or program hands over.

use std::path::Path;

use wirewatch_model::{NewSource, ParsedArticle, Source, SourceKind};

use crate::error::Result;
use crate::intake::Candidate;
use crate::{Monitor, Tally};

/// Articles that are matched and committed together.
const CHUNK: usize = 256;

impl Monitor {
    /// Takes articles in as they are, from a file that is named as their source. They are matched
    /// and listed, but are no news and raise no alert; the file is not watched. Taken in again, they
    /// are known.
    ///
    /// # Errors
    /// If the library cannot be written; what was committed before stays.
    pub fn import_articles(
        &self,
        file: &Path,
        articles: &mut impl Iterator<Item = ParsedArticle>,
    ) -> Result<Tally> {
        let source = self.import_source(file)?;
        let mut tally = Tally::of(&source);
        let topics = self.topics();
        loop {
            let arrivals: Vec<_> = articles
                .by_ref()
                .take(CHUNK)
                .map(|article| {
                    Candidate { article, file: None, news: false }.match_topics(self, &topics, &source)
                })
                .collect();
            if arrivals.is_empty() {
                return Ok(tally);
            }
            self.take_in(&source, arrivals, Vec::new(), &mut tally)?;
        }
    }

    /// The source that stands for a file: never watched, since it is removed as soon as it is there.
    fn import_source(&self, file: &Path) -> Result<Source> {
        let path = dunce::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let new = NewSource {
            kind: SourceKind::Folder,
            name,
            location: format!("import:{}", path.display()),
            label: None,
            every: None,
            full_text: false,
            alert_existing: false,
        };
        let source = self.library().add_source(&new, self.now())?;
        self.library().remove_source(source.id, self.now())?;
        Ok(source)
    }
}
