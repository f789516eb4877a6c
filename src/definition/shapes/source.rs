//! The keys of sources.

use super::parts::{ABOUT, COLUMNS, MATRIX, SOURCE_PARTITION, TEXTS};
use crate::yaml::{Key, Shape, Takes};

pub(super) const EXPIRES: Key = Key::new(
    "expires",
    Takes::Days,
    "How long rows are kept; partitions that need older ones are not rebuilt.",
);
pub(super) const LOOKBACK: Key =
    Key::new("lookback", Takes::Days, "Days in which late input makes a partition due.");

pub const SCHEMA: Shape = Shape::new(
    "schema",
    &[&[
        Key::new(
            "glean",
            Takes::Either(&[Takes::Text, TEXTS]),
            "Files of Glean metrics; `[]` has the SDK's own alone.",
        ),
        Key::new("bigquery", Takes::Text, "A BigQuery schema file."),
        Key::new("json_schema", Takes::Text, "A JSON Schema, which judges payloads too."),
        Key::new("web", Takes::Word(&["analytics"]), "The columns of a Google Analytics 4 export."),
        Key::new("columns", COLUMNS, "Columns with their types."),
        Key::new(
            "validate",
            Takes::Text,
            "A JSON Schema that judges payloads beside columns from elsewhere.",
        ),
    ]],
);

pub const STABLE: Shape = Shape::new(
    "stable",
    &[&[Key::new("expires", Takes::Days, "How long the stable dataset's rows are kept.")]],
);

pub const READY: Shape = Shape::new(
    "ready",
    &[&[
        Key::new(
            "rows",
            Takes::Either(&[Takes::Integer, Takes::Text]),
            "How many rows of the day there must be: `1000`, or `50% of last 7 days`.",
        ),
        Key::new("marker", Takes::Name("table"), "A source with a row for each finished day."),
        Key::new("after", Takes::Text, "The time in UTC of the day after, from which the day is ready."),
    ]],
);

pub const SOURCE: Shape = Shape::new(
    "source",
    &[
        &[
            Key::required("source", Takes::Text, "The table's name."),
            Key::required("kind", Takes::Word(&["ping", "log", "web", "table"]), "What fills it."),
            Key::required("schema", Takes::Of(&SCHEMA), "Its columns."),
            Key::required("start", Takes::Date, "The first day that it has."),
            EXPIRES,
            Key::new(
                "identifiers",
                Takes::Map(&Takes::Text),
                "Columns that tell people apart, with what they hold.",
            ),
            Key::new("application", Takes::Text, "Of a ping: the application in the submit path."),
            Key::new("ping", Takes::Text, "Of a ping: the ping in the submit path."),
            Key::new("stable", Takes::Of(&STABLE), "Of a ping: its stable dataset."),
            LOOKBACK,
            Key::new(
                "partition_by",
                Takes::Either(&[Takes::Word(&["none"]), Takes::Of(&SOURCE_PARTITION)]),
                "Of a log and a table: the column that says the day.",
            ),
            Key::new("id", Takes::Text, "Of a log: the column that identifies a line."),
            Key::new(
                "ready",
                Takes::Either(&[Takes::Word(&["rows"]), Takes::Of(&READY)]),
                "When a day may be read; once it has rows without it.",
            ),
        ],
        ABOUT,
        MATRIX,
    ],
);
