use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{arguments, history, report, work};
use crate::ledger::State;
use crate::period::Period;
use crate::plan::{self, Standing};

/// What is built, stale, suspect or failed, as the ledger has it
///
/// Needs neither the warehouse nor the network, and works while another process builds.
#[derive(Args)]
pub struct Arguments {
    /// What checks said, partition by partition
    #[arg(long, conflicts_with = "partition")]
    checks: bool,
    /// How one partition came about: YYYY-MM-DD, YYYY-MM-DDTHH, YYYY-MM, YYYY-Www or whole
    #[arg(long, value_name = "PARTITION")]
    partition: Option<String>,
    /// Datasets: names, globs, tag:NAME, +NAME, NAME+; all without it
    select: Vec<String>,
}

#[derive(Default)]
struct Row {
    dataset: String,
    first: String,
    last: String,
    partitions: usize,
    rows: i64,
    stale: usize,
    suspect: usize,
    lost: usize,
    missing_between: usize,
    failed: Vec<(String, String)>,
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let select = arguments::select(&compiled, &arguments.select, false)?;
    if !compiled.place(globals)?.ledger.exists() {
        if globals.json {
            report::json(&json!({"datasets": [], "sources": []}));
        } else {
            report::line(
                "nothing was ingested or built yet: `tidemill ingest FILE…`, then `tidemill run --date D`",
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    let ledger = work::open_ledger(&compiled, globals)?;
    if arguments.checks {
        return history::checks(ledger.as_ref(), &select, globals);
    }
    if let Some(partition) = &arguments.partition {
        return history::partition(ledger.as_ref(), &select, partition, globals);
    }
    let snapshot = ledger.snapshot()?;
    let failures = ledger.last_failures()?;
    let mut rows = Vec::new();
    for dataset in compiled.compilation.dataset_order().filter(|dataset| select.contains(&dataset.name())) {
        let name = dataset.name();
        let upstreams = plan::upstreams(&compiled.compilation, dataset, &snapshot, jiff::civil::Date::MIN);
        let mut row = Row { dataset: name.clone(), ..Row::default() };
        if let Some(own) = snapshot.partitions.get(&name) {
            let shown = |period: &Period| match *period == Period::WHOLE {
                true => "whole".to_owned(),
                false => period.to_string(),
            };
            row.first = own.keys().next().map_or(String::new(), shown);
            row.last = own.keys().next_back().map_or(String::new(), shown);
            row.partitions = own.len();
            row.rows = own.values().map(|record| record.rows).sum();
            if let (Some(first), Some(last)) = (own.keys().next(), own.keys().next_back())
                && !dataset.definition.is_snapshot
            {
                row.missing_between =
                    Period::between(*first, *last).filter(|period| !own.contains_key(period)).count();
            }
            for (period, record) in own {
                row.suspect += usize::from(record.state == State::Suspect);
                row.lost += usize::from(record.state == State::Lost);
                let standing = plan::standing(dataset, *period, &snapshot, &upstreams);
                row.stale += usize::from(matches!(standing, Standing::Stale { .. }));
            }
        }
        row.failed = failures
            .iter()
            .filter(|(failed, ..)| *failed == name)
            .map(|(_, day, problem)| (day.clone(), problem.clone()))
            .collect();
        rows.push(row);
    }
    let own = compiled.compilation.views_of_own_functions();
    if globals.json {
        print_json(&rows, &snapshot, &own);
    } else {
        print(&rows, &snapshot);
        let now = work::clock()?.seconds();
        if let Some(turn) = ledger.turn()?.filter(|turn| turn.is_held(now)) {
            let process = turn.owner.process().unwrap_or("?");
            report::line(&format!("\nprocess {process} schedules since {} UTC", turn.since));
        }
        if !own.is_empty() {
            report::line(&format!("\nonly Tidemill can read, by its own functions: {}", own.join(", ")));
        }
    }
    let bad = rows.iter().any(|row| row.suspect + row.lost + row.failed.len() > 0);
    Ok(ExitCode::from(u8::from(bad)))
}

fn print(rows: &[Row], snapshot: &crate::ledger::Snapshot) {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(["source", "first day", "last day", "days", "rows", ""]);
    for (source, days) in &snapshot.sources {
        let (first, last) = (days.keys().next(), days.keys().next_back());
        let text = |day: Option<&jiff::civil::Date>| day.map_or(String::new(), ToString::to_string);
        let total: i64 = days.values().map(|record| record.rows).sum();
        table.add_row([
            source.clone(),
            text(first),
            text(last),
            days.len().to_string(),
            total.to_string(),
            String::new(),
        ]);
    }
    for (source, record) in &snapshot.whole_sources {
        table.add_row([source.as_str(), "", "", "", &record.rows.to_string(), "not partitioned"]);
    }
    report::line(&trimmed(&table));
    report::line("");
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(["dataset", "first", "last", "partitions", "rows", "standing"]);
    for row in rows {
        let mut standing = Vec::new();
        for (number, what) in [
            (row.stale, "stale"),
            (row.suspect, "suspect"),
            (row.lost, "lost"),
            (row.missing_between, "missing between"),
            (row.failed.len(), "failed"),
        ] {
            if number > 0 {
                standing.push(format!("{number} {what}"));
            }
        }
        let standing = match (row.partitions, standing.is_empty()) {
            (0, true) => "nothing built".to_owned(),
            (_, true) => "current".to_owned(),
            _ => standing.join(", "),
        };
        table.add_row([
            row.dataset.clone(),
            row.first.clone(),
            row.last.clone(),
            row.partitions.to_string(),
            row.rows.to_string(),
            standing,
        ]);
    }
    report::line(&trimmed(&table));
    for row in rows {
        for (day, problem) in &row.failed {
            report::line(&format!("failed  {} {day}: {problem}", row.dataset));
        }
    }
}

/// A table without blanks at the ends of its lines.
pub fn trimmed(table: &comfy_table::Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn print_json(rows: &[Row], snapshot: &crate::ledger::Snapshot, own: &[&str]) {
    let sources: Vec<_> = snapshot
        .sources
        .iter()
        .map(|(source, days)| {
            let days: serde_json::Map<String, serde_json::Value> = days
                .iter()
                .map(|(day, record)| {
                    (day.to_string(), json!({"version": record.version, "rows": record.rows}))
                })
                .collect();
            json!({"source": source, "days": days})
        })
        .collect();
    let datasets: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "dataset": row.dataset, "first": row.first, "last": row.last, "partitions": row.partitions,
                "rows": row.rows, "stale": row.stale, "suspect": row.suspect, "lost": row.lost,
                "missing_between": row.missing_between,
                "failed": row.failed.iter().map(|(day, problem)| json!({"partition": day, "error": problem})).collect::<Vec<_>>(),
            })
        })
        .collect();
    report::json(&json!({"sources": sources, "datasets": datasets, "views_of_own_functions": own}));
}
