//! SQL values as JSON. What a value cannot say, the names of fields, is handed over as a text: `[["a",null],["b",[["c",null]]]]`
//! for `STRUCT<a INT64, b ARRAY<STRUCT<c DATE>>>`, `{"array":null}` for an array that stands in a table. JSON functions, "JSON encodings".

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use data_encoding::BASE64;

use super::{Native, json, unexpected};
use crate::value::json::{Document, Number, Wide, Writer};
use crate::value::{
    BIGNUMERIC_SCALE, I256, Interval, NUMERIC_SCALE, Value, date_text, datetime_text, decimal_text,
    float_text, time_text,
};

pub const ROWS: &[Native] = &[
    Native { name: "to_json", strict: false, volatile: false, body: to_json },
    Native { name: "to_json_string", strict: false, volatile: false, body: to_json_string },
];

/// Whole numbers up to here are exact in a FLOAT64: 2^53.
const EXACT: i64 = 1 << 53;
const DAY: i64 = 86_400_000_000;

/// The names of the fields of a struct or of an array's structs; none in other types.
#[derive(Default)]
pub struct Names {
    fields: Vec<(String, Names)>,
    /// Those of the elements of an array that stands in a table, where NULL is an array without any.
    stored: Option<Box<Names>>,
}

impl Names {
    fn of(document: Document) -> Self {
        let fields = match document {
            Document::Array(fields) => fields,
            Document::Object(mut stored) => {
                let elements = stored.remove("array").map(Self::of).unwrap_or_default();
                return Self { stored: Some(Box::new(elements)), ..Self::default() };
            }
            _ => return Self::default(),
        };
        let field = |field| match field {
            Document::Array(pair) => match <[Document; 2]>::try_from(pair) {
                Ok([Document::String(name), names]) => (name, Self::of(names)),
                _ => Default::default(),
            },
            _ => Default::default(),
        };
        Self { fields: fields.into_iter().map(field).collect(), stored: None }
    }

    /// Those of the elements of an array.
    pub fn elements(&self) -> &Names {
        self.stored.as_deref().unwrap_or(self)
    }

    /// Those of a field.
    pub fn field(&self, index: usize) -> (&str, &Names) {
        const NONE: &Names = &Names { fields: Vec::new(), stored: None };
        self.fields.get(index).map_or(("", NONE), |(name, names)| (name, names))
    }
}

thread_local! {
    /// What was read last, with its text.
    static LAST: RefCell<Option<(String, Rc<Names>)>> = const { RefCell::new(None) };
}

/// Reads names from their text.
pub fn names(written: &str) -> Result<Rc<Names>, String> {
    LAST.with_borrow_mut(|last| match last {
        Some((known, names)) if known == written => Ok(Rc::clone(names)),
        _ => {
            let names = Rc::new(Names::of(Document::parse(written, Wide::Exact)?));
            *last = Some((written.to_owned(), Rc::clone(&names)));
            Ok(names)
        }
    })
}

fn to_json<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    match arguments {
        [_, _, Value::Null] => Ok(Value::Null),
        [Value::String(written), value, Value::Bool(as_text)] => {
            Ok(json(&document(value, &*names(written)?, *as_text)?))
        }
        _ => Err(unexpected(arguments)),
    }
}

/// A value as TO_JSON encodes it; with `as_text` numbers that a FLOAT64 does not hold become strings.
pub fn document(value: &Value, names: &Names, as_text: bool) -> Result<Document, String> {
    let decimal = |text: String| {
        let beyond =
            text.parse::<i64>().map_or(!text.contains('.'), |whole| whole.unsigned_abs() > EXACT as u64);
        if as_text && beyond {
            return Ok(Document::String(text));
        }
        match Number::parse(&text, Wide::Exact) {
            Ok(number) => Ok(Document::Number(number)),
            Err(_) if as_text => Ok(Document::String(text)),
            Err(_) => Err(format!(
                "JSON does not hold the number {text}; with stringify_wide_numbers => TRUE it is a string"
            )),
        }
    };
    Ok(match value {
        Value::Null if names.stored.is_some() => Document::Array(Vec::new()),
        Value::Null => Document::Null,
        Value::Bool(truth) => Document::Bool(*truth),
        Value::Int64(number) if as_text && number.unsigned_abs() > EXACT as u64 => {
            Document::String(number.to_string())
        }
        Value::Int64(number) => Document::Number(Number::Int64(*number)),
        Value::Float64(number) if number.is_finite() => Document::Number(Number::Float64(*number)),
        Value::Numeric(units) => decimal(decimal_text(I256::from(*units), NUMERIC_SCALE))?,
        Value::BigNumeric(units) => decimal(decimal_text(*units, BIGNUMERIC_SCALE))?,
        Value::Json(text) => Document::stored(text)?,
        Value::Array(values) => Document::Array(
            values
                .iter()
                .map(|value| document(value, names.elements(), as_text))
                .collect::<Result<_, _>>()?,
        ),
        Value::Struct(values) => {
            let mut members = BTreeMap::new();
            for (index, value) in values.iter().enumerate() {
                let (name, names) = names.field(index);
                let value = document(value, names, as_text)?;
                members.entry(name.to_owned()).or_insert(value);
            }
            Document::Object(members)
        }
        Value::Range(bounds) => Document::Object(BTreeMap::from([
            ("start".to_owned(), document(&bounds.0, names, as_text)?),
            ("end".to_owned(), document(&bounds.1, names, as_text)?),
        ])),
        other => Document::String(text(other)),
    })
}

