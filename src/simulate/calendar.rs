//! Days and instants: the simulated period, local time, and the forms of time in a submission.
//!
//! It must never ask what time it is now, nor read the machine's zone database.

use anyhow::{Context, ensure};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Clients live these days before the first of the period, so that its first day already has late
/// arrivals, time zones ahead and behind, and metrics gathered the day before.
const WARM_UP_DAYS: i32 = 4;

/// Local days begin at most so long before or after the same day in UTC.
const ZONE_MARGIN: i64 = 15 * 3600 * 1_000_000;

const LONGEST_PERIOD: u32 = 3_660;

/// The days of receipt that a simulation writes; instants are microseconds since 1970.
#[derive(Clone, Debug)]
pub(super) struct Period {
    pub(super) begin: i64,
    pub(super) end: i64,
    days: Vec<Date>,
}

impl Period {
    pub(super) fn new(first_day: Date, days: u32) -> anyhow::Result<Self> {
        ensure!(
            (1..=LONGEST_PERIOD).contains(&days),
            "a simulation has 1 to {LONGEST_PERIOD} days, not {days}"
        );
        let in_range = (1970..=9900).contains(&first_day.year());
        ensure!(in_range, "a simulation cannot begin on {first_day}");
        let days: Vec<Date> = (0..days as i32).map(|offset| add_days(first_day, offset)).collect();
        let end = days.last().map_or(first_day, |last| add_days(*last, 1));
        Ok(Self { begin: midnight(first_day)?, end: midnight(end)?, days })
    }

    /// The days of the period in order.
    pub(super) fn days(&self) -> &[Date] {
        &self.days
    }

    pub(super) fn first_day(&self) -> Date {
        self.days.first().copied().unwrap_or_default()
    }

    pub(super) fn last_day(&self) -> Date {
        self.days.last().copied().unwrap_or_default()
    }

    /// The local day from which on clients live.
    pub(super) fn first_lived_day(&self) -> Date {
        add_days(self.first_day(), -WARM_UP_DAYS)
    }

    pub(super) fn has(&self, instant: i64) -> bool {
        (self.begin..self.end).contains(&instant)
    }

    /// The UTC day of an instant, if it is in the period.
    pub(super) fn day_of(&self, instant: i64) -> Option<Date> {
        let index = instant.checked_sub(self.begin)?.div_euclid(24 * 3600 * 1_000_000);
        self.days.get(usize::try_from(index).ok()?).copied()
    }

    /// The local days on which clients act, from the warm-up to where zones ahead of UTC end.
    pub(super) fn local_days(&self) -> impl Iterator<Item = Date> + use<> {
        let first = self.first_day();
        (-WARM_UP_DAYS..=self.days.len() as i32).map(move |offset| add_days(first, offset))
    }
}

/// After clients have lived a local day, nothing more can arrive before this instant.
pub(super) fn settled_after(day: Date) -> anyhow::Result<i64> {
    Ok(midnight(add_days(day, 1))? - ZONE_MARGIN)
}

fn midnight(day: Date) -> anyhow::Result<i64> {
    Ok(day.to_zoned(TimeZone::UTC).context("a day outside the calendar")?.timestamp().as_microsecond())
}

/// So many days later, or earlier where negative.
pub(super) fn add_days(day: Date, count: i32) -> Date {
    day.saturating_add(count.days())
}

/// The days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The instant, in milliseconds, of a second of a local day.
pub(super) fn local_instant(day: Date, second: u32, zone: &TimeZone) -> anyhow::Result<i64> {
    let time = day.at(0, 0, 0, 0).saturating_add(i64::from(second).seconds());
    Ok(time.to_zoned(zone.clone()).context("a local time outside the calendar")?.timestamp().as_millisecond())
}

/// `2026-11-22T11:27:27.988+01:00`: an instant in milliseconds as the SDK writes it.
pub(super) fn local_text(instant: i64, zone: &TimeZone) -> anyhow::Result<String> {
    let timestamp = Timestamp::from_millisecond(instant).context("an instant outside the calendar")?;
    let offset = zone.to_offset(timestamp);
    let local = offset.to_datetime(timestamp);
    Ok(format!(
        "{}T{:02}:{:02}:{:02}.{:03}{}",
        date_text(local.date()),
        local.hour(),
        local.minute(),
        local.second(),
        local.millisecond(),
        offset_text(offset.seconds())
    ))
}

