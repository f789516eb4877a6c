//! One SELECT: its clauses in the order in which names become visible.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::clauses::is_literal;
use super::coerce::settle;
use super::columns::{ScopeColumn, pin};
use super::scope::{Merged, Scope};
use super::window::drop_unused;
use super::{Resolver, Rows, output_reference};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions::{self, Role};
use crate::sql::suffix;
use crate::sql::tree::{
    Expression, GroupBy, Grouping, Kind, Name, Order, Output, Over, Select, SelectItem, Shape, Span,
};

/// The column that holds the rows of `SELECT AS STRUCT`.
pub const VALUE: &str = "f0_";

impl Resolver<'_> {
    pub(super) fn select(
        &mut self,
        select: &mut Select,
        outer: Option<&Scope>,
        order_by: &mut [Order],
    ) -> Rows {
        if !select.outputs.is_empty() {
            // It stands in an expression that an alias named, and was resolved there.
            return self.rows(select);
        }
        drop_unused(select, order_by);
        let mut scope = Scope::inside(outer);
        self.from(&mut select.from, &mut scope);
        if let Some(filter) = &mut select.filter {
            self.expression(filter, &scope);
            self.expect_bool(filter, "WHERE");
            self.refuse_aggregates(filter, "WHERE", "HAVING is applied to groups, WHERE to rows");
            self.refuse_windows(filter, "WHERE");
        }
        as_given(select, &scope);
        select.outputs = self.outputs(&mut select.items, &scope);
        for output in select.outputs.iter().filter(|_| select.of_rows) {
            let hint = "aggregate in a step of its own: `|> AGGREGATE … GROUP BY …`";
            self.refuse_aggregates(&output.expression, "a step that looks at single rows", hint);
        }
        self.group_by(select, &scope);
        for (_, window) in &mut select.windows {
            self.window(window, &scope);
        }
        for (clause, condition) in [("HAVING", &mut select.having), ("QUALIFY", &mut select.qualify)] {
            if let Some(condition) = condition {
                self.with_outputs(condition, &select.outputs, &scope);
                self.expect_bool(condition, clause);
            }
        }
        if let Some(condition) = &select.having {
            self.refuse_windows(condition, "HAVING");
        }
        for order in order_by.iter_mut() {
            self.order(order, select, &scope);
            let output = match order.expression.kind {
                Kind::Integer(place) => {
                    usize::try_from(place - 1).ok().and_then(|place| select.outputs.get(place))
                }
                _ => None,
            };
            let ty = output.map_or(&order.expression.ty, |output| &output.expression.ty);
            if is_literal(&order.expression) {
                let problem =
                    Problem::new(Code::SqlSyntax, order.expression.span, "ORDER BY takes no literal");
                self.problems.push(problem.hint("leave it out: it is the same for all rows"));
            }
            self.expect_ordered(ty, order.expression.span);
            self.collated_order(order, ty);
        }
        self.check_without_from(select, order_by);
        self.check_windows(select, order_by);
        self.check_group_keys(select);
        self.check_grouping(select, order_by, &scope);
        self.check_distinct(select, order_by, &scope);
        self.rows(select)
    }

    fn rows(&mut self, select: &Select) -> Rows {
        let mut fields: Vec<ScopeColumn> = select
            .outputs
            .iter()
            .map(|output| {
                let origins = match &output.expression.kind {
                    Kind::Column { relation: Some(_), origins, .. } => origins.clone(),
                    _ => suffix::origins(&output.expression),
                };
                let field = Field {
                    name: output.name.clone(),
                    ty: output.expression.ty.clone(),
                    description: output.description.clone(),
                    required: false,
                };
                ScopeColumn { field, origins }
            })
            .collect();
        let windowed = select.qualify.is_some()
            || select.outputs.iter().any(|output| first_call(&output.expression, &is_windowed).is_some());
        if windowed {
            pin(&mut fields);
        }
        match select.shape {
            Shape::Columns | Shape::Given => Rows { columns: fields, is_value: false },
            Shape::Struct => {
                fields.iter_mut().for_each(|column| settle(&mut column.field.ty));
                let ty = match fields.iter().any(|column| column.field.is_rest()) {
                    true => Type::Null,
                    false => Type::structure(fields.into_iter().map(|column| column.field).collect()),
                };
                let value = Field::new(VALUE, ty);
                Rows { columns: vec![ScopeColumn { field: value, origins: Vec::new() }], is_value: true }
            }
            Shape::Value => {
                if fields.len() != 1 {
                    let message = format!("SELECT AS VALUE takes one column, not {}", fields.len());
                    self.problem(Code::TypeMismatch, select.span, message);
                }
                Rows { columns: fields, is_value: true }
            }
        }
    }

    /// The columns that are selected; an expression moves there from its item.
    fn outputs(&mut self, items: &mut [SelectItem], scope: &Scope) -> Vec<Output> {
        let mut outputs = Vec::new();
        for item in items {
            match item {
                SelectItem::Expression { expression, alias } => {
                    let name = match alias {
                        Some(alias) => alias.text.clone(),
                        None => expression.natural_name(),
                    };
                    let nothing = Expression::new(Kind::Null, expression.span);
                    let mut expression = std::mem::replace(expression, nothing);
                    self.expression(&mut expression, scope);
                    let description = scope.description(&expression);
                    outputs.push(Output { name, expression, description });
                }
                SelectItem::Star { base, except, replace, rename, span } => {
                    let columns = self.star(base.as_ref(), *span, scope);
                    let (first, has_columns) = (outputs.len(), !columns.is_empty());
                    self.star_options(columns, except, replace, scope, &mut outputs);
                    if has_columns && outputs.len() == first {
                        let message = "nothing is left of the star: all of its columns are taken out";
                        self.problem(Code::SqlSyntax, *span, message);
                    }
                    self.rename(rename, &mut outputs[first..]);
                    if !self.bound_outputs(&mut outputs, *span) {
                        return outputs;
                    }
                }
            }
        }
        if outputs.is_empty() && self.problems.is_empty() {
            self.problem(Code::SqlSyntax, Span::default(), "a SELECT without columns");
        }
        self.count_outputs(&outputs);
        outputs
    }

    /// The columns of `*` or `base.*`.
    fn star(&mut self, base: Option<&Expression>, span: Span, scope: &Scope) -> Vec<Output> {
        let Some(base) = base else {
            let merged = |merged: &Merged| {
                let reference = merged.reference(span);
                let description = scope.description(&reference);
                let expression = if scope.is_alone(merged) { reference } else { merged.value.clone() };
                Output { name: merged.name.clone(), expression, description }
            };
            let mut columns: Vec<Output> = Vec::new();
            for (place, relation) in scope.relations.iter().enumerate() {
                columns.extend(scope.merged.iter().filter(|one| one.first == place).map(merged));
                let is_merged = |name: &str| {
                    let mut merged = scope.merged.iter().filter(|merged| merged.relations.contains(&place));
                    merged.any(|merged| merged.name.eq_ignore_ascii_case(name))
                };
                columns.extend(relation.all(span).into_iter().filter(|column| !is_merged(&column.name)));
            }
            return columns;
        };
        if let Kind::Path(path) = &base.kind
            && path.len() == 1
            && let Some(relation) =
                scope.relations.iter().find(|one| one.alias.eq_ignore_ascii_case(&path[0].text))
        {
            return relation.all(span);
        }
        let mut value = base.clone();
        self.expression(&mut value, scope);
        match value.ty.fields() {
            Some(fields) => fields
                .iter()
                .enumerate()
                .map(|(index, field)| {
                    let expression = super::field_of(&value, index, field);
                    Output { name: field.name.clone(), expression, description: field.description.clone() }
                })
                .collect(),
            None => {
                if !matches!(value.ty, Type::Null | Type::Unknown) {
                    self.problem(
                        Code::TypeMismatch,
                        span,
                        format!("`.*` takes a table or a STRUCT, not {}", value.ty),
                    );
                }
                Vec::new()
            }
        }
    }

    fn star_options(
        &mut self,
        columns: Vec<Output>,
        except: &[Name],
        replace: &[(Name, Expression)],
        scope: &Scope,
        outputs: &mut Vec<Output>,
    ) {
        let is_open = columns.iter().any(|column| column.name == "*");
        for name in except.iter().chain(replace.iter().map(|(name, _)| name)).filter(|_| !is_open) {
            let named = columns.iter().filter(|column| column.name.eq_ignore_ascii_case(&name.text)).count();
            if named > 1 && replace.iter().any(|(replaced, _)| replaced.span == name.span) {
                let message = format!("the star has several columns `{}`", name.text);
                self.problem(Code::AmbiguousName, name.span, message);
            }
            if named == 0 {
                let problem = Problem::new(
                    Code::UnknownColumn,
                    name.span,
                    format!("the star has no column `{}`", name.text),
                )
                .suggest(&name.text, columns.iter().map(|column| column.name.as_str()));
                self.problems.push(problem);
            }
        }
        let written = except.iter().chain(replace.iter().map(|(name, _)| name));
        let mut seen = BTreeSet::new();
        for name in written {
            if !seen.insert(name.text.to_lowercase()) {
                let message = format!("EXCEPT and REPLACE name `{}` twice", name.text);
                self.problem(Code::AmbiguousName, name.span, message);
            }
        }
        for mut column in columns {
            let is_column = |name: &Name| name.text.eq_ignore_ascii_case(&column.name);
            if except.iter().any(is_column) {
                continue;
            }
            if let Some((_, replacement)) = replace.iter().find(|(name, _)| is_column(name)) {
                column.expression = replacement.clone();
                self.expression(&mut column.expression, scope);
                column.description = scope.description(&column.expression);
            }
            outputs.push(column);
        }
    }

    fn rename(&mut self, rename: &[(Name, Name)], outputs: &mut [Output]) {
        let given: Vec<String> = outputs.iter().map(|output| output.name.clone()).collect();
        for (at, (from, to)) in rename.iter().enumerate() {
            if rename[..at].iter().any(|(one, _)| one.text.eq_ignore_ascii_case(&from.text)) {
                self.problem(Code::AmbiguousName, from.span, format!("RENAME names `{}` twice", from.text));
            }
            match given.iter().position(|name| name.eq_ignore_ascii_case(&from.text)) {
                Some(place) => outputs[place].name = to.text.clone(),
                None => {
                    let message = format!("there is no column `{}` to rename", from.text);
                    let problem = Problem::new(Code::UnknownColumn, from.span, message);
                    let names = outputs.iter().map(|output| output.name.as_str());
                    self.problems.push(problem.suggest(&from.text, names));
                }
            }
        }
    }

    /// Names in GROUP BY mean the select list first, then the tables.
    fn group_by(&mut self, select: &mut Select, scope: &Scope) {
        let outputs = &select.outputs;
        match &mut select.group_by {
            GroupBy::None => {}
            GroupBy::All => {
                let is_key = |output: &Output| {
                    first_call(&output.expression, &is_aggregate).is_none()
                        && !is_constant(&output.expression)
                };
                let keys = outputs
                    .iter()
                    .enumerate()
                    .filter(|(_, output)| is_key(output))
                    .map(|(index, output)| ordinal(index, output.expression.span))
                    .collect();
                select.group_by = GroupBy::Expressions(keys);
            }
            GroupBy::Expressions(keys) => {
                keys.iter_mut().for_each(|key| self.group_key(key, outputs, scope));
            }
            GroupBy::Sets(sets) => sets.iter_mut().for_each(|set| self.grouping(set, outputs, scope)),
        }
    }

    fn grouping(&mut self, grouping: &mut Grouping, outputs: &[Output], scope: &Scope) {
        match grouping {
            Grouping::Keys(keys) => keys.iter_mut().for_each(|key| self.group_key(key, outputs, scope)),
            Grouping::Rollup(sets) | Grouping::Cube(sets) => {
                sets.iter_mut().flatten().for_each(|key| self.group_key(key, outputs, scope));
            }
            Grouping::Sets(sets) => sets.iter_mut().for_each(|set| self.grouping(set, outputs, scope)),
        }
    }

    fn group_key(&mut self, key: &mut Expression, outputs: &[Output], scope: &Scope) {
        let span = key.span;
        if let Kind::Path(path) = &key.kind
            && let [name] = path.as_slice()
            && let Some(index) =
                outputs.iter().position(|output| output.name.eq_ignore_ascii_case(&name.text))
        {
            let name = name.clone();
            *key = ordinal(index, span);
            return self.expect_one_output(outputs, &name);
        }
        if let Kind::Integer(position) = key.kind {
            if position < 1 || position as usize > outputs.len() {
                let message = format!("GROUP BY {position}: there is no such column");
                self.problem(Code::SqlSyntax, span, message);
            }
            return;
        }
        self.expression(key, scope);
        not_ordinal(key);
    }

    fn order(&mut self, order: &mut Order, select: &Select, scope: &Scope) {
        let span = order.expression.span;
        let outputs = &select.outputs;
        match &order.expression.kind {
            Kind::Integer(position) => {
                match usize::try_from(position - 1).ok().and_then(|index| outputs.get(index)) {
                    // The fields of a struct are no columns that an ordinal could count.
                    Some(output) if select.shape == Shape::Struct => {
                        order.expression = output.expression.clone()
                    }
                    Some(_) => {}
                    None => {
                        let message = format!("ORDER BY {position}: there is no such column");
                        self.problem(Code::SqlSyntax, span, message);
                    }
                }
            }
            Kind::Path(path) if path.len() == 1 && select.shape != Shape::Struct => {
                self.expect_one_output(outputs, &path[0]);
                match outputs.iter().find(|output| output.name.eq_ignore_ascii_case(&path[0].text)) {
                    Some(output) => {
                        let field = Field::new(output.name.clone(), output.expression.ty.clone());
                        order.expression = output_reference(&field, span);
                    }
                    None => self.expression(&mut order.expression, scope),
                }
            }
            _ => {
                self.with_outputs(&mut order.expression, outputs, scope);
                not_ordinal(&mut order.expression);
            }
        }
    }

    /// Resolves an expression in which a select list's alias stands for its expression, also where a
    /// column has the name too.
    fn with_outputs(&mut self, expression: &mut Expression, outputs: &[Output], scope: &Scope) {
        let names = RefCell::new(Vec::new());
        expression.replace_paths(&|path| {
            let [name] = path else { return None };
            names.borrow_mut().push(name.clone());
            outputs
                .iter()
                .find(|output| output.name.eq_ignore_ascii_case(&name.text))
                .map(|output| output.expression.clone())
        });
        names.into_inner().iter().for_each(|name| self.expect_one_output(outputs, name));
        self.expression(expression, scope);
    }

    /// A name that means a column of the select list means one only.
    fn expect_one_output(&mut self, outputs: &[Output], name: &Name) {
        self.expect_one_named(outputs.iter().map(|output| output.name.as_str()), name);
    }

    /// A name that means a column of a query's result means one only.
    pub(super) fn expect_one_named<'n>(&mut self, names: impl Iterator<Item = &'n str>, name: &Name) {
        if names.filter(|known| known.eq_ignore_ascii_case(&name.text)).count() > 1 {
            let message = format!("several columns of the query are named `{}`", name.text);
            let problem = Problem::new(Code::AmbiguousName, name.span, message);
            self.problems.push(problem.hint("give one of them another name with `AS`, or say its place"));
        }
    }
}

