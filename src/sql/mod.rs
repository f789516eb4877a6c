//! GoogleSQL: parse into our own tree, resolve names and types, infer what is read, translate for DuckDB. Pure: it
//! must never touch a file, a clock or a warehouse.
//!
//! The order of work is the order of the modules: `parse` → `resolve` → `reads`, `lineage`, `required`, `duckdb`.

mod catalogue;
mod constant;
pub mod duckdb;
pub mod format;
mod functions;
pub mod lineage;
mod parse;
mod probe;
mod reads;
mod required;
mod resolve;
mod routine;
mod same;
mod script;
mod script_body;
mod stack;
mod suffix;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod visit;
mod walk;
mod words;
pub mod written;

pub use catalogue::{Catalogue, Table};
pub use constant::constant;
pub use functions::{Determinism, FUNCTIONS, Function, Role, conformance, find as function, supertype};
pub use parse::{Piece, PieceKind, canonical, is_reserved, pieces, script};
pub use reads::infer_reads;
pub use required::required;
pub use resolve::{matching_tables, wider_table};
pub use routine::{
    Obstacle, ParsedBody, ResolvedBody, Routine, RoutineBody, SqlBody, TableRoutine, TemplateBody,
    argument_type,
};
pub use same::{key, same};
pub use script::{ScriptUses, script_uses};
pub use script_body::{Varies, varies};
pub use stack::{announce as announce_stack, roomy as with_room};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Position};
use crate::schema::{Field, Type};
use tree::Span;

/// A finding about a SQL text, with its place in the compiled text; the compiler turns it into a
/// diagnostic at the author's file.
#[derive(Clone, Debug)]
pub struct Problem {
    pub code: Code,
    pub span: Span,
    pub message: String,
    pub hint: Option<String>,
    /// A place in a file that explains it.
    pub related: Option<(Position, String)>,
}

impl Problem {
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), hint: None, related: None }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn related(mut self, position: &Position, label: impl Into<String>) -> Self {
        self.related = Some((position.clone(), label.into()));
        self
    }

    #[must_use]
    pub fn suggest<'a>(mut self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(candidate) = crate::diagnostic::did_you_mean(written, candidates) {
            self.hint = Some(format!("did you mean `{candidate}`?"));
        }
        self
    }
}

/// One place in a query that names a table, source or view.
#[derive(Clone, Debug)]
pub struct TableUse {
    pub name: String,
    pub span: Span,
    /// Empty before resolving.
    pub columns: Arc<[Field]>,
}

/// What is known of a query after resolving.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub query: tree::Query,
    pub columns: Vec<Field>,
    /// Per column the tables and columns that it copies unchanged: one, or one a side of a union.
    pub origins: Vec<Vec<tree::Origin>>,
    pub uses: Vec<TableUse>,
    /// How often each common table is named, by the order of their resolving.
    pub common_uses: Vec<usize>,
    /// What the names in the query mean, with types: they decide the translation. Columns that only a star
    /// brings in are not among them.
    pub meanings: Vec<String>,
    /// The keys that keyed_hash names, in functions that are called too.
    pub keys: BTreeSet<String>,
    /// The declared parameters that it names.
    pub parameters: BTreeSet<String>,
    /// Where it names one of [`PARAMETERS`] first; none where it runs without a partition.
    pub first_parameter: Option<tree::Span>,
    /// What is understood and cannot be run here: translation reports it.
    pub refused: Vec<Problem>,
    /// The tables that it reads and nobody declares, each once: their columns are not known.
    pub undeclared: Vec<Undeclared>,
}

/// A table, or a function that gives one, of which nobody knows more than its name.
#[derive(Clone, Debug)]
pub struct Undeclared {
    pub name: String,
    pub problem: Problem,
}

impl Analysis {
    /// Whether a condition on a value may as well stand at the table that it was copied from. A common
    /// table that is named twice has readers that the condition says nothing of.
    pub fn conditions_move(&self, origin: &tree::Origin) -> bool {
        origin.movable && origin.through.iter().all(|common| self.common_uses.get(*common) == Some(&1))
    }
}

/// A query parameter that is always at hand.
pub const PARAMETERS: &[(&str, Type)] = &[
    ("submission_date", Type::Date),
    ("partition_start", Type::Timestamp),
    ("partition_end", Type::Timestamp),
];

/// A query that was parsed once. Its tables are known before their columns are.
#[derive(Clone, Debug)]
pub struct Parsed {
    query: tree::Query,
    /// The text without comments and spacing; see [`canonical`].
    pub canonical: String,
    /// What GoogleSQL has and BigQuery has not: it runs here, and is a problem of all that is compiled for BigQuery.
    beyond: Vec<Problem>,
    /// Whether its columns are shown and not stored, so that they need no names of their own.
    is_shown: bool,
}

impl Parsed {
    /// Parses a text.
    ///
    /// # Errors
    /// Syntax errors and constructs that are not understood.
    pub fn new(text: &str) -> Result<Self, Vec<Problem>> {
        let ((query, beyond), canonical) = parse::query(text).map_err(|problem| vec![problem])?;
        Ok(Self { query, canonical, beyond, is_shown: false })
    }

    /// The names of the tables that the query reads, common tables aside, each once, in order of appearance.
    pub fn references(&self) -> Vec<TableUse> {
        parse::references(&self.query)
    }

    /// Gives columns without a name the names `f0_`, `f1_`, counted among themselves, as BigQuery does where nothing is stored;
    /// two may share one.
    #[must_use]
    pub fn with_named_columns(mut self) -> Self {
        self.is_shown = true;
        if let tree::Body::Select(select) = &mut self.query.body {
            let mut unnamed = 0;
            for item in &mut select.items {
                if let tree::SelectItem::Expression { expression, alias: alias @ None } = item
                    && expression.natural_name().is_empty()
                {
                    *alias = Some(tree::Name { text: format!("f{unnamed}_"), span: expression.span });
                    unnamed += 1;
                }
            }
        }
        self
    }

    /// Resolves and types the query against a catalogue.
    ///
    /// # Errors
    /// All problems that were found.
    pub fn analyse(self, catalogue: &dyn Catalogue) -> Result<Analysis, Vec<Problem>> {
        let (analysis, mut problems) = self.examine(catalogue);
        let undeclared = analysis.iter().flat_map(|analysis| &analysis.undeclared);
        problems.extend(undeclared.map(|table| table.problem.clone()));
        analysis.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Like [`Parsed::analyse`], with what is known of the query beside its problems: a column with a problem
    /// has an unknown type, and [`Field::unknown_rest`] stands for columns that nobody knows. A table that nobody declares
    /// is no problem here.
    pub fn examine(self, catalogue: &dyn Catalogue) -> (Option<Analysis>, Vec<Problem>) {
        let depth = self.query.depth;
        let span = self.query.span;
        match stack::roomy(depth, || resolve::resolve(self.query, self.is_shown, catalogue)) {
            Some((analysis, mut problems)) => {
                // What is only shown never gets to BigQuery.
                if !self.is_shown {
                    problems.extend(self.beyond);
                }
                (Some(analysis), problems)
            }
            None => {
                let message = "there is no thread to resolve the query on";
                (None, vec![Problem::new(Code::Unsupported, span, message)])
            }
        }
    }
}

/// Parses, resolves and types a query against a catalogue.
///
/// # Errors
/// All problems that were found.
pub fn analyse(text: &str, catalogue: &dyn Catalogue) -> Result<Analysis, Vec<Problem>> {
    Parsed::new(text)?.analyse(catalogue)
}
