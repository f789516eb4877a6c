//! Documents with something changed in them: JSON_SET, JSON_REMOVE, JSON_STRIP_NULLS, JSON_ARRAY_APPEND, JSON_ARRAY_INSERT.
//! What does not fit at a path is left as it is; only a bad path is an error.

use super::encode::{Names, document, names};
use super::path::{Quotes, Step, path};
use super::{Native, json, unexpected};
use crate::value::Value;
use crate::value::json::Document;

pub const ROWS: &[Native] = &[
    Native {
        name: "json_array_append",
        strict: false,
        volatile: false,
        body: |arguments| add(arguments, append),
    },
    Native {
        name: "json_array_insert",
        strict: false,
        volatile: false,
        body: |arguments| add(arguments, insert),
    },
    Native { name: "json_remove", strict: false, volatile: false, body: remove },
    Native { name: "json_set", strict: false, volatile: false, body: set },
    Native { name: "json_strip_nulls", strict: false, volatile: false, body: strip_nulls },
];

/// Most elements that an array is filled up to.
const LONGEST: usize = 1_000_000;

/// The steps of a path where positions and keys are told apart.
fn steps(written: &str) -> Result<std::rc::Rc<[Step]>, String> {
    path(written, Quotes::Double)
}

/// What stands at the steps, if anything does.
fn place<'d>(document: &'d mut Document, steps: &[Step]) -> Option<&'d mut Document> {
    steps.iter().try_fold(document, |at, step| match at {
        Document::Object(members) if !step.is_position => members.get_mut(&step.name),
        Document::Array(items) if step.is_position => items.get_mut(step.index?),
        _ => None,
    })
}

fn too_long(length: usize) -> String {
    format!("a JSON array of {length} elements, more than {LONGEST}")
}

/// Fills an array with nulls up to a length.
fn fill(items: &mut Vec<Document>, length: usize) -> Result<(), String> {
    if length > LONGEST {
        return Err(too_long(length));
    }
    while items.len() < length {
        items.push(Document::Null);
    }
    Ok(())
}

/// A value of SQL with the names of what it holds, and what a flag of the call says of it.
struct Given<'v, 'a> {
    value: &'v Value<'a>,
    names: &'v Names,
    flag: bool,
}

/// `function(names, flag, json, path, value, …)`: the document after each value in turn. A path is looked at even where the
/// flag is NULL and nothing is changed.
fn changed<'a>(
    arguments: &[Value<'a>],
    change: impl Fn(&mut Document, &[Step], Given) -> Result<(), String>,
) -> Result<Value<'a>, String> {
    let [Value::String(written), flag, whole, pairs @ ..] = arguments else {
        return Err(unexpected(arguments));
    };
    let Value::Json(whole) = whole else { return Ok(Value::Null) };
    let names = names(written)?;
    let mut whole = Document::stored(whole)?;
    for (index, pair) in pairs.chunks(2).enumerate() {
        let [Value::String(written), value] = pair else { continue };
        let steps = steps(written)?;
        if let Value::Bool(flag) = *flag {
            change(&mut whole, &steps, Given { value, names: names.field(2 * index + 1).1, flag })?;
        }
    }
    Ok(json(&whole))
}

/// `json_set(names, create, json, path, value, …)`
fn set<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    changed(arguments, |whole, steps, Given { value, names, flag: create }| {
        set_one(whole, steps, document(value, names, false)?, create)
    })
}

fn set_one(whole: &mut Document, steps: &[Step], value: Document, create: bool) -> Result<(), String> {
    let mut at = whole;
    for step in steps {
        if *at == Document::Null && create {
            *at = match step.is_position {
                true => Document::Array(Vec::new()),
                false => Document::Object(Default::default()),
            };
        }
        at = match (at, step.index) {
            (Document::Object(members), _) if !step.is_position => {
                if !members.contains_key(&step.name) && !create {
                    return Ok(());
                }
                members.entry(step.name.clone()).or_insert(Document::Null)
            }
            (Document::Array(items), Some(index)) if step.is_position => {
                if index >= items.len() {
                    if !create {
                        return Ok(());
                    }
                    fill(items, index.saturating_add(1))?;
                }
                &mut items[index]
            }
            _ => return Ok(()),
        };
    }
    *at = value;
    Ok(())
}

