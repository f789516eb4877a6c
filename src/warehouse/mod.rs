//! The place where tables are built: a DuckDB file. It stages, verifies, checks and publishes partitions,
//! each with its commit marker in the same transaction. It must never decide what is to be built.
//!
//! The operations are what another engine has to offer too: open, ensure tables and views, build a
//! partition, load arrivals and deliveries, observe a source, query.

mod build;
mod checks;
mod column_type;
mod compare;
mod deliver;
mod digest;
mod elsewhere;
mod held;
mod joins;
mod keys;
mod load;
mod marker;
mod names;
pub mod native;
mod observe;
mod open;
mod parquet;
mod rejections;
mod removal;
mod rows;
mod scratch;
mod static_table;
mod tables;
mod verify;
mod views;

pub use build::{Build, BuildError, Built, Rows};
pub use checks::{CheckResult, Verdict};
pub use compare::{Compared, Figure, PeriodFigures};
pub use deliver::{Content, Delivered, Delivery, DeliveryError, Manner};
pub use digest::same_digest;
pub use elsewhere::{Elsewhere, Part};
pub use keys::{KeyRing, Secret, read_key, write_key};
pub use load::{Arrivals, Loaded, ReadFile};
pub use marker::Marker;
pub use names::{Names, OWN_SCHEMA};
pub use open::{DuckDb, own_folder};
pub use rejections::{Rejected, Rejections};
pub use removal::Made;
pub use rows::day_of;
pub use scratch::Scratch;
pub use tables::TableChange;

/// Versions of input partitions, per table as runs of equal versions.
pub type Inputs = std::collections::BTreeMap<String, Vec<InputRun>>;

/// Partitions from one to another, ends included, all at one version. `*` stands for a whole table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InputRun(pub String, pub String, pub i64);
