//! Time zones: by a name of the tz database, or by an offset such as `+05:30`. Data types, "Time zones". It must never ask
//! the machine for its zone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// A second in microseconds.
const SECOND: i64 = 1_000_000;
/// How many zones a thread keeps.
const KEPT: usize = 256;

/// A zone; times of a local calendar become instants by it, and back.
#[derive(Clone, Debug)]
pub enum Zone {
    /// Seconds east of Greenwich, always.
    Offset(i32),
    Named(TimeZone),
}

/// The database that the program brings along, so that every machine knows the same zones.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

thread_local! {
    static ZONES: RefCell<HashMap<String, Option<Zone>>> = RefCell::new(HashMap::new());
}

impl Zone {
    pub const UTC: Zone = Zone::Offset(0);

    /// Looks a zone up: `America/Los_Angeles`, in the letters of the database; `+8`, `-07:30`, `UTC+8`.
    pub fn find(text: &str) -> Option<Zone> {
        ZONES.with_borrow_mut(|zones| {
            if let Some(known) = zones.get(text) {
                return known.clone();
            }
            if zones.len() >= KEPT {
                zones.clear();
            }
            let found = look_up(text);
            zones.insert(text.to_owned(), found.clone());
            found
        })
    }

    /// A zone that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn named(text: &str) -> Result<Zone, String> {
        Zone::find(text).ok_or_else(|| format!("invalid time zone: {text}"))
    }

    /// Seconds east of Greenwich at an instant.
    pub fn offset(&self, micros: i64) -> i32 {
        match self {
            Zone::Offset(seconds) => *seconds,
            Zone::Named(zone) => zone.to_offset(instant(micros)).seconds(),
        }
    }

    /// The local time of an instant, as microseconds that know no zone.
    pub fn local(&self, micros: i64) -> i64 {
        micros + i64::from(self.offset(micros)) * SECOND
    }

    /// The instant of a local time. Of a time that comes twice it is the first; one that is skipped counts on from
    /// before the gap.
    pub fn instant(&self, local: i64) -> i64 {
        match self {
            Zone::Offset(seconds) => local - i64::from(*seconds) * SECOND,
            Zone::Named(zone) => {
                let offset = match zone.to_ambiguous_timestamp(civil(local)).offset() {
                    AmbiguousOffset::Unambiguous { offset } => offset,
                    AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
                };
                local - i64::from(offset.seconds()) * SECOND
            }
        }
    }
}

fn look_up(text: &str) -> Option<Zone> {
    if text.starts_with(['+', '-']) {
        return offset(text).map(Zone::Offset);
    }
    if let Some(seconds) = text.strip_prefix("UTC").and_then(offset) {
        return Some(Zone::Offset(seconds));
    }
    if text == "UTC" {
        return Some(Zone::UTC);
    }
    let zone = DATABASE.get(text).ok()?;
    // Names differ by the case of their letters, for this reader alone they do not.
    (zone.iana_name() == Some(text)).then_some(Zone::Named(zone))
}

/// `+8`, `-07:30`, `+0530`, `+083`, in seconds.
fn offset(text: &str) -> Option<i32> {
    let (sign, text) = text.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() > 2 => text.split_at_checked(2)?,
        None => (text, "0"),
    };
    let number = |text: &str| -> Option<i32> {
        let fits = (1..=2).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_digit());
        if fits { text.parse().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= 14 * 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The reader's instants end a day before the calendar does; no zone changes there.
fn instant(micros: i64) -> Timestamp {
    let bounded = micros.clamp(Timestamp::MIN.as_microsecond(), Timestamp::MAX.as_microsecond());
    Timestamp::from_microsecond(bounded).unwrap_or_default()
}

fn civil(local: i64) -> DateTime {
    let start = jiff::civil::date(1970, 1, 1).to_datetime(jiff::civil::Time::midnight());
    let bound = if local < 0 { DateTime::MIN } else { DateTime::MAX };
    start.checked_add(SignedDuration::from_micros(local)).unwrap_or(bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600 * SECOND;

    #[test]
    fn zones_are_found_as_they_are_written() {
        for text in
            ["UTC", "America/Los_Angeles", "EST", "Etc/GMT+8", "+8", "-14:00", "+0530", "UTC+8", "UTC-08:30"]
        {
            assert!(Zone::find(text).is_some(), "{text}");
        }
        for text in
            ["", "utc", "america/los_angeles", "PST", "+15", "+14:01", "+08:60", "8", "UTC8", "Local", "+"]
        {
            assert!(Zone::find(text).is_none(), "{text}");
        }
    }

    #[test]
    fn times_that_come_twice_or_never_have_one_instant() {
        let zone = Zone::find("America/Los_Angeles").unwrap();
        // 2024-03-10 02:30 is skipped: -08:00 holds on, 10:30 UTC. 2024-11-03 01:30 comes twice, first at 08:30 UTC.
        let skipped = 1_710_028_800 * SECOND;
        assert_eq!(zone.instant(skipped + 2 * HOUR + HOUR / 2), skipped + 10 * HOUR + HOUR / 2);
        let twice = 1_730_592_000 * SECOND;
        assert_eq!(zone.instant(twice + HOUR + HOUR / 2), twice + 8 * HOUR + HOUR / 2);
        assert_eq!(zone.local(twice + 8 * HOUR), twice + HOUR);
    }

    #[test]
    fn the_ends_of_the_calendar_have_zones() {
        let zone = Zone::find("America/Los_Angeles").unwrap();
        let last = 253_402_300_799_999_999;
        assert_eq!(zone.local(last), last - 8 * HOUR);
        assert_eq!(zone.instant(last - 8 * HOUR), last);
        assert_eq!(zone.offset(-62_135_596_800_000_000), -28_378);
    }
}