/// The row that FROM gives: a value where its only relation gives values, columns otherwise.
fn as_given(select: &mut Select, scope: &Scope) {
    if select.shape != Shape::Given {
        return;
    }
    select.shape = Shape::Columns;
    if let ([item], [relation]) = (select.items.as_mut_slice(), scope.relations.as_slice())
        && item.is_all()
        && relation.is_value()
    {
        let name = Name { text: relation.alias.clone(), span: select.span };
        let expression = Expression { depth: 1, ..Expression::new(Kind::Path(vec![name]), select.span) };
        *item = SelectItem::Expression { expression, alias: None };
        select.shape = Shape::Value;
    }
}

/// Whether an expression of ORDER BY is a column of the select list, by name or by place.
pub fn is_output(expression: &Expression, select: &Select) -> bool {
    match &expression.kind {
        Kind::Integer(_) => true,
        Kind::Column { relation: None, name, .. } => {
            select.outputs.iter().any(|output| output.name.eq_ignore_ascii_case(name))
        }
        _ => false,
    }
}

/// The value of a parameter that is a whole number counts no columns.
fn not_ordinal(expression: &mut Expression) {
    if let Kind::Integer(_) = expression.kind {
        let operand = Box::new(expression.clone());
        expression.kind = Kind::Cast { operand, to: Type::Int64, safe: false };
    }
}

