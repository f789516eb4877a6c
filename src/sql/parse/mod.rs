//! Text → our tree, under limits. sqlparser cuts the text into tokens; the grammar is written out here, because
//! sqlparser's own tree has no place for much of GoogleSQL and few places. Parsing must not ask what a name means.
//!
//! `tokens` → `cursor` → `expression`, `call`, `literal`, `types` → `query`, `from`, `pipe` → `statement`, `create`.

mod call;
mod create;
mod cursor;
mod expression;
mod from;
mod literal;
mod pieces;
mod pipe;
mod query;
mod references;
mod statement;
mod tokens;
mod types;

pub use pieces::{Piece, PieceKind, pieces};
pub use references::{references, references_of};
pub use tokens::canonical;

use self::cursor::{Parsed, Parser};
use self::tokens::{Token, TokenKind};
use super::tree::{Block, Expression, Query, Span};
use super::{Problem, stack};
use crate::diagnostic::Code;

/// Longest SQL text that is parsed, in bytes.
const LONGEST_SQL: usize = 4 << 20;

/// Parses one query. Gives it with the text's canonical form.
///
/// # Errors
/// Syntax errors; anything that is not one query.
pub fn query(text: &str) -> Result<(Query, String), Problem> {
    with_parser(text, |parser| {
        if parser.is_at_end() {
            return Err(Problem::new(Code::NotOneQuery, parser.here(), "there is no query in the SQL"));
        }
        if !parser.starts_bare_query() && !parser.is_symbol("(") {
            let problem = parser.unexpected("a query");
            // What is a statement all the same gets the hint where to put it.
            return Err(if parser.statement().is_ok() { not_one_query(problem.span) } else { problem });
        }
        let mut query = parser.query()?;
        let ended = parser.eat_symbol(";");
        while parser.eat_symbol(";") {}
        if !parser.is_at_end() {
            let problem = parser.unexpected("the end of the query");
            return Err(if ended { not_one_query(problem.span) } else { problem });
        }
        query.calls = std::mem::take(&mut parser.calls);
        Ok(query)
    })
}

fn not_one_query(span: Span) -> Problem {
    Problem::new(Code::NotOneQuery, span, "a dataset is one SELECT and nothing else")
        .hint("let what is not one query fill a `kind: table` source")
}

/// Parses one expression. Gives it with how deep it nests, the functions with a dotted name that it calls, and
/// its canonical form.
///
/// # Errors
/// Syntax errors.
pub fn expression(text: &str) -> Result<(Body, String), Problem> {
    with_parser(text, |parser| {
        let expression = parser.expression()?;
        if !parser.is_at_end() {
            return Err(parser.unexpected("the end of the expression"));
        }
        let depth = parser.deepest as usize;
        Ok(Body { expression, depth, calls: std::mem::take(&mut parser.calls) })
    })
}

/// An expression that stands alone.
pub struct Body {
    pub expression: Expression,
    pub depth: usize,
    pub calls: Vec<(String, Span)>,
}

/// Parses a script: any number of statements.
///
/// # Errors
/// Syntax errors.
pub fn script(text: &str) -> Result<Block, Problem> {
    with_parser(text, |parser| parser.script()).map(|(statements, _)| statements)
}

fn with_parser<T: Send>(
    text: &str,
    work: impl FnOnce(&mut Parser) -> Parsed<T> + Send,
) -> Result<(T, String), Problem> {
    let start = Span { line: 1, column: 1, length: 1 };
    if text.len() > LONGEST_SQL {
        let message = format!("the SQL has {} bytes, more than the {LONGEST_SQL} that are read", text.len());
        return Err(Problem::new(Code::SqlSyntax, start, message));
    }
    let mut tokens = tokens::cut(text)?;
    tokens.retain(|token| token.kind != TokenKind::Space);
    let canonical = tokens::canonical_of(&tokens);
    let nesting = nesting(&tokens);
    let parsed = stack::parsing(nesting, || work(&mut Parser::new(tokens)));
    let none = || Err(Problem::new(Code::Unsupported, start, "there is no thread to parse the SQL on"));
    Ok((parsed.unwrap_or_else(none)?, canonical))
}

/// How deep brackets, CASE and runs of signs nest at most.
fn nesting(tokens: &[Token]) -> usize {
    let (mut open, mut deepest) = (0_usize, 0_usize);
    for token in tokens {
        match token.text {
            "(" | "[" | "<" | "-" | "+" | "~" => open += 1,
            ")" | "]" | ">" => open = open.saturating_sub(1),
            _ if token.is_word("CASE")
                || token.is_word("NOT")
                || token.is_word("BEGIN")
                || token.is_word("IF") =>
            {
                open += 1
            }
            _ if token.is_word("END") => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}
