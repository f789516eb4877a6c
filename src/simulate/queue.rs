//! Lines on their way, in the order in which they will arrive.
//!
//! It must never hold more than what is still on its way, however long the period is.

use std::collections::BTreeMap;

/// When a line arrives in microseconds, from whom, and which of theirs it is: never twice the same.
pub(super) type Arrival = (i64, u64, u64);

/// Lines with what the truth must know of them.
#[derive(Debug)]
pub(super) struct Queue<F> {
    /// Boxed, so that keeping them in order moves little.
    waiting: BTreeMap<Arrival, Box<(F, String)>>,
}

impl<F> Default for Queue<F> {
    fn default() -> Self {
        Self { waiting: BTreeMap::new() }
    }
}

impl<F> Queue<F> {
    pub(super) fn push(&mut self, arrival: Arrival, facts: F, line: String) {
        self.waiting.insert(arrival, Box::new((facts, line)));
    }

    /// The next line, if it arrives before an instant.
    pub(super) fn next_before(&mut self, instant: i64) -> Option<(i64, F, String)> {
        let entry = self.waiting.first_entry()?;
        let (received, ..) = *entry.key();
        if received >= instant {
            return None;
        }
        let (facts, line) = *entry.remove();
        Some((received, facts, line))
    }
}
