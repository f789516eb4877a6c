//! The files of a project, read once. Everything after this is a pure function of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Position, Source};

/// Largest file that is read from a project.
const LARGEST_FILE: u64 = 16 << 20;

/// The texts of a project, with paths relative to its root.
#[derive(Debug)]
pub struct ProjectFiles {
    /// `tidemill.yaml`
    pub config: Arc<Source>,
    /// Definitions under `datasets/`, by path.
    pub definitions: Vec<Arc<Source>>,
    /// Other files under `datasets/`: schemas, metrics, SQL, rows of static tables.
    pub beside: BTreeMap<String, Arc<Source>>,
    /// The project's own templates and macros, by name without `templates/` and `.sql`.
    pub templates: BTreeMap<String, Arc<Source>>,
}

impl ProjectFiles {
    /// A file named in a definition, relative to the definition's folder.
    ///
    /// # Errors
    /// The path leaves the project or nothing is there; with what is near.
    pub fn beside(&self, definition: &Source, relative: &str) -> Result<&Arc<Source>, String> {
        let folder = definition.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "." | "" => {}
                ".." if parts.pop().is_none() => {
                    return Err(format!("{relative} leads out of the project"));
                }
                ".." => {}
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        self.beside.get(&path).ok_or_else(|| {
            if self.definitions.iter().any(|one| one.path == path) {
                return format!("{path} is read as a definition; call it metrics.yaml or NAME.metrics.yaml");
            }
            match crate::diagnostic::did_you_mean(&path, self.beside.keys().map(String::as_str)) {
                Some(near) => format!("there is no file {path}; did you mean {near}?"),
                None => format!("there is no file {path}"),
            }
        })
    }
}

/// Reads the project at `root`.
///
/// # Errors
/// Findings about files that cannot be read. A missing `tidemill.yaml` is the only one that leaves nothing.
pub fn read_project(root: &Path) -> Result<(ProjectFiles, Vec<Diagnostic>), Diagnostic> {
    let config_path = root.join("tidemill.yaml");
    if !config_path.is_file() {
        return Err(Diagnostic::error(Code::NoProject, format!("no tidemill.yaml in {}", root.display()))
            .hint("write a project with `tidemill init`, or give its folder with --project-dir"));
    }
    let mut found = Vec::new();
    let config = match read_text(&config_path, "tidemill.yaml") {
        Ok(config) => config,
        Err(error) => {
            found.push(error);
            Source::new("tidemill.yaml", "")
        }
    };
    let mut files =
        ProjectFiles { config, definitions: Vec::new(), beside: BTreeMap::new(), templates: BTreeMap::new() };
    for (path, source) in walk(root, "datasets", KNOWN, &mut found) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_metrics = name == "metrics.yaml" || name.ends_with(".metrics.yaml");
        if (name.ends_with(".yaml") || name.ends_with(".yml")) && !is_metrics {
            files.definitions.push(source);
        } else {
            files.beside.insert(path, source);
        }
    }
    for (path, source) in walk(root, "templates", KNOWN, &mut found) {
        if let Some(name) = path.strip_prefix("templates/").and_then(|name| name.strip_suffix(".sql")) {
            files.templates.insert(name.to_owned(), source);
        }
    }
    Ok((files, found))
}

/// The YAML files of `tests/`, by path.
pub fn read_tests(root: &Path, found: &mut Vec<Diagnostic>) -> Vec<Arc<Source>> {
    let is_yaml = |path: &str| path.ends_with(".yaml") || path.ends_with(".yml");
    let files = walk(root, "tests", &["yaml", "yml"], found);
    files.into_iter().filter(|(path, _)| is_yaml(path)).map(|(_, source)| source).collect()
}

/// What stands in a project's folders.
const KNOWN: &[&str] = &["yaml", "yml", "sql", "json", "bq", "csv"];

/// The regular files of known kinds below a folder of the project, by path; links are not followed.
fn walk(
    root: &Path,
    folder: &str,
    known: &[&str],
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Arc<Source>> {
    let mut files = BTreeMap::new();
    let start = root.join(folder);
    if !start.exists() {
        return files;
    }
    let walker = ignore::WalkBuilder::new(&start).standard_filters(false).follow_links(false).build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found
                    .push(Diagnostic::error(Code::UnreadableFile, format!("cannot read {folder}/: {error}")));
                continue;
            }
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { continue };
        let is_known = entry.path().extension().is_some_and(|one| known.iter().any(|known| one == *known));
        // Editors keep hidden links beside a file while it is changed.
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if (!is_known && !kind.is_symlink()) || (kind.is_symlink() && is_hidden) {
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let name = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        if !kind.is_file() {
            let what = if kind.is_symlink() { "a link" } else { "no regular file" };
            found.push(
                Diagnostic::warning(Code::UnreadableFile, format!("{name} is left out: it is {what}"))
                    .hint("put the file itself there"),
            );
            continue;
        }
        match read_text(entry.path(), &name) {
            Ok(source) => {
                files.insert(name, source);
            }
            Err(error) => found.push(error),
        }
    }
    files
}

fn read_text(path: &Path, name: &str) -> Result<Arc<Source>, Diagnostic> {
    let unreadable = |problem: String| {
        Diagnostic::error(Code::UnreadableFile, format!("cannot read {name}: {problem}"))
            .hint("give the file back its text, or remove it")
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > LARGEST_FILE {
        return Err(unreadable(format!("it has {size} bytes, more than the {LARGEST_FILE} that are read")));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    match String::from_utf8(bytes) {
        // Line ends are the same on every machine.
        Ok(text) => Ok(Source::new(name, text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))),
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let before = String::from_utf8_lossy(valid);
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
            let shown = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
            Err(Diagnostic::error(Code::UnreadableFile, format!("{name} is not UTF-8"))
                .at(&Position::new(&shown, line, column, 1))
                .hint("save the file as UTF-8"))
        }
    }
}
