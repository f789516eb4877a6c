//! Text → tokens. sqlparser cuts the text; here its tokens become slices of the text with their places, and the one
//! thing that it cuts in another way than GoogleSQL, a raw string that holds its own quote, is mended. This is the
//! only file that knows sqlparser. It must never look at the meaning of a token.

use std::any::TypeId;

use sqlparser::dialect::{BigQueryDialect, Dialect};
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Token as Cut, Tokenizer};

use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::Span;

/// BigQuery's dialect, as far as cutting asks for it, with pipes.
#[derive(Debug)]
struct GoogleSql;

impl Dialect for GoogleSql {
    fn dialect(&self) -> TypeId {
        BigQueryDialect.dialect()
    }

    fn is_delimited_identifier_start(&self, character: char) -> bool {
        BigQueryDialect.is_delimited_identifier_start(character)
    }

    fn is_identifier_start(&self, character: char) -> bool {
        BigQueryDialect.is_identifier_start(character)
    }

    fn is_identifier_part(&self, character: char) -> bool {
        BigQueryDialect.is_identifier_part(character)
    }

    fn supports_triple_quoted_string(&self) -> bool {
        true
    }

    fn supports_string_literal_backslash_escape(&self) -> bool {
        true
    }

    fn supports_pipe_operator(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or keyword without quotes, or `@name`. Keywords of any SQL dialect are told apart for canonical text.
    Word {
        keyword: bool,
    },
    /// A name in backticks.
    Quoted,
    Number,
    /// A string or bytes literal, with prefix and quotes.
    Text,
    Symbol,
    /// Spaces, line breaks and comments.
    Space,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: TokenKind,
    /// As written.
    pub text: &'a str,
    pub span: Span,
    /// Where it begins, in bytes.
    pub start: usize,
}

impl Token<'_> {
    /// Whether it is an unquoted word of this spelling, letter case aside.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word { .. }) && self.text.eq_ignore_ascii_case(word)
    }

    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Cuts a text into all its tokens, spaces and comments among them; joined they are the text.
///
/// # Errors
/// A literal, name or comment that does not end.
pub fn cut(text: &str) -> Result<Vec<Token<'_>>, Problem> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut place = Place { line: 1, column: 1, byte: 0 };
    // Goes around again only behind a raw string that holds its own quote.
    while place.byte < text.len() {
        let begin = place;
        let mut pieces = Vec::new();
        let outcome = Tokenizer::new(&GoogleSql, &text[begin.byte..])
            .with_unescape(false)
            .tokenize_with_location_into_buf(&mut pieces);
        let mut raw = None;
        for piece in pieces {
            let start = place;
            place.go_to(text, begin, piece.span.end);
            if let Some(end) = end_of_raw(&text[start.byte..]).filter(|end| start.byte + end != place.byte) {
                place = start;
                raw = Some(end);
                break;
            }
            tokens.push(token_of(text, kind(&piece.token), start, place));
        }
        if let Err(error) = outcome
            && raw.is_none()
        {
            raw = end_of_raw(&text[place.byte..]);
            if raw.is_none() {
                let at = if error.location.line == 0 { place } else { begin.at(text, error.location) };
                return Err(unfinished(at, &error.message));
            }
        }
        let Some(length) = raw else { break };
        let start = place;
        place.skip(&text[start.byte..start.byte + length]);
        tokens.push(token_of(text, TokenKind::Text, start, place));
    }
    Ok(tokens)
}

fn token_of(text: &str, kind: TokenKind, start: Place, end: Place) -> Token<'_> {
    let length = if start.line == end.line { end.column - start.column } else { 1 };
    Token {
        kind,
        text: &text[start.byte..end.byte],
        span: Span { line: start.line, column: start.column, length },
        start: start.byte,
    }
}

