//! Whether the cases would notice a wrong translation: each rule gives way to others of its shape, and some case that
//! goes through it must fail. `make test-mutation` runs it; `TIDEMILL_RULES=SUBSTR` in front of it takes only the rules with
//! that text in their names.

mod equal;
mod rules;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use tidemill::query::{Failure, NoTables, Session, Translated};
use tidemill::sql::{Analysis, Parsed};

use crate::outcome::outcome_of;
use crate::report::run;
use crate::written::{self, Written};
use equal::EQUAL;
use rules::{Mutation, change};

/// A case whose query is analysed.
struct Case {
    written: Written,
    analysis: Analysis,
    translated: Translated,
}

#[test]
#[ignore = "make test-mutation"]
fn every_rule_is_noticed_by_a_case() {
    let cases = cases();
    let (seen, found) = seen(&cases);
    let wanted = std::env::var("TIDEMILL_RULES").unwrap_or_default();
    let known = include_str!("../uncovered.txt");
    let mut mutations = rules::mutations(&found);
    mutations.retain(|one| one.rule.contains(&wanted) && known.lines().all(|line| line != one.rule));
    let next = AtomicUsize::new(0);
    let work = || {
        let session = session();
        let mut lines = BTreeSet::new();
        while let Some(mutation) = mutations.get(next.fetch_add(1, Ordering::Relaxed)) {
            let concerned = seen.get(&mutation.rule).map_or(&[][..], Vec::as_slice);
            if concerned.is_empty() {
                lines.insert(format!("{}: no case goes through it", mutation.rule));
                continue;
            }
            let is_noticed = concerned.iter().any(|at| is_noticed(mutation, &cases[*at], &session));
            let is_equal = EQUAL.iter().any(|(rule, other, _)| mutation.is_of(rule, other));
            let Mutation { rule, instead } = mutation;
            match (is_noticed, is_equal) {
                (false, false) => lines.insert(format!("{rule} → {instead}: none of {}", concerned.len())),
                (true, true) => lines.insert(format!("{rule} → {instead}: told apart, so no longer equal")),
                _ => true,
            };
        }
        lines
    };
    let lines = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, work).unwrap())
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<BTreeSet<_>>()
    });
    let lines: Vec<String> = lines.into_iter().collect();
    println!("{} rules, {} mutations, {} cases", seen.len(), mutations.len(), cases.len());
    assert!(lines.is_empty(), "no case notices these {}:\n{}", lines.len(), lines.join("\n"));
}

fn session() -> Session {
    let session = crate::session();
    session.use_memory(1 << 30).unwrap();
    session
}

/// All cases whose query is one.
fn cases() -> Vec<Case> {
    let expressions = written::files("txt", "").into_iter().map(|(_, text)| written::expressions(&text));
    let queries = written::files("sql", "").into_iter().map(|(_, text)| written::queries(&text));
    let written = expressions.chain(queries).flatten().filter_map(Result::ok);
    let analysed = written.filter_map(|written| {
        let analysis = Parsed::new(&written.sql).ok()?.with_named_columns().analyse(&NoTables).ok()?;
        let translated = Translated::of(&analysis).ok()?;
        Some(Case { written, analysis, translated })
    });
    analysed.collect()
}

/// The cases that go through each rule, by their places, and the mutations that their queries allow.
fn seen(cases: &[Case]) -> (BTreeMap<String, Vec<usize>>, BTreeSet<Mutation>) {
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for (at, case) in cases.iter().enumerate() {
        let mut rules: BTreeSet<String> = rules::natives(&case.translated.duckdb).collect();
        let mut query = case.analysis.query.clone();
        walk::each(&mut query, &mut |mut node| {
            rules.extend(rules::called(&node));
            change(&mut node, &mut |mutation, _| {
                rules.insert(mutation.rule.clone());
                all.insert(mutation);
            });
        });
        for rule in rules {
            seen.entry(rule).or_default().push(at);
        }
    }
    (seen, all)
}

/// Whether a case fails under a mutation.
fn is_noticed(mutation: &Mutation, case: &Case, session: &Session) -> bool {
    if let Some(renamed) = mutation.renamed(&case.translated.duckdb) {
        let translated = Translated { duckdb: renamed, ..case.translated.clone() };
        return fails(case, &translated, session);
    }
    let mut analysis = case.analysis.clone();
    walk::each(&mut analysis.query, &mut |mut node| {
        mutation.apply(&mut node);
    });
    // A form may ask for an argument that its neighbour does not take.
    match catch_unwind(AssertUnwindSafe(|| Translated::of(&analysis))) {
        Ok(Ok(translated)) => fails(case, &translated, session),
        _ => true,
    }
}

fn fails(case: &Case, translated: &Translated, session: &Session) -> bool {
    let answer: Result<_, Failure> = run(session, translated);
    outcome_of(&case.written, answer.map(|rows| (translated.clone(), rows))).is_err()
}
