//! A declared parameter is part of the definition: its value decides the rows, and makes them stale.

use tidemill::compile::compile_for;
use tidemill::definition::read_project;
use tidemill::period::Bounds;

use super::harbour::harbour_with_days;
use super::mill::{PROJECT, days, stale, write};

const FREQUENT: &str = "dataset: harbour_derived.frequent_v1
description: Countries with enough visits.
parameters: {least: {type: INT64, value: 2, targets: {prod: 3}}, back: {type: INT64, value: 1}}
sql: |
  SELECT @submission_date AS submission_date, country, SUM(visits) AS visits
  FROM `harbour_derived.daily_v1`
  WHERE submission_date BETWEEN DATE_SUB(@submission_date, INTERVAL @back DAY) AND @submission_date
  GROUP BY country
  HAVING visits >= @least
";
const FREQUENT_FILE: &str = "datasets/frequent.yaml";
const FREQUENT_TABLE: &str = "harbour_derived.frequent_v1";

#[test]
fn a_changed_value_makes_partitions_stale_and_bounds_what_is_read() {
    let frequent = FREQUENT.replace(", targets: {prod: 3}", "");
    let mut mill = harbour_with_days(3, &[(FREQUENT_FILE, &frequent)]);
    let reads = &mill.compilation.datasets[FREQUENT_TABLE].inputs[0].reads;
    assert_eq!(format!("{reads:?}"), format!("Days({:?})", Bounds::days(Some(-1), 0)));
    mill.run_well(3);
    let rows = "SELECT submission_date, country, visits FROM harbour_derived.frequent_v1";
    // On day n there are n visits from DE and one from FR, and the day before counts too.
    let expected = ["2026-10-02|DE|3", "2026-10-02|FR|2", "2026-10-03|DE|5", "2026-10-03|FR|2"];
    assert_eq!(mill.rows(rows), expected);
    mill.edit(FREQUENT_FILE, "value: 2}", "value: 3}");
    assert_eq!(stale(&mill.due(3), FREQUENT_TABLE), days(1, 3));
    mill.backfill(1, 3, FREQUENT_TABLE);
    assert_eq!(mill.rows(rows), ["2026-10-02|DE|3", "2026-10-03|DE|5"]);
    mill.edit(FREQUENT_FILE, "type: INT64, value: 3", "type: FLOAT64, value: 3");
    assert_eq!(stale(&mill.due(3), FREQUENT_TABLE), days(1, 3));
}

#[test]
fn the_hash_is_that_of_the_target_and_the_generated_files_are_the_same() {
    let mill = harbour_with_days(1, &[]);
    let two = PROJECT.replace("defaults:", "  prod: {engine: duckdb, path: prod.duckdb}\ndefaults:");
    write(mill.folder.path(), "tidemill.yaml", &two);
    write(mill.folder.path(), FREQUENT_FILE, FREQUENT);
    let (files, _) = read_project(mill.folder.path()).unwrap();
    let of = |target| compile_for(&files, target).0.unwrap();
    let hash = |target| of(target).datasets[FREQUENT_TABLE].hash.clone();
    assert_eq!(hash(None), hash(Some("dev")));
    assert_ne!(hash(None), hash(Some("prod")));
    assert!(of(None).generated == of(Some("prod")).generated);
    let others = |target| of(target).datasets["harbour_derived.daily_v1"].hash.clone();
    assert_eq!(others(None), others(Some("prod")));
}

#[test]
fn a_literal_that_looks_like_translated_sql_is_a_literal() {
    let quoted = "dataset: harbour_derived.quoted_v1
description: Texts that look like what translation writes.
sql: |
  SELECT
    @submission_date AS submission_date,
    'CAST($2 AS' AS parameter,
    '/*table*/\"harbour_derived\".\"daily_v1\" it\\'s $1' AS table_name,
    SUM(visits) AS visits
  FROM `harbour_derived.daily_v1`
  WHERE submission_date = @submission_date
";
    let mill = harbour_with_days(1, &[("datasets/quoted.yaml", quoted)]);
    mill.run_well(1);
    assert_eq!(
        mill.rows("SELECT parameter, table_name, visits FROM harbour_derived.quoted_v1"),
        ["CAST($2 AS|/*table*/\"harbour_derived\".\"daily_v1\" it's $1|2"]
    );
}
