//! The synchronisation server's truth against a recount from its log.

use super::whole_world;
use crate::simulate::SyncDay;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The lines by the day of their file.
fn lines() -> impl Iterator<Item = (Date, &'static str)> {
    let (texts, _) = whole_world();
    let files = texts.iter().filter_map(|(name, text)| {
        let day = name.strip_prefix("sync_")?.strip_suffix(".ndjson")?;
        Some((Date::strptime("%Y%m%d", day).unwrap(), text))
    });
    files.flat_map(|(day, text)| text.lines().map(move |line| (day, line)))
}

/// A line that has all that is declared.
fn read(line: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(line).ok()?;
    let fields = &value["fields"];
    let is_whole =
        value["timestamp"].is_string() && fields["status"].is_u64() && fields["user_id"].is_string();
    is_whole.then_some(value)
}

fn day(line: &Value) -> Date {
    line["timestamp"].as_str().unwrap()[..10].parse().unwrap()
}

#[test]
fn the_truth_is_what_the_log_says() {
    let (texts, truth) = whole_world();
    let truth = &truth.sync;
    assert_eq!(texts.keys().filter(|name| name.starts_with("sync_")).count(), 35);
    let mut days: BTreeMap<Date, SyncDay> = truth.days.keys().map(|day| (*day, SyncDay::default())).collect();
    let (mut all, mut broken, mut repeated, mut late) = (0, 0, 0, 0);
    let mut told = BTreeSet::new();
    let mut users: BTreeMap<(Date, String), String> = BTreeMap::new();
    for (delivered, line) in lines() {
        all += 1;
        let Some(line) = read(line) else {
            broken += 1;
            continue;
        };
        let day = day(&line);
        late += u64::from(day != delivered);
        assert!(day <= delivered);
        if !told.insert(line["insert_id"].as_str().unwrap().to_owned()) {
            repeated += 1;
            continue;
        }
        let fields = &line["fields"];
        let status = fields["status"].as_u64().unwrap();
        let count = days.get_mut(&day).unwrap();
        count.requests += 1;
        count.errors += u64::from(status >= 400);
        count.server_errors += u64::from(status >= 500);
        count.bytes += fields["bytes"].as_u64().unwrap();
        let country = fields["country"].as_str().unwrap().to_owned();
        users.insert((day, fields["user_id"].as_str().unwrap().to_owned()), country);
    }
    for (day, _) in users.keys() {
        days.get_mut(day).unwrap().users += 1;
    }
    for (day, count) in &days {
        let truth = &truth.days[day];
        assert_eq!(truth.users, count.users, "{day}");
        assert_eq!(
            (truth.requests, truth.errors, truth.server_errors, truth.bytes),
            (count.requests, count.errors, count.server_errors, count.bytes),
            "{day}"
        );
        assert_eq!(truth.requests_by_collection.values().sum::<u64>(), count.requests, "{day}");
        for (country, users_of) in &truth.users_by_country {
            let counted = users.iter().filter(|((on, _), of)| on == day && of == country).count();
            assert_eq!(*users_of, counted as u64, "{day} {country}");
        }
    }
    assert_eq!((truth.lines, truth.broken, truth.repeated), (all, broken, repeated));
    assert_eq!(truth.users, users.keys().map(|(_, user)| user).collect::<BTreeSet<_>>().len() as u64);
    // A broken line may be late too, which only the simulation knows.
    assert!(truth.late >= late && truth.late <= late + broken);
    assert!(broken > 2 && repeated > 10 && late > 20, "{broken} {repeated} {late}");
    let errors: u64 = days.values().map(|day| day.errors).sum();
    assert!(errors > 20 && days.values().any(|day| day.server_errors > 0));
}

#[test]
fn a_user_has_one_address_and_a_device_for_each_application() {
    let mut of_user: BTreeMap<String, BTreeSet<[String; 3]>> = BTreeMap::new();
    let mut of_device: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for line in lines().filter_map(|(_, line)| read(line)) {
        let text = |key: &str| line["fields"][key].as_str().unwrap().to_owned();
        let user = text("user_id");
        assert_eq!((user.len(), text("device_id").len()), (32, 32));
        of_user.entry(user.clone()).or_default().insert(["email", "ip", "country"].map(text));
        let application = text("user_agent").split('/').next().unwrap().to_owned();
        of_device.entry(text("device_id")).or_default().insert((user, application));
    }
    assert!(of_user.len() > 50 && of_user.values().all(|of| of.len() == 1));
    assert!(of_device.values().all(|of| of.len() == 1));
    let both = of_device.len() - of_user.len();
    assert!(both > 3, "{both}");
}

#[test]
fn lines_of_a_file_are_delivered_on_its_day_and_some_tell_of_the_day_before() {
    let before = lines()
        .filter_map(|(delivered, line)| Some((delivered, day(&read(line)?))))
        .filter(|(delivered, requested)| requested < delivered)
        .count();
    assert!(before > 20, "{before}");
}
