//! Plans and runs against a real warehouse and a real ledger: one file per promise.

mod arrivals;
mod changes;
mod failures;
mod harbour;
mod mill;
mod shape;
mod visit;
