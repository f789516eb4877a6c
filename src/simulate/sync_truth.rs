//! The truth about the synchronisation server, counted while its lines are delivered.
//!
//! It counts from what the simulation knows and must never read a line back.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The truth about all days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncTruth {
    /// By UTC day of the request, whenever its line was delivered; every day of the period is there.
    pub days: BTreeMap<Date, SyncDay>,
    /// Everything delivered, repeated and broken lines too.
    pub lines: u64,
    pub broken: u64,
    /// Lines of requests that another line had told already.
    pub repeated: u64,
    /// Lines delivered on another day than that of their request.
    pub late: u64,
    /// Distinct users with a request.
    pub users: u64,
}

/// The truth about one day of requests: lines that are whole, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncDay {
    pub users: u64,
    pub requests: u64,
    /// Requests that were answered with a status of 400 or more.
    pub errors: u64,
    /// Of `errors`, those with a status of 500 or more.
    pub server_errors: u64,
    pub bytes: u64,
    pub users_by_country: BTreeMap<&'static str, u64>,
    pub requests_by_collection: BTreeMap<&'static str, u64>,
}

/// What the truth must know of a line.
#[derive(Clone, Debug)]
pub(super) struct RequestFacts {
    pub(super) day: Date,
    pub(super) insert: u128,
    pub(super) person: u64,
    pub(super) country: &'static str,
    pub(super) collection: &'static str,
    pub(super) status: u32,
    pub(super) bytes: u32,
    pub(super) is_late: bool,
    pub(super) is_broken: bool,
}

/// Counts lines in order of delivery.
#[derive(Debug)]
pub(super) struct Recorder {
    truth: SyncTruth,
    told: BTreeSet<u128>,
    users: BTreeSet<u64>,
    users_by_day: BTreeSet<(Date, u64)>,
}

impl Recorder {
    pub(super) fn new(days: &[Date]) -> Self {
        let days = days.iter().map(|day| (*day, SyncDay::default())).collect();
        Self {
            truth: SyncTruth { days, ..SyncTruth::default() },
            told: BTreeSet::new(),
            users: BTreeSet::new(),
            users_by_day: BTreeSet::new(),
        }
    }

    pub(super) fn record(&mut self, facts: &RequestFacts) {
        self.truth.lines += 1;
        self.truth.late += u64::from(facts.is_late);
        if facts.is_broken {
            self.truth.broken += 1;
            return;
        }
        if !self.told.insert(facts.insert) {
            self.truth.repeated += 1;
            return;
        }
        let Some(day) = self.truth.days.get_mut(&facts.day) else { return };
        day.requests += 1;
        day.errors += u64::from(facts.status >= 400);
        day.server_errors += u64::from(facts.status >= 500);
        day.bytes += u64::from(facts.bytes);
        *day.requests_by_collection.entry(facts.collection).or_default() += 1;
        self.users.insert(facts.person);
        if self.users_by_day.insert((facts.day, facts.person)) {
            day.users += 1;
            *day.users_by_country.entry(facts.country).or_default() += 1;
        }
    }

    pub(super) fn finish(mut self) -> SyncTruth {
        self.truth.users = self.users.len() as u64;
        self.truth
    }
}
