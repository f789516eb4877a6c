//! `tidemill test --create`: a test made from real rows, written beside the others.

use std::process::ExitCode;

use serde_json::json;

use crate::cli::context::{self, Globals, Problem};
use crate::cli::{generated_files, report};
use crate::compile::CompiledDataset;
use crate::diagnostic::{Code, Diagnostic};
use crate::period::{Cadence, Period};
use crate::unit_test;
use crate::warehouse::DuckDb;

/// Writes a test of a dataset from what its partition reads.
pub fn run(name: &str, date: &str, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let compilation = &compiled.compilation;
    let Some(dataset) = compilation.datasets.get(name) else {
        let finding =
            Diagnostic::error(Code::UnknownSelection, format!("no dataset `{name}` in the project"))
                .hint("a test is made from a partition of a dataset: name one");
        return Err(finding.suggest(name, compilation.datasets.keys().map(String::as_str)).into());
    };
    let period = period(dataset, date)?;
    let place = compiled.place(globals)?;
    if !place.warehouse.is_file() {
        let message = format!("{} is not there yet", place.warehouse.display());
        let hint = "`tidemill ingest FILE…` fills ping tables, `tidemill run --date D` builds datasets";
        return Err(Diagnostic::error(Code::NotBuilt, message).hint(hint).into());
    }
    let warehouse = DuckDb::open_with(&place.warehouse, place.names)??;
    let target = &compiled.target(globals)?.name;
    let created = unit_test::create(compilation, dataset, period, target, &warehouse)?;
    if created.given.is_empty() {
        let message = format!("no rows stand that {name} reads for {date}");
        let hint = "`tidemill status` shows which days there are";
        return Err(Diagnostic::error(Code::NotBuilt, message).hint(hint).into());
    }
    let path = free_path(&compiled.root, dataset, date)?;
    generated_files::write_file(&compiled.root.join(&path), created.text.as_bytes())?;
    if globals.json {
        let given = created.given.iter().map(|(table, rows)| json!({"table": table, "rows": rows}));
        report::json(&json!({
            "written": path,
            "given": given.collect::<Vec<_>>(),
            "expected_rows": created.expected,
            "identifiers_replaced": created.replaced,
        }));
    } else if !globals.quiet {
        report::line(&format!("written  {path}"));
        for (table, rows) in &created.given {
            report::line(&format!("given    {} of {table}", report::count(*rows, "row")));
        }
        report::line(&format!("expected {}", report::count(created.expected, "row")));
        let values = report::count(created.replaced, "identifier");
        report::line(&format!("replaced {values} by made-up values"));
        report::line(
            "\nLook through it before you commit it: only columns that are tagged as identifiers are made up.\nThen give the test a name that says what it states.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The partition of a day, or the one that is named as partitions are.
fn period(dataset: &CompiledDataset, date: &str) -> Result<Period, Problem> {
    let cadence = dataset.partition.cadence;
    let impossible = |hint: &str| -> Problem {
        let message = format!("`{date}` names no partition of {}", dataset.name());
        Diagnostic::error(Code::ImpossibleDate, message).hint(hint).into()
    };
    let named: Option<Period> = date.parse().ok();
    match (named.map(Period::cadence), named) {
        (_, _) if cadence == Cadence::Whole => Ok(Period::WHOLE),
        (Some(known), Some(period)) if known == cadence => Ok(period),
        (Some(Cadence::Day), Some(_)) if cadence == Cadence::Hour => {
            Err(impossible("its partitions are hours: `--date 2026-11-22T05`"))
        }
        (Some(Cadence::Day), Some(period)) => Ok(Period::of(cadence, period.first_day())),
        _ => Err(impossible("write a day: `--date 2026-11-22`")),
    }
}

/// Where the test stands: beside those of its definition, under another name where there are some already.
fn free_path(root: &std::path::Path, dataset: &CompiledDataset, date: &str) -> Result<String, Problem> {
    let definition = &dataset.definition.name.position.source.path;
    let stem = definition.rsplit_once('.').map_or(definition.as_str(), |(stem, _)| stem);
    let mut names = vec![format!("tests/{stem}.yaml"), format!("tests/{stem}.{date}.yaml")];
    names.push(format!("tests/{stem}.{}.{date}.yaml", dataset.definition.name.table));
    if let Some(free) = names.iter().find(|path| !root.join(path).exists()) {
        return Ok(free.clone());
    }
    let last = names.last().map_or("", String::as_str);
    Err(Diagnostic::error(Code::Unwritable, format!("{last} is there already"))
        .hint("remove it, or give it another name")
        .into())
}
