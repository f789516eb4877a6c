//! The functions of GoogleSQL that are known: name, signatures, determinism, DuckDB form. One table; the
//! resolver and the translation only look things up in it. It must hold no function of a project, nor resolve a name.

mod conversion;
mod document;
mod forms;
mod matching;
mod operators;
mod parts;
mod signature;
mod table;
#[cfg(test)]
mod tests;

use std::sync::{LazyLock, OnceLock};

pub use conversion::{
    castable, common, distance, has_equality, is_literal, is_ordered, supertype, takes_format,
};
pub use document::conformance;
pub use matching::{Mismatch, Reason, best, lambda_types};
pub use operators::{binary, unary};
pub use signature::{Pattern, Signature};
pub use table::FAMILIES;

use super::tree::{Call, Expression, Kind};
use super::words::Words;
use crate::schema::Type;

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Function {
    pub name: &'static str,
    pub role: Role,
    /// As [`signature`] reads them.
    pub written: &'static str,
    pub clauses: Clauses,
    pub determinism: Determinism,
    /// Whether a person can no longer be told from the result: the function counts, sums or hashes with a key.
    pub sanitises: bool,
    pub duckdb: Form,
    /// Whether the form asks for arguments by their names.
    pub knows_names: bool,
}

/// Where a function may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Scalar,
    /// Over groups, or over a window with OVER.
    Aggregate,
    /// Only with OVER.
    Window,
}

/// What may stand in or behind the brackets of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    pub distinct: bool,
    /// ORDER BY and LIMIT.
    pub order: bool,
    /// IGNORE NULLS and RESPECT NULLS.
    pub nulls: bool,
    /// WHERE, HAVING MAX and HAVING MIN.
    pub having: bool,
    pub over: bool,
}

/// Whether a function gives the same value for the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Determinism {
    Deterministic,
    /// The value depends on the order of rows, where no ORDER BY or a tie leaves it open.
    DependsOnOrder,
    /// Differs between engines and versions, and perhaps from run to run.
    Approximate,
    /// Depends on when and by whom the query runs.
    Session,
    /// Another value at each call.
    Volatile,
}

