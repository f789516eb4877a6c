//! Expressions: as parsed, and what resolving makes of them.

use std::sync::Arc;

use super::query::{Order, Query, Window};
use super::{DatePart, Name, Span};
use crate::schema::{Field, Type};
use crate::sql::Varies;

#[derive(Clone, Debug)]
pub struct Expression {
    pub kind: Kind,
    pub span: Span,
    /// How deep its parts nest, as parsed; queries inside counted.
    pub depth: u32,
    /// [`Type::Null`] until resolved.
    pub ty: Type,
}

impl Kind {
    /// `(a, b)`: a struct whose fields have no names, not even those of columns.
    pub fn tuple(values: Vec<Expression>) -> Self {
        let nameless = |value: Expression| (Some(Name { text: String::new(), span: value.span }), value);
        Self::Struct(values.into_iter().map(nameless).collect())
    }
}

impl Expression {
    /// The name that a column or a field has without an alias: a path's last part.
    pub fn natural_name(&self) -> String {
        match &self.kind {
            Kind::Path(path) => path.last().map_or(String::new(), |name| name.text.clone()),
            Kind::Field { field, .. } => field.text.clone(),
            _ => String::new(),
        }
    }

    /// Whether it is `name => value`.
    pub fn is_named(&self) -> bool {
        matches!(self.kind, Kind::Named { .. })
    }

    pub fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span, depth: 0, ty: Type::Null }
    }

    pub fn typed(kind: Kind, span: Span, ty: Type) -> Self {
        Self { kind, span, depth: 0, ty }
    }
}

#[derive(Clone, Debug)]
pub enum Kind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(String),
    Text(String),
    Bytes(Vec<u8>),
    /// `DATE '2026-11-22'`, `NUMERIC '1.5'`, `JSON '{}'` and their like.
    Typed {
        ty: Type,
        text: String,
    },
    /// `@submission_date`, without the `@`.
    Parameter(String),
    /// `?`, counted from 1; once resolved, any parameter whose value is bound, by its number.
    Positional(usize),
    /// `@@name`, without the `@@`.
    System(String),
    /// A dotted name as written; resolving turns it into `Column`, `Row` and `Field`.
    Path(Vec<Name>),
    /// A column of a relation in scope; no relation where USING merged two.
    Column {
        relation: Option<String>,
        name: String,
        origins: Vec<Origin>,
    },
    /// A relation's alias used as the struct of its row.
    Row {
        relation: String,
    },
    Field {
        base: Box<Expression>,
        field: Name,
    },
    Unary {
        operator: Unary,
        operand: Box<Expression>,
    },
    Binary {
        operator: Binary,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Call(Box<Call>),
    /// A call of a function that the project defines, by resolving.
    Inlined(Box<Inlined>),
    Cast {
        operand: Box<Expression>,
        to: Type,
        safe: bool,
    },
    /// A cast that says more than its type.
    FormattedCast(Box<FormattedCast>),
    /// `ARRAY<T>[…]`, `STRUCT<…>(…)`: the operand, an array or a struct, becomes a value of the type as if stored
    /// in a column of it.
    Constructor {
        operand: Box<Expression>,
        to: Type,
    },
    Case {
        operand: Option<Box<Expression>>,
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
    },
    /// `WITH(a AS …, …, value)`
    With(Box<WithExpression>),
    /// `name => value`, an argument of a call.
    Named {
        name: Name,
        value: Box<Expression>,
    },
    /// `e -> value`, an argument of a call.
    Lambda {
        parameters: Vec<Name>,
        body: Box<Expression>,
    },
    In {
        operand: Box<Expression>,
        set: InSet,
        negated: bool,
    },
    Between {
        operand: Box<Expression>,
        low: Box<Expression>,
        high: Box<Expression>,
        negated: bool,
    },
    Like {
        operand: Box<Expression>,
        pattern: Box<Expression>,
        negated: bool,
    },
    /// `operand LIKE ANY (…)`
    LikeSet {
        operand: Box<Expression>,
        quantifier: Quantifier,
        set: InSet,
        negated: bool,
    },
    Is {
        operand: Box<Expression>,
        test: IsTest,
        negated: bool,
    },
    Exists {
        query: Box<Query>,
        negated: bool,
    },
    /// A query as a value: one column, at most one row.
    Scalar(Box<Query>),
    /// `ARRAY(query)`
    ArrayQuery(Box<Query>),
    Array(Vec<Expression>),
    Struct(Vec<(Option<Name>, Expression)>),
    Subscript {
        base: Box<Expression>,
        index: Box<Expression>,
        kind: SubscriptKind,
    },
    /// `INTERVAL 1 DAY`; `INTERVAL '1-2' YEAR TO MONTH`.
    Interval {
        value: Box<Expression>,
        part: DatePart,
        to: Option<DatePart>,
    },
    Extract {
        part: DatePart,
        operand: Box<Expression>,
        /// `AT TIME ZONE`
        zone: Option<Box<Expression>>,
    },
    /// A date part as an argument: `DATE_TRUNC(d, MONTH)`.
    Part(DatePart),
    /// The `*` of `COUNT(*)`.
    Star,
    /// `DEFAULT`, a value in INSERT, UPDATE and MERGE; or a table, model or the like as an argument.
    Keyword(String),
}

