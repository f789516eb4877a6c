//! Lets the program find the prebuilt DuckDB library where it was linked from, so that an
//! installed binary runs from any folder. With the feature `bundled` there is nothing to find.

fn main() {
    println!("cargo:rerun-if-changed=.cargo/build.rs");
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
