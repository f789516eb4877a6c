//! Slips that people make who write a definition for the first time.

use insta::assert_snapshot;

use crate::project::refused_with;

const ORDERS: &str = "
source: shop.orders_v1
kind: table
description: Orders.
schema: {columns: {day: DATE, amount: INT64, buyer: 'STRUCT<home STRUCT<country STRING>, age INT64>'}}
partition_by: {column: day, every: day}
start: 2026-11-20
";

/// A dataset over orders that ends with these lines.
fn dataset(lines: &str) -> String {
    let head = "dataset: shop_derived.x_v1\ndescription: Rows.\nfrom: shop.orders_v1\ntemplate: tidemill/aggregate\n";
    refused_with(&[("datasets/orders.yaml", ORDERS), ("datasets/x.yaml", &format!("{head}{lines}\n"))])
}

#[test]
fn a_comma_that_ends_an_expression() {
    assert_snapshot!(dataset("with:\n  dimensions: [size: if(amount > 9, 1, 0)]\n  measures: {orders: count(*)}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the comma ends `if(amount > 9`, in which a bracket is still open
     --> datasets/x.yaml:6:22
      |
    6 |   dimensions: [size: if(amount > 9, 1, 0)]
      |                      ^^^^^^^^^^^^^
      |
      = hint: within […] and {…} a comma parts items: put the whole expression in double quotes, or on a line of its own in a list of `- …` lines or a mapping

    1 error; `tidemill explain TM0104` says more
    "#);
    assert_snapshot!(dataset("with:\n  dimensions: [size: ifnull(buyer.home.country, '?')]\n  measures: {orders: count(*)}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: not valid YAML: invalid trailing content after single-quoted scalar
     --> datasets/x.yaml:6:52
      |
    6 |   dimensions: [size: ifnull(buyer.home.country, '?')]
      |                                                    ^
      |
      = hint: within […] and {…} a comma parts items: put the whole expression in double quotes, or on a line of its own in a list of `- …` lines or a mapping

    1 error; `tidemill explain TM0104` says more
    "#);
    assert_snapshot!(dataset("with: {measures: {orders: count(*)}}\nchecks: [not_null(day, orders)]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0104]: the comma ends `not_null(day`, in which a bracket is still open
     --> datasets/x.yaml:6:10
      |
    6 | checks: [not_null(day, orders)]
      |          ^^^^^^^^^^^^
      |
      = hint: within […] and {…} a comma parts items: put the whole expression in double quotes, or on a line of its own in a list of `- …` lines or a mapping

    1 error; `tidemill explain TM0104` says more
    "#);
}

#[test]
fn an_operator_of_other_languages() {
    assert_snapshot!(dataset("with: {measures: {orders: count(*)}, where: amount == 3}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, found `==`
     --> datasets/x.yaml:5:52
      |
    5 | with: {measures: {orders: count(*)}, where: amount == 3}
      |                                                    ^^ read by template `tidemill/aggregate`, line 24
      |
      = note: compiled: generated/shop_derived/x_v1/query.sql:17:15
      = hint: write `=`

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_cadence_in_the_place_of_a_column() {
    assert_snapshot!(dataset("with: {measures: {orders: count(*)}}\npartition_by: month"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `partition_by: month` names a column
     --> datasets/x.yaml:6:15
      |
    6 | partition_by: month
      |               ^^^^^
      |
      = hint: write `partition_by: {column: submission_month, every: month}`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_column_that_stands_within_a_struct() {
    assert_snapshot!(dataset("with: {dimensions: [country], measures: {orders: count(*)}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `country` in `shop.orders_v1`
     --> datasets/x.yaml:5:21
      |
    5 | with: {dimensions: [country], measures: {orders: count(*)}}
      |                     ^^^^^^^ read by template `tidemill/aggregate`, line 13
      |
      = hint: did you mean `buyer.home.country`?

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_template_whose_defaults_do_not_fit() {
    let text = "dataset: shop_derived.x_v1\ndescription: Rows.\nfrom: shop.orders_v1\ntemplate: tidemill/clients_daily\nwith: {client: buyer.age, order: day}\n";
    assert_snapshot!(refused_with(&[("datasets/orders.yaml", ORDERS), ("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `document_id` here
      --> tidemill/clients_daily:11:36
       |
    11 |   tie: {type: expression, default: document_id, description: Decides between pings of the same instant.}
       |                                    ^^^^^^^^^^^
       |
      ::: datasets/x.yaml:1:10
       |
     1 | dataset: shop_derived.x_v1
       |          ----------------- compiled for `shop_derived.x_v1`
       |
       = note: compiled: generated/shop_derived/x_v1/query.sql:15:5
       = hint: give `tie` under `with`: the template's default does not fit

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_table_file_whose_cells_are_parted_otherwise() {
    let table =
        "static: tide.regions\ndescription: Regions.\nfile: regions.csv\nschema: {columns: {code: STRING}}\n";
    let files = [("datasets/regions.yaml", table), ("datasets/regions.csv", "code;region\nDE;Europe\n")];
    assert_snapshot!(refused_with(&files), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0151]: the header misses the column `code` of the schema
     --> datasets/regions.csv:1:1
      |
    1 | code;region
      | ^^^^^^^^^^^

    error[TM0151]: the schema has no column `code;region`
     --> datasets/regions.csv:1:1
      |
    1 | code;region
      | ^^^^^^^^^^^
      |
      = hint: cells are parted by commas

    2 errors; `tidemill explain TM0151` says more
    "#);
}
