//! What can still be seen once rows were grouped, or equal ones made one: a path that is grouped, wherever it is named, any
//! other expression only where it stands as it was grouped, and aggregates. It must never change what it looks at.

use super::Resolver;
use super::scope::Scope;
use super::select::{is_aggregate, is_aggregate_call, is_output, is_windowed};
use crate::diagnostic::Code;
use crate::sql::tree::{
    Body, Constraint, Expression, FromItem, GroupBy, InSet, Kind, Order, Query, Relation, RelationKind,
    Select, Span, TableArgument,
};
use crate::sql::{self, Problem};

impl Resolver<'_> {
    /// In an aggregating query every column outside an aggregate is grouped.
    pub(super) fn check_grouping(&mut self, select: &Select, order_by: &[Order], scope: &Scope) {
        let outputs = select.outputs.iter().map(|output| &output.expression);
        let aggregates = outputs.chain(&select.qualify).any(|part| part.any(&is_aggregate));
        if matches!(select.group_by, GroupBy::None) && !aggregates {
            if let Some(having) = select.having.as_ref().filter(|_| !select.from.is_empty()) {
                let message = "HAVING needs GROUP BY, or an aggregate in the select list";
                let problem = Problem::new(Code::UngroupedColumn, having.span, message);
                self.problems.push(problem.hint("WHERE is applied to rows"));
            }
            for order in order_by {
                let hint = "add GROUP BY, or order by a value of the rows";
                self.refuse_aggregates(&order.expression, "ORDER BY of a query that groups nothing", hint);
            }
            return;
        }
        let mut keys = Vec::new();
        select.group_by.expressions(&mut |key| keys.extend(Key::of(key, select)));
        let mut visible = Visible::new(&keys, scope);
        let mut strange = Vec::new();
        let ordering = order_by.iter().map(|order| &order.expression);
        let outputs = select.outputs.iter().map(|output| &output.expression);
        for part in outputs.chain(&select.having).chain(&select.qualify).chain(ordering) {
            visible.strangers(part, &mut strange);
        }
        for span in strange {
            let message = "GROUPING takes an expression that GROUP BY names";
            self.problems.push(Problem::new(Code::UngroupedColumn, span, message));
        }
        for output in &select.outputs {
            visible.whole(&output.expression);
        }
        // An alias stands for its output, which was looked at.
        visible.named = select.outputs.iter().map(|output| output.expression.span).collect();
        for condition in select.having.iter().chain(&select.qualify) {
            visible.part(condition);
        }
        for (_, window) in &select.windows {
            let ordering = window.order_by.iter().map(|order| &order.expression);
            window.partition_by.iter().chain(ordering).for_each(|key| visible.part(key));
        }
        for order in order_by.iter().filter(|order| !select.distinct && !is_output(&order.expression, select))
        {
            visible.whole(&order.expression);
        }
        for Hidden { name, span, within } in visible.found {
            let message = format!("`{name}` is neither grouped nor aggregated");
            let hint = match within {
                true => format!(
                    "what is grouped can be named as it stands and not within more: select it in a query within this one, or add `{name}` to GROUP BY"
                ),
                false => format!("add `{name}` to GROUP BY, or aggregate it, for example with MAX"),
            };
            self.problems.push(Problem::new(Code::UngroupedColumn, span, message).hint(hint));
        }
    }

    /// DISTINCT values compare, and are ordered by nothing but themselves.
    pub(super) fn check_distinct(&mut self, select: &Select, order_by: &[Order], scope: &Scope) {
        if !select.distinct {
            return;
        }
        for output in &select.outputs {
            self.expect_groupable(&output.expression.ty, output.expression.span, "SELECT DISTINCT");
        }
        let keys: Vec<Key> = select.outputs.iter().map(|output| Key::new(&output.expression)).collect();
        let mut visible = Visible::new(&keys, scope);
        visible.named = select.outputs.iter().map(|output| output.expression.span).collect();
        visible.enters_aggregates = true;
        let mut of_rows = Vec::new();
        for order in order_by.iter().filter(|order| !is_output(&order.expression, select)) {
            visible.whole(&order.expression);
            // What an alias stands for was said in the select list.
            let is_new = |part: &Expression| {
                (is_aggregate(part) || is_windowed(part)) && !visible.named.contains(&part.span)
            };
            of_rows.extend(order.expression.any(&is_new).then_some(order.expression.span));
        }
        for span in of_rows {
            let message = "DISTINCT comes after groups and windows, so ORDER BY holds neither an aggregate nor a window";
            let problem = Problem::new(Code::UngroupedColumn, span, message);
            self.problems.push(problem.hint("give it an alias in the select list, and order by that"));
        }
        for Hidden { name, span, .. } in visible.found {
            let message = format!("DISTINCT leaves no `{name}` to order by");
            let problem = Problem::new(Code::UngroupedColumn, span, message);
            self.problems.push(problem.hint("order by a column of the select list"));
        }
    }
}

