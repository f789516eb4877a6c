//! Deprecated datasets whose time is over: what only `plan` and `run` can say, which have a clock.

use super::context::Compiled;
use crate::diagnostic::{Code, Diagnostic};
use crate::run::Clock;

/// Warns of datasets that readers could count on until a day that has passed.
pub fn past_removal(compiled: &Compiled, clock: Clock) -> Vec<Diagnostic> {
    let today = clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut found = Vec::new();
    for (name, dataset) in &compiled.compilation.datasets {
        let Some(deprecated) = &dataset.definition.deprecated else { continue };
        if let Some(day) = deprecated.remove_after.filter(|day| *day < today) {
            let mut warning =
                Diagnostic::warning(Code::Deprecated, format!("`{name}` was to be removed after {day}"))
                    .at(&deprecated.position)
                    .hint("take its definition out, or give it more time with a later `remove_after`");
            let readers = compiled.compilation.graph.downstream(name);
            if !readers.is_empty() {
                let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
                warning = warning.note(format!("still read by {}", readers.join(", ")));
            }
            found.push(warning);
        }
    }
    found
}
