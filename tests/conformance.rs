//! The tables of docs/googlesql.md are current: they are what the program says of itself.

#[path = "conformance/syntax.rs"]
mod syntax;

#[path = "values/coverage.rs"]
#[expect(dead_code)]
mod coverage;
#[path = "values/written.rs"]
#[expect(dead_code)]
mod written;

const MARK: &str = "<!-- written by the program from here -->\n";

#[test]
fn the_page_about_googlesql_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/googlesql.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (prose, _) = page.split_once(MARK).unwrap();
    let constructs = syntax::table();
    let covered = coverage::covered();
    let functions = tidemill::sql::conformance(&|name| covered.get(name).map_or(0, |one| one.cases));
    let wanted =
        format!("{prose}{MARK}\n## Constructs\n\n{constructs}\n## Functions\n\n{}\n", functions.trim_end());
    if std::env::var_os("TIDEMILL_WRITE_DOCS").is_some() {
        std::fs::write(path, &wanted).unwrap();
        return;
    }
    assert!(
        page == wanted,
        "docs/googlesql.md is out of date: TIDEMILL_WRITE_DOCS=1 cargo test --test conformance"
    );
}
