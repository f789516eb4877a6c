//! Where a target is and what its tables are called: its files, and names that depend on who runs the
//! program and on the branch that is checked out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::context::{Compiled, Globals, Problem};
use crate::definition::{Target, Variable, sanitised};
use crate::diagnostic::{Code, Diagnostic};
use crate::warehouse::{Names, OWN_SCHEMA};

/// A target's files and names.
pub struct Place {
    pub warehouse: PathBuf,
    pub ledger: PathBuf,
    pub names: Names,
}

impl Compiled {
    /// The place of the target that the options name.
    pub fn place(&self, globals: &Globals) -> Result<Place, Problem> {
        self.place_of(self.target(globals)?)
    }

    /// The place of a target.
    ///
    /// # Errors
    /// Its names need a user or a branch that there is not, or are names of production.
    pub fn place_of(&self, target: &Target) -> Result<Place, Problem> {
        let around = around(target, &self.root)?;
        self.keep_off_production(target, &around)?;
        let names = Names::around(&around.0, &around.1);
        let warehouse = self.warehouse_path(target);
        // Targets and branches that share a file have a ledger each.
        let ending = match names.own_schema() {
            own if own == OWN_SCHEMA => "ledger.sqlite".to_owned(),
            own => format!("{own}.ledger.sqlite"),
        };
        Ok(Place { ledger: warehouse.with_extension(ending), warehouse, names })
    }

    /// A target that is not production cannot write what production writes, also not by way of a branch
    /// whose name makes one schema look like another.
    fn keep_off_production(&self, target: &Target, around: &(String, String)) -> Result<(), Problem> {
        if target.space.production {
            return Ok(());
        }
        let schemas = |around: &(String, String)| -> BTreeSet<String> {
            let compilation = &self.compilation;
            let tables = compilation.sources.keys().chain(compilation.datasets.keys());
            let names = tables.chain(compilation.views.keys());
            let schemas = names.filter_map(|name| name.split('.').next()).chain([OWN_SCHEMA]);
            schemas.map(|schema| format!("{}{schema}{}", around.0, around.1)).collect()
        };
        let own = schemas(around);
        let others = self.compilation.project.targets.iter();
        let own_file = real(&self.warehouse_path(target));
        let is_same = |other: &&Target| real(&self.warehouse_path(other)) == own_file;
        for other in others.filter(|other| other.space.production).filter(is_same) {
            let Some(theirs) = around_ok(other, &self.root) else { continue };
            if let Some(shared) = schemas(&theirs).intersection(&own).next() {
                return Err(Diagnostic::error(
                    Code::WrongTarget,
                    format!("`{}` would write into `{shared}`, a schema of `{}`", target.name, other.name),
                )
                .at(&target.space.position)
                .related(&other.space.position, "production")
                .hint("give the target a `path` of its own, or other `names`")
                .into());
            }
        }
        Ok(())
    }
}

/// A path with all links followed, as far as it is there.
fn real(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(real), ..) => real,
        (Err(_), Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}

fn around_ok(target: &Target, root: &Path) -> Option<(String, String)> {
    around(target, root).ok()
}

/// The texts around a schema's name in a target, here and now.
fn around(target: &Target, root: &Path) -> Result<(String, String), Problem> {
    let missing = |what: &str, hint: &str| -> Problem {
        let message = format!("the names of the target `{}` need {what}", target.name);
        Diagnostic::error(Code::UnknownVariable, message).at(&target.space.position).hint(hint).into()
    };
    target.space.names.around(&|variable| match variable {
        Variable::Target => Ok(sanitised(&target.name)),
        Variable::User => ["USER", "LOGNAME", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
            .map(|user| sanitised(&user))
            .ok_or_else(|| missing("a user, and the environment names none", "set USER")),
        Variable::Branch => branch(root).map(|branch| sanitised(&branch)).ok_or_else(|| {
            missing("a git branch, and there is none here", "`git init`, or take `{branch}` out")
        }),
    })
}

/// The branch that is checked out, or the commit where none is.
fn branch(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    let folder = if git.is_dir() {
        git
    } else {
        // A further worktree has a file that says where its state is.
        let text = std::fs::read_to_string(&git).ok()?;
        git.parent()?.join(text.trim().strip_prefix("gitdir:")?.trim())
    };
    let head = std::fs::read_to_string(folder.join("HEAD")).ok()?;
    let head = head.trim();
    let branch = match head.strip_prefix("ref: ") {
        Some(reference) => reference.strip_prefix("refs/heads/").unwrap_or(reference).to_owned(),
        None => head.chars().take(12).collect(),
    };
    (!branch.is_empty()).then_some(branch)
}
