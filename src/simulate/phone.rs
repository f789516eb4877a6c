//! A phone application in someone's hands: what it does on a day and the pings that say so.
//!
//! All applications live by the same rules; the table of applications has what they are called and count.

use super::behaviour::Session;
use super::calendar::{days_between, local_date_text, local_text};
use super::delivery::{Delivery, Facts, Submission, travel_time};
use super::json::Object;
use super::malformed::Counter;
use super::person::{Person, overlaps};
use super::ping::{Counts, Ping, PingType, SDK, events_text};
use super::population::loses_interest;
use super::random::{Stream, uuid_text};
use super::release::{Build, installed};
use super::tables::{
    CHANNELS, Channel, HANDSETS, Handset, PHONE_APPLICATIONS, PHONE_CHANNELS, PHONE_EVENTS_PER_MILLE,
    PHONE_SESSION_SECONDS, PHONE_SESSIONS, PhoneApplication,
};
use jiff::civil::Date;

/// The namespaces of all applications and channels; a delivery counts in this order.
pub(super) fn namespaces() -> Vec<&'static str> {
    PHONE_APPLICATIONS.iter().flat_map(|application| application.namespaces).collect()
}

/// What is counted until a ping takes it along.
#[derive(Clone, Debug, Default)]
struct Usage {
    count: u32,
    /// By label.
    labeled: [u32; 3],
    gathered: u32,
}

impl Usage {
    fn add(&mut self, other: &Usage) {
        self.count += other.count;
        self.gathered += other.gathered;
        for (sum, count) in self.labeled.iter_mut().zip(other.labeled) {
            *sum += count;
        }
    }
}

/// One installed application.
#[derive(Debug)]
pub(super) struct Phone {
    person: Person,
    application: &'static PhoneApplication,
    /// The place of application and channel among the namespaces.
    place: usize,
    channel: &'static Channel,
    stream: Stream,
    client_id: String,
    first_use: Date,
    update_days: u32,
    handset: &'static Handset,
    text: &'static str,
    sequence: Counts,
    last_end: [String; PingType::ALL.len()],
    last_session: Option<Session>,
    gathered: Option<Usage>,
    build: Option<Build>,
    client_info: String,
    posted: u64,
}

impl Phone {
    /// The applications that a person has or will have, seen from the first day that is lived.
    pub(super) fn of(seed: u64, person: &Person, first_day: Date) -> Vec<Phone> {
        let applications = PHONE_APPLICATIONS.iter().enumerate();
        applications.filter_map(|(index, _)| Phone::new(seed, person, index, first_day)).collect()
    }

    fn new(seed: u64, person: &Person, index: usize, first_day: Date) -> Option<Phone> {
        let application = PHONE_APPLICATIONS.get(index)?;
        let mut stream = Stream::new(seed, application.purpose, person.number);
        if !stream.chance(application.owners_per_mille) {
            return None;
        }
        let first_use = person.first_use(&mut stream);
        let of_channel = *stream.pick(PHONE_CHANNELS);
        let (_, channel) = CHANNELS.get(of_channel)?;
        let client_id = uuid_text(stream.uuid());
        let update_days = stream.between((0, channel.rollout_days));
        let age = days_between(first_use, first_day).max(0);
        let days = person.active_days(age, application.active_per_mille);
        Some(Phone {
            person: person.clone(),
            application,
            place: index * application.namespaces.len() + of_channel,
            channel,
            client_id,
            first_use,
            update_days,
            handset: stream.pick(HANDSETS),
            text: stream.pick::<&str>(application.texts),
            sequence: [days * 3, days * PHONE_EVENTS_PER_MILLE / 1000, days, 0],
            last_end: Default::default(),
            last_session: None,
            gathered: None,
            build: None,
            client_info: String::new(),
            posted: 0,
            stream,
        })
    }

