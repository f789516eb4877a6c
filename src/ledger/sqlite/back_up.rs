//! Copies of a ledger: one a day, and one before its tables change.

use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::civil::Date;
use rusqlite::Connection;

use crate::failpoint::{Failpoint, reach};

/// How many daily copies are kept; the oldest go first.
const KEPT: usize = 14;

/// Where the copies of a ledger are.
pub fn copies_folder(ledger: &Path) -> PathBuf {
    ledger.with_extension("backup")
}

/// Copies the ledger for a day, unless there is a copy of that day.
pub fn back_up(connection: &Connection, ledger: &Path, day: Date) -> anyhow::Result<()> {
    let folder = copies_folder(ledger);
    let copy = folder.join(format!("{day}.sqlite"));
    if copy.exists() {
        return Ok(());
    }
    write(connection, &copy)?;
    let mut daily: Vec<PathBuf> = std::fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>())
        .with_context(|| format!("looking into {}", folder.display()))?;
    daily.retain(|path| path.file_stem().is_some_and(|name| name.to_string_lossy().parse::<Date>().is_ok()));
    daily.sort();
    for old in daily.iter().rev().skip(KEPT) {
        std::fs::remove_file(old).with_context(|| format!("removing {}", old.display()))?;
    }
    Ok(())
}

/// Copies a ledger as it was before its tables changed.
pub fn before_step(connection: &Connection, ledger: &Path, version: i64) -> anyhow::Result<()> {
    let copy = copies_folder(ledger).join(format!("version-{version}.sqlite"));
    if copy.exists() { Ok(()) } else { write(connection, &copy) }
}

/// Writes beside the copy's name and renames: a copy is whole or not there.
fn write(connection: &Connection, copy: &Path) -> anyhow::Result<()> {
    let folder = copy.parent().unwrap_or(Path::new("."));
    let failed = || format!("copying the ledger to {}", copy.display());
    std::fs::create_dir_all(folder).with_context(failed)?;
    let beside = copy.with_extension(format!("{}.part", std::process::id()));
    if beside.exists() {
        std::fs::remove_file(&beside).with_context(failed)?;
    }
    connection.execute("VACUUM INTO ?1", [beside.to_string_lossy()]).with_context(failed)?;
    std::fs::File::open(&beside).and_then(|file| file.sync_all()).with_context(failed)?;
    reach(Failpoint::LedgerCopied);
    std::fs::rename(&beside, copy).with_context(failed)?;
    reach(Failpoint::LedgerCopyNamed);
    Ok(())
}
