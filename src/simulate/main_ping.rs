//! The body of a `main` ping of the older telemetry: who, in what surroundings, and what was counted.
//!
//! It turns what a subsession did into JSON text and must never decide what is done.

use super::calendar::{hour_text, utc_text};
use super::json::Object;
use super::random::uuid_text;
use super::release::Build;
use super::tables::{DesktopSystem, HISTOGRAM_BUCKETS, Origin};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What stays the same for as long as a profile lives.
#[derive(Debug)]
pub(super) struct Environment {
    pub(super) client_id: String,
    pub(super) locale: &'static str,
    pub(super) system: &'static DesktopSystem,
    pub(super) memory_gigabytes: u32,
    pub(super) default_engine: &'static str,
    pub(super) is_default: bool,
    pub(super) addons: u32,
    /// A name and its branch.
    pub(super) experiment: Option<(&'static str, &'static str)>,
    /// The day on which the profile was made, in days since 1970.
    pub(super) profile_day: i32,
    pub(super) origin: Option<&'static Origin>,
}

/// The identifiers of a session and a subsession.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    pub(super) session: String,
    pub(super) subsession: String,
}

/// Counts by bucket of a histogram of times.
type Buckets = [u32; HISTOGRAM_BUCKETS.len()];

/// A part of a session that one ping tells of; instants are milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Subsession {
    pub(super) reason: &'static str,
    pub(super) ids: Identity,
    pub(super) previous: Identity,
    pub(super) session_start: i64,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) number: u32,
    pub(super) number_in_profile: u32,
    /// By engine and access point.
    pub(super) searches: BTreeMap<(&'static str, &'static str), u32>,
    pub(super) page_loads: Buckets,
    pub(super) page_load_sum: u64,
    pub(super) pauses: Buckets,
    pub(super) pause_sum: u64,
    pub(super) most_tabs: u32,
    /// Milliseconds after the start, and from where.
    pub(super) opened: Vec<(u32, &'static str)>,
}

impl Subsession {
    /// How long it took.
    pub(super) fn seconds(&self) -> u32 {
        u32::try_from((self.end - self.start) / 1000).unwrap_or_default()
    }

    fn loads(&self) -> u32 {
        self.page_loads.iter().sum()
    }
}

/// The body of the ping as JSON text, made at an instant.
pub(super) fn body(
    environment: &Environment,
    build: &Build,
    channel: &str,
    zone: &TimeZone,
    subsession: &Subsession,
    document: u128,
    made: i64,
) -> anyhow::Result<String> {
    let made = utc_text(made)?;
    let starts = (hour_text(subsession.session_start, zone)?, hour_text(subsession.start, zone)?);
    Ok(Object::write(4096, |ping| {
        ping.text("type", "main");
        ping.text("id", &uuid_text(document));
        ping.text("creationDate", &made);
        ping.number("version", 5);
        ping.object("application", |application| {
            write_build(application, environment, build);
            application.text("channel", channel);
            application.text("displayVersion", &build.version);
            application.text("name", "TideDesktop");
        });
        ping.text("clientId", &environment.client_id);
        ping.object("environment", |object| write_environment(object, environment, build, channel));
        ping.object("payload", |payload| {
            payload.number("ver", 4);
            payload.object("simpleMeasurements", |simple| write_simple_measurements(simple, subsession));
            payload.object("info", |info| write_info(info, subsession, &starts));
            payload.object("histograms", |histograms| {
                histogram(histograms, "GC_MS", &subsession.pauses, subsession.pause_sum);
            });
            payload.object("keyedHistograms", |keyed| write_searches(keyed, subsession));
            payload.object("processes", |processes| write_processes(processes, subsession));
        });
    }))
}

fn write_build(object: &mut Object, environment: &Environment, build: &Build) {
    let interface = environment.system.interface;
    object.text("architecture", interface.split('-').next().unwrap_or_default());
    object.text("buildId", &build.stamp());
    object.text("platformVersion", &build.version);
    object.text("vendor", "Tide");
    object.text("version", &build.version);
    object.text("xpcomAbi", interface);
}

fn write_environment(object: &mut Object, environment: &Environment, build: &Build, channel: &str) {
    object.object("build", |object| {
        object.text("applicationId", "{6f1d7a52-90c4-4a39-8e0b-51d3c2b7e864}");
        object.text("applicationName", "TideDesktop");
        write_build(object, environment, build);
    });
    object.object("partner", |partner| {
        for key in ["distributionId", "distributionVersion", "distributor", "distributorChannel", "partnerId"]
        {
            partner.raw(key, "null");
        }
        partner.raw("partnerNames", "[]");
    });
    object.object("settings", |settings| {
        if let Some(origin) = environment.origin {
            settings.object("attribution", |attribution| {
                attribution.text("campaign", origin.campaign);
                attribution.text("medium", origin.medium);
                attribution.text("source", origin.source);
            });
        }
        settings.text("defaultSearchEngine", environment.default_engine);
        settings.object("defaultSearchEngineData", |engine| {
            engine.text("name", environment.default_engine);
            engine.text("origin", "default");
        });
        settings.boolean("isDefaultBrowser", environment.is_default);
        settings.text("locale", environment.locale);
        settings.boolean("telemetryEnabled", true);
        settings.object("update", |update| {
            update.boolean("autoDownload", true);
            update.text("channel", channel);
            update.boolean("enabled", true);
        });
    });
    object.object("system", |system| {
        system.object("cpu", |cpu| {
            cpu.number("cores", 4);
            cpu.number("count", 8);
        });
        system.number("memoryMB", environment.memory_gigabytes * 1024);
        system.object("os", |os| {
            os.text("locale", environment.locale);
            os.text("name", environment.system.name);
            os.text("version", environment.system.version);
        });
    });
    object.object("profile", |profile| profile.number("creationDate", environment.profile_day));
    object.object("addons", |addons| {
        addons.object("activeAddons", |active| {
            for number in 1..=environment.addons {
                active.object(&format!("addon-{number}@example.org"), |addon| {
                    addon.boolean("isSystem", number == 1);
                    addon.text("version", &format!("{number}.0"));
                });
            }
        });
    });
    object.object("experiments", |experiments| {
        if let Some((name, branch)) = environment.experiment {
            experiments.object(name, |experiment| experiment.text("branch", branch));
        }
    });
}

