//! Commas that YAML reads otherwise than an author of SQL: within `[…]` and `{…}` a comma parts items, also in
//! the middle of `coalesce(a, b)`. What is cut there reads as nonsense later on, so it is told here.

use std::sync::Arc;

use super::node::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Position, Source};

/// What to do about it.
pub(super) const HINT: &str = "within […] and {…} a comma parts items: put the whole expression in double quotes, or on a line of its own in a list of `- …` lines or a mapping";

/// The first text that a comma cuts off while one of its brackets is open.
pub(super) fn cut_off(node: &Node, source: &Arc<Source>) -> Option<Diagnostic> {
    match &node.value {
        Value::Text(text) if is_open(text) && comma_follows(&node.position, source) => {
            let message = format!("the comma ends `{text}`, in which a bracket is still open");
            Some(Diagnostic::error(Code::InvalidYaml, message).at(&node.position).hint(HINT))
        }
        Value::List(items) => items.iter().find_map(|item| cut_off(item, source)),
        Value::Map(entries) => {
            entries.iter().find_map(|(key, value)| cut_off(key, source).or_else(|| cut_off(value, source)))
        }
        _ => None,
    }
}

fn is_open(text: &str) -> bool {
    let count = |bracket: u8| text.bytes().filter(|byte| *byte == bracket).count();
    count(b'(') > count(b')')
}

/// Only a text without quotes within brackets can stand before a comma and not hold it.
fn comma_follows(position: &Position, source: &Arc<Source>) -> bool {
    let Some(line) = source.text.lines().nth(position.line as usize - 1) else { return false };
    let begin = position.column as usize - 1;
    let quoted = line.chars().nth(begin).is_some_and(|first| matches!(first, '"' | '\''));
    let mut rest = line.chars().skip(begin + position.length as usize).skip_while(|after| *after == ' ');
    !quoted && rest.next() == Some(',')
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, parse};
    use crate::diagnostic::Source;

    fn column_of_cut(text: &str) -> Option<(u32, u32)> {
        let error = parse(&Source::new("test.yaml", text), Limits::DEFINITION).err()?;
        error.position.map(|at| (at.line, at.column))
    }

    #[test]
    fn a_comma_within_a_call_is_told_where_the_call_begins() {
        assert_eq!(column_of_cut("with:\n  dimensions: [a, b: coalesce(x, y)]\n"), Some((2, 22)));
        assert_eq!(column_of_cut("measures: {a: count(*), b: sum(if(x, 1, 0))}\n"), Some((1, 28)));
        assert_eq!(column_of_cut("checks: [not_null(a , b)]\n"), Some((1, 10)));
    }

    #[test]
    fn other_commas_and_brackets_are_fine() {
        for text in [
            "a: coalesce(x, y)\nb:\n  - f(x, y)\n",
            "a: [\"f(x, y)\", 'g(x, y)', \"(\", b]\n",
            "a: [f(x), g(y)]\n",
            "a: This (that,\n  and more) is folded, (so, it\nb: c, d\n",
        ] {
            let parsed = parse(&Source::new("test.yaml", text), Limits::DEFINITION);
            if let Err(error) = parsed {
                assert!(!error.message.contains("the comma ends"), "{text}: {}", error.message);
            }
        }
    }
}
