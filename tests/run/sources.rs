//! Sources that others fill, how far datasets read, and what keeps partitions from being built.

use tidemill::plan::{self, Scope};

use super::harbour::{
    DAILY_FILE, DAILY_TABLE, TOTALS_FILE, TOTALS_TABLE, harbour, harbour_with_days, visits,
};
use super::mill::{Mill, day, days, planned, stale, waits};

const RATES: &str = "source: harbour.rates
kind: table
description: A rate per country.
schema: {columns: {country: STRING, rate: INT64}}
partition_by: none
start: 2026-10-01
";

const WEIGHTED: &str = "dataset: harbour_derived.weighted_v1
description: Visits by their rate.
sql: |
  SELECT @submission_date AS submission_date, SUM(visits * rate) AS weighted
  FROM `harbour_derived.daily_v1` JOIN `harbour.rates` USING (country)
  WHERE submission_date = @submission_date
";

const WEEK: &str = "dataset: harbour_derived.week_v1
description: Visits of seven days, of which the query itself does not tell.
reads: {harbour_derived.daily_v1: {last: 7 days}}
sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS rows_seen
  FROM `harbour_derived.daily_v1`
  WHERE DATE_DIFF(@submission_date, submission_date, DAY) BETWEEN 0 AND 6
";

const AHEAD: &str = "dataset: harbour_derived.ahead_v1
description: Visits of a day and the next.
sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS visits
  FROM `harbour.visits`
  WHERE day BETWEEN @submission_date AND DATE_ADD(@submission_date, INTERVAL 1 DAY)
";

#[test]
fn a_table_waits_while_it_is_missing_or_empty() {
    let mill = harbour(&[]);
    mill.sql("DROP TABLE harbour.visits");
    let plan = mill.due(1);
    assert!(plan.tasks.is_empty());
    assert_eq!(waits(&plan, DAILY_TABLE), ["2026-10-01 source harbour.visits: no rows yet for 2026-10-01"]);
    assert_eq!(waits(&plan, TOTALS_TABLE), ["2026-10-01 harbour_derived.daily_v1 of 2026-10-01 waits too"]);
    mill.sql("CREATE TABLE harbour.visits (day DATE, client_id VARCHAR, country VARCHAR, searches BIGINT)");
    assert!(mill.due(1).tasks.is_empty());
    visits(&mill, 1, "DE", 1);
    assert_eq!(planned(&mill.due(1), DAILY_TABLE), days(1, 1));
}

#[test]
fn a_day_without_rows_is_built_once_a_later_day_has_some() {
    let mill = harbour(&[]);
    visits(&mill, 1, "DE", 1);
    visits(&mill, 3, "DE", 1);
    let ran = mill.run_well(4);
    assert_eq!(ran.built(DAILY_TABLE), days(1, 3));
    assert_eq!(
        waits(&ran.plan, DAILY_TABLE),
        ["2026-10-04 source harbour.visits: no rows yet for 2026-10-04"]
    );
}

#[test]
fn changed_rows_of_a_table_are_a_new_version_of_their_day() {
    let mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    let version = |on| mill.snapshot().sources["harbour.visits"][&day(on)].version;
    assert_eq!(version(2), 1);
    mill.sql("UPDATE harbour.visits SET searches = searches + 1 WHERE day = '2026-10-02'");
    let ran = mill.run_well(3);
    assert_eq!((version(1), version(2), version(3)), (1, 2, 1));
    assert_eq!(ran.built(DAILY_TABLE), days(2, 2));
    mill.prepare();
    assert_eq!(version(2), 2);
}

#[test]
fn a_day_whose_rows_vanished_waits_for_them_and_keeps_what_was_built() {
    let mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    mill.sql("DELETE FROM harbour.visits WHERE day = '2026-10-03'");
    let ran = mill.run_well(3);
    assert!(ran.plan.tasks.is_empty(), "{}", plan::render(&ran.plan));
    assert_eq!(
        waits(&ran.plan, DAILY_TABLE),
        ["2026-10-03 source harbour.visits: no rows yet for 2026-10-03"]
    );
    assert_eq!(
        mill.number("SELECT visits FROM harbour_derived.totals_v1 WHERE submission_date = '2026-10-03'"),
        4
    );
    visits(&mill, 3, "DE", 9);
    assert_eq!(mill.run_well(3).built(DAILY_TABLE), days(3, 3));
}

