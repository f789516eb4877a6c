//! The lines look like life: rhythm, retention, releases, delays, damage.

use super::lines::{Row, day, read};
use super::{FIRST_DAY, five_weeks, run, scenario};
use crate::simulate::calendar::is_weekend;
use crate::simulate::malformed::KINDS;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

fn rows() -> impl Iterator<Item = Row> {
    five_weeks().0.lines().filter_map(read)
}

#[test]
fn weekends_are_lower_and_not_alike_everywhere() {
    let (_, truth) = run(&scenario(5, 1_500, 28));
    // What is left at weekends of a weekday's activity, in a hundred.
    let left = |country: Option<&str>| {
        let mut sums = [0, 0];
        for (day, truth) in &truth.days {
            let active = country.map_or(truth.daily_active, |code| truth.by_country[code]);
            sums[usize::from(is_weekend(*day))] += active;
        }
        (sums[1] * 100 * 5) / (sums[0] * 2)
    };
    assert!((60..90).contains(&left(None)), "{}", left(None));
    assert!(left(Some("DE")) + 8 < left(Some("IN")), "{} {}", left(Some("DE")), left(Some("IN")));
}

#[test]
fn some_clients_come_back_and_some_do_not() {
    let mut active: BTreeMap<Date, BTreeSet<String>> = BTreeMap::new();
    let mut arrivals: BTreeMap<String, Date> = BTreeMap::new();
    for row in rows().filter(|row| row.ping_type == "baseline" && !row.automation) {
        active.entry(row.day()).or_default().insert(row.client().to_owned());
        let first_run: Date = row.text("/client_info/first_run_date")[..10].parse().unwrap();
        arrivals.insert(row.client().to_owned(), first_run);
    }
    let back =
        |client: &String, day: Date, weeks: i64| active[&day.saturating_add(weeks.weeks())].contains(client);
    let first: Vec<&String> = active[&FIRST_DAY].iter().collect();
    let returned = first.iter().filter(|client| back(client, FIRST_DAY, 1)).count();
    assert!(
        returned * 10 > first.len() * 4 && returned * 10 < first.len() * 9,
        "{returned} of {}",
        first.len()
    );

    // New clients are lost much sooner than those who stayed long.
    let until = FIRST_DAY.saturating_add(20.days());
    let new: Vec<_> = arrivals.iter().filter(|(_, day)| (FIRST_DAY..until).contains(day)).collect();
    let returned = new.iter().filter(|(client, day)| back(client, **day, 1)).count();
    assert!(new.len() > 30 && returned > 0 && returned * 10 < new.len() * 4, "{returned} of {}", new.len());
}

#[test]
fn the_population_neither_dies_out_nor_explodes() {
    let (_, truth) = run(&scenario(6, 1_500, 42));
    let week = |from: usize| truth.days.values().skip(from).take(7).map(|day| day.daily_active).sum::<u64>();
    let (first, last) = (week(0), week(35));
    assert!(last * 10 > first * 8 && last * 10 < first * 12, "{first} then {last}");
}

#[test]
fn lines_arrive_in_order_and_a_few_arrive_late() {
    let mut previous = String::new();
    let mut late = 0;
    let mut count = 0;
    for row in rows() {
        assert!(row.received >= previous);
        let received: Timestamp = row.received.parse().unwrap();
        let end: Timestamp = row.text("/ping_info/end_time").parse().unwrap();
        let start: Timestamp = row.text("/ping_info/start_time").parse().unwrap();
        assert!(start <= end && end < received, "{}", row.body);
        late += usize::from(received.as_second() - end.as_second() >= 86_400);
        count += 1;
        previous = row.received;
    }
    let first = day(five_weeks().0.lines().next().unwrap());
    assert_eq!(first, FIRST_DAY);
    assert!(late * 1000 > count * 15 && late * 1000 < count * 45, "{late} of {count}");
}

