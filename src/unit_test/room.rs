//! Where tests run: a DuckDB in memory for each worker, and in it a room for each test, a schema that holds the tables of
//! the test and is gone with it. Nothing of one test is seen by another.

use std::time::Duration;

use super::prepare::{Rows, RowsTest};
use super::query::Query;
use crate::compile::Partition;
use crate::period::Period;
use crate::query::{Answer, Failure, Limits, Session};
use crate::schema::Field;
use crate::sql::duckdb::{column_definitions, identifier, literal, map_tables, with_parameters};
use crate::warehouse::KeyRing;

/// A query of a test that takes longer does not end.
const LONGEST: Duration = Duration::from_secs(60);
/// Bytes of memory that the database of a worker takes.
const MOST_MEMORY: u64 = 2 << 30;

fn limits() -> Limits {
    Limits { time: Some(LONGEST), ..Limits::default() }
}

/// One worker's database.
pub struct House {
    session: Session,
    rooms: usize,
}

impl House {
    pub fn open(keys: &KeyRing) -> anyhow::Result<Self> {
        let session = Session::in_memory()?;
        // The workers share the cores.
        session.use_threads(1)?;
        session.use_keys(keys)?;
        session.use_memory(MOST_MEMORY)?;
        Ok(Self { session, rooms: 0 })
    }

    /// Makes the tables of a test.
    pub fn room(&mut self, test: &RowsTest) -> anyhow::Result<Room<'_>> {
        self.rooms += 1;
        let room = Room { session: &self.session, schema: format!("test_{}", self.rooms) };
        let mut statements = format!("CREATE SCHEMA {};", identifier(&room.schema));
        for (name, columns) in &test.tables {
            statements.push_str(&format!(
                "CREATE TABLE {} ({});",
                room.table(name),
                column_definitions(columns)
            ));
        }
        room.session.execute(&statements)?;
        Ok(room)
    }
}

/// The tables of one test.
pub struct Room<'a> {
    session: &'a Session,
    schema: String,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        let _ = self.session.execute(&format!("DROP SCHEMA {} CASCADE;", identifier(&self.schema)));
    }
}

impl Room<'_> {
    fn table(&self, name: &str) -> String {
        format!("{}.{}", identifier(&self.schema), identifier(name))
    }

    /// Puts given rows into their table.
    pub fn fill(&self, rows: &Rows) -> anyhow::Result<()> {
        if rows.values.is_empty() {
            return Ok(());
        }
        let columns: Vec<String> = rows.columns.iter().map(|name| identifier(name)).collect();
        self.session.execute(&format!(
            "INSERT INTO {} ({}) VALUES {};",
            self.table(&rows.table),
            columns.join(", "),
            rows.values.join(", ")
        ))
    }

    /// Runs a query over the tables.
    pub fn ask(&self, query: &Query, parameters: &[String]) -> Result<Answer, Failure> {
        self.session.run(&query.translated, &self.text(query, parameters), &[], &limits())
    }

    /// Puts what a query gives into a table, in place of the rows of a partition.
    pub fn keep(
        &self,
        query: &Query,
        parameters: &[String],
        (table, partition): (&str, &Partition),
        period: Period,
    ) -> Result<(), Failure> {
        let result = self.table("(result)");
        let table = self.table(table);
        let columns: Vec<String> =
            query.translated.columns.iter().map(|field: &Field| identifier(&field.name)).collect();
        let columns = columns.join(", ");
        let rows = match &partition.column {
            None => "TRUE".to_owned(),
            Some(column) => {
                let at = |at: jiff::civil::DateTime| literal(&at.strftime("%Y-%m-%d %H:%M:%S").to_string());
                let (name, start, end) = (identifier(&column.name), at(period.start()), at(period.end()));
                format!("{name} >= TIMESTAMP {start} AND {name} < TIMESTAMP {end}")
            }
        };
        let statements = format!(
            "CREATE TABLE {result} AS {}; DELETE FROM {table} WHERE {rows};
             INSERT INTO {table} ({columns}) SELECT {columns} FROM {result}; DROP TABLE {result};",
            self.text(query, parameters)
        );
        self.session.execute_within(&statements, &limits())
    }

    fn text(&self, query: &Query, parameters: &[String]) -> String {
        let sql = with_parameters(&query.translated.duckdb, parameters);
        map_tables(&sql, &mut |name| Some(self.table(name)))
    }
}
