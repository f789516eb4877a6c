//! Functions of a project: what their definitions may say, how they are called, what is compiled of them.

mod bodies;
mod calls;

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const ENGINE: &str = "
    function: tide.engine_name
    description: The name of a search engine as it is shown.
    arguments: {code: STRING}
    returns: STRING
    body: |
      CASE LOWER(code)
        WHEN 'ddg' THEN 'DuckDuckGo'
        ELSE UPPER(code)
      END
    examples:
      - {arguments: [DDG], gives: DuckDuckGo}
      - {arguments: [bing], gives: BING}
      - {arguments: [null], gives: null}
    ";

const SCRIPT: &str = r#"
    function: tide.scripted
    description: A text turned round.
    arguments: {text: STRING, times: INT64}
    returns: STRING
    language: js
    body: |
      return text.split("").reverse().join("").repeat(times);
    examples:
      - {arguments: [abc, 2], gives: cbacba}
    "#;

/// A dataset that selects one expression.
fn selecting(expression: &str) -> String {
    format!(
        "
        dataset: tide_derived.called_v1
        description: A call.
        start: 2026-11-20
        sql: |
          SELECT
            @submission_date AS submission_date,
            {expression} AS result
        "
    )
}

/// What a call of `tide.engine_name` or `tide.scripted` that does not fit is told.
fn refused_call(expression: &str) -> String {
    refused_with(&[
        ("datasets/engine.yaml", ENGINE),
        ("datasets/scripted.yaml", SCRIPT),
        ("datasets/called.yaml", &selecting(expression)),
    ])
}

/// What a function with this body is told.
fn refused_body(body: &str) -> String {
    let function = format!(
        "
        function: tide.mine
        description: A function with a mistake.
        arguments: {{x: INT64, tags: ARRAY<STRING>}}
        body: |
          {body}
        "
    );
    refused_with(&[
        ("datasets/mine.yaml", &function),
        ("datasets/called.yaml", &selecting("tide.mine(1, ['a'])")),
    ])
}

#[test]
fn arguments_and_results_that_cannot_be_defined() {
    let function = "
        function: tide.mine
        description: A function with mistakes.
        arguments: {x: DATE, 2nd: STRING, X: STRING, y: TEXT}
        returns: INT64
        body: x
        ";
    let script = "
        function: tide.scripted
        description: JavaScript without a type.
        arguments: {x: any type}
        language: js
        body: return 1;
        ";
    let typed = "
        function: tide.typed
        description: A body of another type.
        arguments: {x: STRING}
        returns: DATE
        body: LOWER(x)
        ";
    assert_snapshot!(
        refused_with(&[
            ("datasets/mine.yaml", function),
            ("datasets/scripted.yaml", script),
            ("datasets/typed.yaml", typed),
            ("datasets/called.yaml", &selecting("tide.mine(1) || tide.scripted() || tide.typed('x')")),
        ]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0450]: `2nd` cannot name an argument
     --> datasets/mine.yaml:3:22
      |
    3 | arguments: {x: DATE, 2nd: STRING, X: STRING, y: TEXT}
      |                      ^^^
      |
      = hint: names are of letters, digits and underscores, each once

    error[TM0450]: two arguments are named `X`, letter case aside
     --> datasets/mine.yaml:3:35
      |
    3 | arguments: {x: DATE, 2nd: STRING, X: STRING, y: TEXT}
      |                                   ^
      |
      = hint: names are of letters, digits and underscores, each once

    error[TM0109]: `arguments` is `TEXT`
     --> datasets/mine.yaml:3:49
      |
    3 | arguments: {x: DATE, 2nd: STRING, X: STRING, y: TEXT}
      |                                                 ^^^^
      |
      = hint: `TEXT` is no type; scalars are STRING, INT64, FLOAT64, NUMERIC, BOOL, BYTES, DATE, DATETIME, TIME, TIMESTAMP, JSON

    error[TM0108]: a function needs `returns`
     --> datasets/scripted.yaml:1:1
      |
    1 | function: tide.scripted
      | ^^^^^^^^
      |
      = hint: nobody can tell the type of what JavaScript gives: `returns: STRING`

    error[TM0450]: a function in JavaScript takes no `ANY TYPE`
     --> datasets/scripted.yaml:3:16
      |
    3 | arguments: {x: any type}
      |                ^^^^^^^^
      |
      = hint: name the type, or write the body in SQL

    error[TM0404]: the body is STRING, and `returns` states DATE
     --> datasets/typed.yaml:5:7
      |
    5 | body: LOWER(x)
      |       ^^^^^
      |
      = note: compiled: generated/tide/typed/function.sql:11:3
      = hint: state what it is, or cast it: `CAST(… AS DATE)`

    6 errors; `tidemill explain TM0450` says more
    "#
    );
}

