//! Rows as authors write them → values of a table's columns. A field that is not written is told from one that is
//! NULL. Unknown columns and values of other types are reported at their places.

use data_encoding::BASE64;

use super::file::Fixtures;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::value::{Constant, constant};
use crate::schema::{Field, Type, find_field};
use crate::yaml::{Node, Value};

/// A value, or a field that is not written.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Unwritten,
    /// NULL or a scalar.
    Plain(Constant),
    Array(Vec<Cell>),
    Struct(Vec<Cell>),
}

impl Cell {
    /// The value, where what is not written is NULL.
    pub fn constant(&self) -> Constant {
        let all = |cells: &[Cell]| cells.iter().map(Cell::constant).collect();
        match self {
            Cell::Unwritten => Constant::Null,
            Cell::Plain(value) => value.clone(),
            Cell::Array(cells) => Constant::Array(all(cells)),
            Cell::Struct(cells) => Constant::Struct(all(cells)),
        }
    }
}

/// A row, its cells in the order of the columns.
#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub position: Position,
}

/// A table as messages name it, and its columns.
pub struct Shape<'a> {
    pub name: &'a str,
    pub columns: &'a [Field],
}

/// Reads a list of rows and names of fixtures, or the name of one. Nothing where there is a mistake.
pub fn read(node: &Node, of: &Shape, fixtures: &Fixtures, found: &mut Vec<Diagnostic>) -> Option<Vec<Row>> {
    let before = found.len();
    let mut rows = Vec::new();
    match &node.value {
        Value::Text(name) => from_fixture(name, node, of, fixtures, &mut rows, found),
        Value::List(items) => {
            for item in items {
                match &item.value {
                    Value::Text(name) => from_fixture(name, item, of, fixtures, &mut rows, found),
                    _ => rows.extend(row(item, of, found)),
                }
            }
        }
        other => found.push(
            Diagnostic::error(Code::WrongType, format!("rows are a list, not {}", other.kind()))
                .at(&node.position)
                .hint("write each row in a line of its own: `- {column: value}`; no rows are `[]`"),
        ),
    }
    (found.len() == before).then_some(rows)
}

fn from_fixture(
    name: &str,
    node: &Node,
    of: &Shape,
    fixtures: &Fixtures,
    rows: &mut Vec<Row>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(fixture) = fixtures.get(name) else {
        let message = format!("no fixture `{name}` in tests/");
        found.push(
            Diagnostic::error(Code::InvalidTest, message)
                .at(&node.position)
                .hint("a fixture is a file with `fixture: NAME` and `rows:` in tests/fixtures/")
                .suggest(name, fixtures.keys().map(String::as_str)),
        );
        return;
    };
    let Some(items) = fixture.as_list() else {
        let message = format!("the rows of a fixture are a list, not {}", fixture.value.kind());
        found.push(
            Diagnostic::error(Code::WrongType, message)
                .at(&fixture.position)
                .hint("write each row in a line of its own: `- {column: value}`"),
        );
        return;
    };
    let label = format!("given to `{}` here", of.name);
    for item in items {
        let first = found.len();
        rows.extend(row(item, of, found));
        for finding in &mut found[first..] {
            finding.related.push((node.position.clone(), label.clone()));
        }
    }
}

fn row(node: &Node, of: &Shape, found: &mut Vec<Diagnostic>) -> Option<Row> {
    if node.as_map().is_none() {
        let message = format!("a row is a mapping of columns to values, not {}", node.value.kind());
        let finding = Diagnostic::error(Code::WrongType, message).at(&node.position);
        found.push(finding.hint("write `{column: value}`"));
        return None;
    }
    let cells = fields(node, of.columns, &format!("`{}` has no column", of.name), "", found)?;
    let position = match node.as_map().and_then(|entries| entries.first()) {
        Some((key, _)) => key.position.clone(),
        None => node.position.clone(),
    };
    Some(Row { cells, position })
}

