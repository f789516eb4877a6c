//! A dataset that was written for BigQuery alone: a project stands before the names of tables, functions before the query, and
//! the rows of its tests have columns of every type.

use insta::assert_snapshot;

use crate::project::TestProject;

const PORTED: &[(&str, &str)] = &[
    (
        "datasets/main.yaml",
        "
        source: telemetry_stable.main_v5
        kind: table
        description: Pings.
        start: 2020-01-01
        partition_by: {column: submission_timestamp, every: day}
        schema:
          columns:
            submission_timestamp: TIMESTAMP
            client_id: STRING
            price: NUMERIC
            raw: BYTES
            extra: JSON
            local: DATETIME
            rate: FLOAT64
            metadata: STRUCT<geo STRUCT<country STRING, city STRING>>
            payload: STRUCT<keyed ARRAY<STRUCT<key STRING, value INT64>>>
        ",
    ),
    (
        "datasets/clients_daily.yaml",
        "
        dataset: telemetry_derived.clients_daily_v6
        description: A row for each client and day.
        partition_by: {column: submission_date, every: day}
        sql: |
          CREATE TEMP FUNCTION mode_last(list ANY TYPE) AS (
            (
              SELECT _value FROM UNNEST(list) AS _value WITH OFFSET AS _offset
              GROUP BY _value ORDER BY COUNT(_value) DESC, MAX(_offset) DESC LIMIT 1
            )
          );
          SELECT
            DATE(submission_timestamp) AS submission_date,
            client_id,
            mode_last(ARRAY_AGG(metadata.geo.country ORDER BY submission_timestamp)) AS country,
            SUM(price) AS price,
            MAX(raw) AS raw,
            MAX(JSON_VALUE(extra.a)) AS a,
            MAX(submission_timestamp) AS last_seen,
            AVG(rate) AS rate,
            ARRAY_CONCAT_AGG(payload.keyed ORDER BY submission_timestamp) AS keyed,
            MAX(local) AS local,
            COUNT(*) AS pings
          FROM `moz-fx-data-shared-prod.telemetry_stable.main_v5`
          WHERE DATE(submission_timestamp) = @submission_date
          GROUP BY 1, 2
        ",
    ),
    (
        "tests/clients_daily.yaml",
        "
        dataset: telemetry_derived.clients_daily_v6
        tests:
          - name: sparse rows of all types
            parameters: {submission_date: 2026-11-20}
            given:
              moz-fx-data-shared-prod.telemetry_stable.main_v5:
                - submission_timestamp: 2026-11-20 10:00:00.123456
                  client_id: a
                  price: 1.10
                  raw: 3q0=
                  extra: {a: x}
                  rate: 0.1
                  metadata: {geo: {country: DE}}
                  payload: {keyed: [{key: one, value: 1}]}
                  local: 2026-11-20T10:00:00.5
                - {submission_timestamp: 2026-11-20T11:00:00Z, client_id: a, price: '2.20', rate: 0.2}
                - {submission_timestamp: 2026-11-20 12:00:00 UTC, client_id: a, rate: 1}
            expect:
              - submission_date: 2026-11-20
                client_id: a
                country: DE
                price: 3.3
                raw: 3q0=
                a: x
                last_seen: 2026-11-20 12:00:00
                rate: 0.43333333333333335
                keyed: [{key: one, value: 1}]
                local: 2026-11-20 10:00:00.500
                pings: 3
        ",
    ),
];

#[test]
fn a_project_may_stand_before_the_names_of_tables() {
    let project = TestProject::with(PORTED);
    assert_snapshot!(project.refused("test"), @r#"
    exit code: 0
    ----- stdout -----
    1 test passed
    ----- stderr -----
    "#);
}
