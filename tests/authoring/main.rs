//! The twelve things of `docs/authoring.md`, done as the document says: its files go into the project that
//! `tidemill init` writes, its commands run, and what comes out is held against values worked out by hand.

mod author;
mod changes;
mod clients;
mod document;
mod orders;
mod tables;
