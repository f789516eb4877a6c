//! Our own GoogleSQL tree. Parsing builds it, resolving fills in columns and types, and every later
//! reader (lineage, rules, reads, translation) sees only this tree, never tokens. It must hold no rule: what a
//! construct means is said by its readers.

mod expression;
mod query;
mod statement;

pub use crate::value::DatePart;
pub use expression::{
    Binary, Bounds, Call, Expression, Extreme, FormattedCast, InSet, Inlined, IsTest, Kind, Nulls, Origin,
    Over, Quantifier, Script, SubscriptKind, Unary, WithExpression,
};
pub use query::{
    Body, Bound, ByName, CommonTable, Constraint, Frame, FrameUnit, FromItem, GroupBy, Grouping, Join,
    JoinKind, NameMatch, Order, Output, Pivot, PivotAggregate, PivotColumn, Query, Relation, RelationKind,
    Select, SelectItem, SetOperator, Shape, TableArgument, Unpivot, UnpivotColumn, Window,
};
pub use statement::{
    Argument, ArgumentType, Block, CreateFunction, CreateTable, FunctionBody, Merge, MergeAction,
    MergeBranch, MergeMatch, Object, Statement, StatementKind,
};

/// A place in the compiled SQL text; line and column count from 1, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    pub length: u32,
}

impl Span {
    /// From the start of this place to the end of another one; on its first line where it has several.
    #[must_use]
    pub fn to(self, end: Span) -> Span {
        if self.line != end.line || end.column < self.column {
            return self;
        }
        Span { length: end.column + end.length - self.column, ..self }
    }
}

/// A name and its place.
#[derive(Clone, Debug)]
pub struct Name {
    pub text: String,
    pub span: Span,
}
