//! A handful of real rows of every table that a partition reads. Where tables have identifiers of one kind, rows of the same
//! few people are taken from each of them, so that they meet in joins. It must never write into the warehouse.

use std::collections::BTreeMap;

use anyhow::bail;

use super::Sample;
use crate::compile::{Compilation, CompiledDataset, Reads};
use crate::period::{Bounds, Period};
use crate::query::{Failure, Limits, Session, Translated};
use crate::schema::{Field, TABLE_SUFFIX, Type, find_field};
use crate::sql::duckdb::{identifier, literal};
use crate::unit_test::compare::constant;
use crate::unit_test::query::Query;
use crate::value::{Value, text};
use crate::warehouse::{DuckDb, day_of};

/// People whose rows are taken.
const PEOPLE: usize = 3;
/// Most rows of a table.
const ROWS: usize = 5;

/// A table that is read.
struct Table<'a> {
    name: &'a str,
    columns: &'a [Field],
    /// The condition that the partition reads a row.
    read: String,
    /// Identifiers that are no elements of arrays, as expressions, by their kinds.
    identifiers: BTreeMap<&'static str, String>,
}

/// Takes the rows, so many times as few as there may be.
pub fn take(
    compilation: &Compilation,
    dataset: &CompiledDataset,
    query: &Query,
    period: Period,
    times: usize,
    warehouse: &DuckDb,
) -> anyhow::Result<Sample> {
    let (people, rows) = (PEOPLE * times, ROWS * times);
    let session = Session::on(warehouse)?;
    let is_given = |name: &&String| !compilation.static_tables.contains_key(*name);
    let tables: Vec<Table> =
        query.tables.iter().filter(is_given).map(|name| table(name, compilation, dataset, period)).collect();
    // The kind that most tables have.
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    tables
        .iter()
        .flat_map(|table| table.identifiers.keys())
        .for_each(|kind| *kinds.entry(kind).or_default() += 1);
    let kind = kinds.iter().max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)));
    let kind = kind.map(|(kind, _)| *kind);
    // Who is in the tables that others fill comes first; the dataset's own past says less of the day.
    let own = dataset.name();
    let first = tables.iter().filter(|table| table.name != own).chain(&tables);
    let first = first.filter_map(|table| Some((table, table.identifiers.get(kind?)?))).next();
    let most_people = people;
    let mut people = Vec::new();
    if let Some((table, person)) = first {
        let sql = format!(
            "SELECT CAST({person} AS VARCHAR) FROM {} WHERE {} AND {person} IS NOT NULL
             GROUP BY 1 ORDER BY md5(CAST({person} AS VARCHAR)) LIMIT {most_people}",
            warehouse.names.table(table.name),
            table.read
        );
        let column = [Field::new("person", Type::String)];
        let found = self::rows(&session, &sql, &column, table.name)?;
        people = found.iter().flatten().map(|value| literal(&text(value))).collect();
    }
    let mut sample = Sample::new();
    for table in &tables {
        let mut condition = table.read.clone();
        let mut most = rows;
        if let Some(person) = kind.and_then(|kind| table.identifiers.get(kind)).filter(|_| !people.is_empty())
        {
            condition.push_str(&format!(" AND CAST({person} AS VARCHAR) IN ({})", people.join(", ")));
            most = PEOPLE * rows;
        }
        let columns: Vec<String> = table.columns.iter().map(|field| identifier(&field.name)).collect();
        let sql = format!(
            "SELECT {} FROM {} AS \"(row)\" WHERE {condition} ORDER BY md5(CAST(\"(row)\" AS VARCHAR)) LIMIT {most}",
            columns.join(", "),
            warehouse.names.table(table.name)
        );
        let found = self::rows(&session, &sql, table.columns, table.name)?;
        let constants = found.iter().map(|row| {
            row.iter().zip(table.columns).map(|(value, field)| constant(value, &field.ty)).collect()
        });
        sample.insert(table.name.to_owned(), constants.collect());
    }
    Ok(sample)
}

fn rows(
    session: &Session,
    sql: &str,
    columns: &[Field],
    table: &str,
) -> anyhow::Result<Vec<Vec<Value<'static>>>> {
    let translated = Translated {
        columns: columns.to_vec(),
        duckdb: sql.to_owned(),
        parameters: Vec::new(),
        first_of_partition: None,
        is_ordered: true,
        keys: Default::default(),
        reads: Default::default(),
    };
    match session.run(&translated, sql, &[], &Limits::default()) {
        Ok(answer) => Ok(answer.rows),
        Err(Failure::Missing(_)) => bail!("`{table}` is not there yet: build what the dataset reads first"),
        Err(Failure::Internal(_)) => {
            bail!("`{table}` has other columns than its definition says: build it first")
        }
        Err(failure) => bail!("`{table}` cannot be read: {}", failure.told()),
    }
}

fn table<'a>(
    name: &'a str,
    compilation: &'a Compilation,
    dataset: &CompiledDataset,
    period: Period,
) -> Table<'a> {
    let columns = compilation.columns(name).unwrap_or_default();
    let (bounds, column) = match name == dataset.name() {
        true => (dataset.reads_self, dataset.partition.column_name()),
        false => {
            let input = dataset.inputs.iter().find(|input| input.table == name);
            let bounds = input.and_then(|input| match input.reads {
                Reads::Days(bounds) => Some(bounds),
                Reads::All | Reads::Whole => None,
            });
            let source =
                compilation.sources.get(name).and_then(|source| source.definition.partition_column());
            let other = compilation.datasets.get(name).and_then(|other| other.partition.column_name());
            (bounds, source.or(other))
        }
    };
    let read = match (bounds, column) {
        (Some(bounds), Some(column)) if column == TABLE_SUFFIX => {
            within(&format!("({})", day_of(None, column)), bounds, period)
        }
        (Some(bounds), Some(column)) => within(&identifier(column), bounds, period),
        _ => "TRUE".to_owned(),
    };
    let mut identifiers = BTreeMap::new();
    let people = super::made_up::identifiers(name, compilation).into_iter();
    for (path, kind) in people.filter(|(_, kind)| *kind != super::made_up::RECORD) {
        if let Some(expression) = scalar_path(&path, columns) {
            identifiers.entry(kind).or_insert(expression);
        }
    }
    Table { name, columns, read, identifiers }
}

fn within(column: &str, bounds: Bounds, period: Period) -> String {
    let at = |at: jiff::civil::DateTime| literal(&at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let end = format!("{column} < TIMESTAMP {}", at(bounds.to.end(period)));
    match bounds.from {
        Some(from) => format!("{column} >= TIMESTAMP {} AND {end}", at(from.begin(period))),
        None => end,
    }
}

/// `a.b` as an expression, unless an array lies on the way.
fn scalar_path(path: &str, columns: &[Field]) -> Option<String> {
    let mut fields = columns;
    let mut expression = String::new();
    let mut parts = path.split('.').peekable();
    while let Some(part) = parts.next() {
        let field = find_field(fields, part)?;
        let name = identifier(&field.name);
        expression = if expression.is_empty() { name } else { format!("({expression}).{name}") };
        match (&field.ty, parts.peek().is_some()) {
            (Type::Struct(inner), true) => fields = inner,
            (Type::Struct(_) | Type::Array(_), _) | (_, true) => return None,
            (_, false) => {}
        }
    }
    Some(expression)
}
