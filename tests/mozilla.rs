//! Mozilla's sample payloads and schemas, which are not in the repository, against our judgement of them.
//!
//! `TIDEMILL_SAMPLES` names a folder with `validation/` and `schemas/` of mozilla-pipeline-schemas,
//! `TIDEMILL_SCHEMAS` one with the `<namespace>/<type>/<type>.<version>.bq` of its generated schemas:
//! `TIDEMILL_SAMPLES=… TIDEMILL_SCHEMAS=… cargo test --test mozilla -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use tidemill::diagnostic::Source;
use tidemill::ingest::{Defaults, Fit, Outcome, Reason, Route, Routes, accept};
use tidemill::schema::json_schema::{self, PayloadValidator};
use tidemill::schema::{Field, Type, bigquery, with_envelope};
use tidemill::yaml::{Limits, parse};

fn folder(variable: &str) -> PathBuf {
    let folder = std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} names the folder"));
    let folder = PathBuf::from(folder);
    assert!(folder.is_dir(), "{} is no folder", folder.display());
    folder
}

/// The files under a folder whose names end so, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// A sample: `validation/<namespace>/<ping>.<version>.<case>.{pass,fail}.json`.
struct Sample {
    namespace: String,
    ping: String,
    version: u32,
    passes: bool,
    payload: serde_json::Value,
}

impl Sample {
    fn read(path: &Path) -> Self {
        let namespace = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (ping, rest) = name.split_once('.').unwrap();
        Self {
            namespace,
            ping: ping.to_owned(),
            version: rest.split('.').next().unwrap().parse().unwrap(),
            passes: name.ends_with(".pass.json"),
            payload: serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(),
        }
    }

    fn schema_file(&self, folder: &Path, ending: &str) -> PathBuf {
        let Self { namespace, ping, version, .. } = self;
        folder.join(namespace).join(ping).join(format!("{ping}.{version}.{ending}"))
    }

    /// The paths by which the payload may be submitted.
    fn paths(&self) -> Vec<String> {
        const ID: &str = "5b0ba60c-c150-4cbb-82b5-1354d14a1d76";
        let Self { namespace, ping, version, .. } = self;
        let mut paths = vec![format!("/submit/{namespace}/{ping}/{version}/{ID}")];
        let stated = ["version", "v"].into_iter().find_map(|key| self.payload.get(key)?.as_u64());
        if namespace == "telemetry" && stated == Some(u64::from(*version)) {
            paths.push(format!("/submit/telemetry/{ID}/{ping}/Firefox/145.0/release/20261122030406"));
        }
        paths
    }

    fn route(&self, columns: Vec<Field>, validator: &Arc<PayloadValidator>) -> Routes {
        Routes::new(vec![Route {
            namespace: self.namespace.clone(),
            ping: self.ping.clone(),
            version: self.version,
            table: format!("{}_live.{}_v{}", self.namespace, self.ping, self.version),
            app_name: self.namespace.clone(),
            columns,
            fit: Fit::Lenient,
            validator: Some(Arc::clone(validator)),
        }])
    }
}

