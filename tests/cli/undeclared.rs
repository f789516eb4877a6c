//! Tables that nobody declares: told once where they are read, and what is not known because of them.

use insta::assert_snapshot;

use crate::project::TestProject;

const DAILY: &str = "
    dataset: tide_derived.daily_v1
    description: Clients a day, of a table that others fill.
    start: 2026-11-20
    sql: |
      SELECT
        @submission_date AS submission_date,
        e.country,
        COUNT(DISTINCT e.client_id) AS clients,
        (SELECT COUNT(*) FROM other.events_v1) AS events
      FROM
        other.events_v1 AS e
      WHERE
        e.day = @submission_date
      GROUP BY
        e.country
    ";

const READER: &str = "
    dataset: tide_derived.reader_v1
    description: Reads what is behind it.
    start: 2026-11-20
    sql: |
      SELECT submission_date, clients + 1 AS more, country AS place
      FROM tide_derived.daily_v1
      WHERE submission_date = @submission_date
    ";

const STAR: &str = "
    view: tide_derived.everything
    description: All of it.
    sql: SELECT * FROM other.events_v1
    ";

const FREE: &str = "
    dataset: tide_derived.free_v1
    description: Reads nothing.
    start: 2026-11-20
    sql: SELECT @submission_date AS submission_date, 1 AS one
    ";

fn project() -> TestProject {
    TestProject::with(&[
        ("datasets/daily.yaml", DAILY),
        ("datasets/reader.yaml", READER),
        ("datasets/everything.yaml", STAR),
        ("datasets/free.yaml", FREE),
    ])
}

#[test]
fn a_warning_where_it_is_read_and_a_word_about_all_that_is_not_known() {
    let project = project();
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 5 datasets, 2 views: generated/ written, 12 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0201]: nothing declares the table `other.events_v1`
      --> datasets/daily.yaml:11:5
       |
    11 |     other.events_v1 AS e
       |     ^^^^^^^^^^^^^^^
       |
       = note: what reads it is not built; `tidemill check` lists the columns without a type
       = note: compiled: generated/tide_derived/daily_v1/query.sql:15:3
       = hint: declare what others fill as a source (`kind: table`) with its schema

    warning[TM0201]: nothing declares the table `other.events_v1`
     --> datasets/everything.yaml:3:20
      |
    3 | sql: SELECT * FROM other.events_v1
      |                    ^^^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/tide_derived/everything/view.sql:9:15
      = hint: declare what others fill as a source (`kind: table`) with its schema
    "#);
    assert_snapshot!(project.read("generated/tide_derived/daily_v1/query.sql"), @r#"
    -- tide_derived.daily_v1
    --
    -- Clients a day, of a table that others fill.
    --
    -- Owners: data@example.com.
    -- Not typed, and never built here: it reads `other.events_v1`, which nothing declares.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      e.country,
      COUNT(DISTINCT e.client_id) AS clients,
      (SELECT COUNT(*) FROM other.events_v1) AS events
    FROM
      other.events_v1 AS e
    WHERE
      e.day = @submission_date
    GROUP BY
      e.country
    "#);
    assert!(!project.path("generated/tide_derived/daily_v1/schema.json").exists());
    assert_snapshot!(project.run("check --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0201]: nothing declares the table `other.events_v1`
      --> datasets/daily.yaml:11:5
       |
    11 |     other.events_v1 AS e
       |     ^^^^^^^^^^^^^^^
       |
       = note: what reads it is not built; `tidemill check` lists the columns without a type
       = note: compiled: generated/tide_derived/daily_v1/query.sql:15:3
       = hint: declare what others fill as a source (`kind: table`) with its schema

    warning[TM0201]: nothing declares the table `other.events_v1`
     --> datasets/everything.yaml:3:20
      |
    3 | sql: SELECT * FROM other.events_v1
      |                    ^^^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/tide_derived/everything/view.sql:9:15
      = hint: declare what others fill as a source (`kind: table`) with its schema
    "#);
    assert_snapshot!(project.run("check --deny-warnings tide_derived.reader_v1"), @r#"
    exit code: 0
    ----- stdout -----
    checked  1 source, 5 datasets, 2 views
             types: 4 of 7 queries are typed
             19 rules
             generated/: 1 file, current
    not      dataset unit tests: there are none
             2 findings: outside of what was selected
             the column place of `tide_derived.reader_v1`: it reads `other.events_v1`, which nothing declares
             BigQuery: not asked, all is judged offline
    found    nothing
    ----- stderr -----
    "#);
}

#[test]
fn what_is_behind_it_is_not_built() {
    let project = project();
    project.run("compile");
    assert_snapshot!(project.run("run --quiet --date 2026-11-20 tide_derived.reader_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: `tide_derived.reader_v1` cannot be built: it reads `other.events_v1`, which nothing declares
     --> datasets/reader.yaml:1:10
      |
    1 | dataset: tide_derived.reader_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: declare what others fill as a source (`kind: table`) with its schema

    1 error; `tidemill explain TM0201` says more
    "#);
    assert_snapshot!(project.run("run --quiet --date 2026-11-20 tide_derived.free_v1"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    "#);
}

#[test]
fn mistakes_of_its_readers_are_found_all_the_same() {
    let project = project();
    project.file("datasets/reader.yaml", &READER.replace("clients + 1", "CONCAT(clients, nope)"));
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    warning[TM0201]: nothing declares the table `other.events_v1`
      --> datasets/daily.yaml:11:5
       |
    11 |     other.events_v1 AS e
       |     ^^^^^^^^^^^^^^^
       |
       = note: what reads it is not built; `tidemill check` lists the columns without a type
       = note: compiled: generated/tide_derived/daily_v1/query.sql:15:3
       = hint: declare what others fill as a source (`kind: table`) with its schema

    warning[TM0201]: nothing declares the table `other.events_v1`
     --> datasets/everything.yaml:3:20
      |
    3 | sql: SELECT * FROM other.events_v1
      |                    ^^^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/tide_derived/everything/view.sql:9:15
      = hint: declare what others fill as a source (`kind: table`) with its schema

    error[TM0203]: no column `nope` here
     --> datasets/reader.yaml:5:43
      |
    5 |   SELECT submission_date, CONCAT(clients, nope) AS more, country AS place
      |                                           ^^^^
      |
      = note: compiled: generated/tide_derived/reader_v1/query.sql:9:41

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_slip_in_a_name_that_is_declared() {
    let project = TestProject::with(&[("datasets/free.yaml", FREE)]);
    let reader = READER.replace("tide_derived.daily_v1", "tide_derived.fre_v1");
    project.file("datasets/reader.yaml", &reader);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 4 datasets, 1 view: generated/ written, 10 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0201]: nothing declares the table `tide_derived.fre_v1`
     --> datasets/reader.yaml:6:8
      |
    6 |   FROM tide_derived.fre_v1
      |        ^^^^^^^^^^^^^^^^^^^
      |
      = note: what reads it is not built; `tidemill check` lists the columns without a type
      = note: compiled: generated/tide_derived/reader_v1/query.sql:10:6
      = hint: did you mean `tide_derived.free_v1`?
    "#);
}
