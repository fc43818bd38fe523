//! The house itself: which room may know which, and where the shell may be named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each room may depend on, of the house's own packages.
const ARROWS: &[(&str, &[&str])] = &[
    ("query", &[]),
    ("model", &["query"]),
    ("intake", &["model"]),
    ("library", &["query", "model"]),
    ("digest", &["model"]),
    ("monitor", &["query", "model", "intake", "library", "digest"]),
    ("cli", &["query", "model", "intake", "library", "digest", "monitor"]),
    ("xtask", &[]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn manifest(path: &Path) -> toml::Table {
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn rooms_depend_only_on_the_rooms_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let crates =
        std::fs::read_dir(root().join("src-tauri/crates")).unwrap().map(|entry| entry.unwrap().path());
    for room in crates.filter(|path| path.is_dir()) {
        let name = room.file_name().unwrap().to_str().unwrap();
        let may = allowed
            .get(name)
            .unwrap_or_else(|| panic!("{name} is no room of the house: give it its arrows here"));
        let manifest = manifest(&room.join("Cargo.toml"));
        for dependency in manifest["dependencies"].as_table().unwrap().keys() {
            if let Some(other) = dependency.strip_prefix("wirewatch-") {
                assert!(may.contains(&other), "{name} must not know {other}");
            }
            assert!(!dependency.starts_with("tauri"), "{name} must not know the shell's framework");
        }
    }
}

#[test]
fn only_the_monitor_is_asynchronous_and_on_the_network() {
    for room in ["query", "model", "intake", "library", "digest"] {
        let manifest = manifest(&root().join("src-tauri/crates").join(room).join("Cargo.toml"));
        for forbidden in ["tokio", "reqwest", "notify"] {
            assert!(
                !manifest["dependencies"].as_table().unwrap().contains_key(forbidden),
                "{room} uses {forbidden}"
            );
        }
    }
}

#[test]
fn every_member_takes_the_lints_of_the_house() {
    let workspace = manifest(&root().join("Cargo.toml"));
    assert!(workspace["workspace"]["lints"]["clippy"]["unwrap_used"].as_str() == Some("deny"));
    for room in std::fs::read_dir(root().join("src-tauri/crates")).unwrap().map(|entry| entry.unwrap().path())
    {
        let file = room.join("Cargo.toml");
        if file.exists() {
            assert_eq!(manifest(&file)["lints"]["workspace"].as_bool(), Some(true), "{}", file.display());
        }
    }
}

/// The page on the house, and what stands between backticks in a text.
fn page() -> String {
    std::fs::read_to_string(root().join("src-tauri/crates/ARCHITECTURE.md")).unwrap()
}

fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Every file below a folder, as the page writes it: `monitor/watch.rs` for `monitor/src/watch.rs`.
fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), found);
        } else {
            found.push(entry.path().to_string_lossy().replace('\\', "/").replace("/src/", "/"));
        }
    }
}

#[test]
fn every_file_that_the_page_on_the_house_names_is_there() {
    let mut present = Vec::new();
    for folder in ["src-tauri/crates", "src-tauri/src", "tests", "ui/src/host"] {
        files(&root().join(folder), &mut present);
    }
    let page = page();
    let files: Vec<&str> =
        named(&page).filter(|name| name.ends_with(".rs") || name.ends_with(".ts")).collect();
    assert!(files.len() > 30, "{files:?}");
    for file in files {
        let written = format!("/{}", file.trim_start_matches("src/"));
        assert!(present.iter().any(|path| path.ends_with(&written)), "{file} is not there");
    }
}

#[test]
fn every_library_that_the_page_on_the_house_praises_is_used() {
    let workspace = manifest(&root().join("Cargo.toml"));
    let used = workspace["workspace"]["dependencies"].as_table().unwrap();
    let page = page();
    let (_, table) = page.split_once("## Libraries").unwrap();
    let taken = table.lines().filter_map(|line| line.split('|').nth(2));
    let libraries: Vec<&str> = taken.flat_map(named).collect();
    assert!(libraries.len() > 15, "{libraries:?}");
    for library in libraries {
        assert!(used.contains_key(library), "{library} is no dependency");
    }
}

#[test]
fn a_plain_cargo_test_needs_no_webview() {
    let workspace = manifest(&root().join("Cargo.toml"));
    let members = workspace["workspace"]["default-members"].as_array().unwrap();
    assert!(members.iter().all(|member| member.as_str() != Some("src-tauri")));
}
