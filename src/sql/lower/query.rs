//! Queries, selects and FROM clauses.

use sqlparser::ast as parsed;

use super::Lowering;
use crate::diagnostic::Code;
use crate::sql::Problem;
use crate::sql::tree::{
    Body, CommonTable, Constraint, Expression, FromItem, GroupBy, Join, JoinKind, Kind, Name, Order, Query,
    Relation, RelationKind, Select, SelectItem, SetOperator, Window,
};

/// Deepest nesting of set operations and queries.
const MOST_BODIES: usize = 500;

impl Lowering {
    pub(super) fn query(&mut self, query: &parsed::Query) -> Query {
        let mut with = Vec::new();
        if let Some(clause) = &query.with {
            if clause.recursive {
                self.unsupported("WITH RECURSIVE");
            }
            for table in &clause.cte_tables {
                let name = self.name(&table.alias.name);
                with.push(CommonTable { name, query: self.query(&table.query) });
            }
        }
        let span = self.place;
        let body = self.body(&query.body);
        let order_by = match &query.order_by {
            Some(parsed::OrderBy { kind: parsed::OrderByKind::Expressions(orders), .. }) => {
                self.orders(orders)
            }
            Some(_) => {
                self.unsupported("ORDER BY ALL");
                Vec::new()
            }
            None => Vec::new(),
        };
        let (limit, offset) = match &query.limit_clause {
            Some(parsed::LimitClause::LimitOffset { limit, offset, .. }) => (
                limit.as_ref().map(|limit| self.expression(limit)),
                offset.as_ref().map(|offset| self.expression(&offset.value)),
            ),
            Some(parsed::LimitClause::OffsetCommaLimit { .. }) => {
                self.unsupported("LIMIT a, b");
                (None, None)
            }
            None => (None, None),
        };
        if !query.pipe_operators.is_empty() {
            self.unsupported("pipe syntax");
        }
        Query { with, body, order_by, limit, offset, span, depth: 0, calls: Vec::new() }
    }

    /// Later passes recurse into set operations, and `a UNION ALL b UNION ALL c` nests to the left.
    fn body(&mut self, body: &parsed::SetExpr) -> Body {
        if self.bodies > MOST_BODIES {
            return Body::Select(Box::new(Self::empty_select()));
        }
        self.bodies += 1;
        self.deepest = self.deepest.max(self.bodies);
        if self.bodies > MOST_BODIES {
            let message = format!("more than {MOST_BODIES} queries in one set operation");
            self.problems.push(Problem::new(Code::SqlSyntax, self.place, message));
            return Body::Select(Box::new(Self::empty_select()));
        }
        let lowered = self.any_body(body);
        // Past the limit the count stays, so that the problem is told once.
        if self.bodies <= MOST_BODIES {
            self.bodies -= 1;
        }
        lowered
    }

    fn any_body(&mut self, body: &parsed::SetExpr) -> Body {
        match body {
            parsed::SetExpr::Select(select) => Body::Select(Box::new(self.select(select))),
            parsed::SetExpr::Query(query) => Body::Query(Box::new(self.query(query))),
            parsed::SetExpr::SetOperation { left, op, set_quantifier, right } => {
                let operator = match op {
                    parsed::SetOperator::Union => SetOperator::Union,
                    parsed::SetOperator::Intersect => SetOperator::Intersect,
                    parsed::SetOperator::Except | parsed::SetOperator::Minus => SetOperator::Except,
                };
                let all = match set_quantifier {
                    parsed::SetQuantifier::All => true,
                    parsed::SetQuantifier::Distinct => false,
                    parsed::SetQuantifier::None => {
                        self.unsupported("a set operation without ALL or DISTINCT");
                        false
                    }
                    _ => {
                        self.unsupported("a set operation BY NAME");
                        false
                    }
                };
                if all && operator != SetOperator::Union {
                    self.unsupported("INTERSECT ALL or EXCEPT ALL");
                }
                let left = Box::new(self.body(left));
                let right = Box::new(self.body(right));
                // The parser keeps no place for the operator; the side that joins shows where to look.
                let span = super::start(&right);
                Body::Set { operator, all, left, right, span }
            }
            _ => {
                self.unsupported("this kind of query");
                Body::Select(Box::new(Self::empty_select()))
            }
        }
    }

    fn empty_select() -> Select {
        Select {
            distinct: false,
            as_struct: false,
            items: Vec::new(),
            from: Vec::new(),
            filter: None,
            group_by: GroupBy::None,
            having: None,
            windows: Vec::new(),
            qualify: None,
            span: Default::default(),
            outputs: Vec::new(),
        }
    }

