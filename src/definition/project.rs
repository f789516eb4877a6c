//! `tidemill.yaml`: the project's name, its targets and defaults.

use std::collections::BTreeMap;

use super::schedule::{self, Schedule};
use super::target::{self, Space};
use super::values::{self, optional_days};
use super::{OnChange, RuleSetting, dataset, rules};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{MapReader, Node};

/// What `tidemill.yaml` says.
#[derive(Debug)]
pub struct Project {
    pub name: String,
    pub targets: Vec<Target>,
    pub default_target: String,
    pub defaults: Defaults,
    /// How much rules count, where the project says so.
    pub rules: Vec<RuleSetting>,
    /// When `tidemill schedule` does what.
    pub schedule: Schedule,
}

/// A place to build in.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub engine: Engine,
    pub space: Space,
    /// Files of keys that do not stand in `.tidemill/keys/`, relative to the project's root.
    pub keys: BTreeMap<String, String>,
}

impl Target {
    /// The file of a key, relative to the project's root.
    pub fn key_file(&self, name: &str) -> String {
        self.keys.get(name).cloned().unwrap_or_else(|| format!(".tidemill/keys/{name}"))
    }
}

/// What runs the SQL of a target.
#[derive(Clone, Debug)]
pub enum Engine {
    /// A DuckDB file, relative to the project's root.
    DuckDb { path: String },
}

/// What definitions have that do not say otherwise.
#[derive(Clone, Debug)]
pub struct Defaults {
    pub owners: Vec<String>,
    /// Days in which late input makes a partition due.
    pub lookback: u32,
    pub on_change: OnChange,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { owners: Vec::new(), lookback: 3, on_change: OnChange::Forward }
    }
}

/// Reads `tidemill.yaml`.
pub fn read(node: &Node, found: &mut Vec<Diagnostic>) -> Option<Project> {
    let reader = MapReader::of(node, "`tidemill.yaml`", &shapes::PROJECT);
    let name = reader.required_text("project", "name the project, for example `project: browser_telemetry`");
    let mut targets = Vec::new();
    let mut names = Vec::new();
    if let Some(node) =
        reader.required("targets", "write `targets: {dev: {engine: duckdb, path: .tidemill/dev.duckdb}}`")
    {
        for (name, target) in reader.entries("targets", node) {
            // The name becomes part of a file's name.
            if !name.text.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one)) {
                reader.report(
                    Diagnostic::error(Code::InvalidValue, format!("`{}` cannot name a target", name.text))
                        .at(&name.position)
                        .hint("use letters, digits, `-` and `_`"),
                );
            }
            targets.extend(read_target(&name.text, target, &reader));
            names.push(name.text);
        }
    }
    target::check(&targets, &reader);
    let default_target = reader.optional_text("default_target");
    if let Some(default) = &default_target
        && !names.contains(&default.text)
    {
        reader.report(
            Diagnostic::error(Code::UnknownTarget, format!("no target `{}`", default.text))
                .at(&default.position)
                .hint(format!("the targets are: {}", names.join(", ")))
                .suggest(&default.text, names.iter().map(String::as_str)),
        );
    }
    let defaults =
        reader.optional("defaults").map_or_else(Defaults::default, |node| read_defaults(node, &reader));
    let rules = rules::settings(&reader);
    let schedule =
        reader.optional("schedule").map_or_else(Schedule::default, |node| schedule::read(node, &reader));
    let default_target = match default_target {
        Some(name) => name.text,
        None => targets.first().map_or("dev".to_owned(), |target| target.name.clone()),
    };
    found.extend(reader.finish());
    Some(Project { name: name?.text, targets, default_target, defaults, rules, schedule })
}

fn read_target(name: &str, node: &Node, outer: &MapReader) -> Option<Target> {
    let reader = MapReader::of(node, format!("the target `{name}`"), &shapes::TARGET);
    let engine = reader.required_text("engine", "`engine: duckdb` is the embedded warehouse");
    let path = reader.optional_text("path");
    let space = target::space(&reader);
    let mut keys = BTreeMap::new();
    if let Some(node) = reader.optional("keys") {
        for (name, file) in reader.entries("keys", node) {
            keys.extend(reader.text("keys", file).map(|file| (name.text, file.text)));
        }
    }
    let target = match engine.as_ref().map(|engine| engine.as_str()) {
        Some("duckdb") => {
            let path = path.map_or_else(|| format!(".tidemill/{name}.duckdb"), |path| path.text);
            Some(Target { name: name.to_owned(), engine: Engine::DuckDb { path }, space, keys })
        }
        Some(other) => {
            let position = engine.as_ref().map_or(reader.position(), |engine| &engine.position);
            reader.report(
                Diagnostic::error(Code::InvalidValue, format!("no engine `{other}`"))
                    .at(position)
                    .hint("this version runs `duckdb`"),
            );
            None
        }
        None => None,
    };
    outer.report_all(reader.finish());
    target
}

fn read_defaults(node: &Node, outer: &MapReader) -> Defaults {
    let reader = MapReader::of(node, "`defaults`", &shapes::DEFAULTS);
    let built_in = Defaults::default();
    let owners = match reader.optional("owners") {
        Some(_) => values::owners(&reader, &[]),
        None => Vec::new(),
    };
    let defaults = Defaults {
        owners,
        lookback: optional_days(&reader, "lookback").unwrap_or(built_in.lookback),
        on_change: dataset::on_change(&reader).unwrap_or(built_in.on_change),
    };
    outer.report_all(reader.finish());
    defaults
}
