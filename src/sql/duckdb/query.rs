//! Queries as DuckDB SQL: clauses, names of columns, order of rows.

use super::anchor::relations;
use super::guard::behind;
use super::moment::range_key;
use super::staged::is_late;
use super::types::unique_names;
use super::{Printer, identifier, push_identifier};
use crate::schema::Type;
use crate::sql::resolve;
use crate::sql::tree::{
    Body, Expression, GroupBy, Grouping, Kind, Order, Output, Query, RelationKind, Select, SetOperator, Shape,
};

/// What a query is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Rows,
    /// `ARRAY(query)`: elements of arrays come in their order.
    Array,
}

/// ORDER BY, LIMIT and OFFSET.
pub(super) struct Tail<'a> {
    order_by: &'a [Order],
    limit: Option<&'a Expression>,
    offset: Option<&'a Expression>,
}

/// What keys of groups may name by its place.
#[derive(Clone, Copy)]
struct Places<'a> {
    values: &'a [String],
    are_columns: bool,
}

impl Tail<'_> {
    const NONE: Self = Tail { order_by: &[], limit: None, offset: None };
}

impl Printer {
    pub(super) fn query(&mut self, query: &Query) -> String {
        self.query_for(query, Purpose::Rows)
    }

    pub(super) fn query_for(&mut self, query: &Query, purpose: Purpose) -> String {
        self.queries += 1;
        let (guard, guards) = (self.guard.take(), std::mem::take(&mut self.guards));
        let known = self.tables.len();
        let writes_out = std::mem::take(&mut self.writes_out);
        let mut sql = String::new();
        if !query.with.is_empty() {
            let mut recursive = false;
            let mut tables = Vec::new();
            for table in &query.with {
                let names_itself = query.recursive && resolve::names_itself(table);
                if writes_out && !names_itself {
                    self.guard.clone_from(&guard);
                    let body = self.query(&table.query);
                    self.tables.push((table.name.text.to_lowercase(), format!("({body})")));
                    continue;
                }
                recursive |= names_itself;
                let name = self.own_name(&table.name.text);
                let entry = (table.name.text.to_lowercase(), identifier(&name));
                if names_itself {
                    self.tables.push(entry.clone());
                }
                let body = match names_itself {
                    true => self.recursion(&table.query, &name),
                    false => self.query(&table.query),
                };
                if !names_itself {
                    self.tables.push(entry);
                }
                tables.push(format!("{} AS ({body})", identifier(&name)));
            }
            let recursive = if recursive { "RECURSIVE " } else { "" };
            if !tables.is_empty() {
                sql.push_str(&format!("WITH {recursive}{} ", tables.join(", ")));
            }
        }
        let tail =
            Tail { order_by: &query.order_by, limit: query.limit.as_ref(), offset: query.offset.as_ref() };
        match &query.body {
            Body::Select(select) => {
                self.guard = guard;
                sql.push_str(&self.select(select, &tail, purpose));
            }
            body => {
                self.guard = guard;
                let rows = self.body(body, purpose);
                sql.push_str(&self.with_tail(rows, body, &tail));
            }
        }
        self.tables.truncate(known);
        self.guards = guards;
        sql
    }

    /// A name for a common table that no other one has here: the query of one may read another of the same name.
    fn own_name(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let others = self.tables.iter().filter(|(known, _)| *known == lower).count();
        if others == 0 { name.to_owned() } else { format!("{name}:{}", others + 1) }
    }

