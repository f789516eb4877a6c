//! A line of a log or an export as a row of its source's declared columns, or the reason why not.
//! A pure function of the line and the destination.

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::destination::{Destination, Filling};
use super::envelope::ADDITIONAL_PROPERTIES;
use super::names::shown;
use super::reason::{Reason, Rejection};
use super::reshape::{Fit, Reshaped, reshape};
use super::sorter::Arrived;
use super::submission;
use super::{IGNORED_LIMIT, export, judged, leftover};
use crate::schema::{TABLE_SUFFIX, Type, day_of_suffix, suffix_of};

/// The longest line, in bytes. Log services refuse entries that are a tenth as long.
pub(super) const RECORD_LIMIT: usize = 4 << 20;

/// Makes a row of a line; `shard` is the day that its file's name says.
pub(super) fn record(line: &[u8], to: &Destination, shard: Option<Date>) -> Result<Arrived, Rejection> {
    let mut object = submission::entries(line, RECORD_LIMIT)?;
    if !matches!(to.filling, Filling::Log { .. }) {
        export::plain(&to.own, &mut object);
    }
    let is_empty = object.is_empty();
    let object = judged(to.validator.as_deref(), object)?;
    // A JSON Schema says more of values than its columns do.
    let fit = if to.validator.is_some() { Fit::Lenient } else { Fit::Exact };
    let Reshaped { values: mut own, additional } = reshape(&to.own, object, "line", fit)?;
    let holds = |value: &Json| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    if is_empty || !own.values().any(holds) {
        return Err(Rejection::new(Reason::NoColumn, "nothing of the line has a column"));
    }
    let mut values = Map::new();
    for column in &to.columns {
        let value = match (&to.additional, shard) {
            (Some(ty), _) if column.name == ADDITIONAL_PROPERTIES => match ty {
                Type::Json if !additional.is_empty() => Json::Object(additional.clone()),
                _ => leftover::to_text(&additional),
            },
            (_, Some(day)) if Some(&column.name) == to.day.as_ref() => match column.name == TABLE_SUFFIX {
                true => suffix_of(day).into(),
                false => day.to_string().into(),
            },
            _ => own.remove(&column.name).unwrap_or(Json::Null),
        };
        values.insert(column.name.clone(), value);
    }
    let day = match &to.day {
        Some(column) => day_of(column, values.get(column))?,
        None => String::new(),
    };
    let ignored = match to.additional {
        Some(_) => Vec::new(),
        None => leaves(&additional),
    };
    Ok(Arrived { table: 0, day, values, dated_by_header: false, ignored })
}

/// The day of a row, from the text that its column takes.
fn day_of(column: &str, value: Option<&Json>) -> Result<String, Rejection> {
    let text = value.and_then(Json::as_str);
    let Some(text) = text else {
        return Err(Rejection::new(Reason::NoDay, format!("`line.{column}` says no day")));
    };
    let day = match column == TABLE_SUFFIX {
        true => day_of_suffix(text),
        false => text.get(..10).and_then(|text| text.parse::<Date>().ok()),
    };
    match day {
        Some(day) if day.year() >= 1970 => Ok(day.to_string()),
        None if column == TABLE_SUFFIX => {
            Err(Rejection::new(Reason::NoDay, format!("`line.{column}` is no day such as `20261121`")))
        }
        _ => Err(Rejection::new(Reason::NoDay, format!("`line.{column}` is before 1970"))),
    }
}

/// The paths of what is left over, sorted.
fn leaves(additional: &Map<String, Json>) -> Vec<String> {
    let mut paths = Vec::new();
    for (key, value) in additional {
        collect(&shown(key), value, &mut paths);
    }
    paths.sort();
    paths.dedup();
    if paths.len() > IGNORED_LIMIT {
        let more = paths.len() - IGNORED_LIMIT;
        paths.truncate(IGNORED_LIMIT);
        paths.push(format!("… and {more} more"));
    }
    paths
}

fn collect(path: &str, value: &Json, paths: &mut Vec<String>) {
    match value {
        Json::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                collect(&format!("{path}.{}", shown(key)), value, paths);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for item in items.iter().filter(|item| item.is_object()) {
                collect(path, item, paths);
            }
        }
        _ => paths.push(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::record;
    use crate::ingest::destination::{Destination, Filling};
    use crate::schema::{Field, Type};

    fn log(additional: Option<Type>) -> Destination {
        let status = Type::structure(vec![Field::new("code", Type::Int64)]);
        let own = vec![Field::new("at", Type::Timestamp), Field::new("status", status)];
        let mut columns = own.clone();
        columns.extend(additional.clone().map(|ty| Field::new("additional_properties", ty)));
        Destination {
            table: "sync.requests".to_owned(),
            columns,
            day: Some("at".to_owned()),
            filling: Filling::Log { id: None },
            own,
            validator: None,
            additional,
        }
    }

    #[test]
    fn a_line_is_of_the_day_of_its_time_in_utc() {
        let line = br#"{"at": "2026-11-21T23:30:00-02:00", "status": {"code": 200, "text": "OK"}, "pid": 7}"#;
        let row = record(line, &log(None), None).unwrap();
        assert_eq!(row.day, "2026-11-22");
        assert_eq!(json!(row.values), json!({"at": "2026-11-22 01:30:00.000000", "status": {"code": 200}}));
        assert_eq!(row.ignored, ["pid", "status.text"]);
    }

    #[test]
    fn what_has_no_column_is_kept_where_there_is_one_for_it() {
        let line = br#"{"at": "2026-11-21T00:00:00Z", "pid": 7}"#;
        let text = record(line, &log(Some(Type::String)), None).unwrap();
        assert_eq!(text.values["additional_properties"], json!("{\"pid\":7}"));
        let value = record(line, &log(Some(Type::Json)), None).unwrap();
        assert_eq!(value.values["additional_properties"], json!({"pid": 7}));
        assert!(text.ignored.is_empty() && value.ignored.is_empty());
    }

    #[test]
    fn what_does_not_fit_says_where() {
        for (line, reason, detail) in [
            ("{", "not_json", "not JSON at byte 1"),
            ("{}", "no_column", "nothing of the line has a column"),
            (r#"{"pid": 7}"#, "no_column", "nothing of the line has a column"),
            (r#"{"status": {"code": 200}}"#, "no_day", "`line.at` says no day"),
            (r#"{"at": "1969-12-31T23:59:59Z"}"#, "no_day", "`line.at` is before 1970"),
            (
                r#"{"at": "2026-11-21T00:00:00Z", "status": {"code": "200"}}"#,
                "wrong_type",
                "`line.status.code`: expected INT64, found a text",
            ),
        ] {
            let rejection = record(line.as_bytes(), &log(None), None).map(|_| ()).unwrap_err();
            assert_eq!((rejection.reason.code(), rejection.detail.as_str()), (reason, detail), "{line}");
        }
    }

    #[test]
    fn the_day_of_a_shard_is_the_one_in_its_name() {
        let columns = vec![Field::new("shard_date", Type::Date), Field::new("hits", Type::Int64)];
        let shard = Destination {
            day: Some("shard_date".to_owned()),
            own: columns[1..].to_vec(),
            columns,
            filling: Filling::Shard,
            ..log(None)
        };
        let row = record(br#"{"hits": "3", "shard_date": "2020-01-01"}"#, &shard, Some(date(2026, 11, 21)))
            .unwrap();
        assert_eq!(json!(row.values), json!({"shard_date": "2026-11-21", "hits": 3}));
        assert_eq!(row.ignored, ["shard_date"]);
    }
}
