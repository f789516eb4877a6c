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
    assert_snapshot!(query("SELECT SUM(price) AS price FROM shop.items AS i FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()"), @r#"
    exit code: 0
    ----- stdout -----
     price
     INT64
     6
    ----- stderr -----
    "#);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: FOR SYSTEM_TIME AS OF: DuckDB keeps no past states of a table; only `CURRENT_TIMESTAMP()` is one that it has
     --> query:1:18
      |
    1 | SELECT item FROM shop.items FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)
      |                  ^^^^^^^^^^

    1 error; `tidemill explain TM0403` says more
    "#);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF '2026-11-20 00:00:00+00'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: FOR SYSTEM_TIME AS OF: DuckDB keeps no past states of a table; only `CURRENT_TIMESTAMP()` is one that it has
     --> query:1:18
      |
    1 | SELECT item FROM shop.items FOR SYSTEM_TIME AS OF '2026-11-20 00:00:00+00'
      |                  ^^^^^^^^^^

    1 error; `tidemill explain TM0403` says more
    "#);
}

#[test]
fn a_moment_is_one_timestamp_for_a_table_and_a_query() {
    let project = project();
    let query = |sql: &str| project.run_with(&["query", sql]);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF DATE '2026-11-20'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: FOR SYSTEM_TIME AS OF takes a TIMESTAMP, not DATE
     --> query:1:51
      |
    1 | SELECT item FROM shop.items FOR SYSTEM_TIME AS OF DATE '2026-11-20'
      |                                                   ^^^^

    1 error; `tidemill explain TM0404` says more
    "#);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF price"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `price` here
     --> query:1:51
      |
    1 | SELECT item FROM shop.items FOR SYSTEM_TIME AS OF price
      |                                                   ^^^^^

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(query("SELECT (SELECT MAX(i.price) FROM shop.items AS i FOR SYSTEM_TIME AS OF t.m) AS x FROM (SELECT CURRENT_TIMESTAMP() AS m) AS t"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `t.m` here
     --> query:1:72
      |
    1 | SELECT (SELECT MAX(i.price) FROM shop.items AS i FOR SYSTEM_TIME AS OF t.m) AS x FROM (SELECT CURRENT_TIMESTAMP() AS m) AS t
      |                                                                        ^^^

    1 error; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(query("SELECT item FROM shop.items FOR SYSTEM_TIME AS OF (SELECT CURRENT_TIMESTAMP())"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: FOR SYSTEM_TIME AS OF takes no query
     --> query:1:51
      |
    1 | SELECT item FROM shop.items FOR SYSTEM_TIME AS OF (SELECT CURRENT_TIMESTAMP())
      |                                                   ^
      |
      = hint: name a moment: a literal, a parameter, or so long before CURRENT_TIMESTAMP()

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(query("WITH i AS (SELECT 1 AS x) SELECT x FROM i FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: FOR SYSTEM_TIME stands behind a table, and this is a WITH query
     --> query:1:41
      |
    1 | WITH i AS (SELECT 1 AS x) SELECT x FROM i FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()
      |                                         ^
      |
      = hint: write it behind the tables that the WITH query reads

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(query("SELECT a.item FROM shop.items AS a FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() JOIN shop.items AS b USING (item)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: `shop.items` is read as of two moments in one query
     --> query:1:83
      |
    1 | SELECT a.item FROM shop.items AS a FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() JOIN shop.items AS b USING (item)
      |                                                                                   ^^^^^^^^^^
      |
      = hint: read it as of one moment, with the same FOR SYSTEM_TIME AS OF everywhere

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(query("SELECT x.item FROM shop.items FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() AS x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected the end of the query, found `AS`
     --> query:1:73
      |
    1 | SELECT x.item FROM shop.items FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP() AS x
      |                                                                         ^^

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn past_states_of_what_others_fill_are_compiled_for_bigquery() {
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
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 1 static table, 3 datasets, 1 view: generated/ written, 9 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0201]: nothing declares the table `other.items`
     --> datasets/past.yaml:6:8
      |
    6 |   FROM `other.items` FOR SYSTEM_TIME AS OF TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)
      |        ^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/shop_derived/past_v1/query.sql:10:6
      = hint: declare what others fill as a source (`kind: table`) with its schema
    "#);
}

#[test]
fn collations_are_refused_wherever_they_would_decide() {
    let project = project();
    let query = |sql: &str| project.run_with(&["query", sql]);
    assert_snapshot!(query("SELECT COLLATE(item, 'und:ci') = 'A' AS same FROM shop.items"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: COLLATE: DuckDB has no comparison that is GoogleSQL's by 'und:ci'
     --> query:1:8
      |
    1 | SELECT COLLATE(item, 'und:ci') = 'A' AS same FROM shop.items
      |        ^^^^^^^

    1 error; `tidemill explain TM0403` says more
    "#);
    assert_snapshot!(query("SELECT item FROM shop.items ORDER BY item COLLATE 'und:ci'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: COLLATE in ORDER BY: DuckDB has no order that is GoogleSQL's by 'und:ci'
     --> query:1:38
      |
    1 | SELECT item FROM shop.items ORDER BY item COLLATE 'und:ci'
      |                                      ^^^^

    1 error; `tidemill explain TM0403` says more
    "#);
    assert_snapshot!(query("SELECT STRING_AGG(item ORDER BY item COLLATE 'und:ci') AS x, ROW_NUMBER() OVER (ORDER BY MAX(item) COLLATE 'und:ci') AS y FROM shop.items"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: COLLATE in ORDER BY: DuckDB has no order that is GoogleSQL's by 'und:ci'
     --> query:1:33
      |
    1 | SELECT STRING_AGG(item ORDER BY item COLLATE 'und:ci') AS x, ROW_NUMBER() OVER (ORDER BY MAX(item) COLLATE 'und:ci') AS y FROM shop.i...
      |                                 ^^^^

    error[TM0403]: COLLATE in ORDER BY: DuckDB has no order that is GoogleSQL's by 'und:ci'
     --> query:1:90
      |
    1 | SELECT STRING_AGG(item ORDER BY item COLLATE 'und:ci') AS x, ROW_NUMBER() OVER (ORDER BY MAX(item) COLLATE 'und:ci') AS y FROM shop.i...
      |                                                                                          ^^^

    2 errors; `tidemill explain TM0403` says more
    "#);
    assert_snapshot!(query("SELECT COLLATE(item, 'und:xx') AS x, COLLATE(item, item) AS y FROM shop.items ORDER BY price COLLATE 'binary'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: there is no collation `und:xx`
     --> query:1:22
      |
    1 | SELECT COLLATE(item, 'und:xx') AS x, COLLATE(item, item) AS y FROM shop.items ORDER BY price COLLATE 'binary'
      |                      ^^^^^^^^
      |
      = hint: there are 'und:ci', which does not look at case, and 'binary'

    error[TM0404]: COLLATE takes the name of a collation as a literal
     --> query:1:52
      |
    1 | SELECT COLLATE(item, 'und:xx') AS x, COLLATE(item, item) AS y FROM shop.items ORDER BY price COLLATE 'binary'
      |                                                    ^^^^
      |
      = hint: write `COLLATE(text, 'und:ci')`

    error[TM0404]: COLLATE orders STRINGs, not INT64
     --> query:1:88
      |
    1 | SELECT COLLATE(item, 'und:xx') AS x, COLLATE(item, item) AS y FROM shop.items ORDER BY price COLLATE 'binary'
      |                                                                                        ^^^^^

    3 errors; `tidemill explain TM0404` says more
    "#);
    // By code points texts compare anyway.
    assert_snapshot!(query("SELECT COUNTIF(COLLATE(item, 'binary') = COLLATE('a', '')) AS n, STRING_AGG(item, '' ORDER BY item COLLATE 'binary') AS x FROM shop.items"), @r#"
    exit code: 0
    ----- stdout -----
     n      x
     INT64  STRING
     1      Aab
    ----- stderr -----
    "#);
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
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: a column with the collation `und:ci`: its texts compare in another way
     --> datasets/visits.bq:2:53
      |
    2 |   {"name": "person", "type": "STRING", "collation": "und:ci"},
      |                                                     ^^^^^^^^
      |
      = hint: nothing here compares by a collation: leave it out, and compare `LOWER(…)` where case does not count

    1 error; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn bounds_of_columns_are_checked_before_rows_are_published() {
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
                tags: ARRAY<STRING(3)>
            ",
        ),
        (
            "datasets/paid.yaml",
            "
            dataset: shop_derived.paid_v1
            description: Visits of a day.
            schema: {columns: {day: DATE, person: STRING(5), bill: 'STRUCT<paid NUMERIC(4, 1)>', tags: ARRAY<STRING(3)>}}
            partition_by: {column: day, every: day}
            sql: SELECT day, person, STRUCT(paid) AS bill, tags FROM shop.visits WHERE day = @submission_date
            ",
        ),
    ]);
    let lines = [
        r#"{"day": "2026-11-20", "person": "abcde", "paid": "123.4", "tags": ["much longer"]}"#,
        r#"{"day": "2026-11-20", "tags": []}"#,
        r#"{"day": "2026-11-21", "person": "abcdef", "paid": "1", "tags": []}"#,
        r#"{"day": "2026-11-22", "person": "a", "paid": "1.25", "tags": []}"#,
        r#"{"day": "2026-11-22", "person": "b", "paid": "1000", "tags": []}"#,
    ];
    project.bytes("visits.ndjson", lines.join("\n").as_bytes());
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    2 sources, 3 datasets, 1 view: generated/ written, 10 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0731]: `tags` is declared with a length or a precision that nothing holds it to
     --> datasets/paid.yaml:3:9
      |
    3 | schema: {columns: {day: DATE, person: STRING(5), bill: 'STRUCT<paid NUMERIC(4, 1)>', tags: ARRAY<STRING(3)>}}
      |         ^
      |
      = hint: columns and their fields are checked, and not what lies within an array: state there what must hold as a check, or leave the bounds out
    "#);
    project.run("ingest --source shop.visits visits.ndjson");
    assert_snapshot!(project.run("run --date 2026-11-22 shop_derived.paid_v1"), @r#"
    exit code: 1
    ----- stdout -----
    2026-11-22: 3 partitions to build, 0 current
      build  shop_derived.paid_v1  2026-11-20 to 2026-11-22  missing
    1 partition built, 2 rows, 2 failed
    ----- stderr -----
    failed   shop_derived.paid_v1 2026-11-21: check holds(person IS NULL OR CHAR_LENGTH(person) <= 5) failed: 1 violations
    failed   shop_derived.paid_v1 2026-11-22: check holds(bill.paid IS NULL OR SAFE_CAST(bill.paid AS NUMERIC(4, 1)) = bill.paid) failed: 2 violations
    rows that fail holds(person IS NULL OR CHAR_LENGTH(person) <= 5), shop_derived.paid_v1 2026-11-21:
      {"person":"abcdef"}
      all of them, where `this` is the partition: SELECT person FROM this WHERE (person IS NULL OR CHAR_LENGTH(person) <= 5) IS NOT TRUE
    rows that fail holds(bill.paid IS NULL OR SAFE_CAST(bill.paid AS NUMERIC(4, 1)) = bill.paid), shop_derived.paid_v1 2026-11-22:
      {"bill":{"paid":"1.25"}}
      {"bill":{"paid":1000}}
      all of them, where `this` is the partition: SELECT bill FROM this WHERE (bill.paid IS NULL OR SAFE_CAST(bill.paid AS NUMERIC(4, 1)) = bill.paid) IS NOT TRUE
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT person, bill.paid FROM shop_derived.paid_v1 ORDER BY person"]), @r#"
    exit code: 0
    ----- stdout -----
     person  paid
     STRING  NUMERIC
     NULL    NULL
     abcde   123.4
    ----- stderr -----
    "#);
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
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: the type `STRING(0)` is not understood
     --> datasets/visits.yaml:6:28
      |
    6 | schema: {columns: {person: STRING(0), paid: 'NUMERIC(10, 10)', n: INT64(3)}}
      |                            ^^^^^^^^^
      |
      = hint: STRING takes one length, greater than 0

    error[TM0112]: the type `NUMERIC(10, 10)` is not understood
     --> datasets/visits.yaml:6:45
      |
    6 | schema: {columns: {person: STRING(0), paid: 'NUMERIC(10, 10)', n: INT64(3)}}
      |                                             ^^^^^^^^^^^^^^^^^
      |
      = hint: NUMERIC takes a scale of 0 to 9, and up to 29 digits before the point

    error[TM0112]: the type `INT64(3)` is not understood
     --> datasets/visits.yaml:6:67
      |
    6 | schema: {columns: {person: STRING(0), paid: 'NUMERIC(10, 10)', n: INT64(3)}}
      |                                                                   ^^^^^^^^
      |
      = hint: INT64 takes nothing in brackets

    3 errors; `tidemill explain TM0112` says more
    "#);
}