/// The cells of a mapping, by the fields of a row or of a struct.
fn fields(
    node: &Node,
    fields: &[Field],
    lacks: &str,
    path: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Cell>> {
    let before = found.len();
    let mut cells = vec![Cell::Unwritten; fields.len()];
    let mut seen = vec![false; fields.len()];
    for (key, value) in node.as_map().unwrap_or_default() {
        let name = key.as_text().unwrap_or_default();
        let known = find_field(fields, name).and_then(|field| {
            let index = fields.iter().position(|one| one.name == field.name)?;
            Some((index, field))
        });
        let Some((index, field)) = known else {
            let message = match key.as_text() {
                Some(name) => format!("{lacks} `{name}`"),
                None => format!("{lacks} that is {}", key.value.kind()),
            };
            let names = fields.iter().map(|field| field.name.as_str());
            found
                .push(Diagnostic::error(Code::UnknownColumn, message).at(&key.position).suggest(name, names));
            continue;
        };
        if std::mem::replace(&mut seen[index], true) {
            let message = format!("`{path}{name}` stands twice in one row");
            let finding = Diagnostic::error(Code::DuplicateKey, message).at(&key.position);
            found.push(finding.hint("keep one of them"));
            continue;
        }
        cells[index] = cell(value, &field.ty, &format!("{path}{}", field.name), found);
    }
    (found.len() == before).then_some(cells)
}

/// A value of a type; where it has a mistake, that is reported.
fn cell(node: &Node, ty: &Type, path: &str, found: &mut Vec<Diagnostic>) -> Cell {
    match (&node.value, ty) {
        (Value::Map(_), Type::Struct(inner)) => {
            let lacks = format!("`{path}` has no field");
            fields(node, inner, &lacks, &format!("{path}."), found).map_or(Cell::Unwritten, Cell::Struct)
        }
        (Value::List(items), Type::Array(element)) => {
            Cell::Array(items.iter().map(|item| cell(item, element, path, found)).collect())
        }
        (Value::Text(text), Type::Bytes) => match BASE64.decode(text.as_bytes()) {
            Ok(_) => Cell::Plain(Constant::Scalar(text.clone())),
            Err(_) => {
                let message = format!("the value does not fit `{path}`, which is BYTES");
                let finding = Diagnostic::error(Code::WrongValue, message).at(&node.position);
                found.push(finding.hint("BYTES are written in base64: `aGVsbG8=` is b'hello'"));
                Cell::Unwritten
            }
        },
        // Their spelling is that of `FORMAT('%t')`; given to a table, DuckDB reads them.
        (Value::Text(text), Type::BigNumeric | Type::Interval | Type::Range(_)) => {
            Cell::Plain(Constant::Scalar(text.clone()))
        }
        (Value::Integer(number), Type::BigNumeric) => Cell::Plain(Constant::Scalar(number.to_string())),
        // A text is a document as it is written; anything else is one in YAML.
        (
            Value::Map(_) | Value::List(_) | Value::Bool(_) | Value::Integer(_) | Value::Float(_),
            Type::Json,
        ) => Cell::Plain(Constant::Scalar(document(node).to_string())),
        _ => {
            let first = found.len();
            let value = constant(node, ty, found);
            for finding in &mut found[first..] {
                // The type of a wide struct says less than the column's name.
                finding.message = format!("the value does not fit `{path}`, which is {}", brief(ty));
            }
            value.map_or(Cell::Unwritten, Cell::Plain)
        }
    }
}

/// YAML as a JSON document.
fn document(node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(items) => items.iter().map(document).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let key = key.as_text().map_or_else(|| document(key).to_string(), str::to_owned);
                (key, document(value))
            });
            Json::Object(entries.collect())
        }
    }
}

/// A type, where it is long its outermost word.
fn brief(ty: &Type) -> String {
    let text = ty.to_string();
    let is_short = text.len() <= 60;
    match ty {
        _ if is_short => text,
        Type::Array(_) => "an ARRAY".to_owned(),
        _ => "a STRUCT".to_owned(),
    }
}
