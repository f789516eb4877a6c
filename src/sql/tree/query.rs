//! Queries and FROM clauses.

use std::sync::Arc;

use super::{CreateFunction, Expression, Name, Span};

#[derive(Clone, Debug)]
pub struct Query {
    pub with: Vec<CommonTable>,
    /// `WITH RECURSIVE`: common tables may name themselves and each other.
    pub recursive: bool,
    pub body: Body,
    pub order_by: Vec<Order>,
    pub limit: Option<Expression>,
    pub offset: Option<Expression>,
    pub span: Span,
    /// How deep its parts nest.
    pub depth: usize,
    /// Of the outermost query: the functions that stand before it in its text.
    pub functions: Vec<CreateFunction>,
    /// Of the outermost query: the functions with a dotted name that it calls.
    pub calls: Vec<(String, Span)>,
}

impl Query {
    /// A query that is one body and nothing else.
    pub fn of(body: Body, span: Span, depth: usize) -> Self {
        Self {
            with: Vec::new(),
            recursive: false,
            body,
            order_by: Vec::new(),
            limit: None,
            offset: None,
            span,
            depth,
            functions: Vec::new(),
            calls: Vec::new(),
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
    Set {
        operator: SetOperator,
        all: bool,
        /// Where columns are matched by their names and not by their places.
        by_name: Option<Box<ByName>>,
        left: Box<Body>,
        right: Box<Body>,
        span: Span,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

/// `BY NAME` and `CORRESPONDING` behind a set operator.
#[derive(Clone, Debug)]
pub struct ByName {
    pub columns: NameMatch,
    /// `ON (a, b)`: only these columns.
    pub only: Option<Vec<Name>>,
}

/// Which columns a set operation by name keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// Both sides have the same ones.
    Same,
    /// Those that both sides have.
    Inner,
    /// Those of the left side; NULL where the right one lacks them.
    Left,
    /// Those of either side.
    Full,
}

/// What one row of a SELECT is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    Columns,
    /// `SELECT AS STRUCT`: the row becomes one struct value.
    Struct,
    /// `SELECT AS VALUE`: the row is its one column.
    Value,
    /// The row of the FROM clause as it is, which pipe syntax hands from step to step; resolving makes columns or a value of it.
    Given,
}

#[derive(Clone, Debug, Default)]
pub struct Select {
    pub distinct: bool,
    /// A step of pipe syntax that looks at single rows: it holds no aggregate.
    pub of_rows: bool,
    pub shape: Shape,
    /// As written; resolving moves their expressions to the outputs.
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

impl SelectItem {
    /// Whether it is `*` and nothing more.
    pub fn is_all(&self) -> bool {
        match self {
            SelectItem::Star { base: None, except, replace, rename, .. } => {
                except.is_empty() && replace.is_empty() && rename.is_empty()
            }
            _ => false,
        }
    }
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
    /// `*` or `base.*`, with EXCEPT and REPLACE; `rename` is of pipe syntax.
    Star {
        base: Option<Expression>,
        except: Vec<Name>,
        replace: Vec<(Name, Expression)>,
        rename: Vec<(Name, Name)>,
        span: Span,
    },
}

#[derive(Clone, Debug, Default)]
pub enum GroupBy {
    #[default]
    None,
    All,
    Expressions(Vec<Expression>),
    /// With ROLLUP, CUBE or GROUPING SETS among the keys.
    Sets(Vec<Grouping>),
}

impl GroupBy {
    /// Plain keys where every part is one key.
    pub fn of(parts: Vec<Grouping>) -> Self {
        let mut keys = Vec::new();
        for part in &parts {
            match part {
                Grouping::Keys(one) if one.len() == 1 => keys.extend(one.iter().cloned()),
                _ => return GroupBy::Sets(parts),
            }
        }
        GroupBy::Expressions(keys)
    }
}

/// A part of GROUP BY.
#[derive(Clone, Debug)]
pub enum Grouping {
    /// One key, or several in brackets; none is the grand total.
    Keys(Vec<Expression>),
    Rollup(Vec<Vec<Expression>>),
    Cube(Vec<Vec<Expression>>),
    Sets(Vec<Grouping>),
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
    Using {
        names: Vec<Name>,
        /// The column of either side for each name, by resolving.
        sides: Vec<(Expression, Expression)>,
    },
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
        /// `FOR SYSTEM_TIME AS OF`
        as_of: Option<Box<Expression>>,
    },
    Subquery(Box<Query>),
    Unnest {
        array: Box<Expression>,
        offset: Option<Name>,
    },
    /// Joins in parentheses.
    Nested(Box<FromItem>),
    /// A call of a table function.
    Call {
        path: Vec<Name>,
        arguments: Vec<TableArgument>,
    },
    Pivot {
        input: Box<Relation>,
        pivot: Box<Pivot>,
    },
    Unpivot {
        input: Box<Relation>,
        unpivot: Box<Unpivot>,
    },
    /// `TABLESAMPLE SYSTEM (n PERCENT)`, or so many rows
    Sample {
        input: Box<Relation>,
        amount: Box<Expression>,
        of_rows: bool,
    },
}

/// An argument of a table function.
#[derive(Clone, Debug)]
pub enum TableArgument {
    Value(Expression),
    Table(Relation),
}

/// `PIVOT(aggregates FOR input IN (values))`
#[derive(Clone, Debug)]
pub struct Pivot {
    pub aggregates: Vec<PivotAggregate>,
    pub input: Expression,
    pub columns: Vec<PivotColumn>,
    /// The columns that stay, by resolving.
    pub keys: Vec<Output>,
}

#[derive(Clone, Debug)]
pub struct PivotAggregate {
    pub expression: Expression,
    pub alias: Option<Name>,
}

#[derive(Clone, Debug)]
pub struct PivotColumn {
    pub value: Expression,
    pub alias: Option<Name>,
}

/// `UNPIVOT(values FOR name IN (columns))`
#[derive(Clone, Debug)]
pub struct Unpivot {
    pub include_nulls: bool,
    /// The columns that hold the values; several where the columns stand in brackets.
    pub values: Vec<Name>,
    /// The column that holds the names.
    pub name: Name,
    pub columns: Vec<UnpivotColumn>,
    /// The columns that stay, by resolving.
    pub keys: Vec<Output>,
}

#[derive(Clone, Debug)]
pub struct UnpivotColumn {
    pub columns: Vec<Name>,
    /// The same, by resolving.
    pub inputs: Vec<Expression>,
    /// What stands in the name column for it: a text or an integer.
    pub label: Option<Expression>,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub expression: Expression,
    pub descending: bool,
    pub nulls_first: Option<bool>,
    /// What stands behind COLLATE.
    pub collation: Option<String>,
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
    pub unit: FrameUnit,
    pub start: Bound,
    pub end: Option<Bound>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameUnit {
    Rows,
    Range,
}

#[derive(Clone, Debug)]
pub enum Bound {
    CurrentRow,
    Preceding(Option<Box<Expression>>),
    Following(Option<Box<Expression>>),
}
