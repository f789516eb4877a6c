//! The sample project fed with everything that one population does, against the simulator's truth.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use tidemill::ingest::{Destination, ingest_source_file};
use tidemill::plan::Scope;
use tidemill::simulate::{
    Acquisition, DESKTOP_FILE, Memory, PHONES_FILE, SYNC_FILES, Scenario, Truth, WEBSITE_FILES, WorldTruth,
    countries, simulate_world,
};
use tidemill::warehouse::Secret;

use super::mill::{Mill, clock, day};
use super::shipped::{last_of, shipped};

const DAYS: u32 = 9;
/// The parts of a sync line's fields that say who it was.
const IDENTIFIERS: [&str; 4] = ["user_id", "email", "ip", "device_id"];

/// A copy of the sample project that has seen and built everything, and the truth about it.
fn built() -> (Mill, WorldTruth) {
    let scenario = Scenario {
        // One in which everything rare happens: visits over midnight, late, repeated and broken lines.
        seed: 23,
        first_day: date(2026, 10, 18),
        days: DAYS,
        clients: 260,
        application: "tide-browser".to_owned(),
    };
    let mut files = Memory::default();
    let truth = simulate_world(&scenario, &mut files).unwrap();
    let mill = shipped();
    mill.warehouse().keys.put("sync_user", Secret::new(vec![7; 32]));
    for (name, text) in files.texts() {
        let source = match name.rsplit_once('_') {
            Some((SYNC_FILES, _)) => "sync.requests_v1",
            Some((WEBSITE_FILES, _)) => "website.events_*",
            _ => {
                let summary = mill.ingest_text(&text);
                let of = |truths: &[&Truth]| -> (u64, u64) {
                    truths.iter().fold((0, 0), |sum, one| (sum.0 + one.lines, sum.1 + one.malformed))
                };
                let wanted = match name.as_str() {
                    PHONES_FILE => of(&truth.phones.values().collect::<Vec<_>>()),
                    DESKTOP_FILE => of(&[&truth.desktop]),
                    _ => of(&[&truth.browser]),
                };
                assert_eq!((summary.lines, summary.rejected.values().sum::<u64>()), wanted, "{name}");
                continue;
            }
        };
        let path = mill.path(&name);
        std::fs::write(&path, text).unwrap();
        let to = Destination::find(&mill.compilation, source).unwrap();
        ingest_source_file(&path, &to, mill.warehouse(), mill.ledger(), clock()).unwrap();
    }
    assert!(truth.phones.values().map(|one| one.malformed).sum::<u64>() > 0);
    let mut request = mill.request(Scope::Due { day: day(last_of(DAYS)) });
    let derived: Vec<String> =
        request.select.iter().filter(|name| !name.contains("_stable.")).cloned().collect();
    request.select = derived.iter().flat_map(|name| mill.compilation.graph.upstream(name)).collect();
    request.select.extend(derived);
    mill.build(&request).assert_well();
    (mill, truth)
}

/// Rows of text between bars, sorted as [`Mill::rows`] gives them; those of nothing left out.
fn rows(all: impl IntoIterator<Item = (String, Vec<u64>)>) -> Vec<String> {
    let some = all.into_iter().filter(|(_, numbers)| numbers.iter().any(|number| *number > 0));
    let row = |(about, numbers): (String, Vec<u64>)| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("{about}|{}", numbers.join("|"))
    };
    let mut rows: Vec<String> = some.map(row).collect();
    rows.sort();
    assert!(rows.len() > 5, "{rows:?}");
    rows
}

#[test]
fn every_kind_of_data_is_as_simulated() {
    let (mill, truth) = built();
    phones(&mill, &truth);
    desktop(&mill, &truth.desktop);
    sync(&mill, &truth);
    website(&mill, &truth);
    acquisition(&mill, &truth);
    no_identifier_is_derived(&mill);
}

