//! The resolved tree → DuckDB SQL. Types decide the form, never text. What cannot be translated is a
//! problem that names the construct: it must never give SQL with another meaning.

mod aggregate;
mod anchor;
mod arithmetic;
mod array;
mod cast;
mod caught;
mod comparison;
mod constant_rows;
mod elements;
mod expression;
mod extreme;
mod first;
mod formatted;
mod guard;
mod inlined;
mod json;
mod lambda;
mod like;
mod moment;
mod names;
mod native;
mod nested;
mod once;
mod operator;
mod outer;
mod query;
mod recursion;
mod relation;
mod script;
mod staged;
mod text;
mod types;
mod window;

pub use arithmetic::decimal_literal;
pub use cast::{convert, field_name};
pub use moment::{bounded_date, bounded_moment, later_date, now, whole as whole_literal};
pub use names::{map_tables, with_views};
pub use native::{NativeCall, calls_own, native_call, native_calls};
pub use text::{number_parameters, with_parameters};
pub use types::{column_definitions, column_names, data_type, folded, unique_names};

use self::elements::Element;
use super::tree::{Expression, Span, Window};
use super::{Analysis, Problem, stack};
use crate::diagnostic::Code;
use crate::schema::Field;

/// Translates an analysed query. `@` parameters become `$1`, `$2`, `$3` in the order of
/// [`super::PARAMETERS`]. Tables carry a mark by which [`map_tables`] finds them.
///
/// # Errors
/// All constructs that have no DuckDB form.
pub fn translate(analysis: &Analysis) -> Result<String, Vec<Problem>> {
    let query = &analysis.query;
    if !analysis.refused.is_empty() {
        return Err(analysis.refused.clone());
    }
    let translated = stack::roomy(query.depth, || {
        let mut printer = Printer::default();
        let sql = printer.query(query);
        if printer.problems.is_empty() { Ok(sql) } else { Err(printer.problems) }
    });
    translated.unwrap_or_else(|| {
        Err(vec![Problem::new(Code::Unsupported, query.span, "there is no thread to translate the query on")])
    })
}

/// A query of these columns that fails with a reason.
pub fn failing(columns: &[Field], reason: &str) -> String {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| {
            let ty = data_type(&column.ty);
            format!("CAST(error({}) AS {ty}) AS {}", literal(reason), identifier(&column.name))
        })
        .collect();
    format!("SELECT {}", columns.join(", "))
}

/// Translates an expression that names no column.
///
/// # Errors
/// All constructs that have no DuckDB form.
pub fn expression(expression: &Expression) -> Result<String, Vec<Problem>> {
    let mut printer = Printer::default();
    let sql = printer.expression(expression);
    if printer.problems.is_empty() { Ok(sql) } else { Err(printer.problems) }
}

#[derive(Default)]
struct Printer {
    problems: Vec<Problem>,
    /// Values by relation and name that stand in the place of columns: arguments of functions, elements of arrays.
    bound: Vec<(String, String, String)>,
    /// What the relations in scope stand for, where it is elements beside the rows of others.
    elements: Vec<Element>,
    /// How many SELECTs see what is written: the one at hand, and those around it whose columns it may name.
    visible: usize,
    /// Counts the queries that were written.
    queries: usize,
    /// Calls of functions that the one at hand stands in.
    calls: usize,
    /// Forms that the one at hand stands in.
    forms: usize,
    /// The common tables in scope: their names in small letters, and what they are called.
    tables: Vec<(String, String)>,
    /// For each SELECT around: the columns that USING merged, and what they are.
    merged: Vec<Vec<(String, String)>>,
    /// Whether the query at hand is a value that names what stands around it, of rows of a FULL JOIN.
    names_outer: bool,
    /// Counts the joins that took another form.
    full_joins: usize,
    /// Which rows of the FROM clause at hand are meant, where a join made more of them.
    meant: Vec<String>,
    /// What the rows of the SELECT at hand are ordered by where nothing else does.
    places: Vec<String>,
    /// Whether arrays of the SELECT at hand are to give the places of their elements.
    keeps_places: bool,
    /// The windows of the SELECT at hand that have names, each with what it inherits.
    windows: Vec<(String, Window)>,
    /// The columns of the first stage, by their names, while the second one is written.
    first_stage: Option<Vec<(String, String)>>,
    /// Counts the columns of first stages.
    stages: usize,
    /// The rows that the next aggregate looks at, of PIVOT.
    only: Option<String>,
    /// For each SELECT around: the names of its relations.
    relations: Vec<Vec<String>>,
    /// The conditions under which the expression at hand is evaluated.
    guards: Vec<String>,
    /// The condition of the branch for what the FROM clause at hand reads.
    branch: Option<String>,
    /// Whether the common tables of the next query are written where they are named.
    writes_out: bool,
    /// The condition under which the next query looks at anything.
    guard: Option<String>,
}

impl Printer {
    fn untranslatable(&mut self, span: Span, what: impl Into<String>) -> String {
        self.problems.push(Problem::new(Code::Unsupported, span, what));
        "NULL".to_owned()
    }
}

/// A text as a DuckDB literal. DuckDB's parser takes a zero character for the end of the query.
pub fn literal(text: &str) -> String {
    if text.contains('\0') {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        return format!("decode(unhex('{hex}'))");
    }
    let mut literal = String::with_capacity(text.len() + 2);
    push_quoted(&mut literal, text, '\'');
    literal
}

/// A name as a DuckDB identifier.
pub fn identifier(name: &str) -> String {
    let mut identifier = String::with_capacity(name.len() + 2);
    push_identifier(&mut identifier, name);
    identifier
}

/// A column of a relation.
fn member(relation: &str, column: &str) -> String {
    let mut member = String::with_capacity(relation.len() + column.len() + 5);
    push_identifier(&mut member, relation);
    member.push('.');
    push_identifier(&mut member, column);
    member
}

fn push_identifier(sql: &mut String, name: &str) {
    push_quoted(sql, name, '"');
}

/// A text between quotes, those in it written twice.
fn push_quoted(sql: &mut String, text: &str, quote: char) {
    sql.reserve(text.len() + 2);
    sql.push(quote);
    // Nearly all names hold none.
    if quote.is_ascii() && !text.as_bytes().contains(&(quote as u8)) {
        sql.push_str(text);
        sql.push(quote);
        return;
    }
    for (index, part) in text.split(quote).enumerate() {
        if index > 0 {
            sql.extend([quote, quote]);
        }
        sql.push_str(part);
    }
    sql.push(quote);
}

/// A dotted table name as DuckDB identifiers: schema and table.
pub fn table_name(name: &str) -> String {
    name.split('.').map(identifier).collect::<Vec<_>>().join(".")
}