    fn with_tail(&mut self, rows: String, body: &Body, tail: &Tail) -> String {
        if tail.order_by.is_empty() && tail.limit.is_none() && tail.offset.is_none() {
            return rows;
        }
        let outputs = outputs(body);
        let keys: Vec<String> =
            tail.order_by.iter().flat_map(|order| self.named_keys(order, outputs)).collect();
        let order = if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) };
        format!("SELECT * FROM ({rows}){order}{}", self.limits(tail))
    }

    /// Texts have the order of their bytes.
    fn check_collation(&mut self, order: &Order) {
        if order.collation.as_deref().is_some_and(|name| !matches!(name, "" | "binary")) {
            self.untranslatable(
                order.expression.span,
                "COLLATE in ORDER BY: DuckDB has no order that is GoogleSQL's by 'und:ci'",
            );
        }
    }

    /// Keys over the columns of a query by their names.
    fn named_keys(&mut self, order: &Order, outputs: &[Output]) -> Vec<String> {
        self.check_collation(order);
        let names = output_names(outputs);
        let place = place_of(&order.expression, outputs);
        let value = match place.and_then(|at| names.get(at)) {
            Some(name) => identifier(name),
            None => self.expression(&order.expression),
        };
        let ty = place.and_then(|at| outputs.get(at)).map_or(&order.expression.ty, |one| &one.expression.ty);
        keys_of(order, &value, &value, ty)
    }

    fn limits(&mut self, tail: &Tail) -> String {
        let mut sql = String::new();
        if let Some(limit) = tail.limit {
            sql.push_str(&format!(" LIMIT {}", self.whole(limit)));
        }
        if let Some(offset) = tail.offset {
            sql.push_str(&format!(" OFFSET {}", self.whole(offset)));
        }
        sql
    }

    /// One side of a set operation.
    pub(super) fn part(&mut self, body: &Body) -> String {
        self.body(body, Purpose::Rows)
    }

    fn body(&mut self, body: &Body, purpose: Purpose) -> String {
        match body {
            Body::Select(select) => self.select(select, &Tail::NONE, purpose),
            // DuckDB's parser wants a SELECT between two WITH clauses.
            Body::Query(query) if !query.with.is_empty() => {
                format!("(SELECT * FROM ({}))", self.query_for(query, purpose))
            }
            Body::Query(query) => format!("({})", self.query_for(query, purpose)),
            Body::Set { operator, all, left, right, .. } => {
                if self.guard.is_none()
                    && let Some(rows) = self.constant_rows(body)
                {
                    return rows;
                }
                let word = match operator {
                    SetOperator::Union => "UNION",
                    SetOperator::Intersect => "INTERSECT",
                    SetOperator::Except => "EXCEPT",
                };
                let all = if *all { " ALL" } else { "" };
                let guard = self.guard.clone();
                let left = self.body(left, Purpose::Rows);
                self.guard = guard;
                format!("({left}) {word}{all} ({})", self.body(right, Purpose::Rows))
            }
        }
    }

    fn select(&mut self, select: &Select, tail: &Tail, purpose: Purpose) -> String {
        self.merged.push(Vec::new());
        self.visible += 1;
        let elements = self.elements.len();
        self.relations.push(relations(&select.from));
        let (places, kept) = (std::mem::take(&mut self.places), self.keeps_places);
        let orders_rows = is_of_rows(select) && (purpose == Purpose::Array || tail.limit.is_some());
        self.keeps_places = reads_arrays(select) && (orders_rows || gathers(select));
        let windows = std::mem::take(&mut self.windows);
        let stage = self.first_stage.take();
        for (name, window) in &select.windows {
            let window = self.whole_window(window);
            self.windows.push((name.text.clone(), window));
        }
        let sql = self.clauses(select, tail, purpose, orders_rows);
        self.first_stage = stage;
        self.windows = windows;
        (self.places, self.keeps_places) = (places, kept);
        self.elements.truncate(elements);
        self.visible -= 1;
        self.merged.pop();
        self.relations.pop();
        sql
    }

    fn clauses(&mut self, select: &Select, tail: &Tail, purpose: Purpose, orders_rows: bool) -> String {
        let guard = self.guard.take();
        let others = std::mem::take(&mut self.meant);
        let around = std::mem::replace(&mut self.branch, guard.clone());
        let mut from = self.from(&select.from);
        self.branch = around;
        let mut meant = std::mem::replace(&mut self.meant, others);
        let names = output_names(&select.outputs);
        let values: Vec<Option<String>> = select
            .outputs
            .iter()
            .map(|output| (!is_late(&output.expression)).then(|| self.expression(&output.expression)))
            .collect();
        let mut filter = select.filter.as_ref().map(|filter| self.condition(filter));
        if !meant.is_empty() {
            meant.extend(filter.map(|filter| format!("({filter})")));
            filter = Some(meant.join(" AND "));
        }
        if let Some(guard) = &guard {
            (from, filter) = behind(guard, from, filter, &values);
        }
        let mut rows = String::new();
        if !from.is_empty() {
            rows = [" FROM ", &from].concat();
        }
        if let Some(filter) = filter {
            rows.extend([" WHERE ", &filter]);
        }
        let texts: Vec<String> = values.iter().map(|value| value.clone().unwrap_or_default()).collect();
        // A row that is a struct is one column, whatever it is made of.
        let places = Places { values: &texts, are_columns: select.shape != Shape::Struct };
        let groups = match &select.group_by {
            GroupBy::None | GroupBy::All => Vec::new(),
            GroupBy::Expressions(keys) => keys.iter().map(|key| self.group_key(key, places)).collect(),
            GroupBy::Sets(sets) => sets.iter().map(|set| self.grouping(set, places)).collect(),
        };
        if !groups.is_empty() {
            rows.extend([" GROUP BY ", &groups.join(", ")]);
        }
        // What is late is filtered in the second stage.
        let (mut late, mut early) = (Vec::new(), Vec::new());
        if let Some(guard) = guard.filter(|guard| self.fails_of_nothing(select, guard, &values)) {
            let having = select.having.as_ref().map(|having| self.condition(having));
            let conditions: Vec<String> =
                std::iter::once(guard).chain(having).map(|one| format!("({one})")).collect();
            early.push(format!(" HAVING {}", conditions.join(" AND ")));
        }
        let is_behind = !early.is_empty();
        for (word, condition) in [("HAVING", &select.having), ("QUALIFY", &select.qualify)] {
            match condition {
                Some(_) if is_behind && word == "HAVING" => {}
                Some(condition) if is_late(condition) => late.push(condition),
                Some(condition) => early.push(format!(" {word} {}", self.condition(condition))),
                None => {}
            }
        }
        rows.push_str(&early.concat());
        // In an array that has an order, DuckDB finds no columns from within a lambda.
        let is_ordered = purpose == Purpose::Array && (!tail.order_by.is_empty() || orders_rows);
        let has_lambda = is_ordered && texts.iter().any(|text| text.contains("lambda "));
        if has_lambda || !late.is_empty() || values.iter().any(Option::is_none) {
            if !orders_rows {
                self.places.clear();
            }
            return self.staged(select, &rows, &values, &late, tail);
        }
        let distinct = if select.distinct { "DISTINCT " } else { "" };
        let sql = ["SELECT ", distinct, &Self::columns(select, &names, &texts), &rows].concat();
        self.ordered(sql, select, &texts, tail, orders_rows)
    }

    /// The columns of a SELECT.
    pub(super) fn columns(select: &Select, names: &[String], values: &[String]) -> String {
        let named = names.iter().zip(values);
        if select.shape == Shape::Struct {
            let fields: Vec<String> =
                named.map(|(name, value)| format!("{} := {value}", identifier(name))).collect();
            return format!("struct_pack({}) AS {}", fields.join(", "), identifier(resolve::VALUE));
        }
        let sizes = names.iter().zip(values).map(|(name, value)| name.len() + value.len() + 8);
        let mut columns = String::with_capacity(sizes.sum());
        for (index, (name, value)) in named.enumerate() {
            if index > 0 {
                columns.push_str(", ");
            }
            columns.push_str(value);
            columns.push_str(" AS ");
            push_identifier(&mut columns, name);
        }
        columns
    }

    /// A SELECT with what comes behind it.
    pub(super) fn ordered(
        &mut self,
        sql: String,
        select: &Select,
        values: &[String],
        tail: &Tail,
        orders_rows: bool,
    ) -> String {
        let outputs = &select.outputs;
        let is_float = |order: &Order| match place_of(&order.expression, outputs) {
            Some(at) => outputs.get(at).is_some_and(|output| output.expression.ty == Type::Float64),
            None => order.expression.ty == Type::Float64,
        };
        let all_named = tail.order_by.iter().all(|order| place_of(&order.expression, outputs).is_some());
        if select.distinct && all_named && tail.order_by.iter().any(is_float) {
            let keys: Vec<String> =
                tail.order_by.iter().flat_map(|order| self.named_keys(order, outputs)).collect();
            return format!("SELECT * FROM ({sql}) ORDER BY {}{}", keys.join(", "), self.limits(tail));
        }
        let mut keys = Vec::new();
        for order in tail.order_by {
            self.check_collation(order);
            match place_of(&order.expression, outputs) {
                // By its place: its name could mean a column, too.
                Some(at) if select.shape != Shape::Struct => {
                    let ty = &outputs[at].expression.ty;
                    keys.extend(keys_of(order, &(at + 1).to_string(), &values[at], ty));
                }
                _ => {
                    let value = self.order_value(&order.expression);
                    keys.extend(keys_of(order, &value, &value, &order.expression.ty));
                }
            }
        }
        if orders_rows {
            keys.extend(self.places.iter().cloned());
        }
        let mut sql = sql;
        if !keys.is_empty() {
            sql.extend([" ORDER BY ", &keys.join(", ")]);
        }
        sql + &self.limits(tail)
    }

    fn group_key(&mut self, key: &Expression, places: Places) -> String {
        if let Kind::Integer(place) = key.kind {
            let value = usize::try_from(place - 1).ok().and_then(|at| places.values.get(at));
            return value.filter(|_| !places.are_columns).cloned().unwrap_or_else(|| self.whole(key));
        }
        let sql = self.expression(key);
        match places.values.iter().position(|value| *value == sql) {
            Some(at) if places.are_columns && !matches!(key.kind, Kind::Column { .. }) => {
                (at + 1).to_string()
            }
            _ => sql,
        }
    }

    fn grouping(&mut self, grouping: &Grouping, places: Places) -> String {
        match grouping {
            Grouping::Keys(keys) => {
                let keys: Vec<String> = keys.iter().map(|key| self.group_key(key, places)).collect();
                format!("({})", keys.join(", "))
            }
            Grouping::Rollup(sets) => format!("ROLLUP ({})", self.groupings(sets, places)),
            Grouping::Cube(sets) => format!("CUBE ({})", self.groupings(sets, places)),
            Grouping::Sets(sets) => {
                let sets: Vec<String> = sets.iter().map(|set| self.grouping(set, places)).collect();
                format!("GROUPING SETS ({})", sets.join(", "))
            }
        }
    }

    fn groupings(&mut self, sets: &[Vec<Expression>], places: Places) -> String {
        let sets: Vec<String> = sets
            .iter()
            .map(|keys| {
                let keys: Vec<String> = keys.iter().map(|key| self.group_key(key, places)).collect();
                format!("({})", keys.join(", "))
            })
            .collect();
        sets.join(", ")
    }

    pub(super) fn orders(&mut self, orders: &[Order]) -> String {
        self.order_keys(orders).join(", ")
    }

    pub(super) fn order_keys(&mut self, orders: &[Order]) -> Vec<String> {
        let mut keys = Vec::new();
        for order in orders {
            self.check_collation(order);
            let value = match &order.expression.ty {
                ty @ Type::Range(_) => range_key(&self.whole(&order.expression), ty),
                _ => self.whole(&order.expression),
            };
            keys.extend(keys_of(order, &value, &value, &order.expression.ty));
        }
        keys
    }
}

