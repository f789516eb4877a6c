//! Differences between expected rows and those that came out, for people: aligned columns, `-` before what is expected, `+`
//! before what came out, `^` under the cells that differ. Nothing depends on colour.

use serde_json::{Map, Value, json};

use super::rows::Cell;
use crate::schema::value::Constant;
use crate::schema::{Field, Type};

/// What differs between expected rows and those that came out.
pub struct Difference {
    /// The columns that were compared.
    pub columns: Vec<Field>,
    /// Places of those that tell rows apart, where that is known.
    pub keys: Vec<usize>,
    pub expected_rows: usize,
    pub got_rows: usize,
    /// The rows are right, and not their order.
    pub wrong_order: bool,
    /// Other rows may be there.
    pub subset: bool,
    pub differing: Vec<Differing>,
}

/// A row that differs, is missing, or is one too many.
pub struct Differing {
    pub expected: Option<Vec<Cell>>,
    pub got: Option<Vec<Constant>>,
    /// Places of the columns that differ.
    pub cells: Vec<usize>,
}

/// Most rows that are shown.
const MOST_ROWS: usize = 20;
/// Longest text of a cell that does not differ, in characters.
const LONGEST: usize = 40;

impl Difference {
    /// The difference in lines.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.summary()];
        let shown = &self.differing[..self.differing.len().min(MOST_ROWS)];
        let columns = self.shown_columns(shown);
        let mut table: Vec<Vec<String>> = Vec::new();
        let names = columns.iter().map(|place| self.columns[*place].name.clone());
        table.push(std::iter::once(" ".to_owned()).chain(names).collect());
        for one in shown {
            let differs = |place: usize| one.cells.contains(&place);
            let cut = |place: usize, text: String| if differs(place) { text } else { shortened(&text) };
            if let Some(cells) = &one.expected {
                let text =
                    |place: &usize| cut(*place, self.cell_text(&cells[*place], &self.columns[*place].ty));
                table.push(std::iter::once("-".to_owned()).chain(columns.iter().map(text)).collect());
            }
            if let Some(values) = &one.got {
                let text = |place: &usize| cut(*place, value_text(&values[*place], &self.columns[*place].ty));
                table.push(std::iter::once("+".to_owned()).chain(columns.iter().map(text)).collect());
            }
            if !one.cells.is_empty() {
                let mark = |place: &usize| if differs(*place) { "^".to_owned() } else { String::new() };
                table.push(std::iter::once(" ".to_owned()).chain(columns.iter().map(mark)).collect());
            }
        }
        lines.extend(aligned(&table));
        let hidden = self.differing.len() - shown.len();
        if hidden > 0 {
            lines.push(format!("and {hidden} more {}", rows(hidden)));
        }
        let left_out = self.columns.len() - columns.len();
        if left_out > 0 {
            let are = if left_out == 1 { "column is" } else { "columns are" };
            lines.push(format!("{left_out} {are} not shown: nothing differs there"));
        }
        lines
    }

    /// What it comes to, in one line.
    pub fn summary(&self) -> String {
        let count = |number: usize| format!("{number} {}", rows(number));
        let counts = format!("{} expected, {} came out", count(self.expected_rows), self.got_rows);
        if self.wrong_order {
            return format!("{counts}: the rows are right, their order is not");
        }
        let of = |is_it: fn(&Differing) -> bool| self.differing.iter().filter(|one| is_it(one)).count();
        let differ = of(|one| one.expected.is_some() && one.got.is_some());
        let missing = of(|one| one.got.is_none());
        let unexpected = of(|one| one.expected.is_none());
        let kinds = [(differ, "differ"), (missing, "missing"), (unexpected, "not expected")];
        let kinds =
            kinds.iter().filter(|(number, _)| *number > 0).map(|(number, what)| match (number, *what) {
                (1, "differ") => "1 differs".to_owned(),
                _ => format!("{number} {what}"),
            });
        format!("{counts}: {}", kinds.collect::<Vec<_>>().join(", "))
    }

    /// Keys, columns that differ, and where rows are missing or not expected all that holds something.
    fn shown_columns(&self, shown: &[Differing]) -> Vec<usize> {
        let is_whole = |one: &Differing| one.expected.is_none() || one.got.is_none();
        let holds = |one: &Differing, place: usize| {
            let expected = one.expected.as_ref().map(|cells| cells[place].constant());
            let got = one.got.as_ref().map(|values| values[place].clone());
            [expected, got].into_iter().flatten().any(|value| value != Constant::Null)
        };
        let few = self.columns.len() <= 6;
        let wanted = |place: &usize| {
            few || self.keys.contains(place)
                || shown.iter().any(|one| one.cells.contains(place) || is_whole(one) && holds(one, *place))
        };
        let places: Vec<usize> = (0..self.columns.len()).filter(wanted).collect();
        let tells = !self.keys.is_empty() || shown.iter().any(is_whole);
        if tells || few {
            return places;
        }
        // Nothing is known that tells rows apart: the first columns that hold something may.
        let first =
            (0..self.columns.len()).filter(|place| shown.iter().any(|one| holds(one, *place))).take(3);
        let mut with_first: Vec<usize> = first.chain(places).collect();
        with_first.sort_unstable();
        with_first.dedup();
        with_first
    }

    fn cell_text(&self, cell: &Cell, ty: &Type) -> String {
        match cell {
            Cell::Unwritten if self.subset => "…".to_owned(),
            Cell::Struct(cells) => {
                let fields = ty.fields().unwrap_or_default();
                let parts = cells.iter().zip(fields).filter(|(cell, _)| **cell != Cell::Unwritten);
                let parts =
                    parts.map(|(cell, field)| format!("{}: {}", field.name, self.cell_text(cell, &field.ty)));
                format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
            }
            Cell::Array(cells) => {
                let element = ty.element().unwrap_or(&Type::Null);
                let parts: Vec<String> = cells.iter().map(|cell| self.cell_text(cell, element)).collect();
                format!("[{}]", parts.join(", "))
            }
            cell => value_text(&cell.constant(), ty),
        }
    }

    /// The stable machine form.
    pub fn to_json(&self) -> Value {
        let rows = self.differing.iter().map(|one| {
            let named = |values: Vec<Value>| -> Map<String, Value> {
                self.columns.iter().map(|field| field.name.clone()).zip(values).collect()
            };
            let expected = one.expected.as_ref().map(|cells| {
                let values = cells.iter().zip(&self.columns);
                named(values.map(|(cell, field)| json_value(&cell.constant(), &field.ty)).collect())
            });
            let got = one.got.as_ref().map(|values| {
                let values = values.iter().zip(&self.columns);
                named(values.map(|(value, field)| json_value(value, &field.ty)).collect())
            });
            let columns: Vec<&str> =
                one.cells.iter().map(|place| self.columns[*place].name.as_str()).collect();
            json!({"expected": expected, "got": got, "columns": columns})
        });
        json!({
            "expected_rows": self.expected_rows,
            "got_rows": self.got_rows,
            "wrong_order": self.wrong_order,
            "rows": rows.collect::<Vec<_>>(),
        })
    }
}

