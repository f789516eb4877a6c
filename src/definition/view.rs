//! `view:` a query that users read.

use super::Context;
use super::values::{self, TableName, table_name};
use crate::diagnostic::Diagnostic;
use crate::yaml::{MapReader, Node, Text};

/// A view's definition.
#[derive(Clone, Debug)]
pub struct View {
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub sql: ViewSql,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum ViewSql {
    /// SQL of the author's own: inline, or the name of a file beside the definition.
    Own(Text),
    /// All columns of one table.
    AllOf(String),
    /// The rows of a table's newest snapshot.
    Latest(String),
}

/// Reads a view's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<View> {
    let reader = MapReader::new(node, "a view");
    let name = reader
        .required_text("view", "name the view")
        .and_then(|text| table_name(&reader, "view", &text, false));
    let description = reader.required_text("description", "say what users find here");
    let owners = values::owners(&reader, &context.defaults.owners);
    let sql = reader.required_text("sql", "the query that users read");
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    found.extend(reader.finish());
    Some(View { name: name?, description: description?.text, owners, sql: ViewSql::Own(sql?), labels, tags })
}

impl View {
    /// The view of a snapshot's newest day.
    pub fn latest(name: TableName, table: &str, description: &str, owners: &[String]) -> Self {
        Self { sql: ViewSql::Latest(table.to_owned()), ..Self::all_of(name, table, description, owners) }
    }

    /// The view over a table that a source or dataset brings.
    pub fn all_of(name: TableName, table: &str, description: &str, owners: &[String]) -> Self {
        Self {
            name,
            description: description.to_owned(),
            owners: owners.to_vec(),
            sql: ViewSql::AllOf(table.to_owned()),
            labels: Vec::new(),
            tags: Vec::new(),
        }
    }
}
