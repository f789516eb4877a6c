//! The contract: claims, epochs, leases, conclusions, mending. Each test gets an empty ledger.

use tidemill::ledger::{
    AttemptState, Claim, Conclusion, LEASE_SECONDS, Ledger, Owner, PartitionRecord, Run, RunKind, RunState,
    State, Wanted, reconcile,
};
use tidemill::warehouse::{Inputs, Loaded, Marker};

use super::sqlite::with_ledger;

const DATASET: &str = "quay.daily_v1";
const AT: &str = "2026-11-22 06:00:00";
const NOW: i64 = 1_795_000_000;

/// A process of another host, of which nobody here knows whether it is alive.
fn elsewhere() -> Owner {
    Owner("elsewhere:1:1:boot".to_owned())
}

fn begin(ledger: &dyn Ledger, run: &str, owner: &Owner) {
    ledger
        .begin_run(&Run {
            id: run.to_owned(),
            kind: RunKind::Daily,
            until: "2026-11-22".to_owned(),
            owner: owner.clone(),
            actor: "miller".to_owned(),
            revision: String::new(),
            at: AT.to_owned(),
        })
        .unwrap();
}

fn claim(
    ledger: &dyn Ledger,
    run: &str,
    number: usize,
    owner: &Owner,
    marker_epoch: i64,
    now: i64,
) -> Option<Claim> {
    let wanted = Wanted {
        run,
        attempt: &format!("{run}-{number}"),
        dataset: DATASET,
        partitions: &["2026-11-21".to_owned(), "2026-11-22".to_owned()],
        marker_epoch,
        definition_hash: "hash",
        sql: "SELECT 1",
        owner,
    };
    ledger.claim(&wanted, now, AT).unwrap()
}

fn record(claim: &Claim, index: usize) -> PartitionRecord {
    PartitionRecord {
        state: State::Success,
        attempt: tidemill::ledger::attempt_id(&claim.attempt, index),
        epoch: claim.epoch,
        definition_hash: "hash".to_owned(),
        checks_hash: String::new(),
        data_version: 1,
        origin_version: 1,
        inputs: Inputs::new(),
        rows: 7,
        digest: "digest".to_owned(),
        built_at: AT.to_owned(),
    }
}

fn marker(record: &PartitionRecord, partition: &str) -> Marker {
    Marker {
        dataset: DATASET.to_owned(),
        partition: partition.to_owned(),
        attempt: record.attempt.clone(),
        epoch: record.epoch,
        definition_hash: record.definition_hash.clone(),
        data_version: record.data_version,
        origin_version: record.origin_version,
        inputs: record.inputs.clone(),
        rows: record.rows,
        digest: record.digest.clone(),
        built_at: record.built_at.clone(),
    }
}

#[test]
fn a_claim_holds_its_partitions_until_its_lease_runs_out() {
    with_ledger(|ledger| {
        let (here, there) = (Owner::this_process(), elsewhere());
        begin(ledger, "r1", &there);
        begin(ledger, "r2", &here);
        let first = claim(ledger, "r1", 0, &there, 0, NOW).unwrap();
        assert_eq!(first.epoch, 1);
        assert!(claim(ledger, "r2", 0, &here, 0, NOW + LEASE_SECONDS - 1).is_none());
        ledger.renew(&there, NOW + 30).unwrap();
        assert!(claim(ledger, "r2", 0, &here, 0, NOW + LEASE_SECONDS).is_none(), "the lease was prolonged");
        let second = claim(ledger, "r2", 0, &here, 0, NOW + 30 + LEASE_SECONDS).unwrap();
        assert_eq!(second.epoch, 2);
    });
}

#[test]
fn the_epoch_is_above_ledger_and_warehouse() {
    with_ledger(|ledger| {
        let here = Owner::this_process();
        begin(ledger, "r1", &here);
        let first = claim(ledger, "r1", 0, &here, 41, NOW).unwrap();
        assert_eq!(first.epoch, 42);
        ledger.conclude(&first, &Conclusion::default(), AT).unwrap();
        assert_eq!(claim(ledger, "r1", 1, &here, 0, NOW).unwrap().epoch, 43);
    });
}

#[test]
fn a_conclusion_records_what_was_published_and_what_failed_and_frees_both() {
    with_ledger(|ledger| {
        let here = Owner::this_process();
        begin(ledger, "r1", &here);
        let claimed = claim(ledger, "r1", 0, &here, 0, NOW).unwrap();
        let records = [("2026-11-21".to_owned(), record(&claimed, 0))];
        let failed = [("2026-11-22".to_owned(), "no such column".to_owned())];
        let conclusion = Conclusion {
            records: &records,
            failed: &failed,
            checks: &[],
            milliseconds: 12,
            ..Conclusion::default()
        };
        ledger.conclude(&claimed, &conclusion, AT).unwrap();
        let states: Vec<AttemptState> = ledger.attempts().unwrap().iter().map(|one| one.state).collect();
        assert_eq!(states, [AttemptState::Success, AttemptState::Failed]);
        assert!(ledger.leases().unwrap().is_empty() && ledger.unfinished().unwrap().is_empty());
        let known = ledger.snapshot().unwrap();
        assert_eq!(known.partitions[DATASET].values().collect::<Vec<_>>(), [&records[0].1]);
        let told = (DATASET.to_owned(), "2026-11-22".to_owned(), "no such column".to_owned());
        assert_eq!(ledger.last_failures().unwrap(), [told]);
    });
}

