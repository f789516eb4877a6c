//! Datasets that read their own past: in date order, with exact bits, and staleness no further than the
//! stated horizon.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tidemill::plan::{self, Scope};

use super::mill::{Mill, day, days, planned, stale};
use super::numbers::Numbers;

const VISITS: &str = "source: harbour.active
kind: table
description: Who was active.
schema: {columns: {day: DATE, client_id: STRING, searched: BOOL, country: STRING}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

const CLIENTS: &str = "dataset: harbour_derived.clients_daily_v1
description: Clients per day.
sql: SELECT day AS submission_date, client_id, searched, country FROM `harbour.active` WHERE day = @submission_date
";

const LAST_SEEN: &str = "dataset: harbour_derived.clients_last_seen_v1
description: Activity bits.
from: harbour_derived.clients_daily_v1
template: tidemill/clients_last_seen
with:
  activity: {days_seen_bits: true, days_searched_bits: searched}
  attributes: [country]
checks: [not_null(client_id), unique(client_id)]
deletion: by client_id
expires: 775 days
";

const TABLE: &str = "harbour_derived.clients_last_seen_v1";
const CLIENTS_TABLE: &str = "harbour_derived.clients_daily_v1";

/// Day and client → whether the client searched.
type Activity = BTreeMap<(i32, u32), bool>;

fn mill(activity: &Activity) -> Mill {
    let mill = Mill::new(&[
        ("datasets/active.yaml", VISITS),
        ("datasets/clients.yaml", CLIENTS),
        ("datasets/last_seen.yaml", LAST_SEEN),
    ]);
    mill.sql("CREATE SCHEMA harbour; CREATE TABLE harbour.active (day DATE, client_id VARCHAR, searched BOOLEAN, country VARCHAR)");
    for ((on, client), searched) in activity {
        add(&mill, *on, *client, *searched);
    }
    mill
}

fn add(mill: &Mill, on: i32, client: u32, searched: bool) {
    mill.sql(&format!(
        "INSERT INTO harbour.active VALUES ('{}', 'client-{client:02}', {searched}, '{}')",
        day(on),
        country(on)
    ));
}

/// A country that tells on which day it was reported.
fn country(on: i32) -> String {
    format!("C{on:02}")
}

/// Activity of twenty clients: some leave for good, some for more than 28 days, some are always there.
fn random_activity(seed: u64, last: i32) -> Activity {
    let mut numbers = Numbers::new(seed);
    let mut activity = Activity::new();
    for client in 0..20 {
        let (every, pause) = (1 + numbers.below(9), numbers.below(40) as i32);
        let away = pause..pause + 20 + numbers.below(25) as i32;
        for on in 1..=last {
            let is_away = client % 3 != 0 && away.contains(&on);
            if !is_away && numbers.below(every) == 0 {
                activity.insert((on, client), numbers.below(3) == 0);
            }
        }
    }
    activity
}

/// The rows of all days, computed from the activity itself: the bits of the 28 days that end with each.
fn expected(activity: &Activity, last: i32) -> Vec<String> {
    let clients: BTreeSet<u32> = activity.keys().map(|(_, client)| *client).collect();
    let mut rows = Vec::new();
    for on in 1..=last {
        for client in &clients {
            let (mut seen, mut searched, mut latest) = (0_u32, 0_u32, None);
            for age in 0..28 {
                if let Some(did) = activity.get(&(on - age, *client)) {
                    seen |= 1 << age;
                    searched |= u32::from(*did) << age;
                    latest = latest.or(Some(on - age));
                }
            }
            if let Some(latest) = latest {
                rows.push(format!("{}|client-{client:02}|{seen}|{searched}|{}", day(on), country(latest)));
            }
        }
    }
    rows.sort();
    rows
}

fn built(mill: &Mill) -> Vec<String> {
    mill.rows(&format!(
        "SELECT submission_date, client_id, days_seen_bits, days_searched_bits, country FROM {TABLE}"
    ))
}

#[test]
fn bits_equal_a_count_of_their_own_over_random_activity() {
    for seed in [1, 2] {
        let activity = random_activity(seed, 60);
        let mill = mill(&activity);
        let ran = mill.run_well(60);
        assert_eq!(ran.built(TABLE), days(1, 60));
        let (built, expected) = (built(&mill), expected(&activity, 60));
        assert!(built.len() < 60 * 20, "somebody left");
        assert!(
            built == expected,
            "seed {seed}: {:?}",
            built.iter().zip(&expected).find(|(one, two)| one != two)
        );
    }
}

#[test]
fn days_are_built_in_order_each_after_the_one_before() {
    let mill = mill(&random_activity(3, 10));
    let plan = mill.due(10);
    let own: Vec<usize> = (0..plan.tasks.len()).filter(|index| plan.tasks[*index].dataset == TABLE).collect();
    assert_eq!(own.len(), 10);
    for pair in own.windows(2) {
        assert!(plan.tasks[pair[1]].after.contains(&pair[0]));
        assert!(plan.tasks[pair[0]].from < plan.tasks[pair[1]].from);
    }
    assert!(plan::render(&plan).contains("missing; reads itself, one after the other"));
}

#[test]
fn a_late_ping_changes_the_following_27_days_and_no_more() {
    let mut activity = random_activity(4, 50);
    // A client that nothing else was heard of: whatever changes is this ping's doing.
    let mill = mill(&activity);
    mill.run_well(50);
    let versions = |mill: &Mill| -> BTreeMap<Date, i64> {
        let own = &mill.snapshot().partitions[TABLE];
        own.iter().map(|(period, record)| (period.first_day(), record.data_version)).collect()
    };
    let before = versions(&mill);
    activity.insert((10, 77), true);
    add(&mill, 10, 77, true);

    // Day 10 is far beyond the lookback: told, not built.
    let told = mill.due(50);
    assert!(told.tasks.is_empty());
    assert_eq!(stale(&told, CLIENTS_TABLE), days(10, 10));

    let range = mill.request(Scope::Range { from: day(10), to: day(50), force: false });
    let ran = mill.build(&range);
    ran.assert_well();
    assert_eq!(ran.built(TABLE), days(10, 37));
    assert_eq!(ran.left_alone(TABLE), days(38, 50));
    let changed: Vec<Date> =
        versions(&mill).into_iter().filter(|(day, now)| before[day] != *now).map(|(day, _)| day).collect();
    assert_eq!(changed, days(10, 37));
    assert_eq!(changed.len(), 1 + 27);
    assert!(built(&mill) == expected(&activity, 50));
    let after = mill.due(50);
    assert!(after.tasks.is_empty() && after.stale.is_empty(), "{}", plan::render(&after));
}

#[test]
fn a_cascade_may_be_built_in_pieces() {
    let mut activity = random_activity(5, 45);
    let mill = mill(&activity);
    mill.run_well(45);
    activity.insert((5, 78), false);
    add(&mill, 5, 78, false);
    let range = |from, to| mill.request(Scope::Range { from: day(from), to: day(to), force: false });
    for (from, to) in [(5, 5), (6, 14), (15, 15), (16, 45)] {
        mill.build(&range(from, to)).assert_well();
        let is_told = !stale(&mill.due(45), TABLE).is_empty();
        assert_eq!(is_told, to < 32, "after {from} to {to}");
    }
    assert!(built(&mill) == expected(&activity, 45));
}

#[test]
fn a_day_rebuilt_upon_a_stale_past_is_built_again_once_its_past_is_mended() {
    let mut activity = random_activity(8, 30);
    let mill = mill(&activity);
    mill.run_well(30);
    let range = |from, to| mill.request(Scope::Range { from: day(from), to: day(to), force: false });
    activity.insert((5, 78), false);
    add(&mill, 5, 78, false);
    mill.build(&range(5, 5)).assert_well();
    // Day 12 is built anew while days 6 to 11 do not know of day 5 yet.
    activity.insert((12, 79), true);
    add(&mill, 12, 79, true);
    assert_eq!(mill.build(&range(12, 12)).built(TABLE), days(12, 12));
    mill.build(&range(6, 11)).assert_well();
    assert_eq!(stale(&mill.due(30), TABLE)[0], day(12));
    mill.build(&range(12, 30)).assert_well();
    assert!(built(&mill) == expected(&activity, 30));
    assert!(mill.due(30).stale.is_empty());
}

#[test]
fn a_late_ping_within_the_lookback_goes_through_to_today() {
    let mut activity = random_activity(6, 12);
    let mill = mill(&activity);
    mill.run_well(12);
    activity.insert((10, 5), true);
    mill.sql(&format!("DELETE FROM harbour.active WHERE day = '{}' AND client_id = 'client-05'", day(10)));
    add(&mill, 10, 5, true);
    activity.insert((10, 79), true);
    add(&mill, 10, 79, true);
    let ran = mill.run_well(12);
    assert_eq!(ran.built(TABLE), days(10, 12));
    assert!(built(&mill) == expected(&activity, 12));
    assert!(mill.due(12).tasks.is_empty());
}

#[test]
fn a_missing_day_holds_up_those_after_it() {
    let activity = random_activity(7, 6);
    let mill = mill(&activity);
    let later = mill.build(&mill.range(4, 6, TABLE));
    assert!(later.plan.tasks.is_empty());
    let ran = mill.run_well(6);
    assert_eq!(planned(&ran.plan, TABLE), days(1, 6));
}
