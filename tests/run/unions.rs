//! Several tables as one: columns by name, nested shapes reconciled, one day read of every table, axes as columns.

use tidemill::compile::Reads;

use super::harbour::{harbour, visits};
use super::mill::{Mill, days, stale};

/// A table of a quay: columns in any order, some of their own.
fn quay(name: &str, columns: &str) -> String {
    format!(
        "source: {name}\nkind: table\ndescription: Ships at a quay.\nschema:\n  columns:\n    day: DATE\n{columns}\n\
         partition_by: {{column: day, every: day}}\nstart: 2026-10-01\n"
    )
}

/// Two quays whose rows differ at every depth, and a third of the shape of the first.
fn quays(more: &[(&str, &str)]) -> Mill {
    let north = quay(
        "quay.north",
        "    ship: STRING\n    tons: INT64\n    master: STRUCT<name STRING, home STRUCT<port STRING>>\n    cargo: ARRAY<STRUCT<kind STRING, crates INT64>>\n    marks: ARRAY<INT64>",
    );
    let south = quay(
        "quay.south",
        "    cargo: ARRAY<STRUCT<crates INT64, kind STRING, seals ARRAY<STRUCT<number INT64>>>>\n    tons: FLOAT64\n    ship: STRING\n    master: STRUCT<home STRUCT<land STRING, port STRING>, end DATE, name STRING>\n    marks: ARRAY<FLOAT64>\n    flag: STRUCT<land STRING>",
    );
    let mut files = vec![("datasets/north.yaml", north.as_str()), ("datasets/south.yaml", south.as_str())];
    files.extend(more);
    let mill = Mill::new(&files);
    mill.sql(
        "CREATE SCHEMA quay;
         CREATE TABLE quay.north (day DATE, ship VARCHAR, tons BIGINT, master STRUCT(name VARCHAR, home STRUCT(port VARCHAR)),
           cargo STRUCT(kind VARCHAR, crates BIGINT)[], marks BIGINT[]);
         CREATE TABLE quay.south (day DATE, cargo STRUCT(crates BIGINT, kind VARCHAR, seals STRUCT(number BIGINT)[])[], tons DOUBLE,
           ship VARCHAR, master STRUCT(home STRUCT(land VARCHAR, port VARCHAR), \"end\" DATE, name VARCHAR), marks DOUBLE[], flag STRUCT(land VARCHAR));
         INSERT INTO quay.north VALUES
           (DATE '2026-10-01', 'Ada', 7, {name: 'Ann', home: {port: 'Kiel'}}, [{kind: 'tea', crates: 2}, {kind: 'ale', crates: 1}], [3, 1]),
           (DATE '2026-10-02', 'Bee', 8, {name: 'Bo', home: NULL}, [], NULL),
           (DATE '2026-10-02', 'Cat', NULL, NULL, NULL, []);
         INSERT INTO quay.south VALUES
           (DATE '2026-10-01', [{crates: 5, kind: 'oil', seals: [{number: 9}, {number: 4}]}], 1.5, 'Dot',
            {home: {land: 'PT', port: 'Faro'}, \"end\": DATE '2027-01-01', name: 'Di'}, [0.5], {land: 'PT'}),
           (DATE '2026-10-02', NULL, 2.5, 'Eve', NULL, NULL, NULL);",
    );
    mill
}

const UNITED: &str = "dataset: harbour_derived.ships_v1
description: Ships of both quays.
from: [quay.north, quay.south]
template: tidemill/union
";

/// Every leaf of a ship, NULL structs and arrays told from those without members.
const LEAVES: &str = "SELECT ship, tons, master IS NULL, master.name, master.home IS NULL, master.home.port, master.home.land, \
    master.\"end\", len(cargo), cargo[1].kind, cargo[1].crates, cargo[2].kind, len(cargo[1].seals), cargo[1].seals[2].number, \
    len(marks), marks[1], flag.land FROM ";

/// Worked out from the rows above by hand.
const SHIPS: [&str; 5] = [
    "Ada|7.0|false|Ann|false|Kiel|NULL|NULL|2|tea|2|ale|NULL|NULL|2|3.0|NULL",
    "Bee|8.0|false|Bo|true|NULL|NULL|NULL|0|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
    "Cat|NULL|true|NULL|true|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|0|NULL|NULL",
    "Dot|1.5|false|Di|false|Faro|PT|2027-01-01|1|oil|5|NULL|2|4|1|0.5|PT",
    "Eve|2.5|true|NULL|true|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
];

#[test]
fn a_dataset_unites_tables_day_by_day_and_keeps_every_nested_value() {
    let mill = quays(&[("datasets/ships.yaml", UNITED)]);
    let ran = mill.run_well(2);
    assert_eq!(ran.built("harbour_derived.ships_v1"), days(1, 2));
    assert_eq!(mill.rows(&format!("{LEAVES} harbour_derived.ships_v1")), SHIPS);
    let dataset = &mill.compilation.datasets["harbour_derived.ships_v1"];
    assert_eq!(dataset.partition.column_name(), Some("day"));
    let types: Vec<String> =
        dataset.columns.iter().map(|column| format!("{} {}", column.name, column.ty)).collect();
    assert_eq!(
        types,
        [
            "day DATE",
            "ship STRING",
            "tons FLOAT64",
            "master STRUCT<name STRING, home STRUCT<port STRING, land STRING>, end DATE>",
            "cargo ARRAY<STRUCT<kind STRING, crates INT64, seals ARRAY<STRUCT<number INT64>>>>",
            "marks ARRAY<FLOAT64>",
            "flag STRUCT<land STRING>",
        ]
    );
    // A row that comes late to one table makes that day stale, and no other.
    mill.sql("INSERT INTO quay.south (day, ship) VALUES (DATE '2026-10-01', 'Fay')");
    let ran = mill.run_well(2);
    assert_eq!(ran.built("harbour_derived.ships_v1"), days(1, 1));
    assert_eq!(mill.number("SELECT COUNT(*) FROM harbour_derived.ships_v1"), 6);
}

#[test]
fn a_view_unites_tables_and_a_day_of_it_is_a_day_of_each() {
    let view = UNITED.replace("dataset: harbour_derived.ships_v1", "view: harbour.ships");
    let reader = "dataset: harbour_derived.tons_v1\ndescription: Tons per day.\nfrom: harbour.ships\ntemplate: tidemill/aggregate\nwith: {measures: {ships: count(*), tons: sum(tons), seals: 'sum(array_length(cargo[safe_offset(0)].seals))'}}\n";
    let mill = quays(&[("datasets/ships.yaml", &view), ("datasets/tons.yaml", reader)]);
    let inputs = &mill.compilation.datasets["harbour_derived.tons_v1"].inputs;
    let shown: Vec<(&str, Reads)> = inputs.iter().map(|input| (input.table.as_str(), input.reads)).collect();
    let same_day = Reads::Days(tidemill::period::Bounds::SAME_DAY);
    assert_eq!(shown, [("quay.north", same_day), ("quay.south", same_day)]);
    mill.run_well(2);
    assert_eq!(mill.rows("FROM harbour_derived.tons_v1"), ["2026-10-01|2|8.5|2", "2026-10-02|3|10.5|NULL"]);
    assert_eq!(mill.rows(&format!("{LEAVES} harbour.ships")), SHIPS);
}

#[test]
fn every_template_reads_a_list_as_one_table() {
    let reader = "dataset: harbour_derived.masters_v1\ndescription: Ships per master.\nfrom: [quay.south, quay.north]\ntemplate: tidemill/aggregate\nwith: {dimensions: [master.name], measures: {ships: count(*)}}\n";
    let mill = quays(&[("datasets/masters.yaml", reader)]);
    mill.run_well(2);
    assert_eq!(
        mill.rows("FROM harbour_derived.masters_v1"),
        ["2026-10-01|Ann|1", "2026-10-01|Di|1", "2026-10-02|Bo|1", "2026-10-02|NULL|2",]
    );
}

/// A matrix of datasets over two countries, and one that reads all of its members.
const COUNTRIES: [(&str, &str); 2] = [
    (
        "datasets/of_country.yaml",
        "for: {country: {de: DE, fr: FR}, busy: [0, 2]}
dataset: harbour_derived.visits_{country}_{busy}_v1
description: Visits of {country} per day.
sql: visits.sql
",
    ),
    (
        "datasets/all.yaml",
        "dataset: harbour_derived.visits_v1
description: Visits of all countries.
from: {each: 'harbour_derived.visits_{country}_{busy}_v1', where: {busy: 0}, columns: [country]}
template: tidemill/union
",
    ),
];

const OWN_SQL: &str = "SELECT @submission_date AS submission_date, COUNT(*) AS visits, {{ (country.id ~ ' of ' ~ country) | literal }} AS label\n\
    FROM `harbour.visits` WHERE day = @submission_date AND country = {{ country.id | literal }} AND searches >= {{ busy }}\n";

#[test]
fn a_matrix_is_read_again_as_one_with_its_axes_as_columns() {
    let [matrix, all] = COUNTRIES;
    let mut mill = harbour(&[matrix, all, ("datasets/visits.sql", OWN_SQL)]);
    for (on, germans) in [(1, 4), (2, 1)] {
        visits(&mill, on, "DE", germans);
        visits(&mill, on, "FR", 2);
    }
    mill.run_well(2);
    // Searches of a country's visits count up from 0, so two less are busy.
    assert_eq!(
        mill.rows("FROM harbour_derived.visits_de_2_v1"),
        ["2026-10-01|2|DE of de", "2026-10-02|0|DE of de"]
    );
    assert_eq!(
        mill.rows("SELECT country, submission_date, visits FROM harbour_derived.visits_v1"),
        ["de|2026-10-01|4", "de|2026-10-02|1", "fr|2026-10-01|2", "fr|2026-10-02|2",]
    );
    // Another member joins: it is built, and the union with it; the other members stay as they are.
    mill.edit("datasets/of_country.yaml", "fr: FR", "fr: FR, it: IT");
    let ran = mill.run_well(2);
    assert_eq!(ran.built("harbour_derived.visits_it_0_v1"), days(1, 2));
    assert_eq!(ran.built("harbour_derived.visits_v1"), days(1, 2));
    assert_eq!(ran.built("harbour_derived.visits_de_0_v1"), []);
    assert_eq!(stale(&ran.plan, "harbour_derived.visits_de_0_v1"), []);
}

/// An application with two channels, and what its pings amount to on all of them.
const APPLICATION: &str = "application: harbour_app
description: Visits as pings.
channels: {release: harbour, beta: harbour_beta}
pings: [visit]
schema: {glean: visit.metrics.yaml}
start: 2026-10-01
";

#[test]
fn pings_of_all_channels_of_an_application_arrive_and_are_read_as_one() {
    use super::visit::{METRICS, METRICS_FILE, visit};
    let searches = "dataset: harbour_derived.searches_v1\ndescription: Searches per channel.\nfrom: {each: '{channel.id}_stable.visit_v1', where: {app: harbour_app}}\ntemplate: tidemill/aggregate\nwith: {dimensions: [app, channel], measures: {searches: sum(metric('sea.searches')), clients: count(distinct client_id)}}\n";
    let mill = Mill::new(&[
        ("datasets/app.yaml", APPLICATION),
        (METRICS_FILE, METRICS),
        ("datasets/searches.yaml", searches),
    ]);
    let beta = |mut line: serde_json::Value| {
        let path = line["path"].as_str().unwrap().replace("/submit/harbour/", "/submit/harbour-beta/");
        line["path"] = path.into();
        line
    };
    mill.ingest(&[
        visit("2026-10-01T08:00:00Z", 1, "a", 1),
        visit("2026-10-01T09:00:00Z", 2, "b", 20),
        beta(visit("2026-10-01T09:00:00Z", 3, "c", 300)),
        beta(visit("2026-10-02T09:00:00Z", 4, "c", 4_000)),
        visit("2026-10-02T09:00:00Z", 5, "a", 50_000),
    ]);
    mill.run_well(2);
    assert_eq!(
        mill.rows("FROM harbour_derived.searches_v1"),
        [
            "2026-10-01|harbour_app|beta|300|1",
            "2026-10-01|harbour_app|release|21|2",
            "2026-10-02|harbour_app|beta|4000|1",
            "2026-10-02|harbour_app|release|50000|1",
        ]
    );
}
