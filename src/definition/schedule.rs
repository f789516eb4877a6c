//! `schedule:` in `tidemill.yaml`: from which hour on a day is due, how often to look for what arrived, and
//! what becomes of days that came due while nobody scheduled.

use jiff::civil::Time;

use crate::definition::shapes;
use crate::yaml::{MapReader, Node};

/// When the daily loop does what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The time in UTC from which the day before is due.
    pub at: Time,
    /// Seconds between two looks at what arrived.
    pub every: u32,
    pub catch_up: CatchUp,
}

/// Which of the days that came due while nobody scheduled are built, besides the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatchUp {
    All,
    /// So many of the latest.
    Latest(u32),
    None,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { at: Time::midnight(), every: 60, catch_up: CatchUp::All }
    }
}

/// A time of the day in UTC.
///
/// # Errors
/// How it is written.
pub fn parse_time(text: &str) -> Result<Time, String> {
    let is_two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let two = |part: &str| is_two(part).then(|| part.parse::<i8>().ok()).flatten();
    let parts = text.split_once(':').and_then(|(hour, minute)| Some((two(hour)?, two(minute)?)));
    parts
        .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok())
        .ok_or_else(|| "write hours and minutes in UTC, for example \"05:00\"".to_owned())
}

/// Seconds of `1 minute`, `30 seconds`, `2 hours`: a second at least, and a day at most.
///
/// # Errors
/// How it is written.
pub fn parse_interval(text: &str) -> Result<u32, String> {
    let units = [("second", 1), ("minute", 60), ("hour", 3_600)];
    let parts = text.split_once(' ').and_then(|(number, unit)| {
        let (_, seconds) = units.iter().find(|(name, _)| unit.trim_end_matches('s') == *name)?;
        number.parse::<u32>().ok()?.checked_mul(*seconds)
    });
    parts
        .filter(|seconds| (1..=86_400).contains(seconds))
        .ok_or_else(|| "write up to a day, for example `1 minute`".to_owned())
}

/// What is caught up with.
///
/// # Errors
/// How it is written.
pub fn parse_catch_up(text: &str) -> Result<CatchUp, String> {
    match text {
        "all" => Ok(CatchUp::All),
        "none" => Ok(CatchUp::None),
        _ => text
            .strip_prefix("latest ")
            .and_then(|number| number.parse::<u32>().ok())
            .filter(|number| *number > 0)
            .map(CatchUp::Latest)
            .ok_or_else(|| "write `all`, `latest 3` or `none`".to_owned()),
    }
}

/// Reads `schedule:`.
pub(super) fn read(node: &Node, outer: &MapReader) -> Schedule {
    let reader = MapReader::of(node, "`schedule`", &shapes::SCHEDULE);
    let built_in = Schedule::default();
    let at = reader.optional_text("at").and_then(|text| reader.parsed("at", &text, parse_time));
    let every = reader.optional_text("every").and_then(|text| reader.parsed("every", &text, parse_interval));
    let catch_up =
        reader.optional_text("catch_up").and_then(|text| reader.parsed("catch_up", &text, parse_catch_up));
    outer.report_all(reader.finish());
    Schedule {
        at: at.unwrap_or(built_in.at),
        every: every.unwrap_or(built_in.every),
        catch_up: catch_up.unwrap_or(built_in.catch_up),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn times_are_hours_and_minutes() {
        assert_eq!(parse_time("05:00"), Ok(time(5, 0, 0, 0)));
        assert_eq!(parse_time("23:59"), Ok(time(23, 59, 0, 0)));
        for text in ["5:00", "24:00", "05:60", "05", "05:00:00", "+5:00", "-1:00", ""] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn intervals_have_a_unit_and_an_end() {
        assert_eq!(parse_interval("1 minute"), Ok(60));
        assert_eq!(parse_interval("90 seconds"), Ok(90));
        assert_eq!(parse_interval("24 hours"), Ok(86_400));
        for text in ["60", "0 minutes", "25 hours", "1 day", "99999999 hours", "minute"] {
            assert!(parse_interval(text).is_err(), "{text}");
        }
    }

    #[test]
    fn catching_up_is_all_some_or_none() {
        assert_eq!(parse_catch_up("all"), Ok(CatchUp::All));
        assert_eq!(parse_catch_up("none"), Ok(CatchUp::None));
        assert_eq!(parse_catch_up("latest 3"), Ok(CatchUp::Latest(3)));
        for text in ["latest", "latest 0", "latest -1", "some", "3"] {
            assert!(parse_catch_up(text).is_err(), "{text}");
        }
    }
}
