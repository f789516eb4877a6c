//! Errors that a query catches: IFERROR and its like, and the errors of forms themselves after SAFE. DuckDB's TRY takes
//! no `error(…)`, so each gives way to a value that fails, or is NULL. Debugging functions, "IFERROR".

use super::Printer;
use super::once::Operand;
use crate::sql::functions::fill;
use crate::sql::resolve;
use crate::sql::tree::{Call, Expression, InSet, Kind};

/// Fails, and may stand in the place of a value of any type.
const FAILING: &str = "([NULL][CAST('error' AS BIGINT)])";

/// The relation of what is evaluated before the rest.
const APART: &str = "apart:";

/// The functions whose first argument may fail.
pub(super) fn catches(name: &str) -> bool {
    matches!(name, "IFERROR" | "ISERROR" | "NULLIFERROR")
}

impl Printer {
    /// A call of such a function, whose form has its first argument within TRY. What TRY cannot hold, queries, aggregates and
    /// windows, is evaluated before: an error of theirs is an error of the query, and not caught.
    pub(super) fn caught(&mut self, call: &Call, form: &str, expression: &Expression) -> String {
        let mut arguments = call.arguments.clone();
        let mut pieces = Vec::new();
        arguments.iter_mut().for_each(|argument| self.set_apart(argument, &mut pieces));
        if pieces.is_empty() {
            return self.tried(&arguments, form);
        }
        if self.first_stage.is_some() {
            let what =
                format!("{} of a query, an aggregate or a window beside a function with a query", call.name);
            return self.untranslatable(expression.span, what);
        }
        let operands: Vec<Operand> = pieces.iter().map(|piece| self.operand(piece)).collect();
        self.hold(operands, |printer, sql| {
            let outer = printer.bound.len();
            let held = sql.iter().enumerate();
            printer.bound.extend(held.map(|(at, sql)| (APART.to_owned(), at.to_string(), sql.clone())));
            let tried = printer.tried(&arguments, form);
            printer.bound.truncate(outer);
            (tried, true)
        })
    }

    fn tried(&mut self, arguments: &[Expression], form: &str) -> String {
        let mut arguments: Vec<String> = arguments.iter().map(|one| self.expression(one)).collect();
        if let Some(first) = arguments.first_mut() {
            *first = with_errors_as(first, FAILING);
        }
        format!("({})", fill(form, &arguments))
    }

    /// Puts columns of a relation of their own in the place of what TRY cannot hold. In a query in a query DuckDB finds columns
    /// only in what a lambda holds, so that these are set apart, too.
    fn set_apart(&mut self, expression: &mut Expression, pieces: &mut Vec<Expression>) {
        let is_query = match &expression.kind {
            Kind::Scalar(_) | Kind::ArrayQuery(_) | Kind::Exists { .. } => true,
            Kind::In { set: InSet::Query(_), .. } | Kind::LikeSet { set: InSet::Query(_), .. } => true,
            Kind::Inlined(call) => call.has_query,
            Kind::Call(call) => call.arguments.iter().any(|one| matches!(one.kind, Kind::Lambda { .. })),
            _ => false,
        };
        let is_carried = self.merged.len() > 1
            && matches!(&expression.kind, Kind::Column { relation, .. } if relation.as_deref() != Some(""));
        if is_carried || resolve::is_of_rows(expression) || (is_query && self.becomes_query(expression)) {
            let (span, ty) = (expression.span, expression.ty.clone());
            let column = Kind::Column {
                relation: Some(APART.to_owned()),
                name: pieces.len().to_string(),
                origins: Vec::new(),
            };
            pieces.push(std::mem::replace(expression, Expression::typed(column, span, ty)));
            return;
        }
        if !matches!(expression.kind, Kind::Lambda { .. }) {
            expression.children_mut(&mut |child| self.set_apart(child, pieces));
        }
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
