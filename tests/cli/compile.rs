//! `tidemill compile`: what it writes, what it proves, what it removes.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn what_is_written_is_current() {
    let project = TestProject::standard();
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ was current
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ is current
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_derived/pings_v1/query.sql"), @r#"
    -- tide_derived.pings_v1
    --
    -- Pings per day and country.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Reads: tide_stable.baseline_v1, the same day.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      metadata.geo.country AS country,
      count(*) AS pings,
    FROM
      `tide_stable.baseline_v1`
    WHERE
      DATE(submission_timestamp) = @submission_date
    GROUP BY
      country
    "#);
}

#[test]
fn nothing_is_current_before_the_first_time() {
    let project = TestProject::standard();
    let said = project.refused("compile --check");
    assert!(said.starts_with("exit code: 1"), "{said}");
    assert!(said.contains("generated/ is not current: 7 added, 0 changed, 0 removed"), "{said}");
}

#[test]
fn a_change_is_shown_and_then_written() {
    let project = TestProject::standard();
    project.run("compile");
    let changed = project.read("datasets/pings.yaml").replace("[country]", "[app_channel]");
    project.file("datasets/pings.yaml", &changed);
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 1
    ----- stdout -----
    --- generated/tide_derived/pings_v1/query.sql
    +++ compiled/tide_derived/pings_v1/query.sql
    @@ -9,11 +9,11 @@
     
     SELECT
       @submission_date AS submission_date,
    -  metadata.geo.country AS country,
    +  client_info.app_channel AS app_channel,
       count(*) AS pings,
     FROM
       `tide_stable.baseline_v1`
     WHERE
       DATE(submission_timestamp) = @submission_date
     GROUP BY
    -  country
    +  app_channel
    --- generated/tide_derived/pings_v1/schema.json
    +++ compiled/tide_derived/pings_v1/schema.json
    @@ -5,7 +5,7 @@
         "mode": "NULLABLE"
       },
       {
    -    "name": "country",
    +    "name": "app_channel",
         "type": "STRING",
         "mode": "NULLABLE"
       },
    ----- stderr -----
    error[TM0505]: generated/ is not current: 0 added, 2 changed, 0 removed
      = hint: run `tidemill compile` and commit the result

    1 error; `tidemill explain TM0505` says more
    "#);
    assert_snapshot!(project.refused("compile --check --quiet"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0505]: generated/ is not current: 0 added, 2 changed, 0 removed
      = hint: run `tidemill compile` and commit the result

    1 error; `tidemill explain TM0505` says more
    "#);
    assert_snapshot!(project.refused("compile --check --json"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "sources": 1,
      "datasets": 2,
      "views": 1,
      "static_tables": 0,
      "functions": 0,
      "added": [],
      "changed": [
        "tide_derived/pings_v1/query.sql",
        "tide_derived/pings_v1/schema.json"
      ],
      "removed": [],
      "current": false,
      "determinism": {
        "tide_derived.pings_v1": {
          "verdict": "deterministic",
          "reasons": []
        },
        "tide_stable.baseline_v1": {
          "verdict": "unproven",
          "reasons": [
            {
              "rule": "tied_order",
              "message": "ROW_NUMBER takes rows that tie in the window's ORDER BY in any order",
              "certain": false,
              "at": "tidemill/stable:23:3",
              "view": null
            }
          ]
        }
      },
      "diagnostics": [
        {
          "code": "TM0505",
          "severity": "error",
          "message": "generated/ is not current: 0 added, 2 changed, 0 removed",
          "position": null,
          "compiled": null,
          "label": "",
          "related": [],
          "notes": [],
          "hint": "run `tidemill compile` and commit the result"
        }
      ]
    }
    ----- stderr -----
    "#);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 0 added, 2 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ is current
    ----- stderr -----
    "#);
}

#[test]
fn a_removed_definition_takes_its_output_along() {
    let project = TestProject::standard();
    project.run("compile");
    project.remove("datasets/pings.yaml");
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 1 dataset, 1 view: generated/ written, 0 added, 0 changed, 2 removed
    ----- stderr -----
    "#);
    assert!(!project.path("generated/tide_derived").exists());
    assert!(project.path("generated/tide_stable").exists());
}

#[test]
fn a_file_that_nobody_compiled_is_removed() {
    let project = TestProject::standard();
    project.run("compile");
    project.file("generated/stray.sql", "SELECT 1");
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 1
    ----- stdout -----
    --- generated/stray.sql
    +++ compiled/stray.sql
    @@ -1 +0,0 @@
    -SELECT 1
    ----- stderr -----
    error[TM0505]: generated/ is not current: 0 added, 0 changed, 1 removed
      = hint: run `tidemill compile` and commit the result

    1 error; `tidemill explain TM0505` says more
    "#);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 0 added, 0 changed, 1 removed
    ----- stderr -----
    "#);
}

#[test]
fn a_mistake_leaves_what_was_written() {
    let project = TestProject::standard();
    project.run("compile");
    project.file("datasets/pings.yaml", "dataset: tide_derived.pings_v1");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `description`
     --> datasets/pings.yaml:1:1
      |
    1 | dataset: tide_derived.pings_v1
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0108]: a dataset needs `template` or `sql`
     --> datasets/pings.yaml:1:1
      |
    1 | dataset: tide_derived.pings_v1
      | ^^^^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    2 errors; `tidemill explain TM0108` says more
    "#);
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `description`
     --> datasets/pings.yaml:1:1
      |
    1 | dataset: tide_derived.pings_v1
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0108]: a dataset needs `template` or `sql`
     --> datasets/pings.yaml:1:1
      |
    1 | dataset: tide_derived.pings_v1
      | ^^^^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    2 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn a_folder_that_cannot_be_written() {
    let project = TestProject::standard();
    project.file("generated", "A file stands where the folder should be.");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: cannot write [folder]/generated: not a directory
      = hint: a file stands where a folder should be; move it away

    1 error; `tidemill explain TM0605` says more
    "#);
    assert_snapshot!(project.refused("compile --check"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: cannot write [folder]/generated: not a directory
      = hint: a file stands where a folder should be; move it away

    1 error; `tidemill explain TM0605` says more
    "#);
}

#[test]
fn a_long_diff_is_cut() {
    let said = TestProject::standard().refused("compile --check");
    assert!(said.lines().count() < 420 && said.contains(" more lines"), "{said}");
}

#[test]
fn a_file_where_a_generated_folder_should_be() {
    let project = TestProject::standard();
    project.file("generated/tide_derived", "A file stands where the folder should be.");
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 1 removed
    ----- stderr -----
    "#);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let outside = TestProject::empty();
    let project = TestProject::standard();
    project.file("generated/tide/old.sql", "SELECT 1");
    std::os::unix::fs::symlink(outside.path(""), project.path("generated/tide_derived")).unwrap();
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: cannot write through the link [folder]/generated/tide_derived
      = hint: remove the link; `tidemill compile` writes generated/ anew

    1 error; `tidemill explain TM0605` says more
    "#);
    assert!(outside.tree().is_empty());
}
