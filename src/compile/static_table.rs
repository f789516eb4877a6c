//! A static table: its rows stand in the project, so that what they are is part of what reads them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::known::Known;
use crate::definition::StaticTable;

/// A static table with what its rows come to.
pub struct CompiledStatic {
    pub definition: StaticTable,
    /// Of columns and rows. It is part of the definition hash of every reader.
    pub hash: String,
}

impl CompiledStatic {
    pub fn new(definition: StaticTable) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut field = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        for column in definition.columns.iter() {
            field(&column.name);
            field(&column.ty.to_string());
        }
        for value in definition.rows.iter().flatten() {
            // Nothing at all is told apart from the empty text.
            field(if value.is_some() { "value" } else { "null" });
            field(value.as_deref().unwrap_or_default());
        }
        let hash = hasher.finalize().to_hex()[..32].to_owned();
        Self { definition, hash }
    }

    /// Stands for the rows among the versions of a reader's inputs, so that a stale partition names the table.
    fn version(&self) -> i64 {
        i64::from_str_radix(&self.hash[..15], 16).unwrap_or_default()
    }

    /// What its readers need to know of it.
    pub(super) fn known(&self) -> Known {
        Known {
            columns: Arc::clone(&self.definition.columns),
            partition_column: None,
            start: None,
            bases: None,
            hash: self.hash.clone(),
            given: Some(self.version()),
            keys: BTreeSet::new(),
            glean: None,
        }
    }
}
