//! Takes out of rows what the result does not depend on: a column at a time, and of structs a field at a time, as long as
//! the same rows come out. What is left is what a reader of the test has to look at.

use super::{Sample, Trial};
use crate::compile::Compilation;
use crate::schema::value::Constant;
use crate::schema::{Field, Type};

/// Most times that the query runs.
const MOST_TRIALS: usize = 2_000;

/// Takes out what can be.
pub fn prune(compilation: &Compilation, sample: &mut Sample, result: &[Vec<Constant>], trial: &mut Trial) {
    // Without rows nothing can be told.
    if result.is_empty() {
        return;
    }
    let mut pruning = Pruning { result, trial, trials: 0 };
    let tables: Vec<String> = sample.keys().cloned().collect();
    for table in &tables {
        let columns = compilation.columns(table).unwrap_or_default();
        for (place, column) in columns.iter().enumerate() {
            pruning.try_without(sample, table, &mut vec![place], column);
        }
    }
    for rows in sample.values_mut() {
        rows.retain(|row| row.iter().any(|value| *value != Constant::Null));
    }
    sample.retain(|_, rows| !rows.is_empty());
}

/// Takes out rows without which the same rows come out.
pub fn prune_rows(sample: &mut Sample, result: &[Vec<Constant>], trial: &mut Trial) {
    if result.is_empty() {
        return;
    }
    let tables: Vec<String> = sample.keys().cloned().collect();
    let mut trials = 0;
    for table in tables {
        let count = sample.get(&table).map_or(0, Vec::len);
        // From the last one, so that the places of those before it stay.
        for place in (0..count).rev() {
            trials += 1;
            if trials > MOST_TRIALS {
                return;
            }
            let Some(rows) = sample.get_mut(&table).filter(|rows| place < rows.len()) else { continue };
            let row = rows.remove(place);
            if trial.result(sample).is_ok_and(|found| found == result) {
                continue;
            }
            if let Some(rows) = sample.get_mut(&table) {
                rows.insert(place, row);
            }
        }
    }
}

struct Pruning<'a, 'b> {
    result: &'a [Vec<Constant>],
    trial: &'a mut Trial<'b>,
    trials: usize,
}

impl Pruning<'_, '_> {
    fn try_without(&mut self, sample: &mut Sample, table: &str, path: &mut Vec<usize>, field: &Field) {
        let Some(rows) = sample.get(table) else { return };
        if self.trials >= MOST_TRIALS || !rows.iter().any(|row| holds(row, path)) {
            return;
        }
        let kept = rows.clone();
        if let Some(rows) = sample.get_mut(table) {
            rows.iter_mut().for_each(|row| take_out(row, path));
        }
        self.trials += 1;
        if self.trial.result(sample).is_ok_and(|result| result == self.result) {
            return;
        }
        sample.insert(table.to_owned(), kept);
        let inner = match &field.ty {
            Type::Struct(fields) => fields,
            Type::Array(element) => match &**element {
                Type::Struct(fields) => fields,
                _ => return,
            },
            _ => return,
        };
        for (place, field) in inner.iter().enumerate() {
            path.push(place);
            self.try_without(sample, table, path, field);
            path.pop();
        }
    }
}

/// Whether anything stands at a path: places in a row and in structs; arrays stand for all of their elements.
fn holds(values: &[Constant], path: &[usize]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    values.get(*first).is_some_and(|value| holds_value(value, rest))
}

fn holds_value(value: &Constant, path: &[usize]) -> bool {
    match value {
        Constant::Null => false,
        _ if path.is_empty() => true,
        Constant::Struct(values) => holds(values, path),
        Constant::Array(items) => items.iter().any(|item| holds_value(item, path)),
        Constant::Scalar(_) => false,
    }
}

fn take_out(values: &mut [Constant], path: &[usize]) {
    let Some((first, rest)) = path.split_first() else { return };
    if let Some(value) = values.get_mut(*first) {
        take_out_of(value, rest);
    }
}

fn take_out_of(value: &mut Constant, path: &[usize]) {
    if path.is_empty() {
        *value = Constant::Null;
        return;
    }
    match value {
        Constant::Struct(values) => take_out(values, path),
        Constant::Array(items) => items.iter_mut().for_each(|item| take_out_of(item, path)),
        Constant::Null | Constant::Scalar(_) => {}
    }
}
