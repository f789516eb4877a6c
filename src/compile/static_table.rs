//! A static table: its rows stand in the project, so that what they are is part of what reads them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::hash::FieldHasher;
use super::known::{Known, Soundness};
use crate::definition::StaticTable;
use crate::lint::Facts;

/// A static table with what its rows come to.
pub struct CompiledStatic {
    pub definition: StaticTable,
    /// Of columns and rows. It is part of the definition hash of every reader.
    pub hash: String,
}

impl CompiledStatic {
    pub fn new(definition: StaticTable) -> Self {
        let mut hasher = FieldHasher::default();
        hasher.columns(&definition.columns);
        for value in definition.rows.iter().flatten() {
            // Nothing at all is told apart from the empty text.
            hasher.field(if value.is_some() { "value" } else { "null" });
            hasher.field(value.as_deref().unwrap_or_default());
        }
        let hash = hasher.finish();
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
            cadence: crate::period::Cadence::Whole,
            start: None,
            bases: None,
            hash: self.hash.clone(),
            given: Some(self.version()),
            keys: BTreeSet::new(),
            glean: None,
            facts: Facts::default(),
            soundness: Soundness::Sound,
            undeclared: BTreeSet::new(),
        }
    }
}
