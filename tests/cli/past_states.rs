//! FOR SYSTEM_TIME AS OF and collations: what is understood of them, and that nothing of them is run as something else.

use insta::assert_snapshot;

use crate::project::TestProject;

const ROWS: &str = "
    static: shop.items
    description: Items.
    schema: {columns: {item: STRING, price: INT64}}
    file: items.csv
    key: [item]
    ";

fn project() -> TestProject {
    let project = TestProject::with(&[("datasets/items.yaml", ROWS)]);
    project.bytes("datasets/items.csv", b"item,price\nA,1\na,2\nb,3\n");
    project.run("run --date 2026-11-20");
    project
}

#[test]
fn only_the_present_is_there_to_be_read() {
    let project = project();
    let query = |sql: &str| project.run_with(&["query", sql]);
    assert_snapshot!(query("SELECT SUM(price) AS price FROM shop.items AS i FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()"), @"");
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)"), @"");
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF '2026-11-20 00:00:00+00'"), @"");
}

#[test]
fn a_moment_is_one_timestamp_for_a_table_and_a_query() {
    let project = project();
    let query = |sql: &str| project.run_with(&["query", sql]);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF DATE '2026-11-20'"), @"");
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF price"), @"");
    assert_snapshot!(query("SELECT (SELECT MAX(i.price) FROM shop.items AS i FOR SYSTEM_TIME AS OF t.m) AS x FROM (SELECT CURRENT_TIMESTAMP() AS m) AS t"), @"");
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF (SELECT CURRENT_TIMESTAMP())"), @"");
    assert_snapshot!(query("WITH i AS (SELECT 1 AS x) SELECT x FROM i FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()"), @"");
    assert_snapshot!(query("SELECT a.item FROM shop.items AS a FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() JOIN shop.items AS b USING (item)"), @"");
    assert_snapshot!(query("SELECT x.item FROM shop.items FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() AS x"), @"");
}

#[test]
fn a_past_state_that_moves_with_the_clock_makes_reruns_differ() {
    let project = project();
    project.file(
        "datasets/past.yaml",
        "
        dataset: shop_derived.past_v1
        description: Items of an hour ago.
        start: 2026-11-20
        sql: |
          SELECT @submission_date AS submission_date, item
          FROM `other.items` FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)
        ",
    );
    assert_snapshot!(project.run("compile"), @"");
}

#[test]
fn collations_are_refused_wherever_they_would_decide() {
    let project = project();
    let query = |sql: &str| project.run_with(&["query", sql]);
    assert_snapshot!(query("SELECT COLLATE(item, 'und:ci') = 'A' AS same FROM shop.items"), @"");
    assert_snapshot!(query("SELECT item FROM shop.items ORDER BY item COLLATE 'und:ci'"), @"");
    assert_snapshot!(query("SELECT STRING_AGG(item ORDER BY item COLLATE 'und:ci') AS x, ROW_NUMBER() OVER (ORDER BY MAX(item) COLLATE 'und:ci') AS y FROM shop.items"), @"");
    assert_snapshot!(query("SELECT COLLATE(item, 'und:xx') AS x, COLLATE(item, item) AS y FROM shop.items ORDER BY price COLLATE 'binary'"), @"");
    // By code points texts compare anyway.
    assert_snapshot!(query("SELECT COUNTIF(COLLATE(item, 'binary') = COLLATE('a', '')) AS n, STRING_AGG(item, '' ORDER BY item COLLATE 'binary') AS x FROM shop.items"), @"");
}

#[test]
fn a_column_with_a_collation_is_no_column_here() {
    let project = TestProject::with(&[(
        "datasets/visits.yaml",
        "
        source: shop.visits
        kind: table
        description: Visits.
        start: 2026-11-20
        partition_by: none
        schema: {bigquery: visits.bq}
        ",
    )]);
    let file = "[\n  {\"name\": \"person\", \"type\": \"STRING\", \"collation\": \"und:ci\"},\n  {\"name\": \"place\", \"type\": \"STRING\", \"collation\": \"\"}\n]\n";
    project.bytes("datasets/visits.bq", file.as_bytes());
    assert_snapshot!(project.run("compile"), @"");
}

#[test]
fn bounds_of_columns_are_read_and_said_not_to_be_kept() {
    let project = TestProject::with(&[
        (
            "datasets/visits.yaml",
            "
            source: shop.visits
            kind: table
            description: Visits.
            start: 2026-11-20
            partition_by: {column: day, every: day}
            schema:
              columns:
                day: DATE
                person: STRING(5)
                paid: {type: 'NUMERIC(10, 2)', description: What they paid.}
                parts: ARRAY<STRUCT<key BYTES(3), value INT64>>
            ",
        ),
        (
            "datasets/paid.yaml",
            "
            dataset: shop_derived.paid_v1
            description: Paid a day and person.
            schema: {columns: {day: DATE, person: STRING(5), paid: 'NUMERIC(12, 2)'}}
            partition_by: {column: day, every: day}
            sql: SELECT day, person, SUM(paid) AS paid FROM shop.visits WHERE day = @submission_date GROUP BY day, person
            ",
        ),
    ]);
    assert_snapshot!(project.run("compile"), @"");
    project.file(
        "datasets/visits.yaml",
        "
        source: shop.visits
        kind: table
        description: Visits.
        start: 2026-11-20
        partition_by: none
        schema: {columns: {person: STRING(0), paid: 'NUMERIC(10, 10)', n: INT64(3)}}
        ",
    );
    assert_snapshot!(project.run("compile"), @"");
}
