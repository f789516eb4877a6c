//! Dates, times and intervals as text.

use super::Interval;
use super::calendar::{DAY, civil};

/// `2024-02-29`
pub fn date_text(days: i32) -> String {
    let (year, month, day) = civil(i64::from(days));
    format!("{year:04}-{month:02}-{day:02}")
}

/// `04:05:06` with three or six digits more where there is a fraction.
pub fn time_text(micros: i64) -> String {
    let seconds = micros / 1_000_000;
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match micros % 1_000_000 {
        0 => whole,
        fraction if fraction % 1000 == 0 => format!("{whole}.{:03}", fraction / 1000),
        fraction => format!("{whole}.{fraction:06}"),
    }
}

/// `2024-02-29 04:05:06`
pub fn datetime_text(micros: i64) -> String {
    let date = date_text(micros.div_euclid(DAY) as i32);
    format!("{date} {}", time_text(micros.rem_euclid(DAY)))
}

/// `2024-02-29 04:05:06+00`
pub fn timestamp_text(micros: i64) -> String {
    datetime_text(micros) + "+00"
}

/// `1-2 3 4:5:6.789`: years and months, days, time, each with its sign.
pub fn interval_text(interval: Interval) -> String {
    let sign = |negative: bool| if negative { "-" } else { "" };
    let (months, micros) = (interval.months.unsigned_abs(), interval.micros.unsigned_abs());
    let seconds = micros / 1_000_000;
    let fraction = match micros % 1_000_000 {
        0 => String::new(),
        fraction if fraction % 1000 == 0 => format!(".{:03}", fraction / 1000),
        fraction => format!(".{fraction:06}"),
    };
    format!(
        "{}{}-{} {} {}{}:{}:{}{fraction}",
        sign(interval.months < 0),
        months / 12,
        months % 12,
        interval.days,
        sign(interval.micros < 0),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_of_leap_days_and_early_years() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (19_782, "2024-02-29"),
            (-719_162, "0001-01-01"),
            (2_932_896, "9999-12-31"),
        ] {
            assert_eq!(date_text(days), expected);
        }
    }

    #[test]
    fn fractions_have_three_digits_or_six() {
        assert_eq!(time_text(14_706_000_000), "04:05:06");
        assert_eq!(time_text(14_706_100_000), "04:05:06.100");
        assert_eq!(timestamp_text(-1), "1969-12-31 23:59:59.999999+00");
    }

    #[test]
    fn the_parts_of_an_interval_have_their_own_signs() {
        assert_eq!(interval_text(Interval::default()), "0-0 0 0:0:0");
        let interval = Interval { months: -14, days: 3, micros: -14_706_789_000 };
        assert_eq!(interval_text(interval), "-1-2 3 -4:5:6.789");
    }
}
