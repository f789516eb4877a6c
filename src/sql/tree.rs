//! Our own GoogleSQL tree. Lowering builds it, resolving fills in columns and types, and every later
//! reader (reads, translation) sees only this tree, never the parser's.

use std::sync::Arc;

use crate::schema::Type;

/// A place in the compiled SQL text; line and column count from 1, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    pub length: u32,
}

/// A name and its place.
#[derive(Clone, Debug)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Query {
    pub with: Vec<CommonTable>,
    pub body: Body,
    pub order_by: Vec<Order>,
    pub limit: Option<Expression>,
    pub offset: Option<Expression>,
    pub span: Span,
    /// Of the outermost query: how deep its parts nest.
    pub depth: usize,
    /// Of the outermost query: the functions with a dotted name that it calls.
    pub calls: Vec<(String, Span)>,
}

impl Query {
    /// The expression of `SELECT (expression)`, and how deep it nests.
    pub fn into_single_expression(self) -> Option<(Expression, usize)> {
        let Body::Select(select) = self.body else { return None };
        let mut items = select.items.into_iter();
        match (items.next(), items.next()) {
            (Some(SelectItem::Expression { expression, alias: None }), None) => {
                Some((expression, self.depth))
            }
            _ => None,
        }
    }
}

/// `name AS (query)` in a WITH clause.
#[derive(Clone, Debug)]
pub struct CommonTable {
    pub name: Name,
    pub query: Query,
}

#[derive(Clone, Debug)]
pub enum Body {
    Select(Box<Select>),
    Query(Box<Query>),
    Set { operator: SetOperator, all: bool, left: Box<Body>, right: Box<Body>, span: Span },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

#[derive(Clone, Debug)]
pub struct Select {
    pub distinct: bool,
    /// `SELECT AS STRUCT`: the row becomes one struct value.
    pub as_struct: bool,
    pub items: Vec<SelectItem>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expression>,
    pub group_by: GroupBy,
    pub having: Option<Expression>,
    pub windows: Vec<(Name, Window)>,
    pub qualify: Option<Expression>,
    pub span: Span,
    /// Filled by resolving: the selected columns with stars expanded.
    pub outputs: Vec<Output>,
}

#[derive(Clone, Debug)]
pub struct Output {
    pub name: String,
    pub expression: Expression,
    /// What the source of the column says of it.
    pub description: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
pub enum SelectItem {
    Expression {
        expression: Expression,
        alias: Option<Name>,
    },
    /// `*` or `base.*`, with EXCEPT and REPLACE.
    Star {
        base: Option<Expression>,
        except: Vec<Name>,
        replace: Vec<(Name, Expression)>,
        span: Span,
    },
}

#[derive(Clone, Debug)]
pub enum GroupBy {
    None,
    All,
    Expressions(Vec<Expression>),
}

#[derive(Clone, Debug)]
pub struct FromItem {
    pub relation: Relation,
    pub joins: Vec<Join>,
}

#[derive(Clone, Debug)]
pub struct Join {
    pub kind: JoinKind,
    pub relation: Relation,
    pub constraint: Constraint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

#[derive(Clone, Debug)]
pub enum Constraint {
    None,
    On(Expression),
    Using(Vec<Name>),
}

#[derive(Clone, Debug)]
pub struct Relation {
    pub kind: RelationKind,
    /// The name that columns are qualified with; resolving gives one to every relation.
    pub alias: Option<Name>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum RelationKind {
    /// A table, view or common table. `common` says which after resolving.
    Table {
        path: Vec<Name>,
        common: bool,
    },
    Subquery(Box<Query>),
    Unnest {
        array: Box<Expression>,
        offset: Option<Name>,
    },
    /// Joins in parentheses.
    Nested(Box<FromItem>),
}

#[derive(Clone, Debug)]
pub struct Order {
    pub expression: Expression,
    pub descending: bool,
    pub nulls_first: Option<bool>,
}

#[derive(Clone, Debug, Default)]
pub struct Window {
    pub base: Option<Name>,
    pub partition_by: Vec<Expression>,
    pub order_by: Vec<Order>,
    pub frame: Option<Frame>,
}

#[derive(Clone, Debug)]
pub struct Frame {
    pub rows: bool,
    pub start: Bound,
    pub end: Option<Bound>,
}

#[derive(Clone, Debug)]
pub enum Bound {
    CurrentRow,
    Preceding(Option<Box<Expression>>),
    Following(Option<Box<Expression>>),
}

#[derive(Clone, Debug)]
pub struct Expression {
    pub kind: Kind,
    pub span: Span,
    /// [`Type::Null`] until resolved.
    pub ty: Type,
}

impl Expression {
    pub fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span, ty: Type::Null }
    }

