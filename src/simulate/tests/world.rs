//! A world as a whole: its bytes, and that its parts leave one another alone.

use super::lines::read_legacy;
use super::{run, run_world, scenario, whole_world};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_same_seed_is_the_same_world() {
    let first = run_world(&scenario(1, 100, 5));
    assert!(first == run_world(&scenario(1, 100, 5)));
    let other = run_world(&scenario(2, 100, 5));
    assert!(first.0.iter().all(|(name, text)| other.0[name] != *text || text.is_empty()));
}

#[test]
fn the_browser_is_the_same_with_and_without_the_rest() {
    let (alone, truth) = run(&scenario(3, 80, 6));
    let (texts, world) = run_world(&scenario(3, 80, 6));
    assert!(alone == texts["browser.ndjson"]);
    assert!(truth == world.browser);
}

#[test]
fn a_longer_period_goes_on_and_more_people_change_nobody() {
    let (short, _) = run_world(&scenario(1, 150, 5));
    let (long, _) = run_world(&scenario(1, 150, 8));
    for (name, text) in &short {
        assert!(long[name].starts_with(text.as_str()), "{name}");
    }
    let (many, _) = run_world(&scenario(1, 400, 5));
    // Strangers are as many as the people ask for, the first of them the same.
    for (name, text) in &short {
        let many: BTreeSet<&str> = many[name].lines().collect();
        assert!(text.lines().all(|line| many.contains(line)), "{name}");
    }
}

#[test]
fn the_smallest_world_has_all_files() {
    let (texts, truth) = run_world(&scenario(1, 0, 2));
    let names = [
        "browser.ndjson",
        "desktop.ndjson",
        "events_20261001.ndjson",
        "events_20261002.ndjson",
        "phones.ndjson",
        "sync_20261001.ndjson",
        "sync_20261002.ndjson",
    ];
    assert!(texts.keys().eq(names.iter()));
    assert_eq!((truth.browser.clients, truth.sync.lines), (0, 0));
}

#[test]
fn the_rest_is_small_beside_the_browser() {
    let (texts, truth) = run_world(&scenario(1, 600, 35));
    let lines = |start: &str| {
        texts.iter().filter(|(name, _)| name.starts_with(start)).map(|(_, text)| text.lines().count()).sum()
    };
    let counts: [usize; 4] = ["phones", "desktop", "sync_", "events_"].map(lines);
    assert!(counts.iter().all(|count| *count > 1_000), "{counts:?}");
    assert!(counts.iter().sum::<usize>() <= 15_000, "{counts:?}");
    assert_eq!(counts[2] as u64, truth.sync.lines);
}

#[test]
fn subsessions_of_the_desktop_follow_one_another() {
    let (texts, _) = whole_world();
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    let mut of_profile: BTreeMap<String, BTreeMap<u64, (String, String)>> = BTreeMap::new();
    for row in texts["desktop.ndjson"].lines().filter_map(read_legacy) {
        *reasons.entry(row.text("/payload/info/reason").to_owned()).or_default() += 1;
        let length = row.sum("/payload/info/subsessionLength");
        assert!(length <= row.sum("/payload/info/sessionLength"));
        if row.sum("/payload/info/subsessionCounter") == 1 {
            assert_eq!(
                row.text("/payload/info/sessionStartDate"),
                row.text("/payload/info/subsessionStartDate")
            );
        }
        let id = row.text("/payload/info/subsessionId").to_owned();
        let previous = row.body["payload"]["info"]["previousSubsessionId"].as_str().unwrap_or("").to_owned();
        let number = row.sum("/payload/info/profileSubsessionCounter");
        of_profile.entry(row.text("/clientId").to_owned()).or_default().insert(number, (id, previous));
    }
    assert!(
        reasons.keys().eq(&["aborted-session", "daily", "environment-change", "shutdown"]),
        "{reasons:?}"
    );
    let mut followed = 0;
    for subsessions in of_profile.values() {
        for (number, (_, previous)) in subsessions {
            if let Some((id, _)) = subsessions.get(&(number - 1)) {
                assert_eq!(previous, id);
                followed += 1;
            }
        }
    }
    assert!(followed > 500, "{followed}");
}
