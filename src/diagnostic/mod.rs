//! What Tidemill tells an author about a mistake: a code, a position, a message and a way out.
//!
//! Every user mistake is a [`Diagnostic`]; they are collected, never fail-first. This station
//! knows nothing of definitions, SQL or warehouses, and must never print: the command line does.

mod codes;
mod github;
mod render;
mod sarif;
mod source;
mod suggest;

pub use codes::Code;
pub use github::to_github;
pub use render::{render_all, to_json};
pub use sarif::to_sarif;
pub use source::{Position, Source};
pub use suggest::did_you_mean;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built while it stands.
    Error,
    /// Reported; the work goes on.
    Warning,
}

/// A place in a file of `generated/`. The file itself may be older, or not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledPlace {
    /// Relative to the project, with `/`.
    pub path: String,
    pub line: u32,
    pub column: u32,
}

impl CompiledPlace {
    /// `path:line:column`
    pub fn display(&self) -> String {
        format!("{}:{}:{}", self.path, self.line, self.column)
    }
}

/// One finding about what a user wrote or gave.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// One sentence without a full stop; values in backticks.
    pub message: String,
    /// Where it is; `None` only for findings about the project as a whole.
    pub position: Option<Position>,
    /// Where that came to stand in a compiled file, for a finding about SQL.
    pub compiled: Option<CompiledPlace>,
    /// Shown under the marked text.
    pub label: String,
    /// Other places that explain the finding, each with a short text.
    pub related: Vec<(Position, String)>,
    pub notes: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a position yet; the builder methods add the rest.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: printable(&message.into()),
            position: None,
            compiled: None,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            hint: None,
        }
    }

    /// Like [`Diagnostic::error`], for a finding that does not stop the work.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    #[must_use]
    pub fn at(mut self, position: &Position) -> Self {
        self.position = Some(position.clone());
        self
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn related(mut self, position: &Position, label: impl Into<String>) -> Self {
        self.related.push((position.clone(), label.into()));
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(printable(&hint.into()));
        self
    }

    /// Adds ``did you mean `x`?`` when a candidate is close to what was written.
    #[must_use]
    pub fn suggest<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match did_you_mean(written, candidates) {
            Some(candidate) => self.hint(format!("did you mean `{candidate}`?")),
            None => self,
        }
    }

    /// The finding in plain lines, for forms that show no source: message, notes, hint.
    pub fn told(&self) -> String {
        let label = Some(&self.label).filter(|label| !label.is_empty()).map(|label| format!("note: {label}"));
        let notes = self.notes.iter().map(|note| format!("note: {note}"));
        let compiled = self.compiled.iter().map(|place| format!("compiled: {}", place.display()));
        let hint = self.hint.iter().map(|hint| format!("hint: {hint}"));
        let lines =
            std::iter::once(self.message.clone()).chain(label).chain(notes).chain(compiled).chain(hint);
        lines.collect::<Vec<_>>().join("\n")
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Longest message, in characters; values of authors stand in messages and may be of any length.
const LONGEST_MESSAGE: usize = 600;

/// A text that a terminal shows as it is: cut in the middle where it is too long, without control characters.
fn printable(text: &str) -> String {
    let shown = |one: char| if one.is_control() { char::REPLACEMENT_CHARACTER } else { one };
    let length = text.chars().count();
    if length <= LONGEST_MESSAGE {
        return text.chars().map(shown).collect();
    }
    let side = LONGEST_MESSAGE / 3;
    let head = text.chars().take(side).map(shown);
    let tail = text.chars().skip(length - side).map(shown);
    head.chain([' ', '…', ' ']).chain(tail).collect()
}

/// Sorts findings by file, line and column, so that output never depends on thread order.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|left, right| {
        fn key(finding: &Diagnostic) -> impl Ord {
            let place = finding.position.as_ref().map(|at| (at.source.path.as_str(), at.line, at.column));
            (place, finding.code, finding.message.as_str())
        }
        key(left).cmp(&key(right))
    });
    diagnostics.dedup_by(|left, right| {
        left.code == right.code && left.message == right.message && left.position == right.position
    });
}
