//! Several versions of one dataset: which of them the view shows, and when it goes over to another one.

use tidemill::diagnostic::Code;
use tidemill::plan;

use super::harbour::{DAILY, DAILY_FILE, DAILY_TABLE, harbour_with_days};
use super::mill::{Mill, days, told};
use super::visit::{METRICS, METRICS_FILE, VISIT_GLEAN, visit};

const SECOND_FILE: &str = "datasets/daily_v2.yaml";
const SECOND_TABLE: &str = "harbour_derived.daily_v2";

/// The second version counts double, so that it shows whose rows a view has.
fn second() -> String {
    DAILY.replace("daily_v1", "daily_v2").replace("COUNT(*) AS visits", "COUNT(*) * 100 AS visits")
        + "view: harbour.daily\nserves: v1\n"
}

fn versions(last: i32) -> Mill {
    let first = format!("{DAILY}view: harbour.daily\n");
    harbour_with_days(last, &[(DAILY_FILE, &first), (SECOND_FILE, &second())])
}

fn shown(mill: &Mill) -> i64 {
    mill.number("SELECT sum(visits) FROM harbour.daily WHERE submission_date = '2026-10-02'")
}

#[test]
fn a_view_shows_the_version_that_serves_it_and_goes_over_when_that_changes() {
    let mut mill = versions(2);
    mill.run_well(2);
    assert_eq!(shown(&mill), 3);
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    let plan = mill.due(2);
    assert!(plan.tasks.is_empty());
    assert_eq!(shown(&mill), 300, "preparing a run is enough where nothing lacks");
    // And back again.
    mill.edit(SECOND_FILE, "serves: v2", "serves: v1");
    mill.run_well(2);
    assert_eq!(shown(&mill), 3);
}

#[test]
fn a_view_stays_while_the_other_version_lacks_partitions() {
    let mut mill = versions(3);
    mill.edit(SECOND_FILE, "view:", "start: 2026-10-03\nview:");
    mill.run_well(3);
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    let ran = mill.run(3);
    assert!(ran.outcome.failed());
    let found = &ran.outcome.found;
    assert_eq!(found[0].code, Code::SwitchRefused);
    let told = told(found);
    assert!(told.contains("lacks 2 partitions: 2026-10-01 to 2026-10-02"), "{told}");
    assert!(told.contains("`harbour_derived.daily_v2` starts on 2026-10-03, after 2026-10-01"), "{told}");
    let command = "tidemill backfill --from 2026-10-01 --to 2026-10-02 harbour_derived.daily_v2";
    assert!(told.contains(command), "{told}");
    assert_eq!(shown(&mill), 3);
    let plan = plan::render(&ran.plan);
    let line = format!(
        "view harbour.daily stays with harbour_derived.daily_v1: harbour_derived.daily_v2 lacks 2 partitions: 2026-10-01 to 2026-10-02: {command}"
    );
    assert!(plan.ends_with(&line), "{plan}");
    assert!(mill.switch(true).is_empty());
    assert_eq!(mill.number("SELECT count(*) FROM harbour.daily WHERE submission_date < '2026-10-03'"), 0);
}

#[test]
fn a_run_that_builds_what_lacks_switches_at_its_end() {
    let mut mill = versions(3);
    mill.edit(SECOND_FILE, "view:", "start: 2026-10-03\nview:");
    mill.run_well(3);
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    mill.edit(SECOND_FILE, "start: 2026-10-03\n", "");
    let ran = mill.run_well(3);
    assert_eq!(ran.built(SECOND_TABLE), days(1, 2));
    let line = "view harbour.daily goes over from harbour_derived.daily_v1 to harbour_derived.daily_v2";
    assert!(plan::render(&ran.plan).ends_with(line), "{}", plan::render(&ran.plan));
    assert_eq!(shown(&mill), 300);
}

