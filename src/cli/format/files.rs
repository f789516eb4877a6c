//! Which files are formatted, and how they are read and written: whole, or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::context::{self, Globals, Problem};
use crate::diagnostic::{Code, Diagnostic};

/// Largest file that is formatted.
const LARGEST: u64 = 16 << 20;

/// A file that may hold SQL.
pub struct File {
    path: PathBuf,
    /// As it is shown: relative to the project, or as given.
    pub shown: String,
    /// Whether it is YAML with SQL in it.
    pub is_definition: bool,
}

impl File {
    fn new(path: PathBuf, shown: &Path) -> Self {
        let is_definition = has_extension(&path, &["yaml", "yml"]);
        Self { path, shown: shown.to_string_lossy().replace('\\', "/"), is_definition }
    }

    pub fn standard_input() -> Self {
        Self { path: PathBuf::new(), shown: "standard input".to_owned(), is_definition: false }
    }

    pub fn read(&self) -> Result<String, Diagnostic> {
        let fail = |message: String| Diagnostic::error(Code::UnreadableFile, message);
        let cannot = |error: std::io::Error| fail(format!("cannot read {}: {error}", self.shown));
        let length = std::fs::metadata(&self.path).map_err(cannot)?.len();
        if length > LARGEST {
            return Err(fail(format!(
                "{} has {length} bytes, more than the {LARGEST} that are formatted",
                self.shown
            )));
        }
        let bytes = std::fs::read(&self.path).map_err(cannot)?;
        String::from_utf8(bytes).map_err(|_| fail(format!("{} is not UTF-8", self.shown)))
    }

    /// Puts the text in the place of the file at once, with the rights that it had.
    pub fn write(&self, text: &str) -> Result<(), Problem> {
        // A link stays one: what it leads to is written.
        let path = std::fs::canonicalize(&self.path).with_context(|| format!("writing {}", self.shown))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let unwritable = |error: std::io::Error| {
            Diagnostic::error(Code::Unwritable, format!("cannot write {}: {error}", self.shown))
                .hint("make the file and its folder writable")
        };
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
        file.write_all(text.as_bytes()).map_err(unwritable)?;
        let rights = std::fs::metadata(&path).map_err(unwritable)?.permissions();
        if rights.readonly() {
            return Err(unwritable(std::io::ErrorKind::PermissionDenied.into()).into());
        }
        file.as_file().set_permissions(rights).map_err(unwritable)?;
        file.persist(&path).map_err(|error| unwritable(error.error))?;
        Ok(())
    }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|one| own.eq_ignore_ascii_case(one)))
}

/// The files of the project that a person writes SQL in.
pub fn of_project(globals: &Globals) -> Result<Vec<File>, Problem> {
    let Some(root) = context::find_project(globals) else {
        return Err(Diagnostic::error(
            Code::NoProject,
            "there is no tidemill.yaml here, nor in a folder above",
        )
        .hint("name files or folders, or give the project's folder with --project-dir")
        .into());
    };
    let mut files = Vec::new();
    for (folder, extensions) in [("datasets", &["sql", "yaml", "yml"][..]), ("templates", &["sql"])] {
        let folder = root.join(folder);
        if folder.is_dir() {
            walk(&folder, extensions, &root, &mut files)?;
        }
    }
    Ok(files)
}

/// The files given, and the SQL files and definitions in the folders given.
pub fn under(paths: &[PathBuf]) -> Result<Vec<File>, Problem> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &["sql", "yaml", "yml"], Path::new(""), &mut files)?;
        } else if path.exists() {
            files.push(File::new(path.clone(), path));
        } else {
            return Err(anyhow::anyhow!("there is no file or folder {}", path.display()).into());
        }
    }
    files.sort_by(|one, other| one.shown.cmp(&other.shown));
    files.dedup_by(|one, other| one.shown == other.shown);
    Ok(files)
}

fn walk(folder: &Path, extensions: &[&str], root: &Path, files: &mut Vec<File>) -> Result<(), Problem> {
    let walker = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .sort_by_file_path(Ord::cmp)
        .build();
    for entry in walker {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let path = entry.path();
        if entry.file_type().is_some_and(|kind| kind.is_file()) && has_extension(path, extensions) {
            files.push(File::new(path.to_owned(), path.strip_prefix(root).unwrap_or(path)));
        }
    }
    Ok(())
}
