//! Whatever is lost between warehouse and ledger is found again; what was published is built once.

use tidemill::ledger::State;
use tidemill::plan::{self, Reason};
use tidemill::run::TaskResult;

use super::harbour::{DAILY_TABLE, TOTALS_TABLE, harbour_with_days, visits};
use super::mill::{Mill, day, days};
use super::visit::{CLIENTS, CLIENTS_TABLE, STABLE_TABLE, VISIT, visit};

fn pings(last: i32) -> Mill {
    let mill = Mill::new(&[("datasets/visit.yaml", VISIT), ("datasets/clients.yaml", CLIENTS)]);
    mill.ingest(&lines(last));
    mill
}

fn lines(last: i32) -> Vec<serde_json::Value> {
    (1..=last).map(|on| visit(&format!("2026-10-{on:02}T12:00:00Z"), on as u64, "a", 1)).collect()
}

fn late(mill: &Mill, on: i32, document: u64) {
    mill.ingest(&[visit(&format!("2026-10-{on:02}T13:00:00Z"), document, "late", 5)]);
}

fn remove_ledger(mill: &mut Mill) {
    mill.close();
    for name in ["dev.ledger.sqlite", "dev.ledger.sqlite-wal", "dev.ledger.sqlite-shm"] {
        let _ = std::fs::remove_file(mill.path(name));
    }
}

fn assert_nothing_to_do(mill: &Mill, until: i32) {
    let ran = mill.run_well(until);
    assert!(ran.plan.tasks.is_empty() && ran.plan.stale.is_empty(), "{}", plan::render(&ran.plan));
}

/// The ledger with nothing in it that keeps states from being forged.
fn forged_ledger(mill: &Mill) -> rusqlite::Connection {
    let ledger = rusqlite::Connection::open(mill.path("dev.ledger.sqlite")).unwrap();
    ledger.execute_batch("DROP TRIGGER attempt_moves; DROP TRIGGER run_moves;").unwrap();
    ledger
}

#[test]
fn a_published_partition_without_its_record_is_restored_from_its_marker() {
    let mut mill = pings(3);
    mill.run_well(3);
    let before = mill.snapshot();
    mill.close();
    let ledger = forged_ledger(&mill);
    ledger.execute("DELETE FROM partition WHERE partition = '2026-10-03'", []).unwrap();
    // As it looks when the process died between publishing and recording.
    ledger
        .execute("UPDATE attempt SET state = 'running', ended_at = NULL WHERE partition = '2026-10-03'", [])
        .unwrap();
    ledger.execute("UPDATE run SET state = 'running', ended_at = NULL, owner = 'elsewhere:1:1'", []).unwrap();
    drop(ledger);
    mill.reopen();
    let mended = mill.prepare().reconciled;
    let names = [format!("{CLIENTS_TABLE} 2026-10-03"), format!("{STABLE_TABLE} 2026-10-03")];
    assert_eq!(mended.restored, names);
    assert_eq!(mended.finished.len(), 2);
    assert!(mended.abandoned.is_empty() && mended.lost.is_empty());
    assert_eq!(mill.snapshot().partitions[STABLE_TABLE], before.partitions[STABLE_TABLE]);
    assert!(mill.prepare().reconciled.is_empty(), "mending twice changes nothing more");
    assert_nothing_to_do(&mill, 3);
}

#[test]
fn an_attempt_that_had_not_published_is_put_back_and_built() {
    let mut mill = pings(2);
    mill.run_well(1);
    mill.close();
    let ledger = forged_ledger(&mill);
    ledger.execute("UPDATE run SET state = 'running', owner = 'elsewhere:1:1'", []).unwrap();
    let attempt = "INSERT INTO attempt VALUES ('dead', 'run-0', ?1, '2026-10-02', 7, 'running', '', '', NULL, '', NULL, NULL)";
    ledger.execute(attempt, [STABLE_TABLE]).unwrap();
    let lease = "INSERT INTO lease VALUES (?1, '2026-10-02', 'elsewhere:1:1', 7, 9999999999)";
    ledger.execute(lease, [STABLE_TABLE]).unwrap();
    drop(ledger);
    mill.reopen();
    assert_eq!(mill.prepare().reconciled.abandoned, [format!("{STABLE_TABLE} 2026-10-02")]);
    let ran = mill.run_well(2);
    assert_eq!(ran.built(STABLE_TABLE), days(2, 2));
    assert_eq!(mill.record(STABLE_TABLE, 2).epoch, 8);
}

#[test]
fn an_older_copy_of_the_ledger_catches_up_and_does_not_fence_itself_out() {
    let mut mill = pings(2);
    mill.run_well(2);
    mill.close();
    let (ledger, copy) = (mill.path("dev.ledger.sqlite"), mill.path("copy.sqlite"));
    std::fs::copy(&ledger, &copy).unwrap();
    mill.reopen();
    late(&mill, 1, 100);
    mill.run_well(2);
    late(&mill, 1, 101);
    mill.run_well(2);
    let before = mill.snapshot().partitions;
    assert_eq!(mill.record(STABLE_TABLE, 1).epoch, 3);
    remove_ledger(&mut mill);
    std::fs::copy(&copy, &ledger).unwrap();
    mill.reopen();
    assert_nothing_to_do(&mill, 2);
    assert_eq!(mill.snapshot().partitions, before);
    late(&mill, 1, 102);
    let ran = mill.run_well(2);
    assert_eq!(ran.built(STABLE_TABLE), days(1, 1));
    assert_eq!(mill.record(STABLE_TABLE, 1).epoch, 4);
}

