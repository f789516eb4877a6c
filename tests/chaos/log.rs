//! The warehouse's log, which holds what was committed since the last checkpoint: cut off, or with a byte flipped.

use super::dice::Dice;
use super::quay::{Quay, steps};

const LOG: &str = "dev.duckdb.wal";

/// A project whose last run was killed before its rows went from the log into the file.
fn with_log() -> (Quay, Quay) {
    let quay = Quay::new();
    let run = (0..steps()).find(|step| quay.step(*step, Some("run.ended")).was_killed()).unwrap();
    let undisturbed = quay.copy();
    undisturbed.step(run, None).well();
    (quay, undisturbed)
}

#[test]
fn a_log_that_was_cut_off_loses_nothing_that_the_next_run_does_not_find() {
    let (quay, undisturbed) = with_log();
    let log = std::fs::read(quay.path(LOG)).unwrap();
    let mut dice = Dice::new(1);
    for _ in 0..8 {
        let cut = quay.copy();
        let length = usize::try_from(dice.below(log.len() as u64)).unwrap();
        std::fs::write(cut.path(LOG), &log[..length]).unwrap();
        cut.tidemill("run --date 2026-10-02", None).well();
        cut.verify();
        assert!(cut.holds() == undisturbed.holds(), "cut off after {length} of {} bytes", log.len());
    }
}

#[test]
fn what_a_log_lost_is_told_before_it_is_built_again() {
    let (quay, _) = with_log();
    std::fs::write(quay.path(LOG), []).unwrap();
    let said = quay.tidemill("verify", None);
    assert!(said.text().contains("quay_derived.daily_v1 2026-10-01: lost"), "{}", said.text());
    assert_eq!(said.code(), Some(1));
}

#[test]
fn a_log_with_a_flipped_byte_is_refused_and_kept() {
    let (quay, undisturbed) = with_log();
    let mut log = std::fs::read(quay.path(LOG)).unwrap();
    let middle = log.len() / 2;
    log[middle] ^= 1;
    std::fs::write(quay.path(LOG), &log).unwrap();
    let said = quay.tidemill("run --date 2026-10-02", None);
    assert!(
        said.text().contains("TM0628") && said.text().contains("nothing was changed or deleted"),
        "{}",
        said.text()
    );
    assert_eq!(std::fs::read(quay.path(LOG)).unwrap(), log);
    // The way out that the message names.
    std::fs::rename(quay.path(LOG), quay.path("kept.wal")).unwrap();
    quay.tidemill("run --date 2026-10-02", None).well();
    quay.verify();
    assert!(quay.holds() == undisturbed.holds());
}
