//! A dataset's checks → one query over the staged partition that counts violations, one column a check.

use std::sync::Arc;

use super::contract;
use super::functions::Routines;
use crate::definition::{Check, CheckKind, Dataset};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type};
use crate::sql::{self, Catalogue, Routine, Table};

/// The name under which the staged rows stand while they are checked.
pub const STAGE: &str = "_stage";

/// Compiled checks.
#[derive(Clone, Debug, Default)]
pub struct CompiledChecks {
    pub checks: Vec<Check>,
    /// DuckDB SQL over [`STAGE`] that gives the violations of each check, in their order. Empty without checks.
    pub duckdb: String,
    /// Changes when a check does; partitions are then due for checking, not for building.
    pub hash: String,
}

struct Stage<'a> {
    columns: Arc<[Field]>,
    routines: &'a Routines,
}

impl Catalogue for Stage<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        (name == STAGE).then(|| Table {
            name: name.to_owned(),
            columns: Arc::clone(&self.columns),
            open: false,
        })
    }

    fn names(&self) -> Vec<String> {
        vec![STAGE.to_owned()]
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.routines.get(name).cloned()
    }

    fn routine_names(&self) -> Vec<String> {
        self.routines.keys().cloned().collect()
    }
}

/// Compiles the checks of a dataset with these columns: its own, and those that its contract asks for.
pub fn compile(
    definition: &Dataset,
    columns: &Arc<[Field]>,
    routines: &Routines,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledChecks> {
    let mut checks = definition.checks.clone();
    checks.extend(contract::checks(definition, columns));
    if checks.is_empty() {
        return Some(CompiledChecks::default());
    }
    let catalogue = Stage { columns: Arc::clone(columns), routines };
    let mut hasher = blake3::Hasher::new();
    let counts: Vec<String> = checks.iter().map(|check| violations(&check.kind)).collect();
    let mut selected = Vec::new();
    for (index, (check, count)) in checks.iter().zip(&counts).enumerate() {
        hasher.update(format!("{}\n{}\n", sql::canonical(count), check.blocks).as_bytes());
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
    let hash = hasher.finalize().to_hex()[..16].to_owned();
    Some(CompiledChecks { checks, duckdb, hash })
}

/// What is wrong with `holds(…)` that types, but to something else than one boolean. Other mistakes are found
/// with the check as a whole.
fn no_condition(expression: &str, check: &Check, catalogue: &Stage) -> Option<Diagnostic> {
    let analysis = sql::analyse(&format!("SELECT ({expression}) AS holds FROM {STAGE}"), catalogue).ok()?;
    let what = match analysis.columns.as_slice() {
        [one] if matches!(one.ty, Type::Bool | Type::Null | Type::Unknown) => return None,
        [one] => one.ty.to_string(),
        columns => format!("{} expressions", columns.len()),
    };
    let message = format!("check `{}`: `holds` takes a condition, not {what}", check.text);
    Some(
        Diagnostic::error(Code::InvalidCheck, message)
            .at(&check.position)
            .hint("write what is true of every row, for example `holds(duration >= 0)`"),
    )
}

/// Reports what is wrong, one by one, so that each mistake is reported at its check.
fn report(checks: &[Check], counts: &[String], catalogue: &Stage, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    found.extend(checks.iter().filter_map(|check| match &check.kind {
        CheckKind::Holds(expression) => no_condition(expression, check, catalogue),
        _ => None,
    }));
    if found.len() > before {
        return;
    }
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

/// GoogleSQL that counts the rows, or missing rows, that violate a check.
fn violations(kind: &CheckKind) -> String {
    match kind {
        CheckKind::NotNull(columns) => {
            let missing: Vec<String> = columns.iter().map(|column| format!("{column} IS NULL")).collect();
            format!("COUNTIF({})", missing.join(" OR "))
        }
        CheckKind::Unique(columns) => match columns.as_slice() {
            [column] => format!("COUNT({column}) - COUNT(DISTINCT {column})"),
            columns => format!("COUNT(*) - COUNT(DISTINCT TO_JSON_STRING(STRUCT({})))", columns.join(", ")),
        },
        CheckKind::MinRows(rows) => format!("GREATEST({rows} - COUNT(*), 0)"),
        CheckKind::AcceptedValues { column, values } => {
            let values: Vec<String> = values.iter().map(|value| sql::written::literal(value)).collect();
            format!("COUNTIF({column} NOT IN ({}))", values.join(", "))
        }
        CheckKind::Holds(expression) => format!("COUNTIF(({expression}) IS NOT TRUE)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_values_are_texts_of_googlesql() {
        let values = ["it's", "a\\b"].map(str::to_owned).to_vec();
        let kind = CheckKind::AcceptedValues { column: "c".to_owned(), values };
        assert_eq!(violations(&kind), "COUNTIF(c NOT IN ('it\\'s', 'a\\\\b'))");
    }
}
