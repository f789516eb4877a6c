//! `source:` a table that something else fills.

use std::sync::Arc;

use jiff::civil::Date;

use super::Context;
use super::values::{self, TableName, optional_days, parse_date, table_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::glean::{self, Metric};
use crate::schema::{Field, bigquery, read_inline};
use crate::yaml::{self, Limits, MapReader, Node, Text, Value};

/// A source's definition.
#[derive(Clone, Debug)]
pub struct Source {
    /// For a ping source the name that its live table, stable dataset and view are made of.
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub kind: SourceKind,
    pub columns: Arc<[Field]>,
    pub start: Date,
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

impl Source {
    /// The table that holds the source's rows.
    pub fn table(&self) -> TableName {
        match self.kind {
            SourceKind::Ping { .. } => self.layer("live"),
            SourceKind::Table { .. } => self.name.clone(),
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
            SourceKind::Table { partition: SourcePartition::Day { column } } => Some(column),
            SourceKind::Table { partition: SourcePartition::Whole } => None,
        }
    }

    pub fn is_glean(&self) -> bool {
        matches!(self.kind, SourceKind::Ping { glean: Some(_), .. })
    }
}

/// Reads a source's file.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Source> {
    let reader = MapReader::new(node, "a source");
    let kind = reader.required_text("kind", "`ping` or `table`");
    let is_ping = kind.as_ref().is_some_and(|kind| kind.as_str() == "ping");
    let name = reader
        .required_text("source", "name the table")
        .and_then(|text| table_name(&reader, "source", &text, is_ping));
    let description = reader.required_text("description", "say what one row is and where it comes from");
    let owners = values::owners(&reader, &context.defaults.owners);
    let start = reader
        .required_text("start", "the first day that the source has")
        .and_then(|text| reader.parsed("start", &text, parse_date));
    let expires = optional_days(&reader, "expires");
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    let schema =
        reader.required("schema", "`{glean: metrics.yaml}`, `{bigquery: table.bq}` or `{columns: {…}}`");
    let mut stable_expires = None;
    let mut lookback = None;
    let read = match kind.as_ref().map(|kind| kind.as_str()) {
        Some("ping") => {
            stable_expires = stable(&reader);
            lookback = optional_days(&reader, "lookback");
            let ping = ping_kind(&reader, name.as_ref());
            ping.zip(schema).and_then(|((application, ping, version), schema)| {
                let (columns, glean) = read_schema(&reader, schema, Some(&ping), context)?;
                if !check_ping_columns(&reader, schema, &columns) {
                    return None;
                }
                Some((SourceKind::Ping { application, ping, version, glean: glean.map(Arc::new) }, columns))
            })
        }
        Some("table") => {
            let partition = reader.required("partition_by", "`{column: day, every: day}`, or `none`");
            schema.zip(partition).and_then(|(schema, partition)| {
                let (columns, _) = read_schema(&reader, schema, None, context)?;
                let partition = table_partition(&reader, partition, &columns)?;
                Some((SourceKind::Table { partition }, columns))
            })
        }
        Some(other) => {
            let position = kind.as_ref().map_or(reader.position(), |kind| &kind.position);
            reader.report(
                Diagnostic::error(Code::InvalidValue, format!("no kind of source `{other}`"))
                    .at(position)
                    .hint("the kinds are `ping` and `table`")
                    .suggest(other, ["ping", "table"]),
            );
            None
        }
        None => None,
    };
    found.extend(reader.finish());
    let (kind, columns) = read?;
    Some(Source {
        name: name?,
        description: description?.text,
        owners,
        kind,
        columns: columns.into(),
        start: start?,
        expires,
        stable_expires,
        lookback,
        labels,
        tags,
    })
}

fn ping_kind(reader: &MapReader, name: Option<&TableName>) -> Option<(String, String, u32)> {
    let application = reader.optional_text("application");
    let ping = reader.optional_text("ping");
    let name = name?;
    let (table, version) = name.version()?;
    Some((
        application.map_or_else(|| name.schema.replace('_', "-"), |text| text.text),
        ping.map_or_else(|| table.replace('_', "-"), |text| text.text),
        version,
    ))
}

fn stable(reader: &MapReader) -> Option<u32> {
    let node = reader.optional("stable")?;
    let inner = MapReader::new(node, "`stable`");
    let expires = optional_days(&inner, "expires");
    reader.report_all(inner.finish());
    expires
}

/// Ingest and the stable dataset stand on these columns.
fn check_ping_columns(reader: &MapReader, schema: &Node, columns: &[Field]) -> bool {
    let mut complete = true;
    for (name, ty) in [
        ("submission_timestamp", crate::schema::Type::Timestamp),
        ("document_id", crate::schema::Type::String),
    ] {
        if !columns.iter().any(|column| column.name == name && column.ty == ty) {
            complete = false;
            reader.report(
                Diagnostic::error(
                    Code::InvalidSchema,
                    format!("a ping table needs the column `{name}` {ty}"),
                )
                .at(&schema.position)
                .hint("`{glean: []}` brings the columns that every Glean ping has"),
            );
        }
    }
    complete
}

fn table_partition(reader: &MapReader, node: &Node, columns: &[Field]) -> Option<SourcePartition> {
    if node.as_text() == Some("none") {
        return Some(SourcePartition::Whole);
    }
    let inner = MapReader::new(node, "`partition_by`");
    let column = inner.required_text("column", "name the DATE or TIMESTAMP column");
    if let Some(every) = inner.optional_text("every") {
        inner.parsed("every", &every, |every| {
            if every == "day" {
                Ok(())
            } else {
                Err("this version knows partitions by `day`, or `none`".to_owned())
            }
        });
    }
    reader.report_all(inner.finish());
    let column = column?;
    use crate::schema::Type::{Date, Datetime, Timestamp};
    match columns.iter().find(|field| field.name == column.text) {
        Some(field) if matches!(field.ty, Date | Timestamp | Datetime) => {
            Some(SourcePartition::Day { column: column.text })
        }
        Some(field) => {
            let message =
                format!("the partition column `{}` is {}, not DATE or TIMESTAMP", column.text, field.ty);
            reader.report(Diagnostic::error(Code::WrongPartitionColumn, message).at(&column.position));
            None
        }
        None => {
            reader.report(
                Diagnostic::error(
                    Code::WrongPartitionColumn,
                    format!("the schema has no column `{}`", column.text),
                )
                .at(&column.position)
                .suggest(&column.text, columns.iter().map(|field| field.name.as_str())),
            );
            None
        }
    }
}

type Schema = (Vec<Field>, Option<Vec<Metric>>);

fn read_schema(reader: &MapReader, node: &Node, ping: Option<&str>, context: &Context) -> Option<Schema> {
    let inner = MapReader::new(node, "`schema`");
    let (glean, bigquery, columns) =
        (inner.optional("glean"), inner.optional("bigquery"), inner.optional("columns"));
    let schema = match (glean, bigquery, columns) {
        (Some(glean), None, None) => match ping {
            Some(ping) => glean_schema(&inner, glean, ping, context),
            None => {
                inner.report(
                    Diagnostic::error(Code::InvalidSchema, "only a ping source has a Glean schema")
                        .at(&glean.position),
                );
                None
            }
        },
        (None, Some(file), None) => inner.text("bigquery", file).and_then(|file| {
            let node = beside(&inner, &file, context)?;
            collected(&inner, bigquery::read(&node)).map(|columns| (columns, None))
        }),
        (None, None, Some(columns)) => {
            collected(&inner, read_inline(&inner, "columns", columns)).map(|columns| (columns, None))
        }
        _ => {
            inner.report(
                Diagnostic::error(
                    Code::InvalidSchema,
                    "a schema is one of `glean`, `bigquery` and `columns`",
                )
                .at(&node.position),
            );
            None
        }
    };
    reader.report_all(inner.finish());
    schema
}

/// `glean: metrics.yaml`, or a list of such files; `glean: []` has the SDK's own metrics alone.
fn glean_schema(reader: &MapReader, node: &Node, ping: &str, context: &Context) -> Option<Schema> {
    let files = match &node.value {
        Value::Text(file) => vec![Text::new(file.as_str(), &node.position)],
        _ => reader.texts("glean", node),
    };
    let mut metrics = Vec::new();
    for file in &files {
        let node = beside(reader, file, context)?;
        metrics.extend(collected(reader, glean::read_metrics(&node))?);
    }
    Some((glean::ping_columns(ping, &metrics), Some(metrics)))
}

fn collected<T>(reader: &MapReader, result: Result<T, Vec<Diagnostic>>) -> Option<T> {
    result.map_err(|found| reader.report_all(found)).ok()
}

fn beside(reader: &MapReader, file: &Text, context: &Context) -> Option<Node> {
    let source = match context.files.beside(&file.position.source, &file.text) {
        Ok(source) => source,
        Err(problem) => {
            reader.report(Diagnostic::error(Code::UnreadableFile, problem).at(&file.position));
            return None;
        }
    };
    match yaml::parse(source, Limits::SCHEMA) {
        Ok(node) => Some(node),
        Err(error) => {
            reader.report(error);
            None
        }
    }
}
