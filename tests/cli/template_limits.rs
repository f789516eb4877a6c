//! Templates that would eat all memory, all time or the whole stack.

use insta::assert_snapshot;

use crate::project::TestProject;

/// Memory in MiB that is enough for anything, address space of deep stacks included.
const MEMORY: u32 = 3_000;

const DATASET: &str = "
    dataset: tide_derived.x_v1
    description: Pings.
    start: 2026-11-20
    template: own
    ";

fn own(template: &str) -> String {
    let project = TestProject::with(&[("datasets/x.yaml", DATASET), ("templates/own.sql", template)]);
    project.refused_within(MEMORY, "compile")
}

#[test]
fn a_loop_without_end() {
    let nested = "{% for a in range(10000) %}{% for b in range(10000) %}{% for c in range(10000) %}{% endfor %}{% endfor %}{% endfor %}";
    assert_snapshot!(own(nested), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` takes more than 1 million steps; 64 bytes of text count as one
     --> templates/own.sql:1:1
      |
    1 | {% for a in range(10000) %}{% for b in range(10000) %}{% for c in range(10000) %}{% endfor %}{% endfor %}{% endfor %}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_loop_that_multiplies_its_output() {
    let text = "{% for a in range(10000) %}{% for b in range(100) %}\n0123456789012345678901234567890123456789\n{% endfor %}{% endfor %}";
    assert_snapshot!(own(text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` writes more than 8 MiB
     --> templates/own.sql:1:1
      |
    1 | {% for a in range(10000) %}{% for b in range(100) %}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_text_that_doubles_forty_times() {
    let text = format!("{{% set x = 'x' %}}{}SELECT 1", "{% set x = x ~ x %}".repeat(40));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` takes more than 1 million steps; 64 bytes of text count as one
     --> templates/own.sql:1:485
      |
    1 | ... x = x ~ x %}{% set x = x ~ x %}{% set x = x ~ x %}{% set x = x ~ x %}{% set x = x ~ x %}{% set x = x ~ x %}{% set x = x ~ x %}{% ...
      |                                                                  ^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_text_that_is_repeated() {
    assert_snapshot!(own("{% set x = 'x' * 100000000 %}SELECT 1 AS x"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` takes more than 1 million steps; 64 bytes of text count as one
     --> templates/own.sql:1:12
      |
    1 | {% set x = 'x' * 100000000 %}SELECT 1 AS x
      |            ^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_text_that_is_replaced_until_it_is_large() {
    let text =
        format!("{{% set x = 'xx' %}}{}SELECT 1", "{% set x = x|replace('x', 'xxxxxxxx') %}".repeat(12));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` takes more than 1 million steps; 64 bytes of text count as one
     --> templates/own.sql:1:352
      |
    1 | ...% set x = x|replace('x', 'xxxxxxxx') %}{% set x = x|replace('x', 'xxxxxxxx') %}{% set x = x|replace('x', 'xxxxxxxx') %}{% set x = ...
      |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_list_that_doubles() {
    let text =
        format!("{{% set x = [1] %}}{}SELECT {{{{ x|join(',') }}}}", "{% set x = (x + x)|list %}".repeat(40));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` takes more than 1 million steps; 64 bytes of text count as one
     --> templates/own.sql:1:505
      |
    1 | ...= (x + x)|list %}{% set x = (x + x)|list %}{% set x = (x + x)|list %}{% set x = (x + x)|list %}{% set x = (x + x)|list %}{% set x ...
      |                                                                  ^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_block_that_captures_itself() {
    let text = format!("{{% set x = 'x' %}}{}SELECT 1", "{% set x %}{{ x }}{{ x }}{% endset %}".repeat(40));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` makes a text over 8 MiB
     --> templates/own.sql:1:920
      |
    1 | ...}{% endset %}{% set x %}{{ x }}{{ x }}{% endset %}{% set x %}{{ x }}{{ x }}{% endset %}{% set x %}{{ x }}{{ x }}{% endset %}{% set...
      |                                                                    ^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn forty_kilobytes_of_not() {
    let text = format!("SELECT {{{{ {}true }}}} AS x", "not ".repeat(10_000));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the query gives no column `submission_date` to partition by
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = hint: select `@submission_date AS submission_date`, name the column with `partition_by`, or write `partition_by: none`

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn brackets_without_end() {
    let text = format!("SELECT {{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` nests or calls itself too deeply
     --> templates/own.sql:1:85
      |
    1 | SELECT {{ (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
      |                                                                                     ^
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_long_chain_of_operators_in_a_template() {
    let text = format!("SELECT {{{{ 1{} }}}} AS x", " + 1".repeat(15_000));
    assert_snapshot!(own(&text), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0501]: the query gives no column `submission_date` to partition by
     --> datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ^^^^^^^^^^^^^^^^^
      |
      = hint: select `@submission_date AS submission_date`, name the column with `partition_by`, or write `partition_by: none`

    1 error; `tidemill explain TM0501` says more
    "#);
}

#[test]
fn a_macro_that_calls_itself() {
    assert_snapshot!(own("{% macro a() %}{{ a() }}{% endmacro %}SELECT {{ a() }}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` nests or calls itself too deeply
     --> templates/own.sql:1:19
      |
    1 | {% macro a() %}{{ a() }}{% endmacro %}SELECT {{ a() }}
      |                   ^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_template_that_includes_itself() {
    assert_snapshot!(own("SELECT {% include 'own' %}"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: template `own` nests or calls itself too deeply
     --> templates/own.sql:1:11
      |
    1 | SELECT {% include 'own' %}
      |           ^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:1:10
      |
    1 | dataset: tide_derived.x_v1
      |          ----------------- rendered for `tide_derived.x_v1`
      |
      = hint: look for a loop or an assignment that multiplies, or a call that calls itself

    1 error; `tidemill explain TM0304` says more
    "#);
}

#[test]
fn a_template_that_is_too_long() {
    assert_snapshot!(own(&format!("SELECT 1 -- {}", "x".repeat(70_000))), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0304]: the template has 70013 bytes, more than the 65536 that are read
     --> templates/own.sql:1:1
      |
    1 | SELECT 1 -- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
      | ^
      |
      = hint: move what repeats into macros or templates that it includes

    1 error; `tidemill explain TM0304` says more
    "#);
}
