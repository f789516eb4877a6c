//! Errors that a query catches: IFERROR and its like, and the errors of forms themselves after SAFE. DuckDB's TRY takes
//! no `error(…)`, so each gives way to a value that fails, or is NULL. Debugging functions, "IFERROR".

use super::Printer;
use crate::sql::functions::fill;
use crate::sql::resolve;
use crate::sql::tree::{Call, Expression};

/// Fails, and may stand in the place of a value of any type.
const FAILING: &str = "([NULL][CAST('error' AS BIGINT)])";

/// The functions whose first argument may fail.
pub(super) fn catches(name: &str) -> bool {
    matches!(name, "IFERROR" | "ISERROR" | "NULLIFERROR")
}

impl Printer {
    /// A call of such a function, whose form has its first argument within TRY.
    pub(super) fn caught(&mut self, call: &Call, form: &str, expression: &Expression) -> String {
        let Some(first) = call.arguments.first() else { return String::new() };
        if first.holds_query() || first.any(&resolve::is_of_rows) {
            let what = format!("{} of a query, an aggregate or a window", call.name);
            return self.untranslatable(expression.span, what);
        }
        let mut arguments: Vec<String> = call.arguments.iter().map(|one| self.expression(one)).collect();
        arguments[0] = with_errors_as(&arguments[0], FAILING);
        format!("({})", fill(form, &arguments))
    }
}

/// A form with another text in the place of each `error(…)`.
pub(super) fn with_errors_as(sql: &str, replacement: &str) -> String {
    const CALL: &str = "error(";
    let mut safe = String::with_capacity(sql.len());
    let (mut depth, mut quote, mut word) = (0, None, false);
    for (at, character) in sql.char_indices() {
        // Within an error's own brackets nothing is kept.
        let begins = depth == 0 && quote.is_none() && !word && sql[at..].starts_with(CALL);
        if begins {
            safe.push_str(replacement);
            depth = usize::MAX;
        }
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') if depth > 0 => depth = if depth == usize::MAX { 1 } else { depth + 1 },
            (None, ')') if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    word = false;
                    continue;
                }
            }
            _ => {}
        }
        word = character.is_alphanumeric() || character == '_';
        if depth == 0 {
            safe.push(character);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::with_errors_as;

    #[test]
    fn only_calls_give_way() {
        for (sql, safe) in [
            ("CASE WHEN a THEN error('it''s (no)') ELSE b END", "CASE WHEN a THEN NULL ELSE b END"),
            ("error(coalesce(f(x), ')')) + 'error(x)'", "NULL + 'error(x)'"),
            ("no_error(x) + \"error(\"", "no_error(x) + \"error(\""),
            ("(error('a'), error('b'))", "(NULL, NULL)"),
        ] {
            assert_eq!(with_errors_as(sql, "NULL"), safe);
        }
    }
}