#[test]
fn an_unpartitioned_table_is_one_input_of_all_days() {
    let mill = harbour_with_days(5, &[("datasets/rates.yaml", RATES), ("datasets/weighted.yaml", WEIGHTED)]);
    let weighted = "harbour_derived.weighted_v1";
    mill.sql("CREATE TABLE harbour.rates (country VARCHAR, rate BIGINT)");
    let ran = mill.run_well(5);
    assert_eq!(waits(&ran.plan, weighted).len(), 5);
    assert!(waits(&ran.plan, weighted)[0].ends_with("source harbour.rates: no rows yet"));
    mill.sql("INSERT INTO harbour.rates VALUES ('DE', 10), ('FR', 1)");
    assert_eq!(mill.run_well(5).built(weighted), days(1, 5));
    let fifth = "SELECT weighted FROM harbour_derived.weighted_v1 WHERE submission_date = '2026-10-05'";
    assert_eq!(mill.number(fifth), 51);
    assert!(mill.due(5).tasks.is_empty());
    mill.sql("UPDATE harbour.rates SET rate = 2 WHERE country = 'FR'");
    let plan = mill.due(5);
    assert_eq!(planned(&plan, weighted), days(2, 5));
    assert_eq!(stale(&plan, weighted), days(1, 1));
    mill.run_well(5);
    mill.sql("DELETE FROM harbour.rates");
    let emptied = mill.due(5);
    assert!(emptied.tasks.is_empty());
    assert!(waits(&emptied, weighted)[0].ends_with("source harbour.rates: no rows yet"));
    assert_eq!(mill.number(fifth), 52);
}

#[test]
fn stated_reads_are_waited_for_and_recorded() {
    let mill = harbour_with_days(9, &[("datasets/week.yaml", WEEK)]);
    let week = "harbour_derived.week_v1";
    mill.sql("DELETE FROM harbour.visits WHERE day >= '2026-10-09'");
    let ran = mill.run_well(9);
    assert_eq!(ran.built(week), days(1, 8));
    let task =
        ran.plan.tasks.iter().find(|task| task.dataset == week && task.from.first_day() == day(8)).unwrap();
    let needed: Vec<_> = task.after.iter().map(|index| ran.plan.tasks[*index].from.first_day()).collect();
    assert_eq!(needed, days(2, 8));
    let recorded = &mill.record(week, 8).inputs[DAILY_TABLE];
    assert_eq!(recorded.len(), 1);
    assert_eq!((recorded[0].0.as_str(), recorded[0].1.as_str()), ("2026-10-02", "2026-10-08"));
    assert_eq!(
        mill.number("SELECT rows_seen FROM harbour_derived.week_v1 WHERE submission_date = '2026-10-08'"),
        14
    );
    // A country more on day 7 reaches the weeks that hold it, within their lookback.
    visits(&mill, 7, "IT", 1);
    assert_eq!(mill.run_well(8).built(week), days(7, 8));
}

#[test]
fn a_read_that_reaches_ahead_waits_for_the_next_day() {
    let mill = harbour_with_days(3, &[("datasets/ahead.yaml", AHEAD)]);
    let ahead = "harbour_derived.ahead_v1";
    let ran = mill.run_well(3);
    assert_eq!(ran.built(ahead), days(1, 2));
    assert_eq!(waits(&ran.plan, ahead), ["2026-10-03 source harbour.visits: no rows yet for 2026-10-04"]);
    visits(&mill, 4, "DE", 1);
    assert_eq!(mill.run_well(3).built(ahead), days(3, 3));
    assert_eq!(
        mill.number("SELECT visits FROM harbour_derived.ahead_v1 WHERE submission_date = '2026-10-03'"),
        5
    );
}

