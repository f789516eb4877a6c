//! Files of other tables.

use insta::assert_snapshot;

use super::{parquet, project};
use crate::project::TestProject;

#[test]
fn parquet_is_added_to_a_table_once() {
    let project = project();
    parquet(
        &project,
        "payments[1].parquet",
        "SELECT DATE '2026-11-21' AS day, 1.25::DECIMAL(9, 2) AS amount, [{'count': 2::TINYINT, 'name': 'x'}] AS items
         UNION ALL SELECT DATE '2026-11-22', 3, NULL",
    );
    assert_snapshot!(project.run_with(&["ingest", "--source", "shop.payments", "payments[1].parquet"]), @r#"
    exit code: 0
    ----- stdout -----
    payments[1].parquet: 2 rows, 2 accepted, 0 rejected
             2  shop.payments  2026-11-21 to 2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["ingest", "--source", "shop.payments", "payments[1].parquet"]), @r#"
    exit code: 0
    ----- stdout -----
    payments[1].parquet: 2 rows, 0 accepted, 0 rejected, 2 loaded before
    ----- stderr -----
    "#);
    project.bytes(
        "more.ndjson",
        b"{\"day\": \"2026-11-22\", \"amount\": \"0.5\", \"items\": [{\"name\": \"y\", \"count\": \"3\"}]}\n",
    );
    assert_snapshot!(project.run("ingest --source shop.payments more.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    more.ndjson: 1 line, 1 accepted, 0 rejected
             1  shop.payments  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT day, amount, item.name, item.count FROM shop.payments LEFT JOIN UNNEST(items) AS item ORDER BY day, amount"]), @r#"
    exit code: 0
    ----- stdout -----
     day         amount   name    count
     DATE        NUMERIC  STRING  INT64
     2026-11-21  1.25     x       2
     2026-11-22  0.5      y       3
     2026-11-22  3        NULL    NULL
    ----- stderr -----
    "#);
}

#[test]
fn a_table_that_is_one_whole_is_added_to() {
    let rates = "
        source: shop.rates
        kind: table
        description: A rate per country.
        owners: [data@example.com]
        schema: {columns: {country: STRING, rate: NUMERIC}}
        partition_by: none
        start: 2026-11-20
        ";
    let project = TestProject::with(&[("datasets/rates.yaml", rates)]);
    project.bytes("rates.ndjson", b"{\"country\": \"DE\", \"rate\": 1.5}\n{\"land\": \"FR\"}\n");
    assert_snapshot!(project.run("ingest --source shop.rates rates.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    rates.ndjson: 2 lines, 1 accepted, 1 rejected
             1  shop.rates
             1  rejected: no_column
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source      first day  last day  days  rows
     shop.rates                             1     not partitioned

     dataset                  first  last  partitions  rows  standing
     tide_stable.baseline_v1               0           0     nothing built
     tide_derived.pings_v1                 0           0     nothing built
    ----- stderr -----
    "#);
}

#[test]
fn parquet_of_another_shape_changes_nothing() {
    let project = project();
    parquet(
        &project,
        "wrong.parquet",
        "SELECT '2026-11-21' AS day, 1.5::DOUBLE AS amount, [{'name': 1, 'colour': 'red'}] AS items, 1 AS more",
    );
    assert_snapshot!(project.run("ingest --source shop.payments wrong.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: wrong.parquet: another shape than `shop.payments` declares
      = note: `day` is VARCHAR, declared DATE
      = note: `amount` is DOUBLE, declared NUMERIC
      = note: `items.name` is INTEGER, declared STRING
      = note: `items.colour` is not declared
      = note: `more` is not declared
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    parquet(
        &project,
        "dayless.parquet",
        "SELECT NULL::DATE AS day, 1 AS amount UNION ALL SELECT DATE '2026-11-21', 2",
    );
    assert_snapshot!(project.run("ingest --source shop.payments dayless.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: dayless.parquet: 1 row is without a day from 1970 on in `day`
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    let whole = std::fs::read(project.path("dayless.parquet")).unwrap();
    project.bytes("cut.parquet", &whole[..whole.len() / 2]);
    assert_snapshot!(project.run("ingest --source shop.payments cut.parquet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0621]: cut.parquet: it cannot be read
      = note: Invalid Input Error: No magic bytes found at end of file 'cut.parquet'
      = hint: nothing of the file was loaded

    1 error; `tidemill explain TM0621` says more
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS payments FROM shop.payments"]), @r#"
    exit code: 0
    ----- stdout -----
     payments
     INT64
     0
    ----- stderr -----
    "#);
}
