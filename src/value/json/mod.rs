//! JSON documents as GoogleSQL's JSON type holds them: keys in order, each once, numbers as INT64, UINT64 or FLOAT64.
//! Reading and writing only; what functions make of documents stands with them. Data types, "JSON type".

mod number;
mod parse;
mod scan;
mod write;

use std::collections::BTreeMap;

pub use number::Number;
pub use parse::unescaped;
pub use scan::{Broken, Scanner};
pub use write::Writer;

/// How deeply arrays and objects may nest.
pub const DEEPEST: usize = 500;

#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Document>),
    Object(BTreeMap<String, Document>),
}

/// What is done with a number that JSON values cannot hold. JSON functions, "PARSE_JSON".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// It is an error.
    Exact,
    /// It becomes the next FLOAT64, or an error beyond those.
    Round,
}

impl Document {
    /// Reads a text as RFC 8259 has it. Of equal keys the first one counts.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str, wide: Wide) -> Result<Self, String> {
        parse::parse(text, wide)
    }

    /// Reads a JSON value, which was checked when it was made.
    ///
    /// # Errors
    /// A column of this type held something else.
    pub fn stored(text: &str) -> Result<Self, String> {
        Self::parse(text, Wide::Round).map_err(|problem| format!("a bad JSON value: {problem}"))
    }

    /// Without spaces.
    pub fn compact(&self) -> String {
        self.written(Writer::compact())
    }

    /// An item a line.
    pub fn pretty(&self) -> String {
        self.written(Writer::pretty())
    }

    fn written(&self, mut writer: Writer) -> String {
        writer.document(self);
        writer.finish()
    }

    /// As `JSON_TYPE` names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Document::Null => "null",
            Document::Bool(_) => "boolean",
            Document::Number(_) => "number",
            Document::String(_) => "string",
            Document::Array(_) => "array",
            Document::Object(_) => "object",
        }
    }
}

#[cfg(test)]
mod tests;
