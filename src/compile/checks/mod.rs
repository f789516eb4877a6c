//! A dataset's checks → one query over the staged partition that counts violations, one column a check, and for each
//! check a query that finds the rows that are some. It decides nothing about a partition: thresholds do, when it is built.

mod counts;

use std::sync::Arc;

use self::counts::Referenced;
use super::known::Ready;
use super::{Input, Partition, contract};
use crate::definition::{Check, CheckKind, Dataset, Thresholds};
use crate::diagnostic::{Code, Diagnostic};
use crate::period::Cadence;
use crate::schema::{Field, Type};
use crate::sql::{self, Catalogue, Routine, Table};

/// The name under which the staged rows stand while they are checked.
pub const STAGE: &str = "_stage";

/// How many rows that fail a check are shown.
pub const SHOWN_ROWS: usize = 5;

/// Compiled checks.
#[derive(Clone, Debug, Default)]
pub struct CompiledChecks {
    pub checks: Vec<Check>,
    /// DuckDB SQL over [`STAGE`] that gives the violations of each check, in their order. Empty without checks.
    pub duckdb: String,
    /// What finds the rows that fail each check: GoogleSQL over `this`, and DuckDB SQL over [`STAGE`] that gives the first
    /// of them as JSON. Both are empty where no row fails by itself.
    pub finds: Vec<(String, String)>,
    /// Changes when a check does; partitions are then due for checking, not for building.
    pub hash: String,
}

/// What checks may ask, beside the rows themselves.
pub struct Surroundings<'a> {
    pub ready: &'a Ready,
    /// The tables and views that the dataset's query names.
    pub uses: Vec<&'a str>,
    /// Which partitions it reads of them, views seen through; nothing where that has mistakes.
    pub inputs: Option<&'a [Input]>,
    pub partition: Option<&'a Partition>,
}

struct Stage<'a> {
    name: String,
    columns: Arc<[Field]>,
    around: &'a Surroundings<'a>,
}

impl Catalogue for Stage<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        if name == STAGE {
            return Some(Table { name: name.to_owned(), columns: Arc::clone(&self.columns), open: false });
        }
        // What the dataset does not read need not be there yet when it is checked.
        let declared = self.around.ready.declared(name);
        let is_read = declared != self.name && self.around.uses.contains(&declared);
        is_read.then(|| self.around.ready.table(name))?
    }

    fn names(&self) -> Vec<String> {
        let read = self.around.uses.iter().filter(|name| **name != self.name);
        read.map(|name| (*name).to_owned()).collect()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.around.ready.routines.get(name).cloned()
    }

    fn routine_names(&self) -> Vec<String> {
        self.around.ready.routines.keys().cloned().collect()
    }
}

