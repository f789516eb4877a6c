//! Who uses the browser: profiles with lasting attributes, their arrival and their leaving.
//!
//! A client's attributes are drawn once from its own stream and never change; what it does on a day
//! is decided in `behaviour`.

use super::behaviour::State;
use super::calendar::{add_days, days_between};
use super::json::Object;
use super::ping::SDK;
use super::random::{Purpose, Stream, uuid_text};
use super::tables::{
    ARRIVING_PER_MILLE, AT_WORK_PER_MILLE, CHANNELS, COUNTRIES, Channel, City, Country, ENGINES,
    EXISTING_AGES, EXISTING_PER_MILLE, FROM_WEBSITE_PER_MILLE, HABITS, Habit, LEAVING, ORIGINS, Origin,
    STRAGGLER_DAYS, STRAGGLER_PER_MILLE, SYSTEMS, System,
};
use anyhow::Context;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// What stays the same for as long as a profile lives.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) client_id: String,
    /// The client's local date of its first session.
    pub(super) first_run: Date,
    pub(super) country: &'static Country,
    pub(super) city: &'static City,
    pub(super) zone: TimeZone,
    /// What the edge looks up, as JSON text.
    pub(super) geo: String,
    /// What sends its pings, as the header says.
    pub(super) agent: String,
    pub(super) locale: &'static str,
    pub(super) channel: &'static Channel,
    pub(super) system: &'static System,
    pub(super) system_version: &'static str,
    pub(super) architecture: &'static str,
    pub(super) habit: &'static Habit,
    pub(super) at_work: bool,
    pub(super) default_engine: usize,
    pub(super) is_default: bool,
    /// How many days after its making a build reaches this client.
    pub(super) update_days: u32,
    /// What led to the download on the website, where it came from there.
    pub(super) origin: Option<&'static Origin>,
}

/// A profile, its chance and what it remembers.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) number: u64,
    pub(super) stream: Stream,
    pub(super) profile: Profile,
    pub(super) state: State,
}

impl Client {
    /// Whether the client is never seen after this day.
    pub(super) fn leaves_after(&mut self, day: Date) -> bool {
        // Test machines are not people, who lose interest.
        !self.profile.habit.automation && loses_interest(&mut self.stream, self.profile.first_run, day)
    }
}

/// Whether someone who uses an application since `first_run` never does after `day`.
pub(super) fn loses_interest(stream: &mut Stream, first_run: Date, day: Date) -> bool {
    let age = days_between(first_run, day);
    let chance = LEAVING.iter().find(|(from, _)| age >= *from).map_or(0, |(_, chance)| *chance);
    stream.below(10_000) < chance
}

/// The clients that exist before `day`, the first to be lived.
pub(super) fn existing(seed: u64, clients: u32, day: Date) -> anyhow::Result<Vec<Client>> {
    let count = u64::from(clients) * u64::from(EXISTING_PER_MILLE) / 1000;
    (0..count)
        .map(|number| {
            let mut stream = Stream::new(seed, Purpose::Client, number);
            let ages = *stream.pick(EXISTING_AGES);
            let age = stream.between(ages);
            let first_run = add_days(day, -(age as i32));
            let mut client = new_client(seed, number, stream, first_run)?;
            client.state = State::after(age, client.profile.habit);
            Ok(client)
        })
        .collect()
}

/// The clients whose first session is on this local day.
pub(super) fn arriving(seed: u64, clients: u32, day: Date) -> anyhow::Result<Vec<Client>> {
    // Numbered by the calendar, so that a day's arrivals are the same whenever a period begins;
    // shifted, so that they never meet those of another day or of the existing population.
    let day_number = u64::try_from(days_between(date(1900, 1, 1), day)).context("a day before 1900")?;
    let mut stream = Stream::new(seed, Purpose::Arrivals, day_number);
    // The rest of the division is left to chance, so that few clients also arrive now and then.
    let swing = u64::from(stream.between((700, 1300)));
    let rest = u64::from(stream.below(1_000_000));
    let count = (u64::from(clients) * u64::from(ARRIVING_PER_MILLE) * swing + rest) / 1_000_000;
    (0..count)
        .map(|index| {
            let number = (day_number << 32) | index;
            new_client(seed, number, Stream::new(seed, Purpose::Client, number), day)
        })
        .collect()
}

fn new_client(seed: u64, number: u64, mut stream: Stream, first_run: Date) -> anyhow::Result<Client> {
    let country = stream.pick(COUNTRIES);
    let city = stream.pick(country.cities);
    let channel = stream.pick(CHANNELS);
    let system = stream.pick(SYSTEMS);
    let habit = stream.pick(HABITS);
    let profile = Profile {
        client_id: uuid_text(stream.uuid()),
        first_run,
        country,
        city,
        zone: TimeZone::posix(city.zone).context("a zone of the table of countries")?,
        geo: Object::write(0, |geo| {
            geo.text("country", country.code);
            geo.text("city", city.name);
        }),
        agent: format!("Glean/{SDK} (Rust on {})", system.name),
        locale: stream.pick::<&str>(country.locales),
        channel,
        system,
        system_version: stream.pick::<&str>(system.versions),
        architecture: stream.pick::<&str>(system.architectures),
        habit,
        at_work: stream.chance(AT_WORK_PER_MILLE),
        default_engine: engine(&mut stream),
        is_default: stream.chance(620),
        update_days: update_days(&mut stream, channel),
        origin: if habit.automation { None } else { origin(seed, Purpose::Origin, number) },
    };
    Ok(Client { number, stream, profile, state: State::default() })
}

/// What led a person to the website, if the application came from there.
pub(super) fn origin(seed: u64, purpose: Purpose, person: u64) -> Option<&'static Origin> {
    let mut stream = Stream::new(seed, purpose, person);
    let origin = stream.pick(ORIGINS);
    stream.chance(FROM_WEBSITE_PER_MILLE).then_some(origin)
}

/// An index into the table of engines.
pub(super) fn engine(stream: &mut Stream) -> usize {
    let name = *stream.pick(&ENGINES);
    ENGINES.iter().position(|(_, engine)| *engine == name).unwrap_or_default()
}

fn update_days(stream: &mut Stream, channel: &Channel) -> u32 {
    let usual = stream.between((0, channel.rollout_days));
    if stream.chance(STRAGGLER_PER_MILLE) { stream.between(STRAGGLER_DAYS) } else { usual }
}
