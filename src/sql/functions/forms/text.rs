//! Texts and bytes: DuckDB's own functions where they give the same for all that may come, native ones elsewhere.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{convert, literal, native_call};
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;

/// What TRIM drops without being told: all of Unicode's white space.
const WHITE_SPACE: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

impl Translated<'_> {
    fn is_bytes(&self) -> bool {
        self.arguments.iter().any(|argument| argument.ty == Type::Bytes)
    }

    /// DuckDB's function of STRING, the native one of BYTES.
    fn of_string(&self, name: &str, native: &str) -> Form {
        match self.is_bytes() {
            true => self.native(native),
            false => Ok(format!("{name}({})", self.sql.join(", "))),
        }
    }

    /// Whether an argument is a literal text that is not empty.
    fn is_known_text(&self, index: usize) -> bool {
        matches!(self.arguments.get(index).map(|one| &one.kind), Some(Kind::Text(text)) if !text.is_empty())
    }

    /// A literal whole number that DuckDB takes for a length or a position.
    fn known_number(&self, index: usize) -> Option<i64> {
        match self.arguments.get(index)?.kind {
            Kind::Integer(number) if (0..=i64::from(i32::MAX)).contains(&number) => Some(number),
            _ => None,
        }
    }
}

fn trimmed(call: &Translated, function: &str) -> Form {
    if call.is_bytes() {
        return call.native(function);
    }
    match call.sql.get(1) {
        Some(characters) => Ok(format!("{function}({}, {characters})", call.sql[0])),
        // DuckDB takes its time over many characters.
        None => {
            let arguments = [call.sql[0].clone(), literal(WHITE_SPACE)];
            native_call(function, &arguments, &[Type::String, Type::String], call.result, call.safe)
        }
    }
}

pub fn trim(call: &Translated) -> Form {
    trimmed(call, "trim")
}

pub fn trim_left(call: &Translated) -> Form {
    trimmed(call, "ltrim")
}

pub fn trim_right(call: &Translated) -> Form {
    trimmed(call, "rtrim")
}

/// Texts compare by their code points here, which is what only the other collations change.
pub fn collate(call: &Translated) -> Form {
    match (call.arguments.get(1).map(|name| &name.kind), call.sql) {
        (Some(Kind::Text(name)), [text, _]) if matches!(name.as_str(), "" | "binary") => Ok(text.clone()),
        _ => Err("DuckDB has no comparison that is GoogleSQL's by 'und:ci'".to_owned()),
    }
}

pub fn starts_with(call: &Translated) -> Form {
    call.of_string("prefix", "starts_with")
}

pub fn ends_with(call: &Translated) -> Form {
    call.of_string("suffix", "ends_with")
}

pub fn replace(call: &Translated) -> Form {
    if call.is_known_text(1) { call.of_string("replace", "replace") } else { call.native("replace") }
}

/// A pattern that is known is compiled once by DuckDB, whose engine is RE2. It fails before TRY could hear of it.
pub fn regexp_contains(call: &Translated) -> Form {
    match call.is_known_text(1) && !call.safe {
        true => call.of_string("regexp_matches", "regexp_contains"),
        false => call.native("regexp_contains"),
    }
}

/// CONCAT takes whatever has a text; `||` does not.
pub fn concatenate(call: &Translated) -> Form {
    let bytes = call.arguments.iter().any(|argument| argument.ty == Type::Bytes);
    let texts: Vec<String> = call
        .sql
        .iter()
        .zip(call.arguments)
        .map(|(sql, argument)| match &argument.ty {
            Type::String | Type::Null => sql.clone(),
            Type::Bytes if bytes => sql.clone(),
            other => convert(sql, other, &Type::String, false),
        })
        .collect();
    Ok(format!("({})", texts.join(" || ")))
}

pub fn length(call: &Translated) -> Form {
    Ok(match call.ty(0) {
        Type::Bytes => format!("octet_length({})", call.sql[0]),
        _ => format!("length({})", call.sql[0]),
    })
}

pub fn byte_length(call: &Translated) -> Form {
    Ok(match call.ty(0) {
        Type::Bytes => format!("octet_length({})", call.sql[0]),
        _ => format!("strlen({})", call.sql[0]),
    })
}

/// DuckDB counts other ways from the end, and not as far.
pub fn substring(call: &Translated) -> Form {
    let position = call.known_number(1).map(|position| position.max(1));
    let length = call.known_number(2);
    match (position, length, call.sql.len()) {
        _ if call.is_bytes() => call.native("substr"),
        (Some(position), None, 2) => Ok(format!("substr({}, {position})", call.sql[0])),
        (Some(position), Some(length), _) => Ok(format!("substr({}, {position}, {length})", call.sql[0])),
        _ => call.native("substr"),
    }
}

fn end(call: &Translated, function: &str) -> Form {
    match call.known_number(1) {
        Some(_) => call.of_string(function, function),
        None => call.native(function),
    }
}

pub fn left(call: &Translated) -> Form {
    end(call, "left")
}

pub fn right(call: &Translated) -> Form {
    end(call, "right")
}

pub fn split(call: &Translated) -> Form {
    if call.is_bytes() || call.sql.len() > 1 && !call.is_known_text(1) {
        return call.native("split");
    }
    let separator = call.sql.get(1).map_or("','", String::as_str);
    Ok(format!("string_split({}, {separator})", call.sql[0]))
}

/// STRPOS and INSTR.
pub fn position(call: &Translated) -> Form {
    match call.sql.len() {
        2 if call.is_known_text(1) => call.of_string("strpos", "strpos"),
        2 => call.native("strpos"),
        _ => call.native("instr"),
    }
}

pub fn bit_count(call: &Translated) -> Form {
    match call.is_bytes() {
        true => call.native("bit_count"),
        false => Ok(format!("CAST(bit_count({}) AS BIGINT)", call.sql[0])),
    }
}

/// A hash of a text or of bytes, as bytes.
fn hashed(call: &Translated, function: &str) -> Form {
    Ok(format!("unhex({function}({}))", call.sql[0]))
}

pub fn md5(call: &Translated) -> Form {
    hashed(call, "md5")
}

pub fn sha1(call: &Translated) -> Form {
    hashed(call, "sha1")
}

pub fn sha256(call: &Translated) -> Form {
    hashed(call, "sha256")
}
