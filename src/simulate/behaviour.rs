//! What a client does on a day: whether it browses, its sessions, and the pings they send.
//!
//! Every decision draws from the client's own stream and from nothing else; the order of draws must
//! never depend on what is written, or a longer period would change the days before.

use super::calendar::{is_weekend, local_instant, local_text};
use super::delivery::{Delivery, Facts, Submission, travel_time};
use super::malformed::Counter;
use super::ping::{
    Counts, Ping, PingType, Usage, baseline_metrics, client_info, events_text, gathered_metrics,
    health_metrics, submitted_metrics,
};
use super::population::{Client, engine};
use super::release::{Build, installed};
use super::tables::{
    CRASH_PER_MILLE, DEFAULT_ENGINE_PER_MILLE, HEALTH_PER_MILLE, HOURS_AT_HOME, HOURS_AT_WORK, Habit,
    PAGE_LOAD_BUCKETS, PAGE_LOADS_MOST, SESSION_SECONDS, TAB_OPEN_MOST, TAB_OPEN_PER_MILLE, TAB_SOURCES,
};
use jiff::civil::Date;

/// What a client remembers from one session to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The next sequence number of each ping type.
    sequence: Counts,
    /// The end of the last ping of each type as it was written; empty before the first.
    last_end: [String; PingType::ALL.len()],
    /// The end of the last session, in milliseconds.
    last_session: Option<i64>,
    /// Counted since the last `baseline` ping with metrics.
    usage: Usage,
    /// Counted since the last `metrics` ping.
    gathered: Usage,
    has_gathered: bool,
    crashed: bool,
    pub(super) build: Option<Build>,
    /// `client_info` as JSON text, while the build stays.
    client_info: String,
    /// Submissions so far, duplicates too.
    pub(super) submissions: u64,
}

impl State {
    /// What a client that has lived so many days before remembers.
    pub(super) fn after(age: u32, habit: &Habit) -> Self {
        // About: the days on which it was used, and half of the most sessions of a day.
        let active_days = (age * habit.active_per_mille / 1000).max(1);
        let sessions = active_days * habit.sessions.div_ceil(2);
        let health = 1 + sessions * HEALTH_PER_MILLE / 1000;
        let events = sessions * TAB_OPEN_PER_MILLE / 1000;
        Self { sequence: [sessions * 2, events, active_days - 1, health], ..Self::default() }
    }
}

/// From when to when an application was used, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Session {
    pub(super) start: i64,
    pub(super) end: i64,
}

/// One local day of a client, and its sessions in order.
pub(super) fn live(client: &mut Client, day: Date, delivery: &mut Delivery) -> anyhow::Result<Vec<Session>> {
    let is_first_day = client.profile.first_run == day;
    let chance = activity(client, day);
    // A profile is made by being used, so its first day is always an active one.
    if !client.stream.chance(chance) && !is_first_day {
        return Ok(Vec::new());
    }
    let hours = if client.profile.at_work && !is_weekend(day) { HOURS_AT_WORK } else { HOURS_AT_HOME };
    let count = client.stream.between((1, client.profile.habit.sessions));
    let mut starts: Vec<u32> =
        (0..count).map(|_| client.stream.pick(hours) * 3600 + client.stream.below(3600)).collect();
    starts.sort_unstable();

    let mut sessions = Vec::new();
    for second in starts {
        let milliseconds = client.stream.below(1000);
        let start = local_instant(day, second, &client.profile.zone)? + i64::from(milliseconds);
        // The browser is still open from the session before.
        if client.state.last_session.is_some_and(|end| start < end + 60_000) {
            continue;
        }
        let is_first_session = sessions.is_empty();
        if is_first_session {
            update(client, day)?;
        }
        sessions.push(session(client, start, is_first_session, delivery)?);
    }
    Ok(sessions)
}

/// The chance in a thousand that a client browses on a day.
fn activity(client: &Client, day: Date) -> u32 {
    let profile = &client.profile;
    let chance = profile.habit.active_per_mille;
    let rests = profile.at_work && !profile.habit.automation && is_weekend(day);
    if rests { chance * profile.country.weekend_per_mille / 1000 } else { chance }
}

/// Installs what has reached the client; a new build changes what it says about itself.
fn update(client: &mut Client, day: Date) -> anyhow::Result<()> {
    let profile = &client.profile;
    let build = installed(profile.channel, day, profile.first_run, profile.update_days);
    if client.state.build.as_ref() != Some(&build) {
        client.state.client_info = client_info(profile, &build)?;
        client.state.build = Some(build);
    }
    Ok(())
}

