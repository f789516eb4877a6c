//! Rows of a CSV file: the first line names the columns, in any order. An empty cell is NULL, in a STRING
//! column the empty STRING.

use std::sync::Arc;

use super::{Placed, Row};
use crate::diagnostic::{Code, Diagnostic, Position, Source};
use crate::schema::{Field, Type, value};

/// Reads all rows; mistakes are reported at their cells.
pub fn rows(source: &Arc<Source>, columns: &[Field], found: &mut Vec<Diagnostic>) -> Vec<Placed> {
    let text = source.text.as_str();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut places = Places { source, byte: 0, line: 1 };
    let mut order: Option<Vec<Option<usize>>> = None;
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        // The text is UTF-8 and stands in memory, so there is nothing else to fail at.
        if !reader.read_record(&mut record).unwrap_or(false) {
            break;
        }
        // Blank lines before a record are not part of it.
        let start = start + text[start..].bytes().take_while(|byte| *byte == b'\n').count();
        let written = &text[start..(reader.position().byte() as usize).max(start)];
        places.move_to(start);
        if written.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            let message = "a quote is opened and not closed";
            // It swallows what follows, so it opens the last cell.
            let at = places.cell(written, record.len().saturating_sub(1));
            found.push(
                Diagnostic::error(Code::WrongTableFile, message)
                    .at(&at)
                    .hint("a quote inside a cell is doubled: `\"say \"\"hello\"\"\"`"),
            );
            break;
        }
        let Some(order) = &order else {
            let header = header(&record, written, &places, columns, found);
            let is_whole = header.iter().flatten().count() == columns.len();
            order = Some(header);
            if !is_whole {
                // Without all columns every row would be wrong.
                break;
            }
            continue;
        };
        if record.len() != order.len() {
            let message = format!("the row has {}, the header {}", cells(record.len()), cells(order.len()));
            let at = places.cell(written, order.len().min(record.len().saturating_sub(1)));
            let hint = match record.len() > order.len() {
                true => "put a cell that holds a comma in quotes: `\"a, b\"`",
                false => "leave a cell empty where there is no value: `a,,b`",
            };
            found.push(Diagnostic::error(Code::WrongTableFile, message).at(&at).hint(hint));
            continue;
        }
        let mut values: Row = vec![None; columns.len()];
        for (index, (cell, column)) in record.iter().zip(order).enumerate() {
            let Some(column) = column else { continue };
            let field = &columns[*column];
            if cell.is_empty() && field.ty != Type::String {
                continue;
            }
            match value::scalar(cell, &field.ty) {
                Ok(value) => values[*column] = Some(value),
                Err(takes) => {
                    let message = format!("`{cell}` does not fit the column `{}` {}", field.name, field.ty);
                    let at = places.cell(written, index);
                    found.push(Diagnostic::error(Code::WrongValue, message).at(&at).hint(takes));
                }
            }
        }
        rows.push(Placed { values, position: places.cell(written, 0) });
    }
    if order.is_none() && found.is_empty() {
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let at = Position::new(source, 1, 1, 1);
        let finding = Diagnostic::error(Code::WrongTableFile, "the file is empty").at(&at);
        found.push(finding.hint(format!("its first line names the columns: `{}`", names.join(","))));
    }
    rows
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// Which column of the schema each cell of a row is.
fn header(
    record: &csv::StringRecord,
    written: &str,
    places: &Places,
    columns: &[Field],
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut order = Vec::new();
    for (index, name) in record.iter().enumerate() {
        let column = columns.iter().position(|column| column.name == name);
        let problem = match column {
            None => Some(format!("the schema has no column `{name}`")),
            Some(_) if order.contains(&column) => Some(format!("the column `{name}` stands twice")),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            let finding = Diagnostic::error(Code::WrongTableFile, problem).at(&places.cell(written, index));
            let hint = "the first line names the columns as the schema does";
            let names = columns.iter().map(|column| column.name.as_str());
            found.push(if column.is_none() { finding.hint(hint).suggest(name, names) } else { finding });
        }
        order.push(column);
    }
    for (index, column) in columns.iter().enumerate() {
        if !order.contains(&Some(index)) {
            let message = format!("the header misses the column `{}` of the schema", column.name);
            let length = written.trim_end().chars().count().max(1);
            let at = Position::new(places.source, places.line, 1, length as u32);
            found.push(Diagnostic::error(Code::WrongTableFile, message).at(&at));
        }
    }
    order
}

/// Places in the file, found in one walk over its records.
struct Places<'a> {
    source: &'a Arc<Source>,
    byte: usize,
    line: u32,
}

impl Places<'_> {
    fn move_to(&mut self, byte: usize) {
        self.line += self.source.text[self.byte..byte].matches('\n').count() as u32;
        self.byte = byte;
    }

    /// Where a cell of the record that starts here stands.
    fn cell(&self, written: &str, index: usize) -> Position {
        let (mut line, mut column) = (self.line, 1);
        let (mut quoted, mut cell, mut length) = (false, 0, 0);
        let mut start = (line, column);
        for one in written.trim_end_matches('\n').chars() {
            match one {
                '"' => quoted = !quoted,
                ',' if !quoted => {
                    if cell == index {
                        break;
                    }
                    cell += 1;
                    column += 1;
                    (start, length) = ((line, column), 0);
                    continue;
                }
                _ => {}
            }
            if one == '\n' {
                (line, column) = (line + 1, 1);
            } else {
                column += 1;
                length += u32::from(line == start.0);
            }
        }
        Position::new(self.source, start.0, start.1, length.max(1))
    }
}
