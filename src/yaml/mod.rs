//! YAML and JSON text → nodes that keep their position, and typed reading from them.
//!
//! A tree of nodes, rather than derived deserialisation, lets one reading report every mistake of a
//! file at once: unknown and duplicate keys, wrong types, missing keys. It must never guess a type.

mod commas;
mod json;
mod node;
mod parse;
mod read;
mod shape;

pub use node::{Node, Value};
pub use parse::{Limits, parse};
pub use read::{MapReader, Text};
pub use shape::{Key, Shape, Takes};
