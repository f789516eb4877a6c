//! Plans of random projects over random ledgers, carried out without a warehouse: what must hold of every
//! plan, whatever is missing, late, changed or lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;
use tempfile::TempDir;
use tidemill::compile::{Compilation, CompiledDataset, Reads};
use tidemill::ledger::{PartitionRecord, Snapshot, SourceRecord, State};
use tidemill::period::{Cadence, Period};
use tidemill::plan::{self, Plan, Request, Scope};

use super::mill::{PROJECT, compiled, day, told, write};
use super::numbers::Numbers;

const SOURCES: [&str; 2] = ["harbour.s0", "harbour.s1"];

/// A project of datasets that read sources and each other over random days, and some of them themselves.
fn project(numbers: &mut Numbers) -> Compilation {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "tidemill.yaml", PROJECT);
    for name in SOURCES {
        let text = format!(
            "source: {name}\nkind: table\ndescription: A source.\nschema: {{columns: {{day: DATE, n: INT64}}}}\n\
             partition_by: {{column: day, every: day}}\nstart: 2026-10-0{}\n",
            1 + numbers.below(3)
        );
        write(folder.path(), &format!("datasets/{name}.yaml"), &text);
    }
    let mut names: Vec<String> = SOURCES.iter().map(|name| (*name).to_owned()).collect();
    for index in 0..3 + numbers.below(5) {
        let name = format!("harbour.d{index}_v1");
        let mut read = BTreeSet::new();
        for _ in 0..1 + numbers.below(2) {
            read.insert(names[numbers.below(names.len() as u64) as usize].clone());
        }
        write(folder.path(), &format!("datasets/{name}.yaml"), &dataset(&name, &read, numbers));
        names.push(name);
    }
    compiled(folder.path()).unwrap_or_else(|found| panic!("{}", told(&found)))
}

fn dataset(name: &str, read: &BTreeSet<String>, numbers: &mut Numbers) -> String {
    let mut text = format!("dataset: {name}\ndescription: A dataset.\nlookback: {} days\n", numbers.below(6));
    if numbers.below(3) == 0 {
        let _ = writeln!(text, "on_change: {{rebuild: {} days}}", 1 + numbers.below(8));
    }
    if numbers.below(4) == 0 {
        let _ = writeln!(text, "start: 2026-10-{:02}", 1 + numbers.below(9));
    }
    if numbers.below(6) == 0 {
        let _ = writeln!(text, "end: 2026-10-{:02}", 10 + numbers.below(9));
    }
    let every = match numbers.below(8) {
        0 => "week",
        1 => "none",
        _ => "day",
    };
    match every {
        "week" => text.push_str("partition_by: {column: submission_date, every: week}\n"),
        "none" => text.push_str("partition_by: none\n"),
        _ => {}
    }
    text.push_str("reads:\n");
    let mut parts = Vec::new();
    for table in read {
        let bounds = match numbers.below(6) {
            0 => "all_before".to_owned(),
            1 => "{last: 1 day, ahead: 1 day}".to_owned(),
            2 | 3 => format!("{{last: {} days}}", 2 + numbers.below(6)),
            _ => "same_day".to_owned(),
        };
        let _ = writeln!(text, "  {table}: {bounds}");
        parts.push(format!("SELECT 1 AS n FROM `{table}`"));
    }
    let own = match numbers.below(4) {
        _ if every == "none" => None,
        0 => {
            text.push_str("reads_self: all_before\n");
            Some("submission_date < @submission_date".to_owned())
        }
        1 => {
            let days = 1 + numbers.below(6);
            let _ = writeln!(text, "reads_self: {{last: {days} days}}");
            Some(format!(
                "submission_date >= DATE_SUB(@submission_date, INTERVAL {days} DAY) AND submission_date < @submission_date"
            ))
        }
        _ => None,
    };
    parts.extend(own.map(|condition| format!("SELECT 1 AS n FROM `{name}` WHERE {condition}")));
    let _ = writeln!(
        text,
        "sql: SELECT {}SUM(n) AS n FROM ({})",
        if every == "none" { "" } else { "@submission_date AS submission_date, " },
        parts.join(" UNION ALL ")
    );
    text
}

