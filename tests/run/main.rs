//! Plans and runs against a real warehouse and a real ledger: one file per promise.

mod arrivals;
mod changes;
mod crash;
mod digests;
mod failures;
mod first_seen;
mod harbour;
mod intake;
mod joins;
mod mill;
mod numbers;
mod outcome;
mod parallel;
mod periods;
mod planner;
mod races;
mod self_reads;
mod shape;
mod shipped;
mod simulated;
mod sources;
mod unions;
mod versions;
mod visit;