    pub fn typed(kind: Kind, span: Span, ty: Type) -> Self {
        Self { kind, span, ty }
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
    /// `DATE '2026-11-22'` and its like.
    Typed {
        ty: Type,
        text: String,
    },
    /// `@submission_date`, without the `@`.
    Parameter(String),
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
    Case {
        operand: Option<Box<Expression>>,
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
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
    /// `INTERVAL 1 DAY`, only as an argument of date arithmetic.
    Interval {
        value: Box<Expression>,
        part: DatePart,
    },
    Extract {
        part: DatePart,
        operand: Box<Expression>,
    },
    /// A date part as an argument: `DATE_TRUNC(d, MONTH)`.
    Part(DatePart),
    /// The `*` of `COUNT(*)`.
    Star,
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

#[derive(Clone, Debug)]
pub struct Call {
    /// Upper case.
    pub name: String,
    pub arguments: Vec<Expression>,
    pub distinct: bool,
    pub nulls: Option<Nulls>,
    pub order_by: Vec<Order>,
    pub limit: Option<Expression>,
    pub over: Option<Over>,
    /// `SAFE.f(…)`: NULL where `f` would fail.
    pub safe: bool,
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
pub enum Nulls {
    Ignore,
    Respect,
}

#[derive(Clone, Debug)]
pub enum Over {
    Named(Name),
    Window(Window),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    /// Starts on the day so many days after Sunday.
    Week(u8),
    IsoWeek,
    Month,
    Quarter,
    Year,
    IsoYear,
    DayOfWeek,
    DayOfYear,
    Date,
    Time,
}

impl DatePart {
    /// Whether the part is one of a day's time.
    pub fn is_clock(self) -> bool {
        use DatePart::{Hour, Microsecond, Millisecond, Minute, Second};
        matches!(self, Microsecond | Millisecond | Second | Minute | Hour)
    }

    /// The part of a name such as `MONTH` or `WEEK(MONDAY)`, letter case aside.
    pub fn parse(name: &str) -> Option<Self> {
        const DAYS: [&str; 7] =
            ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];
        let name = name.to_ascii_uppercase();
        if let Some(day) = name.strip_prefix("WEEK(").and_then(|rest| rest.strip_suffix(')')) {
            return DAYS.iter().position(|known| *known == day).map(|index| DatePart::Week(index as u8));
        }
        Some(match name.as_str() {
            "MICROSECOND" => DatePart::Microsecond,
            "MILLISECOND" => DatePart::Millisecond,
            "SECOND" => DatePart::Second,
            "MINUTE" => DatePart::Minute,
            "HOUR" => DatePart::Hour,
            "DAY" => DatePart::Day,
            "WEEK" => DatePart::Week(0),
            "ISOWEEK" => DatePart::IsoWeek,
            "MONTH" => DatePart::Month,
            "QUARTER" => DatePart::Quarter,
            "YEAR" => DatePart::Year,
            "ISOYEAR" => DatePart::IsoYear,
            "DAYOFWEEK" => DatePart::DayOfWeek,
            "DAYOFYEAR" => DatePart::DayOfYear,
            "DATE" => DatePart::Date,
            "TIME" => DatePart::Time,
            _ => return None,
        })
    }
}
