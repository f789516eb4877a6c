//! The way from a client to the edge: travel, damage, duplicates, and the lines in order of arrival.
//!
//! It must never hold more than what is still on its way, however long the period is.

use super::calendar::{Period, http_date, received_text};
use super::json::Object;
use super::malformed::damage;
use super::ping::{Ping, PingType};
use super::population::{Client, Profile};
use super::random::{Stream, uuid_text};
use super::tables::{DUPLICATE_PER_MILLE, MALFORMED_PER_MILLE, REPEAT_MILLISECONDS, TRAVEL_MILLISECONDS};
use super::truth::{Recorder, Truth};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Write;

/// What the truth must know of a submission, rather than read it back from the line.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) client: u64,
    pub(super) first_run: Date,
    pub(super) ping_type: PingType,
    pub(super) document: u128,
    pub(super) automation: bool,
    pub(super) country: &'static str,
    pub(super) channel: &'static str,
    pub(super) searches: u64,
    pub(super) duration_seconds: u64,
    /// The kind of damage, from the table of kinds.
    pub(super) malformed: Option<&'static str>,
}

/// The parts of a submission that damage can change.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) namespace: String,
    pub(super) ping_type: String,
    pub(super) document_id: String,
    pub(super) body: Option<String>,
    /// Characters that are lost at the end of the line.
    pub(super) lost: usize,
}

impl Parts {
    /// The line as the edge writes it, with its end.
    fn line(&self, headers: &str, geo: &str, received: i64) -> anyhow::Result<String> {
        let path = format!("/submit/{}/{}/1/{}", self.namespace, self.ping_type, self.document_id);
        let received = received_text(received)?;
        let body = self.body.as_deref();
        let mut line = Object::write(512 + body.map_or(0, str::len), |line| {
            line.text("path", &path);
            line.raw("headers", headers);
            line.text("received_at", &received);
            line.raw("geo", geo);
            if let Some(body) = body {
                line.raw("body", body);
            }
        });
        for _ in 0..self.lost {
            line.pop();
        }
        line.push('\n');
        Ok(line)
    }
}

/// When a submission arrives in microseconds, from whom, and which of theirs it is: never twice the same.
type Arrival = (i64, u64, u64);

/// All that is on its way, and the truth about what has arrived.
pub(super) struct Delivery<'a> {
    application: &'a str,
    period: &'a Period,
    out: &'a mut dyn Write,
    /// Boxed, so that keeping them in order moves little.
    on_the_way: BTreeMap<Arrival, Box<(Facts, String)>>,
    recorder: Recorder,
}

impl<'a> Delivery<'a> {
    pub(super) fn new(application: &'a str, period: &'a Period, out: &'a mut dyn Write) -> Self {
        let recorder = Recorder::new(period.days());
        Self { application, period, out, on_the_way: BTreeMap::new(), recorder }
    }

    /// Takes a ping that arrives `travel` milliseconds after its end.
    pub(super) fn post(
        &mut self,
        client: &mut Client,
        ping: &Ping,
        body: String,
        travel: i64,
    ) -> anyhow::Result<()> {
        let document = client.stream.uuid();
        let received = (ping.end + travel) * 1000 + i64::from(client.stream.below(1000));
        let mut parts = Parts {
            namespace: self.application.to_owned(),
            ping_type: ping.ping_type.name().to_owned(),
            document_id: uuid_text(document),
            body: Some(body),
            lost: 0,
        };
        // All draws come before the question whether the period is over: see `behaviour`.
        let is_damaged = client.stream.chance(MALFORMED_PER_MILLE);
        let malformed = if is_damaged { damage(&mut parts, &mut client.stream)? } else { None };
        let mut arrivals = vec![received];
        if client.stream.chance(DUPLICATE_PER_MILLE) {
            let pauses = *client.stream.pick(REPEAT_MILLISECONDS);
            let pause =
                i64::from(client.stream.between(pauses)) * 1000 + i64::from(client.stream.below(1000));
            // A client repeats what it believes was lost, not what was refused.
            if malformed.is_none() {
                arrivals.push(received + pause);
            }
        }

        let profile = &client.profile;
        let facts = Facts {
            client: client.number,
            first_run: profile.first_run,
            ping_type: ping.ping_type,
            document,
            automation: profile.habit.automation,
            country: profile.country.code,
            channel: profile.channel.name,
            searches: ping.searches,
            duration_seconds: ping.duration_seconds,
            malformed,
        };
        // The request was sent a moment before it arrived.
        let headers = headers(profile, &http_date(ping.end + travel - 100)?);
        for received in arrivals {
            let arrival = (received, client.number, client.state.submissions);
            client.state.submissions += 1;
            if (self.period.begin..self.period.end).contains(&received) {
                let line = parts.line(&headers, &profile.geo, received)?;
                self.on_the_way.insert(arrival, Box::new((facts.clone(), line)));
            }
        }
        Ok(())
    }

    /// Writes what arrives before an instant; nothing may be posted for earlier afterwards.
    pub(super) fn write_until(&mut self, instant: i64) -> anyhow::Result<()> {
        while let Some(entry) = self.on_the_way.first_entry() {
            let (received, ..) = *entry.key();
            if received >= instant {
                break;
            }
            let (facts, line) = *entry.remove();
            self.out.write_all(line.as_bytes())?;
            if let Some(day) = self.period.day_of(received) {
                self.recorder.record(day, &facts);
            }
        }
        Ok(())
    }

    /// Writes the rest and gives the truth.
    pub(super) fn finish(mut self) -> anyhow::Result<Truth> {
        self.write_until(self.period.end)?;
        self.out.flush()?;
        Ok(self.recorder.finish())
    }
}

/// Draws how long a batch of pings travels, in milliseconds.
pub(super) fn travel_time(stream: &mut Stream) -> i64 {
    let range = *stream.pick(TRAVEL_MILLISECONDS);
    i64::from(stream.between(range))
}

/// The headers as JSON text.
fn headers(profile: &Profile, date: &str) -> String {
    Object::write(256, |headers| {
        headers.text("Date", date);
        headers.text("Content-Type", "application/json; charset=utf-8");
        headers.text("X-Telemetry-Agent", &profile.agent);
        if profile.habit.automation {
            headers.text("X-Source-Tags", "automation");
        }
    })
}
