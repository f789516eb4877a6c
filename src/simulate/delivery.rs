//! The way from a client to the edge: travel, damage, duplicates, and the lines in order of arrival.
//!
//! It must never hold more than what is still on its way, however long the period is.

use super::calendar::{Period, http_date, received_text};
use super::json::Object;
use super::malformed::{Counter, damage};
use super::queue::Queue;
use super::random::{Stream, uuid_text};
use super::tables::{
    DUPLICATE_PER_MILLE, MALFORMED_PER_MILLE, Origin, REPEAT_MILLISECONDS, TRAVEL_MILLISECONDS,
};
use super::truth::{Recorder, Truth};
use jiff::civil::Date;
use std::io::Write;

/// What the truth must know of a submission, rather than read it back from the line.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// Which of the applications of a delivery.
    pub(super) application: usize,
    pub(super) client: u64,
    pub(super) first_run: Date,
    pub(super) ping_type: &'static str,
    /// Whether a ping of this type makes its client active.
    pub(super) is_activity: bool,
    pub(super) document: u128,
    pub(super) automation: bool,
    pub(super) country: &'static str,
    pub(super) channel: &'static str,
    pub(super) origin: Option<&'static Origin>,
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
    pub(super) legacy: Option<String>,
    pub(super) body: Option<String>,
    pub(super) counter: Counter,
    /// Characters that are lost at the end of the line.
    pub(super) lost: usize,
}

impl Parts {
    /// The line as the edge writes it, with its end.
    fn line(&self, headers: &str, geo: &str, received: i64) -> anyhow::Result<String> {
        let Self { namespace, ping_type, document_id, .. } = self;
        let path = match &self.legacy {
            None => format!("/submit/{namespace}/{ping_type}/1/{document_id}"),
            Some(rest) => format!("/submit/{namespace}/{document_id}/{ping_type}/{rest}"),
        };
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

/// What a client hands over.
pub(super) struct Submission<'a> {
    pub(super) facts: Facts,
    /// What follows the type in a legacy path.
    pub(super) legacy: Option<String>,
    pub(super) body: String,
    /// What damage can make of a wrong type.
    pub(super) counter: Counter,
    /// The end of what it tells of, in milliseconds.
    pub(super) end: i64,
    pub(super) geo: &'a str,
    /// What sends it, where the header says so.
    pub(super) agent: Option<&'a str>,
}

/// All submissions that are on their way, and the truth about those that have arrived.
pub(super) struct Delivery<'a> {
    period: &'a Period,
    out: Box<dyn Write + 'a>,
    on_the_way: Queue<Facts>,
    /// The applications with their namespaces in a path.
    recorders: Vec<(&'a str, Recorder)>,
}

impl<'a> Delivery<'a> {
    pub(super) fn new(namespaces: &[&'a str], period: &'a Period, out: Box<dyn Write + 'a>) -> Self {
        let recorders = namespaces.iter().map(|name| (*name, Recorder::new(period.days()))).collect();
        Self { period, out, on_the_way: Queue::default(), recorders }
    }

    /// Takes a ping that arrives `travel` milliseconds after its end; `posted` counts the client's.
    pub(super) fn post(
        &mut self,
        stream: &mut Stream,
        posted: &mut u64,
        submission: Submission<'_>,
        travel: i64,
    ) -> anyhow::Result<()> {
        let Submission { mut facts, legacy, body, counter, end, geo, agent } = submission;
        let namespace = self.recorders.get(facts.application).map_or("", |(namespace, _)| namespace);
        let mut parts = Parts {
            namespace: namespace.to_owned(),
            ping_type: facts.ping_type.to_owned(),
            document_id: uuid_text(facts.document),
            legacy,
            body: Some(body),
            counter,
            lost: 0,
        };
        let received = (end + travel) * 1000 + i64::from(stream.below(1000));
        // All draws come before the question whether the period is over: see `behaviour`.
        let is_damaged = stream.chance(MALFORMED_PER_MILLE);
        facts.malformed = if is_damaged { damage(&mut parts, stream)? } else { None };
        let mut arrivals = vec![received];
        if stream.chance(DUPLICATE_PER_MILLE) {
            let pauses = *stream.pick(REPEAT_MILLISECONDS);
            let pause = i64::from(stream.between(pauses)) * 1000 + i64::from(stream.below(1000));
            // A client repeats what it believes was lost, not what was refused.
            if facts.malformed.is_none() {
                arrivals.push(received + pause);
            }
        }
        // The request was sent a moment before it arrived.
        let headers = headers(agent, facts.automation, &http_date(end + travel - 100)?);
        for received in arrivals {
            let arrival = (received, facts.client, *posted);
            *posted += 1;
            if self.period.has(received) {
                self.on_the_way.push(arrival, facts.clone(), parts.line(&headers, geo, received)?);
            }
        }
        Ok(())
    }

    /// Writes what arrives before an instant; nothing may be posted for earlier afterwards.
    pub(super) fn write_until(&mut self, instant: i64) -> anyhow::Result<()> {
        while let Some((received, facts, line)) = self.on_the_way.next_before(instant) {
            self.out.write_all(line.as_bytes())?;
            if let (Some(day), Some((_, recorder))) =
                (self.period.day_of(received), self.recorders.get_mut(facts.application))
            {
                recorder.record(day, &facts);
            }
        }
        Ok(())
    }

    /// Writes the rest and gives the truth by application.
    pub(super) fn finish(mut self) -> anyhow::Result<Vec<Truth>> {
        self.write_until(self.period.end)?;
        self.out.flush()?;
        Ok(self.recorders.into_iter().map(|(_, recorder)| recorder.finish()).collect())
    }
}

/// Draws how long a batch of pings travels, in milliseconds.
pub(super) fn travel_time(stream: &mut Stream) -> i64 {
    let range = *stream.pick(TRAVEL_MILLISECONDS);
    i64::from(stream.between(range))
}

/// The headers as JSON text.
fn headers(agent: Option<&str>, automation: bool, date: &str) -> String {
    Object::write(256, |headers| {
        headers.text("Date", date);
        headers.text("Content-Type", "application/json; charset=utf-8");
        if let Some(agent) = agent {
            headers.text("X-Telemetry-Agent", agent);
        }
        if automation {
            headers.text("X-Source-Tags", "automation");
        }
    })
}
