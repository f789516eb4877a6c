//! Matrices and applications: what they give, and what is wrong with them.

mod applications;
mod axes;
mod members;

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const FOCUS: (&str, &str) = (
    "datasets/focus.yaml",
    "
    application: tide_focus
    description: A private browser for phones.
    channels: {release: org_tide_focus, beta: org_tide_focus_beta}
    pings: [baseline]
    schema: {glean: []}
    start: 2026-11-20
    ",
);

/// A matrix over countries, with lines of its own.
fn matrix(axes: &str, lines: &str) -> String {
    let text = format!("for: {axes}\ndescription: One row.\nstart: 2026-11-20\n{lines}\n");
    refused_with(&[FOCUS, ("datasets/x.yaml", &text)])
}

const DATASET: &str = "dataset: '{country}_derived.x_v1'\nsql: SELECT @submission_date AS submission_date";

/// A reader of the tables of all channels.
fn each(from: &str) -> String {
    let text = format!("view: tide.all\ndescription: Pings.\ntemplate: tidemill/union\nfrom: {from}\n");
    refused_with(&[FOCUS, ("datasets/x.yaml", &text)])
}

fn application(from: &str, to: &str) -> String {
    assert!(FOCUS.1.contains(from));
    refused_with(&[(FOCUS.0, &FOCUS.1.replace(from, to))])
}

#[test]
fn what_a_matrix_and_an_application_give() {
    let dataset = "
        for: {app: {with_ping: baseline}, channel: app.channels}
        dataset: '{channel.id}_derived.pings_v1'
        description: Pings per day of {app} on {channel}.
        from: '{channel.id}_stable.baseline_v1'
        template: tidemill/aggregate
        with: {measures: {pings: count(*)}}
        ";
    let view = "
        view: tide_focus.pings
        description: Pings per day and channel.
        from: {each: '{channel.id}_derived.pings_v1', where: {app: tide_focus}, columns: [channel]}
        template: tidemill/union
        ";
    let project = TestProject::with(&[FOCUS, ("datasets/x.yaml", dataset), ("datasets/y.yaml", view)]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    3 sources, 6 datasets, 4 views: generated/ written, 23 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_focus/pings/view.sql"), @r#"
    -- tide_focus.pings
    --
    -- Pings per day and channel.
    --
    -- Owners: data@example.com.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      'release' AS channel,
      *
    FROM
      `org_tide_focus_derived.pings_v1`
    UNION ALL
    SELECT
      'beta' AS channel,
      *
    FROM
      `org_tide_focus_beta_derived.pings_v1`
    "#);
    assert_snapshot!(project.read("generated/org_tide_focus_beta_derived/pings_v1/query.sql"), @r#"
    -- org_tide_focus_beta_derived.pings_v1
    --
    -- Pings per day of tide_focus on beta.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Reads: org_tide_focus_beta_stable.baseline_v1, the same day.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      count(*) AS pings,
    FROM
      `org_tide_focus_beta_stable.baseline_v1`
    WHERE
      DATE(submission_timestamp) = @submission_date
    "#);
}

#[test]
fn shortcuts_and_metrics_of_all_channels_in_sql_of_ones_own() {
    let dataset = "
        dataset: tide_focus_derived.seconds_v1
        description: Seconds per channel and country.
        from: {each: '{channel.id}_stable.baseline_v1'}
        sql: |
          SELECT
            @submission_date AS submission_date,
            channel,
            {{ column('country') }} AS country,
            SUM({{ metric('glean.baseline.duration') }}) AS seconds
          FROM
            {{ from }}
          WHERE
            {{ from_day }} = @submission_date
          GROUP BY
            channel,
            country
        ";
    let project = TestProject::with(&[FOCUS, ("datasets/x.yaml", dataset)]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    3 sources, 5 datasets, 3 views: generated/ written, 19 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    assert_snapshot!(project.read("generated/tide_focus_derived/seconds_v1/query.sql"), @r#"
    -- tide_focus_derived.seconds_v1
    --
    -- Seconds per channel and country.
    --
    -- Owners: data@example.com.
    -- Partitions: one a day by submission_date, from 2026-11-20.
    -- Reads: org_tide_focus_beta_stable.baseline_v1, the same day.
    -- Reads: org_tide_focus_stable.baseline_v1, the same day.
    -- Written by `tidemill compile`; edit the definition, not this file.

    SELECT
      @submission_date AS submission_date,
      channel,
      metadata.geo.country AS country,
      SUM(metrics.timespan.glean_baseline_duration.value) AS seconds
    FROM
      (
        SELECT
          'tide_focus' AS app,
          'release' AS channel,
          *
        FROM
          `org_tide_focus_stable.baseline_v1`
        UNION ALL
        SELECT
          'tide_focus' AS app,
          'beta' AS channel,
          *
        FROM
          `org_tide_focus_beta_stable.baseline_v1`
      )
    WHERE
      DATE(submission_timestamp) = @submission_date
    GROUP BY
      channel,
      country
    "#);
}
