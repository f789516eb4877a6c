//! JSON as it stands in a text, passed over without making anything of it. It never looks further than it was asked to,
//! so that what comes later may be broken.

use super::DEEPEST;

/// The text is no JSON here.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken;

type Scanned<T> = Result<T, Broken>;

pub struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether what is wrong within strings is looked at.
    strict: bool,
    /// How many arrays and objects are open.
    depth: usize,
    /// Whether the last array or object was opened and nothing of it read.
    fresh: bool,
}

impl<'t> Scanner<'t> {
    pub fn strict(text: &'t str) -> Self {
        Self { text, at: 0, strict: true, depth: 0, fresh: false }
    }

    /// Takes control characters in strings as they are.
    pub fn lenient(text: &'t str) -> Self {
        Self { strict: false, ..Self::strict(text) }
    }

    /// Where it stands, in bytes.
    pub fn place(&self) -> usize {
        self.at
    }

    pub fn back(&mut self, place: usize) {
        self.at = place;
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    /// The first byte of the next value.
    pub fn peek(&mut self) -> Scanned<u8> {
        self.space();
        self.byte().ok_or(Broken)
    }

    /// Goes into an array or object that it stands before.
    pub fn enter(&mut self) -> Scanned<()> {
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        if self.is_too_deep() { Err(Broken) } else { Ok(()) }
    }

    /// The next key of an object, in its quotes, with its colon behind it; none where the object ends.
    pub fn key(&mut self) -> Scanned<Option<&'t str>> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        if self.peek()? != b'"' {
            return Err(Broken);
        }
        let key = self.string()?;
        if self.peek()? != b':' {
            return Err(Broken);
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Whether an array has another element.
    pub fn item(&mut self) -> Scanned<bool> {
        self.next(b']')
    }

    /// Passes the comma before what is next, or the end.
    fn next(&mut self, end: u8) -> Scanned<bool> {
        let found = self.peek()?;
        let first = std::mem::replace(&mut self.fresh, false);
        if found == end {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !first {
            if found != b',' {
                return Err(Broken);
            }
            self.at += 1;
        }
        Ok(true)
    }

    /// A value that is neither array nor object, as it is written.
    pub fn scalar(&mut self) -> Scanned<&'t str> {
        match self.peek()? {
            b'"' => self.string(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(Broken),
        }
    }

    fn word(&mut self, word: &'static str) -> Scanned<&'t str> {
        let start = self.at;
        if !self.text[start..].starts_with(word) {
            return Err(Broken);
        }
        self.at += word.len();
        Ok(&self.text[start..self.at])
    }

    fn string(&mut self) -> Scanned<&'t str> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let mut at = start + 1;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(byte) if *byte < b' ' && self.strict => {
                    self.at = at;
                    return Err(Broken);
                }
                Some(_) => at += 1,
                None => {
                    self.at = bytes.len();
                    return Err(Broken);
                }
            }
        }
        self.at = at + 1;
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Scanned<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Broken) }
    }

    fn number(&mut self) -> Scanned<&'t str> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.byte() == Some(b'0');
        let first = self.at;
        self.digits()?;
        if zero && self.at > first + 1 {
            self.at = first + 1;
            return Err(Broken);
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    /// Passes a value, as it is written.
    pub fn value(&mut self) -> Scanned<&'t str> {
        self.space();
        let start = self.at;
        self.pass()?;
        Ok(&self.text[start..self.at])
    }

    /// Passes a value.
    pub fn pass(&mut self) -> Scanned<()> {
        match self.peek()? {
            b'{' => {
                self.enter()?;
                while self.key()?.is_some() {
                    self.pass()?;
                }
            }
            b'[' => {
                self.enter()?;
                while self.item()? {
                    self.pass()?;
                }
            }
            _ => {
                self.scalar()?;
            }
        }
        Ok(())
    }
}
