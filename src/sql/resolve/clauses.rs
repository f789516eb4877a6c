//! What may stand in which clause: aggregates and windows have their places, and not every type can be grouped or
//! ordered. It must never change what it looks at.

use super::Resolver;
use super::select::{is_aggregate, is_windowed};
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions;
use crate::sql::tree::{Call, Expression, GroupBy, Kind, Order, Select, Span, Unary};
use crate::sql::{self, Problem};

impl Resolver<'_> {
    /// A clause that is applied to single rows.
    pub(super) fn refuse_aggregates(&mut self, expression: &Expression, clause: &str, hint: &str) {
        if let Some((name, span)) = first(expression, &is_aggregate) {
            let message = format!("{clause} cannot hold an aggregate, and {name} is one");
            self.problems.push(Problem::new(Code::UngroupedColumn, span, message).hint(hint));
        }
    }

    /// A clause that is applied before windows are.
    pub(super) fn refuse_windows(&mut self, expression: &Expression, clause: &str) {
        if let Some((name, span)) = first(expression, &is_windowed) {
            let message = format!("{clause} cannot hold a window: {name} … OVER");
            let hint = "compare what a window gives in QUALIFY, or in a query around this one";
            self.problems.push(Problem::new(Code::SqlSyntax, span, message).hint(hint));
        }
    }

    /// An aggregate of an aggregate, and a window within either.
    pub(super) fn refuse_nested(&mut self, call: &Call, span: Span) {
        let of_window = call.over.is_some();
        let ordering = call.order_by.iter().map(|order| &order.expression);
        let extreme = call.having.iter().map(|(_, value)| &**value);
        let condition = call.filter.as_deref();
        for part in call.arguments.iter().chain(ordering).chain(extreme).chain(condition) {
            if let Some((name, _)) = first(part, &is_windowed) {
                let message = format!("{} cannot take what a window gives: {name} … OVER", call.name);
                let hint = "give it a name in a query within this one";
                self.problems.push(Problem::new(Code::SqlSyntax, span, message).hint(hint));
            } else if let Some((name, _)) = first(part, &is_aggregate).filter(|_| !of_window) {
                let message = format!("{} cannot aggregate what {name} has aggregated", call.name);
                let hint =
                    "aggregate in a query within this one; an alias of the select list goes before a column";
                self.problems.push(Problem::new(Code::UngroupedColumn, span, message).hint(hint));
            }
        }
        if call.distinct {
            for argument in &call.arguments {
                self.expect_groupable(&argument.ty, argument.span, "DISTINCT");
            }
            let among = |order: &&Order| !call.arguments.iter().any(|one| sql::same(one, &order.expression));
            if let Some(order) = call.order_by.iter().find(among).filter(|_| !of_window) {
                let message = format!("{} of DISTINCT values is ordered by those values only", call.name);
                self.problem(Code::SqlSyntax, order.expression.span, message);
            }
        }
        for order in &call.order_by {
            self.expect_ordered(&order.expression.ty, order.expression.span);
        }
    }

    pub(super) fn expect_groupable(&mut self, ty: &Type, span: Span, clause: &str) {
        if !is_groupable(ty) {
            let problem = Problem::new(Code::TypeMismatch, span, format!("{clause} takes no {ty}"));
            self.problems
                .push(problem.hint("take a value out of it, or turn it to a text: TO_JSON_STRING(…)"));
        }
    }

    pub(super) fn expect_ordered(&mut self, ty: &Type, span: Span) {
        if !matches!(ty, Type::Null | Type::Unknown) && !functions::is_ordered(ty) {
            let problem = Problem::new(Code::TypeMismatch, span, format!("ORDER BY takes no {ty}"));
            self.problems.push(problem.hint("order by a value within it"));
        }
    }

    pub(super) fn expect_partitionable(&mut self, ty: &Type, span: Span) {
        if holds_float(ty) {
            let problem = Problem::new(Code::TypeMismatch, span, format!("PARTITION BY takes no {ty}"));
            self.problems.push(problem.hint("cast or round it to a type with exact values"));
        } else {
            self.expect_groupable(ty, span, "PARTITION BY");
        }
    }

    /// Without a FROM clause there is one row, and nothing to do with rows.
    pub(super) fn check_without_from(&mut self, select: &Select, order_by: &[Order]) {
        if !select.from.is_empty() {
            return;
        }
        let conditions =
            [("WHERE", &select.filter), ("HAVING", &select.having), ("QUALIFY", &select.qualify)];
        let mut found: Vec<(Span, String)> = conditions
            .iter()
            .filter_map(|(clause, condition)| Some((condition.as_ref()?.span, (*clause).to_owned())))
            .collect();
        found.extend(order_by.first().map(|order| (order.expression.span, "ORDER BY".to_owned())));
        if !matches!(select.group_by, GroupBy::None) {
            found.push((select.span, "GROUP BY".to_owned()));
        }
        if select.distinct {
            found.push((select.span, "DISTINCT".to_owned()));
        }
        for output in &select.outputs {
            let looks_at_rows = |part: &Expression| is_aggregate(part) || is_windowed(part);
            found.extend(first(&output.expression, &looks_at_rows).map(|(name, span)| (span, name)));
        }
        for (span, what) in found {
            let problem = Problem::new(Code::SqlSyntax, span, format!("{what} needs a FROM clause"));
            self.problems
                .push(problem.hint("without one there is a single row: leave it out, or name the table"));
        }
    }

    /// What GROUP BY may hold, once it is resolved.
    pub(super) fn check_group_keys(&mut self, select: &Select) {
        let mut keys = Vec::new();
        select.group_by.expressions(&mut |key| keys.push(key));
        for key in keys {
            let output = match key.kind {
                Kind::Integer(place) => {
                    usize::try_from(place - 1).ok().and_then(|place| select.outputs.get(place))
                }
                _ => None,
            };
            let value = output.map_or(key, |output| &output.expression);
            let looks_at_rows = |part: &Expression| is_aggregate(part) || is_windowed(part);
            if let Some((name, _)) = first(value, &looks_at_rows) {
                let message = format!("GROUP BY comes before {name}, which looks at groups");
                let problem = Problem::new(Code::UngroupedColumn, key.span, message);
                self.problems
                    .push(problem.hint("group by what the rows have, or in a query around this one"));
            }
            if output.is_none() && is_literal(key) {
                let problem = Problem::new(Code::SqlSyntax, key.span, "GROUP BY takes no literal");
                self.problems.push(problem.hint("leave it out: it is the same for all rows"));
            }
            self.expect_groupable(&value.ty, key.span, "GROUP BY");
        }
    }

    /// LIMIT and OFFSET count rows: a whole number that is known before the query runs.
    pub(super) fn check_bound(&mut self, bound: &Expression, clause: &str) {
        let is_known = |part: &Expression| match &part.kind {
            Kind::Integer(count) => *count >= 0,
            Kind::Parameter(_) | Kind::Positional(_) => matches!(part.ty, Type::Int64 | Type::Unknown),
            _ => false,
        };
        let fits = match &bound.kind {
            Kind::Cast { operand, to: Type::Int64, .. } => is_known(operand),
            _ => is_known(bound) || bound.ty == Type::Unknown,
        };
        if !fits {
            let message = format!("{clause} takes a whole number that is not negative, or a parameter");
            self.problem(Code::SqlSyntax, bound.span, message);
        }
    }
}

