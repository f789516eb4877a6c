//! The reader of a Glean `metrics.yaml`: categories of metrics, each with its type and its pings.
//!
//! It reports every mistake of the file at once, each with its place. What other tools need
//! (expiry, reviews, mirrors) is accepted and left alone; it must never let an unknown key pass.

use std::collections::{BTreeMap, BTreeSet};

use super::{ALL_PINGS, ExtraKey, Metric, MetricKind};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Node, Text};

/// Keys of the file itself, beside the categories.
const FILE_KEYS: &[&str] = &["$schema", "$tags", "no_lint"];

/// Keys of a metric that say nothing about its column.
const OTHER_KEYS: &[&str] = &[
    "bucket_count",
    "bugs",
    "data_reviews",
    "data_sensitivity",
    "decrypted_name",
    "denominator_metric",
    "disabled",
    "dual_labels",
    "expires",
    "gecko_datapoint",
    "histogram_type",
    "in_session",
    "labels",
    "lifetime",
    "memory_unit",
    "metadata",
    "no_lint",
    "notification_emails",
    "out_of_session",
    "permit_non_commutative_operations_over_ipc",
    "permit_overlapping_fenix_metrics",
    "range_max",
    "range_min",
    "structure",
    "tags",
    "telemetry_mirror",
    "unit",
    "version",
];

const TIME_UNITS: &[&str] = &["nanosecond", "microsecond", "millisecond", "second", "minute", "hour", "day"];

const EXTRA_TYPES: &[&str] = &["string", "boolean", "quantity"];

/// Reads all metrics of a `metrics.yaml`, in the order of the file.
///
/// # Errors
/// Every mistake of the file.
pub fn read_metrics(node: &Node) -> Result<Vec<Metric>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut metrics = Vec::new();
    for (category, node) in named(node, "a metrics file", &mut found) {
        if category.as_str() == "$schema" {
            found.extend(refuse_other_schema(node));
        }
        if FILE_KEYS.contains(&category.as_str()) {
            continue;
        }
        found.extend(check_name(&category, true));
        for (name, metric) in named(node, &format!("the category `{}`", category.text), &mut found) {
            found.extend(check_name(&name, false));
            metrics.extend(read_metric(&category.text, &name, metric, &mut found));
        }
    }
    found.extend(find_collisions(&metrics));
    crate::diagnostic::sort(&mut found);
    if found.is_empty() { Ok(metrics) } else { Err(found) }
}

/// The members of a mapping whose keys are names, so that none of them is unknown.
fn named<'a>(node: &'a Node, what: &str, found: &mut Vec<Diagnostic>) -> Vec<(Text, &'a Node)> {
    let findings = MapReader::new(node, what).finish();
    found.extend(findings.into_iter().filter(|finding| finding.code != Code::UnknownKey));
    let mut seen = BTreeSet::new();
    node.as_map()
        .unwrap_or_default()
        .iter()
        .filter_map(|(key, value)| Some((Text::new(key.as_text()?, &key.position), value)))
        .filter(|(name, _)| seen.insert(name.text.clone()))
        .collect()
}

fn read_metric(category: &str, name: &Text, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Metric> {
    let full_name = format!("{category}.{}", name.text);
    let reader = MapReader::new(node, format!("the metric `{full_name}`"));
    let kind = reader
        .required("type", "the kind of the metric decides its column, for example `counter`")
        .and_then(|node| reader.text("type", node))
        .and_then(|text| read_kind(&text, &reader));
    let description = reader.optional_text("description");
    let time_unit =
        reader.optional_text("time_unit").and_then(|text| one_of("time_unit", text, TIME_UNITS, &reader));
    let pings = reader.optional("send_in_pings").map(|node| reader.texts("send_in_pings", node));
    let extra_keys =
        reader.optional("extra_keys").map(|node| read_extra_keys(node, &reader)).unwrap_or_default();
    for key in OTHER_KEYS {
        reader.optional(key);
    }
    found.extend(reader.finish());
    let kind = kind?;
    Some(Metric {
        name: full_name,
        kind,
        pings: resolve_pings(kind, pings),
        description: description.map(|text| text.text.trim().to_owned()),
        time_unit,
        extra_keys,
        position: Some(name.position.clone()),
    })
}

fn read_kind(text: &Text, reader: &MapReader) -> Option<MetricKind> {
    let kind = MetricKind::parse(text.as_str());
    if kind.is_none() {
        let names = || MetricKind::ALL.iter().map(|kind| kind.as_str());
        reader.report(
            Diagnostic::error(Code::InvalidSchema, format!("Glean has no metric type `{}`", text.text))
                .at(&text.position)
                .hint(format!("the types are: {}", names().collect::<Vec<_>>().join(", ")))
                .suggest(text.as_str(), names()),
        );
    }
    kind
}

fn one_of(key: &str, text: Text, known: &'static [&'static str], reader: &MapReader) -> Option<String> {
    if known.contains(&text.as_str()) {
        return Some(text.text);
    }
    reader.report(
        Diagnostic::error(Code::InvalidValue, format!("`{key}` is `{}`", text.text))
            .at(&text.position)
            .hint(format!("one of: {}", known.join(", ")))
            .suggest(text.as_str(), known.iter().copied()),
    );
    None
}

