//! The lines of a file into arrivals and rejections: parsed together in batches, kept in their order.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;
use serde_json::{Map, Value as Json};

use super::lines::for_each_line_within;
use super::{IngestError, Line, Reason, Rejection, Summary};
use crate::schema::Field;
use crate::warehouse::{Arrivals, Rejected, Rejections};

/// Lines, and bytes of them, that are read before they are parsed together.
const BATCH: usize = 4_096;
const BATCH_BYTES: usize = 32 << 20;

/// Rejected lines, and names without a place, that are told one by one.
const FIRST: usize = 5;
const NAMES: usize = 100;

/// A file's content in short.
pub(super) struct Digest {
    pub digest: String,
    pub bytes: u64,
    pub lines: u64,
    pub unfinished: bool,
    /// Lines of the longest beginning that was ingested before.
    pub known_lines: u64,
}

/// Reads a file once for its digest: of its lines, so that compression does not matter. Files of another
/// `realm` are others, whatever they hold.
pub(super) fn digest(
    path: &Path,
    realm: &str,
    limit: usize,
    known: &[(String, i64)],
) -> Result<Digest, IngestError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(realm.as_bytes());
    let (mut bytes, mut lines, mut known_lines) = (0, 0, 0);
    let mut unfinished = false;
    for_each_line_within(path, limit, &mut |_, line| {
        let text = match line {
            Line::Unfinished(text) if serde_json::from_slice::<serde::de::IgnoredAny>(text).is_err() => {
                unfinished = true;
                return Ok(());
            }
            Line::Whole(text) | Line::Unfinished(text) | Line::TooLong(text) => text,
        };
        hasher.update(text);
        hasher.update(b"\n");
        bytes += text.len() as u64 + 1;
        lines += 1;
        if known.iter().any(|(_, length)| *length as u64 == bytes) {
            let so_far = hasher.finalize().to_hex().to_string();
            if known.iter().any(|(digest, length)| *length as u64 == bytes && *digest == so_far) {
                known_lines = lines;
            }
        }
        Ok(())
    })
    .map_err(IngestError::Read)?;
    Ok(Digest { digest: hasher.finalize().to_hex().to_string(), bytes, lines, known_lines, unfinished })
}

/// A row on its way into a table.
pub(super) struct Arrived {
    /// Which of the sorter's tables.
    pub table: usize,
    pub day: String,
    pub values: Map<String, Json>,
    pub dated_by_header: bool,
    pub ignored: Vec<String>,
}

/// What makes a row of a line.
type Take<'a> = dyn Fn(&[u8]) -> Result<Arrived, Rejection> + Sync + 'a;

/// Sorts lines into arrivals and rejections.
pub(super) struct Sorter<'a> {
    tables: Vec<(&'a str, &'a [Field])>,
    take: &'a Take<'a>,
    folder: &'a Path,
    /// The table that all lines are of, also those that are not understood.
    all_of: Option<usize>,
    pub arrivals: BTreeMap<usize, Arrivals>,
    pub rejected: Rejections,
    /// Of the first ones, line and reason in words.
    pub first_rejected: Vec<(u64, String)>,
    summary: &'a mut Summary,
}

impl<'a> Sorter<'a> {
    /// Into which tables; rows are kept in a folder until they are loaded.
    pub fn new(
        tables: Vec<(&'a str, &'a [Field])>,
        take: &'a Take<'a>,
        folder: &'a Path,
        summary: &'a mut Summary,
    ) -> Self {
        Self {
            tables,
            take,
            folder,
            all_of: None,
            arrivals: BTreeMap::new(),
            rejected: Rejections::new(folder),
            first_rejected: Vec::new(),
            summary,
        }
    }

    /// Into one table.
    pub fn of_one(
        table: (&'a str, &'a [Field]),
        take: &'a Take<'a>,
        folder: &'a Path,
        summary: &'a mut Summary,
    ) -> Self {
        Self { all_of: Some(0), ..Self::new(vec![table], take, folder, summary) }
    }

    /// Sorts the lines of a file that its digest covers and that are not known yet.
    pub fn lines(&mut self, path: &Path, limit: usize, digest: &Digest) -> Result<(), IngestError> {
        let mut batch: Vec<(u64, Vec<u8>, bool)> = Vec::new();
        let (mut read, mut held) = (0, 0);
        for_each_line_within(path, limit, &mut |number, line| {
            read += 1;
            // A file may grow while it is read: what the digest does not cover is for the next time.
            if read <= digest.known_lines || read > digest.lines {
                return Ok(());
            }
            let (bytes, too_long) = match line {
                Line::Whole(bytes) | Line::Unfinished(bytes) => (bytes, false),
                Line::TooLong(bytes) => (bytes, true),
            };
            held += bytes.len();
            batch.push((number, bytes.to_vec(), too_long));
            if batch.len() >= BATCH || held >= BATCH_BYTES {
                held = 0;
                self.sort(std::mem::take(&mut batch))?;
            }
            Ok(())
        })
        .map_err(IngestError::Read)?;
        Ok(self.sort(batch)?)
    }

    fn sort(&mut self, batch: Vec<(u64, Vec<u8>, bool)>) -> anyhow::Result<()> {
        let taken: Vec<Result<Arrived, Rejection>> = batch
            .par_iter()
            .map(|(_, line, too_long)| match too_long {
                false => (self.take)(line),
                true => Err(Rejection::new(Reason::TooLong, "only the beginning is kept")),
            })
            .collect();
        for ((number, line, _), taken) in batch.into_iter().zip(taken) {
            match taken {
                Ok(arrived) => self.keep(arrived)?,
                Err(rejection) => self.reject(rejection, line, number)?,
            }
        }
        Ok(())
    }

    fn keep(&mut self, arrived: Arrived) -> anyhow::Result<()> {
        let (table, columns) = self.tables[arrived.table];
        let arrivals = match self.arrivals.entry(arrived.table) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Arrivals::new(table, columns, self.folder)?),
        };
        arrivals.push(&arrived.day, &arrived.values).context("keeping a row")?;
        *self.summary.accepted.entry(table.to_owned()).or_insert(0) += 1;
        self.summary.dated_by_header += u64::from(arrived.dated_by_header);
        for name in arrived.ignored {
            let ignored = &mut self.summary.ignored;
            let is_told = ignored.len() < NAMES || ignored.contains_key(&name);
            *ignored.entry(if is_told { name } else { "… other names".to_owned() }).or_insert(0) += 1;
        }
        Ok(())
    }

    fn reject(&mut self, rejection: Rejection, line: Vec<u8>, number: u64) -> anyhow::Result<()> {
        if self.first_rejected.len() < FIRST {
            self.first_rejected.push((number, rejection.detail.clone()));
        }
        *self.summary.rejected.entry(rejection.reason.code().to_owned()).or_insert(0) += 1;
        self.rejected.push(&Rejected {
            received_at: rejection.received_at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
            source: rejection.route.or(self.all_of).map(|route| self.tables[route].0.to_owned()),
            reason: rejection.reason.code().to_owned(),
            detail: rejection.detail,
            original: line,
            line: number as i64,
        })
    }
}
