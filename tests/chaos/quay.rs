//! A project with one of each kind of table, and the program run on it as a user would.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    (
        "tidemill.yaml",
        "project: quay
targets:
  dev: {engine: duckdb, path: dev.duckdb}
defaults: {owners: [data@example.com], lookback: 5 days}
",
    ),
    (
        "datasets/calls.yaml",
        "source: quay.calls
kind: log
description: Ships that called.
schema: {columns: {called_at: TIMESTAMP, ship: STRING, crates: INT64}}
partition_by: {column: called_at, every: day}
start: 2026-10-01
",
    ),
    (
        "datasets/events.yaml",
        "source: quay.events
kind: web
description: One row per event of the website.
schema: {web: analytics}
start: 2026-10-01
",
    ),
    (
        "datasets/dues.yaml",
        "source: quay.dues
kind: table
description: What ships paid.
schema: {columns: {day: DATE, amount: INT64}}
partition_by: {column: day, every: day}
start: 2026-10-01
",
    ),
    (
        "datasets/visit.yaml",
        "source: quay.visit_v1
kind: ping
description: Visits to the harbour's office, as pings.
schema:
  columns:
    submission_timestamp: TIMESTAMP
    document_id: STRING
    metadata: STRUCT<header STRUCT<x_source_tags STRING>>
    counter: INT64
start: 2026-10-01
",
    ),
    (
        "datasets/daily.yaml",
        "dataset: quay_derived.daily_v1
description: Calls and crates per day and ship.
sql: |
  SELECT DATE(called_at) AS submission_date, ship, COUNT(*) AS calls, SUM(crates) AS crates
  FROM `quay.calls`
  WHERE DATE(called_at) = @submission_date
  GROUP BY ALL
checks: [not_null(ship), 'unique(ship)']
",
    ),
    (
        "datasets/known.yaml",
        "dataset: quay_derived.known_v1
description: Every ship so far, with the day of its first call and how many days it called.
reads_self: all_before
sql: |
  SELECT
    @submission_date AS submission_date,
    ship,
    MIN(first_day) AS first_day,
    SUM(days) AS days
  FROM (
    SELECT ship, first_day, days
    FROM `quay_derived.known_v1`
    WHERE submission_date = DATE_SUB(@submission_date, INTERVAL 1 DAY)
    UNION ALL
    SELECT ship, submission_date, 1
    FROM `quay_derived.daily_v1`
    WHERE submission_date = @submission_date
  )
  GROUP BY ship
",
    ),
    (
        "datasets/income.yaml",
        "dataset: quay_derived.income_v1
description: Dues beside crates and views of the website.
sql: |
  SELECT
    @submission_date AS submission_date,
    (SELECT SUM(amount) FROM `quay.dues` WHERE day = @submission_date) AS dues,
    (SELECT SUM(crates) FROM `quay_derived.daily_v1` WHERE submission_date = @submission_date) AS crates,
    (SELECT COUNT(*) FROM `quay.events` WHERE shard_date = @submission_date) AS views
view: quay.income
",
    ),
];

/// A change that adds a column to a table.
const WIDER: (&str, &str) = ("AS views\n", "AS views,\n    1 AS offices\n");

