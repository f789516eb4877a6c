//! Wildcard tables: a source with a table for each day, `events_*`, from its definition to its rows, and tables that are
//! declared one by one and read together.

use insta::assert_snapshot;

use crate::project::TestProject;

const EVENTS: &str = "
    source: web.events_*
    kind: web
    description: What visitors of the website do, event by event.
    schema: {web: analytics}
    start: 2026-11-20
    ";

/// The day itself and the one before, one of its two shards while it is still written.
const PAGES: &str = "
    dataset: web_derived.pages_v1
    description: Views of a day and the one before.
    sql: |
      SELECT
        @submission_date AS submission_date,
        _TABLE_SUFFIX AS shard,
        COUNT(*) AS views
      FROM
        `web.events_*`
      WHERE
        _TABLE_SUFFIX BETWEEN FORMAT_DATE('%Y%m%d', DATE_SUB(@submission_date, INTERVAL 1 DAY))
        AND FORMAT_DATE('%Y%m%d', @submission_date)
        AND event_name = 'page_view'
      GROUP BY
        shard
    ";

const COUNTRIES: &str = "
    dataset: web_derived.countries_v1
    description: Events of a day by country.
    from: web.events_*
    template: tidemill/aggregate
    with:
      dimensions: [country: geo.country]
      measures: {events: count(*)}
    ";

pub fn project() -> TestProject {
    TestProject::with(&[("datasets/events.yaml", EVENTS), ("datasets/pages.yaml", PAGES)])
}

fn event(day: &str, name: &str) -> String {
    format!("{{\"event_date\": \"{day}\", \"event_name\": \"{name}\", \"user_pseudo_id\": \"1.2\"}}\n")
}

/// A dataset over the wildcard with a condition of its own.
fn reading(from: &str, condition: &str) -> String {
    format!(
        "dataset: web_derived.read_v1\ndescription: Events.\nsql: |\n  SELECT @submission_date AS submission_date, COUNT(*) AS events\n  FROM {from}\n  WHERE {condition}\n"
    )
}

