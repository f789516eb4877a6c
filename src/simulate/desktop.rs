//! The desktop edition in someone's hands: sessions, and where they are cut into subsessions.
//!
//! It keeps the older telemetry, which sends one `main` ping a subsession; `main_ping` writes them.

use super::behaviour::Session;
use super::calendar::{add_days, days_between, local_instant};
use super::delivery::{Delivery, Facts, Submission, travel_time};
use super::main_ping::{Environment, Identity, Subsession, body};
use super::malformed::Counter;
use super::person::{Person, overlaps};
use super::population::{engine, loses_interest, origin};
use super::random::{Purpose, Stream, uuid_text};
use super::release::{Build, installed};
use super::tables::{
    ABORTED_PER_MILLE, CHANNELS, Channel, DEFAULT_ENGINE_PER_MILLE, DESKTOP_ACTIVE_PER_MILLE,
    DESKTOP_OWNERS_PER_MILLE, DESKTOP_SESSIONS, DESKTOP_SYSTEMS, ENGINES, ENVIRONMENT_CHANGE_PER_MILLE,
    EXPERIMENTS, HISTOGRAM_BUCKETS, Origin, PAGE_LOADS_MOST, SEARCH_ACCESS_POINTS, SESSION_SECONDS,
    TAB_OPEN_MOST, TAB_SOURCES,
};
use jiff::civil::Date;

/// The namespace of the older telemetry.
pub(super) const NAMESPACE: &str = "telemetry";
/// The application's name in a path.
pub(super) const APPLICATION: &str = "TideDesktop";

/// One installation with its profile.
#[derive(Debug)]
pub(super) struct Desktop {
    pub(super) person: Person,
    pub(super) first_use: Date,
    pub(super) origin: Option<&'static Origin>,
    pub(super) environment: Environment,
    stream: Stream,
    channel: &'static Channel,
    update_days: u32,
    default_engine: usize,
    pub(super) build: Option<Build>,
    last_session: Option<Session>,
    /// Of the last session and subsession, empty before the first.
    previous: Identity,
    profile_subsessions: u32,
    /// What a session that ended without a word has left on disk.
    aborted: Option<Subsession>,
    posted: u64,
}

impl Desktop {
    /// The desktop edition that a person has or will have, seen from the first day that is lived.
    pub(super) fn of(seed: u64, person: &Person, first_day: Date) -> Option<Desktop> {
        let mut stream = Stream::new(seed, Purpose::Desktop, person.number);
        if !stream.chance(DESKTOP_OWNERS_PER_MILLE) {
            return None;
        }
        let first_use = person.first_use(&mut stream);
        let channel = stream.pick(CHANNELS);
        let age = days_between(first_use, first_day).max(0);
        let default_engine = engine(&mut stream);
        let origin = origin(seed, Purpose::DesktopOrigin, person.number);
        let environment = Environment {
            client_id: uuid_text(stream.uuid()),
            locale: person.locale,
            system: stream.pick(DESKTOP_SYSTEMS),
            memory_gigabytes: 1 << stream.between((2, 5)),
            default_engine: ENGINES[default_engine].1,
            is_default: stream.chance(480),
            addons: stream.below(4),
            experiment: *stream.pick(EXPERIMENTS),
            profile_day: days_between(Date::constant(1970, 1, 1), first_use),
            origin,
        };
        Some(Desktop {
            person: person.clone(),
            first_use,
            origin,
            environment,
            channel,
            update_days: stream.between((0, channel.rollout_days)),
            default_engine,
            build: None,
            last_session: None,
            previous: Identity::default(),
            profile_subsessions: person.active_days(age, DESKTOP_ACTIVE_PER_MILLE) * 2,
            aborted: None,
            posted: 0,
            stream,
        })
    }

    /// Whether it is removed after this day.
    pub(super) fn leaves_after(&mut self, day: Date) -> bool {
        day >= self.first_use && loses_interest(&mut self.stream, self.first_use, day)
    }

    /// One local day, and its sessions in order.
    pub(super) fn live(&mut self, day: Date, delivery: &mut Delivery) -> anyhow::Result<Vec<Session>> {
        let mut sessions = Vec::new();
        if day < self.first_use {
            return Ok(sessions);
        }
        let (is_first, share) = (day == self.first_use, DESKTOP_ACTIVE_PER_MILLE);
        let starts = self.person.session_starts(&mut self.stream, day, is_first, share, DESKTOP_SESSIONS)?;
        for start in starts {
            if overlaps(self.last_session, start) {
                continue;
            }
            if sessions.is_empty() {
                self.build = Some(installed(self.channel, day, self.first_use, self.update_days));
            }
            sessions.push(self.session(day, start, delivery)?);
        }
        Ok(sessions)
    }

