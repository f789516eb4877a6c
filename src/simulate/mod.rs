//! Makes the data of products that nobody uses, and knows the truth about them: pings of a browser, its
//! older desktop edition and two phone applications, the log of a synchronisation server and a website's
//! export, all from one seed and one population.
//!
//! Demonstrations and tests need data that look like life (weekends, churn, releases, late and
//! damaged arrivals) and totals to hold tables against. The same scenario is the same bytes on every
//! machine; it must never use the clock, the system's randomness, floating-point numbers or any other
//! station.

mod behaviour;
mod calendar;
mod delivery;
mod desktop;
mod export;
mod files;
mod json;
mod main_ping;
mod malformed;
mod person;
mod phone;
mod ping;
mod population;
mod queue;
mod random;
mod release;
mod sync;
mod sync_truth;
mod tables;
mod truth;
mod web_truth;
mod website;
mod world;

#[cfg(test)]
mod tests;

pub use files::{Files, Memory};
pub use sync::FILES as SYNC_FILES;
pub use sync_truth::{SyncDay, SyncTruth};
pub use truth::{Acquisition, Attribution, DayTruth, Truth};
pub use web_truth::{WebDay, WebTruth};
pub use website::FILES as WEBSITE_FILES;
pub use world::{BROWSER_FILE, DESKTOP_FILE, PHONES_FILE, WorldTruth, countries, simulate_world};

use anyhow::ensure;
use behaviour::Session;
use calendar::{Period, settled_after};
use delivery::Delivery;
use jiff::civil::Date;
use population::Client;
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
    /// The browser's namespace in the path of a submission, such as `tide-browser`.
    pub application: String,
}

impl Scenario {
    fn period(&self) -> anyhow::Result<Period> {
        let application = &self.application;
        let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        ensure!(
            !application.is_empty() && application.chars().all(is_name),
            "an application is named in lower-case letters, digits and dashes, not `{application}`"
        );
        ensure!(self.clients <= MOST_CLIENTS, "a simulation has at most {MOST_CLIENTS} clients");
        Period::new(self.first_day, self.days)
    }
}

/// Writes the browser's submissions alone, one JSON a line in order of arrival, and returns the truth.
///
/// A longer period or more clients leave the other lines as they were.
pub fn simulate(scenario: &Scenario, out: &mut dyn Write) -> anyhow::Result<Truth> {
    let period = scenario.period()?;
    let mut delivery = Delivery::new(&[&scenario.application], &period, Box::new(out));
    live(scenario, &period, &mut delivery, &mut Nobody)?;
    Ok(delivery.finish()?.pop().unwrap_or_default())
}

/// Who sees the browser's clients live, and can never change what they do.
trait Witness {
    /// A client exists, or arrives on the day that is about to be lived.
    fn meets(&mut self, _client: &Client) -> anyhow::Result<()> {
        Ok(())
    }

    /// A client has used the browser on a local day, or has not.
    fn sees(&mut self, _client: &Client, _day: Date, _sessions: &[Session]) -> anyhow::Result<()> {
        Ok(())
    }

    /// All clients have lived a local day; nothing more can happen before the instant.
    fn ends(&mut self, _day: Date, _settled: i64) -> anyhow::Result<()> {
        Ok(())
    }
}

struct Nobody;

impl Witness for Nobody {}

/// Lets the clients of the browser live day by day.
fn live(
    scenario: &Scenario,
    period: &Period,
    delivery: &mut Delivery,
    witness: &mut dyn Witness,
) -> anyhow::Result<()> {
    let Scenario { seed, clients: count, .. } = *scenario;
    let mut clients: Vec<Client> = Vec::new();
    for day in period.local_days() {
        let mut newcomers = Vec::new();
        if day == period.first_lived_day() {
            newcomers = population::existing(seed, count, day)?;
        }
        newcomers.extend(population::arriving(seed, count, day)?);
        newcomers.iter().try_for_each(|client| witness.meets(client))?;
        clients.extend(newcomers);
        for client in &mut clients {
            let sessions = behaviour::live(client, day, delivery)?;
            witness.sees(client, day, &sessions)?;
        }
        clients.retain_mut(|client| !client.leaves_after(day));
        let settled = settled_after(day)?;
        delivery.write_until(settled)?;
        witness.ends(day, settled)?;
    }
    Ok(())
}
