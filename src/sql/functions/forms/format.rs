//! FORMAT_DATE, PARSE_DATE and their kin.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::literal;
use crate::sql::functions::Translated;

/// Elements that both dialects spell the same, for writing and for reading.
const SAME: &str = "YmdHMSyjaAbBIpU%";

/// Elements with another spelling in DuckDB: GoogleSQL's, DuckDB's.
const SPELLED: &[(&str, &str)] = &[
    ("F", "%Y-%m-%d"),
    ("T", "%H:%M:%S"),
    ("R", "%H:%M"),
    ("D", "%m/%d/%y"),
    ("h", "%b"),
    ("E4Y", "%Y"),
    ("E3S", "%S.%g"),
    ("E6S", "%S.%f"),
    ("n", "\n"),
    ("t", "\t"),
];

/// Elements that only write.
const WRITTEN: &[(&str, &str)] = &[("V", "%V"), ("G", "%G"), ("u", "%u"), ("w", "%w"), ("W", "%W")];

/// What a zone element writes; every TIMESTAMP is in UTC.
const ZONES: &[(&str, &str)] = &[("Z", "UTC"), ("z", "+0000"), ("Ez", "+00:00")];

/// A format cut into plain text and elements (without their `%`).
enum Piece {
    Plain(char),
    Element(String),
}

fn pieces(format: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            pieces.push(Piece::Plain(character));
            continue;
        }
        let mut element = String::new();
        for next in characters.by_ref() {
            element.push(next);
            // `%E4Y`, `%E*S`, `%Ez` are the only elements of several letters.
            if !(next.is_ascii_digit() || next == '*' || next == 'E' && element.len() == 1) {
                break;
            }
        }
        if element.is_empty() {
            return Err("the format ends in a lone `%`".to_owned());
        }
        pieces.push(Piece::Element(element));
    }
    Ok(pieces)
}

fn spelling(element: &str, tables: &[&[(&str, &str)]]) -> Option<String> {
    if element.len() == 1 && SAME.contains(element) {
        return Some(format!("%{element}"));
    }
    tables
        .iter()
        .copied()
        .flatten()
        .find(|(known, _)| *known == element)
        .map(|(_, spelled)| (*spelled).to_owned())
}

fn unknown(element: &str) -> String {
    format!("the format element `%{element}` is not understood yet")
}

/// Writes a moment: a chain of `strftime` and of what strftime has no element for.
pub fn format_moment(call: &Translated) -> Form {
    let value = &call.sql[1];
    let zones: &[(&str, &str)] = if *call.ty(1) == Type::Timestamp { ZONES } else { &[] };
    let mut parts: Vec<String> = Vec::new();
    let mut run = String::new();
    for piece in pieces(call.text(0, "the format")?)? {
        let special = match &piece {
            Piece::Plain(character) => {
                run.push(*character);
                continue;
            }
            Piece::Element(element) => match element.as_str() {
                // The day, a single digit after a space.
                "e" => format!("lpad(strftime({value}, '%-d'), 2, ' ')"),
                "Q" => format!("CAST(quarter({value}) AS VARCHAR)"),
                "s" if *call.ty(1) == Type::Timestamp => {
                    format!("CAST(epoch_us(date_trunc('second', {value})) // 1000000 AS VARCHAR)")
                }
                other => match spelling(other, &[SPELLED, WRITTEN, zones]) {
                    Some(spelled) => {
                        run.push_str(&spelled);
                        continue;
                    }
                    None => return Err(unknown(other)),
                },
            },
        };
        if !run.is_empty() {
            parts.push(format!("strftime({value}, {})", literal(&std::mem::take(&mut run))));
        }
        parts.push(special);
    }
    if !run.is_empty() || parts.is_empty() {
        parts.push(format!("strftime({value}, {})", literal(&run)));
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { format!("({})", parts.join(" || ")) })
}

/// A text read as a moment. `%E*S` reads seconds with or without a fraction.
fn read(call: &Translated) -> Form {
    let mut whole = String::new();
    let mut fraction = false;
    for piece in pieces(call.text(0, "the format")?)? {
        match piece {
            Piece::Plain(character) => whole.push(character),
            Piece::Element(element) if element == "E*S" && !fraction => {
                fraction = true;
                whole.push('\u{0}');
            }
            Piece::Element(element) if element == "e" => whole.push_str("%d"),
            Piece::Element(element) => match spelling(&element, &[SPELLED]) {
                Some(spelled) => whole.push_str(&spelled),
                None => return Err(unknown(&element)),
            },
        }
    }
    let text = &call.sql[1];
    Ok(if fraction {
        let (plain, exact) =
            (literal(&whole.replace('\u{0}', "%S")), literal(&whole.replace('\u{0}', "%S.%f")));
        format!("strptime({text}, [{plain}, {exact}])")
    } else {
        format!("strptime({text}, {})", literal(&whole))
    })
}

pub fn parse_date(call: &Translated) -> Form {
    Ok(format!("CAST({} AS DATE)", read(call)?))
}

pub fn parse_timestamp(call: &Translated) -> Form {
    Ok(format!("CAST({} AS TIMESTAMP)", read(call)?))
}