    fn select(&mut self, select: &parsed::Select) -> Select {
        let span = self.at(select.select_token.0.span);
        let distinct = match &select.distinct {
            None | Some(parsed::Distinct::All) => false,
            Some(parsed::Distinct::Distinct) => true,
            Some(parsed::Distinct::On(_)) => {
                self.unsupported("DISTINCT ON");
                true
            }
        };
        let as_struct = match select.value_table_mode {
            None => false,
            Some(parsed::ValueTableMode::AsStruct) => true,
            Some(_) => {
                self.unsupported("SELECT AS VALUE");
                false
            }
        };
        if !select.lateral_views.is_empty() || select.top.is_some() || !select.sort_by.is_empty() {
            self.unsupported("a clause of another SQL dialect");
        }
        let items = select.projection.iter().map(|item| self.select_item(item)).collect();
        let from = select.from.iter().map(|item| self.joined(item)).collect();
        let filter = select.selection.as_ref().map(|filter| self.expression(filter));
        let group_by = match &select.group_by {
            parsed::GroupByExpr::All(_) => GroupBy::All,
            parsed::GroupByExpr::Expressions(expressions, modifiers) => {
                if !modifiers.is_empty() {
                    self.unsupported("a GROUP BY modifier");
                }
                if expressions.is_empty() {
                    GroupBy::None
                } else {
                    GroupBy::Expressions(expressions.iter().map(|part| self.expression(part)).collect())
                }
            }
        };
        let having = select.having.as_ref().map(|having| self.expression(having));
        let windows =
            select.named_window.iter().filter_map(|definition| self.named_window(definition)).collect();
        let qualify = select.qualify.as_ref().map(|qualify| self.expression(qualify));
        Select {
            distinct,
            as_struct,
            items,
            from,
            filter,
            group_by,
            having,
            windows,
            qualify,
            span,
            outputs: Vec::new(),
        }
    }

    fn named_window(&mut self, definition: &parsed::NamedWindowDefinition) -> Option<(Name, Window)> {
        let name = self.name(&definition.0);
        let window = match &definition.1 {
            parsed::NamedWindowExpr::WindowSpec(spec) => self.window(spec),
            parsed::NamedWindowExpr::NamedWindow(base) => {
                Window { base: Some(self.name(base)), ..Window::default() }
            }
        };
        Some((name, window))
    }

    fn select_item(&mut self, item: &parsed::SelectItem) -> SelectItem {
        match item {
            parsed::SelectItem::UnnamedExpr(expression) => {
                SelectItem::Expression { expression: self.expression(expression), alias: None }
            }
            parsed::SelectItem::ExprWithAlias { expr, alias } => {
                let expression = self.expression(expr);
                SelectItem::Expression { expression, alias: Some(self.name(alias)) }
            }
            parsed::SelectItem::ExprWithAliases { expr, .. } => {
                self.unsupported("several aliases for one expression");
                SelectItem::Expression { expression: self.expression(expr), alias: None }
            }
            parsed::SelectItem::Wildcard(options) => self.star(None, options),
            parsed::SelectItem::QualifiedWildcard(base, options) => {
                let base = match base {
                    parsed::SelectItemQualifiedWildcardKind::ObjectName(name) => {
                        let path = self.path(name);
                        let span = path.first().map_or(self.place, |name| name.span);
                        Expression::new(Kind::Path(path), span)
                    }
                    parsed::SelectItemQualifiedWildcardKind::Expr(expression) => self.expression(expression),
                };
                self.star(Some(base), options)
            }
        }
    }

    fn star(&mut self, base: Option<Expression>, options: &parsed::WildcardAdditionalOptions) -> SelectItem {
        let span = match &base {
            Some(base) => base.span,
            None => self.at(options.wildcard_token.0.span),
        };
        let except = match &options.opt_except {
            Some(except) => std::iter::once(&except.first_element)
                .chain(&except.additional_elements)
                .map(|name| self.name(name))
                .collect(),
            None => Vec::new(),
        };
        let replace = match &options.opt_replace {
            Some(replace) => replace
                .items
                .iter()
                .map(|element| {
                    let value = self.expression(&element.expr);
                    (self.name(&element.column_name), value)
                })
                .collect(),
            None => Vec::new(),
        };
        if options.opt_exclude.is_some() || options.opt_rename.is_some() || options.opt_ilike.is_some() {
            self.unsupported("a star option of another SQL dialect");
        }
        SelectItem::Star { base, except, replace, span }
    }

