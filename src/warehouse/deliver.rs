//! Loading a file of a log, an export or any other source into its table: rows, markers and errors of the
//! file in one transaction. Rows come as lines that were sorted already, or as they stand in Parquet.

use std::path::Path;

use anyhow::{Context, anyhow};
use duckdb::{Connection, OptionalExt, params};
use jiff::civil::Date;

use super::digest::{ROW, ROWS_DIGEST};
use super::load::{self, Arrivals, Loaded, ReadFile};
use super::marker::Marker;
use super::parquet::{Parquet, first_line};
use super::rejections::Rejections;
use super::rows::day_of;
use super::{DuckDb, Inputs};
use crate::failpoint::{Failpoint, reach};
use crate::schema::{Field, TABLE_SUFFIX};
use crate::sql::duckdb::{column_definitions, identifier, literal};

/// What is loaded, where and how.
pub struct Delivery<'a> {
    pub table: &'a str,
    pub columns: &'a [Field],
    /// The column that says the day of a row; none where the table is one whole.
    pub day: Option<&'a str>,
    pub manner: Manner<'a>,
    pub content: Content<'a>,
}

/// Where the rows stand.
pub enum Content<'a> {
    /// In the file that their lines were sorted into; none where no line was accepted.
    Lines(Option<Arrivals>),
    Parquet(&'a Path),
}

/// What becomes of the rows that are there.
pub enum Manner<'a> {
    /// They stay. Of rows of one day and identifier the first holds.
    Log { id: Option<&'a str> },
    /// Those of the day go. Every new row must say that it is of the day: in the column, by the text.
    Shard { day: Date, own: &'a str, text: &'a str, column: &'a str },
    /// They stay, and whoever observes the table gives its days their versions.
    Append,
}

/// What became of a delivery.
#[derive(Debug, Default)]
pub struct Delivered {
    /// Rows that were read.
    pub read: i64,
    /// Of them, rows that are loaded.
    pub rows: i64,
    /// The days whose rows changed.
    pub loaded: Vec<Loaded>,
}

/// Why nothing of a file was loaded.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The file has another shape than the table, in words.
    #[error("another shape: {}", .0.join("; "))]
    Shape(Vec<String>),
    /// So many rows are of no day or of another than the shard's, and what they say.
    #[error("{0} rows of another day")]
    Day(i64, Option<String>),
    /// The shard has no rows.
    #[error("no rows")]
    Empty,
    /// DuckDB cannot read the file.
    #[error("{0}")]
    Unreadable(String),
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl From<duckdb::Error> for DeliveryError {
    fn from(error: duckdb::Error) -> Self {
        DeliveryError::Internal(anyhow!(error).context("loading the file's rows"))
    }
}

impl DuckDb {
    /// How many rows a Parquet file says it has.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn parquet_rows(&self, path: &Path) -> Result<i64, DeliveryError> {
        let session = self.session()?;
        let parquet = Parquet::open(&session, path)?;
        parquet.rows(&session)
    }

    /// Loads everything of one file, or nothing.
    ///
    /// # Errors
    /// The file does not fit, and why; or what the warehouse failed at.
    pub fn deliver(
        &self,
        file: &ReadFile,
        delivery: Delivery,
        rejected: Rejections,
    ) -> Result<Delivered, DeliveryError> {
        let session = self.session()?;
        // Times with a zone are read as UTC; where DuckDB knows no zones they are UTC anyway.
        let _ = session.execute_batch("SET TimeZone = 'UTC'");
        let _turn = self.publishing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let into = self.names.table(delivery.table);
        session.execute_batch("BEGIN")?;
        let delivered = deliver(&session, &into, file, delivery, rejected).and_then(|delivered| {
            reach(Failpoint::DeliveryReplaced);
            session.execute_batch("COMMIT").context("committing the file's rows")?;
            reach(Failpoint::DeliveryCommitted);
            Ok(delivered)
        });
        if delivered.is_err() {
            let _ = session.execute_batch("ROLLBACK");
        }
        delivered
    }
}

