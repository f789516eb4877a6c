//! The table of metrics that the Glean SDK sends by itself: those that more than half of the real
//! tables of a ping have, read off the columns of some 770 of them. Metrics of the JavaScript SDK
//! alone are left out.
//!
//! Facts only; which of them a table gets is decided where its columns are made.

use std::sync::LazyLock;

use super::{Metric, MetricKind};

struct SdkMetric {
    name: &'static str,
    kind: MetricKind,
    time_unit: Option<&'static str>,
    pings: &'static [&'static str],
    description: &'static str,
}

const ALL: &[&str] = &[super::ALL_PINGS];
const BASELINE: &[&str] = &["baseline"];
const HEALTH: &[&str] = &["health"];
const METRICS: &[&str] = &["metrics"];
const HEALTH_AND_METRICS: &[&str] = &["health", "metrics"];
const BASELINE_AND_METRICS: &[&str] = &["baseline", "metrics"];
const BASELINE_HEALTH_AND_METRICS: &[&str] = &["baseline", "health", "metrics"];

const fn metric(
    name: &'static str,
    kind: MetricKind,
    pings: &'static [&'static str],
    description: &'static str,
) -> SdkMetric {
    SdkMetric { name, kind, time_unit: None, pings, description }
}

const fn timed(
    name: &'static str,
    kind: MetricKind,
    time_unit: &'static str,
    pings: &'static [&'static str],
    description: &'static str,
) -> SdkMetric {
    SdkMetric { name, kind, time_unit: Some(time_unit), pings, description }
}

use MetricKind::{
    Boolean, Counter, Datetime, LabeledCounter, MemoryDistribution, Object, String as Text, StringList,
    Timespan, TimingDistribution, Uuid,
};

