//! Lets the program find the prebuilt DuckDB library where it was linked from, so that an
//! installed binary runs from any folder. With the feature `bundled` there is nothing to find.
//! And names the program by its own source, so that no other one takes what it kept for its own.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=.cargo/build.rs");
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.toml", "Cargo.lock", "src"] {
        println!("cargo:rerun-if-changed={part}");
        hash(Path::new(part), &mut hasher);
    }
    println!("cargo:rustc-env=TIDEMILL_BUILD={:016x}", hasher.finish());
    find_duckdb();
}

/// Hashes a file, or all files below a folder, in the order of their names.
fn hash(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| hash(entry, hasher));
    } else if let Ok(content) = std::fs::read(path) {
        content.hash(hasher);
    }
}

fn find_duckdb() {
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    if std::env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        return;
    }
    let Some(folder) = std::env::var_os("DUCKDB_LIB_DIR") else { return };
    match std::path::Path::new(&folder).canonicalize() {
        Ok(folder) => println!("cargo:rustc-link-arg=-Wl,-rpath,{}", folder.display()),
        Err(_) => println!(
            "cargo:warning=no DuckDB library in {}: run `make duckdb`, or build with `--features bundled`",
            folder.display()
        ),
    }
}
