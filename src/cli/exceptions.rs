//! Exceptions from rules that are over: what only verbs with a clock can say, and only those that judge definitions
//! do. What runs each day must not stop because a day has come.

use jiff::civil::Date;

use crate::compile::Compilation;
use crate::diagnostic::Diagnostic;
use crate::lint;

/// Errors about exceptions whose last day has passed.
pub fn expired(compilation: &Compilation, today: Date) -> Vec<Diagnostic> {
    let datasets = compilation.datasets.values().flat_map(|dataset| &dataset.judged.excepted);
    let views = compilation.views.values().flat_map(|view| &view.judged.excepted);
    lint::expired(datasets.chain(views), today)
}
