//! Tidemill turns YAML definitions of ping tables and derived datasets into checked SQL and, each
//! day, into correct tables.

pub mod diagnostic;
pub mod schema;
pub mod simulate;
pub mod yaml;
