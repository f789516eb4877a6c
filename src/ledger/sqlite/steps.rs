//! Bringing a ledger's tables to this version: all steps that lack, in one transaction, after a copy of
//! what was there. Killed anywhere, it is as it was before, or done.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::back_up;
use crate::failpoint::{Failpoint, reach};

/// Each step takes a ledger from the version before it to its own, which is its place from 1. One that was
/// ever in use is not changed any more.
const STEPS: &[&str] = &[
    include_str!("steps/1.sql"),
    include_str!("steps/2.sql"),
    include_str!("steps/3.sql"),
    include_str!("steps/4.sql"),
];

/// The version that this program knows.
pub const LATEST: i64 = STEPS.len() as i64;

/// Why a ledger could not be brought here.
pub enum Failure {
    /// A newer program wrote it.
    Newer {
        version: i64,
    },
    Sqlite(rusqlite::Error),
    Other(anyhow::Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Failure::Sqlite(error)
    }
}

/// The version of a ledger; 0 for an empty one.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the steps that lack.
pub fn take(connection: &mut Connection, path: &Path) -> Result<(), Failure> {
    let before = version(connection)?;
    if (1..LATEST).contains(&before) {
        back_up::before_step(connection, path, before).map_err(Failure::Other)?;
    }
    if before == LATEST {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let before = version(&transaction)?;
    let Some(lacking) = usize::try_from(before).ok().and_then(|before| STEPS.get(before..)) else {
        return Err(Failure::Newer { version: before });
    };
    for step in lacking {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", LATEST)?;
    reach(Failpoint::LedgerStepsTaken);
    transaction.commit()?;
    reach(Failpoint::LedgerReady);
    Ok(())
}
