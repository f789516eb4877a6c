//! Queries and FROM clauses as DuckDB SQL.

use super::cast::field_name;
use super::text::marked;
use super::{Printer, identifier, push_identifier, table_name};
use crate::schema::Type;
use crate::sql::tree::{
    Body, Constraint, Expression, FromItem, GroupBy, Grouping, Join, JoinKind, Kind, Order, Query, Relation,
    RelationKind, Select, SetOperator, Shape,
};

impl Printer {
    pub(super) fn query(&mut self, query: &Query) -> String {
        self.queries += 1;
        let mut sql = String::new();
        if !query.with.is_empty() {
            let tables: Vec<String> = query
                .with
                .iter()
                .map(|table| format!("{} AS ({})", identifier(&table.name.text), self.query(&table.query)))
                .collect();
            let recursive = if query.recursive { "RECURSIVE " } else { "" };
            sql.push_str(&format!("WITH {recursive}{} ", tables.join(", ")));
        }
        // DuckDB orders a set operation by its columns only.
        let is_named =
            |order: &Order| matches!(order.expression.kind, Kind::Column { .. } | Kind::Integer(_));
        let wrapped = matches!(query.body, Body::Set { .. }) && !query.order_by.iter().all(is_named);
        let body = self.body(&query.body);
        sql.push_str(&if wrapped { format!("SELECT * FROM ({body})") } else { body });
        if !query.order_by.is_empty() {
            sql.push_str(&format!(" ORDER BY {}", self.orders(&query.order_by)));
        }
        if let Some(limit) = &query.limit {
            sql.push_str(&format!(" LIMIT {}", self.whole(limit)));
        }
        if let Some(offset) = &query.offset {
            sql.push_str(&format!(" OFFSET {}", self.whole(offset)));
        }
        sql
    }

    fn body(&mut self, body: &Body) -> String {
        match body {
            Body::Select(select) => self.select(select),
            Body::Query(query) => format!("({})", self.query(query)),
            Body::Set { operator, all, left, right, .. } => {
                let word = match operator {
                    SetOperator::Union => "UNION",
                    SetOperator::Intersect => "INTERSECT",
                    SetOperator::Except => "EXCEPT",
                };
                let all = if *all { " ALL" } else { "" };
                format!("({}) {word}{all} ({})", self.body(left), self.body(right))
            }
        }
    }

    fn select(&mut self, select: &Select) -> String {
        let mut sql = if select.distinct { "SELECT DISTINCT " } else { "SELECT " }.to_owned();
        self.columns(select, &mut sql);
        if !select.from.is_empty() {
            let items: Vec<String> = select.from.iter().map(|item| self.joined(item)).collect();
            sql.push_str(&format!(" FROM {}", items.join(" CROSS JOIN ")));
        }
        if let Some(filter) = &select.filter {
            sql.push_str(&format!(" WHERE {}", self.expression(filter)));
        }
        let groups = match &select.group_by {
            GroupBy::None | GroupBy::All => Vec::new(),
            GroupBy::Expressions(keys) => keys.iter().map(|key| self.whole(key)).collect(),
            GroupBy::Sets(sets) => sets.iter().map(|set| self.grouping(set)).collect(),
        };
        if !groups.is_empty() {
            sql.push_str(&format!(" GROUP BY {}", groups.join(", ")));
        }
        if let Some(having) = &select.having {
            sql.push_str(&format!(" HAVING {}", self.expression(having)));
        }
        if !select.windows.is_empty() {
            let windows: Vec<String> = select
                .windows
                .iter()
                .map(|(name, window)| format!("{} AS ({})", identifier(&name.text), self.window(window)))
                .collect();
            sql.push_str(&format!(" WINDOW {}", windows.join(", ")));
        }
        if let Some(qualify) = &select.qualify {
            sql.push_str(&format!(" QUALIFY {}", self.expression(qualify)));
        }
        sql
    }

    fn columns(&mut self, select: &Select, sql: &mut String) {
        let is_struct = select.shape == Shape::Struct;
        sql.push_str(if is_struct { "struct_pack(" } else { "" });
        for (index, output) in select.outputs.iter().enumerate() {
            let name = field_name(index, &output.name);
            let value = self.expression(&output.expression);
            sql.push_str(if index == 0 { "" } else { ", " });
            if is_struct {
                push_identifier(sql, &name);
                sql.push_str(" := ");
                sql.push_str(&value);
            } else {
                sql.push_str(&value);
                sql.push_str(" AS ");
                push_identifier(sql, &name);
            }
        }
        sql.push_str(if is_struct { ") AS f0_" } else { "" });
    }

