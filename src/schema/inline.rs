//! Schemas written in a definition: `columns: {name: TYPE}` with nested `ARRAY<STRUCT<…>>`.

use super::bounds::{Bounds, take_parameters, wrong_parameters};
use super::types::{Field, Type, find_field};
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, MapReader, Node, Shape, Takes, Text};

/// A column with more than its type.
pub const COLUMN: Shape = Shape::new(
    "column",
    &[&[
        Key::required("type", Takes::Text, "A GoogleSQL type."),
        Key::new("description", Takes::Text, "What it holds."),
    ]],
);

/// Reads `{column: type}` or `{column: {type: …, description: …}}` in the order of the file.
///
/// # Errors
/// Every column whose type is not understood.
pub fn read_inline(reader: &MapReader, key: &str, node: &Node) -> Result<Vec<Field>, Vec<Diagnostic>> {
    if node.as_map().is_none() {
        return Err(vec![
            Diagnostic::error(Code::InvalidSchema, format!("`{key}` is a mapping of columns to types"))
                .at(&node.position)
                .hint("write `columns: {client_id: STRING, at: TIMESTAMP}`"),
        ]);
    }
    let mut found = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    for (name, value) in reader.entries(key, node) {
        let (type_text, description) = match value.as_text() {
            Some(text) => (Some(Text::new(text, &value.position)), None),
            None => {
                let column = MapReader::of(value, "a column", &COLUMN);
                let ty = column.required_text("type", "a GoogleSQL type such as `STRING`");
                let description = column.optional_text("description");
                found.extend(column.finish());
                (ty, description)
            }
        };
        let Some(type_text) = type_text else { continue };
        match parse_column_type(type_text.as_str()).map(|(ty, _)| ty) {
            Ok(_) if find_field(&fields, &name.text).is_some() => found.push(
                Diagnostic::error(Code::InvalidSchema, format!("two columns are called `{}`", name.text))
                    .at(&name.position)
                    .hint("upper and lower case are the same in names of columns"),
            ),
            Ok(ty) => {
                let field = Field::new(name.text, ty);
                fields.push(match description {
                    Some(description) => field.described(&description.text),
                    None => field,
                });
            }
            Err(problem) => found.push(
                Diagnostic::error(
                    Code::InvalidSchema,
                    format!("the type `{}` is not understood", type_text.text),
                )
                .at(&type_text.position)
                .hint(problem),
            ),
        }
    }
    if found.is_empty() { Ok(fields) } else { Err(found) }
}

/// Parses a GoogleSQL type: a scalar name, `ARRAY<…>` or `STRUCT<name TYPE, …>`.
///
/// # Errors
/// What of it is not understood.
pub fn parse_type(text: &str) -> Result<Type, String> {
    Reading::default().whole(text)
}

/// Parses the type of a column, which may bound its values: `STRING(5)`. Gives what of it is bounded, with paths
/// that each begin with a dot, or are empty.
///
/// # Errors
/// What of it is not understood.
fn parse_column_type(text: &str) -> Result<(Type, Vec<Bounds>), String> {
    let mut reading = Reading { takes_bounds: true, ..Reading::default() };
    let ty = reading.whole(text)?;
    Ok((ty, reading.bounded))
}

/// The columns and fields whose types are written with bounds; those that are not understood aside.
pub fn bounded_inline(node: &Node) -> Vec<Bounds> {
    let mut all = Vec::new();
    for (name, column) in node.as_map().unwrap_or_default() {
        let ty = column.as_text().or_else(|| column.get("type").and_then(Node::as_text));
        let bounded = ty.and_then(|ty| parse_column_type(ty).ok()).map_or(Vec::new(), |(_, bounded)| bounded);
        let name = name.as_text().unwrap_or_default();
        all.extend(bounded.into_iter().map(|one| Bounds { path: format!("{name}{}", one.path), ..one }));
    }
    all
}

/// A type that is being read.
#[derive(Default)]
struct Reading {
    takes_bounds: bool,
    /// The path of the field at hand, each name behind a dot.
    path: String,
    in_array: bool,
    bounded: Vec<Bounds>,
}

impl Reading {
    fn whole(&mut self, text: &str) -> Result<Type, String> {
        let mut rest = text.trim();
        let ty = self.prefix(&mut rest, 0)?;
        if rest.trim().is_empty() { Ok(ty) } else { Err(format!("`{}` is left over", rest.trim())) }
    }