/// The first part, in the order of writing, that passes a test: its name and place.
pub fn first(expression: &Expression, test: &dyn Fn(&Expression) -> bool) -> Option<(String, Span)> {
    if test(expression) {
        let name = match &expression.kind {
            Kind::Call(call) => call.name.clone(),
            _ => String::new(),
        };
        return Some((name, expression.span));
    }
    let mut found = None;
    expression.children(&mut |child| {
        if found.is_none() {
            found = first(child, test);
        }
    });
    found
}

/// Whether an expression is a literal that no row could be ordered or grouped by; a whole number counts columns.
pub fn is_literal(expression: &Expression) -> bool {
    let within = |part: &Expression| matches!(part.kind, Kind::Integer(_)) || is_literal(part);
    match &expression.kind {
        Kind::Null | Kind::Bool(_) | Kind::Float(_) | Kind::Text(_) | Kind::Bytes(_) => true,
        Kind::Unary { operator: Unary::Minus | Unary::Plus, operand } => {
            matches!(operand.kind, Kind::Integer(_) | Kind::Float(_))
        }
        Kind::Array(items) => items.iter().all(within),
        Kind::Struct(fields) => fields.iter().all(|(_, value)| within(value)),
        _ => false,
    }
}

fn holds_float(ty: &Type) -> bool {
    match ty {
        Type::Float64 => true,
        Type::Struct(fields) => fields.iter().any(|field| holds_float(&field.ty)),
        Type::Array(element) => holds_float(element),
        _ => false,
    }
}

fn is_groupable(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Geography => false,
        Type::Array(element) => is_groupable(element),
        Type::Struct(fields) => fields.iter().all(|field| is_groupable(&field.ty)),
        _ => true,
    }
}
