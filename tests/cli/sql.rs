//! SQL that does not parse, or is not one query; each is shown where its author wrote it.

use insta::assert_snapshot;

use crate::project::refused_with;

/// A dataset with its own SQL over several lines.
fn block(sql: &str) -> String {
    let lines: Vec<String> = sql.lines().map(|line| format!("          {line}")).collect();
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: |
{}
        ",
        lines.join("\n")
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

fn line(sql: &str) -> String {
    let text = format!(
        "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: {sql}
        "
    );
    refused_with(&[("datasets/x.yaml", &text)])
}

#[test]
fn a_syntax_error_in_a_block() {
    assert_snapshot!(block("SELECT\n  @submission_date AS submission_date,\n  COUNT(* AS pings\nFROM\n  tide_stable.baseline_v1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, found `AS`
     --> datasets/x.yaml:7:13
      |
    7 |     COUNT(* AS pings
      |             ^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:11:11
      = hint: `COUNT(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_syntax_error_in_a_line() {
    assert_snapshot!(line("SELECT @submission_date AS submission_date FORM x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected the end of the query, found `FORM`
     --> datasets/x.yaml:4:49
      |
    4 | sql: SELECT @submission_date AS submission_date FORM x
      |                                                 ^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:44
      = hint: did you mean `FROM` for `FORM`?

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_syntax_error_in_quotes() {
    assert_snapshot!(line("'SELECT @submission_date AS submission_date, FROM'"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected a table, but the text ends here
     --> datasets/x.yaml:4:51
      |
    4 | sql: 'SELECT @submission_date AS submission_date, FROM'
      |                                                   ^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:45

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_text_that_does_not_end() {
    assert_snapshot!(block("SELECT\n  @submission_date AS submission_date,\n  'never closed AS name"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: a literal is not closed on its line
     --> datasets/x.yaml:7:5
      |
    7 |     'never closed AS name
      |     ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:11:3
      = hint: a quote within it is written `\'`; several lines stand in triple quotes

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_syntax_error_in_a_file_beside() {
    let dataset = "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: x.sql
        ";
    let sql = "
        SELECT
          @submission_date AS submission_date,
          COUNT(* AS pings
        FROM
          tide_stable.baseline_v1
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", dataset), ("datasets/x.sql", sql)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: expected `)`, found `AS`
     --> datasets/x.sql:3:11
      |
    3 |   COUNT(* AS pings
      |           ^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- compiled for `tide_derived.x_v1`
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:11:11
      = hint: `COUNT(` is not closed

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn an_unknown_column_in_a_file_beside() {
    let dataset = "
        dataset: tide_derived.x_v1
        description: Pings.
        from: tide_stable.baseline_v1
        sql: x.sql
        ";
    let sql = "
        SELECT
          DATE(submission_timestamp) AS submission_date,
          documentid
        FROM
          {{ from }}
        WHERE
          {{ from_day }} = @submission_date
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", dataset), ("datasets/x.sql", sql)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `documentid` here
     --> datasets/x.sql:3:3
      |
    3 |   documentid
      |   ^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- compiled for `tide_derived.x_v1`
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:12:3
      = hint: did you mean `document_id`?

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn two_statements() {
    assert_snapshot!(block("SELECT @submission_date AS submission_date;\nSELECT 2"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: a dataset is one query, with functions before it at most
     --> datasets/x.yaml:6:3
      |
    6 |   SELECT 2
      |   ^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:10:1
      = hint: let what is not one query fill a `kind: table` source

    1 error; `tidemill explain TM0402` says more
    "#);
}

#[test]
fn a_statement_that_writes() {
    assert_snapshot!(block("CREATE TABLE x AS SELECT 1"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: a dataset is one query, with functions before it at most
     --> datasets/x.yaml:5:3
      |
    5 |   CREATE TABLE x AS SELECT 1
      |   ^^^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:1
      = hint: let what is not one query fill a `kind: table` source

    1 error; `tidemill explain TM0402` says more
    "#);
    assert_snapshot!(block("DROP TABLE `tide_stable.baseline_v1`"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: a dataset is one query, with functions before it at most
     --> datasets/x.yaml:5:3
      |
    5 |   DROP TABLE `tide_stable.baseline_v1`
      |   ^^^^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:1
      = hint: let what is not one query fill a `kind: table` source

    1 error; `tidemill explain TM0402` says more
    "#);
}

#[test]
fn no_statement() {
    assert_snapshot!(block("-- nothing here"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0402]: there is no query in the SQL
     --> datasets/x.yaml:5:3
      |
    5 |   -- nothing here
      |   ^
      |
      = note: compiled: generated/tide_derived/x_v1/query.sql:9:1

    1 error; `tidemill explain TM0402` says more
    "#);
}

#[test]
fn places_in_blocks_of_every_form() {
    let text = |header: &str| {
        format!(
            "dataset: tide_derived.x_v1\ndescription: Pings.\nstart: 2026-11-20\nsql: {header}\n\n    SELECT\n      @submission_date AS submission_date,\n      nothing AS n\n    FROM (SELECT 1 AS a)\n"
        )
    };
    let at = |header: &str| {
        let said = refused_with(&[("datasets/x.yaml", &text(header))]);
        said.lines().find(|line| line.contains("-->")).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(at("|"), "--> datasets/x.yaml:8:7");
    assert_eq!(at("|-"), "--> datasets/x.yaml:8:7");
    assert_eq!(at("|+  # kept"), "--> datasets/x.yaml:8:7");
    // Folding joins the lines: the value as a whole is shown.
    assert_eq!(at(">-"), "--> datasets/x.yaml:6:5");
}
