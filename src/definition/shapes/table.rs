//! The keys of what queries and files make: datasets, snapshots, views, static tables, functions.

use super::parts::{
    ABOUT, CHANGE, CHECKS, COLUMNS, DEPRECATED, EXAMPLE, EXCEPTIONS, FROM, MATRIX, PARAMETER, PARTITION,
    READS, READS_SELF, TEXTS,
};
use super::source::{EXPIRES, LOOKBACK};
use crate::yaml::{Key, Shape, Takes};

const PARAMETERS: Takes = Takes::Map(&Takes::Any);
const SQL: Key = Key::new("sql", Takes::Text, "One SELECT, or a `.sql` file beside the definition.");
const TEMPLATE: Key = Key::new("template", Takes::Name("template"), "The template that writes the query.");
const WITH: Key = Key::new("with", PARAMETERS, "The template's parameters.");

/// The schema of what has no rule about payloads.
pub const DECLARED: Shape = Shape::new(
    "declared_schema",
    &[&[
        Key::new("columns", COLUMNS, "All columns with their types, in their order."),
        Key::new(
            "bigquery",
            Takes::Text,
            "A BigQuery schema file, for example a copy of generated/…/schema.json.",
        ),
    ]],
);

pub const STATIC_SCHEMA: Shape =
    Shape::new("static_schema", &[&[Key::required("columns", COLUMNS, "Columns with plain types.")]]);
const PUBLIC: Key =
    Key::new("public", Takes::Bool, "Whether anybody may read it; then it holds no identifiers.");

/// What datasets and snapshots share.
const OF_TABLE: &[Key] = &[
    Key::new("start", Takes::Date, "The first partition; the latest start of what is read without it."),
    Key::new("end", Takes::Date, "The last partition."),
    Key::new("paused", Takes::Bool, "Nothing is built while true."),
    LOOKBACK,
    Key::new("on_change", CHANGE, "Whether a changed definition makes standing partitions due."),
    Key::new("cluster_by", TEXTS, "Columns by which a warehouse that clusters keeps rows together."),
    EXPIRES,
    Key::new("schema", Takes::Of(&DECLARED), "The contract: exactly the columns that readers are promised."),
    Key::new("columns", Takes::Map(&Takes::Text), "Descriptions of columns that it adds."),
    Key::new("checks", CHECKS, "What must hold before a partition is published."),
    Key::new("allow_empty", Takes::Bool, "Whether an empty partition may take the place of a full one."),
    Key::new("deletion", Takes::Text, "How a client's rows are found: `by client_id`."),
    PUBLIC,
    EXCEPTIONS,
    Key::new("view", Takes::Text, "What people read."),
    Key::new("serves", Takes::Text, "The version that the view shows."),
    Key::new("deprecated", Takes::Of(&DEPRECATED), "Readers get a warning."),
    // Asked for, to be refused with a reason.
    Key::new("access", Takes::Any, "Refused: DuckDB has no access lists."),
];

const READ_DAYS: Takes = Takes::Either(&[Takes::Word(&["same_day", "all_before"]), Takes::Of(&READS)]);

pub const DATASET: Shape = Shape {
    one_of: &["template", "sql"],
    ..Shape::new(
        "dataset",
        &[
            &[
                Key::required(
                    "dataset",
                    Takes::Text,
                    "The table's name, with its version: `app_derived.name_v1`.",
                ),
                TEMPLATE,
                SQL,
                Key::new("from", FROM, "What the template reads."),
                WITH,
                Key::new(
                    "partition_by",
                    Takes::Either(&[Takes::Text, Takes::Of(&PARTITION)]),
                    "How the table is cut: a column, `{column, every}`, or `none`.",
                ),
                Key::new("reads", Takes::Map(&READ_DAYS), "Which days of an input a partition reads."),
                Key::new(
                    "reads_self",
                    Takes::Either(&[Takes::Word(&["all_before"]), Takes::Of(&READS_SELF)]),
                    "How far back a partition reads its own past.",
                ),
                Key::new(
                    "parameters",
                    Takes::Map(&Takes::Of(&PARAMETER)),
                    "Values that the query names `@name`.",
                ),
                Key::new("init", Takes::Text, "SQL that fills all partitions at once."),
            ],
            OF_TABLE,
            ABOUT,
            MATRIX,
        ],
    )
};

pub const SNAPSHOT: Shape = Shape::new(
    "snapshot",
    &[
        &[
            Key::required("snapshot", Takes::Text, "The table's name, with its version."),
            Key::required("from", Takes::Name("table"), "The table that holds the state."),
        ],
        OF_TABLE,
        ABOUT,
        MATRIX,
    ],
);

pub const VIEW: Shape = Shape {
    one_of: &["template", "sql"],
    ..Shape::new(
        "view",
        &[
            &[
                Key::required("view", Takes::Text, "The view's name."),
                TEMPLATE,
                SQL,
                Key::new("from", FROM, "What the template reads."),
                WITH,
                PUBLIC,
                EXCEPTIONS,
            ],
            ABOUT,
            MATRIX,
        ],
    )
};

pub const STATIC: Shape = Shape::new(
    "static",
    &[
        &[
            Key::required("static", Takes::Text, "The table's name."),
            Key::required("schema", Takes::Of(&STATIC_SCHEMA), "Its columns."),
            Key::required("file", Takes::Text, "A CSV or JSON file beside the definition."),
            Key::new("key", TEXTS, "No two rows agree in all of these columns."),
        ],
        ABOUT,
        MATRIX,
    ],
);

pub const FUNCTION: Shape = Shape::new(
    "function",
    &[
        &[
            Key::required("function", Takes::Text, "The function's name."),
            Key::new("arguments", Takes::Map(&Takes::Text), "Names and types, in the order of a call."),
            Key::new("returns", Takes::Text, "The type that it gives; that of its body without it."),
            Key::new("language", Takes::Word(&["sql", "js"]), "`sql` without it."),
            Key::required("body", Takes::Text, "An expression of the arguments."),
            Key::new(
                "examples",
                Takes::List(&Takes::Of(&EXAMPLE)),
                "Calls and what they give; they are its tests.",
            ),
        ],
        ABOUT,
        MATRIX,
    ],
);
