//! The forms of checks, each written like a call.

use super::super::values::parse_days;
use super::threshold;

#[derive(Clone, Debug)]
pub enum CheckKind {
    /// `not_null(column, …)`
    NotNull(Vec<String>),
    /// `unique(column, …)`: no two rows agree in all of them.
    Unique(Vec<String>),
    /// `min_rows(n)`
    MinRows(u64),
    /// `max_rows(n)`
    MaxRows(u64),
    /// `rows_near(7 days, 50%)`: as many rows as the partitions of the days before have on average, give or take a share, in
    /// millionths.
    RowsNear { days: u32, share: u64 },
    /// `accepted_values(column, 'a', 'b')`, with literals of GoogleSQL.
    AcceptedValues { column: String, values: Vec<String> },
    /// `in_range(column, low, high)`, ends included, with expressions of GoogleSQL.
    InRange { column: String, low: String, high: String },
    /// `references(column, dataset.table.column)`: every value stands there.
    References { column: String, table: String, other: String },
    /// `fresh(column, 2 hours)`: its latest value is no older than that when the partition ends.
    Fresh { column: String, number: u32, unit: &'static str },
    /// `holds(expression)`: true for every row.
    Holds(String),
    /// Each row that a query over `this` gives is a violation.
    Sql { query: String },
}

const FORMS: &[(&str, &str)] = &[
    ("not_null", "not_null(client_id)"),
    ("unique", "unique(client_id)"),
    ("min_rows", "min_rows(1)"),
    ("max_rows", "max_rows(1000000)"),
    ("rows_near", "rows_near(7 days, 50%)"),
    ("accepted_values", "accepted_values(channel, 'release', 'beta')"),
    ("in_range", "in_range(duration, 0, 86400)"),
    ("references", "references(country, reference.countries.code)"),
    ("fresh", "fresh(submission_timestamp, 2 hours)"),
    ("holds", "holds(duration >= 0)"),
];

/// Reads a check.
///
/// # Errors
/// What to write instead.
pub(super) fn parse(text: &str) -> Result<CheckKind, String> {
    let forms = || {
        let forms: Vec<&str> = FORMS.iter().map(|(_, form)| *form).collect();
        format!("checks are {}", forms.join(", "))
    };
    let (name, rest) = text.trim().split_once('(').ok_or_else(forms)?;
    let inside = rest.strip_suffix(')').ok_or_else(forms)?.trim();
    let name = name.trim();
    let help = || {
        let form = FORMS.iter().find(|(known, _)| *known == name);
        format!("write `{}`", form.map_or("", |(_, form)| form))
    };
    let columns = || -> Result<Vec<String>, String> {
        let columns: Vec<String> = inside.split(',').map(|column| column.trim().to_owned()).collect();
        if columns.iter().all(|column| is_path(column)) {
            Ok(columns)
        } else {
            Err(format!("`{name}` takes names of columns"))
        }
    };
    let number = || inside.parse().map_err(|_| format!("`{name}` takes a whole number"));
    // A column and what stands behind it.
    let with_column = |count: usize| -> Result<(String, Vec<String>), String> {
        let mut all = arguments(inside).ok_or_else(help)?;
        if all.len() < 2 || (count > 0 && all.len() != count + 1) || !is_path(&all[0]) {
            return Err(help());
        }
        let rest = all.split_off(1);
        Ok((all.remove(0), rest))
    };
    match name {
        "not_null" => Ok(CheckKind::NotNull(columns()?)),
        "unique" => Ok(CheckKind::Unique(columns()?)),
        "min_rows" => number().map(CheckKind::MinRows),
        "max_rows" => number().map(CheckKind::MaxRows),
        "rows_near" => {
            let (days, share) = inside.split_once(',').ok_or_else(help)?;
            let days = parse_days(days.trim())?;
            let share = share.trim().strip_suffix('%').and_then(|percent| threshold::share(percent.trim()));
            match (days, share) {
                (0, _) | (_, None) => Err(help()),
                (days, Some(share)) => Ok(CheckKind::RowsNear { days, share }),
            }
        }
        "accepted_values" => {
            let (column, values) = with_column(0)?;
            if values.iter().any(|value| value.eq_ignore_ascii_case("null")) {
                return Err(
                    "NULL passes in any case; `not_null` is the check that it is not there".to_owned()
                );
            }
            match values.iter().all(|value| is_literal(value)) {
                true => Ok(CheckKind::AcceptedValues { column, values }),
                false => Err(help()),
            }
        }
        "in_range" => {
            let (column, mut ends) = with_column(2)?;
            let high = ends.pop().unwrap_or_default();
            let low = ends.pop().unwrap_or_default();
            Ok(CheckKind::InRange { column, low, high })
        }
        "references" => {
            let (column, other) = with_column(1)?;
            let parts: Vec<&str> = other[0].split('.').collect();
            match parts.as_slice() {
                [dataset, table, column_there @ ..] if !column_there.is_empty() && is_path(&other[0]) => {
                    let table = format!("{dataset}.{table}");
                    Ok(CheckKind::References { column, table, other: column_there.join(".") })
                }
                _ => Err(help()),
            }
        }
        "fresh" => {
            let (column, age) = with_column(1)?;
            let (number, unit) = age[0].split_once(' ').ok_or_else(help)?;
            let unit = match unit.trim() {
                "minute" | "minutes" => "MINUTE",
                "hour" | "hours" => "HOUR",
                "day" | "days" => "DAY",
                _ => return Err(help()),
            };
            let number = number.parse().ok().filter(|number| *number <= 1_000_000).ok_or_else(help)?;
            Ok(CheckKind::Fresh { column, number, unit })
        }
        "holds" if !inside.is_empty() => Ok(CheckKind::Holds(inside.to_owned())),
        other => match crate::diagnostic::did_you_mean(other, FORMS.iter().map(|(name, _)| *name)) {
            Some(near) => Err(format!("did you mean `{near}`?")),
            None => Err(forms()),
        },
    }
}

/// A column, or a field of one.
fn is_path(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|one| one.is_alphanumeric() || "_.".contains(one))
}

