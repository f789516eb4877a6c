//! The parser's place among the tokens: looking ahead, taking, complaining, and counting how deep it is. It knows no
//! grammar.

use super::reserved::is_reserved;
use super::tokens::{Token, TokenKind};
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::{Expression, InSet, Kind, Name, Span};

/// What parsing a part gives: the part, or the first thing that is wrong.
pub type Parsed<T> = Result<T, Problem>;

/// Deepest nesting of brackets and queries; each level takes the parser a few kilobytes of stack.
pub const DEEPEST_NESTING: u32 = 250;
/// Deepest tree, chains of operators counted: later passes recurse into it.
const DEEPEST_TREE: u32 = 1_500;

pub struct Parser<'a> {
    /// Without spaces and comments.
    tokens: Vec<Token<'a>>,
    at: usize,
    /// Whether the first half of a `>>` was taken as the end of a type.
    half: bool,
    /// For every opening bracket the token that closes it.
    closing: Vec<u32>,
    level: u32,
    /// The deepest expression or query of the query at hand.
    pub(super) deepest: u32,
    /// The functions with a dotted name that are called.
    pub(super) calls: Vec<(String, Span)>,
    /// What GoogleSQL has and BigQuery has not.
    pub(super) beyond: Vec<Problem>,
    /// How many `?` there were.
    pub(super) positional: usize,
}

impl<'a> Parser<'a> {
    pub fn new(tokens: Vec<Token<'a>>) -> Self {
        let closing = matching(&tokens);
        let (calls, beyond) = (Vec::new(), Vec::new());
        Self { tokens, at: 0, half: false, closing, level: 0, deepest: 0, calls, beyond, positional: 0 }
    }

