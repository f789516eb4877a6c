//! The keys of `tidemill.yaml` and of applications.

use super::parts::{ABOUT, CHANGE, TEXTS};
use super::source::{EXPIRES, LOOKBACK, SCHEMA, STABLE};
use crate::yaml::{Key, Shape, Takes};

pub const TARGET: Shape = Shape::new(
    "target",
    &[&[
        Key::required("engine", Takes::Word(&["duckdb"]), "The embedded warehouse."),
        Key::new("path", Takes::Text, "The DuckDB file; `.tidemill/NAME.duckdb` without it."),
        Key::new("names", Takes::Text, "What a schema is called there: `{branch}_{schema}`."),
        Key::new("production", Takes::Bool, "Whether no other target may write its names."),
        Key::new("defer_to", Takes::Text, "The target whose partitions are read where this one lacks them."),
        Key::new("keys", Takes::Map(&Takes::Text), "Files of keys, by the name that queries call them."),
    ]],
);

pub const DEFAULTS: Shape = Shape::new(
    "defaults",
    &[&[
        Key::new("owners", TEXTS, "Who is asked where a definition does not say it."),
        Key::new("lookback", Takes::Days, "Days in which late input makes a partition due."),
        Key::new("on_change", CHANGE, "Whether a changed definition makes standing partitions due."),
    ]],
);

pub const SCHEDULE: Shape = Shape::new(
    "schedule",
    &[&[
        Key::new("at", Takes::Text, "The time in UTC from which the day before is due: `\"05:00\"`."),
        Key::new("every", Takes::Text, "How often to look for what arrived: `1 minute`."),
        Key::new("catch_up", Takes::Text, "Missed days that are built: `all`, `latest 3` or `none`."),
    ]],
);

pub const PROJECT: Shape = Shape::new(
    "project",
    &[&[
        Key::required("project", Takes::Text, "The project's name."),
        Key::required("targets", Takes::Map(&Takes::Of(&TARGET)), "Where to build."),
        Key::new("default_target", Takes::Text, "The first target without it."),
        Key::new("defaults", Takes::Of(&DEFAULTS), "What definitions have that do not say otherwise."),
        Key::new("rules", Takes::Map(&Takes::Word(&["off", "warn", "error"])), "How much each rule counts."),
        Key::new("schedule", Takes::Of(&SCHEDULE), "When `tidemill schedule` does what."),
    ]],
);

pub const APPLICATION: Shape = Shape::new(
    "application",
    &[
        &[
            Key::required("application", Takes::Text, "The application's name."),
            Key::required(
                "channels",
                Takes::Map(&Takes::Text),
                "Channel → id, the schema prefix of its tables.",
            ),
            Key::required("pings", TEXTS, "The pings that every channel sends."),
            Key::required("schema", Takes::Of(&SCHEMA), "The columns of its pings."),
            Key::required("start", Takes::Date, "The first day that the pings have."),
            Key::new("stable", Takes::Of(&STABLE), "Of the stable datasets."),
            LOOKBACK,
            EXPIRES,
        ],
        ABOUT,
    ],
);
