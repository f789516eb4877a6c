//! The keys of every kind of definition, as tables. What is not here cannot be written in a definition, and what is
//! here stands in the schema for editors.

mod parts;
mod project;
mod source;
mod table;
mod unit_test;

pub use parts::*;
pub use project::{APPLICATION, DEFAULTS, PROJECT, SCHEDULE, TARGET};
pub use source::{READY, SCHEMA, SOURCE, STABLE};
pub use table::*;
pub use unit_test::{EXPECT, FIXTURE, TEST, TEST_DAY, TEST_INIT, TESTS};

use crate::yaml::Shape;

/// What a file may hold.
pub const FILES: &[&Shape] =
    &[&PROJECT, &SOURCE, &DATASET, &SNAPSHOT, &VIEW, &STATIC, &FUNCTION, &APPLICATION, &TESTS, &FIXTURE];