    /// Whether it is removed after this day.
    pub(super) fn leaves_after(&mut self, day: Date) -> bool {
        day >= self.first_use && loses_interest(&mut self.stream, self.first_use, day)
    }

    /// One local day.
    pub(super) fn live(&mut self, day: Date, delivery: &mut Delivery) -> anyhow::Result<()> {
        if day < self.first_use {
            return Ok(());
        }
        let share = self.application.active_per_mille;
        let is_first = day == self.first_use;
        let starts = self.person.session_starts(&mut self.stream, day, is_first, share, PHONE_SESSIONS)?;
        let mut is_first_of_day = true;
        for start in starts {
            if overlaps(self.last_session, start) {
                continue;
            }
            if is_first_of_day {
                self.update(day)?;
            }
            self.session(start, is_first_of_day, delivery)?;
            is_first_of_day = false;
        }
        Ok(())
    }

    /// Installs what has reached the phone; a new build changes what it says about itself.
    fn update(&mut self, day: Date) -> anyhow::Result<()> {
        let build = installed(self.channel, day, self.first_use, self.update_days);
        if self.build.as_ref() != Some(&build) {
            self.client_info = self.client_info(&build)?;
            self.build = Some(build);
        }
        Ok(())
    }

    fn session(&mut self, start: i64, is_first_of_day: bool, delivery: &mut Delivery) -> anyhow::Result<()> {
        let travel = travel_time(&mut self.stream);
        if is_first_of_day && let Some(usage) = self.gathered.take() {
            let mut ping = Ping::new(PingType::Metrics, "overdue", start + 40);
            ping.metrics = Some(self.metrics(&usage, PingType::Metrics, None));
            self.send(ping, start, travel, delivery)?;
        }
        self.send(Ping::new(PingType::Baseline, "active", start + 9), start, travel, delivery)?;

        let lengths = *self.stream.pick(PHONE_SESSION_SECONDS);
        let seconds = self.stream.between(lengths);
        let end = start + i64::from(seconds) * 1000 + i64::from(self.stream.below(1000));
        self.last_session = Some(Session { start, end });
        let usage = self.use_it(seconds);
        let events = self.events(start, seconds);
        let travel = travel_time(&mut self.stream);
        let mut ping = Ping::new(PingType::Baseline, "inactive", end);
        ping.metrics = Some(self.metrics(&usage, PingType::Baseline, Some(seconds)));
        ping.duration_seconds = u64::from(seconds);
        if self.application.searches {
            ping.searches = u64::from(usage.labeled.iter().sum::<u32>());
        }
        self.gathered.get_or_insert_default().add(&usage);
        self.send(ping, start, travel, delivery)?;
        if let Some(events) = events {
            let mut ping = Ping::new(PingType::Events, "inactive", end + 6);
            ping.events = Some(events);
            self.send(ping, start, travel, delivery)?;
        }
        Ok(())
    }

    fn use_it(&mut self, seconds: u32) -> Usage {
        let (_, _, most) = self.application.gathered;
        let stream = &mut self.stream;
        let mut usage = Usage { count: stream.between((1, 2 + seconds / 120)), ..Usage::default() };
        for _ in 0..stream.between((0, 2)) {
            let label = *stream.pick(&self.application.labels);
            let labels = self.application.labels.iter().zip(&mut usage.labeled);
            labels.filter(|((_, name), _)| *name == label).for_each(|(_, count)| *count += 1);
        }
        usage.gathered = stream.between((0, most));
        usage
    }

    /// The events of a session as JSON text, where there are some.
    fn events(&mut self, start: i64, seconds: u32) -> Option<String> {
        if !self.stream.chance(PHONE_EVENTS_PER_MILLE) {
            return None;
        }
        let (category, name, extra_key) = self.application.event;
        let mut events: Vec<(i64, &str)> = (0..self.stream.between((1, 2)))
            .map(|_| {
                let after = i64::from(self.stream.below(seconds * 1000));
                (start + after, *self.stream.pick(self.application.extras))
            })
            .collect();
        events.sort_unstable();
        Some(events_text(category, name, extra_key, &events))
    }

