//! The columns of a Glean ping table, live and stable alike: the envelope that ingestion adds, the
//! sections that every ping has, and a struct of metrics per kind.
//!
//! Names, types and order are those of Mozilla's tables, so that queries written for those run here.
//! Two things differ on purpose: the SDK's own metrics stand for those of any product, and `url`,
//! `text`, `jwe` and `labeled_rate` are plain structs of metrics, as user views show them, where
//! Mozilla's stored tables carry a historical stand-in.

use std::collections::BTreeMap;

use super::{Metric, MetricKind, column_name, same_column, sdk_metrics};
use crate::schema::envelope::envelope_columns;
use crate::schema::types::{Field, Type};

/// A metric as a column of a ping table.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricColumn {
    /// `metrics.counter.browser_tab_count`
    pub path: String,
    pub kind: MetricKind,
    pub ty: Type,
    pub time_unit: Option<String>,
    pub description: Option<String>,
}

/// All columns of a ping's table: the ping's share of the given metrics and of the SDK's own.
pub fn ping_columns(ping: &str, metrics: &[Metric]) -> Vec<Field> {
    let mut columns = fixed_columns();
    let mut kinds: BTreeMap<&str, Vec<Field>> = BTreeMap::new();
    for ((kind, column), metric) in carried(ping, metrics) {
        let Some(ty) = metric.kind.column_type() else { continue };
        let field = Field::new(column, ty);
        kinds.entry(kind).or_default().push(match &metric.description {
            Some(description) => field.described(description),
            None => field,
        });
    }
    if !kinds.is_empty() {
        let kinds =
            kinds.into_iter().map(|(kind, fields)| Field::new(kind, Type::structure(fields))).collect();
        columns.push(Field::new("metrics", Type::structure(kinds)).described("Metrics by kind and name."));
    }
    columns.sort_by(|left, right| left.name.cmp(&right.name));
    columns
}

/// The column of a metric, by its dotted name; `None` where the ping does not carry it.
pub fn find_metric(ping: &str, metrics: &[Metric], name: &str) -> Option<MetricColumn> {
    let ((kind, column), metric) =
        carried_as(ping, metrics, Some(name)).into_iter().find(|(_, metric)| metric.name == name)?;
    Some(MetricColumn {
        path: format!("metrics.{kind}.{column}"),
        kind: metric.kind,
        ty: metric.kind.column_type()?,
        time_unit: metric.time_unit.clone(),
        description: metric.description.clone(),
    })
}

/// The dotted names of all metrics with a column in the ping's table, sorted.
pub fn metric_names(ping: &str, metrics: &[Metric]) -> Vec<String> {
    let mut names: Vec<String> =
        carried(ping, metrics).into_values().map(|metric| metric.name.clone()).collect();
    names.sort();
    names
}

/// Metrics by kind and column name.
type Carried<'a> = BTreeMap<(&'static str, String), &'a Metric>;

/// The metrics with a column, by kind and column name. A project that declares a metric of the SDK
/// itself means that one.
fn carried<'a>(ping: &str, metrics: &'a [Metric]) -> Carried<'a> {
    carried_as(ping, metrics, None)
}

/// The same, or only those whose column is that of a metric of the given name: applications declare
/// thousands of metrics, and expressions ask for one after the other.
fn carried_as<'a>(ping: &str, metrics: &'a [Metric], name: Option<&str>) -> Carried<'a> {
    sdk_metrics()
        .iter()
        .chain(metrics)
        .filter(|metric| name.is_none_or(|name| same_column(&metric.name, name)))
        .filter(|metric| metric.kind != MetricKind::Event && metric.is_in(ping))
        .map(|metric| ((metric.kind.as_str(), column_name(&metric.name)), metric))
        .collect()
}

fn text(name: &str) -> Field {
    Field::new(name, Type::String)
}

fn integer(name: &str) -> Field {
    Field::new(name, Type::Int64)
}

fn texts(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| text(name)).collect()
}

fn record(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, Type::structure(fields))
}

fn fixed_columns() -> Vec<Field> {
    let mut columns = envelope_columns();
    columns.extend([
        record("client_info", client_info()).described("The client that sent the ping."),
        Field::new("events", Type::array(Type::structure(event())))
            .described("Events of the ping in order of time."),
        record("ping_info", ping_info()).described("The ping itself: when, why and in which experiments."),
    ]);
    columns
}

fn client_info() -> Vec<Field> {
    let attribution = texts(&["campaign", "content", "medium", "source", "term"]);
    let mut fields = texts(&[
        "android_sdk_version",
        "app_build",
        "app_channel",
        "app_display_version",
        "architecture",
        "build_date",
        "client_id",
        "device_manufacturer",
        "device_model",
        "first_run_date",
        "locale",
        "os",
        "os_version",
        "session_id",
        "telemetry_sdk_build",
    ]);
    fields.push(record("attribution", attribution));
    fields.push(record("distribution", texts(&["name"])));
    fields.push(integer("session_count"));
    fields.push(integer("windows_build_number"));
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    fields
}

