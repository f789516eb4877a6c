//! Columns and fields are added to tables that stand; whatever would break their readers is refused.

use tidemill::diagnostic::Code;
use tidemill::plan;
use tidemill::run::TaskResult;

use super::harbour::{DAILY_FILE, DAILY_TABLE, TOTALS_FILE, TOTALS_TABLE, harbour_with_days};
use super::mill::{Mill, days, stale, told};
use super::visit::{METRICS, METRICS_FILE, VISIT_GLEAN, visit};

#[test]
fn an_added_column_alters_the_table_and_older_partitions_are_stale_and_hold_null() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(2);
    mill.edit(DAILY_FILE, "    COUNT(*) AS visits,", "    COUNT(*) AS visits,\n    MAX(searches) AS most,");
    let ran = mill.run_well(3);
    assert_eq!(ran.altered, ["harbour_derived.daily_v1: column most added"]);
    assert_eq!(ran.built(DAILY_TABLE), days(3, 3));
    assert_eq!(stale(&ran.plan, DAILY_TABLE), days(1, 2));
    assert_eq!(stale(&ran.plan, TOTALS_TABLE), []);
    let most = "SELECT submission_date, visits, most FROM harbour_derived.daily_v1 WHERE country = 'DE'";
    assert_eq!(mill.rows(most), ["2026-10-01|1|NULL", "2026-10-02|2|NULL", "2026-10-03|3|2"]);
    mill.backfill(1, 2, DAILY_TABLE);
    assert_eq!(mill.rows(most), ["2026-10-01|1|0", "2026-10-02|2|1", "2026-10-03|3|2"]);
}

#[test]
fn an_added_metric_widens_live_and_stable_tables_and_their_views_go_on() {
    let files = [("datasets/visit.yaml", VISIT_GLEAN), (METRICS_FILE, METRICS)];
    let mut mill = Mill::new(&files);
    mill.ingest(&[visit("2026-10-01T08:00:00Z", 1, "a", 1), visit("2026-10-01T09:00:00Z", 2, "b", 2)]);
    mill.run_well(1);
    mill.edit(
        METRICS_FILE,
        "    type: counter",
        "    type: counter\n    send_in_pings: [visit]\n  pages:\n    type: counter",
    );
    let mut line = visit("2026-10-02T08:00:00Z", 3, "a", 3);
    line["body"]["metrics"]["counter"]["sea.pages"] = 7.into();
    mill.ingest(&[line]);
    let ran = mill.run_well(2);
    assert_eq!(ran.built("harbour_stable.visit_v1"), days(2, 2));
    assert_eq!(stale(&ran.plan, "harbour_stable.visit_v1"), days(1, 1));
    for table in ["harbour_live.visit_v1", "harbour_stable.visit_v1", "harbour.visit"] {
        let rows = mill.rows(&format!(
            "SELECT document_id[-1:], metrics.counter.sea_searches, metrics.counter.sea_pages FROM {table}"
        ));
        assert_eq!(rows, ["1|1|NULL", "2|2|NULL", "3|3|7"], "{table}");
    }
}

/// Compiles a change of the daily dataset that cannot be made to the table that stands.
fn refused(from: &str, to: &str) -> String {
    let mut mill = harbour_with_days(2, &[]);
    mill.run_well(2);
    mill.edit(DAILY_FILE, from, to);
    let before = (mill.rows(COLUMNS), mill.rows("FROM harbour_derived.daily_v1"), mill.snapshot().partitions);
    let found = mill.refused();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::NeedsNewVersion);
    assert_eq!(Code::NeedsNewVersion.as_str(), "TM0504");
    let after = (mill.rows(COLUMNS), mill.rows("FROM harbour_derived.daily_v1"), mill.snapshot().partitions);
    assert!(before == after);
    assert!(found[0].position.as_ref().is_some_and(|at| at.source.path == DAILY_FILE));
    assert!(found[0].hint.as_ref().is_some_and(|hint| {
        hint.contains("tidemill new-version harbour_derived.daily_v1")
            && hint.contains("harbour_derived.daily_v2")
    }));
    told(&found)
}

const COLUMNS: &str = "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns WHERE table_schema LIKE 'harbour%'";

#[test]
fn a_removed_column_needs_a_new_version() {
    assert!(refused("    SUM(searches) AS searches\n", "").contains("column `searches` is gone"));
}

#[test]
fn a_renamed_column_needs_a_new_version() {
    assert!(refused("AS searches", "AS all_searches").contains("column `searches` is gone"));
}

#[test]
fn a_retyped_column_needs_a_new_version() {
    let said = refused("SUM(searches) AS searches", "CAST(SUM(searches) AS STRING) AS searches");
    assert!(said.contains("column `searches`: BIGINT became VARCHAR"), "{said}");
}

#[test]
fn another_partition_column_needs_a_new_version() {
    let mut mill = harbour_with_days(1, &[]);
    std::fs::remove_file(mill.path(TOTALS_FILE)).unwrap();
    let both = "sql: |\n  SELECT\n    @submission_date AS also_date,\n";
    mill.edit(DAILY_FILE, "sql: |\n  SELECT\n", both);
    mill.run_well(1);
    mill.edit(DAILY_FILE, "sql: |", "partition_by: {column: also_date, every: day}\nsql: |");
    let found = mill.refused();
    assert_eq!(found[0].code, Code::NeedsNewVersion);
    assert!(told(&found).contains("it is partitioned by `submission_date`, not by `also_date`"));
}

