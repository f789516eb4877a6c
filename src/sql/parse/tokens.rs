//! Text → tokens, in one walk over the text: what GoogleSQL calls its lexical structure. It must never look at the
//! meaning of a token. Of sqlparser only the list of keywords of all dialects is asked, which canonical text spells
//! in capitals.

use std::sync::LazyLock;

use sqlparser::keywords::ALL_KEYWORDS;

use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::Span;
use crate::sql::words::Words;

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

    /// Whether a dot right behind it goes on with a path.
    fn is_path_part(&self) -> bool {
        matches!(self.kind, TokenKind::Word { .. } | TokenKind::Quoted) || matches!(self.text, ")" | "]")
    }
}

/// What is wrong with a token that does not end, and what to do.
type Open = (&'static str, &'static str);

const OPEN_COMMENT: Open = ("a comment that is opened here is not closed", "write `*/` where it ends");
const OPEN_NAME: Open = ("a name in backticks is not closed on its line", "write a backtick where it ends");
const OPEN_LITERAL: Open = (
    "a literal is not closed on its line",
    "a quote within it is written `\\'`; several lines stand in triple quotes",
);
const OPEN_TRIPLE: Open =
    ("a literal in triple quotes is not closed", "write the three quotes where it ends");

/// Symbols of two characters.
const LONG_SYMBOLS: &[&str] =
    &["!=", "<>", "<=", ">=", "<<", ">>", "||", "|>", "=>", "->", "==", "+=", "-=", "&&", "::"];

/// Cuts a text into all its tokens, spaces and comments among them; joined they are the text.
///
/// # Errors
/// A literal, name or comment that does not end.
pub fn cut(text: &str) -> Result<Vec<Token<'_>>, Problem> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let (mut start, mut line, mut column) = (0, 1, 1);
    while start < text.len() {
        let rest = &text[start..];
        let place = Span { line, column, length: 1 };
        let (kind, length) = token(rest, tokens.last()).map_err(|what| unfinished(place, what))?;
        let written = &rest[..length];
        // Most tokens are words and single characters, and stand on one line.
        let is_plain = matches!(kind, TokenKind::Word { .. }) || (length == 1 && written != "\n");
        let width = if is_plain { length } else { written.chars().count() } as u32;
        let breaks = match is_plain {
            true => 0,
            false => written.bytes().filter(|byte| *byte == b'\n').count() as u32,
        };
        let span = Span { length: if breaks == 0 { width } else { 1 }, ..place };
        tokens.push(Token { kind, text: written, span, start });
        start += length;
        line += breaks;
        column = match (breaks > 0).then(|| written.rfind('\n')).flatten() {
            Some(at) => written[at + 1..].chars().count() as u32 + 1,
            None => column + width,
        };
    }
    Ok(tokens)
}

