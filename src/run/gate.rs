//! What stands between a staged partition and its publication: checks that failed, and an empty partition over a full
//! one. It publishes nothing itself.

use std::collections::BTreeMap;

use super::execute::Execution;
use crate::compile::CompiledDataset;
use crate::definition::CheckKind;
use crate::ledger::{PartitionRecord, Snapshot, State};
use crate::period::Period;
use crate::warehouse::{Built, CheckResult};

/// A check that did not pass, with some of the rows that do not. They are told to whoever runs it and kept nowhere.
#[derive(Clone, Debug)]
pub struct Failing {
    pub dataset: String,
    pub period: Period,
    pub check: CheckResult,
}

/// Why a staged partition is not published, in words.
pub(super) fn refusal(
    execution: &Execution,
    dataset: &CompiledDataset,
    built: &Built,
    before: Option<&PartitionRecord>,
) -> Option<String> {
    let standing = before.filter(|record| record.state != State::Lost).map_or(0, |record| record.rows);
    if built.rows.rows == 0 && standing > 0 && !execution.allow_empty && !dataset.definition.allow_empty {
        return Some(format!(
            "the query gave no rows, and {standing} stand; `allow_empty: true` or `--allow-empty` lets that be"
        ));
    }
    built.blocked()
}

/// The rows of a dataset's partitions, where one of its checks asks for them.
pub(super) fn rows_before(dataset: &CompiledDataset, snapshot: &Snapshot) -> BTreeMap<Period, i64> {
    let asks = dataset.checks.checks.iter().any(|check| matches!(check.kind, CheckKind::RowsNear { .. }));
    let own = snapshot.partitions.get(&dataset.name()).filter(|_| asks);
    let standing = own.into_iter().flatten().filter(|(_, record)| record.state != State::Lost);
    standing.map(|(period, record)| (*period, record.rows)).collect()
}