#[test]
fn a_view_over_one_that_stays_does_not_keep_the_run_from_going_on() {
    let mut mill = versions(2);
    mill.edit(SECOND_FILE, "view:", "start: 2026-10-02\nview:");
    mill.edit(SECOND_FILE, "AS searches", "AS searches,\n    1 AS more");
    let over = "view: harbour.over\ndescription: Visits.\nsql: SELECT visits FROM `harbour.daily`\n";
    mill.write("datasets/over.yaml", over);
    mill.run_well(2);
    let wider = over.replace("SELECT visits", "SELECT visits, more");
    std::fs::write(mill.path("datasets/over.yaml"), wider).unwrap();
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    let told = told(&mill.run(2).outcome.found);
    assert!(told.contains("views over it stay as they are: harbour.over"), "{told}");
    assert_eq!(mill.rows("FROM harbour.over"), ["1", "1", "1", "2"]);
    mill.edit(SECOND_FILE, "start: 2026-10-02\n", "");
    mill.run_well(2);
    assert_eq!(mill.rows("FROM harbour.over"), ["100|1", "100|1", "100|1", "200|1"]);
}

#[test]
fn a_view_stays_while_the_other_version_lacks_columns() {
    let mut mill = versions(2);
    mill.edit(SECOND_FILE, ",\n    SUM(searches) AS searches", "");
    mill.run_well(2);
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    let ran = mill.run(2);
    assert!(told(&ran.outcome.found).contains("lacks column searches"), "{}", told(&ran.outcome.found));
    assert_eq!(shown(&mill), 3);
    // What people see counts, also where the old definition is gone.
    std::fs::remove_file(mill.path(DAILY_FILE)).unwrap();
    std::fs::remove_file(mill.path("datasets/totals.yaml")).unwrap();
    mill.compile();
    assert!(told(&mill.switch(false)).contains("lacks column searches"));
    assert_eq!(mill.snapshot().views["harbour.daily"], DAILY_TABLE);
}

#[test]
fn a_dataset_reads_what_the_definitions_say_while_the_view_stays() {
    let reader = "dataset: harbour_derived.sums_v1
description: Visits per day, by way of the view.
sql: |
  SELECT @submission_date AS submission_date, SUM(visits) AS visits
  FROM `harbour.daily` WHERE submission_date = @submission_date
";
    let mut mill = versions(3);
    mill.write("datasets/sums.yaml", reader);
    mill.edit(SECOND_FILE, "view:", "start: 2026-10-03\nview:");
    mill.run_well(3);
    let sums = "SELECT submission_date, visits FROM harbour_derived.sums_v1";
    assert_eq!(mill.rows(sums), ["2026-10-01|2", "2026-10-02|3", "2026-10-03|4"]);
    mill.edit(SECOND_FILE, "serves: v1", "serves: v2");
    assert!(mill.run(3).outcome.failed());
    assert_eq!(mill.rows(sums), ["2026-10-01|2", "2026-10-02|3", "2026-10-03|400"]);
    assert_eq!(shown(&mill), 3);
}

#[test]
fn the_view_of_a_ping_goes_over_to_its_newest_version_at_once() {
    let mut mill = Mill::new(&[("datasets/visit.yaml", VISIT_GLEAN), (METRICS_FILE, METRICS)]);
    mill.ingest(&[visit("2026-10-01T08:00:00Z", 1, "a", 1)]);
    mill.run_well(1);
    assert_eq!(mill.number("SELECT count(*) FROM harbour.visit"), 1);
    let second =
        VISIT_GLEAN.replace("visit_v1", "visit_v2").replace("start: 2026-10-01", "start: 2026-10-02");
    mill.write("datasets/visit_v2.yaml", &second);
    let mut later = visit("2026-10-02T08:00:00Z", 2, "b", 1);
    later["path"] = "/submit/harbour/visit/2/00000000-0000-4000-8000-000000000002".into();
    mill.ingest(&[later.clone(), visit("2026-10-02T08:00:00Z", 3, "a", 1)]);
    mill.run_well(2);
    assert_eq!(mill.rows("SELECT client_info.client_id FROM harbour.visit"), ["b"]);
    assert_eq!(mill.number("SELECT count(*) FROM harbour_stable.visit_v1"), 2);
}
