//! What is fuzzed: each target reads a text on its whole way and says what must hold of the answer.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use tidemill::compile;
use tidemill::definition::ProjectFiles;
use tidemill::diagnostic::{Source, render_all};
use tidemill::period::Cadence;
use tidemill::schema::{Field, parse_type};
use tidemill::sql::format::{Mixed, WIDTH, format};
use tidemill::sql::{self, Catalogue, Parsed, Table};
use tidemill::unit_test;

pub struct Target {
    pub name: &'static str,
    /// Folders of the project whose files are seeds too.
    pub folders: &'static [&'static str],
    pub run: fn(&str),
}

pub const TARGETS: &[Target] = &[
    Target { name: "analyse", folders: &["tests/queries/parse", "generated"], run: analyse },
    Target { name: "definitions", folders: &["datasets"], run: |text| compiled(text, None) },
    Target {
        name: "templates",
        folders: &["templates", "src/template/builtin"],
        run: |text| compiled(TEMPLATED, Some(text)),
    },
    Target { name: "tests", folders: &["tests/datasets"], run: tested },
];

/// Tokens, formatting, scripts, and the way of a query: tree, names and types, reads, lineage, translation.
fn analyse(text: &str) {
    let _ = black_box(sql::pieces(text));
    black_box(sql::script_uses(text).ok());
    formatted(text);
    let Ok(parsed) = Parsed::new(text) else { return };
    black_box(parsed.references());
    let canonical = parsed.canonical.clone();
    match Parsed::new(&canonical) {
        Ok(again) => assert_eq!(again.canonical, canonical, "{text:?} has two canonical forms"),
        Err(problems) => panic!("the canonical form {canonical:?} of {text:?} is refused: {problems:?}"),
    }
    let Ok(analysis) = parsed.with_named_columns().analyse(&Tables) else { return };
    let partitions = BTreeMap::from([("d.pings".to_owned(), "day".to_owned())]);
    black_box(sql::infer_reads(&analysis, &partitions, Cadence::Day));
    black_box(sql::lineage::lineage(&analysis));
    black_box(sql::duckdb::translate(&analysis).ok());
}

/// What is formatted has the same tokens and stays as it is.
fn formatted(text: &str) {
    for mixed in [Mixed::Plain, Mixed::Template] {
        let Ok(once) = format(text, mixed, WIDTH) else { continue };
        if mixed == Mixed::Plain {
            assert_eq!(sql::canonical(&once), sql::canonical(text), "{text:?} becomes {once:?}");
        }
        let again = format(&once, mixed, WIDTH).ok();
        assert_eq!(again.as_deref(), Some(once.as_str()), "{text:?} is formatted in two ways");
    }
}

const CONFIG: &str = "project: fuzzed
targets:
  dev: {engine: duckdb, path: .tidemill/dev.duckdb}
defaults: {owners: [owner@example.com]}
";

const SOURCE: &str = "source: d.pings
kind: table
description: Pings.
partition_by: {column: day, every: day}
start: 2026-11-01
schema:
  columns: {day: DATE, id: INT64, country: STRING, tags: ARRAY<STRING>, info: 'STRUCT<os STRING, versions ARRAY<INT64>>'}
";

const TEMPLATED: &str = "dataset: d.fuzzed_v1
description: Fuzzed.
from: d.pings
template: fuzzed
with: {name: country, names: [id, country]}
";

/// Compiles a small project with a definition and a template in it, and shows every finding as people see it.
fn compiled(definition: &str, template: Option<&str>) {
    let template = template.map(|text| ("fuzzed".to_owned(), Source::new("templates/fuzzed.sql", text)));
    let files = ProjectFiles {
        config: Source::new("tidemill.yaml", CONFIG),
        definitions: vec![
            Source::new("datasets/pings.yaml", SOURCE),
            Source::new("datasets/fuzzed.yaml", definition),
        ],
        beside: BTreeMap::new(),
        templates: template.into_iter().collect(),
    };
    let (compilation, found) = compile::compile(&files);
    black_box(render_all(&found));
    black_box(compilation.is_some());
}

