//! Every part of a resolved query, to be changed: outer ones before what they hold, queries inside and the bodies of
//! called functions among them.

use std::sync::Arc;

use tidemill::sql::tree::{
    Body, Constraint, Expression, FromItem, GroupBy, Grouping, InSet, Join, Kind, Order, Over, Query,
    Relation, RelationKind, Select, TableArgument, Unpivot, Window,
};

/// A part of a query.
pub enum Node<'a> {
    Query(&'a mut Query),
    Body(&'a mut Body),
    Select(&'a mut Select),
    Join(&'a mut Join),
    Unpivot(&'a mut Unpivot),
    Order(&'a mut Order),
    Window(&'a mut Window),
    Expression(&'a mut Expression),
}

/// Shows every part of a query.
pub fn each(query: &mut Query, see: &mut dyn FnMut(Node)) {
    see(Node::Query(query));
    query.with.iter_mut().for_each(|table| each(&mut table.query, see));
    each_body(&mut query.body, see);
    orders(&mut query.order_by, see);
    query.limit.iter_mut().chain(&mut query.offset).for_each(|bound| expression(bound, see));
}

fn each_body(body: &mut Body, see: &mut dyn FnMut(Node)) {
    see(Node::Body(body));
    match body {
        Body::Select(one) => select(one, see),
        Body::Query(query) => each(query, see),
        Body::Set { left, right, .. } => {
            each_body(left, see);
            each_body(right, see);
        }
    }
}

fn select(select: &mut Select, see: &mut dyn FnMut(Node)) {
    see(Node::Select(select));
    select.from.iter_mut().for_each(|item| from(item, see));
    select.outputs.iter_mut().for_each(|output| expression(&mut output.expression, see));
    match &mut select.group_by {
        GroupBy::Expressions(keys) => keys.iter_mut().for_each(|key| expression(key, see)),
        GroupBy::Sets(sets) => sets.iter_mut().for_each(|set| grouping(set, see)),
        GroupBy::None | GroupBy::All => {}
    }
    let conditions = select.filter.iter_mut().chain(&mut select.having).chain(&mut select.qualify);
    conditions.for_each(|condition| expression(condition, see));
    select.windows.iter_mut().for_each(|(_, one)| window(one, see));
}

fn grouping(set: &mut Grouping, see: &mut dyn FnMut(Node)) {
    match set {
        Grouping::Keys(keys) => keys.iter_mut().for_each(|key| expression(key, see)),
        Grouping::Rollup(levels) | Grouping::Cube(levels) => {
            levels.iter_mut().flatten().for_each(|key| expression(key, see));
        }
        Grouping::Sets(sets) => sets.iter_mut().for_each(|set| grouping(set, see)),
    }
}

fn from(item: &mut FromItem, see: &mut dyn FnMut(Node)) {
    relation(&mut item.relation, see);
    for join in &mut item.joins {
        see(Node::Join(join));
        relation(&mut join.relation, see);
        if let Constraint::On(condition) = &mut join.constraint {
            expression(condition, see);
        }
    }
}

fn relation(one: &mut Relation, see: &mut dyn FnMut(Node)) {
    match &mut one.kind {
        RelationKind::Subquery(query) => each(query, see),
        RelationKind::Nested(item) => from(item, see),
        RelationKind::Unnest { array, .. } => expression(array, see),
        RelationKind::Table { .. } => {}
        RelationKind::Call { arguments, .. } => arguments.iter_mut().for_each(|argument| match argument {
            TableArgument::Value(value) => expression(value, see),
            TableArgument::Table(table) => relation(table, see),
        }),
        RelationKind::Pivot { input, pivot } => {
            relation(input, see);
            pivot.aggregates.iter_mut().for_each(|aggregate| expression(&mut aggregate.expression, see));
        }
        RelationKind::Unpivot { input, unpivot } => {
            see(Node::Unpivot(unpivot));
            relation(input, see);
        }
        RelationKind::Sample { input, .. } => relation(input, see),
    }
}

fn orders(orders: &mut [Order], see: &mut dyn FnMut(Node)) {
    for order in orders {
        see(Node::Order(order));
        expression(&mut order.expression, see);
    }
}

fn window(window: &mut Window, see: &mut dyn FnMut(Node)) {
    see(Node::Window(window));
    window.order_by.iter_mut().for_each(|order| see(Node::Order(order)));
}

fn expression(one: &mut Expression, see: &mut dyn FnMut(Node)) {
    see(Node::Expression(one));
    match &mut one.kind {
        Kind::Scalar(query)
        | Kind::ArrayQuery(query)
        | Kind::Exists { query, .. }
        | Kind::In { set: InSet::Query(query), .. }
        | Kind::LikeSet { set: InSet::Query(query), .. } => each(query, see),
        Kind::Inlined(inlined) => expression(Arc::make_mut(&mut inlined.body), see),
        Kind::Call(call) => {
            call.order_by.iter_mut().for_each(|order| see(Node::Order(order)));
            if let Some(Over::Window(own)) = &mut call.over {
                window(own, see);
            }
        }
        _ => {}
    }
    one.children_mut(&mut |child| expression(child, see));
}