#[test]
fn what_has_ended_stays_as_it_is() {
    with_ledger(|ledger| {
        let here = Owner::this_process();
        begin(ledger, "r1", &here);
        let claimed = claim(ledger, "r1", 0, &here, 0, NOW).unwrap();
        let failed =
            [("2026-11-21".to_owned(), "first".to_owned()), ("2026-11-22".to_owned(), "first".to_owned())];
        ledger.conclude(&claimed, &Conclusion { failed: &failed, ..Conclusion::default() }, AT).unwrap();
        let before = ledger.attempts().unwrap();
        let records = [("2026-11-21".to_owned(), record(&claimed, 0))];
        ledger.conclude(&claimed, &Conclusion { records: &records, ..Conclusion::default() }, AT).unwrap();
        assert_eq!(ledger.attempts().unwrap(), before);
        ledger.end_run("r1", RunState::Failed, AT).unwrap();
        ledger.end_run("r1", RunState::Success, AT).unwrap();
    });
}

#[test]
fn mending_finishes_what_was_published_and_puts_back_what_was_not() {
    with_ledger(|ledger| {
        let there = elsewhere();
        begin(ledger, "r1", &there);
        let claimed = claim(ledger, "r1", 0, &there, 0, NOW).unwrap();
        let published = record(&claimed, 0);
        let markers = [marker(&published, "2026-11-21")];
        let mended = reconcile(ledger, &markers, AT).unwrap();
        assert_eq!(mended.finished, [format!("{DATASET} 2026-11-21")]);
        assert_eq!(mended.abandoned, [format!("{DATASET} 2026-11-22")]);
        assert_eq!(mended.restored, mended.finished);
        assert!(ledger.leases().unwrap().is_empty());
        assert_eq!(ledger.snapshot().unwrap().partitions[DATASET].values().collect::<Vec<_>>(), [&published]);
        assert!(reconcile(ledger, &markers, AT).unwrap().is_empty(), "mending twice changes nothing more");
    });
}

#[test]
fn the_marker_has_the_last_word_in_every_field() {
    let changes: [fn(&mut Marker); 7] = [
        |marker| marker.attempt = "other".to_owned(),
        |marker| marker.epoch += 1,
        |marker| marker.definition_hash = "other".to_owned(),
        |marker| marker.data_version += 1,
        |marker| marker.rows += 1,
        |marker| marker.digest = "other".to_owned(),
        |marker| marker.built_at = "2026-11-22 07:00:00".to_owned(),
    ];
    for change in changes {
        with_ledger(|ledger| {
            let here = Owner::this_process();
            begin(ledger, "r1", &here);
            let claimed = claim(ledger, "r1", 0, &here, 0, NOW).unwrap();
            let records = [("2026-11-21".to_owned(), record(&claimed, 0))];
            ledger
                .conclude(&claimed, &Conclusion { records: &records, ..Conclusion::default() }, AT)
                .unwrap();
            let mut marker = marker(&records[0].1, "2026-11-21");
            assert!(reconcile(ledger, &[marker.clone()], AT).unwrap().restored.is_empty());
            change(&mut marker);
            reconcile(ledger, &[marker.clone()], AT).unwrap();
            let snapshot = ledger.snapshot().unwrap();
            let known = snapshot.partitions[DATASET].values().next().unwrap();
            assert!(known.agrees_with(&marker), "{marker:?}");
        });
    }
}

#[test]
fn what_the_warehouse_no_longer_has_is_lost_and_sources_are_forgotten() {
    with_ledger(|ledger| {
        let here = Owner::this_process();
        begin(ledger, "r1", &here);
        let claimed = claim(ledger, "r1", 0, &here, 0, NOW).unwrap();
        let records = [("2026-11-21".to_owned(), record(&claimed, 0))];
        ledger.conclude(&claimed, &Conclusion { records: &records, ..Conclusion::default() }, AT).unwrap();
        let loaded = Loaded {
            table: "quay.calls".to_owned(),
            day: "2026-11-21".to_owned(),
            version: 1,
            rows: 3,
            digest: String::new(),
        };
        ledger.record_loaded(&[loaded], AT).unwrap();
        let mended = reconcile(ledger, &[], AT).unwrap();
        assert_eq!(mended.lost, [format!("{DATASET} 2026-11-21")]);
        let snapshot = ledger.snapshot().unwrap();
        assert_eq!(snapshot.partitions[DATASET].values().next().unwrap().state, State::Lost);
        assert!(snapshot.sources.values().all(|days| days.is_empty()));
    });
}