fn deliver(
    session: &Connection,
    into: &str,
    file: &ReadFile,
    delivery: Delivery,
    rejected: Rejections,
) -> Result<Delivered, DeliveryError> {
    let read = stage(session, &delivery)?;
    let mut delivered = Delivered { read, rows: read, loaded: Vec::new() };
    match &delivery.manner {
        Manner::Log { id } => {
            require_days(session, delivery.day)?;
            if let (Some(id), Some(day)) = (id, delivery.day) {
                delivered.rows -= drop_repeated(session, into, day, id)?;
            }
            insert(session, into, &delivery)?;
            for (day, rows) in days(session, delivery.day)? {
                delivered.loaded.push(load::mark(session, delivery.table, &day, rows, file)?);
            }
        }
        Manner::Append => {
            require_days(session, delivery.day)?;
            insert(session, into, &delivery)?;
        }
        Manner::Shard { day, own, text, column } => {
            if read == 0 {
                return Err(DeliveryError::Empty);
            }
            require_shard(session, own, text)?;
            delivered.loaded = replace(session, into, file, &delivery, *day, column)?;
            if delivered.loaded.is_empty() {
                delivered.rows = 0;
            }
        }
    }
    load::note(session, file, delivered.rows, rejected)?;
    Ok(delivered)
}

/// Puts the rows into `_arrived`, and says how many there are.
fn stage(session: &Connection, delivery: &Delivery) -> Result<i64, DeliveryError> {
    let columns = delivery.columns;
    let create = |query: &str| format!("CREATE OR REPLACE TEMP TABLE _arrived AS {query}");
    match &delivery.content {
        Content::Lines(None) => {
            let columns = column_definitions(columns);
            session.execute_batch(&format!("CREATE OR REPLACE TEMP TABLE _arrived ({columns})"))?;
        }
        Content::Lines(Some(arrivals)) => {
            session
                .execute_batch(&create(&load::lines_query(columns, arrivals.path())))
                .with_context(|| format!("loading rows into {}", delivery.table))?;
        }
        Content::Parquet(path) => {
            let parquet = Parquet::open(session, path)?;
            // The day of a shard is in its name alone.
            let given = match &delivery.manner {
                Manner::Shard { column, .. } => Some(*column),
                _ => None,
            };
            let own: Vec<Field> =
                columns.iter().filter(|field| Some(field.name.as_str()) != given).cloned().collect();
            let misfits = parquet.misfits(&own);
            if !misfits.is_empty() {
                return Err(DeliveryError::Shape(misfits));
            }
            let query = match &delivery.manner {
                Manner::Shard { day, text, column, .. } => format!(
                    "SELECT {} AS {}, * FROM ({})",
                    match *column == TABLE_SUFFIX {
                        true => literal(text),
                        false => format!("CAST({} AS DATE)", literal(&day.to_string())),
                    },
                    identifier(column),
                    parquet.query(&own)
                ),
                _ => parquet.query(&own),
            };
            let read = session.execute_batch(&create(&query));
            read.map_err(|error| DeliveryError::Unreadable(first_line(&error)))?;
        }
    }
    Ok(session.query_row("SELECT count(*) FROM _arrived", [], |row| row.get(0))?)
}

/// Every row has a day that a server had. Lines were looked at one by one; of Parquet nothing is known.
fn require_days(session: &Connection, day: Option<&str>) -> Result<(), DeliveryError> {
    let Some(day) = day else { return Ok(()) };
    let sql = format!(
        "SELECT count(*) FROM _arrived
         WHERE {} BETWEEN DATE '1970-01-01' AND DATE '9999-12-31' IS NOT TRUE",
        day_of(None, day)
    );
    match session.query_row(&sql, [], |row| row.get(0))? {
        0 => Ok(()),
        without => Err(DeliveryError::Day(without, None)),
    }
}

