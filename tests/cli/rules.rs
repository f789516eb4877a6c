//! Rules: how loud the project wants them, what is excepted and until when, what they say of identifiers.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

/// A project file with rules.
fn config(rules: &str) -> String {
    format!(
        "
        project: tide
        targets:
          dev: {{engine: duckdb, path: .tidemill/dev.duckdb}}
        defaults: {{owners: [data@example.com]}}
        rules: {rules}
        "
    )
}

/// A dataset over the standard pings with these lines after its name.
fn dataset(lines: &str) -> String {
    format!("dataset: tide_derived.own_v1\ndescription: One of our own.\n{lines}")
}

const ANY: &str = "sql: |
  SELECT
    @submission_date AS submission_date,
    ANY_VALUE(normalized_channel) AS channel
  FROM tide_stable.baseline_v1
  WHERE DATE(submission_timestamp) = @submission_date
";

/// The same with an exception until a day; the tests run on 2026-11-22.
fn excepted(rule: &str, until: &str) -> String {
    dataset(&format!(
        "{ANY}exceptions: [{{rule: {rule}, reason: Nobody reads the channel., until: {until}}}]\n"
    ))
}

fn checked(rules: &str, dataset: &str) -> String {
    let project = TestProject::with(&[("tidemill.yaml", &config(rules)), ("datasets/own.yaml", dataset)]);
    project.run("compile --quiet")
}

