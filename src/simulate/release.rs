//! Which build of the browser a client runs on a day.
//!
//! A version comes out every four weeks, counted from one known day, so the answer depends on the
//! date alone; it must never depend on when a simulation begins.

use super::calendar::{add_days, days_between};
use super::tables::{Channel, Numbering};
use jiff::civil::{Date, date};

/// The day on which this version reached the release channel.
const KNOWN_RELEASE: (Date, i32) = (date(2026, 11, 3), 129);
const DAYS_OF_A_VERSION: i32 = 28;

/// A build, told apart by the day it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Build {
    pub(super) day: Date,
    pub(super) version: String,
}

impl Build {
    /// `20261103060000`: when it was made, as the older telemetry tells builds apart.
    pub(super) fn stamp(&self) -> String {
        format!("{:04}{:02}{:02}060000", self.day.year(), self.day.month(), self.day.day())
    }
}

/// The newest build of a channel on a day.
fn newest(channel: &Channel, day: Date) -> Build {
    let (known_day, known_version) = KNOWN_RELEASE;
    let since = days_between(known_day, day);
    let cycle = since.div_euclid(DAYS_OF_A_VERSION);
    let number = since.rem_euclid(DAYS_OF_A_VERSION) / channel.build_every.max(1);
    let major = known_version + cycle + channel.ahead;
    let version = match (channel.numbering, number) {
        (Numbering::Point, 0) | (Numbering::None, _) => format!("{major}.0"),
        (Numbering::Point, point) => format!("{major}.0.{point}"),
        (Numbering::Beta, beta) => format!("{major}.0b{}", beta + 1),
    };
    Build { day: add_days(known_day, cycle * DAYS_OF_A_VERSION + number * channel.build_every), version }
}

/// The build that a client runs: the newest that has reached it, never older than what it installed.
pub(super) fn installed(channel: &Channel, day: Date, first_run: Date, days_late: u32) -> Build {
    let reached = newest(channel, add_days(day, -(days_late as i32)));
    let first = newest(channel, first_run.min(day));
    if reached.day < first.day { first } else { reached }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::tables::CHANNELS;

    #[test]
    fn versions_move_up_and_nightly_is_ahead() {
        let versions = |day| -> Vec<String> {
            CHANNELS.iter().map(|(_, channel)| newest(channel, day).version).collect()
        };
        assert_eq!(versions(date(2026, 11, 2)), ["128.0.1", "129.0b4", "130.0"]);
        assert_eq!(versions(date(2026, 11, 3)), ["129.0", "130.0b1", "131.0"]);
        assert_eq!(versions(date(2026, 11, 22)), ["129.0.1", "130.0b3", "131.0"]);
    }

    #[test]
    fn a_release_reaches_a_client_late_but_a_new_client_at_once() {
        let release = &CHANNELS[0].1;
        let old = date(2026, 1, 1);
        assert_eq!(installed(release, date(2026, 11, 5), old, 5).version, "128.0.1");
        assert_eq!(installed(release, date(2026, 11, 8), old, 5).version, "129.0");
        assert_eq!(installed(release, date(2026, 11, 5), date(2026, 11, 5), 5).version, "129.0");
    }
}
