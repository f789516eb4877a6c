//! The truth about applications against a recount from the written lines.

use super::lines::{Row, day, read, read_legacy, read_of};
use super::{FIRST_DAY, five_weeks, whole_world};
use crate::simulate::{Acquisition, Truth};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// What an activity ping says of its client, in whatever shape.
pub(super) struct Told {
    pub(super) client: String,
    pub(super) channel: String,
    pub(super) first_run: Date,
    pub(super) attribution: Option<[String; 3]>,
    searches: u64,
    duration_seconds: u64,
}

pub(super) fn told_by_glean(row: &Row, searches: &str) -> Option<Told> {
    (row.ping_type == "baseline").then(|| Told {
        client: row.client().to_owned(),
        channel: row.text("/client_info/app_channel").to_owned(),
        first_run: row.text("/client_info/first_run_date")[..10].parse().unwrap(),
        attribution: row.attribution("/client_info/attribution"),
        searches: row.sum(searches),
        duration_seconds: row.sum("/metrics/timespan/glean.baseline.duration/value"),
    })
}

pub(super) fn told_by_main(row: &Row) -> Option<Told> {
    let counts = row.body.pointer("/payload/keyedHistograms/SEARCH_COUNTS");
    let counts = counts.and_then(|counts| counts.as_object()).into_iter().flat_map(|counts| counts.values());
    let since_1970 = row.sum("/environment/profile/creationDate") as i64;
    Some(Told {
        client: row.text("/clientId").to_owned(),
        channel: row.text("/application/channel").to_owned(),
        first_run: date(1970, 1, 1).saturating_add(since_1970.days()),
        attribution: row.attribution("/environment/settings/attribution"),
        searches: counts.map(|histogram| histogram["sum"].as_u64().unwrap()).sum(),
        duration_seconds: row.sum("/payload/info/subsessionLength"),
    })
}

#[derive(Default)]
struct Recount {
    lines: u64,
    malformed: u64,
    live: BTreeMap<String, u64>,
    stable: BTreeMap<String, u64>,
    documents: BTreeSet<String>,
    /// Active clients with country, channel and attribution.
    active: BTreeMap<String, (String, String, Option<[String; 3]>)>,
    made_in_period: BTreeSet<String>,
    searches: u64,
    duration_seconds: u64,
}

fn recount<'a>(
    lines: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Option<Row>,
    tell: impl Fn(&Row) -> Option<Told>,
) -> BTreeMap<Date, Recount> {
    let mut days: BTreeMap<Date, Recount> = BTreeMap::new();
    for line in lines {
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
        if let Some(told) = tell(&row) {
            count.searches += told.searches;
            count.duration_seconds += told.duration_seconds;
            if told.first_run >= FIRST_DAY {
                count.made_in_period.insert(told.client.clone());
            }
            count.active.insert(told.client, (row.country, told.channel, told.attribution));
        }
    }
    days
}

fn same(left: &BTreeMap<String, u64>, right: &BTreeMap<&'static str, u64>) -> bool {
    left.iter()
        .map(|(name, count)| (name.as_str(), count))
        .eq(right.iter().map(|(name, count)| (*name, count)))
}

/// Where something comes from, in plain texts.
pub(super) type Origins = BTreeMap<(String, Option<[String; 3]>), u64>;

pub(super) fn plain(origins: &BTreeMap<Acquisition, u64>) -> Origins {
    let plain = |of: &Acquisition| {
        let attribution = of.attribution.map(|of| [of.source, of.medium, of.campaign].map(str::to_owned));
        (of.country.to_owned(), attribution)
    };
    origins.iter().map(|(of, count)| (plain(of), *count)).collect()
}

