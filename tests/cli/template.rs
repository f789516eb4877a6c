//! `tidemill template`: lists templates, shows one, copies one.

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn templates_are_listed() {
    assert_snapshot!(TestProject::empty().refused("template"), @r#"
    exit code: 0
    ----- stdout -----
    tidemill/active_users
        Daily, weekly and monthly active users per day and dimensions: clients active on the day, in the 7 days and in the 28 days that end with it.
    tidemill/aggregate
        Measures per day, hour, week or month and dimensions; of all there is where nothing partitions it.
    tidemill/clients_daily
        One row per client and day. Attributes are the day's most frequent value, measures aggregates of its pings.
    tidemill/clients_first_seen
        One row per client, in the partition of the day on which the client was first seen.
    tidemill/clients_last_seen
        One row per client and day for 28 days after each activity. Bit 0 of an activity column says that the client was active on the day, bit 1 the day before, and so on to bit 27.
    tidemill/events_unnested
        One row per event of the pings of a day.
    tidemill/history
        One row per key and state that it was in, made from all snapshots, in each of which a key has one row: `valid_from` is the first snapshot with the state, `valid_to` the first one without it, NULL while it holds.
    tidemill/snapshot
        A dated copy of a table that holds one state, as it is when the day is built.
    tidemill/stable
        One row per document and day of a ping source: the first that arrived. Traffic of automated tests is left out.
    tidemill/union
        The rows of all tables under `from`, columns by name. Structs and arrays of structs are brought to one shape: what a table lacks is NULL, at every depth. A dataset reads its own partition of each table, a view all rows.
    tidemill/usage_log_daily
        One row per user and day of a server log. The user is a keyed hash: who does not have the key can neither read nor guess the identifier behind it.
    tidemill/web_sessions
        One row per session of a website, on the day of its first event, also where it goes on over midnight. Events of the day before and of the day after are read too, so that a day waits for the next one.
    ----- stderr -----
    "#);
}

#[test]
fn a_template_is_shown() {
    assert_snapshot!(TestProject::empty().refused("template tidemill/aggregate"), @r#"
    exit code: 0
    ----- stdout -----
    tidemill/aggregate
        Measures per day, hour, week or month and dimensions; of all there is where nothing partitions it.

    partitioned by submission_date

    with.dimensions (columns, optional)
        The columns to group by.
    with.measures (measures, required)
        Aggregates by name, such as `pings: count(*)`.
    with.where (expression, optional)
        Which rows count; all of them without it.
    ----- stderr -----
    "#);
}

#[test]
fn an_unknown_template_is_not_shown() {
    assert_snapshot!(TestProject::empty().refused("template clients_daily"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0301]: no template `clients_daily`
      = hint: did you mean `tidemill/clients_daily`?

    1 error; `tidemill explain TM0301` says more
    "#);
}

#[test]
fn a_template_is_copied_once() {
    let project = TestProject::standard();
    assert_snapshot!(project.run("template tidemill/clients_first_seen --copy"), @r#"
    exit code: 0
    ----- stdout -----
    templates/clients_first_seen.sql written; use it with `template: clients_first_seen`
    templates/clients_first_seen.init.sql written; use it with `template: clients_first_seen`
    ----- stderr -----
    "#);
    assert_snapshot!(project.refused("template tidemill/clients_first_seen --copy"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0605]: templates/clients_first_seen.sql is there already
      = hint: edit it, or move it away to copy the template again

    1 error; `tidemill explain TM0605` says more
    "#);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
}

#[test]
fn a_template_is_not_copied_outside_a_project() {
    assert_snapshot!(TestProject::empty().refused("template tidemill/aggregate --copy"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}
