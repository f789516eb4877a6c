//! Which changes of rows a rebuild sees: those of floats, and of columns called as ours are.

use super::mill::{Mill, day};

const LEVELS: &str = "source: harbour.levels
kind: table
description: How high the water stands.
schema: {columns: {day: DATE, place: STRING, level: FLOAT64}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

const COPY: &str = "dataset: harbour_derived.levels_v1
description: The same.
sql: SELECT @submission_date AS submission_date, place, level FROM `harbour.levels` WHERE day = @submission_date
";

const TABLE: &str = "harbour_derived.levels_v1";
const ROWS: &str = "SELECT place, level FROM harbour_derived.levels_v1";

/// One day of levels, built.
fn mill(levels: &str) -> Mill {
    let mill = Mill::new(&[("datasets/source.yaml", LEVELS), ("datasets/copy.yaml", COPY)]);
    mill.sql("CREATE SCHEMA harbour; CREATE TABLE harbour.levels (day DATE, place VARCHAR, level DOUBLE)");
    fill(&mill, levels);
    mill.run_well(1);
    mill
}

fn fill(mill: &Mill, levels: &str) {
    mill.sql(&format!(
        "DELETE FROM harbour.levels;
         INSERT INTO harbour.levels SELECT DATE '{}', place, level FROM (VALUES {levels}) AS v (place, level)",
        day(1)
    ));
}

#[test]
fn a_column_may_be_called_day() {
    let mut mill = mill("('a', 1.0::DOUBLE)");
    mill.edit("datasets/copy.yaml", "SELECT", "SELECT DATE_ADD(day, INTERVAL 1 DAY) AS day,");
    mill.edit("datasets/copy.yaml", "sql:", "partition_by: submission_date\nsql:");
    mill.run_well(1);
    fill(&mill, "('a', 2.0::DOUBLE)");
    mill.run_well(1);
    assert_eq!(mill.rows(&format!("SELECT day, level FROM {TABLE}")), ["2026-10-02|2.0"]);
}

#[test]
fn floats_that_swap_rows_are_a_change() {
    let mill = mill("('a', 1.0::DOUBLE), ('b', 2.0)");
    fill(&mill, "('a', 2.0::DOUBLE), ('b', 1.0)");
    mill.run_well(1);
    assert_eq!(mill.rows(ROWS), ["a|2.0", "b|1.0"]);
    assert_eq!(mill.record(TABLE, 1).data_version, 2);
}

#[test]
fn an_infinity_hides_no_change() {
    let mill = mill("('a', 'inf'::DOUBLE), ('b', 2.0)");
    for (version, levels, rows) in [
        (2, "('a', 'inf'::DOUBLE), ('b', 3.0)", ["a|inf", "b|3.0"]),
        (3, "('a', '-inf'::DOUBLE), ('b', 3.0)", ["a|-inf", "b|3.0"]),
        (4, "('a', 'nan'::DOUBLE), ('b', 3.0)", ["a|nan", "b|3.0"]),
        (5, "('a', NULL::DOUBLE), ('b', 3.0)", ["a|NULL", "b|3.0"]),
    ] {
        fill(&mill, levels);
        mill.run_well(1);
        assert_eq!(mill.rows(ROWS), rows);
        assert_eq!(mill.record(TABLE, 1).data_version, version);
    }
}

#[test]
fn floats_within_the_noise_are_replaced_and_keep_their_version() {
    let mill = mill("('a', 1.0::DOUBLE), ('b', 2.0)");
    fill(&mill, "('a', 1.0000000000000002::DOUBLE), ('b', 2.0)");
    mill.run_well(1);
    assert_eq!(mill.rows(ROWS), ["a|1.0000000000000002", "b|2.0"]);
    assert_eq!(mill.record(TABLE, 1).data_version, 1);
}