/// `CAST(operand AS to FORMAT format AT TIME ZONE zone)`, or one to a type with parameters.
#[derive(Clone, Debug)]
pub struct FormattedCast {
    pub operand: Expression,
    pub to: Type,
    /// Of `NUMERIC(10, 2)`: 10 and 2.
    pub parameters: Vec<i64>,
    /// The same of types within it.
    pub within: Bounds,
    pub safe: bool,
    pub format: Option<Expression>,
    pub zone: Option<Expression>,
    /// The moment at which the clock stands still: a text without a year or a month has the current one.
    pub now: Option<jiff::Timestamp>,
}

/// What the parameters of types within a type bound: `ARRAY<STRING(3)>`, `STRUCT<a NUMERIC(5, 2)>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Bounds {
    #[default]
    None,
    Parameters(Vec<i64>),
    Element(Box<Bounds>),
    /// Of each field.
    Fields(Vec<Bounds>),
}

#[derive(Clone, Debug)]
pub struct WithExpression {
    pub bindings: Vec<(Name, Expression)>,
    pub value: Expression,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    Any,
    All,
}

/// Where a column's value was copied from, unchanged: the use of a table (an index into the
/// analysis' table uses) and the column's name there. A column of a union has one for each side that copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub table_use: usize,
    pub column: String,
    /// Whether a condition on the value may as well stand at the table: no window, LIMIT, outer
    /// side of a join or edge of a correlated subquery lies between.
    pub movable: bool,
    /// The common tables that it came through; a condition moves only through those used once.
    pub through: Vec<usize>,
}

#[derive(Clone, Debug)]
pub enum InSet {
    List(Vec<Expression>),
    Query(Box<Query>),
    Unnest(Box<Expression>),
}

#[derive(Clone, Debug)]
pub enum IsTest {
    Null,
    True,
    False,
    DistinctFrom(Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptKind {
    /// `[OFFSET(n)]` or `[n]`: counted from 0, an error past the end.
    Offset,
    SafeOffset,
    Ordinal,
    SafeOrdinal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Not,
    Minus,
    Plus,
    BitNot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Concatenate,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
}

impl Binary {
    pub fn is_comparison(self) -> bool {
        use Binary::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        matches!(self, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
    }
}

#[derive(Clone, Debug)]
pub struct Call {
    /// Upper case.
    pub name: String,
    pub arguments: Vec<Expression>,
    pub distinct: bool,
    pub nulls: Option<Nulls>,
    pub order_by: Vec<Order>,
    pub limit: Option<Expression>,
    /// `WHERE condition`: only the rows for which it is true.
    pub filter: Option<Box<Expression>>,
    /// `HAVING MAX x`: only the rows where x is largest.
    pub having: Option<(Extreme, Box<Expression>)>,
    pub over: Option<Over>,
    /// `SAFE.f(…)`: NULL where `f` would fail.
    pub safe: bool,
    /// Whether it calls an aggregate function that is no built-in one.
    pub own_aggregate: bool,
    /// What makes it give something else at each run, where it calls a function in JavaScript.
    pub own_varies: Option<Varies>,
    /// What runs, where it calls a function in JavaScript.
    pub script: Option<Arc<Script>>,
}

/// A function in JavaScript.
#[derive(Clone, Debug)]
pub struct Script {
    pub arguments: Vec<Field>,
    pub source: Arc<str>,
}

/// A function's body in the place of its call.
#[derive(Clone, Debug)]
pub struct Inlined {
    /// The function's name. In the body the arguments are columns of a relation of that name.
    pub function: String,
    pub arguments: Vec<(String, Expression)>,
    pub body: Arc<Expression>,
    /// Whether the body holds a query, itself or in a function that it calls.
    pub has_query: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    Max,
    Min,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    Ignore,
    Respect,
}

#[derive(Clone, Debug)]
pub enum Over {
    Named(Name),
    Window(Window),
}

impl Call {
    /// Whether the call has nothing but arguments.
    pub fn is_plain(&self) -> bool {
        !self.distinct
            && self.nulls.is_none()
            && self.order_by.is_empty()
            && self.limit.is_none()
            && self.filter.is_none()
            && self.having.is_none()
            && self.over.is_none()
    }

    /// A call with nothing but arguments.
    pub fn plain(name: &str, arguments: Vec<Expression>) -> Self {
        Self {
            name: name.to_owned(),
            arguments,
            distinct: false,
            nulls: None,
            order_by: Vec::new(),
            limit: None,
            filter: None,
            having: None,
            over: None,
            safe: false,
            own_aggregate: false,
            script: None,
            own_varies: None,
        }
    }
}
