//! Exceptions from rules: which findings they took back, which were needed by nobody, which are over. Only
//! verbs that have a clock can say the last.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::definition::Exception;
use crate::diagnostic::{Code, Diagnostic};

/// A finding that an exception took back.
#[derive(Clone, Debug)]
pub struct Excepted {
    pub exception: Exception,
    pub finding: Diagnostic,
}

/// Errors about exceptions that ended before a day, each with what it took back.
pub fn expired<'a>(excepted: impl IntoIterator<Item = &'a Excepted>, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for Excepted { exception, finding } in excepted {
        if exception.until >= today {
            continue;
        }
        let message = format!("the exception from `{}` held until {}", exception.rule.text, exception.until);
        let mut error = Diagnostic::error(Code::ExpiredException, message)
            .at(&exception.rule.position)
            .note(format!("it was granted because: {}", exception.reason))
            .note(format!("it took back: {}", finding.message))
            .hint("mend what it was granted for, or agree on a later day");
        if let Some(position) = &finding.position {
            error = error.related(position, "here");
        }
        found.push(error);
    }
    crate::diagnostic::sort(&mut found);
    found
}

/// Warnings about exceptions that took nothing back in any of the definitions that have them: those of a
/// matrix share theirs.
pub fn useless<'a>(
    stated: impl IntoIterator<Item = &'a Exception>,
    excepted: impl IntoIterator<Item = &'a Excepted>,
) -> Vec<Diagnostic> {
    let place = |exception: &Exception| exception.rule.position.display();
    let mut unused: BTreeMap<String, &Exception> =
        stated.into_iter().map(|exception| (place(exception), exception)).collect();
    for excepted in excepted {
        unused.remove(&place(&excepted.exception));
    }
    unused
        .into_values()
        .map(|exception| {
            let message = format!("nothing breaks the rule `{}` here", exception.rule.text);
            Diagnostic::warning(Code::UselessException, message)
                .at(&exception.rule.position)
                .hint("take the exception out")
        })
        .collect()
}
