//! Names that no column, shortcut, metric or table has.

use insta::assert_snapshot;

use crate::project::refused_with;

fn clients_daily(with: &str) -> String {
    let text = format!(
        "
        dataset: tide_derived.clients_daily_v1
        description: One row per client and day, from baseline pings.
        from: tide_stable.baseline_v1
        template: tidemill/clients_daily
        with:
          {with}
        "
    );
    refused_with(&[("datasets/clients_daily.yaml", &text)])
}

#[test]
fn an_unknown_shortcut() {
    assert_snapshot!(clients_daily("attributes: [contry, app_version]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column or shortcut `contry` in `tide_stable.baseline_v1`
     --> datasets/clients_daily.yaml:6:16
      |
    6 |   attributes: [contry, app_version]
      |                ^^^^^^ read by template `tidemill/clients_daily`, line 19
      |
      = hint: did you mean `country`?

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn several_unknown_columns() {
    assert_snapshot!(clients_daily("attributes: [contry, version: app_verison, nothing.like.it]"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column or shortcut `contry` in `tide_stable.baseline_v1`
     --> datasets/clients_daily.yaml:6:16
      |
    6 |   attributes: [contry, version: app_verison, nothing.like.it]
      |                ^^^^^^ read by template `tidemill/clients_daily`, line 19
      |
      = hint: did you mean `country`?

    error[TM0203]: no column or shortcut `nothing.like.it` in `tide_stable.baseline_v1`
     --> datasets/clients_daily.yaml:6:46
      |
    6 |   attributes: [contry, version: app_verison, nothing.like.it]
      |                                              ^^^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 19
      |
      = hint: its columns are: additional_properties, client_info, document_id, events, metadata, metrics, normalized_app_name, normalized_channel, normalized_country_code, normalized_os, normalized_os_version, ping_info, sample_id, submission_timestamp; shortcuts are: app_build, app_channel, app_version, architecture, city, client_id, country, device_manufacturer, device_model, distribution, first_run_date, locale, os, os_version, reason, seq, subdivision

    2 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn an_unknown_metric() {
    assert_snapshot!(clients_daily("measures: {seconds: sum(metric('glean.baseline.durration'))}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0206]: the `baseline` ping carries no metric `glean.baseline.durration`
     --> datasets/clients_daily.yaml:6:34
      |
    6 |   measures: {seconds: sum(metric('glean.baseline.durration'))}
      |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: did you mean `glean.baseline.duration`?

    1 error; `tidemill explain TM0206` says more
    "#);
}

#[test]
fn a_metric_of_another_kind() {
    assert_snapshot!(clients_daily("measures: {seconds: \"sum(labeled_total('glean.baseline.duration'))\"}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0206]: `labeled_total` takes a labeled counter; `glean.baseline.duration` is timespan
     --> datasets/clients_daily.yaml:6:42
      |
    6 |   measures: {seconds: "sum(labeled_total('glean.baseline.duration'))"}
      |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: write `metric('glean.baseline.duration')`

    1 error; `tidemill explain TM0206` says more
    "#);
}

#[test]
fn an_unknown_column_in_an_expression() {
    assert_snapshot!(clients_daily("where: submision_timestamp IS NOT NULL"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `submision_timestamp` here
     --> datasets/clients_daily.yaml:6:10
      |
    6 |   where: submision_timestamp IS NOT NULL
      |          ^^^^^^^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 28
      |
      = note: compiled: generated/tide_derived/clients_daily_v1/query.sql:21:10
      = hint: did you mean `submission_timestamp`?

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_type_that_does_not_fit_in_an_expression() {
    assert_snapshot!(clients_daily("where: document_id > 5"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0404]: STRING cannot be compared with INT64
     --> datasets/clients_daily.yaml:6:10
      |
    6 |   where: document_id > 5
      |          ^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 28
      |
      = note: compiled: generated/tide_derived/clients_daily_v1/query.sql:21:10

    1 error; `tidemill explain TM0404` says more
    "#);
}

#[test]
fn a_name_that_no_column_can_have() {
    assert_snapshot!(clients_daily("measures: {\"two words\": count(*)}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0302]: `two words` cannot name a column
     --> datasets/clients_daily.yaml:6:14
      |
    6 |   measures: {"two words": count(*)}
      |              ^^^^^^^^^^^
      |
      = hint: use letters, digits and underscores

    1 error; `tidemill explain TM0302` says more
    "#);
}

#[test]
fn an_expression_that_breaks_out_of_its_place() {
    assert_snapshot!(clients_daily("where: \"TRUE) OR (TRUE\""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: a bracket closes that the expression did not open
     --> datasets/clients_daily.yaml:6:15
      |
    6 |   where: "TRUE) OR (TRUE"
      |               ^ read by template `tidemill/clients_daily`, line 27
      |
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn an_expression_that_does_not_end() {
    assert_snapshot!(clients_daily("where: \"country = 'DE\""), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: SQL syntax: a literal is not closed on its line
     --> datasets/clients_daily.yaml:6:11
      |
    6 |   where: "country = 'DE"
      |           ^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 27

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn an_unknown_table_in_from() {
    let text = "
        dataset: tide_derived.x_v1
        description: Pings.
        from: tide_stable.basline_v1
        template: tidemill/aggregate
        with: {measures: {pings: count(*)}}
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0201]: nothing declares the table `tide_stable.basline_v1`
     --> datasets/x.yaml:3:7
      |
    3 | from: tide_stable.basline_v1
      |       ^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `tide_stable.baseline_v1`?

    1 error; `tidemill explain TM0201` says more
    "#);
}

#[test]
fn columns_of_the_dataset_that_are_not_there() {
    let text = "
        dataset: tide_derived.x_v1
        description: Pings.
        start: 2026-11-20
        sql: SELECT @submission_date AS submission_date, 1 AS client_id
        cluster_by: [client]
        deletion: by clientid
        columns: {clients: Nobody.}
        ";
    assert_snapshot!(refused_with(&[("datasets/x.yaml", text)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0503]: `cluster_by` names `client`, which the dataset does not have
     --> datasets/x.yaml:5:14
      |
    5 | cluster_by: [client]
      |              ^^^^^^
      |
      = hint: did you mean `client_id`?

    error[TM0503]: `deletion` names `clientid`, which the dataset does not have
     --> datasets/x.yaml:6:11
      |
    6 | deletion: by clientid
      |           ^^^^^^^^^^^
      |
      = hint: did you mean `client_id`?

    error[TM0503]: `columns` names `clients`, which the dataset does not have
     --> datasets/x.yaml:7:11
      |
    7 | columns: {clients: Nobody.}
      |           ^^^^^^^
      |
      = hint: did you mean `client_id`?

    3 errors; `tidemill explain TM0503` says more
    "#);
}

#[test]
fn expressions_that_are_not_one() {
    assert_snapshot!(clients_daily("measures: {pings: 'count(*), sum(1)'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: an expression ends before this comma
     --> datasets/clients_daily.yaml:6:30
      |
    6 |   measures: {pings: 'count(*), sum(1)'}
      |                              ^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(clients_daily("measures: {pings: 'count(*'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: a bracket is not closed
     --> datasets/clients_daily.yaml:6:22
      |
    6 |   measures: {pings: 'count(*'}
      |                      ^^^^^^^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(clients_daily("measures: {pings: 'count(*) -- all of them'}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: a comment would swallow what stands behind the expression
     --> datasets/clients_daily.yaml:6:31
      |
    6 |   measures: {pings: 'count(*) -- all of them'}
      |                               ^^^^^^^^^^^^^^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
    assert_snapshot!(clients_daily("measures: {pings: count(*); SELECT 1}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0401]: an expression holds no `;`
     --> datasets/clients_daily.yaml:6:29
      |
    6 |   measures: {pings: count(*); SELECT 1}
      |                             ^ read by template `tidemill/clients_daily`, line 51
      |
      = hint: write one expression; columns go one by one

    1 error; `tidemill explain TM0401` says more
    "#);
}

#[test]
fn a_typed_list_is_one_expression() {
    let said = clients_daily(
        "measures: {pings: 'ARRAY_LENGTH(ANY_VALUE(ARRAY<STRUCT<a INT64, b INT64>>[(1, 2)]))', x: nothing}",
    );
    assert!(!said.contains("TM0401"), "{said}");
}

#[test]
fn columns_whose_names_differ_in_case_alone() {
    assert_snapshot!(refused_with(&[(
        "datasets/rates.yaml",
        "source: tide.rates\nkind: table\ndescription: Rates.\nschema: {columns: {rate: INT64, Rate: STRING}}\npartition_by: none\nstart: 2026-11-20\n"
    )]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0112]: two columns are called `Rate`
     --> datasets/rates.yaml:4:33
      |
    4 | schema: {columns: {rate: INT64, Rate: STRING}}
      |                                 ^^^^
      |
      = hint: upper and lower case are the same in names of columns

    1 error; `tidemill explain TM0112` says more
    "#);
}
