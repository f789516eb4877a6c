//! Visits to the website: of people before they install what they downloaded, and of strangers.
//!
//! A download is drawn back from the first session that it leads to, so that who downloads and installs
//! appears in the telemetry by construction; `export` writes the events of a visit.

use super::calendar::{Period, days_between, local_instant};
use super::export::{Event, EventName, Session as Visit, Visitor, line};
use super::files::{Files, Shards};
use super::person::Person;
use super::queue::Queue;
use super::random::{Purpose, Stream};
use super::tables::{
    COUNTRIES, City, Country, DIRECT, DOWNLOAD, HOURS_AT_HOME, INSTALL_SECONDS, ORIGINS, OTHER_BROWSERS,
    Origin, PAGE_MILLISECONDS, PAGES, PAGES_OF_A_VISIT, RETURN_DAYS, RETURN_PER_MILLE,
    STRANGER_DOWNLOAD_PER_MILLE, STRANGERS_PER_MILLE, VISITOR_SYSTEMS,
};
use super::web_truth::{EventFacts, Recorder, WebTruth};
use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Events are kept in one shard a day, `events_YYYYMMDD.ndjson`.
pub const FILES: &str = "events";

/// What is downloaded most, and the edition with the older telemetry.
pub(super) const BROWSER: &str = "tide-browser";
pub(super) const DESKTOP: &str = "tide-desktop";

/// No visit that leads to a first session begins earlier before it, in microseconds: a download is at
/// most 11 hours older, and what is opened before a download takes less than three hours.
const LONGEST_WAY: i64 = 14 * 3600 * 1_000_000;

/// Strangers are numbered apart from people.
const STRANGERS: u64 = 1 << 63;

/// A download that led to a first session: what, and by which person.
pub(super) type Installation = (&'static str, u64);

/// What happens in a visit, in milliseconds after its begin.
struct Step {
    after: u32,
    page: usize,
    is_download: bool,
}

/// The website's export in the making.
pub(super) struct Website<'a> {
    period: &'a Period,
    on_the_way: Queue<EventFacts>,
    recorder: Recorder,
    shards: Shards,
    /// Downloads in the period that were installed.
    installed: BTreeSet<Installation>,
}

impl<'a> Website<'a> {
    pub(super) fn new(period: &'a Period) -> Self {
        Self {
            period,
            on_the_way: Queue::default(),
            recorder: Recorder::new(period.days()),
            shards: Shards::new(FILES, period.first_day()),
            installed: BTreeSet::new(),
        }
    }

    /// The visit that a first session of a product goes back to.
    pub(super) fn install(
        &mut self,
        seed: u64,
        product: &'static str,
        person: &Person,
        origin: &'static Origin,
        system: &'static str,
        first_session: i64,
    ) {
        let purpose = if product == DESKTOP { Purpose::DesktopDownload } else { Purpose::Download };
        let mut stream = Stream::new(seed, purpose, person.number);
        let waits = *stream.pick(INSTALL_SECONDS);
        let wait = stream.between(waits);
        let steps = steps(&mut stream, origin, true);
        let download = steps.last().map_or(0, |step| i64::from(step.after));
        let start = first_session - i64::from(wait) * 1000 - download;
        let number = person.number << 1 | u64::from(product == DESKTOP);
        let place = (person.country, person.city, person.locale);
        let visitor = visitor(&mut stream, number, start, ("desktop", system), place, origin);
        let visit = Visit { number: 1, start, origin, product };
        if self.visit(&visitor, &visit, &steps) && self.period.has((start + download) * 1000) {
            self.installed.insert((product, person.number));
        }
        // Some come back to read what they have now.
        if stream.chance(RETURN_PER_MILLE) {
            let steps = self::steps(&mut stream, &DIRECT, false);
            let start = first_session + i64::from(stream.between((3_600, 400_000))) * 1000;
            self.visit(&visitor, &Visit { number: 2, start, origin: &DIRECT, product }, &steps);
        }
    }

    /// The strangers who first come on a local day, and all their visits.
    pub(super) fn strangers(&mut self, seed: u64, people: u32, day: Date) -> anyhow::Result<()> {
        // Numbered by the calendar, like those who arrive.
        let day_number = u64::try_from(days_between(date(1900, 1, 1), day)).context("a day before 1900")?;
        let mut footfall = Stream::new(seed, Purpose::Footfall, day_number);
        let swing = u64::from(footfall.between((700, 1300)));
        let rest = u64::from(footfall.below(1_000_000));
        let count = (u64::from(people) * u64::from(STRANGERS_PER_MILLE) * swing + rest) / 1_000_000;
        (0..count).try_for_each(|index| self.stranger(seed, STRANGERS | day_number << 32 | index, day))
    }

