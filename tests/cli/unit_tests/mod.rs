//! `tidemill test`: files of tests/, run in memory.

mod failing;
mod files;
mod holding;
mod parameters;
mod rows;

use crate::project::TestProject;

/// Visits per day and person, and how many days in a row somebody came.
const VISITS: &[(&str, &str)] = &[
    (
        "datasets/visits.yaml",
        "
        source: shop.visits_v1
        kind: table
        description: Visits of a shop.
        start: 2026-11-20
        partition_by: {column: day, every: day}
        schema:
          columns:
            day: DATE
            person: STRING
            at: TIMESTAMP
            place: STRUCT<country STRING, city STRUCT<name STRING, size INT64>>
            tags: ARRAY<STRING>
            spent: NUMERIC
        ",
    ),
    (
        "datasets/streaks.yaml",
        "
        dataset: shop_derived.streaks_v1
        description: Days in a row on which a person came, and those before that with another number.
        partition_by: {column: day, every: day}
        reads_self: {last: 1 day}
        parameters: {least: {type: INT64, value: 1}}
        checks: [unique(person)]
        sql: |
          WITH today AS (
            SELECT person, COUNT(*) AS visits, SUM(spent) AS spent, MAX(place.city.size) AS largest
            FROM shop.visits_v1
            WHERE day = @submission_date
            GROUP BY person
            HAVING COUNT(*) >= @least
          ),
          before AS (
            SELECT person, streak
            FROM shop_derived.streaks_v1
            WHERE day = DATE_SUB(@submission_date, INTERVAL 1 DAY)
          )
          SELECT
            @submission_date AS day, today.person, today.visits, today.spent, today.largest,
            COALESCE(before.streak, 0) + 1 AS streak
          FROM today LEFT JOIN before USING (person)
        ",
    ),
    (
        "datasets/people.yaml",
        "
        view: shop.people
        description: Who ever came, with their longest streak.
        sql: SELECT person, MAX(streak) AS longest FROM shop_derived.streaks_v1 GROUP BY person
        ",
    ),
    (
        "datasets/half.yaml",
        "
        function: shop.half
        description: Half of a number.
        arguments: {x: INT64}
        body: x / 2
        ",
    ),
];

fn project(files: &[(&str, &str)]) -> TestProject {
    let project = TestProject::with(VISITS);
    files.iter().for_each(|(path, text)| project.file(path, text));
    project
}