/// Whether a text can be a literal of GoogleSQL other than NULL: in quotes, a number, TRUE or FALSE.
fn is_literal(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    let is_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let prefix = text.find(['\'', '"']).map(|at| text[..at].trim().to_ascii_uppercase());
    let is_typed = |prefix: String| {
        let known =
            ["", "R", "B", "RB", "BR", "DATE", "DATETIME", "TIME", "TIMESTAMP", "NUMERIC", "BIGNUMERIC"];
        known.contains(&prefix.as_str())
    };
    is_number || ["true", "false"].contains(&text.to_lowercase().as_str()) || prefix.is_some_and(is_typed)
}

/// What stands between commas outside of quotes and brackets; nothing where one of those is not closed, or where
/// nothing stands between two commas.
fn arguments(text: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let mut current = String::new();
    let mut depth = 0_u32;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' | '`' => quoted(rest, first)?,
            '(' | '[' | '{' => {
                depth += 1;
                1
            }
            ')' | ']' | '}' => {
                depth = depth.checked_sub(1)?;
                1
            }
            ',' if depth == 0 => {
                arguments.push(std::mem::take(&mut current));
                rest = &rest[1..];
                continue;
            }
            other => other.len_utf8(),
        };
        current.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    arguments.push(current);
    let arguments: Vec<String> = arguments.into_iter().map(|one| one.trim().to_owned()).collect();
    (depth == 0 && arguments.iter().all(|one| !one.is_empty())).then_some(arguments)
}

/// The length of the literal in quotes with which a text begins.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let triple = quote.to_string().repeat(3);
    let (begin, end) = match quote != '`' && text.starts_with(&triple) {
        true => (3, triple),
        false => (1, quote.to_string()),
    };
    let mut at = begin;
    while at < text.len() {
        if text[at..].starts_with(&end) {
            return Some(at + end.len());
        }
        let escapes = text[at..].starts_with('\\');
        at += text[at..].chars().take(if escapes { 2 } else { 1 }).map(char::len_utf8).sum::<usize>();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_parses_and_slips_are_explained() {
        for (_, form) in FORMS {
            assert!(parse(form).is_ok(), "{form}");
        }
        assert_eq!(parse("notnull(x)").unwrap_err(), "did you mean `not_null`?");
        for slip in [
            "min_rows(many)",
            "unique client_id",
            "in_range(a, 1)",
            "in_range(a, 1, 2, 3)",
            "in_range(a + 1, 1, 2)",
            "rows_near(7 days)",
            "rows_near(0 days, 5%)",
            "rows_near(7, 5%)",
            "rows_near(7 days, 5)",
            "references(a, b)",
            "references(a, b.c)",
            "fresh(a, 2)",
            "fresh(a, 2 weeks)",
            "accepted_values(a)",
            "accepted_values(a, b)",
            "accepted_values(a, 'x', NULL)",
            "accepted_values(a, 'x)",
            "accepted_values(a, 'x') OR ('y')",
        ] {
            assert!(parse(slip).is_err(), "{slip}");
        }
    }

    #[test]
    fn arguments_are_parted_outside_of_quotes_and_brackets() {
        let parted = |text: &str| arguments(text).map(|all| all.join("|"));
        assert_eq!(parted("a, 'x, y', \"it's\", f(1, 2)").unwrap(), "a|'x, y'|\"it's\"|f(1, 2)");
        assert_eq!(parted(r"a, 'it\'s, so', '''a'b,'''").unwrap(), r"a|'it\'s, so'|'''a'b,'''");
        for open in ["a, 'b", r"a, r'\'", "a, (b", "a), (b", "a,, b", "a, "] {
            assert_eq!(parted(open), None, "{open}");
        }
    }
}
