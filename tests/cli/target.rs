//! Targets: names by a pattern, production kept apart, `defer_to`, and `tidemill target drop`.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

fn config(targets: &str) -> String {
    format!("project: tide\ntargets:\n{targets}\ndefaults: {{owners: [data@example.com]}}\n")
}

/// The standard project with a view and a check, on a branch, with one ping a day for two days.
fn project(targets: &str) -> TestProject {
    let pings = "
        dataset: tide_derived.pings_v1
        description: Pings per day and country.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with:
          dimensions: [country]
          measures: {pings: count(*)}
        checks: [min_rows(1), unique(country)]
        view: tide.pings
        ";
    let project = TestProject::with(&[("datasets/pings.yaml", pings)]);
    project.file("tidemill.yaml", &config(targets));
    project.file(".git/HEAD", "ref: refs/heads/Feature/tides-2");
    let ping = |number: u32, day: &str| {
        format!(
            "{{\"path\": \"/submit/tide/baseline/1/00000000-0000-4000-8000-{number:012}\", \"received_at\": \"{day}T08:00:00Z\", \"geo\": {{\"country\": \"DE\"}}, \"body\": {{}}}}"
        )
    };
    project.file("pings.ndjson", &[ping(1, "2026-11-20"), ping(2, "2026-11-21")].join("\n"));
    project.file("more.ndjson", &[ping(3, "2026-11-20"), ping(4, "2026-11-21")].join("\n"));
    project
}

const BRANCHES: &str = "  dev: {engine: duckdb, path: .tidemill/dev.duckdb, names: '{branch}_{schema}'}";
const DEFERRING: &str = "  dev: {engine: duckdb, path: .tidemill/dev.duckdb, defer_to: prod}
  prod: {engine: duckdb, path: .tidemill/prod.duckdb, production: true}";

