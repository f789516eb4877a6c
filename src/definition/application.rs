//! `application:` a program on its channels, each of which sends the same pings. It stands for one ping source
//! per channel and ping, read by the reader of sources.

use std::sync::Arc;

use super::matrix::{NamedMember, of_ping};
use super::source::{self, Source, SourceKind};
use super::values::{self, is_name};
use super::{Context, ProjectFiles};
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{self, Limits, MapReader, Node, Text, Value};

/// An application's definition.
#[derive(Clone, Debug)]
pub struct Application {
    pub name: Text,
    /// Channel → id: the schema prefix of the channel's tables.
    pub channels: Vec<(String, Text)>,
    pub pings: Vec<String>,
    /// One per channel and ping.
    pub sources: Vec<Source>,
}

/// Keys that are handed on to every source.
const HANDED_ON: &[&str] = &["owners", "schema", "start", "expires", "stable", "lookback", "labels", "tags"];

/// Whether a file defines an application; in a source `application` is a part of the submit path.
pub fn is_application(node: &Node) -> bool {
    node.get("application").is_some()
        && ["source", "dataset", "view"].iter().all(|key| node.get(key).is_none())
}

/// All applications of a project, by name. Matrices need them before any definition is read.
pub fn read_all(files: &ProjectFiles, context: &Context, found: &mut Vec<Diagnostic>) -> Vec<Application> {
    let mut applications: Vec<Application> = Vec::new();
    for source in files.definitions.iter().filter(|source| source.text.contains("application")) {
        // A file that is no YAML is reported where all of them are read.
        let Ok(node) = yaml::parse(source, Limits::DEFINITION) else { continue };
        if !is_application(&node) {
            continue;
        }
        let Some(application) = read(&node, context, found) else { continue };
        if let Some(other) = applications.iter().find(|other| other.name.text == application.name.text) {
            let message = format!("two applications are named `{}`", application.name.text);
            found.push(
                Diagnostic::error(Code::DuplicateName, message)
                    .at(&application.name.position)
                    .related(&other.name.position, "the other one")
                    .hint("rename one of them"),
            );
            continue;
        }
        applications.push(application);
    }
    applications.sort_by(|one, other| one.name.text.cmp(&other.name.text));
    applications
}

fn read(node: &Node, context: &Context, found: &mut Vec<Diagnostic>) -> Option<Application> {
    let reader = MapReader::of(node, "an application", &shapes::APPLICATION);
    let name = reader.required_text("application", "name it, for example `tide_focus`");
    let name = name.and_then(|name| {
        reader.parsed("application", &name, |text| match is_name(text) {
            true => Ok(()),
            false => Err("write lower-case letters, digits and underscores".to_owned()),
        })?;
        Some(name)
    });
    let description = reader.required_text("description", "say what the application is");
    // What is missing is reported once, not per source.
    values::owners(&reader, &context.defaults.owners);
    let channels = channels(&reader);
    let pings = pings(&reader);
    reader.required("schema", "`{glean: metrics.yaml}`, `{bigquery: ping.bq}` or `{columns: {…}}`");
    reader.required("start", "the first day that the pings have");
    let handed_on: Vec<(&'static str, &Node)> =
        HANDED_ON.iter().filter_map(|key| reader.optional(key).map(|value| (*key, value))).collect();
    let problems = reader.finish();
    let fits = problems.is_empty();
    found.extend(problems);
    let (name, description) = (name?, description?);
    if !fits {
        return None;
    }
    let mut sources = Vec::new();
    for ping in &pings {
        sources.extend(of_ping_sources(&name, &description, &channels, ping, &handed_on, context, found)?);
    }
    let pings = pings.into_iter().map(|ping| ping.text).collect();
    Some(Application { name, channels, pings, sources })
}

/// `channels: {release: org_tide_focus, beta: org_tide_focus_beta}`.
fn channels(reader: &MapReader) -> Vec<(String, Text)> {
    let Some(node) = reader.required("channels", "`{release: org_tide_focus, beta: org_tide_focus_beta}`")
    else {
        return Vec::new();
    };
    let mut channels: Vec<(String, Text)> = Vec::new();
    for (channel, value) in reader.entries("channels", node) {
        let Some(id) = reader.text("channels", value) else { continue };
        let id = Text::new(id.text, &value.position);
        if !is_name(&id.text) {
            reader.parsed::<()>("channels", &id, |_| {
                Err("an id is the schema prefix of the channel's tables: lower-case letters, digits and underscores".to_owned())
            });
        } else if let Some((other, _)) = channels.iter().find(|(_, known)| known.text == id.text) {
            reader.report(
                Diagnostic::error(
                    Code::DuplicateName,
                    format!("the channels `{other}` and `{}` both have the id `{}`", channel.text, id.text),
                )
                .at(&id.position)
                .hint("give each channel an id of its own; their pings would fall into one table"),
            );
        } else {
            channels.push((channel.text, id));
        }
    }
    if node.as_map().is_some_and(<[_]>::is_empty) {
        reader.report(empty("channels", &node.position, "`channels: {release: org_tide_focus}`"));
    }
    channels
}

fn pings(reader: &MapReader) -> Vec<Text> {
    let Some(node) = reader.required("pings", "the pings that every channel sends: `[baseline, metrics]`")
    else {
        return Vec::new();
    };
    let mut pings: Vec<Text> = Vec::new();
    for ping in reader.texts("pings", node) {
        if !is_name(&ping.text.replace('-', "_")) {
            reader.parsed::<()>("pings", &ping, |_| {
                Err("write the ping's name as Glean has it, for example `deletion-request`".to_owned())
            });
        } else if pings.iter().any(|known| known.text == ping.text) {
            reader.report(
                Diagnostic::error(Code::InvalidValue, format!("the ping `{}` stands twice", ping.text))
                    .at(&ping.position)
                    .hint("keep one of them"),
            );
        } else {
            pings.push(ping);
        }
    }
    if node.as_list().is_some_and(<[_]>::is_empty) {
        reader.report(empty("pings", &node.position, "`pings: [baseline]`"));
    }
    pings
}

fn empty(key: &str, position: &Position, example: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidValue, format!("`{key}` is empty"))
        .at(position)
        .hint(format!("write {example}"))
}

