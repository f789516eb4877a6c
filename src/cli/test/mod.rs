mod create;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use self::report::Results;
use super::context::{self, Globals, Problem};
use super::{check, examples, generated_files};
use crate::compile::Examined;
use crate::diagnostic;
use crate::unit_test;

/// Run the tests of datasets, views and functions, in memory
///
/// The files of tests/ give rows and say what comes out; docs/testing.md shows their form. The examples of
/// functions run too. Nothing of a warehouse is read or written.
#[derive(Args)]
pub struct Arguments {
    /// What is tested: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
    /// Write the results as JUnit's XML too
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write a test of this dataset instead, from a handful of real rows, identifiers replaced
    #[arg(long, value_name = "DATASET", requires = "date", conflicts_with_all = ["select", "junit"])]
    create: Option<String>,
    /// The day whose partition the written test builds
    #[arg(long, value_name = "D", requires = "create")]
    date: Option<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    if let (Some(dataset), Some(date)) = (&arguments.create, &arguments.date) {
        return create::run(dataset, date, globals);
    }
    let (root, files, mut found) = context::read(globals)?;
    let Examined { compilation, found: more, summary } = context::examine(&files, globals);
    found.extend(more);
    let compilation = match compilation {
        Some(compilation) if !found.iter().any(diagnostic::Diagnostic::is_error) => compilation,
        _ => return Err(Problem::Findings(found)),
    };
    let picked = check::picked(&arguments.select, &summary)?;
    let is_picked = |name: &str| picked.as_ref().is_none_or(|picked| picked.contains(name));
    let target = match &globals.target {
        Some(name) => context::target_of(&compilation.project, name)?.name.clone(),
        None => compilation.project.default_target.clone(),
    };
    let mut found = Vec::new();
    let tests = unit_test::read(&root, &mut found);
    let (prepared, more) = unit_test::prepare(&tests, &compilation, &target, &is_picked);
    found.extend(more);
    diagnostic::sort(&mut found);
    let tests = unit_test::run(prepared)?;
    let functions = compilation.functions.iter().filter(|(name, _)| is_picked(name));
    let results = Results { tests: &tests, examples: examples::run(functions)?, found };
    if let Some(path) = &arguments.junit {
        generated_files::write_file(path, unit_test::junit(&tests).as_bytes())?;
    }
    results.print(globals);
    Ok(ExitCode::from(u8::from(!results.passed())))
}
