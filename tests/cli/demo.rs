//! `tidemill demo`: outside a project it writes the sample and builds it.

use crate::project::TestProject;

#[test]
fn every_day_agrees_with_what_was_simulated() {
    let project = TestProject::empty();
    let printed = project.run("demo --clients 60 --days 8");
    assert!(printed.contains("exit code: 0"), "{printed}");
    for (what, agree) in
        [("Tide Browser", 8), ("Tide Desktop", 8), ("Synchronisation", 8), ("Website", 7), ("Acquisition", 8)]
    {
        assert!(printed.contains(&format!("  {what:<16}  {agree} of 8  ")), "{what}: {printed}");
    }
    assert!(printed.contains("Visits of 2026-10-25 wait for the next day's export"), "{printed}");
    assert!(project.path("tidemill-demo/generated/tide_browser/active_users/view.sql").exists());
    let key = std::fs::metadata(project.path("tidemill-demo/.tidemill/keys/sync_user")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&key.permissions()) & 0o777, 0o600);
}

#[test]
fn in_another_project_it_says_where_to_go() {
    let printed = TestProject::standard().run("demo");
    assert!(printed.contains("outside of any project"), "{printed}");
}
