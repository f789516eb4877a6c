//! What to do about a text that is no GoogleSQL: guesses from the tokens around the place where parsing stopped. They
//! are hints only; nothing here may decide whether a text is refused.

use super::cursor::Parser;
use super::reserved::{CLAUSES, SET_OPERATIONS, is_reserved};
use super::tokens::{Token, TokenKind};
use crate::diagnostic::did_you_mean;

/// Words beside those of [`CLAUSES`] and [`SET_OPERATIONS`] for which a name may be a typing error.
const KEYWORDS: &[&str] = &[
    "SELECT", "OFFSET", "JOIN", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "DECLARE", "BETWEEN",
];

/// What other dialects write, and what GoogleSQL has for it.
const FOREIGN: &[(&str, &str)] = &[
    ("==", "write `=`"),
    ("&&", "write `AND`"),
    ("!", "write `NOT`"),
    ("%", "write `MOD(a, b)`"),
    ("::", "write `CAST(value AS type)`"),
    (":", "write `=` to assign, and `value.field` for a field"),
    ("ILIKE", "write `LOWER(value) LIKE 'pattern'`"),
    ("RLIKE", "write `REGEXP_CONTAINS(value, r'pattern')`"),
    ("FETCH", "write `LIMIT n` at the end of the query"),
    ("TOP", "write `LIMIT n` at the end of the query"),
    ("MINUS", "write `EXCEPT DISTINCT`"),
    ("FILTER", "write `COUNTIF(condition)`, or `IF(condition, value, NULL)` within the aggregate"),
    ("OUTER", "write `LEFT`, `RIGHT` or `FULL` in front of it"),
    ("NATURAL", "write a join with `ON` or `USING`"),
    ("“", "quotes are `'` or `\"`"),
    ("”", "quotes are `'` or `\"`"),
    ("‘", "quotes are `'` or `\"`"),
    ("’", "quotes are `'` or `\"`"),
];