/// Something happens to sources, definitions and partitions.
fn disturb(compilation: &mut Compilation, snapshot: &mut Snapshot, until: i32, numbers: &mut Numbers) {
    for source in SOURCES {
        let days = snapshot.sources.entry(source.to_owned()).or_default();
        for on in 1..=until {
            let known = days.contains_key(&day(on));
            // Of a known day some rows come late; an unknown one is mostly there now.
            if if known { numbers.below(9) == 0 } else { numbers.below(5) > 0 } {
                let version = days.get(&day(on)).map_or(0, |record| record.version) + 1;
                let record = SourceRecord { version, rows: 1, digest: String::new(), seen_at: String::new() };
                days.insert(day(on), record);
            }
        }
    }
    for dataset in compilation.datasets.values_mut() {
        if numbers.below(5) == 0 {
            dataset.hash = format!("hash-{}", numbers.below(1_000_000));
        }
    }
    for record in snapshot.partitions.values_mut().flat_map(BTreeMap::values_mut) {
        if numbers.below(40) == 0 {
            record.state = State::Lost;
        }
    }
}

/// The partitions of each table that a partition reads, day by day of what it reads.
fn needed(
    compilation: &Compilation,
    dataset: &CompiledDataset,
    period: Period,
    until: Date,
) -> BTreeSet<(String, Period)> {
    let mut needed = BTreeSet::new();
    let shift = |day: Date, days: i32| day.checked_add(jiff::Span::new().days(days)).unwrap();
    for input in &dataset.inputs {
        let (start, cadence) = match compilation.datasets.get(&input.table) {
            Some(input) => (input.start, input.partition.cadence),
            None => (compilation.sources[&input.table].definition.start, Cadence::Day),
        };
        let Reads::Days(bounds) = input.reads else {
            if cadence == Cadence::Whole {
                needed.insert((input.table.clone(), Period::WHOLE));
            }
            continue;
        };
        let (first, last) = match period {
            Period::WHOLE => (until, until),
            _ => (period.first_day(), period.last_day()),
        };
        let mut day = bounds.from.map_or(start, |edge| shift(first, edge.days)).max(start);
        while day <= shift(last, bounds.to.days) {
            needed.insert((input.table.clone(), Period::of(cadence, day)));
            day = shift(day, 1);
        }
    }
    if let Some(bounds) = dataset.reads_self {
        let mut day =
            bounds.from.map_or(dataset.start, |edge| shift(period.first_day(), edge.days)).max(dataset.start);
        while day < period.first_day() {
            needed.insert((dataset.name(), Period::of(period.cadence(), day)));
            day = shift(day, 1);
        }
    }
    needed
}

/// Every task comes after all tasks that build what it reads, nothing is built twice, and whatever is
/// read and built by nobody stands.
fn assert_sound(compilation: &Compilation, snapshot: &Snapshot, plan: &Plan) {
    let mut builders: BTreeMap<(String, Period), usize> = BTreeMap::new();
    for (index, task) in plan.tasks.iter().enumerate() {
        for period in Period::between(task.from, task.to) {
            let before = builders.insert((task.dataset.clone(), period), index);
            assert_eq!(before, None, "{} {period} is built twice", task.dataset);
        }
    }
    let mut ancestors: Vec<BTreeSet<usize>> = Vec::new();
    for (index, task) in plan.tasks.iter().enumerate() {
        let mut all: BTreeSet<usize> = task.after.iter().copied().collect();
        assert!(all.iter().all(|parent| *parent < index));
        for parent in &task.after {
            all.extend(&ancestors[*parent]);
        }
        let dataset = &compilation.datasets[&task.dataset];
        let until = plan::upstreams(compilation, dataset, snapshot, plan.until.unwrap()).as_of;
        for (table, period) in needed(compilation, dataset, task.from, until) {
            if let Some(builder) = builders.get(&(table.clone(), period)) {
                assert!(all.contains(builder), "{} {} before {table} {period}", task.dataset, task.from);
            } else if let Some(input) = compilation.datasets.get(&table) {
                let stands = snapshot.partitions.get(&table).and_then(|own| own.get(&period));
                let is_there = stands.is_some_and(|record| record.state != State::Lost);
                let ended = input.definition.end.is_some_and(|end| period.first_day() > end);
                assert!(is_there || ended, "{} {} without {table} {period}", task.dataset, task.from);
            } else {
                assert!(snapshot.sources[&table].range(period.first_day()..).next().is_some());
            }
        }
        ancestors.push(all);
    }
}

