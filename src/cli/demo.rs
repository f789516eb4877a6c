use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use jiff::civil::Date;
use rust_embed::Embed;

use super::context::{self, Compiled, Globals, Problem};
use super::{generated_files, init, query, report, work};
use crate::diagnostic::{Code, Diagnostic};
use crate::ingest::{Defaults, ingest_file, routes};
use crate::ledger::RunKind;
use crate::plan::{Request, Scope};
use crate::run;
use crate::simulate::{Scenario, Truth, simulate};
use crate::warehouse::own_folder;

/// Simulate five weeks of pings, build every day, and look at the result
///
/// In a folder of the sample project it works there; elsewhere it writes the sample project into a folder
/// of its own. It always starts from an empty warehouse, the target `demo`.
#[derive(Args)]
pub struct Arguments {
    /// Folder for the sample project, where this is none
    #[arg(long, default_value = "tidemill-demo")]
    folder: PathBuf,
    /// Number that the simulated population grows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// People who use the browser, about
    #[arg(long, default_value_t = 600)]
    clients: u32,
    /// Days to simulate
    #[arg(long, default_value_t = 35)]
    days: u32,
}

const APPLICATION: &str = "tide-browser";
const TARGET: &str = "demo";

#[derive(Embed)]
#[folder = "datasets"]
struct SampleDatasets;

#[derive(Embed)]
#[folder = "templates"]
struct SampleTemplates;

const SAMPLE_CONFIG: &str = include_str!("../../tidemill.yaml");

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let mut globals = globals.clone();
    if context::find_project(&globals).is_none() {
        write_sample(arguments)?;
        globals.project_dir = Some(arguments.folder.clone());
    }
    globals.target = Some(TARGET.to_owned());
    let began = Instant::now();
    let compiled = context::compile(&globals)?;
    let first_day = first_day(&compiled)?;
    compile(&compiled, &globals)?;
    let (pings, truth) = simulated(arguments, &compiled, first_day, &globals)?;
    let opened = work::open(&compiled, &globals)?;
    ingest(&pings, &compiled, &opened, &globals)?;
    let last_day = truth.days.keys().next_back().copied().unwrap_or(first_day);
    let request = Request {
        scope: Scope::Due { day: last_day },
        select: compiled.compilation.datasets.keys().cloned().collect(),
        allow_partial_inputs: false,
    };
    let quiet = Globals { quiet: true, ..globals.clone() };
    let (plan, outcome) =
        work::build_with_progress(&opened, &compiled, &request, RunKind::Daily, &quiet, &globals)?;
    let code = work::conclude(&plan, &outcome, &globals);
    if !globals.quiet && !globals.json {
        show(&compiled, &opened, &truth, last_day)?;
        let file = compiled.warehouse_path(compiled.target(&globals)?);
        let enter =
            if arguments.folder.join("tidemill.yaml").exists() && !PathBuf::from("tidemill.yaml").exists() {
                format!("  cd {}\n", arguments.folder.display())
            } else {
                String::new()
            };
        report::line(&format!(
            "\nAll of it is in {} ({:.0} s). Next:\n{enter}  tidemill --target demo query 'SELECT * FROM tide_browser.active_users ORDER BY submission_date DESC, daily_active_users DESC LIMIT 10'\n  tidemill --target demo status\n  less generated/tide_browser_derived/clients_daily_v1/query.sql   written from datasets/tide_browser/clients_daily.yaml",
            file.display(),
            began.elapsed().as_secs_f64()
        ));
    }
    Ok(ExitCode::from(code))
}

fn write_sample(arguments: &Arguments) -> Result<(), Problem> {
    let mut files = vec![("tidemill.yaml".to_owned(), SAMPLE_CONFIG.as_bytes().to_vec())];
    for path in SampleDatasets::iter() {
        if let Some(file) = SampleDatasets::get(&path) {
            files.push((format!("datasets/{path}"), file.data.into_owned()));
        }
    }
    for path in SampleTemplates::iter() {
        if let Some(file) = SampleTemplates::get(&path) {
            files.push((format!("templates/{path}"), file.data.into_owned()));
        }
    }
    files.sort();
    if arguments.folder.join("tidemill.yaml").exists() {
        return Ok(());
    }
    init::write(&arguments.folder, &files)?;
    report::line(&format!("sample project written to {}", arguments.folder.display()));
    Ok(())
}

/// The first day that all ping sources of the browser have.
fn first_day(compiled: &Compiled) -> Result<Date, Problem> {
    let has_target = compiled.compilation.project.targets.iter().any(|target| target.name == TARGET);
    let sources = compiled.compilation.sources.values().filter(|source| {
        matches!(&source.definition.kind, crate::definition::SourceKind::Ping { application, .. } if application == APPLICATION)
    });
    match sources.map(|source| source.definition.start).max() {
        Some(day) if has_target => Ok(day),
        _ => Err(Diagnostic::error(
            Code::UnknownSelection,
            "this project is not the sample project of the demo",
        )
        .hint("run `tidemill demo` in a folder outside of any project")
        .into()),
    }
}

