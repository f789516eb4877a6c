//! `view:` a query that users read.

use super::dataset::{self, QuerySource};
use super::inputs::{self, Inputs};
use super::matrix::Axis;
use super::values::{self, TableName, table_name};
use super::{Context, Exception, rules};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node};

/// A view's definition.
#[derive(Clone, Debug)]
pub struct View {
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub from: Option<Inputs>,
    pub sql: ViewSql,
    /// Template parameters, as they were written.
    pub with: Option<Node>,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
    /// Whether anybody may read it, so that it must not tell people apart.
    pub public: bool,
    /// Rules that it may break.
    pub exceptions: Vec<Exception>,
    /// Of the matrix that the view is a member of: names at hand in its own SQL.
    pub axes: Vec<Axis>,
}

#[derive(Clone, Debug)]
pub enum ViewSql {
    /// A template, or SQL of the author's own.
    Query(QuerySource),
    /// All columns of one table.
    AllOf(String),
    /// The rows of a table's newest snapshot.
    Latest(String),
}

/// Reads a view's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<View> {
    let reader = MapReader::of(node, "a view", &shapes::VIEW);
    let name = reader
        .required_text("view", "name the view")
        .and_then(|text| table_name(&reader, "view", &text, false));
    let description = reader.required_text("description", "say what users find here");
    let owners = values::owners(&reader, &context.defaults.owners);
    let query = dataset::query_source(&reader, ["template", "sql"], Some("a view"), context);
    let with = dataset::parameters(&reader, query.as_ref(), "this view");
    let from = inputs::inputs(&reader);
    let mut reads_nothing = from.is_none() && reader.optional("from").is_some();
    if let Some(Inputs::Joined { joins, .. }) = &from {
        reads_nothing = true;
        let message = "a view does not join: how many rows meet could not be checked";
        reader.report(
            Diagnostic::error(Code::InvalidJoin, message)
                .at(&joins[0].position)
                .hint("join in a dataset, where each partition is checked, or write the join as `sql`"),
        );
    }
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    let public = reader.optional_bool("public").unwrap_or(false);
    let exceptions = rules::exceptions(&reader);
    found.extend(reader.finish());
    if reads_nothing {
        return None;
    }
    Some(View {
        name: name?,
        description: description?.text,
        owners,
        from,
        sql: ViewSql::Query(query?),
        with,
        labels,
        tags,
        public,
        exceptions,
        axes: Vec::new(),
    })
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
            from: None,
            sql: ViewSql::AllOf(table.to_owned()),
            with: None,
            labels: Vec::new(),
            tags: Vec::new(),
            public: false,
            exceptions: Vec::new(),
            axes: Vec::new(),
        }
    }
}
