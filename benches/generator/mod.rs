//! Projects as large as one wants: the same size and seed give the same files, byte for byte.
//!
//! At the bottom stand Glean pings and tables that something else fills; above them ten layers of
//! datasets, each reading mostly from the layer right below. Half of the datasets bring a user view.

mod dataset;
mod random;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use tidemill::definition::ProjectFiles;
use tidemill::diagnostic::Source;

use dataset::Made;
use random::Random;

/// Layers of datasets above the sources.
const LAYERS: usize = 10;

const CONFIG: &str = "project: generated\n\
    targets:\n  dev: {engine: duckdb, path: .tidemill/dev.duckdb}\n\
    defaults:\n  owners: [data@example.com]\n";

/// The files of a project, by path below its root.
pub type Files = BTreeMap<String, String>;

/// A project of so many dataset definitions.
pub fn project(datasets: usize, seed: u64) -> Files {
    let mut random = Random::new(seed);
    let mut files = Files::from([("tidemill.yaml".to_owned(), CONFIG.to_owned())]);
    let sources = source::all(&mut files);
    let mut layers: Vec<Vec<Made>> = Vec::new();
    for number in 0..datasets {
        let layer = number * LAYERS / datasets;
        if layer == layers.len() {
            layers.push(Vec::new());
        }
        let (path, text, made) = match layer.checked_sub(1) {
            None => dataset::on_source(number, &sources, &mut random),
            Some(below) => dataset::on_datasets(number, &layers[..=below], &mut random),
        };
        files.insert(path, text);
        layers[layer].push(made);
    }
    files
}

/// A project of datasets that each read the one before: as deep as it is large.
pub fn chain(datasets: usize) -> Files {
    let mut files = Files::from([("tidemill.yaml".to_owned(), CONFIG.to_owned())]);
    source::all(&mut files);
    let mut upstream = "imported.feed_0".to_owned();
    for number in 0..datasets {
        let (path, text, made) = dataset::link(number, &upstream);
        files.insert(path, text);
        upstream = made;
    }
    files
}

/// A project of one ping source whose schema has so many leaves, with a dataset that reads a few of them.
/// Nested as ten by ten records, or flat: every leaf a column.
pub fn wide(leaves: usize, nested: bool) -> Files {
    let mut files = Files::from([("tidemill.yaml".to_owned(), CONFIG.to_owned())]);
    source::wide(leaves, nested, &mut files);
    files
}

/// A project's files as they are after reading, without a disk in between.
pub fn in_memory(files: &Files) -> ProjectFiles {
    let config = Source::new("tidemill.yaml", files["tidemill.yaml"].as_str());
    let mut definitions = Vec::new();
    let mut beside = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("datasets/")) {
        let source = Source::new(path.as_str(), text.as_str());
        if path.ends_with(".yaml") && !path.ends_with("/metrics.yaml") {
            definitions.push(source);
        } else {
            beside.insert(path.clone(), source);
        }
    }
    ProjectFiles { config, definitions, beside, templates: BTreeMap::new() }
}

/// Writes a project to a folder.
pub fn write(files: &Files, root: &Path) -> io::Result<()> {
    for (path, text) in files {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
