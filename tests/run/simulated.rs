//! What the simulator makes beside the browser is what its metrics files declare.

use jiff::civil::date;
use tidemill::simulate::{Memory, PHONES_FILE, Scenario, simulate_world};

use super::mill::Mill;

const FIRST_DAY: jiff::civil::Date = date(2026, 10, 18);
const FOCUS: &str = include_str!("../../datasets/tide_focus/focus.metrics.yaml");
const READER: &str = include_str!("../../datasets/tide_reader/reader.metrics.yaml");

#[test]
fn pings_of_the_phones_have_a_place_for_everything() {
    let application = "tide-browser".to_owned();
    let scenario = Scenario { seed: 5, first_day: FIRST_DAY, days: 12, clients: 300, application };
    let mut files = Memory::default();
    let truth = simulate_world(&scenario, &mut files).unwrap();

    let mut definitions = vec![
        ("datasets/focus.metrics.yaml".to_owned(), FOCUS.to_owned()),
        ("datasets/reader.metrics.yaml".to_owned(), READER.to_owned()),
    ];
    let tables = |namespace: &str| namespace.replace("org-", "").replace('-', "_");
    for namespace in truth.phones.keys() {
        let metrics = if namespace.contains("focus") { "focus" } else { "reader" };
        for ping in ["baseline", "metrics", "events"] {
            let (path, source) = (format!("{namespace}-{ping}"), format!("{}.{ping}_v1", tables(namespace)));
            let text = format!(
                "source: {source}\nkind: ping\ndescription: Of a phone.\napplication: {namespace}\n\
                 ping: {ping}\nschema: {{glean: {metrics}.metrics.yaml}}\nstart: {FIRST_DAY}\n"
            );
            definitions.push((format!("datasets/{path}.yaml"), text));
        }
    }
    let definitions: Vec<(&str, &str)> =
        definitions.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mill = Mill::new(&definitions);
    let summary = mill.ingest_text(&files.texts()[PHONES_FILE]);

    assert_eq!(summary.lines, truth.phones.values().map(|truth| truth.lines).sum::<u64>());
    let malformed: u64 = truth.phones.values().map(|truth| truth.malformed).sum();
    assert_eq!(summary.rejected.values().sum::<u64>(), malformed);
    let mut rows = 0;
    for (namespace, truth) in &truth.phones {
        for (ping, count) in &truth.live {
            let table = format!("{}_live.{ping}_v1", tables(namespace));
            let sql = format!("SELECT count(*) FROM {table} WHERE additional_properties IS NULL");
            assert_eq!(mill.number(&sql) as u64, *count, "{table}");
            rows += count;
        }
    }
    assert!(rows > 500, "{rows}");
    let searches = "SELECT sum(entry.value) FROM tide_focus_live.baseline_v1, \
                    unnest(metrics.labeled_counter.browsing_searches) AS label(entry)";
    assert!(mill.number(searches) > 0);
}
