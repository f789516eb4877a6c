//! The queries in `generated/`. Our verdict is the `schema.json` beside each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};

use crate::cases::Case;

/// A function of ours that every target defines.
pub const OWN_FUNCTION: &str =
    "CREATE FUNCTION keyed_hash(value STRING, key STRING) RETURNS STRING AS (value)";

pub fn cases() -> Vec<Case> {
    let files = files();
    let tables: Map<String, Json> = files
        .iter()
        .filter(|(path, _)| path.ends_with("schema.json"))
        .map(|(path, text)| (dotted(path), serde_json::from_str(text).unwrap()))
        .collect();
    let functions: Vec<(String, String)> = files
        .iter()
        .filter(|(path, _)| path.ends_with("function.sql"))
        .map(|(path, text)| (dotted(path), text.clone()))
        .collect();
    let cases: Vec<Case> = files
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|extension| extension == "sql"))
        .map(|(path, text)| case(path, text, &tables, &functions))
        .collect();
    assert!(cases.len() > 100, "generated/ has only {} queries", cases.len());
    cases
}

fn case(path: &Path, text: &str, tables: &Map<String, Json>, functions: &[(String, String)]) -> Case {
    let own = tables.get(&dotted(path)).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let read = tables.iter().filter(|(name, _)| text.contains(name.as_str()));
    let called = functions.iter().filter(|(name, _)| text.contains(name.as_str()));
    let other_functions =
        called.filter(|(name, _)| *name != dotted(path)).map(|(_, statement)| statement.clone());
    Case {
        name: format!("generated/{}", path.display()),
        sql: text.to_owned(),
        tables: read.map(|(name, schema)| (name.clone(), schema.clone())).collect(),
        before: std::iter::once(OWN_FUNCTION.to_owned()).chain(other_functions).collect(),
        ours: Ok(own.iter().map(|field| (text_of(field, "name"), written(field))).collect()),
    }
}

/// The type of a field of a schema file, as GoogleSQL writes it.
fn written(field: &Json) -> String {
    let name = match text_of(field, "type").as_str() {
        "RECORD" | "STRUCT" => {
            let inner: Vec<String> = field["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|inner| format!("{} {}", text_of(inner, "name"), written(inner)))
                .collect();
            format!("STRUCT<{}>", inner.join(", "))
        }
        "INTEGER" => "INT64".to_owned(),
        "FLOAT" => "FLOAT64".to_owned(),
        "BOOLEAN" => "BOOL".to_owned(),
        other => other.to_owned(),
    };
    if field["mode"] == "REPEATED" { format!("ARRAY<{name}>") } else { name }
}

fn text_of(field: &Json, key: &str) -> String {
    field[key].as_str().unwrap().to_owned()
}

/// `a/b/query.sql` stands for `a.b`.
fn dotted(path: &Path) -> String {
    let folder = path.parent().unwrap();
    let name = folder.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(".");
    // No folder has a star in its name.
    name.replace("YYYYMMDD", "*")
}

/// Path below `generated/` → content.
fn files() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    ignore::WalkBuilder::new(&root)
        .build()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap().to_owned();
            (path, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}
