//! One query as people give it: GoogleSQL text → analysed, translated, run on a DuckDB connection → an [`Answer`] of
//! GoogleSQL values under GoogleSQL types. It must never run a statement that writes, and never give a value whose
//! type is not the one that the analysis inferred.

mod csv;
mod decode;
mod json;
mod limits;
mod parameters;
mod table;
#[cfg(test)]
mod tests;

pub use csv::csv;
pub use json::{json, json_value};
pub use limits::{LastResort, Limits, Stopped};
pub use parameters::{Parameter, WithParameters};
pub use table::table;

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Context;
use duckdb::{Config, Connection};

use self::limits::Watch;
use crate::schema::Field;
use crate::sql::{self, Analysis, Catalogue, Problem};
use crate::value::Value;
use crate::warehouse::native::Installed;
use crate::warehouse::{DuckDb, KeyRing};

/// What a query gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub columns: Vec<Field>,
    pub rows: Vec<Vec<Value<'static>>>,
    /// Whether there are more rows than were asked for.
    pub more: bool,
}

/// Why a query gave nothing.
#[derive(Debug)]
pub enum Failure {
    /// Mistakes in the text, and constructs that cannot be translated.
    Mistakes(Vec<Problem>),
    /// What the query itself comes to: a division by zero, a text that is no date.
    Failed(String),
    /// A table is declared, but not there.
    Missing(String),
    Stopped(Stopped),
    /// The translation is wrong: DuckDB does not take it, or gives values of another type than was inferred.
    Internal(String),
}

/// A query that can be run.
#[derive(Clone, Debug)]
pub struct Translated {
    pub columns: Vec<Field>,
    /// As DuckDB is given it, tables marked. Its parameters are numbered without gaps.
    pub duckdb: String,
    /// The parameters, in the order of their numbers in DuckDB's text.
    pub parameters: Vec<Asked>,
    /// Where it names a parameter of a partition first.
    pub first_of_partition: Option<sql::tree::Span>,
    /// Whether the order of the rows means something.
    pub is_ordered: bool,
    /// The keys that it hashes with, those of views aside.
    pub keys: BTreeSet<String>,
    /// The tables and views that it names.
    pub reads: BTreeSet<String>,
}

/// A parameter that a query names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One of [`sql::PARAMETERS`], by its place there.
    Partition(usize),
    /// One of those that were given, by its place among them.
    Given(usize),
}

/// Analyses and translates a text.
///
/// # Errors
/// All mistakes in the text.
pub fn translate(text: &str, catalogue: &dyn Catalogue) -> Result<Translated, Vec<Problem>> {
    Translated::of(&sql::Parsed::new(text)?.with_named_columns().analyse(catalogue)?)
}

impl Translated {
    /// Translates an analysed query.
    ///
    /// # Errors
    /// All constructs that have no DuckDB form.
    pub fn of(analysis: &Analysis) -> Result<Self, Vec<Problem>> {
        let duckdb = sql::duckdb::translate(analysis)?;
        let (duckdb, numbers) = sql::duckdb::number_parameters(&duckdb);
        let asked = |number: usize| match number.checked_sub(sql::PARAMETERS.len() + 1) {
            Some(number) => Asked::Given(parameters::place(number + 1)),
            None => Asked::Partition(number.saturating_sub(1)),
        };
        // What is only ever NULL is an INT64, as a column of a result.
        let columns = analysis.columns.iter().map(|field| Field { ty: field.ty.settled(), ..field.clone() });
        Ok(Translated {
            columns: columns.collect(),
            duckdb,
            parameters: numbers.into_iter().map(asked).collect(),
            first_of_partition: analysis.first_parameter,
            is_ordered: !analysis.query.order_by.is_empty(),
            keys: analysis.keys.clone(),
            reads: analysis.uses.iter().map(|one| one.name.clone()).collect(),
        })
    }
}

/// What a query outside of any project knows: nothing but what it says itself.
pub struct NoTables;

impl Catalogue for NoTables {
    fn table(&self, _name: &str) -> Option<sql::Table> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Nothing is read or written anywhere, also not what does not fit into memory.
const OUTSIDE: &str = "SET temp_directory = ''; SET enable_external_access = false;";

/// What may lie on a disk for a while, in times of what may lie in memory.
const SPILLED: u64 = 4;

/// A connection that queries run on.
pub struct Session {
    connection: Connection,
    natives: Arc<Installed>,
}

impl Session {
    /// A session outside of any project, on an empty database that is nowhere but in memory.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn in_memory() -> anyhow::Result<Self> {
        let config = Config::default()
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?;
        let connection = Connection::open_in_memory_with_flags(config).context("opening a session")?;
        connection.execute_batch(OUTSIDE).context("opening a session")?;
        Ok(Self { connection, natives: Arc::default() })
    }

