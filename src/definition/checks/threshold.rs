//! Thresholds: the most violations with which a check still passes.

use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node, Value};

/// Most violations that are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    Count(u64),
    /// Of the partition's rows, in millionths.
    Share(u64),
}

/// What happens when more violations are found than one of them allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// It is reported.
    pub warn: Option<Threshold>,
    /// The partition is not published.
    pub fail: Option<Threshold>,
}

impl Thresholds {
    /// Any violation keeps the partition from being published.
    pub const BLOCKS: Thresholds = Thresholds { warn: None, fail: Some(Threshold::Count(0)) };
    /// Any violation is reported.
    pub const WARNS: Thresholds = Thresholds { warn: Some(Threshold::Count(0)), fail: None };
}

impl Threshold {
    /// Whether so many violations are more than it allows in a partition of so many rows.
    pub fn is_passed_by(self, violations: i64, rows: i64) -> bool {
        match self {
            Threshold::Count(most) => i128::from(violations) > i128::from(most),
            Threshold::Share(millionths) => {
                i128::from(violations) * 1_000_000 > i128::from(rows) * i128::from(millionths)
            }
        }
    }

    /// A number of violations, or a share like `1%` with up to four decimals.
    fn parse(text: &str) -> Option<Self> {
        match text.trim().strip_suffix('%') {
            Some(percent) => share(percent.trim()).map(Threshold::Share),
            None => text.trim().parse().ok().map(Threshold::Count),
        }
    }
}

impl std::fmt::Display for Threshold {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Threshold::Count(most) => write!(formatter, "{most}"),
            Threshold::Share(millionths) => {
                let (whole, part) = (millionths / 10_000, format!("{:04}", millionths % 10_000));
                match part.trim_end_matches('0') {
                    "" => write!(formatter, "{whole}%"),
                    part => write!(formatter, "{whole}.{part}%"),
                }
            }
        }
    }
}

/// `50` or `0.5`, in percent → millionths.
pub(super) fn share(percent: &str) -> Option<u64> {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 4 || whole.len() > 9 {
        return None;
    }
    let part: u64 = format!("{part:0<4}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 10_000 + part)
}

/// Reads `warn` and `fail`; without either any violation blocks.
pub(super) fn read(reader: &MapReader) -> Option<Thresholds> {
    let (warn, fail) = (reader.optional("warn"), reader.optional("fail"));
    if warn.is_none() && fail.is_none() {
        return Some(Thresholds::BLOCKS);
    }
    let one =
        |key: &str, node: Option<&Node>| match node {
            None => Some(None),
            Some(node) => {
                let parsed = match &node.value {
                    Value::Integer(number) => u64::try_from(*number).ok().map(Threshold::Count),
                    Value::Text(text) => Threshold::parse(text),
                    _ => None,
                };
                if parsed.is_none() {
                    let message = format!("`{key}` is the most violations that are allowed");
                    reader.report(Diagnostic::error(Code::InvalidCheck, message).at(&node.position).hint(
                        format!("write a number of rows or a share of them: `{key}: 10`, `{key}: 0.5%`"),
                    ));
                }
                parsed.map(Some)
            }
        };
    let (warn, fail) = (one("warn", warn), one("fail", fail));
    Some(Thresholds { warn: warn?, fail: fail? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_passed_above_it_and_not_at_it() {
        let one_percent = Threshold::parse("1%").unwrap();
        assert_eq!(one_percent, Threshold::Share(10_000));
        for (threshold, violations, rows, is_passed) in [
            (Threshold::Count(0), 0, 10, false),
            (Threshold::Count(0), 1, 10, true),
            (Threshold::Count(3), 3, 10, false),
            (Threshold::Count(3), 4, 10, true),
            (one_percent, 2, 200, false),
            (one_percent, 3, 200, true),
            (one_percent, 0, 0, false),
            (one_percent, 1, 0, true),
            (Threshold::Share(1_000_000), 7, 7, false),
        ] {
            assert_eq!(
                threshold.is_passed_by(violations, rows),
                is_passed,
                "{threshold} {violations}/{rows}"
            );
        }
    }

    #[test]
    fn thresholds_are_written_as_they_are_read() {
        for text in ["0", "12", "1%", "0.5%", "12.0625%", "150%"] {
            assert_eq!(Threshold::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "%", "-1", "1.5", ".5%", "1.%", "0.00001%", "one", "1 % of"] {
            assert_eq!(Threshold::parse(text), None, "{text}");
        }
    }
}
