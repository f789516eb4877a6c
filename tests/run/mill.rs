//! A project in a temporary folder with a real DuckDB file and a real ledger: written, compiled, fed,
//! planned, executed and read back as a user would.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use tempfile::TempDir;
use tidemill::compile::{self, Compilation};
use tidemill::definition::read_project;
use tidemill::diagnostic::Diagnostic;
use tidemill::ingest::{Defaults, Summary, ingest_file, routes};
use tidemill::ledger::{Ledger, Owner, PartitionRecord, RunKind, Snapshot, Sqlite};
use tidemill::period::Period;
use tidemill::plan::{self, Plan, Request, Scope};
use tidemill::run::{self, Clock, Execution, Outcome, Prepared};
use tidemill::warehouse::DuckDb;

pub use super::outcome::{Ran, planned, stale, waits};

pub const PROJECT: &str = "project: harbour\ntargets:\n  dev: {engine: duckdb, path: dev.duckdb}\n\
                       defaults:\n  owners: [data@example.com]\n  lookback: 3 days\n";

/// The first of October 2026 is day 1.
pub fn day(number: i32) -> Date {
    date(2026, 10, 1).checked_add((number - 1).days()).unwrap()
}

pub struct Mill {
    pub folder: TempDir,
    pub compilation: Compilation,
    opened: Option<(DuckDb, Sqlite)>,
    pub workers: usize,
    runs: AtomicUsize,
}

