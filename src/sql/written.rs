//! Names, types and texts as GoogleSQL writes them, for SQL that is made here and not by an author. What DuckDB is given has rules
//! of its own, in `duckdb`.

use crate::schema::Type;
use crate::sql::is_reserved;

/// A column's or field's name, in quotes where it needs them.
pub fn name(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
        && !is_reserved(name);
    if plain { name.to_owned() } else { format!("`{name}`") }
}

/// A type with its field names quoted where they need it.
pub fn data_type(ty: &Type) -> String {
    match ty {
        Type::Array(element) => format!("ARRAY<{}>", data_type(element)),
        Type::Struct(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{} {}", name(&field.name), data_type(&field.ty)))
                .collect();
            format!("STRUCT<{}>", fields.join(", "))
        }
        // A column that is only ever NULL has to have some type.
        Type::Null | Type::Unknown => "INT64".to_owned(),
        scalar => scalar.to_string(),
    }
}

/// A text as a literal.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Field;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        assert_eq!(["key", "End", "_x", "two words"].map(name), ["key", "`End`", "_x", "`two words`"]);
        let ty =
            Type::array(Type::structure(vec![Field::new("end", Type::Int64), Field::new("x", Type::Null)]));
        assert_eq!(data_type(&ty), "ARRAY<STRUCT<`end` INT64, x INT64>>");
        assert_eq!(literal("it's \\"), "'it\\'s \\\\'");
    }
}