    fn prefix(&mut self, rest: &mut &str, depth: usize) -> Result<Type, String> {
        if depth > 15 {
            return Err("structs nest at most 15 deep".to_owned());
        }
        let word = take_word(rest);
        match word.to_ascii_uppercase().as_str() {
            "ARRAY" => {
                expect(rest, '<')?;
                let around = std::mem::replace(&mut self.in_array, true);
                let element = self.prefix(rest, depth + 1)?;
                self.in_array = around;
                expect(rest, '>')?;
                match element {
                    Type::Array(_) => Err("an array cannot hold arrays; put a STRUCT between".to_owned()),
                    element => Ok(Type::array(element)),
                }
            }
            "STRUCT" => {
                expect(rest, '<')?;
                let mut fields = Vec::new();
                loop {
                    let name = take_word(rest);
                    if name.is_empty() {
                        return Err("a struct field is `name TYPE`".to_owned());
                    }
                    let before = self.path.len();
                    self.path.push('.');
                    self.path.push_str(name);
                    fields.push(Field::new(name, self.prefix(rest, depth + 1)?));
                    self.path.truncate(before);
                    *rest = rest.trim_start();
                    if let Some(after) = rest.strip_prefix(',') {
                        *rest = after;
                        continue;
                    }
                    expect(rest, '>')?;
                    return Ok(Type::structure(fields));
                }
            }
            scalar => {
                let ty = Type::parse_scalar(scalar).ok_or_else(|| {
                format!("`{word}` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON")
            })?;
                if self.takes_bounds
                    && let Some(parameters) = take_parameters(rest)?
                {
                    if let Some(problem) = wrong_parameters(&ty, &parameters) {
                        return Err(problem);
                    }
                    let (path, ty) = (self.path.clone(), ty.clone());
                    self.bounded.push(Bounds { path, ty, parameters, in_array: self.in_array });
                }
                Ok(ty)
            }
        }
    }
}

fn take_word<'a>(rest: &mut &'a str) -> &'a str {
    let text = rest.trim_start();
    let end =
        text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
    *rest = &text[end..];
    &text[..end]
}

fn expect(rest: &mut &str, wanted: char) -> Result<(), String> {
    let text = rest.trim_start();
    match text.strip_prefix(wanted) {
        Some(after) => {
            *rest = after;
            Ok(())
        }
        None => Err(format!("`{wanted}` is missing before `{text}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_column_type, parse_type};
    use crate::schema::ALL_DIGITS;

    #[test]
    fn nested_types_are_read_as_they_print() {
        for text in
            ["STRING", "ARRAY<STRUCT<key STRING, value INT64>>", "STRUCT<a STRUCT<b DATE>, c ARRAY<BOOL>>"]
        {
            assert_eq!(parse_type(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn columns_may_bound_their_values() {
        for (text, ty, bounded) in [
            ("STRING(5)", "STRING", vec![("", vec![5], false)]),
            ("NUMERIC(10, 2)", "NUMERIC", vec![("", vec![10, 2], false)]),
            ("BIGNUMERIC ( MAX )", "BIGNUMERIC", vec![("", vec![ALL_DIGITS], false)]),
            (
                "STRUCT<a BYTES(3), b ARRAY<STRUCT<c NUMERIC(3,1), d INT64>>, e STRING(1)>",
                "STRUCT<a BYTES, b ARRAY<STRUCT<c NUMERIC, d INT64>>, e STRING>",
                vec![(".a", vec![3], false), (".b.c", vec![3, 1], true), (".e", vec![1], false)],
            ),
            ("STRING", "STRING", vec![]),
        ] {
            let (read, found) = parse_column_type(text).unwrap();
            let found: Vec<_> =
                found.iter().map(|one| (one.path.as_str(), one.parameters.clone(), one.in_array)).collect();
            assert_eq!((read.to_string().as_str(), found), (ty, bounded), "{text}");
        }
        for text in [
            "INT64(5)",
            "STRING(0)",
            "STRING(-1)",
            "STRING(1, 2)",
            "NUMERIC(10, 10)",
            "NUMERIC(31)",
            "STRING(5",
            "STRING()",
            "DATE(1)",
        ] {
            assert!(parse_column_type(text).is_err(), "{text}");
        }
        // A value has no bounds, nor what a function takes.
        assert!(parse_type("STRING(5)").is_err());
    }

    #[test]
    fn broken_types_say_what_is_missing() {
        for text in ["TEXT", "ARRAY<STRING", "STRUCT<a>", "ARRAY<ARRAY<INT64>>", "STRING x", ""] {
            assert!(parse_type(text).is_err(), "{text}");
        }
    }
}
