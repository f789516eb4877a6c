//! JSON as text, written as it is made.
//!
//! A simulation writes hundreds of thousands of small objects; a tree of values for each would cost
//! several times the rest of the work. Nothing is escaped: all texts are the simulation's own facts and
//! numbers. It must never be given a text from outside that is not checked first.

use std::fmt::{self, Write};

/// The text of a list of objects.
pub(super) fn list<T>(items: &[T], fill: impl Fn(&mut Object, &T)) -> String {
    let mut texts = Object { text: String::new(), is_empty: true };
    texts.brackets(items, fill);
    texts.text
}

/// An object in the making; keys stay in the order given.
#[derive(Debug)]
pub(super) struct Object {
    text: String,
    is_empty: bool,
}

impl Object {
    /// The text of an object that `fill` writes.
    pub(super) fn write(capacity: usize, fill: impl FnOnce(&mut Object)) -> String {
        let mut object = Object { text: String::with_capacity(capacity), is_empty: true };
        object.braces(fill);
        object.text
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        let comma = self.comma();
        self.put(format_args!("{comma}\"{key}\":\"{value}\""));
    }

    pub(super) fn number(&mut self, key: &str, value: impl Into<i64>) {
        let comma = self.comma();
        self.put(format_args!("{comma}\"{key}\":{}", value.into()));
    }

    pub(super) fn boolean(&mut self, key: &str, value: bool) {
        self.raw(key, if value { "true" } else { "false" });
    }

    /// A value that is JSON text already.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        let comma = self.comma();
        self.put(format_args!("{comma}\"{key}\":{value}"));
    }

    pub(super) fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object)) {
        let comma = self.comma();
        self.put(format_args!("{comma}\"{key}\":"));
        self.braces(fill);
    }

    /// Names and counts; no key at all where nothing was counted, as the SDK does.
    pub(super) fn counts<'a>(&mut self, key: &str, counts: impl Iterator<Item = (&'a str, u32)>) {
        let mut counts = counts.filter(|(_, count)| *count > 0).peekable();
        if counts.peek().is_some() {
            self.object(key, |object| counts.for_each(|(name, count)| object.number(name, count)));
        }
    }

    /// A list of objects.
    pub(super) fn list<T>(&mut self, key: &str, items: &[T], fill: impl Fn(&mut Object, &T)) {
        let comma = self.comma();
        self.put(format_args!("{comma}\"{key}\":"));
        self.brackets(items, fill);
    }

    fn brackets<T>(&mut self, items: &[T], fill: impl Fn(&mut Object, &T)) {
        self.text.push('[');
        self.is_empty = true;
        for item in items {
            let comma = self.comma();
            self.text.push_str(comma);
            self.braces(|object| fill(object, item));
        }
        self.text.push(']');
        self.is_empty = false;
    }

    fn braces(&mut self, fill: impl FnOnce(&mut Object)) {
        self.text.push('{');
        self.is_empty = true;
        fill(self);
        self.text.push('}');
        self.is_empty = false;
    }

    /// What stands before the next member.
    fn comma(&mut self) -> &'static str {
        if std::mem::take(&mut self.is_empty) { "" } else { "," }
    }

    fn put(&mut self, text: fmt::Arguments<'_>) {
        // A string takes whatever is written to it: there is no error to hand on.
        let _ = self.text.write_fmt(text);
    }
}

#[cfg(test)]
mod tests {
    use super::{Object, list};
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_can_be_read_back() {
        let text = Object::write(0, |object| {
            object.text("plain", "São Paulo");
            object.object("inner", |inner| {
                inner.number("negative", -3);
                inner.object("empty", |_| ());
                inner.counts("none", [("zero", 0)].into_iter());
                inner.counts("some", [("zero", 0), ("two", 2)].into_iter());
            });
            object.list("list", &[1, 2], |item, number| item.number("n", *number));
            object.raw("raw", "[true]");
            object.boolean("no", false);
            object.raw("listed", &list(&["a"], |item, text| item.text("t", text)));
        });
        let expected = json!({
            "plain": "São Paulo",
            "inner": {"negative": -3, "empty": {}, "some": {"two": 2}},
            "list": [{"n": 1}, {"n": 2}],
            "raw": [true],
            "no": false,
            "listed": [{"t": "a"}],
        });
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    }
}
