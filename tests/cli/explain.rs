//! `tidemill explain`

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn a_code_is_explained() {
    assert_snapshot!(TestProject::empty().refused("explain TM0203"), @r#"
    exit code: 0
    ----- stdout -----
    TM0203: unknown column or shortcut

    The name is neither a column of the table nor one of the shortcuts of its kind of source. The table's columns stand
    in `generated/`, in its `schema.json`; `docs/definitions.md` says where shortcuts are.
    ----- stderr -----
    "#);
    assert_snapshot!(TestProject::empty().refused("explain tm0505"), @r#"
    exit code: 0
    ----- stdout -----
    TM0505: generated files are not current

    `generated/` differs from what the definitions compile to. Run `tidemill compile` and commit the result.
    ----- stderr -----
    "#);
}

#[test]
fn an_unknown_code() {
    assert_snapshot!(TestProject::empty().refused("explain TM0299"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no code or rule `TM0299`
      = hint: `tidemill explain` alone lists all of them

    1 error; `tidemill explain TM0601` says more
    "#);
    assert_snapshot!(TestProject::empty().refused("explain cycle"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0601]: no code or rule `cycle`
      = hint: `tidemill explain` alone lists all of them

    1 error; `tidemill explain TM0601` says more
    "#);
}

#[test]
fn all_codes_have_a_title() {
    let said = TestProject::empty().refused("explain");
    let codes = said.lines().filter(|line| line.starts_with("TM0")).count();
    assert!(codes > 40 && said.starts_with("exit code: 0"), "{said}");
    assert!(said.contains("TM0715  a star that brings identifiers (star_over_identifiers)\n"), "{said}");
}