/// One thing that a user does. What comes before its command has no failpoints in it.
#[derive(Clone, Copy)]
enum Step {
    Run(&'static str),
    /// A file with these lines, then the command.
    Lines(&'static str, &'static [&'static str], &'static str),
    Widen,
}

const STEPS: &[Step] = &[
    Step::Run("compile"),
    Step::Lines(
        "calls.ndjson",
        &[
            r#"{"called_at": "2026-10-01T08:00:00Z", "ship": "Ada", "crates": 3}"#,
            r#"{"called_at": "2026-10-01T09:00:00Z", "ship": "Bea", "crates": 4}"#,
            r#"{"called_at": "2026-10-02T08:00:00Z", "ship": "Ada", "crates": 5}"#,
        ],
        "ingest --source quay.calls calls.ndjson",
    ),
    Step::Lines(
        "events_20261001.ndjson",
        &[r#"{"event_date": "20261001", "event_timestamp": "1795219200000000", "event_name": "page_view"}"#],
        "ingest --source quay.events events_20261001.ndjson",
    ),
    Step::Lines(
        "events_20261002.ndjson",
        &[r#"{"event_date": "20261002", "event_timestamp": "1795219200000000", "event_name": "page_view"}"#],
        "ingest --source quay.events events_20261002.ndjson",
    ),
    Step::Lines(
        "dues.ndjson",
        &[r#"{"day": "2026-10-01", "amount": 7}"#, r#"{"day": "2026-10-02", "amount": 8}"#],
        "ingest --source quay.dues dues.ndjson",
    ),
    Step::Lines(
        "pings.ndjson",
        &[
            r#"{"path": "/submit/quay/visit/1/00000000-0000-4000-8000-000000000001", "received_at": "2026-10-01T08:00:00Z", "headers": {}, "body": {"counter": 1}}"#,
            r#"{"path": "/submit/quay/visit/1/00000000-0000-4000-8000-000000000001", "received_at": "2026-10-01T09:00:00Z", "headers": {}, "body": {"counter": 1}}"#,
            r#"{"path": "/submit/quay/other/1/00000000-0000-4000-8000-000000000002", "received_at": "2026-10-01T09:00:00Z", "headers": {}, "body": {}}"#,
        ],
        "ingest pings.ndjson",
    ),
    Step::Run("run --date 2026-10-02"),
    Step::Widen,
    Step::Run("compile"),
    Step::Lines(
        "late.ndjson",
        &[r#"{"called_at": "2026-10-01T20:00:00Z", "ship": "Cid", "crates": 9}"#],
        "ingest --source quay.calls late.ndjson",
    ),
    Step::Run("run --date 2026-10-03"),
];

/// The project, in a folder that is gone with it.
pub struct Quay {
    folder: TempDir,
}

impl Quay {
    pub fn new() -> Self {
        let quay = Self { folder: TempDir::new().unwrap() };
        for (path, text) in FILES {
            let path = quay.path(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        quay
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A copy as it stands, with nobody at work in it.
    pub fn copy(&self) -> Self {
        let copy = Self { folder: TempDir::new().unwrap() };
        copy_folder(self.folder.path(), copy.folder.path());
        copy
    }

    /// A project after each of the steps, the first of them after none.
    pub fn undisturbed() -> Vec<Quay> {
        let mut stages = vec![Quay::new()];
        for step in 0..STEPS.len() {
            let next = stages[step].copy();
            next.step(step, None).well();
            stages.push(next);
        }
        stages
    }

    /// Takes a step, killed at a failpoint or not.
    pub fn step(&self, number: usize, failpoint: Option<&str>) -> Said {
        let command = match STEPS[number] {
            Step::Run(command) => command,
            Step::Lines(file, lines, command) => {
                std::fs::write(
                    self.path(file),
                    lines.iter().map(|line| format!("{line}\n")).collect::<String>(),
                )
                .unwrap();
                command
            }
            Step::Widen => {
                let path = self.path("datasets/income.yaml");
                let text = std::fs::read_to_string(&path).unwrap();
                std::fs::write(path, text.replace(WIDER.0, WIDER.1)).unwrap();
                return Said::nothing();
            }
        };
        self.tidemill(command, failpoint)
    }

    /// Takes a step that is a command alone, in a process whose files may have so many bytes and no more.
    pub fn step_with_files_up_to(&self, number: usize, bytes: u64) -> Said {
        let Step::Run(arguments) = STEPS[number] else { panic!("step {number} is more than a command") };
        // Without the trap the signal would end the process, and there would be no error to see.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes.div_ceil(512));
        let mut command = self.around(Command::new("/bin/sh"));
        command.args(["-c", &script, env!("CARGO_BIN_EXE_tidemill")]).args(arguments.split_whitespace());
        Said { command: arguments.to_owned(), output: Some(command.output().unwrap()) }
    }

    /// Runs the program.
    pub fn tidemill(&self, arguments: &str, failpoint: Option<&str>) -> Said {
        let mut command = self.command(arguments);
        if let Some(failpoint) = failpoint {
            command.env("TIDEMILL_FAILPOINT", failpoint);
        }
        Said { command: arguments.to_owned(), output: Some(command.output().unwrap()) }
    }

    /// The program with arguments that hold no blanks, to be run.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = self.around(Command::new(env!("CARGO_BIN_EXE_tidemill")));
        command.args(arguments.split_whitespace());
        command
    }

    /// A command in the project's folder, with nothing of the environment that the test was started from.
    fn around(&self, mut command: Command) -> Command {
        command.current_dir(self.folder.path()).env_clear();
        for kept in ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command
            .env("TIDEMILL_NOW", "2026-11-22T12:00:00Z")
            .env("TIDEMILL_CACHE_DIR", self.path("cache"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Every promise holds, after what a crash left was mended.
    pub fn verify(&self) {
        self.tidemill("verify", None).well();
    }

    /// The rows of every table and view of the project, as texts in order, and the files of `generated/`.
    pub fn holds(&self) -> BTreeMap<String, Vec<String>> {
        let mut holds = BTreeMap::new();
        let warehouse = self.path("dev.duckdb");
        if warehouse.exists() {
            let connection = duckdb::Connection::open(warehouse).unwrap();
            let names: Vec<String> = texts(
                &connection,
                "SELECT concat(table_schema, '.', table_name) FROM information_schema.tables
                 WHERE table_schema LIKE 'quay%' ORDER BY 1",
            );
            for name in names {
                let rows =
                    texts(&connection, &format!("SELECT CAST(t AS VARCHAR) FROM {name} AS t ORDER BY 1"));
                holds.insert(name, rows);
            }
        }
        let generated = self.path("generated");
        for file in files(&generated) {
            let text = std::fs::read_to_string(&file).unwrap();
            holds.insert(file.strip_prefix(self.folder.path()).unwrap().display().to_string(), vec![text]);
        }
        holds
    }
}

/// What a command came to.
pub struct Said {
    command: String,
    output: Option<Output>,
}

impl Said {
    fn nothing() -> Self {
        Self { command: String::new(), output: None }
    }

    /// Whether the process was killed.
    pub fn was_killed(&self) -> bool {
        self.output.as_ref().is_some_and(|output| output.status.signal() == Some(9))
    }

    /// All that it said.
    pub fn text(&self) -> String {
        let Some(output) = &self.output else { return String::new() };
        let streams = [&output.stdout, &output.stderr];
        streams.map(|stream| String::from_utf8_lossy(stream).into_owned()).concat()
    }

    pub fn code(&self) -> Option<i32> {
        self.output.as_ref()?.status.code()
    }

    /// It ended well.
    pub fn well(&self) {
        let Some(output) = &self.output else { return };
        assert!(output.status.success(), "tidemill {}: {}\n{}", self.command, output.status, self.text());
    }
}

pub fn steps() -> usize {
    STEPS.len()
}

fn texts(connection: &duckdb::Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries.map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}
