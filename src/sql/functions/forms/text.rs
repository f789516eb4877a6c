//! Fit and regular expressions.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{convert, literal};
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;

/// What TRIM drops without being told: all of Unicode's white space.
const WHITE_SPACE: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

fn trimmed(call: &Translated, function: &str) -> Form {
    only_text(call, function)?;
    let characters = call.sql.get(1).cloned().unwrap_or_else(|| literal(WHITE_SPACE));
    Ok(format!("{function}({}, {characters})", call.sql[0]))
}

fn only_text(call: &Translated, what: &str) -> Result<(), String> {
    match call.ty(0) {
        Type::Bytes => Err(format!("{what} of BYTES is not understood yet")),
        _ => Ok(()),
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

/// Position 0 counts as 1, a negative one from the end but never before the start.
pub fn substring(call: &Translated) -> Form {
    only_text(call, "SUBSTR")?;
    let (text, position) = (&call.sql[0], &call.sql[1]);
    let position = match call.arguments[1].kind {
        Kind::Integer(written) if written > 0 => position.clone(),
        Kind::Integer(0) => "1".to_owned(),
        _ => format!("CASE WHEN {position} = 0 OR {position} < -length({text}) THEN 1 ELSE {position} END"),
    };
    Ok(match call.sql.get(2) {
        Some(_) => format!("substr({text}, {position}, {})", call.count(2)?),
        None => format!("substr({text}, {position})"),
    })
}

pub fn left(call: &Translated) -> Form {
    only_text(call, "LEFT")?;
    Ok(format!("left({}, {})", call.sql[0], call.count(1)?))
}

pub fn right(call: &Translated) -> Form {
    only_text(call, "RIGHT")?;
    Ok(format!("right({}, {})", call.sql[0], call.count(1)?))
}

pub fn repeat(call: &Translated) -> Form {
    Ok(format!("repeat({}, {})", call.sql[0], call.count(1)?))
}

fn padded(call: &Translated, function: &str) -> Form {
    only_text(call, function)?;
    let pattern = call.sql.get(2).cloned().unwrap_or_else(|| "' '".to_owned());
    Ok(format!("{function}({}, CAST({} AS INTEGER), {pattern})", call.sql[0], call.count(1)?))
}

pub fn pad_left(call: &Translated) -> Form {
    padded(call, "lpad")
}

pub fn pad_right(call: &Translated) -> Form {
    padded(call, "rpad")
}

pub fn split(call: &Translated) -> Form {
    only_text(call, "SPLIT")?;
    let separator = call.sql.get(1).map_or("','", String::as_str);
    Ok(format!("string_split({}, {separator})", call.sql[0]))
}

pub fn position(call: &Translated) -> Form {
    only_text(call, "a position within")?;
    Ok(format!("strpos({}, {})", call.sql[0], call.sql[1]))
}

/// NULL without a match; the one capture group where there is one.
pub fn extract_match(call: &Translated) -> Form {
    if call.sql.len() > 2 {
        return Err("a position is not understood yet".to_owned());
    }
    let group = one_group(call)?;
    let (text, pattern) = (&call.sql[0], &call.sql[1]);
    Ok(format!(
        "CASE WHEN regexp_matches({text}, {pattern}) THEN regexp_extract({text}, {pattern}, {group}) END"
    ))
}

pub fn extract_matches(call: &Translated) -> Form {
    let group = one_group(call)?;
    Ok(format!("regexp_extract_all({}, {}, {group})", call.sql[0], call.sql[1]))
}

fn one_group(call: &Translated) -> Result<usize, String> {
    match capture_groups(call.text(1, "the regular expression")?) {
        groups @ 0..=1 => Ok(groups),
        _ => Err("a regular expression takes at most one capture group here".to_owned()),
    }
}

fn capture_groups(pattern: &str) -> usize {
    let mut groups = 0;
    let mut rest = pattern.char_indices();
    let mut in_class = false;
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' => {
                rest.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let after = &pattern[at + 1..];
                // `(?:…)` and flags capture nothing, `(?P<name>…)` does.
                if !after.starts_with('?') || after.starts_with("?P<") || after.starts_with("?<") {
                    groups += 1;
                }
            }
            _ => {}
        }
    }
    groups
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

/// The host of a URL, without user and port.
pub fn host(call: &Translated) -> Form {
    let pattern =
        literal(r"^\s*(?:(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//)?(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:@\s]+)");
    let url = &call.sql[0];
    Ok(format!("CASE WHEN regexp_matches({url}, {pattern}) THEN regexp_extract({url}, {pattern}, 1) END"))
}
