//! Runs tests, as many at a time as there are cores, and says how each went. The order of the results is that of the
//! tests, whichever ended first.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::compare::compare;
use super::difference::Difference;
use super::file::Kind;
use super::prepare::{Prepared, RowsTest, Work};
use super::room::House;
use crate::compile::{CompiledExample, Execution};
use crate::diagnostic::Position;
use crate::warehouse::{KeyRing, Scratch, Secret};

/// How a test went.
pub struct Tested {
    pub kind: Kind,
    pub subject: String,
    pub name: String,
    pub position: Position,
    pub outcome: Outcome,
    pub took: Duration,
}

pub enum Outcome {
    Passed,
    Failed(Vec<Failure>),
    /// Why it could not run.
    Skipped(String),
}

/// Why a test fails.
pub enum Failure {
    /// Other rows came out than are expected; with the day, where the test has several.
    Rows { day: String, difference: Difference },
    /// The query failed.
    Query { day: String, problem: String },
    /// A call gave another value.
    Value { call: String, got: String, wanted: String },
}

/// Of a worker. Rows are matched by moving others, one after the other, which may take a level for each.
const STACK: usize = 64 << 20;

impl Failure {
    /// What is wrong, in one line.
    pub fn summary(&self) -> String {
        match self {
            Failure::Rows { day, difference } => on(day, &difference.summary()),
            Failure::Query { day, problem } => {
                on(day, &format!("the query fails: {}", problem.lines().next().unwrap_or_default()))
            }
            Failure::Value { call, got, wanted } => format!("{call} gives {got}, and must give {wanted}"),
        }
    }

    /// What is wrong, in lines.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Failure::Rows { day, difference } => {
                let mut lines = difference.lines();
                if let Some(first) = lines.first_mut() {
                    *first = on(day, first);
                }
                lines
            }
            _ => vec![self.summary()],
        }
    }
}

fn on(day: &str, text: &str) -> String {
    if day.is_empty() { text.to_owned() } else { format!("on {day}: {text}") }
}

/// Runs all tests.
///
/// # Errors
/// No DuckDB can be opened.
pub fn run(tests: Vec<Prepared>) -> anyhow::Result<Vec<Tested>> {
    let keys = keys(&tests);
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(tests.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Outcome, Duration)>> = Mutex::default();
    let work = || -> anyhow::Result<()> {
        let mut house = House::open(&keys)?;
        let mut scratch = None;
        while let Some((index, test)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            tests.get(index).map(|test| (index, test))
        } {
            let started = Instant::now();
            let outcome = match &test.work {
                Work::Skipped(reason) => Outcome::Skipped(reason.clone()),
                Work::Rows(rows) => of_rows(rows, &mut house),
                Work::Example(example) => {
                    if scratch.is_none() {
                        scratch = Some(Scratch::open()?);
                    }
                    scratch.as_ref().map_or(Outcome::Skipped(String::new()), |one| of_example(example, one))
                }
            };
            let result = (index, outcome, started.elapsed());
            done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
        }
        Ok(())
    };
    let results: Vec<anyhow::Result<()>> = std::thread::scope(|scope| {
        let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let handles: Vec<_> = (0..workers).map(spawn).collect();
        let ended = |handle: std::io::Result<ScopedJoinHandle<'_, anyhow::Result<()>>>| {
            let joined = handle.context("starting a worker")?.join();
            joined.unwrap_or_else(|_| Err(anyhow::anyhow!("a worker ended early")))
        };
        handles.into_iter().map(ended).collect()
    });
    results.into_iter().collect::<anyhow::Result<Vec<()>>>()?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _, _)| *index);
    let told = tests.into_iter().zip(done).map(|(test, (_, outcome, took))| Tested {
        kind: test.kind,
        subject: test.subject,
        name: test.name,
        position: test.position,
        outcome,
        took,
    });
    Ok(told.collect())
}

/// Keys for tests, each made of its name: what is hashed in a test is the same everywhere, and no real key is read.
fn keys(tests: &[Prepared]) -> KeyRing {
    let keys = KeyRing::default();
    for test in tests {
        let Work::Rows(rows) = &test.work else { continue };
        let queries = rows
            .steps
            .iter()
            .flat_map(|step| step.result.iter().chain(step.expected.iter().map(|(query, _)| query)));
        for name in queries.flat_map(|query| &query.translated.keys) {
            keys.put(name, Secret::new(key_of_tests(name)));
        }
    }
    keys
}

/// The value of a key in tests.
pub fn key_of_tests(name: &str) -> Vec<u8> {
    format!("the key {name} of tests").into_bytes()
}

fn of_rows(test: &RowsTest, house: &mut House) -> Outcome {
    let failed =
        |day: &str, problem: String| Outcome::Failed(vec![Failure::Query { day: day.to_owned(), problem }]);
    let room = match house.room(test) {
        Ok(room) => room,
        Err(error) => return failed("", format!("{error:#}")),
    };
    let mut failures = Vec::new();
    for step in &test.steps {
        for rows in &step.rows {
            if let Err(error) = room.fill(rows) {
                return failed(&step.label, format!("the rows of `{}`: {error:#}", rows.table));
            }
        }
        if let Some((query, expected)) = &step.expected {
            let answer = match room.ask(query, &step.parameters) {
                Ok(answer) => answer,
                Err(failure) => {
                    failures.push(Failure::Query { day: step.label.clone(), problem: failure.told() });
                    break;
                }
            };
            if let Some(difference) = compare(expected, &answer) {
                failures.push(Failure::Rows { day: step.label.clone(), difference });
            }
        }
        if let (Some(query), Some((name, partition))) = (&step.result, &test.own)
            && let Err(failure) = room.keep(query, &step.parameters, (name, partition), step.period)
        {
            failures.push(Failure::Query { day: step.label.clone(), problem: failure.told() });
            break;
        }
    }
    if failures.is_empty() { Outcome::Passed } else { Outcome::Failed(failures) }
}

fn of_example(example: &CompiledExample, scratch: &Scratch) -> Outcome {
    let sql = match &example.execution {
        Execution::Query(sql) => sql,
        Execution::Skipped(reason) => return Outcome::Skipped(reason.clone()),
    };
    let failed = |problem: String| Outcome::Failed(vec![Failure::Query { day: String::new(), problem }]);
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "NULL".to_owned());
    match scratch.row(sql) {
        Ok(row) => match row.as_slice() {
            [Some(same), ..] if same == "true" => Outcome::Passed,
            [_, got, wanted] => Outcome::Failed(vec![Failure::Value {
                call: example.call.clone(),
                got: shown(got),
                wanted: shown(wanted),
            }]),
            _ => failed("the call gave no row".to_owned()),
        },
        Err(error) => failed(format!("{error:#}").lines().next().unwrap_or_default().to_owned()),
    }
}