/// What is grouped by: the kind of expression, and its text.
struct Key {
    kind: std::mem::Discriminant<Kind>,
    text: String,
    is_path: bool,
}

impl Key {
    fn new(expression: &Expression) -> Self {
        Self {
            kind: std::mem::discriminant(&expression.kind),
            text: sql::key(expression),
            is_path: is_path(expression),
        }
    }

    /// A key that is an ordinal stands for its output.
    fn of(key: &Expression, select: &Select) -> Option<Self> {
        match key.kind {
            Kind::Integer(place) => {
                let output = usize::try_from(place - 1).ok().and_then(|place| select.outputs.get(place))?;
                Some(Self::new(&output.expression))
            }
            _ => Some(Self::new(key)),
        }
    }
}

/// A column, a row, or a field of one.
fn is_path(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Column { .. } | Kind::Row { .. } => true,
        Kind::Field { base, .. } => is_path(base),
        _ => false,
    }
}

/// A column that can no longer be seen.
struct Hidden {
    name: String,
    span: Span,
    /// Whether it stands within a larger expression, a part of which is grouped.
    within: bool,
}

/// Looks for columns of a scope that are not visible any more.
struct Visible<'a> {
    keys: &'a [Key],
    scope: &'a Scope<'a>,
    /// Where the outputs stand that an alias may bring to another clause.
    named: Vec<Span>,
    enters_aggregates: bool,
    /// Relations of the queries inside that have been entered: their names hide those of the scope.
    inside: Vec<String>,
    /// How many queries were entered.
    queries: usize,
    within: bool,
    found: Vec<Hidden>,
}

impl<'a> Visible<'a> {
    fn new(keys: &'a [Key], scope: &'a Scope<'a>) -> Self {
        let (named, inside, found) = (Vec::new(), Vec::new(), Vec::new());
        Self { keys, scope, named, enters_aggregates: false, inside, queries: 0, within: false, found }
    }

    fn is_key(&self, expression: &Expression, only_paths: bool) -> bool {
        // Most expressions are of another kind than every key, and need not be written out.
        let kind = std::mem::discriminant(&expression.kind);
        let fits = |key: &&Key| key.kind == kind && (key.is_path || !only_paths);
        let mut keys = self.keys.iter().filter(fits).peekable();
        if keys.peek().is_none() {
            return false;
        }
        let text = sql::key(expression);
        keys.any(|key| key.text == text)
    }

    /// The arguments of GROUPING that are no keys.
    fn strangers(&self, expression: &Expression, found: &mut Vec<Span>) {
        if let Kind::Call(call) = &expression.kind
            && call.name == "GROUPING"
        {
            found.extend(call.arguments.iter().filter(|one| !self.is_key(one, false)).map(|one| one.span));
        }
        expression.children(&mut |child| self.strangers(child, found));
    }

    /// An expression that is grouped if it stands among the keys as it is.
    fn whole(&mut self, expression: &Expression) {
        if !self.is_key(expression, false) {
            self.part(expression);
        }
    }

    fn part(&mut self, expression: &Expression) {
        if self.named.contains(&expression.span) && self.queries == 0 || self.is_key(expression, true) {
            return;
        }
        let around = self.within;
        self.within = around || self.is_key(expression, false);
        self.parts(expression);
        self.within = around;
    }