/// The sources of one ping: read once, then named for every channel.
fn of_ping_sources(
    name: &Text,
    description: &Text,
    channels: &[(String, Text)],
    ping: &Text,
    handed_on: &[(&'static str, &Node)],
    context: &Context,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Source>> {
    let (_, first) = channels.first()?;
    let text = |text: &str, position: &Position| Node {
        value: Value::Text(text.to_owned()),
        position: position.clone(),
    };
    let table = format!("{}_v1", ping.text.replace('-', "_"));
    let mut entries = vec![
        (text("source", &first.position), text(&format!("{}.{table}", first.text), &first.position)),
        (text("kind", &ping.position), text("ping", &ping.position)),
        (text("ping", &ping.position), text(&ping.text.replace('_', "-"), &ping.position)),
        (text("description", &description.position), text(&description.text, &description.position)),
    ];
    entries.extend(handed_on.iter().map(|(key, value)| (text(key, &value.position), (*value).clone())));
    let node = Node { value: Value::Map(entries), position: name.position.clone() };
    let read = source::read(&node, context, found)?;
    let of_channel = |(channel, id): &(String, Text)| {
        let mut source = read.clone();
        source.name.schema = id.text.clone();
        source.name.position = id.position.clone();
        source.description =
            format!("The {} ping of {}, {channel}. {}", ping.text, name.text, description.text.trim());
        if let SourceKind::Ping { application, .. } = &mut source.kind {
            *application = id.text.replace('_', "-");
        }
        source.columns = Arc::clone(&read.columns);
        source
    };
    Some(channels.iter().map(of_channel).collect())
}

/// The tables of all applications, as `each` finds them: `{channel.id}_stable.baseline_v1`.
pub fn names(applications: &[Application]) -> Vec<NamedMember> {
    let mut names = Vec::new();
    for application in applications {
        for ping in &application.pings {
            let table = format!("{}_v1", ping.replace('-', "_"));
            let patterns = of_ping(&format!("{{channel.id}}.{table}"));
            for (channel, id) in &application.channels {
                for (pattern, name) in patterns.iter().zip(of_ping(&format!("{}.{table}", id.text))) {
                    names.push(NamedMember {
                        pattern: pattern.clone(),
                        name,
                        axes: vec![
                            ("app".to_owned(), application.name.text.clone()),
                            ("channel".to_owned(), channel.clone()),
                        ],
                    });
                }
            }
        }
    }
    names
}
