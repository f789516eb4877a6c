//! The walk over the tokens that makes the document: where it stands, how one token is printed, and what stands between two. What is
//! not understood is printed in its order with blanks between; no token may ever be passed over.

use super::document::Document;
use super::keywords;
use super::tokens::{Kind, Place, Token};

/// A list of documents that belong together.
pub type Documents<'a> = Vec<Document<'a>>;

/// How the letters of a word are printed.
#[derive(Clone, Copy, PartialEq)]
pub enum Letters {
    /// In upper case where it is a keyword for sure.
    Judged,
    Upper,
}

pub struct Layout<'a> {
    pub tokens: &'a [Token<'a>],
    pub at: usize,
    /// Whether names of types stand where a word follows a name: in lists of columns and parameters.
    pub types: bool,
    /// Whether WHEN starts what MERGE does.
    pub merges: bool,
    /// Statements within statements.
    pub depth: usize,
    /// Cases within cases.
    pub cases: usize,
}

impl<'a> Layout<'a> {
    pub fn new(tokens: &'a [Token<'a>]) -> Self {
        Self { tokens, at: 0, types: false, merges: false, depth: 0, cases: 0 }
    }

    /// The token `ahead` of where the walk stands; behind the end always the last one.
    pub fn peek(&self, ahead: usize) -> &'a Token<'a> {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)]
    }

    pub fn current(&self) -> &'a Token<'a> {
        self.peek(0)
    }

    pub fn previous(&self) -> Option<&'a Token<'a>> {
        self.at.checked_sub(1).map(|at| &self.tokens[at])
    }

    /// Whether the next words are these.
    pub fn words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.peek(ahead).is(word)) && !self.is_field()
    }

    /// Whether what comes is a part of a longer name.
    pub fn is_field(&self) -> bool {
        self.previous().is_some_and(|token| token.kind == Kind::Dot)
    }

    /// Whether a statement, or what a bracket holds, ends here.
    pub fn at_end(&self) -> bool {
        matches!(self.current().kind, Kind::End | Kind::Close | Kind::Semicolon)
    }

    /// Prints the token where the walk stands and goes on.
    pub fn token(&mut self, out: &mut Documents<'a>, letters: Letters) {
        let token = self.current();
        if token.kind == Kind::End {
            return;
        }
        for comment in &token.before {
            match comment.place {
                Place::Within => {
                    out.push(Document::Within(comment.text));
                    out.push(Document::Text(" "));
                }
                _ => out.push(Document::Own(comment)),
            }
        }
        if token.empty_before {
            out.push(Document::Empty);
        }
        let upper = token.kind == Kind::Word && (letters == Letters::Upper || self.is_keyword());
        out.push(if upper { Document::Upper(token.text) } else { Document::Text(token.text) });
        for comment in &token.after {
            match comment.place {
                Place::Own => out.push(Document::Own(comment)),
                Place::Trailing => out.push(Document::Suffix(comment.text)),
                Place::Within => {
                    out.push(Document::Text(" "));
                    out.push(Document::Within(comment.text));
                }
            }
        }
        self.at += 1;
    }

    /// Prints words that are keywords here, with blanks between them.
    pub fn keywords(&mut self, out: &mut Documents<'a>, count: usize) {
        for index in 0..count {
            if index > 0 {
                out.push(Document::Text(" "));
            }
            self.token(out, Letters::Upper);
        }
    }

    /// Whether the word where the walk stands is a keyword, and no name.
    fn is_keyword(&self) -> bool {
        let (word, next) = (self.current(), self.peek(1));
        if self.is_field() {
            return false;
        }
        if keywords::is_reserved(word.text) {
            return true;
        }
        let before = self.previous();
        if before.is_some_and(|before| {
            before.kind == Kind::Word && keywords::is_keyword_behind(before.text, word.text)
        }) {
            return true;
        }
        if self.is_contextual() {
            return true;
        }
        if !keywords::is_type(word.text) {
            return false;
        }
        // `DATE '2026-11-22'`, `ARRAY<STRING>`, `CAST(x AS STRING)`, `name STRING`.
        next.kind == Kind::Text && !before.is_some_and(|before| before.is("AS")) || self.is_type_name()
    }

    /// Whether the word is a keyword because of what stands on both sides of it.
    fn is_contextual(&self) -> bool {
        let (word, next) = (self.current(), self.peek(1));
        let Some(before) = self.previous() else { return false };
        let starts_item = matches!(before.kind, Kind::Open | Kind::Comma);
        let opens = next.kind == Kind::Open && next.text == "(";
        match word.text.to_ascii_uppercase().as_str() {
            "REPLACE" => opens && self.replaces_columns(before),
            "ENFORCED" => self.types && before.is("NOT"),
            "ZONE" => before.is("TIME") && self.at >= 2 && self.tokens[self.at - 2].is("AT"),
            "FORMAT" => next.kind == Kind::Text,
            "PERCENT" => before.kind == Kind::Number && next.kind == Kind::Close,
            "OPTIONS" => self.types && opens && !starts_item,
            "PRIMARY" | "FOREIGN" => self.types && next.is("KEY"),
            "REFERENCES" => self.types && !starts_item && next.kind != Kind::Comma,
            _ => false,
        }
    }

    /// Whether REPLACE behind a token belongs to a star: `*` or `* EXCEPT (…)`.
    pub fn replaces_columns(&self, before: &Token<'_>) -> bool {
        let except = |open: usize| open.checked_sub(1).is_some_and(|at| self.tokens[at].is("EXCEPT"));
        before.text == "*" || (before.kind == Kind::Close && except(before.partner))
    }

    fn is_type_name(&self) -> bool {
        let next = self.peek(1);
        let Some(before) = self.previous() else { return false };
        if before.is("RETURNS") && self.types {
            return next.kind != Kind::Dot;
        }
        let ends = match next.kind {
            Kind::Word => next.is_any(&[
                "NOT",
                "DEFAULT",
                "OPTIONS",
                "COLLATE",
                "FORMAT",
                "AS",
                "RETURNS",
                "PRIMARY",
                "GENERATED",
            ]),
            Kind::Dot | Kind::Text => false,
            Kind::Symbol => next.text != "=",
            _ => true,
        };
        let introduced = match before.kind {
            Kind::Open | Kind::Comma => self.is_within("<"),
            Kind::Word if before.is("AS") => self.is_cast(),
            Kind::Word | Kind::Name => {
                self.is_within("<")
                    || (self.types && (!keywords::is_reserved(before.text) || before.is_any(&["IN", "OUT"])))
            }
            _ => false,
        };
        ends && introduced
    }

    /// The bracket that the walk stands in, by its index.
    fn bracket_around(&self) -> Option<usize> {
        let mut at = self.at;
        // Brackets before it are passed over whole; items of types and casts are short.
        for _ in 0..64 {
            at = at.checked_sub(1)?;
            match self.tokens[at].kind {
                Kind::Close => at = self.tokens[at].partner,
                Kind::Open => return Some(at),
                _ => {}
            }
        }
        None
    }

    fn is_within(&self, bracket: &str) -> bool {
        self.bracket_around().is_some_and(|at| self.tokens[at].text == bracket)
    }

    fn is_cast(&self) -> bool {
        let called = self.bracket_around().and_then(|at| at.checked_sub(1)).map(|at| &self.tokens[at]);
        called.is_some_and(|token| token.is_any(&["CAST", "SAFE_CAST"]))
    }

    /// For what only its bracket or statement ends.
    pub fn no_stop(&self) -> bool {
        false
    }
}

/// Whether a blank at a dot has to stay, since what stands beside it would become one with the dot.
pub fn parts_at_dot(last: &Token<'_>, token: &Token<'_>) -> bool {
    let number = token.kind == Kind::Number || last.kind == Kind::Number;
    let hyphens = last.kind == Kind::Name && last.text.contains('-');
    !token.glued && (number || hyphens)
}
