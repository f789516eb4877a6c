//! Matrices and applications that stand for nothing, for too much, or for two definitions of one name.

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

#[test]
fn an_axis_without_values() {
    assert_snapshot!(matrix("{country: []}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: the axis `country` has no values, so the matrix has no members
     --> datasets/x.yaml:1:16
      |
    1 | for: {country: []}
      |                ^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn no_axes_at_all() {
    assert_snapshot!(matrix("{}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: `for` has no axes
     --> datasets/x.yaml:1:6
      |
    1 | for: {}
      |      ^
      |
      = hint: write `for: {country: [de, fr]}`, or take the key out

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn a_ping_that_no_application_has() {
    assert_snapshot!(matrix("{app: {with_ping: baselin}}", "dataset: '{app}_derived.x_v1'\nsql: SELECT 1 AS one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: no application has the ping `baselin`, so the matrix has no members
     --> datasets/x.yaml:1:24
      |
    1 | for: {app: {with_ping: baselin}}
      |                        ^^^^^^^
      |
      = hint: did you mean `baseline`?

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn an_axis_of_another_form() {
    assert_snapshot!(matrix("{country: germany, year: 3, month: [1, 1]}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the axis `country` cannot be read
     --> datasets/x.yaml:1:16
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                ^^^^^^^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    error[TM0121]: the axis `year` cannot be read
     --> datasets/x.yaml:1:31
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                               ^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    error[TM0121]: `1` stands twice in the axis `month`
     --> datasets/x.yaml:1:45
      |
    1 | for: {country: germany, year: 3, month: [1, 1]}
      |                                             ^
      |
      = hint: keep one of them

    3 errors; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn channels_of_what_is_no_application() {
    assert_snapshot!(matrix("{app: [tide_fokus], channel: app.channels, other: ap.channels}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the axis `app` has the value `tide_fokus`, which is no application
     --> datasets/x.yaml:1:35
      |
    1 | for: {app: [tide_fokus], channel: app.channels, other: ap.channels}
      |                                   ^^^^^^^^^^^^
      |
      = hint: did you mean `tide_focus`?

    error[TM0123]: `ap` is neither an axis before this one nor an application
     --> datasets/x.yaml:1:56
      |
    1 | for: {app: [tide_fokus], channel: app.channels, other: ap.channels}
      |                                                        ^^^^^^^^^^^
      |
      = hint: did you mean `app`?

    2 errors; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn names_in_braces_that_are_no_axes() {
    let lines = "dataset: '{contry}_{channel.name}_derived.x_v1'\nsql: |\n  SELECT\n    '{country}' AS country, '{year}' AS year, '\\{year}' AS text\n";
    assert_snapshot!(matrix("{country: [de, fr], channel: tide_focus.channels}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0123]: the matrix has no axis `contry`
     --> datasets/x.yaml:4:11
      |
    4 | dataset: '{contry}_{channel.name}_derived.x_v1'
      |           ^^^^^^^^
      |
      = hint: did you mean `country`?

    error[TM0123]: the axis `channel` has no `name` at all of its values
     --> datasets/x.yaml:4:20
      |
    4 | dataset: '{contry}_{channel.name}_derived.x_v1'
      |                    ^^^^^^^^^^^^^^
      |
      = hint: it has: id

    error[TM0123]: the matrix has no axis `year`
     --> datasets/x.yaml:7:30
      |
    7 |     '{country}' AS country, '{year}' AS year, '\{year}' AS text
      |                              ^^^^^^
      |
      = hint: declare it under `for:`, or write `\{year}` for the text itself

    3 errors; `tidemill explain TM0123` says more
    "#);
}

#[test]
fn an_axis_that_is_not_in_the_name() {
    assert_snapshot!(matrix("{country: [de, fr], year: [2025, 2026]}", DATASET), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0124]: two members of the matrix are named `de_derived.x_v1`
     --> datasets/x.yaml:4:10
      |
    4 | dataset: '{country}_derived.x_v1'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: one is for country de, year 2025, the other for country de, year 2026
      = hint: they differ in `year`: put it into the name as `{year}`, or take the axis out

    1 error; `tidemill explain TM0124` says more
    "#);
}

#[test]
fn members_named_as_another_definition() {
    let other = "dataset: fr_derived.x_v1\ndescription: Rows.\nstart: 2026-11-20\nsql: SELECT @submission_date AS submission_date";
    let text = format!("for: {{country: [de, fr]}}\ndescription: One row.\nstart: 2026-11-20\n{DATASET}\n");
    assert_snapshot!(refused_with(&[("datasets/a.yaml", other), ("datasets/x.yaml", &text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two datasets are named `fr_derived.x_v1`
     --> datasets/x.yaml:4:10
      |
    4 | dataset: '{country}_derived.x_v1'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/a.yaml:1:10
      |
    1 | dataset: fr_derived.x_v1
      |          --------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_is_told_once() {
    let lines = "dataset: '{country}_derived.x_v1'\nownres: [a@example.com]\nreads: {'{country}.nothing_v1': same_day}\nsql: |\n  SELECT\n    '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z\n";
    assert_snapshot!(matrix("{country: [de, fr, it]}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0105]: a dataset has no key `ownres`
     --> datasets/x.yaml:5:1
      |
    5 | ownres: [a@example.com]
      | ^^^^^^
      |
      = hint: did you mean `owners`?

    error[TM0404]: `+` does not take INT64 and STRING
     --> datasets/x.yaml:9:66
      |
    9 |     '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z
      |                                                                  ^
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:10:57

    error[TM0203]: no column `nothing` here
     --> datasets/x.yaml:9:80
      |
    9 |     '{country}' AS country, @submission_date AS submission_date, 1 + 'x' AS y, nothing AS z
      |                                                                                ^^^^^^^
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:10:71

    3 errors; `tidemill explain TM0105` says more
    "#);
}

#[test]
fn a_mistake_that_names_its_member_is_told_of_the_first() {
    let lines = "dataset: '{country}_derived.x_v1'\nreads: {'{country}.nothing_v1': same_day}\nsql: SELECT @submission_date AS submission_date";
    assert_snapshot!(matrix("{country: [de, fr, it]}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: `reads` names `de.nothing_v1`, which the query does not read
     --> datasets/x.yaml:5:9
      |
    5 | reads: {'{country}.nothing_v1': same_day}
      |         ^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: the same holds for 2 other members of the matrix
      = hint: take it out, or read the table in the query

    1 error; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn two_mistakes_of_one_place_stay_two() {
    let text = "for: {country: [de, fr]}\ndataset: '{country}_derived.x_v1'\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: a dataset needs `description`
     --> datasets/x.yaml:2:1
      |
    2 | dataset: '{country}_derived.x_v1'
      | ^^^^^^^
      |
      = hint: say what one row is

    error[TM0108]: a dataset needs `template` or `sql`
     --> datasets/x.yaml:2:1
      |
    2 | dataset: '{country}_derived.x_v1'
      | ^^^^^^^
      |
      = hint: `tidemill template` lists the built-in templates

    2 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_in_parameters() {
    let lines = "dataset: '{country}_derived.x_v1'\nfrom: tide_stable.baseline_v1\ntemplate: tidemill/aggregate\nwith: {measures: {n: \"countif('{country}' = '{country}' and nothing)\"}}";
    assert_snapshot!(matrix("{country: [de, fr]}", lines), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `nothing` here
     --> datasets/x.yaml:7:61
      |
    7 | with: {measures: {n: "countif('{country}' = '{country}' and nothing)"}}
      |                                                             ^^^^^^^ read by template `tidemill/aggregate`, line 17
      |
      = note: compiled: generated/de_derived/x_v1/query.sql:12:27

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_mistake_of_all_members_in_a_file_of_sql() {
    let text = "for: {country: [de, fr, it]}\ndataset: '{country}_derived.x_v1'\ndescription: Rows.\nstart: 2026-11-20\nsql: x.sql\nchecks: [not_null(nothing)]\n";
    let sql = "SELECT @submission_date AS submission_date,\n  {{ country | literal }} + 1 AS country, {{ land }} AS land\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/x.sql", sql)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: `land` is undefined
     --> datasets/x.sql:2:46
      |
    2 |   {{ country | literal }} + 1 AS country, {{ land }} AS land
      |                                              ^^^^
      |
     ::: datasets/x.yaml:2:10
      |
    2 | dataset: '{country}_derived.x_v1'
      |          ------------------------ rendered for `de_derived.x_v1`
      |
      = hint: at hand are: column, country, has, histogram_sum, is_view, labeled_total, metric, partition, this; test with `is defined` where a value may be missing

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_matrix_of_too_many_members() {
    let values: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    let axes = format!("{{country: [{0}], year: [{0}]}}", values.join(", "));
    assert_snapshot!(matrix(&axes, "dataset: 'x_derived.x_{country}_{year}_v1'\nsql: SELECT 1 AS one"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0121]: the matrix has 10201 members, more than 10000
     --> datasets/x.yaml:1:6
      |
    1 | for: {country: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,...
      |      ^
      |
      = hint: list the values that are needed, or split the matrix

    1 error; `tidemill explain TM0121` says more
    "#);
}

#[test]
fn a_matrix_that_nobody_defines() {
    assert_snapshot!(each("{each: '{channel.id}_stable.baselin_v1'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0125]: no matrix is named `{channel.id}_stable.baselin_v1`
     --> datasets/x.yaml:4:14
      |
    4 | from: {each: '{channel.id}_stable.baselin_v1'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `{channel.id}_stable.baseline_v1`?

    1 error; `tidemill explain TM0125` says more
    "#);
}

#[test]
fn axes_and_values_that_a_matrix_does_not_have() {
    assert_snapshot!(each("{each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0123]: the matrix `{channel.id}_stable.baseline_v1` has no axis `ap`
     --> datasets/x.yaml:4:57
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                         ^^
      |
      = hint: did you mean `app`?

    error[TM0122]: no member of the matrix has the channel `nightly`
     --> datasets/x.yaml:4:89
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                                                         ^^^^^^^
      |
      = hint: write a value that the axis has

    error[TM0123]: the matrix `{channel.id}_stable.baseline_v1` has no axis `chanel`
     --> datasets/x.yaml:4:110
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {ap: tide_focus, channel: [beta, nightly]}, columns: [chanel]}
      |                                                                                                              ^^^^^^
      |
      = hint: did you mean `channel`?

    3 errors; `tidemill explain TM0123` says more
    "#);
}

#[test]
fn values_that_no_member_has_together() {
    let mail = FOCUS.1.replace("tide_focus", "tide_mail").replace("beta", "nightly");
    let text = "view: tide.all\ndescription: Pings.\ntemplate: tidemill/union\nfrom: {each: '{channel.id}_stable.baseline_v1', where: {app: tide_mail, channel: beta}}\n";
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/mail.yaml", &mail), ("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: `where` leaves no member of `{channel.id}_stable.baseline_v1`
     --> datasets/x.yaml:4:7
      |
    4 | from: {each: '{channel.id}_stable.baseline_v1', where: {app: tide_mail, channel: beta}}
      |       ^
      |
      = hint: no member has all of these values together

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn a_reader_of_a_broken_matrix_is_not_blamed() {
    let text = "for: {country: []}\ndescription: One row.\nstart: 2026-11-20\ndataset: '{country}_derived.x_v1'\nsql: SELECT 1 AS one\n";
    let view = "view: tide.all\ndescription: Rows.\ntemplate: tidemill/union\nfrom: {each: '{country}_derived.x_v1'}\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/y.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0122]: the axis `country` has no values, so the matrix has no members
     --> datasets/x.yaml:1:16
      |
    1 | for: {country: []}
      |                ^
      |
      = hint: an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`

    1 error; `tidemill explain TM0122` says more
    "#);
}

#[test]
fn an_axis_beside_a_column_of_its_name() {
    let text = "for: {country: [de]}\ndescription: One row.\nstart: 2026-11-20\ndataset: '{country}_derived.x_v1'\nsql: SELECT @submission_date AS submission_date, '{country}' AS country\n";
    let view = "view: tide.all\ndescription: Rows.\ntemplate: tidemill/union\nfrom: {each: '{country}_derived.x_v1'}\n";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text), ("datasets/y.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0212]: `de_derived.x_v1` has a column `country` of its own, beside the axis of that name
     --> datasets/y.yaml:4:14
      |
    4 | from: {each: '{country}_derived.x_v1'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: say which axes become columns: `from: {each: …, columns: [app]}`, or rename the axis

    1 error; `tidemill explain TM0212` says more
    "#);
}

#[test]
fn an_application_without_what_it_needs() {
    assert_snapshot!(refused_with(&[(FOCUS.0, "application: tide_focus\nchanels: {}\nowners: [a@example.com]\n")]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0108]: an application needs `channels`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: `{release: org_tide_focus, beta: org_tide_focus_beta}`

    error[TM0108]: an application needs `description`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: say what the application is

    error[TM0108]: an application needs `pings`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: the pings that every channel sends: `[baseline, metrics]`

    error[TM0108]: an application needs `schema`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: `{glean: metrics.yaml}`, `{bigquery: ping.bq}` or `{columns: {…}}`

    error[TM0108]: an application needs `start`
     --> datasets/focus.yaml:1:1
      |
    1 | application: tide_focus
      | ^^^^^^^^^^^
      |
      = hint: the first day that the pings have

    error[TM0105]: an application has no key `chanels`
     --> datasets/focus.yaml:2:1
      |
    2 | chanels: {}
      | ^^^^^^^
      |
      = hint: did you mean `channels`?

    6 errors; `tidemill explain TM0108` says more
    "#);
}

#[test]
fn channels_of_one_id_and_of_none() {
    assert_snapshot!(application("{release: org_tide_focus, beta: org_tide_focus_beta}", "{release: org_x, beta: org_x, nightly: org-x}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: the channels `release` and `beta` both have the id `org_x`
     --> datasets/focus.yaml:3:34
      |
    3 | channels: {release: org_x, beta: org_x, nightly: org-x}
      |                                  ^^^^^
      |
      = hint: give each channel an id of its own; their pings would fall into one table

    error[TM0109]: `channels` is `org-x`
     --> datasets/focus.yaml:3:50
      |
    3 | channels: {release: org_x, beta: org_x, nightly: org-x}
      |                                                  ^^^^^
      |
      = hint: an id is the schema prefix of the channel's tables: lower-case letters, digits and underscores

    2 errors; `tidemill explain TM0111` says more
    "#);
    assert_snapshot!(application("{release: org_tide_focus, beta: org_tide_focus_beta}", "{}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `channels` is empty
     --> datasets/focus.yaml:3:11
      |
    3 | channels: {}
      |           ^
      |
      = hint: write `channels: {release: org_tide_focus}`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn pings_that_stand_twice_or_cannot_be_named() {
    assert_snapshot!(application("[baseline]", "[baseline, baseline, Main Ping]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: the ping `baseline` stands twice
     --> datasets/focus.yaml:4:19
      |
    4 | pings: [baseline, baseline, Main Ping]
      |                   ^^^^^^^^
      |
      = hint: keep one of them

    error[TM0109]: `pings` is `Main Ping`
     --> datasets/focus.yaml:4:29
      |
    4 | pings: [baseline, baseline, Main Ping]
      |                             ^^^^^^^^^
      |
      = hint: write the ping's name as Glean has it, for example `deletion-request`

    2 errors; `tidemill explain TM0109` says more
    "#);
    assert_snapshot!(application("[baseline]", "[]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0109]: `pings` is empty
     --> datasets/focus.yaml:4:8
      |
    4 | pings: []
      |        ^
      |
      = hint: write `pings: [baseline]`

    1 error; `tidemill explain TM0109` says more
    "#);
}

#[test]
fn a_schema_of_an_application_that_cannot_be_read() {
    assert_snapshot!(application("pings: [baseline]\n    schema: {glean: []}", "pings: [baseline, metrics]\n    schema: {glean: none.metrics.yaml}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: there is no file datasets/none.metrics.yaml
     --> datasets/focus.yaml:5:17
      |
    5 | schema: {glean: none.metrics.yaml}
      |                 ^^^^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0103` says more
    "#);
}

#[test]
fn two_applications_of_one_name() {
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/other.yaml", &FOCUS.1.replace("org_", "net_"))]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two applications are named `tide_focus`
     --> datasets/other.yaml:1:14
      |
    1 | application: tide_focus
      |              ^^^^^^^^^^
      |
     ::: datasets/focus.yaml:1:14
      |
    1 | application: tide_focus
      |              ---------- the other one
      |
      = hint: rename one of them

    1 error; `tidemill explain TM0111` says more
    "#);
}

#[test]
fn an_application_beside_a_source_of_its_tables() {
    let source = "source: org_tide_focus_beta.baseline_v1\nkind: ping\ndescription: Pings.\nschema: {glean: []}\nstart: 2026-11-20\n";
    assert_snapshot!(refused_with(&[FOCUS, ("datasets/x.yaml", source)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0111]: two sources are named `org_tide_focus_beta_live.baseline_v1`
     --> datasets/focus.yaml:3:43
      |
    3 | channels: {release: org_tide_focus, beta: org_tide_focus_beta}
      |                                           ^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:9
      |
    1 | source: org_tide_focus_beta.baseline_v1
      |         ------------------------------- the other one
      |
      = hint: rename one of them; a ping source brings its live table, stable dataset and user view

    1 error; `tidemill explain TM0111` says more
    "#);
}
