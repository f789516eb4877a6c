//! What a star in a table's name may stand for, and what else it would take in.

use insta::assert_snapshot;

use crate::project::TestProject;
use crate::wildcards::project;

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
    assert_snapshot!(refused(&source("web.pings_*", "kind: ping\nschema: {glean: []}\n")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: a source of kind `ping` is one table
     --> datasets/source.yaml:1:9
      |
    1 | source: web.pings_*
      |         ^^^^^^^^^^^
      |
      = hint: only `web` and `table` sources have a table for each day: `events_*`

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&source("web.events*", &table("{column: _TABLE_SUFFIX, every: day}"))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `web.events*` does not name a table for each day
     --> datasets/source.yaml:1:9
      |
    1 | source: web.events*
      |         ^^^^^^^^^^^
      |
      = hint: the star stands for the day behind a `_`: `website.events_*` is `events_20261121` and so on

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(refused(&source("web.events_*", &table("{column: day, every: day}"))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: a source named with `*` has its days in the names of its tables
     --> datasets/source.yaml:6:24
      |
    6 | partition_by: {column: day, every: day}
      |                        ^^^
      |
      = hint: write `partition_by: {column: _TABLE_SUFFIX, every: day}`

    1 error; `tidemill explain TM0501` says more
    "#);
    assert_snapshot!(refused(&source("web.events", &table("{column: _TABLE_SUFFIX, every: day}"))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: only a source that is named with `*` has `_TABLE_SUFFIX`
     --> datasets/source.yaml:6:24
      |
    6 | partition_by: {column: _TABLE_SUFFIX, every: day}
      |                        ^^^^^^^^^^^^^
      |
      = hint: name it after its shards, `website.events_*`, or name a column of its schema

    1 error; `tidemill explain TM0501` says more
    "#);
    let own = "kind: table\nschema: {columns: {_TABLE_SUFFIX: STRING}}\npartition_by: none\n";
    assert_snapshot!(refused(&source("web.events", own)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: no table has a column `_TABLE_SUFFIX` of its own
     --> datasets/source.yaml:5:9
      |
    5 | schema: {columns: {_TABLE_SUFFIX: STRING}}
      |         ^
      |
      = hint: leave it out: a source that is named with `*` has it

    1 error; `tidemill explain TM0112` says more
    "#);
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
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `web.events_*` stands in a list, where the days of its rows are not told
     --> datasets/listed.yaml:3:8
      |
    3 | from: [web.events_*, tide_stable.baseline_v1]
      |        ^^^^^^^^^^^^
      |
      = hint: read it alone, or in SQL of your own with a condition on `_TABLE_SUFFIX`

    1 error; `tidemill explain TM0109` says more
    "#);
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
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 static tables, 2 datasets, 2 views: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("lineage shop.totals"), @r#"
    exit code: 0
    ----- stdout -----
    shop.totals

    comes from
      region  no column: its query makes it
      price   aggregated from shop.sales_north.price (sanitised), shop.sales_south.price (sanitised)

    goes into
      nothing: no dataset or view reads it
    ----- stderr -----
    "#);
    project.run("run --date 2026-11-20");
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM shop.totals ORDER BY region"]), @r#"
    exit code: 0
    ----- stdout -----
     region  price
     STRING  INT64
     north   3
     south   5
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT *, _TABLE_SUFFIX AS region FROM `shop.sales_*` ORDER BY region, item"]), @r#"
    exit code: 0
    ----- stdout -----
     item    price  region
     STRING  INT64  STRING
     a       1      north
     b       2      north
     a       5      south
    ----- stderr -----
    "#);
    // What is declared later belongs to it, also where nothing else changed.
    project.file(
        "datasets/sales_west.yaml",
        &SALES.replace("NAME", "west").replace("price: INT64", "price: STRING"),
    );
    project.bytes("datasets/sales_west.csv", b"item,price\nc,7\n");
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `shop.sales_*` matches `shop.sales_north` and `shop.sales_west`, whose columns differ
     --> datasets/totals.yaml:4:60
      |
    4 |   SELECT _TABLE_SUFFIX AS region, SUM(price) AS price FROM `shop.sales_*` GROUP BY region
      |                                                            ^^^^^^^^^^^^^^
      |
      = note: compiled: generated/shop/totals/view.sql:8:58
      = hint: read each of them by its name, and unite what they share: `UNION ALL BY NAME`

    1 error; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn what_a_star_would_take_in_is_told() {
    let project = project();
    project.file(
        "datasets/wide.yaml",
        "
        dataset: web_derived.wide_v1
        description: Events.
        sql: SELECT @submission_date AS submission_date, COUNT(*) AS n FROM `web.*` WHERE _TABLE_SUFFIX = 'x'
        ",
    );
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: `web.*` matches the tables of `web.events_*` and perhaps others
     --> datasets/wide.yaml:3:69
      |
    3 | sql: SELECT @submission_date AS submission_date, COUNT(*) AS n FROM `web.*` WHERE _TABLE_SUFFIX = 'x'
      |                                                                     ^^^^^^^
      |
      = note: compiled: generated/web_derived/wide_v1/query.sql:10:64
      = hint: read each source by its own name

    1 error; `tidemill explain TM0403` says more
    "#);
    project.remove("datasets/wide.yaml");
    project.file("datasets/sales.yaml", &SALES.replace("NAME", "north"));
    project.bytes("datasets/sales_north.csv", b"item,price\na,1\n");
    project.file(
        "datasets/beside.yaml",
        "
        view: web.events_of_sales
        description: Not of a day.
        sql: SELECT item FROM shop.sales_north
        ",
    );
    project.file(
        "datasets/all.yaml",
        "
        view: shop.sales_all
        description: All sales.
        sql: SELECT item FROM `shop.sales_*`
        ",
    );
    project.file(
        "datasets/seen.yaml",
        "
        view: seen.sales
        description: All sales.
        sql: SELECT item FROM `shop.sales_*`
        ",
    );
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0403]: `shop.sales_*` matches the view `shop.sales_all`, and BigQuery reads no views by a star
     --> datasets/all.yaml:3:23
      |
    3 | sql: SELECT item FROM `shop.sales_*`
      |                       ^^^^^^^^^^^^^^
      |
      = note: compiled: generated/shop/sales_all/view.sql:8:18
      = hint: read the tables by their names, and unite them

    error[TM0109]: `web.events_*` matches `web.events_of_sales` too, which is none of its days
     --> datasets/beside.yaml:1:7
      |
    1 | view: web.events_of_sales
      |       ^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/events.yaml:1:9
      |
    1 | source: web.events_*
      |         ------------ the table for each day
      |
      = hint: BigQuery reads every table and refuses every view that the star matches: give it another name

    error[TM0403]: `shop.sales_*` matches the view `shop.sales_all`, and BigQuery reads no views by a star
     --> datasets/seen.yaml:3:23
      |
    3 | sql: SELECT item FROM `shop.sales_*`
      |                       ^^^^^^^^^^^^^^
      |
      = note: compiled: generated/seen/sales/view.sql:8:18
      = hint: read the tables by their names, and unite them

    3 errors; `tidemill explain TM0403` says more
    "#);
}