#[test]
fn a_deleted_ledger_is_rebuilt_from_the_markers_source_versions_included() {
    let mut mill = pings(3);
    mill.run_well(3);
    late(&mill, 2, 100);
    mill.run_well(3);
    let before = mill.snapshot();
    remove_ledger(&mut mill);
    mill.reopen();
    assert_nothing_to_do(&mill, 3);
    let after = mill.snapshot();
    assert_eq!(after.partitions, before.partitions);
    assert_eq!(after.sources["harbour_live.visit_v1"][&day(2)].version, 2);
    late(&mill, 3, 101);
    assert_eq!(mill.run_well(3).built(STABLE_TABLE), days(3, 3));
}

#[test]
fn a_deleted_ledger_knows_again_what_it_saw_of_tables_that_others_fill() {
    let mut mill = harbour_with_days(3, &[]);
    mill.run_well(3);
    visits(&mill, 3, "DE", 2);
    mill.run_well(3);
    remove_ledger(&mut mill);
    mill.reopen();
    assert_nothing_to_do(&mill, 3);
    assert_eq!(mill.snapshot().sources["harbour.visits"][&day(3)].version, 2);
}

#[test]
fn partitions_of_a_deleted_warehouse_are_lost_and_built_again_once_their_lines_are_back() {
    let mut mill = pings(3);
    mill.run_well(3);
    late(&mill, 3, 100);
    late(&mill, 3, 101);
    mill.run_well(3);
    let rows = format!("FROM {CLIENTS_TABLE}");
    let before = mill.rows(&rows);
    mill.close();
    std::fs::remove_file(mill.path("dev.duckdb")).unwrap();
    mill.reopen();
    assert_eq!(mill.prepare().reconciled.lost.len(), 6);
    assert!(mill.prepare().reconciled.is_empty());
    assert_eq!(mill.record(STABLE_TABLE, 1).state, State::Lost);
    let waiting = mill.due(3);
    assert!(waiting.tasks.is_empty());
    assert!(plan::render(&waiting).contains("source harbour_live.visit_v1: no rows yet"));

    let mut all = lines(3);
    all.extend([100, 101].map(|document| visit("2026-10-03T13:00:00Z", document, "late", 5)));
    mill.ingest(&all);
    let ran = mill.run_well(3);
    assert!(ran.plan.tasks.iter().all(|task| task.reason == Reason::Lost));
    assert_eq!(ran.built(CLIENTS_TABLE), days(1, 3));
    assert_eq!(mill.rows(&rows), before);
    assert_nothing_to_do(&mill, 3);
}

#[test]
fn lines_that_come_before_the_loss_was_noticed_count_and_so_do_those_after() {
    let mut mill = pings(1);
    for document in 100..104 {
        late(&mill, 1, document);
    }
    mill.run_well(1);
    mill.close();
    std::fs::remove_file(mill.path("dev.duckdb")).unwrap();
    mill.reopen();
    // The ledger remembers version 5 of the day; the new warehouse begins at 1.
    mill.ingest(&lines(1));
    assert_eq!(mill.run_well(1).built(STABLE_TABLE), days(1, 1));
    late(&mill, 1, 200);
    let ran = mill.run_well(1);
    assert_eq!(ran.built(STABLE_TABLE), days(1, 1));
    assert_eq!(mill.number(&format!("SELECT count(*) FROM {STABLE_TABLE}")), 2);
    assert_nothing_to_do(&mill, 1);
}

#[test]
fn a_run_that_was_overtaken_publishes_nothing() {
    let mill = harbour_with_days(2, &[]);
    mill.run_well(2);
    let rows = mill.rows(&format!("FROM {DAILY_TABLE}"));
    visits(&mill, 2, "DE", 5);
    let prepared = mill.prepare();
    let plan =
        plan::plan(&mill.compilation, &prepared.snapshot, &mill.request(plan::Scope::Due { day: day(2) }));
    // Somebody with a newer lease publishes meanwhile.
    mill.sql(&format!(
        "UPDATE tidemill.marker SET epoch = 50, attempt = 'newer' WHERE key = '{DAILY_TABLE}/2026-10-02'"
    ));
    let outcome = mill.execute(&plan, prepared.snapshot);
    assert_eq!(
        outcome.results[0],
        Some(TaskResult::Failed("fenced: a newer attempt holds the partition".to_owned()))
    );
    assert!(matches!(outcome.results[1], Some(TaskResult::Blocked { .. })));
    assert_eq!(mill.rows(&format!("FROM {DAILY_TABLE}")), rows);
    let ran = mill.run_well(2);
    assert_eq!(ran.built(TOTALS_TABLE), days(2, 2));
    assert_eq!(mill.record(DAILY_TABLE, 2).epoch, 51);
}
