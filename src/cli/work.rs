//! What the verbs that build have in common: opening the target, planning, running with progress, and
//! saying how it went.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::context::{Compiled, Globals, Problem};
use super::{deferral, failing, origin, query, removal, report, stop};
use crate::definition::TableName;
use crate::diagnostic::{Diagnostic, Source};
use crate::ledger::{Ledger, Owner, Reconciled, RunKind, Sqlite};
use crate::period::Period;
use crate::plan::{self, Plan, Request, Task};
use crate::query::{Answer, Limits, Session};
use crate::run::{self, Clock, Execution, Outcome, Prepared, TaskResult};
use crate::warehouse::{DuckDb, KeyRing, read_key};

/// The clock, fixed by TIDEMILL_NOW where tests and replays need it.
pub fn clock() -> Result<Clock, Problem> {
    match std::env::var("TIDEMILL_NOW") {
        Ok(text) => {
            let at: Timestamp = text.parse().with_context(|| format!("TIDEMILL_NOW is `{text}`"))?;
            Ok(Clock::Fixed(at))
        }
        Err(_) => Ok(Clock::System),
    }
}

/// The clock's day.
pub fn today() -> Result<Date, Problem> {
    Ok(clock()?.now().to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// An opened target.
pub struct Opened {
    pub warehouse: DuckDb,
    pub ledger: Box<dyn Ledger>,
    pub clock: Clock,
    /// Views go over to another version whatever that one lacks.
    pub force_switch: bool,
    /// An empty partition may take the place of a full one.
    pub allow_empty: bool,
}

/// Opens the ledger of a target.
pub fn open_ledger(compiled: &Compiled, globals: &Globals) -> Result<Box<dyn Ledger>, Problem> {
    Ok(Box::new(Sqlite::open(&compiled.place(globals)?.ledger)??))
}

/// Opens the warehouse and the ledger of a target.
pub fn open(compiled: &Compiled, globals: &Globals) -> Result<Opened, Problem> {
    let place = compiled.place(globals)?;
    let warehouse = DuckDb::open_with(&place.warehouse, place.names)??;
    let ledger = Box::new(Sqlite::open(&place.ledger)??);
    Ok(Opened { warehouse, ledger, clock: clock()?, force_switch: false, allow_empty: false })
}

/// Reads the keys that queries hash with, before any of them runs. Each comes with the definition that names it.
pub fn take_keys<'a>(
    keys: &KeyRing,
    compiled: &Compiled,
    globals: &Globals,
    named: impl IntoIterator<Item = (&'a str, Option<&'a TableName>)>,
) -> Result<(), Problem> {
    let target = compiled.target(globals)?;
    let mut first: BTreeMap<&str, Option<&TableName>> = BTreeMap::new();
    for (key, by) in named {
        first.entry(key).or_insert(by);
    }
    let mut found = Vec::new();
    for (key, by) in first {
        let file = target.key_file(key);
        match read_key(key, &compiled.root.join(&file), &file) {
            Ok(secret) => keys.put(key, secret),
            Err(finding) => found.push(match by {
                Some(by) => finding.at(&by.position).label(format!("hashes with `{key}`")),
                None => finding,
            }),
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Problem::Findings(found)) }
}

/// What a query of the program's own gives.
pub fn ask(compiled: &Compiled, opened: &Opened, sql: &str) -> Result<Answer, Problem> {
    let translated = query::translate(Some(compiled), &Source::new("query", sql), &[])?;
    let duckdb = opened.warehouse.names.resolve(&translated.duckdb);
    let answer = Session::on(&opened.warehouse)?.run(&translated, &duckdb, &[], &Limits::default());
    answer.map_err(|failure| Problem::Internal(anyhow::anyhow!(failure.told())))
}

/// Makes ledger, tables and views ready, and says what was mended.
pub fn prepare(opened: &Opened, compiled: &Compiled, globals: &Globals) -> Result<Prepared, Problem> {
    let compilation = &compiled.compilation;
    let datasets = compilation.datasets.values().map(|dataset| (&dataset.keys, &dataset.definition.name));
    let views = compilation.views.values().map(|view| (&view.keys, &view.definition.name));
    let named =
        datasets.chain(views).flat_map(|(keys, by)| keys.iter().map(move |key| (key.as_str(), Some(by))));
    take_keys(&opened.warehouse.keys, compiled, globals, named)?;
    let mut prepared = run::prepare(compilation, &opened.warehouse, opened.ledger.as_ref(), opened.clock)?;
    if let Some(deferral) = deferral::open(compiled, globals)? {
        deferral.complete(compilation, &mut prepared.snapshot);
        deferral.attach(compilation, &prepared.snapshot, &opened.warehouse)?;
        if let Some(text) = deferral.told(&prepared.snapshot).filter(|_| !globals.quiet && !globals.json) {
            report::note(&text);
        }
    }
    if !globals.quiet && !globals.json {
        tell_mended(&prepared.reconciled);
        summarise(&prepared.reconciled.lost, "lost: the warehouse no longer has it, it will be built again");
        prepared.altered.iter().for_each(|what| report::note(what));
    }
    Ok(prepared)
}

/// Says what was mended of what a crash left.
pub fn tell_mended(mended: &Reconciled) {
    summarise(&mended.finished, "finished from its commit marker");
    summarise(&mended.abandoned, "put back, its process ended before it published");
    if mended.finished.is_empty() {
        summarise(&mended.restored, "restored from its commit marker");
    }
}

fn summarise(names: &[String], what: &str) {
    match names {
        [] => {}
        [one] => report::note(&format!("{one}: {what}")),
        [first, ..] => report::note(&format!("{first} and {} more: {what}", names.len() - 1)),
    }
}

/// Plans and runs; gives the plan and how it went.
pub fn build(
    opened: &Opened,
    compiled: &Compiled,
    request: &Request,
    kind: RunKind,
    globals: &Globals,
) -> Result<(Plan, Outcome), Problem> {
    build_with_progress(opened, compiled, request, kind, globals, globals)
}

/// Like [`build`], with options of their own for the plan's text and for the progress display.
pub fn build_with_progress(
    opened: &Opened,
    compiled: &Compiled,
    request: &Request,
    kind: RunKind,
    globals: &Globals,
    for_progress: &Globals,
) -> Result<(Plan, Outcome), Problem> {
    if !globals.json && !globals.quiet {
        report::findings(&removal::past_removal(compiled, opened.clock), globals);
    }
    let prepared = prepare(opened, compiled, globals)?;
    let plan = plan::plan(&compiled.compilation, &prepared.snapshot, request);
    if !globals.quiet && !globals.json {
        report::line(&plan::render(&plan));
    }
    let switch = |found: &mut Vec<Diagnostic>| -> Result<(), Problem> {
        let (warehouse, ledger) = (&opened.warehouse, opened.ledger.as_ref());
        found.extend(run::views(
            &compiled.compilation,
            warehouse,
            ledger,
            &prepared.refused,
            opened.force_switch,
        )?);
        crate::diagnostic::sort(found);
        Ok(())
    };
    if plan.tasks.is_empty() {
        let found = prepared.refused.values().cloned().collect();
        let mut outcome = Outcome { found, ..Outcome::default() };
        switch(&mut outcome.found)?;
        return Ok((plan, outcome));
    }
    let stop = stop::watch()?;
    let failing = Mutex::default();
    let execution = Execution {
        compilation: &compiled.compilation,
        warehouse: &opened.warehouse,
        ledger: opened.ledger.as_ref(),
        clock: opened.clock,
        owner: Owner::this_process(),
        kind,
        workers: std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8)),
        stop,
        run: run_id(opened.clock),
        actor: origin::actor(),
        revision: origin::revision(&compiled.root),
        refused: &prepared.refused,
        allow_empty: opened.allow_empty,
        failing: &failing,
    };
    let progress = Progress::new(plan.tasks.len(), for_progress);
    let snapshot = prepared.snapshot;
    let mut outcome = run::execute(&execution, &plan, snapshot, &|task, result| progress.note(task, result))?;
    progress.end();
    outcome.failing = failing.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcome.failing.sort_by(|one, two| (&one.dataset, one.period).cmp(&(&two.dataset, two.period)));
    switch(&mut outcome.found)?;
    Ok((plan, outcome))
}

