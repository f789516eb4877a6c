//! What every verb starts from: the global options, the project's folder, its compilation.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cache::{Folder, Memory};
use crate::compile::{self, Compilation, Examined};
use crate::definition::{Engine, Project, ProjectFiles, Target, read_project};
use crate::diagnostic::{Code, Diagnostic};

/// Options that every verb takes.
#[derive(Args, Clone, Default)]
pub struct Globals {
    /// Folder of the project; without it the first one upwards with a tidemill.yaml
    #[arg(long, global = true, value_name = "FOLDER")]
    pub project_dir: Option<PathBuf>,
    /// Target to work on; without it the project's default
    #[arg(long, global = true, value_name = "NAME")]
    pub target: Option<String>,
    /// Print results as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print more
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Compile everything anew, and keep nothing of it
    #[arg(long, global = true)]
    pub no_cache: bool,
}

/// Why a verb could not do its work.
pub enum Problem {
    /// What the user can mend.
    Findings(Vec<Diagnostic>),
    /// What the tool failed at.
    Internal(anyhow::Error),
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Problem::Internal(error)
    }
}

impl From<Diagnostic> for Problem {
    fn from(finding: Diagnostic) -> Self {
        Problem::Findings(vec![finding])
    }
}

/// The project's folder: the one given, or the first upwards that has a `tidemill.yaml`.
pub fn find_project(globals: &Globals) -> Option<PathBuf> {
    if let Some(given) = &globals.project_dir {
        return given.join("tidemill.yaml").is_file().then(|| given.clone());
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().find(|folder| folder.join("tidemill.yaml").is_file()).map(Path::to_path_buf)
}

/// Reads the project's files.
pub fn read(globals: &Globals) -> Result<(PathBuf, ProjectFiles, Vec<Diagnostic>), Problem> {
    let root = match (find_project(globals), &globals.project_dir) {
        (Some(root), _) => root,
        (None, Some(given)) => given.clone(),
        (None, None) => {
            return Err(Diagnostic::error(
                Code::NoProject,
                "there is no tidemill.yaml here, nor in a folder above",
            )
            .hint("write a project with `tidemill init`, or give its folder with --project-dir")
            .into());
        }
    };
    let (files, found) = read_project(&root)?;
    Ok((root, files, found))
}

/// A target by its name.
///
/// # Errors
/// There is no such target.
pub fn target_of<'a>(project: &'a Project, name: &str) -> Result<&'a Target, Diagnostic> {
    project.targets.iter().find(|target| target.name == name).ok_or_else(|| {
        let names: Vec<&str> = project.targets.iter().map(|target| target.name.as_str()).collect();
        Diagnostic::error(Code::UnknownTarget, format!("no target `{name}` in tidemill.yaml"))
            .hint(format!("the targets are: {}", names.join(", ")))
            .suggest(name, names.iter().copied())
    })
}

/// A project that compiled.
pub struct Compiled {
    pub root: PathBuf,
    pub compilation: Compilation,
    pub warnings: Vec<Diagnostic>,
}

/// Where what was compiled is kept: the folder that the environment names, or the user's own for such things.
pub fn cache(globals: &Globals) -> Option<Folder> {
    let named = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty());
    if globals.no_cache {
        return None;
    }
    if let Some(folder) = named("TIDEMILL_CACHE_DIR") {
        return Some(Folder::new(folder));
    }
    let user = named("XDG_CACHE_HOME").map(PathBuf::from);
    let user = user.or_else(|| Some(PathBuf::from(named("HOME")?).join(".cache")))?;
    // A relative one would be another folder from each place.
    user.is_absolute().then(|| Folder::new(user.join("tidemill").join("compiled")))
}

/// Reads and compiles the project.
///
/// # Errors
/// All findings, when one of them is an error.
pub fn compile(globals: &Globals) -> Result<Compiled, Problem> {
    let (root, files, found) = read(globals)?;
    compile_read(root, &files, found, globals)
}

/// Compiles files that were read, as far as they go.
pub fn examine(files: &ProjectFiles, globals: &Globals) -> Examined {
    let memory = cache(globals).as_ref().map_or_else(Memory::none, Memory::open);
    let examined = compile::examine(files, globals.target.as_deref(), &memory);
    memory.save();
    examined
}

/// Compiles files that were read, with what was found while reading them.
///
/// # Errors
/// All findings, when one of them is an error.
pub fn compile_read(
    root: PathBuf,
    files: &ProjectFiles,
    mut found: Vec<Diagnostic>,
    globals: &Globals,
) -> Result<Compiled, Problem> {
    let Examined { compilation, found: more, .. } = examine(files, globals);
    found.extend(more);
    crate::diagnostic::sort(&mut found);
    match compilation {
        Some(compilation) if !found.iter().any(Diagnostic::is_error) => {
            Ok(Compiled { root, compilation, warnings: found })
        }
        _ => Err(Problem::Findings(found)),
    }
}

impl Compiled {
    /// The target that the options name, or the project's default.
    ///
    /// # Errors
    /// There is no such target.
    pub fn target(&self, globals: &Globals) -> Result<&Target, Problem> {
        let project = &self.compilation.project;
        Ok(target_of(project, globals.target.as_deref().unwrap_or(&project.default_target))?)
    }

    /// The target's DuckDB file.
    pub fn warehouse_path(&self, target: &Target) -> PathBuf {
        let Engine::DuckDb { path } = &target.engine;
        self.root.join(path)
    }
}
