//! The stations that are fuzzed, from the compiler down, by the files of the product itself; see `stations` in
//! docs/architecture.md. It must never hold code of its own beside what the targets share.

#![allow(dead_code, reason = "stations above, which are not here, use the rest")]

#[path = "../../src/compile/mod.rs"]
pub mod compile;
#[path = "../../src/definition/mod.rs"]
pub mod definition;
#[path = "../../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../../src/graph/mod.rs"]
pub mod graph;
#[path = "../../src/period/mod.rs"]
pub mod period;
#[path = "../../src/schema/mod.rs"]
pub mod schema;
#[path = "../../src/sql/mod.rs"]
pub mod sql;
#[path = "../../src/template/mod.rs"]
pub mod template;
#[path = "../../src/yaml/mod.rs"]
pub mod yaml;

pub mod project;
