//! Tables that cannot be united.

use insta::assert_snapshot;

use super::{table, union};
use crate::project::refused_with;

#[test]
fn a_union_of_types_that_do_not_go_together() {
    assert_snapshot!(union("view: quay.x", "[quay.left, quay.right]", "template: tidemill/union"), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0212]: `crew.master.age` is INT64 in `quay.left` and STRING in `quay.right`
     --> datasets/x.yaml:3:19
      |
    3 | from: [quay.left, quay.right]
      |                   ^^^^^^^^^^
      |
     ::: datasets/x.yaml:3:8
      |
    3 | from: [quay.left, quay.right]
      |        --------- the other table
      |
      = hint: columns of one name need types that go together; convert or rename it in a view of one of the tables

    error[TM0212]: `ship` is STRING in `quay.left` and INT64 in `quay.right`
     --> datasets/x.yaml:3:19
      |
    3 | from: [quay.left, quay.right]
      |                   ^^^^^^^^^^
      |
     ::: datasets/x.yaml:3:8
      |
    3 | from: [quay.left, quay.right]
      |        --------- the other table
      |
      = hint: columns of one name need types that go together; convert or rename it in a view of one of the tables

    2 errors; `tidemill explain TM0212` says more
    "#);
}

#[test]
fn a_union_whose_members_are_named_by_a_matrix() {
    let matrix = "for: {country: [de, fr]}\ndataset: '{country}_derived.x_v1'\ndescription: Rows.\nstart: 2026-11-20\nsql: |\n  SELECT @submission_date AS submission_date, {{ '1' if country == 'de' else \"'x'\" }} AS crew\n";
    let view = "view: quay.x\ndescription: Rows.\nfrom: {each: '{country}_derived.x_v1'}\ntemplate: tidemill/union\n";
    assert_snapshot!(refused_with(&[("datasets/a.yaml", matrix), ("datasets/x.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0212]: `crew` is INT64 in `de_derived.x_v1` and STRING in `fr_derived.x_v1`
     --> datasets/x.yaml:3:14
      |
    3 | from: {each: '{country}_derived.x_v1'}
      |              ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     ::: datasets/x.yaml:3:14
      |
    3 | from: {each: '{country}_derived.x_v1'}
      |              ------------------------ the other table
      |
      = hint: columns of one name need types that go together; convert or rename it in a view of one of the tables

    1 error; `tidemill explain TM0212` says more
    "#);
}

#[test]
fn a_union_of_an_array_with_a_text() {
    let other = table("quay.other", "tags: STRING");
    let left = table("quay.left", "tags: 'ARRAY<STRING>'");
    let view = "view: quay.x\ndescription: Rows.\nfrom: [quay.left, quay.other]\ntemplate: tidemill/union\n";
    assert_snapshot!(refused_with(&[("datasets/left.yaml", &left), ("datasets/other.yaml", &other), ("datasets/x.yaml", view)]), @r#"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error[TM0212]: `tags` is ARRAY<STRING> in `quay.left` and STRING in `quay.other`
     --> datasets/x.yaml:3:19
      |
    3 | from: [quay.left, quay.other]
      |                   ^^^^^^^^^^
      |
     ::: datasets/x.yaml:3:8
      |
    3 | from: [quay.left, quay.other]
      |        --------- the other table
      |
      = hint: columns of one name need types that go together; convert or rename it in a view of one of the tables

    1 error; `tidemill explain TM0212` says more
    "#);
}

#[test]
fn a_union_of_too_many_tables() {
    let many = format!("[{}]", vec!["quay.left"; 501].join(", "));
    let said = union("view: quay.x", &many, "template: tidemill/union");
    assert!(said.contains("error[TM0212]: a union of 501 tables, more than 500"), "{said}");
    assert!(said.contains("= hint: unite them in several views, and unite those"), "{said}");
}
