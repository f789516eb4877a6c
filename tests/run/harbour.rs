//! The small project of most tests: a table of visits that something else fills, counted per day and
//! country, and those counts added up.

use super::mill::{Mill, day};

pub const VISITS: &str = "source: harbour.visits
kind: table
description: Visits, written by something else.
schema: {columns: {day: DATE, client_id: STRING, country: STRING, searches: INT64}}
partition_by: {column: day, every: day}
start: 2026-10-01
";

pub const DAILY: &str = "dataset: harbour_derived.daily_v1
description: Visits per day and country.
sql: |
  SELECT
    @submission_date AS submission_date,
    country,
    COUNT(*) AS visits,
    SUM(searches) AS searches
  FROM
    `harbour.visits`
  WHERE
    day = @submission_date
  GROUP BY
    country
";

pub const TOTALS: &str = "dataset: harbour_derived.totals_v1
description: Visits per day.
sql: |
  SELECT @submission_date AS submission_date, SUM(visits) AS visits
  FROM `harbour_derived.daily_v1`
  WHERE submission_date = @submission_date
";

pub const DAILY_FILE: &str = "datasets/daily.yaml";
pub const TOTALS_FILE: &str = "datasets/totals.yaml";
pub const DAILY_TABLE: &str = "harbour_derived.daily_v1";
pub const TOTALS_TABLE: &str = "harbour_derived.totals_v1";

/// The project with an empty table of visits.
pub fn harbour(more: &[(&str, &str)]) -> Mill {
    let mut files = vec![("datasets/visits.yaml", VISITS), (DAILY_FILE, DAILY), (TOTALS_FILE, TOTALS)];
    files.extend(more);
    let mill = Mill::new(&files);
    mill.sql(
        "CREATE SCHEMA harbour;
         CREATE TABLE harbour.visits (day DATE, client_id VARCHAR, country VARCHAR, searches BIGINT)",
    );
    mill
}

/// The project with visits on the first days: on day `n` `n` of them from DE and one from FR.
pub fn harbour_with_days(last: i32, more: &[(&str, &str)]) -> Mill {
    let mill = harbour(more);
    for number in 1..=last {
        visits(&mill, number, "DE", number);
        visits(&mill, number, "FR", 1);
    }
    mill
}

/// Adds visits from a country on a day.
pub fn visits(mill: &Mill, on: i32, country: &str, count: i32) {
    mill.sql(&format!(
        "INSERT INTO harbour.visits SELECT DATE '{}', 'client-' || i, '{country}', i FROM range({count}) AS r(i)",
        day(on)
    ));
}
