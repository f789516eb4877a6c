//! A plan in words, as a colleague would say it.

use super::{Obstacle, Plan, Reason, Task};
use crate::period::{Cadence, Period};

/// Lines of a plan. Tasks of one dataset and reason that follow each other share a line.
pub fn render(plan: &Plan) -> String {
    let mut lines = Vec::new();
    let until = plan.until.map_or(String::new(), |day| day.to_string());
    let partitions: usize = plan.tasks.iter().filter(|task| !task.conditional).map(partitions_of).sum();
    let conditional: usize = plan.tasks.iter().filter(|task| task.conditional).map(partitions_of).sum();
    let mut head = format!("{until}: {} to build, {} current", count(partitions, "partition"), plan.current);
    if conditional > 0 {
        head.push_str(&format!(", {conditional} to rebuild if an input changes"));
    }
    lines.push(head);
    let mut rows: Vec<[String; 4]> = Vec::new();
    for group in task_groups(&plan.tasks) {
        let (first, last) = (group[0], group[group.len() - 1]);
        let verb = if first.conditional { "maybe" } else { "build" };
        let mut reason = reason(&first.reason);
        if !first.is_init() && first.from != last.to && first.reason == Reason::Missing && first.reads_itself
        {
            reason.push_str("; reads itself, one after the other");
        }
        rows.push([verb.to_owned(), first.dataset.clone(), range(first.from, last.to), reason]);
    }
    for (dataset, first, last, reason) in wait_rows(plan) {
        rows.push(["wait".to_owned(), dataset, range(first, last), reason]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (name_width, days_width) = (width(1), width(2));
    for [verb, dataset, days, reason] in &rows {
        lines.push(
            format!("  {verb:<5}  {dataset:<name_width$}  {days:<days_width$}  {reason}")
                .trim_end()
                .to_owned(),
        );
    }
    for group in &plan.stale {
        let (Some(first), Some(last)) = (group.periods.first(), group.periods.last()) else { continue };
        // What reads these may read them from later on.
        let until = plan.until.map_or(last.last_day(), |until| match last.cadence() {
            Cadence::Whole => until,
            _ => until.max(last.last_day()),
        });
        let from = match first.cadence() {
            Cadence::Whole => until,
            _ => first.first_day(),
        };
        lines.push(format!(
            "{} stale, not due: {} {} ({}): tidemill backfill --from {from} --to {until} --downstream {}",
            group.periods.len(),
            group.dataset,
            range(*first, *last),
            reason(&group.reason),
            group.dataset
        ));
    }
    for switch in &plan.switches {
        lines.push(match (switch.is_refused(), switch.backfill()) {
            (false, _) => format!("view {} goes over from {} to {}", switch.view, switch.from, switch.to),
            (true, backfill) => format!(
                "view {} stays with {}: {} lacks {}{}",
                switch.view,
                switch.from,
                switch.to,
                switch.lacks().join(" and "),
                backfill.map_or(String::new(), |command| format!(": {command}"))
            ),
        });
    }
    for group in &plan.recheck {
        lines.push(format!(
            "{} to check again, checks changed: tidemill recheck {}",
            count(group.periods.len(), "partition"),
            group.dataset
        ));
    }
    lines.join("\n")
}

/// Partitions of one dataset that wait for the same thing, as one row: what they wait for often moves with
/// them.
fn wait_rows(plan: &Plan) -> Vec<(String, Period, Period, String)> {
    let mut groups: Vec<(String, Vec<(Period, &Obstacle)>)> = Vec::new();
    for group in &plan.waits {
        let periods = group.periods.iter().map(|period| (*period, &group.reason));
        match groups.last_mut() {
            Some((dataset, known)) if *dataset == group.dataset && known[0].1.same_kind(&group.reason) => {
                known.extend(periods)
            }
            _ => groups.push((group.dataset.clone(), periods.collect())),
        }
    }
    groups
        .into_iter()
        .map(|(dataset, mut periods)| {
            periods.sort();
            let (first, last) = (periods[0], periods[periods.len() - 1]);
            let reason = match (first.1.period(), last.1.period()) {
                (Some(from), Some(to)) if from != to => {
                    obstacle(first.1).replace(&from.to_string(), &format!("{from} to {to}"))
                }
                _ => obstacle(first.1),
            };
            (dataset, first.0, last.0, reason)
        })
        .collect()
}

/// Partitions of one dataset that follow each other, with one reason.
fn task_groups(tasks: &[Task]) -> Vec<Vec<&Task>> {
    let mut groups: Vec<Vec<&Task>> = Vec::new();
    for task in tasks {
        if let Some(group) = groups.last_mut() {
            let last = group[group.len() - 1];
            let follows = last.to.next() == Some(task.from);
            let same = last.dataset == task.dataset
                && last.reason == task.reason
                && last.conditional == task.conditional;
            if follows && same {
                group.push(task);
                continue;
            }
        }
        groups.push(vec![task]);
    }
    groups
}

fn partitions_of(task: &Task) -> usize {
    Period::between(task.from, task.to).count()
}

fn range(from: Period, to: Period) -> String {
    match (from == to, from.cadence()) {
        (true, Cadence::Whole) => "whole".to_owned(),
        (true, _) => from.to_string(),
        (false, _) => format!("{from} to {to}"),
    }
}

/// A reason in words.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing => "missing".to_owned(),
        Reason::Init => "missing; all at once by its init query".to_owned(),
        Reason::Lost => "lost: the warehouse no longer has it".to_owned(),
        Reason::DefinitionChanged => "the definition changed".to_owned(),
        Reason::RowsChanged(tables) => format!("the definition changed: other rows in {}", tables.join(", ")),
        Reason::InputsChanged(inputs) => format!("input changed: {}", inputs.join(", ")),
        Reason::ParentsBuilt(parents) => format!("if it changes: {}", parents.join(", ")),
        Reason::Asked => "asked for".to_owned(),
    }
}

/// An obstacle in words.
pub fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::SourceNotReady { source, day } => format!("source {source}: no rows yet for {day}"),
        Obstacle::SourceNotMarked { source, marker, day } => {
            format!("source {source}: {marker} has no row yet for {day}")
        }
        Obstacle::SourceTooSmall { source, day, rows, least } => {
            let of = day.map_or(String::new(), |day| format!(" for {day}"));
            format!("source {source}: {rows} of at least {least} rows{of}")
        }
        Obstacle::SourceTooEarly { source, day, from } => {
            format!("source {source}: {day} is ready from {} UTC on", from.strftime("%Y-%m-%d %H:%M"))
        }
        Obstacle::SourceEmpty { source } => format!("source {source}: no rows yet"),
        Obstacle::InputMissing { input, period: Period::WHOLE } => {
            format!("{input} is missing; `tidemill run` builds it")
        }
        Obstacle::InputMissing { input, period } => {
            format!("{input} of {period} is missing; `tidemill backfill` builds it")
        }
        Obstacle::InputWaits { input, period: Period::WHOLE } => format!("{input} waits too"),
        Obstacle::InputWaits { input, period } => format!("{input} of {period} waits too"),
        Obstacle::StateGone => "the state of that day is gone: a snapshot is taken on its day".to_owned(),
        Obstacle::Paused => "paused".to_owned(),
        Obstacle::Skipped => "skipped when catching up; `tidemill backfill` builds it".to_owned(),
        Obstacle::Frozen { input, period } => {
            format!(
                "frozen: {input} of {period} is beyond its retention; --allow-partial-inputs builds it all the same"
            )
        }
    }
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
