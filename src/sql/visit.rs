//! Walking a whole resolved query, subqueries and the bodies of called functions included, for passes that look
//! at every part once and need to know where it stands. It never changes or judges what it shows.

use std::borrow::Cow;

use super::tree::{
    Body, Call, Constraint, Expression, FromItem, GroupBy, Grouping, InSet, Kind, Order, Over, Query,
    Relation, RelationKind, Select, Span, TableArgument, Window,
};

/// A part of a query.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    Query(&'a Query),
    Select(&'a Select),
    /// A set operation.
    Set(&'a Body),
    Relation(&'a Relation),
    Expression(&'a Expression),
}

/// A clause of a SELECT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    Output,
    From,
    Filter,
    GroupBy,
    Having,
    Qualify,
    /// ORDER BY and LIMIT of the query, or nothing of a SELECT.
    Other,
}

/// What a query's rows are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The rows of the statement.
    Result,
    /// Rows in a FROM clause or of a common table.
    Relation,
    /// The elements of an array.
    Array,
    /// One value, or whether there is a row.
    Value,
    Existence,
}

/// Where a part stands.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The SELECT whose clause holds it.
    pub select: Option<&'a Select>,
    pub clause: Clause,
    pub purpose: Purpose,
    /// In a function's body: where the query calls the function, and its name.
    pub call: Option<(Span, &'a str)>,
}

impl Around<'_> {
    /// The place in the query's own text.
    pub fn place(&self, span: Span) -> Span {
        self.call.map_or(span, |(call, _)| call)
    }
}

/// Shows every part of a query, outer ones before what they hold.
pub fn visit<'a>(query: &'a Query, see: &mut dyn FnMut(Part<'a>, &Around<'a>)) {
    let around = Around { select: None, clause: Clause::Other, purpose: Purpose::Result, call: None };
    Visitor { see, bodies: 0 }.query(query, around);
}

struct Visitor<'v, 'a> {
    see: &'v mut dyn FnMut(Part<'a>, &Around<'a>),
    /// Counts the bodies of functions that were entered: functions that call each other twice make many.
    bodies: usize,
}

/// So many bodies of functions are looked into in one query.
const MOST_BODIES: usize = 10_000;

