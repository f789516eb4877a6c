//! A plan in words, as a colleague would say it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Obstacle, Plan, Reason, Task};

/// Lines of a plan. Tasks of one dataset and reason that follow each other share a line.
pub fn render(plan: &Plan) -> String {
    let mut lines = Vec::new();
    let until = plan.until.map_or(String::new(), |day| day.to_string());
    let partitions: usize = plan.tasks.iter().filter(|task| !task.conditional).map(days_of).sum();
    let conditional: usize = plan.tasks.iter().filter(|task| task.conditional).map(days_of).sum();
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
            reason.push_str("; reads itself, day by day");
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
        let (Some(first), Some(last)) = (group.days.first(), group.days.last()) else { continue };
        lines.push(format!(
            "{} stale, not due: {} {} ({}): tidemill backfill --from {first} --to {} --downstream {}",
            group.days.len(),
            group.dataset,
            range(*first, *last),
            reason(&group.reason),
            // What reads these days may read them from later ones.
            plan.until.map_or(*last, |until| until.max(*last)),
            group.dataset
        ));
    }
    for group in &plan.recheck {
        lines.push(format!(
            "{} to check again, checks changed: tidemill recheck {}",
            count(group.days.len(), "partition"),
            group.dataset
        ));
    }
    lines.join("\n")
}

/// Days of one dataset that wait for the same thing, as one row: what they wait for often moves with them.
fn wait_rows(plan: &Plan) -> Vec<(String, Date, Date, String)> {
    let mut groups: Vec<(String, Vec<(Date, &Obstacle)>)> = Vec::new();
    for group in &plan.waits {
        let days = group.days.iter().map(|day| (*day, &group.reason));
        match groups.last_mut() {
            Some((dataset, known)) if *dataset == group.dataset && known[0].1.same_kind(&group.reason) => {
                known.extend(days)
            }
            _ => groups.push((group.dataset.clone(), days.collect())),
        }
    }
    groups
        .into_iter()
        .map(|(dataset, mut days)| {
            days.sort();
            let (first, last) = (days[0], days[days.len() - 1]);
            let reason = match (first.1.day(), last.1.day()) {
                (Some(from), Some(to)) if from != to => {
                    obstacle(first.1).replace(&from.to_string(), &format!("{from} to {to}"))
                }
                _ => obstacle(first.1),
            };
            (dataset, first.0, last.0, reason)
        })
        .collect()
}

/// Consecutive days of one dataset with one reason.
fn task_groups(tasks: &[Task]) -> Vec<Vec<&Task>> {
    let mut groups: Vec<Vec<&Task>> = Vec::new();
    for task in tasks {
        if let Some(group) = groups.last_mut() {
            let last = group[group.len() - 1];
            let follows = last.to.checked_add(1.day()).is_ok_and(|next| next == task.from);
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

fn days_of(task: &Task) -> usize {
    task.from.until(task.to).map_or(1, |span| span.get_days().unsigned_abs() as usize + 1)
}

fn range(from: Date, to: Date) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
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
        Obstacle::SourceEmpty { source } => format!("source {source}: no rows yet"),
        Obstacle::InputMissing { input, day } => {
            format!("{input} of {day} is missing; `tidemill backfill` builds it")
        }
        Obstacle::InputWaits { input, day } => format!("{input} of {day} waits too"),
        Obstacle::Paused => "paused".to_owned(),
        Obstacle::Frozen { input, day } => {
            format!(
                "frozen: {input} of {day} is beyond its retention; --allow-partial-inputs builds it all the same"
            )
        }
    }
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
