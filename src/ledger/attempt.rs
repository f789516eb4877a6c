//! Runs and attempts: what they are, and the states that they may go through.

use super::Owner;
use super::record::PartitionRecord;
use crate::warehouse::CheckResult;

/// What started a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    Daily,
    Backfill,
    Recheck,
}

impl RunKind {
    pub fn as_str(self) -> &'static str {
        match self {
            RunKind::Daily => "run",
            RunKind::Backfill => "backfill",
            RunKind::Recheck => "recheck",
        }
    }
}

/// A run that begins.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: String,
    pub kind: RunKind,
    /// The last day that it builds for; empty where it has none.
    pub until: String,
    pub owner: Owner,
    /// Who started it: the user of the system.
    pub actor: String,
    /// The commit of the definitions, with `+` behind it where files differ from it; empty without git.
    pub revision: String,
    pub at: String,
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    Running,
    Success,
    Failed,
    /// Asked to stop before all was done.
    Stopped,
    /// Its process ended without a word.
    Abandoned,
}

impl RunState {
    pub fn as_str(self) -> &'static str {
        match self {
            RunState::Running => "running",
            RunState::Success => "success",
            RunState::Failed => "failed",
            RunState::Stopped => "stopped",
            RunState::Abandoned => "abandoned",
        }
    }
}

/// How an attempt at one partition stands. From `Running` it goes to one of the others, and from those
/// nowhere: the store refuses every other move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptState {
    Running,
    /// Published and recorded.
    Success,
    Failed,
    /// Its process ended before it published.
    Abandoned,
}

impl AttemptState {
    pub const ALL: &[AttemptState] =
        &[AttemptState::Running, AttemptState::Success, AttemptState::Failed, AttemptState::Abandoned];

    pub fn as_str(self) -> &'static str {
        match self {
            AttemptState::Running => "running",
            AttemptState::Success => "success",
            AttemptState::Failed => "failed",
            AttemptState::Abandoned => "abandoned",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.as_str() == text)
    }
}

/// What an attempt wants to build.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub run: &'a str,
    pub attempt: &'a str,
    pub dataset: &'a str,
    pub partitions: &'a [String],
    /// The highest epoch that the warehouse has for one of them.
    pub marker_epoch: i64,
    pub definition_hash: &'a str,
    pub sql: &'a str,
    pub owner: &'a Owner,
}

/// The right to build partitions of a dataset, until it is given back or runs out.
#[derive(Clone, Debug)]
pub struct Claim {
    pub attempt: String,
    pub dataset: String,
    pub partitions: Vec<String>,
    pub epoch: i64,
}

/// What became of the partitions of a claim. One that is named nowhere is left as it was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conclusion<'a> {
    /// Published partitions.
    pub records: &'a [(String, PartitionRecord)],
    /// Partitions that were not published, and why.
    pub failed: &'a [(String, String)],
    /// What the checks of partitions said.
    pub checks: &'a [(String, CheckResult)],
    /// How long the attempt took.
    pub milliseconds: i64,
    /// Whether what was neither published nor failed was given up.
    pub is_abandoned: bool,
}

/// An attempt as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    pub id: String,
    pub dataset: String,
    pub partition: String,
    pub epoch: i64,
    pub state: AttemptState,
    pub owner: Owner,
    pub has_ended: bool,
}

/// A lease as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseRow {
    pub dataset: String,
    pub partition: String,
    pub owner: Owner,
    pub epoch: i64,
    pub expires_at: i64,
}

/// Attempts that fill several partitions have one row for each.
pub fn attempt_id(attempt: &str, index: usize) -> String {
    if index == 0 { attempt.to_owned() } else { format!("{attempt}.{index}") }
}
