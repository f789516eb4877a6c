//! DuckDB forms that depend on types, date parts or literals.

use super::Translated;
use crate::schema::Type;
use crate::sql::duckdb::literal;
use crate::sql::tree::{DatePart, Expression, Kind};

type Form = Result<String, String>;

impl Translated<'_> {
    fn ty(&self, index: usize) -> &Type {
        self.arguments.get(index).map_or(&Type::Null, |argument| &argument.ty)
    }

    fn interval(&self, index: usize) -> Result<(&Expression, DatePart), String> {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            Some(Kind::Interval { value, part }) => Ok((value, *part)),
            _ => Err("date arithmetic takes `INTERVAL n PART`".to_owned()),
        }
    }

    fn part(&self, index: usize) -> Result<DatePart, String> {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            Some(Kind::Part(part)) => Ok(*part),
            None => Ok(DatePart::Month),
            _ => Err("a date part such as DAY or MONTH is expected here".to_owned()),
        }
    }

    fn text(&self, index: usize, what: &str) -> Result<&str, String> {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            Some(Kind::Text(text)) => Ok(text),
            _ => Err(format!("{what} must be a literal text")),
        }
    }
}

/// A date part's name in DuckDB, where it is the same unit.
fn unit(part: DatePart) -> Result<&'static str, String> {
    Ok(match part {
        DatePart::Microsecond => "microsecond",
        DatePart::Millisecond => "millisecond",
        DatePart::Second => "second",
        DatePart::Minute => "minute",
        DatePart::Hour => "hour",
        DatePart::Day => "day",
        DatePart::Week | DatePart::WeekMonday | DatePart::IsoWeek => "week",
        DatePart::Month => "month",
        DatePart::Quarter => "quarter",
        DatePart::Year => "year",
        DatePart::IsoYear | DatePart::DayOfWeek | DatePart::DayOfYear | DatePart::Date | DatePart::Time => {
            return Err("this date part cannot be used here".to_owned());
        }
    })
}

fn shifted(call: &Translated, sign: char) -> Form {
    let (_, part) = call.interval(1)?;
    let unit = unit(part)?.to_ascii_uppercase();
    // The interval's value was translated as the argument's SQL.
    let moved = format!("({} {sign} INTERVAL ({}) {unit})", call.sql[0], call.sql[1]);
    Ok(match call.ty(0) {
        Type::Date => format!("CAST({moved} AS DATE)"),
        Type::String => format!("CAST((CAST({} AS DATE) {sign} INTERVAL ({}) {unit}) AS DATE)", call.sql[0], call.sql[1]),
        _ => moved,
    })
}

pub fn add(call: &Translated) -> Form {
    shifted(call, '+')
}

pub fn subtract(call: &Translated) -> Form {
    shifted(call, '-')
}

/// GoogleSQL's WEEK starts on Sunday, DuckDB's on Monday; a DATE stays a DATE.
pub fn truncate(call: &Translated) -> Form {
    let part = call.part(1)?;
    let value = &call.sql[0];
    let truncated = match part {
        DatePart::Week => format!("(date_trunc('week', {value} + INTERVAL 1 DAY) - INTERVAL 1 DAY)"),
        part => format!("date_trunc('{}', {value})", unit(part)?),
    };
    Ok(match call.ty(0) {
        Type::Date | Type::String => format!("CAST({truncated} AS DATE)"),
        _ => format!("CAST({truncated} AS TIMESTAMP)"),
    })
}

/// Counts boundaries between two dates.
pub fn date_difference(call: &Translated) -> Form {
    let part = call.part(2)?;
    Ok(match part {
        DatePart::Week => format!(
            "date_diff('week', {} + INTERVAL 1 DAY, {} + INTERVAL 1 DAY)",
            call.sql[1], call.sql[0]
        ),
        part => format!("date_diff('{}', {}, {})", unit(part)?, call.sql[1], call.sql[0]),
    })
}

