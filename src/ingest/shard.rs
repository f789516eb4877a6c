//! The name of a shard: `events_20261121` and whatever the format adds.

use std::path::Path;

use jiff::civil::Date;

use crate::definition::parse_date;
use crate::diagnostic::{Code, Diagnostic};

/// The day that a shard's name says.
///
/// # Errors
/// The name is not that of a shard, or names no day.
pub(super) fn day(path: &Path) -> Result<Date, Diagnostic> {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let stem = name.split('.').next().unwrap_or_default();
    let digits = stem
        .strip_prefix("events_")
        .filter(|digits| digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|digits| parse_date(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])).ok())
        .ok_or_else(|| {
            Diagnostic::error(Code::WrongShard, format!("{} is not named like a shard", path.display())).hint(
                "the name says the day that the file replaces: `events_20261121.ndjson`, `.parquet`, `.ndjson.gz`",
            )
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::day;

    #[test]
    fn a_shard_is_named_after_its_day() {
        for name in ["events_20261121", "in/events_20261121.ndjson.gz", "events_20261121.parquet"] {
            assert_eq!(day(Path::new(name)).unwrap(), date(2026, 11, 21), "{name}");
        }
        for name in
            ["events_2026112.ndjson", "events_20261131.ndjson", "events_intraday_20261121", "20261121", ""]
        {
            assert!(day(Path::new(name)).is_err(), "{name}");
        }
    }
}
