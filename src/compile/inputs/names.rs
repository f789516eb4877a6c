//! Names, types and texts as GoogleSQL writes them, in SQL that the compiler itself makes.

use crate::schema::Type;

/// Words that cannot name a column without quotes.
const RESERVED: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "assert_rows_modified",
    "at",
    "between",
    "by",
    "case",
    "cast",
    "collate",
    "contains",
    "create",
    "cross",
    "cube",
    "current",
    "default",
    "define",
    "desc",
    "distinct",
    "else",
    "end",
    "enum",
    "escape",
    "except",
    "exclude",
    "exists",
    "extract",
    "false",
    "fetch",
    "following",
    "for",
    "from",
    "full",
    "group",
    "grouping",
    "groups",
    "hash",
    "having",
    "if",
    "ignore",
    "in",
    "inner",
    "intersect",
    "interval",
    "into",
    "is",
    "join",
    "lateral",
    "left",
    "like",
    "limit",
    "lookup",
    "merge",
    "natural",
    "new",
    "no",
    "not",
    "null",
    "nulls",
    "of",
    "on",
    "or",
    "order",
    "outer",
    "over",
    "partition",
    "preceding",
    "proto",
    "qualify",
    "range",
    "recursive",
    "respect",
    "right",
    "rollup",
    "rows",
    "select",
    "set",
    "some",
    "struct",
    "tablesample",
    "then",
    "to",
    "treat",
    "true",
    "unbounded",
    "union",
    "unnest",
    "using",
    "when",
    "where",
    "window",
    "with",
    "within",
];

/// Whether a name needs quotes because GoogleSQL has the word for itself.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// A column's or field's name, in quotes where it needs them.
pub fn quoted(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
        && !is_reserved(name);
    if plain { name.to_owned() } else { format!("`{name}`") }
}

/// A type with its field names quoted where they need it.
pub fn written(ty: &Type) -> String {
    match ty {
        Type::Array(element) => format!("ARRAY<{}>", written(element)),
        Type::Struct(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{} {}", quoted(&field.name), written(&field.ty)))
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
        assert!(RESERVED.is_sorted());
        assert_eq!(["key", "End", "_x", "two words"].map(quoted), ["key", "`End`", "_x", "`two words`"]);
        let ty =
            Type::array(Type::structure(vec![Field::new("end", Type::Int64), Field::new("x", Type::Null)]));
        assert_eq!(written(&ty), "ARRAY<STRUCT<`end` INT64, x INT64>>");
        assert_eq!(literal("it's \\"), "'it\\'s \\\\'");
    }
}
