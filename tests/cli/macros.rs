//! Macros of a project: imported by name, blind to what imports them, with mistakes at their own lines.

use insta::assert_snapshot;

use crate::project::{TestProject, refused_with};

const MACROS: &str = "
    {# What days and names look like. #}
    {% macro quoted(name) -%}
      `{{ name }}`
    {%- endmacro %}

    {% macro total(column, least=0) -%}
      SUM(
        IF({{ column }} >= {{ least }},
          {{ column }}, 0)
      )
    {%- endmacro %}
    ";

/// SQL of a dataset's own behind an import.
fn importing(import: &str, expression: &str) -> String {
    format!(
        "
        dataset: tide_derived.own_v1
        description: With macros.
        sql: |
          {import}
          SELECT
            @submission_date AS submission_date,
            {expression} AS result
          FROM {{{{ quoted('tide_derived.pings_v1') }}}}
          WHERE submission_date = @submission_date
        "
    )
}

const IMPORT: &str = "{% from \"macros/names.sql\" import quoted, total %}";

fn refused(import: &str, expression: &str, macros: &str) -> String {
    refused_with(&[
        ("datasets/own.yaml", &importing(import, expression)),
        ("templates/macros/names.sql", macros),
    ])
}

#[test]
fn own_sql_and_templates_import_macros() {
    let template = "
        {#---
        description: A total.
        parameters:
          column: {type: column, required: true, description: What is added up.}
        ---#}
        {% from 'macros/names' import total as sum %}
        SELECT @submission_date AS submission_date, {{ sum(column) }} AS result
        FROM {{ from }}
        WHERE {{ from_day }} = @submission_date
        ";
    let dataset = "
        dataset: tide_derived.templated_v1
        description: By a template with macros.
        from: tide_derived.pings_v1
        template: totals
        with: {column: pings}
        ";
    let project = TestProject::with(&[
        ("datasets/own.yaml", &importing(IMPORT, "{{ total('pings', least=2) }}")),
        ("datasets/templated.yaml", dataset),
        ("templates/totals.sql", template),
        ("templates/macros/names.sql", MACROS),
    ]);
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 4 datasets, 1 view: generated/ written, 11 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
    let query = |name: &str| {
        let sql = project.read(&format!("generated/tide_derived/{name}/query.sql"));
        sql.split_once("\n\n").unwrap().1.to_owned()
    };
    assert_snapshot!(query("own_v1"), @r#"
    SELECT
      @submission_date AS submission_date,
      SUM(
        IF(pings >= 2,
          pings, 0)
      ) AS result
    FROM `tide_derived.pings_v1`
    WHERE submission_date = @submission_date
    "#);
    assert_snapshot!(query("templated_v1"), @r#"
    SELECT @submission_date AS submission_date, SUM(
        IF(pings >= 0,
          pings, 0)
      ) AS result
    FROM `tide_derived.pings_v1`
    WHERE submission_date = @submission_date
    "#);
    assert!(!project.run("template").contains("macros/"));
}

#[test]
fn a_mistake_in_what_a_macro_writes() {
    assert_snapshot!(refused(IMPORT, "{{ total('pings') }}", &MACROS.replace("SUM(", "SUMM(")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0405]: no function `SUMM` is known
     --> templates/macros/names.sql:7:3
      |
    7 |   SUMM(
      |   ^^^^
      |
     ::: datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ------------------- compiled for `tide_derived.own_v1`
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:12:3
      = hint: did you mean `SUM`?

    1 error; `tidemill explain TM0405` says more
    "#);
}

#[test]
fn a_mistake_in_what_a_macro_is_handed() {
    assert_snapshot!(refused(IMPORT, "1 + {{ total('pingz') }}", MACROS), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `pingz` here
     --> templates/macros/names.sql:8:8
      |
    8 |     IF({{ column }} >= {{ least }},
      |        ^^^^^
      |
     ::: datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ------------------- compiled for `tide_derived.own_v1`
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:13:8
      = hint: did you mean `pings`?

    error[TM0203]: no column `pingz` here
     --> templates/macros/names.sql:9:7
      |
    9 |       {{ column }}, 0)
      |       ^^^^^
      |
     ::: datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ------------------- compiled for `tide_derived.own_v1`
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:14:7
      = hint: did you mean `pings`?

    2 errors; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_mistake_behind_a_macro() {
    assert_snapshot!(refused(IMPORT, "{{ total('pings') }} + nothing", MACROS), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0203]: no column `nothing` here
     --> datasets/own.yaml:7:28
      |
    7 |     {{ total('pings') }} + nothing AS result
      |                            ^^^^^^^
      |
      = note: compiled: generated/tide_derived/own_v1/query.sql:15:7

    1 error; `tidemill explain TM0203` says more
    "#);
}

#[test]
fn a_macro_that_fails() {
    assert_snapshot!(refused(IMPORT, "{{ total('pings') }}", &MACROS.replace("{{ least }}", "{{ least.over }}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: template `macros/names`: `least.over` is undefined
     --> templates/macros/names.sql:8:27
      |
    8 |     IF({{ column }} >= {{ least.over }},
      |                           ^^^^^^^^^^
      |
     ::: datasets/own.yaml:1:10
      |
    1 | dataset: tide_derived.own_v1
      |          ------------------- rendered for `tide_derived.own_v1`

    1 error; `tidemill explain TM0303` says more
    "#);
}

#[test]
fn a_macro_that_names_what_it_is_not_handed() {
    assert_snapshot!(refused(IMPORT, "{{ total('pings') }}", &MACROS.replace("{{ least }}", "{{ this }}")), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0350]: the macros in `macros/names` name `this`, which is no argument of theirs
     --> templates/macros/names.sql:8:27
      |
    8 |     IF({{ column }} >= {{ this }},
      |                           ^^^^
      |
      = hint: a macro sees nothing but what it is handed: make it an argument

    1 error; `tidemill explain TM0350` says more
    "#);
}

#[test]
fn a_file_and_a_macro_that_are_not_there() {
    assert_snapshot!(refused("{% from \"macros/name.sql\" import quoted, total %}", "1", MACROS), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0350]: no file of macros `macros/name.sql`
     --> datasets/own.yaml:4:11
      |
    4 |   {% from "macros/name.sql" import quoted, total %}
      |           ^^^^^^^^^^^^^^^^^
      |
      = hint: did you mean `macros/names.sql`?

    1 error; `tidemill explain TM0350` says more
    "#);
    assert_snapshot!(refused("{% from \"macros/names.sql\" import quoted, totl, all %}", "1", MACROS), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0350]: `macros/names.sql` has no macro `totl`
     --> datasets/own.yaml:4:45
      |
    4 |   {% from "macros/names.sql" import quoted, totl, all %}
      |                                             ^^^^
      |
      = hint: did you mean `total`?

    error[TM0350]: `macros/names.sql` has no macro `all`
     --> datasets/own.yaml:4:51
      |
    4 |   {% from "macros/names.sql" import quoted, totl, all %}
      |                                                   ^^^
      |
      = hint: it has: quoted, total

    2 errors; `tidemill explain TM0350` says more
    "#);
}

#[test]
fn a_macro_that_is_not_imported_and_a_file_of_macros_as_a_template() {
    assert_snapshot!(refused("{% from \"macros/names.sql\" import quoted %}", "{{ total('pings') }}", MACROS), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0303]: the SQL: unknown function: total is unknown
     --> datasets/own.yaml:7:8
      |
    7 |     {{ total('pings') }} AS result
      |        ^^^^^^^^^^^^^^

    1 error; `tidemill explain TM0303` says more
    "#);
    let dataset = "
        dataset: tide_derived.templated_v1
        description: By macros alone.
        template: macros/names
        ";
    assert_snapshot!(
        refused_with(&[("datasets/templated.yaml", dataset), ("templates/macros/names.sql", MACROS)]),
        @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0301]: no template `macros/names`
     --> datasets/templated.yaml:3:11
      |
    3 | template: macros/names
      |           ^^^^^^^^^^^^
      |
      = hint: `tidemill template` lists the built-in ones; your own stand in templates/ without `.sql`

    1 error; `tidemill explain TM0301` says more
    "#
    );
}
