//! The whole world of one population: the browser and everything else that its people have and do.
//!
//! The browser's clients live as they would alone; what else there is watches them and draws from streams
//! of its own.

use super::behaviour::Session;
use super::calendar::Period;
use super::delivery::Delivery;
use super::desktop::{self, Desktop};
use super::files::Files;
use super::person::Person;
use super::phone::{self, Phone};
use super::population::Client;
use super::sync::SyncServer;
use super::sync_truth::SyncTruth;
use super::tables::COUNTRIES;
use super::truth::{Acquisition, Truth};
use super::web_truth::WebTruth;
use super::website::{BROWSER, DESKTOP, Installation, Website};
use super::{Scenario, Witness, live};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Files of submissions, in order of arrival.
pub const BROWSER_FILE: &str = "browser.ndjson";
pub const PHONES_FILE: &str = "phones.ndjson";
pub const DESKTOP_FILE: &str = "desktop.ndjson";

/// The truth about a whole world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorldTruth {
    pub browser: Truth,
    /// By namespace, which tells application and channel.
    pub phones: BTreeMap<&'static str, Truth>,
    /// Searches are those of `SEARCH_COUNTS`, durations the lengths of subsessions.
    pub desktop: Truth,
    pub sync: SyncTruth,
    pub web: WebTruth,
    /// By product: downloads in the period that were installed, also where the first ping is still to come.
    /// All other downloads are never installed.
    pub installed: BTreeMap<&'static str, u64>,
    /// By product as in [`WebDay::downloads`](super::WebDay) and by day: those of `new_by_origin` whose
    /// download is in the website's export.
    pub new_by_download: BTreeMap<&'static str, BTreeMap<Date, BTreeMap<Acquisition, u64>>>,
}

/// Codes and names of all countries that people come from: telemetry has the code, the website the name.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().map(|(_, country)| (country.code, country.name))
}

/// Writes everything into files and returns the truth.
///
/// The browser's file is what [`simulate`](super::simulate) writes. A longer period or more clients leave
/// the other lines as they were.
pub fn simulate_world(scenario: &Scenario, files: &mut dyn Files) -> anyhow::Result<WorldTruth> {
    let period = scenario.period()?;
    let mut browser = Delivery::new(&[&scenario.application], &period, files.create(BROWSER_FILE)?);
    let mut rest = Rest {
        seed: scenario.seed,
        people: scenario.clients,
        period: &period,
        phones: Vec::new(),
        phone_delivery: Delivery::new(&phone::namespaces(), &period, files.create(PHONES_FILE)?),
        desktops: Vec::new(),
        desktop_delivery: Delivery::new(&[desktop::NAMESPACE], &period, files.create(DESKTOP_FILE)?),
        sync: SyncServer::new(&period),
        website: Website::new(&period),
        files,
    };
    live(scenario, &period, &mut browser, &mut rest)?;

    let browser = browser.finish()?.pop().unwrap_or_default();
    let desktop = rest.desktop_delivery.finish()?.pop().unwrap_or_default();
    let phones = phone::namespaces().into_iter().zip(rest.phone_delivery.finish()?).collect();
    let sync = rest.sync.finish(rest.files)?;
    let (web, installed) = rest.website.finish(rest.files)?;
    let new_by_download = [(BROWSER, &browser), (DESKTOP, &desktop)]
        .map(|(product, truth)| (product, by_download(product, truth, &installed)))
        .into();
    let mut installations: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (product, _) in &installed {
        *installations.entry(product).or_default() += 1;
    }
    Ok(WorldTruth { browser, phones, desktop, sync, web, installed: installations, new_by_download })
}

/// The new clients of a product whose download is in the export, by day and where they come from.
fn by_download(
    product: &'static str,
    truth: &Truth,
    installed: &BTreeSet<Installation>,
) -> BTreeMap<Date, BTreeMap<Acquisition, u64>> {
    let mut days: BTreeMap<Date, BTreeMap<Acquisition, u64>> = BTreeMap::new();
    for newcomer in &truth.newcomers {
        if installed.contains(&(product, newcomer.client)) {
            *days.entry(newcomer.day).or_default().entry(newcomer.origin).or_default() += 1;
        }
    }
    days
}

/// What people have and do beside the browser.
struct Rest<'a> {
    seed: u64,
    people: u32,
    period: &'a Period,
    phones: Vec<Phone>,
    phone_delivery: Delivery<'a>,
    desktops: Vec<Desktop>,
    desktop_delivery: Delivery<'a>,
    sync: SyncServer<'a>,
    website: Website<'a>,
    files: &'a mut dyn Files,
}

impl Witness for Rest<'_> {
    fn meets(&mut self, client: &Client) -> anyhow::Result<()> {
        let Some(person) = Person::of(client) else { return Ok(()) };
        let first_day = self.period.first_lived_day();
        self.phones.extend(Phone::of(self.seed, &person, first_day));
        self.desktops.extend(Desktop::of(self.seed, &person, first_day));
        self.sync.welcome(self.seed, &person);
        Ok(())
    }

    fn sees(&mut self, client: &Client, day: Date, sessions: &[Session]) -> anyhow::Result<()> {
        let (Some(person), Some(build)) = (Person::of(client), &client.state.build) else { return Ok(()) };
        for session in sessions {
            self.sync.session(person.number, "TideBrowser", &build.version, *session)?;
        }
        let profile = &client.profile;
        if let (true, Some(origin), Some(first)) =
            (profile.first_run == day, profile.origin, sessions.first())
        {
            let system = profile.system.visitor;
            self.website.install(self.seed, BROWSER, &person, origin, system, first.start);
        }
        Ok(())
    }

    fn ends(&mut self, day: Date, settled: i64) -> anyhow::Result<()> {
        for phone in &mut self.phones {
            phone.live(day, &mut self.phone_delivery)?;
        }
        self.phones.retain_mut(|phone| !phone.leaves_after(day));
        for desktop in &mut self.desktops {
            let sessions = desktop.live(day, &mut self.desktop_delivery)?;
            let Desktop { person, first_use, origin, environment, build, .. } = &*desktop;
            for session in &sessions {
                let version = build.as_ref().map_or("", |build| &build.version);
                self.sync.session(person.number, "TideDesktop", version, *session)?;
            }
            if let (true, Some(origin), Some(first)) = (*first_use == day, origin, sessions.first()) {
                let system = environment.system.visitor;
                self.website.install(self.seed, DESKTOP, person, origin, system, first.start);
            }
        }
        self.desktops.retain_mut(|desktop| !desktop.leaves_after(day));
        self.website.strangers(self.seed, self.people, day)?;
        self.phone_delivery.write_until(settled)?;
        self.desktop_delivery.write_until(settled)?;
        self.sync.write_until(settled, self.files)?;
        self.website.write_until(settled, self.files)
    }
}
