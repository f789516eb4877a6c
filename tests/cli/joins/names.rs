//! What SQL and templates may name where there are several tables.

use insta::assert_snapshot;

use super::union;

#[test]
fn names_over_several_tables() {
    let tables = "[quay.left, {table: quay.right, as: other, join: {on: [day], cardinality: many_to_one}}]";
    assert_snapshot!(union("dataset: quay_derived.x_v1", tables, "template: tidemill/aggregate\nwith: {dimensions: [shipp], measures: {n: \"sum(metric('a.b'))\"}}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `shipp` in `quay.left` and the other table of `from`
     --> datasets/x.yaml:5:21
      |
    5 | with: {dimensions: [shipp], measures: {n: "sum(metric('a.b'))"}}
      |                     ^^^^^ read by template `tidemill/aggregate`, line 13
      |
      = hint: did you mean `ship`?

    error[TM0206]: `quay.left` is no Glean ping table
     --> datasets/x.yaml:5:55
      |
    5 | with: {dimensions: [shipp], measures: {n: "sum(metric('a.b'))"}}
      |                                                       ^^^^^ read by template `tidemill/aggregate`, line 16
      |
      = hint: metrics are found in the live table, the stable dataset and the view of a Glean source

    2 errors; `tidemill explain TM0203` says more
    "#);
    assert_snapshot!(union("dataset: quay_derived.x_v1", "quay.left", "sql: \"SELECT {{ column('shipp') }} FROM {{ from }}\""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: invalid operation: no column or shortcut `shipp` in `quay.left`; did you mean `ship`?
     --> datasets/x.yaml:4:17
      |
    4 | sql: "SELECT {{ column('shipp') }} FROM {{ from }}"
      |                 ^^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0303` says more
    "#);
    assert_snapshot!(union("dataset: quay_derived.x_v1", "quay.left", "sql: \"SELECT {{ country }} FROM {{ from }}\""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: `country` is undefined
     --> datasets/x.yaml:4:17
      |
    4 | sql: "SELECT {{ country }} FROM {{ from }}"
      |                 ^^^^^^^
      |
      = hint: at hand are: column, from, from_columns, from_day, has, histogram_sum, in_partition, inputs, is_view, labeled_total, metric, partition, this; test with `is defined` where a value may be missing

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_view_over_a_template_of_partitions() {
    assert_snapshot!(union("view: quay.x", "quay.left", "template: tidemill/active_users\nwith: {bits: tons}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0409]: a view has no query parameters; its readers bring the dates
      --> tidemill/active_users:12:3
       |
    12 |   @submission_date AS submission_date,
       |   ^^^^^^^^^^^^^^^^
       |
      ::: datasets/x.yaml:1:7
       |
     1 | view: quay.x
       |       ------ compiled for `quay.x`
       |
       = note: compiled: generated/quay/x/view.sql:9:3
       = hint: a template that reads one partition makes datasets; views take `tidemill/union` or SQL without parameters

    1 error; `tidemill explain TM0409` says more
    "#);
}

#[test]
fn a_view_without_a_query_and_with_parameters_of_none() {
    assert_snapshot!(union("view: quay.x", "quay.left", "with: {x: 1}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a view needs `template` or `sql`
     --> datasets/x.yaml:1:1
      |
    1 | view: quay.x
      | ^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    1 error; `tidemill explain TM0108` says more
    "#);
    assert_snapshot!(union("view: quay.x", "quay.left", "sql: SELECT 1 AS one\nwith: {x: 1}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: `with` holds parameters of a template; this view has `sql` of its own
     --> datasets/x.yaml:5:7
      |
    5 | with: {x: 1}
      |       ^
      |
      = hint: write the values into the SQL, or move it to a template that declares them

    1 error; `tidemill explain TM0302` says more
    "#);
}
