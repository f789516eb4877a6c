//! The table, column or field that a name on the command line means.

use crate::compile::Compilation;
use crate::compile::lineage::{LineageGraph, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type, find_field};

/// What a name means.
pub struct Found<'a> {
    pub place: Place,
    /// The table's columns.
    pub fields: &'a [Field],
    /// Of the column or field; none for a table.
    pub ty: Option<&'a Type>,
    /// Whether others fill the table, so that it comes from nothing here.
    pub is_given: bool,
}

impl Found<'_> {
    /// Whether a column of the table is never NULL: declared so, or known from its query. Of a field nobody knows.
    pub fn is_required(&self, place: &Place, graph: &LineageGraph) -> bool {
        let is_declared = |name: &str| find_field(self.fields, name).is_some_and(|field| field.required);
        graph.is_required(place) || matches!(&place.path[..], [name] if is_declared(name))
    }

    /// The type as a line has room for it.
    pub fn type_name(&self) -> String {
        self.ty.map_or(String::new(), ToString::to_string)
    }
}

/// Finds what `schema.table.column.field` means; the schema may be left out where one table has the name.
pub fn find<'a>(compilation: &'a Compilation, text: &str) -> Result<Found<'a>, Diagnostic> {
    let text = text.replace('`', "");
    let parts: Vec<&str> = text.split('.').collect();
    let Some((table, path)) = table(compilation, &parts) else {
        if let [one, other, ..] = called(compilation, parts[0])[..] {
            let message = format!("`{}` may be `{one}` or `{other}`", parts[0]);
            return Err(Diagnostic::error(Code::UnknownSelection, message).hint("name the schema too"));
        }
        let written = parts[..parts.len().min(2)].join(".");
        return Err(Diagnostic::error(Code::UnknownSelection, format!("nothing here is named `{written}`"))
            .hint("name a table and a column of it: `schema.table.column`")
            .suggest(&written, names(compilation)));
    };
    let fields = compilation.columns(table).unwrap_or_default();
    let mut place = Place::new(table, &[]);
    let mut within = fields;
    let mut ty = None;
    for part in path {
        let Some(field) = find_field(within, part) else {
            return Err(Diagnostic::error(Code::UnknownSelection, format!("`{place}` has no `{part}`"))
                .hint("`tidemill lineage` with the table alone lists its columns")
                .suggest(part, within.iter().map(|field| field.name.as_str())));
        };
        place = place.inside(&field.name);
        within = fields_of(&field.ty);
        ty = Some(&field.ty);
    }
    let is_given = compilation.sources.contains_key(table) || compilation.static_tables.contains_key(table);
    Ok(Found { place, fields, ty, is_given })
}

/// The fields of a struct, or of an array's elements.
fn fields_of(ty: &Type) -> &[Field] {
    let element = ty.element().unwrap_or(ty);
    element.fields().unwrap_or_default()
}

fn names(compilation: &Compilation) -> impl Iterator<Item = &str> {
    let sources = compilation.sources.keys().chain(compilation.static_tables.keys());
    sources.chain(compilation.datasets.keys()).chain(compilation.views.keys()).map(String::as_str)
}

/// The table that the first parts name, and the parts behind it.
fn table<'a, 'p>(compilation: &'a Compilation, parts: &'p [&'p str]) -> Option<(&'a str, &'p [&'p str])> {
    let (first, rest) = parts.split_first()?;
    if let Some((second, rest)) = rest.split_first() {
        let full = format!("{first}.{second}");
        if let Some(name) = names(compilation).find(|name| name.eq_ignore_ascii_case(&full)) {
            return Some((name, rest));
        }
    }
    match called(compilation, first)[..] {
        [name] => Some((name, rest)),
        _ => None,
    }
}

/// The tables of all schemas that have a name.
fn called<'a>(compilation: &'a Compilation, table: &str) -> Vec<&'a str> {
    let is_called =
        |name: &&str| name.split_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(table));
    names(compilation).filter(is_called).collect()
}
