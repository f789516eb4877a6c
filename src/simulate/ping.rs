//! The bodies of pings, in the shape that the SDK gives them.
//!
//! It turns what a client did into JSON text and must never decide what a client does.

use super::calendar::local_date_text;
use super::json::{Object, list};
use super::population::Profile;
use super::release::Build;
use super::tables::ENGINES;
use std::collections::BTreeMap;

/// The release of the SDK inside the browser.
pub(super) const SDK: &str = "71.0.0";

/// The types of ping that the browser sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PingType {
    Baseline,
    Events,
    Metrics,
    Health,
}

impl PingType {
    pub(super) const ALL: [PingType; 4] = [Self::Baseline, Self::Events, Self::Metrics, Self::Health];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Events => "events",
            Self::Metrics => "metrics",
            Self::Health => "health",
        }
    }
}

/// A number for each ping type, by its index.
pub(super) type Counts = [u32; PingType::ALL.len()];

/// What the SDK counts between two pings.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    pub(super) tabs: u32,
    /// By the index of the engine.
    pub(super) searches: [u32; ENGINES.len()],
    /// Page loads by the smallest nanoseconds of their bucket.
    pub(super) page_loads: BTreeMap<i64, u32>,
    pub(super) page_load_sum: i64,
    pub(super) submitted: Counts,
}

impl Usage {
    /// Adds what a session counts for several pings; page loads and pings are counted where they happen.
    pub(super) fn add(&mut self, other: &Usage) {
        self.tabs += other.tabs;
        for (sum, count) in self.searches.iter_mut().zip(other.searches) {
            *sum += count;
        }
    }

    pub(super) fn searches_of_all_engines(&self) -> u32 {
        self.searches.iter().sum()
    }
}

/// A ping before it has a sequence number.
#[derive(Debug)]
pub(super) struct Ping {
    pub(super) ping_type: PingType,
    pub(super) reason: &'static str,
    /// Milliseconds since 1970.
    pub(super) end: i64,
    /// JSON text.
    pub(super) metrics: Option<String>,
    /// JSON text.
    pub(super) events: Option<String>,
    /// What the ping adds to the sums of its day.
    pub(super) searches: u64,
    pub(super) duration_seconds: u64,
}

impl Ping {
    pub(super) fn new(ping_type: PingType, reason: &'static str, end: i64) -> Self {
        Self { ping_type, reason, end, metrics: None, events: None, searches: 0, duration_seconds: 0 }
    }

    /// The body as JSON text.
    pub(super) fn body(&self, client_info: &str, sequence: u32, start_time: &str, end_time: &str) -> String {
        Object::write(1024, |body| {
            body.raw("client_info", client_info);
            if let Some(events) = &self.events {
                body.raw("events", events);
            }
            if let Some(metrics) = &self.metrics {
                body.raw("metrics", metrics);
            }
            body.object("ping_info", |info| {
                info.text("end_time", end_time);
                info.text("reason", self.reason);
                info.number("seq", sequence);
                info.text("start_time", start_time);
            });
        })
    }
}

/// `client_info` as JSON text.
pub(super) fn client_info(profile: &Profile, build: &Build) -> anyhow::Result<String> {
    let (year, month, day) = (build.day.year(), build.day.month(), build.day.day());
    let first_run = local_date_text(profile.first_run, &profile.zone)?;
    Ok(Object::write(512, |info| {
        info.text("app_build", &format!("{year:04}{month:02}{day:02}"));
        info.text("app_channel", profile.channel.name);
        info.text("app_display_version", &build.version);
        info.text("architecture", profile.architecture);
        if let Some(origin) = profile.origin {
            info.object("attribution", |attribution| {
                attribution.text("campaign", origin.campaign);
                attribution.text("medium", origin.medium);
                attribution.text("source", origin.source);
            });
        }
        info.text("build_date", &format!("{year:04}-{month:02}-{day:02}T06:00:00+00:00"));
        info.text("client_id", &profile.client_id);
        info.text("first_run_date", &first_run);
        info.text("locale", profile.locale);
        info.text("os", profile.system.name);
        info.text("os_version", profile.system_version);
        info.text("telemetry_sdk_build", SDK);
    }))
}

