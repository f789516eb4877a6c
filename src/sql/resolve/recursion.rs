//! What a common table that names itself may do with itself: its rows come one step after the other, so a step cannot group,
//! order or count them, nor look at them more than once. It must never resolve anything.

use super::Resolver;
use super::select::{is_aggregate, is_windowed};
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::parse::References;
use crate::sql::tree::{
    Body, CommonTable, Expression, FromItem, GroupBy, JoinKind, Query, Relation, RelationKind, Select,
    SelectItem, SetOperator, Span,
};

impl Resolver<'_> {
    /// Judges the query of a table that names itself, as it was parsed.
    pub(super) fn check_recursion(&mut self, table: &CommonTable) {
        let mut steps = Steps { name: &table.name.text, times: 0, found: Vec::new() };
        let query = &table.query;
        steps.tail(query);
        if let Body::Set { left, right, .. } = &query.body {
            if steps.is_in_body(left) {
                steps.refuse(table.name.span, "stands in its own first part, which gives the first rows");
            }
            steps.body(right, table.name.span);
        }
        let name = &table.name.text;
        for (span, what) in steps.found {
            let problem = Problem::new(Code::SqlSyntax, span, format!("the recursive table `{name}` {what}"));
            self.problems.push(
                problem.hint("take its rows as they come, and do the rest in the query that reads the table"),
            );
        }
    }
}

/// Follows the places at which a table's query names the table.
struct Steps<'a> {
    name: &'a str,
    times: usize,
    found: Vec<(Span, &'static str)>,
}

impl Steps<'_> {
    fn refuse(&mut self, span: Span, what: &'static str) {
        self.found.push((span, what));
    }

    fn is_in_body(&self, body: &Body) -> bool {
        References::of(|names| names.body(body)).has(self.name)
    }

    fn is_in_relation(&self, relation: &Relation) -> bool {
        References::of(|names| names.relation(relation)).has(self.name)
    }

    fn is_in_expression(&self, expression: &Expression) -> bool {
        References::of(|names| names.expression(expression)).has(self.name)
    }

    fn tail(&mut self, query: &Query) {
        if let Some(order) = query.order_by.first() {
            self.refuse(order.expression.span, "cannot be ordered while it grows");
        }
        if let Some(limit) = &query.limit {
            self.refuse(limit.span, "takes no LIMIT while it grows");
        }
    }

    fn query(&mut self, query: &Query, span: Span) {
        self.tail(query);
        if query.with.iter().any(|table| References::of(|names| names.query(&table.query)).has(self.name)) {
            self.refuse(query.span, "cannot be named by a common table of its own");
        }
        self.body(&query.body, span);
    }

    fn body(&mut self, body: &Body, span: Span) {
        match body {
            _ if !self.is_in_body(body) => {}
            Body::Select(select) => self.select(select),
            Body::Query(query) => self.query(query, span),
            Body::Set { operator, all, left, right, span, .. } => {
                if *operator != SetOperator::Union || !all {
                    self.refuse(*span, "meets other rows with UNION ALL only");
                }
                self.body(left, *span);
                self.body(right, *span);
            }
        }
    }

    fn select(&mut self, select: &Select) {
        let is_from = select.from.iter().any(|item| References::of(|names| names.from(item)).has(self.name));
        let (mut groups, mut looks) = (select.distinct || !matches!(select.group_by, GroupBy::None), false);
        let mut nested = Vec::new();
        let items = select.items.iter().filter_map(|item| match item {
            SelectItem::Expression { expression, .. } => Some(expression),
            SelectItem::Star { .. } => None,
        });
        let conditions = [&select.filter, &select.having, &select.qualify].into_iter().flatten();
        for expression in items.chain(conditions) {
            groups |= expression.any(&is_aggregate);
            looks |= expression.any(&is_windowed);
            nested.extend(self.is_in_expression(expression).then_some(expression.span));
        }
        for span in nested {
            self.refuse(span, "cannot be named in a query that stands for a value");
        }
        if is_from && groups {
            self.refuse(select.span, "takes no DISTINCT, GROUP BY or aggregate while it grows");
        }
        if is_from && (looks || select.qualify.is_some()) {
            self.refuse(select.span, "takes no window while it grows");
        }
        select.from.iter().for_each(|item| self.from(item));
    }

    fn from(&mut self, item: &FromItem) {
        let mut is_left = self.is_in_relation(&item.relation);
        self.relation(&item.relation);
        for join in &item.joins {
            let is_right = self.is_in_relation(&join.relation);
            let is_lost = match join.kind {
                JoinKind::Left => is_right,
                JoinKind::Right => is_left,
                JoinKind::Full => is_left || is_right,
                JoinKind::Inner | JoinKind::Cross => false,
            };
            if is_lost {
                self.refuse(join.relation.span, "cannot be the side of an outer join that may be missing");
            }
            is_left |= is_right;
            self.relation(&join.relation);
        }
    }

    fn relation(&mut self, relation: &Relation) {
        if !self.is_in_relation(relation) {
            return;
        }
        match &relation.kind {
            RelationKind::Subquery(query) => self.query(query, relation.span),
            RelationKind::Nested(item) => self.from(item),
            RelationKind::Table { .. } => {
                self.times += 1;
                if self.times > 1 {
                    self.refuse(relation.span, "is named more than once in its own query");
                }
            }
            RelationKind::Unnest { .. } => {
                self.refuse(relation.span, "cannot be named in a query that stands for a value");
            }
            RelationKind::Pivot { .. } | RelationKind::Unpivot { .. } | RelationKind::Sample { .. } => {
                self.refuse(relation.span, "takes no PIVOT, UNPIVOT or TABLESAMPLE while it grows");
            }
            RelationKind::Call { .. } => {
                self.refuse(relation.span, "cannot be handed to a function while it grows");
            }
        }
    }
}