#[test]
fn examples_that_do_not_fit_their_function() {
    let function = "
        function: tide.mine
        description: A function with examples.
        arguments: {x: INT64, day: DATE}
        body: CAST(x AS STRING)
        examples:
          - {arguments: [1], gives: '1'}
          - {arguments: [one, 2026-02-30], gives: 1}
          - {arguments: [1, 2026-02-28]}
          - {arguments: [1, 2026-02-28], give: '1'}
        ";
    assert_snapshot!(refused_with(&[("datasets/mine.yaml", function)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0452]: an example takes a list of 2 values, not 1 of them
     --> datasets/mine.yaml:6:17
      |
    6 |   - {arguments: [1], gives: '1'}
      |                 ^
      |
     ::: datasets/mine.yaml:1:11
      |
    1 | function: tide.mine
      |           --------- of this function

    error[TM0150]: the value does not fit INT64
     --> datasets/mine.yaml:7:18
      |
    7 |   - {arguments: [one, 2026-02-30], gives: 1}
      |                  ^^^
      |
      = hint: write it without quotes; INT64 is no text

    error[TM0150]: the value does not fit DATE
     --> datasets/mine.yaml:7:23
      |
    7 |   - {arguments: [one, 2026-02-30], gives: 1}
      |                       ^^^^^^^^^^
      |
      = hint: a DATE is written YYYY-MM-DD and exists

    error[TM0150]: the value does not fit STRING
     --> datasets/mine.yaml:7:43
      |
    7 |   - {arguments: [one, 2026-02-30], gives: 1}
      |                                           ^
      |
      = hint: put it in quotes; STRING is a text

    error[TM0108]: an example needs `gives`
     --> datasets/mine.yaml:8:6
      |
    8 |   - {arguments: [1, 2026-02-28]}
      |      ^^^^^^^^^
      |
      = hint: what the call gives: `gives: 'X'`, or `gives: null`

    error[TM0108]: an example needs `gives`
     --> datasets/mine.yaml:9:6
      |
    9 |   - {arguments: [1, 2026-02-28], give: '1'}
      |      ^^^^^^^^^
      |
      = hint: what the call gives: `gives: 'X'`, or `gives: null`

    error[TM0105]: an example has no key `give`
     --> datasets/mine.yaml:9:34
      |
    9 |   - {arguments: [1, 2026-02-28], give: '1'}
      |                                  ^^^^
      |
      = hint: did you mean `gives`?

    7 errors; `tidemill explain TM0452` says more
    "#);
}

#[test]
fn functions_that_double_each_other_stay_within_bounds() {
    let mut files = vec![(
        "datasets/f0.yaml".to_owned(),
        "
        function: tide.f0
        description: Twice.
        arguments: {x: INT64}
        body: x + x
        "
        .to_owned(),
    )];
    for number in 1..40 {
        let body = format!("tide.f{0}(x + 1) + tide.f{0}(x + 2)", number - 1);
        files.push((
            format!("datasets/f{number}.yaml"),
            format!(
                "
        function: tide.f{number}
        description: Twice the one before.
        arguments: {{x: INT64}}
        body: {body}
        "
            ),
        ));
    }
    files.push(("datasets/called.yaml".to_owned(), selecting("tide.f39(1)")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let said = TestProject::with(&files).run_within(2_000, "compile");
    assert!(said.contains("exit code: 0"), "{said}");
    assert!(said.contains("warning[TM0455]") && said.contains("more than 262144 bytes"), "{said}");
}

#[test]
fn a_name_that_a_table_has() {
    let function = ENGINE.replace("tide.engine_name", "tide.baseline");
    assert_snapshot!(refused_with(&[("datasets/engine.yaml", &function)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: the function and the view are both named `tide.baseline`
     --> datasets/engine.yaml:1:11
      |
    1 | function: tide.baseline
      |           ^^^^^^^^^^^^^
      |
     ::: datasets/baseline.yaml:1:9
      |
    1 | source: tide.baseline_v1
      |         ---------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn a_name_that_the_language_looks_up_itself() {
    let function = ENGINE.replace("tide.engine_name", "net.engine_name");
    assert_snapshot!(refused_with(&[("datasets/engine.yaml", &function)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0450]: `net.engine_name` would never be called: GoogleSQL has functions of its own there
     --> datasets/engine.yaml:1:11
      |
    1 | function: net.engine_name
      |           ^^^^^^^^^^^^^^^
      |
      = hint: name the function after the project or the product: `tide.engine_name`

    1 error; `tidemill explain TM0450` says more
    "#);
}
