//! Datasets and views behind a table that nobody declares. They are compiled to GoogleSQL, and as far as their columns
//! are known they are judged; what is not known is told, and nothing here is ever built.

use std::collections::{BTreeMap, BTreeSet};

use super::expand::Nodes;
use super::known::Partial;
use super::query::locate;
use crate::definition::TableName;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::schema::{Field, Type};
use crate::sql::Undeclared;
use crate::template::Rendered;

/// A dataset or view whose columns are not all known.
#[derive(Clone)]
pub struct Untyped {
    pub name: TableName,
    pub is_view: bool,
    /// The tables that it reads, itself or through others, and nobody declares.
    pub because: BTreeSet<String>,
    /// The columns of no known type; none where not even their names are known.
    pub columns: Option<Vec<String>>,
    /// GoogleSQL, where it could be rendered.
    pub sql: Option<String>,
}

/// Warns of tables that nobody declares, and gives their names.
pub fn warn(tables: &[Undeclared], rendered: &Rendered, found: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    found.extend(tables.iter().map(|table| {
        let finding = locate(table.problem.clone(), rendered);
        Diagnostic { severity: Severity::Warning, ..finding }
            .note("what reads it is not built; `tidemill check` lists the columns without a type")
    }));
    tables.iter().map(|table| table.name.clone()).collect()
}

impl Untyped {
    /// What is behind such a table; `None` for what is not.
    pub fn of(name: &str, partial: &Partial, nodes: &Nodes) -> Option<Self> {
        if partial.undeclared.is_empty() {
            return None;
        }
        let dataset = nodes.datasets.get(name).map(|dataset| &dataset.name);
        let view = nodes.views.get(name).map(|view| &view.name);
        let unknown = partial.columns.iter().filter(|column| !is_known(&column.ty));
        Some(Self {
            name: dataset.or(view)?.clone(),
            is_view: dataset.is_none(),
            because: partial.undeclared.clone(),
            columns: (!partial.columns.iter().any(Field::is_rest))
                .then(|| unknown.map(|column| column.name.clone()).collect()),
            sql: partial.sql.clone(),
        })
    }

    /// `it reads `a.b`, which nothing declares`
    pub fn reason(&self) -> String {
        let tables: Vec<String> = self.because.iter().map(|name| format!("`{name}`")).collect();
        format!("it reads {}, which nothing declares", tables.join(" and "))
    }
}

fn is_known(ty: &Type) -> bool {
    match ty {
        Type::Unknown | Type::Null => false,
        Type::Array(element) => is_known(element),
        Type::Struct(fields) => fields.iter().all(|field| is_known(&field.ty)),
        _ => true,
    }
}

/// Refuses to build what was asked for by name.
///
/// # Errors
/// One for each.
pub fn refuse(names: &BTreeSet<String>, untyped: &BTreeMap<String, Untyped>) -> Result<(), Vec<Diagnostic>> {
    let asked = names.iter().filter_map(|name| untyped.get(name)).filter(|one| !one.is_view);
    let found: Vec<Diagnostic> = asked
        .map(|one| {
            let message = format!("`{}` cannot be built: {}", one.name.full(), one.reason());
            Diagnostic::error(Code::UnknownTable, message)
                .at(&one.name.position)
                .hint("declare what others fill as a source (`kind: table`) with its schema")
        })
        .collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}