/// `2026-11-22T11:00:00.0+01:00`: an instant in milliseconds as the older telemetry writes the start of a
/// session, down to the hour.
pub(super) fn hour_text(instant: i64, zone: &TimeZone) -> anyhow::Result<String> {
    let text = local_text(instant, zone)?;
    let (hour, offset) = (&text[..13], &text[23..]);
    Ok(format!("{hour}:00:00.0{offset}"))
}

/// `2026-11-22T10:27:27.988Z`: an instant in milliseconds.
pub(super) fn utc_text(instant: i64) -> anyhow::Result<String> {
    let text = local_text(instant, &TimeZone::UTC)?;
    Ok(format!("{}Z", &text[..23]))
}

/// `2026-11-22+01:00`: a local date as the SDK writes it.
pub(super) fn local_date_text(day: Date, zone: &TimeZone) -> anyhow::Result<String> {
    // The offset at noon, since clocks are changed at night.
    let noon = Timestamp::from_millisecond(local_instant(day, 12 * 3600, zone)?)?;
    Ok(format!("{}{}", date_text(day), offset_text(zone.to_offset(noon).seconds())))
}

/// `2026-10-25T08:12:33.123456Z`: an instant in microseconds as the edge writes it.
pub(super) fn received_text(instant: i64) -> anyhow::Result<String> {
    let timestamp = Timestamp::from_microsecond(instant).context("an instant outside the calendar")?;
    let time = jiff::tz::Offset::UTC.to_datetime(timestamp);
    Ok(format!(
        "{}T{:02}:{:02}:{:02}.{:06}Z",
        date_text(time.date()),
        time.hour(),
        time.minute(),
        time.second(),
        time.subsec_nanosecond() / 1000
    ))
}

/// `Sun, 22 Nov 2026 11:27:29 GMT`: an instant in milliseconds as an HTTP date (RFC 7231).
pub(super) fn http_date(instant: i64) -> anyhow::Result<String> {
    let timestamp = Timestamp::from_millisecond(instant).context("an instant outside the calendar")?;
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    printer.timestamp_to_rfc9110_string(&timestamp).context("an HTTP date")
}

fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_have_the_forms_of_a_real_submission() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let summer = local_instant(date(2026, 10, 24), 8 * 3600, &zone).unwrap();
        let winter = local_instant(date(2026, 10, 26), 8 * 3600, &zone).unwrap();
        assert_eq!(local_text(summer + 7, &zone).unwrap(), "2026-10-24T08:00:00.007+02:00");
        assert_eq!(local_text(winter, &zone).unwrap(), "2026-10-26T08:00:00.000+01:00");
        assert_eq!(hour_text(winter + 1_800_007, &zone).unwrap(), "2026-10-26T08:00:00.0+01:00");
        assert_eq!(utc_text(winter + 7).unwrap(), "2026-10-26T07:00:00.007Z");
        assert_eq!(local_date_text(date(2026, 10, 26), &zone).unwrap(), "2026-10-26+01:00");
        assert_eq!(received_text(winter * 1000 + 42).unwrap(), "2026-10-26T07:00:00.000042Z");
        assert_eq!(http_date(winter).unwrap(), "Mon, 26 Oct 2026 07:00:00 GMT");
        let ahead = TimeZone::posix("IST-5:30").unwrap();
        assert_eq!(local_text(winter, &ahead).unwrap(), "2026-10-26T12:30:00.000+05:30");
        let behind = TimeZone::posix("<-03>3").unwrap();
        assert_eq!(local_text(winter, &behind).unwrap(), "2026-10-26T04:00:00.000-03:00");
    }

    #[test]
    fn an_instant_belongs_to_its_day_of_receipt_or_to_none() {
        let period = Period::new(date(2026, 10, 1), 2).unwrap();
        assert_eq!(period.day_of(period.begin - 1), None);
        assert_eq!(period.day_of(period.begin), Some(date(2026, 10, 1)));
        assert_eq!(period.day_of(period.end - 1), Some(date(2026, 10, 2)));
        assert_eq!(period.day_of(period.end), None);
        assert!(Period::new(date(2026, 10, 1), 0).is_err());
    }
}
