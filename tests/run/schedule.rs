//! The daily loop with a clock that the test moves: which days are looked at and when, also where the clock
//! jumps, the loop sleeps or another scheduler has the turn.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use tempfile::TempDir;
use tidemill::definition::{CatchUp, Schedule};
use tidemill::ledger::{LEASE_SECONDS, Ledger, Owner, Sqlite};
use tidemill::plan::Scope;
use tidemill::run::Clock;
use tidemill::schedule::{Hands, Looked, News, serve};

use super::harbour::{DAILY_TABLE, harbour_with_days};
use super::mill::{Mill, days};

/// Hands that move the clock instead of waiting, and note what they are asked for.
struct Script<'a> {
    clock: &'static AtomicI64,
    /// Seconds that pass at least when they wait: a loop that sleeps longer than it wanted.
    stride: i64,
    /// When they ask to stop.
    end: i64,
    /// At the first time the clock shows the second one instead, once.
    jumps: Vec<(i64, i64)>,
    /// How looks end; well once these are used up.
    results: Vec<Looked>,
    looks: Vec<(i64, Date)>,
    news: Vec<News>,
    build: Box<dyn FnMut(Date) + 'a>,
}

fn seconds(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_second()
}

impl Hands for Script<'_> {
    fn look(&mut self, day: Date) -> anyhow::Result<Looked> {
        self.looks.push((self.clock.load(Ordering::Relaxed), day));
        (self.build)(day);
        Ok(if self.results.is_empty() { Looked::Well } else { self.results.remove(0) })
    }

    fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    fn wait(&mut self, longest: Duration) -> bool {
        assert!(longest <= Duration::from_secs(15), "the turn would run out");
        let mut now =
            self.clock.load(Ordering::Relaxed) + i64::try_from(longest.as_secs()).unwrap().max(self.stride);
        if self.jumps.first().is_some_and(|(at, _)| now >= *at) {
            now = self.jumps.remove(0).1;
        }
        self.clock.store(now, Ordering::Relaxed);
        !(self.jumps.is_empty() && now >= self.end)
    }
}

impl Script<'_> {
    /// Days in the order of their first look, each with its moment.
    fn first_looks(&self) -> Vec<(Date, i64)> {
        let mut first: Vec<(Date, i64)> = Vec::new();
        for (at, day) in &self.looks {
            if !first.iter().any(|(known, _)| known == day) {
                first.push((*day, *at));
            }
        }
        first
    }

    fn skipped(&self) -> Vec<Date> {
        let of = |news: &News| match news {
            News::Due { skipped, .. } => skipped.clone(),
            _ => Vec::new(),
        };
        self.news.iter().flat_map(of).collect()
    }
}

fn ledger(folder: &TempDir) -> Sqlite {
    Sqlite::open(&folder.path().join("dev.ledger.sqlite")).unwrap().map_err(|one| one.message).unwrap()
}

fn schedule(at: i8, every: u32, catch_up: CatchUp) -> Schedule {
    Schedule { at: time(at, 0, 0, 0), every, catch_up }
}

/// Serves from a moment to another one, and gives what was asked of the hands.
#[allow(clippy::too_many_arguments, reason = "what a stretch of time is made of, part by part")]
fn served<'a>(
    ledger: &dyn Ledger,
    from: &str,
    to: &str,
    schedule: &Schedule,
    stride: i64,
    jumps: &[(&str, &str)],
    results: &[Looked],
    build: impl FnMut(Date) + 'a,
) -> Script<'a> {
    let clock: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(seconds(from))));
    let jumps = jumps.iter().map(|(at, to)| (seconds(at), seconds(to))).collect();
    let (looks, news, results, build) = (Vec::new(), Vec::new(), results.to_vec(), Box::new(build));
    let mut script = Script { clock, stride, end: seconds(to), jumps, results, looks, news, build };
    serve(ledger, &Owner::this_process(), Clock::Moved(clock), schedule, &mut script).unwrap();
    script
}

#[test]
fn every_day_is_looked_at_from_its_hour_on_over_the_end_of_a_year() {
    let folder = TempDir::new().unwrap();
    let ledger = ledger(&folder);
    let script = served(
        &ledger,
        "2026-12-30T12:00:00Z",
        "2027-01-02T12:00:00Z",
        &schedule(5, 3_600, CatchUp::None),
        60,
        &[],
        &[],
        |_| {},
    );
    let first = script.first_looks();
    let expected = [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)];
    assert_eq!(first.iter().map(|(day, _)| *day).collect::<Vec<_>>(), expected);
    let due = ["2026-12-31T05:00:00Z", "2027-01-01T05:00:00Z", "2027-01-02T05:00:00Z"];
    for ((_, at), due) in first[1..].iter().zip(due) {
        assert!((seconds(due)..seconds(due) + 60).contains(at), "{due} {at}");
    }
    // One look an hour, and one when a day becomes due: three days have 72 hours.
    assert!((72..=76).contains(&script.looks.len()), "{}", script.looks.len());
    assert_eq!(script.skipped(), []);
    let turn = ledger.turn().unwrap().unwrap();
    assert_eq!((turn.expires_at, turn.through), (0, Some(date(2027, 1, 1))));
}