impl Mill {
    /// A project of these files, paths below its root.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        write(folder.path(), "tidemill.yaml", PROJECT);
        for (path, text) in files {
            write(folder.path(), path, text);
        }
        Self::open(folder)
    }

    /// A project whose folder was filled already.
    pub fn open(folder: TempDir) -> Self {
        let compilation = compiled(folder.path()).unwrap_or_else(|found| panic!("{}", told(&found)));
        let mut mill = Self { folder, compilation, opened: None, workers: 2, runs: AtomicUsize::new(0) };
        mill.reopen();
        mill
    }

    /// Opens warehouse and ledger anew, as another process would later.
    pub fn reopen(&mut self) {
        self.close();
        let warehouse = DuckDb::open(&self.path("dev.duckdb")).unwrap().map_err(|one| one.message).unwrap();
        let ledger = Sqlite::open(&self.path("dev.ledger.sqlite")).unwrap().map_err(|one| one.message);
        self.opened = Some((warehouse, ledger.unwrap()));
    }

    pub fn close(&mut self) {
        self.opened = None;
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn warehouse(&self) -> &DuckDb {
        &self.opened.as_ref().unwrap().0
    }

    pub fn ledger(&self) -> &dyn Ledger {
        &self.opened.as_ref().unwrap().1
    }

    /// Writes a file of the project and compiles it.
    pub fn write(&mut self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
        self.compile();
    }

    /// Replaces a text that the file has.
    pub fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}:\n{text}");
        self.write(path, &text.replace(from, to));
    }

    pub fn compile(&mut self) {
        self.compilation = compiled(self.folder.path()).unwrap_or_else(|found| panic!("{}", told(&found)));
    }

    /// Ingests lines as one file.
    pub fn ingest(&self, lines: &[Value]) -> Summary {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.ingest_text(&text)
    }

    pub fn ingest_text(&self, text: &str) -> Summary {
        let path = self.path("arrivals.ndjson");
        std::fs::write(&path, text).unwrap();
        run::shape(&self.compilation, self.warehouse())
            .unwrap()
            .unwrap_or_else(|one| panic!("{}", told(&one)));
        let routes = routes(&self.compilation);
        ingest_file(&path, &routes, &Defaults::default(), self.warehouse(), self.ledger(), clock()).unwrap()
    }

    /// Runs statements of DuckDB's own, as whatever fills a source would.
    pub fn sql(&self, statements: &str) {
        self.warehouse().session().unwrap().execute_batch(statements).unwrap();
    }

    /// The rows of a query, values between bars, sorted.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let session = self.warehouse().session().unwrap();
        let texts =
            format!("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({})", self.warehouse().names.resolve(sql));
        let mut statement = session.prepare(&texts).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let rows = statement.query_map([], |row| {
            let count = row.as_ref().column_count();
            let text = |index| Ok(row.get::<_, Option<String>>(index)?.unwrap_or("NULL".to_owned()));
            Ok((0..count).map(text).collect::<duckdb::Result<Vec<_>>>()?.join("|"))
        });
        let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
        rows.sort();
        rows
    }

    /// The one number that a query gives.
    pub fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}");
        rows[0].parse().unwrap_or_else(|_| panic!("{sql}: {}", rows[0]))
    }

    /// Every promise holds.
    pub fn verify_well(&self) {
        let verified = run::verify(&self.compilation, self.warehouse(), self.ledger()).unwrap();
        assert_eq!(verified.violations, [""; 0]);
    }

    pub fn prepare(&self) -> Prepared {
        run::prepare(&self.compilation, self.warehouse(), self.ledger(), clock()).unwrap()
    }

    /// What is found wrong with tables that stand.
    pub fn refused(&self) -> Vec<Diagnostic> {
        self.prepare().refused.into_values().collect()
    }

    /// What the ledger has, without touching the warehouse.
    pub fn snapshot(&self) -> Snapshot {
        self.ledger().snapshot().unwrap()
    }

    pub fn record(&self, dataset: &str, on: i32) -> PartitionRecord {
        self.snapshot().partitions[dataset][&Period::day(day(on))].clone()
    }

    /// What is due by a day, all datasets.
    pub fn due(&self, until: i32) -> Plan {
        self.plan(&self.request(Scope::Due { day: day(until) }))
    }

    pub fn plan(&self, request: &Request) -> Plan {
        plan::plan(&self.compilation, &self.prepare().snapshot, request)
    }

    /// All datasets.
    pub fn request(&self, scope: Scope) -> Request {
        let select: BTreeSet<String> = self.compilation.datasets.keys().cloned().collect();
        Request { scope, select, allow_partial_inputs: false, now: clock().now() }
    }

    pub fn range(&self, from: i32, to: i32, dataset: &str) -> Request {
        let scope = Scope::Range { from: day(from), to: day(to), force: false };
        Request { select: BTreeSet::from([dataset.to_owned()]), ..self.request(scope) }
    }

    /// Prepares, plans and executes.
    pub fn build(&self, request: &Request) -> Ran {
        let prepared = self.prepare();
        let plan = plan::plan(&self.compilation, &prepared.snapshot, request);
        let mut outcome = self.execute_with(&plan, prepared.snapshot, &prepared.refused);
        outcome.found.extend(self.switch(false));
        Ran { plan, outcome, altered: prepared.altered }
    }

    /// Brings views to their definitions; gives what keeps some from it.
    pub fn switch(&self, force: bool) -> Vec<Diagnostic> {
        let refused = self.prepare().refused;
        run::views(&self.compilation, self.warehouse(), self.ledger(), &refused, force).unwrap()
    }

    pub fn run(&self, until: i32) -> Ran {
        self.build(&self.request(Scope::Due { day: day(until) }))
    }

    /// Like [`Mill::run`], and all of it succeeds.
    pub fn run_well(&self, until: i32) -> Ran {
        let ran = self.run(until);
        ran.assert_well();
        self.verify_well();
        ran
    }

    /// Builds missing and stale partitions of a dataset in a range; all of it succeeds.
    pub fn backfill(&self, from: i32, to: i32, dataset: &str) -> Ran {
        let ran = self.build(&self.range(from, to, dataset));
        ran.assert_well();
        ran
    }

    pub fn execute(&self, plan: &Plan, snapshot: Snapshot) -> Outcome {
        self.execute_with(plan, snapshot, &BTreeMap::new())
    }

    fn execute_with(
        &self,
        plan: &Plan,
        snapshot: Snapshot,
        refused: &BTreeMap<String, Diagnostic>,
    ) -> Outcome {
        let stop = AtomicBool::new(false);
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let failing = std::sync::Mutex::default();
        let execution = Execution {
            compilation: &self.compilation,
            warehouse: self.warehouse(),
            ledger: self.ledger(),
            clock: clock(),
            owner: Owner::this_process(),
            kind: RunKind::Daily,
            workers: self.workers,
            stop: &stop,
            run: format!("run-{number}"),
            actor: "miller".to_owned(),
            revision: String::new(),
            refused,
            allow_empty: false,
            failing: &failing,
        };
        let outcome = run::execute(&execution, plan, snapshot, &|_, _| {}).unwrap();
        Outcome { failing: failing.into_inner().unwrap(), ..outcome }
    }
}

pub fn days(from: i32, to: i32) -> Vec<Date> {
    (from..=to).map(day).collect()
}

pub fn clock() -> Clock {
    Clock::Fixed("2026-11-22T06:00:00Z".parse::<Timestamp>().unwrap())
}

pub fn told(found: &[Diagnostic]) -> String {
    let one = |one: &Diagnostic| format!("{:?} {} {:?} {:?}", one.code, one.message, one.notes, one.hint);
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

pub fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Compiles the project in a folder.
pub fn compiled(root: &Path) -> Result<Compilation, Vec<Diagnostic>> {
    let (files, mut found) = read_project(root).map_err(|one| vec![one])?;
    let (compilation, more) = compile::compile(&files);
    found.extend(more);
    compilation.ok_or(found)
}
