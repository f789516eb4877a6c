//! Feeds mutated texts to whatever reads what people write: an answer must come, in time, whatever the text. The
//! seeds alone are an ordinary test; `make fuzz` runs what is ignored. Nothing here may depend on the clock but its end.
//!
//! Texts are tried in child processes, so that an exhausted stack or memory is a finding as well. What breaks
//! something is left in `target/fuzz/`, and belongs into `seeds/` once it is mended.

mod child;
mod mutation;
mod targets;

use std::path::{Path, PathBuf};
use std::process::Command;

use targets::{TARGETS, Target};

/// The project's own texts are seeds as well.
fn seeds(target: &Target) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("fuzz/seeds").join(target.name)];
    folders.extend(target.folders.iter().map(|folder| root.join(folder)));
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
        }
    }
    files.sort();
    let texts = files.iter().map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned());
    texts.filter(|text| text.len() < 20_000).collect()
}

#[test]
fn every_seed_gets_an_answer() {
    for target in TARGETS {
        let seeds = seeds(target);
        assert!(seeds.len() > 5, "{} has no seeds", target.name);
        seeds.iter().for_each(|text| (target.run)(text));
    }
}

/// Seconds for each target.
fn seconds() -> u64 {
    std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(15)
}

fn fuzz(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    if std::env::var_os(child::MARK).is_some() {
        return child::run(target, &seeds(target), &file, seconds());
    }
    let program = std::env::current_exe().unwrap();
    let arguments = [name, "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    let status = Command::new(program).args(arguments).env(child::MARK, "1").status().unwrap();
    assert!(status.success(), "{status}: {} brings it down", file.display());
}

#[test]
#[ignore = "takes its time: make fuzz"]
fn analyse() {
    fuzz("analyse");
}

#[test]
#[ignore = "takes its time: make fuzz"]
fn definitions() {
    fuzz("definitions");
}

#[test]
#[ignore = "takes its time: make fuzz"]
fn tests() {
    fuzz("tests");
}

#[test]
#[ignore = "takes its time: make fuzz"]
fn templates() {
    fuzz("templates");
}
