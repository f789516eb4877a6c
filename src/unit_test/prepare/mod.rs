//! Tests as written → tests that can run: names found, rows typed, queries translated. All mistakes are collected, with
//! their places; nothing is run here.

mod expected;
mod function;
mod given;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use self::expected::Expected;
pub use self::given::{Rows, statement, static_rows};
use super::Tests;
use super::file::{Body, Fixtures, Kind, Step, TestFile};
use super::parameters::{self, Parameters};
use super::query::{self, Asked, Query, Refusal};
use crate::compile::{Compilation, CompiledDataset, CompiledExample, Partition};
use crate::definition::CheckKind;
use crate::diagnostic::{self, Code, Diagnostic, Position};
use crate::period::Period;
use crate::schema::Field;
use crate::sql::Problem;
use crate::yaml::Text;

/// A test that can run.
pub struct Prepared {
    pub kind: Kind,
    pub subject: String,
    pub name: String,
    pub position: Position,
    pub work: Work,
}

/// What a test does.
pub enum Work {
    Rows(RowsTest),
    Example(CompiledExample),
    /// Why it cannot run here.
    Skipped(String),
}

/// A test of rows.
pub struct RowsTest {
    /// The tables that it needs, with their columns.
    pub tables: BTreeMap<String, Arc<[Field]>>,
    pub steps: Vec<ReadyStep>,
    /// Of a dataset that reads itself: its name, and how it is cut, so that what a step gives is there for the next one.
    pub own: Option<(String, Partition)>,
}

/// A step that can run.
pub struct ReadyStep {
    /// What tells it from the others of its test: empty, or its day.
    pub label: String,
    pub rows: Vec<Rows>,
    /// `$1` to `$3` as texts.
    pub parameters: Vec<String>,
    pub period: Period,
    /// The dataset's query, where its rows are needed by a later step.
    pub result: Option<Arc<Query>>,
    pub expected: Option<(Arc<Query>, Expected)>,
}

/// What tests are prepared with.
struct Bench<'a> {
    compilation: &'a Compilation,
    fixtures: &'a Fixtures,
    target: &'a str,
}

/// Prepares the tests of everything that is picked.
pub fn prepare(
    tests: &Tests,
    compilation: &Compilation,
    target: &str,
    is_picked: &(dyn Fn(&str) -> bool + Sync),
) -> (Vec<Prepared>, Vec<Diagnostic>) {
    let bench = Bench { compilation, fixtures: &tests.fixtures, target };
    let files: Vec<(Vec<Prepared>, Vec<Diagnostic>)> = tests
        .files
        .par_iter()
        .filter(|file| is_picked(&file.subject.text) || !bench.is_known(file))
        .map(|file| bench.file(file))
        .collect();
    let (mut prepared, mut found) = (Vec::new(), Vec::new());
    for (of_file, of_file_found) in files {
        prepared.extend(of_file);
        found.extend(of_file_found);
    }
    diagnostic::sort(&mut found);
    (prepared, found)
}

/// What is tested by rows.
struct Subject<'a> {
    name: String,
    sql: &'a str,
    /// What fills all days at once, where there is such a query.
    init: &'a str,
    dataset: Option<&'a CompiledDataset>,
}