    fn metrics(&self, usage: &Usage, ping_type: PingType, duration_seconds: Option<u32>) -> String {
        let application = self.application;
        let (kind, gathered, _) = application.gathered;
        let is_metrics = ping_type == PingType::Metrics;
        Object::write(384, |metrics| {
            metrics.object("counter", |counter| {
                counter.number(application.counter, usage.count);
                if is_metrics && kind == "counter" {
                    counter.number(gathered, usage.gathered);
                }
            });
            let labels = application.labels.iter().zip(usage.labeled);
            if usage.labeled.iter().any(|count| *count > 0) {
                metrics.object("labeled_counter", |labeled| {
                    labeled.counts(application.labeled, labels.map(|((_, label), count)| (*label, count)));
                });
            }
            if is_metrics && kind != "counter" {
                metrics.object(kind, |numbers| numbers.number(gathered, usage.gathered));
            }
            if is_metrics {
                metrics.object("string", |texts| texts.text(application.text, self.text));
            }
            if let Some(seconds) = duration_seconds {
                metrics.object("timespan", |timespan| {
                    timespan.object("glean.baseline.duration", |duration| {
                        duration.text("time_unit", "second");
                        duration.number("value", seconds);
                    });
                });
            }
        })
    }

    fn client_info(&self, build: &Build) -> anyhow::Result<String> {
        let Handset { maker, model, version, interface } = self.handset;
        let (year, month, day) = (build.day.year(), build.day.month(), build.day.day());
        let first_run = local_date_text(self.first_use, &self.person.zone)?;
        Ok(Object::write(512, |info| {
            info.text("android_sdk_version", interface);
            info.text("app_build", &format!("{year:04}{month:02}{day:02}"));
            info.text("app_channel", self.channel.name);
            info.text("app_display_version", &build.version);
            info.text("architecture", "arm64-v8a");
            info.text("build_date", &format!("{year:04}-{month:02}-{day:02}T06:00:00+00:00"));
            info.text("client_id", &self.client_id);
            info.text("device_manufacturer", maker);
            info.text("device_model", model);
            info.text("first_run_date", &first_run);
            info.text("locale", self.person.locale);
            info.text("os", "Android");
            info.text("os_version", version);
            info.text("telemetry_sdk_build", SDK);
        }))
    }

    /// Numbers a ping and hands it over; `start` is where the time it covers begins if it is the first of its type.
    fn send(&mut self, ping: Ping, start: i64, travel: i64, delivery: &mut Delivery) -> anyhow::Result<()> {
        let index = ping.ping_type as usize;
        let end_time = local_text(ping.end, &self.person.zone)?;
        let mut start_time = std::mem::replace(&mut self.last_end[index], end_time.clone());
        if start_time.is_empty() {
            start_time = local_text(start, &self.person.zone)?;
        }
        let body = ping.body(&self.client_info, self.sequence[index], &start_time, &end_time);
        self.sequence[index] += 1;
        let agent = format!("Glean/{SDK} (Kotlin on Android)");
        let submission = Submission {
            facts: Facts {
                application: self.place,
                client: self.person.number,
                first_run: self.first_use,
                ping_type: ping.ping_type.name(),
                is_activity: ping.ping_type == PingType::Baseline,
                document: self.stream.uuid(),
                automation: false,
                country: self.person.country.code,
                channel: self.channel.name,
                origin: None,
                searches: ping.searches,
                duration_seconds: ping.duration_seconds,
                malformed: None,
            },
            legacy: None,
            body,
            counter: Counter { place: "/metrics/counter", name: self.application.counter },
            end: ping.end,
            geo: &self.person.geo,
            agent: Some(&agent),
        };
        delivery.post(&mut self.stream, &mut self.posted, submission, travel)
    }
}