/// How DuckDB is asked for the same value.
#[derive(Clone, Copy)]
pub enum Form {
    /// The same function under this name, arguments as they are.
    Name(&'static str),
    /// Text with `{0}`, `{1}` for arguments.
    Text(&'static str),
    /// Depends on types, on date parts or on literal arguments. Gives SQL, or what cannot be translated.
    With(fn(&Translated) -> Result<String, String>),
    /// The native function of this name, on the arguments as they are.
    Native(&'static str),
    /// For an aggregate: the native function of this name on a list of all rows' first arguments, NULLs among them,
    /// and on the other arguments as they are, which every row has the same.
    Gathered(&'static str),
    /// Known and typed; DuckDB cannot run it yet.
    Missing,
}

/// The arguments of a call: translated, and as they were resolved.
pub struct Translated<'a> {
    pub sql: &'a [String],
    pub arguments: &'a [Expression],
    pub result: &'a Type,
    /// Whether an error of the function itself, not of its arguments, is to give NULL.
    pub safe: bool,
}

const fn scalar(name: &'static str, written: &'static str, duckdb: Form) -> Function {
    let clauses = Clauses { distinct: false, order: false, nulls: false, having: false, over: false };
    Function {
        name,
        role: Role::Scalar,
        written,
        clauses,
        determinism: Determinism::Deterministic,
        sanitises: false,
        duckdb,
        knows_names: false,
    }
}

const fn aggregate(name: &'static str, written: &'static str, duckdb: Form) -> Function {
    let clauses = Clauses { distinct: true, order: false, nulls: false, having: true, over: true };
    Function { role: Role::Aggregate, clauses, ..scalar(name, written, duckdb) }
}

const fn window(name: &'static str, written: &'static str, duckdb: Form) -> Function {
    let clauses = Clauses { distinct: false, order: false, nulls: false, having: false, over: true };
    Function { role: Role::Window, clauses, ..scalar(name, written, duckdb) }
}

impl Function {
    /// Takes ORDER BY and LIMIT.
    const fn ordered(mut self) -> Self {
        self.clauses.order = true;
        self
    }

    /// Takes IGNORE NULLS and RESPECT NULLS.
    const fn nulls(mut self) -> Self {
        self.clauses.nulls = true;
        self
    }

    const fn no_distinct(mut self) -> Self {
        self.clauses.distinct = false;
        self
    }

    /// Takes neither WHERE nor HAVING MAX and HAVING MIN.
    const fn of_all(mut self) -> Self {
        self.clauses.having = false;
        self
    }

    /// Takes no OVER.
    const fn no_window(mut self) -> Self {
        self.clauses.over = false;
        self
    }

    const fn unordered(mut self) -> Self {
        self.determinism = Determinism::DependsOnOrder;
        self
    }

    const fn approximate(mut self) -> Self {
        self.determinism = Determinism::Approximate;
        self
    }

    const fn session(mut self) -> Self {
        self.determinism = Determinism::Session;
        self
    }

    const fn volatile(mut self) -> Self {
        self.determinism = Determinism::Volatile;
        self
    }

    const fn sanitising(mut self) -> Self {
        self.sanitises = true;
        self
    }

    /// Whether the argument is a count of a part, such as the `INTERVAL 1 DAY` of DATE_ADD, and no INTERVAL as a value.
    pub fn takes_parts(&self, index: usize) -> bool {
        self.signatures().iter().any(|one| matches!(one.pattern(index), Some(Pattern::Interval(_))))
    }

    /// The form asks for arguments by their names.
    const fn named(mut self) -> Self {
        self.knows_names = true;
        self
    }

    /// Whether DuckDB can run it.
    pub fn is_runnable(&self) -> bool {
        !matches!(self.duckdb, Form::Missing)
    }

    /// Its signatures, read when first asked for.
    pub fn signatures(&self) -> &'static [Signature] {
        row(self.name).map_or(&[], Row::signatures)
    }
}

struct Row {
    function: &'static Function,
    signatures: OnceLock<Vec<Signature>>,
}

impl Row {
    fn signatures(&'static self) -> &'static [Signature] {
        // A row that cannot be read has none; the table's test reads all of them.
        self.signatures.get_or_init(|| signature::parse(self.function.written).unwrap_or_default())
    }
}

static INDEX: LazyLock<Words<Row>> = LazyLock::new(|| {
    let row = |function: &'static Function| Row { function, signatures: OnceLock::new() };
    Words::new(FUNCTIONS.iter().map(|function| (function.name, row(function))))
});

fn row(name: &str) -> Option<&'static Row> {
    INDEX.get(name).filter(|row| row.function.name == name)
}

/// Every function that is known, sorted by name.
pub static FUNCTIONS: LazyLock<Vec<&'static Function>> = LazyLock::new(|| {
    let mut functions: Vec<&Function> = FAMILIES.iter().flat_map(|(_, rows)| rows.iter()).collect();
    functions.sort_by_key(|function| function.name);
    functions
});

/// Looks a function up by its upper-case name.
pub fn find(name: &str) -> Option<&'static Function> {
    row(name).map(|row| row.function)
}

/// Whether a call may give another value each time.
pub fn is_varying(call: &Call) -> bool {
    let is_volatile = |function: &Function| function.determinism == Determinism::Volatile;
    call.own_varies.is_some() || find(&call.name).is_some_and(is_volatile)
}

/// Whether a part of an expression may, queries within aside.
pub fn varies(expression: &Expression) -> bool {
    expression.any(&|part| match &part.kind {
        Kind::Call(call) => is_varying(call),
        Kind::Inlined(call) => varies(&call.body),
        _ => false,
    })
}

/// Which argument of a function is a date part, such as MONTH in `DATE_TRUNC(d, MONTH)`.
pub fn part_argument(name: &str) -> Option<usize> {
    let signatures = find(name)?.signatures();
    (0..3).find(|index| signatures.iter().any(|one| matches!(one.special(*index), Some(Pattern::Part(_)))))
}

/// The words that an argument of a function may be, such as NFC.
pub fn keywords(name: &str, index: usize) -> &'static [&'static str] {
    let words = find(name).into_iter().flat_map(|function| function.signatures()).find_map(|one| {
        match one.special(index) {
            Some(Pattern::Keyword(words)) => Some(*words),
            _ => None,
        }
    });
    words.unwrap_or_default()
}

/// Whether two types may be compared with `=` and `<`.
pub fn comparable(left: &Type, right: &Type) -> bool {
    supertype(left, right).is_some()
}

/// Puts arguments into a form's `{0}`, `{1}`; argument texts are not looked into.
pub fn fill(text: &str, arguments: &[String]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (index, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some(argument) = index.parse().ok().and_then(|index: usize| arguments.get(index)) {
            filled.push_str(argument);
        }
        rest = after;
    }
    filled + rest
}
