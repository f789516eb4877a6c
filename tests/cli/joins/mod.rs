//! Tables that cannot be joined.

mod names;
mod unions;

use insta::assert_snapshot;

use crate::project::refused_with;

fn table(name: &str, columns: &str) -> String {
    format!(
        "source: {name}\nkind: table\ndescription: Rows.\nschema: {{columns: {{day: DATE, {columns}}}}}\n\
         partition_by: {{column: day, every: day}}\nstart: 2026-11-20\n"
    )
}

/// Two tables, and a definition with these lines.
fn with(lines: &str) -> String {
    let left = table(
        "quay.left",
        "ship: STRING, tons: INT64, crew: 'STRUCT<master STRUCT<age INT64>>', tags: 'ARRAY<STRING>'",
    );
    let right = table(
        "quay.right",
        "ship: INT64, tons: INT64, crew: 'STRUCT<master STRUCT<age STRING>>', tags: 'ARRAY<STRING>'",
    );
    let files = [
        ("datasets/left.yaml", left.as_str()),
        ("datasets/right.yaml", right.as_str()),
        ("datasets/x.yaml", lines),
    ];
    refused_with(&files)
}

/// A dataset that joins them.
fn join(join: &str) -> String {
    with(&format!(
        "dataset: quay_derived.x_v1\ndescription: Rows.\nfrom:\n  - quay.left\n  - {join}\ntemplate: tidemill/aggregate\nwith: {{measures: {{ships: count(*)}}}}\n"
    ))
}

fn union(kind: &str, from: &str, template: &str) -> String {
    with(&format!("{kind}\ndescription: Rows.\nfrom: {from}\n{template}\n"))
}

