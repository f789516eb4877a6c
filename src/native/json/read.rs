//! Parts of documents by path: JSON_QUERY, JSON_VALUE and their kin. A text is passed over up to what is wanted, so it
//! costs what stands before it. JSON functions, "Differences between the JSON and JSON-formatted STRING types".

use std::borrow::Cow;
use std::ops::Range;

use super::path::{Quotes, Step, path};
use super::{Native, json, strict, unexpected};
use crate::value::Value;
use crate::value::json::{Broken, Document, Number, Scanner, Wide, Writer, unescaped};

pub const ROWS: &[Native] = &[
    strict("json_query", |arguments| Whole::of(arguments, Quotes::Double)?.query()),
    strict("json_query_array", |arguments| Whole::of(arguments, Quotes::Double)?.query_array()),
    strict("json_value", |arguments| Whole::of(arguments, Quotes::Double)?.value()),
    strict("json_value_array", |arguments| Whole::of(arguments, Quotes::Double)?.value_array()),
    strict("json_extract", |arguments| Whole::of(arguments, Quotes::Single)?.query()),
    strict("json_extract_array", |arguments| Whole::of(arguments, Quotes::Single)?.query_array()),
    strict("json_extract_scalar", |arguments| Whole::of(arguments, Quotes::Single)?.value()),
    strict("json_extract_string_array", |arguments| Whole::of(arguments, Quotes::Single)?.value_array()),
    strict("json_member", member),
    strict("json_element", element),
];

/// A document, and what stands at the path in it.
struct Whole<'v, 'a> {
    text: &'v Cow<'a, str>,
    /// Whether it is of type JSON.
    is_json: bool,
    scanner: Scanner<'v>,
    is_found: Result<bool, Broken>,
}

impl<'v, 'a> Whole<'v, 'a> {
    fn of(arguments: &'v [Value<'a>], quotes: Quotes) -> Result<Self, String> {
        let (text, is_json, written) = match arguments {
            [Value::String(text)] => (text, false, "$"),
            [Value::Json(text)] => (text, true, "$"),
            [Value::String(text), Value::String(path)] => (text, false, path.as_ref()),
            [Value::Json(text), Value::String(path)] => (text, true, path.as_ref()),
            _ => return Err(unexpected(arguments)),
        };
        let steps = path(written, quotes)?;
        let mut scanner = Scanner::lenient(text);
        let is_found = find(&mut scanner, &steps, is_json);
        Ok(Self { text, is_json, scanner, is_found })
    }

    /// What comes of something that was found, or did not turn out to be JSON.
    fn outcome(&self, value: Result<Value<'a>, Broken>) -> Result<Value<'a>, String> {
        match value {
            Err(Broken) if self.is_json => Err("a bad JSON value".to_owned()),
            Err(Broken) => Ok(Value::Null),
            Ok(value) => Ok(value),
        }
    }

    fn query(mut self) -> Result<Value<'a>, String> {
        let part = self.wanted(Self::part);
        self.outcome(part)
    }

    fn value(mut self) -> Result<Value<'a>, String> {
        let value = self.wanted(|whole| Ok(whole.scalar()?.unwrap_or(Value::Null)));
        self.outcome(value)
    }

    fn query_array(mut self) -> Result<Value<'a>, String> {
        let array = self.wanted(|whole| {
            whole.array(|whole| {
                let part = whole.part()?;
                let is_text_null = !whole.is_json && part.is_null();
                Ok(Some(if is_text_null { Value::string("null") } else { part }))
            })
        });
        self.outcome(array)
    }

    fn value_array(mut self) -> Result<Value<'a>, String> {
        let array = self.wanted(|whole| whole.array(Self::scalar));
        self.outcome(array)
    }

    fn wanted(&mut self, make: impl Fn(&mut Self) -> Result<Value<'a>, Broken>) -> Result<Value<'a>, Broken> {
        match std::mem::replace(&mut self.is_found, Ok(false))? {
            true => make(self),
            false => Ok(Value::Null),
        }
    }

    /// The elements, or NULL where there is no array or nothing comes of one of them.
    fn array(
        &mut self,
        each: impl Fn(&mut Self) -> Result<Option<Value<'a>>, Broken>,
    ) -> Result<Value<'a>, Broken> {
        if self.scanner.peek()? != b'[' {
            return Ok(Value::Null);
        }
        self.scanner.enter()?;
        let mut values = Vec::new();
        while self.scanner.item()? {
            match each(self)? {
                Some(value) => values.push(value),
                None => return Ok(Value::Null),
            }
        }
        Ok(Value::Array(values))
    }

    /// The value that it stands before, as JSON. In a STRING null is NULL.
    fn part(&mut self) -> Result<Value<'a>, Broken> {
        self.scanner.space();
        let start = self.scanner.place();
        let written = self.scanner.value()?;
        if self.is_json {
            let document = Document::parse(written, Wide::Round).map_err(|_| Broken)?;
            return Ok(json(&document));
        }
        if written == "null" {
            return Ok(Value::Null);
        }
        if written.bytes().all(|byte| byte > b' ' && byte != b'\\') {
            return Ok(Value::String(cut(self.text, start..self.scanner.place())));
        }
        let mut writer = Writer::compact();
        rewrite(&mut Scanner::lenient(written), &mut writer)?;
        Ok(Value::string(writer.finish()))
    }

    /// The value that it stands before, as a text: null is NULL, and nothing comes of an array or object.
    fn scalar(&mut self) -> Result<Option<Value<'a>>, Broken> {
        if let b'[' | b'{' = self.scanner.peek()? {
            return Ok(None);
        }
        let start = self.scanner.place();
        let written = self.scanner.scalar()?;
        let end = self.scanner.place();
        Ok(Some(match written.as_bytes().first() {
            Some(b'n') => Value::Null,
            Some(b'"') if written.contains('\\') => {
                Value::string(unescaped(written).ok_or(Broken)?.into_owned())
            }
            Some(b'"') => Value::String(cut(self.text, start + 1..end - 1)),
            Some(b'-' | b'0'..=b'9') if self.is_json => {
                Value::string(Number::parse(written, Wide::Round).map_err(|_| Broken)?.to_string())
            }
            _ => Value::String(cut(self.text, start..end)),
        }))
    }
}