fn phones(mill: &Mill, truth: &WorldTruth) {
    let mut wanted: [Vec<(String, Vec<u64>)>; 3] = Default::default();
    for (namespace, truth) in &truth.phones {
        let (app, channel) = match namespace.trim_start_matches("org-tide-").split_once('-') {
            Some((app, channel)) => (app, channel),
            None => (namespace.trim_start_matches("org-tide-"), "release"),
        };
        for (day, one) in &truth.days {
            let about = format!("{day}|tide_{app}|{channel}");
            let users = vec![one.daily_active, one.weekly_active, one.monthly_active];
            wanted[0].push((about.clone(), users));
            wanted[1].push((about.clone(), vec![one.new_clients]));
            wanted[2].push((about, vec![one.daily_active, one.duration_seconds]));
        }
    }
    let [users, newcomers, daily] = wanted.map(rows);
    let sql = "SELECT submission_date, app, channel, sum(daily_active_users), sum(weekly_active_users),
               sum(monthly_active_users) FROM phones.active_users GROUP BY ALL";
    assert_eq!(mill.rows(sql), users);
    let of_app = |app: &str| {
        format!(
            "SELECT first_seen_date, '{app}', channel, count(*) FROM {app}.clients_first_seen GROUP BY ALL"
        )
    };
    let sql = format!("{} UNION ALL {}", of_app("tide_focus"), of_app("tide_reader"));
    assert_eq!(mill.rows(&sql), newcomers);
    let sql = "SELECT submission_date, app, channel, count(*), sum(duration_seconds) FROM phones.clients_daily GROUP BY ALL";
    assert_eq!(mill.rows(sql), daily);
    let of_app = |app: &str| {
        format!("SELECT '{app}' AS app, submission_date, channel, client_id FROM {app}.clients_daily")
    };
    let sql = format!(
        "SELECT count(*) FROM (FROM ({} UNION ALL {}) ANTI JOIN phones.clients_daily USING (app, submission_date, channel, client_id))",
        of_app("tide_focus"),
        of_app("tide_reader")
    );
    assert_eq!(mill.number(&sql), 0);
}

fn desktop(mill: &Mill, truth: &Truth) {
    let wanted =
        rows(truth.days.iter().map(|(day, one)| {
            (day.to_string(), vec![one.daily_active, one.weekly_active, one.monthly_active])
        }));
    let sql = "SELECT submission_date, sum(daily_active_users), sum(weekly_active_users),
               sum(monthly_active_users) FROM tide_desktop.active_users GROUP BY ALL";
    assert_eq!(mill.rows(sql), wanted);
    let wanted = rows(
        truth
            .days
            .iter()
            .map(|(day, one)| (day.to_string(), vec![one.daily_active, one.searches, one.duration_seconds])),
    );
    let sql = "SELECT submission_date, count(*), sum(searches), sum(duration_seconds) FROM tide_desktop.clients_daily GROUP BY ALL";
    assert_eq!(mill.rows(sql), wanted);
    let searches = rows(truth.days.iter().map(|(day, one)| (day.to_string(), vec![one.searches])));
    let sql = "SELECT submission_date, sum(searches) FROM tide_desktop.searches GROUP BY ALL";
    assert_eq!(mill.rows(sql), searches);
    let newcomers = rows(truth.days.iter().map(|(day, one)| (day.to_string(), vec![one.new_clients])));
    let sql = "SELECT first_seen_date, count(*) FROM tide_desktop.clients_first_seen GROUP BY ALL";
    assert_eq!(mill.rows(sql), newcomers);
}

fn sync(mill: &Mill, truth: &WorldTruth) {
    let days = &truth.sync.days;
    let wanted = rows(days.iter().map(|(day, one)| {
        (day.to_string(), vec![one.users, one.requests, one.errors, one.server_errors, one.bytes])
    }));
    let sums = "sum(requests), sum(errors), sum(server_errors), sum(bytes)";
    let by_user = format!(
        "SELECT submission_date, count(DISTINCT user_key), {sums} FROM sync.usage_daily GROUP BY ALL"
    );
    assert_eq!(mill.rows(&by_user), wanted);
    let by_country =
        format!("SELECT submission_date, sum(users), {sums} FROM sync.usage_by_country GROUP BY ALL");
    assert_eq!(mill.rows(&by_country), wanted);
    let wanted = rows(days.iter().flat_map(|(day, one)| {
        one.users_by_country.iter().map(move |(country, users)| (format!("{day}|{country}"), vec![*users]))
    }));
    assert_eq!(mill.rows("SELECT submission_date, country, users FROM sync.usage_by_country"), wanted);
    let wanted = rows(days.iter().flat_map(|(day, one)| {
        let collections = one.requests_by_collection.iter();
        collections.map(move |(collection, requests)| (format!("{day}|{collection}"), vec![*requests]))
    }));
    assert_eq!(
        mill.rows("SELECT submission_date, collection, requests FROM sync.usage_by_collection"),
        wanted
    );
    assert_eq!(mill.number("SELECT count(DISTINCT user_key) FROM sync.usage_daily") as u64, truth.sync.users);
    assert_eq!(
        mill.number(
            "SELECT count(*) FROM sync.usage_daily WHERE NOT regexp_full_match(user_key, '[0-9a-f]{64}')"
        ),
        0
    );
    let broken = "SELECT count(*) FROM tidemill.ingest_error WHERE source = 'sync.requests_v1'";
    assert_eq!(mill.number(broken) as u64, truth.sync.broken);
    assert!(truth.sync.broken > 0 && truth.sync.repeated > 0 && truth.sync.late > 0);
}

