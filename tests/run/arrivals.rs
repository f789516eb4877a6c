//! What arrives late, twice, or from test machines.

use tidemill::plan;

use super::mill::{Mill, days, planned, stale};
use super::visit::{CLIENTS, CLIENTS_TABLE, STABLE_TABLE, VISIT, automated, visit};

const TOTALS: &str = "dataset: harbour_derived.totals_v1
description: Searches per day.
from: harbour_derived.clients_daily_v1
template: tidemill/aggregate
with: {measures: {clients: count(*), searches: sum(searches)}}
";

fn mill() -> Mill {
    Mill::new(&[
        ("datasets/visit.yaml", VISIT),
        ("datasets/clients.yaml", CLIENTS),
        ("datasets/totals.yaml", TOTALS),
    ])
}

fn at(day: i32) -> String {
    format!("2026-10-{day:02}T12:00:00Z")
}

/// Two clients on each of some days.
fn fill(mill: &Mill, last: i32) {
    let lines: Vec<_> = (1..=last)
        .flat_map(|day| [visit(&at(day), day as u64, "a", 1), visit(&at(day), 100 + day as u64, "b", 2)])
        .collect();
    mill.ingest(&lines);
}

const TOTAL_ROWS: &str = "SELECT submission_date, clients, searches FROM harbour_derived.totals_v1";

#[test]
fn late_lines_within_the_lookback_are_due_and_children_follow() {
    let mill = mill();
    fill(&mill, 8);
    mill.run_well(8);
    let loaded = mill.ingest(&[visit(&at(5), 1_000, "late", 10)]).loaded;
    assert_eq!((loaded[0].day.as_str(), loaded[0].version, loaded[0].rows), ("2026-10-05", 2, 3));
    let plan = mill.due(8);
    assert_eq!(planned(&plan, STABLE_TABLE), days(5, 5));
    assert!(plan::render(&plan).contains("input changed: harbour_live.visit_v1"));
    let ran = mill.run_well(8);
    for table in [STABLE_TABLE, CLIENTS_TABLE, "harbour_derived.totals_v1"] {
        assert_eq!(ran.built(table), days(5, 5), "{table}");
    }
    assert_eq!(mill.rows(TOTAL_ROWS)[3..6], ["2026-10-04|2|3", "2026-10-05|3|13", "2026-10-06|2|3"]);
    let after = mill.due(8);
    assert!(after.tasks.is_empty() && after.stale.is_empty());
}

#[test]
fn late_lines_beyond_the_lookback_make_stale_until_a_backfill() {
    let mill = mill();
    fill(&mill, 8);
    mill.run_well(8);
    mill.ingest(&[visit(&at(4), 1_000, "late", 10)]);
    let plan = mill.due(8);
    assert!(plan.tasks.is_empty());
    assert_eq!(stale(&plan, STABLE_TABLE), days(4, 4));
    let request =
        mill.request(plan::Scope::Range { from: super::mill::day(4), to: super::mill::day(4), force: false });
    let ran = mill.build(&request);
    ran.assert_well();
    assert_eq!(ran.built("harbour_derived.totals_v1"), days(4, 4));
    assert_eq!(mill.rows(TOTAL_ROWS)[3], "2026-10-04|3|13");
    assert!(mill.due(8).stale.is_empty());
}

#[test]
fn a_file_read_twice_changes_nothing_and_one_that_has_grown_adds_its_new_lines() {
    let mill = mill();
    let mut lines = vec![visit(&at(1), 1, "a", 1)];
    mill.ingest(&lines);
    let again = mill.ingest(&lines);
    assert_eq!((again.known, again.loaded.len()), (1, 0));
    lines.push(visit(&at(1), 2, "b", 2));
    assert_eq!(mill.ingest(&lines).loaded[0].version, 2);
    mill.run_well(1);
    assert_eq!(mill.rows(TOTAL_ROWS), ["2026-10-01|2|3"]);
}

#[test]
fn stable_has_one_row_per_document_and_day_and_no_automation() {
    let mill = mill();
    mill.ingest(&[
        visit("2026-10-01T08:00:00Z", 1, "first", 1),
        visit("2026-10-01T09:00:00Z", 1, "second", 2),
        visit("2026-10-01T23:59:59.999Z", 2, "a", 3),
        visit("2026-10-02T00:00:00Z", 2, "a", 3),
        automated("2026-10-01T10:00:00Z", 3),
        visit("2026-10-02T10:00:00Z", 4, "b", 4),
    ]);
    mill.run_well(2);
    assert_eq!(mill.number("SELECT count(*) FROM harbour_live.visit_v1"), 6);
    let stable =
        "SELECT CAST(submission_timestamp AS DATE), document_id[-1:], client_id FROM harbour_stable.visit_v1";
    assert_eq!(
        mill.rows(stable),
        ["2026-10-01|1|first", "2026-10-01|2|a", "2026-10-02|2|a", "2026-10-02|4|b"]
    );
    assert_eq!(mill.rows(TOTAL_ROWS), ["2026-10-01|2|4", "2026-10-02|2|7"]);
}

#[test]
fn a_repetition_that_arrives_later_changes_no_child() {
    let mill = mill();
    fill(&mill, 2);
    mill.run_well(2);
    mill.ingest(&[visit("2026-10-02T13:00:00Z", 2, "a", 1)]);
    let ran = mill.run_well(2);
    assert_eq!(ran.built(STABLE_TABLE), days(2, 2));
    assert_eq!(ran.left_alone(CLIENTS_TABLE), days(2, 2));
    assert_eq!(mill.number("SELECT count(*) FROM harbour_live.visit_v1"), 5);
}
