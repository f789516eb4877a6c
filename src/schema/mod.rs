//! Column types, and the readers of files that declare them: inline YAML, BigQuery schema files,
//! Glean metrics. It knows no SQL and no warehouse; names of engine types live with the engines.

pub mod bigquery;
pub mod glean;
mod inline;
mod shortcut;
mod types;
pub mod value;

pub use inline::{parse_type, read_inline};
pub use shortcut::{Shortcut, glean_shortcut, glean_shortcuts};
pub use types::{Field, Type, find_field};
