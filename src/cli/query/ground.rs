//! What a query stands on: the tables, views and functions of the project around, or nothing at all outside of one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cli::context::{self, Compiled, Globals, Problem};
use crate::compile::{Compilation, CompiledFunction};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::ingest::{INGEST_ERROR, ingest_error_columns};
use crate::query::{NoTables, Parameter, Translated, WithParameters};
use crate::schema::Field;
use crate::sql::{self, Catalogue, Routine, Table};

/// All tables of a project.
pub struct Tables<'a> {
    columns: BTreeMap<String, Arc<[Field]>>,
    functions: &'a BTreeMap<String, CompiledFunction>,
}

impl<'a> Tables<'a> {
    pub fn of(compilation: &'a Compilation) -> Self {
        let mut tables: BTreeMap<String, Arc<[Field]>> = BTreeMap::new();
        tables.extend(compilation.sources.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
        tables
            .extend(compilation.datasets.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
        tables.extend(compilation.views.iter().map(|(name, one)| (name.clone(), Arc::clone(&one.columns))));
        tables.extend(
            compilation
                .static_tables
                .iter()
                .map(|(name, one)| (name.clone(), Arc::clone(&one.definition.columns))),
        );
        tables.insert(INGEST_ERROR.to_owned(), ingest_error_columns().into());
        Self { columns: tables, functions: &compilation.functions }
    }
}

impl Catalogue for Tables<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        // A project may stand before the name.
        let known = |name: &str| self.columns.get_key_value(name);
        let (name, columns) = known(name).or_else(|| known(name.split_once('.')?.1))?;
        Some(Table { name: name.clone(), columns: Arc::clone(columns), open: false })
    }

    fn names(&self) -> Vec<String> {
        self.columns.keys().cloned().collect()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        let known = |name: &str| self.functions.get(name);
        Some(Arc::clone(&known(name).or_else(|| known(name.split_once('.')?.1))?.routine))
    }

    fn routine_names(&self) -> Vec<String> {
        self.functions.keys().cloned().collect()
    }
}

/// The project around, if there is one: a folder or a target that is asked for must be there.
pub fn project(globals: &Globals) -> Result<Option<Compiled>, Problem> {
    let is_asked_for = globals.project_dir.is_some() || globals.target.is_some();
    match context::find_project(globals) {
        None if !is_asked_for => Ok(None),
        _ => context::compile(globals).map(Some),
    }
}

/// Types and translates a query.
///
/// # Errors
/// All mistakes in it.
pub fn translate(
    compiled: Option<&Compiled>,
    source: &Arc<Source>,
    given: &[Parameter],
) -> Result<Translated, Problem> {
    let tables = compiled.map(|compiled| Tables::of(&compiled.compilation));
    let catalogue: &dyn Catalogue = match &tables {
        Some(tables) => tables,
        None => &NoTables,
    };
    crate::query::translate(&source.text, &WithParameters { catalogue, given })
        .map_err(|problems| Problem::Findings(findings(source, problems)))
}

/// What is said of a parameter without a value, and what to do about it.
fn parameter(source: &Source, problem: &sql::Problem) -> (String, Option<String>) {
    let first = problem.span.line.checked_sub(1).and_then(|line| source.text.lines().nth(line as usize));
    let written = first.and_then(|line| line.chars().nth(problem.span.column.saturating_sub(1) as usize));
    let near = problem.hint.clone().filter(|hint| hint.starts_with("did you mean"));
    match written {
        Some('?') => (
            "no value is given for this parameter".to_owned(),
            Some("give values in their order: `--param :TYPE:value`".to_owned()),
        ),
        _ => {
            let hint = near.unwrap_or_else(|| "give it its value: `--param name:TYPE:value`".to_owned());
            (problem.message.clone(), Some(hint))
        }
    }
}

/// Mistakes in a query at their places.
pub fn findings(source: &Arc<Source>, problems: Vec<sql::Problem>) -> Vec<Diagnostic> {
    let finding = |problem: sql::Problem| {
        let span = problem.span;
        let position = Position::new(source, span.line.max(1), span.column.max(1), span.length);
        let (message, hint) = match problem.code {
            // What it says is about datasets.
            Code::NotOneQuery if !source.text.trim().is_empty() => (
                "one query is run, with functions before it at most, and nothing that writes".to_owned(),
                Some("the warehouse changes by `tidemill ingest` and `tidemill run` alone".to_owned()),
            ),
            Code::UnknownQueryParameter => parameter(source, &problem),
            _ => (problem.message, problem.hint),
        };
        let mut finding = Diagnostic::error(problem.code, message).at(&position);
        finding.hint = hint;
        finding.related.extend(problem.related);
        finding
    };
    problems.into_iter().map(finding).collect()
}
