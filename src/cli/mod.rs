//! The command line: one file per verb, each with its arguments, one call and an exit code.

mod arguments;
mod backfill;
mod check;
mod compare;
mod compile;
mod context;
mod deferral;
mod demo;
mod determinism;
mod examples;
mod exceptions;
mod explain;
mod failing;
mod format;
mod generated_files;
mod history;
mod ingest;
mod init;
mod lineage;
mod new_version;
mod origin;
mod place;
mod plan;
mod query;
mod recheck;
mod removal;
mod report;
mod run;
mod schedule;
mod schema;
mod status;
mod stop;
mod target;
mod template;
mod test;
mod translate;
mod verify;
mod work;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::context::{Globals, Problem};

/// Definitions of ping tables and derived datasets in; checked SQL and, each day, correct tables out.
#[derive(Parser)]
#[command(name = "tidemill", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    Backfill(backfill::Arguments),
    Check(check::Arguments),
    Compare(compare::Arguments),
    Compile(compile::Arguments),
    Demo(demo::Arguments),
    Explain(explain::Arguments),
    Format(format::Arguments),
    Ingest(ingest::Arguments),
    Init(init::Arguments),
    Lineage(lineage::Arguments),
    NewVersion(new_version::Arguments),
    Plan(plan::Arguments),
    Query(query::Arguments),
    Recheck(recheck::Arguments),
    Run(run::Arguments),
    Schedule(schedule::Arguments),
    Schema(schema::Arguments),
    Status(status::Arguments),
    Target(target::Arguments),
    Template(template::Arguments),
    Test(test::Arguments),
    Translate(translate::Arguments),
    Verify(verify::Arguments),
}

/// Parses the process's arguments, runs the verb, and gives the exit code: 0 fine, 1 findings or failed
/// tasks, 2 usage or tool error.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let globals = cli.globals;
    let result = match cli.verb {
        None => next_step(&globals),
        Some(Verb::Backfill(arguments)) => backfill::run(&arguments, &globals),
        Some(Verb::Check(arguments)) => check::run(&arguments, &globals),
        Some(Verb::Compare(arguments)) => compare::run(&arguments, &globals),
        Some(Verb::Compile(arguments)) => compile::run(&arguments, &globals),
        Some(Verb::Demo(arguments)) => demo::run(&arguments, &globals),
        Some(Verb::Init(arguments)) => init::run(&arguments, &globals),
        Some(Verb::Lineage(arguments)) => lineage::run(&arguments, &globals),
        Some(Verb::Explain(arguments)) => explain::run(&arguments),
        Some(Verb::Format(arguments)) => format::run(&arguments, &globals),
        Some(Verb::Ingest(arguments)) => ingest::run(&arguments, &globals),
        Some(Verb::NewVersion(arguments)) => new_version::run(&arguments, &globals),
        Some(Verb::Plan(arguments)) => plan::run(&arguments, &globals),
        Some(Verb::Query(arguments)) => query::run(&arguments, &globals),
        Some(Verb::Recheck(arguments)) => recheck::run(&arguments, &globals),
        Some(Verb::Run(arguments)) => run::run(&arguments, &globals),
        Some(Verb::Schedule(arguments)) => schedule::run(&arguments, &globals),
        Some(Verb::Schema(arguments)) => schema::run(&arguments, &globals),
        Some(Verb::Status(arguments)) => status::run(&arguments, &globals),
        Some(Verb::Target(arguments)) => target::run(&arguments, &globals),
        Some(Verb::Template(arguments)) => template::run(&arguments, &globals),
        Some(Verb::Test(arguments)) => test::run(&arguments, &globals),
        Some(Verb::Translate(arguments)) => translate::run(&arguments, &globals),
        Some(Verb::Verify(arguments)) => verify::run(&arguments, &globals),
    };
    match result {
        Ok(code) => code,
        Err(problem) => report::problem(&problem, &globals),
    }
}

/// Without a verb: what to do next from here.
fn next_step(globals: &Globals) -> Result<ExitCode, Problem> {
    let text = match context::find_project(globals) {
        Some(root) => format!(
            "project {}\n\n  tidemill compile            check the definitions, write generated/\n  tidemill check              all that CI needs, offline\n  tidemill ingest FILE…       load pings\n  tidemill plan --date D      what a day would build, and why\n  tidemill run --date D       build it\n  tidemill status             what is built, stale or missing\n\nAll verbs: tidemill --help",
            root.join("tidemill.yaml").display()
        ),
        None => "there is no tidemill.yaml here\n\n  tidemill init     write a small project into this folder\n  tidemill demo     build weeks of simulated pings and look at the result\n\nAll verbs: tidemill --help".to_owned(),
    };
    report::line(&text);
    Ok(ExitCode::SUCCESS)
}
