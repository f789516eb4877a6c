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

fn project() -> TestProject {
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
    assert_snapshot!(project.run("compile"), @"");
    let head = |path: &str| {
        let text = project.read(path);
        text.lines().filter(|line| line.starts_with("-- Reads")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        head("generated/web_derived/pages_v1/query.sql"),
        "-- Reads: web.events_*, from 1 day before to the same day."
    );
    assert_snapshot!(project.read("generated/web_derived/countries_v1/query.sql"), @"");
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
    assert_snapshot!(project.run("compile"), @"");
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
    assert_snapshot!(project.run_with(&["query", query]), @"");
    let parts = "SELECT 'month' AS part, _TABLE_SUFFIX AS suffix, COUNT(*) AS events FROM `some-project.web.events_202611*` GROUP BY suffix
        UNION ALL SELECT 'day', NULL, COUNT(*) FROM `web.events_20261120`
        UNION ALL SELECT 'other day', NULL, COUNT(*) FROM web.events_20261119
        ORDER BY part, suffix";
    assert_snapshot!(project.run_with(&["query", parts]), @"");
    assert_snapshot!(project.run_with(&["query", "SELECT TO_JSON_STRING(e) LIKE '%SUFFIX%' AS in_row, COUNT(*) AS n FROM `web.events_*` AS e GROUP BY in_row"]), @"");
    assert_snapshot!(project.run_with(&["query", "SELECT * EXCEPT (_TABLE_SUFFIX) FROM `web.events_*`"]), @"");
    assert_snapshot!(project.run_with(&["query", "WITH e AS (SELECT * FROM `web.events_*`) SELECT _TABLE_SUFFIX FROM e"]), @"");
    assert_snapshot!(project.run("run --date 2026-11-21"), @"");
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM web_derived.pages_v1 ORDER BY submission_date, shard"]), @"");
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
    assert_snapshot!(project.run("test"), @"");
}

#[test]
fn a_star_stands_for_days_and_for_nothing_else() {
    let source =
        |name: &str, rest: &str| format!("source: {name}\ndescription: Rows.\nstart: 2026-11-20\n{rest}");
    let table = |partition: &str| {
        format!("kind: table\nschema: {{columns: {{a: INT64, day: DATE}}}}\npartition_by: {partition}\n")
    };
    let refused = |text: &str| {
        let project = TestProject::with(&[("datasets/source.yaml", text)]);
        project.run("compile")
    };
    assert_snapshot!(refused(&source("web.pings_*", "kind: ping\nschema: {glean: []}\n")), @"");
    assert_snapshot!(refused(&source("web.events*", &table("{column: _TABLE_SUFFIX, every: day}"))), @"");
    assert_snapshot!(refused(&source("web.events_*", &table("{column: day, every: day}"))), @"");
    assert_snapshot!(refused(&source("web.events", &table("{column: _TABLE_SUFFIX, every: day}"))), @"");
    let own = "kind: table\nschema: {columns: {_TABLE_SUFFIX: STRING}}\npartition_by: none\n";
    assert_snapshot!(refused(&source("web.events", own)), @"");
    let project = project();
    project.file(
        "datasets/listed.yaml",
        "
        dataset: web_derived.listed_v1
        description: Events.
        from: [web.events_*, tide_stable.baseline_v1]
        template: tidemill/aggregate
        with: {dimensions: [], measures: {n: count(*)}}
        ",
    );
    assert_snapshot!(project.run("compile"), @"");
}

const SALES: &str = "
    static: shop.sales_NAME
    description: Sales.
    schema: {columns: {item: STRING, price: INT64}}
    file: sales_NAME.csv
    key: [item]
    ";

#[test]
fn tables_that_are_declared_one_by_one_are_read_together() {
    let project = TestProject::standard();
    for (name, rows) in [("north", "item,price\na,1\nb,2\n"), ("south", "item,price\na,5\n")] {
        project.file(&format!("datasets/sales_{name}.yaml"), &SALES.replace("NAME", name));
        project.bytes(&format!("datasets/sales_{name}.csv"), rows.as_bytes());
    }
    project.file(
        "datasets/totals.yaml",
        "
        view: shop.totals
        description: Sales by region.
        sql: |
          SELECT _TABLE_SUFFIX AS region, SUM(price) AS price FROM `shop.sales_*` GROUP BY region
        ",
    );
    assert_snapshot!(project.run("compile"), @"");
    assert_snapshot!(project.run("lineage shop.totals"), @"");
    project.run("run --date 2026-11-20");
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM shop.totals ORDER BY region"]), @"");
    assert_snapshot!(project.run_with(&["query", "SELECT *, _TABLE_SUFFIX AS region FROM `shop.sales_*` ORDER BY region, item"]), @"");
    // What is declared later belongs to it, also where nothing else changed.
    project.file(
        "datasets/sales_west.yaml",
        &SALES.replace("NAME", "west").replace("price: INT64", "price: STRING"),
    );
    project.bytes("datasets/sales_west.csv", b"item,price\nc,7\n");
    assert_snapshot!(project.run("compile"), @"");
}
