//! The text of a literal INTERVAL, such as `'1-2 3'` of YEAR TO DAY. It says whether a text fits its parts, and
//! must never look at anything else.

use crate::sql::tree::DatePart;

/// The parts that a range is made of, from the longest to the shortest.
const RANGE: [DatePart; 6] =
    [DatePart::Year, DatePart::Month, DatePart::Day, DatePart::Hour, DatePart::Minute, DatePart::Second];
const DAY: usize = 2;
const SECOND: usize = 5;

/// Whether a text stands for so many of a part, or for a range of parts.
pub(super) fn fits(text: &str, part: DatePart, to: Option<DatePart>) -> bool {
    let Some(to) = to else { return number(text, part == DatePart::Second) };
    let place = |part: DatePart| RANGE.iter().position(|known| *known == part);
    let (Some(first), Some(last)) = (place(part), place(to)) else { return false };
    if first >= last {
        return false;
    }
    let mut words = text.split(' ');
    let mut take = |from: usize, to: usize, between: char| {
        from > to || words.next().is_some_and(|word| group(word, from, to, between))
    };
    take(first, last.min(DAY - 1), '-')
        && take(first.max(DAY), last.min(DAY), ' ')
        && take(first.max(DAY + 1), last, ':')
        && words.next().is_none()
}

/// `1-2`, `3` or `4:5:6`: one sign, then a number for each part.
fn group(word: &str, from: usize, to: usize, between: char) -> bool {
    let word = word.strip_prefix(['+', '-']).unwrap_or(word);
    let numbers: Vec<&str> = word.split(between).collect();
    let unsigned = |text: &str, place: usize| !text.starts_with(['+', '-']) && number(text, place == SECOND);
    numbers.len() == to - from + 1 && (from..=to).zip(numbers).all(|(place, text)| unsigned(text, place))
}

/// A whole number, or one with up to nine digits behind the point.
fn number(text: &str, fraction: bool) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = match text.split_once('.').filter(|_| fraction) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
    digits(whole) && rest.is_none_or(|rest| digits(rest) && rest.len() <= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_parts() {
        use DatePart::{Day, Hour, Minute, Month, Quarter, Second, Year};
        for (text, part, to) in [
            ("-5", Day, None),
            ("1.25", Second, None),
            ("2-11", Year, Some(Month)),
            ("-1-2 3 -4:5:6.7", Year, Some(Second)),
            ("3 4", Month, Some(Day)),
            ("4:5", Hour, Some(Minute)),
            ("9 4:5", Day, Some(Minute)),
        ] {
            assert!(fits(text, part, to), "{text}");
        }
        for (text, part, to) in [
            ("", Day, None),
            ("1 2", Day, None),
            ("1.5", Day, None),
            ("1-2", Month, Some(Day)),
            ("1", Day, Some(Month)),
            ("1", Quarter, Some(Day)),
            ("1-2  3", Year, Some(Day)),
            ("4:5:6", Hour, Some(Minute)),
        ] {
            assert!(!fits(text, part, to), "{text}");
        }
    }
}
