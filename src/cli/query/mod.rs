mod given;
mod ground;
mod question;
mod text;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context;
use clap::Args;

pub use self::given::Given;
pub use self::ground::{project, translate};
pub use self::question::{Question, question};
pub use self::text::Text;
use super::context::{Compiled, Globals, Problem};
use super::{deferral, report, work};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::ledger::{Snapshot, Sqlite};
use crate::query::{self, Answer, Failure, LastResort, Limits, Parameter, Session, Stopped, Translated};
use crate::sql;
use crate::warehouse::DuckDb;

/// Rows that a table for people has at most, where nothing else is said.
const ROWS: usize = 100;

/// Exit codes of a query that was stopped: by a limit, and by a signal as shells have it.
const LIMIT_REACHED: u8 = 3;
const INTERRUPTED: u8 = 130;

/// Bytes of memory that are not the query's own.
const OVERHEAD: u64 = 512 << 20;

/// Run GoogleSQL and print the rows: on the target's tables inside a project, in memory outside of one
///
/// Exit codes: 0 the rows are printed, 1 the query or a parameter is wrong or the query failed, 2 it could not
/// start, 3 a limit stopped it, 130 Ctrl-C stopped it.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    text: Text,
    #[command(flatten)]
    given: Given,
    /// Print CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Most rows; 100 as a table, all of them as JSON or CSV
    #[arg(long, value_name = "ROWS")]
    limit: Option<usize>,
    /// Seconds after which the query is stopped; 0 for none
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    timeout: Duration,
    /// Most memory that the query takes, such as 500MB
    #[arg(long, value_name = "SIZE", default_value = "4GB", value_parser = bytes)]
    memory: u64,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let Question { source, compiled, given, translated } =
        question(&arguments.text, &arguments.given, globals)?;
    arguments.given.check(&translated, &source, &given)?;
    let limits = arguments.limits(globals)?;
    let outcome = match &compiled {
        Some(compiled) => on_target(arguments, compiled, globals, &translated, &given, &limits)?,
        None => {
            let session = Session::in_memory()?;
            session.use_memory(arguments.memory)?;
            session.run(&translated, &translated.duckdb, &given, &limits)
        }
    };
    match outcome {
        Ok(answer) => {
            print(&answer, arguments, globals);
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => failed(failure, &source, globals),
    }
}

impl Arguments {
    fn limits(&self, globals: &Globals) -> Result<Limits, Problem> {
        let is_for_people = !globals.json && !self.csv;
        let stop = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // The second one ends the program at once.
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&stop))
                .context("watching for signals")?;
            signal_hook::flag::register(signal, Arc::clone(&stop)).context("watching for signals")?;
        }
        // The query only reads: nothing is lost when the program ends.
        let own = globals.clone();
        let last_resort: LastResort = Arc::new(move |stopped| {
            let (finding, code) = told(stopped);
            report::findings(&[finding], &own);
            std::process::exit(code.into());
        });
        Ok(Limits {
            rows: self.limit.or(is_for_people.then_some(ROWS)),
            time: Some(self.timeout).filter(|time| !time.is_zero()),
            memory: Some(self.memory.saturating_add(OVERHEAD)),
            stop: Some(stop),
            last_resort: Some(last_resort),
        })
    }
}