fn kind(token: &Cut) -> TokenKind {
    match token {
        Cut::Whitespace(_) => TokenKind::Space,
        Cut::Word(word) if word.quote_style.is_none() => {
            TokenKind::Word { keyword: word.keyword != Keyword::NoKeyword }
        }
        Cut::Word(_) => TokenKind::Quoted,
        Cut::Number(..) | Cut::HexStringLiteral(_) => TokenKind::Number,
        Cut::SingleQuotedString(_)
        | Cut::DoubleQuotedString(_)
        | Cut::TripleSingleQuotedString(_)
        | Cut::TripleDoubleQuotedString(_)
        | Cut::SingleQuotedByteStringLiteral(_)
        | Cut::DoubleQuotedByteStringLiteral(_)
        | Cut::TripleSingleQuotedByteStringLiteral(_)
        | Cut::TripleDoubleQuotedByteStringLiteral(_)
        | Cut::SingleQuotedRawStringLiteral(_)
        | Cut::DoubleQuotedRawStringLiteral(_)
        | Cut::TripleSingleQuotedRawStringLiteral(_)
        | Cut::TripleDoubleQuotedRawStringLiteral(_) => TokenKind::Text,
        _ => TokenKind::Symbol,
    }
}

fn unfinished(at: Place, message: &str) -> Problem {
    let span = Span { line: at.line, column: at.column, length: 1 };
    let message = message.split(" at Line: ").next().unwrap_or(message);
    Problem::new(Code::SqlSyntax, span, format!("SQL syntax: {message}"))
}

/// Where the raw string ends that a text begins with, if it is one in single or double quotes: a quote behind a
/// backslash is a part of it.
fn end_of_raw(text: &str) -> Option<usize> {
    let (prefix, rest) = text.split_at_checked(1)?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let is_triple = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    if !prefix.eq_ignore_ascii_case("r") || is_triple {
        return None;
    }
    let mut characters = text.char_indices().skip(2);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '\n' => return None,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A place in the text: line and column count from 1, in characters.
#[derive(Clone, Copy)]
struct Place {
    line: u32,
    column: u32,
    byte: usize,
}

impl Place {
    /// Goes forward to a location that is counted from `begin`.
    fn go_to(&mut self, text: &str, begin: Place, location: Location) {
        let line = begin.line + (location.line as u32).saturating_sub(1);
        let column = location.column as u32 + if location.line == 1 { begin.column - 1 } else { 0 };
        let rest = text.as_bytes();
        while (self.line, self.column) < (line, column) && self.byte < rest.len() {
            let byte = rest[self.byte];
            self.byte += 1;
            if byte == b'\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                // The later bytes of a character are skipped with its first one.
                while self.byte < rest.len() && rest[self.byte] & 0b1100_0000 == 0b1000_0000 {
                    self.byte += 1;
                }
                self.column += 1;
            }
        }
    }

    fn skip(&mut self, text: &str) {
        for character in text.chars() {
            self.byte += character.len_utf8();
            if character == '\n' { (self.line, self.column) = (self.line + 1, 1) } else { self.column += 1 }
        }
    }

    fn at(mut self, text: &str, location: Location) -> Place {
        let begin = self;
        self.go_to(text, begin, location);
        self
    }
}

/// The SQL without comments and spacing, keywords in upper case: what a definition hash may depend on.
/// Text that is no SQL is given back as it is.
pub fn canonical(text: &str) -> String {
    match cut(text) {
        Ok(tokens) => canonical_of(&tokens),
        Err(_) => text.to_owned(),
    }
}

pub fn canonical_of(tokens: &[Token]) -> String {
    let mut canonical = String::new();
    let mut after_dot = false;
    for token in tokens.iter().filter(|token| token.kind != TokenKind::Space) {
        if !canonical.is_empty() {
            canonical.push(' ');
        }
        let start = canonical.len();
        canonical.push_str(token.text);
        // Behind a dot stands a name, and the fields of JSON differ by case.
        if matches!(token.kind, TokenKind::Word { keyword: true }) && !after_dot {
            canonical[start..].make_ascii_uppercase();
        }
        after_dot = token.text == ".";
    }
    canonical
}
