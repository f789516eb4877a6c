//! What a template failed at, in an author's words and at the author's place.

use std::error::Error as _;
use std::io;

use minijinja::{Error, ErrorKind};

use super::sourcemap::Text;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};

/// Longest output, and longest text on the way, in bytes.
pub const LONGEST_OUTPUT: usize = 8 << 20;
/// Steps of one rendering. Each 64 bytes that it makes count as one, so that this bounds memory as well.
pub const FUEL: u64 = 1_000_000;

/// The error behind errors of templates that include each other.
pub fn innermost(error: &Error) -> &Error {
    let mut innermost = error;
    while let Some(inner) = innermost.source().and_then(|source| source.downcast_ref::<Error>()) {
        innermost = inner;
    }
    innermost
}

/// A finding at the place in `text` that failed; `what` is the text in words, `names` what stands at hand.
pub fn describe(error: &Error, what: &str, text: &Text, names: &[String]) -> Diagnostic {
    let position = match error.range() {
        Some(range) if range.end <= text.text.len() && range.start < range.end => {
            let length = text
                .text
                .get(range.clone())
                .map_or(1, |part| part.lines().next().unwrap_or("").chars().count());
            text.position(range.start, length.max(1) as u32)
        }
        _ => text.line(error.line().unwrap_or(1) as u32),
    };
    if let Some(limit) = limit(error) {
        return Diagnostic::error(Code::TemplateLimit, format!("{what} {limit}"))
            .at(&position)
            .hint("look for a loop or an assignment that multiplies, or a call that calls itself");
    }
    let problem = match (error.kind(), error.detail()) {
        // The detail says it all.
        (ErrorKind::UndefinedError | ErrorKind::SyntaxError, Some(detail)) => detail.to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    };
    let finding = Diagnostic::error(Code::TemplateFailed, format!("{what}: {problem}")).at(&position);
    match error.kind() {
        ErrorKind::UndefinedError => undefined(finding, error, text, names),
        _ => finding,
    }
}

fn undefined(finding: Diagnostic, error: &Error, text: &Text, names: &[String]) -> Diagnostic {
    let written = error.range().and_then(|range| text.text.get(range)).unwrap_or_default();
    let near = names.iter().map(String::as_str).filter(|_| !written.is_empty());
    match did_you_mean(written, near) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => finding,
        None => finding.hint(format!(
            "at hand are: {}; test with `is defined` where a value may be missing",
            names.join(", ")
        )),
    }
}

/// Which limit was passed, if one was.
fn limit(error: &Error) -> Option<String> {
    let detail = error.detail().unwrap_or_default();
    if error.kind() == ErrorKind::OutOfFuel {
        return Some(match detail {
            "" => {
                format!("takes more than {} million steps; 64 bytes of text count as one", FUEL / 1_000_000)
            }
            detail => detail.to_owned(),
        });
    }
    if detail.contains("recursion limit") {
        return Some("nests or calls itself too deeply".to_owned());
    }
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.downcast_ref::<io::Error>().is_some_and(|inner| inner.kind() == io::ErrorKind::FileTooLarge)
        {
            return Some("writes more than 8 MiB".to_owned());
        }
        source = inner.source();
    }
    None
}

/// Counts what is written and stops at the limit.
pub struct Bounded {
    pub left: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.left.checked_sub(bytes.len()) {
            Some(left) => {
                self.left = left;
                Ok(bytes.len())
            }
            None => Err(io::Error::new(io::ErrorKind::FileTooLarge, "more than 8 MiB of output")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
