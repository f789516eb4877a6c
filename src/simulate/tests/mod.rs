//! A simulation as a whole: its bytes, its truth and its likeness to life.

mod life;
mod lines;
mod recount;
mod sync;
mod website;
mod world;

use super::{Memory, Scenario, Truth, WorldTruth, simulate, simulate_world};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A Thursday; the clocks of Europe and America change within the five weeks after it.
const FIRST_DAY: Date = date(2026, 10, 1);

fn scenario(seed: u64, clients: u32, days: u32) -> Scenario {
    Scenario { seed, first_day: FIRST_DAY, days, clients, application: "tide-browser".to_owned() }
}

fn run(scenario: &Scenario) -> (String, Truth) {
    let mut out = Vec::new();
    let truth = simulate(scenario, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), truth)
}

/// A run that several tests look at: five weeks, so that a month's window has begun to move.
fn five_weeks() -> &'static (String, Truth) {
    static RUN: OnceLock<(String, Truth)> = OnceLock::new();
    RUN.get_or_init(|| run(&scenario(42, 500, 35)))
}

fn run_world(scenario: &Scenario) -> (BTreeMap<String, String>, WorldTruth) {
    let mut files = Memory::default();
    let truth = simulate_world(scenario, &mut files).unwrap();
    (files.texts(), truth)
}

/// Five weeks of everything.
fn whole_world() -> &'static (BTreeMap<String, String>, WorldTruth) {
    static RUN: OnceLock<(BTreeMap<String, String>, WorldTruth)> = OnceLock::new();
    RUN.get_or_init(|| run_world(&scenario(43, 1_000, 35)))
}

#[test]
fn the_same_seed_is_the_same_bytes_and_another_is_not() {
    let first = run(&scenario(1, 100, 5));
    let again = run(&scenario(1, 100, 5));
    let other = run(&scenario(2, 100, 5));
    assert!(first.0.lines().count() > 500);
    assert!(first == again);
    assert!(first.0 != other.0);
}

#[test]
fn a_longer_period_goes_on_where_the_shorter_ends() {
    let (short, short_truth) = run(&scenario(1, 100, 5));
    let (long, long_truth) = run(&scenario(1, 100, 8));
    assert!(long.starts_with(&short));
    assert!(long.len() > short.len());
    for (day, truth) in &short_truth.days {
        assert_eq!(Some(truth), long_truth.days.get(day));
    }
}

#[test]
fn more_clients_leave_the_others_as_they_were() {
    let (few, _) = run(&scenario(1, 60, 5));
    let (many, _) = run(&scenario(1, 200, 5));
    let many: BTreeSet<&str> = many.lines().collect();
    assert!(few.lines().all(|line| many.contains(line)));
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let refused = |scenario: Scenario| simulate(&scenario, &mut Vec::new()).is_err();
    assert!(refused(scenario(1, 10, 0)));
    assert!(refused(scenario(1, 10, u32::MAX)));
    assert!(refused(scenario(1, u32::MAX, 1)));
    assert!(refused(Scenario { first_day: Date::MAX, ..scenario(1, 10, 5) }));
    assert!(refused(Scenario { application: "a/b".to_owned(), ..scenario(1, 10, 5) }));
    assert!(!refused(scenario(1, 0, 1)));
}
