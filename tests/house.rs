//! The house rules that a program can check: stations depend one way, files are small, modules say what
//! they are for, the root holds nothing but what it may, and the architecture page is true.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn source_files() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(Path::new(ROOT).join("src")).build() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let relative = entry.path().strip_prefix(Path::new(ROOT).join("src")).unwrap().to_owned();
            files.push((relative, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files.sort();
    files
}

/// The stations in the order of the table in docs/architecture.md, top first.
fn stations() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(ROOT).join("docs/architecture.md")).unwrap();
    text.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_start_matches("| `").split('`').next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_architecture_page_names_every_station() {
    let folders: BTreeSet<String> = std::fs::read_dir(Path::new(ROOT).join("src"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(stations().into_iter().collect::<BTreeSet<_>>(), folders);
}

#[test]
fn stations_use_only_those_under_them() {
    let stations = stations();
    let place = |name: &str| stations.iter().position(|station| station == name);
    let mut wrong = Vec::new();
    for (path, text) in source_files() {
        let Some(own) = path.components().next().and_then(|part| place(&part.as_os_str().to_string_lossy()))
        else {
            continue;
        };
        // Tests may look anywhere.
        let text = text.split("#[cfg(test)]").next().unwrap();
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        for used in text.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|one| one.is_alphanumeric() || *one == '_').collect();
            if place(&name).is_some_and(|used| used < own) {
                wrong.push(format!("{} uses crate::{name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for (path, text) in source_files() {
        let lines = text.lines().count();
        lengths.push(lines);
        if lines > 1_000 {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
        let is_verb = path.starts_with("cli") && text.contains("pub struct Arguments");
        if !text.starts_with("//!") && !is_verb {
            wrong.push(format!("{} does not say what it is for", path.display()));
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 200, "the median file has {median} lines");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The YAML files below a folder, with the name that each gives under `dataset:`.
fn datasets(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in ignore::WalkBuilder::new(Path::new(ROOT).join(folder)).build() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        if let Some(name) = text.lines().find_map(|line| line.strip_prefix("dataset: ")) {
            found.push((path, name.trim_matches('"').to_owned()));
        }
    }
    found
}

#[test]
fn every_shipped_dataset_has_tests() {
    let tested: Vec<String> = datasets("tests/datasets").into_iter().map(|(_, name)| name).collect();
    // Of a matrix one member is enough: `{channel.id}_derived.name_v1`.
    let is_tested = |pattern: &str| match pattern.split_once('{').zip(pattern.rsplit_once('}')) {
        Some(((start, _), (_, end))) => {
            tested.iter().any(|name| name.starts_with(start) && name.ends_with(end))
        }
        None => tested.iter().any(|name| name == pattern),
    };
    let shipped = datasets("datasets");
    assert!(shipped.len() > 20, "{}", shipped.len());
    for (path, name) in shipped {
        assert!(is_tested(&name), "{} has no tests in tests/datasets", path.display());
    }
}

#[test]
fn main_is_short() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("src/main.rs")).unwrap();
    assert!(text.lines().count() < 30);
}
