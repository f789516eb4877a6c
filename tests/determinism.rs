//! A large generated project compiles without findings, and to the same bytes on any number of threads.

#[path = "../benches/generator/mod.rs"]
mod generator;

use std::collections::BTreeMap;

use tidemill::compile::{Compilation, compile};
use tidemill::definition::{ProjectFiles, read_project};

const DATASETS: usize = 300;

fn clean(files: &ProjectFiles) -> Compilation {
    let (compilation, found) = compile(files);
    let found: Vec<String> = found
        .iter()
        .map(|finding| {
            let place = finding.position.as_ref().map_or(String::new(), |position| position.display());
            format!("{place} {}", finding.message)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    compilation.unwrap()
}

fn on_threads(threads: usize, files: &ProjectFiles) -> BTreeMap<String, String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| clean(files).generated)
}

#[test]
fn a_generated_project_compiles_to_the_same_bytes_on_any_number_of_threads() {
    let files = generator::in_memory(&generator::project(DATASETS, 7));
    let compilation = clean(&files);
    // Every ping source brings a stable dataset.
    assert_eq!(compilation.datasets.len(), DATASETS + 8);
    assert_eq!(on_threads(1, &files), compilation.generated);
    assert_eq!(on_threads(4, &files), compilation.generated);
}

#[test]
fn a_project_on_disk_compiles_as_it_does_in_memory() {
    let texts = generator::project(60, 7);
    let folder = tempfile::tempdir().unwrap();
    generator::write(&texts, folder.path()).unwrap();
    let (files, found) = read_project(folder.path()).unwrap();
    assert!(found.is_empty());
    assert_eq!(clean(&files).generated, clean(&generator::in_memory(&texts)).generated);
}

#[test]
fn a_chain_is_compiled_link_by_link() {
    let compilation = clean(&generator::in_memory(&generator::chain(50)));
    let order: Vec<&String> = compilation.order.iter().filter(|name| name.starts_with("chain_")).collect();
    let expected: Vec<String> = (0..50).map(|number| format!("chain_derived.link_{number}_v1")).collect();
    assert_eq!(order, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_wide_source_keeps_all_its_leaves() {
    for nested in [true, false] {
        let compilation = clean(&generator::in_memory(&generator::wide(500, nested)));
        let schema = &compilation.generated["wide_stable/ping_v1/schema.json"];
        assert_eq!(schema.matches("\"leaf_").count(), 500);
    }
}
