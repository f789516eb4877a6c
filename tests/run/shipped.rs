//! The sample project at the repository's root, fed by the simulator, against the simulator's truth.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use tempfile::TempDir;
use tidemill::plan::Scope;
use tidemill::simulate::{Scenario, Truth, simulate};

use super::mill::{Mill, day, write};

/// The first day of the sample project's sources.
const FIRST_DAY: Date = date(2026, 10, 18);

/// The number of the last of some days from the first one on, as [`Mill::run`] counts them.
pub fn last_of(days: u32) -> i32 {
    17 + days as i32
}

/// A copy of the sample project's definitions with a warehouse of its own.
pub fn shipped() -> Mill {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().unwrap();
    let mut folders = vec![root.join("datasets"), root.join("templates")];
    while let Some(from) = folders.pop() {
        for entry in std::fs::read_dir(&from).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                write(folder.path(), &name, &std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let project = std::fs::read_to_string(root.join("tidemill.yaml")).unwrap();
    write(folder.path(), "tidemill.yaml", &project);
    let mill = Mill::open(folder);
    mill.warehouse().use_threads(1).unwrap();
    mill
}

/// Lines of a small simulation, and the truth about them.
pub fn small(clients: u32, days: u32) -> (String, Truth) {
    let application = "tide-browser".to_owned();
    let scenario = Scenario { seed: 11, first_day: FIRST_DAY, days, clients, application };
    let mut lines = Vec::new();
    let truth = simulate(&scenario, &mut lines).unwrap();
    (String::from_utf8(lines).unwrap(), truth)
}

/// One number per day of a query that gives days and numbers; days of nothing left out.
fn per_day(mill: &Mill, sql: &str) -> BTreeMap<Date, u64> {
    let split = |row: String| -> (Date, u64) {
        let (day, number) = row.split_once('|').unwrap();
        (day.parse().unwrap(), number.parse().unwrap())
    };
    mill.rows(sql).into_iter().map(split).filter(|(_, number)| *number > 0).collect()
}

#[test]
fn totals_are_those_of_the_simulation() {
    let (lines, truth) = small(120, 35);
    let mill = shipped();
    let summary = mill.ingest_text(&lines);
    assert_eq!(summary.lines, truth.lines);
    assert_eq!(summary.rejected.values().sum::<u64>(), truth.malformed);
    assert!(truth.malformed > 0);
    // All tables for some days, then those about activity for five weeks: the month's window moves on.
    mill.run_well(last_of(5));
    let mut activity = mill.request(Scope::Due { day: day(last_of(35)) });
    activity.select = ["active_users_v1", "new_profiles_v1", "searches_by_engine_v1"]
        .into_iter()
        .flat_map(|name| {
            let name = format!("tide_browser_derived.{name}");
            mill.compilation.graph.upstream(&name).into_iter().chain([name])
        })
        .collect();
    mill.build(&activity).assert_well();
    assert_eq!(mill.number("SELECT count(*) FROM tidemill.ingest_error") as u64, truth.malformed);

    let expect = |what: &str, sql: &str, wanted: &dyn Fn(Date) -> u64| {
        let wanted: BTreeMap<Date, u64> =
            truth.days.keys().map(|day| (*day, wanted(*day))).filter(|(_, number)| *number > 0).collect();
        assert!(!wanted.is_empty(), "{what}");
        assert_eq!(per_day(&mill, sql), wanted, "{what}");
    };
    for ping in ["baseline", "events", "metrics", "health"] {
        let count = |layer: &str| {
            format!(
                "SELECT CAST(submission_timestamp AS DATE) AS day, count(*) FROM tide_browser_{layer}.{ping}_v1 GROUP BY day"
            )
        };
        let of = |counts: &BTreeMap<&'static str, u64>| counts.get(ping).copied().unwrap_or(0);
        expect("live rows", &count("live"), &|day| of(&truth.days[&day].live));
        let is_built = |on: Date| ping == "baseline" || on <= day(last_of(5));
        let stable = |day: Date| if is_built(day) { of(&truth.days[&day].stable) } else { 0 };
        expect("stable rows", &count("stable"), &stable);
    }
    let sums = |view: &str, column: &str| {
        format!(
            "SELECT submission_date, coalesce(sum({column}), 0) FROM tide_browser.{view} GROUP BY submission_date"
        )
    };
    let users = |column: &str| sums("active_users", column);
    expect("daily users", &users("daily_active_users"), &|day| truth.days[&day].daily_active);
    expect("weekly users", &users("weekly_active_users"), &|day| truth.weekly_active(day));
    expect("monthly users", &users("monthly_active_users"), &|day| truth.monthly_active(day));
    expect("clients", &sums("clients_daily", "1"), &|day| truth.days[&day].daily_active);
    expect("searches", &sums("clients_daily", "searches"), &|day| truth.days[&day].searches);
    expect("duration", &sums("clients_daily", "duration_seconds"), &|day| truth.days[&day].duration_seconds);
    expect("new clients", &sums("new_profiles", "new_profiles"), &|day| truth.days[&day].new_clients);
    expect("engines", &sums("searches_by_engine", "searches"), &|day| truth.days[&day].searches);
    assert_eq!(mill.number("SELECT count(*) FROM tide_browser.clients_first_seen") as u64, truth.clients);

    for column in ["country", "channel"] {
        let sql = format!(
            "SELECT submission_date || ' ' || {column}, count(*) FROM tide_browser.clients_daily GROUP BY ALL"
        );
        let of_day = |day: &Date| {
            let day_truth = &truth.days[day];
            let counts = if column == "country" { &day_truth.by_country } else { &day_truth.by_channel };
            counts.iter().map(|(name, count)| format!("{day} {name}|{count}")).collect::<Vec<_>>()
        };
        let mut wanted: Vec<String> = truth.days.keys().flat_map(of_day).collect();
        wanted.sort();
        assert_eq!(mill.rows(&sql), wanted, "{column}");
    }
    assert!(mill.plan(&activity).tasks.is_empty());
}
