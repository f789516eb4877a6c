//! A full compile held against the floor, in one run: `cargo bench --bench floor`. Each is a process of its
//! own, so that processor time and memory are what the system counts for it.
//! `docs/performance.md` holds the figures.

mod floor;
#[allow(dead_code, reason = "chains and projects in memory are for the other benchmark")]
#[path = "../generator/mod.rs"]
mod generator;
mod measure;

use std::path::Path;

use measure::{Cost, cheapest, child};
use tidemill::cache::{Folder, Memory};
use tidemill::compile::{Compilation, Examined, Outcome, examine};
use tidemill::definition::{ProjectFiles, read_project};
use tidemill::diagnostic::Diagnostic;

/// That of the program, for the floor too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 1;
/// What the floor is held against.
const DATASETS: usize = 5_000;
/// What must grow no faster than the number of datasets.
const SIZES: [usize; 3] = [5_000, 10_000, 20_000];
/// About as many as the widest ping table that is known.
const LEAVES: usize = 10_200;
const READERS: [usize; 3] = [1, 100, 1_000];
/// In turns, so that a slow moment of the machine meets both.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["floor", folder] => {
            assert!(floor::run(Path::new(folder)) > 0, "the floor found no query");
        }
        ["compile", folder] => full(Path::new(folder), &Memory::none()),
        ["remember", folder, cache] => remembered(Path::new(folder), &Folder::new(cache)),
        _ => {
            against_floor();
            by_size();
            by_readers();
        }
    }
}

/// A full compile: files on disk → the compilation with all files of `generated/` in memory.
fn full(folder: &Path, memory: &Memory) {
    let compiled = compiled(&read(folder), memory);
    // The program ends without freeing it, too.
    std::mem::forget(compiled);
}

/// What `tidemill compile` does before it looks at `generated/`: with nothing changed nothing is compiled.
fn remembered(folder: &Path, cache: &Folder) {
    let files = read(folder);
    let key = Outcome::key(&files, None);
    if cache.outcome(&key).and_then(|bytes| Outcome::from_bytes(&bytes, &files)).is_some() {
        return;
    }
    let memory = Memory::open(cache);
    let (compilation, warnings) = compiled(&files, &memory);
    memory.save();
    cache.keep_outcome(&key, &Outcome::new(&compilation, &warnings).to_bytes());
}

fn read(folder: &Path) -> ProjectFiles {
    let (files, found) = read_project(folder).unwrap_or_else(|_| panic!("no project in {folder:?}"));
    assert!(found.is_empty(), "the generated project has findings");
    files
}

fn compiled(files: &ProjectFiles, memory: &Memory) -> (Compilation, Vec<Diagnostic>) {
    let Examined { compilation, found, .. } = examine(files, None, memory);
    (compilation.expect("the generated project has no mistakes"), found)
}

fn project(texts: &generator::Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    generator::write(texts, folder.path()).expect("the folder can be written");
    folder
}

fn name(folder: &tempfile::TempDir) -> &str {
    folder.path().to_str().expect("temporary folders have plain names")
}

fn against_floor() {
    let texts = generator::project(DATASETS, SEED);
    let (folder, cache) = (project(&texts), tempfile::tempdir().expect("a temporary folder can be made"));
    let path = name(&folder);
    let (mut floors, mut compiles) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        floors.push(child(&["floor", path]));
        compiles.push(child(&["compile", path]));
    }
    let (floor, full) = (cheapest(&floors), cheapest(&compiles));
    println!("{DATASETS} datasets, the cheapest of {RUNS} runs each");
    line("floor", floor, floor);
    line("full compile", full, floor);

    println!("the same with a cache, against the full compile");
    let remember = || child(&["remember", path, name(&cache)]);
    line("into an empty one", remember(), full);
    line("nothing changed", cheapest(&[(); RUNS].map(|()| remember())), full);
    let edited = |number: usize| {
        let (path, text) =
            texts.iter().filter(|(path, _)| path.contains("area_")).nth(number).expect("a dataset");
        std::fs::write(folder.path().join(path), format!("{text}# a remark\n"))
            .expect("a file can be written");
        remember()
    };
    let runs: Vec<Cost> = (0..RUNS).map(edited).collect();
    line("one file changed", cheapest(&runs), full);
}

fn by_size() {
    println!("full compile by size, against the half, the cheapest of 3 runs each");
    let mut half: Option<Cost> = None;
    for datasets in SIZES {
        let folder = project(&generator::project(datasets, SEED));
        let cost = cheapest(&[(); 3].map(|()| child(&["compile", name(&folder)])));
        line(&format!("{datasets} datasets"), cost, half.unwrap_or(cost));
        half = Some(cost);
    }
}

fn by_readers() {
    println!("one source of {LEAVES} leaves, against a single reader, the cheapest of 3 runs each");
    let mut single: Option<Cost> = None;
    for readers in READERS {
        let mut texts = generator::wide(LEAVES, true);
        let (path, text) = texts.iter().find(|(path, _)| path.ends_with("few.yaml")).expect("a reader");
        let (path, text) = (path.clone(), text.clone());
        for number in 1..readers {
            let other = |text: &str| text.replace("few", &format!("few_{number}"));
            texts.insert(other(&path), other(&text));
        }
        let folder = project(&texts);
        let cost = cheapest(&[(); 3].map(|()| child(&["compile", name(&folder)])));
        line(&format!("{readers} readers"), cost, single.unwrap_or(cost));
        single = single.or(Some(cost));
    }
}

fn line(what: &str, cost: Cost, against: Cost) {
    let Cost { processor, clock, memory } = cost;
    println!(
        "  {what:17} {:8.0} ms of processor  {:5.3} times  {:8.0} ms by the clock  {:5} MB",
        processor.as_secs_f64() * 1e3,
        processor.as_secs_f64() / against.processor.as_secs_f64(),
        clock.as_secs_f64() * 1e3,
        memory >> 20,
    );
}