    fn parts(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Call(call) if is_aggregate_call(call) && self.queries == 0 && !self.enters_aggregates => {}
            Kind::Column { relation: Some(relation), name, .. } if self.is_of_scope(relation) => {
                self.hidden(name, expression.span);
            }
            Kind::Row { relation } if self.is_of_scope(relation) => self.hidden(relation, expression.span),
            Kind::Column { relation: None, name, .. } => {
                if self.queries == 0 && self.scope.merged.iter().any(|merged| merged.name == *name) {
                    self.hidden(name, expression.span);
                }
            }
            _ => {
                expression.children(&mut |child| self.part(child));
                match &expression.kind {
                    Kind::Scalar(query) | Kind::ArrayQuery(query) | Kind::Exists { query, .. } => {
                        self.query(query);
                    }
                    Kind::In { set: InSet::Query(query), .. }
                    | Kind::LikeSet { set: InSet::Query(query), .. } => self.query(query),
                    _ => {}
                }
            }
        }
    }

    fn is_of_scope(&self, relation: &str) -> bool {
        let is_inner = self.inside.iter().any(|inner| inner.eq_ignore_ascii_case(relation));
        !is_inner && self.scope.has_relation(relation)
    }

    fn hidden(&mut self, name: &str, span: Span) {
        self.found.push(Hidden { name: name.to_owned(), span, within: self.within });
    }

    fn query(&mut self, query: &Query) {
        self.queries += 1;
        query.with.iter().for_each(|table| self.query(&table.query));
        self.body(&query.body, &query.order_by);
        query.limit.iter().chain(&query.offset).for_each(|bound| self.part(bound));
        self.queries -= 1;
    }

    fn body(&mut self, body: &Body, order_by: &[Order]) {
        match body {
            Body::Select(select) => self.select(select, order_by),
            Body::Query(query) => self.query(query),
            Body::Set { left, right, .. } => {
                self.body(left, &[]);
                self.body(right, &[]);
            }
        }
    }

    fn select(&mut self, select: &Select, order_by: &[Order]) {
        let around = self.inside.len();
        select.from.iter().for_each(|item| self.names(item));
        select.from.iter().for_each(|item| self.from(item));
        let outputs = select.outputs.iter().map(|output| &output.expression);
        outputs.for_each(|output| self.part(output));
        select.filter.iter().chain(&select.having).chain(&select.qualify).for_each(|one| self.part(one));
        select.group_by.expressions(&mut |key| self.part(key));
        for (_, window) in &select.windows {
            window.partition_by.iter().for_each(|key| self.part(key));
            window.order_by.iter().for_each(|order| self.part(&order.expression));
        }
        order_by.iter().for_each(|order| self.part(&order.expression));
        self.inside.truncate(around);
    }

    /// The relations of a query inside.
    fn names(&mut self, item: &FromItem) {
        for relation in item.joins.iter().map(|join| &join.relation).chain([&item.relation]) {
            match &relation.kind {
                RelationKind::Nested(item) => self.names(item),
                _ => self.inside.extend(relation.alias.iter().map(|alias| alias.text.clone())),
            }
        }
    }

    fn from(&mut self, item: &FromItem) {
        self.relation(&item.relation);
        for join in &item.joins {
            self.relation(&join.relation);
            if let Constraint::On(condition) = &join.constraint {
                self.part(condition);
            }
        }
    }

    fn relation(&mut self, relation: &Relation) {
        match &relation.kind {
            RelationKind::Subquery(query) => self.query(query),
            RelationKind::Nested(item) => self.from(item),
            RelationKind::Unnest { array, .. } => self.part(array),
            RelationKind::Call { arguments, .. } => {
                for argument in arguments {
                    match argument {
                        TableArgument::Value(value) => self.part(value),
                        TableArgument::Table(table) => self.relation(table),
                    }
                }
            }
            RelationKind::Pivot { input, .. }
            | RelationKind::Unpivot { input, .. }
            | RelationKind::Sample { input, .. } => self.relation(input),
            RelationKind::Table { .. } => {}
        }
    }
}
