//! The lexer's tokens that mean something, each with the comments around it. Every byte that is no blank is
//! in a token or in a comment, and stays as the author wrote it.

use super::brackets;
use super::template::{Hidden, Part};
use super::{Refused, span_of};
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::parse::tokens::{self as lexer, TokenKind};
use crate::sql::parse::{CLAUSES, SET_OPERATIONS};

/// What a tag of a template does to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tag {
    /// `if`, `for`
    Opens,
    /// `else`, `elif`
    Goes,
    /// `endif`, `endfor`
    Closes,
    Alone,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// On lines of its own.
    Own,
    /// With more behind it on the same line.
    Within,
    /// At the end of a line.
    Trailing,
}

/// A comment, or a tag of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment<'a> {
    pub text: &'a str,
    pub place: Place,
    pub tag: Option<Tag>,
    pub empty_before: bool,
    pub start: usize,
    /// Characters before it on its line.
    pub column: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Word,
    /// A name that is no keyword whatever its letters are: in backticks, with hyphens, a parameter.
    Name,
    Number,
    Text,
    Open,
    Close,
    Comma,
    Semicolon,
    Dot,
    Symbol,
    /// Behind the last one.
    End,
}

#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    pub kind: Kind,
    pub start: usize,
    /// The bracket that closes this one, or that this one closes.
    pub partner: usize,
    /// Nothing stands between it and the one before.
    pub glued: bool,
    pub starts_line: bool,
    pub empty_before: bool,
    pub before: Vec<Comment<'a>>,
    pub after: Vec<Comment<'a>>,
}

impl Token<'_> {
    /// Whether it is a word without quotes, letter case aside.
    pub fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub fn is_any(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Cuts a text whose template parts are hidden; what is taken over is the author's own text.
///
/// # Errors
/// A token that does not end, a sign that stands in no SQL, a bracket without a partner.
pub fn tokens<'a>(text: &'a str, hidden: &Hidden) -> Result<Vec<Token<'a>>, Refused> {
    let cut = lexer::cut(&hidden.text).map_err(|problem| Refused::Syntax(hidden.in_text(text, problem)))?;
    let mut reader = Reader::new(text, &hidden.parts);
    for token in cut {
        let range = token.start..token.end();
        match token.kind {
            TokenKind::Space if token.text.starts_with(char::is_whitespace) => {
                reader.newlines += text[range].matches('\n').count();
            }
            TokenKind::Space => reader.comment(range),
            TokenKind::Symbol if is_foreign(token.text) => {
                let message = format!("SQL syntax: `{}` stands in no SQL outside of quotes", token.text);
                let span = span_of(text, token.start, 1);
                return Err(Refused::Syntax(Problem::new(Code::SqlSyntax, span, message)));
            }
            _ => reader.token(kind(&token), &text[range], token.start),
        }
    }
    let mut tokens = reader.finish();
    brackets::join_names(text, &mut tokens);
    place_tags(text, &tokens)?;
    brackets::pair(text, &mut tokens)?;
    Ok(tokens)
}

/// Whether a sign is none of GoogleSQL's: blanks beside it would be a guess.
fn is_foreign(symbol: &str) -> bool {
    symbol.contains(|sign: char| !sign.is_ascii_punctuation() || matches!(sign, '\\' | '$'))
}

fn kind(token: &lexer::Token<'_>) -> Kind {
    match (token.kind, token.text) {
        (TokenKind::Word { .. }, text) if !text.starts_with('@') => Kind::Word,
        (TokenKind::Word { .. } | TokenKind::Quoted, _) | (_, "?") => Kind::Name,
        (TokenKind::Number, _) => Kind::Number,
        (TokenKind::Text, _) => Kind::Text,
        (_, "(" | "[" | "{") => Kind::Open,
        (_, ")" | "]" | "}") => Kind::Close,
        (_, ",") => Kind::Comma,
        (_, ";") => Kind::Semicolon,
        (_, ".") => Kind::Dot,
        _ => Kind::Symbol,
    }
}

/// Puts comments where they belong while tokens come along.
struct Reader<'a, 'p> {
    text: &'a str,
    parts: &'p [Part],
    tokens: Vec<Token<'a>>,
    comments: Vec<Comment<'a>>,
    newlines: usize,
    /// Where the last token or comment ended.
    end: usize,
}

impl<'a, 'p> Reader<'a, 'p> {
    fn new(text: &'a str, parts: &'p [Part]) -> Self {
        Self {
            text,
            parts,
            tokens: Vec::with_capacity(text.len() / 4),
            comments: Vec::new(),
            newlines: 1,
            end: 0,
        }
    }

