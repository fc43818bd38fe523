//! Plans and mail settings as somebody fills them in.

use std::collections::BTreeMap;
use std::sync::Mutex;

use wirewatch_model::TopicId;
use wirewatch_monitor::{Kept, MailPart, MailServer, Monitor, MonitorError, PlanPart, Secrets};

use crate::stage::{HandClock, at, mail_server};

const NOW: &str = "2026-11-23T20:00:00Z";

fn monitor() -> (tempfile::TempDir, Monitor) {
    let folder = tempfile::tempdir().unwrap();
    let monitor = Monitor::open(folder.path(), HandClock::at(at(NOW))).unwrap();
    (folder, monitor)
}

#[test]
fn every_fault_of_a_plan_is_told_with_its_place() {
    let (_folder, monitor) = monitor();
    let mut plan = monitor.fresh_plan("Morning");
    assert_eq!(monitor.plan_faults(&plan).unwrap(), [], "it may stay as it begins");
    plan.name = " ".to_owned();
    plan.topics = vec![TopicId::from_name("nobody-knows")];
    plan.zone = Some("Middle Earth".to_owned());
    plan.recipients = vec!["ann@example.org".to_owned(), "ann at example".to_owned()];
    plan.folder = Some("digests".into());
    let faults = monitor.plan_faults(&plan).unwrap();
    let parts: Vec<PlanPart> = faults.iter().map(|fault| fault.part).collect();
    let all = [PlanPart::Name, PlanPart::Topics, PlanPart::Zone, PlanPart::Recipients, PlanPart::Folder];
    assert_eq!(parts, all);
    assert!(faults[3].words.contains("ann at example"), "{faults:?}");
    assert!(monitor.save_plan(&plan).is_err());
    assert_eq!(monitor.library().plans().unwrap(), []);
}

#[test]
fn a_new_plan_takes_no_other_ones_place() {
    let (_folder, monitor) = monitor();
    let mut plan = monitor.fresh_plan("Morning");
    monitor.add_plan(&plan).unwrap();
    plan.cap = Some(3);
    let refused = monitor.add_plan(&plan).unwrap_err();
    assert!(matches!(refused, MonitorError::Plan { fault, .. } if fault.part == PlanPart::Name));
    assert_eq!(monitor.plan("Morning").unwrap().cap, None);
    monitor.save_plan(&plan).unwrap();
    assert_eq!(monitor.plan("Morning").unwrap().cap, Some(3), "a change may");
}

/// A keyring that can be looked into, or that does not answer.
#[derive(Default)]
struct Ring {
    kept: Mutex<BTreeMap<String, String>>,
    is_locked: bool,
}

impl Secrets for Ring {
    fn password(&self, account: &str) -> Result<Option<String>, String> {
        Ok(self.kept.lock().unwrap().get(account).cloned())
    }

    fn keep(&self, account: &str, password: Option<&str>) -> Result<Kept, String> {
        if self.is_locked {
            return Err("locked".to_owned());
        }
        let mut kept = self.kept.lock().unwrap();
        kept.remove(account);
        kept.extend(password.map(|password| (account.to_owned(), password.to_owned())));
        Ok(Kept::Keyring)
    }
}

fn server() -> MailServer {
    MailServer { user: Some("press".to_owned()), ..mail_server(25) }
}

#[test]
fn a_password_goes_to_the_keyring_and_is_forgotten_with_its_server() {
    let (folder, monitor) = monitor();
    let ring = Ring::default();
    let kept = monitor.set_mail_server(&server(), Some("hunter2"), &ring).unwrap();
    assert_eq!(kept, Some(Kept::Keyring));
    assert_eq!(ring.kept.lock().unwrap().values().collect::<Vec<_>>(), ["hunter2"]);
    assert_eq!(monitor.set_mail_server(&server(), None, &ring).unwrap(), None, "it stays where it is");
    assert_eq!(ring.kept.lock().unwrap().len(), 1);
    let library = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()));
    let holds = |bytes: Vec<u8>| bytes.windows(7).any(|word| word == b"hunter2");
    assert!(!library.filter_map(Result::ok).any(holds), "never in the library");

    let other = MailServer { user: Some("desk".to_owned()), ..server() };
    monitor.set_mail_server(&other, Some("swordfish"), &ring).unwrap();
    assert_eq!(ring.kept.lock().unwrap().values().collect::<Vec<_>>(), ["swordfish"], "one at a time");

    monitor.forget_mail_server(&ring).unwrap();
    assert_eq!((monitor.mail_server().unwrap(), ring.kept.lock().unwrap().len()), (None, 0));
}

#[test]
fn settings_that_cannot_be_used_change_nothing() {
    let (_folder, monitor) = monitor();
    let ring = Ring::default();
    let open = MailServer { host: "mail.example.org".to_owned(), ..server() };
    let refused = monitor.set_mail_server(&open, Some("hunter2"), &ring).unwrap_err();
    assert!(matches!(refused, MonitorError::MailServer(fault) if fault.part == MailPart::Security));
    assert!(ring.kept.lock().unwrap().is_empty(), "no password for a server that is not used");

    let locked = Ring { is_locked: true, ..Ring::default() };
    let refused = monitor.set_mail_server(&server(), Some("hunter2"), &locked).unwrap_err();
    assert!(matches!(refused, MonitorError::Keyring(words) if words == "locked"));
    assert_eq!(monitor.mail_server().unwrap(), None);
}
