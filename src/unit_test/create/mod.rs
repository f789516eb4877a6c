//! A test made from real rows: a handful of what a partition reads, without what the result does not depend on, with made-up
//! values in the place of identifiers, and the rows that come out of them. Reads the warehouse, and writes nothing.

mod made_up;
mod prune;
mod sample;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, bail};

use self::made_up::MadeUp;
use super::compare::constant;
use super::file;
use super::prepare::{ReadyStep, Rows, RowsTest, statement};
use super::query::{self, Asked, Query, Refusal};
use super::room::House;
use super::rows::Cell;
use super::run::Outcome;
use super::{Tests, prepare, run};
use crate::compile::{Compilation, CompiledDataset, parameter_value};
use crate::diagnostic::Source;
use crate::period::{Cadence, Period};
use crate::query::Failure;
use crate::schema::Field;
use crate::schema::value::Constant;
use crate::warehouse::{DuckDb, KeyRing, Secret};

/// Rows of a table, each with the values of all of its columns.
type Sample = BTreeMap<String, Vec<Vec<Constant>>>;

/// How many times as many rows are taken as long as none come out.
const TIMES: &[usize] = &[1, 8, 64];

/// A test that was made.
pub struct Created {
    /// The file's text.
    pub text: String,
    /// Rows that are given, per table.
    pub given: Vec<(String, usize)>,
    /// Rows that come out.
    pub expected: usize,
    /// Values that others were put in the place of.
    pub replaced: usize,
}

/// Makes a test of a dataset from what one of its partitions reads.
///
/// # Errors
/// The query cannot run, or a table cannot be read.
pub fn create(
    compilation: &Compilation,
    dataset: &CompiledDataset,
    period: Period,
    target: &str,
    warehouse: &DuckDb,
) -> anyhow::Result<Created> {
    let name = dataset.name();
    let declared = dataset.definition.parameters.iter().map(|parameter| {
        (parameter.name.text.clone(), parameter_value(parameter.value_in(target), &parameter.ty))
    });
    let query = query::make(&Asked {
        compilation,
        sql: &dataset.sql,
        parameters: declared.collect(),
        now: None,
        of: None,
        given: &BTreeSet::new(),
    });
    let query = match query {
        Ok(query) => Arc::new(query),
        Err(Refusal::Untranslatable(problems)) => {
            let reasons: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            bail!("the query of {name} cannot run here: {}", reasons.join("; "))
        }
        Err(Refusal::NoCommonTable(_)) => bail!("the query of {name} cannot be read"),
    };
    let mut trial = Trial::new(compilation, &query, period, dataset)?;
    let (mut sample, mut result) = (Sample::new(), Vec::new());
    let mut made_up = MadeUp::default();
    // Few rows may give none; then more are taken, and those that are not needed go again.
    let mut times = 0;
    for more in TIMES {
        times = *more;
        sample = sample::take(compilation, dataset, &query, period, times, warehouse)?;
        sample.retain(|_, rows| !rows.is_empty());
        made_up = MadeUp::default();
        made_up.replace(compilation, &mut sample);
        result = trial.result(&sample)?;
        if !result.is_empty() || sample.is_empty() {
            break;
        }
    }
    if times > 1 {
        prune::prune_rows(&mut sample, &result, &mut trial);
    }
    prune::prune(compilation, &mut sample, &result, &mut trial);
    let test = text::Test { compilation, dataset, period, sample: &sample, result: &result };
    let text = test.text();
    verify(&text, compilation, target)?;
    Ok(Created {
        given: sample.iter().map(|(table, rows)| (table.clone(), rows.len())).collect(),
        expected: result.len(),
        replaced: made_up.count(),
        text,
    })
}