fn compile(compiled: &Compiled, globals: &Globals) -> Result<(), Problem> {
    let folder = compiled.root.join("generated");
    let files = &compiled.compilation.generated;
    let difference = generated_files::compare(&folder, files)?;
    generated_files::write(&folder, files, &difference)?;
    if !globals.quiet && !globals.json {
        let compilation = &compiled.compilation;
        report::line(&format!(
            "compiled   {} sources, {} datasets, {} views: SQL and schemas in generated/",
            compilation.sources.len(),
            compilation.datasets.len(),
            compilation.views.len()
        ));
    }
    Ok(())
}

/// Simulates into a file beside an empty warehouse.
fn simulated(
    arguments: &Arguments,
    compiled: &Compiled,
    first_day: Date,
    globals: &Globals,
) -> Result<(PathBuf, Truth), Problem> {
    let place = compiled.place(globals)?;
    let warehouse = place.warehouse;
    for old in [warehouse.clone(), warehouse.with_extension("duckdb.wal"), place.ledger] {
        for file in [
            old.clone(),
            PathBuf::from(format!("{}-wal", old.display())),
            PathBuf::from(format!("{}-shm", old.display())),
        ] {
            if file.exists() {
                std::fs::remove_file(&file).map_err(|error| generated_files::unwritable(&file, &error))?;
            }
        }
    }
    let pings = warehouse.with_file_name("demo-pings.ndjson");
    if let Some(folder) = pings.parent() {
        own_folder(folder).map_err(|error| generated_files::unwritable(folder, &error))?;
    }
    generated_files::write_file(&pings, b"")?;
    let file = std::fs::File::create(&pings).with_context(|| format!("writing {}", pings.display()))?;
    let mut out = BufWriter::new(file);
    let scenario = Scenario {
        seed: arguments.seed,
        first_day,
        days: arguments.days,
        clients: arguments.clients,
        application: APPLICATION.to_owned(),
    };
    let truth = simulate(&scenario, &mut out)?;
    out.flush().with_context(|| format!("writing {}", pings.display()))?;
    if !globals.quiet && !globals.json {
        report::line(&format!(
            "simulated  {} days of {} clients: {} submissions, {} of them malformed",
            arguments.days, truth.clients, truth.lines, truth.malformed
        ));
    }
    Ok((pings, truth))
}

fn ingest(
    pings: &std::path::Path,
    compiled: &Compiled,
    opened: &work::Opened,
    globals: &Globals,
) -> Result<(), Problem> {
    run::shape(&compiled.compilation, &opened.warehouse)?.map_err(Problem::Findings)?;
    let routes = routes(&compiled.compilation);
    let summary =
        ingest_file(pings, &routes, &Defaults::default(), &opened.warehouse, &opened.ledger, opened.clock)
            .map_err(|error| anyhow::anyhow!(error))?;
    if !globals.quiet && !globals.json {
        report::line(&format!(
            "ingested   {} rows into {} live tables, {} lines into tidemill.ingest_error with the reason",
            summary.accepted.values().sum::<u64>(),
            summary.accepted.len(),
            summary.rejected.values().sum::<u64>()
        ));
    }
    Ok(())
}

/// Active users as a small table and a line of bars, held against the simulator's own count.
fn show(compiled: &Compiled, opened: &work::Opened, truth: &Truth, last_day: Date) -> Result<(), Problem> {
    let sql = "SELECT submission_date, SUM(daily_active_users) AS daily, SUM(weekly_active_users) AS weekly,
      SUM(monthly_active_users) AS monthly FROM `tide_browser.active_users` GROUP BY submission_date ORDER BY submission_date";
    let duckdb = query::translate(compiled, "demo", sql)?.duckdb;
    let result = opened.warehouse.query(&duckdb, 10_000)?;
    let days: Vec<(Date, [u64; 3])> = result
        .rows
        .iter()
        .filter_map(|row| {
            let number = |column: usize| row[column].as_deref().and_then(|text| text.parse().ok());
            Some((row[0].as_deref()?.parse().ok()?, [number(1)?, number(2)?, number(3)?]))
        })
        .collect();
    let daily: Vec<u64> = days.iter().map(|(_, [daily, ..])| *daily).collect();
    report::line(&format!(
        "\nDaily active users, {} to {last_day}\n  {}\n",
        days.first().map_or(last_day, |(day, _)| *day),
        bars(&daily)
    ));
    report::line("  day              daily   weekly  monthly");
    for (day, [daily, weekly, monthly]) in days.iter().rev().take(7).rev() {
        report::line(&format!("  {day} {}  {daily:>5}  {weekly:>7}  {monthly:>7}", day.strftime("%a")));
    }
    let agree = days
        .iter()
        .filter(|(day, [daily, weekly, monthly])| {
            truth.days.get(day).is_some_and(|truth| {
                truth.daily_active == *daily
                    && truth.weekly_active == *weekly
                    && truth.monthly_active == *monthly
            })
        })
        .count();
    report::line(&format!("\n  {agree} of {} days agree with the simulator's own count", truth.days.len()));
    Ok(())
}

/// Numbers as a line of bars.
fn bars(numbers: &[u64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (least, most) =
        (numbers.iter().min().copied().unwrap_or(0), numbers.iter().max().copied().unwrap_or(0));
    let span = (most - least).max(1);
    numbers.iter().map(|number| BARS[((number - least) * 7 / span) as usize]).collect()
}
