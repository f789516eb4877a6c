//! The durable record of runs, attempts, leases and partitions of one target. It is never ahead of the
//! data: success is written after the warehouse committed, and what was lost in between is mended from the
//! warehouse's markers.
//!
//! [`Ledger`] is what any store of it has to offer; `sqlite` is the one that a single machine uses. What is
//! decided from a ledger (mending, verifying) is decided here, for all of them.

mod attempt;
mod history;
mod invariants;
mod mending;
mod owner;
mod record;
mod sqlite;
mod turn;

pub use attempt::{
    AttemptRow, AttemptState, Claim, Conclusion, LeaseRow, Run, RunKind, RunState, Wanted, attempt_id,
};
pub use history::{AttemptHistory, CheckRow, Checked};
pub use invariants::violations;
pub use mending::{Mending, Reconciled};
pub use owner::Owner;
pub use record::{PartitionRecord, Snapshot, SourceRecord, State};
pub use sqlite::{Sqlite, copies_folder};
pub use turn::{Scheduled, Turn};

use std::collections::BTreeMap;

use crate::failpoint::{Failpoint, reach};
use crate::warehouse::{Loaded, Marker};

/// Seconds that a lease lasts without renewal.
pub const LEASE_SECONDS: i64 = 60;

/// The record of one target. Every method is one transaction: it happens whole or not at all.
///
/// Times are texts, `YYYY-MM-DD HH:MM:SS` in UTC; `now` is in seconds since 1970.
///
/// # Errors
/// All methods fail with what the store says; the ledger is then as it was before.
pub trait Ledger: Send + Sync {
    /// Notes that a run began.
    fn begin_run(&self, run: &Run) -> anyhow::Result<()>;

    /// Notes how a run ended.
    fn end_run(&self, id: &str, state: RunState, at: &str) -> anyhow::Result<()>;

    /// Claims partitions of a dataset for an attempt, all or none; `None` means that another owner holds one
    /// of them. The epoch is the larger of the ledger's and the warehouse's, plus one: a ledger that was put
    /// back from an older copy must not fence itself out.
    fn claim(&self, wanted: &Wanted, now: i64, at: &str) -> anyhow::Result<Option<Claim>>;

    /// Prolongs all leases of an owner, and the turn to schedule where it is the owner's.
    fn renew(&self, owner: &Owner, now: i64) -> anyhow::Result<()>;

    /// Takes the turn to schedule, or keeps it; gives whose it then is. It is another's as long as that one
    /// renews it and its process is there.
    fn take_turn(&self, owner: &Owner, now: i64, at: &str) -> anyhow::Result<Turn>;

    /// Gives the turn back, where it is the owner's.
    fn give_turn_back(&self, owner: &Owner) -> anyhow::Result<()>;

    /// Whose turn it is, or was.
    fn turn(&self) -> anyhow::Result<Option<Turn>>;

    /// Notes that a day is scheduled and which are skipped, and forgets skipped days that lie after it.
    /// `false`: the turn is another's by now, and nothing was noted.
    fn note_scheduled(&self, scheduled: &Scheduled, at: &str) -> anyhow::Result<bool>;

    /// Records what became of a claim, and gives it back.
    fn conclude(&self, claim: &Claim, conclusion: &Conclusion, at: &str) -> anyhow::Result<()>;

    /// Sets the standing of a partition after its checks ran again, and keeps what they said.
    fn rechecked(&self, checked: &Checked, state: State, at: &str) -> anyhow::Result<()>;

    /// What the checks of a dataset said whenever they ran, by partition and time.
    fn check_history(&self, dataset: &str) -> anyhow::Result<Vec<CheckRow>>;

    /// All attempts at a partition, the latest first, with the run of each.
    fn history(&self, dataset: &str, partition: &str) -> anyhow::Result<Vec<AttemptHistory>>;

    /// Dataset, partition and latest error of those whose last attempt failed.
    fn last_failures(&self) -> anyhow::Result<Vec<(String, String, String)>>;

    /// Partitions, sources and views: everything that planning needs.
    fn snapshot(&self) -> anyhow::Result<Snapshot>;

    /// Records what the warehouse holds of sources. Its markers have the last word, also where the ledger
    /// remembers more: the warehouse was then made anew, or put back from an older copy.
    fn record_loaded(&self, loaded: &[Loaded], at: &str) -> anyhow::Result<()>;

    /// Records which dataset each view of the warehouse stands for.
    fn record_views(&self, views: &BTreeMap<String, String>) -> anyhow::Result<()>;

    /// All attempts, by dataset, partition and epoch.
    fn attempts(&self) -> anyhow::Result<Vec<AttemptRow>>;

    /// All leases, by dataset and partition.
    fn leases(&self) -> anyhow::Result<Vec<LeaseRow>>;

    /// Attempts that have not ended.
    fn unfinished(&self) -> anyhow::Result<Vec<AttemptRow>>;

    /// Writes what [`Mending::of`] decided.
    fn mend(&self, mending: &Mending, at: &str) -> anyhow::Result<()>;

    /// What is wrong with the store itself, in its own words; nothing for a sound one.
    fn damage(&self) -> anyhow::Result<Vec<String>>;

    /// Keeps a copy of the ledger for a day, unless there is one.
    fn back_up(&self, day: jiff::civil::Date) -> anyhow::Result<()>;
}

/// Finishes or puts back what dead owners left, and makes sources and partitions agree with the markers.
/// Killing it anywhere and doing it again changes nothing more.
pub fn reconcile(ledger: &dyn Ledger, markers: &[Marker], at: &str) -> anyhow::Result<Reconciled> {
    let mending = Mending::of(&ledger.snapshot()?, &ledger.unfinished()?, markers, &Owner::this_process());
    ledger.mend(&mending, at)?;
    reach(Failpoint::MendingCommitted);
    Ok(mending.reconciled)
}
