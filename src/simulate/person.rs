//! A person: what all that someone has in common, and when it is used.
//!
//! People are the browser's clients that are no test machines. Whatever else they have draws from a stream
//! of its own, so that the browser never notices.

use super::behaviour::Session;
use super::calendar::{add_days, is_weekend, local_instant};
use super::population::Client;
use super::random::Stream;
use super::tables::{City, Country, HOURS_AT_HOME, HOURS_AT_WORK, Habit, LATER_DAYS};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Where someone lives and how they go about things.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The number of their browser as a client.
    pub(super) number: u64,
    pub(super) country: &'static Country,
    pub(super) city: &'static City,
    pub(super) zone: TimeZone,
    /// What the edge looks up, as JSON text.
    pub(super) geo: String,
    pub(super) locale: &'static str,
    first_run: Date,
    habit: &'static Habit,
    at_work: bool,
}

impl Person {
    /// Who uses a browser, if that is a person.
    pub(super) fn of(client: &Client) -> Option<Self> {
        let profile = &client.profile;
        (!profile.habit.automation).then(|| Self {
            number: client.number,
            country: profile.country,
            city: profile.city,
            zone: profile.zone.clone(),
            geo: profile.geo.clone(),
            locale: profile.locale,
            first_run: profile.first_run,
            habit: profile.habit,
            at_work: profile.at_work,
        })
    }

    /// Draws the day from which on they have something else.
    pub(super) fn first_use(&self, stream: &mut Stream) -> Date {
        let days = *stream.pick(LATER_DAYS);
        add_days(self.first_run, stream.between(days) as i32)
    }

    /// Days on which something was used in so many days, about.
    pub(super) fn active_days(&self, age: i32, share_per_mille: u32) -> u32 {
        u32::try_from(age).unwrap_or_default() * self.habit.active_per_mille / 1000 * share_per_mille / 1000
    }

    /// Draws when sessions begin on a local day, in order; none where it is not used. The first day always is.
    pub(super) fn session_starts(
        &self,
        stream: &mut Stream,
        day: Date,
        is_first_day: bool,
        share_per_mille: u32,
        most: u32,
    ) -> anyhow::Result<Vec<i64>> {
        let rests = self.at_work && is_weekend(day);
        let chance = self.habit.active_per_mille * share_per_mille / 1000;
        let chance = if rests { chance * self.country.weekend_per_mille / 1000 } else { chance };
        if !stream.chance(chance) && !is_first_day {
            return Ok(Vec::new());
        }
        let hours = if self.at_work && !is_weekend(day) { HOURS_AT_WORK } else { HOURS_AT_HOME };
        let mut starts = Vec::new();
        for _ in 0..stream.between((1, most)) {
            let second = stream.pick(hours) * 3600 + stream.below(3600);
            let milliseconds = i64::from(stream.below(1000));
            starts.push(local_instant(day, second, &self.zone)? + milliseconds);
        }
        starts.sort_unstable();
        Ok(starts)
    }
}

/// Whether something is still in use when a session would begin.
pub(super) fn overlaps(last: Option<Session>, start: i64) -> bool {
    last.is_some_and(|last| start < last.end + 60_000)
}
