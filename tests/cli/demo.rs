//! `tidemill demo`: outside a project it writes the sample and builds it.

use crate::project::TestProject;

#[test]
fn every_day_agrees_with_what_was_simulated() {
    let project = TestProject::empty();
    let printed = project.run("demo --clients 60 --days 8");
    assert!(printed.contains("exit code: 0"), "{printed}");
    assert!(printed.contains("8 of 8 days agree with the simulator's own count"), "{printed}");
    assert!(project.path("tidemill-demo/generated/tide_browser/active_users/view.sql").exists());
}

#[test]
fn in_another_project_it_says_where_to_go() {
    let printed = TestProject::standard().run("demo");
    assert!(printed.contains("outside of any project"), "{printed}");
}
