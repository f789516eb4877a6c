//! Tests of datasets, views and functions: the rows that an author gives stand in tables of a DuckDB in memory, the query
//! runs, and what comes out is held against the rows that are expected. It must never touch a warehouse, and it
//! prints nothing: results are values that the command line tells.
//!
//! The order of work is the order of the modules: `file` → `rows` → `prepare` → `run` → `compare` → `difference`.

mod catalogue;
mod compare;
mod create;
mod difference;
mod file;
mod junit;
mod parameters;
mod prepare;
mod query;
mod room;
mod rows;
mod run;

pub use create::{Created, create};
pub use difference::{Difference, Differing};
pub use file::{Kind, TestFile};
pub use junit::junit;
pub use prepare::{Prepared, prepare};
pub use run::{Failure, Outcome, Tested, run};

use std::path::Path;
use std::sync::Arc;

use crate::definition;
use crate::diagnostic::{Diagnostic, Source};

/// Files of tests as they were read.
#[derive(Default)]
pub struct Tests {
    pub files: Vec<TestFile>,
    fixtures: file::Fixtures,
}

/// Reads a project's tests. What could be read is given even when there are findings.
pub fn read(root: &Path, found: &mut Vec<Diagnostic>) -> Tests {
    of(&definition::read_tests(root, found), found)
}

/// Reads tests from the texts of their files.
pub fn of(sources: &[Arc<Source>], found: &mut Vec<Diagnostic>) -> Tests {
    let (files, fixtures) = file::read(sources, found);
    Tests { files, fixtures }
}
