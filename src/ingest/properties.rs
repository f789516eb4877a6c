//! What holds for any input: no panic, and rows of exactly the declared columns.

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::destination::{Destination, Filling};
use super::record::record;
use super::tests::routes;
use super::{Defaults, Outcome, accept};
use crate::schema::{Field, Type};

/// Any JSON, with keys that the schema knows among others.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof![
            prop::sample::select(vec![
                "metrics",
                "counter",
                "browser.tab_count",
                "browser-tab_count",
                "events",
                "extra",
                "key",
                "value",
                "client_info",
                "client_id",
                "ping_info",
                "experiments",
                "seq",
                "values",
                "sum",
                "x_forwarded_for",
            ])
            .prop_map(str::to_owned),
            ".{0,6}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(key, inner, 0..4).prop_map(|map| Json::Object(Map::from_iter(map))),
        ]
    })
}

fn valid(part: &str, value: &Json) -> Json {
    let mut line = json!({
        "path": "/submit/tide-browser/baseline/1/5b0ba60c-c150-4cbb-82b5-1354d14a1d76",
        "headers": {"Date": "Sun, 22 Nov 2026 11:27:29 GMT"},
        "geo": {"country": "DE"},
        "body": {
            "client_info": {"client_id": "20acb764-56ed-4ce2-accb-55da13ca4075", "os": "Linux", "os_version": "6.1"},
            "events": [{"category": "tab", "name": "open", "timestamp": 0, "extra": {"source": "menu"}}],
            "metrics": {"counter": {"browser.tab_count": 8}, "labeled_counter": {"browser.searches": {"a": 1}}},
            "ping_info": {"seq": 1, "experiments": {"x": {"branch": "on"}}},
        },
    });
    if let Some(place) = line.pointer_mut(part) {
        *place = value.clone();
    }
    line
}

fn any_place() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "/none",
        "/path",
        "/headers",
        "/headers/Date",
        "/geo",
        "/geo/country",
        "/body",
        "/body/client_info",
        "/body/client_info/client_id",
        "/body/client_info/os_version",
        "/body/events",
        "/body/events/0",
        "/body/events/0/extra",
        "/body/metrics",
        "/body/metrics/counter",
        "/body/metrics/labeled_counter/browser.searches",
        "/body/ping_info/experiments",
        "/body/ping_info/experiments/x",
    ])
}

/// Whether a value has exactly the fields of its type, all the way down.
fn fits(ty: &Type, value: &Json) -> bool {
    match (ty, value) {
        (Type::Array(element), Json::Array(items)) => items.iter().all(|item| fits(element, item)),
        (Type::Array(_), _) => false,
        (_, Json::Null) => true,
        (Type::Struct(fields), Json::Object(values)) => has_exactly(fields, values),
        (Type::Int64, value) => value.is_i64(),
        (Type::Float64, value) => value.is_f64(),
        (Type::Bool, value) => value.is_boolean(),
        (Type::String | Type::Timestamp, value) => value.is_string(),
        (Type::Json, _) => true,
        _ => false,
    }
}

fn has_exactly(fields: &[Field], values: &Map<String, Json>) -> bool {
    fields.iter().map(|field| &field.name).eq(values.keys())
        && fields.iter().all(|field| fits(&field.ty, &values[&field.name]))
}

fn check(line: &[u8]) -> Result<(), TestCaseError> {
    let routes = routes();
    match accept(line, &routes, &Defaults::default()) {
        Outcome::Accepted(row) => {
            prop_assert!(has_exactly(&routes.as_slice()[row.route].columns, &row.values), "{:?}", row.values);
            let leftovers =
                row.values.get("additional_properties").and_then(Json::as_str).unwrap_or_default();
            prop_assert!(!leftovers.contains("x_forwarded_for"));
        }
        Outcome::Rejected(rejection) => prop_assert!(rejection.detail.len() < 20_000),
    }
    Ok(())
}

/// The table of the pings as one that lines of any other source go into.
fn destination() -> Destination {
    let columns = routes().as_slice()[0].columns.clone();
    let own = columns.iter().filter(|column| column.name != "additional_properties").cloned().collect();
    Destination {
        table: "any.table".to_owned(),
        own,
        columns,
        day: None,
        filling: Filling::Append,
        additional: Some(Type::String),
        validator: None,
    }
}

fn check_record(line: &[u8]) -> Result<(), TestCaseError> {
    let destination = destination();
    if let Ok(row) = record(line, &destination, None) {
        prop_assert!(has_exactly(&destination.columns, &row.values), "{:?}", row.values);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_line_of_another_source_is_answered(
        line in any_json(),
        damage in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut line = line.to_string().into_bytes();
        check_record(&line)?;
        let place = damage.index(line.len());
        line[place] = byte;
        check_record(&line)?;
    }

    #[test]
    fn any_bytes_are_answered(line in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&line)?;
    }

    #[test]
    fn any_value_at_any_place_is_answered(place in any_place(), value in any_json()) {
        check(valid(place, &value).to_string().as_bytes())?;
    }

    #[test]
    fn damaged_bytes_are_answered(
        place in any_place(),
        value in any_json(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut line = valid(place, &value).to_string().into_bytes();
        for (index, byte) in damage {
            let index = index.index(line.len());
            line[index] = byte;
        }
        check(&line)?;
        line.truncate(cut.index(line.len() + 1));
        check(&line)?;
    }
}