impl Parser<'_> {
    /// What may help where the next token is not what was expected.
    pub(super) fn advice(&self, expected: &str) -> Option<String> {
        let before = self.before(1);
        let is_name_like = expected.starts_with("a ") || expected.starts_with("an ");
        if is_name_like
            && let Some(advice) = before.and_then(|before| self.advice_on_gap(&before, self.peek().as_ref()))
        {
            return Some(advice);
        }
        let Some(found) = self.peek() else { return self.open_bracket() };
        if let Some(advice) = foreign(&found).or_else(|| before.as_ref().and_then(foreign)) {
            return Some(advice);
        }
        let is_ascii = found.kind != TokenKind::Symbol || found.text.is_ascii();
        if !is_ascii {
            return Some("letters other than a to z stand in backticks, or within a literal".to_owned());
        }
        if found.text == "{" {
            return Some("`{{ … }}` and `{% … %}` are of templates, which are not filled in here".to_owned());
        }
        if is_misspelt_place(expected)
            && let Some(advice) = misspelt(&found).or_else(|| before.as_ref().and_then(misspelt))
        {
            return Some(advice);
        }
        if expected.contains("the end") {
            return self.advice_at_end(&found, before.as_ref());
        }
        if expected == "`)`" {
            return self.open_bracket();
        }
        if is_name_like && is_reserved(found.text) && self.stands_as_name(expected) {
            return Some(format!(
                "`{0}` is reserved; as a name it stands in backticks: `` `{0}` ``",
                found.text
            ));
        }
        None
    }

    /// What to do about a comma or an operator that stands in front of nothing.
    fn advice_on_gap(&self, before: &Token, found: Option<&Token>) -> Option<String> {
        let ends = found.is_none_or(|found| {
            matches!(found.text, "," | ")" | "]" | ";")
                || CLAUSES.iter().chain(&["SELECT", "AND", "OR"]).any(|word| found.is_word(word))
        });
        if !ends {
            return None;
        }
        let opens = matches!(before.text, "," | "(" | "[") || before.is_word("SELECT");
        if before.text == "," || (opens && found.is_some_and(|found| found.text == ",")) {
            let comma = if before.text == "," { "the comma in front of it" } else { "the comma" };
            return Some(format!("take out {comma}"));
        }
        let is_operator = ["AND", "OR", "NOT", "LIKE", "WHERE", "ON", "HAVING", "BY"]
            .iter()
            .any(|word| before.is_word(word))
            || (before.kind == TokenKind::Symbol && !matches!(before.text, "(" | "[" | ")" | "]"));
        is_operator.then(|| format!("nothing stands behind `{}`", before.text))
    }

    /// Where a statement or query might have ended, but something comes.
    fn advice_at_end(&self, found: &Token, before: Option<&Token>) -> Option<String> {
        if matches!(found.text, ")" | "]") {
            return Some("no bracket is open that it might close".to_owned());
        }
        if SET_OPERATIONS.iter().any(|word| found.is_word(word)) {
            return Some("a query with ORDER BY or LIMIT stands in brackets there".to_owned());
        }
        if CLAUSES.iter().any(|word| found.is_word(word)) {
            let order =
                "clauses come in the order FROM, WHERE, GROUP BY, HAVING, QUALIFY, WINDOW, ORDER BY, LIMIT";
            return Some(order.to_owned());
        }
        if found.text == "," && self.before(2).is_some_and(|token| token.is_word("LIMIT")) {
            return Some("write `LIMIT rows OFFSET skipped`".to_owned());
        }
        let alias = before.filter(|token| matches!(token.kind, TokenKind::Word { .. }));
        if matches!(found.text, "." | "=")
            && let Some(alias) = alias
        {
            return Some(format!(
                "`{}` is read as an alias; a keyword or comma may be missing before it",
                alias.text
            ));
        }
        if ["SELECT", "INSERT", "CREATE", "MERGE", "DELETE", "UPDATE"].iter().any(|word| found.is_word(word))
        {
            return Some("statements are parted by `;`".to_owned());
        }
        let is_value = |token: &Token| match token.kind {
            TokenKind::Word { .. } => !is_reserved(token.text),
            TokenKind::Quoted | TokenKind::Text | TokenKind::Number => true,
            _ => matches!(token.text, ")" | "]"),
        };
        let starts_value = found.text == "(" || (is_value(found) && found.kind != TokenKind::Symbol);
        (starts_value && before.is_some_and(is_value)).then(|| {
            let at = if found.text == "(" { before.map_or("", |token| token.text) } else { found.text };
            format!("a comma or an operator may be missing in front of `{at}`")
        })
    }

    /// Whether the reserved word at hand stands where a column's or table's name would.
    fn stands_as_name(&self, expected: &str) -> bool {
        let is_plain = |next: &Token| matches!(next.kind, TokenKind::Word { .. }) && !is_reserved(next.text);
        match self.ahead(1) {
            None => true,
            Some(next) if expected != "an expression" && (is_plain(&next) || next.text == "=") => true,
            Some(next) => {
                matches!(next.text, "," | ")" | "." | ";") || next.is_word("FROM") || next.is_word("AS")
            }
        }
    }

    /// The innermost bracket that is open here, with the name before it.
    fn open_bracket(&self) -> Option<String> {
        let mut closed = 0_usize;
        for back in 1.. {
            let token = self.before(back)?;
            match token.text {
                ")" | "]" => closed += 1,
                "(" | "[" if closed > 0 => closed -= 1,
                "(" | "[" => {
                    let named = |before: &Token| {
                        matches!(before.kind, TokenKind::Word { .. }) && before.end() == token.start
                    };
                    let name = self.before(back + 1).filter(named).map_or("", |before| before.text);
                    return Some(format!("`{name}{}` is not closed", token.text));
                }
                _ => {}
            }
        }
        None
    }
}

fn foreign(token: &Token) -> Option<String> {
    let known = FOREIGN.iter().find(|(written, _)| match token.kind {
        TokenKind::Symbol => token.text == *written,
        _ => token.is_word(written),
    })?;
    Some(known.1.to_owned())
}

/// Where a misspelt keyword is found as a name, or as something that nothing may be.
fn is_misspelt_place(expected: &str) -> bool {
    expected.contains("the end") || matches!(expected, "a statement" | "a query" | "a join")
}

fn misspelt(token: &Token) -> Option<String> {
    let is_word = matches!(token.kind, TokenKind::Word { .. }) && !is_reserved(token.text);
    if !is_word || token.text.len() < 4 {
        return None;
    }
    let words = CLAUSES.iter().chain(SET_OPERATIONS).chain(KEYWORDS).copied();
    let meant = did_you_mean(token.text, words)?;
    (!meant.eq_ignore_ascii_case(token.text)).then(|| format!("did you mean `{meant}` for `{}`?", token.text))
}
