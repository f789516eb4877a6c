//! BigQuery schema files: JSON lists of `{name, type, mode, description, fields}`, read and written.

use serde::Serialize;

use super::bounds::{Bounds, wrong_parameters};
use super::types::{Field, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node, Value};

/// Reads the columns of a schema file that was parsed as YAML (JSON is YAML).
///
/// # Errors
/// Every field whose type or mode is not known, each with its place.
pub fn read(node: &Node) -> Result<Vec<Field>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let fields = read_fields(node, &mut found);
    if found.is_empty() { Ok(fields) } else { Err(found) }
}

/// The keys of a field that bound its values beside its type.
const BOUNDS: [&str; 3] = ["maxLength", "precision", "scale"];

/// The fields of a schema file whose values are bounded beside their types; what is not understood has no parameters.
pub fn bounded(node: &Node) -> Vec<Bounds> {
    let mut all = Vec::new();
    let mut waiting = vec![(String::new(), false, node)];
    while let Some((before, within, node)) = waiting.pop() {
        for field in node.as_list().unwrap_or_default() {
            let text = |key| field.get(key).and_then(Node::as_text);
            let Some(name) = text("name") else { continue };
            let in_array = within || text("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("REPEATED"));
            let path = format!("{before}{name}");
            if BOUNDS.iter().any(|key| field.get(key).is_some()) {
                let ty = text("type").and_then(Type::parse_scalar).unwrap_or(Type::Unknown);
                let parameters = parameters(field);
                let fits = wrong_parameters(&ty, &parameters).is_none();
                let parameters = if fits { parameters } else { Vec::new() };
                all.push(Bounds { path: path.clone(), ty, parameters, in_array });
            }
            waiting.extend(field.get("fields").map(|nested| (format!("{path}."), in_array, nested)));
        }
    }
    all
}

/// The length of a field, or its precision and scale.
fn parameters(field: &Node) -> Vec<i64> {
    let number = |key| {
        let node = field.get(key)?;
        match &node.value {
            Value::Integer(number) => Some(*number),
            _ => node.as_text()?.parse().ok(),
        }
    };
    match (number("maxLength"), number("precision"), number("scale")) {
        (Some(length), None, None) => vec![length],
        (None, Some(precision), scale) => std::iter::once(precision).chain(scale).collect(),
        _ => Vec::new(),
    }
}

fn read_fields(node: &Node, found: &mut Vec<Diagnostic>) -> Vec<Field> {
    match node.as_list() {
        Some(items) if !items.is_empty() => items.iter().filter_map(|item| read_field(item, found)).collect(),
        _ => {
            found.push(
                Diagnostic::error(Code::InvalidSchema, "a BigQuery schema is a list of fields, at least one")
                    .at(&node.position)
                    .hint("write `[{\"name\": …, \"type\": …, \"mode\": …}]`"),
            );
            Vec::new()
        }
    }
}

fn read_field(node: &Node, found: &mut Vec<Diagnostic>) -> Option<Field> {
    let reader = MapReader::new(node, "a schema field");
    let name = reader.required_text("name", "every field has a name");
    let type_name = reader.required_text("type", "every field has a type");
    let mode = reader.optional_text("mode");
    let description = reader.optional("description").and_then(Node::as_text).map(str::to_owned);
    let nested = reader.optional("fields");
    // Real files carry more: policy tags, maximum lengths, default values. They do not change the type.
    for ignored in ["policyTags", "defaultValueExpression", "roundingMode"].into_iter().chain(BOUNDS) {
        reader.optional(ignored);
    }
    let collation = reader.optional("collation").and_then(|node| Some((node, node.as_text()?)));
    if let Some((node, name)) = collation.filter(|(_, name)| !matches!(*name, "" | "binary")) {
        let message = format!("a column with the collation `{name}`: its texts compare in another way");
        found.push(Diagnostic::error(Code::InvalidSchema, message).at(&node.position).hint(
            "nothing here compares by a collation: leave it out, and compare `LOWER(…)` where case does not count",
        ));
    }
    found.extend(reader.finish());
    let (name, type_name) = (name?, type_name?);
    let ty = match (type_name.as_str().to_ascii_uppercase().as_str(), nested) {
        ("RECORD" | "STRUCT", Some(nested)) => Type::structure(read_fields(nested, found)),
        ("RECORD" | "STRUCT", None) => {
            found.push(
                Diagnostic::error(Code::InvalidSchema, format!("the record `{}` has no `fields`", name.text))
                    .at(&name.position),
            );
            return None;
        }
        (scalar, _) => match Type::parse_scalar(scalar) {
            Some(ty) => ty,
            None => {
                found.push(
                    Diagnostic::error(Code::InvalidSchema, format!("unknown type `{}`", type_name.text))
                        .at(&type_name.position),
                );
                return None;
            }
        },
    };
    let mode_name = mode.as_ref().map(|mode| mode.as_str().to_ascii_uppercase());
    let ty = match mode_name.as_deref() {
        Some("REPEATED") => Type::array(ty),
        None | Some("NULLABLE" | "REQUIRED") => ty,
        Some(_) => {
            let mode = mode?;
            found.push(
                Diagnostic::error(Code::InvalidSchema, format!("unknown mode `{}`", mode.text))
                    .at(&mode.position)
                    .hint("modes are NULLABLE, REQUIRED and REPEATED"),
            );
            return None;
        }
    };
    let required = mode_name.as_deref() == Some("REQUIRED");
    let field = Field { required, ..Field::new(name.text, ty) };
    Some(match description {
        Some(description) => field.described(&description),
        None => field,
    })
}

/// A column as a BigQuery schema has it.
#[derive(Serialize)]
pub struct Written<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: String,
    mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Written<'a>>>,
}