#[test]
fn a_removed_nested_field_needs_a_new_version() {
    let nested = "SUM(searches) AS searches, STRUCT(1 AS one, 'two' AS two) AS nested";
    let mut mill = harbour_with_days(1, &[]);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", nested);
    mill.run_well(1);
    mill.edit(DAILY_FILE, "STRUCT(1 AS one, 'two' AS two)", "STRUCT(1 AS one)");
    let found = mill.refused();
    assert!(told(&found).contains("column `nested`: two is gone"));
}

#[test]
fn fields_in_another_order_keep_their_values() {
    let mut mill = harbour_with_days(2, &[]);
    mill.edit(
        DAILY_FILE,
        "SUM(searches) AS searches",
        "STRUCT(COUNT(*) AS one, SUM(searches) AS two) AS nested",
    );
    mill.run_well(1);
    mill.edit(
        DAILY_FILE,
        "COUNT(*) AS one, SUM(searches) AS two",
        "SUM(searches) AS two, MAX(searches) AS three, COUNT(*) AS one",
    );
    let ran = mill.run_well(2);
    assert_eq!(ran.built(DAILY_TABLE), days(2, 2));
    let nested = "SELECT submission_date, nested.one, nested.two, nested.three FROM harbour_derived.daily_v1 WHERE country = 'DE'";
    assert_eq!(mill.rows(nested), ["2026-10-01|1|0|NULL", "2026-10-02|2|1|1"]);
}

#[test]
fn a_view_follows_the_table_that_it_shows() {
    let mut mill = harbour_with_days(2, &[]);
    mill.edit(
        DAILY_FILE,
        "description: Visits per day and country.",
        "description: Visits.\nview: harbour.daily",
    );
    mill.run_well(1);
    assert_eq!(mill.rows("SELECT country, visits FROM harbour.daily"), ["DE|1", "FR|1"]);
    mill.edit(
        DAILY_FILE,
        "SUM(searches) AS searches",
        "SUM(searches) AS searches, STRUCT(1 AS one) AS nested",
    );
    mill.run_well(2);
    assert_eq!(
        mill.rows("SELECT country, visits, nested.one FROM harbour.daily"),
        ["DE|1|NULL", "DE|2|1", "FR|1|1", "FR|1|NULL"]
    );
    mill.edit(DAILY_FILE, "1 AS one", "1 AS one, 2 AS two");
    let plan = mill.due(2);
    assert!(plan.tasks.is_empty(), "{}", plan::render(&plan));
    assert_eq!(mill.rows("SELECT DISTINCT nested.two FROM harbour.daily"), ["NULL"]);
}

#[test]
fn a_refused_table_fails_alone_and_blocks_its_readers() {
    let aside = "dataset: harbour_derived.clients_v1
description: Clients per day.
sql: |
  SELECT @submission_date AS submission_date, COUNT(DISTINCT client_id) AS clients
  FROM `harbour.visits` WHERE day = @submission_date
";
    let mut mill = harbour_with_days(3, &[("datasets/clients.yaml", aside)]);
    mill.run_well(2);
    mill.edit(DAILY_FILE, "SUM(searches) AS searches", "CAST(SUM(searches) AS STRING) AS searches");
    let ran = mill.run(3);
    assert!(ran.outcome.failed());
    assert_eq!(ran.failure(DAILY_TABLE, 3), "TM0504: the table cannot take this change");
    let by = format!("{DAILY_TABLE} 2026-10-03");
    assert_eq!(*ran.result(TOTALS_TABLE, 3), TaskResult::Blocked { by });
    assert_eq!(ran.built("harbour_derived.clients_v1"), days(3, 3));
    assert_eq!(ran.outcome.found.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::NeedsNewVersion]);
    assert_eq!(mill.number("SELECT count(DISTINCT submission_date) FROM harbour_derived.daily_v1"), 2);
    // The finding fails a run that has nothing to build, too.
    mill.edit("datasets/totals.yaml", "description:", "end: 2026-10-02\ndescription:");
    mill.edit(DAILY_FILE, "description:", "end: 2026-10-02\ndescription:");
    let ran = mill.run(3);
    assert!(ran.plan.tasks.is_empty() && ran.outcome.failed());
}

#[test]
fn a_table_into_which_nothing_was_published_takes_any_shape() {
    let mut mill = harbour_with_days(2, &[]);
    // The tables are made before their queries fail.
    mill.edit(DAILY_FILE, "COUNT(*) AS visits,", "COUNT(*) + CAST('x' AS INT64) AS visits, 'x' AS flag,");
    assert!(mill.run(2).outcome.failed());
    mill.edit(DAILY_FILE, "COUNT(*) + CAST('x' AS INT64) AS visits, 'x' AS flag,", "COUNT(*) AS visits,");
    let ran = mill.run_well(2);
    assert_eq!(ran.built(DAILY_TABLE), days(1, 2));
    // From now on its shape binds.
    mill.edit(DAILY_FILE, "COUNT(*) AS visits,", "CAST(COUNT(*) AS FLOAT64) AS visits,");
    assert!(mill.prepare().refused.contains_key(DAILY_TABLE));
}
