//! The definition hash: what decides a partition's data, and nothing else. Never paths, comments,
//! owners, descriptions, or the tool's own version.

use super::Partition;
use super::known::Ready;
use super::nodes::Draft;
use crate::period::Cadence;
use crate::schema::Field;

/// Goes up when the way of hashing changes; an upgrade then maps old hashes to new ones.
pub const HASH_VERSION: u32 = 1;

/// Goes up when a translation rule is mended in a way that changes values on DuckDB.
const DUCKDB_TRANSLATION: u32 = 1;

/// The hash of a dataset: its query in canonical form with what its names mean, columns, partitioning, and the views that it reads through.
pub fn dataset(
    canonical: &str,
    meanings: &[String],
    columns: &[Field],
    partition: &Partition,
    draft: &Draft,
    ready: &Ready,
) -> String {
    let mut hasher = start("dataset");
    field(&mut hasher, canonical);
    meanings.iter().for_each(|meaning| field(&mut hasher, meaning));
    for column in columns {
        field(&mut hasher, &column.name);
        field(&mut hasher, &column.ty.to_string());
    }
    field(&mut hasher, partition.column_name().unwrap_or_default());
    // Days were there before the others, and their hashes stay.
    if partition.cadence != Cadence::Day {
        field(&mut hasher, partition.cadence.as_str());
    }
    read_through(&mut hasher, draft, ready);
    finish(&hasher)
}

/// The hash of a view.
pub fn view(canonical: &str, meanings: &[String], draft: &Draft, ready: &Ready) -> String {
    let mut hasher = start("view");
    field(&mut hasher, canonical);
    meanings.iter().for_each(|meaning| field(&mut hasher, meaning));
    read_through(&mut hasher, draft, ready);
    finish(&hasher)
}

fn start(kind: &str) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    field(&mut hasher, &format!("{kind} {HASH_VERSION} {DUCKDB_TRANSLATION}"));
    hasher
}

/// Views are part of the query that reads them; tables are inputs, with versions of their own.
fn read_through(hasher: &mut blake3::Hasher, draft: &Draft, ready: &Ready) {
    let mut names: Vec<&str> = draft.uses.iter().map(|table_use| table_use.name.as_str()).collect();
    names.sort_unstable();
    for name in names {
        if let Some(known) = ready.tables.get(name)
            && !known.hash.is_empty()
        {
            field(hasher, name);
            field(hasher, &known.hash);
        }
    }
}

/// Length before text, so that no two lists of texts hash alike.
fn field(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

fn finish(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex()[..32].to_owned()
}
