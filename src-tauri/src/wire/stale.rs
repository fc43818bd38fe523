//! The TypeScript twins in `ui/src/host/bindings` are what these types are now.

use std::collections::BTreeMap;
use std::path::Path;

use ts_rs::{Config, ExportError, TS};

use super::*;

/// Set this to write the twins instead of comparing them.
const REGENERATE: &str = "WIREWATCH_WRITE_BINDINGS";

#[test]
fn typescript_twins_are_up_to_date() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/host/bindings");
    if std::env::var_os(REGENERATE).is_some() {
        export_to(&kept).unwrap();
    }
    let fresh = tempfile::tempdir().unwrap();
    export_to(fresh.path()).unwrap();
    let (kept, fresh) = (read_all(&kept), read_all(fresh.path()));
    let stale: Vec<&String> =
        kept.keys().chain(fresh.keys()).filter(|name| kept.get(*name) != fresh.get(*name)).collect();
    assert!(
        stale.is_empty(),
        "{stale:?} in ui/src/host/bindings are not what wire.rs says; write them anew with \
         `{REGENERATE}=1 cargo test -p wirewatch-desktop typescript_twins` (a twin too many is to be deleted)"
    );
}

/// Everything that commands take or answer and events carry; what these hold comes along.
fn export_to(folder: &Path) -> Result<(), ExportError> {
    let config = Config::new().with_out_dir(folder);
    Overview::export_all(&config)?;
    Scope::export_all(&config)?;
    ArticlePage::export_all(&config)?;
    FoundPassage::export_all(&config)?;
    ArticleView::export_all(&config)?;
    AlertRow::export_all(&config)?;
    AddressDraft::export_all(&config)?;
    FoundSource::export_all(&config)?;
    SourceDraft::export_all(&config)?;
    AddedSources::export_all(&config)?;
    StarterPackRow::export_all(&config)?;
    SourceView::export_all(&config)?;
    ReceiptQuestion::export_all(&config)?;
    ReceiptPage::export_all(&config)?;
    AlertRules::export_all(&config)?;
    HushSpan::export_all(&config)?;
    QueryCheck::export_all(&config)?;
    TopicDraft::export_all(&config)?;
    TopicDetail::export_all(&config)?;
    BackTestView::export_all(&config)?;
    WorkProgress::export_all(&config)?;
    QueryTool::export_all(&config)?;
    ImportedQuery::export_all(&config)?;
    DigestPreview::export_all(&config)?;
    DigestChoice::export_all(&config)?;
    PlanRow::export_all(&config)?;
    PlanCheck::export_all(&config)?;
    TimeZones::export_all(&config)?;
    TypedAddress::export_all(&config)?;
    EditionRow::export_all(&config)?;
    SentTo::export_all(&config)?;
    SentDigest::export_all(&config)?;
    NextEdition::export_all(&config)?;
    CurationEdit::export_all(&config)?;
    TemplateView::export_all(&config)?;
    TemplateTrial::export_all(&config)?;
    HandedOver::export_all(&config)?;
    MailDraft::export_all(&config)?;
    PasswordPlace::export_all(&config)?;
    DigestFormat::export_all(&config)?;
    Settings::export_all(&config)?;
    Event::export_all(&config)?;
    CommandError::export_all(&config)
}

fn read_all(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(path).unwrap());
    }
    files
}
