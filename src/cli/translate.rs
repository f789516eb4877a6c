use std::process::ExitCode;

use clap::Args;

use super::context::{Globals, Problem};
use super::query::{Given, Question, Text, question};
use super::report;
use crate::sql::duckdb::native_calls;

/// Show what DuckDB is given for a GoogleSQL query, and the functions that it needs beside its own
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    text: Text,
    #[command(flatten)]
    given: Given,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let Question { compiled, translated, .. } = question(&arguments.text, &arguments.given, globals)?;
    let names = match &compiled {
        Some(compiled) => compiled.place(globals)?.names,
        None => Default::default(),
    };
    let duckdb = names.resolve(&translated.duckdb);
    let natives: Vec<String> = native_calls(&duckdb).into_iter().map(|call| call.spelled).collect();
    if globals.json {
        let columns: Vec<_> = translated
            .columns
            .iter()
            .map(|column| serde_json::json!({"name": column.name, "type": column.ty.to_string()}))
            .collect();
        let value = serde_json::json!({"duckdb": duckdb, "columns": columns, "functions": natives});
        report::json(&value);
        return Ok(ExitCode::SUCCESS);
    }
    report::line(&duckdb);
    if !natives.is_empty() && !globals.quiet {
        report::note(&format!("functions of Tidemill's own:\n  {}", natives.join("\n  ")));
    }
    Ok(ExitCode::SUCCESS)
}
