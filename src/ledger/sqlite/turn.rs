//! The schedulers' turn and skipped days in SQLite.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::turn::{Scheduled, Turn};
use super::super::{LEASE_SECONDS, Owner};

pub(super) fn read(connection: &Connection) -> rusqlite::Result<Option<Turn>> {
    connection
        .query_row("SELECT owner, epoch, since, expires_at, through FROM scheduler", [], |row| {
            Ok(Turn {
                owner: Owner(row.get(0)?),
                epoch: row.get(1)?,
                since: row.get(2)?,
                expires_at: row.get(3)?,
                through: row.get::<_, Option<String>>(4)?.and_then(|day| day.parse().ok()),
            })
        })
        .optional()
}

pub(super) fn take(connection: &Connection, owner: &Owner, now: i64, at: &str) -> rusqlite::Result<Turn> {
    let standing = read(connection)?;
    let (epoch, since) = match &standing {
        Some(turn) if turn.owner != *owner && turn.is_held(now) => return Ok(turn.clone()),
        Some(turn) if turn.owner == *owner && turn.expires_at > 0 => (turn.epoch, turn.since.clone()),
        Some(turn) => (turn.epoch + 1, at.to_owned()),
        None => (1, at.to_owned()),
    };
    let expires_at = now + LEASE_SECONDS;
    connection.execute(
        "INSERT INTO scheduler (only_one, owner, epoch, since, expires_at) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (only_one) DO UPDATE SET owner = ?1, epoch = ?2, since = ?3, expires_at = ?4",
        params![owner.0, epoch, since, expires_at],
    )?;
    let through = standing.and_then(|turn| turn.through);
    Ok(Turn { owner: owner.clone(), epoch, since, expires_at, through })
}

pub(super) fn give_back(connection: &Connection, owner: &Owner) -> rusqlite::Result<()> {
    connection.execute("UPDATE scheduler SET expires_at = 0 WHERE owner = ?1", params![owner.0])?;
    Ok(())
}

pub(super) fn note(connection: &Connection, scheduled: &Scheduled, at: &str) -> rusqlite::Result<bool> {
    let day = scheduled.day.to_string();
    let changed = connection.execute(
        "UPDATE scheduler SET through = max(coalesce(through, ''), ?3) WHERE owner = ?1 AND epoch = ?2",
        params![scheduled.owner.0, scheduled.epoch, day],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    connection.execute("DELETE FROM skipped_day WHERE day > ?1", params![day])?;
    for day in scheduled.skipped {
        connection
            .execute("INSERT OR IGNORE INTO skipped_day VALUES (?1, ?2)", params![day.to_string(), at])?;
    }
    Ok(true)
}

pub(super) fn skipped(connection: &Connection) -> rusqlite::Result<std::collections::BTreeSet<Date>> {
    let mut statement = connection.prepare("SELECT day FROM skipped_day")?;
    let days: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(days.iter().filter_map(|day| day.parse().ok()).collect())
}