fn ordinal(index: usize, span: Span) -> Expression {
    Expression::typed(Kind::Integer(index as i64 + 1), span, Type::Int64)
}

fn is_constant(expression: &Expression) -> bool {
    !expression.any(&|part| {
        !matches!(
            part.kind,
            Kind::Null
                | Kind::Bool(_)
                | Kind::Integer(_)
                | Kind::Float(_)
                | Kind::Text(_)
                | Kind::Typed { .. }
                | Kind::Parameter(_)
                | Kind::Positional(_)
        )
    })
}

pub fn is_aggregate_call(call: &crate::sql::tree::Call) -> bool {
    let is_known = || functions::find(&call.name).is_some_and(|function| function.role == Role::Aggregate);
    call.over.is_none() && (call.own_aggregate || is_known())
}

pub fn is_aggregate(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::Call(call) if is_aggregate_call(call))
}

/// Whether an expression looks at more than one row: an aggregate, or a function over a window.
pub fn is_of_rows(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Call(call) => {
            call.over.is_some()
                || call.own_aggregate
                || functions::find(&call.name).is_some_and(|function| function.role != Role::Scalar)
        }
        _ => false,
    }
}

/// Whether an expression is a function over a window.
pub fn is_windowed(expression: &Expression) -> bool {
    matches!(&expression.kind, Kind::Call(call) if matches!(call.over, Some(Over::Window(_) | Over::Named(_))))
}

fn first_call(expression: &Expression, test: &dyn Fn(&Expression) -> bool) -> Option<Span> {
    expression.any(test).then_some(expression.span)
}
