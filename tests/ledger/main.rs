//! What every store of the ledger does, whichever it is, and what SQLite's does beside it.

mod contract;
mod sqlite;
mod turn;
