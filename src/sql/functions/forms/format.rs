//! FORMAT. It must never write an element that it does not know.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{convert, literal};
use crate::sql::functions::Translated;

/// FORMAT with `%d`, `%s`, `%t`, `%f` and their flags and widths.
pub fn format_text(call: &Translated) -> Form {
    let format = call.text(0, "the format")?;
    let mut written = String::new();
    let mut arguments = Vec::new();
    let mut next = 1;
    let mut characters = format.chars().peekable();
    while let Some(character) = characters.next() {
        written.push(character);
        if character != '%' {
            continue;
        }
        if characters.peek() == Some(&'%') {
            written.extend(characters.next());
            continue;
        }
        while let Some(flag) = characters.next_if(|next| next.is_ascii_digit() || matches!(next, '-' | '.')) {
            written.push(flag);
        }
        let (sql, ty) = match call.sql.get(next) {
            Some(sql) => (sql, call.ty(next)),
            None => return Err("the format has more elements than there are values".to_owned()),
        };
        next += 1;
        match (characters.next(), ty) {
            (Some('d' | 'i'), Type::Int64 | Type::Null) => {
                written.push('d');
                arguments.push(sql.clone());
            }
            (Some('f'), Type::Float64 | Type::Null) => {
                written.push('f');
                arguments.push(sql.clone());
            }
            (Some('s'), Type::String | Type::Null) => {
                written.push('s');
                arguments.push(sql.clone());
            }
            (Some('t'), ty) if !matches!(ty, Type::Array(_) | Type::Struct(_) | Type::Float64) => {
                written.push('s');
                arguments.push(format!("coalesce({}, 'NULL')", convert(sql, ty, &Type::String, false)));
            }
            (Some(other), ty) => return Err(format!("`%{other}` of {ty} is not understood yet")),
            (None, _) => return Err("the format ends within an element".to_owned()),
        }
    }
    if next < call.sql.len() {
        return Err("there are more values than the format has elements".to_owned());
    }
    let printed = std::iter::once(literal(&written)).chain(arguments.iter().cloned()).collect::<Vec<_>>();
    let value = format!("printf({})", printed.join(", "));
    // DuckDB's printf writes the text NULL for a NULL.
    let missing: Vec<String> = arguments.iter().map(|argument| format!("{argument} IS NULL")).collect();
    Ok(if missing.is_empty() {
        value
    } else {
        format!("CASE WHEN {} THEN NULL ELSE {value} END", missing.join(" OR "))
    })
}
