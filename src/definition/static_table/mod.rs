//! `static:` a small table whose rows stand in a CSV or JSON file beside the definition.

mod csv_file;
mod json_file;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Context;
use super::values::{self, TableName, table_name};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::{Field, Type, read_inline};
use crate::yaml::{MapReader, Node, Text};

/// A static table's definition with its rows.
#[derive(Clone, Debug)]
pub struct StaticTable {
    pub name: TableName,
    pub description: String,
    pub owners: Vec<String>,
    pub columns: Arc<[Field]>,
    pub rows: Arc<Vec<Row>>,
    pub labels: Vec<(String, String)>,
    pub tags: Vec<String>,
}

/// The values of one row in the order of the columns, each in the one spelling that equal values share.
pub type Row = Vec<Option<String>>;

/// A row with its place in the file.
struct Placed {
    values: Row,
    position: Position,
}

/// Most mistakes of one file that are told one by one.
const MOST_TOLD: usize = 20;

/// Reads a static table's file and its rows.
pub fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<StaticTable> {
    let reader = MapReader::of(node, "a static table", &shapes::STATIC);
    let name = reader
        .required_text("static", "name the table")
        .and_then(|text| table_name(&reader, "static", &text, false));
    let description = reader.required_text("description", "say what one row is");
    let owners = values::owners(&reader, &context.defaults.owners);
    let columns = reader
        .required("schema", "write `schema: {columns: {code: STRING, name: STRING}}`")
        .and_then(|node| columns(&reader, node));
    let file =
        reader.required_text("file", "a CSV or JSON file beside the definition: `file: countries.csv`");
    let key = reader.optional_texts("key");
    let rows = file.zip(columns.as_ref()).and_then(|(file, columns)| {
        let rows = rows(&reader, &file, columns, context)?;
        check_key(&reader, &key, columns, &rows).then_some(rows)
    });
    let labels = values::labels(&reader);
    let tags = reader.optional_texts("tags").into_iter().map(|tag| tag.text).collect();
    found.extend(reader.finish());
    Some(StaticTable {
        name: name?,
        description: description?.text,
        owners,
        columns: columns?.into(),
        rows: Arc::new(rows?.into_iter().map(|row| row.values).collect()),
        labels,
        tags,
    })
}

fn columns(reader: &MapReader, node: &Node) -> Option<Vec<Field>> {
    let inner = MapReader::of(node, "`schema`", &shapes::STATIC_SCHEMA);
    let columns = inner.required("columns", "write `columns: {code: STRING, name: STRING}`");
    let read = columns.and_then(|columns| match read_inline(&inner, "columns", columns) {
        Ok(fields) if fields.is_empty() => {
            let finding = Diagnostic::error(Code::InvalidSchema, "`columns` is empty").at(&columns.position);
            inner.report(finding.hint("write `columns: {code: STRING, name: STRING}`"));
            None
        }
        Ok(fields) => Some((columns, fields)),
        Err(mistakes) => {
            inner.report_all(mistakes);
            None
        }
    });
    let read = read.and_then(|(columns, fields)| {
        let is_plain = |ty: &Type| {
            use Type::{Bool, Date, Datetime, Float64, Int64, Json, Numeric, String, Time, Timestamp};
            matches!(
                ty,
                Bool | Date | Datetime | Float64 | Int64 | Json | Numeric | String | Time | Timestamp
            )
        };
        let mut fits = true;
        for field in fields.iter().filter(|field| !is_plain(&field.ty)) {
            fits = false;
            let message = format!("a static table has no columns of {}", field.ty);
            let at = columns.get(&field.name).map_or(&columns.position, |node| &node.position);
            let hint =
                "its columns are plain values; write what nests as JSON, or fill a `kind: table` source";
            inner.report(Diagnostic::error(Code::InvalidSchema, message).at(at).hint(hint));
        }
        fits.then_some(fields)
    });
    reader.report_all(inner.finish());
    read
}

fn rows(reader: &MapReader, file: &Text, columns: &[Field], context: &Context) -> Option<Vec<Placed>> {
    let source = match context.files.beside(&file.position.source, file.text.trim()) {
        Ok(source) => source,
        Err(problem) => {
            reader.report(Diagnostic::error(Code::UnreadableFile, problem).at(&file.position));
            return None;
        }
    };
    let mut found = Vec::new();
    let rows = match source.path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => csv_file::rows(source, columns, &mut found),
        Some("json") => json_file::rows(source, columns, &mut found),
        _ => {
            let message = format!("`file` is `{}`", file.text);
            let finding = Diagnostic::error(Code::InvalidValue, message).at(&file.position);
            found.push(finding.hint("a static table is a `.csv` or `.json` file"));
            Vec::new()
        }
    };
    let is_whole = found.is_empty();
    reader.report_all(shortened(found));
    is_whole.then_some(rows)
}

/// A column of the wrong type is wrong in every row; the first mistakes say it all.
fn shortened(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if let Some(more) = found.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        found.truncate(MOST_TOLD);
        if let Some(last) = found.last_mut() {
            last.notes.push(format!("and {more} more mistakes in this file"));
        }
    }
    found
}

/// No two rows agree in all columns of the key, and each has a value in all of them.
fn check_key(reader: &MapReader, key: &[Text], columns: &[Field], rows: &[Placed]) -> bool {
    let mut indexes = Vec::new();
    for name in key {
        match columns.iter().position(|column| column.name == name.text) {
            Some(index) => indexes.push(index),
            None => {
                let message = format!("`key` names `{}`, which the schema does not have", name.text);
                let finding = Diagnostic::error(Code::UnknownOutputColumn, message).at(&name.position);
                reader.report(finding.suggest(&name.text, columns.iter().map(|one| one.name.as_str())));
            }
        }
    }
    if indexes.is_empty() || indexes.len() < key.len() {
        return key.is_empty();
    }
    let names: Vec<&str> = key.iter().map(|name| name.text.as_str()).collect();
    let mut first: BTreeMap<Vec<&str>, &Placed> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows {
        let values: Option<Vec<&str>> = indexes.iter().map(|index| row.values[*index].as_deref()).collect();
        let Some(values) = values else {
            let message = format!("a row without a value for its key ({})", names.join(", "));
            found.push(Diagnostic::error(Code::DuplicateTableKey, message).at(&row.position));
            continue;
        };
        let told = values.join(", ");
        match first.get(&values) {
            Some(other) => {
                let message = format!("two rows have the key ({}) `{told}`", names.join(", "));
                let finding = Diagnostic::error(Code::DuplicateTableKey, message).at(&row.position);
                found.push(finding.related(&other.position, "the first one"));
            }
            None => {
                first.insert(values, row);
            }
        }
    }
    let is_unique = found.is_empty();
    reader.report_all(shortened(found));
    is_unique
}