    /// A session on a warehouse.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn on(warehouse: &DuckDb) -> anyhow::Result<Self> {
        Ok(Self { connection: warehouse.session()?, natives: warehouse.natives() })
    }

    /// Runs statements that make what queries read. No text of an author stands in them but as a literal.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn execute(&self, statements: &str) -> anyhow::Result<()> {
        self.natives.install(&self.connection, statements)?;
        self.connection.execute_batch(statements).context("preparing the session")
    }

    /// Runs statements that hold a translated query, whose text has the names of a target and its parameters by now.
    ///
    /// # Errors
    /// See [`Failure`], mistakes aside.
    pub fn execute_within(&self, statements: &str, limits: &Limits) -> Result<(), Failure> {
        let installed = self.natives.install(&self.connection, statements);
        installed.map_err(|error| Failure::Internal(format!("{error:#}")))?;
        let watch = Watch::over(self.connection.interrupt_handle(), limits);
        let done = self.connection.execute_batch(statements);
        done.map_err(|error| failure(&error.to_string(), watch.stopped()))
    }

    /// Has `keyed_hash` hash with these keys.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn use_keys(&self, keys: &KeyRing) -> anyhow::Result<()> {
        keys.register(&self.connection)
    }

    /// Sets how many threads work on a query; by default as many as there are cores.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn use_threads(&self, count: usize) -> anyhow::Result<()> {
        self.connection.execute_batch(&format!("SET threads = {count};")).context("setting the threads")
    }

    /// Sets how many bytes of memory DuckDB takes, and how many of a disk where it may write.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn use_memory(&self, most: u64) -> anyhow::Result<()> {
        let spilled = most.saturating_mul(SPILLED);
        let limits = format!("SET memory_limit = '{most}B'; SET max_temp_directory_size = '{spilled}B';");
        self.connection.execute_batch(&limits).context("limiting the memory")
    }

    /// Analyses, translates and runs a text.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn query(&self, text: &str, catalogue: &dyn Catalogue, limits: &Limits) -> Result<Answer, Failure> {
        let translated = translate(text, catalogue).map_err(Failure::Mistakes)?;
        self.run(&translated, &translated.duckdb, &[], limits)
    }

    /// Runs a translated query, whose text has the names of a target by now, with the values of its parameters.
    ///
    /// # Errors
    /// See [`Failure`], mistakes aside.
    pub fn run(
        &self,
        translated: &Translated,
        duckdb: &str,
        given: &[Parameter],
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let bound = parameters::bound(&translated.parameters, given)?;
        self.natives
            .install(&self.connection, duckdb)
            .map_err(|error| Failure::Internal(format!("{error:#}")))?;
        let watch = Watch::over(self.connection.interrupt_handle(), limits);
        let failed = |error: duckdb::Error| failure(&error.to_string(), watch.stopped());
        let mut statement = self.connection.prepare(duckdb).map_err(failed)?;
        // Rows come as they are asked for, so that a limit on them ends the work.
        drop(statement.stream_arrow(duckdb::params_from_iter(bound)).map_err(failed)?);
        let mut answer = Answer { columns: translated.columns.clone(), rows: Vec::new(), more: false };
        while let Some(batch) = statement.step().map_err(failed)? {
            decode::rows(&batch, &answer.columns, &mut answer.rows)?;
            if limits.rows.is_some_and(|most| answer.rows.len() > most) {
                answer.rows.truncate(limits.rows.unwrap_or_default());
                answer.more = true;
                break;
            }
            // DuckDB may be done before it looks whether it is to stop.
            if let Some(stopped) = watch.stopped() {
                return Err(Failure::Stopped(stopped));
            }
        }
        Ok(answer)
    }
}

/// What a message of DuckDB means.
fn failure(message: &str, stopped: Option<Stopped>) -> Failure {
    let (kind, said) = message.split_once(" Error: ").unwrap_or(("", message));
    // What follows shows DuckDB's text, which nobody wrote.
    let said = said.split("\n\nLINE ").next().unwrap_or(said).trim();
    match kind {
        "INTERRUPT" => Failure::Stopped(stopped.unwrap_or(Stopped::Interrupted)),
        "Out of Memory" => Failure::Stopped(Stopped::Memory),
        "Catalog" if said.starts_with("Table with name") || said.starts_with("View with name") => {
            Failure::Missing(said.to_owned())
        }
        "Binder" | "Parser" | "Catalog" | "INTERNAL" | "FATAL" | "Not implemented" | "Syntax" => {
            Failure::Internal(format!("DuckDB does not take the translation: {}", message.trim()))
        }
        _ => Failure::Failed(said.to_owned()),
    }
}

impl Failure {
    /// The failure in one line.
    pub fn told(&self) -> String {
        match self {
            Failure::Mistakes(problems) => {
                let told = problems.iter().map(|one| format!("{} {}", one.code.as_str(), one.message));
                told.collect::<Vec<_>>().join("; ")
            }
            Failure::Failed(said) | Failure::Missing(said) | Failure::Internal(said) => said.clone(),
            Failure::Stopped(stopped) => stopped.to_string(),
        }
    }
}