#[rustfmt::skip]
const TABLE: &[SdkMetric] = &[
    timed("glean.baseline.duration", Timespan, "second", BASELINE, "How long the application was last in the foreground."),
    metric("glean.baseline.locale", Text, BASELINE, "Locale of the application when it started, `und` if unknown."),
    metric("glean.client.annotation.experimentation_id", Text, ALL, "Identifier that the application enrols in experiments with."),
    metric("glean.core.migration_successful", Boolean, METRICS, "Whether data of the older Android SDK was taken over."),
    metric("glean.database.load_error", Text, HEALTH_AND_METRICS, "Error met when the SDK's SQLite database was opened."),
    metric("glean.database.load_sizes", Object, HEALTH_AND_METRICS, "Size of the database file at each step of starting."),
    metric("glean.database.rkv_load_error", Text, HEALTH_AND_METRICS, "Error met when the SDK's key-value database was opened."),
    metric("glean.database.size", MemoryDistribution, HEALTH_AND_METRICS, "Size of the SDK's database file at start."),
    timed("glean.database.write_time", TimingDistribution, "microsecond", HEALTH_AND_METRICS, "Time to commit a write to the database."),
    metric("glean.error.event_timestamp_clamped", Counter, HEALTH, "Event timestamps cut to the largest 64-bit integer."),
    metric("glean.error.invalid_label", LabeledCounter, ALL, "Recordings with an invalid label, by metric."),
    metric("glean.error.invalid_overflow", LabeledCounter, ALL, "Recordings of a value that overflowed, by metric."),
    metric("glean.error.invalid_state", LabeledCounter, ALL, "Timers used in a wrong order, by metric."),
    metric("glean.error.invalid_value", LabeledCounter, ALL, "Recordings of an invalid value, by metric."),
    metric("glean.error.io", Counter, HEALTH_AND_METRICS, "Errors while a pending ping was written to disk."),
    metric("glean.error.preinit_tasks_overflow", Counter, HEALTH_AND_METRICS, "Recordings dropped because too many came before start."),
    metric("glean.error.preinit_tasks_timeout", Boolean, METRICS, "Whether recordings made before start ran into a timeout."),
    metric("glean.health.data_directory_info", Object, HEALTH_AND_METRICS, "What the SDK's data folders hold."),
    metric("glean.health.exception_state", Text, HEALTH, "What the SDK found wrong with the stored client identifier."),
    metric("glean.health.file_read_error", LabeledCounter, HEALTH, "Failed reads of the client identifier's file, by error."),
    metric("glean.health.file_write_error", LabeledCounter, HEALTH, "Failed writes of the client identifier's file, by error."),
    metric("glean.health.init_count", Counter, HEALTH, "How many times the SDK has started."),
    metric("glean.health.recovered_client_id", Uuid, HEALTH, "Client identifier found in the file when the database had another."),
    metric("glean.migration.error", Counter, HEALTH_AND_METRICS, "Failed migrations of the database."),
    metric("glean.migration.failed_metrics", Counter, HEALTH_AND_METRICS, "Metrics that could not be read during a migration."),
    metric("glean.migration.metrics_in_sqlite", Counter, HEALTH_AND_METRICS, "Metrics in the SQLite database after a migration."),
    metric("glean.migration.migrated_metrics", Counter, HEALTH_AND_METRICS, "Metrics that a migration moved."),
    timed("glean.migration.migration_duration", TimingDistribution, "nanosecond", HEALTH_AND_METRICS, "Time of a whole migration at start."),
    metric("glean.ping.uploader_capabilities", StringList, ALL, "What the ping asks of its uploader."),
    metric("glean.sessions.seen", Counter, METRICS, "Sessions begun since the last metrics ping, sampled or not."),
    metric("glean.time.invalid_timezone_offset", Counter, METRICS, "Times at which the time zone's offset was impossible."),
    metric("glean.upload.deleted_pings_after_quota_hit", Counter, HEALTH_AND_METRICS, "Pending pings deleted because they took too much room."),
    metric("glean.upload.discarded_exceeding_pings_size", MemoryDistribution, HEALTH_AND_METRICS, "Sizes of pings that were too large to send."),
    metric("glean.upload.in_flight_pings_dropped", Counter, HEALTH_AND_METRICS, "Pings dropped because they were being sent already."),
    metric("glean.upload.missing_send_ids", Counter, HEALTH_AND_METRICS, "Answers to uploads that no timer was running for."),
    metric("glean.upload.pending_pings", Counter, HEALTH_AND_METRICS, "Pings waiting to be sent at start."),
    metric("glean.upload.pending_pings_deleted", LabeledCounter, HEALTH, "Pending pings deleted, by reason."),
    metric("glean.upload.pending_pings_directory_size", MemoryDistribution, HEALTH_AND_METRICS, "Size of the folder of pending pings at start."),
    metric("glean.upload.ping_upload_failure", LabeledCounter, HEALTH_AND_METRICS, "Failed uploads, by kind of failure."),
    timed("glean.upload.send_failure", TimingDistribution, "millisecond", HEALTH_AND_METRICS, "Time of uploads that failed."),
    timed("glean.upload.send_success", TimingDistribution, "millisecond", HEALTH_AND_METRICS, "Time of uploads that succeeded."),
    metric("glean.validation.app_forceclosed_count", Counter, METRICS, "Starts after the application was closed by force, on Android."),
    metric("glean.validation.baseline_ping_count", Counter, METRICS, "Baseline pings sent since the last metrics ping."),
    timed("glean.validation.first_run_hour", Datetime, "hour", BASELINE_AND_METRICS, "Hour of the application's first run."),
    metric("glean.validation.foreground_count", Counter, METRICS, "Times the application came to the foreground, on mobile devices."),
    metric("glean.validation.metrics_ping_count", Counter, BASELINE, "Metrics pings sent since the last baseline ping."),
    metric("glean.validation.pings_submitted", LabeledCounter, BASELINE_HEALTH_AND_METRICS, "Pings submitted since the last ping of this type, by type."),
    timed("glean.validation.shutdown_dispatcher_wait", TimingDistribution, "millisecond", HEALTH_AND_METRICS, "Time that shutting down waited for recordings."),
    timed("glean.validation.shutdown_wait", TimingDistribution, "millisecond", HEALTH_AND_METRICS, "Time that shutting down waited for the uploader."),
];

static METRICS_OF_SDK: LazyLock<Vec<Metric>> = LazyLock::new(|| {
    TABLE
        .iter()
        .map(|row| Metric {
            name: row.name.to_owned(),
            kind: row.kind,
            pings: row.pings.iter().map(|ping| (*ping).to_owned()).collect(),
            description: Some(row.description.to_owned()),
            time_unit: row.time_unit.map(str::to_owned),
            extra_keys: Vec::new(),
            position: None,
        })
        .collect()
});

/// The metrics that the SDK sends by itself, in the order of their names.
pub fn sdk_metrics() -> &'static [Metric] {
    &METRICS_OF_SDK
}

#[cfg(test)]
mod tests {
    use super::sdk_metrics;

    #[test]
    fn the_table_is_sorted_and_every_metric_has_a_column() {
        let names: Vec<_> = sdk_metrics().iter().map(|metric| metric.name.as_str()).collect();
        assert!(names.is_sorted());
        assert!(sdk_metrics().iter().all(|metric| metric.kind.column_type().is_some()));
    }
}
