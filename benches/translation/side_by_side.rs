//! Datasets of the demo, by their translated queries and by what a person wrote for DuckDB, in turns in one run. Both must
//! give the same rows.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use duckdb::Connection;
use tidemill::compile::{Compilation, compile};
use tidemill::definition::read_project;
use tidemill::warehouse::native::Installed;

/// Datasets of the demo, and the same by hand.
const BY_HAND: &[(&str, &str)] = &[
    ("tide_browser_derived.active_users_v1", include_str!("by_hand/active_users.sql")),
    ("tide_browser_derived.clients_daily_v1", include_str!("by_hand/clients_daily.sql")),
    ("tide_browser_derived.clients_first_seen_v1", include_str!("by_hand/clients_first_seen.sql")),
    ("tide_browser_derived.clients_last_seen_v1", include_str!("by_hand/clients_last_seen.sql")),
    ("tide_browser_derived.new_profiles_v1", include_str!("by_hand/new_profiles.sql")),
    ("tide_browser_derived.page_loads_v1", include_str!("by_hand/page_loads.sql")),
    ("tide_browser_derived.searches_by_engine_v1", include_str!("by_hand/searches_by_engine.sql")),
    ("tide_browser_derived.tab_opens_v1", include_str!("by_hand/tab_opens.sql")),
    ("tide_desktop_derived.searches_v1", include_str!("by_hand/desktop_searches.sql")),
    ("website_derived.downloads_v1", include_str!("by_hand/website_downloads.sql")),
    ("website_derived.landing_pages_v1", include_str!("by_hand/website_landing_pages.sql")),
    ("website_derived.sessions_v1", include_str!("by_hand/website_sessions.sql")),
    ("sync_derived.usage_by_collection_v1", include_str!("by_hand/sync_usage_by_collection.sql")),
];

/// The second day that is simulated.
const DAY: &str = "2026-10-19";
const CLIENTS: &str = "20000";
const TURNS: usize = 15;

/// Simulates two days, and prints the cheapest turn of each dataset.
pub fn run() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("demo");
    let demo = Command::new(env!("CARGO_BIN_EXE_tidemill"))
        .args(["--quiet", "demo", "--days", "2", "--clients", CLIENTS, "--folder"])
        .arg(&folder)
        .status()
        .unwrap();
    assert!(demo.success());
    let compilation = compiled(&folder);
    let connection = Connection::open(folder.join(".tidemill/demo.duckdb")).unwrap();
    connection.execute_batch("SET threads = 1").unwrap();
    let natives = Installed::default();
    println!("| dataset | rows | translated | by hand | |\n| --- | --- | --- | --- | --- |");
    for (name, by_hand) in BY_HAND {
        let translated = &compilation.datasets[*name].duckdb;
        natives.install(&connection, translated).unwrap();
        let texts = [with_day(translated), with_day(by_hand)];
        let [mut cheapest, mut other] = [Duration::MAX; 2];
        let [expected, rows] = texts.each_ref().map(|text| rows(&connection, text));
        assert_eq!(rows, expected, "{name}");
        for _ in 0..TURNS {
            cheapest = cheapest.min(taken(&connection, &texts[0]));
            other = other.min(taken(&connection, &texts[1]));
        }
        let factor = cheapest.as_secs_f64() / other.as_secs_f64();
        println!("| {name} | {} | {cheapest:.2?} | {other:.2?} | {factor:.2} |", rows.len());
    }
}

fn compiled(root: &Path) -> Compilation {
    let (files, _) = read_project(root).unwrap();
    compile(&files).0.unwrap()
}

fn with_day(sql: &str) -> String {
    sql.replace("$1", &format!("DATE '{DAY}'"))
}

/// The rows as texts, in order, so that they can be compared.
fn rows(connection: &Connection, sql: &str) -> Vec<String> {
    let sql = format!("SELECT CAST(r AS VARCHAR) FROM ({sql}) AS r ORDER BY 1");
    let mut statement = connection.prepare(&sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// What a query costs, its rows kept in a table as a dataset's are.
fn taken(connection: &Connection, sql: &str) -> Duration {
    let sql = format!("CREATE OR REPLACE TEMP TABLE result AS {sql}");
    let began = processor_time();
    connection.execute_batch(&sql).unwrap();
    processor_time() - began
}

/// What this process has cost so far: other work on the machine does not count.
fn processor_time() -> Duration {
    // SAFETY: a struct of numbers, for which zero is a value, and which the call fills.
    let mut time: libc::timespec = unsafe { std::mem::zeroed() };
    // SAFETY: the place lives until the call returns.
    assert_eq!(unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) }, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
