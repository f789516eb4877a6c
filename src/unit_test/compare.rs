//! Rows that came out against rows that are expected: which belong together, and what differs. It decides nothing but
//! that; how differences are shown is told elsewhere.

use super::difference::{Difference, Differing};
use super::prepare::Expected;
use super::rows::Cell;
use crate::query::Answer;
use crate::schema::Type;
use crate::schema::value::{Constant, scalar};
use crate::value::{self, Value};

/// Holds an answer against what is expected; nothing where they agree.
pub fn compare(expected: &Expected, answer: &Answer) -> Option<Difference> {
    let got: Vec<Vec<Constant>> = answer
        .rows
        .iter()
        .map(|row| row.iter().zip(&answer.columns).map(|(value, field)| constant(value, &field.ty)).collect())
        .collect();
    let compared = Compared { expected, got: &got };
    let pairs = match expected.ordered {
        true => compared.in_order(),
        false => compared.matched(),
    };
    let missing: Vec<usize> = (0..pairs.len()).filter(|index| pairs[*index].is_none()).collect();
    let is_matched = |place: &usize| pairs.contains(&Some(*place));
    let left: Vec<usize> = (0..got.len()).filter(|place| !is_matched(place)).collect();
    if missing.is_empty() && (left.is_empty() || expected.subset) {
        return None;
    }
    let mut difference = Difference {
        columns: expected.compared.iter().map(|place| expected.columns[*place].clone()).collect(),
        keys: expected
            .keys
            .iter()
            .filter_map(|key| expected.compared.iter().position(|one| one == key))
            .collect(),
        expected_rows: expected.rows.len(),
        got_rows: got.len(),
        wrong_order: false,
        subset: expected.subset,
        differing: Vec::new(),
    };
    if expected.ordered
        && compared.matched().iter().all(Option::is_some)
        && (left.len() == missing.len() || expected.subset)
    {
        difference.wrong_order = true;
    }
    let similar = match difference.wrong_order && !expected.subset {
        true => missing.iter().map(|index| Some(*index).filter(|place| *place < got.len())).collect(),
        false => compared.similar(&missing, &left),
    };
    for (index, place) in missing.iter().zip(&similar) {
        difference.differing.push(compared.differing(Some(*index), *place));
    }
    if !expected.subset {
        for place in left.iter().filter(|place| !similar.contains(&Some(**place))) {
            difference.differing.push(compared.differing(None, Some(*place)));
        }
    }
    Some(difference)
}

struct Compared<'a> {
    expected: &'a Expected,
    got: &'a [Vec<Constant>],
}

