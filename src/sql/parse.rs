//! Text → the parser's tree, under limits, on a stack of its own. The only place that calls sqlparser.

use std::any::TypeId;
use std::fmt::Write as _;

use sqlparser::ast::{Expr, ObjectName, Statement};
use sqlparser::dialect::{BigQueryDialect, Dialect};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use super::Problem;
use super::stack;
use super::tree::Span;
use crate::diagnostic::Code;

/// Longest SQL text that is parsed, in bytes.
const LONGEST_SQL: usize = 1 << 20;

/// BigQuery's dialect with what it lacks. It hands on BigQuery's identity, which parts of the
/// parser ask for.
#[derive(Debug)]
struct GoogleSql;

impl Dialect for GoogleSql {
    fn dialect(&self) -> TypeId {
        BigQueryDialect.dialect()
    }

    fn supports_bitwise_shift_operators(&self) -> bool {
        true
    }

    fn is_delimited_identifier_start(&self, character: char) -> bool {
        BigQueryDialect.is_delimited_identifier_start(character)
    }

    fn identifier_quote_style(&self, identifier: &str) -> Option<char> {
        BigQueryDialect.identifier_quote_style(identifier)
    }

    fn supports_projection_trailing_commas(&self) -> bool {
        true
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

    fn supports_window_function_null_treatment_arg(&self) -> bool {
        true
    }

    fn supports_string_literal_backslash_escape(&self) -> bool {
        true
    }

    fn supports_window_clause_named_window_reference(&self) -> bool {
        true
    }

    fn supports_select_wildcard_except(&self) -> bool {
        true
    }

    fn supports_select_wildcard_replace(&self) -> bool {
        true
    }

    fn require_interval_qualifier(&self) -> bool {
        true
    }

    fn supports_struct_literal(&self) -> bool {
        true
    }

    fn supports_select_expr_star(&self) -> bool {
        true
    }

    fn supports_group_by_expr(&self) -> bool {
        true
    }

    fn is_column_alias(&self, keyword: &Keyword, parser: &mut Parser) -> bool {
        BigQueryDialect.is_column_alias(keyword, parser)
    }

    fn supports_comma_separated_trim(&self) -> bool {
        true
    }

    /// Columns, calls and literals as most of them are. The parser itself would first try to read each of
    /// them as the type of a literal, which takes most of its time.
    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let [token, next] = parser.peek_tokens_ref();
        let word = match &token.token {
            Token::Word(word) if word.keyword == Keyword::NoKeyword => word,
            Token::Number(..) | Token::SingleQuotedString(_) => {
                return Some(parser.parse_value().map(Expr::Value));
            }
            _ => return None,
        };
        let name = word.to_ident(token.span);
        match next.token {
            Token::LParen => {
                parser.advance_token();
                Some(parser.parse_function(ObjectName::from(vec![name])))
            }
            Token::Period | Token::Comma | Token::RParen | Token::Eq | Token::Word(_) => {
                parser.advance_token();
                Some(Ok(Expr::Identifier(name)))
            }
            _ => None,
        }
    }
}

/// Runs `work` with the single query of a text, and with the text in its canonical form. The parser's tree lives and dies where the stack is deep
/// enough for it, because dropping a long chain of operators recurses as deeply as parsing it.
///
/// # Errors
/// A problem with its place: the text is too long, does not parse, or is not one query.
pub fn with_query<T: Send>(
    text: &str,
    work: impl FnOnce(&sqlparser::ast::Query, String) -> Result<T, Vec<Problem>> + Send,
) -> Result<T, Vec<Problem>> {
    if text.len() > LONGEST_SQL {
        return Err(vec![Problem::new(
            Code::SqlSyntax,
            Span { line: 1, column: 1, length: 1 },
            format!("the SQL has {} bytes, more than the {LONGEST_SQL} that are parsed", text.len()),
        )]);
    }
    stack::deep(text.len(), || parse_one(text).and_then(|(query, canonical)| work(&query, canonical)))
        .unwrap_or_else(|| Err(internal("there is no thread to parse SQL on")))
}

fn internal(message: &str) -> Vec<Problem> {
    vec![Problem::new(Code::SqlSyntax, Span::default(), message)]
}

fn parse_one(text: &str) -> Result<(Box<sqlparser::ast::Query>, String), Vec<Problem>> {
    // About every second character starts a token, blanks included.
    let mut tokens = Vec::with_capacity(text.len() / 2);
    Tokenizer::new(&GoogleSql, text)
        .with_unescape(false)
        .tokenize_with_location_into_buf(&mut tokens)
        .map_err(|error| {
            let span =
                Span { line: error.location.line as u32, column: error.location.column as u32, length: 1 };
            vec![Problem::new(Code::SqlSyntax, span, format!("SQL syntax: {}", error.message))]
        })?;
    let start = tokens.first().map_or(Span { line: 1, column: 1, length: 1 }, token_span);
    // Every blank is a token; one says as much as a row of them.
    tokens.dedup_by(|next, before| is_space(&next.token) && is_space(&before.token));
    if let Some(token) = tokens.iter().find(|token| token.token == Token::DoubleEq) {
        return Err(vec![
            Problem::new(Code::SqlSyntax, token_span(token), "SQL syntax: there is no operator `==`")
                .hint("write `=`"),
        ]);
    }
    let canonical = canonical_of(tokens.iter().map(|token| &token.token));
    let mut parser = Parser::new(&GoogleSql)
        .with_recursion_limit(300)
        .with_tokens_with_locations(super::respell::respell(tokens));
    let statements = match parser.parse_statements() {
        Ok(statements) => statements,
        Err(error) => return Err(vec![syntax_problem(&error, &parser.into_tokens())]),
    };
    let mut statements = statements.into_iter();
    match (statements.next(), statements.next()) {
        (Some(Statement::Query(query)), None) => Ok((query, canonical)),
        (None, _) => Err(vec![Problem::new(Code::NotOneQuery, start, "there is no query in the SQL")]),
        _ => Err(vec![
            Problem::new(Code::NotOneQuery, start, "a dataset is one SELECT and nothing else")
                .hint("let what is not one query fill a `kind: table` source"),
        ]),
    }
}

