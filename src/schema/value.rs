//! Values of columns that authors write as text or in YAML and JSON: cells of static tables, values of
//! parameters, arguments of examples. Strict: what a type does not hold is refused with what it takes.

use jiff::civil::{Date, DateTime, Time};

use super::types::Type;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Node, Value};

/// A value of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Null,
    /// A scalar in the one spelling that equal values share.
    Scalar(String),
    Array(Vec<Constant>),
    /// The values of a struct's fields, in their order.
    Struct(Vec<Constant>),
}

impl std::fmt::Display for Constant {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let list =
            |values: &[Constant]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        match self {
            Constant::Null => formatter.write_str("NULL"),
            // One line, whatever the text holds.
            Constant::Scalar(text) => formatter.write_str(&text.replace(char::is_control, " ")),
            Constant::Array(values) => write!(formatter, "[{}]", list(values)),
            Constant::Struct(values) => write!(formatter, "({})", list(values)),
        }
    }
}

/// The one spelling of a scalar's text.
///
/// # Errors
/// What the type takes instead.
pub fn scalar(text: &str, ty: &Type) -> Result<String, String> {
    let refuse = |takes: &str| Err(takes.to_owned());
    match ty {
        Type::String => Ok(text.to_owned()),
        Type::Int64 => match text.parse::<i64>() {
            Ok(value) => Ok(value.to_string()),
            Err(_) => refuse("an INT64 is a whole number of 64 bits, for example 42"),
        },
        Type::Float64 => match text.parse::<f64>() {
            Ok(value) if value.is_finite() || ["NaN", "Infinity", "-Infinity"].contains(&text) => {
                Ok(match value {
                    value if value.is_nan() => "NaN".to_owned(),
                    value if value.is_infinite() => text.to_owned(),
                    value => format!("{value:?}"),
                })
            }
            _ => refuse("a FLOAT64 is a number such as 0.5 or 1e6, or NaN, Infinity, -Infinity"),
        },
        Type::Numeric => match numeric(text) {
            Some(value) => Ok(value),
            None => refuse("a NUMERIC has up to 29 digits before the point and 9 after it"),
        },
        Type::Bool => match text.to_ascii_lowercase().as_str() {
            "true" => Ok("true".to_owned()),
            "false" => Ok("false".to_owned()),
            _ => refuse("a BOOL is `true` or `false`"),
        },
        Type::Date => match text.parse::<Date>() {
            Ok(date) if text.len() == 10 => Ok(date.to_string()),
            _ => refuse("a DATE is written YYYY-MM-DD and exists"),
        },
        Type::Datetime => match moment(text) {
            Some(moment) => Ok(spaced(moment)),
            None => refuse("a DATETIME is written YYYY-MM-DD HH:MM:SS"),
        },
        Type::Timestamp => match instant(text) {
            Some(moment) => Ok(spaced(moment)),
            None => refuse("a TIMESTAMP is written YYYY-MM-DD HH:MM:SS in UTC, or with its offset"),
        },
        Type::Time => match text.parse::<Time>() {
            Ok(time) if text.contains(':') => Ok(time.to_string()),
            _ => refuse("a TIME is written HH:MM:SS"),
        },
        Type::Json => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => Ok(value.to_string()),
            Err(error) => Err(format!("that is no JSON: {error}")),
        },
        other => Err(format!("values of {other} cannot be written here")),
    }
}

