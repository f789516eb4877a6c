//! Names that are several tokens to the lexer, and brackets with their partners: those of types, which
//! look like comparisons, among them.

use super::tokens::{Kind, Token};
use super::{Refused, span_of};
use crate::diagnostic::Code;
use crate::sql::Problem;

/// Brackets within brackets that are followed; the parser gives up earlier.
const DEEPEST: usize = 300;

/// Words that a table or routine is named behind, perhaps with hyphens.
const NAMED_BEHIND: &[&str] = &[
    "CALL",
    "CLONE",
    "COPY",
    "DELETE",
    "EXISTS",
    "FROM",
    "FUNCTION",
    "INTO",
    "JOIN",
    "LIKE",
    "MERGE",
    "MODEL",
    "PROCEDURE",
    "SCHEMA",
    "TABLE",
    "UPDATE",
    "USING",
    "VIEW",
];

/// Joins quoted parameters (`` @`day` ``), the starts of hints (`@{`) and names with hyphens (`my-project.a.b`) to one token each.
pub fn join_names<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut joined: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    // Whether a comma at this depth parts tables.
    let mut tables = vec![false];
    let mut behind = false;
    let mut rest = std::mem::take(tokens).into_iter().peekable();
    while let Some(mut token) = rest.next() {
        let grow = |token: &mut Token<'a>, next: Token<'a>| {
            token.text = &text[token.start..next.end()];
            token.after.extend(next.after);
        };
        if token.text == "@" {
            if let Some(next) =
                rest.next_if(|next| next.glued && (next.kind == Kind::Name || next.text == "{"))
            {
                token.kind = if next.kind == Kind::Open { Kind::Open } else { Kind::Name };
                grow(&mut token, next);
            }
        } else if behind && token.kind == Kind::Word {
            let mut hyphen = rest.peek().is_some_and(|next| next.glued && next.text == "-");
            while hyphen
                && let Some(next) = rest.next_if(|next| {
                    let part = matches!(next.kind, Kind::Word | Kind::Name | Kind::Number | Kind::Dot);
                    next.glued && (part || next.text == "-" || next.text == "*")
                })
            {
                hyphen = true;
                token.kind = Kind::Name;
                grow(&mut token, next);
            }
        }
        match token.kind {
            Kind::Open => tables.push(false),
            Kind::Close if tables.len() > 1 => drop(tables.pop()),
            Kind::Word if token.is_any(&["FROM", "JOIN"]) => set_last(&mut tables, true),
            Kind::Word if token.is_any(&["SELECT", "WHERE", "GROUP", "ORDER", "ON", "SET"]) => {
                set_last(&mut tables, false);
            }
            Kind::Semicolon => set_last(&mut tables, false),
            _ => {}
        }
        let before_dot = joined.last().is_some_and(|last| last.kind == Kind::Dot);
        behind = match token.kind {
            Kind::Word => !before_dot && token.is_any(NAMED_BEHIND),
            Kind::Comma => tables.last() == Some(&true),
            _ => false,
        };
        joined.push(token);
    }
    *tokens = joined;
}

fn set_last(tables: &mut [bool], value: bool) {
    if let Some(last) = tables.last_mut() {
        *last = value;
    }
}

/// Finds each bracket's partner; the `<` and `>` of types become brackets.
///
/// # Errors
/// A bracket without a partner, or too many within one another.
pub fn pair<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) -> Result<(), Refused> {
    let mut paired: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    let mut open: Vec<usize> = Vec::new();
    let fail = |start: usize, message: String| {
        Err(Refused::Syntax(Problem::new(
            Code::SqlSyntax,
            span_of(text, start, 1),
            format!("SQL syntax: {message}"),
        )))
    };
    for mut token in std::mem::take(tokens) {
        let in_type =
            |open: &[usize], paired: &[Token<'_>]| open.last().is_some_and(|last| paired[*last].text == "<");
        let mut pieces = Vec::with_capacity(1);
        if token.kind == Kind::Symbol {
            let of_type = is_behind_type(&paired);
            let closing = token.text.len() > 1 && token.text.bytes().all(|byte| byte == b'>');
            match token.text {
                "<" if of_type => token.kind = Kind::Open,
                ">" if in_type(&open, &paired) => token.kind = Kind::Close,
                "<>" if of_type => pieces = split(&token, &[Kind::Open, Kind::Close]),
                _ if closing && in_type(&open, &paired) => {
                    pieces = split(&token, &vec![Kind::Close; token.text.len()]);
                }
                _ => {}
            }
        }
        if pieces.is_empty() {
            pieces.push(token);
        }
        for mut piece in pieces {
            if piece.kind == Kind::Open {
                open.push(paired.len());
                if open.len() > DEEPEST {
                    return fail(piece.start, "brackets nest too deeply".to_owned());
                }
            } else if piece.kind == Kind::Close {
                match open.pop() {
                    Some(index) if closes(paired[index].text, piece.text) => {
                        paired[index].partner = paired.len();
                        piece.partner = index;
                    }
                    Some(index) => {
                        let opened = paired[index].text;
                        return fail(piece.start, format!("`{}` does not close `{opened}`", piece.text));
                    }
                    None => return fail(piece.start, format!("`{}` closes nothing", piece.text)),
                }
            }
            paired.push(piece);
        }
    }
    if let Some(index) = open.pop() {
        return fail(paired[index].start, format!("`{}` is not closed", paired[index].text));
    }
    *tokens = paired;
    Ok(())
}

/// Cuts a symbol into its characters.
fn split<'a>(token: &Token<'a>, kinds: &[Kind]) -> Vec<Token<'a>> {
    let mut pieces = Vec::with_capacity(kinds.len());
    for (index, kind) in kinds.iter().enumerate() {
        let mut piece = token.clone();
        piece.kind = *kind;
        piece.start += index;
        piece.text = &token.text[index..=index];
        if index > 0 {
            piece.before.clear();
            piece.glued = true;
            piece.starts_line = false;
            piece.empty_before = false;
        }
        if index + 1 < kinds.len() {
            piece.after.clear();
        }
        pieces.push(piece);
    }
    pieces
}

fn is_behind_type(paired: &[Token<'_>]) -> bool {
    match paired {
        [.., before, last] => {
            last.is_any(&["ARRAY", "STRUCT", "RANGE", "TABLE", "MAP"]) && before.kind != Kind::Dot
        }
        [last] => last.is_any(&["ARRAY", "STRUCT", "RANGE", "TABLE", "MAP"]),
        [] => false,
    }
}

fn closes(open: &str, close: &str) -> bool {
    matches!((open, close), ("(", ")") | ("[", "]") | ("{" | "@{", "}") | ("<", ">"))
}
