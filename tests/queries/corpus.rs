//! Reads the queries of this folder: `accepted/` holds what GoogleSQL accepts, `refused/` what it does not, one
//! theme a file, and `tables/` the BigQuery schemas of the tables that they read. In a file, a line `--- title`
//! stands before each query. A table whose name ends in `_` stands for all whose names begin so, such as `events_*`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use tidemill::diagnostic::Source;
use tidemill::schema::{Field, bigquery};
use tidemill::sql::{Catalogue, Table};
use tidemill::yaml::{self, Limits};

pub struct Query {
    /// Such as `accepted/unnest.sql: with offset`.
    pub name: String,
    pub sql: String,
}

pub struct Corpus {
    pub queries: Vec<Query>,
    tables: BTreeMap<String, (Json, Vec<Field>)>,
}

impl Corpus {
    pub fn read() -> Self {
        let tables = files("tables").into_iter().map(|(path, text)| {
            let mut name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if name.ends_with('_') {
                name.push('*');
            }
            let node =
                yaml::parse(&Source::new(path.to_string_lossy(), text.as_str()), Limits::SCHEMA).unwrap();
            (name, (serde_json::from_str(&text).unwrap(), bigquery::read(&node).unwrap()))
        });
        let queries = ["accepted", "refused"].into_iter().flat_map(|folder| {
            files(folder).into_iter().flat_map(move |(path, text)| {
                let file = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
                in_file(&file, &text)
            })
        });
        Self { queries: queries.collect(), tables: tables.collect() }
    }

    /// The schema of every table.
    pub fn schemas(&self) -> Map<String, Json> {
        self.tables.iter().map(|(name, (schema, _))| (name.clone(), schema.clone())).collect()
    }
}

impl Catalogue for Corpus {
    fn table(&self, name: &str) -> Option<Table> {
        let (_, columns) = self.tables.get(name)?;
        Some(Table { name: name.to_owned(), columns: columns.clone().into(), open: false })
    }

    fn names(&self) -> Vec<String> {
        self.tables.keys().cloned().collect()
    }
}

fn in_file(file: &str, text: &str) -> Vec<Query> {
    let mut queries: Vec<Query> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("--- ") {
            queries.push(Query { name: format!("{file}: {title}"), sql: String::new() });
        } else if let Some(query) = queries.last_mut() {
            query.sql.push_str(line);
            query.sql.push('\n');
        } else {
            assert!(line.is_empty(), "{file}: `{line}` stands before the first `--- title`");
        }
    }
    queries
}

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap())).collect()
}
