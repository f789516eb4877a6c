//! The truth about the website, counted while its events are written.
//!
//! It counts from what the simulation knows and must never read a line back.

use super::export::EventName;
use super::tables::{Origin, PAGES};
use super::truth::{Acquisition, Attribution};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The truth about all days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebTruth {
    /// By UTC day of the events; every day of the period is there.
    pub days: BTreeMap<Date, WebDay>,
    pub events: u64,
    pub sessions: u64,
    /// Sessions with events on two days or more; each is counted once.
    pub sessions_over_midnight: u64,
}

/// The truth about one day. A session belongs to the day of its first event, everything else to its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebDay {
    pub events: u64,
    pub page_views: u64,
    /// Distinct visitors with an event.
    pub visitors: u64,
    pub sessions: u64,
    /// By country code; the export has the country's name.
    pub sessions_by_country: BTreeMap<&'static str, u64>,
    /// Sessions by the path of their first page.
    pub landing_pages: BTreeMap<&'static str, u64>,
    /// By product, country and the source, medium and campaign of the download's session.
    pub downloads: BTreeMap<&'static str, BTreeMap<Acquisition, u64>>,
}

/// What the truth must know of an event.
#[derive(Clone, Debug)]
pub(super) struct EventFacts {
    pub(super) visitor: u64,
    pub(super) session: u32,
    pub(super) is_first: bool,
    pub(super) name: EventName,
    pub(super) page: usize,
    pub(super) country: &'static str,
    pub(super) origin: &'static Origin,
    pub(super) product: &'static str,
}

/// Counts events in order of time.
#[derive(Debug)]
pub(super) struct Recorder {
    truth: WebTruth,
    visitors: BTreeSet<(Date, u64)>,
    /// The first day of each session, and those that went on after it.
    sessions: BTreeMap<(u64, u32), Date>,
    over_midnight: BTreeSet<(u64, u32)>,
}

impl Recorder {
    pub(super) fn new(days: &[Date]) -> Self {
        let days = days.iter().map(|day| (*day, WebDay::default())).collect();
        Self {
            truth: WebTruth { days, ..WebTruth::default() },
            visitors: BTreeSet::new(),
            sessions: BTreeMap::new(),
            over_midnight: BTreeSet::new(),
        }
    }

    pub(super) fn record(&mut self, day: Date, facts: &EventFacts) {
        let Some(truth) = self.truth.days.get_mut(&day) else { return };
        self.truth.events += 1;
        truth.events += 1;
        truth.visitors += u64::from(self.visitors.insert((day, facts.visitor)));
        let session = (facts.visitor, facts.session);
        if facts.is_first {
            self.sessions.insert(session, day);
            self.truth.sessions += 1;
            truth.sessions += 1;
            *truth.sessions_by_country.entry(facts.country).or_default() += 1;
            let (_, page) = &PAGES[facts.page];
            *truth.landing_pages.entry(page.path).or_default() += 1;
        } else if self.sessions.get(&session).is_some_and(|first| *first < day) {
            self.over_midnight.insert(session);
        }
        match facts.name {
            EventName::PageView => truth.page_views += 1,
            EventName::Download => {
                let attribution = Some(Attribution::of(facts.origin));
                let acquisition = Acquisition { country: facts.country, attribution };
                let downloads = truth.downloads.entry(facts.product).or_default();
                *downloads.entry(acquisition).or_default() += 1;
            }
            EventName::FirstVisit | EventName::SessionStart => (),
        }
    }

    pub(super) fn finish(mut self) -> WebTruth {
        self.truth.sessions_over_midnight = self.over_midnight.len() as u64;
        self.truth
    }
}