/// Counts whole units elapsed.
pub fn timestamp_difference(call: &Translated) -> Form {
    let part = call.part(2)?;
    match part {
        DatePart::Microsecond | DatePart::Millisecond | DatePart::Second | DatePart::Minute | DatePart::Hour
        | DatePart::Day => Ok(format!("date_sub('{}', {}, {})", unit(part)?, call.sql[1], call.sql[0])),
        _ => Err("TIMESTAMP_DIFF takes MICROSECOND to DAY".to_owned()),
    }
}

pub fn last_day(call: &Translated) -> Form {
    match call.part(1)? {
        DatePart::Month => Ok(format!("last_day({})", call.sql[0])),
        _ => Err("LAST_DAY of other parts than MONTH is not understood yet".to_owned()),
    }
}

pub fn date(call: &Translated) -> Form {
    match call.sql.len() {
        1 => Ok(format!("CAST({} AS DATE)", call.sql[0])),
        3 => Ok(format!("make_date({}, {}, {})", call.sql[0], call.sql[1], call.sql[2])),
        _ => Err("time zones are not understood yet; DATE(timestamp) is the day in UTC".to_owned()),
    }
}

pub fn timestamp(call: &Translated) -> Form {
    match call.sql.len() {
        1 => Ok(format!("CAST({} AS TIMESTAMP)", call.sql[0])),
        _ => Err("time zones are not understood yet; all times are UTC".to_owned()),
    }
}

/// GoogleSQL's format elements that DuckDB spells the same, and those with a spelling of its own.
fn format_elements(format: &str) -> Form {
    let mut translated = String::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            translated.push(character);
            continue;
        }
        match characters.next() {
            Some(same @ ('Y' | 'm' | 'd' | 'H' | 'M' | 'S' | 'y' | 'j' | 'a' | 'A' | 'b' | 'B' | 'I' | 'p' | 'U' | '%')) => {
                translated.push('%');
                translated.push(same);
            }
            Some('F') => translated.push_str("%Y-%m-%d"),
            Some('T') => translated.push_str("%H:%M:%S"),
            Some('R') => translated.push_str("%H:%M"),
            Some('e') => translated.push_str("%-d"),
            Some('V') => translated.push_str("%V"),
            Some('G') => translated.push_str("%G"),
            Some('u') => translated.push_str("%u"),
            Some('w') => translated.push_str("%w"),
            Some('h') => translated.push_str("%b"),
            Some(other) => return Err(format!("the format element `%{other}` is not understood yet")),
            None => return Err("the format ends in a lone `%`".to_owned()),
        }
    }
    Ok(literal(&translated))
}

pub fn format_moment(call: &Translated) -> Form {
    let format = format_elements(call.text(0, "the format")?)?;
    Ok(format!("strftime({}, {format})", call.sql[1]))
}

pub fn parse_date(call: &Translated) -> Form {
    let format = format_elements(call.text(0, "the format")?)?;
    Ok(format!("CAST(strptime({}, {format}) AS DATE)", call.sql[1]))
}

pub fn parse_timestamp(call: &Translated) -> Form {
    let format = format_elements(call.text(0, "the format")?)?;
    Ok(format!("CAST(strptime({}, {format}) AS TIMESTAMP)", call.sql[1]))
}

/// NULL if any argument is NULL, which DuckDB's own functions ignore.
fn strict(call: &Translated, function: &str) -> Form {
    let missing: Vec<String> = call.sql.iter().map(|argument| format!("{argument} IS NULL")).collect();
    Ok(format!("CASE WHEN {} THEN NULL ELSE {function}({}) END", missing.join(" OR "), call.sql.join(", ")))
}

pub fn greatest(call: &Translated) -> Form {
    strict(call, "greatest")
}

pub fn least(call: &Translated) -> Form {
    strict(call, "least")
}

pub fn concatenate(call: &Translated) -> Form {
    Ok(format!("({})", call.sql.join(" || ")))
}

pub fn length(call: &Translated) -> Form {
    Ok(match call.ty(0) {
        Type::Bytes => format!("octet_length({})", call.sql[0]),
        _ => format!("length({})", call.sql[0]),
    })
}