/// Runs a query on the tables of a target, those of another one that it defers to among them. Files are opened to be read
/// and nothing else.
fn on_target(
    arguments: &Arguments,
    compiled: &Compiled,
    globals: &Globals,
    translated: &Translated,
    given: &[Parameter],
    limits: &Limits,
) -> Result<Result<Answer, Failure>, Problem> {
    let compilation = &compiled.compilation;
    let place = compiled.place(globals)?;
    let deferral = deferral::open(compiled, globals)?;
    if !place.warehouse.exists() && deferral.is_none() {
        let session = Session::in_memory()?;
        session.use_memory(arguments.memory)?;
        return Ok(session.run(translated, &translated.duckdb, given, limits));
    }
    let warehouse = match place.warehouse.exists() {
        true => DuckDb::open_to_read(&place.warehouse, place.names)??,
        false => DuckDb::empty(place.names)?,
    };
    let views = views(compiled, translated);
    let keys = views.iter().flat_map(|view| &view.keys).chain(&translated.keys);
    work::take_keys(&warehouse.keys, compiled, globals, keys.map(|key| (key.as_str(), None)))?;
    let mut duckdb = translated.duckdb.clone();
    if let Some(deferral) = deferral {
        let mut snapshot = match place.ledger.exists() {
            true => Sqlite::read(&place.ledger)?,
            false => Snapshot::default(),
        };
        deferral.complete(compilation, &mut snapshot);
        deferral.attach(compilation, &snapshot, &warehouse)?;
        // Views that stand here show what is here; people ask for all of it.
        let view = |name: &str| compilation.views.get(name).map(|view| view.duckdb.as_str());
        duckdb = sql::duckdb::with_views(&duckdb, &view);
    }
    let session = Session::on(&warehouse)?;
    session.use_memory(arguments.memory)?;
    for view in views {
        warehouse.install(&view.duckdb)?;
    }
    Ok(session.run(translated, &warehouse.names.resolve(&duckdb), given, limits))
}

/// The views that a query reads, by way of other views too.
fn views<'a>(compiled: &'a Compiled, translated: &Translated) -> Vec<&'a crate::compile::CompiledView> {
    let compilation = &compiled.compilation;
    let mut names: std::collections::BTreeSet<String> = translated.reads.clone();
    for name in &translated.reads {
        names.extend(compilation.graph.upstream(name));
    }
    names.iter().filter_map(|name| compilation.views.get(name)).collect()
}

fn print(answer: &Answer, arguments: &Arguments, globals: &Globals) {
    match (globals.json, arguments.csv) {
        (true, _) => report::line(&query::json(answer)),
        (_, true) => report::text(&query::csv(answer)),
        _ => report::line(&query::table(answer)),
    }
    if answer.more && !globals.json && !globals.quiet {
        let rows = report::count(answer.rows.len(), "row");
        report::note(&format!("only the first {rows}; `--limit` shows more"));
    }
}

/// A query that was stopped, with the exit code.
fn told(stopped: Stopped) -> (Diagnostic, u8) {
    let (hint, code) = match stopped {
        Stopped::Interrupted => (None, INTERRUPTED),
        Stopped::Time(_) => (Some("`--timeout` gives it longer"), LIMIT_REACHED),
        Stopped::Memory => (Some("`--memory` gives it more"), LIMIT_REACHED),
    };
    let mut finding = Diagnostic::error(Code::QueryStopped, stopped.to_string());
    finding.hint = hint.map(str::to_owned);
    (finding, code)
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is wanted".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// Reads a size such as `500MB` or `1.5GB`.
fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let end = text.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let scale: u64 = match unit.trim().to_ascii_uppercase().as_str() {
        "MB" => 1_000_000,
        "MIB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GIB" => 1 << 30,
        "TB" => 1_000_000_000_000,
        _ => return Err("a size is a number with MB, GB or TB".to_owned()),
    };
    match number.parse::<f64>() {
        Ok(number) if number > 0.0 => Ok((number * scale as f64) as u64),
        _ => Err("a size is a number with MB, GB or TB".to_owned()),
    }
}

/// Says why a query gave nothing, and gives the exit code.
fn failed(failure: Failure, source: &Arc<Source>, globals: &Globals) -> Result<ExitCode, Problem> {
    let (finding, code) = match failure {
        Failure::Mistakes(problems) => return Err(Problem::Findings(ground::findings(source, problems))),
        Failure::Internal(said) => return Err(Problem::Internal(anyhow::anyhow!(said))),
        Failure::Missing(_) => {
            let told = "a table that the query reads is not there yet";
            let finding = Diagnostic::error(Code::NotBuilt, told)
                .hint("`tidemill ingest FILE…` fills ping tables, `tidemill run --date D` builds datasets");
            (finding, 1)
        }
        Failure::Failed(said) => (Diagnostic::error(Code::QueryFailed, said), 1),
        Failure::Stopped(stopped) => told(stopped),
    };
    report::findings(&[finding], globals);
    Ok(ExitCode::from(code))
}
