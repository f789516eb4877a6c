//! Writing what mending decided.

use rusqlite::{Connection, params};

use super::super::mending::Mending;
use super::record;
use crate::failpoint::{Failpoint, reach};

pub(super) fn mend(connection: &Connection, mending: &Mending, at: &str) -> anyhow::Result<()> {
    for (attempt, state) in &mending.ended {
        connection.execute(
            "UPDATE attempt SET state = ?2, ended_at = ?3 WHERE id = ?1 AND state = 'running'",
            params![attempt.id, state.as_str(), at],
        )?;
        connection.execute(
            "DELETE FROM lease WHERE dataset = ?1 AND partition = ?2 AND epoch = ?3",
            params![attempt.dataset, attempt.partition, attempt.epoch],
        )?;
    }
    reach(Failpoint::MendingAttemptsEnded);
    connection.execute(
        "UPDATE run SET state = 'abandoned', ended_at = ?2 WHERE state = 'running' AND owner <> ?1",
        params![mending.by.0, at],
    )?;
    for (dataset, partition, restored) in &mending.records {
        record::write(connection, dataset, partition, restored)?;
    }
    reach(Failpoint::MendingRestored);
    for (dataset, partition) in &mending.lost {
        connection.execute(
            "UPDATE partition SET state = 'lost' WHERE dataset = ?1 AND partition = ?2",
            params![dataset, partition],
        )?;
    }
    record::write_sources(connection, &mending.sources, at)?;
    for (source, partition) in &mending.forgotten {
        connection.execute(
            "DELETE FROM source_partition WHERE source = ?1 AND partition = ?2",
            params![source, partition],
        )?;
    }
    reach(Failpoint::MendingWritten);
    Ok(())
}