fn rows(number: usize) -> &'static str {
    if number == 1 { "row" } else { "rows" }
}

/// A value in one line, as it would be written in a test.
fn value_text(value: &Constant, ty: &Type) -> String {
    match (value, ty) {
        (Constant::Null, _) => "NULL".to_owned(),
        (Constant::Scalar(text), Type::String | Type::Json | Type::Bytes) => {
            let is_plain = !text.is_empty() && text.trim() == text && text != "NULL" && text != "…";
            match is_plain && !text.chars().any(char::is_control) {
                true => text.clone(),
                false => format!("{text:?}"),
            }
        }
        (Constant::Scalar(text), _) => text.clone(),
        (Constant::Array(items), ty) => {
            let element = ty.element().unwrap_or(&Type::Null);
            let parts: Vec<String> = items.iter().map(|item| value_text(item, element)).collect();
            format!("[{}]", parts.join(", "))
        }
        (Constant::Struct(values), ty) => {
            let fields = ty.fields().unwrap_or_default();
            let parts = values.iter().zip(fields).filter(|(value, _)| **value != Constant::Null);
            let parts =
                parts.map(|(value, field)| format!("{}: {}", field.name, value_text(value, &field.ty)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
    }
}

fn json_value(value: &Constant, ty: &Type) -> Value {
    match (value, ty) {
        (Constant::Null, _) => Value::Null,
        (Constant::Scalar(text), Type::Int64) => {
            text.parse::<i64>().map_or(json!(text), |number| json!(number))
        }
        (Constant::Scalar(text), Type::Float64) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => json!(number),
            _ => json!(text),
        },
        (Constant::Scalar(text), Type::Bool) => json!(text == "true"),
        (Constant::Scalar(text), _) => json!(text),
        (Constant::Array(items), ty) => {
            let element = ty.element().unwrap_or(&Type::Null);
            json!(items.iter().map(|item| json_value(item, element)).collect::<Vec<_>>())
        }
        (Constant::Struct(values), ty) => {
            let fields = ty.fields().unwrap_or_default().iter().zip(values);
            let fields = fields.map(|(field, value)| (field.name.clone(), json_value(value, &field.ty)));
            Value::Object(fields.collect())
        }
    }
}

fn shortened(text: &str) -> String {
    match text.chars().count() > LONGEST {
        true => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// Lines with the cells of each column below each other.
fn aligned(table: &[Vec<String>]) -> Vec<String> {
    let columns = table.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        table
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    table
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| {
                    let missing = width - cell.chars().count();
                    format!("{cell}{}", " ".repeat(missing))
                })
                .collect();
            let (mark, cells) =
                cells.split_first().map_or((" ", &[][..]), |(mark, rest)| (mark.as_str(), rest));
            format!("{mark} {}", cells.join("  ")).trim_end().to_owned()
        })
        .collect()
}
