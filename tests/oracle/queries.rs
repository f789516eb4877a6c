//! The queries in `tests/queries/`.

use crate::cases::{Case, ours};
use crate::corpus::Corpus;

pub fn cases() -> Vec<Case> {
    let corpus = Corpus::read();
    corpus
        .queries
        .iter()
        .map(|query| Case {
            name: query.name.clone(),
            sql: query.sql.clone(),
            tables: corpus.schemas(),
            before: Vec::new(),
            ours: ours(&query.sql, &corpus),
        })
        .collect()
}

/// Whether the folder says that GoogleSQL accepts the query.
pub fn says_accepted(name: &str) -> bool {
    name.starts_with("accepted/")
}
