//! The conformance suite: expressions and queries with the values that GoogleSQL documents, as `%T` writes them. The cases
//! are files beside it, read when it runs: `cases/**/*.txt` hold expressions, `cases/queries/*.sql` queries.
//! `TIDEMILL_CASES=text/substr cargo test --test values` runs the files whose path has that text in it.

mod coverage;
mod mutation;
mod outcome;
mod report;
mod vectors;
mod written;

use report::Report;
use tidemill::query::Session;
use tidemill::warehouse::{KeyRing, Secret};
use written::{Malformed, Written};

/// A session on one thread, with the key that cases hash with.
fn session() -> Session {
    let session = Session::in_memory().unwrap();
    session.use_threads(1).unwrap();
    let keys = KeyRing::default();
    keys.put("client", Secret::new(b"the key client of tests".to_vec()));
    session.use_keys(&keys).unwrap();
    session
}

/// Runs all files of an ending, each in a session of its own, on two threads.
fn run(ending: &str, read: fn(&str) -> Vec<Result<Written, Malformed>>) {
    let wanted = std::env::var("TIDEMILL_CASES").unwrap_or_default();
    let files = written::files(ending, &wanted);
    assert!(!files.is_empty(), "there is no file of cases");
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut report = Report::default();
        while let Some((path, text)) = files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let session = session();
            for case in read(text) {
                report.note(&written::shown(path), case, |case| outcome::outcome(case, &session));
            }
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
    run("txt", written::expressions);
}

#[test]
fn queries_have_their_documented_rows() {
    run("sql", written::queries);
}

/// `tests/values/uncovered.txt` names the functions that DuckDB runs and that lack cases. It must only ever become shorter:
/// `TIDEMILL_WRITE_UNCOVERED=1 cargo test --test values` takes out those that have them by now.
#[test]
fn every_function_that_runs_has_cases() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/values/uncovered.txt");
    let known = std::fs::read_to_string(path).unwrap();
    let mut lacking = coverage::lacking();
    if std::env::var_os("TIDEMILL_WRITE_UNCOVERED").is_some() {
        lacking.retain(|name| known.lines().any(|line| line == *name));
        std::fs::write(path, lacking.iter().map(|name| format!("{name}\n")).collect::<String>()).unwrap();
        return;
    }
    let fresh: Vec<_> = lacking.iter().filter(|name| !known.lines().any(|line| line == **name)).collect();
    assert!(fresh.is_empty(), "each needs a normal case, one with NULL and one at an edge: {fresh:?}");
    let stale: Vec<_> = known.lines().filter(|line| !lacking.contains(line)).collect();
    assert!(stale.is_empty(), "take out of tests/values/uncovered.txt: {stale:?}");
}
