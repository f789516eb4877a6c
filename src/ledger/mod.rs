//! The durable record of runs, attempts, leases and partitions of one target, in SQLite. It is never
//! ahead of the data: success is written after the warehouse committed, and what was lost in between
//! is mended from the warehouse's markers.

mod attempt;
mod open;
mod reconcile;
mod record;
mod source;

pub use attempt::{Claim, Owner, RunKind, attempt_id};
pub use open::Ledger;
pub use reconcile::Reconciled;
pub use record::{PartitionRecord, Snapshot, SourceRecord, State};
