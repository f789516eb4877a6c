//! Functions are part of the definition of what calls them: directly, through other functions, through views.

use super::harbour::harbour_with_days;
use super::mill::{Mill, days, stale};

const WEIGHT: &str = "function: harbour.weight
description: What visits from a country count.
arguments: {country: STRING, visits: INT64}
body: IF(country = 'DE', visits * 10, visits)
";
const WEIGHT_FILE: &str = "datasets/weight.yaml";

const THROUGH: &str = "function: harbour.weight_plus
description: What visits count, and one more.
arguments: {country: STRING, visits: INT64}
body: harbour.weight(country, visits) + 1
";

const VIEW: &str = "view: harbour_derived.weighted
description: Days with the weight of their visits.
sql: SELECT submission_date, harbour.weight(country, visits) AS weight FROM `harbour_derived.daily_v1`
";

const SUMMED: &str = "dataset: harbour_derived.summed_v1
description: The weight of a day.
sql: |
  SELECT @submission_date AS submission_date, SUM(WEIGHT) AS weight
  FROM TABLE
  WHERE submission_date = @submission_date
";
const SUMMED_TABLE: &str = "harbour_derived.summed_v1";

/// A dataset that adds up a weight of a table; with visits of two days.
fn mill(weight: &str, table: &str) -> Mill {
    let summed = SUMMED.replace("WEIGHT", weight).replace("TABLE", table);
    harbour_with_days(
        2,
        &[
            (WEIGHT_FILE, WEIGHT),
            ("datasets/weight_plus.yaml", THROUGH),
            ("datasets/weighted.yaml", VIEW),
            ("datasets/summed.yaml", &summed),
        ],
    )
}

/// Changes the function that the dataset comes to; its days are stale, and hold the new values once rebuilt.
fn changes(weight: &str, table: &str, before: [&str; 2], after: [&str; 2]) {
    let mut mill = mill(weight, table);
    mill.run_well(2);
    let rows = "SELECT submission_date, weight FROM harbour_derived.summed_v1";
    assert_eq!(mill.rows(rows), before);
    let hash = mill.compilation.datasets[SUMMED_TABLE].hash.clone();
    // Other words for the same function change nothing.
    mill.edit(
        WEIGHT_FILE,
        "body: IF(country = 'DE', visits * 10, visits)",
        "body: if( country='DE' , visits*10, visits )",
    );
    mill.edit(WEIGHT_FILE, "What visits from a country count.", "The weight of visits.");
    assert_eq!(mill.compilation.datasets[SUMMED_TABLE].hash, hash);
    mill.edit(WEIGHT_FILE, "visits*10", "visits*100");
    let plan = mill.due(2);
    assert_eq!(stale(&plan, SUMMED_TABLE), days(1, 2));
    assert_eq!(stale(&plan, "harbour_derived.daily_v1"), []);
    mill.backfill(1, 2, SUMMED_TABLE);
    assert_eq!(mill.rows(rows), after);
}

#[test]
fn a_changed_function_makes_its_callers_stale() {
    let weight = "harbour.weight(country, visits)";
    let table = "`harbour_derived.daily_v1`";
    // On day n there are n visits from DE and one from FR.
    changes(weight, table, ["2026-10-01|11", "2026-10-02|21"], ["2026-10-01|101", "2026-10-02|201"]);
}

#[test]
fn a_changed_function_makes_callers_of_its_callers_stale() {
    let weight = "harbour.weight_plus(country, visits)";
    let table = "`harbour_derived.daily_v1`";
    changes(weight, table, ["2026-10-01|13", "2026-10-02|23"], ["2026-10-01|103", "2026-10-02|203"]);
}

#[test]
fn a_changed_function_makes_readers_of_views_that_call_it_stale() {
    let table = "`harbour_derived.weighted`";
    changes("weight", table, ["2026-10-01|11", "2026-10-02|21"], ["2026-10-01|101", "2026-10-02|201"]);
}

#[test]
fn a_check_calls_a_function() {
    let mut mill = mill("harbour.weight(country, visits)", "`harbour_derived.daily_v1`");
    mill.edit(
        "datasets/summed.yaml",
        "description: The weight of a day.",
        "description: The weight of a day.\nchecks: [\"holds(harbour.weight('DE', weight) < 150)\"]",
    );
    let ran = mill.run(2);
    assert_eq!(ran.built(SUMMED_TABLE), days(1, 1));
    assert!(ran.failure(SUMMED_TABLE, 2).contains("harbour.weight"), "{}", ran.failure(SUMMED_TABLE, 2));
}