/// The direction of an order and where its NULLs stand: they are the smallest values, first when ascending.
pub(super) fn direction(order: &Order) -> (&'static str, &'static str) {
    let direction = if order.descending { "DESC" } else { "ASC" };
    let nulls = if order.nulls_first.unwrap_or(!order.descending) { "FIRST" } else { "LAST" };
    (direction, nulls)
}

/// The keys that order by a value: of floats, NaN is smaller than all numbers; ranges go by their bounds.
fn keys_of(order: &Order, key: &str, value: &str, ty: &Type) -> Vec<String> {
    let (direction, nulls) = direction(order);
    let mut keys = Vec::new();
    if *ty == Type::Float64 {
        let opposite = if order.descending { "ASC" } else { "DESC" };
        keys.push(format!("isnan({value}) {opposite} NULLS {nulls}"));
    }
    match ty {
        Type::Range(_) => keys.push(format!("{} {direction} NULLS {nulls}", range_key(value, ty))),
        _ => keys.push([key, " ", direction, " NULLS ", nulls].concat()),
    }
    keys
}

pub(super) fn output_names(outputs: &[Output]) -> Vec<String> {
    unique_names(outputs.iter().map(|output| output.name.as_str()))
}

/// The columns of a body.
fn outputs(body: &Body) -> &[Output] {
    match body {
        Body::Select(select) if select.shape == Shape::Struct => &[],
        Body::Select(select) => &select.outputs,
        Body::Query(query) => outputs(&query.body),
        Body::Set { left, .. } => outputs(left),
    }
}

