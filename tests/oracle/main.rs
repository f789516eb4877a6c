//! Holds our analysis against GoogleSQL's own, which the public BigQuery emulator carries: which queries are
//! accepted, and the name and type of every column that comes out. Judged are the queries in `generated/`, in
//! `tests/queries/`, in `tests/translation/` and in `tests/values/`. A disagreement is mended, or has its reason in
//! `disagreements.md`; a reason that explains nothing any more is an error too. The values that `tests/values`
//! expects are held against another engine's in the same manner.

mod cases;
mod disagreements;
mod generated;
mod judge;
mod programs;
mod queries;
mod translated;
mod values;

#[path = "../queries/corpus.rs"]
mod corpus;
#[path = "../values/written.rs"]
mod written;

use std::collections::BTreeSet;

use cases::{Case, Verdict};
use disagreements::{ANALYSIS, Disagreements, Found};

fn all_cases() -> Vec<Case> {
    let cases: Vec<Case> = [generated::cases(), queries::cases(), translated::cases(), values::judged()]
        .into_iter()
        .flatten()
        .collect();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
    cases
}

#[test]
#[ignore = "needs GoogleSQL's own analyser: make test-oracle"]
fn our_analysis_is_that_of_googlesql() {
    let cases = all_cases();
    let verdicts = judge::verdicts(&cases);
    let judged = cases.iter().zip(&verdicts);
    let found: Vec<Found> = judged
        .filter_map(|(case, judged)| {
            Some(found(case, misfiled(case, judged).or_else(|| difference(&case.ours, judged))?))
        })
        .collect();
    println!("{} queries: {} agreed, {} did not", cases.len(), cases.len() - found.len(), found.len());
    let explained = Disagreements::read(&ANALYSIS);
    none([explained.unexplained(&found), explained.idle(&found)].concat());
}

/// What `tests/queries/` says itself of its queries, for those who have no judge.
#[test]
fn the_queries_in_the_folder_are_accepted_or_refused_as_it_says() {
    let cases = queries::cases();
    let differ = cases.iter().filter(|case| case.ours.is_ok() != queries::says_accepted(&case.name));
    let found = differ.map(|case| {
        let what = case.ours.as_ref().err().map_or("we accept it", String::as_str);
        found(case, what.to_owned())
    });
    none(Disagreements::read(&ANALYSIS).unexplained(&found.collect::<Vec<_>>()));
}

fn found(case: &Case, what: String) -> Found<'_> {
    Found { name: &case.name, sql: &case.sql, what }
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a query of `tests/queries/` stands in the wrong folder.
fn misfiled(case: &Case, judged: &Verdict) -> Option<String> {
    match judged {
        Ok(_) if case.name.starts_with("refused/") => Some("GoogleSQL accepts it".to_owned()),
        Err(error) if case.name.starts_with("accepted/") => Some(format!("GoogleSQL refuses it: {error}")),
        _ => None,
    }
}

/// What differs between two verdicts, if anything does.
fn difference(ours: &Verdict, judged: &Verdict) -> Option<String> {
    match (ours, judged) {
        (Err(_), Err(_)) => None,
        (Ok(_), Err(error)) => Some(format!("we accept it, GoogleSQL does not: {error}")),
        (Err(error), Ok(_)) => Some(format!("GoogleSQL accepts it, we do not: {error}")),
        (Ok(ours), Ok(judged)) if ours == judged => None,
        (Ok(ours), Ok(judged)) => {
            Some(format!("ours:      {}\n    GoogleSQL: {}", shown(ours), shown(judged)))
        }
    }
}

fn shown(columns: &[(String, String)]) -> String {
    let columns: Vec<String> = columns.iter().map(|(name, ty)| format!("{name} {ty}")).collect();
    columns.join(", ")
}
