//! What is given on the command line: verbs, dates, targets, selections, machine form.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn no_verb_in_a_project() {
    assert_snapshot!(TestProject::standard().refused(""), @r#"
    exit code: 0
    ----- stdout -----
    project [folder]/tidemill.yaml

      tidemill compile            check the definitions, write generated/
      tidemill check              all that CI needs, offline
      tidemill ingest FILE…       load pings
      tidemill plan --date D      what a day would build, and why
      tidemill run --date D       build it
      tidemill status             what is built, stale or missing

    All verbs: tidemill --help
    ----- stderr -----
    "#);
}

#[test]
fn no_verb_outside_a_project() {
    assert_snapshot!(TestProject::empty().refused(""), @r#"
    exit code: 0
    ----- stdout -----
    there is no tidemill.yaml here

      tidemill init     write a small project into this folder
      tidemill demo     build weeks of simulated pings and look at the result

    All verbs: tidemill --help
    ----- stderr -----
    "#);
}

#[test]
fn an_unknown_verb() {
    assert_snapshot!(TestProject::standard().refused("complie"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unrecognized subcommand 'complie'

      tip: some similar subcommands exist: 'compare', 'compile'

    Usage: tidemill [OPTIONS] [COMMAND]

    For more information, try '--help'.
    "#);
}

#[test]
fn an_unknown_option() {
    assert_snapshot!(TestProject::standard().refused("run --day 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: unexpected argument '--day' found

      tip: a similar argument exists: '--date'

    Usage: tidemill run --date <DAY> [SELECT]...

    For more information, try '--help'.
    "#);
}

#[test]
fn a_day_that_does_not_exist() {
    assert_snapshot!(TestProject::standard().refused("run --date 2026-02-30"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: --date is `2026-02-30`: there is no such day as 2026-02-30

    1 error; `tidemill explain TM0602` says more
    "#);
}

#[test]
fn a_day_in_other_words() {
    assert_snapshot!(TestProject::standard().refused("plan --date yesterday"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: --date is `yesterday`: dates are written YYYY-MM-DD, for example 2026-11-22

    1 error; `tidemill explain TM0602` says more
    "#);
}

#[test]
fn a_range_that_runs_backwards() {
    assert_snapshot!(TestProject::standard().refused("backfill --from 2026-11-21 --to 2026-11-20"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: --to 2026-11-20 lies before --from 2026-11-21
      = hint: a range runs forward; swap the two

    1 error; `tidemill explain TM0602` says more
    "#);
}

#[test]
fn half_a_range() {
    assert_snapshot!(TestProject::standard().refused("backfill --from 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the following required arguments were not provided:
      --to <DAY>

    Usage: tidemill backfill --from <DAY> --to <DAY> [SELECT]...

    For more information, try '--help'.
    "#);
}

#[test]
fn an_unknown_target() {
    assert_snapshot!(TestProject::standard().refused("run --target dve --date 2026-11-21"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0604]: no target `dve` in tidemill.yaml
      = hint: did you mean `dev`?

    1 error; `tidemill explain TM0604` says more
    "#);
    assert_snapshot!(TestProject::standard().refused("plan --target production"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0604]: no target `production` in tidemill.yaml
      = hint: the targets are: dev

    1 error; `tidemill explain TM0604` says more
    "#);
}

#[test]
fn an_unknown_selection() {
    assert_snapshot!(TestProject::standard().refused("run --date 2026-11-21 pigns_v1"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `pigns_v1` matches no dataset
      = hint: did you mean `pings_v1`?

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(TestProject::standard().refused("plan tag:core"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: `tag:core` matches no dataset
      = hint: select by name, glob (`*_daily_v1`), `tag:name`, `+name` or `name+`

    1 error; `tidemill explain TM0601` says more
    "#);
}

#[test]
fn a_time_that_cannot_be_read() {
    assert_snapshot!(TestProject::standard().refused("ingest --received-at noon pings.jsonl"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0602]: --received-at is `noon`
      = hint: write a time with its zone, such as 2026-11-22T08:00:00Z

    1 error; `tidemill explain TM0602` says more
    "#);
}

#[test]
fn the_machine_form_of_a_finding() {
    let text = "
        dataset: tide_derived.pings_v1
        description: Pings per day and country.
        from: tide_stable.baseline_v1
        template: tidemill/aggregate
        with:
          dimensions: [contry]
          measures: {pings: count(*)}
        ";
    assert_snapshot!(TestProject::with(&[("datasets/pings.yaml", text)]).refused("compile --json"), @r#"
    exit code: 1
    ----- stdout -----
    {
      "diagnostics": [
        {
          "code": "TM0203",
          "severity": "error",
          "message": "no column or shortcut `contry` in `tide_stable.baseline_v1`",
          "position": {
            "file": "datasets/pings.yaml",
            "line": 6,
            "column": 16,
            "length": 6
          },
          "compiled": null,
          "label": "read by template `tidemill/aggregate`, line 13",
          "related": [],
          "notes": [],
          "hint": "did you mean `country`?"
        }
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn the_machine_form_of_a_tool_error() {
    assert_snapshot!(TestProject::empty().refused("compile --json"), @r#"
    exit code: 2
    ----- stdout -----
    {
      "diagnostics": [
        {
          "code": "TM0101",
          "severity": "error",
          "message": "there is no tidemill.yaml here, nor in a folder above",
          "position": null,
          "compiled": null,
          "label": "",
          "related": [],
          "notes": [],
          "hint": "write a project with `tidemill init`, or give its folder with --project-dir"
        }
      ]
    }
    ----- stderr -----
    "#);
    assert_snapshot!(TestProject::standard().refused("translate --file nothing.sql --json"), @r#"
    exit code: 2
    ----- stdout -----
    {
      "error": "reading nothing.sql: No such file or directory (os error 2)"
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_plan_before_anything_was_read() {
    assert_snapshot!(TestProject::standard().refused("plan --date 2026-11-21"), @r#"
    exit code: 0
    ----- stdout -----
    2026-11-21: 0 partitions to build, 0 current
      wait   tide_derived.pings_v1    2026-11-20 to 2026-11-21  tide_stable.baseline_v1 of 2026-11-20 to 2026-11-21 waits too
      wait   tide_stable.baseline_v1  2026-11-20 to 2026-11-21  source tide_live.baseline_v1: no rows yet for 2026-11-20 to 2026-11-21
    ----- stderr -----
    "#);
    assert_snapshot!(TestProject::standard().refused("status"), @r#"
    exit code: 0
    ----- stdout -----
    nothing was ingested or built yet: `tidemill ingest FILE…`, then `tidemill run --date D`
    ----- stderr -----
    "#);
}

#[test]
fn a_day_is_a_day_of_utc() {
    assert_snapshot!(TestProject::standard().refused("plan --json"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "until": "2026-11-22",
      "current": 0,
      "build": [],
      "wait": [
        {
          "dataset": "tide_derived.pings_v1",
          "partitions": [
            "2026-11-20"
          ],
          "reason": "tide_stable.baseline_v1 of 2026-11-20 waits too"
        },
        {
          "dataset": "tide_derived.pings_v1",
          "partitions": [
            "2026-11-21"
          ],
          "reason": "tide_stable.baseline_v1 of 2026-11-21 waits too"
        },
        {
          "dataset": "tide_derived.pings_v1",
          "partitions": [
            "2026-11-22"
          ],
          "reason": "tide_stable.baseline_v1 of 2026-11-22 waits too"
        },
        {
          "dataset": "tide_stable.baseline_v1",
          "partitions": [
            "2026-11-20"
          ],
          "reason": "source tide_live.baseline_v1: no rows yet for 2026-11-20"
        },
        {
          "dataset": "tide_stable.baseline_v1",
          "partitions": [
            "2026-11-21"
          ],
          "reason": "source tide_live.baseline_v1: no rows yet for 2026-11-21"
        },
        {
          "dataset": "tide_stable.baseline_v1",
          "partitions": [
            "2026-11-22"
          ],
          "reason": "source tide_live.baseline_v1: no rows yet for 2026-11-22"
        }
      ],
      "stale": [],
      "recheck": [],
      "switch": []
    }
    ----- stderr -----
    "#);
}