    fn stranger(&mut self, seed: u64, number: u64, day: Date) -> anyhow::Result<()> {
        let mut stream = Stream::new(seed, Purpose::Stranger, number);
        let country = stream.pick(COUNTRIES);
        let city = stream.pick(country.cities);
        let locale: &'static str = stream.pick::<&str>(country.locales);
        let zone = TimeZone::posix(city.zone).context("a zone of the table of countries")?;
        let system = *stream.pick(VISITOR_SYSTEMS);
        let mut origin = stream.pick(ORIGINS);
        let place = (country, city, locale);
        let mut day = day;
        let mut known: Option<Visitor> = None;
        let mut left = i64::MIN;
        for session in 1.. {
            let second = stream.pick(HOURS_AT_HOME) * 3600 + stream.below(3600);
            let start = local_instant(day, second, &zone)? + i64::from(stream.below(1000));
            // Who stayed past midnight is not back before an hour later.
            let start = start.max(left);
            // Nobody is offered a download for a phone.
            let downloads = stream.chance(STRANGER_DOWNLOAD_PER_MILLE) && system.0 == "desktop";
            let product = if stream.chance(800) { BROWSER } else { DESKTOP };
            let steps = steps(&mut stream, origin, downloads);
            let visitor =
                known.get_or_insert_with(|| visitor(&mut stream, number, start, system, place, origin));
            self.visit(visitor, &Visit { number: session, start, origin, product }, &steps);
            left = start + steps.last().map_or(0, |step| i64::from(step.after)) + 3_600_000;
            if !stream.chance(RETURN_PER_MILLE) {
                break;
            }
            let days = *stream.pick(RETURN_DAYS);
            day = day.saturating_add(i64::from(stream.between(days)).days());
            origin = &DIRECT;
        }
        Ok(())
    }

    /// Posts the events of a visit, and says whether it is in the export: one that begins before the
    /// period is not, also where it goes on within.
    fn visit(&mut self, visitor: &Visitor, visit: &Visit, steps: &[Step]) -> bool {
        let Visit { number: session, start, origin, product } = *visit;
        if start * 1000 < self.period.begin {
            return false;
        }
        let mut events = Vec::new();
        let (mut previous, mut last) = (None, 0);
        for step in steps {
            let event = |name| Event {
                name,
                after: step.after,
                page: step.page,
                previous,
                engaged: step.after - last,
            };
            if events.is_empty() {
                if session == 1 {
                    events.push(event(EventName::FirstVisit));
                }
                events.push(event(EventName::SessionStart));
            }
            events.push(event(if step.is_download { EventName::Download } else { EventName::PageView }));
            (previous, last) = (Some(step.page), step.after);
        }
        for (index, event) in (0_u32..).zip(&events) {
            // Events of one moment keep their order by the microseconds.
            let instant = (start + i64::from(event.after)) * 1000 + i64::from(index);
            let Some(day) = self.period.day_of(instant) else { continue };
            let facts = EventFacts {
                visitor: visitor.number,
                session,
                is_first: index == 0,
                name: event.name,
                page: event.page,
                country: visitor.country.code,
                origin,
                product,
            };
            let line = line(visitor, visit, event, instant, day);
            let arrival = (instant, visitor.number, u64::from(session) << 16 | u64::from(index));
            self.on_the_way.push(arrival, facts, line);
        }
        true
    }

    /// Writes what happens before an instant, from which on clients have yet to live.
    pub(super) fn write_until(&mut self, instant: i64, files: &mut dyn Files) -> anyhow::Result<()> {
        self.write(instant - LONGEST_WAY, files)
    }

    fn write(&mut self, instant: i64, files: &mut dyn Files) -> anyhow::Result<()> {
        while let Some((happened, facts, line)) = self.on_the_way.next_before(instant) {
            if let Some(day) = self.period.day_of(happened) {
                self.shards.of(day, files)?.write_all(line.as_bytes())?;
                self.recorder.record(day, &facts);
            }
        }
        Ok(())
    }

    /// Writes the rest; gives the truth and what was downloaded in the period and installed.
    pub(super) fn finish(
        mut self,
        files: &mut dyn Files,
    ) -> anyhow::Result<(WebTruth, BTreeSet<Installation>)> {
        self.write(self.period.end, files)?;
        self.shards.of(self.period.last_day(), files)?;
        self.shards.finish()?;
        Ok((self.recorder.finish(), self.installed))
    }
}

/// Draws what is opened in a visit; a download comes last.
fn steps(stream: &mut Stream, origin: &'static Origin, downloads: bool) -> Vec<Step> {
    let mut after = 0;
    let mut steps = vec![Step { after, page: *stream.pick(origin.landings), is_download: false }];
    for _ in 1..*stream.pick(PAGES_OF_A_VISIT) {
        let times = *stream.pick(PAGE_MILLISECONDS);
        after += stream.between(times);
        steps.push(Step { after, page: page(stream), is_download: false });
    }
    if downloads {
        if steps.last().is_some_and(|step| step.page != DOWNLOAD) {
            after += stream.between((2_000, 40_000));
            steps.push(Step { after, page: DOWNLOAD, is_download: false });
        }
        after += stream.between((2_000, 90_000));
        steps.push(Step { after, page: DOWNLOAD, is_download: true });
    }
    steps
}

/// An index into the table of pages.
fn page(stream: &mut Stream) -> usize {
    let path = stream.pick(PAGES).path;
    PAGES.iter().position(|(_, page)| page.path == path).unwrap_or_default()
}

/// Draws what a browser is known by from its first visit on.
fn visitor(
    stream: &mut Stream,
    number: u64,
    start: i64,
    (category, system): (&'static str, &'static str),
    (country, city, locale): (&'static Country, &'static City, &'static str),
    origin: &'static Origin,
) -> Visitor {
    Visitor {
        number,
        pseudo_id: format!("{}.{}", 100_000_000 + stream.below(1_900_000_000), start.div_euclid(1000)),
        category,
        system,
        browser: stream.pick::<&str>(OTHER_BROWSERS),
        country,
        city,
        locale,
        origin,
    }
}
