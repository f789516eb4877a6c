//! Tidemill turns YAML definitions of ping tables and derived datasets into checked SQL and, each
//! day, into correct tables.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cache;
pub mod cli;
pub mod compile;
pub mod definition;
pub mod diagnostic;
pub mod failpoint;
pub mod graph;
pub mod ingest;
pub mod ledger;
pub mod lint;
pub mod native;
pub mod period;
pub mod plan;
pub mod query;
pub mod run;
pub mod schedule;
pub mod schema;
pub mod simulate;
pub mod sql;
pub mod template;
pub mod unit_test;
pub mod value;
pub mod warehouse;
pub mod yaml;
