//! Sources that are ready by the clock, or near what the days before had; and days that catching up left out.

use jiff::Timestamp;
use tidemill::ledger::{Owner, Scheduled};
use tidemill::plan::{self, Plan, Request, Scope};

use super::harbour::{DAILY_TABLE, TOTALS_TABLE, VISITS, harbour, harbour_with_days, visits};
use super::mill::{Mill, clock, day, days, planned, waits};

fn due_at(mill: &Mill, until: i32, now: &str) -> Plan {
    let now: Timestamp = now.parse().unwrap();
    mill.plan(&Request { now, ..mill.request(Scope::Due { day: day(until) }) })
}

#[test]
fn a_day_is_ready_from_an_hour_of_the_day_after_it() {
    let visits_at_six = format!("{VISITS}ready: {{after: \"06:00\"}}\n");
    let mill = harbour(&[("datasets/visits.yaml", &visits_at_six)]);
    visits(&mill, 1, "DE", 2);
    let plan = due_at(&mill, 2, "2026-10-03T05:59:59Z");
    // The second has no rows at all, and nothing but the hour keeps it from being built.
    assert_eq!(planned(&plan, DAILY_TABLE), days(1, 1));
    assert_eq!(
        waits(&plan, DAILY_TABLE),
        ["2026-10-02 source harbour.visits: 2026-10-02 is ready from 2026-10-03 06:00 UTC on"]
    );
    let plan = due_at(&mill, 2, "2026-10-03T06:00:00Z");
    assert_eq!(planned(&plan, DAILY_TABLE), days(1, 2));
    assert!(waits(&plan, DAILY_TABLE).is_empty());
}

#[test]
fn a_day_is_ready_once_it_is_near_what_days_before_had() {
    let near = format!("{VISITS}ready: {{rows: 50% of last 2 days}}\n");
    let mill = harbour(&[("datasets/visits.yaml", &near)]);
    visits(&mill, 1, "DE", 1);
    visits(&mill, 2, "DE", 8);
    visits(&mill, 3, "DE", 2);
    visits(&mill, 5, "DE", 1);
    // The first has no days before it: a row is enough. The second: half of 1 is 1. The third: half of
    // (1 + 8) / 2 is 2.25, so 3. The fourth: half of (8 + 2) / 2 is 2.5, so 3. The fifth: half of 2 is 1.
    let plan = mill.due(5);
    assert_eq!(planned(&plan, DAILY_TABLE), [days(1, 2), days(5, 5)].concat());
    assert_eq!(
        waits(&plan, DAILY_TABLE),
        [
            "2026-10-03 source harbour.visits: 2 of at least 3 rows for 2026-10-03",
            "2026-10-04 source harbour.visits: 0 of at least 3 rows for 2026-10-04",
        ]
    );
}

#[test]
fn a_skipped_day_waits_for_a_backfill() {
    let mill = harbour_with_days(4, &[]);
    mill.run_well(1);
    let (owner, at) = (Owner::this_process(), clock().text());
    let turn = mill.ledger().take_turn(&owner, clock().seconds(), &at).unwrap();
    let skipped = [day(2), day(3)];
    let scheduled = Scheduled { owner: &owner, epoch: turn.epoch, day: day(4), skipped: &skipped };
    assert!(mill.ledger().note_scheduled(&scheduled, &at).unwrap());
    let ran = mill.run_well(4);
    assert_eq!(ran.built(DAILY_TABLE), days(4, 4));
    assert_eq!(ran.built(TOTALS_TABLE), days(4, 4));
    assert_eq!(
        waits(&ran.plan, DAILY_TABLE),
        [
            "2026-10-02 skipped when catching up; `tidemill backfill` builds it",
            "2026-10-03 skipped when catching up; `tidemill backfill` builds it",
        ]
    );
    assert!(plan::render(&ran.plan).contains("skipped when catching up"));
    let ran = mill.backfill(2, 3, DAILY_TABLE);
    assert_eq!(ran.built(DAILY_TABLE), days(2, 3));
    // What was built once is rebuilt by the rules of late input.
    visits(&mill, 3, "SE", 1);
    assert_eq!(mill.run_well(4).built(DAILY_TABLE), days(3, 3));
}
