//! A run that is asked to stop ends soon, publishes nothing of what it was at, and gives its claims back.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tidemill::ledger::{AttemptState, Owner, RunKind};
use tidemill::plan::Scope;
use tidemill::run::{self, Execution, TaskResult};

use super::harbour::{DAILY_FILE, DAILY_TABLE, harbour, harbour_with_days, visits};
use super::mill::{clock, day, days};

/// A million times a million rows for every visit: nobody waits for that.
const ENDLESS: &str = "dataset: harbour_derived.daily_v1
description: Far too much.
sql: |
  SELECT
    @submission_date AS submission_date,
    v.country,
    SUM(MOD(a * b, 7)) AS visits
  FROM `harbour.visits` AS v
  CROSS JOIN UNNEST(GENERATE_ARRAY(1, 1000000)) AS a
  CROSS JOIN UNNEST(GENERATE_ARRAY(1, 1000000)) AS b
  WHERE v.day = @submission_date
  GROUP BY v.country
";

#[test]
fn a_query_is_interrupted_and_its_claim_given_back() {
    let mut mill = harbour(&[]);
    mill.write(DAILY_FILE, ENDLESS);
    visits(&mill, 1, "DE", 3);
    let stop = AtomicBool::new(false);
    let prepared = mill.prepare();
    let plan = tidemill::plan::plan(
        &mill.compilation,
        &prepared.snapshot,
        &mill.request(Scope::Due { day: day(1) }),
    );
    let execution = Execution {
        compilation: &mill.compilation,
        warehouse: mill.warehouse(),
        ledger: mill.ledger(),
        clock: clock(),
        owner: Owner::this_process(),
        kind: RunKind::Daily,
        workers: 2,
        stop: &stop,
        run: "stopped".to_owned(),
        actor: "miller".to_owned(),
        revision: String::new(),
        allow_empty: false,
        failing: &Mutex::default(),
        refused: &BTreeMap::new(),
    };
    let began = Instant::now();
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_secs(1));
            stop.store(true, Ordering::Relaxed);
        });
        run::execute(&execution, &plan, prepared.snapshot, &|_, _| {}).unwrap()
    });
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(outcome.stopped && outcome.failed());
    assert_eq!(outcome.results, [Some(TaskResult::Interrupted), Some(TaskResult::NotStarted)]);
    assert_eq!(mill.ledger().leases().unwrap(), []);
    let states: Vec<AttemptState> = mill.ledger().attempts().unwrap().iter().map(|one| one.state).collect();
    assert_eq!(states, [AttemptState::Abandoned]);
    assert_eq!(mill.ledger().last_failures().unwrap(), []);
    mill.verify_well();
    mill.write(DAILY_FILE, super::harbour::DAILY);
    assert_eq!(mill.run_well(1).built(DAILY_TABLE), days(1, 1));
}

#[test]
fn nothing_is_claimed_after_a_stop() {
    let mill = harbour_with_days(3, &[]);
    let stop = AtomicBool::new(true);
    let prepared = mill.prepare();
    let request = mill.request(Scope::Due { day: day(3) });
    let plan = tidemill::plan::plan(&mill.compilation, &prepared.snapshot, &request);
    let execution = Execution {
        compilation: &mill.compilation,
        warehouse: mill.warehouse(),
        ledger: mill.ledger(),
        clock: clock(),
        owner: Owner::this_process(),
        kind: RunKind::Daily,
        workers: 2,
        stop: &stop,
        run: "stopped".to_owned(),
        actor: "miller".to_owned(),
        revision: String::new(),
        allow_empty: false,
        failing: &Mutex::default(),
        refused: &BTreeMap::new(),
    };
    let outcome = run::execute(&execution, &plan, prepared.snapshot, &|_, _| {}).unwrap();
    assert_eq!(outcome.results.len(), 6);
    assert!(outcome.results.iter().all(|result| *result == Some(TaskResult::NotStarted)));
    assert_eq!(mill.ledger().attempts().unwrap(), []);
}
