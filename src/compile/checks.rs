//! A dataset's checks → one query over the staged partition that counts violations, one column a check.

use std::sync::Arc;

use crate::definition::{Check, CheckKind, Dataset};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type};
use crate::sql::{self, Catalogue, Table};

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

struct Stage(Arc<[Field]>);

impl Catalogue for Stage {
    fn table(&self, name: &str) -> Option<Table> {
        (name == STAGE).then(|| Table { name: name.to_owned(), columns: Arc::clone(&self.0), open: false })
    }

    fn names(&self) -> Vec<String> {
        vec![STAGE.to_owned()]
    }
}

/// Compiles the checks of a dataset with these columns.
pub fn compile(
    definition: &Dataset,
    columns: &Arc<[Field]>,
    found: &mut Vec<Diagnostic>,
) -> Option<CompiledChecks> {
    if definition.checks.is_empty() {
        return Some(CompiledChecks::default());
    }
    let catalogue = Stage(Arc::clone(columns));
    let mut hasher = blake3::Hasher::new();
    let mut counts = Vec::new();
    let before = found.len();
    for (index, check) in definition.checks.iter().enumerate() {
        let count = violations(&check.kind);
        hasher.update(format!("{}\n{}\n", sql::canonical(&count), check.blocks).as_bytes());
        if let CheckKind::Holds(expression) = &check.kind
            && let Some(finding) = no_condition(expression, check, &catalogue)
        {
            found.push(finding);
            continue;
        }
        // One by one, so that each mistake is reported at its check.
        if let Err(problems) = sql::analyse(&format!("SELECT {count} AS violations FROM {STAGE}"), &catalogue)
        {
            for problem in problems {
                let code =
                    if problem.code == Code::UnknownColumn { Code::InvalidCheck } else { problem.code };
                let mut finding =
                    Diagnostic::error(code, format!("check `{}`: {}", check.text, problem.message))
                        .at(&check.position);
                finding.hint = problem.hint;
                found.push(finding);
            }
        }
        counts.push(format!("{count} AS check_{index}"));
    }
    if found.len() > before {
        return None;
    }
    let query = format!("SELECT {} FROM {STAGE}", counts.join(", "));
    let analysis = sql::analyse(&query, &catalogue).ok()?;
    let duckdb = sql::duckdb::translate(&analysis)
        .map_err(|problems| {
            for problem in problems {
                found.push(
                    Diagnostic::error(problem.code, problem.message).at(&definition.checks[0].position),
                );
            }
        })
        .ok()?;
    let hash = hasher.finalize().to_hex()[..16].to_owned();
    Some(CompiledChecks { checks: definition.checks.clone(), duckdb, hash })
}

/// What is wrong with `holds(…)` that types, but to something else than one boolean. Other mistakes are found
/// with the check as a whole.
fn no_condition(expression: &str, check: &Check, catalogue: &Stage) -> Option<Diagnostic> {
    let analysis = sql::analyse(&format!("SELECT ({expression}) AS holds FROM {STAGE}"), catalogue).ok()?;
    let what = match analysis.columns.as_slice() {
        [one] if matches!(one.ty, Type::Bool | Type::Null) => return None,
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
            let values: Vec<String> = values.iter().map(|value| sql::duckdb::literal(value)).collect();
            format!("COUNTIF({column} NOT IN ({}))", values.join(", "))
        }
        CheckKind::Holds(expression) => format!("COUNTIF(({expression}) IS NOT TRUE)"),
    }
}