/// Carries a plan out as a run would; rows change or not at random.
fn carry_out(compilation: &Compilation, snapshot: &mut Snapshot, plan: &Plan, numbers: &mut Numbers) {
    for task in &plan.tasks {
        let dataset = &compilation.datasets[&task.dataset];
        let upstreams = plan::upstreams(compilation, dataset, snapshot, plan.until.unwrap());
        let inputs = plan::inputs_of(dataset, task.from, snapshot, &upstreams);
        let days = snapshot.partitions.entry(task.dataset.clone()).or_default();
        let before = days.get(&task.from);
        if task.conditional && before.is_some_and(|record| plan::changed(record, &inputs).is_empty()) {
            continue;
        }
        let rose = i64::from(numbers.below(3) > 0 || before.is_none());
        let external = before.is_none_or(|record| {
            plan::external_changed(dataset, record, &inputs)
                || plan::changed(record, &inputs).is_empty()
                || record.state == State::Lost
        });
        let record = PartitionRecord {
            state: State::Success,
            attempt: String::new(),
            epoch: 1,
            definition_hash: dataset.hash.clone(),
            checks_hash: String::new(),
            data_version: before.map_or(0, |record| record.data_version) + rose,
            origin_version: before.map_or(0, |record| record.origin_version) + rose * i64::from(external),
            inputs,
            rows: 0,
            digest: String::new(),
            built_at: String::new(),
        };
        days.insert(task.from, record);
    }
}

fn request(compilation: &Compilation, until: i32, numbers: &mut Numbers) -> Request {
    let scope = match numbers.below(4) {
        0 => Scope::Range { from: day(1 + numbers.below(until as u64) as i32), to: day(until), force: false },
        _ => Scope::Due { day: day(until) },
    };
    let all = compilation.datasets.keys().cloned();
    let keep_all = numbers.below(3) > 0;
    let select = all.filter(|_| keep_all || numbers.below(3) > 0).collect();
    Request { scope, select, allow_partial_inputs: false, now: super::mill::clock().now() }
}

#[test]
fn every_plan_is_sound_and_leaves_nothing_to_do() {
    let (mut tasks, mut conditional, mut stale, mut waits) = (0, 0, 0, 0);
    for seed in 0..120 {
        let mut numbers = Numbers::new(seed);
        let mut compilation = project(&mut numbers);
        let mut snapshot = Snapshot::default();
        for round in 0..6 {
            let until = 10 + 2 * round;
            disturb(&mut compilation, &mut snapshot, until, &mut numbers);
            let request = request(&compilation, until, &mut numbers);
            let plan = plan::plan(&compilation, &snapshot, &request);
            assert_eq!(plan, plan::plan(&compilation, &snapshot.clone(), &request));
            assert_sound(&compilation, &snapshot, &plan);
            carry_out(&compilation, &mut snapshot, &plan, &mut numbers);
            let after = plan::plan(&compilation, &snapshot, &request);
            assert!(after.tasks.is_empty(), "seed {seed}, round {round}:\n{}", plan::render(&after));
            tasks += plan.tasks.len();
            conditional += plan.tasks.iter().filter(|task| task.conditional).count();
            stale += after.stale.len();
            waits += after.waits.len();
        }
    }
    // All that was to be tried was tried.
    assert!(
        tasks > 8_000 && conditional > 500 && stale > 150 && waits > 50,
        "{tasks} {conditional} {stale} {waits}"
    );
}
