//! A text → a document, strictly. Whatever the text is, the stack that this takes is bounded.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Broken, Document, Number, Scanner, Wide};

pub fn parse(text: &str, wide: Wide) -> Result<Document, String> {
    let mut reader = Reader { scanner: Scanner::strict(text), wide };
    let outcome = reader.value().and_then(|document| {
        reader.scanner.space();
        if reader.scanner.is_at_end() { Ok(document) } else { Err(Problem::Broken) }
    });
    outcome.map_err(|problem| match problem {
        Problem::Number(message) => message,
        Problem::Broken => {
            let at = reader.scanner.place();
            match text.get(at..).and_then(|rest| rest.chars().next()) {
                _ if reader.scanner.is_too_deep() => format!("more than {} levels of JSON", super::DEEPEST),
                Some(found) => format!(
                    "no JSON: `{}` at character {}",
                    found.escape_debug(),
                    text[..at].chars().count() + 1
                ),
                None => "no JSON: it ends too early".to_owned(),
            }
        }
    })
}

enum Problem {
    Broken,
    Number(String),
}

impl From<Broken> for Problem {
    fn from(_: Broken) -> Self {
        Problem::Broken
    }
}

struct Reader<'t> {
    scanner: Scanner<'t>,
    wide: Wide,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Document, Problem> {
        let scanner = &mut self.scanner;
        match scanner.peek()? {
            b'{' => {
                let mut members = BTreeMap::new();
                scanner.enter()?;
                while let Some(key) = self.scanner.key()? {
                    let key = unescaped(key).ok_or(Problem::Broken)?.into_owned();
                    let value = self.value()?;
                    members.entry(key).or_insert(value);
                }
                Ok(Document::Object(members))
            }
            b'[' => {
                let mut items = Vec::new();
                scanner.enter()?;
                while self.scanner.item()? {
                    items.push(self.value()?);
                }
                Ok(Document::Array(items))
            }
            _ => {
                let start = scanner.place();
                let written = scanner.scalar()?;
                Ok(match written.as_bytes().first() {
                    Some(b'"') => match unescaped(written) {
                        Some(text) => Document::String(text.into_owned()),
                        None => {
                            scanner.back(start);
                            return Err(Problem::Broken);
                        }
                    },
                    Some(b'n') => Document::Null,
                    Some(b't') => Document::Bool(true),
                    Some(b'f') => Document::Bool(false),
                    _ => Document::Number(Number::parse(written, self.wide).map_err(Problem::Number)?),
                })
            }
        }
    }
}

/// What a string between its quotes means; none where an escape is wrong.
pub fn unescaped(quoted: &str) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = rest.as_bytes().get(at + 1)?;
        rest = rest.get(at + 2..)?;
        text.push(match escape {
            b'"' | b'\\' | b'/' => char::from(*escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = unit(&mut rest)?;
                if (0xd800..0xdc00).contains(&first) {
                    rest = rest.strip_prefix("\\u")?;
                    let second = unit(&mut rest)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x10000 + ((first - 0xd800) << 10) + second)?
                } else {
                    char::from_u32(first)?
                }
            }
            _ => return None,
        });
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

/// The four digits behind `\u`.
fn unit(rest: &mut &str) -> Option<u32> {
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    *rest = &rest[4..];
    u32::from_str_radix(digits, 16).ok()
}
