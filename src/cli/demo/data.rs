//! The data of the demo: simulated into a folder beside an empty warehouse, and ingested from there.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::context::{Compiled, Globals, Problem};
use crate::cli::{generated_files, report, work};
use crate::ingest::{Defaults, Destination, Summary, ingest_file, ingest_source_file, routes};
use crate::run;
use crate::simulate::{
    BROWSER_FILE, DESKTOP_FILE, Files, PHONES_FILE, SYNC_FILES, Scenario, WEBSITE_FILES, WorldTruth,
    simulate_world,
};
use crate::warehouse::own_folder;

/// The sources of what is no ping.
pub const SYNC_SOURCE: &str = "sync.requests_v1";
pub const WEBSITE_SOURCE: &str = "website.events_*";

/// Files of a folder, in the order in which they were made.
struct Folder {
    path: PathBuf,
    made: Vec<PathBuf>,
}

impl Files for Folder {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write>> {
        let path = self.path.join(name);
        let file = std::fs::File::create(&path)?;
        self.made.push(path);
        Ok(Box::new(BufWriter::new(file)))
    }
}

/// Simulates into a folder beside an empty warehouse; gives the files.
pub fn simulated(
    scenario: &Scenario,
    compiled: &Compiled,
    globals: &Globals,
) -> Result<(Vec<PathBuf>, WorldTruth), Problem> {
    let place = compiled.place(globals)?;
    let warehouse = place.warehouse;
    for old in [warehouse.clone(), warehouse.with_extension("duckdb.wal"), place.ledger] {
        for file in [
            old.clone(),
            PathBuf::from(format!("{}-wal", old.display())),
            PathBuf::from(format!("{}-shm", old.display())),
        ] {
            if file.exists() {
                std::fs::remove_file(&file).map_err(|error| generated_files::unwritable(&file, &error))?;
            }
        }
    }
    let path = warehouse.with_file_name("demo-data");
    own_folder(&path).map_err(|error| generated_files::unwritable(&path, &error))?;
    let mut folder = Folder { path, made: Vec::new() };
    let truth = simulate_world(scenario, &mut folder)?;
    if !globals.quiet && !globals.json {
        let phones: u64 = truth.phones.values().map(|truth| truth.lines).sum();
        report::line(&format!(
            "simulated  {} days of {} people: {} pings, {} lines of a server's log, {} events of a website",
            scenario.days,
            truth.browser.clients,
            truth.browser.lines + truth.desktop.lines + phones,
            truth.sync.lines,
            truth.web.events
        ));
    }
    Ok((folder.made, truth))
}

/// Ingests every file the way of its kind.
pub fn ingest(
    files: &[PathBuf],
    compiled: &Compiled,
    opened: &work::Opened,
    globals: &Globals,
) -> Result<(), Problem> {
    let compilation = &compiled.compilation;
    run::shape(compilation, &opened.warehouse)?.map_err(Problem::Findings)?;
    let routes = routes(compilation);
    let (sync, website) =
        (Destination::find(compilation, SYNC_SOURCE)?, Destination::find(compilation, WEBSITE_SOURCE)?);
    let (warehouse, ledger, clock) = (&opened.warehouse, opened.ledger.as_ref(), opened.clock);
    let mut accepted: BTreeMap<String, u64> = BTreeMap::new();
    let (mut rejected, mut repeated) = (0, 0);
    for file in files {
        let summary: Summary = match kind(file) {
            Kind::Pings => ingest_file(file, &routes, &Defaults::default(), warehouse, ledger, clock),
            Kind::Sync => ingest_source_file(file, &sync, warehouse, ledger, clock),
            Kind::Website => ingest_source_file(file, &website, warehouse, ledger, clock),
        }
        .map_err(|error| anyhow::anyhow!(error))?;
        for (table, rows) in summary.accepted {
            *accepted.entry(table).or_default() += rows;
        }
        rejected += summary.rejected.values().sum::<u64>();
        repeated += summary.repeated;
    }
    if !globals.quiet && !globals.json {
        report::line(&format!(
            "ingested   {} files: {} rows into {} tables, {repeated} lines left out as repeated, {rejected} in tidemill.ingest_error with the reason",
            files.len(),
            accepted.values().sum::<u64>(),
            accepted.len(),
        ));
    }
    Ok(())
}

enum Kind {
    Pings,
    Sync,
    Website,
}

/// What a file of the simulation holds, by its name.
fn kind(file: &Path) -> Kind {
    let name = file.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    match name.rsplit_once('_') {
        _ if [BROWSER_FILE, PHONES_FILE, DESKTOP_FILE].contains(&name.as_str()) => Kind::Pings,
        Some((SYNC_FILES, _)) => Kind::Sync,
        Some((WEBSITE_FILES, _)) => Kind::Website,
        _ => Kind::Pings,
    }
}
