//! The table itself: a file for each family of functions, each sorted by name.

mod aggregate;
mod approximate;
mod array;
mod conditional;
mod conversion;
mod geography;
mod hash;
mod json;
mod moment;
mod number;
mod range;
mod text;
mod window;

use super::Function;

/// A heading and the functions under it.
pub type Family = (&'static str, &'static [Function]);

/// Every function that is known.
pub static FAMILIES: &[Family] = &[
    ("Aggregates", aggregate::ROWS),
    ("Approximate aggregates and sketches", approximate::ROWS),
    ("Windows", window::ROWS),
    ("Conditions and errors", conditional::ROWS),
    ("Numbers", number::ROWS),
    ("Texts and bytes", text::ROWS),
    ("Arrays", array::ROWS),
    ("JSON", json::ROWS),
    ("Dates, times and intervals", moment::ROWS),
    ("Ranges", range::ROWS),
    ("Hashes, addresses, keys", hash::ROWS),
    ("Conversion and search", conversion::ROWS),
    ("Geography", geography::ROWS),
];
