use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use jiff::civil::Date;
use serde_json::json;

use super::context::{self, Compiled, Globals, Problem};
use super::{arguments, deferral, report, stop, work};
use crate::definition::{CatchUp, Schedule, parse_catch_up, parse_interval, parse_time};
use crate::diagnostic::{Code, render_all};
use crate::ledger::{Ledger, Owner, RunKind};
use crate::plan::{self, Plan, Request, Scope};
use crate::run::{Clock, Outcome};
use crate::schedule::{self, Hands, Looked, News};

/// Build each day, as its inputs arrive
///
/// The day before is due from `--at` on. What waits for its inputs is built once they are there, and late input
/// within the lookback is followed. One scheduler of a target works, others stand by. SIGTERM ends it within ten seconds.
#[derive(Args)]
pub struct Arguments {
    /// The time in UTC from which the day before is due, HH:MM; the project's `schedule`, or midnight, without it
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// How often to look for what arrived: `1 minute`
    #[arg(long, value_name = "INTERVAL")]
    every: Option<String>,
    /// Days that came due while nobody scheduled and are built: `all`, `latest 3`, `none`
    #[arg(long, value_name = "WHICH")]
    catch_up: Option<String>,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    arguments::select(&compiled, &arguments.select, false)?;
    let given = compiled.compilation.project.schedule;
    let schedule = Schedule {
        at: option("--at", arguments.at.as_deref(), parse_time)?.unwrap_or(given.at),
        every: option("--every", arguments.every.as_deref(), parse_interval)?.unwrap_or(given.every),
        catch_up: option("--catch-up", arguments.catch_up.as_deref(), parse_catch_up)?
            .unwrap_or(given.catch_up),
    };
    let ledger = work::open_ledger(&compiled, globals)?;
    let clock = work::clock()?;
    let stop = stop::watch()?;
    let mut shop = Shop { arguments, globals, ledger: ledger.as_ref(), clock, stop, seen: None, told: None };
    if !globals.quiet && !globals.json {
        report::line(&rhythm(&schedule));
    }
    schedule::serve(ledger.as_ref(), &Owner::this_process(), clock, &schedule, &mut shop)?;
    if !globals.quiet && !globals.json {
        report::line("stopped");
    }
    Ok(ExitCode::SUCCESS)
}

fn option<T>(
    name: &str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Problem> {
    text.map(parse).transpose().map_err(|problem| {
        let text = text.unwrap_or_default();
        let message = format!("{name} is `{text}`: {problem}");
        crate::diagnostic::Diagnostic::error(Code::InvalidValue, message).into()
    })
}

fn rhythm(schedule: &Schedule) -> String {
    let catch_up = match schedule.catch_up {
        CatchUp::All => "all missed days are built".to_owned(),
        CatchUp::Latest(count) => format!("of missed days the latest {count} are built"),
        CatchUp::None => "missed days are skipped".to_owned(),
    };
    let seconds = schedule.every;
    let every = match (seconds % 3_600, seconds % 60) {
        (0, _) => report::count((seconds / 3_600) as usize, "hour"),
        (_, 0) => report::count((seconds / 60) as usize, "minute"),
        _ => report::count(seconds as usize, "second"),
    };
    format!(
        "each day is due at {} UTC after it; a look every {every}; {catch_up}",
        schedule.at.strftime("%H:%M")
    )
}

/// Where the loop's work is done: the project as it is now, and its target.
struct Shop<'a> {
    arguments: &'a Arguments,
    globals: &'a Globals,
    ledger: &'a dyn Ledger,
    clock: Clock,
    stop: &'static AtomicBool,
    /// The warehouse's files before the latest look that ended well, and its day.
    seen: Option<(Vec<Stamp>, Date)>,
    /// The problem that was told last, so that it is told once.
    told: Option<String>,
}

/// When a file was written last, and its size; nothing where there is none.
type Stamp = Option<(SystemTime, u64)>;

