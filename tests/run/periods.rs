//! Hours, weeks, months, whole tables and snapshots: each partition holds its own time, waits for all of
//! it, and is rebuilt when something of it changes.

use tidemill::period::Period;
use tidemill::plan::{self, Scope};

use super::mill::{Mill, Ran, day, waits};

const VISITS: &str = "source: harbour.visits
kind: table
description: A visit.
schema: {columns: {seen_at: TIMESTAMP, country: STRING, searches: INT64}}
partition_by: {column: seen_at, every: day}
start: 2026-10-01
";

const ACCOUNTS: &str = "source: harbour.accounts
kind: table
description: Accounts as they are now.
schema: {columns: {id: INT64, plan: STRING, seats: INT64}}
partition_by: none
start: 2026-10-01
";

/// Searches per country of a table, every so often.
fn searches(name: &str, from: &str, every: &str) -> String {
    let partition_by = match every {
        "none" => "none".to_owned(),
        _ => format!("{{column: of_{every}, every: {every}}}"),
    };
    format!(
        "dataset: harbour_derived.{name}_v1\ndescription: Searches.\nfrom: {from}\n\
         template: tidemill/aggregate\npartition_by: {partition_by}\n\
         with: {{dimensions: [country], measures: {{searches: sum(searches)}}}}\n"
    )
}