/// What test files are about: a dataset that reads its own past and has an `init` query, a view, and a function.
const TESTED: &[(&str, &str)] = &[
    ("datasets/pings.yaml", SOURCE),
    (
        "datasets/seen.yaml",
        "dataset: d_derived.seen_v1
description: First seen.
partition_by: {column: day}
reads_self: all_before
parameters: {least: {type: INT64, value: 0}}
checks: ['unique(id)']
sql: |
  WITH today AS (SELECT day, id, ANY_VALUE(info HAVING MAX country) AS info FROM d.pings
    WHERE day = @submission_date AND id > @least GROUP BY day, id)
  SELECT day, id, info, CURRENT_DATE() AS built, 0.5 AS share FROM today
  WHERE id NOT IN (SELECT id FROM d_derived.seen_v1 WHERE day < @submission_date AND id IS NOT NULL)
init: |
  SELECT MIN(day) AS day, id, ANY_VALUE(info HAVING MAX country) AS info, CURRENT_DATE() AS built, 0.5 AS share
  FROM d.pings WHERE day >= DATE(@partition_start) AND day < DATE(@partition_end) AND id > @least GROUP BY id
",
    ),
    ("datasets/view.yaml", "view: d.countries\ndescription: Countries.\nsql: SELECT country, tags FROM d.pings\n"),
    (
        "datasets/twice.yaml",
        "function: d.twice\ndescription: Twice.\narguments: {x: INT64}\nbody: x * 2\n",
    ),
];

static COMPILATION: LazyLock<compile::Compilation> = LazyLock::new(|| {
    let sources = TESTED.iter().map(|(path, text)| Source::new(*path, *text));
    let files = ProjectFiles {
        config: Source::new("tidemill.yaml", CONFIG),
        definitions: sources.collect(),
        beside: BTreeMap::new(),
        templates: BTreeMap::new(),
    };
    let (compilation, found) = compile::compile(&files);
    compilation.unwrap_or_else(|| panic!("{}", render_all(&found)))
});

/// Reads a file of tests, runs what can be run, and shows what came of it, on a thread with as much room as a program's first one.
fn tested(text: &str) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(8 << 20);
        thread.spawn_scoped(scope, || tested_here(text)).unwrap().join().unwrap();
    });
}

fn tested_here(text: &str) {
    let mut found = Vec::new();
    let tests = unit_test::of(&[Source::new("tests/fuzzed.yaml", text)], &mut found);
    let (prepared, more) = unit_test::prepare(&tests, &COMPILATION, "dev", &|_| true);
    found.extend(more);
    black_box(render_all(&found));
    let Ok(tested) = unit_test::run(prepared) else { return };
    for test in &tested {
        if let unit_test::Outcome::Failed(failures) = &test.outcome {
            failures.iter().for_each(|failure| drop(black_box((failure.summary(), failure.lines()))));
        }
    }
    black_box(unit_test::junit(&tested));
}

/// One table with a column of every kind.
struct Tables;

const COLUMNS: &[(&str, &str)] = &[
    ("day", "DATE"),
    ("id", "INT64"),
    ("score", "FLOAT64"),
    ("amount", "NUMERIC"),
    ("country", "STRING"),
    ("ok", "BOOL"),
    ("received", "TIMESTAMP"),
    ("payload", "JSON"),
    ("tags", "ARRAY<STRING>"),
    ("info", "STRUCT<os STRING, versions ARRAY<INT64>>"),
    ("events", "ARRAY<STRUCT<name STRING, at TIMESTAMP>>"),
];

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        let columns: Arc<[Field]> =
            COLUMNS.iter().map(|(name, ty)| Field::new(*name, parse_type(ty).expect("a type"))).collect();
        (name == "d.pings").then(|| Table { name: name.to_owned(), columns, open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.pings".to_owned()]
    }
}