impl Shop<'_> {
    fn try_look(&mut self, day: Date) -> Result<Looked, Problem> {
        let compiled = context::compile(self.globals)?;
        let select = arguments::select(&compiled, &self.arguments.select, false)?;
        let now = self.clock.now();
        let request = Request { scope: Scope::Due { day }, select, allow_partial_inputs: false, now };
        // Nobody fills a source without touching the file, as long as what it defers to is left aside.
        let stamps = stamps(&compiled.place(self.globals)?.warehouse);
        let is_seen = self.seen.as_ref().is_some_and(|seen| *seen == (stamps.clone(), day));
        let defers = deferral::open(&compiled, self.globals)?.is_some();
        if is_seen && !defers && self.planned(&compiled, &request)?.tasks.is_empty() {
            return Ok(Looked::Well);
        }
        let opened = work::open(&compiled, self.globals)?;
        let quiet = Globals { quiet: true, ..self.globals.clone() };
        let (plan, outcome) =
            work::build_with_progress(&opened, &compiled, &request, RunKind::Daily, &quiet, self.globals)?;
        self.told = None;
        self.conclude(&plan, &outcome);
        if outcome.failed() {
            self.seen = None;
            return Ok(Looked::Failed);
        }
        self.seen = Some((stamps, day));
        Ok(Looked::Well)
    }

    fn planned(&self, compiled: &Compiled, request: &Request) -> Result<Plan, Problem> {
        Ok(plan::plan(&compiled.compilation, &self.ledger.snapshot()?, request))
    }

    /// Says how a look went that built something, or found something wrong.
    fn conclude(&self, plan: &Plan, outcome: &Outcome) {
        if plan.tasks.is_empty() && outcome.found.is_empty() {
            return;
        }
        if !self.globals.quiet && !self.globals.json {
            report::line(&format!("{} UTC", self.clock.text()));
            report::line(&plan::render(plan));
        }
        work::conclude(plan, outcome, self.globals);
    }

    /// A problem keeps one look from its work, and not the loop from the next one.
    fn tell_problem(&mut self, problem: &Problem) {
        let text = match problem {
            Problem::Findings(found) => render_all(found),
            Problem::Internal(error) => format!("{error:#}"),
        };
        if self.told.as_ref() != Some(&text) {
            match problem {
                Problem::Findings(found) => report::findings(found, self.globals),
                Problem::Internal(_) => report::note(&text),
            }
            self.told = Some(text);
        }
    }
}

impl Hands for Shop<'_> {
    fn look(&mut self, day: Date) -> anyhow::Result<Looked> {
        let problem = match self.try_look(day) {
            Ok(looked) => return Ok(looked),
            Err(problem) => problem,
        };
        self.seen = None;
        self.tell_problem(&problem);
        let is_busy = matches!(&problem, Problem::Findings(found)
            if found.iter().any(|finding| finding.code == Code::WarehouseBusy));
        Ok(if is_busy { Looked::Busy } else { Looked::Failed })
    }

    fn tell(&mut self, news: News) {
        if self.globals.quiet || self.stop.load(Ordering::Relaxed) {
            return;
        }
        let days = |days: &[Date]| days.iter().map(Date::to_string).collect::<Vec<_>>();
        let process = |owner: &Owner| owner.process().unwrap_or("?").to_owned();
        let (text, value) = match &news {
            News::Works { turn } => (
                "this scheduler works".to_owned(),
                json!({"news": "works", "process": process(&turn.owner), "epoch": turn.epoch}),
            ),
            News::StandsBy { turn } => (
                format!("process {} schedules since {} UTC; standing by", process(&turn.owner), turn.since),
                json!({"news": "stands by", "process": process(&turn.owner), "epoch": turn.epoch}),
            ),
            News::Due { day, skipped, next: (next, from) } => {
                let skip = match skipped.as_slice() {
                    [] => String::new(),
                    [one] => format!("; {one} is skipped"),
                    [first, .., last] => format!("; {first} to {last} are skipped"),
                };
                let moment = from.strftime("%Y-%m-%d %H:%M").to_string();
                (
                    format!("{day} is due{skip}; next {next} at {moment} UTC"),
                    json!({
                        "news": "due", "day": day.to_string(), "skipped": days(skipped),
                        "next": {"day": next.to_string(), "from": from.to_string()},
                    }),
                )
            }
            News::TriesAgain { seconds } => (
                format!("tries again in {}", report::count(*seconds as usize, "second")),
                json!({"news": "tries again", "seconds": seconds}),
            ),
        };
        if self.globals.json { report::json(&value) } else { report::line(&text) }
    }

    fn wait(&mut self, longest: Duration) -> bool {
        let began = Instant::now();
        while !self.stop.load(Ordering::Relaxed) {
            let Some(left) = longest.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else {
                return true;
            };
            std::thread::sleep(left.min(Duration::from_millis(100)));
        }
        false
    }
}

/// The state of the warehouse's file and of the log beside it.
fn stamps(warehouse: &Path) -> Vec<Stamp> {
    let mut log = warehouse.as_os_str().to_owned();
    log.push(".wal");
    [warehouse, Path::new(&log)]
        .iter()
        .map(|path| std::fs::metadata(path).ok().and_then(|file| Some((file.modified().ok()?, file.len()))))
        .collect()
}
