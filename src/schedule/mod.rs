//! The daily loop: it takes the turn in the ledger, notes which day is due and which are skipped, and has
//! someone look for what to build, again and again. What is due is computed from the ledger at every look and
//! never counted by ticks, so neither a clock that jumps nor a process that sleeps loses or doubles a day.
//! It must never build anything itself.

mod days;

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

pub use days::{due_day, next_due, skipped};

use crate::definition::Schedule;
use crate::ledger::{Ledger, Owner, Scheduled, Turn};
use crate::run::Clock;

/// How often the turn is renewed, and asked for by whoever stands by.
const RENEW: Duration = Duration::from_secs(15);
/// After failures the next look comes later and later, up to so many seconds.
const LONGEST_PAUSE: u32 = 3_600;

/// How a look at the inputs ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// What could be built was.
    Well,
    /// Another process has the warehouse; it is tried again as always.
    Busy,
    /// Something failed; trying at once again would fail again.
    Failed,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// This scheduler works.
    Works { turn: Turn },
    /// Another one works, and this one waits for its turn.
    StandsBy { turn: Turn },
    /// A day is due, these are skipped.
    Due { day: Date, skipped: Vec<Date>, next: (Date, Timestamp) },
    /// The next look comes later than usual.
    TriesAgain { seconds: u32 },
}

/// What the loop cannot do itself.
pub trait Hands {
    /// Builds what is due by a day, as far as its inputs are there.
    ///
    /// # Errors
    /// What makes going on pointless.
    fn look(&mut self, day: Date) -> anyhow::Result<Looked>;

    fn tell(&mut self, news: News);

    /// Lets time pass, not longer than so; `false` when asked to stop.
    fn wait(&mut self, longest: Duration) -> bool;
}

/// Schedules until it is asked to stop, then gives the turn back.
///
/// # Errors
/// What the ledger or a look failed at; the turn is given back then, too, where that is possible.
pub fn serve(
    ledger: &dyn Ledger,
    owner: &Owner,
    clock: Clock,
    schedule: &Schedule,
    hands: &mut dyn Hands,
) -> anyhow::Result<()> {
    let result = Loop { ledger, owner, clock, schedule, told: None, looked: None, failures: 0 }.run(hands);
    let given_back = ledger.give_turn_back(owner);
    result.and(given_back)
}

struct Loop<'a> {
    ledger: &'a dyn Ledger,
    owner: &'a Owner,
    clock: Clock,
    schedule: &'a Schedule,
    /// Owner and epoch of the turn that was told last.
    told: Option<(Owner, i64)>,
    /// When and for which day it looked last.
    looked: Option<(i64, Date)>,
    failures: u32,
}

impl Loop<'_> {
    fn run(&mut self, hands: &mut dyn Hands) -> anyhow::Result<()> {
        loop {
            let longest = self.step(hands)?;
            if !hands.wait(longest) {
                return Ok(());
            }
        }
    }

    /// Does what is to be done now; gives how long to wait at most.
    fn step(&mut self, hands: &mut dyn Hands) -> anyhow::Result<Duration> {
        let turn = self.ledger.take_turn(self.owner, self.clock.seconds(), &self.clock.text())?;
        let is_ours = turn.owner == *self.owner;
        if self.told.as_ref() != Some(&(turn.owner.clone(), turn.epoch)) {
            self.told = Some((turn.owner.clone(), turn.epoch));
            self.looked = None;
            let turn = turn.clone();
            hands.tell(if is_ours { News::Works { turn } } else { News::StandsBy { turn } });
        }
        if !is_ours {
            return Ok(RENEW);
        }
        let day = due_day(self.clock.now(), self.schedule.at);
        let is_new = self.looked.is_none_or(|(_, looked)| looked != day);
        if is_new && !self.note(&turn, day, hands)? {
            return Ok(Duration::from_secs(1));
        }
        if is_new || self.until_look() == 0 {
            let looked = hands.look(day)?;
            self.failures = if looked == Looked::Failed { self.failures + 1 } else { 0 };
            self.looked = Some((self.clock.seconds(), day));
            if self.failures > 0 {
                hands.tell(News::TriesAgain { seconds: self.pause() });
            }
        }
        Ok(RENEW.min(Duration::from_secs(self.until_look())))
    }

    /// Notes the day before anything of it is built; `false` when the turn was lost meanwhile.
    fn note(&self, turn: &Turn, day: Date, hands: &mut dyn Hands) -> anyhow::Result<bool> {
        let skipped = skipped(self.schedule.catch_up, turn.through, day);
        let scheduled = Scheduled { owner: self.owner, epoch: turn.epoch, day, skipped: &skipped };
        let is_noted = self.ledger.note_scheduled(&scheduled, &self.clock.text())?;
        if is_noted {
            hands.tell(News::Due { day, skipped, next: next_due(self.clock.now(), self.schedule.at) });
        }
        Ok(is_noted)
    }

    /// Seconds until the next look; none where the clock went back behind the last one.
    fn until_look(&self) -> u64 {
        let Some((at, _)) = self.looked else { return 0 };
        let passed = self.clock.seconds() - at;
        match u64::try_from(passed) {
            Ok(passed) => u64::from(self.pause()).saturating_sub(passed),
            Err(_) => 0,
        }
    }

    /// Seconds between two looks: twice as many after each failure.
    fn pause(&self) -> u32 {
        let longest = LONGEST_PAUSE.max(self.schedule.every);
        let doubled = u64::from(self.schedule.every) << self.failures.min(12);
        u32::try_from(doubled).map_or(longest, |seconds| seconds.min(longest))
    }
}