#[test]
fn a_join_without_what_it_promises() {
    assert_snapshot!(join("{table: quay.right, join: {type: right}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: `join` needs `cardinality`
     --> datasets/x.yaml:5:32
      |
    5 |   - {table: quay.right, join: {type: right}}
      |                                ^^^^
      |
      = hint: `many_to_one`: a row meets at most one of the joined table; `one_to_one`: and the other way round

    error[TM0108]: `join` needs `on`
     --> datasets/x.yaml:5:32
      |
    5 |   - {table: quay.right, join: {type: right}}
      |                                ^^^^
      |
      = hint: the columns that both sides share: `on: [submission_date, country]`

    error[TM0109]: `type` is `right`
     --> datasets/x.yaml:5:38
      |
    5 |   - {table: quay.right, join: {type: right}}
      |                                      ^^^^^
      |
      = hint: write `left` or `inner`; other joins belong into SQL of your own

    3 errors; `tidemill explain TM0108` says more
    "#);
    assert_snapshot!(join("{table: quay.right, join: {on: [], cardinality: many_to_many}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: a join needs columns to join on
     --> datasets/x.yaml:5:36
      |
    5 |   - {table: quay.right, join: {on: [], cardinality: many_to_many}}
      |                                    ^
      |
      = hint: write `on: [submission_date, country]`

    error[TM0109]: `cardinality` is `many_to_many`
     --> datasets/x.yaml:5:53
      |
    5 |   - {table: quay.right, join: {on: [], cardinality: many_to_many}}
      |                                                     ^^^^^^^^^^^^
      |
      = hint: write `many_to_one` or `one_to_one`; a join that multiplies rows belongs into SQL of your own

    2 errors; `tidemill explain TM0211` says more
    "#);
}

#[test]
fn types_of_join_columns_that_differ() {
    assert_snapshot!(join("{table: quay.right, as: right_side, join: {on: [day, ship, tags, shp], cardinality: one_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `ship` is STRING in `quay.left` and INT64 in `quay.right`: the two cannot be joined
     --> datasets/x.yaml:5:58
      |
    5 |   - {table: quay.right, as: right_side, join: {on: [day, ship, tags, shp], cardinality: one_to_one}}
      |                                                          ^^^^
      |
      = hint: join on columns of one type that can be compared; convert them in a view

    error[TM0211]: `tags` is ARRAY<STRING> in `quay.left` and ARRAY<STRING> in `quay.right`: the two cannot be joined
     --> datasets/x.yaml:5:64
      |
    5 |   - {table: quay.right, as: right_side, join: {on: [day, ship, tags, shp], cardinality: one_to_one}}
      |                                                                ^^^^
      |
      = hint: join on columns of one type that can be compared; convert them in a view

    error[TM0211]: `quay.left` has no column `shp` to join on
     --> datasets/x.yaml:5:70
      |
    5 |   - {table: quay.right, as: right_side, join: {on: [day, ship, tags, shp], cardinality: one_to_one}}
      |                                                                      ^^^
      |
      = hint: did you mean `ship`?

    error[TM0211]: `quay.right` has no column `shp` to join on
     --> datasets/x.yaml:5:70
      |
    5 |   - {table: quay.right, as: right_side, join: {on: [day, ship, tags, shp], cardinality: one_to_one}}
      |                                                                      ^^^
      |
      = hint: did you mean `ship`?

    4 errors; `tidemill explain TM0211` says more
    "#);
}

#[test]
fn columns_that_both_sides_have() {
    assert_snapshot!(join("{table: quay.right, join: {on: [day], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: both sides of the join with `quay.right` have a column `ship`
     --> datasets/x.yaml:5:13
      |
    5 |   - {table: quay.right, join: {on: [day], cardinality: many_to_one}}
      |             ^^^^^^^^^^
      |
      = hint: write `as: joined` beside the table and read `joined.ship`, or join `on` that column too

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(join("{table: quay.right, as: tons, join: {on: [day], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `as` gives `quay.right` a name that a column has already
     --> datasets/x.yaml:5:29
      |
    5 |   - {table: quay.right, as: tons, join: {on: [day], cardinality: many_to_one}}
      |                             ^^^^
      |
      = hint: choose a name that no column has

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(join("{table: quay.right, as: Right Side, join: {on: [day], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `as` is `Right Side`
     --> datasets/x.yaml:5:29
      |
    5 |   - {table: quay.right, as: Right Side, join: {on: [day], cardinality: many_to_one}}
      |                             ^^^^^^^^^^
      |
      = hint: write lower-case letters, digits and underscores

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_list_that_is_neither_union_nor_join() {
    assert_snapshot!(join("{table: quay.right, as: other}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `as` names a joined table, and no table is joined here
     --> datasets/x.yaml:5:29
      |
    5 |   - {table: quay.right, as: other}
      |                             ^^^^^
      |
      = hint: take it out, or add `join: {type: left, on: […], cardinality: many_to_one}`

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(join("{table: quay.right, join: {on: [day], cardinality: many_to_one}}\n  - quay.left"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `quay.left` is not joined, unlike other tables of the list
     --> datasets/x.yaml:6:5
      |
    6 |   - quay.left
      |     ^^^^^^^^^
      |
      = hint: add `join: {type: left, on: […], cardinality: many_to_one}`, or unite the tables in a view of their own

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(union("view: quay.x", "[{table: quay.left, join: {on: [day], cardinality: many_to_one}}]", "template: tidemill/union"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: the first table of `from` is joined to nothing
     --> datasets/x.yaml:3:33
      |
    3 | from: [{table: quay.left, join: {on: [day], cardinality: many_to_one}}]
      |                                 ^
      |
      = hint: `join` stands at the tables after the first one

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(union("view: quay.x", "[]", "template: tidemill/union"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `from` is an empty list
     --> datasets/x.yaml:3:7
      |
    3 | from: []
      |       ^
      |
      = hint: name the tables that are read, or take the key out

    1 error; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(union("view: quay.x", "3", "template: tidemill/union"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `from` names one table or several, not a whole number
     --> datasets/x.yaml:3:7
      |
    3 | from: 3
      |       ^
      |
      = hint: write `from: some.table_v1`, `from: [one, other]` or `from: {each: …}`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn a_joined_table_that_is_not_there() {
    assert_snapshot!(join("{table: quay.rigth, join: {on: [day], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: nothing declares the table `quay.rigth`
     --> datasets/x.yaml:5:13
      |
    5 |   - {table: quay.rigth, join: {on: [day], cardinality: many_to_one}}
      |             ^^^^^^^^^^
      |
      = hint: did you mean `quay.right`?

    1 error; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn a_join_in_a_view_or_with_init() {
    let tables = "[quay.left, {table: quay.right, as: other, join: {on: [day], cardinality: many_to_one}}]";
    assert_snapshot!(union("view: quay.x", tables, "sql: SELECT * FROM {{ from }}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: a view does not join: how many rows meet could not be checked
     --> datasets/x.yaml:3:56
      |
    3 | from: [quay.left, {table: quay.right, as: other, join: {on: [day], cardinality: many_to_one}}]
      |                                                        ^
      |
      = hint: join in a dataset, where each partition is checked, or write the join as `sql`

    1 error; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(union("dataset: quay_derived.x_v1", tables, "sql: SELECT * FROM {{ from }}\ninit: SELECT 1 AS one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: `init` gives other columns than the daily query
     --> datasets/x.yaml:1:10
      |
    1 | dataset: quay_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = note: daily: day DATE, ship STRING, tons INT64, crew STRUCT<master STRUCT<age INT64>>, tags ARRAY<STRING>, other STRUCT<ship INT64, tons INT64, crew STRUCT<master STRUCT<age STRING>>, tags ARRAY<STRING>>
      = note: init: one INT64

    error[TM0205]: the read of `quay.left` is not bounded by the partition
     --> datasets/x.yaml:4:23
      |
    4 | sql: SELECT * FROM {{ from }}
      |                       ^^^^
      |
      = note: compiled: generated/quay_derived/x_v1/query.sql:16:7
      = hint: compare `day` with @submission_date in WHERE, or state `reads: {quay.left: {last: 28 days}}`

    error[TM0211]: `init` does not go with a join, which is checked one partition at a time
     --> datasets/x.yaml:5:7
      |
    5 | init: SELECT 1 AS one
      |       ^^^^^^^^^^^^^^^
      |
      = hint: take `init` out; the partitions are built one by one

    3 errors; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn join_columns_of_two_names() {
    assert_snapshot!(join("{table: quay.right, as: other, join: {on: [day, ship: tons, crew: tons], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `ship` is STRING in `quay.left` and `tons` is INT64 in `quay.right`: the two cannot be joined
     --> datasets/x.yaml:5:53
      |
    5 |   - {table: quay.right, as: other, join: {on: [day, ship: tons, crew: tons], cardinality: many_to_one}}
      |                                                     ^^^^
      |
      = hint: join on columns of one type that can be compared; convert them in a view

    error[TM0211]: `crew` is STRUCT<master STRUCT<age INT64>> in `quay.left` and `tons` is INT64 in `quay.right`: the two cannot be joined
     --> datasets/x.yaml:5:65
      |
    5 |   - {table: quay.right, as: other, join: {on: [day, ship: tons, crew: tons], cardinality: many_to_one}}
      |                                                                 ^^^^
      |
      = hint: join on columns of one type that can be compared; convert them in a view

    2 errors; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(join("{table: quay.right, as: other, join: {on: [day, tosn: shp], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0211]: `quay.left` has no column `tosn` to join on
     --> datasets/x.yaml:5:53
      |
    5 |   - {table: quay.right, as: other, join: {on: [day, tosn: shp], cardinality: many_to_one}}
      |                                                     ^^^^
      |
      = hint: did you mean `tons`?

    error[TM0211]: `quay.right` has no column `shp` to join on
     --> datasets/x.yaml:5:59
      |
    5 |   - {table: quay.right, as: other, join: {on: [day, tosn: shp], cardinality: many_to_one}}
      |                                                           ^^^
      |
      = hint: did you mean `ship`?

    2 errors; `tidemill explain TM0211` says more
    "#);
    assert_snapshot!(join("{table: quay.right, as: other, join: {on: day, cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `on` is a list, not a text
     --> datasets/x.yaml:5:47
      |
    5 |   - {table: quay.right, as: other, join: {on: day, cardinality: many_to_one}}
      |                                               ^^^
      |
      = hint: write `on: [day]`

    1 error; `tidemill explain TM0107` says more
    "#);
    assert_snapshot!(join("{table: quay.right, as: other, join: {on: [tons: [ship]], cardinality: many_to_one}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `on` is a text, not a list
     --> datasets/x.yaml:5:54
      |
    5 |   - {table: quay.right, as: other, join: {on: [tons: [ship]], cardinality: many_to_one}}
      |                                                      ^
      |
      = hint: put the value in quotes if it is meant as text

    1 error; `tidemill explain TM0107` says more
    "#);
}