#[test]
fn the_days_of_the_shards_that_are_read_follow_from_the_suffix() {
    let project = project();
    project.file("datasets/countries.yaml", COUNTRIES);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    2 sources, 4 datasets, 1 view: generated/ written, 12 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    let head = |path: &str| {
        let text = project.read(path);
        text.lines().filter(|line| line.starts_with("-- Reads")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        head("generated/web_derived/pages_v1/query.sql"),
        "-- Reads: web.events_*, the day before to the day."
    );
    assert_snapshot!(project.read("generated/web_derived/countries_v1/query.sql"), @r#"
    -- web_derived.countries_v1
    --
    -- Events of a day by country.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Reads: web.events_*, the same day.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      geo.country AS country,
      count(*) AS events,
    FROM
      `web.events_*`
    WHERE
      _TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', @submission_date)
    GROUP BY
      country
    "#);
    // A shard has the columns of the export and no other one.
    let schema = project.read("generated/web/events_YYYYMMDD/schema.json");
    assert!(schema.contains("\"event_date\"") && !schema.contains("_TABLE_SUFFIX"), "{schema}");
}

#[test]
fn other_ways_to_name_days_are_understood_or_refused() {
    let today = "FORMAT_DATE('%Y%m%d', @submission_date)";
    for condition in [
        format!("_TABLE_SUFFIX = {today}"),
        format!("_TABLE_SUFFIX IN ({today}, CONCAT('intraday_', {today}))"),
        format!("_TABLE_SUFFIX = {today} OR _TABLE_SUFFIX = 'intraday_' || {today}"),
        format!(
            "_TABLE_SUFFIX >= {today} AND _TABLE_SUFFIX < FORMAT_DATE('%Y%m%d', DATE_ADD(@submission_date, INTERVAL 1 DAY))"
        ),
        "PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) = @submission_date".to_owned(),
        "SAFE.PARSE_DATE('%Y%m%d', REGEXP_EXTRACT(_TABLE_SUFFIX, r'[0-9]+')) = @submission_date".to_owned(),
        format!("REPLACE(_TABLE_SUFFIX, 'intraday_', '') = {today}"),
        "_TABLE_SUFFIX = FORMAT_TIMESTAMP('%Y%m%d', @partition_start)".to_owned(),
    ] {
        let project = project();
        project.file("datasets/read.yaml", &reading("`web.events_*`", &condition));
        let told = project.run("compile");
        assert!(told.starts_with("exit code: 0"), "{condition}\n{told}");
        let query = project.read("generated/web_derived/read_v1/query.sql");
        assert!(query.contains("-- Reads: web.events_*, the same day."), "{condition}\n{query}");
    }
    for condition in [
        "TRUE",
        "_TABLE_SUFFIX = FORMAT_DATE('%Y-%m-%d', @submission_date)",
        "_TABLE_SUFFIX = CAST(@submission_date AS STRING)",
        "_TABLE_SUFFIX >= FORMAT_DATE('%Y%m%d', @submission_date)",
        "SUBSTR(_TABLE_SUFFIX, 1, 6) = FORMAT_DATE('%Y%m', @submission_date)",
        "_TABLE_SUFFIX BETWEEN '20260101' AND '20260131'",
    ] {
        let project = project();
        project.file("datasets/read.yaml", &reading("`web.events_*`", condition));
        let told = project.run("compile");
        assert!(told.contains("error[TM0205]"), "{condition}\n{told}");
    }
    let project = project();
    project.file("datasets/read.yaml", &reading("`web.events_*`", "TRUE"));
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0205]: the read of `web.events_*` is not bounded by the partition
     --> datasets/read.yaml:5:8
      |
    5 |   FROM `web.events_*`
      |        ^^^^^^^^^^^^^^
      |
      = note: compiled: generated/web_derived/read_v1/query.sql:11:6
      = hint: compare `_TABLE_SUFFIX` with FORMAT_DATE('%Y%m%d', @submission_date) in WHERE, or state `reads: {web.events_*: {last: 28 days}}`

    1 error; `tidemill explain TM0205` says more
    "#);
}

#[test]
fn a_view_may_make_a_day_of_the_suffix() {
    let project = project();
    project.file(
        "datasets/by_day.yaml",
        "
        view: web.by_day
        description: Events with their day.
        sql: SELECT PARSE_DATE('%Y%m%d', _TABLE_SUFFIX) AS day, event_name FROM `web.events_*`
        ",
    );
    project.file(
        "datasets/read.yaml",
        "
        dataset: web_derived.read_v1
        description: Events of a day by name.
        from: web.by_day
        template: tidemill/aggregate
        with: {dimensions: [event_name], measures: {events: count(*)}}
        ",
    );
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    2 sources, 4 datasets, 2 views: generated/ written, 14 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    let query = project.read("generated/web_derived/read_v1/query.sql");
    assert!(query.contains("-- Reads: web.events_*, the same day."), "{query}");
    for day in ["20261120", "20261121"] {
        let file = format!("events_{day}.ndjson");
        project.bytes(&file, event(day, "click").as_bytes());
        project.run_with(&["ingest", "--source", "web.events_*", &file]);
    }
    project.run("run --date 2026-11-21");
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM web_derived.read_v1 ORDER BY 1"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  event_name  events
     DATE             STRING      INT64
     2026-11-20       click       1
     2026-11-21       click       1
    ----- stderr -----
    "#);
}

#[test]
fn shards_are_loaded_and_queried_by_their_suffix() {
    let project = project();
    for (day, names) in [("20261120", vec!["page_view", "click"]), ("20261121", vec!["page_view"])] {
        let file = format!("events_{day}.ndjson");
        project.bytes(&file, names.iter().map(|name| event(day, name)).collect::<String>().as_bytes());
        let told = project.run_with(&["ingest", "--source", "web.events_*", &file]);
        assert!(told.starts_with("exit code: 0"), "{told}");
    }
    // The star leaves the suffix out; a part of it is read by its own.
    let query = "SELECT * FROM (SELECT _TABLE_SUFFIX AS shard, event_name FROM `web.events_*`) ORDER BY 1, 2";
    assert_snapshot!(project.run_with(&["query", query]), @r#"
    exit code: 0
    ----- stdout -----
     shard     event_name
     STRING    STRING
     20261120  click
     20261120  page_view
     20261121  page_view
    ----- stderr -----
    "#);
    let parts = "SELECT 'month' AS part, _TABLE_SUFFIX AS suffix, COUNT(*) AS events FROM `some-project.web.events_202611*` GROUP BY suffix
        UNION ALL SELECT 'day', NULL, COUNT(*) FROM `web.events_20261120`
        UNION ALL SELECT 'other day', NULL, COUNT(*) FROM web.events_20261119
        ORDER BY part, suffix";
    assert_snapshot!(project.run_with(&["query", parts]), @r#"
    exit code: 0
    ----- stdout -----
     part       suffix  events
     STRING     STRING  INT64
     day        NULL    2
     month      20      2
     month      21      1
     other day  NULL    0
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT TO_JSON_STRING(e) LIKE '%SUFFIX%' AS in_row, COUNT(*) AS n FROM `web.events_*` AS e GROUP BY in_row"]), @r#"
    exit code: 0
    ----- stdout -----
     in_row  n
     BOOL    INT64
     false   3
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT * EXCEPT (_TABLE_SUFFIX) FROM `web.events_*`"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: the star has no column `_TABLE_SUFFIX`
     --> query:1:18
      |
    1 | SELECT * EXCEPT (_TABLE_SUFFIX) FROM `web.events_*`
      |                  ^^^^^^^^^^^^^

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "WITH e AS (SELECT * FROM `web.events_*`) SELECT _TABLE_SUFFIX FROM e"]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `_TABLE_SUFFIX` here
     --> query:1:49
      |
    1 | WITH e AS (SELECT * FROM `web.events_*`) SELECT _TABLE_SUFFIX FROM e
      |                                                 ^^^^^^^^^^^^^

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 2 partitions to build, 0 current
      build  web_derived.pages_v1     2026-11-20 to 2026-11-21  missing
      wait   tide_derived.pings_v1    2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1  2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    2 partitions built, 3 rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM web_derived.pages_v1 ORDER BY submission_date, shard"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  shard     views
     DATE             STRING    INT64
     2026-11-20       20261120  1
     2026-11-21       20261120  1
     2026-11-21       20261121  1
    ----- stderr -----
    "#);
}

#[test]
fn a_shard_in_parquet_takes_its_suffix_from_its_name() {
    let project = project();
    let connection = duckdb::Connection::open_in_memory().unwrap();
    for name in ["a", "b"] {
        let file = project.path("events_20261122.parquet").display().to_string();
        let rows = format!("SELECT '20261122' AS event_date, '{name}' AS event_name");
        connection.execute_batch(&format!("COPY ({rows}) TO '{file}' (FORMAT parquet)")).unwrap();
        project.run_with(&["ingest", "--source", "web.events_*", "events_20261122.parquet"]);
    }
    // The second one took the place of the first.
    let query = "SELECT _TABLE_SUFFIX AS shard, event_date, event_name FROM `web.events_*`";
    assert_snapshot!(project.run_with(&["query", query]), @r#"
    exit code: 0
    ----- stdout -----
     shard     event_date  event_name
     STRING    STRING      STRING
     20261122  20261122    b
    ----- stderr -----
    "#);
}

#[test]
fn rows_of_a_table_source_bring_their_suffix() {
    let project = TestProject::with(&[
        (
            "datasets/sales.yaml",
            "
            source: shop.sales_*
            kind: table
            description: Sales.
            start: 2026-11-20
            partition_by: {column: _TABLE_SUFFIX, every: day}
            schema: {columns: {item: STRING, price: INT64}}
            ",
        ),
        (
            "datasets/totals.yaml",
            "
            dataset: shop_derived.totals_v1
            description: Sales of a day.
            from: shop.sales_*
            template: tidemill/aggregate
            with: {dimensions: [], measures: {price: sum(price)}}
            ",
        ),
    ]);
    let lines = [
        r#"{"_TABLE_SUFFIX": "20261120", "item": "a", "price": 1}"#,
        r#"{"_TABLE_SUFFIX": "20261120", "item": "b", "price": 2}"#,
        r#"{"_TABLE_SUFFIX": "20261121", "item": "a", "price": 5}"#,
        r#"{"_TABLE_SUFFIX": "intraday_20261121", "item": "a", "price": 100}"#,
        r#"{"item": "a", "price": 100}"#,
    ];
    project.bytes("sales.ndjson", lines.join("\n").as_bytes());
    assert_snapshot!(project.run_with(&["ingest", "--source", "shop.sales_*", "sales.ndjson"]), @r#"
    exit code: 0
    ----- stdout -----
    sales.ndjson: 5 lines, 3 accepted, 2 rejected
             3  shop.sales_*  2026-11-20 to 2026-11-21
             2  rejected: no_day
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT line, reason, detail FROM tidemill.ingest_error ORDER BY line"]), @r#"
    exit code: 0
    ----- stdout -----
     line   reason  detail
     INT64  STRING  STRING
     4      no_day  `line._TABLE_SUFFIX` is no day such as `20261121`
     5      no_day  `line._TABLE_SUFFIX` says no day
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 2 partitions to build, 0 current
      build  shop_derived.totals_v1   2026-11-20 to 2026-11-21  missing
      wait   tide_derived.pings_v1    2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1  2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    2 partitions built, 2 rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM shop_derived.totals_v1 ORDER BY 1"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  price
     DATE             INT64
     2026-11-20       3
     2026-11-21       5
    ----- stderr -----
    "#);
}

#[test]
fn tests_give_rows_by_their_suffix() {
    let project = project();
    project.file(
        "tests/pages.yaml",
        "
        dataset: web_derived.pages_v1
        tests:
          - name: two days are read and no other one
            parameters: {submission_date: 2026-11-21}
            given:
              web.events_*:
                - {_TABLE_SUFFIX: '20261119', event_name: page_view}
                - {_TABLE_SUFFIX: '20261120', event_name: page_view}
                - {_TABLE_SUFFIX: '20261121', event_name: page_view}
                - {_TABLE_SUFFIX: '20261121', event_name: page_view}
                - {_TABLE_SUFFIX: '20261121', event_name: click}
                - {_TABLE_SUFFIX: 'intraday_20261121', event_name: page_view}
            expect:
              - {submission_date: 2026-11-21, shard: '20261120', views: 1}
              - {submission_date: 2026-11-21, shard: '20261121', views: 2}
        ",
    );
    assert_snapshot!(project.run("test"), @r#"
    exit code: 0
    ----- stdout -----
    1 test passed
    ----- stderr -----
    "#);
}
