//! `init`: all days in one go give what day by day gives.

use tidemill::plan::{Reason, Scope};
use tidemill::run::TaskResult;

use super::mill::{Mill, day, days, stale};

const VISITS: &str = "source: harbour.active
kind: table
description: Who was active.
schema: {columns: {day: DATE, client_id: STRING, country: STRING}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

const FIRST_SEEN: &str = "dataset: harbour_derived.clients_first_seen_v1
description: Clients on their first day.
from: harbour.active
template: tidemill/clients_first_seen
with: {attributes: [country]}
checks: [unique(client_id), {warn: not_null(country)}]
allow_empty: true
deletion: by client_id
expires: 775 days
";

const FILE: &str = "datasets/first_seen.yaml";
const TABLE: &str = "harbour_derived.clients_first_seen_v1";
const ROWS: &str = "SELECT first_seen_date, client_id, country FROM harbour_derived.clients_first_seen_v1";

/// Client `n` of 40 is active on every day that `n` fits into in some way; nobody is new on days 4 to 6.
fn mill(last: i32) -> Mill {
    let mill = Mill::new(&[("datasets/active.yaml", VISITS), (FILE, FIRST_SEEN)]);
    mill.sql(
        "CREATE SCHEMA harbour; CREATE TABLE harbour.active (day DATE, client_id VARCHAR, country VARCHAR)",
    );
    for on in 1..=last {
        mill.sql(&format!(
            "INSERT INTO harbour.active SELECT DATE '{}', 'client-' || i, 'C' || {on} FROM range(40) AS r(i)
             WHERE if({on} BETWEEN 4 AND 6, i IN (1, 2, 4), (i * 7 + {on}) % 5 = 0)",
            day(on)
        ));
    }
    mill
}

#[test]
fn all_at_once_gives_what_day_by_day_gives() {
    let (at_once, daily) = (mill(20), mill(20));
    for mill in [&at_once, &daily] {
        // Rows of nobody, and of the same clients once more.
        mill.sql(
            "INSERT INTO harbour.active SELECT day, if(i = 0, NULL, client_id), if(i = 1, 'A', NULL)
             FROM harbour.active, range(3) AS r(i)",
        );
    }
    let ran = at_once.run_well(20);
    assert_eq!(ran.plan.tasks.len(), 1);
    assert_eq!((&ran.plan.tasks[0].reason, ran.plan.tasks[0].to.first_day()), (&Reason::Init, day(20)));
    for on in 1..=20 {
        let ran = daily.run_well(on);
        assert_eq!((ran.plan.tasks.len(), &ran.plan.tasks[0].reason), (1, &Reason::Missing));
    }
    assert_eq!(at_once.rows(ROWS), daily.rows(ROWS));
    assert_eq!(at_once.rows(ROWS).len(), 40);
    // The records agree too, so that nothing is stale whichever way it was built.
    let (one, other) = (at_once.snapshot(), daily.snapshot());
    for (day, record) in &one.partitions[TABLE] {
        let daily = &other.partitions[TABLE][day];
        assert_eq!(
            (&record.inputs, record.rows, &record.digest),
            (&daily.inputs, daily.rows, &daily.digest),
            "{day}"
        );
    }
    for mill in [&at_once, &daily] {
        let plan = mill.due(20);
        assert!(plan.tasks.is_empty() && plan.stale.is_empty());
        assert_eq!(plan.current, 20);
    }
}

#[test]
fn days_after_an_init_go_on_one_by_one() {
    let mill = mill(10);
    mill.run_well(10);
    mill.sql(&format!(
        "INSERT INTO harbour.active VALUES ('{0}', 'client-1', 'X'), ('{0}', 'new', 'X')",
        day(11)
    ));
    let ran = mill.run_well(11);
    assert_eq!(ran.built(TABLE), days(11, 11));
    assert_eq!(mill.rows(ROWS).last().unwrap(), "2026-10-11|new|X");
}

#[test]
fn a_day_of_an_init_that_fails_its_checks_stays_out_and_is_built_once_mended() {
    let mill = mill(12);
    // A client of no country, who comes again on day 10.
    mill.sql(&format!(
        "INSERT INTO harbour.active VALUES ('{}', 'odd', NULL), ('{}', 'odd', 'X')",
        day(8),
        day(10)
    ));
    let definition = FIRST_SEEN.replace("checks: [", "checks: [not_null(country), ");
    let mut mill = mill;
    mill.write(FILE, &definition);
    let ran = mill.run(12);
    assert!(ran.outcome.failed());
    match &ran.outcome.results[0] {
        Some(TaskResult::Failed(problem)) => {
            assert_eq!(problem, "2026-10-08: check not_null(country) failed: 1 violations")
        }
        other => panic!("{other:?}"),
    }
    let standing: Vec<_> = mill.snapshot().partitions[TABLE].keys().map(|one| one.first_day()).collect();
    // Later days were staged as if the eighth stood, so that they stay out too.
    assert_eq!(standing, days(1, 7));
    assert_eq!(mill.number(&format!("SELECT count(*) FROM {TABLE} WHERE first_seen_date > '2026-10-07'")), 0);
    let failures = mill.ledger().last_failures().unwrap();
    assert_eq!(failures.len(), 5);
    assert_eq!((failures[1].1.as_str(), failures[1].2.as_str()), ("2026-10-09", "blocked by 2026-10-08"));

    // As long as it fails, it fails alone and says so.
    let again = mill.run(12);
    assert!(again.failure(TABLE, 8).contains("not_null(country)"));

    mill.sql("DELETE FROM harbour.active WHERE country IS NULL");
    let mended = mill.run_well(12);
    assert!(mended.built(TABLE).contains(&day(8)));
    let plan = mill.due(12);
    assert!(plan.tasks.is_empty() && plan.stale.is_empty(), "{:?}", stale(&plan, TABLE));
    assert_eq!(mill.rows(ROWS), {
        let daily = self::mill(12);
        daily.sql(&format!("INSERT INTO harbour.active VALUES ('{}', 'odd', 'X')", day(10)));
        (1..=12).for_each(|on| drop(daily.run_well(on)));
        daily.rows(ROWS)
    });
}

#[test]
fn an_init_of_more_than_a_thousand_days_is_published_at_once() {
    let mut mill = mill(0);
    mill.edit("datasets/active.yaml", "start: 2026-10-01", "start: 2023-10-01");
    mill.edit(FILE, "checks: [unique(client_id), {warn: not_null(country)}]\n", "");
    mill.sql(
        "INSERT INTO harbour.active SELECT DATE '2023-10-01' + CAST(i AS INTEGER), 'client-' || (i // 3), 'C' FROM range(1097) AS r(i)",
    );
    let ran = mill.run_well(1);
    assert_eq!(ran.plan.tasks.len(), 1);
    assert_eq!(mill.snapshot().partitions[TABLE].len(), 1097);
    assert_eq!(mill.number(&format!("SELECT count(*) FROM {TABLE}")), 366);
}

#[test]
fn a_late_first_visit_moves_a_client_to_an_earlier_day() {
    let mill = mill(6);
    mill.run_well(6);
    mill.sql(&format!(
        "INSERT INTO harbour.active VALUES ('{}', 'late', 'X'), ('{}', 'late', 'X')",
        day(4),
        day(6)
    ));
    mill.run_well(6);
    let late = "SELECT first_seen_date FROM harbour_derived.clients_first_seen_v1 WHERE client_id = 'late'";
    assert_eq!(mill.rows(late), ["2026-10-04"]);
    mill.sql(&format!("INSERT INTO harbour.active VALUES ('{}', 'late', 'X')", day(2)));
    let request = mill.request(Scope::Range { from: day(1), to: day(6), force: false });
    mill.build(&request).assert_well();
    assert_eq!(mill.rows(late), ["2026-10-02"]);
    assert!(mill.due(6).stale.is_empty());
}