impl<'a> Visitor<'_, 'a> {
    fn query(&mut self, query: &'a Query, around: Around<'a>) {
        (self.see)(Part::Query(query), &around);
        for table in &query.with {
            self.query(&table.query, Around { purpose: Purpose::Relation, ..around });
        }
        self.body(&query.body, around);
        let own = Around { select: select_of(&query.body), clause: Clause::Other, ..around };
        self.orders(&query.order_by, own);
        query.limit.iter().chain(&query.offset).for_each(|bound| self.expression(bound, own));
    }

    fn body(&mut self, body: &'a Body, around: Around<'a>) {
        match body {
            Body::Select(select) => self.select(select, around),
            Body::Query(query) => self.query(query, around),
            Body::Set { left, right, .. } => {
                (self.see)(Part::Set(body), &around);
                self.body(left, around);
                self.body(right, around);
            }
        }
    }

    fn select(&mut self, select: &'a Select, around: Around<'a>) {
        (self.see)(Part::Select(select), &around);
        let own = |clause| Around { select: Some(select), clause, ..around };
        select.from.iter().for_each(|item| self.from(item, own(Clause::From)));
        select.filter.iter().for_each(|filter| self.expression(filter, own(Clause::Filter)));
        for output in &select.outputs {
            self.expression(&output.expression, own(Clause::Output));
        }
        match &select.group_by {
            GroupBy::Expressions(keys) => {
                keys.iter().for_each(|key| self.expression(key, own(Clause::GroupBy)));
            }
            GroupBy::Sets(sets) => sets.iter().for_each(|set| self.grouping(set, own(Clause::GroupBy))),
            GroupBy::None | GroupBy::All => {}
        }
        select.having.iter().for_each(|condition| self.expression(condition, own(Clause::Having)));
        select.qualify.iter().for_each(|condition| self.expression(condition, own(Clause::Qualify)));
    }

    fn from(&mut self, item: &'a FromItem, around: Around<'a>) {
        self.relation(&item.relation, around);
        for join in &item.joins {
            self.relation(&join.relation, around);
            if let Constraint::On(condition) = &join.constraint {
                self.expression(condition, around);
            }
        }
    }

    fn grouping(&mut self, grouping: &'a Grouping, around: Around<'a>) {
        match grouping {
            Grouping::Keys(keys) => keys.iter().for_each(|key| self.expression(key, around)),
            Grouping::Rollup(levels) | Grouping::Cube(levels) => {
                levels.iter().flatten().for_each(|key| self.expression(key, around));
            }
            Grouping::Sets(sets) => sets.iter().for_each(|set| self.grouping(set, around)),
        }
    }

    fn relation(&mut self, relation: &'a Relation, around: Around<'a>) {
        (self.see)(Part::Relation(relation), &around);
        match &relation.kind {
            RelationKind::Subquery(query) => {
                self.query(query, Around { purpose: Purpose::Relation, ..around });
            }
            RelationKind::Nested(item) => self.from(item, around),
            RelationKind::Unnest { array, .. } => self.expression(array, around),
            RelationKind::Table { as_of, .. } => {
                as_of.iter().for_each(|moment| self.expression(moment, around));
            }
            RelationKind::Call { arguments, .. } => {
                for argument in arguments {
                    match argument {
                        TableArgument::Value(value) => self.expression(value, around),
                        TableArgument::Table(table) => self.relation(table, around),
                    }
                }
            }
            RelationKind::Pivot { input, pivot } => {
                self.relation(input, around);
                pivot.aggregates.iter().for_each(|one| self.expression(&one.expression, around));
                self.expression(&pivot.input, around);
                pivot.columns.iter().for_each(|one| self.expression(&one.value, around));
            }
            RelationKind::Unpivot { input, .. } | RelationKind::Sample { input, .. } => {
                self.relation(input, around);
            }
        }
    }

    fn orders(&mut self, orders: &'a [Order], around: Around<'a>) {
        orders.iter().for_each(|order| self.expression(&order.expression, around));
    }

    fn expression(&mut self, expression: &'a Expression, around: Around<'a>) {
        (self.see)(Part::Expression(expression), &around);
        let inner = |purpose| Around { purpose, ..around };
        match &expression.kind {
            Kind::Scalar(query) => self.query(query, inner(Purpose::Value)),
            Kind::ArrayQuery(query) => self.query(query, inner(Purpose::Array)),
            Kind::Exists { query, .. } => self.query(query, inner(Purpose::Existence)),
            Kind::In { set: InSet::Query(query), .. } | Kind::LikeSet { set: InSet::Query(query), .. } => {
                self.query(query, inner(Purpose::Relation))
            }
            Kind::Inlined(inlined) if self.bodies < MOST_BODIES => {
                self.bodies += 1;
                let call = Some(around.call.unwrap_or((expression.span, &inlined.function)));
                self.expression(&inlined.body, Around { call, select: None, ..around });
            }
            _ => {}
        }
        expression.children(&mut |child| self.expression(child, around));
    }
}

/// The SELECT that a body is, brackets aside.
pub fn select_of(body: &Body) -> Option<&Select> {
    match body {
        Body::Select(select) => Some(select),
        Body::Query(query) => select_of(&query.body),
        Body::Set { .. } => None,
    }
}

/// The window of a call, with what it takes from those that it is built on.
pub fn window_of<'a>(call: &'a Call, select: Option<&'a Select>) -> Option<Cow<'a, Window>> {
    let window = match call.over.as_ref()? {
        Over::Window(window) => window,
        Over::Named(name) => named(&name.text, select)?,
    };
    let mut window = Cow::Borrowed(window);
    // A window is built on one that stands before it, so that this ends; what refers to itself was reported.
    for _ in 0..select.map_or(0, |select| select.windows.len()) {
        let Some(base) = window.base.as_ref().and_then(|base| named(&base.text, select)) else { break };
        let Window { partition_by, order_by, frame, .. } = window.into_owned();
        window = Cow::Owned(Window {
            base: base.base.clone(),
            partition_by: if partition_by.is_empty() { base.partition_by.clone() } else { partition_by },
            order_by: if order_by.is_empty() { base.order_by.clone() } else { order_by },
            frame: frame.or_else(|| base.frame.clone()),
        });
    }
    Some(window)
}

/// A window that a SELECT names.
fn named<'a>(name: &str, select: Option<&'a Select>) -> Option<&'a Window> {
    let mut windows = select?.windows.iter();
    windows.find(|(known, _)| known.text.eq_ignore_ascii_case(name)).map(|(_, window)| window)
}