#[test]
fn a_rule_warns_unless_the_project_says_otherwise() {
    assert_snapshot!(checked("{}", &dataset(ANY)), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0705]: ANY_VALUE gives another row's value at each run
     --> datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     ^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`
    "#);
    assert_snapshot!(checked("{any_value: error}", &dataset(ANY)), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0705]: ANY_VALUE gives another row's value at each run
     --> datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     ^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`

    1 error; `tidemill explain TM0705` says more
    "#);
    assert_snapshot!(checked("{any_value: off}", &dataset(ANY)), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    "#);
}

#[test]
fn settings_that_name_no_rule_or_no_level() {
    let config = config("{any_values: off, unordered_limit: loud, random: true}");
    assert_snapshot!(refused_with(&[("tidemill.yaml", &config)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0701]: there is no rule `any_values`
     --> tidemill.yaml:5:9
      |
    5 | rules: {any_values: off, unordered_limit: loud, random: true}
      |         ^^^^^^^^^^
      |
      = hint: did you mean `any_value`?

    error[TM0109]: `unordered_limit` is `loud`
     --> tidemill.yaml:5:43
      |
    5 | rules: {any_values: off, unordered_limit: loud, random: true}
      |                                           ^^^^
      |
      = hint: a rule is `off`, `warn` or `error`

    error[TM0107]: `random` is a text, not a boolean
     --> tidemill.yaml:5:57
      |
    5 | rules: {any_values: off, unordered_limit: loud, random: true}
      |                                                         ^^^^
      |
      = hint: put the value in quotes if it is meant as text

    3 errors; `tidemill explain TM0701` says more
    "#);
}

#[test]
fn an_exception_takes_a_finding_back_until_its_day_has_passed() {
    assert_snapshot!(checked("{any_value: error}", &excepted("any_value", "2026-11-22")), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    "#);
    assert_snapshot!(checked("{any_value: error}", &excepted("any_value", "2026-11-21")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0702]: the exception from `any_value` held until 2026-11-21
     --> datasets/own.yaml:9:21
      |
    9 | exceptions: [{rule: any_value, reason: Nobody reads the channel., until: 2026-11-21}]
      |                     ^^^^^^^^^
      |
     ::: datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     --------- here
      |
      = note: it was granted because: Nobody reads the channel.
      = note: it took back: ANY_VALUE gives another row's value at each run
      = hint: mend what it was granted for, or agree on a later day

    1 error; `tidemill explain TM0702` says more
    "#);
}

#[test]
fn an_exception_that_is_over_does_not_stop_what_runs_each_day() {
    let files = [("datasets/own.yaml", excepted("any_value", "2026-11-21"))];
    let project = TestProject::with(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    assert_snapshot!(project.run("plan --date 2026-11-20"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-20: 0 partitions to build, 0 current
      wait   tide_derived.own_v1      2026-11-20  tide_stable.baseline_v1 of 2026-11-20 waits too
      wait   tide_derived.pings_v1    2026-11-20  tide_stable.baseline_v1 of 2026-11-20 waits too
      wait   tide_stable.baseline_v1  2026-11-20  source tide_live.baseline_v1: no rows yet for 2026-11-20
    ----- stderr -----
    "#);
}

#[test]
fn exceptions_that_nothing_needs_or_that_say_too_little() {
    assert_snapshot!(checked("{}", &excepted("unordered_limit", "2027-03-01")), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0705]: ANY_VALUE gives another row's value at each run
     --> datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     ^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`

    warning[TM0703]: nothing breaks the rule `unordered_limit` here
     --> datasets/own.yaml:9:21
      |
    9 | exceptions: [{rule: unordered_limit, reason: Nobody reads the channel., until: 2027-03-01}]
      |                     ^^^^^^^^^^^^^^^
      |
      = hint: take the exception out
    "#);
    let without = dataset(&format!("{ANY}exceptions: [{{rule: any_valeu, until: 2027-02-30}}]\n"));
    assert_snapshot!(refused_with(&[("datasets/own.yaml", &without)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    warning[TM0705]: ANY_VALUE gives another row's value at each run
     --> datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     ^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`

    error[TM0108]: an exception needs `reason`
     --> datasets/own.yaml:9:15
      |
    9 | exceptions: [{rule: any_valeu, until: 2027-02-30}]
      |               ^^^^
      |
      = hint: say why the rule may be broken here

    error[TM0109]: `until` is `2027-02-30`
     --> datasets/own.yaml:9:39
      |
    9 | exceptions: [{rule: any_valeu, until: 2027-02-30}]
      |                                       ^^^^^^^^^^
      |
      = hint: there is no such day as 2027-02-30

    2 errors; `tidemill explain TM0108` says more
    "#);
    let no_list = dataset(&format!("{ANY}exceptions: any_value\n"));
    assert_snapshot!(refused_with(&[("datasets/own.yaml", &no_list)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    warning[TM0705]: ANY_VALUE gives another row's value at each run
     --> datasets/own.yaml:6:5
      |
    6 |     ANY_VALUE(normalized_channel) AS channel
      |     ^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: take MIN or MAX, or the value of one row: `ARRAY_AGG(x ORDER BY … LIMIT 1)[SAFE_OFFSET(0)]`

    error[TM0107]: `exceptions` is a list, not a text
     --> datasets/own.yaml:9:13
      |
    9 | exceptions: any_value
      |             ^^^^^^^^^
      |
      = hint: write `exceptions: [{rule: NAME, reason: why, until: 2027-03-01}]`

    1 error; `tidemill explain TM0107` says more
    "#);
}

#[test]
fn an_exception_of_a_matrix_is_needed_where_one_member_needs_it() {
    let matrix = "
        for: {limit: [no_limit, '5']}
        dataset: tide_derived.of_{limit}_v1
        description: With a limit or without.
        sql: |
          SELECT @submission_date AS submission_date, normalized_channel AS channel
          FROM tide_stable.baseline_v1
          WHERE DATE(submission_timestamp) = @submission_date
          {{ 'LIMIT 5' if limit == '5' }}
        exceptions: [{rule: unordered_limit, reason: A sample., until: 2027-03-01}]
        ";
    let project = TestProject::with(&[("datasets/own.yaml", matrix)]);
    assert_snapshot!(project.run("compile --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    "#);
}

#[test]
fn identifiers_are_followed_to_where_they_may_not_be() {
    let log = "
        source: sync.requests_v1
        kind: log
        description: Requests.
        partition_by: {column: timestamp, every: day}
        schema: {columns: {timestamp: TIMESTAMP, fields: \"STRUCT<user STRING, ip STRING, status INT64>\"}}
        identifiers: {fields.user: account_id, fields.ip: ip}
        start: 2026-11-20
        ";
    let first = "
        dataset: sync_derived.requests_v1
        description: Requests, one a row.
        sql: |
          WITH today AS (SELECT * FROM sync.requests_v1 WHERE DATE(timestamp) = @submission_date)
          SELECT
            @submission_date AS submission_date,
            STRUCT(fields.status AS status, LOWER(fields.user) AS who) AS request,
            TO_HEX(SHA256(fields.ip)) AS address,
            keyed_hash(fields.ip, 'sync') AS address_key,
            fields.user IS NULL AS is_anonymous
          FROM today
        ";
    let second = "
        dataset: sync_derived.users_v1
        description: Users of the day.
        sql: |
          SELECT submission_date, MAX(request.who) AS latest, SUM(request.status) + MAX(request.status) AS statuses, COUNT(DISTINCT request.who) AS users
          FROM sync_derived.requests_v1
          WHERE submission_date = @submission_date
          GROUP BY submission_date
        ";
    assert_snapshot!(refused_with(&[("datasets/log.yaml", log), ("datasets/first.yaml", first), ("datasets/second.yaml", second)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0718]: `address` holds an identifier (ip), and the table is made from a server's log
     --> datasets/first.yaml:1:10
      |
    1 | dataset: sync_derived.requests_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: sync_derived.requests_v1.address ← sync.requests_v1.fields.ip
      = hint: leave it out, count it, or hash it with a key: `keyed_hash(column, 'key_name')`

    error[TM0718]: `request.who` holds an identifier (account_id), and the table is made from a server's log
     --> datasets/first.yaml:1:10
      |
    1 | dataset: sync_derived.requests_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: sync_derived.requests_v1.request.who ← sync.requests_v1.fields.user
      = hint: leave it out, count it, or hash it with a key: `keyed_hash(column, 'key_name')`

    error[TM0719]: `address` is a hash without a key of an identifier that can be guessed (ip)
     --> datasets/first.yaml:8:12
      |
    8 |     TO_HEX(SHA256(fields.ip)) AS address,
      |            ^^^^^^
      |
      = note: sync_derived.requests_v1.address ← sync.requests_v1.fields.ip
      = note: compiled: generated/sync_derived/requests_v1/query.sql:15:10
      = hint: hash it with a key: `keyed_hash(column, 'key_name')`

    error[TM0718]: `latest` holds an identifier (account_id), and the table is made from a server's log
     --> datasets/second.yaml:1:10
      |
    1 | dataset: sync_derived.users_v1
      |          ^^^^^^^^^^^^^^^^^^^^^
      |
      = note: sync_derived.users_v1.latest ← sync_derived.requests_v1.request.who ← sync.requests_v1.fields.user
      = hint: leave it out, count it, or hash it with a key: `keyed_hash(column, 'key_name')`

    4 errors; `tidemill explain TM0718` says more
    "#);
}

#[test]
fn people_s_rows_want_deletion_and_an_end() {
    let clients = dataset(
        "from: tide_stable.baseline_v1
template: tidemill/clients_daily
",
    );
    assert_snapshot!(refused_with(&[("datasets/own.yaml", &clients)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0716]: the dataset holds `client_id`, and does not say how a person's rows are deleted
     --> datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ^^^^^^^^^^^^^^^^^^^
      |
      = note: client_id tide_derived.own_v1.client_id ← tide_stable.baseline_v1.client_info.client_id ← tide_live.baseline_v1.client_info.client_id
      = hint: write `deletion: by client_id`, or aggregate so that nobody can be told apart

    error[TM0717]: the dataset holds `client_id`, and keeps it for ever
     --> datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ^^^^^^^^^^^^^^^^^^^
      |
      = note: client_id tide_derived.own_v1.client_id ← tide_stable.baseline_v1.client_info.client_id ← tide_live.baseline_v1.client_info.client_id
      = hint: write `expires: 775 days`, no longer than what it is made from

    2 errors; `tidemill explain TM0716` says more
    "#);
    let baseline = "
        source: tide.baseline_v1
        kind: ping
        description: Pings of a browser in use.
        start: 2026-11-20
        schema: {glean: []}
        stable: {expires: 90 days}
        ";
    let kept = format!("{clients}deletion: by client_id\nexpires: 775 days\n");
    let project = TestProject::with(&[("datasets/baseline.yaml", baseline), ("datasets/own.yaml", &kept)]);
    assert_snapshot!(project.run("compile --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0720]: `client_id` is kept for 775 days, and in `tide_stable.baseline_v1` for 90
     --> datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ^^^^^^^^^^^^^^^^^^^
      |
      = note: tide_derived.own_v1.client_id ← tide_stable.baseline_v1.client_info.client_id ← tide_live.baseline_v1.client_info.client_id
      = hint: write `expires: 90 days`, or leave the identifier out
    "#);
}

#[test]
fn a_public_view_holds_no_identifiers() {
    let view = "
        view: tide.everything
        description: All pings.
        sql: SELECT * FROM tide_stable.baseline_v1
        public: true
        ";
    assert_snapshot!(refused_with(&[("datasets/own.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0718]: `client_info.client_id` holds an identifier (client_id), and the table is public
     --> datasets/own.yaml:1:7
      |
    1 | view: tide.everything
      |       ^^^^^^^^^^^^^^^
      |
      = note: tide.everything.client_info.client_id ← tide_stable.baseline_v1.client_info.client_id ← tide_live.baseline_v1.client_info.client_id
      = hint: leave it out, count it, or hash it with a key: `keyed_hash(column, 'key_name')`

    warning[TM0715]: the star brings identifiers: client_info.client_id
     --> datasets/own.yaml:3:13
      |
    3 | sql: SELECT * FROM tide_stable.baseline_v1
      |             ^
      |
      = note: compiled: generated/tide/everything/view.sql:8:8
      = hint: name the columns that are needed, or leave these out with EXCEPT

    1 error; `tidemill explain TM0718` says more
    "#);
}

#[test]
fn identifiers_that_are_no_columns_or_of_no_kind() {
    let source = "
        source: shop.orders
        kind: table
        description: Orders.
        partition_by: {column: day, every: day}
        schema: {columns: {day: DATE, buyer: \"STRUCT<email STRING, country STRING>\"}}
        identifiers: {buyer.emial: email, buyer.country: nation}
        start: 2026-11-20
        ";
    assert_snapshot!(refused_with(&[("datasets/own.yaml", source)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: `identifiers` names `buyer.emial`, which the schema does not have
     --> datasets/own.yaml:6:15
      |
    6 | identifiers: {buyer.emial: email, buyer.country: nation}
      |               ^^^^^^^^^^^
      |
      = hint: did you mean `buyer.email`?

    error[TM0109]: no kind of identifier `nation`
     --> datasets/own.yaml:6:50
      |
    6 | identifiers: {buyer.emial: email, buyer.country: nation}
      |                                                  ^^^^^^
      |
      = hint: the kinds are: account_id, advertising_id, client_id, cookie_id, device_id, email, ip, name, phone, profile_id, serial_number, user_number

    2 errors; `tidemill explain TM0112` says more
    "#);
}

#[test]
fn a_view_that_differs_at_each_read_counts_for_its_readers() {
    let view = "
        view: tide.some_pings
        description: Some of the pings.
        sql: SELECT DATE(submission_timestamp) AS day, normalized_channel FROM tide_stable.baseline_v1 LIMIT 100
        ";
    let reader = dataset(
        "sql: |
  SELECT @submission_date AS submission_date, COUNT(*) AS pings FROM tide.some_pings
reads: {tide.some_pings: same_day}
",
    );
    let project = TestProject::with(&[("datasets/view.yaml", view), ("datasets/own.yaml", &reader)]);
    assert_snapshot!(project.run("compile -v"), @r#"
    exit code: 0
    ----- stdout -----
    building again: 1 deterministic, 1 deterministic unless rows tie, 1 not deterministic
      tide_derived.own_v1: LIMIT without ORDER BY keeps other rows at each run, datasets/view.yaml:3:102
    1 source, 3 datasets, 2 views: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0713]: the view `tide.some_pings` gives other rows at each read
     --> datasets/own.yaml:4:70
      |
    4 |   SELECT @submission_date AS submission_date, COUNT(*) AS pings FROM tide.some_pings
      |                                                                      ^^^^^^^^^^^^^^^
      |
      = note: LIMIT without ORDER BY keeps other rows at each run, at datasets/view.yaml:3:102
      = note: compiled: generated/tide_derived/own_v1/query.sql:10:68
      = hint: mend the view, or read the tables behind it
    "#);
    let said = project.run("compile --json");
    let json: serde_json::Value = serde_json::from_str(
        said.split_once("stdout -----").unwrap().1.split("----- stderr").next().unwrap(),
    )
    .unwrap();
    let verdicts = &json["determinism"];
    assert_eq!(verdicts["tide_derived.pings_v1"]["verdict"], "deterministic");
    // Which of two documents that arrive in one instant is the first cannot be seen in the query.
    assert_eq!(verdicts["tide_stable.baseline_v1"]["verdict"], "unproven");
    assert_eq!(verdicts["tide_derived.own_v1"]["verdict"], "nondeterministic");
    let reason = &verdicts["tide_derived.own_v1"]["reasons"][0];
    assert_eq!((&reason["rule"], &reason["view"]), (&"unordered_limit".into(), &"tide.some_pings".into()));
}

#[test]
fn a_rule_can_be_explained_by_its_name() {
    assert_snapshot!(TestProject::empty().refused("explain unordered_limit"), @r#"
    exit code: 0
    ----- stdout -----
    TM0707: LIMIT without an order

    LIMIT without ORDER BY keeps whichever rows come first, and a rerun others.

    The rule `unordered_limit` is `warn` by default; `rules: {unordered_limit: off}` in tidemill.yaml changes that.

    Found in:

        sql: |
          SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date LIMIT 10

    Fine:

        sql: |
          SELECT submission_date, country FROM shop.orders WHERE submission_date = @submission_date
          ORDER BY submission_date, country LIMIT 10

    Fine:

        sql: |
          SELECT submission_date, COUNT(*) AS orders FROM shop.orders
          WHERE submission_date = @submission_date AND EXISTS (SELECT 1 FROM shop.plans LIMIT 1)
          GROUP BY submission_date
    ----- stderr -----
    "#);
}

#[test]
fn who_may_read_without_bounds_reads_all_partitions() {
    let all = dataset(
        "sql: SELECT @submission_date AS submission_date, COUNT(*) AS pings FROM tide_stable.baseline_v1\n",
    );
    let project = TestProject::with(&[
        ("tidemill.yaml", &config("{unbounded_read: warn}")),
        ("datasets/own.yaml", &all),
    ]);
    assert_snapshot!(project.run("compile --quiet"), @r#"
    exit code: 0
    ----- stdout -----
    ----- stderr -----
    warning[TM0205]: the read of `tide_stable.baseline_v1` is not bounded by the partition
     --> datasets/own.yaml:3:73
      |
    3 | sql: SELECT @submission_date AS submission_date, COUNT(*) AS pings FROM tide_stable.baseline_v1
      |                                                                         ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:10:68
      = hint: compare `submission_timestamp` with @submission_date in WHERE, or state `reads: {tide_stable.baseline_v1: {last: 28 days}}`
    "#);
    let query = project.read("generated/tide_derived/own_v1/query.sql");
    assert!(query.contains("-- Reads: tide_stable.baseline_v1, the whole table.\n"), "{query}");
}