fn is_space(token: &Token) -> bool {
    matches!(token, Token::Whitespace(_))
}

fn token_span(token: &TokenWithSpan) -> Span {
    let length = if token.span.start.line == token.span.end.line {
        token.span.end.column.saturating_sub(token.span.start.column)
    } else {
        1
    };
    Span {
        line: (token.span.start.line as u32).max(1),
        column: (token.span.start.column as u32).max(1),
        length: length as u32,
    }
}

/// The parser's message carries its place as text: ` at Line: L, Column: C`.
fn syntax_problem(error: &ParserError, tokens: &[TokenWithSpan]) -> Problem {
    let message = match error {
        ParserError::ParserError(message) | ParserError::TokenizerError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => "expressions or queries nest too deeply",
    };
    let (message, place) = match message.rsplit_once(" at Line: ") {
        Some((message, place)) => (message, place.split_once(", Column: ")),
        None => (message, None),
    };
    let place: Option<(u64, u64)> =
        place.and_then(|(line, column)| Some((line.trim().parse().ok()?, column.trim().parse().ok()?)));
    let last = || {
        tokens
            .iter()
            .rfind(|token| !matches!(token.token, Token::Whitespace(_) | Token::EOF))
            .map_or(Span::default(), token_span)
    };
    let span = match place {
        Some((line, column)) => tokens
            .iter()
            .find(|token| token.span.start.line == line && token.span.start.column == column)
            .map_or_else(last, token_span),
        None => last(),
    };
    Problem::new(Code::SqlSyntax, span, format!("SQL syntax: {}", message.trim_end_matches(':').trim()))
}

/// The SQL without comments and spacing, keywords in upper case: what a definition hash may depend on.
/// Text that does not tokenise is given back as it is.
pub fn canonical(text: &str) -> String {
    match Tokenizer::new(&GoogleSql, text).with_unescape(false).tokenize() {
        Ok(tokens) => canonical_of(tokens.iter()),
        Err(_) => text.to_owned(),
    }
}

fn canonical_of<'a>(tokens: impl Iterator<Item = &'a Token>) -> String {
    let mut canonical = String::new();
    let mut after_dot = false;
    for token in tokens.filter(|token| !is_space(token)) {
        if !canonical.is_empty() {
            canonical.push(' ');
        }
        match token {
            Token::Word(word) if word.quote_style.is_none() => {
                let start = canonical.len();
                canonical.push_str(&word.value);
                // Behind a dot stands a name, and the fields of JSON differ by case.
                if word.keyword != Keyword::NoKeyword && !after_dot {
                    canonical[start..].make_ascii_uppercase();
                }
            }
            // Writing to a text does not fail.
            other => {
                let _ = write!(canonical, "{other}");
            }
        }
        after_dot = *token == Token::Period;
    }
    canonical
}

/// A piece of a SQL text, for passes that replace names in what an author wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub kind: PieceKind,
    /// As written.
    pub text: String,
    /// Its bytes in the text.
    pub range: std::ops::Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PieceKind {
    /// A name or keyword without quotes.
    Word,
    /// A literal text, with its value.
    Text(String),
    Space,
    Other,
}

/// Cuts a SQL text into its tokens.
///
/// # Errors
/// What the tokenizer says, as text.
pub fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let tokens = Tokenizer::new(&GoogleSql, text).tokenize_with_location().map_err(|error| error.message)?;
    // Tokens follow one another, so one walk over the text finds all their places.
    let mut characters = text.char_indices();
    let (mut line, mut column) = (1, 1);
    let mut byte = |place: sqlparser::tokenizer::Location| {
        while (line, column) < (place.line, place.column) {
            match characters.next() {
                Some((_, '\n')) => (line, column) = (line + 1, 1),
                Some(_) => column += 1,
                None => break,
            }
        }
        characters.offset()
    };
    Ok(tokens
        .into_iter()
        .map(|token| {
            let range = byte(token.span.start)..byte(token.span.end);
            let kind = match token.token {
                Token::Whitespace(_) => PieceKind::Space,
                Token::Word(word) if word.quote_style.is_none() => PieceKind::Word,
                Token::SingleQuotedString(value) | Token::DoubleQuotedString(value) => PieceKind::Text(value),
                _ => PieceKind::Other,
            };
            Piece { kind, text: text[range.clone()].to_owned(), range }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn pieces_put_together_are_the_text() {
        let text = format!("SELECT\n  'é', {}", "ü, ".repeat(60_000));
        let joined: String = pieces(&text).unwrap().into_iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text);
    }
}