/// What is written is read again and run.
fn verify(text: &str, compilation: &Compilation, target: &str) -> anyhow::Result<()> {
    let mut found = Vec::new();
    let (files, fixtures) = file::read(&[Source::new("tests/new.yaml", text)], &mut found);
    let tests = Tests { files, fixtures };
    let (prepared, more) = prepare(&tests, compilation, target, &|_| true);
    found.extend(more);
    if let Some(finding) = found.first() {
        bail!("the test that was made cannot be read: {}\n{text}", finding.told());
    }
    for tested in run(prepared)? {
        match &tested.outcome {
            Outcome::Passed => {}
            Outcome::Skipped(reason) => bail!("the test that was made cannot run: {reason}"),
            Outcome::Failed(failures) => {
                let told: Vec<String> = failures.iter().map(super::Failure::summary).collect();
                bail!(
                    "the test that was made does not pass ({}): a rerun of the query gives other rows",
                    told.join("; ")
                )
            }
        }
    }
    Ok(())
}

/// Runs the query over rows, in memory.
struct Trial<'a> {
    house: House,
    query: &'a Arc<Query>,
    tables: BTreeMap<String, Arc<[Field]>>,
    period: Period,
    parameters: Vec<String>,
    static_rows: Vec<Rows>,
}

impl<'a> Trial<'a> {
    fn new(
        compilation: &Compilation,
        query: &'a Arc<Query>,
        period: Period,
        dataset: &CompiledDataset,
    ) -> anyhow::Result<Self> {
        let keys = KeyRing::default();
        for name in &query.translated.keys {
            keys.put(name, Secret::new(run::key_of_tests(name)));
        }
        let mut tables = BTreeMap::new();
        let mut static_rows = Vec::new();
        for name in &query.tables {
            let columns: Arc<[Field]> = compilation.columns(name).unwrap_or_default().into();
            if let Some(table) = compilation.static_tables.get(name) {
                static_rows.extend(prepare::static_rows(&table.definition).ok());
            }
            tables.insert(name.clone(), columns);
        }
        let (start, end) = match dataset.partition.cadence {
            Cadence::Whole => (Period::day(dataset.start).start(), Period::day(dataset.start).end()),
            _ => (period.start(), period.end()),
        };
        let at = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let parameters = vec![start.date().to_string(), at(start), at(end)];
        Ok(Self { house: House::open(&keys)?, query, tables, period, parameters, static_rows })
    }

    /// The rows that come out, in an order of their own.
    fn result(&mut self, sample: &Sample) -> anyhow::Result<Vec<Vec<Constant>>> {
        let mut rows = Vec::new();
        for (table, values) in sample {
            let Some(columns) = self.tables.get(table) else { continue };
            rows.extend(filled(table, columns, values)?);
        }
        let step = ReadyStep {
            label: String::new(),
            rows,
            parameters: self.parameters.clone(),
            period: self.period,
            result: None,
            expected: None,
        };
        let test = RowsTest { tables: self.tables.clone(), steps: vec![step], own: None };
        let room = self.house.room(&test)?;
        for rows in test.steps.iter().flat_map(|step| &step.rows).chain(&self.static_rows) {
            room.fill(rows)?;
        }
        let answer = room.ask(self.query, &self.parameters).map_err(|failure: Failure| {
            anyhow::anyhow!("the query fails on the rows that were picked: {}", failure.told())
        })?;
        let columns = &answer.columns;
        let mut rows: Vec<Vec<Constant>> = answer
            .rows
            .iter()
            .map(|row| row.iter().zip(columns).map(|(value, field)| constant(value, &field.ty)).collect())
            .collect();
        rows.sort_by_cached_key(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>());
        Ok(rows)
    }
}

fn filled(table: &str, columns: &[Field], values: &[Vec<Constant>]) -> anyhow::Result<Option<Rows>> {
    if values.is_empty() {
        return Ok(None);
    }
    let cell = |value: &Constant| match value {
        Constant::Null => Cell::Unwritten,
        value => Cell::Plain(value.clone()),
    };
    let cells: Vec<Vec<Cell>> = values.iter().map(|row| row.iter().map(cell).collect()).collect();
    let cells: Vec<&[Cell]> = cells.iter().map(Vec::as_slice).collect();
    let rows = statement(table, columns, &cells).map_err(anyhow::Error::msg);
    rows.map(Some).with_context(|| format!("a value of `{table}` cannot be written into a test"))
}
