//! The contract of the turn to schedule: one has it, epochs rise, days are noted by whoever has it.

use jiff::civil::{Date, date};
use tidemill::ledger::{LEASE_SECONDS, Ledger, Owner, Scheduled};

use super::sqlite::with_ledger;

const AT: &str = "2026-11-22 06:00:00";
const NOW: i64 = 1_795_000_000;

fn owner(name: &str) -> Owner {
    Owner(format!("{name}:1:1:boot"))
}

fn note(ledger: &dyn Ledger, name: &str, epoch: i64, day: Date, skipped: &[Date]) -> bool {
    ledger.note_scheduled(&Scheduled { owner: &owner(name), epoch, day, skipped }, AT).unwrap()
}

#[test]
fn one_has_the_turn_until_it_runs_out() {
    with_ledger(|ledger| {
        assert_eq!(ledger.turn().unwrap(), None);
        let turn = ledger.take_turn(&owner("a"), NOW, AT).unwrap();
        assert_eq!((turn.owner, turn.epoch, turn.since.as_str()), (owner("a"), 1, AT));
        let other = ledger.take_turn(&owner("b"), NOW + LEASE_SECONDS - 1, "later").unwrap();
        assert_eq!((other.owner, other.epoch), (owner("a"), 1));
        let kept = ledger.take_turn(&owner("a"), NOW + 30, "later").unwrap();
        assert_eq!((kept.epoch, kept.since.as_str(), kept.expires_at), (1, AT, NOW + 30 + LEASE_SECONDS));
        let taken = ledger.take_turn(&owner("b"), NOW + 30 + LEASE_SECONDS, "later").unwrap();
        assert_eq!((taken.owner, taken.epoch, taken.since.as_str()), (owner("b"), 2, "later"));
        let former = ledger.take_turn(&owner("a"), NOW + 31 + LEASE_SECONDS, "later").unwrap();
        assert_eq!(former.owner, owner("b"));
    });
}

#[test]
fn renewing_leases_renews_the_turn_of_the_same_owner_alone() {
    with_ledger(|ledger| {
        ledger.take_turn(&owner("a"), NOW, AT).unwrap();
        ledger.renew(&owner("b"), NOW + 40).unwrap();
        assert_eq!(ledger.turn().unwrap().unwrap().expires_at, NOW + LEASE_SECONDS);
        ledger.renew(&owner("a"), NOW + 40).unwrap();
        assert_eq!(ledger.turn().unwrap().unwrap().expires_at, NOW + 40 + LEASE_SECONDS);
    });
}

#[test]
fn a_turn_that_is_given_back_is_free_and_knows_how_far_it_came() {
    with_ledger(|ledger| {
        ledger.take_turn(&owner("a"), NOW, AT).unwrap();
        assert!(note(ledger, "a", 1, date(2026, 11, 21), &[]));
        ledger.give_turn_back(&owner("b")).unwrap();
        assert_eq!(ledger.take_turn(&owner("b"), NOW, AT).unwrap().owner, owner("a"));
        ledger.give_turn_back(&owner("a")).unwrap();
        // A build that still renews its leases does not take it again.
        ledger.renew(&owner("a"), NOW).unwrap();
        let taken = ledger.take_turn(&owner("b"), NOW, AT).unwrap();
        assert_eq!((taken.owner, taken.epoch, taken.through), (owner("b"), 2, Some(date(2026, 11, 21))));
    });
}

#[test]
fn the_turn_of_a_process_that_is_gone_is_free() {
    with_ledger(|ledger| {
        let here = Owner::this_process();
        let parts: Vec<&str> = here.0.split(':').collect();
        let gone = Owner(format!("{}:{}:1:{}", parts[0], parts[1], parts[3]));
        ledger.take_turn(&gone, NOW, AT).unwrap();
        assert_eq!(ledger.take_turn(&here, NOW, AT).unwrap().owner, here);
    });
}

#[test]
fn days_are_noted_by_whoever_has_the_turn_and_skipped_ones_ahead_are_forgotten() {
    with_ledger(|ledger| {
        let day = |number| date(2026, 11, number);
        let skipped = || ledger.snapshot().unwrap().skipped.into_iter().collect::<Vec<_>>();
        ledger.take_turn(&owner("a"), NOW, AT).unwrap();
        assert!(!note(ledger, "b", 1, day(20), &[day(19)]));
        assert!(!note(ledger, "a", 2, day(20), &[day(19)]));
        assert_eq!(skipped(), []);
        assert!(note(ledger, "a", 1, day(20), &[day(12), day(19)]));
        assert_eq!(skipped(), [day(12), day(19)]);
        // The clock went back: the nineteenth has not come, and what was scheduled stays so.
        assert!(note(ledger, "a", 1, day(15), &[]));
        assert_eq!(skipped(), [day(12)]);
        assert_eq!(ledger.turn().unwrap().unwrap().through, Some(day(20)));
    });
}