/// The pings as names: the word `default`, like a missing list, is the ping that the kind goes with.
fn resolve_pings(kind: MetricKind, written: Option<Vec<Text>>) -> Vec<String> {
    let default = if kind == MetricKind::Event { "events" } else { "metrics" };
    let Some(written) = written else { return vec![default.to_owned()] };
    let mut pings: Vec<String> = Vec::new();
    for ping in written {
        let name = if ping.as_str() == "default" { default.to_owned() } else { ping.text };
        if !pings.contains(&name) {
            pings.push(name);
        }
    }
    if pings.iter().any(|ping| ping == ALL_PINGS) { vec![ALL_PINGS.to_owned()] } else { pings }
}

fn read_extra_keys(node: &Node, metric: &MapReader) -> Vec<ExtraKey> {
    let mut keys = Vec::new();
    for (name, value) in metric.entries("extra_keys", node) {
        let reader = MapReader::new(value, format!("the extra key `{}`", name.text));
        let type_name =
            reader.optional_text("type").and_then(|text| one_of("type", text, EXTRA_TYPES, &reader));
        let description = reader.optional_text("description");
        metric.report_all(reader.finish());
        keys.push(ExtraKey {
            name: name.text,
            type_name: type_name.unwrap_or_else(|| "string".to_owned()),
            description: description.map(|text| text.text.trim().to_owned()),
        });
    }
    keys
}

/// Categories and names become parts of column names, so they hold letters, digits and underscores;
/// a category may have dots.
fn check_name(name: &Text, dots: bool) -> Option<Diagnostic> {
    let part_is_fine = |part: &str| {
        part.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && part.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
    };
    let fine = if dots { name.text.split('.').all(part_is_fine) } else { part_is_fine(&name.text) };
    (!fine).then(|| {
        let what = if dots { "a category" } else { "the name of a metric" };
        Diagnostic::error(Code::InvalidSchema, format!("`{}` is not {what}", name.text))
            .at(&name.position)
            .hint("letters, digits and `_`, not beginning with a digit; a category may have dots")
    })
}

/// A `pings.yaml` looks much the same, and every one of its pings would read as a broken metric.
fn refuse_other_schema(node: &Node) -> Option<Diagnostic> {
    let schema = node.as_text()?;
    (schema.contains("/glean/") && !schema.contains("/glean/metrics/")).then(|| {
        Diagnostic::error(Code::InvalidSchema, format!("`{schema}` is not the schema of a metrics file"))
            .at(&node.position)
            .hint("give the `metrics.yaml` of the application")
    })
}

/// `a.b.c` and `a_b.c` would share a column.
fn find_collisions(metrics: &[Metric]) -> Vec<Diagnostic> {
    let mut columns: BTreeMap<(MetricKind, String), &Metric> = BTreeMap::new();
    let mut found = Vec::new();
    for metric in metrics.iter().filter(|metric| metric.kind != MetricKind::Event) {
        let Some(first) = columns.insert((metric.kind, metric.column()), metric) else { continue };
        if let (Some(position), Some(other)) = (place(metric), place(first)) {
            found.push(
                Diagnostic::error(
                    Code::InvalidSchema,
                    format!(
                        "`{}` and `{}` would share the column `{}`",
                        first.name,
                        metric.name,
                        metric.column()
                    ),
                )
                .at(position)
                .related(other, "the other one")
                .hint("rename one of them"),
            );
        }
    }
    found
}