/// Unique among the runs of a ledger: when it began, and by which process.
fn run_id(clock: Clock) -> String {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let started = Timestamp::now().as_microsecond() % 1_000_000_000;
    format!("{}-{}-{started}-{count}", clock.now().strftime("%Y%m%dT%H%M%S"), std::process::id())
}

/// A bar on a terminal; elsewhere only what went wrong.
struct Progress {
    bar: ProgressBar,
    verbose: bool,
    quiet: bool,
    /// Where there is no terminal, a line now and then instead of the bar.
    is_hidden: bool,
    last_told: Mutex<Instant>,
}

/// How often a run without a terminal says how far it is.
const TELL_EVERY: Duration = Duration::from_secs(10);

impl Progress {
    fn new(tasks: usize, globals: &Globals) -> Self {
        let shown = std::io::stderr().is_terminal() && !globals.quiet && !globals.json;
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(tasks as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {elapsed}  {msg}") {
            bar.set_style(style);
        }
        Self {
            bar,
            verbose: globals.verbose,
            quiet: globals.quiet || globals.json,
            is_hidden: !shown,
            last_told: Mutex::new(Instant::now()),
        }
    }

    fn note(&self, task: &Task, result: &TaskResult) {
        let mut last_told = self.last_told.lock().unwrap_or_else(PoisonError::into_inner);
        self.bar.inc(1);
        if self.is_hidden && !self.quiet && last_told.elapsed() >= TELL_EVERY {
            *last_told = Instant::now();
            report::note(&format!("{} of {} done", self.bar.position(), self.bar.length().unwrap_or(0)));
        }
        self.bar.set_message(format!("{} {}", task.dataset, task.to));
        let name = format!("{} {}", task.dataset, task.from);
        let text = match result {
            TaskResult::Failed(problem) => Some(format!("failed   {name}: {problem}")),
            TaskResult::Built { rows, warnings, .. } if self.verbose || !warnings.is_empty() => {
                let mut lines: Vec<String> =
                    warnings.iter().map(|one| format!("warning  {} {one}", task.dataset)).collect();
                if self.verbose {
                    lines.push(format!("built    {name}: {rows} rows"));
                }
                Some(lines.join("\n"))
            }
            _ => None,
        };
        if let Some(text) = text.filter(|_| !self.quiet) {
            self.bar.suspend(|| report::note(&text));
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Numbers of a run.
#[derive(Default)]
struct Totals {
    built: usize,
    rows: i64,
    same: usize,
    unchanged: usize,
    failed: usize,
    blocked: usize,
    not_started: usize,
    interrupted: usize,
}

fn totals(plan: &Plan, outcome: &Outcome) -> Totals {
    let mut totals = Totals::default();
    for (_, result) in plan.tasks.iter().zip(outcome.results.iter().flatten()) {
        match result {
            TaskResult::Built { rows, partitions, changed, .. } => {
                totals.built += partitions;
                totals.rows += rows;
                totals.same += usize::from(!changed);
            }
            TaskResult::InputsUnchanged => totals.unchanged += 1,
            TaskResult::Failed(_) => totals.failed += 1,
            TaskResult::Blocked { .. } => totals.blocked += 1,
            TaskResult::NotStarted => totals.not_started += 1,
            TaskResult::Interrupted => totals.interrupted += 1,
        }
    }
    totals
}

/// Says how a run went, and gives its exit code.
pub fn conclude(plan: &Plan, outcome: &Outcome, globals: &Globals) -> u8 {
    let totals = totals(plan, outcome);
    if globals.json {
        report::json(&to_json(plan, outcome, &totals));
    } else {
        for (task, result) in plan.tasks.iter().zip(outcome.results.iter().flatten()) {
            if let TaskResult::Blocked { by } = result {
                report::note(&format!("blocked  {} {}: {by} failed", task.dataset, task.from));
            }
        }
        if !globals.quiet {
            failing::print(&outcome.failing);
        }
        report::findings(&outcome.found, globals);
        if !globals.quiet {
            report::line(&sentence(plan, outcome, &totals));
        }
    }
    u8::from(outcome.failed())
}

fn sentence(plan: &Plan, outcome: &Outcome, totals: &Totals) -> String {
    let waiting: usize = plan.waits.iter().map(|group| group.periods.len()).sum();
    match (plan.tasks.is_empty(), waiting) {
        (true, 0) => return "nothing to do".to_owned(),
        (true, waiting) => {
            return format!("nothing to do now, {} waiting", report::count(waiting, "partition"));
        }
        (false, _) => {}
    }
    let mut parts = vec![format!("{} built, {} rows", report::count(totals.built, "partition"), totals.rows)];
    for (number, what) in [
        (totals.same, "rebuilt with the same rows"),
        (totals.unchanged, "left alone, their inputs did not change"),
        (totals.failed, "failed"),
        (totals.blocked, "blocked by those"),
        (totals.interrupted, "interrupted"),
        (totals.not_started, "not started"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    if outcome.stopped {
        parts.push("stopped on request".to_owned());
    }
    parts.join(", ")
}

fn to_json(plan: &Plan, outcome: &Outcome, totals: &Totals) -> serde_json::Value {
    let tasks: Vec<serde_json::Value> = plan
        .tasks
        .iter()
        .zip(outcome.results.iter().flatten())
        .map(|(task, result)| {
            let (state, detail) = match result {
                TaskResult::Built { rows, changed, .. } => {
                    ("built", json!({"rows": rows, "changed": changed}))
                }
                TaskResult::InputsUnchanged => ("unchanged", json!(null)),
                TaskResult::Failed(problem) => ("failed", json!(problem)),
                TaskResult::Blocked { by } => ("blocked", json!(by)),
                TaskResult::NotStarted => ("not started", json!(null)),
                TaskResult::Interrupted => ("interrupted", json!(null)),
            };
            json!({
                "dataset": task.dataset, "from": task.from.to_string(), "to": task.to.to_string(),
                "reason": plan::reason(&task.reason), "state": state, "detail": detail,
            })
        })
        .collect();
    json!({
        "built": totals.built, "rows": totals.rows, "failed": totals.failed, "blocked": totals.blocked,
        "tasks": tasks, "plan": plan_json(plan),
        "checks": outcome.failing.iter()
            .map(|one| failing::to_json(&one.dataset, &one.period.to_string(), &one.check))
            .collect::<Vec<_>>(),
        "diagnostics": outcome.found.iter().map(crate::diagnostic::to_json).collect::<Vec<_>>(),
    })
}

/// The machine form of a plan.
pub fn plan_json(plan: &Plan) -> serde_json::Value {
    let periods = |periods: &[Period]| periods.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "until": plan.until.map(|day| day.to_string()),
        "current": plan.current,
        "build": plan.tasks.iter().map(|task| json!({
            "dataset": task.dataset, "from": task.from.to_string(), "to": task.to.to_string(),
            "reason": plan::reason(&task.reason), "conditional": task.conditional,
        })).collect::<Vec<_>>(),
        "wait": plan.waits.iter().map(|group| json!({
            "dataset": group.dataset, "partitions": periods(&group.periods), "reason": plan::obstacle(&group.reason),
        })).collect::<Vec<_>>(),
        "stale": plan.stale.iter().map(|group| json!({
            "dataset": group.dataset, "partitions": periods(&group.periods), "reason": plan::reason(&group.reason),
        })).collect::<Vec<_>>(),
        "recheck": plan.recheck.iter().map(|group| json!({
            "dataset": group.dataset, "partitions": periods(&group.periods),
        })).collect::<Vec<_>>(),
        "switch": plan.switches.iter().map(|switch| json!({
            "view": switch.view, "from": switch.from, "to": switch.to, "refused": switch.is_refused(),
            "lacks": {"partitions": periods(&switch.periods), "columns": switch.columns},
        })).collect::<Vec<_>>(),
    })
}