/// Position 0 counts as 1, a negative one from the end but never before the start.
pub fn substring(call: &Translated) -> Form {
    let (text, position) = (&call.sql[0], &call.sql[1]);
    let position = match call.arguments[1].kind {
        Kind::Integer(position) if position > 0 => position.to_string(),
        Kind::Integer(0) => "1".to_owned(),
        _ => format!("CASE WHEN {position} = 0 OR {position} < -length({text}) THEN 1 ELSE {position} END"),
    };
    Ok(match call.sql.get(2) {
        Some(length) => format!("substr({text}, {position}, {length})"),
        None => format!("substr({text}, {position})"),
    })
}

pub fn split(call: &Translated) -> Form {
    match call.arguments.get(1).map(|argument| &argument.kind) {
        None => Ok(format!("string_split({}, ',')", call.sql[0])),
        Some(_) => Ok(format!("string_split({}, {})", call.sql[0], call.sql[1])),
    }
}

/// NULL without a match; the one capture group where there is one.
pub fn extract_match(call: &Translated) -> Form {
    if call.sql.len() > 2 {
        return Err("REGEXP_EXTRACT with a position is not understood yet".to_owned());
    }
    let group = capture_groups(call.text(1, "the expression")?);
    if group > 1 {
        return Err("REGEXP_EXTRACT takes at most one capture group".to_owned());
    }
    let (text, pattern) = (&call.sql[0], &call.sql[1]);
    Ok(format!("CASE WHEN regexp_matches({text}, {pattern}) THEN regexp_extract({text}, {pattern}, {group}) END"))
}

fn capture_groups(pattern: &str) -> usize {
    let mut groups = 0;
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && characters.peek() != Some(&'?') => groups += 1,
            _ => {}
        }
    }
    groups
}

/// Scalars as text without quotes; NULL for objects and arrays.
pub fn json_value(call: &Translated) -> Form {
    let path = json_path(call)?;
    let value = &call.sql[0];
    Ok(format!(
        "CASE WHEN json_type({value}, {path}) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string({value}, {path}) END"
    ))
}

pub fn json_query(call: &Translated) -> Form {
    let path = json_path(call)?;
    let extracted = format!("json_extract({}, {path})", call.sql[0]);
    Ok(match call.ty(0) {
        Type::Json => extracted,
        _ => format!("CAST({extracted} AS VARCHAR)"),
    })
}

fn json_path(call: &Translated) -> Form {
    match call.arguments.get(1) {
        None => Ok("'$'".to_owned()),
        Some(_) => call.text(1, "the JSON path").map(literal),
    }
}

/// The n + 1 boundaries of n equal parts; n is a literal.
pub fn approximate_quantiles(call: &Translated) -> Form {
    match call.arguments.get(1).map(|argument| &argument.kind) {
        Some(Kind::Integer(parts @ 1..=1000)) => {
            let points: Vec<String> = (0..=*parts).map(|point| format!("{point}::DOUBLE / {parts}")).collect();
            Ok(format!("quantile_disc({}, [{}])", call.sql[0], points.join(", ")))
        }
        _ => Err("the number of quantiles must be a literal from 1 to 1000".to_owned()),
    }
}

pub fn round(call: &Translated) -> Form {
    let rounded = format!("round({})", call.sql.join(", "));
    Ok(match call.ty(0) {
        Type::Int64 => format!("CAST({rounded} AS DOUBLE)"),
        _ => rounded,
    })
}

pub fn date_array(call: &Translated) -> Form {
    let step = match call.arguments.get(2) {
        None => "INTERVAL 1 DAY".to_owned(),
        Some(_) => {
            let (_, part) = call.interval(2)?;
            format!("INTERVAL ({}) {}", call.sql[2], unit(part)?.to_ascii_uppercase())
        }
    };
    Ok(format!(
        "list_transform(generate_series(CAST({} AS TIMESTAMP), CAST({} AS TIMESTAMP), {step}), lambda moment: CAST(moment AS DATE))",
        call.sql[0], call.sql[1]
    ))
}

pub fn concatenate_arrays(call: &Translated) -> Form {
    let mut arrays = call.sql.iter();
    let first = arrays.next().cloned().unwrap_or_else(|| "[]".to_owned());
    Ok(arrays.fold(first, |joined, array| format!("list_concat({joined}, {array})")))
}
