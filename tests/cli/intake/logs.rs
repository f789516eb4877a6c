//! Lines of a log, fine and broken, as text and in Parquet.

use insta::assert_snapshot;

use super::{ERRORS, LOG, REQUESTS, gzip, parquet, project, request};

#[test]
fn lines_of_a_log_that_fit_and_those_that_do_not() {
    let project = project();
    let long = format!("{{\"at\": \"2026-11-21T09:00:00Z\", \"noise\": \"{}\"}}\n", "x".repeat(10 << 20));
    let text = [
        request("a", "2026-11-21T08:00:00Z", 200),
        "{\"at\": \"2026-11-21T08:00:01Z\", \"status\": {\"code\": \"many\"}}\n".to_owned(),
        "{\"insert_id\": \"b\"}\n".to_owned(),
        "{\"pid\": 7}\n".to_owned(),
        "no JSON\n".to_owned(),
        long,
        "{\"at\": \"2026-11-22T00:30:00+01:00\", \"pid\": 7, \"status\": {\"words\": [\"x\", \"y\"], \"text\": 1}}\n".to_owned(),
    ];
    project.bytes("requests.ndjson", text.concat().as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    requests.ndjson: 7 lines, 2 accepted, 5 rejected
             2  sync.requests_v1  2026-11-21
             1  rejected: no_column
             1  rejected: no_day
             1  rejected: not_json
             1  rejected: too_long
             1  rejected: wrong_type
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    warning: 1 lines have `pid`, which no column holds
    warning: 1 lines have `status.text`, which no column holds
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-21 08:00:00+00  a          200    0
     2026-11-21 23:30:00+00  NULL       NULL   2
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", ERRORS]), @r#"
    exit code: 0
    ----- stdout -----
     line   source            reason      detail                                            bytes
     INT64  STRING            STRING      STRING                                            INT64
     2      sync.requests_v1  wrong_type  `line.status.code`: expected INT64, found a text  58
     3      sync.requests_v1  no_day      `line.at` says no day                             18
     4      sync.requests_v1  no_column   nothing of the line has a column                  10
     5      sync.requests_v1  not_json    not JSON at byte 2                                7
     6      sync.requests_v1  too_long    only the beginning is kept                        256
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("status"), @r#"
    exit code: 0
    ----- stdout -----
     source            first day   last day    days  rows
     sync.requests_v1  2026-11-21  2026-11-21  1     2

     dataset                  first  last  partitions  rows  standing
     tide_stable.baseline_v1               0           0     nothing built
     tide_derived.pings_v1                 0           0     nothing built
    ----- stderr -----
    "#);
}

#[test]
fn a_log_that_comes_twice_or_grows_is_loaded_once() {
    let project = project();
    let (first, second) =
        (request("a", "2026-11-21T08:00:00Z", 200), request("b", "2026-11-21T08:01:00Z", 404));
    project.bytes("one.ndjson", first.as_bytes());
    project.run("ingest --source sync.requests_v1 one.ndjson");
    project.bytes("one.ndjson.gz", &gzip(&first));
    assert_snapshot!(project.run("ingest --source sync.requests_v1 one.ndjson.gz"), @r#"
    exit code: 0
    ----- stdout -----
    one.ndjson.gz: 1 line, 0 accepted, 0 rejected, 1 loaded before
    ----- stderr -----
    "#);
    project.bytes(
        "one.ndjson",
        format!("{first}{}{{\"at\": ", request("z", "2026-11-21T09:00:00Z", 200)).as_bytes(),
    );
    assert_snapshot!(project.run("ingest --source sync.requests_v1 one.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    one.ndjson: 2 lines, 1 accepted, 0 rejected, 1 loaded before
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    error: the last line is cut off: it has no end and is no JSON. The lines before it are loaded; ingest the file again when it is whole
    "#);
    // The identifier tells that `a` is there, also in another file; and that `b` stands twice in it.
    project.bytes("two.ndjson", [&*second, &*first, &*second].concat().as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 two.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    two.ndjson: 3 lines, 1 accepted, 0 rejected, 2 repeated
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    "#);
    // The same identifier on another day is another line.
    project.bytes("three.ndjson", request("a", "2026-11-22T08:00:00Z", 200).as_bytes());
    assert_snapshot!(project.run("ingest --source sync.requests_v1 three.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    three.ndjson: 1 line, 1 accepted, 0 rejected
             1  sync.requests_v1  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-21 08:00:00+00  a          200    0
     2026-11-21 08:01:00+00  b          404    0
     2026-11-21 09:00:00+00  z          200    0
     2026-11-22 08:00:00+00  a          200    0
    ----- stderr -----
    "#);
}

#[test]
fn parquet_of_a_log_has_its_times_in_utc() {
    let project = project();
    parquet(
        &project,
        "requests.parquet",
        "SELECT TIMESTAMPTZ '2026-11-21 23:30:00-05' AS at, 'a' AS insert_id, {'code': 200::SMALLINT} AS status
         UNION ALL SELECT TIMESTAMPTZ '2026-11-21 23:30:00-05', 'a', NULL",
    );
    assert_snapshot!(project.run("ingest --source sync.requests_v1 requests.parquet"), @r#"
    exit code: 0
    ----- stdout -----
    requests.parquet: 2 rows, 1 accepted, 0 rejected, 1 repeated
             1  sync.requests_v1  2026-11-22
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", REQUESTS]), @r#"
    exit code: 0
    ----- stdout -----
     at                      insert_id  code   words
     TIMESTAMP               STRING     INT64  INT64
     2026-11-22 04:30:00+00  a          200    0
    ----- stderr -----
    "#);
}

#[test]
fn a_log_takes_new_columns_and_gives_none_up() {
    let project = project();
    project.bytes("requests.ndjson", request("a", "2026-11-21T08:00:00Z", 200).as_bytes());
    project.run("ingest --source sync.requests_v1 requests.ndjson");
    let wider = LOG.1.replace("insert_id: STRING", "insert_id: STRING\n        pid: INT64");
    project.file(LOG.0, &wider);
    project.bytes("more.ndjson", b"{\"at\": \"2026-11-21T09:00:00Z\", \"pid\": 7}\n");
    assert_snapshot!(project.run("ingest --source sync.requests_v1 more.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    more.ndjson: 1 line, 1 accepted, 0 rejected
             1  sync.requests_v1  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT `at`, pid FROM sync.requests_v1 ORDER BY `at`"]), @r#"
    exit code: 0
    ----- stdout -----
     at                      pid
     TIMESTAMP               INT64
     2026-11-21 08:00:00+00  NULL
     2026-11-21 09:00:00+00  7
    ----- stderr -----
    "#);
    project.file(LOG.0, &LOG.1.replace("status: STRUCT<code INT64, words ARRAY<STRING>>", "status: INT64"));
    assert_snapshot!(project.run("ingest --source sync.requests_v1 more.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0504]: `sync.requests_v1` cannot take this change: older partitions and readers have the old shape
     --> datasets/requests.yaml:1:9
      |
    1 | source: sync.requests_v1
      |         ^^^^^^^^^^^^^^^^
      |
      = note: column `status`: STRUCT(…) became BIGINT
      = note: column `pid` is gone
      = hint: `tidemill new-version sync.requests_v1` copies the definition to `sync.requests_v2`; fill that with `tidemill ingest --source`, then move readers over

    1 error; `tidemill explain TM0504` says more
    "#);
}