#[test]
fn a_clock_that_jumps_loses_no_day() {
    let folder = TempDir::new().unwrap();
    let ledger = ledger(&folder);
    // Ten days ahead for an hour, back; then three days back for an hour, and right again.
    let script = served(
        &ledger,
        "2026-11-10T00:00:00Z",
        "2026-11-23T00:00:30Z",
        &schedule(0, 600, CatchUp::None),
        1_800,
        &[
            ("2026-11-11T01:00:00Z", "2026-11-21T01:00:00Z"),
            ("2026-11-21T02:00:00Z", "2026-11-11T02:00:00Z"),
            ("2026-11-13T12:00:00Z", "2026-11-10T12:00:00Z"),
            ("2026-11-10T13:00:00Z", "2026-11-13T13:00:00Z"),
        ],
        &[],
        |_| {},
    );
    let looked: Vec<Date> = script.first_looks().iter().map(|(day, _)| *day).collect();
    for day in 9..=22 {
        assert!(looked.contains(&date(2026, 11, day)), "{day}");
    }
    // While the clock was ahead, days were skipped that had not come; they came all the same.
    assert_eq!(script.skipped().len(), 9);
    assert_eq!(ledger.snapshot().unwrap().skipped.into_iter().collect::<Vec<_>>(), []);
}

#[test]
fn looks_come_later_after_failures_and_as_always_while_the_warehouse_is_held() {
    let folder = TempDir::new().unwrap();
    let results = [Looked::Busy, Looked::Failed, Looked::Failed, Looked::Failed];
    let script = served(
        &ledger(&folder),
        "2026-11-10T00:00:00Z",
        "2026-11-10T00:20:30Z",
        &schedule(0, 60, CatchUp::All),
        1,
        &[],
        &results,
        |_| {},
    );
    let start = seconds("2026-11-10T00:00:00Z");
    let at: Vec<i64> = script.looks.iter().map(|(at, _)| at - start).collect();
    // One minute; then two, four, eight after failures; then one.
    assert_eq!(at[..6], [0, 60, 180, 420, 900, 960]);
}

#[test]
fn another_scheduler_stands_by_until_the_turn_runs_out() {
    let folder = TempDir::new().unwrap();
    let ledger = ledger(&folder);
    let elsewhere = Owner("elsewhere:7:1:boot".to_owned());
    let from = seconds("2026-11-10T00:00:00Z");
    ledger.take_turn(&elsewhere, from, "2026-11-10 00:00:00").unwrap();
    let script = served(
        &ledger,
        "2026-11-10T00:00:00Z",
        "2026-11-10T00:05:00Z",
        &schedule(0, 60, CatchUp::All),
        1,
        &[],
        &[],
        |_| {},
    );
    assert!(matches!(&script.news[0], News::StandsBy { turn } if turn.owner == elsewhere && turn.epoch == 1));
    assert!(matches!(&script.news[1], News::Works { turn } if turn.epoch == 2));
    let first = script.looks[0].0 - from;
    assert!((LEASE_SECONDS..LEASE_SECONDS + 15).contains(&first), "{first}");
    // The former one finds out when it comes back, and stands by.
    let back = ledger.take_turn(&elsewhere, from + 299, "").unwrap();
    assert_eq!(back.owner, elsewhere, "the turn was given back at the end");
}

fn caught_up(policy: CatchUp) -> (Mill, Vec<Date>) {
    let mill = harbour_with_days(6, &[]);
    let build = |mill: &Mill, day: Date| mill.build(&mill.request(Scope::Due { day })).assert_well();
    let rhythm = schedule(0, 60, policy);
    let serve = |from: &str, to: &str| {
        served(mill.ledger(), from, to, &rhythm, 1, &[], &[], |day| build(&mill, day));
    };
    serve("2026-10-03T00:00:00Z", "2026-10-03T00:01:00Z");
    // Down for four days.
    serve("2026-10-07T08:00:00Z", "2026-10-07T08:01:00Z");
    mill.verify_well();
    let built = &mill.snapshot().partitions[DAILY_TABLE];
    let built = built.keys().map(|period| period.first_day()).collect();
    (mill, built)
}

#[test]
fn after_downtime_the_policy_says_what_is_caught_up_with() {
    assert_eq!(caught_up(CatchUp::All).1, days(1, 6));
    assert_eq!(caught_up(CatchUp::Latest(1)).1, [days(1, 2), days(5, 6)].concat());
    let (mill, built) = caught_up(CatchUp::None);
    assert_eq!(built, [days(1, 2), days(6, 6)].concat());
    assert_eq!(mill.snapshot().skipped.into_iter().collect::<Vec<_>>(), days(3, 5));
}