impl Bench<'_> {
    fn is_known(&self, file: &TestFile) -> bool {
        let all = self.compilation;
        match file.kind {
            Kind::Dataset => all.datasets.contains_key(&file.subject.text),
            Kind::View => all.views.contains_key(&file.subject.text),
            Kind::Function => all.functions.contains_key(&file.subject.text),
        }
    }

    fn file(&self, file: &TestFile) -> (Vec<Prepared>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let name = &file.subject.text;
        if !self.is_known(file) {
            return (Vec::new(), vec![self.unknown(file.kind, &file.subject)]);
        }
        let dataset = self.compilation.datasets.get(name).filter(|_| file.kind == Kind::Dataset);
        let view = self.compilation.views.get(name).filter(|_| file.kind == Kind::View);
        let sql = dataset.map(|one| one.sql.as_str()).or(view.map(|one| one.sql.as_str()));
        let init = dataset.and_then(|one| one.init.as_ref()).map_or("", |(sql, _)| sql.as_str());
        let subject = Subject { name: name.clone(), sql: sql.unwrap_or_default(), init, dataset };
        let mut queries = Queries::default();
        let mut prepared = Vec::new();
        for test in &file.tests {
            let work = match &test.body {
                Body::Rows(steps) => self.rows(&subject, steps, &mut queries, &mut found),
                Body::Call(example) => self.call(name, example, &mut found),
                Body::Query { sql, step } => self.query(sql, step, &mut found),
            };
            prepared.extend(work.map(|work| Prepared {
                kind: file.kind,
                subject: name.clone(),
                name: test.name.text.clone(),
                position: test.name.position.clone(),
                work,
            }));
        }
        (prepared, found)
    }

    /// There is nothing of this name, or something of another kind.
    fn unknown(&self, kind: Kind, subject: &Text) -> Diagnostic {
        let all = self.compilation;
        let name = subject.text.as_str();
        let finding = |message: String| Diagnostic::error(Code::UnknownTable, message).at(&subject.position);
        let other = [
            (all.datasets.contains_key(name), "a dataset", "`dataset:`"),
            (all.views.contains_key(name), "a view", "`view:`"),
            (all.functions.contains_key(name), "a function", "`function:`"),
        ];
        if let Some((_, what, key)) = other.iter().find(|(is_it, _, _)| *is_it) {
            return finding(format!("`{name}` is no {}, it is {what}", kind.as_str()))
                .hint(format!("write {key}"));
        }
        if all.columns(name).is_some() {
            let message = format!("`{name}` has no query, so that there is nothing to test");
            return finding(message).hint("test what reads it, and give its rows there");
        }
        let names: Vec<&str> = match kind {
            Kind::Dataset => all.datasets.keys().map(String::as_str).collect(),
            Kind::View => all.views.keys().map(String::as_str).collect(),
            Kind::Function => all.functions.keys().map(String::as_str).collect(),
        };
        finding(format!("no {} `{name}` in the project", kind.as_str()))
            .hint("a test names what it tests as its definition does")
            .suggest(name, names)
    }

    fn rows(
        &self,
        subject: &Subject,
        steps: &[Step],
        queries: &mut Queries,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Work> {
        let before = found.len();
        let given: BTreeSet<String> = steps
            .iter()
            .flat_map(|step| &step.given)
            .map(|(name, _)| self.without_project(&name.text).to_owned())
            .collect();
        let reads_self = subject.dataset.is_some_and(|dataset| dataset.reads_self.is_some());
        let mut ready = Vec::new();
        let mut tables: BTreeMap<String, Arc<[Field]>> = BTreeMap::new();
        let mut last: Option<Period> = None;
        for (index, step) in steps.iter().enumerate() {
            let Some(parameters) = parameters::read(step, subject.dataset, self.target, found) else {
                continue;
            };
            if let Some(last) = last.filter(|last| *last >= parameters.period && reads_self) {
                let message =
                    format!("the days are not in their order: {} follows {last}", parameters.period);
                let finding = Diagnostic::error(Code::InvalidTest, message).at(&step.position);
                found.push(finding.hint("a dataset that reads itself is built day by day"));
            }
            last = Some(parameters.period);
            if let Some(init) = step.init.as_ref().filter(|_| index > 0) {
                let message = "`init` fills a dataset that has no rows yet, so it comes first";
                let finding = Diagnostic::error(Code::InvalidTest, message).at(&init.position);
                found.push(finding.hint("move it into the first day"));
            }
            let mut query = |of: Option<&Text>| queries.get(self, subject, step, &parameters, of, &given);
            let result = match query(None) {
                Ok(query) => query,
                Err(Refusal::Untranslatable(problems)) => {
                    return Some(Work::Skipped(reasons(&problems)));
                }
                Err(Refusal::NoCommonTable(_)) => continue,
            };
            let expected = match &step.expect {
                None => None,
                Some(expect) => match query(expect.of.as_ref()) {
                    Ok(query) => {
                        let name = expect.of.as_ref().map_or(subject.name.as_str(), |of| of.text.as_str());
                        let columns = query.translated.columns.clone();
                        let keys = if expect.of.is_none() { keys(subject.dataset) } else { Vec::new() };
                        expected::read(expect, name, &columns, &keys, self.fixtures, found)
                            .map(|one| (query, one))
                    }
                    Err(refusal) => {
                        found.extend(expect.of.as_ref().map(|of| no_common_table(of, subject, &refusal)));
                        None
                    }
                },
            };
            let of_queries = [Some(&result), expected.as_ref().map(|(query, _)| query)];
            for name in of_queries.into_iter().flatten().flat_map(|query| &query.tables) {
                let columns = self.compilation.columns(name).unwrap_or_default();
                tables.entry(name.clone()).or_insert_with(|| columns.into());
            }
            let rows = self.given(subject, step, &result, found);
            let label = match &step.init {
                _ if steps.len() == 1 => String::new(),
                Some(init) => format!("{} to {}", init.from, init.to),
                None => parameters.period.to_string(),
            };
            ready.push(ReadyStep {
                label,
                rows,
                parameters: parameters.of_partition,
                period: parameters.period,
                result: (reads_self && index + 1 < steps.len()).then_some(result),
                expected,
            });
        }
        self.static_rows(&mut ready, &tables, &given);
        let own = subject.dataset.filter(|_| reads_self);
        let own = own.map(|dataset| (subject.name.clone(), dataset.partition.clone()));
        (found.len() == before).then_some(Work::Rows(RowsTest { tables, steps: ready, own }))
    }
}

