//! Macros are part of what they write: a changed one makes stale what imports it, another wording does not.

use super::harbour::harbour_with_days;
use super::mill::{days, stale};

const MACROS: &str = "{% macro weight(country) -%}\nIF({{ country }} = 'DE', 10, 1)\n{%- endmacro %}\n";
const MACROS_FILE: &str = "templates/macros/weights.sql";

const SUMMED: &str = "dataset: harbour_derived.summed_v1
description: The weight of a day.
sql: |
  {% from 'macros/weights.sql' import weight %}
  SELECT @submission_date AS submission_date, SUM({{ weight('country') }}) AS weight
  FROM `harbour_derived.daily_v1`
  WHERE submission_date = @submission_date
";
const SUMMED_TABLE: &str = "harbour_derived.summed_v1";

#[test]
fn a_changed_macro_makes_what_imports_it_stale() {
    let mut mill = harbour_with_days(2, &[(MACROS_FILE, MACROS), ("datasets/summed.yaml", SUMMED)]);
    mill.run_well(2);
    let rows = "SELECT submission_date, weight FROM harbour_derived.summed_v1";
    assert_eq!(mill.rows(rows), ["2026-10-01|11", "2026-10-02|11"]);
    mill.edit(MACROS_FILE, "{% macro", "{# What a country counts. #}\n{% macro");
    mill.edit(MACROS_FILE, "IF(", "if  (");
    assert_eq!(stale(&mill.due(2), SUMMED_TABLE), []);
    mill.edit(MACROS_FILE, "10, 1", "100, 1");
    let plan = mill.due(2);
    assert_eq!(stale(&plan, SUMMED_TABLE), days(1, 2));
    assert_eq!(stale(&plan, "harbour_derived.daily_v1"), []);
    mill.backfill(1, 2, SUMMED_TABLE);
    assert_eq!(mill.rows(rows), ["2026-10-01|101", "2026-10-02|101"]);
}