/// Compiles the checks of a dataset with these columns: its own, and those that its contract asks for.
pub fn compile(
    definition: &Dataset,
    columns: &Arc<[Field]>,
    around: &Surroundings,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledChecks> {
    let checks = all(definition, columns);
    if checks.is_empty() {
        return Some(CompiledChecks::default());
    }
    let catalogue = Stage { name: definition.name.full(), columns: Arc::clone(columns), around };
    let before = found.len();
    found.extend(checks.iter().filter_map(|check| unfit(check, &catalogue)));
    let references: Vec<Option<Referenced>> =
        checks.iter().map(|check| referenced(check, around, found)).collect();
    if found.len() > before || (around.inputs.is_none() && references.iter().any(Option::is_some)) {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    let counts: Vec<String> = checks
        .iter()
        .zip(&references)
        .map(|(check, referenced)| counts::violations(&check.kind, STAGE, referenced.as_ref()))
        .collect();
    let mut selected = Vec::new();
    for (index, (check, count)) in checks.iter().zip(&counts).enumerate() {
        hasher.update(hashed(check, count).as_bytes());
        selected.push(format!("{count} AS check_{index}"));
    }
    let query = format!("SELECT {} FROM {STAGE}", selected.join(", "));
    let analysis = sql::analyse(&query, &catalogue).ok();
    // A comment or a quote that one check leaves open could swallow the next one.
    let Some(analysis) = analysis.filter(|analysis| analysis.columns.len() == counts.len()) else {
        report(&checks, &counts, &catalogue, found);
        return None;
    };
    let duckdb = sql::duckdb::translate(&analysis)
        .map_err(|problems| {
            for problem in problems {
                found.push(Diagnostic::error(problem.code, problem.message).at(&checks[0].position));
            }
        })
        .ok()?;
    let duckdb = around.ready.through_views(duckdb, &analysis);
    let finds = checks.iter().zip(&references);
    let finds = finds.map(|(check, referenced)| finds_rows(check, referenced.as_ref(), &catalogue)).collect();
    let hash = hasher.finalize().to_hex()[..16].to_owned();
    Some(CompiledChecks { checks, duckdb, finds, hash })
}

/// The checks of a dataset with these columns.
pub fn all(definition: &Dataset, columns: &[Field]) -> Vec<Check> {
    let mut checks = definition.checks.clone();
    checks.extend(contract::checks(definition, columns));
    checks
}

/// What of a check changes its outcome.
fn hashed(check: &Check, count: &str) -> String {
    let thresholds = match check.thresholds {
        Thresholds::BLOCKS => "true".to_owned(),
        Thresholds::WARNS => "false".to_owned(),
        Thresholds { warn, fail } => format!("{warn:?} {fail:?}"),
    };
    match &check.kind {
        CheckKind::RowsNear { days, share } => format!("rows near {days} {share}\n{thresholds}\n"),
        _ => format!("{}\n{thresholds}\n", sql::canonical(count)),
    }
}

/// What finds the rows that fail a check. What cannot be shown was counted all the same.
fn finds_rows(check: &Check, referenced: Option<&Referenced>, catalogue: &Stage) -> (String, String) {
    let columns = own_columns(&check.kind, &catalogue.columns);
    let query = |relation: &str| counts::finding(&check.kind, relation, &columns, referenced);
    let (Some(shown), Some(staged)) = (query("this"), query(STAGE)) else { return Default::default() };
    let first = format!(
        "SELECT TO_JSON_STRING(_row) AS failing FROM (SELECT * FROM ({staged}) LIMIT {SHOWN_ROWS}) AS _row"
    );
    let duckdb = sql::analyse(&first, catalogue).ok().and_then(|analysis| {
        let duckdb = sql::duckdb::translate(&analysis).ok()?;
        Some(catalogue.around.ready.through_views(duckdb, &analysis))
    });
    (shown, duckdb.unwrap_or_default())
}

/// The columns that a check is about.
fn own_columns(kind: &CheckKind, columns: &[Field]) -> Vec<String> {
    match kind {
        CheckKind::NotNull(columns) => columns.clone(),
        CheckKind::Holds(expression) => {
            let words: Vec<&str> =
                expression.split(|one: char| !one.is_alphanumeric() && one != '_').collect();
            let is_named = |column: &&Field| words.iter().any(|word| word.eq_ignore_ascii_case(&column.name));
            columns.iter().filter(is_named).map(|column| sql::written::name(&column.name)).collect()
        }
        _ => Vec::new(),
    }
}

/// What a reference leads to; a finding where the dataset does not read it.
fn referenced(check: &Check, around: &Surroundings, found: &mut Vec<Diagnostic>) -> Option<Referenced> {
    let CheckKind::References { table, .. } = &check.kind else { return None };
    let Some(inputs) = around.inputs else { return Some(Referenced { is_read: None }) };
    let Some(input) = inputs.iter().find(|input| input.table == *table) else {
        let message = format!("check `{}`: the dataset does not read `{table}`", check.text);
        let names: Vec<&str> = inputs.iter().map(|input| input.table.as_str()).collect();
        found.push(
            Diagnostic::error(Code::InvalidCheck, message)
                .at(&check.position)
                .hint(format!("a value is looked for in a table that the query reads: {}", names.join(", ")))
                .suggest(table, names.iter().copied()),
        );
        return None;
    };
    let known = around.ready.tables.get(table)?;
    let is_suffix =
        |column: &str| known.columns.iter().any(|field| field.name == column && field.ty == Type::String);
    let column = known.partition_column.as_deref().map(|column| match is_suffix(column) {
        true => format!("SAFE.PARSE_DATE('{}', {column})", crate::schema::SUFFIX_FORMAT),
        false => sql::written::name(column),
    });
    Some(Referenced { is_read: column.and_then(|column| counts::is_read(input, &column, known.cadence)) })
}

/// What is wrong with a check that types, but to something else than it takes. Other mistakes are found with the check
/// as a whole.
fn unfit(check: &Check, catalogue: &Stage) -> Option<Diagnostic> {
    let invalid = |message: String, hint: &str| {
        let message = format!("check `{}`: {message}", check.text);
        Some(Diagnostic::error(Code::InvalidCheck, message).at(&check.position).hint(hint))
    };
    match &check.kind {
        CheckKind::Holds(expression) => {
            let query = format!("SELECT ({expression}) AS holds FROM {STAGE}");
            let what = match sql::analyse(&query, catalogue).ok()?.columns.as_slice() {
                [one] if matches!(one.ty, Type::Bool | Type::Null | Type::Unknown) => return None,
                [one] => one.ty.to_string(),
                columns => format!("{} expressions", columns.len()),
            };
            invalid(
                format!("`holds` takes a condition, not {what}"),
                "write what is true of every row, for example `holds(duration >= 0)`",
            )
        }
        CheckKind::Fresh { column, .. } => {
            let analysis =
                sql::analyse(&format!("SELECT {column} AS moment FROM {STAGE}"), catalogue).ok()?;
            match analysis.columns.first().map(|column| &column.ty) {
                Some(Type::Timestamp | Type::Datetime | Type::Date | Type::Unknown) | None => None,
                Some(other) => invalid(
                    format!("`fresh` takes a moment, not {other}"),
                    "name a column that is a TIMESTAMP, a DATETIME or a DATE",
                ),
            }
        }
        CheckKind::RowsNear { .. } => {
            let is_whole = catalogue.around.partition.is_some_and(|one| one.cadence == Cadence::Whole);
            is_whole.then(|| {
                invalid(
                    "there are no days before, for the table is one partition".to_owned(),
                    "write `min_rows(…)` and `max_rows(…)`",
                )
            })?
        }
        CheckKind::Sql { query } => {
            let problem = sql::Parsed::new(query).err()?.into_iter().next()?;
            let message = format!("check `{}`: {}", check.text, problem.message);
            let mut finding = Diagnostic::error(problem.code, message).at(&check.position);
            finding.hint = problem.hint;
            Some(finding)
        }
        _ => None,
    }
}

/// Reports what is wrong, one by one, so that each mistake is reported at its check.
fn report(checks: &[Check], counts: &[String], catalogue: &Stage, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    for (check, count) in checks.iter().zip(counts) {
        // What a mistake is said to stand beside is then what the author wrote.
        let said = match &check.kind {
            CheckKind::Holds(expression) => format!("(({expression}) IS NOT TRUE)"),
            _ => count.clone(),
        };
        let single = sql::analyse(&format!("SELECT {said} AS violations FROM {STAGE}"), catalogue);
        for problem in single.err().unwrap_or_default() {
            let code = if problem.code == Code::UnknownColumn { Code::InvalidCheck } else { problem.code };
            let message = format!("check `{}`: {}", check.text, problem.message);
            let mut finding = Diagnostic::error(code, message).at(&check.position);
            finding.hint = problem.hint;
            found.push(finding);
        }
    }
    if found.len() == before {
        let message = "each check can be read by itself, but not all of them side by side";
        found.push(Diagnostic::error(Code::InvalidCheck, message).at(&checks[0].position));
    }
}
