//! The shape of a payload into the shape of a table: keys to column names, maps to lists of keys and
//! values, missing things to nulls and empty lists.
//!
//! It works for any declared columns and knows no kind of ping. It must never lose a value: what has
//! no column is handed back as left over, in its own nesting.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::forms::{self, MapForm};
use super::leftover;
use super::names::shown;
use super::reason::{Reason, Rejection};
use super::scalar;
use super::submission::kind;
use crate::schema::{Field, Type, snake_case};

/// An object in the shape of the declared fields, and what is left over.
#[derive(Clone, Debug, PartialEq)]
pub struct Reshaped {
    /// Exactly the declared fields, in their order.
    pub values: Map<String, Json>,
    /// Under the keys of the payload.
    pub additional: Map<String, Json>,
}

/// A value that does not fit its column.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("`{path}`: expected {expected}, found {found}")]
pub struct WrongType {
    /// Where in the submission, `body.events[3].timestamp`.
    pub path: String,
    pub expected: String,
    /// The kind of the value, never the value itself.
    pub found: &'static str,
}

impl From<WrongType> for Rejection {
    fn from(wrong: WrongType) -> Self {
        Rejection::new(Reason::WrongType, wrong.to_string())
    }
}

/// How strictly values have the types of their columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// As declared: for schemas that say of every value what it is.
    #[default]
    Exact,
    /// A text column takes any value as its JSON, and a boolean may stand for a whole number: for schemas
    /// that give one type to what has several, such as legacy histograms.
    Lenient,
}

/// Reshapes an object; `root` names it in errors.
///
/// # Errors
/// The first value that does not fit its column, in the order of the columns.
pub fn reshape(
    fields: &[Field],
    object: Map<String, Json>,
    root: &'static str,
    fit: Fit,
) -> Result<Reshaped, WrongType> {
    Walk { path: vec![Step::Root(root)], fit }.structure(fields, object)
}

/// A value in its new shape, and its leftovers; null where there are none.
type Pair = (Json, Json);

#[derive(Clone)]
enum Step {
    Root(&'static str),
    Key(String),
    Index(usize),
}

/// One descent through a payload. The path is kept for errors only.
struct Walk {
    path: Vec<Step>,
    fit: Fit,
}

impl Walk {
    fn structure(&mut self, fields: &[Field], object: Map<String, Json>) -> Result<Reshaped, WrongType> {
        let mut additional = Map::new();
        // In order of the keys, so that the outcome does not depend on the order in which a client wrote them.
        let mut by_name: BTreeMap<String, (String, Json)> = BTreeMap::new();
        for (key, value) in object.into_iter().collect::<BTreeMap<_, _>>() {
            match by_name.entry(snake_case(&key).into_owned()) {
                Entry::Vacant(place) => {
                    place.insert((key, value));
                }
                Entry::Occupied(_) => leftover::keep(&mut additional, key, value),
            }
        }
        let mut values = Map::new();
        for field in fields {
            let value = match by_name.remove(snake_case(&field.name).as_ref()) {
                Some((key, value)) => {
                    self.path.push(Step::Key(key));
                    let (value, left) = self.value(&field.ty, value)?;
                    if let Some(Step::Key(key)) = self.path.pop() {
                        leftover::keep(&mut additional, key, left);
                    }
                    value
                }
                None => missing(&field.ty),
            };
            if field.required && value.is_null() {
                self.path.push(Step::Key(field.name.clone()));
                return Err(self.wrong(&field.ty, &value));
            }
            values.insert(field.name.clone(), value);
        }
        for (key, value) in by_name.into_values() {
            leftover::keep(&mut additional, key, value);
        }
        Ok(Reshaped { values, additional })
    }

    fn value(&mut self, ty: &Type, value: Json) -> Result<Pair, WrongType> {
        match (ty, value) {
            (_, Json::Null) => Ok((missing(ty), Json::Null)),
            (Type::Struct(fields), Json::Object(object)) => {
                let Reshaped { values, additional } = self.structure(fields, object)?;
                Ok((Json::Object(values), leftover::object(additional)))
            }
            (Type::Struct(fields), Json::Array(items)) if forms::is_tuple(fields) => {
                self.tuple(fields, items)
            }
            (Type::Array(element), Json::Array(items)) => self.list(element, items),
            (Type::Array(element), Json::Object(object)) => match MapForm::of(element) {
                Some(map) => self.map(map, object),
                None => Err(self.wrong(ty, &Json::Object(object))),
            },
            (Type::Struct(_) | Type::Array(_), other) => Err(self.wrong(ty, &other)),
            (Type::String, value) if self.fit == Fit::Lenient && !value.is_string() => {
                Ok((Json::String(value.to_string()), Json::Null))
            }
            (Type::Int64, Json::Bool(value)) if self.fit == Fit::Lenient => {
                Ok((Json::from(i64::from(value)), Json::Null))
            }
            (scalar, value) => match scalar::convert(scalar, value) {
                Ok(value) => Ok((value, Json::Null)),
                Err(value) => Err(self.wrong(ty, &value)),
            },
        }
    }

