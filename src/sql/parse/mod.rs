//! Text → our tree, under limits. Tokens and grammar are GoogleSQL's, written out here: sqlparser cuts some texts in
//! another way, and its tree has no place for much of GoogleSQL and few places. Parsing must not ask what a name means.
//!
//! `tokens` → `cursor`, `mistakes` → `expression`, `primary`, `call`, `literal`, `types` → `query`, `from`, `pipe` → `statement`, `create`.

mod call;
mod create;
mod cursor;
mod expression;
mod from;
mod is_test;
mod literal;
mod mistakes;
mod pieces;
mod pipe;
mod primary;
mod query;
mod references;
mod reserved;
mod statement;
#[cfg(test)]
mod tests;
pub mod tokens;
mod types;
mod zipped;

pub use pieces::{Piece, PieceKind, pieces};
pub use references::{References, references, references_of};
pub use reserved::{CLAUSES, SET_OPERATIONS, is_reserved};
pub use tokens::canonical;

use self::cursor::{Parsed, Parser};
use self::tokens::{Token, TokenKind};
use super::tree::{Block, Expression, Query, Span};
use super::{Problem, stack};
use crate::diagnostic::Code;
use crate::schema::Type;

/// Longest SQL text that is parsed, in bytes.
const LONGEST_SQL: usize = 4 << 20;

/// Parses one query, with the functions that are made before it. Gives it with what BigQuery lacks of it, and the text's
/// canonical form.
///
/// # Errors
/// Syntax errors; anything that is not one query.
pub fn query(text: &str) -> Result<((Query, Vec<Problem>), String), Problem> {
    with_parser(text, |parser| {
        if parser.is_at_end() {
            return Err(Problem::new(Code::NotOneQuery, parser.here(), "there is no query in the SQL"));
        }
        let functions = parser.leading_functions()?;
        if !parser.starts_bare_query() && !parser.is_symbol("(") {
            if parser.is_word("DECLARE") || parser.is_word("SET") {
                let problem = Problem::new(Code::NotOneQuery, parser.here(), "a query has no variables");
                return Err(
                    problem.hint("write the value where it is used, or give it a name in a WITH clause")
                );
            }
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
        query.depth = query.depth.max(parser.deepest as usize);
        query.functions = functions;
        query.calls = std::mem::take(&mut parser.calls);
        Ok((query, std::mem::take(&mut parser.beyond)))
    })
}

fn not_one_query(span: Span) -> Problem {
    Problem::new(Code::NotOneQuery, span, "a dataset is one query, with functions before it at most")
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
        if let Some(problem) = parser.beyond.pop() {
            return Err(problem);
        }
        let depth = parser.deepest as usize;
        Ok(Body { expression, depth, calls: std::mem::take(&mut parser.calls) })
    })
}

/// Parses one type.
///
/// # Errors
/// Syntax errors.
pub fn data_type(text: &str) -> Result<Type, Problem> {
    let parsed = with_parser(text, |parser| {
        let ty = parser.data_type()?;
        if parser.is_at_end() { Ok(ty) } else { Err(parser.unexpected("the end of the type")) }
    });
    parsed.map(|(ty, _)| ty)
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
    script_and_calls(text).map(|(statements, _)| statements)
}

/// Parses a script. Gives it with the functions with a dotted name that it calls.
///
/// # Errors
/// Syntax errors.
pub fn script_and_calls(text: &str) -> Result<(Block, Vec<(String, Span)>), Problem> {
    let work = |parser: &mut Parser| Ok((parser.script()?, std::mem::take(&mut parser.calls)));
    with_parser(text, work).map(|(script, _)| script)
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

/// Words that open a level of recursion which no bracket opens.
const OPENING: &[&str] =
    &["CASE", "NOT", "BEGIN", "IF", "INTERVAL", "LOOP", "WHILE", "REPEAT", "FOR", "PROCEDURE", "FROM"];

/// How deep brackets, CASE, blocks and runs of signs nest at most; too much rather than too little.
fn nesting(tokens: &[Token]) -> usize {
    let (mut open, mut deepest) = (0_usize, 0_usize);
    for token in tokens {
        match token.text {
            "(" | "[" | "<" | "-" | "+" | "~" | "=>" | "->" => open += 1,
            ")" | "]" | ">" => open = open.saturating_sub(1),
            _ if OPENING.iter().any(|word| token.is_word(word)) => open += 1,
            _ if token.is_word("END") => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}