fn write_simple_measurements(simple: &mut Object, subsession: &Subsession) {
    let seconds = i64::from(subsession.seconds());
    // An activity tick is five seconds.
    simple.number("activeTicks", seconds / 7);
    simple.number("firstPaint", 900 + i64::from(subsession.most_tabs) * 35);
    simple.number("sessionRestored", 1_200 + i64::from(subsession.most_tabs) * 50);
    simple.number("totalTime", (subsession.end - subsession.session_start) / 1000);
    simple.number("uptime", (subsession.end - subsession.session_start) / 60_000);
}

fn write_info(info: &mut Object, subsession: &Subsession, (session_start, start): &(String, String)) {
    let Identity { session, subsession: id } = &subsession.ids;
    info.text("reason", subsession.reason);
    info.text("sessionId", session);
    info.text("subsessionId", id);
    for (key, previous) in [
        ("previousSessionId", &subsession.previous.session),
        ("previousSubsessionId", &subsession.previous.subsession),
    ] {
        if previous.is_empty() {
            info.raw(key, "null");
        } else {
            info.text(key, previous);
        }
    }
    info.text("sessionStartDate", session_start);
    info.text("subsessionStartDate", start);
    info.number("sessionLength", (subsession.end - subsession.session_start) / 1000);
    info.number("subsessionLength", subsession.seconds());
    info.number("subsessionCounter", subsession.number);
    info.number("profileSubsessionCounter", subsession.number_in_profile);
    info.text("revision", "https://source.example.org/tide-desktop");
}

/// Searches as one keyed histogram: a count by engine and access point.
fn write_searches(keyed: &mut Object, subsession: &Subsession) {
    if subsession.searches.is_empty() {
        return;
    }
    keyed.object("SEARCH_COUNTS", |counts| {
        for ((engine, access_point), count) in &subsession.searches {
            counts.object(&format!("{engine}.{access_point}"), |histogram| {
                histogram.number("bucket_count", 3);
                histogram.number("histogram_type", 4);
                histogram.raw("range", "[1,2]");
                histogram.number("sum", *count);
                histogram.object("values", |values| {
                    values.number("0", *count);
                    values.number("1", 0);
                });
            });
        }
    });
}

fn write_processes(processes: &mut Object, subsession: &Subsession) {
    processes.object("parent", |parent| {
        parent.object("scalars", |scalars| {
            scalars.number("browser.engagement.max_concurrent_tab_count", subsession.most_tabs);
            scalars.number("browser.engagement.tab_open_event_count", subsession.opened.len() as i64);
            scalars.number("browser.engagement.total_uri_count", subsession.loads());
        });
        parent.object("keyedScalars", |keyed| {
            let mut by_access_point: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
            for ((engine, access_point), count) in &subsession.searches {
                *by_access_point.entry(access_point).or_default().entry(engine).or_default() += count;
            }
            for (access_point, engines) in by_access_point {
                keyed.object(&format!("browser.search.content.{access_point}"), |scalar| {
                    engines.iter().for_each(|(engine, count)| scalar.number(engine, *count));
                });
            }
        });
        let events: Vec<String> = subsession.opened.iter().map(|(after, from)| event(*after, from)).collect();
        parent.raw("events", &format!("[{}]", events.join(",")));
    });
    processes.object("content", |content| {
        content.object("histograms", |histograms| {
            histogram(histograms, "PAGE_LOAD_MS", &subsession.page_loads, subsession.page_load_sum);
        });
    });
}

/// An event: milliseconds, category, method, object, value, extra.
fn event(after: u32, from: &str) -> String {
    let extra = Object::write(32, |extra| extra.text("source", from));
    format!("[{after},\"navigation\",\"open\",\"tab\",null,{extra}]")
}

/// A histogram of times with its counts; buckets without one are left out, but for those beside a count.
fn histogram(object: &mut Object, name: &str, buckets: &Buckets, sum: u64) {
    if buckets.iter().all(|count| *count == 0) {
        return;
    }
    let is_told = |index: usize| {
        let has = |index: usize| buckets.get(index).is_some_and(|count| *count > 0);
        has(index) || has(index + 1) || index.checked_sub(1).is_some_and(has)
    };
    object.object(name, |histogram| {
        histogram.number("bucket_count", HISTOGRAM_BUCKETS.len() as i64);
        histogram.number("histogram_type", 0);
        histogram.raw("range", "[1,5000]");
        histogram.raw("sum", &sum.to_string());
        histogram.object("values", |values| {
            for (index, (bucket, count)) in HISTOGRAM_BUCKETS.iter().zip(buckets).enumerate() {
                if is_told(index) {
                    values.number(&bucket.to_string(), *count);
                }
            }
        });
    });
}
