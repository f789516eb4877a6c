//! Statements: what stands in a script. Only as much is kept as says what they read and write, and what a function
//! or a table that they make looks like.

use super::{Expression, Name, Query, Relation, Span};
use crate::schema::Type;

#[derive(Clone, Debug)]
pub struct Statement {
    pub kind: StatementKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum StatementKind {
    Query(Box<Query>),
    CreateTable(Box<CreateTable>),
    CreateView {
        name: Vec<Name>,
        columns: Vec<Name>,
        query: Box<Query>,
    },
    CreateFunction(Box<CreateFunction>),
    CreateProcedure {
        name: Vec<Name>,
        arguments: Vec<Argument>,
        body: Block,
    },
    Insert {
        table: Vec<Name>,
        columns: Vec<Name>,
        query: Option<Box<Query>>,
        rows: Vec<Vec<Expression>>,
    },
    Update {
        table: Relation,
        set: Vec<(Vec<Name>, Expression)>,
        from: Vec<super::FromItem>,
        filter: Option<Expression>,
    },
    Delete {
        table: Relation,
        filter: Option<Expression>,
    },
    Merge(Box<Merge>),
    Truncate {
        table: Vec<Name>,
    },
    /// DROP, ALTER, UNDROP and their like: what they change, and no more.
    Change {
        object: Object,
        name: Vec<Name>,
    },
    /// EXPORT DATA, EXPORT MODEL.
    Export {
        query: Option<Box<Query>>,
    },
    /// LOAD DATA.
    Load {
        table: Vec<Name>,
    },
    Declare {
        names: Vec<Name>,
        ty: Option<Type>,
        default: Option<Expression>,
    },
    Set {
        names: Vec<Vec<Name>>,
        value: Expression,
    },
    /// Conditions with their blocks; the last one of ELSE has none.
    If(Vec<(Option<Expression>, Block)>),
    Case {
        operand: Option<Expression>,
        branches: Vec<(Option<Expression>, Block)>,
    },
    /// LOOP, WHILE, REPEAT.
    Loop {
        condition: Option<Expression>,
        body: Block,
    },
    For {
        variable: Name,
        query: Box<Query>,
        body: Block,
    },
    Begin {
        body: Block,
        exception: Option<Block>,
    },
    Call {
        name: Vec<Name>,
        arguments: Vec<Expression>,
    },
    ExecuteImmediate {
        sql: Expression,
        into: Vec<Name>,
        using: Vec<Expression>,
    },
    Assert {
        condition: Expression,
    },
    Raise {
        message: Option<Expression>,
    },
    /// BREAK, CONTINUE, RETURN, BEGIN TRANSACTION and their like.
    Control,
}

/// Statements one after another.
pub type Block = Vec<Statement>;

/// What a statement changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    Table,
    View,
    Function,
    Other,
}

#[derive(Clone, Debug)]
pub struct CreateTable {
    pub name: Vec<Name>,
    pub temporary: bool,
    pub columns: Vec<(Name, Type)>,
    /// `LIKE` or `COPY` or `CLONE` of another table.
    pub like: Option<Vec<Name>>,
    pub query: Option<Box<Query>>,
}

#[derive(Clone, Debug)]
pub struct CreateFunction {
    pub name: Vec<Name>,
    pub temporary: bool,
    pub aggregate: bool,
    pub arguments: Vec<Argument>,
    pub returns: Option<Type>,
    /// Of a table function: the columns that it says it gives.
    pub table: Option<Vec<(Name, Type)>>,
    pub body: FunctionBody,
}

#[derive(Clone, Debug)]
pub enum FunctionBody {
    Sql(Expression),
    /// Of a table function.
    Query(Box<Query>),
    JavaScript(String),
    /// Runs elsewhere: Python, Java, a remote function, JavaScript with libraries of a bucket.
    Elsewhere,
}

#[derive(Clone, Debug)]
pub struct Argument {
    pub name: Name,
    pub ty: ArgumentType,
}

#[derive(Clone, Debug)]
pub enum ArgumentType {
    Type(Type),
    /// `ANY TYPE`
    Any,
    /// `ANY TABLE`, or a table of these columns.
    Table(Option<Vec<(Name, Type)>>),
}

#[derive(Clone, Debug)]
pub struct Merge {
    pub target: Relation,
    pub source: Relation,
    pub condition: Expression,
    pub branches: Vec<MergeBranch>,
}

#[derive(Clone, Debug)]
pub struct MergeBranch {
    pub when: MergeMatch,
    pub condition: Option<Expression>,
    pub action: MergeAction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeMatch {
    Matched,
    NotMatchedByTarget,
    NotMatchedBySource,
}

#[derive(Clone, Debug)]
pub enum MergeAction {
    /// No values: `INSERT ROW`.
    Insert {
        columns: Vec<Name>,
        values: Vec<Expression>,
    },
    Update(Vec<(Vec<Name>, Expression)>),
    Delete,
}
