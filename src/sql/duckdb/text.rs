//! Translated SQL read again, token by token, by sqlparser's reader of DuckDB's dialect, so that what stands in a literal, a
//! quoted name or another comment is never taken for a table or a parameter. It must never read GoogleSQL.

use std::ops::Range;

use sqlparser::dialect::DuckDbDialect;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, Whitespace};

use super::literal;

/// What the comment says that stands before every table of a translated query. The text runs with it, too.
const TABLE: &str = "table";

/// A table's name with the mark by which it is found again.
pub(super) fn marked(name: &str) -> String {
    format!("/*{TABLE}*/{name}")
}

/// A part of a translated query that something else may take the place of.
pub(super) enum Part<'a> {
    /// A marked table, by its dotted name.
    Table(&'a str),
    /// `$1`, by its number.
    Parameter(usize),
}

/// Puts what `other` gives into the places of tables and parameters; where it gives nothing, the part stays with its mark.
pub(super) fn replace(sql: &str, other: &mut dyn FnMut(Part) -> Option<String>) -> String {
    let mut tokens = Vec::with_capacity(sql.len() / 4);
    let mut tokenizer = Tokenizer::new(&DuckDbDialect, sql).with_unescape(false);
    if let Err(error) = tokenizer.tokenize_with_location_into_buf(&mut tokens) {
        // Run as it is, it could read other tables than those that are meant.
        return format!(
            "SELECT error({})",
            literal(&format!("the translated query cannot be read: {error}"))
        );
    }
    let mut places = Places::new(sql);
    let mut replaced = String::with_capacity(sql.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(token) = tokens.get(at) {
        let (length, found) = match &token.token {
            Token::Whitespace(Whitespace::MultiLineComment(mark)) if mark == TABLE => {
                let (length, name) = path(&tokens[at + 1..]);
                (length + 1, other(Part::Table(&name)))
            }
            Token::Placeholder(name) => {
                let number = name.strip_prefix('$').and_then(|digits| digits.parse().ok());
                (1, number.and_then(|number| other(Part::Parameter(number))))
            }
            _ => (1, None),
        };
        if let Some(found) = found {
            let Range { start, end } = places.bytes(&tokens[at..at + length]);
            replaced.push_str(&sql[copied..start]);
            replaced.push_str(&found);
            copied = end;
        }
        at += length;
    }
    replaced.push_str(&sql[copied..]);
    replaced
}

/// Quoted names joined by dots at the head of some tokens: how many tokens they are, and the names without quotes.
fn path(tokens: &[TokenWithSpan]) -> (usize, String) {
    let mut length = 0;
    let mut path = String::new();
    while let Some(Token::Word(name)) = tokens.get(length).map(|token| &token.token) {
        path.push_str(&name.value.replace("\"\"", "\""));
        length += 1;
        let goes_on = matches!(tokens.get(length..length + 2), Some([dot, name])
            if dot.token == Token::Period && matches!(name.token, Token::Word(_)));
        if !goes_on {
            break;
        }
        path.push('.');
        length += 1;
    }
    (length, path)
}

/// Lines and columns → bytes, from the front to the back.
struct Places<'a> {
    characters: std::str::CharIndices<'a>,
    line: u64,
    column: u64,
}

impl<'a> Places<'a> {
    fn new(sql: &'a str) -> Self {
        Self { characters: sql.char_indices(), line: 1, column: 1 }
    }

    /// The bytes that some tokens stand in.
    fn bytes(&mut self, tokens: &[TokenWithSpan]) -> Range<usize> {
        let (first, last) =
            (tokens.first().map(|token| token.span.start), tokens.last().map(|token| token.span.end));
        let start = self.byte(first);
        start..self.byte(last)
    }

    fn byte(&mut self, place: Option<Location>) -> usize {
        let place = place.map_or((0, 0), |place| (place.line, place.column));
        while (self.line, self.column) < place {
            match self.characters.next() {
                Some((_, '\n')) => (self.line, self.column) = (self.line + 1, 1),
                Some(_) => self.column += 1,
                None => break,
            }
        }
        self.characters.offset()
    }
}

/// Numbers the parameters that a query uses without gaps, since DuckDB takes no value that is not used. Gives the numbers that
/// they had, in their new order.
pub fn number_parameters(sql: &str) -> (String, Vec<usize>) {
    let mut used = Vec::new();
    let numbered = replace(sql, &mut |part| match part {
        Part::Table(_) => None,
        Part::Parameter(number) => {
            let known = used.iter().position(|one| *one == number);
            let position = known.unwrap_or_else(|| {
                used.push(number);
                used.len() - 1
            });
            Some(format!("${}", position + 1))
        }
    });
    (numbered, used)
}

/// Puts literals in the places of the parameters, `$1` the first one. One that has no value stays.
pub fn with_parameters(sql: &str, values: &[String]) -> String {
    replace(sql, &mut |part| match part {
        Part::Table(_) => None,
        Part::Parameter(number) => values.get(number.checked_sub(1)?).map(|value| literal(value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_literals_are_not_touched() {
        let sql = r#"SELECT 'CAST($1 AS', "a$1", CAST($3 AS TIMESTAMPTZ) - CAST($1 AS DATE), '日', $3 /* $2 */ FROM t"#;
        let (numbered, used) = number_parameters(sql);
        assert_eq!(
            numbered,
            r#"SELECT 'CAST($1 AS', "a$1", CAST($1 AS TIMESTAMPTZ) - CAST($2 AS DATE), '日', $1 /* $2 */ FROM t"#
        );
        assert_eq!(used, [3, 1]);
        assert_eq!(number_parameters("SELECT '$1'"), ("SELECT '$1'".to_owned(), vec![]));
    }

    #[test]
    fn quotes_within_quotes_do_not_end_them() {
        let mut seen = Vec::new();
        let sql = "SELECT 'it''s /*table*/\"a\"', E'\\n', \"q\"\"$1\"\nFROM /*table*/\"a\"\"b\".\"c\" AS \"d\" -- $1\n, [1]";
        let same = replace(sql, &mut |part| {
            seen.push(match part {
                Part::Table(name) => name.to_owned(),
                Part::Parameter(number) => number.to_string(),
            });
            None
        });
        assert_eq!(same, sql);
        assert_eq!(seen, ["a\"b.c"]);
    }

    #[test]
    fn what_cannot_be_read_does_not_run() {
        assert!(number_parameters("SELECT 'a").0.starts_with("SELECT error('the translated query"));
    }
}
