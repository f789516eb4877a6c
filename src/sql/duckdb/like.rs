//! LIKE, of one pattern and of several, which may be a list, an array or a query. Operators, "LIKE operator" and
//! "Quantified LIKE operator".

use super::Printer;
use super::comparison::any_true;
use super::moment::native;
use crate::schema::Type;
use crate::sql::tree::{Expression, InSet, Kind, Quantifier};

impl Printer {
    pub(super) fn like(&mut self, operand: &Expression, pattern: &Expression) -> String {
        self.pair(operand, pattern, |_, value, sql| matches(&operand.ty, value, sql, &pattern.kind))
    }

    /// `operand LIKE ANY (…)`. NOT belongs to the test of each pattern, not to the whole.
    pub(super) fn like_set(
        &mut self,
        operand: &Expression,
        quantifier: Quantifier,
        set: &InSet,
        negated: bool,
    ) -> String {
        let test = |value: &str, sql: &str, pattern: &Kind| {
            let test = matches(&operand.ty, value, sql, pattern);
            if negated { format!("(NOT {test})") } else { test }
        };
        match set {
            InSet::List(patterns) => {
                let mut operands = vec![self.operand(operand)];
                operands.extend(patterns.iter().map(|pattern| self.operand(pattern)));
                let word = if quantifier == Quantifier::Any { " OR " } else { " AND " };
                self.once(operands, |_, sql| {
                    let patterns = patterns.iter().zip(&sql[1..]);
                    let tests: Vec<String> =
                        patterns.map(|(pattern, text)| test(&sql[0], text, &pattern.kind)).collect();
                    format!("({})", tests.join(word))
                })
            }
            InSet::Unnest(array) => self.pair(operand, array, |_, value, array| {
                let tests = format!(
                    "list_transform(coalesce({array}, []), lambda pattern: {})",
                    test(value, "pattern", &Kind::Star)
                );
                match quantifier {
                    Quantifier::Any => any_true(&tests),
                    Quantifier::All => all_true(&tests),
                }
            }),
            InSet::Query(query) => {
                let test = test("held.value", "found.value", &Kind::Star);
                self.one_of(operand, query, &test, quantifier)
            }
        }
    }
}

fn all_true(tests: &str) -> String {
    format!(
        "list_transform([coalesce({tests}, [])], lambda told: CASE WHEN list_contains(told, FALSE) THEN FALSE WHEN list_count(told) < len(told) THEN NULL ELSE TRUE END)[1]"
    )
}

/// Whether a value is like a pattern, in which `\` takes the meaning of what follows. A pattern that ends with one fails.
fn matches(ty: &Type, operand: &str, sql: &str, pattern: &Kind) -> String {
    const DANGLING: &str = "error('a LIKE pattern ends with a backslash')";
    if *ty == Type::Bytes {
        return native("bytes_like", &[(operand, ty), (sql, ty)], &Type::Bool, false);
    }
    match pattern {
        // DuckDB searches faster for a pattern that escapes nothing.
        Kind::Text(text) if !text.contains('\\') => format!("({operand} LIKE {sql})"),
        Kind::Text(text) if !dangles(text) => format!("({operand} LIKE {sql} ESCAPE '\\')"),
        Kind::Text(_) => format!("CASE WHEN {operand} IS NOT NULL THEN {DANGLING} END"),
        _ => format!(
            "CASE WHEN ends_with({sql}, '\\') AND (len({sql}) - len(rtrim({sql}, '\\'))) % 2 = 1 AND {operand} IS NOT NULL THEN {DANGLING} ELSE ({operand} LIKE {sql} ESCAPE '\\') END"
        ),
    }
}

fn dangles(pattern: &str) -> bool {
    pattern.chars().rev().take_while(|one| *one == '\\').count() % 2 == 1
}