    fn list(&mut self, element: &Type, items: Vec<Json>) -> Result<Pair, WrongType> {
        let mut values = Vec::with_capacity(items.len());
        let mut additional = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            // Lists of a table hold no nulls, and leaving one out would move the others.
            if item.is_null() {
                return Err(self.wrong(element, &item));
            }
            let (value, left) = match forms::inner_list(element) {
                Some(inner) if item.is_array() => {
                    let (list, left) = self.value(inner, item)?;
                    (Json::Object(Map::from_iter([("list".to_owned(), list)])), left)
                }
                _ => self.value(element, item)?,
            };
            self.path.pop();
            values.push(value);
            additional.push(left);
        }
        Ok((Json::Array(values), leftover::list(additional)))
    }

    /// A list whose places are fields; what goes beyond them is left over.
    fn tuple(&mut self, fields: &[Field], items: Vec<Json>) -> Result<Pair, WrongType> {
        let mut items = items.into_iter().enumerate();
        let mut values = Map::new();
        let mut additional = Vec::new();
        for field in fields {
            let (value, left) = match items.next() {
                Some((index, item)) => {
                    self.path.push(Step::Index(index));
                    let pair = self.value(&field.ty, item)?;
                    self.path.pop();
                    pair
                }
                None => (missing(&field.ty), Json::Null),
            };
            values.insert(field.name.clone(), value);
            additional.push(left);
        }
        additional.extend(items.map(|(_, item)| item));
        Ok((Json::Object(values), leftover::list(additional)))
    }

    /// A map as a list of keys and values, sorted by key.
    fn map(&mut self, form: MapForm, object: Map<String, Json>) -> Result<Pair, WrongType> {
        let mut entries = Vec::with_capacity(object.len());
        let mut additional = Map::new();
        for (key, value) in object.into_iter().collect::<BTreeMap<_, _>>() {
            let mut entry = Map::from_iter([("key".to_owned(), Json::String(key.clone()))]);
            let left = match form.value {
                None => value,
                Some(value_type) => {
                    self.path.push(Step::Key(key.clone()));
                    let (value, left) = self.map_value(value_type, value)?;
                    self.path.pop();
                    entry.insert("value".to_owned(), value);
                    left
                }
            };
            leftover::keep(&mut additional, key, left);
            entries.push(Json::Object(entry));
        }
        Ok((Json::Array(entries), leftover::object(additional)))
    }

    fn map_value(&mut self, ty: &Type, value: Json) -> Result<Pair, WrongType> {
        match (ty, self.fit) {
            (Type::String, Fit::Exact) => match scalar::convert_in_map(ty, value) {
                Ok(value) => Ok((value, Json::Null)),
                Err(value) => Err(self.wrong(ty, &value)),
            },
            _ => self.value(ty, value),
        }
    }

    fn wrong(&self, expected: &Type, found: &Json) -> WrongType {
        let expected = match expected {
            Type::Array(element) if MapForm::of(element).is_some() => "an object or a list".to_owned(),
            Type::Array(_) => "a list".to_owned(),
            Type::Struct(_) => "an object".to_owned(),
            scalar => scalar.to_string(),
        };
        WrongType { path: display(&self.path), expected, found: kind(found) }
    }
}

/// What stands for nothing: tables have no null lists.
fn missing(ty: &Type) -> Json {
    if matches!(ty, Type::Array(_)) { Json::Array(Vec::new()) } else { Json::Null }
}