    fn joined(&mut self, item: &parsed::TableWithJoins) -> FromItem {
        let relation = self.relation(&item.relation);
        let joins = item.joins.iter().map(|join| self.join(join)).collect();
        FromItem { relation, joins }
    }

    fn join(&mut self, join: &parsed::Join) -> Join {
        use parsed::JoinOperator as Operator;
        let none = &parsed::JoinConstraint::None;
        let (kind, constraint) = match &join.join_operator {
            Operator::Join(constraint) | Operator::Inner(constraint) => (JoinKind::Inner, constraint),
            Operator::Left(constraint) | Operator::LeftOuter(constraint) => (JoinKind::Left, constraint),
            Operator::Right(constraint) | Operator::RightOuter(constraint) => (JoinKind::Right, constraint),
            Operator::FullOuter(constraint) => (JoinKind::Full, constraint),
            Operator::CrossJoin(constraint) => (JoinKind::Cross, constraint),
            _ => {
                self.unsupported("this kind of join");
                (JoinKind::Inner, none)
            }
        };
        let relation = self.relation(&join.relation);
        let constraint = match constraint {
            parsed::JoinConstraint::None => Constraint::None,
            parsed::JoinConstraint::On(condition) => Constraint::On(self.expression(condition)),
            parsed::JoinConstraint::Using(names) => {
                Constraint::Using(names.iter().flat_map(|name| self.path(name)).collect())
            }
            parsed::JoinConstraint::Natural => {
                self.unsupported("NATURAL JOIN");
                Constraint::None
            }
        };
        Join { kind, relation, constraint }
    }

    fn relation(&mut self, factor: &parsed::TableFactor) -> Relation {
        match factor {
            parsed::TableFactor::Table { name, alias, args: None, sample: None, version: None, .. } => {
                let path = self.path(name);
                let first = path.first().map_or(self.place, |name| name.span);
                let end = path.last().map_or(first, |name| name.span);
                let length = if first == end {
                    first.length
                } else {
                    end.column + end.length - first.column.min(end.column)
                };
                let span = crate::sql::tree::Span { length, ..first };
                Relation { kind: RelationKind::Table { path, common: false }, alias: self.alias(alias), span }
            }
            parsed::TableFactor::Derived { subquery, alias, sample: None, .. } => {
                let query = self.query(subquery);
                let span = query.span;
                Relation { kind: RelationKind::Subquery(Box::new(query)), alias: self.alias(alias), span }
            }
            parsed::TableFactor::UNNEST { alias, array_exprs, with_offset, with_offset_alias, .. } => {
                if array_exprs.len() > 1 {
                    self.unsupported("UNNEST of several arrays");
                }
                let array = match array_exprs.first() {
                    Some(array) => self.expression(array),
                    None => Expression::new(Kind::Null, self.place),
                };
                let span = array.span;
                let offset = with_offset.then(|| match with_offset_alias {
                    Some(name) => self.name(name),
                    None => Name { text: "offset".to_owned(), span },
                });
                let kind = RelationKind::Unnest { array: Box::new(array), offset };
                Relation { kind, alias: self.alias(alias), span }
            }
            parsed::TableFactor::NestedJoin { table_with_joins, alias } => {
                let item = self.joined(table_with_joins);
                let span = item.relation.span;
                Relation { kind: RelationKind::Nested(Box::new(item)), alias: self.alias(alias), span }
            }
            parsed::TableFactor::Table { name, .. } => {
                let _ = self.path(name);
                self.unsupported("a table function, sample or version");
                self.nothing()
            }
            _ => {
                self.unsupported("this kind of FROM clause");
                self.nothing()
            }
        }
    }

    fn nothing(&self) -> Relation {
        Relation {
            kind: RelationKind::Table { path: Vec::new(), common: false },
            alias: None,
            span: self.place,
        }
    }

    fn alias(&mut self, alias: &Option<parsed::TableAlias>) -> Option<Name> {
        let alias = alias.as_ref()?;
        let name = self.name(&alias.name);
        if !alias.columns.is_empty() {
            self.unsupported("column names in a table alias");
        }
        Some(name)
    }

    pub(super) fn orders(&mut self, orders: &[parsed::OrderByExpr]) -> Vec<Order> {
        orders
            .iter()
            .map(|order| Order {
                expression: self.expression(&order.expr),
                descending: matches!(order.options.sort, Some(parsed::OrderBySort::Desc)),
                nulls_first: order.options.nulls_first,
            })
            .collect()
    }
}