fn cut<'a>(text: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

/// Goes to what the steps lead to; passes the whole value where they lead nowhere. In a JSON value the first of equal
/// keys counts, in a STRING the first one behind which the path goes on.
fn find(scanner: &mut Scanner, steps: &[Step], is_json: bool) -> Result<bool, Broken> {
    let Some((step, rest)) = steps.split_first() else { return Ok(true) };
    match scanner.peek()? {
        b'{' => {
            scanner.enter()?;
            let mut is_seen = false;
            while let Some(key) = scanner.key()? {
                if !(is_seen && is_json) && is_key(key, &step.name) {
                    is_seen = true;
                    if find(scanner, rest, is_json)? {
                        return Ok(true);
                    }
                } else {
                    scanner.pass()?;
                }
            }
        }
        b'[' => {
            scanner.enter()?;
            let mut at = 0;
            while scanner.item()? {
                if step.index == Some(at) {
                    if find(scanner, rest, is_json)? {
                        return Ok(true);
                    }
                } else {
                    scanner.pass()?;
                }
                at += 1;
            }
        }
        _ => {
            scanner.scalar()?;
        }
    }
    Ok(false)
}

/// Whether a key in its quotes is of a name.
fn is_key(quoted: &str, name: &str) -> bool {
    let inner = &quoted[1..quoted.len() - 1];
    inner == name || inner.contains('\\') && unescaped(quoted).is_some_and(|key| key == name)
}

/// Writes a value anew: without spaces, strings escaped in one way, numbers, keys and their order as they are.
fn rewrite(scanner: &mut Scanner, writer: &mut Writer) -> Result<(), Broken> {
    match scanner.peek()? {
        b'{' => {
            scanner.enter()?;
            writer.open('{');
            while let Some(key) = scanner.key()? {
                writer.key(&unescaped(key).ok_or(Broken)?);
                rewrite(scanner, writer)?;
            }
            writer.close('}');
        }
        b'[' => {
            scanner.enter()?;
            writer.open('[');
            while scanner.item()? {
                writer.item();
                rewrite(scanner, writer)?;
            }
            writer.close(']');
        }
        b'"' => writer.string(&unescaped(scanner.scalar()?).ok_or(Broken)?),
        _ => writer.plain(scanner.scalar()?),
    }
    Ok(())
}

/// `json.name` and `json['name']`: NULL where it is no object or has no such key. Operators, "JSON subscript operator".
fn member<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Json(document), Value::String(name)] = arguments else { return Err(unexpected(arguments)) };
    subscript(document, Step { name: name.to_string(), index: None, is_position: false })
}

/// `json[0]`: NULL where it is no array or ends before.
fn element<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let [Value::Json(document), Value::Int64(index)] = arguments else { return Err(unexpected(arguments)) };
    let Ok(index) = usize::try_from(*index) else { return Ok(Value::Null) };
    if !document.trim_start().starts_with('[') {
        return Ok(Value::Null);
    }
    subscript(document, Step { name: String::new(), index: Some(index), is_position: true })
}

fn subscript<'a>(document: &Cow<'a, str>, step: Step) -> Result<Value<'a>, String> {
    let mut scanner = Scanner::lenient(document);
    let is_found = find(&mut scanner, &[step], true);
    let mut whole = Whole { text: document, is_json: true, scanner, is_found };
    let part = whole.wanted(Whole::part);
    whole.outcome(part)
}