fn display(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Root(root) => text.push_str(root),
            Step::Key(key)
                if !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || letter == '_') =>
            {
                text.push('.');
                text.push_str(&shown(key));
            }
            Step::Key(key) => {
                let _ = write!(text, "['{}']", shown(key).replace('\'', "\\'"));
            }
            Step::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{Fit, reshape};
    use crate::ingest::tests::columns;

    #[test]
    fn objects_take_the_shape_of_their_columns() {
        let schema = json!([
            {"name": "a_b", "type": "INT64"},
            {"name": "list", "type": "INT64", "mode": "REPEATED"},
            {"name": "map", "type": "RECORD", "mode": "REPEATED", "fields": [
                {"name": "key", "type": "STRING"}, {"name": "value", "type": "INT64"}]},
            {"name": "maps", "type": "RECORD", "mode": "REPEATED", "fields": [
                {"name": "key", "type": "STRING"},
                {"name": "value", "type": "RECORD", "mode": "REPEATED", "fields": [
                    {"name": "key", "type": "STRING"}, {"name": "value", "type": "STRING"}]}]},
            {"name": "inner", "type": "RECORD", "fields": [
                {"name": "x", "type": "BOOL"}, {"name": "y", "type": "FLOAT64", "mode": "REPEATED"}]},
        ]);
        let fields = columns(schema);
        let empty = json!({"a_b": null, "list": [], "map": [], "maps": [], "inner": null});
        // What is sent, what becomes of the columns that differ from nothing, what is left over.
        let cases = [
            (json!({}), json!({}), json!({})),
            (json!({"a-b": 1}), json!({"a_b": 1}), json!({})),
            (json!({"a_b": 2, "a.b": 1}), json!({"a_b": 1}), json!({"a_b": 2})),
            (
                json!({"map": {"y": 1, "x": null}}),
                json!({"map": [{"key": "x", "value": null}, {"key": "y", "value": 1}]}),
                json!({}),
            ),
            (
                json!({"map": [{"key": "x", "value": 1, "z": 2}]}),
                json!({"map": [{"key": "x", "value": 1}]}),
                json!({"map": [{"z": 2}]}),
            ),
            (
                json!({"maps": {"m": {"n": 1}}}),
                json!({"maps": [{"key": "m", "value": [{"key": "n", "value": "1"}]}]}),
                json!({}),
            ),
            (json!({"inner": {}}), json!({"inner": {"x": null, "y": []}}), json!({})),
            (
                json!({"inner": {"X": true, "z": {}}}),
                json!({"inner": {"x": true, "y": []}}),
                json!({"inner": {"z": {}}}),
            ),
            (json!({"list": null, "other": null}), json!({}), json!({})),
        ];
        for (sent, changed, left) in cases {
            let reshaped = reshape(&fields, sent.as_object().unwrap().clone(), "body", Fit::Exact).unwrap();
            let mut expected = empty.clone();
            expected.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
            assert_eq!(Json::Object(reshaped.values), expected, "{sent}");
            assert_eq!(Json::Object(reshaped.additional), left, "{sent}");
        }
        // Keys alone of a map, the places of a list, and a text for whatever there is.
        let schema = json!([
            {"name": "keys", "type": "RECORD", "mode": "REPEATED", "fields": [{"name": "key", "type": "STRING"}]},
            {"name": "places", "type": "RECORD", "fields": [
                {"name": "f0_", "type": "INT64"}, {"name": "f1_", "type": "STRING", "mode": "REPEATED"}]},
            {"name": "text", "type": "STRING"},
            {"name": "number", "type": "INT64"},
        ]);
        for (sent, becomes, left) in [
            (
                json!({"keys": {"b": 1, "a": null}}),
                json!({"keys": [{"key": "a"}, {"key": "b"}], "places": null, "text": null, "number": null}),
                json!({"keys": {"b": 1}}),
            ),
            (
                json!({"places": [1], "text": {"b": [1.5]}, "number": true}),
                json!({"keys": [], "places": {"f0_": 1, "f1_": []}, "text": "{\"b\":[1.5]}", "number": 1}),
                json!({}),
            ),
            (
                json!({"places": [1, ["x", 2], {"y": 3}], "text": false}),
                json!({"keys": [], "places": {"f0_": 1, "f1_": ["x", "2"]}, "text": "false", "number": null}),
                json!({"places": [null, null, {"y": 3}]}),
            ),
        ] {
            let sent = sent.as_object().unwrap().clone();
            let reshaped = reshape(&columns(schema.clone()), sent, "body", Fit::Lenient).unwrap();
            assert_eq!(Json::Object(reshaped.values), becomes);
            assert_eq!(Json::Object(reshaped.additional), left);
        }
        let wrong = [
            (json!({"a_b": "1"}), "`body.a_b`: expected INT64, found a text"),
            (json!({"list": [1, null]}), "`body.list[1]`: expected INT64, found null"),
            (json!({"list": {"a": 1}}), "`body.list`: expected a list, found an object"),
            (json!({"map": {"it's": 1.5}}), "`body.map['it\\'s']`: expected INT64, found a number"),
            (json!({"map": true}), "`body.map`: expected an object or a list, found a boolean"),
            (json!({"maps": {"m": {"n": []}}}), "`body.maps.m.n`: expected STRING, found a list"),
            (json!({"inner": [1]}), "`body.inner`: expected an object, found a list"),
        ];
        for (sent, message) in wrong {
            let found = reshape(&fields, sent.as_object().unwrap().clone(), "body", Fit::Exact).unwrap_err();
            assert_eq!(found.to_string(), message);
        }
    }

    #[test]
    fn what_a_column_requires_has_to_be_there() {
        let fields = columns(json!([
            {"name": "a", "type": "INT64", "mode": "REQUIRED"},
            {"name": "inner", "type": "RECORD", "fields": [{"name": "b", "type": "DATE", "mode": "REQUIRED"}]},
        ]));
        let sent = |body: Json| reshape(&fields, body.as_object().unwrap().clone(), "body", Fit::Lenient);
        assert!(sent(json!({"a": 1})).is_ok());
        assert!(sent(json!({"a": 1, "inner": {"b": "2026-11-22"}})).is_ok());
        let wrong = [
            (json!({}), "`body.a`: expected INT64, found null"),
            (json!({"a": null}), "`body.a`: expected INT64, found null"),
            (json!({"a": 1, "inner": {}}), "`body.inner.b`: expected DATE, found null"),
        ];
        for (body, message) in wrong {
            assert_eq!(sent(body).unwrap_err().to_string(), message);
        }
    }
}
