use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::context::{self, Globals, Problem};
use super::{query, report};

/// Show what DuckDB is given for a GoogleSQL file
#[derive(Args)]
pub struct Arguments {
    /// A file with one query, such as one of generated/
    file: PathBuf,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let path = arguments.file.display().to_string();
    let text = std::fs::read_to_string(&arguments.file).with_context(|| format!("reading {path}"))?;
    let compiled = context::compile(globals)?;
    let names = compiled.place(globals)?.names;
    report::line(&names.resolve(&query::translate(&compiled, &path, &text)?.duckdb));
    Ok(ExitCode::SUCCESS)
}