/// The metrics of a `baseline` ping before anything is used; none where no ping was sent before it.
pub(super) fn submitted_metrics(submitted: &Counts) -> Option<String> {
    let is_empty = submitted.iter().all(|count| *count == 0);
    (!is_empty).then(|| {
        Object::write(128, |metrics| {
            metrics.object("labeled_counter", |labeled| write_submitted(labeled, submitted));
        })
    })
}

/// The metrics of a `baseline` ping; without a duration where the session did not end in order.
pub(super) fn baseline_metrics(profile: &Profile, usage: &Usage, duration_seconds: Option<u32>) -> String {
    Object::write(512, |metrics| {
        write_usage(metrics, profile, usage);
        if let Some(seconds) = duration_seconds {
            metrics.object("timespan", |timespan| {
                timespan.object("glean.baseline.duration", |duration| {
                    duration.text("time_unit", "second");
                    duration.number("value", seconds);
                });
            });
        }
    })
}

/// The metrics of a `metrics` ping.
pub(super) fn gathered_metrics(profile: &Profile, usage: &Usage) -> String {
    Object::write(1024, |metrics| {
        write_usage(metrics, profile, usage);
        metrics.object("timing_distribution", |distributions| {
            distributions.object("browser.page_load_time", |loads| {
                loads.number("sum", usage.page_load_sum);
                loads.object("values", |values| {
                    for (bucket, count) in &usage.page_loads {
                        values.number(&bucket.to_string(), *count);
                    }
                });
            });
        });
    })
}

/// The metrics of a `health` ping, of a profile that is new or not.
pub(super) fn health_metrics(submitted: &Counts, is_new: bool) -> String {
    Object::write(512, |metrics| {
        metrics.object("counter", |counter| counter.number("glean.health.init_count", 1));
        metrics.object("labeled_counter", |labeled| {
            labeled
                .counts("glean.health.file_read_error", [("file-not-found", u32::from(is_new))].into_iter());
            write_submitted(labeled, submitted);
        });
        metrics.object("object", |object| {
            let directories = ["db", "events", "pending_pings"];
            object.list("glean.health.data_directory_info", &directories, |info, name| {
                info.raw("dir_exists", if is_new { "false" } else { "true" });
                info.text("dir_name", name);
            });
        });
    })
}

/// Events of one name with their instants in milliseconds and an extra value each, as JSON text.
pub(super) fn events_text(category: &str, name: &str, extra_key: &str, events: &[(i64, &str)]) -> String {
    let first = events.first().map_or(0, |(instant, _)| *instant);
    list(events, |event, (instant, value)| {
        event.text("category", category);
        event.object("extra", |extra| {
            extra.text("glean_timestamp", &instant.to_string());
            extra.text(extra_key, value);
        });
        event.text("name", name);
        event.number("timestamp", instant - first);
    })
}

fn write_usage(metrics: &mut Object, profile: &Profile, usage: &Usage) {
    metrics.object("boolean", |boolean| {
        boolean.raw("browser.is_default", if profile.is_default { "true" } else { "false" });
    });
    metrics.object("counter", |counter| counter.number("browser.tab_count", usage.tabs));
    metrics.object("labeled_counter", |labeled| {
        let engines = ENGINES.iter().zip(usage.searches).map(|((_, engine), count)| (*engine, count));
        labeled.counts("browser.search_count", engines);
        write_submitted(labeled, &usage.submitted);
    });
    metrics
        .object("string", |string| string.text("browser.default_engine", ENGINES[profile.default_engine].1));
}

fn write_submitted(labeled: &mut Object, submitted: &Counts) {
    let counts = PingType::ALL.iter().zip(submitted).map(|(ping_type, count)| (ping_type.name(), *count));
    labeled.counts("glean.validation.pings_submitted", counts);
}