fn session(
    client: &mut Client,
    start: i64,
    is_first_of_day: bool,
    delivery: &mut Delivery,
) -> anyhow::Result<Session> {
    let is_new =
        client.state.last_session.is_none() && client.state.sequence[PingType::Baseline as usize] == 0;
    let travel = travel_time(&mut client.stream);
    if client.state.crashed {
        // What the crashed session counted was kept on disk and goes out now.
        let usage = std::mem::take(&mut client.state.usage);
        let mut ping = Ping::new(PingType::Baseline, "dirty_startup", start);
        ping.searches = u64::from(usage.searches_of_all_engines());
        ping.metrics = Some(baseline_metrics(&client.profile, &usage, None));
        send(client, ping, start, travel, delivery)?;
    }
    // Nothing is browsed yet: all that is counted is what was sent since the last one.
    let submitted = std::mem::take(&mut client.state.usage.submitted);
    let mut active = Ping::new(PingType::Baseline, "active", start + 12);
    active.metrics = submitted_metrics(&submitted);
    send(client, active, start, travel, delivery)?;
    if client.stream.chance(HEALTH_PER_MILLE) || is_new {
        let mut ping = Ping::new(PingType::Health, "pre_init", start + 21);
        ping.metrics = Some(health_metrics(&client.state.usage.submitted, is_new));
        send(client, ping, start, travel, delivery)?;
    }
    if is_first_of_day && client.state.has_gathered {
        let usage = std::mem::take(&mut client.state.gathered);
        client.state.has_gathered = false;
        let mut ping = Ping::new(PingType::Metrics, "overdue", start + 35);
        ping.metrics = Some(gathered_metrics(&client.profile, &usage));
        send(client, ping, start, travel, delivery)?;
    }

    let lengths = *client.stream.pick(SESSION_SECONDS);
    let seconds = client.stream.between(lengths);
    let end = start + i64::from(seconds) * 1000 + i64::from(client.stream.below(1000));
    let opened = browse(client, start, seconds);
    client.state.last_session = Some(end);
    client.state.crashed = client.stream.chance(CRASH_PER_MILLE);
    if client.state.crashed {
        return Ok(Session { start, end });
    }

    let travel = travel_time(&mut client.stream);
    let usage = std::mem::take(&mut client.state.usage);
    let mut inactive = Ping::new(PingType::Baseline, "inactive", end);
    inactive.searches = u64::from(usage.searches_of_all_engines());
    inactive.duration_seconds = u64::from(seconds);
    inactive.metrics = Some(baseline_metrics(&client.profile, &usage, Some(seconds)));
    send(client, inactive, start, travel, delivery)?;
    if !opened.is_empty() {
        let mut ping = Ping::new(PingType::Events, "inactive", end + 8);
        ping.events = Some(events_text("browser", "tab_open", "source", &opened));
        send(client, ping, start, travel, delivery)?;
    }
    Ok(Session { start, end })
}

/// Counts what is done in a session, and returns when tabs were opened and from where.
fn browse(client: &mut Client, start: i64, seconds: u32) -> Vec<(i64, &'static str)> {
    let Client { stream, profile, state, .. } = client;
    let mut usage = Usage { tabs: stream.between((1, 14)), ..Usage::default() };
    for _ in 0..stream.between((0, profile.habit.searches)) {
        let usual = stream.chance(DEFAULT_ENGINE_PER_MILLE);
        let chosen = if usual { profile.default_engine } else { engine(stream) };
        usage.searches[chosen] += 1;
    }
    for _ in 0..stream.between((1, PAGE_LOADS_MOST.min(seconds / 20 + 1))) {
        let bucket = stream.pick(PAGE_LOAD_BUCKETS)[stream.below(8) as usize];
        *state.gathered.page_loads.entry(bucket).or_default() += 1;
        // Buckets are at least a twelfth wide, so this stays within.
        state.gathered.page_load_sum += bucket + i64::from(stream.below(84)) * (bucket / 1000);
    }
    let mut opened = Vec::new();
    if stream.chance(TAB_OPEN_PER_MILLE) {
        for _ in 0..stream.between((1, TAB_OPEN_MOST)) {
            let after = i64::from(stream.below(seconds * 1000));
            opened.push((start + after, *stream.pick(TAB_SOURCES)));
        }
        opened.sort_unstable();
    }
    state.usage.add(&usage);
    state.gathered.add(&usage);
    state.has_gathered = true;
    opened
}

/// Numbers a ping and hands it over; `start` is where the time it covers begins if it is the
/// first of its type.
fn send(
    client: &mut Client,
    ping: Ping,
    start: i64,
    travel: i64,
    delivery: &mut Delivery,
) -> anyhow::Result<()> {
    let index = ping.ping_type as usize;
    let state = &mut client.state;
    let end_time = local_text(ping.end, &client.profile.zone)?;
    let mut start_time = std::mem::replace(&mut state.last_end[index], end_time.clone());
    if start_time.is_empty() {
        start_time = local_text(start, &client.profile.zone)?;
    }
    let body = ping.body(&state.client_info, state.sequence[index], &start_time, &end_time);
    state.sequence[index] += 1;
    state.usage.submitted[index] += 1;
    state.gathered.submitted[index] += 1;
    let profile = &client.profile;
    let submission = Submission {
        facts: Facts {
            application: 0,
            client: client.number,
            first_run: profile.first_run,
            ping_type: ping.ping_type.name(),
            is_activity: ping.ping_type == PingType::Baseline,
            document: client.stream.uuid(),
            automation: profile.habit.automation,
            country: profile.country.code,
            channel: profile.channel.name,
            origin: profile.origin,
            searches: ping.searches,
            duration_seconds: ping.duration_seconds,
            malformed: None,
        },
        legacy: None,
        body,
        counter: Counter { place: "/metrics/counter", name: "browser.tab_count" },
        end: ping.end,
        geo: &profile.geo,
        agent: Some(&profile.agent),
    };
    delivery.post(&mut client.stream, &mut state.submissions, submission, travel)
}
