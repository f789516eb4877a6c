//! The formatter: one stable style for GoogleSQL, made from the lexer's tokens, so that it works on every statement, on scripts
//! and on what no grammar of ours reads; `mistake` tells what the parser refuses in queries. It must never change what a text means: the tokens and comments of the result are held against those
//! of the author, and the result is given only if they are the same and if formatting it again changes nothing.

mod brackets;
mod clause;
mod document;
mod expression;
mod keywords;
mod layout;
mod query;
mod statement;
mod syntax;
mod template;
#[cfg(test)]
mod tests;
mod tokens;

pub use self::syntax::mistake;

use self::layout::Layout;
use self::template::Hidden;
use self::tokens::{Kind, Token};
use super::tree::Span;
use super::{Problem, stack};
use crate::diagnostic::Code;

/// Longest line that is made where a line may break.
pub const WIDTH: usize = 100;
/// How often a result is formatted again until nothing changes. Comments that move may take a second time.
const ROUNDS: usize = 5;
/// Longest text that is formatted, in bytes.
const LONGEST: usize = 16 << 20;

/// Levels that are followed, of all kinds together.
const DEEPEST: usize = 1_000;

/// What else than SQL may stand in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mixed {
    /// Nothing.
    Plain,
    /// The tags and values of a template.
    Template,
    /// These, and the `{name}` of a definition with `for`.
    Matrix,
}

/// Why a text is not formatted.
#[derive(Clone, Debug)]
pub enum Refused {
    /// It is no SQL.
    Syntax(Problem),
    /// The logic of its template does not allow it.
    LeftAlone { span: Span, reason: String },
}

/// Formats a text. The result ends with one new line, or is empty.
///
/// # Errors
/// The text is no SQL, or cannot be formatted for sure.
pub fn format(text: &str, mixed: Mixed, width: usize) -> Result<String, Refused> {
    if text.len() > LONGEST {
        return Err(Refused::Syntax(Problem::new(
            Code::SqlSyntax,
            Span { line: 1, column: 1, length: 1 },
            format!("the SQL has {} bytes, more than the {LONGEST} that are formatted", text.len()),
        )));
    }
    // Brackets, cases and blocks that are followed bound the depth.
    stack::parsing(text.len().min(DEEPEST), || settle(text, mixed, width)).unwrap_or_else(|| Err(unsure()))
}

/// Formats until nothing changes any more.
fn settle(text: &str, mixed: Mixed, width: usize) -> Result<String, Refused> {
    let mut current = once(text, mixed, width)?;
    for _ in 0..ROUNDS {
        let next = once(&current, mixed, width)?;
        if next == current {
            return Ok(current);
        }
        current = next;
    }
    Err(unsure())
}

fn unsure() -> Refused {
    Refused::LeftAlone {
        span: Span { line: 1, column: 1, length: 1 },
        reason: "no form of it could be proved to mean the same".to_owned(),
    }
}

/// Formats one time, and holds the result against the text.
fn once(text: &str, mixed: Mixed, width: usize) -> Result<String, Refused> {
    let hidden = hide(text, mixed)?;
    let tokens = tokens::tokens(text, &hidden)?;
    let documents = Layout::new(&tokens).script();
    let result = document::print(documents, width, text.len() + text.len() / 4);
    let result = if result == "\n" { String::new() } else { result };
    let again = tokens::tokens(&result, &hide(&result, mixed)?)?;
    if same(&tokens, &again, hidden.trims) { Ok(result) } else { Err(unsure()) }
}

fn hide(text: &str, mixed: Mixed) -> Result<Hidden, Refused> {
    match mixed {
        Mixed::Plain => Ok(Hidden { text: text.to_owned(), parts: Vec::new(), trims: false }),
        Mixed::Template | Mixed::Matrix => template::hide(text, mixed == Mixed::Matrix).map_err(|refusal| {
            Refused::LeftAlone { span: span_of(text, refusal.at, 2), reason: refusal.reason }
        }),
    }
}

/// Whether two texts have the same tokens, the letter case of words aside, and the same comments. The tags of a template have to
/// stand between the same tokens too, and all comments where tags remove the ends of lines.
fn same(before: &[Token<'_>], after: &[Token<'_>], trims: bool) -> bool {
    let tokens = before.len() == after.len()
        && before.iter().zip(after).all(|(one, other)| {
            one.kind == other.kind
                && if one.kind == Kind::Word {
                    one.text.eq_ignore_ascii_case(other.text)
                } else {
                    one.text == other.text
                }
        });
    let comments = |tokens: &'_ [Token<'_>]| -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            let before = token.before.iter().map(|comment| (index, comment));
            let after = token.after.iter().map(|comment| (index + 1, comment));
            for (index, comment) in before.chain(after) {
                let place = if comment.tag.is_some() || trims { index } else { 0 };
                found.push((place, comment.text.to_owned()));
            }
        }
        found
    };
    tokens && comments(before) == comments(after)
}

/// The place of a byte of a text.
fn span_of(text: &str, start: usize, length: u32) -> Span {
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Span {
        line: before.matches('\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
        length,
    }
}
