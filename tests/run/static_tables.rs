//! Static tables: written once, joined by value, and part of the definition of what reads them.

use tidemill::diagnostic::Code;
use tidemill::plan::{self, Reason};

use super::harbour::harbour_with_days;
use super::mill::{Mill, days, stale};

const TABLE: &str = "static: reference.countries\n\
    description: Countries by their code.\n\
    file: countries.csv\n\
    key: [code]\n\
    schema: {columns: {code: STRING, name: STRING, people: INT64, share: FLOAT64, area: NUMERIC, \
    joined: DATE, seen: TIMESTAMP, at: DATETIME, opens: TIME, land: BOOL, more: JSON}}\n";
const CSV: &str = "code,name,people,share,area,joined,seen,at,opens,land,more\n\
    DE,Germany,84,0.5,357.592,1958-01-01,2026-10-01T02:00:00+02:00,2026-10-01 08:30:00,08:30:00,true,\"{\"\"a\"\": 1}\"\n\
    FR,,,,,,,,,,\n";
const CSV_FILE: &str = "datasets/countries.csv";

const NAMED: &str = "dataset: harbour_derived.named_v1
description: Visits per day and country name.
sql: |
  SELECT @submission_date AS submission_date, c.name, SUM(d.visits) AS visits
  FROM `harbour_derived.daily_v1` AS d JOIN TABLE AS c ON c.code = d.country
  WHERE d.submission_date = @submission_date
  GROUP BY c.name
";
const NAMED_TABLE: &str = "harbour_derived.named_v1";

const VIEW: &str = "view: reference.named_countries
description: Countries that have a name.
sql: SELECT code, name FROM `reference.countries` WHERE name != ''
";

/// Visits of two days joined with the static table, by its own name or through a view.
fn mill(joined: &str) -> Mill {
    let named = NAMED.replace("TABLE", joined);
    harbour_with_days(
        2,
        &[
            ("datasets/countries.yaml", TABLE),
            (CSV_FILE, CSV),
            ("datasets/named_countries.yaml", VIEW),
            ("datasets/named.yaml", &named),
        ],
    )
}

#[test]
fn rows_stand_with_their_types_and_an_empty_cell_is_null_but_for_texts() {
    let mill = mill("`reference.countries`");
    let ran = mill.run_well(2);
    assert_eq!(ran.built(NAMED_TABLE), days(1, 2));
    assert_eq!(
        mill.rows("FROM reference.countries"),
        [
            "DE|Germany|84|0.5|357.592000000|1958-01-01|2026-10-01 00:00:00|2026-10-01 08:30:00|08:30:00|true|{\"a\":1}",
            "FR||NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
        ]
    );
    assert_eq!(
        mill.rows("FROM harbour_derived.named_v1"),
        ["2026-10-01|Germany|1", "2026-10-01||1", "2026-10-02|Germany|2", "2026-10-02||1"]
    );
}

#[test]
fn a_second_run_writes_nothing_and_a_lost_table_is_written_again() {
    let mill = mill("`reference.countries`");
    mill.run_well(2);
    mill.sql("DELETE FROM reference.countries WHERE code = 'FR'");
    mill.run_well(2);
    // Nobody looked at the rows: the file is what it was.
    assert_eq!(mill.number("SELECT count(*) FROM reference.countries"), 1);
    mill.sql("DROP TABLE reference.countries");
    assert!(mill.run_well(2).plan.tasks.is_empty());
    assert_eq!(mill.number("SELECT count(*) FROM reference.countries"), 2);
}

#[test]
fn a_changed_file_makes_readers_stale_and_the_reason_names_it() {
    for joined in ["`reference.countries`", "`reference.named_countries`"] {
        let mut mill = mill(joined);
        mill.run_well(2);
        let before = mill.compilation.datasets[NAMED_TABLE].hash.clone();
        mill.edit(CSV_FILE, "Germany", "Deutschland");
        assert_ne!(mill.compilation.datasets[NAMED_TABLE].hash, before);
        let plan = mill.due(2);
        assert!(plan.tasks.is_empty(), "{joined}: {:?}", plan.tasks);
        assert_eq!(stale(&plan, NAMED_TABLE), days(1, 2), "{joined}");
        assert_eq!(plan.stale[0].reason, Reason::RowsChanged(vec!["reference.countries".to_owned()]));
        assert!(plan::render(&plan).contains("(the definition changed: other rows in reference.countries)"));
        mill.backfill(1, 2, NAMED_TABLE);
        assert_eq!(
            mill.number("SELECT sum(visits) FROM harbour_derived.named_v1 WHERE name = 'Deutschland'"),
            3
        );
        assert_eq!(stale(&mill.due(2), NAMED_TABLE), []);
    }
}

#[test]
fn a_file_in_other_words_changes_nothing() {
    let mut mill = mill("`reference.countries`");
    mill.run_well(2);
    let before = mill.compilation.datasets[NAMED_TABLE].hash.clone();
    mill.edit(CSV_FILE, "DE,Germany,84,0.5", "\"DE\",Germany,+84,5e-1");
    assert_eq!(mill.compilation.datasets[NAMED_TABLE].hash, before);
}

#[test]
fn a_table_that_something_else_fills_is_not_overwritten() {
    let mill = mill("`reference.countries`");
    mill.sql("CREATE SCHEMA reference; CREATE TABLE reference.countries AS SELECT 1 AS one");
    let refused = mill.prepare().refused;
    assert_eq!(refused["reference.countries"].code, Code::NeedsNewVersion);
    assert_eq!(mill.rows("FROM reference.countries"), ["1"]);
}