impl Compared<'_> {
    /// Whether two cells agree.
    fn agree(&self, index: usize, place: usize, column: usize) -> bool {
        let cell = self.expected.rows[index].cells.get(column).unwrap_or(&Cell::Unwritten);
        let null = Constant::Null;
        let got = self.got[place].get(column).unwrap_or(&null);
        agrees(cell, got, &self.expected.columns[column].ty, self.expected.subset)
    }

    fn rows_agree(&self, index: usize, place: usize) -> bool {
        self.expected.compared.iter().all(|column| self.agree(index, place, *column))
    }

    /// For each expected row one that came out, each of these once. As many are matched as can be.
    fn matched(&self) -> Vec<Option<usize>> {
        let fits: Vec<Vec<usize>> = (0..self.expected.rows.len())
            .map(|index| (0..self.got.len()).filter(|place| self.rows_agree(index, *place)).collect())
            .collect();
        let mut taken: Vec<Option<usize>> = vec![None; self.got.len()];
        for index in 0..fits.len() {
            let mut seen = vec![false; self.got.len()];
            augment(index, &fits, &mut taken, &mut seen);
        }
        let mut pairs = vec![None; fits.len()];
        for (place, index) in taken.iter().enumerate() {
            if let Some(index) = index {
                pairs[*index] = Some(place);
            }
        }
        pairs
    }

    /// Like [`Self::matched`], with the rows in the order in which they came out.
    fn in_order(&self) -> Vec<Option<usize>> {
        let count = self.expected.rows.len();
        if !self.expected.subset {
            let fits = |index: &usize| *index < self.got.len() && self.rows_agree(*index, *index);
            return (0..count).map(|index| Some(index).filter(fits)).collect();
        }
        let mut from = 0;
        let next = |index: usize| {
            let place = (from..self.got.len()).find(|place| self.rows_agree(index, *place));
            from = place.map_or(from, |place| place + 1);
            place
        };
        (0..count).map(next).collect()
    }

    /// For each row that is missing the row that came out and is most like it, each of these once.
    fn similar(&self, missing: &[usize], left: &[usize]) -> Vec<Option<usize>> {
        let mut candidates: Vec<(usize, usize, usize)> = Vec::new();
        for (number, index) in missing.iter().enumerate() {
            for place in left {
                let same = |column: &&usize| {
                    let written = self.expected.rows[*index].cells.get(**column);
                    written.is_some_and(|cell| !is_nothing(&cell.constant()))
                        && self.agree(*index, *place, **column)
                };
                let alike = self.expected.compared.iter().filter(same).count();
                if alike > 0 && self.expected.keys.iter().all(|key| self.agree(*index, *place, *key)) {
                    candidates.push((alike, number, *place));
                }
            }
        }
        if let ([_], [place], true) = (missing, left, candidates.is_empty() && self.expected.keys.is_empty())
        {
            candidates.push((0, 0, *place));
        }
        // The most alike first; among equals those that come first.
        candidates.sort_by_key(|(alike, number, place)| (std::cmp::Reverse(*alike), *number, *place));
        let mut similar: Vec<Option<usize>> = vec![None; missing.len()];
        for (_, number, place) in candidates {
            if similar[number].is_none() && !similar.contains(&Some(place)) {
                similar[number] = Some(place);
            }
        }
        similar
    }

    fn differing(&self, index: Option<usize>, place: Option<usize>) -> Differing {
        let columns = &self.expected.compared;
        let expected = index.map(|index| {
            let cells = &self.expected.rows[index].cells;
            columns.iter().map(|column| cells.get(*column).cloned().unwrap_or(Cell::Unwritten)).collect()
        });
        let got = place.map(|place| {
            let row = &self.got[place];
            columns.iter().map(|column| row.get(*column).cloned().unwrap_or(Constant::Null)).collect()
        });
        let cells = match (index, place) {
            (Some(index), Some(place)) => {
                let differ = columns.iter().map(|column| !self.agree(index, place, *column)).enumerate();
                differ.filter(|(_, differs)| *differs).map(|(at, _)| at).collect()
            }
            _ => Vec::new(),
        };
        Differing { expected, got, cells }
    }
}

/// Finds a row for an expected one, moving others to another row where that makes room.
fn augment(index: usize, fits: &[Vec<usize>], taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for place in &fits[index] {
        if std::mem::replace(&mut seen[*place], true) {
            continue;
        }
        let is_free = match taken[*place] {
            None => true,
            Some(other) => augment(other, fits, taken, seen),
        };
        if is_free {
            taken[*place] = Some(index);
            return true;
        }
    }
    false
}

/// Whether a value is what is expected.
pub fn agrees(cell: &Cell, got: &Constant, ty: &Type, subset: bool) -> bool {
    match (cell, got, ty) {
        (Cell::Unwritten, _, _) => subset || is_nothing(got),
        // An array that is NULL is stored, and given, as an empty one.
        (Cell::Plain(Constant::Null), Constant::Array(items), _) => items.is_empty(),
        (Cell::Array(cells), Constant::Null, _) => cells.is_empty(),
        (Cell::Plain(Constant::Scalar(wanted)), Constant::Scalar(got), ty) => same_scalar(wanted, got, ty),
        (Cell::Plain(wanted), got, _) => wanted == got,
        (Cell::Array(cells), Constant::Array(items), Type::Array(element)) => {
            cells.len() == items.len()
                && cells.iter().zip(items).all(|(cell, item)| agrees(cell, item, element, subset))
        }
        (Cell::Struct(cells), Constant::Struct(values), Type::Struct(fields)) => {
            cells.len() == values.len()
                && cells
                    .iter()
                    .zip(values)
                    .zip(fields.iter())
                    .all(|((cell, value), field)| agrees(cell, value, &field.ty, subset))
        }
        _ => false,
    }
}

