//! What was really written, counted while it was: the totals that tables are held against.
//!
//! It counts from what the simulation knows and must never read a line back, or a mistake in the
//! lines would be a mistake in the truth too.

use super::calendar::add_days;
use super::delivery::Facts;
use super::tables::Origin;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days of the windows of weekly and monthly activity.
const WEEK: i32 = 7;
const MONTH: i32 = 28;

/// The truth about all days of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// By UTC day of receipt; every day of the period is there, also an empty one.
    pub days: BTreeMap<Date, DayTruth>,
    pub lines: u64,
    pub malformed: u64,
    /// Lines by kind of damage.
    pub malformed_kinds: BTreeMap<&'static str, u64>,
    /// Valid pings by type, duplicates and automation too: the live rows.
    pub live: BTreeMap<&'static str, u64>,
    /// Documents by type, once a day, without automation: the stable rows.
    pub stable: BTreeMap<&'static str, u64>,
    /// Distinct clients with at least one active day.
    pub clients: u64,
    pub searches: u64,
    pub duration_seconds: u64,
    /// Who makes up `new_clients`, in order of arrival.
    pub(super) newcomers: Vec<Newcomer>,
}

/// What led a download to the website, as the application that was downloaded carries it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribution {
    pub source: &'static str,
    pub medium: &'static str,
    pub campaign: &'static str,
}

impl Attribution {
    pub(super) fn of(origin: &Origin) -> Self {
        Self { source: origin.source, medium: origin.medium, campaign: origin.campaign }
    }
}

/// Where a download or a new client comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acquisition {
    /// The country's code.
    pub country: &'static str,
    /// None where the application did not come from the website.
    pub attribution: Option<Attribution>,
}

/// A client that is active for the first time in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Newcomer {
    pub(super) day: Date,
    pub(super) client: u64,
    pub(super) origin: Acquisition,
}

impl Truth {
    /// Distinct clients active on the day or the six before; 0 for a day outside the period.
    pub fn weekly_active(&self, day: Date) -> u64 {
        self.days.get(&day).map_or(0, |truth| truth.weekly_active)
    }

    /// Distinct clients active on the day or the 27 before; 0 for a day outside the period.
    pub fn monthly_active(&self, day: Date) -> u64 {
        self.days.get(&day).map_or(0, |truth| truth.monthly_active)
    }
}

/// The truth about one UTC day of receipt. A client is active by a valid `baseline` ping, or a legacy `main`
/// one, that is not from automation; automation is in `lines`, `malformed` and `live` only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayTruth {
    pub lines: u64,
    pub malformed: u64,
    /// Valid pings by type, duplicates and automation too.
    pub live: BTreeMap<&'static str, u64>,
    /// Documents by type, each once, without automation.
    pub stable: BTreeMap<&'static str, u64>,
    pub daily_active: u64,
    /// Distinct clients of this day and the six before, within the period.
    pub weekly_active: u64,
    /// Distinct clients of this day and the 27 before, within the period.
    pub monthly_active: u64,
    /// Clients active for the first time in the period. On the first day that is all who are active.
    pub new_clients: u64,
    /// Those of `new_clients` whose profile was made in the period.
    pub new_profiles: u64,
    /// From `baseline` pings, each document once; `metrics` pings tell the same searches again.
    pub searches: u64,
    /// From `baseline` pings, each document once.
    pub duration_seconds: u64,
    /// Active clients by country code.
    pub by_country: BTreeMap<&'static str, u64>,
    /// Active clients by channel.
    pub by_channel: BTreeMap<&'static str, u64>,
    /// `new_clients` by where they are and what led them to the website.
    pub new_by_origin: BTreeMap<Acquisition, u64>,
}

/// Counts submissions in order of arrival.
#[derive(Debug)]
pub(super) struct Recorder {
    truth: Truth,
    first_day: Date,
    today: Option<Date>,
    documents: BTreeSet<u128>,
    /// The last day on which a client was active.
    last_active: BTreeMap<u64, Date>,
}

impl Recorder {
    pub(super) fn new(days: &[Date]) -> Self {
        let days: BTreeMap<Date, DayTruth> = days.iter().map(|day| (*day, DayTruth::default())).collect();
        let first_day = days.keys().next().copied();
        Self {
            first_day: first_day.unwrap_or_default(),
            today: first_day,
            truth: Truth { days, ..Truth::default() },
            documents: BTreeSet::new(),
            last_active: BTreeMap::new(),
        }
    }

    pub(super) fn record(&mut self, day: Date, facts: &Facts) {
        while self.today.is_some_and(|today| today < day) {
            self.close_day();
        }
        let Some(truth) = self.truth.days.get_mut(&day) else { return };
        truth.lines += 1;
        if let Some(kind) = facts.malformed {
            truth.malformed += 1;
            *self.truth.malformed_kinds.entry(kind).or_default() += 1;
            return;
        }
        let name = facts.ping_type;
        *truth.live.entry(name).or_default() += 1;
        if facts.automation || !self.documents.insert(facts.document) {
            return;
        }
        *truth.stable.entry(name).or_default() += 1;
        truth.searches += facts.searches;
        truth.duration_seconds += facts.duration_seconds;
        if !facts.is_activity {
            return;
        }
        let before = self.last_active.insert(facts.client, day);
        if before == Some(day) {
            return;
        }
        truth.daily_active += 1;
        *truth.by_country.entry(facts.country).or_default() += 1;
        *truth.by_channel.entry(facts.channel).or_default() += 1;
        if before.is_none() {
            truth.new_clients += 1;
            truth.new_profiles += u64::from(facts.first_run >= self.first_day);
            let origin =
                Acquisition { country: facts.country, attribution: facts.origin.map(Attribution::of) };
            *truth.new_by_origin.entry(origin).or_default() += 1;
            self.truth.newcomers.push(Newcomer { day, client: facts.client, origin });
        }
    }

    /// Counts the clients of the windows that end today, and turns to the next day.
    fn close_day(&mut self) {
        let Some(today) = self.today else { return };
        let active_within = |days: i32| {
            let first = add_days(today, 1 - days);
            self.last_active.values().filter(|last| **last >= first).count() as u64
        };
        let (week, month) = (active_within(WEEK), active_within(MONTH));
        if let Some(truth) = self.truth.days.get_mut(&today) {
            truth.weekly_active = week;
            truth.monthly_active = month;
        }
        self.documents.clear();
        self.today = self.truth.days.range(today..).nth(1).map(|(next, _)| *next);
    }

    /// Closes the days that are left and adds up.
    pub(super) fn finish(mut self) -> Truth {
        while self.today.is_some() {
            self.close_day();
        }
        let mut truth = self.truth;
        truth.clients = self.last_active.len() as u64;
        for day in truth.days.values() {
            truth.lines += day.lines;
            truth.malformed += day.malformed;
            truth.searches += day.searches;
            truth.duration_seconds += day.duration_seconds;
            for (sums, counts) in [(&mut truth.live, &day.live), (&mut truth.stable, &day.stable)] {
                for (name, count) in counts {
                    *sums.entry(name).or_default() += count;
                }
            }
        }
        truth
    }
}
