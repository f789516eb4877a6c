//! Joins under `from`: what they give, and that a cardinality that does not hold blocks the partition.

use super::harbour::{harbour, visits};
use super::mill::{Mill, days};

const DUES: &str = "source: harbour.dues
kind: table
description: What visitors of a country pay on a day.
schema: {columns: {day: DATE, country: STRING, searches: INT64, due: INT64}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

const COUNTRIES: &str = "source: harbour.countries
kind: table
description: Names of countries.
schema: {columns: {country: STRING, name: STRING}}
partition_by: none
start: 2026-10-01
";

const PAID: &str = "dataset: harbour_derived.paid_v1
description: Visits and dues per country.
from:
  - harbour.visits
  - table: harbour.dues
    as: dues
    join: {type: left, on: [day, country], cardinality: many_to_one}
  - table: harbour.countries
    join: {type: inner, on: [country], cardinality: many_to_one}
template: tidemill/aggregate
with:
  dimensions: [country, name]
  measures: {visits: count(*), searches: sum(searches), due: sum(dues.due), marked: sum(dues.searches)}
";

const PAID_TABLE: &str = "harbour_derived.paid_v1";
const PAID_FILE: &str = "datasets/paid.yaml";

fn paying() -> Mill {
    let mill =
        harbour(&[("datasets/dues.yaml", DUES), ("datasets/countries.yaml", COUNTRIES), (PAID_FILE, PAID)]);
    mill.sql(
        "CREATE TABLE harbour.dues (day DATE, country VARCHAR, searches BIGINT, due BIGINT);
         CREATE TABLE harbour.countries (country VARCHAR, name VARCHAR);
         INSERT INTO harbour.countries VALUES ('DE', 'Germany'), ('FR', 'France'), (NULL, 'Nowhere'), (NULL, 'Atlantis');
         INSERT INTO harbour.dues VALUES (DATE '2026-10-01', 'DE', 100, 7), (DATE '2026-10-02', 'DE', 100, 9),
           (DATE '2026-10-02', 'IT', 100, 1)",
    );
    for on in [1, 2] {
        visits(&mill, on, "DE", 3);
        visits(&mill, on, "FR", 1);
        visits(&mill, on, "IT", 5);
    }
    mill
}

#[test]
fn a_left_join_keeps_rows_that_meet_none_and_an_inner_join_does_not() {
    let mill = paying();
    mill.run_well(2);
    // Searches of three visits are 0, 1 and 2. Italy has no name; France pays nothing.
    assert_eq!(
        mill.rows(&format!("FROM {PAID_TABLE}")),
        [
            "2026-10-01|DE|Germany|3|3|21|300",
            "2026-10-01|FR|France|1|0|NULL|NULL",
            "2026-10-02|DE|Germany|3|3|27|300",
            "2026-10-02|FR|France|1|0|NULL|NULL",
        ]
    );
}

#[test]
fn a_day_of_each_side_is_read_and_a_whole_table_whole() {
    use tidemill::compile::Reads;
    let mill = paying();
    let inputs = &mill.compilation.datasets[PAID_TABLE].inputs;
    let same_day = Reads::Days(tidemill::period::Bounds::SAME_DAY);
    let shown: Vec<(&str, Reads)> = inputs.iter().map(|input| (input.table.as_str(), input.reads)).collect();
    assert_eq!(
        shown,
        [("harbour.countries", Reads::Whole), ("harbour.dues", same_day), ("harbour.visits", same_day)]
    );
}

#[test]
fn a_key_that_occurs_twice_blocks_its_partition_and_no_other() {
    let mill = paying();
    mill.sql(
        "INSERT INTO harbour.dues VALUES (DATE '2026-10-02', 'DE', 1, 1), (DATE '2026-10-02', 'DE', 2, 1)",
    );
    let ran = mill.run(2);
    assert_eq!(ran.built(PAID_TABLE), days(1, 1));
    assert_eq!(
        ran.failure(PAID_TABLE, 2),
        "the join is not many_to_one: in harbour.dues 1 key occurs more than once by (day, country), in 3 rows, \
         for example {\"day\":\"2026-10-02\",\"country\":\"DE\"}"
    );
    assert_eq!(mill.number(&format!("SELECT COUNT(*) FROM {PAID_TABLE}")), 2);
    // Once the rows are mended, the partition is built.
    mill.sql("DELETE FROM harbour.dues WHERE searches < 100");
    assert_eq!(mill.run_well(2).built(PAID_TABLE), days(2, 2));
}

#[test]
fn one_to_one_holds_the_first_table_to_it_too() {
    let mut mill = paying();
    mill.edit(
        PAID_FILE,
        "on: [day, country], cardinality: many_to_one",
        "on: [day, country], cardinality: one_to_one",
    );
    let ran = mill.run(1);
    // Three visits from Germany and five from Italy.
    assert_eq!(
        ran.failure(PAID_TABLE, 1),
        "the join is not one_to_one: in harbour.visits 2 keys occur more than once by (day, country), in 8 rows, \
         for example {\"day\":\"2026-10-01\",\"country\":\"DE\"}"
    );
    mill.sql("DELETE FROM harbour.visits WHERE searches > 0");
    let ran = mill.run_well(1);
    assert_eq!(ran.built(PAID_TABLE), days(1, 1));
    assert_eq!(mill.rows(&format!("SELECT country, visits, due FROM {PAID_TABLE}")), ["DE|1|7", "FR|1|NULL"]);
}

#[test]
fn own_sql_reads_a_join_as_one_table() {
    let own = "dataset: harbour_derived.names_v1
description: Visits by the name of the country.
from:
  - harbour.visits
  - {table: harbour.countries, join: {on: [country], cardinality: many_to_one}}
sql: |
  SELECT @submission_date AS submission_date, {{ column('name') }} AS name, COUNT(*) AS visits
  FROM {{ from }} AS visits
  WHERE {{ from_day }} = @submission_date
  GROUP BY name
";
    let mut mill = paying();
    mill.write("datasets/names.yaml", own);
    mill.run_well(1);
    assert_eq!(
        mill.rows("FROM harbour_derived.names_v1"),
        ["2026-10-01|France|1", "2026-10-01|Germany|3", "2026-10-01|NULL|5"]
    );
}

#[test]
fn columns_of_two_names_are_checked_by_each_side_s_own() {
    let countries = COUNTRIES.replace("country: STRING", "code: STRING");
    let named = "dataset: harbour_derived.named_v1
description: Visits by the name of the country.
from:
  - harbour.visits
  - table: harbour.countries
    join: {on: [country: code], cardinality: one_to_one}
template: tidemill/aggregate
with: {dimensions: [country, name], measures: {visits: count(*)}}
";
    let mut mill = harbour(&[("datasets/countries.yaml", &countries), ("datasets/named.yaml", named)]);
    mill.sql(
        "CREATE TABLE harbour.countries (code VARCHAR, name VARCHAR);
         INSERT INTO harbour.countries VALUES ('DE', 'Germany'), ('DE', 'Allemagne'), ('FR', 'France');",
    );
    visits(&mill, 1, "DE", 3);
    visits(&mill, 1, "FR", 1);
    assert_eq!(
        mill.run(1).failure("harbour_derived.named_v1", 1),
        "the join is not one_to_one: in harbour.countries 1 key occurs more than once by (code), in 2 rows, \
         for example {\"code\":\"DE\"}; the join is not one_to_one: in harbour.visits 1 key occurs more than \
         once by (country), in 3 rows, for example {\"country\":\"DE\"}"
    );
    mill.sql("DELETE FROM harbour.countries WHERE name = 'Allemagne'");
    mill.edit("datasets/named.yaml", "one_to_one", "many_to_one");
    mill.run_well(1);
    assert_eq!(
        mill.rows("SELECT country, name, visits FROM harbour_derived.named_v1"),
        ["DE|Germany|3", "FR|France|1"]
    );
}