/// NULL, an empty array, or a struct of such.
fn is_nothing(value: &Constant) -> bool {
    match value {
        Constant::Null => true,
        Constant::Scalar(_) => false,
        Constant::Array(items) => items.is_empty(),
        Constant::Struct(values) => values.iter().all(is_nothing),
    }
}

/// Digits in which two FLOAT64 agree that are meant to be the same: the last one depends on the order of a sum.
const FLOAT_PRECISION: f64 = 1e-14;

fn same_scalar(wanted: &str, got: &str, ty: &Type) -> bool {
    if wanted == got {
        return true;
    }
    match ty {
        Type::Float64 => match (wanted.parse::<f64>(), got.parse::<f64>()) {
            (Ok(wanted), Ok(got)) => {
                let distance = (wanted - got).abs();
                let is_near = distance <= FLOAT_PRECISION * wanted.abs().max(got.abs());
                // An infinity is as far from all else as it is large.
                wanted == got || wanted.is_finite() && got.is_finite() && is_near
            }
            _ => false,
        },
        Type::BigNumeric => decimal(wanted) == decimal(got),
        Type::Json => {
            let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
            parsed(wanted).is_some_and(|wanted| Some(wanted) == parsed(got))
        }
        _ => false,
    }
}

/// A decimal without what changes nothing.
fn decimal(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    format!("{sign}{}.{}", whole.trim_start_matches('0'), fraction.trim_end_matches('0'))
}

