//! Which expressions are the same: a text of the resolved tree's own shape, spacing and places aside. A query, and what may give
//! another value at each call, is the same as nothing but itself. Translation must never be made of it, nor it of translation.

use std::fmt::Write;

use super::functions::{is_varying, varies};
use super::tree::{Bound, Call, Expression, InSet, IsTest, Kind, Name, Order, Over, Span, Window};
use crate::schema::Type;

/// A text that two expressions share only where they have the same value in the same row.
pub fn key(expression: &Expression) -> String {
    let mut key = Key::default();
    key.expression(expression);
    key.0
}

/// Whether two expressions have the same value in the same row, as far as their shapes say so.
pub fn same(one: &Expression, other: &Expression) -> bool {
    std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind) && key(one) == key(other)
}

#[derive(Default)]
struct Key(String);

impl Key {
    /// Something that tells an expression from others of its kind.
    fn told(&mut self, what: impl std::fmt::Debug) {
        // A text always takes more.
        let _ = write!(self.0, " {what:?}");
    }

    /// A name, whose capitals tell nothing apart.
    fn name(&mut self, name: &str) {
        self.told(name.to_lowercase());
    }

    fn names<'a>(&mut self, names: impl Iterator<Item = Option<&'a Name>>) {
        self.told(names.map(|name| name.map(|name| name.text.to_lowercase())).collect::<Vec<_>>());
    }

    fn expression(&mut self, expression: &Expression) {
        self.0.push('(');
        self.own(expression);
        expression.children(&mut |child| self.expression(child));
        self.0.push(')');
    }

    /// What an expression is, its parts aside.
    fn own(&mut self, expression: &Expression) {
        let span = expression.span;
        match &expression.kind {
            Kind::Null => {
                self.told("null");
                self.told(expression.ty.to_string());
            }
            Kind::Bool(value) => self.told(value),
            Kind::Integer(value) => self.told(value),
            Kind::Float(digits) => self.told(("float", digits)),
            Kind::Text(text) => self.told(text),
            Kind::Bytes(bytes) => self.told(("bytes", bytes)),
            Kind::Typed { ty, text } => self.told((ty.to_string(), text)),
            Kind::Parameter(name) => self.told(("@", name)),
            Kind::Positional(number) => self.told(("?", number)),
            Kind::System(name) => self.told(("@@", name)),
            Kind::Keyword(word) => self.told(("keyword", word)),
            Kind::Star => self.told("*"),
            Kind::Part(part) => self.told(part),
            Kind::Path(path) => {
                self.told("path");
                self.names(path.iter().map(Some));
            }
            Kind::Column { relation, name, .. } => {
                self.told("column");
                self.told(relation.as_ref().map(|relation| relation.to_lowercase()));
                self.name(name);
            }
            Kind::Row { relation } => {
                self.told("row");
                self.name(relation);
            }
            Kind::Field { base, field } => {
                self.told("field");
                match base.ty {
                    Type::Json => self.told(&field.text),
                    _ => self.name(&field.text),
                }
            }
            Kind::Unary { operator, .. } => self.told(operator),
            Kind::Binary { operator, .. } => self.told(operator),
            Kind::Call(call) => self.call(call, span),
            Kind::Inlined(call) => {
                self.told(("function", &call.function));
                self.varying(varies(&call.body), span);
            }
            Kind::Cast { to, safe, .. } => self.told(("cast", to.to_string(), safe)),
            Kind::Constructor { to, .. } => self.told(("constructor", to.to_string())),
            Kind::FormattedCast(cast) => {
                self.told(("cast", cast.to.to_string(), &cast.parameters, &cast.within, cast.safe));
                self.told((cast.format.is_some(), cast.zone.is_some(), cast.now));
            }
            Kind::Case { operand, branches, otherwise } => {
                self.told(("case", operand.is_some(), branches.len(), otherwise.is_some()));
            }
            Kind::With(with) => {
                self.told("with");
                self.names(with.bindings.iter().map(|(name, _)| Some(name)));
            }
            Kind::Named { name, .. } => {
                self.told("named");
                self.name(&name.text);
            }
            Kind::Lambda { parameters, .. } => {
                self.told("lambda");
                self.names(parameters.iter().map(Some));
            }
            Kind::In { set, negated, .. } => {
                self.told(("in", negated));
                self.set(set, span);
            }
            Kind::LikeSet { quantifier, set, negated, .. } => {
                self.told(("like", quantifier, negated));
                self.set(set, span);
            }
            Kind::Like { negated, .. } => self.told(("like", negated)),
            Kind::Between { negated, .. } => self.told(("between", negated)),
            Kind::Is { test, negated, .. } => {
                let test = match test {
                    IsTest::Null => "null",
                    IsTest::True => "true",
                    IsTest::False => "false",
                    IsTest::DistinctFrom(_) => "distinct from",
                };
                self.told(("is", test, negated));
            }
            Kind::Exists { negated, .. } => self.told(("exists", negated, span)),
            Kind::Scalar(_) => self.told(("query", span)),
            Kind::ArrayQuery(_) => self.told(("array query", span)),
            Kind::Array(items) => self.told(("array", items.len(), expression.ty.to_string())),
            Kind::Struct(fields) => {
                self.told("struct");
                self.names(fields.iter().map(|(name, _)| name.as_ref()));
            }
            Kind::Subscript { kind, .. } => self.told(kind),
            Kind::Interval { part, to, .. } => self.told(("interval", part, to)),
            Kind::Extract { part, zone, .. } => self.told(("extract", part, zone.is_some())),
        }
    }

    fn set(&mut self, set: &InSet, span: Span) {
        match set {
            InSet::List(items) => self.told(("list", items.len())),
            InSet::Unnest(_) => self.told("unnest"),
            InSet::Query(_) => self.told(("query", span)),
        }
    }

    fn varying(&mut self, varies: bool, span: Span) {
        if varies {
            self.told(span);
        }
    }

    fn call(&mut self, call: &Call, span: Span) {
        self.told((&call.name, call.arguments.len(), call.distinct, call.nulls, call.safe));
        self.varying(is_varying(call), span);
        self.orders(&call.order_by);
        self.told((call.limit.is_some(), call.having.as_ref().map(|(extreme, _)| extreme)));
        self.told(call.script.as_ref().map(|script| &script.source));
        match &call.over {
            None => {}
            Some(Over::Named(name)) => {
                self.told("over");
                self.name(&name.text);
            }
            Some(Over::Window(window)) => self.window(window),
        }
    }

    /// What of a window is no part of its call.
    fn window(&mut self, window: &Window) {
        self.told(("window", window.partition_by.len()));
        self.names(std::iter::once(window.base.as_ref()));
        self.orders(&window.order_by);
        if let Some(frame) = &window.frame {
            self.told(frame.unit);
            self.bound(&frame.start);
            frame.end.iter().for_each(|end| self.bound(end));
        }
    }

    /// What of an order is no part of its values.
    fn orders(&mut self, orders: &[Order]) {
        let orders = orders.iter().map(|order| (order.descending, order.nulls_first, &order.collation));
        self.told(orders.collect::<Vec<_>>());
    }

    fn bound(&mut self, bound: &Bound) {
        let (side, rows) = match bound {
            Bound::CurrentRow => ("current row", &None),
            Bound::Preceding(rows) => ("preceding", rows),
            Bound::Following(rows) => ("following", rows),
        };
        self.told(side);
        rows.iter().for_each(|rows| self.expression(rows));
    }
}
