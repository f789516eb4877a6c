//! Links and pipes: not followed, not waited for.

#![cfg(unix)]

use insta::assert_snapshot;

use crate::project::TestProject;

#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let outside = TestProject::empty();
    outside.file("secret.yaml", "password: hunter2");
    let project = TestProject::standard();
    std::os::unix::fs::symlink(outside.path("secret.yaml"), project.path("datasets/x.yaml")).unwrap();
    std::os::unix::fs::symlink(outside.path(""), project.path("datasets/linked")).unwrap();
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0103]: datasets/linked is left out: it is a link
      = hint: put the file itself there

    warning[TM0103]: datasets/x.yaml is left out: it is a link
      = hint: put the file itself there
    "#);
}

#[test]
fn a_linked_project_file_is_read() {
    let project = TestProject::standard();
    project.file("elsewhere.yaml", &project.read("tidemill.yaml"));
    project.remove("tidemill.yaml");
    std::os::unix::fs::symlink("elsewhere.yaml", project.path("tidemill.yaml")).unwrap();
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    "#);
}

#[test]
fn a_pipe_does_not_hang_anything() {
    let project = TestProject::standard();
    make_pipe(&project, "datasets/x.yaml");
    assert_snapshot!(project.run("compile"), @r#"
    exit code: 0
    ----- stdout -----
    1 source, 2 datasets, 1 view: generated/ written, 7 added, 0 changed, 0 removed
    ----- stderr -----
    warning[TM0103]: datasets/x.yaml is left out: it is no regular file
      = hint: put the file itself there
    "#);
    project.remove("tidemill.yaml");
    make_pipe(&project, "tidemill.yaml");
    assert_snapshot!(project.refused("compile"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0101]: there is no tidemill.yaml here, nor in a folder above
      = hint: write a project with `tidemill init`, or give its folder with --project-dir

    1 error; `tidemill explain TM0101` says more
    "#);
}

fn make_pipe(project: &TestProject, path: &str) {
    assert!(std::process::Command::new("mkfifo").arg(project.path(path)).status().unwrap().success());
}

#[test]
fn pings_from_a_pipe_do_not_hang() {
    let project = TestProject::standard();
    make_pipe(&project, "pings.jsonl");
    assert_snapshot!(project.run("ingest pings.jsonl"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error[TM0103]: pings.jsonl cannot be read: it is no regular file
      = hint: see whether the path is right

    1 error; `tidemill explain TM0103` says more
    "#);
}
