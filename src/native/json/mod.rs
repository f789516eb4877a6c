//! JSON: what is read from documents, made of them and written as them, a file for each theme with its rows. STRINGs
//! that hold JSON are read as far as is needed and never checked further; values of type JSON are whole documents,
//! though their text need not be in one form. JSON functions.

pub mod change;
pub mod convert;
pub mod encode;
pub mod lax;
pub mod look;
pub mod make;
mod path;
pub mod read;

use std::borrow::Cow;

use super::{Native, strict, unexpected};
use crate::value::Value;
use crate::value::json::{Document, Wide};

fn json<'a>(document: &Document) -> Value<'a> {
    Value::Json(Cow::Owned(document.compact()))
}

/// The `wide_number_mode` of a call.
fn wide(mode: &str) -> Result<Wide, String> {
    match mode {
        "exact" => Ok(Wide::Exact),
        "round" => Ok(Wide::Round),
        other => Err(format!("wide_number_mode is 'exact' or 'round', not '{other}'")),
    }
}