fn tables(project: &TestProject, file: &str) -> Vec<String> {
    let connection = duckdb::Connection::open(project.path(file)).unwrap();
    let mut statement = connection
        .prepare("SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY 1")
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_table_has_the_name_that_the_pattern_gives() {
    let project = project(BRANCHES);
    assert!(project.run("ingest pings.ndjson").starts_with("exit code: 0"));
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 4 partitions to build, 0 current
      build  tide_stable.baseline_v1  2026-11-20 to 2026-11-21  missing
      build  tide_derived.pings_v1    2026-11-20 to 2026-11-21  missing
    4 partitions built, 4 rows
    ----- stderr -----
    "#);
    let compiled = project.run("compile");
    assert!(compiled.starts_with("exit code: 0"), "{compiled}");
    assert!(!project.read("generated/tide_derived/pings_v1/query.sql").contains("feature"));
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM tide.pings ORDER BY submission_date"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  country  pings
     DATE             STRING   INT64
     2026-11-20       DE       1
     2026-11-21       DE       1
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&["query", "SELECT COUNT(*) AS errors FROM tidemill.ingest_error"]), @r#"
    exit code: 0
    ----- stdout -----
     errors
     INT64
     0
    ----- stderr -----
    "#);
    assert!(project.run("recheck --all").contains("4 partitions checked again, 0 suspect"));
    project.file("q.sql", "SELECT pings FROM tide_derived.pings_v1");
    assert!(
        project.run("translate --file q.sql").contains("FROM \"feature_tides_2_tide_derived\".\"pings_v1\"")
    );
    // Another branch begins with nothing, in the same file; and this one finds its own again.
    project.file(".git/HEAD", "ref: refs/heads/main");
    assert!(project.run("status").contains("nothing was ingested or built yet"));
    assert!(project.run("ingest pings.ndjson").contains("2 accepted"));
    assert_snapshot!(project.run("run --date 2026-11-20"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-20: 2 partitions to build, 0 current
      build  tide_stable.baseline_v1  2026-11-20  missing
      build  tide_derived.pings_v1    2026-11-20  missing
    2 partitions built, 2 rows
    ----- stderr -----
    "#);
    project.file(".git/HEAD", "ref: refs/heads/Feature/tides-2");
    assert!(project.run("run --date 2026-11-21").contains("nothing to do"));
    assert_snapshot!(tables(&project, ".tidemill/dev.duckdb").join("\n"), @r#"
    feature_tides_2_tide.baseline
    feature_tides_2_tide.pings
    feature_tides_2_tide_derived.pings_v1
    feature_tides_2_tide_live.baseline_v1
    feature_tides_2_tide_stable.baseline_v1
    feature_tides_2_tidemill.ingest_error
    feature_tides_2_tidemill.ingested_file
    feature_tides_2_tidemill.marker
    feature_tides_2_tidemill.partitioning
    feature_tides_2_tidemill.static_table
    feature_tides_2_tidemill.view
    main_tide.baseline
    main_tide.pings
    main_tide_derived.pings_v1
    main_tide_live.baseline_v1
    main_tide_stable.baseline_v1
    main_tidemill.ingest_error
    main_tidemill.ingested_file
    main_tidemill.marker
    main_tidemill.partitioning
    main_tidemill.static_table
    main_tidemill.view
    "#);
}

#[test]
fn names_that_need_what_is_not_there() {
    let project = project(BRANCHES);
    project.remove(".git/HEAD");
    assert_snapshot!(project.refused("run --date 2026-11-21"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0624]: the names of the target `dev` need a git branch, and there is none here
     --> tidemill.yaml:3:9
      |
    3 |   dev: {engine: duckdb, path: .tidemill/dev.duckdb, names: '{branch}_{schema}'}
      |         ^^^^^^
      |
      = hint: `git init`, or take `{branch}` out

    1 error; `tidemill explain TM0624` says more
    "#);
    project.file("tidemill.yaml", &config("  dev: {engine: duckdb, names: '{user}_{schema}'}"));
    assert_snapshot!(project.refused("plan --date 2026-11-21"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0624]: the names of the target `dev` need a user, and the environment names none
     --> tidemill.yaml:3:9
      |
    3 |   dev: {engine: duckdb, names: '{user}_{schema}'}
      |         ^^^^^^
      |
      = hint: set USER

    1 error; `tidemill explain TM0624` says more
    "#);
}

#[test]
fn mistakes_in_targets() {
    let said = |targets: &str| refused_with(&[("tidemill.yaml", &config(targets))]);
    assert_snapshot!(said("  dev: {engine: duckdb, names: '{branch}'}\n  two: {engine: duckdb, names: '{team}_{schema}'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `names` is `{branch}`
     --> tidemill.yaml:3:32
      |
    3 |   dev: {engine: duckdb, names: '{branch}'}
      |                                ^^^^^^^^^^
      |
      = hint: write lower-case letters, digits and `_` with `{schema}` once, and `{target}`, `{user}` or `{branch}` where needed: `{branch}_{schema}`

    error[TM0109]: `names` is `{team}_{schema}`
     --> tidemill.yaml:4:32
      |
    4 |   two: {engine: duckdb, names: '{team}_{schema}'}
      |                                ^^^^^^^^^^^^^^^^^
      |
      = hint: write lower-case letters, digits and `_` with `{schema}` once, and `{target}`, `{user}` or `{branch}` where needed: `{branch}_{schema}`

    2 errors; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(said("  dev: {engine: duckdb, path: a.duckdb}\n  two: {engine: duckdb, path: ./x/../a.duckdb}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0134]: the targets `dev` and `two` would write the same tables
     --> tidemill.yaml:4:9
      |
    4 |   two: {engine: duckdb, path: ./x/../a.duckdb}
      |         ^^^^^^
      |
     ::: tidemill.yaml:3:9
      |
    3 |   dev: {engine: duckdb, path: a.duckdb}
      |         ------ the other one
      |
      = hint: give one of them another `path`, or other names: `names: "{branch}_{schema}"`

    1 error; `tidemill explain TM0134` says more
    "#);
    assert_snapshot!(said("  dev: {engine: duckdb, defer_to: prdo}\n  prod: {engine: duckdb, production: true, defer_to: dev}\n  self: {engine: duckdb, defer_to: self}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0604]: no target `prdo`
     --> tidemill.yaml:3:35
      |
    3 |   dev: {engine: duckdb, defer_to: prdo}
      |                                   ^^^^
      |
      = hint: did you mean `prod`?

    error[TM0134]: a production target reads nothing from another one
     --> tidemill.yaml:4:54
      |
    4 |   prod: {engine: duckdb, production: true, defer_to: dev}
      |                                                      ^^^
      |
      = hint: take `defer_to` or `production: true` out

    error[TM0134]: `self` cannot read what it lacks from `self`
     --> tidemill.yaml:5:36
      |
    5 |   self: {engine: duckdb, defer_to: self}
      |                                    ^^^^
      |
      = hint: name another target, one that has no `defer_to` itself

    3 errors; `tidemill explain TM0604` says more
    "#);
}

#[test]
fn a_branch_whose_names_are_production_s() {
    let project = project(
        "  dev: {engine: duckdb, path: all.duckdb, names: '{branch}_{schema}'}
  prod: {engine: duckdb, path: all.duckdb, names: 'tide_{schema}', production: true}",
    );
    assert!(project.run("plan --date 2026-11-21").starts_with("exit code: 0"));
    project.file(".git/HEAD", "ref: refs/heads/tide");
    assert_snapshot!(project.refused("run --date 2026-11-21"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0134]: `dev` would write into `tide_tide`, a schema of `prod`
     --> tidemill.yaml:3:9
      |
    3 |   dev: {engine: duckdb, path: all.duckdb, names: '{branch}_{schema}'}
      |         ^^^^^^
      |
     ::: tidemill.yaml:4:10
      |
    4 |   prod: {engine: duckdb, path: all.duckdb, names: 'tide_{schema}', production: true}
      |          ------ production
      |
      = hint: give the target a `path` of its own, or other `names`

    1 error; `tidemill explain TM0134` says more
    "#);
}

#[test]
fn what_a_target_lacks_is_read_from_another_one() {
    let project = project(DEFERRING);
    project.run("--target prod ingest pings.ndjson");
    project.run("--target prod run --date 2026-11-21");
    let production = std::fs::read(project.path(".tidemill/prod.duckdb")).unwrap();
    // Nothing changed: nothing is built, all of it can be read.
    assert_snapshot!(project.run("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 4 current
    ----- stderr -----
    6 partitions of 3 tables are read from the target `prod`
    "#);
    assert!(project.run("run --date 2026-11-21").contains("nothing to do"));
    let pings =
        ["query", "SELECT p.submission_date, p.pings FROM tide.pings AS p ORDER BY p.submission_date"];
    assert_snapshot!(project.run_with(&pings), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  pings
     DATE             INT64
     2026-11-20       1
     2026-11-21       1
    ----- stderr -----
    "#);
    // A changed dataset is built here, from what stands there.
    let text = project.read("datasets/pings.yaml").replace("count(*)", "10 * count(*)");
    project.file("datasets/pings.yaml", &text);
    assert_snapshot!(project.run("run --date 2026-11-20"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-20: 1 partition to build, 2 current
      build  tide_derived.pings_v1  2026-11-20  missing
    1 partition built, 1 rows
    ----- stderr -----
    4 partitions of 2 tables are read from the target `prod`
    "#);
    assert_snapshot!(project.run_with(&pings), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  pings
     DATE             INT64
     2026-11-20       10
    ----- stderr -----
    "#);
    // Pings of its own make a day its own, and all that is made of it.
    project.run("ingest more.ndjson");
    assert_snapshot!(project.run("run --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 4 partitions to build, 0 current
      build  tide_stable.baseline_v1  2026-11-20 to 2026-11-21  missing
      build  tide_derived.pings_v1    2026-11-20                input changed: tide_stable.baseline_v1
      build  tide_derived.pings_v1    2026-11-21                missing
    4 partitions built, 4 rows, 1 rebuilt with the same rows
    ----- stderr -----
    "#);
    assert_snapshot!(project.run_with(&pings), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  pings
     DATE             INT64
     2026-11-20       10
     2026-11-21       10
    ----- stderr -----
    "#);
    assert!(std::fs::read(project.path(".tidemill/prod.duckdb")).unwrap() == production);
    assert!(project.run("--target prod status").contains("tide_derived.pings_v1"));
}

#[test]
fn what_was_built_from_another_target_is_not_current_with_this_one() {
    let daily = |name: &str, sql: &str| {
        format!(
            "dataset: tide_derived.{name}_v1\ndescription: A number per day.\nstart: 2026-11-20\nlookback: 0 days\nsql: {sql}\n"
        )
    };
    let ones = daily("ones", "SELECT @submission_date AS submission_date, 1 AS number");
    let twos = daily(
        "twos",
        "SELECT submission_date, number + 1 AS number FROM `tide_derived.ones_v1` WHERE submission_date = @submission_date",
    );
    let project = project(DEFERRING);
    project.file("datasets/ones.yaml", &ones);
    project.file("datasets/twos.yaml", &twos);
    project.run("--target prod run --date 2026-11-21 tide_derived.ones_v1 tide_derived.twos_v1");
    project.file("datasets/twos.yaml", &twos.replace("number + 1", "number + 10"));
    let built = project.run("run --date 2026-11-21 tide_derived.twos_v1");
    assert!(built.contains("2 partitions built, 2 rows"), "{built}");
    // Its versions begin at one here, as they did there.
    project.file("datasets/ones.yaml", &ones.replace("1 AS number", "5 AS number"));
    let built = project.run("run --date 2026-11-22 tide_derived.ones_v1");
    assert!(built.contains("3 partitions built, 3 rows"), "{built}");
    assert_snapshot!(project.run("plan --date 2026-11-22 tide_derived.twos_v1"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-22: 1 partition to build, 3 current
      build  tide_derived.twos_v1  2026-11-22  missing
    2 stale, not due: tide_derived.twos_v1 2026-11-20 to 2026-11-21 (input changed: tide_derived.ones_v1): tidemill backfill --from 2026-11-20 --to 2026-11-22 --downstream tide_derived.twos_v1
    ----- stderr -----
    "#);
    project.run("backfill --from 2026-11-20 --to 2026-11-22 tide_derived.twos_v1");
    assert_snapshot!(project.run_with(&["query", "SELECT * FROM tide_derived.twos_v1 ORDER BY submission_date"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  number
     DATE             INT64
     2026-11-20       15
     2026-11-21       15
     2026-11-22       15
    ----- stderr -----
    "#);
    // And production has what it had.
    assert_snapshot!(project.run_with(&["--target", "prod", "query", "SELECT * FROM tide_derived.twos_v1 ORDER BY submission_date"]), @r#"
    exit code: 0
    ----- stdout -----
     submission_date  number
     DATE             INT64
     2026-11-20       2
     2026-11-21       2
    ----- stderr -----
    "#);
}

#[test]
fn two_targets_in_one_file() {
    let project = project(
        "  dev: {engine: duckdb, path: all.duckdb, names: 'dev_{schema}', defer_to: prod}
  prod: {engine: duckdb, path: all.duckdb, production: true}",
    );
    project.run("--target prod ingest pings.ndjson");
    project.run("--target prod run --date 2026-11-21");
    let text = project.read("datasets/pings.yaml").replace("count(*)", "10 * count(*)");
    project.file("datasets/pings.yaml", &text);
    let ran = project.run("run --date 2026-11-21");
    assert!(ran.contains("2 partitions built, 2 rows"), "{ran}");
    let sum = ["query", "SELECT SUM(pings) AS pings FROM tide_derived.pings_v1"];
    assert!(project.run_with(&sum).contains("\n 20\n"));
    assert!(project.run("target drop dev --yes").contains("kept     tide_live.baseline_v1"));
    assert!(project.run_with(&["--target", "prod", sum[0], sum[1]]).contains("\n 2\n"));
    assert!(tables(&project, "all.duckdb").iter().all(|name| !name.starts_with("dev_")));
}

#[test]
fn the_other_target_is_held_by_another_process() {
    let project = project(DEFERRING);
    project.run("--target prod ingest pings.ndjson");
    let held = duckdb::Connection::open(project.path(".tidemill/prod.duckdb")).unwrap();
    let said = project.run("run --date 2026-11-21").replace(&std::process::id().to_string(), "[this test]");
    drop(held);
    assert_snapshot!(said, @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0603]: [folder]/.tidemill/prod.duckdb is held by process [this test]
      = hint: wait for it or end it; `tidemill status` and `tidemill plan` work meanwhile

    1 error; `tidemill explain TM0603` says more
    "#);
}

#[test]
fn dropping_a_target() {
    let project = project(DEFERRING);
    assert_snapshot!(project.refused("target drop dev --yes"), @r#"
    exit code: 0
    ----- stdout -----
    nothing was made in the target `dev`
    ----- stderr -----
    "#);
    project.run("ingest pings.ndjson");
    project.run("run --date 2026-11-21");
    assert_snapshot!(project.run("target drop dev"), @r#"
    exit code: 0
    ----- stdout -----
    to remove  table  tide_derived.pings_v1
    to remove  table  tide_live.baseline_v1
    to remove  table  tide_stable.baseline_v1
    to remove  view   tide.baseline
    to remove  view   tide.pings
    to remove  file   [folder]/.tidemill/dev.ledger.sqlite
    to remove  file   [folder]/.tidemill/dev.ledger.backup/2026-11-22.sqlite
    to remove  file   [folder]/.tidemill/dev.duckdb
    to remove  6 commit markers

    Nothing was removed; `tidemill target drop dev --yes` removes it
    ----- stderr -----
    "#);
    assert!(project.path(".tidemill/dev.duckdb").exists());
    assert!(project.run("target drop dev --yes").starts_with("exit code: 0"));
    assert!(!project.path(".tidemill/dev.duckdb").exists());
    assert!(!project.path(".tidemill/dev.ledger.sqlite").exists());
    assert_snapshot!(project.refused("target drop prod --yes"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0625]: `prod` is production
     --> tidemill.yaml:4:10
      |
    4 |   prod: {engine: duckdb, path: .tidemill/prod.duckdb, production: true}
      |          ^^^^^^
      |
      = hint: take `production: true` out first, if you mean it

    1 error; `tidemill explain TM0625` says more
    "#);
    assert_snapshot!(project.refused("target drop deb --yes"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0604]: no target `deb` in tidemill.yaml
      = hint: did you mean `dev`?

    1 error; `tidemill explain TM0604` says more
    "#);
}

#[test]
fn dropping_keeps_what_others_made() {
    let project = project(DEFERRING);
    project.run("ingest pings.ndjson");
    let other = |statement: &str| {
        let connection = duckdb::Connection::open(project.path(".tidemill/dev.duckdb")).unwrap();
        connection.execute_batch(statement).unwrap();
    };
    other("CREATE TABLE tide_live.notes (text VARCHAR); INSERT INTO tide_live.notes VALUES ('kept')");
    assert_snapshot!(project.run("target drop dev --yes"), @r#"
    exit code: 0
    ----- stdout -----
    removed  table  tide_derived.pings_v1
    removed  table  tide_live.baseline_v1
    removed  table  tide_stable.baseline_v1
    removed  file   [folder]/.tidemill/dev.ledger.sqlite
    removed  2 commit markers
    kept     tide_live.notes: Tidemill did not make it
    ----- stderr -----
    "#);
    other("SELECT text FROM tide_live.notes");
    assert_eq!(tables(&project, ".tidemill/dev.duckdb"), ["tide_live.notes"]);
}

#[test]
fn dropping_while_another_process_has_it() {
    let project = project(DEFERRING);
    project.run("ingest pings.ndjson");
    let held = duckdb::Connection::open(project.path(".tidemill/dev.duckdb")).unwrap();
    let said = project.run("target drop dev --yes").replace(&std::process::id().to_string(), "[this test]");
    drop(held);
    assert_snapshot!(said, @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0603]: [folder]/.tidemill/dev.duckdb is held by process [this test]
      = hint: wait for it or end it; `tidemill status` and `tidemill plan` work meanwhile

    1 error; `tidemill explain TM0603` says more
    "#);
    assert!(project.path(".tidemill/dev.ledger.sqlite").exists());
}

#[cfg(unix)]
#[test]
fn the_file_of_production_by_way_of_a_link() {
    let targets = "  dev: {engine: duckdb, path: link/prod.duckdb}\n  prod: {engine: duckdb, path: prod.duckdb, production: true}";
    let project = project(targets);
    std::os::unix::fs::symlink(".", project.path("link")).unwrap();
    for command in ["ingest pings.ndjson", "target drop dev --yes"] {
        let said = project.run(command);
        assert!(said.contains("error[TM0134]: `dev` would write into"), "{said}");
    }
    project.run("--target prod ingest pings.ndjson");
    project.run("target drop dev --yes");
    assert!(project.path("prod.duckdb").exists());
}

#[test]
fn a_query_reads_what_is_deferred_and_writes_nothing() {
    let project = project(DEFERRING);
    assert!(project.run("ingest pings.ndjson --target prod").starts_with("exit code: 0"));
    assert!(project.run("run --date 2026-11-21 --target prod").starts_with("exit code: 0"));
    let sums = [
        "query",
        "--csv",
        "SELECT submission_date, SUM(pings) AS pings FROM tide.pings AS t GROUP BY 1 ORDER BY 1",
    ];
    let rows = "submission_date,pings\n2026-11-20,1\n2026-11-21,1\n";
    // What readers of the ledger share stands beside it while they read.
    let files = || {
        let is_kept = |path: &std::path::Path| {
            !path.to_string_lossy().ends_with("-shm") && !path.to_string_lossy().ends_with("-wal")
        };
        project.tree().into_iter().filter(|(path, _)| is_kept(path)).collect::<Vec<_>>()
    };
    // Nothing stands in the own target yet.
    let before = files();
    let answer = project.run_with(&sums);
    assert!(answer.contains(rows), "{answer}");
    assert!(files() == before, "a query has written");
    // One day does.
    assert!(project.run("run --date 2026-11-20").starts_with("exit code: 0"));
    let before = files();
    let answer = project.run_with(&sums);
    assert!(answer.contains(rows), "{answer}");
    assert!(files() == before, "a query has written");
}
