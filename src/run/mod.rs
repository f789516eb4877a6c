//! Executes a plan: stage, check, publish, record; independent partitions in parallel, a failed one
//! blocking its children and nothing else. It must never decide what is due: the plan did.

mod execute;
mod gate;
mod prepare;
mod recheck;
mod stopping;
mod task;
mod verify;
mod views;

pub use execute::{Execution, Outcome, TaskResult, execute};
pub use gate::Failing;
pub use prepare::{Prepared, prepare, shape};
pub use recheck::{Rechecked, recheck};
pub use verify::{Verified, verify};
pub use views::views;

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    System,
    /// For tests and for replays.
    Fixed(Timestamp),
    /// Seconds since 1970, moved by whoever holds them: for tests of what happens over time.
    Moved(&'static AtomicI64),
}

impl Clock {
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(at) => at,
            Clock::Moved(seconds) => {
                Timestamp::from_second(seconds.load(Ordering::Relaxed)).unwrap_or_default()
            }
        }
    }

    /// `YYYY-MM-DD HH:MM:SS` in UTC.
    pub fn text(self) -> String {
        self.now().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.now().as_second()
    }
}