    fn comment(&mut self, range: std::ops::Range<usize>) {
        self.settle_last();
        let text = self.text[range.clone()].trim_end();
        let place = if self.newlines > 0 { Place::Own } else { Place::Trailing };
        let part = self.parts.binary_search_by_key(&range.start, |part| part.range.start);
        let tag = part.ok().and_then(|part| self.parts[part].tag);
        let empty_before = self.newlines > 1;
        let line = self.text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let column = self.text[line..range.start].chars().count();
        self.comments.push(Comment { text, place, tag, empty_before, start: range.start, column });
        self.newlines = 0;
        self.end = range.start + text.len();
    }

    /// What stands behind the last comment is known now.
    fn settle_last(&mut self) {
        if self.newlines == 0
            && let Some(last) = self.comments.last_mut()
        {
            last.place = Place::Within;
        }
    }

    fn token(&mut self, kind: Kind, text: &'a str, start: usize) {
        if kind != Kind::End {
            self.settle_last();
        }
        let mut before = std::mem::take(&mut self.comments);
        if let Some(last) = self.tokens.last_mut() {
            let hugs = matches!(kind, Kind::Comma | Kind::Close | Kind::Semicolon | Kind::Dot | Kind::End);
            let stays = before
                .iter()
                .take_while(|one| one.place == Place::Trailing || (one.place == Place::Within && hugs))
                .count();
            last.after.extend(before.drain(..stays));
        }
        for comment in before.iter_mut().filter(|one| one.place == Place::Trailing) {
            comment.place = Place::Own;
        }
        let starts_line = self.newlines > 0;
        let token = Token {
            text,
            kind,
            start,
            partner: usize::MAX,
            glued: self.end == start,
            starts_line,
            empty_before: self.newlines > 1,
            before,
            after: Vec::new(),
        };
        self.end = token.end();
        self.newlines = 0;
        let behind = self.left_behind(&token);
        let mut token = token;
        if let Some(last) = self.tokens.last_mut() {
            last.after.extend(token.before.drain(..behind));
        }
        self.tokens.push(token);
    }

    /// How many of the comments before a token belong to what stands before them.
    fn left_behind(&self, token: &Token<'_>) -> usize {
        if token.before.iter().any(|comment| comment.place != Place::Own) {
            return 0;
        }
        let closing = token
            .before
            .iter()
            .rposition(|one| matches!(one.tag, Some(Tag::Goes | Tag::Closes)))
            .map_or(0, |last| last + 1);
        if token.kind == Kind::Close {
            return token.before.len();
        }
        // A comment that is indented more than the clause behind it belongs to the one above.
        let begins_clause = [CLAUSES, SET_OPERATIONS, JOINS].iter().any(|words| token.is_any(words));
        if !token.starts_line || !(begins_clause || token.text == "|>") {
            return closing;
        }
        let line = self.text[..token.start].rfind('\n').map_or(0, |end| end + 1);
        let own = self.text[line..token.start].chars().count();
        let deeper = |one: &&Comment<'_>| one.tag.is_none() && one.column > own;
        closing.max(token.before.iter().take_while(deeper).count())
    }

    fn finish(mut self) -> Vec<Token<'a>> {
        self.token(Kind::End, "", self.text.len());
        self.tokens
    }
}

/// The words that begin a join.
const JOINS: &[&str] = &["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS"];

/// Sees that the tags of a template stand on lines of their own, and that brackets close in the branch
/// that opens them.
fn place_tags(text: &str, tokens: &[Token<'_>]) -> Result<(), Refused> {
    let mut depth = 0_usize;
    let mut floors: Vec<usize> = Vec::new();
    for token in tokens {
        for comment in &token.before {
            enter(text, comment, depth, &mut floors)?;
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => {
                depth = depth.saturating_sub(1);
                if floors.last().is_some_and(|floor| depth < *floor) {
                    return Err(alone(text, token.start, CUT));
                }
            }
            _ => {}
        }
        for comment in &token.after {
            enter(text, comment, depth, &mut floors)?;
        }
    }
    Ok(())
}

const CUT: &str = "a bracket opens in one branch and closes in another";

/// Follows a tag; `floors` are the depths at which the branches around it started.
fn enter(text: &str, comment: &Comment<'_>, depth: usize, floors: &mut Vec<usize>) -> Result<(), Refused> {
    let Some(tag) = comment.tag else { return Ok(()) };
    if comment.place != Place::Own && !comment.text.starts_with("{#") {
        return Err(alone(text, comment.start, "a tag of the template stands within a line"));
    }
    let floor = match tag {
        Tag::Alone => return Ok(()),
        Tag::Opens => {
            floors.push(depth);
            return Ok(());
        }
        Tag::Goes => floors.last().copied(),
        Tag::Closes => floors.pop(),
    };
    if floor == Some(depth) { Ok(()) } else { Err(alone(text, comment.start, CUT)) }
}

fn alone(text: &str, start: usize, reason: &str) -> Refused {
    Refused::LeftAlone { span: span_of(text, start, 2), reason: reason.to_owned() }
}