fn event() -> Vec<Field> {
    let session = vec![
        integer("event_seq"),
        text("session_id"),
        Field::new("session_sample_rate", Type::Float64),
        integer("session_seq"),
        text("session_start_time"),
    ];
    vec![
        text("category"),
        Field::new("extra", Type::key_value(Type::String)),
        text("name"),
        record("session", session),
        integer("timestamp").described("Milliseconds since the first event of the ping."),
    ]
}

fn ping_info() -> Vec<Field> {
    let experiment =
        Type::structure(vec![text("branch"), record("extra", texts(&["enrollment_id", "type"]))]);
    let server_knobs = vec![
        integer("event_threshold"),
        Field::new("metrics_enabled", Type::key_value(Type::Bool)),
        Field::new("pings_enabled", Type::key_value(Type::Bool)),
        Field::new("session_sample_rate", Type::Float64),
    ];
    vec![
        text("end_time"),
        Field::new("experiments", Type::key_value(experiment)),
        text("ping_type"),
        text("reason"),
        integer("seq"),
        record("server_knobs_config", server_knobs),
        text("start_time"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(name: &str, kind: MetricKind, pings: &[&str]) -> Metric {
        Metric {
            name: name.to_owned(),
            kind,
            pings: pings.iter().map(|ping| (*ping).to_owned()).collect(),
            description: None,
            time_unit: None,
            extra_keys: Vec::new(),
            position: None,
        }
    }

    /// `kind.column` of everything under `metrics`.
    fn metric_columns(columns: &[Field]) -> Vec<String> {
        let metrics = columns.iter().find(|field| field.name == "metrics").unwrap();
        let mut names = Vec::new();
        for kind in metrics.ty.fields().unwrap() {
            names.extend(
                kind.ty.fields().unwrap().iter().map(|field| format!("{}.{}", kind.name, field.name)),
            );
        }
        names
    }

    #[test]
    fn a_baseline_table_has_the_metrics_of_the_sdk() {
        let columns = ping_columns("baseline", &[]);
        let names: Vec<_> = columns.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "additional_properties",
                "client_info",
                "document_id",
                "events",
                "metadata",
                "metrics",
                "normalized_app_name",
                "normalized_channel",
                "normalized_country_code",
                "normalized_os",
                "normalized_os_version",
                "ping_info",
                "sample_id",
                "submission_timestamp",
            ]
        );
        assert_eq!(
            metric_columns(&columns),
            [
                "counter.glean_validation_metrics_ping_count",
                "datetime.glean_validation_first_run_hour",
                "labeled_counter.glean_error_invalid_label",
                "labeled_counter.glean_error_invalid_overflow",
                "labeled_counter.glean_error_invalid_state",
                "labeled_counter.glean_error_invalid_value",
                "labeled_counter.glean_validation_pings_submitted",
                "string.glean_baseline_locale",
                "string.glean_client_annotation_experimentation_id",
                "string_list.glean_ping_uploader_capabilities",
                "timespan.glean_baseline_duration",
            ]
        );
    }

    #[test]
    fn a_custom_ping_has_what_goes_with_all_pings() {
        assert_eq!(
            metric_columns(&ping_columns("crash", &[])),
            [
                "labeled_counter.glean_error_invalid_label",
                "labeled_counter.glean_error_invalid_overflow",
                "labeled_counter.glean_error_invalid_state",
                "labeled_counter.glean_error_invalid_value",
                "string.glean_client_annotation_experimentation_id",
                "string_list.glean_ping_uploader_capabilities",
            ]
        );
    }

    #[test]
    fn own_metrics_join_those_of_the_sdk() {
        let own = [
            metric("browser.tab_count", MetricKind::Counter, &["baseline"]),
            metric("browser.load", MetricKind::TimingDistribution, &["metrics"]),
            metric("browser.open", MetricKind::Event, &["baseline"]),
            metric("search.engine", MetricKind::String, &["deletion-request"]),
            metric("glean.baseline.locale", MetricKind::String, &["baseline"]),
        ];
        let found = find_metric("baseline", &own, "browser.tab_count").unwrap();
        assert_eq!(found.path, "metrics.counter.browser_tab_count");
        assert_eq!(found.ty, Type::Int64);
        let duration = find_metric("baseline", &own, "glean.baseline.duration").unwrap();
        assert_eq!(duration.path, "metrics.timespan.glean_baseline_duration");
        assert_eq!(duration.time_unit.as_deref(), Some("second"));
        assert_eq!(find_metric("baseline", &own, "browser.load"), None);
        assert_eq!(find_metric("baseline", &own, "browser.open"), None);
        assert!(find_metric("deletion_request", &own, "search.engine").is_some());
        let names = metric_names("baseline", &own);
        assert!(names.is_sorted());
        assert!(names.contains(&"browser.tab_count".to_owned()));
        assert_eq!(names.iter().filter(|name| *name == "glean.baseline.locale").count(), 1);
        assert_eq!(metric_columns(&ping_columns("baseline", &own)).len(), names.len());
    }
}
