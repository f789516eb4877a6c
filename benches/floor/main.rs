//! A full compile held against the floor, in one run: `cargo bench --bench floor`. Each is a process of its
//! own, so that processor time and memory are what the system counts for it.
//! `docs/performance.md` holds the figures.

mod floor;
#[path = "../generator/mod.rs"]
mod generator;
mod measure;

use std::path::Path;

use measure::{Cost, cheapest, child};
use tidemill::compile::compile;
use tidemill::definition::read_project;

const SEED: u64 = 1;
/// What the floor is held against.
const DATASETS: usize = 5_000;
/// What must grow no faster than the number of datasets.
const SIZES: [usize; 3] = [5_000, 10_000, 20_000];
/// In turns, so that a slow moment of the machine meets both.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["floor", folder] => {
            assert!(floor::run(Path::new(folder)) > 0, "the floor found no query");
        }
        ["compile", folder] => full(Path::new(folder)),
        _ => {
            against_floor();
            by_size();
        }
    }
}

/// A full compile: files on disk → the compilation with all files of `generated/` in memory.
fn full(folder: &Path) {
    let (files, found) = read_project(folder).unwrap_or_else(|_| panic!("no project in {folder:?}"));
    assert!(found.is_empty(), "the generated project has findings");
    let (compilation, found) = compile(&files);
    let errors = found.iter().filter(|one| one.is_error()).count();
    assert!(compilation.is_some() && errors == 0, "the generated project has mistakes");
}

fn project(datasets: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    generator::write(&generator::project(datasets, SEED), folder.path()).expect("the folder can be written");
    folder
}

fn against_floor() {
    let folder = project(DATASETS);
    let path = folder.path().to_str().expect("temporary folders have plain names");
    let (mut floors, mut compiles) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        floors.push(child(&["floor", path]));
        compiles.push(child(&["compile", path]));
    }
    let (floor, full) = (cheapest(&floors), cheapest(&compiles));
    println!("{DATASETS} datasets, the cheapest of {RUNS} runs each");
    line("floor", floor, floor);
    line("full compile", full, floor);
}

fn by_size() {
    println!("full compile by size, the cheapest of 3 runs each");
    let mut smaller: Option<Cost> = None;
    for datasets in SIZES {
        let folder = project(datasets);
        let path = folder.path().to_str().expect("temporary folders have plain names");
        let cost = cheapest(&[(); 3].map(|()| child(&["compile", path])));
        line(&format!("{datasets} datasets"), cost, smaller.unwrap_or(cost));
        smaller = Some(cost);
    }
}

fn line(what: &str, cost: Cost, against: Cost) {
    let Cost { processor, clock, memory } = cost;
    println!(
        "  {what:16} {:8.0} ms of processor  {:5.2} times  {:8.0} ms by the clock  {:5} MB",
        processor.as_secs_f64() * 1e3,
        processor.as_secs_f64() / against.processor.as_secs_f64(),
        clock.as_secs_f64() * 1e3,
        memory >> 20,
    );
}
