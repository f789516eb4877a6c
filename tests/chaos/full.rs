//! No room for what is written: files that may grow no further, as on a full disk.

use super::quay::{Quay, steps};

#[test]
fn without_room_a_run_says_so_and_the_next_one_with_room_goes_on() {
    let stages = Quay::undisturbed();
    let run = steps() - 1;
    let whole = std::fs::metadata(stages[run + 1].path("dev.duckdb")).unwrap().len();
    let mut failed = 0;
    for parts in [0, 1, 4, 8, 12, 15] {
        let quay = stages[run].copy();
        let said = quay.step_with_files_up_to(run, whole * parts / 16);
        assert!(!said.was_killed(), "ended without a word: {}", said.text());
        if said.code() != Some(0) {
            failed += 1;
            assert!(!said.text().is_empty());
        }
        quay.step(run, None).well();
        quay.verify();
        assert!(quay.holds() == stages[run + 1].holds(), "with files up to {parts}/16: other rows");
    }
    assert!(failed > 2, "there was room all the time");
}
