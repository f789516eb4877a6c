//! The examples of functions, run on a DuckDB in memory. Nothing of a project's warehouse is touched.

use crate::compile::{CompiledExample, CompiledFunction, Execution};
use crate::warehouse::Scratch;

/// How an example went.
pub enum Outcome {
    Right,
    Wrong { got: String, wanted: String },
    Failed(String),
    Skipped(String),
}

/// An example that was run, with the name of its function.
pub struct Tried<'a> {
    pub function: &'a str,
    pub example: &'a CompiledExample,
    pub outcome: Outcome,
}

/// Runs all examples of these functions.
///
/// # Errors
/// No DuckDB can be opened.
pub fn run<'a>(
    functions: impl Iterator<Item = (&'a String, &'a CompiledFunction)>,
) -> anyhow::Result<Vec<Tried<'a>>> {
    let examples: Vec<(&str, &CompiledExample)> = functions
        .flat_map(|(name, function)| function.examples.iter().map(move |example| (name.as_str(), example)))
        .collect();
    if examples.is_empty() {
        return Ok(Vec::new());
    }
    let scratch = Scratch::open()?;
    let tried = examples.into_iter().map(|(function, example)| Tried {
        function,
        example,
        outcome: outcome(example, &scratch),
    });
    Ok(tried.collect())
}

fn outcome(example: &CompiledExample, scratch: &Scratch) -> Outcome {
    let sql = match &example.execution {
        Execution::Query(sql) => sql,
        Execution::Skipped(reason) => return Outcome::Skipped(reason.clone()),
    };
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "NULL".to_owned());
    match scratch.row(sql) {
        Ok(row) => match row.as_slice() {
            [Some(same), ..] if same == "true" => Outcome::Right,
            [_, got, wanted] => Outcome::Wrong { got: shown(got), wanted: shown(wanted) },
            _ => Outcome::Failed("the query gave no row".to_owned()),
        },
        Err(error) => Outcome::Failed(format!("{error:#}").lines().next().unwrap_or_default().to_owned()),
    }
}
