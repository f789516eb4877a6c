//! The website's truth against a recount from its export, and its downloads against the telemetry.

use super::lines::{Row, read, read_legacy};
use super::recount::{Origins, Told, plain, told_by_glean, told_by_main};
use super::whole_world;
use crate::simulate::{Truth, countries};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An event as a stranger reads it.
struct Event {
    day: Date,
    instant: i64,
    name: String,
    session: (String, i64),
    page: String,
    country: String,
    attribution: [String; 3],
    product: Option<String>,
}

fn parameter<'a>(event: &'a Value, key: &str) -> Option<&'a Value> {
    event["event_params"].as_array().unwrap().iter().find(|parameter| parameter["key"] == key)
}

fn text(event: &Value, key: &str) -> String {
    parameter(event, key).unwrap()["value"]["string_value"].as_str().unwrap().to_owned()
}

fn events() -> Vec<Event> {
    let (texts, _) = whole_world();
    let codes: BTreeMap<&str, &str> = countries().map(|(code, name)| (name, code)).collect();
    let shards = texts.iter().filter_map(|(name, text)| Some((name.strip_prefix("events_")?, text)));
    let read = |shard: &str, line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        let day = event["event_date"].as_str().unwrap();
        assert_eq!(format!("{day}.ndjson"), shard);
        let instant = event["event_timestamp"].as_i64().unwrap();
        let day = Date::strptime("%Y%m%d", day).unwrap();
        let timestamp = Timestamp::from_microsecond(instant).unwrap();
        assert_eq!(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date(), day);
        let number = parameter(&event, "ga_session_id").unwrap()["value"]["int_value"].as_i64().unwrap();
        let name = event["event_name"].as_str().unwrap().to_owned();
        Event {
            day,
            instant,
            session: (event["user_pseudo_id"].as_str().unwrap().to_owned(), number),
            page: text(&event, "page_location").replace("https://tide.example.org", ""),
            country: codes[event["geo"]["country"].as_str().unwrap()].to_owned(),
            attribution: ["source", "medium", "campaign"].map(|key| text(&event, key)),
            product: (name == "product_download").then(|| text(&event, "product")),
            name,
        }
    };
    shards.flat_map(|(shard, text)| text.lines().map(move |line| read(shard, line))).collect()
}

#[test]
fn the_truth_is_what_the_export_says() {
    let (texts, truth) = whole_world();
    let truth = &truth.web;
    assert_eq!(texts.keys().filter(|name| name.starts_with("events_")).count(), 35);
    let events = events();
    assert!(events.is_sorted_by_key(|event| event.instant));
    assert_eq!(truth.events, events.len() as u64);
    let mut first: BTreeMap<&(String, i64), &Event> = BTreeMap::new();
    for event in &events {
        first.entry(&event.session).or_insert(event);
    }
    let mut over_midnight = BTreeSet::new();
    for event in &events {
        if event.day > first[&event.session].day {
            over_midnight.insert(&event.session);
        }
    }
    for (day, truth) in &truth.days {
        let of_day = || events.iter().filter(|event| event.day == *day);
        let begun = || first.values().filter(|event| event.day == *day);
        assert_eq!(truth.events, of_day().count() as u64, "{day}");
        assert_eq!(truth.page_views, of_day().filter(|event| event.name == "page_view").count() as u64);
        let visitors: BTreeSet<&String> = of_day().map(|event| &event.session.0).collect();
        assert_eq!(truth.visitors, visitors.len() as u64, "{day}");
        assert_eq!(truth.sessions, begun().count() as u64, "{day}");
        for (path, sessions) in &truth.landing_pages {
            assert_eq!(*sessions, begun().filter(|event| event.page == *path).count() as u64, "{day} {path}");
        }
        assert_eq!(truth.landing_pages.values().sum::<u64>(), truth.sessions);
        for (country, sessions) in &truth.sessions_by_country {
            let counted = begun().filter(|event| event.country == *country).count();
            assert_eq!(*sessions, counted as u64, "{day} {country}");
        }
        assert_eq!(truth.sessions_by_country.values().sum::<u64>(), truth.sessions);
        let mut downloads: BTreeMap<String, Origins> = BTreeMap::new();
        for event in of_day() {
            let Some(product) = &event.product else { continue };
            let origin = (event.country.clone(), Some(event.attribution.clone()));
            *downloads.entry(product.clone()).or_default().entry(origin).or_default() += 1;
        }
        let told: BTreeMap<String, Origins> =
            truth.downloads.iter().map(|(product, counts)| ((*product).to_owned(), plain(counts))).collect();
        assert_eq!(told, downloads, "{day}");
    }
    assert_eq!(truth.sessions, first.len() as u64);
    assert_eq!(truth.sessions_over_midnight, over_midnight.len() as u64);
    assert!(over_midnight.len() >= 3, "{}", over_midnight.len());
}

