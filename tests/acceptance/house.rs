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

#[test]
fn a_plain_cargo_test_needs_no_webview() {
    let workspace = manifest(&root().join("Cargo.toml"));
    let members = workspace["workspace"]["default-members"].as_array().unwrap();
    assert!(members.iter().all(|member| member.as_str() != Some("src-tauri")));
}
