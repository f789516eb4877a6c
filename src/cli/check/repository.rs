//! Where a project stands in its repository: services show findings by the path from the repository's root.

use std::path::Path;

/// The path from the repository's root to the project, empty or ending in `/`; empty without a repository.
pub fn prefix(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let Some(repository) = root.ancestors().find(|folder| folder.join(".git").exists()) else {
        return String::new();
    };
    let below = root.strip_prefix(repository).unwrap_or(Path::new(""));
    below.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