fn website(mill: &Mill, truth: &WorldTruth) {
    // A visit may go on after midnight, so that the last day waits for the next.
    let last = truth.web.days.keys().next_back().copied().unwrap();
    let days = || truth.web.days.iter().filter(move |(day, _)| **day < last);
    let of_countries: BTreeMap<&str, &str> = countries().collect();
    let wanted = rows(days().flat_map(|(day, one)| {
        let by_country = one.sessions_by_country.iter();
        by_country
            .map(|(code, sessions)| (format!("{day}|{}", of_countries[code]), vec![*sessions]))
            .collect::<Vec<_>>()
    }));
    let sql = "SELECT session_date, country, count(*) FROM website.sessions GROUP BY ALL";
    assert_eq!(mill.rows(sql), wanted);
    let wanted = rows(days().flat_map(|(day, one)| {
        one.landing_pages.iter().map(move |(page, sessions)| (format!("{day}|{page}"), vec![*sessions]))
    }));
    let sql = "SELECT session_date, landing_page, sum(sessions) FROM website.landing_pages GROUP BY ALL";
    assert_eq!(mill.rows(sql), wanted);
    assert!(truth.web.sessions_over_midnight > 0);
    let sql = "SELECT count(*) FROM website.sessions WHERE CAST(ended_at AS DATE) > session_date";
    assert!(mill.number(sql) > 0);
    let wanted = rows(truth.web.days.iter().flat_map(|(day, one)| {
        one.downloads.iter().flat_map(move |(product, origins)| {
            origins
                .iter()
                .map(move |(origin, count)| (format!("{day}|{}", about(product, origin)), vec![*count]))
        })
    }));
    let sql = "SELECT submission_date, product, country, source, medium, campaign, downloads FROM website.downloads";
    assert_eq!(mill.rows(sql), wanted);
}

/// What a row of downloads or new clients is about.
fn about(product: &str, Acquisition { country, attribution }: &Acquisition) -> String {
    let of = attribution.map_or(["NULL"; 3], |one| [one.source, one.medium, one.campaign]);
    format!("{product}|{country}|{}", of.join("|"))
}

fn acquisition(mill: &Mill, truth: &WorldTruth) {
    let mut wanted: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut add = |day: &Date, product: &str, origins: &BTreeMap<Acquisition, u64>, place: usize| {
        for (origin, count) in origins {
            let key = format!("{day}|{}", about(product, origin));
            wanted.entry(key).or_insert_with(|| vec![0, 0])[place] += count;
        }
    };
    for (day, one) in &truth.web.days {
        one.downloads.iter().for_each(|(product, origins)| add(day, product, origins, 0));
    }
    for (product, truth) in [("tide-browser", &truth.browser), ("tide-desktop", &truth.desktop)] {
        truth.days.iter().for_each(|(day, one)| add(day, product, &one.new_by_origin, 1));
    }
    let sql = "SELECT submission_date, product, country, source, medium, campaign, downloads, new_clients
               FROM acquisition.downloads_and_new_clients";
    assert_eq!(mill.rows(sql), rows(wanted));
    let both =
        "SELECT count(*) FROM acquisition.downloads_and_new_clients WHERE downloads > 0 AND new_clients > 0";
    assert!(mill.number(both) > 0);
}

/// The rows of a table as JSON.
fn as_json(mill: &Mill, table: &str) -> Vec<String> {
    mill.rows(&format!("SELECT CAST(to_json(of_row) AS VARCHAR) FROM {table} AS of_row"))
}

fn no_identifier_is_derived(mill: &Mill) {
    let mut identifiers = BTreeSet::new();
    for field in IDENTIFIERS {
        identifiers.extend(mill.rows(&format!("SELECT DISTINCT fields.{field} FROM sync.requests_v1")));
    }
    // The path of a request has the number of an account.
    identifiers.extend(mill.rows("SELECT DISTINCT split_part(fields.path, '/', 3) FROM sync.requests_v1"));
    assert!(identifiers.len() > 50 && identifiers.iter().all(|one| one.len() >= 8), "{identifiers:?}");
    let holds = |row: &String| {
        let mut words = row.split(|one: char| !(one.is_ascii_alphanumeric() || ".@-_".contains(one)));
        words.any(|word| identifiers.contains(word))
    };
    let lines = as_json(mill, "sync.requests_v1");
    assert!(!lines.is_empty() && lines.iter().all(holds));
    let mut looked_through = 0;
    for dataset in mill.compilation.datasets.keys() {
        let rows = as_json(mill, dataset);
        looked_through += usize::from(!rows.is_empty());
        let found: Vec<&String> = rows.iter().filter(|row| holds(row)).collect();
        assert!(found.is_empty(), "{dataset}: {found:?}");
    }
    assert!(looked_through > 30, "{looked_through}");
}

#[test]
fn the_countries_are_those_of_the_simulation() {
    let mill = shipped();
    mill.prepare();
    let mut wanted: Vec<String> = countries().map(|(code, name)| format!("{code}|{name}")).collect();
    wanted.sort();
    assert_eq!(mill.rows("SELECT code, name FROM reference.countries"), wanted);
}