fn numeric(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let fits = !digits.trim_matches('.').is_empty() && is_digits(whole) && is_digits(fraction);
    if !fits || whole.len() > 29 || fraction.len() > 9 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

fn moment(text: &str) -> Option<DateTime> {
    let has_time = text.len() >= 16 && text.as_bytes().get(13) == Some(&b':');
    let no_zone = !text.ends_with(['Z', 'z']) && !text[text.len().min(16)..].contains(['+', '-', '[']);
    text.parse().ok().filter(|_| has_time && no_zone)
}

/// An instant's date and time in UTC.
fn instant(text: &str) -> Option<DateTime> {
    let plain = text.strip_suffix(" UTC").unwrap_or(text);
    let zoned = || plain.parse::<jiff::Timestamp>().ok();
    moment(plain).or_else(|| zoned().map(|instant| instant.to_zoned(jiff::tz::TimeZone::UTC).datetime()))
}

fn spaced(moment: DateTime) -> String {
    moment.to_string().replace('T', " ")
}

/// A value as it stands in YAML or JSON. Mistakes are reported at their places.
pub fn constant(node: &Node, ty: &Type, found: &mut Vec<Diagnostic>) -> Option<Constant> {
    let mut refuse = |problem: String| {
        let message = format!("the value does not fit {ty}");
        found.push(Diagnostic::error(Code::WrongValue, message).at(&node.position).hint(problem));
        None
    };
    match (&node.value, ty) {
        (Value::Null, _) => Some(Constant::Null),
        (Value::List(items), Type::Array(element)) => {
            let values: Vec<Option<Constant>> =
                items.iter().map(|item| constant(item, element, found)).collect();
            values.into_iter().collect::<Option<_>>().map(Constant::Array)
        }
        (Value::Map(entries), Type::Struct(fields)) => {
            for (index, (key, _)) in entries.iter().enumerate() {
                let name = key.as_text().unwrap_or_default();
                let twice = entries[..index].iter().any(|(other, _)| other.as_text() == Some(name));
                if twice || !fields.iter().any(|field| field.name == name) {
                    let message = match twice {
                        true => format!("the field `{name}` stands twice"),
                        false => format!("{ty} has no field `{name}`"),
                    };
                    let finding = Diagnostic::error(Code::WrongValue, message).at(&key.position);
                    found.push(finding.suggest(name, fields.iter().map(|field| field.name.as_str())));
                    return None;
                }
            }
            let values: Vec<Option<Constant>> = fields
                .iter()
                .map(|field| match node.get(&field.name) {
                    Some(value) => constant(value, &field.ty, found),
                    None => Some(Constant::Null),
                })
                .collect();
            values.into_iter().collect::<Option<_>>().map(Constant::Struct)
        }
        (_, Type::Array(_)) => refuse("write a list: `[a, b]`".to_owned()),
        (_, Type::Struct(_)) => refuse("write a mapping of its fields: `{name: value}`".to_owned()),
        (value, _) => {
            let text = match (value, ty) {
                (Value::Text(text), Type::Int64 | Type::Float64 | Type::Bool) => {
                    let is_special =
                        *ty == Type::Float64 && text.parse::<f64>().is_ok_and(|one| !one.is_finite());
                    if !is_special {
                        return refuse(format!("write it without quotes; {ty} is no text"));
                    }
                    text.clone()
                }
                (Value::Text(text), _) => text.clone(),
                (Value::Integer(value), Type::Int64 | Type::Float64 | Type::Numeric) => value.to_string(),
                (Value::Float(value), Type::Float64 | Type::Numeric) => value.to_string(),
                (Value::Bool(value), Type::Bool) => value.to_string(),
                (Value::Integer(_) | Value::Float(_) | Value::Bool(_), Type::String) => {
                    return refuse("put it in quotes; STRING is a text".to_owned());
                }
                (other, _) => return refuse(format!("{} is no {ty}", other.kind())),
            };
            match scalar(&text, ty) {
                Ok(text) => Some(Constant::Scalar(text)),
                Err(problem) => refuse(problem),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_one_spelling() {
        for (text, ty, spelled) in [
            ("+07", Type::Int64, "7"),
            ("1.50", Type::Numeric, "1.5"),
            ("-0.0", Type::Numeric, "0"),
            (".5", Type::Numeric, "0.5"),
            ("1e3", Type::Float64, "1000.0"),
            ("TRUE", Type::Bool, "true"),
            ("2026-11-22T10:00:00+02:00", Type::Timestamp, "2026-11-22 08:00:00"),
            ("2026-11-22 08:00:00", Type::Timestamp, "2026-11-22 08:00:00"),
            ("2026-11-22 08:00:00 UTC", Type::Timestamp, "2026-11-22 08:00:00"),
            ("2026-11-22T08:00:00.5", Type::Datetime, "2026-11-22 08:00:00.5"),
            ("{\"a\": 1}", Type::Json, "{\"a\":1}"),
            (" blank ", Type::String, " blank "),
        ] {
            assert_eq!(scalar(text, &ty).as_deref(), Ok(spelled), "{text} as {ty}");
        }
    }

    #[test]
    fn what_a_type_does_not_hold_is_refused() {
        for (text, ty) in [
            ("9223372036854775808", Type::Int64),
            (" 7", Type::Int64),
            ("1.0", Type::Int64),
            ("inf", Type::Float64),
            ("1e999", Type::Float64),
            ("1.0000000001", Type::Numeric),
            (".", Type::Numeric),
            ("yes", Type::Bool),
            ("2026-02-29", Type::Date),
            ("2026-11-22T00:00:00", Type::Date),
            ("2026-11-22", Type::Datetime),
            ("2026-11-22 08:00:00Z", Type::Datetime),
            ("2026-11-22", Type::Timestamp),
            ("25:00:00", Type::Time),
            ("{", Type::Json),
            ("x", Type::Bytes),
        ] {
            assert!(scalar(text, &ty).is_err(), "{text} as {ty}");
        }
    }
}
