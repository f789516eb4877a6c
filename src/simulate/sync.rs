//! The log of the server that synchronises people's devices: accounts, requests, and lines as a collector
//! delivers them.
//!
//! Devices synchronise while they are used, so the sessions come from the applications; what is requested
//! draws from the account's own stream.

use super::behaviour::Session;
use super::calendar::{Period, utc_text};
use super::files::{Files, Shards};
use super::json::Object;
use super::person::Person;
use super::queue::Queue;
use super::random::{Purpose, Stream, uuid_text};
use super::sync_truth::{Recorder, RequestFacts, SyncTruth};
use super::tables::{
    ACCOUNTS_PER_MILLE, COLLECTIONS, COLLECTIONS_MOST, Collection, GIVEN_NAMES, LINE_BROKEN_PER_MILLE,
    LINE_MILLISECONDS, LINE_REPEATED_PER_MILLE, METHODS, NETWORKS, REPEAT_MILLISECONDS, REQUEST_MILLISECONDS,
    STATUSES, SYNCHRONISES_PER_MILLE,
};
use std::collections::BTreeMap;

/// Lines are kept in one file a day of their delivery, `sync_YYYYMMDD.ndjson`.
pub const FILES: &str = "sync";

/// What a person synchronises with.
#[derive(Debug)]
struct Account {
    person: u64,
    stream: Stream,
    user_id: String,
    email: String,
    /// Its number in the paths of the server.
    storage: u32,
    address: String,
    country: &'static str,
    /// The devices by the name of their application, in the order in which they came.
    devices: Vec<(&'static str, String)>,
    lines: u64,
}

impl Account {
    fn of(seed: u64, person: &Person) -> Option<Self> {
        let mut stream = Stream::new(seed, Purpose::Account, person.number);
        if !stream.chance(ACCOUNTS_PER_MILLE) {
            return None;
        }
        let name = *stream.pick(GIVEN_NAMES);
        let network = *stream.pick(NETWORKS);
        Some(Self {
            person: person.number,
            user_id: format!("{:032x}", stream.uuid()),
            email: format!("{name}{}@example.com", 1_000 + stream.below(9_000_000)),
            storage: 100_000_000 + stream.below(800_000_000),
            address: format!("{network}.{}", 1 + stream.below(254)),
            country: person.country.code,
            devices: Vec::new(),
            lines: 0,
            stream,
        })
    }

    /// The identifier of the device on which an application runs.
    fn device(&mut self, application: &'static str) -> String {
        if let Some((_, device)) = self.devices.iter().find(|(name, _)| *name == application) {
            return device.clone();
        }
        let device = format!("{:032x}", self.stream.uuid());
        self.devices.push((application, device.clone()));
        device
    }
}

/// A request; the instant is in milliseconds.
struct Request {
    instant: i64,
    method: &'static str,
    collection: &'static str,
    status: u32,
    bytes: u32,
}

/// The server with all accounts, and what its collector has yet to deliver.
pub(super) struct SyncServer<'a> {
    period: &'a Period,
    accounts: BTreeMap<u64, Account>,
    on_the_way: Queue<RequestFacts>,
    recorder: Recorder,
    shards: Shards,
}

impl<'a> SyncServer<'a> {
    pub(super) fn new(period: &'a Period) -> Self {
        Self {
            period,
            accounts: BTreeMap::new(),
            on_the_way: Queue::default(),
            recorder: Recorder::new(period.days()),
            shards: Shards::new(FILES, period.first_day()),
        }
    }

    /// Opens an account for a person who wants one.
    pub(super) fn welcome(&mut self, seed: u64, person: &Person) {
        if let Some(account) = Account::of(seed, person) {
            self.accounts.insert(person.number, account);
        }
    }

    /// What an application synchronises in a session, if its user has an account.
    pub(super) fn session(
        &mut self,
        person: u64,
        application: &'static str,
        version: &str,
        session: Session,
    ) -> anyhow::Result<()> {
        let Some(account) = self.accounts.get_mut(&person) else { return Ok(()) };
        if !account.stream.chance(SYNCHRONISES_PER_MILLE) {
            return Ok(());
        }
        let device = account.device(application);
        let agent = format!("{application}/{version}");
        for request in requests(&mut account.stream, session) {
            post(account, &request, &device, &agent, self.period, &mut self.on_the_way)?;
        }
        Ok(())
    }

    /// Writes what is delivered before an instant.
    pub(super) fn write_until(&mut self, instant: i64, files: &mut dyn Files) -> anyhow::Result<()> {
        while let Some((delivered, facts, line)) = self.on_the_way.next_before(instant) {
            if let Some(day) = self.period.day_of(delivered) {
                self.shards.of(day, files)?.write_all(line.as_bytes())?;
                self.recorder.record(&facts);
            }
        }
        Ok(())
    }