/// Which output an expression of ORDER BY is, where it is one by its name or its place.
fn place_of(expression: &Expression, outputs: &[Output]) -> Option<usize> {
    match &expression.kind {
        Kind::Integer(place) => usize::try_from(place - 1).ok().filter(|at| *at < outputs.len()),
        Kind::Column { relation: None, name, .. } => {
            outputs.iter().position(|output| output.name.eq_ignore_ascii_case(name))
        }
        _ => None,
    }
}

/// Whether all that a SELECT reads are arrays.
fn reads_arrays(select: &Select) -> bool {
    let is_array = |kind: &RelationKind| matches!(kind, RelationKind::Unnest { .. });
    !select.from.is_empty()
        && select.from.iter().all(|item| {
            is_array(&item.relation.kind) && item.joins.iter().all(|join| is_array(&join.relation.kind))
        })
}

/// Whether each row of a SELECT is one of what it reads.
fn is_of_rows(select: &Select) -> bool {
    let aggregates = |output: &Output| output.expression.any(&resolve::is_aggregate);
    reads_arrays(select)
        && !select.distinct
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && !select.outputs.iter().any(aggregates)
}

/// Whether a SELECT holds an aggregate that depends on the order of its rows.
fn gathers(select: &Select) -> bool {
    let is_ordered = |part: &Expression| match &part.kind {
        Kind::Call(call) => super::aggregate::ORDERED.contains(&call.name.as_str()),
        _ => false,
    };
    select.outputs.iter().any(|output| output.expression.any(&is_ordered))
}
