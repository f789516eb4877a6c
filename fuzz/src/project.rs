//! A small project around one text that is fuzzed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compile;
use crate::definition::ProjectFiles;
use crate::diagnostic::{self, Source};
use crate::schema::{Field, Type};
use crate::sql::{Catalogue, Table};

const CONFIG: &str = "name: fuzzed\nowners: [owner@example.com]\n";

const SOURCE: &str = "source: d.pings
kind: table
description: Pings.
partition_by: day
start: 2026-11-01
columns:
  - {name: day, type: DATE}
  - {name: id, type: INT64}
  - {name: country, type: STRING}
  - {name: tags, type: ARRAY<STRING>}
  - {name: info, type: 'STRUCT<os STRING, versions ARRAY<INT64>>'}
";

/// Compiles a project of one source and what is given, and shows every finding as people see it.
pub fn compile(definition: &str, template: Option<&str>) {
    let files = ProjectFiles {
        config: Source::new("tidemill.yaml", CONFIG),
        definitions: vec![
            Source::new("datasets/pings.yaml", SOURCE),
            Source::new("datasets/fuzzed.yaml", definition),
        ],
        beside: BTreeMap::new(),
        templates: template.map(|text| ("fuzzed".to_owned(), Source::new("templates/fuzzed.sql", text))).into_iter().collect(),
    };
    let (compilation, found) = compile::compile(&files);
    std::hint::black_box(diagnostic::render_all(&found));
    if let Some(compilation) = compilation {
        std::hint::black_box(&compilation.generated);
    }
}

/// The same table for queries.
pub struct Tables;

impl Catalogue for Tables {
    fn table(&self, name: &str) -> Option<Table> {
        if name != "d.pings" {
            return None;
        }
        let info = vec![Field::new("os", Type::String), Field::new("versions", Type::array(Type::Int64))];
        let columns: Arc<[Field]> = Arc::from(vec![
            Field::new("day", Type::Date),
            Field::new("id", Type::Int64),
            Field::new("score", Type::Float64),
            Field::new("amount", Type::Numeric),
            Field::new("country", Type::String),
            Field::new("ok", Type::Bool),
            Field::new("received", Type::Timestamp),
            Field::new("payload", Type::Json),
            Field::new("tags", Type::array(Type::String)),
            Field::new("info", Type::structure(info.clone())),
            Field::new("events", Type::array(Type::structure(info))),
        ]);
        Some(Table { name: name.to_owned(), columns, open: false })
    }

    fn names(&self) -> Vec<String> {
        vec!["d.pings".to_owned()]
    }
}
