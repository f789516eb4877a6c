//! The proleptic Gregorian calendar, as counts of days since 1970-01-01. It must know no zone and no text.

use std::ops::RangeInclusive;

/// A day in microseconds.
pub const DAY: i64 = 86_400_000_000;
/// The days from 0001-01-01 to 9999-12-31.
pub const DAYS: RangeInclusive<i32> = -719_162..=2_932_896;
/// The microseconds of those days.
pub const MICROS: RangeInclusive<i64> = -62_135_596_800_000_000..=253_402_300_799_999_999;

/// Year, month and day of a count of days since 1970-01-01.
pub fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day is the last of a year. 146,097 days are 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The count of days of a year, a month from 1 to 12 and a day of it, which may lie beyond the month's end.
pub fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let shifted_month = (month + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// How many days a month has.
pub fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date that exists, between 0001-01-01 and 9999-12-31.
pub fn checked_days(year: i64, month: i64, day: i64) -> Option<i32> {
    let exists = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=month_length(year, month)).contains(&day);
    if exists { i32::try_from(days_of(year, month, day)).ok() } else { None }
}

/// The weekday, Sunday being 0.
pub fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

/// The day of the year, from 1.
pub fn day_of_year(days: i64) -> i64 {
    days - days_of(civil(days).0, 1, 1) + 1
}

/// The first day of the week that a day is in, of weeks that start so many days after Sunday.
pub fn week_start(days: i64, first_day: u8) -> i64 {
    days - (weekday(days) - i64::from(first_day)).rem_euclid(7)
}

/// The week of the year, whose first `first_day` starts week 1; the days before are in week 0.
pub fn week(days: i64, first_day: u8) -> i64 {
    (day_of_year(days) + 6 - (weekday(days) - i64::from(first_day)).rem_euclid(7)) / 7
}

/// The ISO 8601 year that a day is in: the year of its week's Thursday.
pub fn iso_year(days: i64) -> i64 {
    civil(week_start(days, 1) + 3).0
}

/// The Monday that an ISO year starts on: that of the week of January 4th.
pub fn iso_year_start(year: i64) -> i64 {
    week_start(days_of(year, 1, 4), 1)
}

/// The ISO 8601 week.
pub fn iso_week(days: i64) -> i64 {
    (week_start(days, 1) - iso_year_start(iso_year(days))) / 7 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for days in DAYS {
            let (year, month, day) = civil(i64::from(days));
            assert_eq!(checked_days(year, month, day), Some(days));
        }
        assert_eq!(checked_days(2023, 2, 29), None);
        assert_eq!(checked_days(0, 1, 1), None);
    }

    #[test]
    fn the_days_around_a_new_year_have_their_iso_weeks() {
        let of = |year, month, day| {
            let days = days_of(year, month, day);
            (iso_year(days), iso_week(days), week(days, 0), weekday(days))
        };
        // 2027-01-01 is a Friday, 2024-12-30 a Monday.
        assert_eq!(of(2027, 1, 1), (2026, 53, 0, 5));
        assert_eq!(of(2027, 1, 3), (2026, 53, 1, 0));
        assert_eq!(of(2024, 12, 30), (2025, 1, 52, 1));
        assert_eq!(of(1, 1, 1), (1, 1, 0, 1));
    }
}
