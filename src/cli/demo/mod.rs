mod comparison;
mod data;
mod show;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use jiff::civil::Date;
use rust_embed::Embed;

use super::context::{self, Compiled, Globals, Problem};
use super::{generated_files, init, report, work};
use crate::compile::Compilation;
use crate::definition::SourceKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::RunKind;
use crate::plan::{Request, Scope};
use crate::simulate::Scenario;
use crate::warehouse::write_key;

/// Simulate five weeks of all kinds of data, build every day, and look at the result
///
/// Pings of four products, the log of a server and a website's export are made from one seed and one
/// population. In a folder of the sample project it works there; elsewhere it writes the sample project into
/// a folder of its own. It always starts from an empty warehouse, the target `demo`.
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

#[derive(Embed)]
#[folder = "tests/datasets"]
struct SampleTests;

#[derive(Embed)]
#[folder = "tests/fixtures"]
struct SampleFixtures;

const SAMPLE_CONFIG: &str = include_str!("../../../tidemill.yaml");

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
    make_keys(&compiled, &globals)?;
    let scenario = Scenario {
        seed: arguments.seed,
        first_day,
        days: arguments.days,
        clients: arguments.clients,
        application: APPLICATION.to_owned(),
    };
    let (files, truth) = data::simulated(&scenario, &compiled, &globals)?;
    let opened = work::open(&compiled, &globals)?;
    // Many small partitions: there are workers enough, each with a query of its own.
    opened.warehouse.use_threads(1)?;
    data::ingest(&files, &compiled, &opened, &globals)?;
    let last_day = truth.browser.days.keys().next_back().copied().unwrap_or(first_day);
    let request = Request {
        scope: Scope::Due { day: last_day },
        select: shown(&compiled.compilation),
        allow_partial_inputs: false,
        now: opened.clock.now(),
    };
    let quiet = Globals { quiet: true, ..globals.clone() };
    let (plan, outcome) =
        work::build_with_progress(&opened, &compiled, &request, RunKind::Daily, &quiet, &globals)?;
    let code = work::conclude(&plan, &outcome, &globals);
    if !globals.quiet && !globals.json {
        let comparisons = comparison::all(&truth, &compiled, &opened)?;
        show::results(&comparisons, last_day);
        show::sources(&compiled, &opened, last_day)?;
        show::agreement(&comparisons);
        let file = compiled.warehouse_path(compiled.target(&globals)?);
        let enter =
            if arguments.folder.join("tidemill.yaml").exists() && !PathBuf::from("tidemill.yaml").exists() {
                format!("  cd {}\n", arguments.folder.display())
            } else {
                String::new()
            };
        report::line(&format!(
            "\nAll of it is in {} ({:.0} s). Next:\n{enter}  tidemill --target demo query 'SELECT * FROM tide_browser.active_users ORDER BY submission_date DESC, daily_active_users DESC LIMIT 10'\n  tidemill --target demo plan --date {last_day}   what waits, and for what\n  less generated/tide_browser_derived/clients_daily_v1/query.sql   written from datasets/tide_browser/clients_daily.yaml",
            file.display(),
            began.elapsed().as_secs_f64()
        ));
    }
    Ok(ExitCode::from(code))
}

/// Everything that is derived, and what that reads. Stable tables that nothing reads are left for `tidemill run`.
fn shown(compilation: &Compilation) -> BTreeSet<String> {
    let is_derived =
        |name: &&String| !name.split('.').next().is_some_and(|schema| schema.ends_with("_stable"));
    let derived = compilation.datasets.keys().filter(is_derived);
    let all = derived.flat_map(|name| compilation.graph.upstream(name).into_iter().chain([name.clone()]));
    all.filter(|name| compilation.datasets.contains_key(name)).collect()
}

fn write_sample(arguments: &Arguments) -> Result<(), Problem> {
    let mut files = vec![("tidemill.yaml".to_owned(), SAMPLE_CONFIG.as_bytes().to_vec())];
    add::<SampleDatasets>("datasets", &mut files);
    add::<SampleTemplates>("templates", &mut files);
    add::<SampleTests>("tests/datasets", &mut files);
    add::<SampleFixtures>("tests/fixtures", &mut files);
    files.sort();
    if arguments.folder.join("tidemill.yaml").exists() {
        return Ok(());
    }
    init::write(&arguments.folder, &files)?;
    report::line(&format!("sample project written to {}", arguments.folder.display()));
    Ok(())
}

/// Adds embedded files by their path in the project.
fn add<Sample: Embed>(folder: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for path in Sample::iter() {
        if let Some(file) = Sample::get(&path) {
            files.push((format!("{folder}/{path}"), file.data.into_owned()));
        }
    }
}

/// The first day that all ping sources of the browser have.
fn first_day(compiled: &Compiled) -> Result<Date, Problem> {
    let compilation = &compiled.compilation;
    let has_target = compilation.project.targets.iter().any(|target| target.name == TARGET);
    let sources = compilation.sources.values().filter(|source| {
        matches!(&source.definition.kind, SourceKind::Ping { application, .. } if application == APPLICATION)
    });
    let has_rest = [data::SYNC_SOURCE, data::WEBSITE_SOURCE]
        .iter()
        .all(|source| compilation.sources.contains_key(*source));
    match sources.map(|source| source.definition.start).max() {
        Some(day) if has_target && has_rest => Ok(day),
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

/// Makes the keys that the project hashes with, where they are not there yet.
fn make_keys(compiled: &Compiled, globals: &Globals) -> Result<(), Problem> {
    let target = compiled.target(globals)?;
    for key in compiled.compilation.datasets.values().flat_map(|dataset| &dataset.keys) {
        let path = compiled.root.join(target.key_file(key));
        if !path.exists() {
            write_key(&path, None)?;
        }
    }
    Ok(())
}
