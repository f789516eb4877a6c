//! Who runs the program, and on which commit of the definitions: what the ledger keeps of every run.

use std::path::Path;
use std::process::Command;

/// The user of the system: by name, or by number where the environment names none.
pub fn actor() -> String {
    let named =
        ["USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
    named.unwrap_or_else(|| rustix::process::getuid().as_raw().to_string())
}

/// The commit that is checked out, with `+` behind it where files differ from it; empty without git.
pub fn revision(root: &Path) -> String {
    let told = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["describe", "--always", "--abbrev=40", "--match=", "--dirty=+"])
        // Another git command that runs meanwhile is not to wait for this one.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output();
    match told {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => String::new(),
    }
}
