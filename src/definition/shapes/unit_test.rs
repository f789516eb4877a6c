//! The keys of the files in `tests/`: tests of datasets, views and functions, and the fixtures that they share.

use crate::yaml::{Key, Shape, Takes};

/// Rows, names of fixtures among them, or the name of one fixture.
const ROWS: Takes =
    Takes::Either(&[Takes::Text, Takes::List(&Takes::Either(&[Takes::Text, Takes::Map(&Takes::Any)]))]);

pub const EXPECT: Shape = Shape::new(
    "expect",
    &[&[
        Key::required("rows", ROWS, "The rows; a field that is not written is NULL."),
        Key::new("of", Takes::Text, "A common table of the query, in place of its result."),
        Key::new(
            "match",
            Takes::Word(&["exact", "subset"]),
            "`exact`, these rows and no others, without it; `subset`: these among others, and only the fields written.",
        ),
        Key::new("ordered", Takes::Bool, "Whether the rows come in this order."),
        Key::new("columns", Takes::List(&Takes::Text), "Only these columns are compared."),
    ]],
);

pub const TEST_INIT: Shape = Shape::new(
    "test_init",
    &[&[
        Key::required("from", Takes::Text, "The first day that the `init` query fills."),
        Key::required("to", Takes::Text, "The last one."),
    ]],
);

const EXPECTED: Takes = Takes::Either(&[ROWS, Takes::Of(&EXPECT)]);

/// What a test and a day of it have in common.
const STEP: &[Key] = &[
    Key::new(
        "parameters",
        Takes::Map(&Takes::Any),
        "Values of query parameters: `submission_date`, `partition_start`, declared ones.",
    ),
    Key::new(
        "init",
        Takes::Of(&TEST_INIT),
        "The days that the dataset's `init` query fills at once; it takes the place of the daily one.",
    ),
    Key::new("now", Takes::Text, "What time it is: CURRENT_DATE and its like are that moment, in UTC."),
    Key::new("given", Takes::Map(&ROWS), "Rows per table or view that the query reads; others are empty."),
    Key::new("expect", EXPECTED, "The rows that the query gives."),
];

pub const TEST_DAY: Shape = Shape::new("test_day", &[STEP]);

pub const TEST: Shape = Shape::new(
    "test",
    &[
        &[Key::required("name", Takes::Text, "What the test states, as a sentence.")],
        STEP,
        &[
            Key::new(
                "days",
                Takes::List(&Takes::Of(&TEST_DAY)),
                "Days in sequence: what each gives is there for those that follow.",
            ),
            Key::new("arguments", Takes::List(&Takes::Any), "Of a function: a value for every argument."),
            Key::new("gives", Takes::Any, "Of a function: what the call gives."),
            Key::new(
                "types",
                Takes::List(&Takes::Text),
                "Of a function of `ANY TYPE`: the types of the arguments.",
            ),
            Key::new(
                "sql",
                Takes::Text,
                "Of a function: a SELECT that gives TRUE only, or the rows under `expect`.",
            ),
        ],
    ],
);

pub const TESTS: Shape = Shape {
    one_of: &["dataset", "view", "function"],
    ..Shape::new(
        "tests",
        &[&[
            Key::new("dataset", Takes::Name("table"), "The dataset that is tested."),
            Key::new("view", Takes::Name("table"), "The view that is tested."),
            Key::new("function", Takes::Text, "The function that is tested."),
            Key::required("tests", Takes::List(&Takes::Of(&TEST)), "The tests."),
        ]],
    )
};

pub const FIXTURE: Shape = Shape::new(
    "fixture",
    &[&[
        Key::required("fixture", Takes::Text, "Its name, by which tests ask for its rows."),
        Key::new("description", Takes::Text, "What its rows are."),
        Key::required("rows", Takes::List(&Takes::Map(&Takes::Any)), "The rows."),
    ]],
);