    pub(super) fn peek(&self) -> Option<Token<'a>> {
        self.ahead(0)
    }

    /// The token so many places on.
    pub(super) fn ahead(&self, places: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + places).copied()
    }

    /// The token taken so many places ago; 1 is the last one.
    pub(super) fn before(&self, places: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at.checked_sub(places)?).copied()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn advance(&mut self) -> Option<Token<'a>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    pub(super) fn skip_one(&mut self) {
        self.at += 1;
    }

    /// How many places on the bracket closes that stands so many places on; none where it stays open.
    pub(super) fn closes(&self, places: usize) -> Option<usize> {
        let closing = *self.closing.get(self.at + places)? as usize;
        closing.checked_sub(self.at)
    }

    /// The place of the next token, or of the last one at the end of the text.
    pub(super) fn here(&self) -> Span {
        match self.peek().or_else(|| self.tokens.last().copied()) {
            Some(token) => token.span,
            None => Span { line: 1, column: 1, length: 1 },
        }
    }

    /// The place of the token taken last.
    pub(super) fn last(&self) -> Span {
        self.tokens.get(self.at.saturating_sub(1)).map_or(self.here(), |token| token.span)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is_word(word))
    }

    /// Whether these words come next.
    pub(super) fn are_words(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(places, word)| self.is_word_ahead(places, word))
    }

    pub(super) fn is_word_ahead(&self, places: usize, word: &str) -> bool {
        self.ahead(places).is_some_and(|token| token.is_word(word))
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        !self.half && self.is_symbol_ahead(0, symbol)
    }

    pub(super) fn is_symbol_ahead(&self, places: usize, symbol: &str) -> bool {
        self.ahead(places).is_some_and(|token| token.kind == TokenKind::Symbol && token.text == symbol)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    /// Takes these words if all of them come next.
    pub(super) fn eat_words(&mut self, words: &[&str]) -> bool {
        let found = self.are_words(words);
        self.at += if found { words.len() } else { 0 };
        found
    }

    /// Takes whichever of the words comes next.
    pub(super) fn eat_any_word(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat_word(word))
    }

    pub(super) fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    /// Takes the `>` that ends a type; of a `>>` its half.
    pub(super) fn eat_type_end(&mut self) -> bool {
        if self.is_symbol_ahead(0, ">>") {
            self.at += usize::from(self.half);
            self.half = !self.half;
            return true;
        }
        self.eat_symbol(">")
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.eat_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    pub(super) fn expect_words(&mut self, words: &[&str]) -> Parsed<()> {
        words.iter().try_for_each(|word| self.expect_word(word))
    }

    pub(super) fn expect_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.unexpected(&format!("`{symbol}`"))) }
    }

    pub(super) fn expect_type_end(&mut self) -> Parsed<()> {
        if self.eat_type_end() { Ok(()) } else { Err(self.unexpected("`>`")) }
    }

    /// Whether the next token may be a name: in backticks, or a word that is not reserved.
    pub(super) fn is_name(&self) -> bool {
        self.is_name_ahead(0)
    }

    pub(super) fn is_name_ahead(&self, places: usize) -> bool {
        self.ahead(places).is_some_and(|token| match token.kind {
            TokenKind::Quoted => true,
            TokenKind::Word { .. } => !token.text.starts_with('@') && !is_reserved(token.text),
            _ => false,
        })
    }

    /// Takes a name.
    pub(super) fn name(&mut self, what: &str) -> Parsed<Name> {
        if self.is_name() { self.any_name(what) } else { Err(self.unexpected(what)) }
    }

    /// Takes a name that may be any word, as behind a dot.
    pub(super) fn any_name(&mut self, what: &str) -> Parsed<Name> {
        match self.peek() {
            Some(token) if matches!(token.kind, TokenKind::Word { .. } | TokenKind::Quoted) => {
                self.at += 1;
                name_of(&token)
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// One or more parts parted by commas.
    pub(super) fn list<T>(&mut self, mut part: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut parts = vec![part(self)?];
        while self.eat_symbol(",") {
            parts.push(part(self)?);
        }
        Ok(parts)
    }

    /// A list in round brackets, which may be empty.
    pub(super) fn bracketed<T>(&mut self, part: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect_symbol("(")?;
        if self.eat_symbol(")") {
            return Ok(Vec::new());
        }
        let parts = self.list(part)?;
        self.expect_symbol(")")?;
        Ok(parts)
    }

    /// Takes note of what GoogleSQL has and BigQuery has not.
    pub(super) fn beyond_bigquery(&mut self, span: Span, what: &str, hint: &str) {
        let message = format!("GoogleSQL has {what}, BigQuery has not");
        self.beyond.push(Problem::new(Code::NotInBigQuery, span, message).hint(hint));
    }

    pub(super) fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        Problem::new(Code::SqlSyntax, span, format!("SQL syntax: {}", message.into()))
    }

    /// A complaint about the next token, with advice where there is some.
    pub(super) fn unexpected(&self, expected: &str) -> Problem {
        let problem = match self.peek() {
            Some(token) => {
                let found: String = token.text.chars().take(40).collect();
                self.problem(token.span, format!("expected {expected}, found `{found}`"))
            }
            None => self.problem(self.here(), format!("expected {expected}, but the text ends here")),
        };
        Problem { hint: self.advice(expected), ..problem }
    }

    /// Runs a part one level further down.
    pub(super) fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.level >= DEEPEST_NESTING {
            return Err(self.too_deep(self.here(), DEEPEST_NESTING));
        }
        self.level += 1;
        let outcome = part(self);
        self.level -= 1;
        outcome
    }

    fn too_deep(&self, span: Span, limit: u32) -> Problem {
        self.problem(span, format!("this nests more than {limit} levels deep")).hint("split it into parts")
    }

    /// An expression of parts that were parsed.
    pub(super) fn node(&mut self, kind: Kind, span: Span) -> Parsed<Expression> {
        let mut expression = Expression::new(kind, span);
        let mut below = match &expression.kind {
            Kind::Scalar(query) | Kind::ArrayQuery(query) | Kind::Exists { query, .. } => query.depth as u32,
            Kind::In { set: InSet::Query(query), .. } | Kind::LikeSet { set: InSet::Query(query), .. } => {
                query.depth as u32
            }
            _ => 0,
        };
        expression.children(&mut |child| below = below.max(child.depth));
        expression.depth = below + 1;
        self.deepest = self.deepest.max(expression.depth);
        match expression.depth > DEEPEST_TREE {
            true => Err(self.too_deep(span, DEEPEST_TREE)),
            false => Ok(expression),
        }
    }

    /// Notes how deep a part is that is no expression.
    pub(super) fn note_depth(&mut self, depth: u32, span: Span) -> Parsed<()> {
        self.deepest = self.deepest.max(depth);
        if depth > DEEPEST_TREE { Err(self.too_deep(span, DEEPEST_TREE)) } else { Ok(()) }
    }
}

fn name_of(token: &Token) -> Parsed<Name> {
    let text = match token.kind {
        TokenKind::Quoted => super::literal::unquoted(token)?,
        _ => token.text.to_owned(),
    };
    Ok(Name { text, span: token.span })
}

/// For every token that opens a bracket the one that closes it, else the token itself.
fn matching(tokens: &[Token]) -> Vec<u32> {
    let mut closing: Vec<u32> = (0..tokens.len() as u32).collect();
    let mut open: Vec<usize> = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Symbol) {
        match token.text {
            "(" | "[" | "{" => open.push(index),
            ")" | "]" | "}" => {
                if let Some(start) = open.pop() {
                    closing[start] = index as u32;
                }
            }
            _ => {}
        }
    }
    closing
}
