//! The conformance suite: expressions and queries with the values that GoogleSQL documents, as `%T` writes them. The cases
//! are files beside it, read when it runs: `cases/**/*.txt` hold expressions, `cases/queries/*.sql` queries.
//! `TIDEMILL_CASES=text/substr cargo test --test values` runs the files whose path has that text in it.

mod expressions;
mod queries;
mod report;

use std::path::{Path, PathBuf};

use report::Report;
use tidemill::query::Session;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/values/cases");

/// The files of an ending whose path has the wanted text in it.
fn files(ending: &str) -> Vec<(PathBuf, String)> {
    let wanted = std::env::var("TIDEMILL_CASES").unwrap_or_default();
    let entries = ignore::WalkBuilder::new(CASES).build().map(Result::unwrap);
    let mut files: Vec<(PathBuf, String)> = entries
        .filter(|entry| entry.path().extension().is_some_and(|found| found == ending))
        .map(|entry| entry.into_path())
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Where a file stands, as failures name it.
fn shown(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

/// Runs all files of an ending, each in a session of its own, on two threads.
fn run(ending: &str, one: fn(&str, &str, &Session, &mut Report)) {
    let files = files(ending);
    assert!(!files.is_empty(), "there is no file of cases");
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut report = Report::default();
        while let Some((path, text)) = files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let session = Session::in_memory().unwrap();
            session.use_threads(1).unwrap();
            one(&shown(path), text, &session, &mut report);
        }
        report
    };
    let report = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work().with(other.join().unwrap())
    });
    println!("{} cases", report.cases);
    assert!(report.failures.is_empty(), "\n{report}");
}

#[test]
fn expressions_have_their_documented_values() {
    run("txt", expressions::run);
}

#[test]
fn queries_have_their_documented_rows() {
    run("sql", queries::run);
}
