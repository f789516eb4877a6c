//! Made-up values in the place of identifiers: the same one for the same value wherever it stands, in the form of what it
//! stands for. An identifier is a column that its source or lineage tags as one; its values are looked for in
//! all other texts too.

use std::collections::BTreeMap;

use super::Sample;
use crate::compile::Compilation;
use crate::definition::SourceKind;
use crate::schema::value::Constant;
use crate::schema::{Field, Type};

/// The identifiers of a table: paths with their kinds. A record's own number leads back to who sent it, too.
pub fn identifiers(table: &str, compilation: &Compilation) -> Vec<(String, &'static str)> {
    let mut found = tagged(table, compilation);
    let columns = compilation.columns(table).unwrap_or_default();
    let of_record = columns.iter().filter(|column| column.name == "document_id" && column.ty == Type::String);
    found.extend(of_record.map(|column| (column.name.clone(), RECORD)));
    if let Some(SourceKind::Log { id, .. }) = compilation.sources.get(table).map(|one| &one.definition.kind) {
        found.extend(id.iter().map(|id| (id.clone(), RECORD)));
    }
    found
}

/// The kind of what identifies a record.
pub const RECORD: &str = "document_id";

fn tagged(table: &str, compilation: &Compilation) -> Vec<(String, &'static str)> {
    if let Some(source) = compilation.sources.get(table) {
        let own = source.definition.identifiers.iter();
        return own.map(|one| (one.path.clone(), one.kind.name)).collect();
    }
    let Some(dataset) = compilation.datasets.get(table) else { return Vec::new() };
    let tags = dataset.judged.facts.identifiers.iter();
    tags.map(|(path, tag)| (path.clone(), tag.kind.name)).collect()
}

/// Shorter values may stand in any text by chance.
const LEAST_TO_LOOK_FOR: usize = 6;

/// What was replaced by what.
#[derive(Default)]
pub struct MadeUp {
    values: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, usize>,
}

impl MadeUp {
    /// How many values were replaced.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Replaces the identifiers of all rows.
    pub fn replace(&mut self, compilation: &Compilation, sample: &mut Sample) {
        for (table, rows) in sample.iter_mut() {
            let columns = compilation.columns(table).unwrap_or_default();
            for (path, kind) in identifiers(table, compilation) {
                let path: Vec<&str> = path.split('.').collect();
                for row in rows.iter_mut() {
                    self.row(row, columns, &path, kind);
                }
            }
        }
        // What identifies here may be a part of a text there.
        for (table, rows) in sample.iter_mut() {
            let columns = compilation.columns(table).unwrap_or_default();
            for value in rows.iter_mut().flat_map(|row| row.iter_mut().zip(columns)) {
                self.elsewhere(value.0, &value.1.ty);
            }
        }
    }

    fn row(&mut self, values: &mut [Constant], fields: &[Field], path: &[&str], kind: &'static str) {
        let Some((first, rest)) = path.split_first() else { return };
        let Some(place) = fields.iter().position(|field| field.name.eq_ignore_ascii_case(first)) else {
            return;
        };
        if let (Some(value), Some(field)) = (values.get_mut(place), fields.get(place)) {
            self.value(value, &field.ty, rest, kind);
        }
    }

    fn value(&mut self, value: &mut Constant, ty: &Type, path: &[&str], kind: &'static str) {
        match (value, ty) {
            (Constant::Array(items), Type::Array(element)) => {
                items.iter_mut().for_each(|item| self.value(item, element, path, kind));
            }
            (Constant::Struct(values), Type::Struct(fields)) if path.is_empty() => {
                for (value, field) in values.iter_mut().zip(fields.iter()) {
                    self.value(value, &field.ty, path, kind);
                }
            }
            (Constant::Struct(values), Type::Struct(fields)) => self.row(values, fields, path, kind),
            (Constant::Scalar(text), ty) => {
                if let Some(made_up) = self.made_up(text, ty, kind) {
                    *text = made_up;
                }
            }
            _ => {}
        }
    }

    /// The value that stands for another one; none where its type has no such values.
    fn made_up(&mut self, text: &str, ty: &Type, kind: &'static str) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        if let Some(known) = self.values.get(text) {
            return Some(known.clone());
        }
        let number = self.counts.entry(kind).or_default();
        *number += 1;
        let made_up = match ty {
            Type::Int64 => number.to_string(),
            Type::String if is_uuid(text) => format!("00000000-0000-4000-8000-{number:012}"),
            Type::String if kind == "email" => format!("person-{number}@example.com"),
            Type::String if kind == "ip" && *number < 255 => format!("192.0.2.{number}"),
            Type::String => format!("{}-{number}", kind.replace('_', "-")),
            _ => return None,
        };
        self.values.insert(text.to_owned(), made_up.clone());
        Some(made_up)
    }

    fn elsewhere(&self, value: &mut Constant, ty: &Type) {
        match (value, ty) {
            (Constant::Array(items), Type::Array(element)) => {
                items.iter_mut().for_each(|item| self.elsewhere(item, element));
            }
            (Constant::Struct(values), Type::Struct(fields)) => {
                for (value, field) in values.iter_mut().zip(fields.iter()) {
                    self.elsewhere(value, &field.ty);
                }
            }
            (Constant::Scalar(text), Type::String | Type::Json) => {
                for (known, made_up) in &self.values {
                    if known.len() >= LEAST_TO_LOOK_FOR && text.contains(known.as_str()) {
                        *text = text.replace(known.as_str(), made_up);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(index, one)| match index {
            8 | 13 | 18 | 23 => one == '-',
            _ => one.is_ascii_hexdigit(),
        })
}
