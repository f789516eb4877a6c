//! The truth against a recount from the written lines.

use super::lines::{day, read};
use super::{FIRST_DAY, five_weeks};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Recount {
    lines: u64,
    malformed: u64,
    live: BTreeMap<String, u64>,
    stable: BTreeMap<String, u64>,
    documents: BTreeSet<String>,
    /// Country and channel by active client.
    active: BTreeMap<String, (String, String)>,
    made_in_period: BTreeSet<String>,
    searches: u64,
    duration_seconds: u64,
}

fn recount(text: &str) -> BTreeMap<Date, Recount> {
    let mut days: BTreeMap<Date, Recount> = BTreeMap::new();
    for line in text.lines() {
        let count = days.entry(day(line)).or_default();
        count.lines += 1;
        let Some(row) = read(line) else {
            count.malformed += 1;
            continue;
        };
        *count.live.entry(row.ping_type.clone()).or_default() += 1;
        if row.automation || !count.documents.insert(row.document.clone()) {
            continue;
        }
        *count.stable.entry(row.ping_type.clone()).or_default() += 1;
        if row.ping_type == "baseline" {
            count.searches += row.sum("/metrics/labeled_counter/browser.search_count");
            count.duration_seconds += row.sum("/metrics/timespan/glean.baseline.duration/value");
            let channel = row.text("/client_info/app_channel").to_owned();
            count.active.insert(row.client().to_owned(), (row.country.clone(), channel));
            let first_run: Date = row.text("/client_info/first_run_date")[..10].parse().unwrap();
            if first_run >= FIRST_DAY {
                count.made_in_period.insert(row.client().to_owned());
            }
        }
    }
    days
}

fn same(left: &BTreeMap<String, u64>, right: &BTreeMap<&'static str, u64>) -> bool {
    left.iter()
        .map(|(name, count)| (name.as_str(), count))
        .eq(right.iter().map(|(name, count)| (*name, count)))
}

#[test]
fn the_truth_is_what_the_lines_say() {
    let (text, truth) = five_weeks();
    let days = recount(text);
    assert_eq!(days.len(), 35);
    assert!(days.keys().eq(truth.days.keys()));

    let mut seen: BTreeSet<&String> = BTreeSet::new();
    for (day, count) in &days {
        let day_truth = &truth.days[day];
        assert_eq!(day_truth.lines, count.lines, "{day}");
        assert_eq!(day_truth.malformed, count.malformed, "{day}");
        assert!(same(&count.live, &day_truth.live), "{day}: {:?} {:?}", count.live, day_truth.live);
        assert!(same(&count.stable, &day_truth.stable), "{day}: {:?} {:?}", count.stable, day_truth.stable);
        assert_eq!(day_truth.searches, count.searches, "{day}");
        assert_eq!(day_truth.duration_seconds, count.duration_seconds, "{day}");
        assert_eq!(day_truth.daily_active, count.active.len() as u64, "{day}");

        let mut by_country = BTreeMap::new();
        let mut by_channel = BTreeMap::new();
        for (country, channel) in count.active.values() {
            *by_country.entry(country.clone()).or_default() += 1;
            *by_channel.entry(channel.clone()).or_default() += 1;
        }
        assert!(same(&by_country, &day_truth.by_country), "{day}");
        assert!(same(&by_channel, &day_truth.by_channel), "{day}");

        let new: Vec<&String> = count.active.keys().filter(|client| seen.insert(client)).collect();
        assert_eq!(day_truth.new_clients, new.len() as u64, "{day}");
        let made = new.iter().filter(|client| count.made_in_period.contains(**client)).count();
        assert_eq!(day_truth.new_profiles, made as u64, "{day}");

        for (window, counted) in [(6, truth.weekly_active(*day)), (27, truth.monthly_active(*day))] {
            let window = day.saturating_sub(window.days())..=*day;
            let distinct: BTreeSet<&String> =
                days.range(window).flat_map(|(_, count)| count.active.keys()).collect();
            assert_eq!(counted, distinct.len() as u64, "{day}");
        }
    }
    assert_eq!(truth.clients, seen.len() as u64);
    assert_eq!(truth.lines, text.lines().count() as u64);
    assert_eq!(truth.searches, days.values().map(|count| count.searches).sum::<u64>());
}

#[test]
fn there_is_something_of_everything_to_count() {
    let (_, truth) = five_weeks();
    let names = ["baseline", "events", "health", "metrics"];
    assert!(truth.live.keys().eq(&names));
    // Automation and duplicates of the same day are what stable has not.
    assert!(names.iter().all(|name| truth.stable[name] < truth.live[name]));
    assert!(truth.malformed > 20);
    assert!(truth.searches > 1_000 && truth.duration_seconds > 1_000_000);
    let last = truth.days.values().last().unwrap();
    assert!(last.daily_active < last.weekly_active && last.weekly_active < last.monthly_active);
    assert!(truth.monthly_active(last_day()) < truth.clients);
    assert_eq!(last.by_channel.len(), 3);
}

fn last_day() -> Date {
    FIRST_DAY.saturating_add(34.days())
}