#[test]
#[ignore = "needs Mozilla's sample payloads"]
fn samples_pass_and_fail_as_they_should() {
    let samples = folder("TIDEMILL_SAMPLES");
    let tables = std::env::var_os("TIDEMILL_SCHEMAS").map(PathBuf::from);
    let (mut wrong, mut counts) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for path in files(&samples.join("validation"), ".json") {
        let sample = Sample::read(&path);
        let file = sample.schema_file(&samples.join("schemas"), "schema.json");
        let source = Source::new(file.to_string_lossy(), std::fs::read_to_string(&file).unwrap());
        let node = parse(&source, Limits::SCHEMA).unwrap();
        let validator = Arc::new(PayloadValidator::compile(&source.text, &node).unwrap());
        let mut shapes = vec![("JSON Schema", with_envelope(json_schema::read(&node).unwrap()))];
        let table =
            tables.as_ref().map(|tables| sample.schema_file(tables, "bq")).filter(|file| file.is_file());
        if let Some(file) = table {
            shapes.push(("BigQuery schema", read_table(&file)));
        }
        for (shape, columns) in shapes {
            let routes = sample.route(columns, &validator);
            for submit_path in sample.paths() {
                let line = json!({
                    "path": submit_path, "received_at": "2026-11-22T00:00:00Z", "body": sample.payload,
                });
                let outcome = accept(line.to_string().as_bytes(), &routes, &Defaults::default());
                let verdict = match (&outcome, sample.passes) {
                    (Outcome::Accepted(_), true) => "passed",
                    (Outcome::Rejected(rejection), false) if rejection.reason == Reason::SchemaViolation => {
                        "failed"
                    }
                    (Outcome::Accepted(_), false) => "passed, and should fail",
                    (Outcome::Rejected(rejection), _) => {
                        &format!("{}: {}", rejection.reason, rejection.detail)
                    }
                };
                match verdict {
                    "passed" | "failed" => {
                        if let Outcome::Rejected(rejection) = &outcome {
                            println!("{}: {}", path.display(), rejection.detail);
                        }
                        let verdict = if sample.passes { "passed" } else { "failed" };
                        *counts.entry(verdict).or_insert(0) += 1;
                    }
                    other => wrong.push(format!("{} as {shape} by {submit_path}: {other}", path.display())),
                }
            }
        }
        *counts.entry(if sample.passes { "pass samples" } else { "fail samples" }).or_insert(0) += 1;
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn read_table(file: &Path) -> Vec<Field> {
    let source = Source::new(file.to_string_lossy(), std::fs::read_to_string(file).unwrap());
    bigquery::read(&parse(&source, Limits::SCHEMA).unwrap()).unwrap()
}

fn leaves(ty: &Type) -> usize {
    match ty {
        Type::Struct(fields) => fields.iter().map(|field| leaves(&field.ty)).sum(),
        Type::Array(element) => leaves(element),
        _ => 1,
    }
}

#[test]
#[ignore = "needs Mozilla's generated schemas"]
fn every_generated_schema_is_read_in_well_under_a_second() {
    let mut times: Vec<(Duration, usize, PathBuf)> = files(&folder("TIDEMILL_SCHEMAS"), ".bq")
        .into_iter()
        .map(|file| {
            let started = Instant::now();
            let columns = read_table(&file);
            (started.elapsed(), columns.iter().map(|column| leaves(&column.ty)).sum(), file)
        })
        .collect();
    times.sort();
    let all: Duration = times.iter().map(|(time, ..)| *time).sum();
    let (slowest, leaves, file) = times.last().unwrap();
    println!("{} schemas in {all:?}; slowest {slowest:?}, {leaves} leaves: {}", times.len(), file.display());
    // Without optimisation, and beside other work, a bound can only be coarse.
    let bound = if cfg!(debug_assertions) { 5_000 } else { 300 };
    assert!(*slowest < Duration::from_millis(bound));
}

/// The places of a table and their types.
fn places(prefix: &str, fields: &[Field], into: &mut BTreeMap<String, String>) {
    for field in fields {
        let path = format!("{prefix}{}", field.name);
        let (ty, list) = match &field.ty {
            Type::Array(element) => (element.as_ref(), "[]"),
            other => (other, ""),
        };
        match ty.fields() {
            Some(fields) => places(&format!("{path}{list}."), fields, into),
            None => drop(into.insert(path, field.ty.to_string())),
        }
    }
}

/// The schemas here are of another day than the tables, and Mozilla's tables leave out what has no single
/// shape, so a few differ; no more than a few may.
#[test]
#[ignore = "needs Mozilla's sample payloads and generated schemas"]
fn columns_are_those_of_the_generated_schemas() {
    let schemas = folder("TIDEMILL_SAMPLES").join("schemas");
    let tables = folder("TIDEMILL_SCHEMAS");
    let (mut same, mut other_type, mut missing, mut more) = (0, 0, 0, 0);
    for file in files(&schemas, ".schema.json") {
        let relative = file.strip_prefix(&schemas).unwrap().to_string_lossy().replace(".schema.json", ".bq");
        let table = tables.join(relative);
        if !table.is_file() {
            continue;
        }
        let source = Source::new(file.to_string_lossy(), std::fs::read_to_string(&file).unwrap());
        let ours = with_envelope(json_schema::read(&parse(&source, Limits::SCHEMA).unwrap()).unwrap());
        let (mut own, mut theirs) = (BTreeMap::new(), BTreeMap::new());
        places("", &ours, &mut own);
        places("", &read_table(&table), &mut theirs);
        for (place, ty) in &theirs {
            match own.remove(place) {
                Some(own) if own == *ty => same += 1,
                Some(own) => {
                    other_type += 1;
                    println!("{} {place}: {own}, theirs {ty}", table.display());
                }
                None => {
                    missing += 1;
                    println!("{} {place}: missing, theirs {ty}", table.display());
                }
            }
        }
        for (place, ty) in own {
            more += 1;
            println!("{} {place}: more, {ty}", table.display());
        }
    }
    println!("{same} the same, {other_type} of another type, {missing} missing, {more} more");
    assert!(same > 50 * other_type);
}
