//! What the ledger remembers of attempts and checks, for people who ask how a partition came about.

use crate::warehouse::CheckResult;

/// What the checks of a published partition said when they ran again.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    pub dataset: &'a str,
    pub partition: &'a str,
    /// The attempt whose rows were checked.
    pub attempt: &'a str,
    pub checks_hash: &'a str,
    pub results: &'a [CheckResult],
}

/// One outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    pub partition: String,
    pub check: String,
    /// `passed`, `warned` or `failed`.
    pub verdict: String,
    pub violations: i64,
    /// How many rows were checked; not known of outcomes that an older version of the program wrote.
    pub rows: Option<i64>,
    /// The most violations with which it is not reported, and with which the partition is published.
    pub warn: Option<String>,
    pub fail: Option<String>,
    pub attempt: String,
    pub at: String,
}

/// One attempt at a partition, with its run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptHistory {
    pub id: String,
    pub epoch: i64,
    pub state: String,
    pub error: Option<String>,
    pub definition_hash: String,
    pub sql_hash: String,
    /// What DuckDB was given.
    pub sql: Option<String>,
    pub started_at: String,
    pub ended_at: Option<String>,
    pub milliseconds: Option<i64>,
    pub run: String,
    /// What started the run: `run`, `backfill`.
    pub kind: String,
    pub actor: String,
    /// The process that ran it, and where.
    pub owner: String,
    pub revision: String,
    pub tool: String,
}
