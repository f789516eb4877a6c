//! Templates of a project that do not parse, render or compile, each shown at its own line.

use insta::assert_snapshot;

use crate::project::refused_with;

/// A dataset by a template of the project's own.
fn own(template: &str) -> String {
    let dataset = "
        dataset: tide_derived.x_v1
        description: Pings.
        from: tide_stable.baseline_v1
        template: own
        ";
    refused_with(&[("datasets/x.yaml", dataset), ("templates/own.sql", template)])
}

#[test]
fn a_template_with_a_syntax_error() {
    assert_snapshot!(own("SELECT\n  {{ from\nFROM x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: unexpected identifier, expected end of variable block
     --> templates/own.sql:3:1
      |
    3 | FROM x
      | ^^^^

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_template_with_a_block_that_is_not_closed() {
    assert_snapshot!(own("SELECT 1\n{% if true %}\nFROM x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: unexpected end of input, expected end of block
     --> templates/own.sql:2:14
      |
    2 | {% if true %}
      |              ^

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn an_undefined_name_in_a_template() {
    assert_snapshot!(own("SELECT\n  {{ form }}\nFROM x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: `form` is undefined
     --> templates/own.sql:2:6
      |
    2 |   {{ form }}
      |      ^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: did you mean `from`?

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn an_unknown_filter_in_a_template() {
    assert_snapshot!(own("SELECT {{ from|uper }}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: unknown filter: filter uper is unknown
     --> templates/own.sql:1:16
      |
    1 | SELECT {{ from|uper }}
      |                ^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_template_that_includes_what_is_not_there() {
    assert_snapshot!(own("SELECT 1\n{% include '../../etc/passwd' %}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: template not found: tried to include non-existing template '../../etc/passwd'
     --> templates/own.sql:2:4
      |
    2 | {% include '../../etc/passwd' %}
      |    ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_template_that_sees_no_environment() {
    assert_snapshot!(own("SELECT '{{ env.HOME }}'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `own`: `env` is undefined
     --> templates/own.sql:1:12
      |
    1 | SELECT '{{ env.HOME }}'
      |            ^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: at hand are: column, from, from_columns, from_day, has, histogram_sum, in_partition, inputs, is_view, labeled_total, metric, partition, this; test with `is defined` where a value may be missing

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_declaration_with_mistakes() {
    let template = "
        {#---
        description: Pings.
        parameters:
          one: {type: colums, description: The first.}
          two: {type: text}
        ---#}
        SELECT @submission_date AS submission_date
        ";
    assert_snapshot!(own(template), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `type` is `colums`
     --> templates/own.sql:4:15
      |
    4 |   one: {type: colums, description: The first.}
      |               ^^^^^^
      |
      = hint: the types are columns, measures, expression, column, text, integer, boolean

    error[TM0108]: the parameter `two` needs `description`
     --> templates/own.sql:5:9
      |
    5 |   two: {type: text}
      |         ^^^^
      |
      = hint: say what the parameter does

    2 errors; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_declaration_that_is_not_closed() {
    assert_snapshot!(own("{#---\ndescription: Pings.\nSELECT 1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0305]: the declaration is not closed
     --> templates/own.sql:1:1
      |
    1 | {#---
      | ^^^^^
      |
      = hint: end it with `---#}`

    1 error; `tidemill explain TM0305` says more
    "#);
}

#[test]
fn sql_in_a_template_is_wrong_at_the_templates_line() {
    assert_snapshot!(own("SELECT\n  @submission_date AS submission_date,\n  COUNT(* AS pings\nFROM\n  {{ from }}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, found `AS`
     --> templates/own.sql:3:11
      |
    3 |   COUNT(* AS pings
      |           ^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- compiled for `tide_derived.x_v1`
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:12:11
      = hint: `COUNT(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_column_in_a_template_is_wrong_at_the_templates_line() {
    assert_snapshot!(own("SELECT\n  @submission_date AS submission_date,\n  contry\nFROM\n  {{ from }}\nWHERE {{ from_day }} = @submission_date"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `contry` here
     --> templates/own.sql:3:3
      |
    3 |   contry
      |   ^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- compiled for `tide_derived.x_v1`
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:12:3

    1 error; `tidemill explain TM0203` says more
    "#);
}