    /// Writes the rest and gives the truth.
    pub(super) fn finish(mut self, files: &mut dyn Files) -> anyhow::Result<SyncTruth> {
        self.write_until(self.period.end, files)?;
        self.shards.of(self.period.last_day(), files)?;
        self.shards.finish()?;
        Ok(self.recorder.finish())
    }
}

/// Draws the requests of a session: first what is new, then some collections until the server refuses.
fn requests(stream: &mut Stream, session: Session) -> Vec<Request> {
    let mut instant = session.start + i64::from(stream.between((2_000, 9_000)));
    let mut request = |stream: &mut Stream, method, collection, size| {
        let status = *stream.pick(STATUSES);
        instant += i64::from(stream.between((40, 2_500)));
        Request { instant, method, collection, status, bytes: stream.between(size) }
    };
    let mut requests = vec![request(stream, "GET", "info", (60, 240))];
    for _ in 0..stream.between((0, COLLECTIONS_MOST)) {
        let Collection { name, bytes } = stream.pick(COLLECTIONS);
        let method = *stream.pick(METHODS);
        let next = request(stream, method, name, *bytes);
        if requests.last().is_some_and(|last| last.status < 400) {
            requests.push(next);
        }
    }
    requests
}

/// Hands the line of a request to the collector, perhaps twice, perhaps broken, perhaps much later.
fn post(
    account: &mut Account,
    request: &Request,
    device: &str,
    agent: &str,
    period: &Period,
    on_the_way: &mut Queue<RequestFacts>,
) -> anyhow::Result<()> {
    let insert = account.stream.uuid();
    let milliseconds = *account.stream.pick(REQUEST_MILLISECONDS);
    let duration = account.stream.between(milliseconds);
    let mut line = line(account, request, device, agent, insert, duration)?;
    let is_broken = account.stream.chance(LINE_BROKEN_PER_MILLE);
    if is_broken {
        line = broken(&mut account.stream, &line);
    }
    line.push('\n');
    let delays = *account.stream.pick(LINE_MILLISECONDS);
    let delivered = (request.instant + i64::from(account.stream.between(delays))) * 1000;
    let mut deliveries = vec![delivered];
    if account.stream.chance(LINE_REPEATED_PER_MILLE) {
        let pauses = *account.stream.pick(REPEAT_MILLISECONDS);
        deliveries.push(delivered + i64::from(account.stream.between(pauses)) * 1000);
    }
    let requested = period.day_of(request.instant * 1000);
    for delivered in deliveries {
        account.lines += 1;
        // What was requested before the period is not of its world, however late its line comes.
        let (Some(day), true) = (requested, period.has(delivered)) else { continue };
        let facts = RequestFacts {
            day,
            insert,
            person: account.person,
            country: account.country,
            collection: request.collection,
            status: request.status,
            bytes: request.bytes,
            is_late: period.day_of(delivered) != requested,
            is_broken,
        };
        on_the_way.push((delivered, account.person, account.lines), facts, line.clone());
    }
    Ok(())
}

fn line(
    account: &Account,
    request: &Request,
    device: &str,
    agent: &str,
    insert: u128,
    duration: u32,
) -> anyhow::Result<String> {
    let timestamp = utc_text(request.instant)?;
    let severity = match request.status {
        ..400 => "INFO",
        400..500 => "WARNING",
        _ => "ERROR",
    };
    let path = match request.collection {
        "info" => format!("/1.5/{}/info/collections", account.storage),
        collection => format!("/1.5/{}/storage/{collection}", account.storage),
    };
    Ok(Object::write(640, |line| {
        line.text("timestamp", &timestamp);
        line.text("severity", severity);
        line.text("insert_id", &uuid_text(insert));
        line.object("fields", |fields| {
            fields.text("user_id", &account.user_id);
            fields.text("email", &account.email);
            fields.text("ip", &account.address);
            fields.text("method", request.method);
            fields.text("path", &path);
            fields.text("collection", request.collection);
            fields.number("status", request.status);
            fields.number("duration_ms", duration);
            fields.number("bytes", request.bytes);
            fields.text("user_agent", agent);
            fields.text("country", account.country);
            fields.text("device_id", device);
        });
    }))
}

/// A line that no reader can accept.
fn broken(stream: &mut Stream, line: &str) -> String {
    match stream.below(3) {
        // Lost in the middle of a text: half a line of plain letters can never be JSON.
        0 => line.chars().take(line.chars().count() / 2).collect(),
        1 => "worker 3: connection reset by peer, restarting".to_owned(),
        _ => line.replacen("\"status\":", "\"status\":\"none\",\"was\":", 1),
    }
}