type Add = fn(&mut Document, &[Step], Vec<Document>) -> Result<(), String>;

/// `json_array_append(names, each, json, path, value, …)`: with `each` the elements of an SQL array are added one by one.
fn add<'a>(arguments: &[Value<'a>], add: Add) -> Result<Value<'a>, String> {
    changed(arguments, |whole, steps, Given { value, names, flag: each }| {
        let values = match value {
            Value::Array(values) if each => values
                .iter()
                .map(|value| document(value, names.elements(), false))
                .collect::<Result<_, _>>()?,
            one => vec![document(one, names, false)?],
        };
        add(whole, steps, values)
    })
}

fn append(whole: &mut Document, steps: &[Step], values: Vec<Document>) -> Result<(), String> {
    match place(whole, steps) {
        Some(Document::Array(items)) => items.extend(values),
        Some(null @ Document::Null) => *null = Document::Array(values),
        _ => {}
    }
    Ok(())
}

fn insert(whole: &mut Document, steps: &[Step], values: Vec<Document>) -> Result<(), String> {
    let Some((Step { index: Some(index), is_position: true, .. }, before)) = steps.split_last() else {
        return Ok(());
    };
    let array = match place(whole, before) {
        Some(array @ (Document::Array(_) | Document::Null)) => array,
        _ => return Ok(()),
    };
    if *array == Document::Null {
        *array = Document::Array(Vec::new());
    }
    if let Document::Array(items) = array {
        fill(items, *index)?;
        items.splice(index..index, values);
    }
    Ok(())
}

fn remove<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [whole, paths @ ..] = arguments else { return Err(unexpected(arguments)) };
    let Value::Json(whole) = whole else { return Ok(Value::Null) };
    let mut whole = Document::stored(whole)?;
    for written in paths {
        let Value::String(written) = written else { continue };
        let steps = steps(written)?;
        let Some((last, before)) = steps.split_last() else {
            return Err("JSON_REMOVE cannot remove `$`, the whole document".to_owned());
        };
        match (place(&mut whole, before), last.index) {
            (Some(Document::Object(members)), _) if !last.is_position => {
                members.remove(&last.name);
            }
            (Some(Document::Array(items)), Some(index)) if last.is_position && index < items.len() => {
                items.remove(index);
            }
            _ => {}
        }
    }
    Ok(json(&whole))
}

/// `json_strip_nulls(json, path, include_arrays, remove_empty)`
fn strip_nulls<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [whole, path, arrays, empty] = arguments else { return Err(unexpected(arguments)) };
    let Value::Json(whole) = whole else { return Ok(Value::Null) };
    let mut whole = Document::stored(whole)?;
    if let Value::String(written) = path {
        let steps = steps(written)?;
        if let (Value::Bool(arrays), Value::Bool(empty)) = (arrays, empty)
            && let Some(part) = place(&mut whole, &steps)
        {
            let strip = Strip { arrays: *arrays, empty: *empty };
            strip.within(part);
            if strip.is_nothing(part) {
                *part = Document::Null;
            }
        }
    }
    Ok(json(&whole))
}

struct Strip {
    /// Whether elements of arrays go too.
    arrays: bool,
    /// Whether what is empty goes too.
    empty: bool,
}

impl Strip {
    fn within(&self, document: &mut Document) {
        match document {
            Document::Object(members) => {
                members.values_mut().for_each(|value| self.within(value));
                members.retain(|_, value| !self.is_nothing(value));
            }
            Document::Array(items) => {
                items.iter_mut().for_each(|item| self.within(item));
                if self.arrays {
                    items.retain(|item| !self.is_nothing(item));
                }
            }
            _ => {}
        }
    }

    fn is_nothing(&self, document: &Document) -> bool {
        match document {
            Document::Null => true,
            Document::Object(members) => self.empty && members.is_empty(),
            Document::Array(items) => self.empty && self.arrays && items.is_empty(),
            _ => false,
        }
    }
}