/// Columns as a BigQuery schema.
pub fn write(fields: &[Field]) -> Vec<Written<'_>> {
    fields.iter().map(write_field).collect()
}

fn write_field(field: &Field) -> Written<'_> {
    let (ty, mode) = match &field.ty {
        Type::Array(element) => (element.as_ref(), "REPEATED"),
        other => (other, "NULLABLE"),
    };
    let (ty, fields) = match ty {
        Type::Struct(nested) => ("RECORD".to_owned(), Some(write(nested))),
        scalar => (scalar.to_string(), None),
    };
    Written { name: &field.name, ty, mode, description: field.description.as_deref(), fields }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::yaml::{Limits, parse};

    fn parsed(text: &str) -> Result<Vec<Field>, Vec<Diagnostic>> {
        read(&parse(&Source::new("x.bq", text), Limits::SCHEMA).unwrap())
    }

    #[test]
    fn a_nested_schema_survives_reading_and_writing() {
        let text = r#"[
          {"name": "client_info", "type": "RECORD", "mode": "NULLABLE", "fields": [
            {"name": "client_id", "type": "STRING", "mode": "NULLABLE", "description": "Who."}]},
          {"name": "tags", "type": "STRING", "mode": "REPEATED"},
          {"name": "at", "type": "TIMESTAMP", "mode": "REQUIRED"}
        ]"#;
        let fields = parsed(text).unwrap();
        assert_eq!(fields[0].ty.to_string(), "STRUCT<client_id STRING>");
        assert_eq!(fields[1].ty.to_string(), "ARRAY<STRING>");
        let again = parsed(&serde_json::to_string(&write(&fields)).unwrap()).unwrap();
        assert_eq!(again, fields);
        let required = |fields: &[Field]| fields.iter().map(|field| field.required).collect::<Vec<_>>();
        assert_eq!(required(&fields), [false, false, true]);
        // What a query gives may be NULL in BigQuery, whatever is known of it.
        assert_eq!(required(&again), [false, false, false]);
        assert_eq!(again[0].ty.field("client_id").unwrap().description.as_deref(), Some("Who."));
    }

    #[test]
    fn bounded_fields_are_found_at_any_depth() {
        let text = r#"[
          {"name": "a", "type": "NUMERIC", "precision": "5", "scale": "2"},
          {"name": "b", "type": "STRING"},
          {"name": "c", "type": "RECORD", "mode": "REPEATED", "fields": [
            {"name": "d", "type": "BYTES", "maxLength": "3"}]},
          {"name": "e", "type": "STRING", "maxLength": 7}
        ]"#;
        assert_eq!(parsed(text).unwrap()[0].ty, Type::Numeric);
        let bounded = bounded(&parse(&Source::new("x.bq", text), Limits::SCHEMA).unwrap());
        let found: Vec<_> =
            bounded.iter().map(|one| (one.path.as_str(), one.parameters.as_slice(), one.in_array)).collect();
        assert_eq!(found, [("a", &[5, 2][..], false), ("e", &[7], false), ("c.d", &[3], true)]);
    }

    #[test]
    fn a_collation_is_refused_where_it_changes_how_values_compare() {
        let with = |collation: &str| {
            parsed(&format!(r#"[{{"name": "a", "type": "STRING", "collation": "{collation}"}}]"#))
        };
        assert!(with("").is_ok() && with("binary").is_ok());
        let found = with("und:ci").unwrap_err();
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("`und:ci`"), "{}", found[0].message);
    }

    #[test]
    fn unknown_types_and_modes_are_all_reported() {
        let found =
            parsed(r#"[{"name": "a", "type": "TEXT"}, {"name": "b", "type": "DATE", "mode": "MANY"}]"#)
                .unwrap_err();
        assert_eq!(found.len(), 2);
    }
}
