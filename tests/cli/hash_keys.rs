//! Keys of `keyed_hash`: files of the user's alone, whose values stand nowhere else.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A dataset that hashes, by itself.
fn hashing(call: &str) -> String {
    format!(
        "
        dataset: tide_derived.hashed_v1
        description: Hashes.
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date, {call} AS hashed
        "
    )
}

fn project() -> TestProject {
    let project = TestProject::empty();
    project.file(
        "tidemill.yaml",
        "
        project: tide
        targets:
          dev: {engine: duckdb, path: .tidemill/dev.duckdb, keys: {other: secrets/other.key}}
        defaults: {owners: [data@example.com]}
        ",
    );
    project.file("datasets/hashed.yaml", &hashing("keyed_hash('abc', 'client')"));
    project
}

/// Writes the key with a mode.
fn write_key(project: &TestProject, path: &str, mode: u32) {
    project.bytes(path, KEY.as_bytes());
    std::fs::set_permissions(project.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_key_that_is_missing() {
    let project = project();
    let said = project.run("run --date 2026-11-20");
    assert_snapshot!(said, @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0650]: the key `client` is not at hand: .tidemill/keys/client is not there
     --> datasets/hashed.yaml:1:10
      |
    1 | dataset: tide_derived.hashed_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^ hashes with `client`
      |
      = hint: make one once and keep it: `head -c 32 /dev/urandom > .tidemill/keys/client; chmod 600 .tidemill/keys/client`

    1 error; `tidemill explain TM0650` says more
    "#);
    assert!(!project.path("generated").exists());
}

#[test]
fn a_key_that_others_can_read() {
    let project = project();
    write_key(&project, ".tidemill/keys/client", 0o640);
    let said = project.run("run --date 2026-11-20");
    assert_snapshot!(said, @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0651]: the key `client` is not safe: .tidemill/keys/client has mode 0640, so that others can reach it
     --> datasets/hashed.yaml:1:10
      |
    1 | dataset: tide_derived.hashed_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^ hashes with `client`
      |
      = hint: make it yours alone: `chmod 600 .tidemill/keys/client`; if others may have read it, make a new one

    1 error; `tidemill explain TM0651` says more
    "#);
    let table = project.run_with(&["query", "SELECT * FROM tide_derived.hashed_v1"]);
    assert!(table.contains("TM0606"), "nothing was built: {table}");
}

#[test]
fn a_key_that_is_a_link_or_too_short() {
    let project = project();
    write_key(&project, "elsewhere", 0o600);
    std::fs::create_dir_all(project.path(".tidemill/keys")).unwrap();
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path(".tidemill/keys/client")).unwrap();
    assert_snapshot!(project.run("run --date 2026-11-20"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0651]: the key `client` is not safe: .tidemill/keys/client is no regular file
     --> datasets/hashed.yaml:1:10
      |
    1 | dataset: tide_derived.hashed_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^ hashes with `client`
      |
      = hint: put the key's own file there, not a link

    1 error; `tidemill explain TM0651` says more
    "#);
    project.remove(".tidemill/keys/client");
    write_key(&project, ".tidemill/keys/client", 0o600);
    std::fs::write(project.path(".tidemill/keys/client"), "short").unwrap();
    assert_snapshot!(project.run("run --date 2026-11-20"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0651]: the key `client` is not safe: .tidemill/keys/client does not have 16 to 4096 bytes
     --> datasets/hashed.yaml:1:10
      |
    1 | dataset: tide_derived.hashed_v1
      |          ^^^^^^^^^^^^^^^^^^^^^^ hashes with `client`
      |
      = hint: make one of 32 random bytes: `head -c 32 /dev/urandom > .tidemill/keys/client; chmod 600 .tidemill/keys/client`

    1 error; `tidemill explain TM0651` says more
    "#);
}

#[test]
fn a_hash_by_a_key_whose_value_stands_nowhere() {
    let project = project();
    write_key(&project, ".tidemill/keys/client", 0o600);
    write_key(&project, "secrets/other.key", 0o400);
    project.file(
        "datasets/seen.yaml",
        "
        view: tide_derived.seen
        description: Hashes by another key.
        sql: SELECT hashed, keyed_hash(hashed, 'other') AS again FROM `tide_derived.hashed_v1`
        ",
    );
    let mut said = project.run("compile --verbose");
    for arguments in
        ["run --date 2026-11-20 --verbose", "run --date 2026-11-21 --json", "status", "status --json"]
    {
        said.push_str(&project.run(arguments));
    }
    let hash = project.run_with(&["query", "SELECT hashed, again FROM tide_derived.seen LIMIT 1"]);
    // Python: hmac.new(KEY, b"abc", sha256), and the same of its digits.
    assert!(hash.contains("a60c859a6827c5ea576a48d8d368672fbfe4667c6a927428284a0cb3859cc1d6"), "{hash}");
    assert!(hash.contains("cbe76ad1076d86d0e1795c6752fe19d1e51701aefa1ca7905d861e47ddd15208"), "{hash}");
    project.bytes(".tidemill/keys/client", b"ffffffffffffffffffffffffffffffff");
    said.push_str(&project.run("plan --date 2026-11-21"));
    assert!(!said.contains(KEY), "{said}");
    for (path, bytes) in project.tree() {
        let is_key = path.ends_with("keys/client") || path.ends_with("other.key");
        let found = bytes.is_some_and(|bytes| bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes()));
        assert!(is_key || !found, "{} has the key", path.display());
    }
    assert_snapshot!(project.read("generated/tide_derived/hashed_v1/query.sql"), @r#"
    -- tide_derived.hashed_v1
    --
    -- Hashes.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Hashes with the key: client.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT @submission_date AS submission_date, keyed_hash('abc', 'client') AS hashed
    "#);
}

#[test]
fn a_key_that_is_no_literal_name() {
    assert_snapshot!(
        refused_with(&[("datasets/hashed.yaml", &hashing("keyed_hash('abc', CONCAT('cli', 'ent'))"))]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0453]: the key of keyed_hash is a literal name
     --> datasets/hashed.yaml:4:68
      |
    4 | sql: SELECT @submission_date AS submission_date, keyed_hash('abc', CONCAT('cli', 'ent')) AS hashed
      |                                                                    ^^^^^^
      |
      = note: compiled: generated/tide_derived/hashed_v1/query.sql:9:63
      = hint: write `keyed_hash(client_id, 'client')`, in lower-case letters, digits, `-` and `_`; the key's value stands in a file

    1 error; `tidemill explain TM0453` says more
    "#
    );
    assert_snapshot!(refused_with(&[("datasets/hashed.yaml", &hashing("keyed_hash('abc', '../client')"))]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0453]: the key of keyed_hash is a literal name
     --> datasets/hashed.yaml:4:68
      |
    4 | sql: SELECT @submission_date AS submission_date, keyed_hash('abc', '../client') AS hashed
      |                                                                    ^^^^^^^^^^^
      |
      = note: compiled: generated/tide_derived/hashed_v1/query.sql:9:63
      = hint: write `keyed_hash(client_id, 'client')`, in lower-case letters, digits, `-` and `_`; the key's value stands in a file

    1 error; `tidemill explain TM0453` says more
    "#);
    assert_snapshot!(refused_with(&[("datasets/hashed.yaml", &hashing("keyed_hash(7, 'client')"))]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: KEYED_HASH: argument 1 is INT64, not STRING
     --> datasets/hashed.yaml:4:61
      |
    4 | sql: SELECT @submission_date AS submission_date, keyed_hash(7, 'client') AS hashed
      |                                                             ^
      |
      = note: compiled: generated/tide_derived/hashed_v1/query.sql:9:56
      = hint: it is KEYED_HASH(STRING, STRING) -> STRING

    1 error; `tidemill explain TM0404` says more
    "#);
}
