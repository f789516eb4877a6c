//! Two workers publish one partition: the loser is fenced in each of the ways in which DuckDB shows it,
//! and the winner's rows stand.

use std::collections::BTreeMap;
use std::io::Write;

use duckdb::Connection;
use jiff::civil::Date;
use tidemill::compile::CompiledDataset;
use tidemill::period::Period;
use tidemill::warehouse::{Build, BuildError, DuckDb, Inputs, Marker};

use super::harbour::{TOTALS_TABLE, harbour_with_days};
use super::mill::Mill;

/// Publishing as a worker does it, by hand.
struct Worker<'a> {
    warehouse: &'a DuckDb,
    dataset: &'a CompiledDataset,
    session: Connection,
}

static NOTHING_BEFORE: BTreeMap<Period, i64> = BTreeMap::new();

const RACED: Date = jiff::civil::date(2026, 10, 1);

fn raced() -> Period {
    Period::day(RACED)
}

impl<'a> Worker<'a> {
    fn new(mill: &'a Mill) -> Self {
        let dataset = &mill.compilation.datasets[TOTALS_TABLE];
        Self { warehouse: mill.warehouse(), dataset, session: mill.warehouse().session().unwrap() }
    }

    fn build<'b>(&'b self, sql: &'b str) -> Build<'b> {
        Build {
            table: TOTALS_TABLE,
            columns: &self.dataset.columns,
            partition: &self.dataset.partition,
            sql,
            from: raced(),
            to: raced(),
            days: (RACED, RACED),
            checks: &self.dataset.checks,
            rows_before: &NOTHING_BEFORE,
            joins: &[],
        }
    }

    fn stage(&self, visits: i64) {
        let sql = format!("SELECT DATE '{RACED}' AS submission_date, {visits}::BIGINT AS visits");
        self.warehouse.stage(&self.session, &self.build(&sql)).unwrap();
    }

    fn publish(&self, attempt: &str, epoch: i64) -> Result<(), BuildError> {
        let marker = Marker {
            dataset: TOTALS_TABLE.to_owned(),
            partition: RACED.to_string(),
            attempt: attempt.to_owned(),
            epoch,
            definition_hash: "hash".to_owned(),
            data_version: 1,
            origin_version: 1,
            inputs: Inputs::new(),
            rows: 1,
            digest: String::new(),
            built_at: "2026-11-22 06:00:00".to_owned(),
        };
        self.warehouse.publish(&self.session, &self.build(""), &[(raced(), marker)], &[])
    }
}

/// What the winner of a race does in a transaction of its own.
const WINNER: &str =
    "INSERT INTO tidemill.marker VALUES ('harbour_derived.totals_v1/2026-10-01', 'harbour_derived.totals_v1',
     '2026-10-01', 'winner', 3, 'hash', 1, 1, '{}', 1, '', TIMESTAMP '2026-11-22 06:00:00')
   ON CONFLICT (key) DO UPDATE SET attempt = excluded.attempt, epoch = excluded.epoch;
   DELETE FROM harbour_derived.totals_v1;
   INSERT INTO harbour_derived.totals_v1 VALUES (DATE '2026-10-01', 3);";

fn assert_winner_stands(mill: &Mill) {
    assert_eq!(mill.rows("FROM harbour_derived.totals_v1"), ["2026-10-01|3"]);
    let marker = mill.warehouse().markers().unwrap();
    let marker = marker.iter().find(|marker| marker.dataset == TOTALS_TABLE).unwrap();
    assert_eq!((marker.attempt.as_str(), marker.epoch), ("winner", 3));
}

#[test]
fn a_loser_whose_epoch_is_older_is_fenced() {
    let mill = harbour_with_days(1, &[]);
    mill.prepare();
    let (winner, loser) = (Worker::new(&mill), Worker::new(&mill));
    winner.stage(3);
    loser.stage(2);
    winner.publish("winner", 3).unwrap();
    assert!(matches!(loser.publish("loser", 2), Err(BuildError::Fenced)));
    assert_winner_stands(&mill);
    // The session is fit for the next attempt.
    loser.stage(4);
    loser.publish("next", 4).unwrap();
    assert_eq!(mill.rows("FROM harbour_derived.totals_v1"), ["2026-10-01|4"]);
}

#[test]
fn a_loser_that_meets_the_winner_at_the_marker_is_fenced() {
    let mill = harbour_with_days(1, &[]);
    mill.prepare();
    let first = Worker::new(&mill);
    first.stage(1);
    first.publish("first", 1).unwrap();
    let loser = Worker::new(&mill);
    loser.stage(2);
    let winner = mill.warehouse().session().unwrap();
    winner.execute_batch(&format!("BEGIN; {WINNER}")).unwrap();
    // Newer by its epoch, and yet the winner was there first.
    let lost = loser.publish("loser", 4);
    assert!(matches!(lost, Err(BuildError::Fenced)), "{lost:?}");
    winner.execute_batch("COMMIT").unwrap();
    assert_winner_stands(&mill);
}

#[test]
fn a_loser_that_learns_of_the_winner_at_its_commit_is_fenced() {
    let mill = harbour_with_days(1, &[]);
    mill.prepare();
    let loser = Worker::new(&mill);
    // The loser's rows come through a pipe, so that its transaction stays open until the winner committed.
    let pipe = mill.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let staged = format!(
        "CREATE TEMP VIEW _staged AS SELECT * FROM read_csv('{}', header = false, auto_detect = false,
           columns = {{'submission_date': 'DATE', 'visits': 'BIGINT'}})",
        pipe.display()
    );
    loser.session.execute_batch(&staged).unwrap();
    let winner = mill.warehouse().session().unwrap();
    winner.execute_batch(&format!("BEGIN; {WINNER}")).unwrap();
    let lost = std::thread::scope(|scope| {
        let lost = scope.spawn(move || loser.publish("loser", 4));
        // Opens once the loser reads, which is after it wrote its marker.
        let mut rows = std::fs::OpenOptions::new().write(true).open(&pipe).unwrap();
        winner.execute_batch("COMMIT").unwrap();
        writeln!(rows, "{RACED},2").unwrap();
        drop(rows);
        lost.join().unwrap()
    });
    assert!(matches!(lost, Err(BuildError::Fenced)), "{lost:?}");
    assert_winner_stands(&mill);
}
