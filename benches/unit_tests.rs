//! How long `tidemill test` takes for 500 small tests, files on disk and compiling aside: reading, typing, translating and
//! running them on all cores. `docs/performance.md` holds the figures.

use std::path::Path;

use divan::Bencher;
use tidemill::compile::{Compilation, compile};
use tidemill::definition::read_project;
use tidemill::unit_test::{self, Outcome};

/// 50 files of 10 tests.
const FILES: usize = 50;
const TESTS: usize = 10;

fn main() {
    divan::main();
}

/// Datasets of some lines over a table of some columns.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn five_hundred_small_tests(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let compilation = compiled(folder.path());
    bencher.bench_local(|| passed(folder.path(), &compilation, FILES * TESTS));
}

/// The tests of the sample project, whose pings are wide.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn tests_of_the_sample_project(bencher: Bencher) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compilation = compiled(root);
    bencher.bench_local(|| passed(root, &compilation, 50));
}

fn compiled(root: &Path) -> Compilation {
    let (files, _) = read_project(root).unwrap();
    compile(&files).0.unwrap()
}

fn passed(root: &Path, compilation: &Compilation, least: usize) {
    let mut found = Vec::new();
    let tests = unit_test::read(root, &mut found);
    let (prepared, mistakes) = unit_test::prepare(&tests, compilation, "dev", &|_| true);
    assert!(found.is_empty() && mistakes.is_empty());
    let tested = unit_test::run(prepared).unwrap();
    assert!(tested.len() >= least);
    assert!(tested.iter().all(|one| matches!(one.outcome, Outcome::Passed)));
}

fn write(root: &Path) {
    let file = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file(
        "tidemill.yaml",
        "project: small\ntargets: {dev: {engine: duckdb, path: dev.duckdb}}\ndefaults: {owners: [data@example.com]}\n",
    );
    file(
        "datasets/visits.yaml",
        "source: shop.visits_v1\nkind: table\ndescription: Visits.\nstart: 2026-11-20\n\
         partition_by: {column: day, every: day}\n\
         schema: {columns: {day: DATE, person: STRING, country: STRING, spent: FLOAT64}}\n",
    );
    for number in 0..FILES {
        file(
            &format!("datasets/spent_{number}.yaml"),
            &format!(
                "dataset: shop_derived.spent_{number}_v1\ndescription: What people spent.\nfrom: shop.visits_v1\n\
                 template: tidemill/aggregate\nwith: {{dimensions: [country], measures: {{visits: count(*), spent: sum(spent) + {number}}}}}\n"
            ),
        );
        let mut tests = format!("dataset: shop_derived.spent_{number}_v1\ntests:\n");
        for test in 0..TESTS {
            tests.push_str(&format!(
                "  - name: test {test}\n    parameters: {{submission_date: 2026-11-20}}\n    given:\n      shop.visits_v1:\n\
                 \x20       - {{day: 2026-11-20, person: a, country: DE, spent: {test}.5}}\n\
                 \x20       - {{day: 2026-11-20, person: b, country: DE, spent: 1}}\n\
                 \x20       - {{day: 2026-11-21, person: a, country: FR, spent: 1}}\n    expect:\n\
                 \x20     - {{submission_date: 2026-11-20, country: DE, visits: 2, spent: {}}}\n",
                test as f64 + 1.5 + number as f64
            ));
        }
        file(&format!("tests/spent_{number}.yaml"), &tests);
    }
}