/// The kind and length of the token that a text begins with.
fn token(rest: &str, before: Option<&Token>) -> Result<(TokenKind, usize), Open> {
    let bytes = rest.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let first = byte(0);
    // Most tokens are words: nothing else that begins with a letter but a literal with a prefix.
    if first.is_ascii_alphabetic() || first == b'_' {
        return match literal_start(bytes) {
            Some(quotes) => Ok((TokenKind::Text, end_of_literal(bytes, quotes)?)),
            None => {
                let length = parts(bytes, 0);
                Ok((word(&rest[..length]), length))
            }
        };
    }
    if rest.starts_with(char::is_whitespace) {
        let length = rest.find(|character: char| !character.is_whitespace()).unwrap_or(rest.len());
        return Ok((TokenKind::Space, length));
    }
    if first == b'#' || rest.starts_with("--") {
        return Ok((TokenKind::Space, rest.find('\n').unwrap_or(rest.len())));
    }
    if let Some(comment) = rest.strip_prefix("/*") {
        return Ok((TokenKind::Space, comment.find("*/").ok_or(OPEN_COMMENT)? + 4));
    }
    if let Some(quotes) = literal_start(bytes) {
        return Ok((TokenKind::Text, end_of_literal(bytes, quotes)?));
    }
    if first == b'`' {
        return Ok((TokenKind::Quoted, end_of_quoted(bytes, 1, b"`").ok_or(OPEN_NAME)?));
    }
    // Behind a dot of a path stands a name, and one that begins with digits has no other place.
    if before.is_some_and(|token| token.text == ".") && is_part(first) {
        return Ok((word(&rest[..parts(bytes, 0)]), parts(bytes, 0)));
    }
    let path_goes_on = first == b'.' && before.is_some_and(Token::is_path_part);
    if first.is_ascii_digit() || (first == b'.' && byte(1).is_ascii_digit() && !path_goes_on) {
        return Ok((TokenKind::Number, number(bytes)));
    }
    let signs = bytes.iter().take(2).take_while(|byte| **byte == b'@').count();
    if is_part(byte(signs)) && !byte(signs).is_ascii_digit() {
        let length = parts(bytes, signs);
        return Ok((word(&rest[..length]), length));
    }
    let is_long =
        byte(1).is_ascii_punctuation() && LONG_SYMBOLS.iter().any(|symbol| rest.starts_with(symbol));
    Ok((TokenKind::Symbol, if is_long { 2 } else { rest.chars().next().map_or(1, char::len_utf8) }))
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where the letters, digits and underscores end that go on from a place.
fn parts(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| !is_part(*byte)).map_or(bytes.len(), |length| from + length)
}

static KEYWORDS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::new(ALL_KEYWORDS.iter().map(|word| (*word, ()))));

fn word(text: &str) -> TokenKind {
    TokenKind::Word { keyword: KEYWORDS.has(text) }
}

/// The length of a number: `1`, `1.5`, `.5`, `1.`, `1e-3`, `0x1F`.
fn number(bytes: &[u8]) -> usize {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    if let [b'0', b'x' | b'X', next, ..] = bytes
        && next.is_ascii_hexdigit()
    {
        return 2 + bytes[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    }
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        end = if exponent > end + 1 + sign { exponent } else { end };
    }
    end
}

/// Where the quotes of a literal begin, behind `r`, `b`, `rb` or `br` or none.
fn literal_start(bytes: &[u8]) -> Option<usize> {
    let prefix = bytes.iter().take(2).take_while(|byte| matches!(byte, b'r' | b'R' | b'b' | b'B')).count();
    matches!(bytes.get(prefix), Some(b'\'' | b'"')).then_some(prefix)
}

/// The length of a literal whose quotes begin so far on. Behind a backslash a quote is a part of it, in a raw one too.
fn end_of_literal(bytes: &[u8], quotes: usize) -> Result<usize, Open> {
    let rest = &bytes[quotes..];
    if rest.starts_with(b"'''") || rest.starts_with(b"\"\"\"") {
        return end_of_quoted(bytes, quotes + 3, &rest[..3]).ok_or(OPEN_TRIPLE);
    }
    end_of_quoted(bytes, quotes + 1, &rest[..1]).ok_or(OPEN_LITERAL)
}

/// Behind which byte a quoted text ends; only triple quotes go over the end of a line.
fn end_of_quoted(bytes: &[u8], from: usize, quote: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            b'\n' if quote.len() == 1 => return None,
            _ if bytes[at..].starts_with(quote) => return Some(at + quote.len()),
            _ => at += 1,
        }
    }
}

fn unfinished(span: Span, (what, hint): Open) -> Problem {
    Problem::new(Code::SqlSyntax, span, format!("SQL syntax: {what}")).hint(hint)
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
    let written = tokens.iter().map(|token| token.text.len() + 1);
    let mut canonical = String::with_capacity(written.sum());
    let mut after_dot = false;
    for token in tokens.iter().filter(|token| token.kind != TokenKind::Space) {
        // Ends of types stand together, however they were written: `>>` is one token and two ends.
        let ends_types = canonical.ends_with('>') && token.text.bytes().all(|byte| byte == b'>');
        if !canonical.is_empty() && !ends_types {
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
