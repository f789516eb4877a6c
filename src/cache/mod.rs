//! What earlier compilations came to, kept under the hash of everything that decided it. What is kept can be
//! found by nobody who would compile to something else, so the folder may be deleted, shared between clones
//! and written by many at once. It must never be the cause of a failure: what cannot be read was never kept.

mod folder;
mod form;
mod key;
mod memory;
mod pack;

pub use folder::Folder;
pub(crate) use form::form;
pub use form::{Form, Reader, Writer};
pub use key::{Key, KeyWriter};
pub use memory::Memory;