    fn grouping(&mut self, grouping: &Grouping) -> String {
        match grouping {
            Grouping::Keys(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.whole(key)).collect();
                format!("({})", keys.join(", "))
            }
            Grouping::Rollup(sets) => format!("ROLLUP ({})", self.groupings(sets)),
            Grouping::Cube(sets) => format!("CUBE ({})", self.groupings(sets)),
            Grouping::Sets(sets) => {
                let sets: Vec<String> = sets.iter().map(|set| self.grouping(set)).collect();
                format!("GROUPING SETS ({})", sets.join(", "))
            }
        }
    }

    fn groupings(&mut self, sets: &[Vec<Expression>]) -> String {
        let sets: Vec<String> = sets
            .iter()
            .map(|keys| {
                let keys: Vec<String> = keys.iter().map(|key| self.whole(key)).collect();
                format!("({})", keys.join(", "))
            })
            .collect();
        sets.join(", ")
    }

    fn joined(&mut self, item: &FromItem) -> String {
        let mut sql = self.relation(&item.relation);
        for join in &item.joins {
            sql.push_str(&self.join(join));
        }
        sql
    }

    fn join(&mut self, join: &Join) -> String {
        let relation = self.relation(&join.relation);
        let constraint = match &join.constraint {
            Constraint::On(condition) => format!(" ON {}", self.expression(condition)),
            Constraint::Using(names) => {
                let names: Vec<String> = names.iter().map(|name| identifier(&name.text)).collect();
                format!(" USING ({})", names.join(", "))
            }
            // GoogleSQL joins UNNEST without a condition.
            Constraint::None if join.kind == JoinKind::Left => " ON TRUE".to_owned(),
            Constraint::None => return format!(" CROSS JOIN {relation}"),
        };
        let kind = match join.kind {
            JoinKind::Inner | JoinKind::Cross => "JOIN",
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Right => "RIGHT JOIN",
            JoinKind::Full => "FULL JOIN",
        };
        format!(" {kind} {relation}{constraint}")
    }

    fn relation(&mut self, relation: &Relation) -> String {
        let alias = relation.alias.as_ref().map_or(String::new(), |alias| identifier(&alias.text));
        match &relation.kind {
            RelationKind::Table { path, common, as_of: None } => {
                let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
                let name = if *common { identifier(&name) } else { marked(&table_name(&name)) };
                format!("{name} AS {alias}")
            }
            RelationKind::Subquery(query) => format!("({}) AS {alias}", self.query(query)),
            RelationKind::Unnest { array, offset } => {
                let array = self.expression(array);
                let offset = match offset {
                    Some(offset) => {
                        format!(", generate_subscripts({array}, 1) - 1 AS {}", identifier(&offset.text))
                    }
                    None => String::new(),
                };
                format!("LATERAL (SELECT unnest({array}) AS {alias}{offset}) AS {alias}")
            }
            RelationKind::Nested(item) => format!("({})", self.joined(item)),
            other => {
                let what = match other {
                    RelationKind::Table { .. } => "FOR SYSTEM_TIME AS OF",
                    RelationKind::Call { .. } => "table functions",
                    RelationKind::Pivot { .. } => "PIVOT",
                    RelationKind::Unpivot { .. } => "UNPIVOT",
                    _ => "TABLESAMPLE",
                };
                self.untranslatable(relation.span, format!("DuckDB cannot run {what} yet"))
            }
        }
    }

    /// NULLs are the smallest values: first when ascending, last when descending.
    pub(super) fn orders(&mut self, orders: &[Order]) -> String {
        let orders: Vec<String> = orders
            .iter()
            .map(|order| {
                let direction = if order.descending { "DESC" } else { "ASC" };
                let nulls = if order.nulls_first.unwrap_or(!order.descending) { "FIRST" } else { "LAST" };
                let value = self.whole(&order.expression);
                let value = match &order.expression.ty {
                    ty @ Type::Range(_) => super::moment::range_key(&value, ty),
                    _ => value,
                };
                format!("{value} {direction} NULLS {nulls}")
            })
            .collect();
        orders.join(", ")
    }
}
