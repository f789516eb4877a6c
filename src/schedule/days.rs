//! Which day is due at which moment, and what becomes of those that were missed. Pure: the time comes in.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::definition::CatchUp;

/// The last day that is due: it is over, and it is `at` or later on a day after it.
pub fn due_day(now: Timestamp, at: Time) -> Date {
    let now = now.to_zoned(TimeZone::UTC).datetime();
    let back = if now.time() >= at { 1 } else { 2 };
    now.date().saturating_sub(back.days())
}

/// The next day that will be due, and from when on.
pub fn next_due(now: Timestamp, at: Time) -> (Date, Timestamp) {
    let day = due_day(now, at).saturating_add(1.days());
    let from = day.saturating_add(1.days()).to_datetime(at);
    // A date that has a day after it has a moment in UTC.
    let from = from.to_zoned(TimeZone::UTC).map_or(now, |zoned| zoned.timestamp());
    (day, from)
}

/// Days that are not made up for: of those that came due since `through`, all but the newest and what the
/// policy lets catch up with. Before the first day that was ever scheduled nothing was missed.
pub fn skipped(policy: CatchUp, through: Option<Date>, day: Date) -> Vec<Date> {
    let kept = match policy {
        CatchUp::All => return Vec::new(),
        CatchUp::Latest(count) => i64::from(count),
        CatchUp::None => 0,
    };
    let Some(through) = through else { return Vec::new() };
    let Ok(first_kept) = day.checked_sub(kept.days()) else { return Vec::new() };
    std::iter::successors(through.tomorrow().ok(), |day| day.tomorrow().ok())
        .take_while(|missed| *missed < first_kept)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_due_from_the_hour_on_after_it() {
        let five = time(5, 0, 0, 0);
        assert_eq!(due_day(at("2026-11-23T04:59:59Z"), five), date(2026, 11, 21));
        assert_eq!(due_day(at("2026-11-23T05:00:00Z"), five), date(2026, 11, 22));
        assert_eq!(due_day(at("2026-11-23T00:00:00Z"), Time::midnight()), date(2026, 11, 22));
        assert_eq!(due_day(at("2027-01-01T05:00:00Z"), five), date(2026, 12, 31));
        assert_eq!(due_day(at("2028-03-01T04:00:00Z"), five), date(2028, 2, 28));
        assert_eq!(due_day(at("2028-03-01T05:00:00Z"), five), date(2028, 2, 29));
    }

    #[test]
    fn the_next_day_is_told_with_its_moment() {
        let five = time(5, 0, 0, 0);
        assert_eq!(
            next_due(at("2026-12-31T04:00:00Z"), five),
            (date(2026, 12, 30), at("2026-12-31T05:00:00Z"))
        );
        assert_eq!(
            next_due(at("2026-12-31T05:00:00Z"), five),
            (date(2026, 12, 31), at("2027-01-01T05:00:00Z"))
        );
    }

    #[test]
    fn the_policy_says_what_is_skipped() {
        let (through, day) = (Some(date(2026, 11, 10)), date(2026, 11, 15));
        assert_eq!(skipped(CatchUp::All, through, day), []);
        let missed = |from: i8, to: i8| (from..=to).map(|day| date(2026, 11, day)).collect::<Vec<_>>();
        assert_eq!(skipped(CatchUp::None, through, day), missed(11, 14));
        assert_eq!(skipped(CatchUp::Latest(2), through, day), missed(11, 12));
        assert_eq!(skipped(CatchUp::Latest(9), through, day), []);
        assert_eq!(skipped(CatchUp::None, None, day), []);
        // The clock went back, or nothing was missed.
        assert_eq!(skipped(CatchUp::None, Some(date(2026, 11, 20)), day), []);
        assert_eq!(skipped(CatchUp::None, Some(date(2026, 11, 14)), day), []);
    }
}