fn holds<'a>(
    truth: &Truth,
    lines: impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Option<Row>,
    tell: impl Fn(&Row) -> Option<Told>,
) {
    let days = recount(lines, read, tell);
    let none = Recount::default();
    assert_eq!(truth.days.len(), 35);
    assert!(days.keys().all(|day| truth.days.contains_key(day)));

    let mut seen: BTreeSet<&String> = BTreeSet::new();
    for (day, day_truth) in &truth.days {
        let count = days.get(day).unwrap_or(&none);
        assert_eq!(day_truth.lines, count.lines, "{day}");
        assert_eq!(day_truth.malformed, count.malformed, "{day}");
        assert!(same(&count.live, &day_truth.live), "{day}: {:?} {:?}", count.live, day_truth.live);
        assert!(same(&count.stable, &day_truth.stable), "{day}: {:?} {:?}", count.stable, day_truth.stable);
        assert_eq!(day_truth.searches, count.searches, "{day}");
        assert_eq!(day_truth.duration_seconds, count.duration_seconds, "{day}");
        assert_eq!(day_truth.daily_active, count.active.len() as u64, "{day}");

        let mut by_country = BTreeMap::new();
        let mut by_channel = BTreeMap::new();
        for (country, channel, _) in count.active.values() {
            *by_country.entry(country.clone()).or_default() += 1;
            *by_channel.entry(channel.clone()).or_default() += 1;
        }
        assert!(same(&by_country, &day_truth.by_country), "{day}");
        assert!(same(&by_channel, &day_truth.by_channel), "{day}");

        let new: Vec<&String> = count.active.keys().filter(|client| seen.insert(client)).collect();
        assert_eq!(day_truth.new_clients, new.len() as u64, "{day}");
        let made = new.iter().filter(|client| count.made_in_period.contains(**client)).count();
        assert_eq!(day_truth.new_profiles, made as u64, "{day}");
        let mut origins = Origins::new();
        for client in new {
            let (country, _, attribution) = &count.active[client];
            *origins.entry((country.clone(), attribution.clone())).or_default() += 1;
        }
        assert_eq!(plain(&day_truth.new_by_origin), origins, "{day}");

        for (window, counted) in [(6, truth.weekly_active(*day)), (27, truth.monthly_active(*day))] {
            let window = day.saturating_sub(window.days())..=*day;
            let distinct: BTreeSet<&String> =
                days.range(window).flat_map(|(_, count)| count.active.keys()).collect();
            assert_eq!(counted, distinct.len() as u64, "{day}");
        }
    }
    assert_eq!(truth.clients, seen.len() as u64);
    assert_eq!(truth.lines, days.values().map(|count| count.lines).sum::<u64>());
    assert_eq!(truth.searches, days.values().map(|count| count.searches).sum::<u64>());
}

const BROWSER_SEARCHES: &str = "/metrics/labeled_counter/browser.search_count";

#[test]
fn the_truth_is_what_the_lines_say() {
    let (text, truth) = five_weeks();
    holds(truth, text.lines(), read, |row| told_by_glean(row, BROWSER_SEARCHES));
}

#[test]
fn so_it_is_for_every_channel_of_the_phone_applications() {
    let (texts, truth) = whole_world();
    assert_eq!(truth.phones.len(), 6);
    let lines = |namespace: &str| {
        let start = format!("{{\"path\":\"/submit/{namespace}/");
        let fork = format!("{{\"path\":\"/submit/{namespace}-fork/");
        let is_its = move |line: &&str| line.starts_with(&start) || line.starts_with(&fork);
        texts["phones.ndjson"].lines().filter(is_its)
    };
    for (namespace, truth) in &truth.phones {
        let searches = "/metrics/labeled_counter/browsing.searches";
        holds(truth, lines(namespace), |line| read_of(line, namespace), |row| told_by_glean(row, searches));
        assert!(["baseline", "metrics", "events"].iter().all(|ping| truth.live[ping] > 10), "{namespace}");
        let channel = ["beta", "nightly"].into_iter().find(|channel| namespace.ends_with(channel));
        let last = truth.days.values().rev().find(|day| day.daily_active > 0).unwrap();
        assert!(last.by_channel.keys().eq(&[channel.unwrap_or("release")]), "{namespace}");
    }
    let told: usize = truth.phones.keys().map(|namespace| lines(namespace).count()).sum();
    assert_eq!(told, texts["phones.ndjson"].lines().count());
    let malformed: u64 = truth.phones.values().map(|truth| truth.malformed).sum();
    assert!(malformed > 2);
}

#[test]
fn and_for_the_desktop_edition() {
    let (texts, truth) = whole_world();
    holds(&truth.desktop, texts["desktop.ndjson"].lines(), read_legacy, told_by_main);
    assert!(truth.desktop.malformed > 0, "{:?} {:?}", truth.desktop.live, truth.desktop.stable);
    assert!(truth.desktop.live["main"] > truth.desktop.stable["main"]);
    let last = truth.desktop.days.values().last().unwrap();
    assert!(last.daily_active < last.weekly_active && last.weekly_active < last.monthly_active);
    assert!(truth.desktop.searches > 100);
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
