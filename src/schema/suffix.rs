//! Tables that are sharded by days, `events_20261121` and so on, as the one wildcard table that they are read by: `events_*`.
//! The column that says which shard a row is of, and the days behind its values. It knows no query and no table's rows.

use jiff::civil::Date;

/// The pseudo-column of a wildcard table: what stands in a shard's name in the place of the star.
pub const TABLE_SUFFIX: &str = "_TABLE_SUFFIX";

/// How a day is written in the name of a shard.
pub const SUFFIX_FORMAT: &str = "%Y%m%d";

/// Whether a table is named with a star.
pub fn is_wildcard(table: &str) -> bool {
    table.ends_with('*')
}

/// The suffix of a day's shard.
pub fn suffix_of(day: Date) -> String {
    day.strftime(SUFFIX_FORMAT).to_string()
}

/// The day of a shard; none where the suffix is something else, such as `intraday_20261121`.
pub fn day_of_suffix(suffix: &str) -> Option<Date> {
    let is_day = suffix.len() == 8 && suffix.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| Date::strptime(SUFFIX_FORMAT, suffix).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{day_of_suffix, suffix_of};

    #[test]
    fn suffixes_are_days_or_none() {
        assert_eq!(suffix_of(date(2026, 1, 2)), "20260102");
        assert_eq!(day_of_suffix("20240229"), Some(date(2024, 2, 29)));
        for suffix in ["20230229", "intraday_20261121", "2026112", "2026-11-21", "202611211", "", " 2026112"]
        {
            assert_eq!(day_of_suffix(suffix), None, "{suffix}");
        }
    }
}
