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
    hasher.field(canonical);
    meanings.iter().for_each(|meaning| hasher.field(meaning));
    hasher.columns(columns);
    hasher.field(partition.column_name().unwrap_or_default());
    // Days were there before the others, and their hashes stay.
    if partition.cadence != Cadence::Day {
        hasher.field(partition.cadence.as_str());
    }
    read_through(&mut hasher, draft, ready);
    hasher.finish()
}

/// The hash of a view.
pub fn view(canonical: &str, meanings: &[String], draft: &Draft, ready: &Ready) -> String {
    let mut hasher = start("view");
    hasher.field(canonical);
    meanings.iter().for_each(|meaning| hasher.field(meaning));
    read_through(&mut hasher, draft, ready);
    hasher.finish()
}

fn start(kind: &str) -> FieldHasher {
    let mut hasher = FieldHasher::default();
    hasher.field(&format!("{kind} {HASH_VERSION} {DUCKDB_TRANSLATION}"));
    hasher
}

/// Views are part of the query that reads them; tables are inputs, with versions of their own.
fn read_through(hasher: &mut FieldHasher, draft: &Draft, ready: &Ready) {
    let mut names: Vec<&str> = draft.uses.iter().map(|table_use| table_use.name.as_str()).collect();
    names.sort_unstable();
    for name in names {
        if let Some(known) = ready.tables.get(name)
            && !known.hash.is_empty()
        {
            hasher.field(name);
            hasher.field(&known.hash);
        }
    }
}

/// Hashes texts one after the other, so that no two lists of them hash alike.
#[derive(Default)]
pub struct FieldHasher(blake3::Hasher);

impl FieldHasher {
    /// Its length goes before a text.
    pub fn field(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    /// Names and types of columns.
    pub fn columns(&mut self, columns: &[Field]) {
        for column in columns {
            self.field(&column.name);
            self.field(&column.ty.to_string());
        }
    }

    pub fn finish(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}