/// Why a query cannot run here, each reason once.
fn reasons(problems: &[Problem]) -> String {
    let mut reasons: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
    reasons.dedup();
    reasons.join("; ")
}

/// The columns that tell a dataset's rows apart, by its first check that says so.
fn keys(dataset: Option<&CompiledDataset>) -> Vec<String> {
    let checks = dataset.map_or(&[][..], |dataset| &dataset.definition.checks);
    let unique = checks.iter().find_map(|check| match &check.kind {
        CheckKind::Unique(columns) => Some(columns.clone()),
        _ => None,
    });
    unique.unwrap_or_default()
}

fn no_common_table(of: &Text, subject: &Subject, refusal: &Refusal) -> Diagnostic {
    let message = format!("the query of `{}` has no common table `{}`", subject.name, of.text);
    let finding = Diagnostic::error(Code::UnknownTable, message).at(&of.position);
    match refusal {
        Refusal::NoCommonTable(known) if known.is_empty() => {
            finding.hint("it has no WITH; without `of` the rows are those of the result")
        }
        Refusal::NoCommonTable(known) => finding
            .hint(format!("its common tables are: {}", known.join(", ")))
            .suggest(&of.text, known.iter().map(String::as_str)),
        Refusal::Untranslatable(problems) => {
            Diagnostic::error(Code::InvalidTest, format!("the rows of `{}` cannot be seen alone", of.text))
                .at(&of.position)
                .hint(reasons(problems))
        }
    }
}

/// The queries of one file, each made once.
#[derive(Default)]
struct Queries(BTreeMap<String, Arc<Query>>);

impl Queries {
    fn get(
        &mut self,
        bench: &Bench,
        subject: &Subject,
        step: &Step,
        parameters: &Parameters,
        of: Option<&Text>,
        given: &BTreeSet<String>,
    ) -> Result<Arc<Query>, Refusal> {
        let of = of.map(|of| of.text.as_str());
        let views: Vec<&String> =
            given.iter().filter(|name| bench.compilation.views.contains_key(*name)).collect();
        let is_init = step.init.is_some();
        let key = format!("{is_init} {:?} {:?} {of:?} {views:?}", step.now, parameters.key);
        if let Some(known) = self.0.get(&key) {
            return Ok(Arc::clone(known));
        }
        let query = Arc::new(query::make(&Asked {
            compilation: bench.compilation,
            sql: if is_init { subject.init } else { subject.sql },
            parameters: parameters.declared.clone(),
            now: step.now,
            of,
            given,
        })?);
        self.0.insert(key, Arc::clone(&query));
        Ok(query)
    }
}
