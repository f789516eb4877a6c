use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::context::{self, Globals, Problem};
use super::{generated_files, report};
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::copies_folder;
use crate::warehouse::{DuckDb, Made};

/// Work on a target as a whole
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Remove what Tidemill made in a target: tables, views, markers and ledger
    ///
    /// Without --yes it only shows what there is. Tables that others filled stay, and so does the file that
    /// holds them. A production target is not dropped.
    Drop {
        /// The target
        name: String,
        /// Remove it
        #[arg(long)]
        yes: bool,
    },
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    let Verb::Drop { name, yes } = &arguments.verb;
    drop_target(name, *yes, globals)
}

fn drop_target(name: &str, yes: bool, globals: &Globals) -> Result<ExitCode, Problem> {
    let compiled = context::compile(globals)?;
    let target = compiled.target(&Globals { target: Some(name.to_owned()), ..globals.clone() })?;
    if target.space.production {
        return Err(Diagnostic::error(Code::ProductionTarget, format!("`{name}` is production"))
            .at(&target.space.position)
            .hint("take `production: true` out first, if you mean it")
            .into());
    }
    let place = compiled.place_of(target)?;
    let ledgers = with_companions(&place.ledger, &["-wal", "-shm"]);
    let mut warehouse = None;
    let mut made = Made::default();
    if place.warehouse.exists() {
        let opened = DuckDb::open_with(&place.warehouse, place.names)??;
        made = opened.made()?;
        warehouse = Some(opened);
    }
    let mut files = ledgers;
    files.extend(copies(&place.ledger));
    if made.others.is_empty() {
        files.extend(with_companions(&place.warehouse, &[".wal"]));
    }
    if yes {
        remove(warehouse, &made, &files)?;
        // The folder of the copies goes too, where nothing else is in it.
        let _ = std::fs::remove_dir(copies_folder(&place.ledger));
    }
    show(name, &made, &files, yes, globals);
    Ok(ExitCode::SUCCESS)
}

fn remove(warehouse: Option<DuckDb>, made: &Made, files: &[PathBuf]) -> Result<(), Problem> {
    if let Some(warehouse) = &warehouse
        && !made.others.is_empty()
    {
        warehouse.remove(made)?;
    }
    drop(warehouse);
    for file in files {
        // The companions of a database may have gone with it.
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(generated_files::unwritable(file, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A file and what stands beside it, as far as it is there.
fn with_companions(file: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let companions = endings.iter().map(|ending| PathBuf::from(format!("{}{ending}", file.display())));
    std::iter::once(file.to_owned()).chain(companions).filter(|file| file.exists()).collect()
}

/// The copies of a ledger.
fn copies(ledger: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(copies_folder(ledger)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn show(name: &str, made: &Made, files: &[PathBuf], yes: bool, globals: &Globals) {
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if globals.json {
        report::json(&json!({
            "target": name, "removed": yes, "tables": made.tables, "views": made.views,
            "markers": made.markers, "files": files, "kept": made.others,
        }));
        return;
    }
    if globals.quiet {
        return;
    }
    if files.is_empty() && made.tables.is_empty() && made.markers == 0 {
        report::line(&format!("nothing was made in the target `{name}`"));
        return;
    }
    let verb = if yes { "removed" } else { "to remove" };
    for (kind, names) in [("table", &made.tables), ("view", &made.views), ("file", &files)] {
        for one in names {
            report::line(&format!("{verb}  {kind:<5}  {one}"));
        }
    }
    report::line(&format!("{verb}  {}", report::count(made.markers as usize, "commit marker")));
    for other in &made.others {
        report::line(&format!("kept     {other}: Tidemill did not make it"));
    }
    if !yes {
        report::line(&format!("\nNothing was removed; `tidemill target drop {name} --yes` removes it"));
    }
}
