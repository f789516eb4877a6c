//! `schema:` of a source: read from a file beside the definition, or written in it.

use std::sync::Arc;

use crate::definition::Context;
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::glean::{self, Metric};
use crate::schema::json_schema::{self, PayloadValidator};
use crate::schema::{
    Field, TABLE_SUFFIX, analytics_columns, bigquery, find_field, read_inline, with_envelope,
};
use crate::yaml::{self, Limits, MapReader, Node, Text, Value};

/// What `schema:` says.
pub(super) struct Schema {
    pub columns: Vec<Field>,
    /// The metrics that a Glean ping has.
    pub glean: Option<Vec<Metric>>,
    /// Judges payloads, where there is a JSON Schema.
    pub validator: Option<Arc<PayloadValidator>>,
}

impl Schema {
    fn of(columns: Vec<Field>) -> Self {
        Self { columns, glean: None, validator: None }
    }
}

/// Of what the schema is.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// The payloads of a ping, by its name.
    Ping(&'a str),
    /// The lines of a log.
    Line,
    /// Rows that come as they are.
    Row,
}

/// The keys of which a schema has one.
const PLACES: [&str; 5] = ["glean", "bigquery", "json_schema", "web", "columns"];

/// Reads the key.
pub(super) fn read(reader: &MapReader, node: &Node, of: Of, context: &Context) -> Option<Schema> {
    let inner = MapReader::of(node, "`schema`", &shapes::SCHEMA);
    let places: Vec<(&str, &Node)> =
        PLACES.into_iter().filter_map(|key| Some((key, inner.optional(key)?))).collect();
    let validate = inner.optional("validate");
    let schema = match places.as_slice() {
        [(place, node)] => read_from(&inner, place, node, of, context),
        _ => {
            let message = "a schema is one of `glean`, `bigquery`, `json_schema`, `web` and `columns`";
            inner.report(Diagnostic::error(Code::InvalidSchema, message).at(&node.position));
            None
        }
    };
    let schema = schema.filter(|schema| !names_suffix(&inner, schema, node));
    let schema = match validate {
        Some(validate) => {
            let validator = validator(&inner, validate, of, &places, context);
            schema.zip(validator).map(|(schema, validator)| Schema { validator: Some(validator), ..schema })
        }
        None => schema,
    };
    reader.report_all(inner.finish());
    schema
}

/// Whether the schema has the pseudo-column of wildcard tables as one of its own, which is a mistake.
fn names_suffix(reader: &MapReader, schema: &Schema, node: &Node) -> bool {
    let names = find_field(&schema.columns, TABLE_SUFFIX).is_some();
    if names {
        reader.report(
            Diagnostic::error(
                Code::InvalidSchema,
                format!("no table has a column `{TABLE_SUFFIX}` of its own"),
            )
            .at(&node.position)
            .hint("leave it out: a source that is named with `*` has it"),
        );
    }
    names
}

fn read_from(
    reader: &MapReader,
    place: &'static str,
    node: &Node,
    of: Of,
    context: &Context,
) -> Option<Schema> {
    match place {
        "glean" => match of {
            Of::Ping(ping) => glean_schema(reader, node, ping, context),
            Of::Line | Of::Row => {
                let message = "only a ping source has a Glean schema";
                reader.report(Diagnostic::error(Code::InvalidSchema, message).at(&node.position));
                None
            }
        },
        "bigquery" => {
            let file = beside(reader, &reader.text(place, node)?, context)?;
            collected(reader, bigquery::read(&file)).map(Schema::of)
        }
        "json_schema" => {
            let file = beside(reader, &reader.text(place, node)?, context)?;
            let columns = collected(reader, json_schema::read(&file))?;
            let validator = compiled(reader, &file)?;
            let is_ping = matches!(of, Of::Ping(_));
            if columns.is_empty() && !is_ping {
                let message = "the schema names no properties, so the table would have no columns";
                reader.report(Diagnostic::error(Code::InvalidSchema, message).at(&node.position));
                return None;
            }
            let columns = if is_ping { with_envelope(columns) } else { columns };
            let validator = (!matches!(of, Of::Row)).then_some(validator);
            Some(Schema { validator, ..Schema::of(columns) })
        }
        "web" => {
            let name = reader.text(place, node)?;
            reader.parsed(place, &name, |name| match name {
                "analytics" => Ok(Schema::of(analytics_columns())),
                _ => Err("the shape that is known is `analytics`, of a Google Analytics 4 export".to_owned()),
            })
        }
        _ => collected(reader, read_inline(reader, place, node)).map(Schema::of),
    }
}

/// `validate: file.schema.json`: a judge of payloads beside columns from elsewhere.
fn validator(
    reader: &MapReader,
    node: &Node,
    of: Of,
    places: &[(&str, &Node)],
    context: &Context,
) -> Option<Arc<PayloadValidator>> {
    let refused = if matches!(of, Of::Row) {
        Some(("only pings and the lines of logs are validated", "take `validate` out"))
    } else if places.iter().any(|(place, _)| *place == "json_schema") {
        Some((
            "`json_schema` validates payloads already",
            "take `validate` out, or read the columns from `bigquery`",
        ))
    } else {
        None
    };
    if let Some((message, hint)) = refused {
        reader.report(Diagnostic::error(Code::InvalidSchema, message).at(&node.position).hint(hint));
        return None;
    }
    let file = beside(reader, &reader.text("validate", node)?, context)?;
    compiled(reader, &file)
}

fn compiled(reader: &MapReader, file: &Node) -> Option<Arc<PayloadValidator>> {
    let text = &file.position.source.text;
    PayloadValidator::compile(text, file).map(Arc::new).map_err(|found| reader.report(found)).ok()
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
    let columns = glean::ping_columns(ping, &metrics);
    Some(Schema { glean: Some(metrics), ..Schema::of(columns) })
}

pub(in crate::definition) fn collected<T>(
    reader: &MapReader,
    result: Result<T, Vec<Diagnostic>>,
) -> Option<T> {
    result.map_err(|found| reader.report_all(found)).ok()
}

pub(in crate::definition) fn beside(reader: &MapReader, file: &Text, context: &Context) -> Option<Node> {
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
