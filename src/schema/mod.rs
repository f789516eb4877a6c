//! Column types, and the readers of files that declare them: inline YAML, BigQuery schema files,
//! Glean metrics. It knows no SQL and no warehouse; names of engine types live with the engines.

pub mod bigquery;
mod bounds;
mod case;
mod envelope;
pub mod glean;
mod inline;
pub mod json_schema;
mod shortcut;
mod suffix;
mod types;
pub mod value;
mod web;

pub use bounds::{ALL_DIGITS, Bounds, wrong_parameters};
pub use case::{column_name, snake_case};
pub use envelope::{HEADERS, with_envelope};
pub use inline::{COLUMN, bounded_inline, parse_type, read_inline};
pub use shortcut::{Shortcut, shortcuts};
pub use suffix::{SUFFIX_FORMAT, TABLE_SUFFIX, day_of_suffix, is_wildcard, suffix_of};
pub use types::{Field, Type, find_field, path_to_field};
pub use web::analytics_columns;
