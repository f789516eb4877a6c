//! Makes the submissions of a browser that nobody uses, and knows the truth about them.
//!
//! Demonstrations and tests need pings that look like life (weekends, churn, releases, late and
//! damaged arrivals) and totals to hold tables against. The same scenario is the same bytes on every
//! machine; it must never use the clock, the system's randomness, floating-point numbers or any other
//! station.

mod behaviour;
mod calendar;
mod delivery;
mod json;
mod malformed;
mod ping;
mod population;
mod random;
mod release;
mod tables;
mod truth;

#[cfg(test)]
mod tests;

pub use truth::{DayTruth, Truth};

use anyhow::ensure;
use calendar::{Period, settled_after};
use delivery::Delivery;
use jiff::civil::Date;
use std::io::Write;

/// All clients are held in memory.
const MOST_CLIENTS: u32 = 1_000_000;

/// What to simulate.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Everything that is left to chance follows from it.
    pub seed: u64,
    /// The first UTC day of receipt.
    pub first_day: Date,
    pub days: u32,
    /// About how many profiles exist or arrive in six weeks; not all of them are seen.
    pub clients: u32,
    /// The namespace in the path of a submission, such as `tide-browser`.
    pub application: String,
}

/// Writes submissions, one JSON a line in order of arrival, and returns the truth.
///
/// A longer period or more clients leave the other lines as they were.
pub fn simulate(scenario: &Scenario, out: &mut dyn Write) -> anyhow::Result<Truth> {
    let application = &scenario.application;
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    ensure!(
        !application.is_empty() && application.chars().all(is_name),
        "an application is named in lower-case letters, digits and dashes, not `{application}`"
    );
    ensure!(scenario.clients <= MOST_CLIENTS, "a simulation has at most {MOST_CLIENTS} clients");
    let period = Period::new(scenario.first_day, scenario.days)?;
    let mut delivery = Delivery::new(application, &period, out);
    let mut clients = Vec::new();
    for (index, day) in period.local_days().enumerate() {
        if index == 0 {
            clients = population::existing(scenario.seed, scenario.clients, day)?;
        }
        clients.extend(population::arriving(scenario.seed, scenario.clients, day)?);
        for client in &mut clients {
            behaviour::live(client, day, &mut delivery)?;
        }
        clients.retain_mut(|client| !client.leaves_after(day));
        delivery.write_until(settled_after(day)?)?;
    }
    delivery.finish()
}
