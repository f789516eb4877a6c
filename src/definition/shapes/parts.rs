//! Keys that several kinds share, and the mappings that stand under keys.

use crate::schema::COLUMN;
use crate::yaml::{Key, Shape, Takes};

pub(super) const TEXTS: Takes = Takes::List(&Takes::Text);
/// A type, or a type with a description.
const COLUMN_TYPE: Takes = Takes::Either(&[Takes::Text, Takes::Of(&COLUMN)]);
pub(super) const COLUMNS: Takes = Takes::Map(&COLUMN_TYPE);

const OWNERS: Key = Key::new("owners", TEXTS, "Who is asked about it; the project's defaults without it.");
const LABELS: Key = Key::new("labels", Takes::Map(&Takes::Text), "Facts that generated/ repeats.");
const TAGS: Key = Key::new("tags", TEXTS, "Words that selections pick by: `tag:core`.");
const DESCRIPTION: Key = Key::required("description", Takes::Text, "What one row is, and whom it helps.");

/// What every definition takes but for `for`.
pub(super) const ABOUT: &[Key] = &[DESCRIPTION, OWNERS, LABELS, TAGS];

pub const AXIS: Shape = Shape::new(
    "axis",
    &[&[Key::required("with_ping", Takes::Text, "The ping whose applications are the values.")]],
);
const AXIS_VALUES: Takes = Takes::Either(&[
    Takes::List(&Takes::Any),
    Takes::Name("axis"),
    Takes::Of(&AXIS),
    // Values with an `id`, or with attributes.
    Takes::Map(&Takes::Any),
]);

/// What makes one definition many.
pub(super) const MATRIX: &[Key] =
    &[Key::new("for", Takes::Map(&AXIS_VALUES), "Axes; the definition is copied for each combination.")];

pub const EACH: Shape = Shape::new(
    "each",
    &[&[
        Key::required(
            "each",
            Takes::Name("pattern"),
            "The name of a matrix as it is written there, braces and all.",
        ),
        Key::new("where", Takes::Map(&Takes::Any), "Per axis the values that are read."),
        Key::new("columns", TEXTS, "The axes that become columns; all of them without it."),
    ]],
);

pub const JOIN: Shape = Shape::new(
    "join",
    &[&[
        Key::new("type", Takes::Word(&["left", "inner"]), "`left` without it."),
        Key::required(
            "on",
            Takes::List(&Takes::Either(&[Takes::Text, Takes::Map(&Takes::Text)])),
            "Columns of both sides, or `name: other_name`.",
        ),
        Key::required(
            "cardinality",
            Takes::Word(&["many_to_one", "one_to_one"]),
            "How many rows meet; checked whenever a partition is built.",
        ),
    ]],
);

pub const FROM_ITEM: Shape = Shape::new(
    "from_item",
    &[&[
        Key::required("table", Takes::Name("table"), "The table that is read."),
        Key::new("as", Takes::Text, "The struct that holds the joined table's columns."),
        Key::new("join", Takes::Of(&JOIN), "How it is joined with the tables before it."),
    ]],
);

/// `from:` of a dataset or view.
pub(super) const FROM: Takes = Takes::Either(&[
    Takes::Name("table"),
    Takes::List(&Takes::Either(&[Takes::Name("table"), Takes::Of(&FROM_ITEM)])),
    Takes::Of(&EACH),
]);

pub const SOURCE_PARTITION: Shape = Shape::new(
    "source_partition",
    &[&[
        Key::required("column", Takes::Text, "A DATE or TIMESTAMP column."),
        Key::new("every", Takes::Word(&["day"]), "Sources have days."),
    ]],
);

pub const PARTITION: Shape = Shape::new(
    "partition",
    &[&[
        Key::new("column", Takes::Text, "The partition column; the template's without it."),
        Key::new("every", Takes::Word(&["hour", "day", "week", "month"]), "A day without it."),
    ]],
);

pub const READS: Shape = Shape::new(
    "reads",
    &[&[
        Key::new("last", Takes::Days, "Days back, the day itself among them."),
        Key::new("ahead", Takes::Days, "Days that lie ahead."),
    ]],
);

pub const READS_SELF: Shape = Shape::new(
    "reads_self",
    &[&[Key::required("last", Takes::Days, "How far back a partition reads its own past.")]],
);

pub const ON_CHANGE: Shape = Shape::new(
    "on_change",
    &[&[Key::required("rebuild", Takes::Days, "How many days back a changed definition makes due.")]],
);

pub(super) const CHANGE: Takes = Takes::Either(&[Takes::Word(&["forward"]), Takes::Of(&ON_CHANGE)]);

pub const DEPRECATED: Shape = Shape::new(
    "deprecated",
    &[&[
        Key::required("since", Takes::Date, "The day on which it was deprecated."),
        Key::new("use", Takes::Name("table"), "What takes its place."),
        Key::new("remove_after", Takes::Date, "The last day on which it is there."),
    ]],
);

pub const EXCEPTION: Shape = Shape::new(
    "exception",
    &[&[
        Key::required("rule", Takes::Text, "The rule that may be broken."),
        Key::required("reason", Takes::Text, "Why."),
        Key::required("until", Takes::Date, "The last day on which it may."),
    ]],
);

pub(super) const EXCEPTIONS: Key = Key::new(
    "exceptions",
    Takes::List(&Takes::Of(&EXCEPTION)),
    "Rules that the definition may break for a while.",
);

pub const PARAMETER: Shape = Shape::new(
    "parameter",
    &[&[
        Key::required("type", Takes::Text, "A GoogleSQL type."),
        Key::required("value", Takes::Any, "What it is, where a target does not say otherwise."),
        Key::new("targets", Takes::Map(&Takes::Any), "Targets that have another value."),
    ]],
);

pub const EXAMPLE: Shape = Shape::new(
    "example",
    &[&[
        Key::required("arguments", Takes::List(&Takes::Any), "A value for every argument."),
        Key::required("gives", Takes::Any, "What the call gives."),
        Key::new(
            "types",
            TEXTS,
            "The type of each argument, where `ANY TYPE` leaves it open and no value tells it.",
        ),
    ]],
);

/// A number of violations, or a share like `1%`.
const THRESHOLD: Takes = Takes::Either(&[Takes::Integer, Takes::Text]);

pub const CHECK: Shape = Shape::new(
    "check",
    &[&[
        Key::new("check", Takes::Text, "A check with thresholds."),
        Key::new(
            "sql",
            Takes::Text,
            "A query over `this`, or the file beside that has it; each row that it gives is a violation.",
        ),
        Key::new(
            "warn",
            THRESHOLD,
            "The most violations that are not reported; by itself a check that only warns.",
        ),
        Key::new(
            "fail",
            THRESHOLD,
            "The most violations with which the partition is published; by itself a check.",
        ),
    ]],
);

pub(super) const CHECKS: Takes = Takes::List(&Takes::Either(&[Takes::Text, Takes::Of(&CHECK)]));