/// Fields keep their order, also those that are called alike.
fn to_json_string<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let (written, value, mut writer) = match arguments {
        [_, _, Value::Null] => return Ok(Value::Null),
        [Value::String(written), value] | [Value::String(written), value, Value::Bool(false)] => {
            (written, value, Writer::compact())
        }
        [Value::String(written), value, Value::Bool(true)] => (written, value, Writer::pretty()),
        _ => return Err(unexpected(arguments)),
    };
    write(&mut writer, value, &*names(written)?)?;
    Ok(Value::string(writer.finish()))
}

fn write(writer: &mut Writer, value: &Value, names: &Names) -> Result<(), String> {
    let mut whole = |text: String| match text.parse::<i64>() {
        Ok(number) if number.unsigned_abs() <= EXACT as u64 => writer.plain(&text),
        _ => writer.string(&text),
    };
    match value {
        Value::Null if names.stored.is_some() => writer.plain("[]"),
        Value::Null => writer.plain("null"),
        Value::Bool(truth) => writer.plain(if *truth { "true" } else { "false" }),
        Value::Int64(number) => whole(number.to_string()),
        Value::Numeric(units) => whole(decimal_text(I256::from(*units), NUMERIC_SCALE)),
        Value::BigNumeric(units) => whole(decimal_text(*units, BIGNUMERIC_SCALE)),
        Value::Float64(number) if number.is_finite() => writer.plain(&float_text(*number)),
        Value::String(text) => writer.string(text),
        Value::Json(text) => writer.document(&Document::stored(text)?),
        Value::Array(values) => {
            writer.open('[');
            for value in values {
                writer.item();
                write(writer, value, names.elements())?;
            }
            writer.close(']');
        }
        Value::Struct(values) => {
            writer.open('{');
            for (index, value) in values.iter().enumerate() {
                let (name, names) = names.field(index);
                writer.key(name);
                write(writer, value, names)?;
            }
            writer.close('}');
        }
        Value::Range(bounds) => {
            writer.open('{');
            for (name, bound) in [("start", &bounds.0), ("end", &bounds.1)] {
                writer.key(name);
                write(writer, bound, names)?;
            }
            writer.close('}');
        }
        other => writer.string(&text(other)),
    }
    Ok(())
}

/// The text of what JSON has no form for.
fn text(value: &Value) -> String {
    match value {
        Value::Float64(number) if number.is_nan() => "NaN".to_owned(),
        Value::Float64(number) if *number > 0.0 => "Infinity".to_owned(),
        Value::Float64(_) => "-Infinity".to_owned(),
        Value::String(text) => text.to_string(),
        Value::Bytes(bytes) => BASE64.encode(bytes),
        Value::Date(days) => date_text(*days),
        Value::Datetime(micros) => moment(*micros),
        Value::Timestamp(micros) => moment(*micros) + "Z",
        Value::Time(micros) => short(time_text(*micros)),
        Value::Interval(interval) => interval_text(*interval),
        other => crate::value::text(other),
    }
}

/// ISO 8601, `2017-03-06T12:34:56.789`.
fn moment(micros: i64) -> String {
    let text = datetime_text(micros.div_euclid(DAY) * DAY);
    let date = text.split_once(' ').map_or(text.as_str(), |(date, _)| date);
    format!("{date}T{}", short(time_text(micros.rem_euclid(DAY))))
}

/// A fraction without zeros at its end.
fn short(time: String) -> String {
    if time.contains('.') { time.trim_end_matches('0').to_owned() } else { time }
}

/// ISO 8601, `P1Y2M3DT4H5M6.7S`; each part has its own sign, and those that are nothing are left out.
fn interval_text(interval: Interval) -> String {
    let mut written = "P".to_owned();
    let part = |written: &mut String, count: i64, unit: char| {
        if count != 0 {
            written.push_str(&format!("{count}{unit}"));
        }
    };
    part(&mut written, i64::from(interval.months / 12), 'Y');
    part(&mut written, i64::from(interval.months % 12), 'M');
    part(&mut written, i64::from(interval.days), 'D');
    if interval.micros != 0 {
        written.push('T');
        let seconds = interval.micros / 1_000_000;
        part(&mut written, seconds / 3600, 'H');
        part(&mut written, seconds / 60 % 60, 'M');
        let rest = interval.micros % 60_000_000;
        if rest != 0 {
            let sign = if rest < 0 { "-" } else { "" };
            let rest = rest.unsigned_abs();
            let fraction = format!("{}.{:06}", rest / 1_000_000, rest % 1_000_000);
            written.push_str(&format!("{sign}{}S", fraction.trim_end_matches('0').trim_end_matches('.')));
        }
    }
    if written == "P" { "P0Y".to_owned() } else { written }
}
