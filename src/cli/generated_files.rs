//! `generated/` on disk: written whole file by whole file, and held against a compilation.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use similar::TextDiff;

use super::context::Problem;
use crate::cache::Key;
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};

/// How the files on disk differ from what was compiled.
#[derive(Default)]
pub struct Difference {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// A unified diff of everything.
    pub text: String,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// How many files differ, and how.
    pub fn counts(&self) -> String {
        let (added, changed, removed) = (self.added.len(), self.changed.len(), self.removed.len());
        format!("{added} added, {changed} changed, {removed} removed")
    }
}

/// Compares the folder with compiled files.
pub fn compare(folder: &Path, files: &BTreeMap<String, String>) -> Result<Difference, Problem> {
    let on_disk = read(folder)?;
    let mut difference = Difference::default();
    for (path, content) in files {
        match on_disk.get(path) {
            None => difference.added.push(path.clone()),
            Some(old) if old != content.as_bytes() => difference.changed.push(path.clone()),
            Some(_) => continue,
        }
        let old =
            on_disk.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        difference.text.push_str(&diff(path, &old, content));
    }
    for (path, old) in &on_disk {
        if !files.contains_key(path) {
            difference.removed.push(path.clone());
            difference.text.push_str(&diff(path, &String::from_utf8_lossy(old), ""));
        }
    }
    Ok(difference)
}

/// Whether the folder holds exactly the files of these hashes.
pub fn are(folder: &Path, files: &BTreeMap<String, Key>) -> Result<bool, Problem> {
    let on_disk = read(folder)?;
    let is_same = |(path, content): (&String, &Vec<u8>)| files.get(path) == Some(&Key::of(content));
    Ok(on_disk.len() == files.len() && on_disk.iter().all(is_same))
}

fn diff(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("generated/{path}"), &format!("compiled/{path}"))
        .to_string()
}

fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let mut files = BTreeMap::new();
    if folder.exists() && !folder.is_dir() {
        return Err(unwritable(folder, &std::io::ErrorKind::NotADirectory.into()));
    }
    if !folder.exists() {
        return Ok(files);
    }
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).follow_links(false).build() {
        let entry = entry.context("reading generated/")?;
        if entry.path_is_symlink() {
            // What is written through a link would leave the project.
            let message = format!("cannot write through the link {}", entry.path().display());
            return Err(Diagnostic::error(Code::Unwritable, message)
                .hint("remove the link; `tidemill compile` writes generated/ anew")
                .into());
        }
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            let bytes = std::fs::read(entry.path()).with_context(|| format!("reading generated/{name}"))?;
            files.insert(name, bytes);
        }
    }
    Ok(files)
}

/// Makes the folder equal to the compiled files: writes what differs, removes what is no longer compiled.
pub fn write(
    folder: &Path,
    files: &BTreeMap<String, String>,
    difference: &Difference,
) -> Result<(), Problem> {
    // A file that goes may stand where a folder is to be, so removal comes first.
    for path in &difference.removed {
        let file = folder.join(path);
        std::fs::remove_file(&file).map_err(|error| unwritable(&file, &error))?;
        // Folders that are empty now go too.
        let mut parent = file.parent();
        while let Some(empty) = parent.filter(|one| *one != folder) {
            if std::fs::remove_dir(empty).is_err() {
                break;
            }
            parent = empty.parent();
        }
    }
    for path in difference.added.iter().chain(&difference.changed) {
        write_file(&folder.join(path), files[path].as_bytes())?;
    }
    Ok(())
}

/// Writes a file whole or not at all: into a temporary one beside it, then renamed.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        reach(Failpoint::GeneratedWritten);
        file.persist(path).map_err(|error| error.error)?;
        reach(Failpoint::GeneratedRenamed);
        Ok(())
    };
    write().map_err(|error| unwritable(path, &error))
}

/// A folder or file that cannot be written.
pub fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    let hint = match error.kind() {
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
            "a file stands where a folder should be; move it away"
        }
        _ => "make the folder writable, or work on a copy of the project",
    };
    Diagnostic::error(Code::Unwritable, format!("cannot write {}: {error}", path.display())).hint(hint).into()
}
