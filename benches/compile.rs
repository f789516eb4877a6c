//! How long it takes to read and compile projects. `docs/performance.md` holds the figures and says how
//! to get them.

mod generator;

use divan::Bencher;
use tidemill::compile::compile;
use tidemill::definition::{ProjectFiles, read_project};

const SEED: u64 = 1;
const SIZES: [usize; 2] = [1_000, 5_000];
const LEAVES: usize = 10_000;

fn main() {
    divan::main();
}

/// Files on disk → texts.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn read_files(bencher: Bencher, datasets: usize) {
    let folder = tempfile::tempdir().unwrap();
    generator::write(&generator::project(datasets, SEED), folder.path()).unwrap();
    bencher.bench_local(|| read_project(folder.path()).unwrap());
}

/// Texts → the compilation, with all files of `generated/` in memory.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn compile_project(bencher: Bencher, datasets: usize) {
    let files = generator::in_memory(&generator::project(datasets, SEED));
    bencher.bench_local(|| compiled(&files));
}

/// Datasets that each read the one before.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn compile_chain(bencher: Bencher, datasets: usize) {
    let files = generator::in_memory(&generator::chain(datasets));
    bencher.bench_local(|| compiled(&files));
}

/// A ping source with 10,000 leaves in nested records, its stable dataset, and a reader of three leaves.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn compile_wide_nested(bencher: Bencher) {
    let files = generator::in_memory(&generator::wide(LEAVES, true));
    bencher.bench_local(|| compiled(&files));
}

/// The same with 10,000 columns side by side.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn compile_wide_flat(bencher: Bencher) {
    let files = generator::in_memory(&generator::wide(LEAVES, false));
    bencher.bench_local(|| compiled(&files));
}

fn compiled(files: &ProjectFiles) -> usize {
    let (compilation, found) = compile(files);
    assert!(found.is_empty(), "the generated project has findings");
    compilation.unwrap().generated.len()
}