fn require_shard(session: &Connection, own: &str, text: &str) -> Result<(), DeliveryError> {
    let own = identifier(own);
    let sql = format!("SELECT count(*), min({own}) FROM _arrived WHERE {own} IS DISTINCT FROM ?");
    let (others, other): (i64, Option<String>) =
        session.query_row(&sql, params![text], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if others > 0 { Err(DeliveryError::Day(others, other)) } else { Ok(()) }
}

/// Drops rows whose identifier the file, or the table, has on the same day; gives how many.
fn drop_repeated(session: &Connection, into: &str, day: &str, id: &str) -> Result<i64, DeliveryError> {
    let (id, day) = (identifier(id), identifier(day));
    let same_day =
        |one: &str, other: &str| format!("CAST({one}.{day} AS DATE) = CAST({other}.{day} AS DATE)");
    let sql = format!(
        "DELETE FROM _arrived WHERE {id} IS NOT NULL AND (
           EXISTS (SELECT 1 FROM {} AS standing WHERE standing.{id} = _arrived.{id} AND {})
           OR rowid NOT IN (SELECT min(rowid) FROM _arrived WHERE {id} IS NOT NULL GROUP BY {id}, CAST({day} AS DATE))
         )",
        into,
        same_day("standing", "_arrived"),
    );
    Ok(i64::try_from(session.execute(&sql, [])?).unwrap_or(i64::MAX))
}

fn insert(session: &Connection, into: &str, delivery: &Delivery) -> Result<(), DeliveryError> {
    let names: Vec<String> = delivery.columns.iter().map(|column| identifier(&column.name)).collect();
    let names = names.join(", ");
    let sql = format!("INSERT INTO {into} ({names}) SELECT {names} FROM _arrived");
    session.execute(&sql, []).with_context(|| format!("loading rows into {}", delivery.table))?;
    Ok(())
}

/// The days of the rows, with how many each has.
fn days(session: &Connection, day: Option<&str>) -> Result<Vec<(String, i64)>, DeliveryError> {
    let Some(day) = day else { return Ok(Vec::new()) };
    let mut statement = session.prepare(&format!(
        "SELECT CAST(CAST({} AS DATE) AS VARCHAR), count(*) FROM _arrived GROUP BY 1 ORDER BY 1",
        identifier(day)
    ))?;
    let days = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(days.collect::<duckdb::Result<_>>()?)
}

/// Replaces a day's rows. Where the same rows stand already nothing changes, and there is no new version.
fn replace(
    session: &Connection,
    into: &str,
    file: &ReadFile,
    delivery: &Delivery,
    day: Date,
    column: &str,
) -> Result<Vec<Loaded>, DeliveryError> {
    let names: Vec<String> = delivery.columns.iter().map(|column| identifier(&column.name)).collect();
    let (rows, digest): (i64, String) = session.query_row(
        &format!("SELECT count(*), {ROWS_DIGEST} FROM (SELECT {} FROM _arrived) AS {ROW}", names.join(", ")),
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let key = format!("{}/{day}", delivery.table);
    let standing: Option<(i64, String)> = session
        .query_row("SELECT data_version, digest FROM marker WHERE key = ?", params![key], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let of_day = format!("FROM {into} WHERE {} = CAST(? AS DATE)", day_of(None, column));
    let there: i64 =
        session
            .query_row(&format!("SELECT count(*) {of_day}"), params![day.to_string()], |row| row.get(0))?;
    if there == rows && standing.as_ref().is_some_and(|(_, known)| *known == digest) {
        return Ok(Vec::new());
    }
    session.execute(&format!("DELETE {of_day}"), params![day.to_string()])?;
    insert(session, into, delivery)?;
    let version = standing.map_or(0, |(version, _)| version) + 1;
    let marker = Marker {
        dataset: delivery.table.to_owned(),
        partition: day.to_string(),
        attempt: file.attempt.to_owned(),
        epoch: version,
        definition_hash: String::new(),
        data_version: version,
        origin_version: version,
        inputs: Inputs::new(),
        rows,
        digest: digest.clone(),
        built_at: file.at.to_owned(),
    };
    if !marker.upsert(session)? {
        return Err(anyhow!("another ingest holds {} {day}", delivery.table).into());
    }
    Ok(vec![Loaded { table: delivery.table.to_owned(), day: day.to_string(), version, rows, digest }])
}
