//! JSON Schema: the columns of the payloads that a schema describes, and the judgement whether a payload fits.
//!
//! The columns follow the rules of Mozilla's transpiler: objects are structs, maps are lists of keys and
//! values, and what has no single shape is kept as JSON text. It must never fetch a schema from elsewhere.

mod columns;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod validator;

pub use read::read;
pub use validator::{PayloadValidator, Violation};
