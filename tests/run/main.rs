//! Plans and runs against a real warehouse and a real ledger: one file per promise.

mod arrivals;
mod changes;
mod crash;
mod digests;
mod failures;
mod first_seen;
mod functions;
mod harbour;
mod macros;
mod mill;
mod numbers;
mod outcome;
mod parallel;
mod planner;
mod query_parameters;
mod races;
mod self_reads;
mod shape;
mod shipped;
mod sources;
mod static_tables;
mod visit;
