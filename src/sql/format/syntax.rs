//! What the parser refuses in a text that is to be formatted. Only queries are judged: a script may hold statements that no
//! grammar of ours knows, and the formatter needs none. It must never change a text.

use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::parse::{self, tokens};

/// The syntax error of a text without template parts, if it stands in a query.
pub fn mistake(text: &str) -> Option<Problem> {
    let problem = parse::script(text).err().filter(|problem| problem.code == Code::SqlSyntax)?;
    let Ok(all) = tokens::cut(text) else { return Some(problem) };
    let place = (problem.span.line, problem.span.column);
    let mut first = None;
    for token in all.iter().filter(|token| token.kind != tokens::TokenKind::Space) {
        if (token.span.line, token.span.column) >= place && first.is_some() {
            break;
        }
        match token.text {
            ";" => first = None,
            _ => first = first.or(Some(token)),
        }
    }
    let is_query = |token: &tokens::Token<'_>| {
        token.text == "(" || ["SELECT", "WITH", "FROM"].iter().any(|word| token.is_word(word))
    };
    first.is_some_and(is_query).then_some(problem)
}