#[test]
fn a_session_begins_once_and_pauses_less_than_half_an_hour() {
    let mut last: BTreeMap<(String, i64), i64> = BTreeMap::new();
    let mut latest: BTreeMap<String, i64> = BTreeMap::new();
    for event in events() {
        // Nobody goes back to a session after the next has begun.
        let session = latest.entry(event.session.0.clone()).or_insert(event.session.1);
        assert!(event.session.1 >= *session);
        *session = event.session.1;
        let begins = ["session_start", "first_visit"].contains(&event.name.as_str());
        match last.insert(event.session, event.instant) {
            None => assert!(begins, "{}", event.name),
            Some(before) => {
                assert!(event.instant > before && event.instant - before < 1_800_000_000);
                assert!(event.name != "first_visit");
            }
        }
    }
}

/// The first activity of each client that was made in the period: its instant, country and attribution.
fn newcomers(
    file: &str,
    read: fn(&str) -> Option<Row>,
    tell: impl Fn(&Row) -> Option<Told>,
) -> BTreeMap<String, (Timestamp, String, Option<[String; 3]>)> {
    let (texts, truth) = whole_world();
    let first_day = *truth.web.days.keys().next().unwrap();
    let mut newcomers = BTreeMap::new();
    for row in texts[file].lines().filter_map(read) {
        let Some(told) = tell(&row).filter(|told| told.first_run >= first_day) else { continue };
        let received: Timestamp = row.received.parse().unwrap();
        newcomers.entry(told.client).or_insert((received, row.country, told.attribution));
    }
    newcomers
}

/// Takes for each attributed newcomer a download of the same country and attribution at most three days
/// before; gives how many have one and how many have not.
fn matched(
    product: &str,
    newcomers: &BTreeMap<String, (Timestamp, String, Option<[String; 3]>)>,
) -> (usize, usize) {
    let mut downloads: Vec<Event> =
        events().into_iter().filter(|event| event.product.as_deref() == Some(product)).collect();
    let mut waiting: Vec<_> = newcomers.values().filter(|(.., attribution)| attribution.is_some()).collect();
    waiting.sort();
    let all = waiting.len();
    let mut found = 0;
    for (received, country, attribution) in waiting {
        let age = |event: &Event| received.as_microsecond() - event.instant;
        let place = downloads.iter().position(|event| {
            (0..4 * 86_400_000_000).contains(&age(event))
                && event.country == *country
                && Some(&event.attribution) == attribution.as_ref()
        });
        if let Some(place) = place {
            downloads.remove(place);
            found += 1;
        }
    }
    (found, all - found)
}

fn total(truth: &Truth, of: impl Fn(&Option<crate::simulate::Attribution>) -> bool) -> u64 {
    let origins = truth.days.values().flat_map(|day| &day.new_by_origin);
    origins.filter(|(origin, _)| of(&origin.attribution)).map(|(_, count)| count).sum()
}

#[test]
fn who_downloads_and_installs_appears_in_the_telemetry() {
    let (_, truth) = whole_world();
    let searches = "/metrics/labeled_counter/browser.search_count";
    let browser = newcomers("browser.ndjson", read, |row| told_by_glean(row, searches));
    let desktop = newcomers("desktop.ndjson", read_legacy, told_by_main);
    for (product, newcomers, truth_of) in
        [("tide-browser", &browser, &truth.browser), ("tide-desktop", &desktop, &truth.desktop)]
    {
        let (with, without) = matched(product, newcomers);
        // Only who downloaded in the hours before the period is without a download in it.
        assert!(with > 5 && without <= 2, "{product}: {with} {without}");
        let by_download: u64 = truth.new_by_download[product].values().flat_map(BTreeMap::values).sum();
        assert!(by_download as usize >= with && by_download as usize <= with + without, "{product}");
        let downloads: u64 = truth
            .web
            .days
            .values()
            .filter_map(|day| day.downloads.get(product))
            .flat_map(BTreeMap::values)
            .sum();
        let installed = truth.installed[product];
        assert!(downloads > installed, "some are never installed: {downloads} {installed}");
        // At the period's end a few have still to open what they downloaded.
        assert!((by_download..=by_download + 3).contains(&installed), "{product}: {installed} {by_download}");
        assert!(newcomers.values().any(|(.., attribution)| attribution.is_none()), "some never came by");
        assert!(total(truth_of, Option::is_some) > by_download);
    }
    // Each day, those who came by a download are some of the new clients of the same origin.
    for (product, truth_of) in [("tide-browser", &truth.browser), ("tide-desktop", &truth.desktop)] {
        for (day, origins) in &truth.new_by_download[product] {
            for (origin, count) in origins {
                assert!(origin.attribution.is_some());
                assert!(truth_of.days[day].new_by_origin[origin] >= *count, "{day} {origin:?}");
            }
        }
    }
}