/// A value that came out, spelled as authors' values are.
pub fn constant(value: &Value, ty: &Type) -> Constant {
    let spelled = |text: String| Constant::Scalar(scalar(&text, ty).unwrap_or(text));
    match (value, ty) {
        (Value::Null, _) => Constant::Null,
        (Value::Float64(number), _) => Constant::Scalar(match number {
            number if number.is_nan() => "NaN".to_owned(),
            number if number.is_infinite() && *number > 0.0 => "Infinity".to_owned(),
            number if number.is_infinite() => "-Infinity".to_owned(),
            number => format!("{number:?}"),
        }),
        (Value::Bytes(bytes), _) => Constant::Scalar(data_encoding::BASE64.encode(bytes)),
        (Value::Array(values), Type::Array(element)) => {
            Constant::Array(values.iter().map(|value| constant(value, element)).collect())
        }
        (Value::Struct(values), Type::Struct(fields)) => Constant::Struct(
            values.iter().zip(fields.iter()).map(|(value, field)| constant(value, &field.ty)).collect(),
        ),
        (value, _) => spelled(value::text(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Position, Source};
    use crate::schema::Field;
    use crate::unit_test::rows::Row;

    fn cells(text: &str) -> Vec<Cell> {
        let cell = |text: &str| match text {
            "_" => Cell::Unwritten,
            "NULL" => Cell::Plain(Constant::Null),
            text => Cell::Plain(Constant::Scalar(text.to_owned())),
        };
        text.split(' ').map(cell).collect()
    }

    /// Expected rows and rows that came out, two INT64 columns each: `1 2, _ 3`.
    fn difference(expected: &str, got: &str, subset: bool, ordered: bool) -> Option<String> {
        let source = Source::new("tests/x.yaml", "");
        let columns = vec![Field::new("a", Type::Int64), Field::new("b", Type::Int64)];
        let rows = expected.split(", ").filter(|row| !row.is_empty());
        let rows =
            rows.map(|row| Row { cells: cells(row), position: Position::new(&source, 1, 1, 1) }).collect();
        let expected =
            Expected { columns: columns.clone(), rows, subset, ordered, compared: vec![0, 1], keys: vec![0] };
        let value =
            |text: &str| if text == "NULL" { Value::Null } else { Value::Int64(text.parse().unwrap()) };
        let rows = got.split(", ").filter(|row| !row.is_empty());
        let rows = rows.map(|row| row.split(' ').map(value).collect()).collect();
        let found = compare(&expected, &Answer { columns, rows, more: false })?;
        let kinds = found.differing.iter().map(|one| match (&one.expected, &one.got) {
            (Some(_), Some(_)) => format!("differs in {:?}", one.cells),
            (Some(_), None) => "missing".to_owned(),
            _ => "unexpected".to_owned(),
        });
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        Some(if found.wrong_order { format!("order: {kinds}") } else { kinds })
    }

    #[test]
    fn exact_rows_are_a_multiset() {
        let exact = |expected: &str, got: &str| difference(expected, got, false, false);
        assert_eq!(exact("1 2, 3 4", "3 4, 1 2"), None);
        assert_eq!(exact("", ""), None);
        assert_eq!(exact("1 _", "1 NULL"), None);
        assert_eq!(exact("1 _", "1 2").as_deref(), Some("differs in [1]"));
        assert_eq!(exact("1 2, 1 2", "1 2").as_deref(), Some("missing"));
        assert_eq!(exact("1 2", "1 2, 1 2").as_deref(), Some("unexpected"));
        assert_eq!(exact("1 2", "3 4").as_deref(), Some("missing, unexpected"));
        assert_eq!(exact("1 2, 1 3", "1 2, 1 4").as_deref(), Some("differs in [1]"));
        assert_eq!(exact("1 2, 3 4", "3 5, 1 2").as_deref(), Some("differs in [1]"));
    }

    #[test]
    fn a_subset_says_nothing_of_other_rows_and_of_what_is_not_written() {
        let subset = |expected: &str, got: &str| difference(expected, got, true, false);
        assert_eq!(subset("1 _", "1 2, 3 4"), None);
        // The general row leaves the one that the particular row needs.
        assert_eq!(subset("1 _, 1 2", "1 2, 1 3"), None);
        assert_eq!(subset("1 _, 1 2", "1 2").as_deref(), Some("missing"));
        assert_eq!(subset("1 5", "1 2, 3 4").as_deref(), Some("differs in [1]"));
    }

    #[test]
    fn order_counts_where_it_is_asked_for() {
        assert_eq!(difference("1 2, 3 4", "1 2, 3 4", false, true), None);
        let swapped = difference("1 2, 3 4", "3 4, 1 2", false, true);
        assert!(swapped.is_some_and(|told| told.starts_with("order: ")));
        assert_eq!(difference("1 _, 3 _", "1 2, 9 9, 3 4", true, true), None);
        assert!(difference("3 _, 1 _", "1 2, 9 9, 3 4", true, true).is_some());
    }

    #[test]
    fn values_agree_by_their_types() {
        let scalar = |text: &str| Constant::Scalar(text.to_owned());
        let same = |wanted: &str, got: &str, ty: Type| {
            agrees(&Cell::Plain(scalar(wanted)), &scalar(got), &ty, false)
        };
        assert!(same("0.3", "0.30000000000000004", Type::Float64));
        assert!(!same("0.3", "0.3000000000001", Type::Float64));
        assert!(same("NaN", "NaN", Type::Float64));
        assert!(!same("0", "NaN", Type::Float64));
        assert!(same("Infinity", "Infinity", Type::Float64));
        assert!(!same("Infinity", "5", Type::Float64) && !same("5", "-Infinity", Type::Float64));
        assert!(!same("Infinity", "-Infinity", Type::Float64));
        assert!(same(r#"{"a":1,"b":[2]}"#, r#"{"b":[2],"a":1}"#, Type::Json));
        assert!(same("1.50", "1.5", Type::BigNumeric) && !same("1.5", "-1.5", Type::BigNumeric));
        assert!(!same("1", "1.0", Type::String));
        let array = Type::array(Type::Int64);
        assert!(agrees(&Cell::Unwritten, &Constant::Array(Vec::new()), &array, false));
        assert!(agrees(&Cell::Array(Vec::new()), &Constant::Null, &array, false));
        assert!(!agrees(&Cell::Array(vec![Cell::Unwritten]), &Constant::Null, &array, false));
    }
}