fn mill(datasets: &[(&str, &str, &str)]) -> Mill {
    let texts: Vec<(String, String)> = datasets
        .iter()
        .map(|(name, from, every)| (format!("datasets/{name}.yaml"), searches(name, from, every)))
        .collect();
    let mut files = vec![("datasets/visits.yaml", VISITS)];
    files.extend(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mill = Mill::new(&files);
    mill.prepare();
    mill.sql("CREATE SCHEMA IF NOT EXISTS harbour; CREATE TABLE harbour.visits (seen_at TIMESTAMP, country VARCHAR, searches BIGINT)");
    mill
}

fn visit(mill: &Mill, at: &str, country: &str, searches: i64) {
    mill.sql(&format!("INSERT INTO harbour.visits VALUES ('{at}', '{country}', {searches})"));
}

/// The partitions of a dataset that a run built.
fn built(ran: &Ran, dataset: &str) -> Vec<String> {
    let tasks = ran.plan.tasks.iter().zip(&ran.outcome.results);
    tasks
        .filter(|(task, result)| {
            task.dataset == dataset && matches!(result, Some(tidemill::run::TaskResult::Built { .. }))
        })
        .map(|(task, _)| task.from.to_string())
        .collect()
}

#[test]
fn an_hour_holds_its_own_rows_and_a_day_of_hours_all_of_them() {
    let mill = mill(&[("hourly", "harbour.visits", "hour"), ("daily", "harbour_derived.hourly_v1", "day")]);
    visit(&mill, "2026-10-01 00:00:00", "DE", 1);
    visit(&mill, "2026-10-01 05:59:59.999999", "DE", 2);
    visit(&mill, "2026-10-01 06:00:00", "DE", 4);
    visit(&mill, "2026-10-01 23:59:59", "FR", 8);
    visit(&mill, "2026-10-02 00:00:00", "DE", 16);
    let ran = mill.run_well(1);
    assert_eq!(built(&ran, "harbour_derived.hourly_v1").len(), 24);
    assert_eq!(
        mill.rows(
            "SELECT strftime(of_hour, '%d %H'), country, searches FROM harbour_derived.hourly_v1 ORDER BY ALL"
        ),
        ["01 00|DE|1", "01 05|DE|2", "01 06|DE|4", "01 23|FR|8"]
    );
    assert_eq!(
        mill.rows("SELECT of_day, country, searches FROM harbour_derived.daily_v1 ORDER BY ALL"),
        ["2026-10-01|DE|7", "2026-10-01|FR|8"]
    );

    // A late row changes one hour, and with it the day; the other hours come out as they were.
    visit(&mill, "2026-10-01 05:30:00", "DE", 100);
    let ran = mill.run_well(1);
    let record = |period: &str| {
        let own = &mill.snapshot().partitions["harbour_derived.hourly_v1"];
        own[&period.parse::<Period>().unwrap()].data_version
    };
    assert_eq!((record("2026-10-01T05"), record("2026-10-01T06")), (2, 1));
    assert_eq!(built(&ran, "harbour_derived.daily_v1"), ["2026-10-01"]);
    assert_eq!(mill.number("SELECT searches FROM harbour_derived.daily_v1 WHERE country = 'DE'"), 107);
}

#[test]
fn weeks_begin_on_monday_and_months_with_their_first_and_both_wait_for_their_last_day() {
    let mill = mill(&[("weekly", "harbour.visits", "week"), ("monthly", "harbour.visits", "month")]);
    for on in 1..=31 {
        visit(&mill, &format!("2026-10-{on:02} 12:00:00"), "DE", on);
    }
    visit(&mill, "2026-11-01 00:00:00", "DE", 1000);
    // The third of October is a Saturday, and the first week began before the source did.
    assert!(mill.run_well(3).plan.tasks.is_empty());
    assert_eq!(built(&mill.run_well(4), "harbour_derived.weekly_v1"), ["2026-W40"]);
    let ran = mill.run_well(30);
    assert_eq!(built(&ran, "harbour_derived.weekly_v1"), ["2026-W41", "2026-W42", "2026-W43"]);
    assert!(built(&ran, "harbour_derived.monthly_v1").is_empty());
    assert_eq!(built(&mill.run_well(31), "harbour_derived.monthly_v1"), ["2026-10"]);
    assert_eq!(
        mill.rows("SELECT of_week, searches FROM harbour_derived.weekly_v1 ORDER BY ALL"),
        ["2026-09-28|10", "2026-10-05|56", "2026-10-12|105", "2026-10-19|154"]
    );
    assert_eq!(mill.rows("SELECT of_month, searches FROM harbour_derived.monthly_v1"), ["2026-10-01|496"]);

    // A range that ends within a month asks for that month, which is over.
    visit(&mill, "2026-10-02 12:00:00", "DE", 4);
    let ran = mill.build(&mill.request(Scope::Range { from: day(2), to: day(2), force: false }));
    ran.assert_well();
    assert_eq!(built(&ran, "harbour_derived.monthly_v1"), ["2026-10"]);
    assert_eq!(built(&ran, "harbour_derived.weekly_v1"), ["2026-W40"]);
}

#[test]
fn a_month_waits_while_one_of_its_days_may_still_come() {
    let mill = mill(&[("monthly", "harbour.visits", "month")]);
    visit(&mill, "2026-10-30 12:00:00", "DE", 1);
    let plan = mill.due(31);
    assert!(plan.tasks.is_empty());
    assert_eq!(
        waits(&plan, "harbour_derived.monthly_v1"),
        ["2026-10 source harbour.visits: no rows yet for 2026-10-31"]
    );
}

#[test]
fn a_whole_table_is_built_anew_when_something_of_it_changed_and_only_then() {
    let mut mill = mill(&[("daily", "harbour.visits", "day"), ("total", "harbour_derived.daily_v1", "none")]);
    let total = "harbour_derived.total_v1";
    visit(&mill, "2026-10-01 12:00:00", "DE", 1);
    assert_eq!(built(&mill.run_well(1), total), ["*"]);
    assert!(mill.run_well(1).plan.tasks.is_empty());
    visit(&mill, "2026-10-02 12:00:00", "FR", 2);
    assert_eq!(built(&mill.run_well(2), total), ["*"]);
    let rows = |mill: &Mill| mill.rows("SELECT country, searches FROM harbour_derived.total_v1 ORDER BY ALL");
    assert_eq!(rows(&mill), ["DE|1", "FR|2"]);
    // A day that is asked for again changes nothing, and takes nothing back.
    assert!(mill.run_well(1).plan.tasks.is_empty());
    // Its definition has no standing partitions to leave as they are.
    mill.edit("datasets/total.yaml", "sum(searches)", "sum(searches) * 10");
    assert_eq!(built(&mill.run_well(2), total), ["*"]);
    assert_eq!(rows(&mill), ["DE|10", "FR|20"]);
}

#[test]
fn a_whole_table_of_the_last_days_is_built_as_of_the_newest_day_ever_asked_for() {
    let mut mill = mill(&[]);
    mill.write(
        "datasets/recent.yaml",
        "dataset: harbour_derived.recent_v1\ndescription: Searches of two days.\npartition_by: none\n\
         sql: SELECT @submission_date AS as_of, SUM(searches) AS searches FROM `harbour.visits` \
         WHERE DATE(seen_at) BETWEEN @submission_date - 1 AND @submission_date\n",
    );
    mill.prepare();
    for on in 1..=3 {
        visit(&mill, &format!("2026-10-0{on} 12:00:00"), "DE", 10_i64.pow(on));
    }
    let row = |mill: &Mill| mill.rows("SELECT as_of, searches FROM harbour_derived.recent_v1");
    mill.run_well(2);
    assert_eq!(row(&mill), ["2026-10-02|110"]);
    mill.run_well(3);
    assert_eq!(row(&mill), ["2026-10-03|1100"]);
    assert!(mill.run_well(2).plan.tasks.is_empty());
    visit(&mill, "2026-10-02 13:00:00", "DE", 5);
    mill.run_well(2);
    assert_eq!(row(&mill), ["2026-10-03|1105"]);
}

const SNAPSHOT: &str = "snapshot: harbour_derived.accounts_v1
description: Accounts, day by day.
from: harbour.accounts
view: harbour.accounts_latest
";

const HISTORY: &str = "dataset: harbour_derived.accounts_history_v1
description: What accounts were, and when.
from: harbour_derived.accounts_v1
template: tidemill/history
partition_by: none
with: {key: [id]}
";

#[test]
fn a_snapshot_keeps_each_days_state_and_the_history_says_from_when_to_when() {
    let mill = Mill::new(&[
        ("datasets/accounts.yaml", ACCOUNTS),
        ("datasets/snapshot.yaml", SNAPSHOT),
        ("datasets/history.yaml", HISTORY),
    ]);
    mill.sql("CREATE SCHEMA harbour; CREATE TABLE harbour.accounts (id BIGINT, plan VARCHAR, seats BIGINT)");
    let is_now = |rows: &str| {
        mill.sql(&format!("DELETE FROM harbour.accounts; INSERT INTO harbour.accounts VALUES {rows}"))
    };
    is_now("(1, 'free', 1), (2, 'team', 5)");
    assert_eq!(built(&mill.run_well(3), "harbour_derived.accounts_v1"), ["2026-10-03"]);
    is_now("(1, 'free', 1), (2, 'team', 6), (3, NULL, NULL)");
    // What was copied stays as it was, whatever the state is now.
    assert!(built(&mill.run_well(3), "harbour_derived.accounts_v1").is_empty());
    // No snapshot is taken on the fourth.
    mill.run_well(5);
    is_now("(2, 'team', 6), (3, NULL, NULL)");
    mill.run_well(6);
    is_now("(1, 'free', 1), (2, 'team', 5), (3, NULL, NULL)");
    mill.run_well(7);
    assert_eq!(
        mill.rows("SELECT id, plan, seats, snapshot_date FROM harbour.accounts_latest ORDER BY id"),
        ["1|free|1|2026-10-07", "2|team|5|2026-10-07", "3|NULL|NULL|2026-10-07"]
    );
    assert_eq!(
        mill.rows(
            "SELECT id, seats, valid_from, valid_to, is_current FROM harbour_derived.accounts_history_v1"
        ),
        [
            "1|1|2026-10-03|2026-10-06|false",
            "1|1|2026-10-07|NULL|true",
            "2|5|2026-10-03|2026-10-05|false",
            "2|5|2026-10-07|NULL|true",
            "2|6|2026-10-05|2026-10-07|false",
            "3|NULL|2026-10-05|NULL|true",
        ]
    );
    // The state of a day that is gone cannot be had any more, not even when asked for.
    let plan = mill.plan(&mill.range(4, 4, "harbour_derived.accounts_v1"));
    assert!(plan.tasks.is_empty(), "{}", plan::render(&plan));
    assert_eq!(
        waits(&plan, "harbour_derived.accounts_v1"),
        ["2026-10-04 the state of that day is gone: a snapshot is taken on its day"]
    );
}

#[test]
fn an_hour_that_reads_its_day_so_far_changes_with_the_hours_before_it() {
    let mut mill = mill(&[("hourly", "harbour.visits", "hour")]);
    mill.write(
        "datasets/running.yaml",
        "dataset: harbour_derived.running_v1\ndescription: Searches of the day so far.\n\
         partition_by: {column: of_hour, every: hour}\n\
         sql: SELECT @partition_start AS of_hour, SUM(searches) AS searches FROM `harbour_derived.hourly_v1` \
         WHERE of_hour >= TIMESTAMP(@submission_date) AND of_hour < @partition_end\n",
    );
    mill.prepare();
    visit(&mill, "2026-10-01 00:10:00", "DE", 1);
    visit(&mill, "2026-10-01 12:00:00", "DE", 1);
    mill.run_well(1);
    visit(&mill, "2026-10-01 00:20:00", "DE", 100);
    mill.run_well(1);
    let searches = "SELECT DISTINCT searches FROM harbour_derived.running_v1";
    assert_eq!(mill.rows(searches), ["101", "102"]);
    assert!(mill.run_well(1).plan.tasks.is_empty());
}

#[test]
fn a_week_that_names_its_days_from_its_first_one_waits_for_no_more() {
    let mut mill = mill(&[]);
    mill.write(
        "datasets/weekly.yaml",
        "dataset: harbour_derived.weekly_v1\ndescription: Searches of a week.\n\
         partition_by: {column: of_week, every: week}\n\
         sql: SELECT @submission_date AS of_week, SUM(searches) AS searches FROM `harbour.visits` \
         WHERE DATE(seen_at) BETWEEN @submission_date AND DATE_ADD(@submission_date, INTERVAL 6 DAY)\n",
    );
    mill.prepare();
    for on in 5..=11 {
        visit(&mill, &format!("2026-10-{on:02} 12:00:00"), "DE", 1);
    }
    mill.run_well(11);
    assert_eq!(
        mill.rows("SELECT of_week, searches FROM harbour_derived.weekly_v1 WHERE searches > 6"),
        ["2026-10-05|7"]
    );
    // Rows of the week after are none of its business.
    visit(&mill, "2026-10-12 12:00:00", "DE", 1);
    assert!(mill.run_well(12).plan.tasks.is_empty());
}

#[test]
fn what_ends_within_a_week_is_not_before_it_and_a_day_reads_no_month() {
    let refused = |name: &str, definition: &str| {
        let folder = tempfile::TempDir::new().unwrap();
        let monthly = searches("monthly", "harbour.visits", "month");
        for (path, text) in [
            ("tidemill.yaml", super::mill::PROJECT),
            ("datasets/visits.yaml", VISITS),
            ("datasets/monthly.yaml", &monthly),
            (&format!("datasets/{name}.yaml"), definition),
        ] {
            super::mill::write(folder.path(), path, text);
        }
        let found = super::mill::compiled(folder.path()).err().expect("it is refused");
        assert_eq!(found.len(), 1, "{}", super::mill::told(&found));
        found[0].message.clone()
    };
    let own_week = "dataset: harbour_derived.own_v1\ndescription: Its own past.\n\
         partition_by: {column: of_week, every: week}\nstart: 2026-10-01\nreads_self: all_before\n\
         sql: SELECT @submission_date AS of_week, COUNT(*) AS before FROM `harbour_derived.own_v1` \
         WHERE of_week < DATE_SUB(DATE(@partition_end), INTERVAL 1 DAY)\n";
    assert_eq!(
        refused("own", own_week),
        "`harbour_derived.own_v1` reads its own partition, the one that is being built"
    );
    assert_eq!(
        refused("daily", &searches("daily", "harbour_derived.monthly_v1", "day")),
        "a partition of a day cannot read `harbour_derived.monthly_v1`, which has one a month"
    );
}

#[test]
fn a_history_by_a_key_that_is_not_unique_is_not_built() {
    let mill = Mill::new(&[
        ("datasets/accounts.yaml", ACCOUNTS),
        ("datasets/snapshot.yaml", SNAPSHOT),
        ("datasets/history.yaml", HISTORY),
    ]);
    mill.sql("CREATE SCHEMA harbour; CREATE TABLE harbour.accounts (id BIGINT, plan VARCHAR, seats BIGINT)");
    mill.sql("INSERT INTO harbour.accounts VALUES (1, 'free', 1), (1, 'team', 5)");
    let ran = mill.run(3);
    let failed =
        ran.plan.tasks.iter().zip(&ran.outcome.results).find(|(task, _)| task.dataset.contains("history"));
    match failed {
        Some((_, Some(tidemill::run::TaskResult::Failed(problem)))) => {
            assert!(problem.contains("a snapshot has two rows of one key"), "{problem}")
        }
        other => panic!("{other:?}"),
    }
}