#[test]
fn a_rebuild_beyond_the_retention_of_its_inputs_is_refused() {
    let mut mill = harbour_with_days(20, &[]);
    mill.edit("datasets/visits.yaml", "start: 2026-10-01", "start: 2026-10-01\nexpires: 10 days");
    // What was never built is built from what is there.
    mill.run_well(20);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "MAX(searches) AS searches");
    let plan = mill.plan(&mill.request(Scope::Range { from: day(1), to: day(20), force: false }));
    assert_eq!(planned(&plan, DAILY_TABLE), days(10, 20));
    let frozen = waits(&plan, DAILY_TABLE);
    assert_eq!(frozen.len(), 9);
    assert_eq!(
        frozen[0],
        "2026-10-01 frozen: harbour.visits of 2026-10-01 is beyond its retention; --allow-partial-inputs builds it all the same"
    );
    // A range that itself lies in the past is no younger for that.
    let past = mill.plan(&mill.range(1, 5, DAILY_TABLE));
    assert!(past.tasks.is_empty(), "{}", plan::render(&past));
    assert_eq!(waits(&past, DAILY_TABLE).len(), 5);
    let mut allowed = mill.range(1, 5, DAILY_TABLE);
    allowed.allow_partial_inputs = true;
    let ran = mill.build(&allowed);
    ran.assert_well();
    assert_eq!(ran.built(DAILY_TABLE), days(1, 5));
}

#[test]
fn a_paused_dataset_is_left_as_it_is_and_its_children_wait() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(2);
    mill.edit(DAILY_FILE, "sql: |", "paused: true\nsql: |");
    visits(&mill, 2, "DE", 1);
    let ran = mill.run_well(3);
    assert!(ran.plan.tasks.is_empty());
    assert_eq!(waits(&ran.plan, DAILY_TABLE), ["2026-10-03 paused"]);
    assert_eq!(
        waits(&ran.plan, TOTALS_TABLE),
        ["2026-10-03 harbour_derived.daily_v1 of 2026-10-03 waits too"]
    );
    // It is stale all the same, and the plan accounts for every partition.
    assert_eq!(stale(&ran.plan, DAILY_TABLE), days(2, 2));
    assert_eq!(ran.plan.current, 3);
    mill.edit(DAILY_FILE, "paused: true\n", "");
    assert_eq!(mill.run_well(3).built(DAILY_TABLE), days(2, 3));
}

#[test]
fn nothing_is_built_before_the_start_or_after_the_end() {
    let mut mill = harbour_with_days(6, &[]);
    mill.edit(DAILY_FILE, "sql: |", "start: 2026-10-02\nend: 2026-10-04\nsql: |");
    let ran = mill.run_well(6);
    assert_eq!(ran.built(DAILY_TABLE), days(2, 4));
    // The child begins with it; after the end of its parent it reads nothing and waits for nothing.
    assert_eq!(ran.built(TOTALS_TABLE), days(2, 6));
    assert!(mill.due(6).tasks.is_empty());
}

#[test]
fn a_dataset_may_begin_before_what_it_reads() {
    let mut mill = harbour_with_days(4, &[]);
    mill.edit(DAILY_FILE, "sql: |", "start: 2026-10-03\nsql: |");
    mill.edit(TOTALS_FILE, "sql: |", "start: 2026-10-01\nsql: |");
    let ran = mill.run_well(4);
    assert_eq!(ran.built(DAILY_TABLE), days(3, 4));
    assert_eq!(ran.built(TOTALS_TABLE), days(1, 4));
    assert!(mill.due(4).tasks.is_empty());
}

#[test]
fn columns_of_a_table_may_be_called_as_anything() {
    for partition in ["{column: visited, every: day}", "none"] {
        let source = format!(
            "source: harbour.odd\nkind: table\ndescription: Columns with the names of other things.\n\
             schema: {{columns: {{visited: DATE, day: INT64, source: STRING, rows: INT64}}}}\n\
             partition_by: {partition}\nstart: 2026-10-01\n"
        );
        let copy = "dataset: harbour_derived.copy_v1\ndescription: The same.\n\
             sql: SELECT @submission_date AS submission_date, source, `rows` FROM `harbour.odd` \
             WHERE visited = @submission_date\n";
        let mill = Mill::new(&[("datasets/odd.yaml", &source), ("datasets/copy.yaml", copy)]);
        mill.sql(
            "CREATE SCHEMA harbour;
             CREATE TABLE harbour.odd (visited DATE, day BIGINT, source VARCHAR, rows BIGINT);
             INSERT INTO harbour.odd VALUES ('2026-10-01', 1, 'a', 1), ('2026-10-01', 2, 'a', 1)",
        );
        mill.run_well(1);
        mill.sql("UPDATE harbour.odd SET rows = 2");
        mill.run_well(1);
        let rows = mill.rows("SELECT source, rows FROM harbour_derived.copy_v1");
        assert_eq!(rows, ["a|2", "a|2"], "{partition}");
    }
}