fn place(metric: &Metric) -> Option<&Position> {
    metric.position.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::yaml::{Limits, parse};

    fn read(text: &str) -> Result<Vec<Metric>, Vec<Diagnostic>> {
        read_metrics(&parse(&Source::new("metrics.yaml", text), Limits::SCHEMA).unwrap())
    }

    #[test]
    fn metrics_have_their_names_kinds_and_pings() {
        let metrics = read(
            "$schema: moz://mozilla.org/schemas/glean/metrics/2-0-0\n$tags: [Search]\nno_lint: [X]\n\
             browser.engagement:\n  tab_count:\n    type: counter\n    description: Open tabs.\n    expires: never\n\
             \x20   bugs: [https://example.org/1]\n    send_in_pings: [default, baseline, metrics]\n\
             browser:\n  tab_open:\n    type: event\n    extra_keys:\n      source: {type: string, description: From where.}\n\
             \x20 load_time:\n    type: timing_distribution\n    time_unit: millisecond\n    disabled: true\n\
             \x20 always: {type: string, send_in_pings: [all-pings, metrics]}\n",
        )
        .unwrap();
        let short: Vec<_> = metrics
            .iter()
            .map(|metric| (metric.name.as_str(), metric.kind, metric.pings.join(" ")))
            .collect();
        assert_eq!(
            short,
            [
                ("browser.engagement.tab_count", MetricKind::Counter, "metrics baseline".to_owned()),
                ("browser.tab_open", MetricKind::Event, "events".to_owned()),
                ("browser.load_time", MetricKind::TimingDistribution, "metrics".to_owned()),
                ("browser.always", MetricKind::String, "all-pings".to_owned()),
            ]
        );
        assert_eq!(metrics[0].description.as_deref(), Some("Open tabs."));
        assert_eq!(metrics[0].column(), "browser_engagement_tab_count");
        assert_eq!(metrics[0].position.as_ref().unwrap().display(), "metrics.yaml:5:3");
        assert_eq!(metrics[1].extra_keys[0].name, "source");
        assert_eq!(metrics[2].time_unit.as_deref(), Some("millisecond"));
    }

    #[test]
    fn all_mistakes_are_reported_at_once_with_their_places() {
        let found = read(
            "browser:\n  a:\n    type: conter\n  b:\n    description: No type.\n  c: {type: counter, expire: never}\n\
             \x20 d-e: {type: counter}\n  f: {type: timespan, time_unit: seconds}\n  g: 5\n  a: {type: counter}\n\
             other: [1]\nsend_in_pings.x: {y: {type: counter, send_in_pings: metrics}}\n",
        )
        .unwrap_err();
        let short: Vec<_> =
            found.iter().map(|finding| (finding.code, finding.position.as_ref().unwrap().line)).collect();
        assert_eq!(
            short,
            [
                (Code::InvalidSchema, 3),
                (Code::MissingKey, 5),
                (Code::UnknownKey, 6),
                (Code::InvalidSchema, 7),
                (Code::InvalidValue, 8),
                (Code::WrongType, 9),
                (Code::DuplicateKey, 10),
                (Code::WrongType, 11),
                (Code::WrongType, 12),
            ]
        );
        assert_eq!(found[0].hint.as_deref(), Some("did you mean `counter`?"));
        assert_eq!(found[2].hint.as_deref(), Some("did you mean `expires`?"));
    }

    #[test]
    fn two_metrics_of_one_column_are_an_error() {
        let found = read("a.b: {c: {type: counter}}\na_b: {c: {type: counter}}\n").unwrap_err();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, Code::InvalidSchema);
        // Another kind is another column.
        assert!(read("a.b: {c: {type: counter}}\na_b: {c: {type: string}}\n").is_ok());
    }

    #[test]
    fn what_is_no_metrics_file_is_an_error() {
        assert_eq!(read("[1, 2]").unwrap_err()[0].code, Code::WrongType);
        let found = read("$schema: moz://mozilla.org/schemas/glean/pings/2-0-0\n").unwrap_err();
        assert_eq!(found[0].code, Code::InvalidSchema);
    }
}