    fn session(&mut self, day: Date, start: i64, delivery: &mut Delivery) -> anyhow::Result<Session> {
        if let Some(aborted) = self.aborted.take() {
            self.send(aborted, start + 400, delivery)?;
        }
        let lengths = *self.stream.pick(SESSION_SECONDS);
        let seconds = self.stream.between(lengths);
        let end = start + i64::from(seconds) * 1000 + i64::from(self.stream.below(1000));
        let session_id = uuid_text(self.stream.uuid());
        let previous_session = std::mem::replace(&mut self.previous.session, session_id.clone());

        let mut cuts = Vec::new();
        // A day ends at the user's midnight, even where the browser stays open.
        let midnight = local_instant(add_days(day, 1), 0, &self.person.zone)?;
        if (start + 60_000..end - 60_000).contains(&midnight) {
            cuts.push((midnight, "daily"));
        } else if self.stream.chance(ENVIRONMENT_CHANGE_PER_MILLE) && seconds > 600 {
            cuts.push((start + i64::from(seconds) * 500, "environment-change"));
        }
        let is_aborted = self.stream.chance(ABORTED_PER_MILLE);
        cuts.push((end, if is_aborted { "aborted-session" } else { "shutdown" }));

        let mut begin = start;
        for (index, (cut, reason)) in (1..).zip(cuts) {
            let subsession_id = uuid_text(self.stream.uuid());
            let previous = std::mem::replace(&mut self.previous.subsession, subsession_id.clone());
            self.profile_subsessions += 1;
            let mut subsession = Subsession {
                reason,
                ids: Identity { session: session_id.clone(), subsession: subsession_id },
                previous: Identity { session: previous_session.clone(), subsession: previous },
                session_start: start,
                start: begin,
                end: cut,
                number: index,
                number_in_profile: self.profile_subsessions,
                ..Subsession::default()
            };
            self.browse(&mut subsession);
            begin = cut;
            if reason == "aborted-session" {
                self.aborted = Some(subsession);
            } else {
                self.send(subsession, cut, delivery)?;
            }
        }
        let session = Session { start, end };
        self.last_session = Some(session);
        Ok(session)
    }

    /// Draws what is done in a subsession.
    fn browse(&mut self, subsession: &mut Subsession) {
        let stream = &mut self.stream;
        let seconds = subsession.seconds();
        for _ in 0..stream.between((0, 3)) {
            let usual = stream.chance(DEFAULT_ENGINE_PER_MILLE);
            let chosen = if usual { self.default_engine } else { engine(stream) };
            let access_point = stream.below(SEARCH_ACCESS_POINTS.len() as u32) as usize;
            *subsession
                .searches
                .entry((ENGINES[chosen].1, SEARCH_ACCESS_POINTS[access_point]))
                .or_default() += 1;
        }
        for _ in 0..stream.between((1, PAGE_LOADS_MOST.min(seconds / 20 + 1))) {
            let bucket = 3 + stream.below(HISTOGRAM_BUCKETS.len() as u32 - 3) as usize;
            subsession.page_loads[bucket] += 1;
            subsession.page_load_sum += u64::from(HISTOGRAM_BUCKETS[bucket] + stream.below(40));
        }
        for _ in 0..stream.between((1, 6)) {
            let bucket = stream.below(6) as usize;
            subsession.pauses[bucket] += 1;
            subsession.pause_sum += u64::from(HISTOGRAM_BUCKETS[bucket]);
        }
        subsession.most_tabs = stream.between((1, 14));
        for _ in 0..stream.between((0, TAB_OPEN_MOST)) {
            let after = 1 + stream.below(seconds.saturating_mul(1000).max(1));
            subsession.opened.push((after, stream.pick::<&str>(TAB_SOURCES)));
        }
        subsession.opened.sort_unstable();
    }

    /// Sends the ping of a subsession, made at an instant.
    fn send(&mut self, subsession: Subsession, made: i64, delivery: &mut Delivery) -> anyhow::Result<()> {
        let Some(build) = &self.build else { return Ok(()) };
        let travel = travel_time(&mut self.stream);
        let document = self.stream.uuid();
        let channel = self.channel.name;
        let body = body(&self.environment, build, channel, &self.person.zone, &subsession, document, made)?;
        let submission = Submission {
            facts: Facts {
                application: 0,
                client: self.person.number,
                first_run: self.first_use,
                ping_type: "main",
                is_activity: true,
                document,
                automation: false,
                country: self.person.country.code,
                channel,
                origin: self.origin,
                searches: subsession.searches.values().map(|count| u64::from(*count)).sum(),
                duration_seconds: u64::from(subsession.seconds()),
                malformed: None,
            },
            legacy: Some(format!("{APPLICATION}/{}/{channel}/{}", build.version, build.stamp())),
            body,
            counter: Counter { place: "/payload/info", name: "subsessionLength" },
            end: made,
            geo: &self.person.geo,
            agent: None,
        };
        delivery.post(&mut self.stream, &mut self.posted, submission, travel)
    }
}
