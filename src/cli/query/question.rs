//! What is asked, by whatever verb: a query, the project that it stands on and the values of its parameters, typed and
//! translated. Nothing is run here.

use std::sync::Arc;

use super::{Given, Text, project, translate};
use crate::cli::context::{Compiled, Globals, Problem};
use crate::diagnostic::Source;
use crate::query::{Parameter, Session, Translated};

/// A query and all that is known of it before it runs.
pub struct Question {
    pub source: Arc<Source>,
    /// The project around, if there is one.
    pub compiled: Option<Compiled>,
    pub given: Vec<Parameter>,
    pub translated: Translated,
}

/// Reads a query and its parameters and translates it.
///
/// # Errors
/// A text or a project that cannot be read; all mistakes in the parameters or in the query.
pub fn question(text: &Text, given: &Given, globals: &Globals) -> Result<Question, Problem> {
    let source = text.read()?;
    let compiled = project(globals)?;
    let given = given.read(&Session::in_memory()?)?;
    let translated = translate(compiled.as_ref(), &source, &given)?;
    Ok(Question { source, compiled, given, translated })
}
