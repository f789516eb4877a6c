//! The tables that a query names, before anything is known of them.

use crate::sql::TableUse;
use crate::sql::tree::{
    ArgumentType, Body, Constraint, CreateFunction, Expression, FromItem, FunctionBody, InSet, Kind, Query,
    Relation, RelationKind, TableArgument,
};

/// The tables that a parsed query names, without its common tables; each once.
pub fn references(query: &Query) -> Vec<TableUse> {
    let mut found = References::default();
    found.query(query);
    found.uses
}

/// The tables that queries within an expression name.
pub fn references_of(expression: &Expression) -> Vec<TableUse> {
    let mut found = References::default();
    found.expression(expression);
    found.uses
}

/// Collects the tables that are named. It is told what it has no part of: names that are no tables.
#[derive(Default)]
pub struct References {
    /// The common tables in scope, in lower case.
    pub common: Vec<String>,
    /// The names that the FROM clause at hand has given so far: `FROM t, t.items` names one table.
    pub aliases: Vec<String>,
    pub uses: Vec<TableUse>,
}

impl References {
    /// What is collected from a part of a query.
    pub fn of(collect: impl FnOnce(&mut Self)) -> Self {
        let mut found = Self::default();
        collect(&mut found);
        found
    }

    pub fn has(&self, name: &str) -> bool {
        self.uses.iter().any(|one| one.name.eq_ignore_ascii_case(name))
    }

    pub fn query(&mut self, query: &Query) {
        query.functions.iter().for_each(|function| self.function(function));
        let outer = self.common.len();
        if query.recursive {
            self.common.extend(query.with.iter().map(|table| table.name.text.to_lowercase()));
        }
        for table in &query.with {
            self.query(&table.query);
            self.common.push(table.name.text.to_lowercase());
        }
        self.body(&query.body);
        for order in &query.order_by {
            self.expression(&order.expression);
        }
        self.common.truncate(outer);
    }

    /// The tables that a function's body names; those that it takes as arguments are none.
    pub fn function(&mut self, function: &CreateFunction) {
        let outer = self.common.len();
        let tables = function.arguments.iter().filter(|one| matches!(one.ty, ArgumentType::Table(_)));
        self.common.extend(tables.map(|argument| argument.name.text.to_lowercase()));
        match &function.body {
            FunctionBody::Sql(body) => self.expression(body),
            FunctionBody::Query(query) => self.query(query),
            FunctionBody::JavaScript(_) | FunctionBody::Elsewhere => {}
        }
        self.common.truncate(outer);
    }

    pub fn body(&mut self, body: &Body) {
        match body {
            Body::Query(query) => self.query(query),
            Body::Set { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
            Body::Select(select) => {
                let outer = self.aliases.len();
                for item in &select.from {
                    self.from(item);
                }
                select.expressions(&mut |expression| self.expression(expression));
                self.aliases.truncate(outer);
            }
        }
    }

    pub fn from(&mut self, item: &FromItem) {
        self.relation(&item.relation);
        for join in &item.joins {
            self.relation(&join.relation);
            if let Constraint::On(condition) = &join.constraint {
                self.expression(condition);
            }
        }
    }

    pub fn relation(&mut self, relation: &Relation) {
        match &relation.kind {
            RelationKind::Table { path, .. } => {
                let name = path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
                let is_common = path.len() == 1 && self.common.contains(&name.to_lowercase());
                let is_array = path.len() > 1
                    && path.first().is_some_and(|first| self.aliases.contains(&first.text.to_lowercase()));
                if !is_common && !is_array && !self.uses.iter().any(|known| known.name == name) {
                    self.uses.push(TableUse { name, span: relation.span, columns: Default::default() });
                }
                self.aliases.extend(path.last().map(|last| last.text.to_lowercase()));
            }
            RelationKind::Subquery(query) => self.query(query),
            RelationKind::Unnest { array, .. } => self.expression(array),
            RelationKind::Nested(item) => self.from(item),
            RelationKind::Call { arguments, .. } => {
                for argument in arguments {
                    match argument {
                        TableArgument::Value(value) => self.expression(value),
                        TableArgument::Table(table) => self.relation(table),
                    }
                }
            }
            RelationKind::Pivot { input, pivot } => {
                self.relation(input);
                pivot.aggregates.iter().for_each(|aggregate| self.expression(&aggregate.expression));
            }
            RelationKind::Unpivot { input, .. } | RelationKind::Sample { input, .. } => self.relation(input),
        }
        self.aliases.extend(relation.alias.iter().map(|alias| alias.text.to_lowercase()));
    }

    pub fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Scalar(query) | Kind::ArrayQuery(query) | Kind::Exists { query, .. } => self.query(query),
            Kind::In { set: InSet::Query(query), .. } | Kind::LikeSet { set: InSet::Query(query), .. } => {
                self.query(query);
            }
            _ => {}
        }
        expression.children(&mut |child| self.expression(child));
    }
}
