//! `source:` a table that something else fills. One file per kind reads what only that kind has.

mod identifiers;
mod log;
mod partition;
mod ping;
mod ready;
mod schema;
mod web;
mod wildcard;

use std::sync::Arc;

use jiff::civil::Date;

use super::Context;
use super::values::{self, TableName, optional_days, parse_date};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::glean::Metric;
use crate::schema::json_schema::PayloadValidator;
use crate::schema::{Field, TABLE_SUFFIX, is_wildcard};
use crate::yaml::{MapReader, Node};

pub(super) use self::schema::{beside, collected};
pub use identifiers::{IDENTIFIER_KINDS, Identifier, IdentifierKind, identifier_kind};
pub use ready::Ready;
pub use web::{EVENT_DATE, SHARD_DATE};

/// The kinds of source, as definitions name them.
const KINDS: [&str; 4] = ["ping", "log", "web", "table"];

/// A source's definition.
#[derive(Clone, Debug)]
pub struct Source {
    /// For a ping source the name that its live table, stable dataset and view are made of.
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub kind: SourceKind,
    pub columns: Arc<[Field]>,
    /// Which of the columns tell one person from another.
    pub identifiers: Vec<Identifier>,
    /// Judges what is ingested, where the schema is or comes with a JSON Schema.
    pub validator: Option<Arc<PayloadValidator>>,
    pub start: Date,
    /// When a day of it may be read.
    pub ready: Ready,
    /// Days that the source's rows are kept; partitions that need older ones are frozen.
    pub expires: Option<u32>,
    pub stable_expires: Option<u32>,
    pub lookback: Option<u32>,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum SourceKind {
    /// Pings of an application, by its name in the submit path.
    Ping { application: String, ping: String, version: u32, glean: Option<Arc<Vec<Metric>>> },
    /// Lines of a server's log, by the day of a column. The identifier of a line, where it has one, keeps
    /// lines that come twice out.
    Log { column: String, id: Option<String> },
    /// A website's analytics export: one shard a day, which replaces its day as a whole.
    Web,
    /// Anything that something else writes.
    Table { partition: SourcePartition },
}

#[derive(Clone, Debug, PartialEq)]
pub enum SourcePartition {
    Day {
        column: String,
    },
    /// The whole table is one partition.
    Whole,
}

impl SourceKind {
    /// Whether Tidemill makes the table: all but those that something else writes.
    pub fn is_shaped(&self) -> bool {
        !matches!(self, SourceKind::Table { .. })
    }
}

impl Source {
    /// The table that holds the source's rows.
    pub fn table(&self) -> TableName {
        match self.kind {
            SourceKind::Ping { .. } => self.layer("live"),
            SourceKind::Log { .. } | SourceKind::Web | SourceKind::Table { .. } => self.name.clone(),
        }
    }

    /// The name of one of a ping source's tables: `tide_browser_live.baseline_v1`.
    pub fn layer(&self, layer: &str) -> TableName {
        TableName { schema: format!("{}_{layer}", self.name.schema), ..self.name.clone() }
    }

    /// The partition column of the source's table.
    pub fn partition_column(&self) -> Option<&str> {
        match &self.kind {
            SourceKind::Ping { .. } => Some("submission_timestamp"),
            SourceKind::Log { column, .. } => Some(column),
            SourceKind::Web if is_wildcard(&self.name.table) => Some(TABLE_SUFFIX),
            SourceKind::Web => Some(SHARD_DATE),
            SourceKind::Table { partition: SourcePartition::Day { column } } => Some(column),
            SourceKind::Table { partition: SourcePartition::Whole } => None,
        }
    }
}

/// Reads a source's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Source> {
    let reader = MapReader::of(node, "a source", &shapes::SOURCE);
    let kind = reader.required_text("kind", "`ping`, `log`, `web` or `table`");
    let name = reader
        .required_text("source", "name the table")
        .and_then(|text| wildcard::name(&reader, &text, kind.as_ref().map(|kind| kind.as_str())));
    let description = reader.required_text("description", "say what one row is and where it comes from");
    let owners = values::owners(&reader, &context.defaults.owners);
    let start = reader
        .required_text("start", "the first day that the source has")
        .and_then(|text| reader.parsed("start", &text, parse_date));
    let expires = optional_days(&reader, "expires");
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    let identifiers = identifiers::read(&reader);
    let schema =
        reader.required("schema", "`{glean: metrics.yaml}`, `{json_schema: ping.schema.json}`, `{bigquery: table.bq}` or `{columns: {…}}`");
    let mut stable_expires = None;
    let mut lookback = None;
    let mut ready = Ready::default();
    let mut validator = None;
    let read = match kind.as_ref().map(|kind| kind.as_str()) {
        Some("ping") => {
            stable_expires = ping::stable(&reader);
            lookback = optional_days(&reader, "lookback");
            let ping = ping::kind(&reader, name.as_ref());
            ping.zip(schema).and_then(|((application, ping, version), schema)| {
                let read = schema::read(&reader, schema, schema::Of::Ping(&ping), context)?;
                if !ping::check_columns(&reader, schema, &read.columns) {
                    return None;
                }
                validator = read.validator;
                let glean = read.glean.map(Arc::new);
                Some((SourceKind::Ping { application, ping, version, glean }, read.columns))
            })
        }
        Some("log") => {
            ready = ready::read(&reader, false);
            log::read(&reader, schema, context).map(|(kind, read)| {
                validator = read.validator;
                (kind, read.columns)
            })
        }
        Some("web") => {
            ready = ready::read(&reader, false);
            web::read(&reader, name.as_ref(), schema, context)
        }
        Some("table") => {
            let partition = reader.required("partition_by", "`{column: day, every: day}`, or `none`");
            ready = ready::read(&reader, partition.is_some_and(|node| node.as_text() == Some("none")));
            schema.zip(partition).and_then(|(schema, partition)| {
                let schema::Schema { columns, .. } = schema::read(&reader, schema, schema::Of::Row, context)?;
                let columns = match name.as_ref().is_some_and(|name| is_wildcard(&name.table)) {
                    true => wildcard::with_suffix(columns),
                    false => columns,
                };
                let partition = wildcard::partition(&reader, partition, name.as_ref(), &columns)?;
                Some((SourceKind::Table { partition }, columns))
            })
        }
        Some(other) => {
            let position = kind.as_ref().map_or(reader.position(), |kind| &kind.position);
            reader.report(
                Diagnostic::error(Code::InvalidValue, format!("no kind of source `{other}`"))
                    .at(position)
                    .hint("the kinds are `ping`, `log`, `web` and `table`")
                    .suggest(other, KINDS),
            );
            None
        }
        None => None,
    };
    found.extend(reader.finish());
    let (kind, columns) = read?;
    let identifiers = identifiers::resolve(identifiers, &kind, &columns, found);
    Some(Source {
        name: name?,
        description: description?.text,
        owners,
        kind,
        columns: columns.into(),
        identifiers,
        validator,
        start: start?,
        ready,
        expires,
        stable_expires,
        lookback,
        labels,
        tags,
    })
}
