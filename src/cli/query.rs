use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::context::{self, Compiled, Globals, Problem};
use super::{deferral, report, status, work};
use crate::compile::CompiledFunction;
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::ingest::{INGEST_ERROR, ingest_error_columns};
use crate::schema::Field;
use crate::sql::{self, Catalogue, Routine, Table};

/// Run GoogleSQL on the target and print the rows
#[derive(Args)]
pub struct Arguments {
    /// The query; `@` parameters are not at hand
    sql: String,
    /// Most rows to print
    #[arg(long, default_value_t = 100)]
    limit: usize,
}

/// All tables of a project.
struct Tables<'a> {
    columns: BTreeMap<String, Arc<[Field]>>,
    functions: &'a BTreeMap<String, CompiledFunction>,
}

impl Catalogue for Tables<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        let columns = Arc::clone(self.columns.get(name)?);
        Some(Table { name: name.to_owned(), columns, open: false })
    }

    fn names(&self) -> Vec<String> {
        self.columns.keys().cloned().collect()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        Some(Arc::clone(&self.functions.get(name)?.routine))
    }

    fn routine_names(&self) -> Vec<String> {
        self.functions.keys().cloned().collect()
    }
}

/// A query that was given on the command line.
pub struct Translated {
    pub duckdb: String,
    /// The keys that it hashes with.
    pub keys: BTreeSet<String>,
}

/// Types and translates a query that was given on the command line.
///
/// # Errors
/// All mistakes in the query.
pub fn translate(compiled: &Compiled, path: &str, text: &str) -> Result<Translated, Problem> {
    let compilation = &compiled.compilation;
    let mut tables: BTreeMap<String, Arc<[Field]>> = BTreeMap::new();
    tables.extend(compilation.sources.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
    tables.extend(compilation.datasets.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
    tables.extend(compilation.views.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
    tables.extend(
        compilation
            .static_tables
            .iter()
            .map(|(name, one)| (name.clone(), Arc::clone(&one.definition.columns))),
    );
    tables.insert(INGEST_ERROR.to_owned(), ingest_error_columns().into());
    let tables = Tables { columns: tables, functions: &compilation.functions };
    let source = Source::new(path, text);
    sql::Parsed::new(text)
        .and_then(|parsed| parsed.with_named_columns().analyse(&tables))
        .and_then(|analysis| {
            let views = analysis.uses.iter().filter_map(|table_use| compilation.views.get(&table_use.name));
            let keys = views.flat_map(|view| view.keys.iter()).chain(&analysis.keys).cloned().collect();
            Ok(Translated { duckdb: sql::duckdb::translate(&analysis)?, keys })
        })
        .map_err(|problems| {
            let found = problems.into_iter().map(|problem| {
                let span = problem.span;
                let mut finding = Diagnostic::error(problem.code, problem.message).at(&Position::new(
                    &source,
                    span.line.max(1),
                    span.column.max(1),
                    span.length,
                ));
                finding.hint = problem.hint;
                finding.related.extend(problem.related);
                finding
            });
            Problem::Findings(found.collect())
        })
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let translated = translate(&compiled, "query", &arguments.sql)?;
    let opened = work::open(&compiled, globals)?;
    work::take_keys(&opened, &compiled, globals, translated.keys.iter().map(|key| (key.as_str(), None)))?;
    let mut duckdb = translated.duckdb;
    if let Some(deferral) = deferral::open(&compiled, globals)? {
        let compilation = &compiled.compilation;
        let mut snapshot = opened.ledger.snapshot()?;
        deferral.complete(compilation, &mut snapshot);
        deferral.attach(compilation, &snapshot, &opened.warehouse)?;
        // Views that stand here show what is here; people ask for all of it.
        let view = |name: &str| compilation.views.get(name).map(|view| view.duckdb.as_str());
        duckdb = sql::duckdb::with_views(&duckdb, &view);
    }
    let result = opened.warehouse.query(&duckdb, arguments.limit).map_err(|error| {
        match format!("{error:#}").contains("does not exist") {
            true => Diagnostic::error(Code::NotBuilt, "a table that the query reads is not there yet")
                .hint("`tidemill ingest FILE…` fills ping tables, `tidemill run --date D` builds datasets")
                .into(),
            false => Problem::Internal(error),
        }
    })?;
    if globals.json {
        let rows: Vec<serde_json::Map<String, serde_json::Value>> = result
            .rows
            .iter()
            .map(|row| result.columns.iter().cloned().zip(row.iter().map(|value| json!(value))).collect())
            .collect();
        report::json(&json!(rows));
    } else {
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING);
        table.set_header(&result.columns);
        for row in &result.rows {
            table.add_row(row.iter().map(|value| value.as_deref().unwrap_or("NULL")));
        }
        report::line(&status::trimmed(&table));
    }
    Ok(ExitCode::SUCCESS)
}
