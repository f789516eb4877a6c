//! JSON as BigQuery exports it: whole numbers stand as texts, so that readers of JSON do not round them,
//! and times end in ` UTC`. Both are taken for what they are where the column says so.

use serde_json::{Map, Value as Json};

use crate::schema::{Field, Type};

/// Turns such texts of an object into what its declared fields take. Everything else stays as it is.
pub(super) fn plain(fields: &[Field], object: &mut Map<String, Json>) {
    for field in fields {
        if let Some(value) = object.get_mut(&field.name) {
            plain_value(&field.ty, value);
        }
    }
}

fn plain_value(ty: &Type, value: &mut Json) {
    match (ty, &mut *value) {
        (Type::Int64, Json::String(text)) => {
            // Only what an export writes: no sign but a minus, no zero in front.
            let number = text.parse::<i64>().ok().filter(|number| number.to_string() == *text);
            if let Some(number) = number {
                *value = number.into();
            }
        }
        (Type::Timestamp, Json::String(text)) => {
            if let Some(time) = text.strip_suffix(" UTC") {
                *value = format!("{time}Z").into();
            }
        }
        (Type::Struct(fields), Json::Object(object)) => plain(fields, object),
        (Type::Array(element), Json::Array(items)) => {
            items.iter_mut().for_each(|item| plain_value(element, item));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::plain;
    use crate::schema::{Field, Type};

    #[test]
    fn whole_numbers_and_times_are_taken_out_of_their_texts() {
        let fields = [
            Field::new("number", Type::Int64),
            Field::new("name", Type::String),
            Field::new("at", Type::Timestamp),
            Field::new("list", Type::key_value(Type::Int64)),
        ];
        let mut object = json!({
            "number": "9007199254740993", "name": "12", "at": "2026-11-21 08:00:00.5 UTC",
            "list": [{"key": "a", "value": "-1"}, {"key": "b", "value": "+1"}, {"key": "c", "value": "01"}],
        });
        plain(&fields, object.as_object_mut().unwrap());
        let expected = json!({
            "number": 9_007_199_254_740_993_i64, "name": "12", "at": "2026-11-21 08:00:00.5Z",
            "list": [{"key": "a", "value": -1}, {"key": "b", "value": "+1"}, {"key": "c", "value": "01"}],
        });
        assert_eq!(object, expected);
    }
}