#[test]
fn a_submission_is_sometimes_repeated_also_after_midnight() {
    let mut seen: BTreeMap<String, (Date, String)> = BTreeMap::new();
    let (mut same_day, mut next_day) = (0, 0);
    for row in rows() {
        let body = row.body.to_string();
        match seen.get(&row.document) {
            None => _ = seen.insert(row.document.clone(), (row.day(), body)),
            Some((day, first)) => {
                assert_eq!(*first, body);
                if *day == row.day() { same_day += 1 } else { next_day += 1 }
            }
        }
    }
    assert!(next_day > 0 && same_day > next_day, "{same_day} {next_day}");
    let repeated = same_day + next_day;
    assert!(repeated * 1000 > seen.len() * 7 && repeated * 1000 < seen.len() * 13, "{repeated}");
}

#[test]
fn every_kind_of_damage_occurs() {
    let (text, truth) = run(&scenario(7, 3_000, 10));
    let mut kinds: Vec<&str> = KINDS.iter().map(|(_, kind)| kind.name).collect();
    kinds.sort_unstable();
    assert!(truth.malformed_kinds.keys().copied().eq(kinds));
    assert_eq!(truth.malformed_kinds.values().sum::<u64>(), truth.malformed);
    assert_eq!(text.lines().filter(|line| read(line).is_none()).count() as u64, truth.malformed);
    assert!(truth.malformed * 1000 > truth.lines && truth.malformed * 1000 < truth.lines * 3);
}

#[test]
fn what_a_client_says_of_itself_is_coherent() {
    let mut sequences: BTreeMap<(String, String, u64), String> = BTreeMap::new();
    let mut first_runs: BTreeMap<String, String> = BTreeMap::new();
    let mut builds: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in rows() {
        let client = row.client().to_owned();
        let number = (client.clone(), row.ping_type.clone(), row.sum("/ping_info/seq"));
        assert_eq!(*sequences.entry(number).or_insert_with(|| row.document.clone()), row.document);
        let first_run = row.text("/client_info/first_run_date").to_owned();
        assert!(row.text("/ping_info/end_time")[..10] >= first_run[..10]);
        assert_eq!(*first_runs.entry(client.clone()).or_insert_with(|| first_run.clone()), first_run);
        let end: Timestamp = row.text("/ping_info/end_time").parse().unwrap();
        let build = row.text("/client_info/app_build").to_owned();
        builds.entry(client).or_default().insert(end.to_string(), build);
    }
    assert!(builds.values().all(|builds| builds.values().is_sorted()));
    let updated = builds.values().filter(|builds| builds.values().collect::<BTreeSet<_>>().len() > 1).count();
    assert!(updated * 3 > builds.len(), "{updated} of {}", builds.len());
}

#[test]
fn bodies_have_the_parts_that_the_sdk_sends() {
    let one = |ping_type: &str, reason: &str| {
        rows()
            .find(|row| row.ping_type == ping_type && row.text("/ping_info/reason") == reason)
            .unwrap_or_else(|| panic!("no {ping_type} for {reason}"))
            .body
    };
    let inactive = one("baseline", "inactive");
    assert_eq!(inactive["metrics"]["timespan"]["glean.baseline.duration"]["time_unit"], "second");
    assert!(inactive["metrics"]["counter"]["browser.tab_count"].is_u64());
    assert!(inactive["metrics"]["string"]["browser.default_engine"].is_string());
    assert!(inactive["metrics"]["boolean"]["browser.is_default"].is_boolean());
    let active = one("baseline", "active");
    assert!(active.pointer("/metrics/counter").is_none());
    assert!(active.pointer("/metrics/labeled_counter/browser.search_count").is_none());
    assert!(one("baseline", "dirty_startup").pointer("/metrics/timespan").is_none());
    let event = &one("events", "inactive")["events"][0];
    assert_eq!((&event["category"], &event["name"]), (&"browser".into(), &"tab_open".into()));
    assert_eq!(event["timestamp"], 0);
    assert!(event["extra"]["source"].is_string());
    let loads = &one("metrics", "overdue")["metrics"]["timing_distribution"]["browser.page_load_time"];
    let least: u64 = loads["values"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(bucket, count)| bucket.parse::<u64>().unwrap() * count.as_u64().unwrap())
        .sum();
    let sum = loads["sum"].as_u64().unwrap();
    assert!(sum >= least && sum < least + least / 10, "{sum} {least}");
    assert!(one("health", "pre_init")["metrics"]["counter"]["glean.health.init_count"] == 1);
}
