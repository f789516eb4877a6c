//! Expressions: which values go into them. Structs and arrays keep their parts apart; of whatever computes,
//! every operand goes into the result.

use std::sync::Arc;

use super::Tracer;
use super::scope::{Columns, Relation, Scope, Table};
use super::source::{How, Sources, Through};
use super::value::{Fields, Value};
use crate::schema::Type;
use crate::sql::tree::{Expression, InSet, Inlined, Kind, Origin, Query};

impl Tracer<'_> {
    /// What is known of an expression's value.
    pub(super) fn value(&mut self, expression: &Expression, scope: &Scope) -> Value {
        match &expression.kind {
            Kind::Null
            | Kind::Bool(_)
            | Kind::Integer(_)
            | Kind::Float(_)
            | Kind::Text(_)
            | Kind::Bytes(_)
            | Kind::Typed { .. }
            | Kind::Parameter(_)
            | Kind::Positional(_)
            | Kind::System(_)
            | Kind::Path(_)
            | Kind::Part(_)
            | Kind::Keyword(_)
            | Kind::Star => Value::default(),
            Kind::Column { relation: None, name, .. } => scope.bound(name).cloned().unwrap_or_default(),
            Kind::Column { relation: Some(relation), name, origins } => {
                self.column(relation, name, origins, scope)
            }
            Kind::Row { relation } => scope.named(relation).next().map_or(Value::default(), Relation::row),
            Kind::Field { base, field } => match base.ty {
                Type::Json => self.computed(expression, scope),
                _ => self.value(base, scope).field(&field.text),
            },
            Kind::Unary { .. }
            | Kind::Binary { .. }
            | Kind::Between { .. }
            | Kind::Like { .. }
            | Kind::LikeSet { .. }
            | Kind::Is { .. }
            | Kind::In { .. }
            | Kind::Exists { .. }
            | Kind::Interval { .. }
            | Kind::Extract { .. }
            | Kind::FormattedCast(_) => self.computed(expression, scope),
            Kind::Call(call) if expression.ty == Type::Bool => {
                let shape = Through { keeps_shape: true, how: How::Copied, ..Through::TESTED };
                self.call(call, scope).through(shape)
            }
            Kind::Call(call) => self.call(call, scope),
            Kind::Inlined(call) => self.inlined(call, scope),
            Kind::Cast { operand, to, .. } | Kind::Constructor { operand, to } => {
                cast(self.value(operand, scope), &operand.ty, to)
            }
            Kind::Case { operand, branches, otherwise } => {
                let results = branches.iter().map(|(_, result)| result).chain(otherwise.as_deref());
                let picked = self.picked(results, scope);
                let mut conditions = Sources::default();
                for condition in operand.as_deref().into_iter().chain(branches.iter().map(|(when, _)| when)) {
                    self.flow(condition, scope, decides(&picked), &mut conditions);
                }
                picked.and(conditions)
            }
            Kind::With(with) => {
                let mut inner = Scope::inside(Some(scope));
                for (name, value) in &with.bindings {
                    let value = self.value(value, &inner);
                    inner.bind(&name.text, value);
                }
                self.value(&with.value, &inner)
            }
            Kind::Named { value, .. } => self.value(value, scope),
            Kind::Lambda { body, .. } => self.value(body, scope),
            Kind::Scalar(query) | Kind::ArrayQuery(query) => {
                let in_order = matches!(expression.kind, Kind::ArrayQuery(_));
                self.of_query(query, in_order, scope)
            }
            Kind::Array(items) => self.picked(items, scope),
            Kind::Struct(fields) => {
                let fields = fields.iter().map(|(name, value)| {
                    let name = name.as_ref().map_or("", |name| name.text.as_str());
                    (Arc::from(name), self.value(value, scope))
                });
                Value::structure(Fields::new(fields.collect()))
            }
            Kind::Subscript { base, index, .. } => {
                let mut place = Sources::default();
                self.flow(index, scope, Through::COMPUTED, &mut place);
                match base.ty {
                    Type::Json => self.value(base, scope).through(Through::COMPUTED).and(place),
                    _ => self.value(base, scope).through(Through::PICKED).and(place),
                }
            }
        }
    }

    /// Adds everything that goes into an expression to other sources.
    pub(super) fn flow(
        &mut self,
        expression: &Expression,
        scope: &Scope,
        through: Through,
        into: &mut Sources,
    ) {
        match &expression.kind {
            // What nests deepest is followed without a set for each step.
            Kind::Unary { .. }
            | Kind::Binary { .. }
            | Kind::Between { .. }
            | Kind::Like { .. }
            | Kind::LikeSet { .. }
            | Kind::Is { .. }
            | Kind::In { .. }
            | Kind::Exists { .. }
            | Kind::Interval { .. }
            | Kind::Extract { .. }
            | Kind::FormattedCast(_) => {
                self.operands(expression, scope, Through::COMPUTED.then(through), into)
            }
            _ => self.value(expression, scope).flow(through, into),
        }
    }

    fn computed(&mut self, expression: &Expression, scope: &Scope) -> Value {
        let mut into = Sources::default();
        self.operands(expression, scope, Through::COMPUTED, &mut into);
        Value::of(into)
    }

    fn operands(&mut self, expression: &Expression, scope: &Scope, through: Through, into: &mut Sources) {
        let through = match expression.ty {
            Type::Bool => Through::TESTED.then(through),
            _ => through,
        };
        match &expression.kind {
            Kind::In { set: InSet::Query(query), .. } | Kind::LikeSet { set: InSet::Query(query), .. } => {
                self.of_query(query, false, scope).flow(through, into);
            }
            // Nothing but what decides about its rows goes into it.
            Kind::Exists { query, .. } => {
                let rows = self.query(query, Some(scope)).rows;
                let made = rows.iter().map(|source| {
                    let how = if source.how == How::Influences { through.how } else { source.how };
                    super::Source { how, ..source.through(through) }
                });
                made.for_each(|source| into.push(source));
            }
            _ => {}
        }
        expression.children(&mut |child| self.flow(child, scope, through, into));
    }

    /// A value that is one of several, or an array of them.
    pub(super) fn picked<'e>(
        &mut self,
        values: impl IntoIterator<Item = &'e Expression>,
        scope: &Scope,
    ) -> Value {
        let values: Vec<Value> = values.into_iter().map(|value| self.value(value, scope)).collect();
        Value::either(values).through(Through::PICKED)
    }

    /// The first column of a query as a value, or as an array of values.
    fn of_query(&mut self, query: &Query, in_order: bool, scope: &Scope) -> Value {
        let Table { columns, rows, order } = self.query(query, Some(scope));
        let mut influences = Sources::default();
        influences.extend(rows.iter(), Through::ROWS);
        if in_order {
            influences.extend(order.iter(), Through::ROWS);
        }
        columns.at(0).cloned().unwrap_or_default().through(Through::PICKED).and(influences)
    }

    fn column(&self, relation: &str, name: &str, origins: &[Origin], scope: &Scope) -> Value {
        let is_meant = |one: &&Relation| match &one.columns {
            Columns::Stored { table_use, .. } if !origins.is_empty() => {
                origins.iter().any(|origin| self.is_same_place(origin.table_use, *table_use))
            }
            _ => one.has(name),
        };
        // A column that no list shows, such as `_TABLE_SUFFIX`, is one of the relation all the same.
        let meant = scope.named(relation).find(is_meant).or_else(|| scope.named(relation).next());
        meant
            .and_then(|relation| relation.column(name))
            .or_else(|| scope.bound(name).cloned())
            .unwrap_or_default()
    }

    /// The body of a function, with its arguments as the columns of a relation that has its name.
    fn inlined(&mut self, call: &Inlined, scope: &Scope) -> Value {
        let arguments: Vec<(Arc<str>, Value)> = call
            .arguments
            .iter()
            .map(|(name, value)| (Arc::from(name.as_str()), self.value(value, scope)))
            .collect();
        let columns = Fields::new(arguments);
        self.bodies += 1;
        if self.bodies > MOST_BODIES {
            // A body has nothing but its arguments.
            return Value::structure(columns).through(Through::COMPUTED);
        }
        let relation = Relation { alias: call.function.clone(), columns: Columns::Given(columns) };
        self.value(&call.body, &Scope { relations: vec![relation], ..Scope::default() })
    }
}

/// What a condition does that picks one of several results. Where all are constants, the value is made of it.
pub(super) fn decides(picked: &Value) -> Through {
    if picked.is_constant() { Through::TESTED } else { Through::ROWS }
}

/// So many bodies of functions are followed in one query.
const MOST_BODIES: usize = 10_000;

/// A value as another type. Structs are cast field by field, by place.
fn cast(value: Value, from: &Type, to: &Type) -> Value {
    match (from, to) {
        (Type::Array(from), Type::Array(to)) => cast(value, from, to),
        (Type::Struct(from), Type::Struct(to)) if from.len() == to.len() => {
            let fields = from.iter().zip(to.iter()).enumerate().map(|(index, (from, to))| {
                let part = if from.name.is_empty() { value.nth(index, "") } else { value.field(&from.name) };
                (Arc::from(to.name.as_str()), cast(part, &from.ty, &to.ty))
            });
            Value::structure(Fields::new(fields.collect()))
        }
        _ if from == to => value,
        _ => value.through(Through::COMPUTED),
    }
}
