//! Whether building a partition again from the same rows gives the same rows: the verdict on a dataset, with each
//! reason and its place. What cannot be proven is said to be unproven, not to be wrong.

use serde::Serialize;

use crate::diagnostic::Position;
use crate::sql::tree::Span;

/// What makes a rerun differ, at a place of the query.
#[derive(Clone, Debug)]
pub struct Cause {
    pub place: Span,
    pub message: String,
    pub hint: String,
    /// Whether a rerun may well differ; otherwise it can where rows tie, and nobody can tell from the query.
    pub certain: bool,
}

impl Cause {
    pub fn certain(place: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: hint.into(), certain: true }
    }

    pub fn unproven(place: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { certain: false, ..Self::certain(place, message, hint) }
    }
}

/// Whether a rerun gives the same rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    #[default]
    Deterministic,
    /// It does unless rows tie in an ORDER BY.
    Unproven,
    Nondeterministic,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Deterministic => "deterministic",
            Verdict::Unproven => "deterministic unless rows tie",
            Verdict::Nondeterministic => "not deterministic",
        }
    }
}

/// The verdict on a dataset or view with its reasons.
#[derive(Clone, Debug, Default)]
pub struct Determinism {
    pub reasons: Vec<Reason>,
}

/// Why a rerun may differ.
#[derive(Clone, Debug)]
pub struct Reason {
    pub rule: &'static str,
    pub message: String,
    pub certain: bool,
    pub position: Option<Position>,
    /// The view in which it stands.
    pub view: Option<String>,
}

impl Determinism {
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.reasons.iter().map(|reason| match reason.certain {
            true => Verdict::Nondeterministic,
            false => Verdict::Unproven,
        });
        verdicts.max().unwrap_or_default()
    }

    /// Takes in the reasons of a view that is read, for a reader computes it anew.
    pub fn read_through(&mut self, view: &str, inner: &Determinism) {
        for reason in &inner.reasons {
            let view = Some(reason.view.clone().unwrap_or_else(|| view.to_owned()));
            self.reasons.push(Reason { view, ..reason.clone() });
        }
    }
}
