//! What tables are called in a target: the one place where a logical name becomes a physical one. Markers
//! and the ledger know logical names only.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use crate::sql::duckdb::{identifier, map_tables, table_name};

/// The schema of Tidemill's own tables, before it is mapped like all others.
pub const OWN_SCHEMA: &str = "tidemill";

/// How the names of a target come about: a schema's own name between two texts.
#[derive(Debug, Default)]
pub struct Names {
    before: String,
    after: String,
    /// Tables that are read from elsewhere, as a query between parentheses.
    elsewhere: RwLock<BTreeMap<String, String>>,
}

impl Names {
    /// Names of schemas with a text before and one after them.
    pub fn around(before: &str, after: &str) -> Self {
        Self { before: before.to_owned(), after: after.to_owned(), elsewhere: RwLock::default() }
    }

    /// A schema's name in the target.
    pub fn schema(&self, logical: &str) -> String {
        format!("{}{logical}{}", self.before, self.after)
    }

    /// The schema of Tidemill's own tables, which tells targets in one file apart.
    pub fn own_schema(&self) -> String {
        self.schema(OWN_SCHEMA)
    }

    /// A table's name in the target, quoted.
    pub fn table(&self, logical: &str) -> String {
        match logical.split_once('.') {
            Some((schema, table)) => format!("{}.{}", identifier(&self.schema(schema)), identifier(table)),
            None => table_name(logical),
        }
    }

    /// A translated query with the target's names.
    pub fn resolve(&self, sql: &str) -> String {
        let elsewhere = self.elsewhere.read().unwrap_or_else(PoisonError::into_inner);
        map_tables(sql, &mut |name| Some(elsewhere.get(name).cloned().unwrap_or_else(|| self.table(name))))
    }

    /// A translated query with the target's names, all tables read from the target itself.
    pub fn resolve_here(&self, sql: &str) -> String {
        map_tables(sql, &mut |name| Some(self.table(name)))
    }

    /// Has these tables read by queries of their own from now on.
    pub(super) fn read_elsewhere(&self, tables: BTreeMap<String, String>) {
        *self.elsewhere.write().unwrap_or_else(PoisonError::into_inner) = tables;
    }
}
