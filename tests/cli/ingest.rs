//! `tidemill ingest`: pings that are fine, broken, repeated, grown, missing or cut off.

use insta::assert_snapshot;

use crate::project::TestProject;

/// A submission that fits.
fn ping(number: u32) -> String {
    format!(
        "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"2026-11-21T08:00:00Z\", \"body\": {{\"client_info\": {{\"client_id\": \"11111111-1111-4111-8111-{number:012}\"}}, \"ping_info\": {{\"seq\": {number}}}}}}}\n"
    )
}

const BROKEN: &str = "\
this is no JSON
[1, 2]
{\"body\": {}}
{\"path\": \"/elsewhere\", \"body\": {}}
{\"path\": \"/submit/other/baseline/1/00000000-0000-4000-8000-000000000009\", \"received_at\": \"2026-11-21T08:00:00Z\", \"body\": {}}
{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-000000000009\", \"body\": {}}
{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-000000000009\", \"received_at\": \"2026-11-21T08:00:00Z\", \"body\": {\"ping_info\": {\"seq\": \"many\"}}}
";

const ERRORS: &str = "SELECT line, source, reason, detail, SAFE_CAST(original AS STRING) AS original FROM tidemill.ingest_error ORDER BY line";
const COUNT: &str =
    "SELECT COUNT(*) AS pings, COUNT(DISTINCT document_id) AS documents FROM tide_live.baseline_v1";

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(TestProject::standard().run("ingest pings.jsonl"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: pings.jsonl cannot be read: No such file or directory (os error 2)
      = hint: see whether the path is right

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_folder_in_place_of_a_file() {
    assert_snapshot!(TestProject::standard().run("ingest datasets"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: datasets cannot be read: it is no regular file
      = hint: see whether the path is right

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn a_file_that_is_cut_off_loads_nothing() {
    let project = TestProject::standard();
    let text: String = (0..2_000).map(ping).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    project.bytes("pings.jsonl.gz", &whole[..whole.len() / 2]);
    project.file("more.jsonl", &ping(1));
    assert_snapshot!(project.run("ingest pings.jsonl.gz more.jsonl"), @r#"
    exit code: 1
    ----- stdout -----
    more.jsonl: 1 line, 1 accepted, 0 rejected
             1  tide_live.baseline_v1  2026-11-21
    ----- stderr -----
    error[TM0103]: pings.jsonl.gz is cut off: its gzip stream ends after line 987 without its end mark
      = hint: fetch it again; none of its lines were loaded

    1 error; `tidemill explain TM0103` says more
    "#);
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     1      1
    ----- stderr -----
    "#);
    project.bytes("pings.jsonl.gz", &whole);
    assert_snapshot!(project.run("ingest pings.jsonl.gz"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl.gz: 2000 lines, 2000 accepted, 0 rejected
          2000  tide_live.baseline_v1  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     2001   2000
    ----- stderr -----
    "#);
}

#[test]
fn broken_lines_are_kept_with_their_reason() {
    let project = TestProject::standard();
    project.bytes("pings.jsonl", format!("{}{BROKEN}{}", ping(1), ping(2)).as_bytes());
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 9 lines, 2 accepted, 7 rejected
             2  tide_live.baseline_v1  2026-11-21
             1  rejected: bad_path
             1  rejected: missing_path
             1  rejected: no_receipt_time
             1  rejected: not_an_object
             1  rejected: not_json
             1  rejected: unknown_namespace
             1  rejected: wrong_type
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", ERRORS]), @r#"
    exit code: 0
    ----- stdout -----
     line   source                 reason             detail                                                                                                                                                          original
     INT64  STRING                 STRING             STRING                                                                                                                                                          STRING
     2      NULL                   not_json           not JSON at byte 2                                                                                                                                              this is no JSON
     3      NULL                   not_an_object      the line is a list                                                                                                                                              [1, 2]
     4      NULL                   missing_path       the line has no text `path`                                                                                                                                     {"body": {}}
     5      NULL                   bad_path           `/elsewhere` is neither `/submit/<namespace>/<type>/<version>/<document id>` nor `/submit/telemetry/<document id>/<type>/<app>/<version>/<channel>/<build id>`  {"path": "/elsewhere", "body": {}}
     6      NULL                   unknown_namespace  no source takes the namespace `other`; known: tide                                                                                                              {"path": "/submit/other/baseline/1/00000000-0000-4000-8000-000000000009", "received_at": "2026-11-21T08:00:00Z", "body": {}}
     7      tide_live.baseline_v1  no_receipt_time    the line has neither `received_at` nor a `Date` header; give `--received-at`                                                                                    {"path": "/submit/tide/baseline/1/00000000-0000-4000-8000-000000000009", "body": {}}
     8      tide_live.baseline_v1  wrong_type         `body.ping_info.seq`: expected INT64, found a text                                                                                                              {"path": "/submit/tide/baseline/1/00000000-0000-4000-8000-000000000009", "received_at": "2026-11-21T08:00:00Z", "body": {"ping_info": {"seq": "many"}}}
    ----- stderr -----
    "#);
    let all = project.run_with(&["query", "SELECT * FROM tidemill.ingest_error"]);
    assert!(all.starts_with("exit code: 0"), "{all}");
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     2      2
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 9 lines, 0 accepted, 0 rejected, 9 loaded before
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     2      2
    ----- stderr -----
    "#);
}

#[test]
fn a_file_that_has_grown_adds_its_new_lines() {
    let project = TestProject::standard();
    project.bytes("pings.jsonl", ping(1).as_bytes());
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 1 line, 1 accepted, 0 rejected
             1  tide_live.baseline_v1  2026-11-21
    ----- stderr -----
    "#);
    project.bytes("pings.jsonl", format!("{}{}no JSON\n", ping(1), ping(2)).as_bytes());
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 3 lines, 1 accepted, 1 rejected, 1 loaded before
             1  tide_live.baseline_v1  2026-11-21
             1  rejected: not_json
      rejected lines: tidemill query "SELECT line, reason, detail, file FROM tidemill.ingest_error"
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("ingest pings.jsonl --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "files": [
        {
          "file": "pings.jsonl",
          "lines": 3,
          "known": 3,
          "accepted": {},
          "rejected": {},
          "repeated": 0,
          "dated_by_header": 0,
          "ignored": {},
          "partitions": []
        }
      ]
    }
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     2      2
    ----- stderr -----
    "#);
}

#[test]
fn an_empty_file() {
    let project = TestProject::standard();
    project.bytes("pings.jsonl", b"");
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 0
    ----- stdout -----
    pings.jsonl: 0 lines, 0 accepted, 0 rejected
    ----- stderr -----
    "#);
}

#[test]
fn no_file_at_all() {
    assert_snapshot!(TestProject::standard().refused("ingest"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the following required arguments were not provided:
      <FILES>...

    Usage: tidemill ingest <FILES>...

    For more information, try '--help'.
    "#);
}

#[test]
fn what_was_read_is_built() {
    let project = TestProject::standard();
    project.bytes("pings.jsonl", format!("{}{}", ping(1), ping(2)).as_bytes());
    project.run("ingest pings.jsonl");
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 4 partitions to build, 0 current
      build  tide_stable.baseline_v1  2026-11-20 to 2026-11-21  missing
      build  tide_derived.pings_v1    2026-11-20 to 2026-11-21  missing
    4 partitions built, 3 rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 4 current
    nothing to do
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM tide_derived.pings_v1"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  country  pings
     DATE             STRING   INT64
     2026-11-21       NULL     2
    ----- stderr -----
    "#);
}

#[test]
fn a_half_written_last_line_is_loaded_once_the_file_is_whole() {
    let project = TestProject::standard();
    let whole = format!("{}{}", ping(1), ping(2));
    project.bytes("pings.ndjson", &whole.as_bytes()[..whole.len() - 40]);
    assert_snapshot!(project.run("ingest pings.ndjson"), @r#"
    exit code: 1
    ----- stdout -----
    pings.ndjson: 1 line, 1 accepted, 0 rejected
             1  tide_live.baseline_v1  2026-11-21
    ----- stderr -----
    error: the last line is cut off: it has no end and is no JSON. The lines before it are loaded; ingest the file again when it is whole
    "#);
    project.bytes("pings.ndjson", whole.as_bytes());
    assert_snapshot!(project.run("ingest pings.ndjson"), @r#"
    exit code: 0
    ----- stdout -----
    pings.ndjson: 2 lines, 1 accepted, 0 rejected, 1 loaded before
             1  tide_live.baseline_v1  2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", COUNT]), @r#"
    exit code: 0
    ----- stdout -----
     pings  documents
     INT64  INT64
     2      2
    ----- stderr -----
    "#);
}
