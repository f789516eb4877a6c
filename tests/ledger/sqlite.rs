//! The ledger in SQLite: its file, its versions, what damages it.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use tidemill::diagnostic::{Code, Diagnostic};
use tidemill::ledger::{Ledger, Sqlite, copies_folder};

/// Hands an empty ledger to a test of the contract.
pub fn with_ledger(test: impl FnOnce(&dyn Ledger)) {
    let folder = TempDir::new().unwrap();
    test(&open(&folder.path().join("dev.ledger.sqlite")).unwrap());
}

fn open(path: &Path) -> Result<Sqlite, Diagnostic> {
    Sqlite::open(path).unwrap()
}

fn place(folder: &TempDir) -> PathBuf {
    folder.path().join("dev.ledger.sqlite")
}

/// What a program of the first version left: its tables, a run that ended and one partition.
const FIRST: &str = include_str!("../../src/ledger/sqlite/steps/1.sql");
const OF_FIRST: &str = "
PRAGMA user_version = 1;
INSERT INTO run VALUES ('r', 'run', '2026-11-21', 'here:1:1', '0.1.0', '2026-11-21 06:00:00', '2026-11-21 06:01:00', 'success');
INSERT INTO attempt VALUES ('r-0', 'r', 'quay.daily_v1', '2026-11-21', 1, 'success', 'hash', '', NULL, '2026-11-21 06:00:00', '2026-11-21 06:01:00');
INSERT INTO partition VALUES ('quay.daily_v1', '2026-11-21', 'success', 'r-0', 1, 'hash', '', 1, 1, '{}', 7, 'digest', '2026-11-21 06:00:30');
";

fn of_first_version(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(FIRST).unwrap();
    connection.execute_batch(OF_FIRST).unwrap();
}

#[test]
fn an_older_ledger_is_copied_and_brought_to_this_version() {
    let folder = TempDir::new().unwrap();
    of_first_version(&place(&folder));
    let ledger = open(&place(&folder)).unwrap();
    assert_eq!(ledger.snapshot().unwrap().partitions["quay.daily_v1"].len(), 1);
    assert_eq!(ledger.attempts().unwrap().len(), 1);
    let copy = Connection::open(copies_folder(&place(&folder)).join("version-1.sqlite")).unwrap();
    let version: i64 = copy.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
}

#[test]
fn a_ledger_of_a_newer_program_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    drop(open(&place(&folder)).unwrap());
    Connection::open(place(&folder)).unwrap().pragma_update(None, "user_version", 1_000).unwrap();
    let before = std::fs::read(place(&folder)).unwrap();
    assert_eq!(open(&place(&folder)).err().unwrap().code, Code::LedgerNewer);
    assert_eq!(std::fs::read(place(&folder)).unwrap(), before);
}

#[test]
fn a_file_that_is_no_ledger_is_refused_with_the_way_out() {
    let folder = TempDir::new().unwrap();
    std::fs::write(place(&folder), "not a database, and long enough to be none of SQLite's headers").unwrap();
    let finding = open(&place(&folder)).err().unwrap();
    assert_eq!(finding.code, Code::LedgerDamaged);
    assert!(finding.hint.unwrap().contains("move it away"));
}

#[test]
fn no_flipped_byte_is_believed_without_the_marker() {
    let folder = TempDir::new().unwrap();
    of_first_version(&place(&folder));
    let sound = {
        let ledger = open(&place(&folder)).unwrap();
        ledger.snapshot().unwrap().partitions
    };
    Connection::open(place(&folder)).unwrap().pragma_update(None, "journal_mode", "DELETE").unwrap();
    let bytes = std::fs::read(place(&folder)).unwrap();
    for step in 0..200 {
        let mut flipped = bytes.clone();
        let at = step * bytes.len() / 200 + step % 13;
        flipped[at % bytes.len()] ^= 1 << (step % 8);
        let other = TempDir::new().unwrap();
        std::fs::write(place(&other), flipped).unwrap();
        // Refused, or read: with a partition more than there was, whatever it says of it, it would be ahead of the data.
        let Ok(Ok(ledger)) = Sqlite::open(&place(&other)) else { continue };
        let Ok(snapshot) = ledger.snapshot() else { continue };
        let _ = tidemill::ledger::reconcile(&ledger, &[], "2026-11-22 06:00:00").map(|_| {
            let mended = ledger.snapshot().unwrap();
            let believed = mended.partitions.values().flat_map(|of| of.values());
            assert_eq!(
                believed.filter(|one| one.state != tidemill::ledger::State::Lost).count(),
                0,
                "byte {at}: a success without its marker"
            );
        });
        assert!(snapshot.partitions.len() <= sound.len() + 1);
    }
}

#[test]
fn one_copy_a_day_is_kept_and_the_oldest_go() {
    let folder = TempDir::new().unwrap();
    let ledger = open(&place(&folder)).unwrap();
    let day = |number: i8| jiff::civil::date(2026, 11, number);
    for number in 1..=20 {
        ledger.back_up(day(number)).unwrap();
        ledger.back_up(day(number)).unwrap();
    }
    let mut names: Vec<String> = std::fs::read_dir(copies_folder(&place(&folder)))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected: Vec<String> = (7..=20).map(|number| format!("{}.sqlite", day(number))).collect();
    assert_eq!(names, expected);
}
