//! GoogleSQL types as DuckDB types.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt};

use super::identifier;
use crate::schema::{Field, Type};

/// The DuckDB type that holds a GoogleSQL type. A TIMESTAMP is kept without a zone, always UTC.
pub fn data_type(ty: &Type) -> String {
    match ty {
        Type::Int64 => "BIGINT".to_owned(),
        Type::Float64 => "DOUBLE".to_owned(),
        Type::Numeric => "DECIMAL(38, 9)".to_owned(),
        // Its bytes, in an order that is that of the numbers: DuckDB has no decimal so wide.
        Type::BigNumeric => "BLOB".to_owned(),
        Type::Bool => "BOOLEAN".to_owned(),
        Type::String | Type::Geography => "VARCHAR".to_owned(),
        Type::Bytes => "BLOB".to_owned(),
        Type::Date => "DATE".to_owned(),
        Type::Datetime | Type::Timestamp => "TIMESTAMP".to_owned(),
        Type::Time => "TIME".to_owned(),
        Type::Interval => "INTERVAL".to_owned(),
        Type::Json => "JSON".to_owned(),
        // A column that is only ever NULL has to have some type.
        Type::Null | Type::Unknown => "BIGINT".to_owned(),
        Type::Range(element) => {
            let element = data_type(element);
            format!("STRUCT(\"start\" {element}, \"end\" {element})")
        }
        Type::Array(element) => format!("{}[]", data_type(element)),
        Type::Struct(fields) => format!("STRUCT({})", column_definitions(fields)),
    }
}

/// `"name" TYPE, …` for the columns of a table or the fields of a struct.
pub fn column_definitions(fields: &[Field]) -> String {
    let definitions: Vec<String> = column_names(fields)
        .iter()
        .zip(fields)
        .map(|(name, field)| format!("{} {}", identifier(name), data_type(&field.ty)))
        .collect();
    definitions.join(", ")
}

/// The names of columns or fields in DuckDB.
pub fn column_names(fields: &[Field]) -> Vec<String> {
    unique_names(fields.iter().map(|field| field.name.as_str()))
}

/// Names that DuckDB tells apart: GoogleSQL has columns and fields without a name, and several of one name.
pub fn unique_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let likely = names.size_hint().0;
    let (mut seen, mut unique) = (HashSet::with_capacity(likely), Vec::with_capacity(likely));
    for (index, name) in names.enumerate() {
        let mut own = if name.is_empty() { Cow::Owned(format!("f{index}_")) } else { Cow::Borrowed(name) };
        while !seen.insert(lower_case(&own)) {
            own = Cow::Owned(format!("{own}:{index}"));
        }
        unique.push(own.into_owned());
    }
    unique
}

/// A name in small letters. Nearly all names are written so, and need no text of their own.
fn lower_case<'a>(name: &Cow<'a, str>) -> Cow<'a, str> {
    match name {
        Cow::Borrowed(name) => folded(name),
        Cow::Owned(name) => Cow::Owned(name.to_lowercase()),
    }
}

/// Like `to_lowercase`, without a new text where there is nothing to change.
pub fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}
