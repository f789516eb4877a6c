//! TYPEOF: the name of a type as GoogleSQL writes it.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::literal;
use crate::sql::functions::Translated;
use crate::sql::is_reserved;

/// The argument stays, for an aggregate in it decides how many rows there are.
pub fn type_of(call: &Translated) -> Form {
    let name = literal(&written(&call.ty(0).settled()));
    Ok(format!("CASE WHEN {} IS NULL THEN {name} ELSE {name} END", call.sql[0]))
}

fn written(ty: &Type) -> String {
    match ty {
        Type::Array(element) => format!("ARRAY<{}>", written(element)),
        Type::Struct(fields) => {
            let field = |name: &str, ty: &Type| match name {
                "" => written(ty),
                name => format!("{} {}", quoted(name), written(ty)),
            };
            let fields: Vec<String> = fields.iter().map(|one| field(&one.name, &one.ty)).collect();
            format!("STRUCT<{}>", fields.join(", "))
        }
        other => other.to_string(),
    }
}

/// A name, between backticks where it needs them.
fn quoted(name: &str) -> String {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !is_reserved(name);
    if is_plain { name.to_owned() } else { format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`")) }
}
