//! Checks that are no checks, or that name what is not there.

use insta::assert_snapshot;

use crate::project::refused_with;

fn checks(checks: &str) -> String {
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Rows.
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date, 1 AS clients, 'a' AS name
        checks: {checks}
        "
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

#[test]
fn a_check_with_a_slip() {
    assert_snapshot!(checks("[notnull(clients)]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0502]: `notnull(clients)` is no check
     --> datasets/x.yaml:5:10
      |
    5 | checks: [notnull(clients)]
      |          ^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `not_null`?

    1 error; `tidemill explain TM0502` says more
    "#);
}

#[test]
fn checks_of_no_form() {
    assert_snapshot!(checks("[clients, 5, {stop: min_rows(1)}, min_rows(many), \"accepted_values(name, a)\"]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0502]: `clients` is no check
     --> datasets/x.yaml:5:10
      |
    5 | checks: [clients, 5, {stop: min_rows(1)}, min_rows(many), "accepted_values(name, a)"]
      |          ^^^^^^^
      |
      = hint: checks are not_null(client_id), unique(client_id), min_rows(1), max_rows(1000000), rows_near(7 days, 50%), accepted_values(channel, 'release', 'beta'), in_range(duration, 0, 86400), references(country, reference.countries.code), fresh(submission_timestamp, 2 hours), holds(duration >= 0)

    error[TM0502]: a check is written like a call
     --> datasets/x.yaml:5:19
      |
    5 | checks: [clients, 5, {stop: min_rows(1)}, min_rows(many), "accepted_values(name, a)"]
      |                   ^
      |
      = hint: for example `not_null(client_id)`, or `warn: min_rows(1000)` to be told only

    error[TM0502]: a check is written like a call
     --> datasets/x.yaml:5:22
      |
    5 | checks: [clients, 5, {stop: min_rows(1)}, min_rows(many), "accepted_values(name, a)"]
      |                      ^
      |
      = hint: for example `not_null(client_id)`, or `warn: min_rows(1000)` to be told only

    error[TM0502]: `min_rows(many)` is no check
     --> datasets/x.yaml:5:43
      |
    5 | checks: [clients, 5, {stop: min_rows(1)}, min_rows(many), "accepted_values(name, a)"]
      |                                           ^^^^^^^^^^^^^^
      |
      = hint: `min_rows` takes a whole number

    error[TM0502]: `accepted_values(name, a)` is no check
     --> datasets/x.yaml:5:59
      |
    5 | checks: [clients, 5, {stop: min_rows(1)}, min_rows(many), "accepted_values(name, a)"]
      |                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: write `accepted_values(channel, 'release', 'beta')`

    5 errors; `tidemill explain TM0502` says more
    "#);
}

#[test]
fn checks_that_are_no_list() {
    assert_snapshot!(checks("min_rows(1)"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0107]: `checks` is a list, not a text
     --> datasets/x.yaml:5:9
      |
    5 | checks: min_rows(1)
      |         ^^^^^^^^^^^
      |
      = hint: write `checks: [not_null(client_id), min_rows(1)]`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn checks_of_unknown_columns() {
    assert_snapshot!(checks("[not_null(client), unique(name), {warn: holds(clints > 0)}, \"accepted_values(nam, 'a')\"]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0502]: check `not_null(client)`: no column `client` here
     --> datasets/x.yaml:5:10
      |
    5 | checks: [not_null(client), unique(name), {warn: holds(clints > 0)}, "accepted_values(nam, 'a')"]
      |          ^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `clients`?

    error[TM0502]: check `holds(clints > 0)`: no column `clints` here
     --> datasets/x.yaml:5:49
      |
    5 | checks: [not_null(client), unique(name), {warn: holds(clints > 0)}, "accepted_values(nam, 'a')"]
      |                                                 ^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `clients`?

    error[TM0502]: check `accepted_values(nam, 'a')`: no column `nam` here
     --> datasets/x.yaml:5:69
      |
    5 | checks: [not_null(client), unique(name), {warn: holds(clints > 0)}, "accepted_values(nam, 'a')"]
      |                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `name`?

    3 errors; `tidemill explain TM0502` says more
    "#);
}

#[test]
fn a_check_that_is_no_condition() {
    assert_snapshot!(checks("[holds(clients + 1)]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0502]: check `holds(clients + 1)`: `holds` takes a condition, not INT64
     --> datasets/x.yaml:5:10
      |
    5 | checks: [holds(clients + 1)]
      |          ^^^^^^^^^^^^^^^^^^
      |
      = hint: write what is true of every row, for example `holds(duration >= 0)`

    1 error; `tidemill explain TM0502` says more
    "#);
}

#[test]
fn a_check_that_breaks_out_of_its_place() {
    assert_snapshot!(checks("[\"holds(TRUE) FROM x --)\"]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: check `holds(TRUE) FROM x --)`: SQL syntax: expected `)`, found `FROM`
     --> datasets/x.yaml:5:10
      |
    5 | checks: ["holds(TRUE) FROM x --)"]
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: `(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_check_that_does_not_parse() {
    assert_snapshot!(checks("[holds(clients >)]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: check `holds(clients >)`: SQL syntax: expected an expression, found `)`
     --> datasets/x.yaml:5:10
      |
    5 | checks: [holds(clients >)]
      |          ^^^^^^^^^^^^^^^^
      |
      = hint: nothing stands behind `>`

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_check_of_two_expressions() {
    assert_snapshot!(checks("[\"holds(TRUE, clients)\"]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0502]: check `holds(TRUE, clients)`: `holds` takes a condition, not STRUCT<BOOL, INT64>
     --> datasets/x.yaml:5:10
      |
    5 | checks: ["holds(TRUE, clients)"]
      |          ^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: write what is true of every row, for example `holds(duration >= 0)`

    1 error; `tidemill explain TM0502` says more
    "#);
}
