//! `schema:` of a source: read from a file beside the definition, or written in it.

use crate::definition::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::glean::{self, Metric};
use crate::schema::{Field, analytics_columns, bigquery, read_inline};
use crate::yaml::{self, Limits, MapReader, Node, Text, Value};

/// The columns, and the metrics that a Glean ping has.
pub(super) type Schema = (Vec<Field>, Option<Vec<Metric>>);

/// Reads the key; `ping` is what a Glean schema is of, and none for other sources.
pub(super) fn read(reader: &MapReader, node: &Node, ping: Option<&str>, context: &Context) -> Option<Schema> {
    let inner = MapReader::new(node, "`schema`");
    let (glean, bigquery, columns) =
        (inner.optional("glean"), inner.optional("bigquery"), inner.optional("columns"));
    let web = inner.optional_text("web");
    let schema = match (glean, bigquery, columns) {
        (None, None, None) if web.is_some() => web.and_then(|web| {
            inner.parsed("web", &web, |name| match name {
                "analytics" => Ok((analytics_columns(), None)),
                _ => Err("the shape that is known is `analytics`, of a Google Analytics 4 export".to_owned()),
            })
        }),
        _ if web.is_some() => {
            inner.report(
                Diagnostic::error(Code::InvalidSchema, "a schema is read from one place, this one has two")
                    .at(&node.position),
            );
            None
        }
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
                    "a schema is one of `glean`, `bigquery`, `web` and `columns`",
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
