//! Visiting the parts of a tree, so that passes need not repeat its shape.

use super::tree::{
    Constraint, Expression, FromItem, GroupBy, Grouping, InSet, IsTest, Kind, Name, Over, Select, SelectItem,
    Window,
};

/// Visits the parts of a kind of expression, one after the other; with `mut` they may be changed. The body of a call
/// that was written out stands for itself, as queries do, and holds nothing of the query around.
macro_rules! visit_parts {
    ($kind:expr, $visit:ident, $each:ident $(, $mutable:tt)?) => {
        match $kind {
            Kind::Null
            | Kind::Bool(_)
            | Kind::Integer(_)
            | Kind::Float(_)
            | Kind::Text(_)
            | Kind::Bytes(_)
            | Kind::Typed { .. }
            | Kind::Parameter(_)
            | Kind::Positional(_)
            | Kind::System(_)
            | Kind::Keyword(_)
            | Kind::Path(_)
            | Kind::Column { .. }
            | Kind::Row { .. }
            | Kind::Part(_)
            | Kind::Star
            | Kind::Exists { .. }
            | Kind::Scalar(_)
            | Kind::ArrayQuery(_) => {}
            Kind::Field { base: operand, .. }
            | Kind::Unary { operand, .. }
            | Kind::Cast { operand, .. }
            | Kind::Constructor { operand, .. }
            | Kind::Named { value: operand, .. }
            | Kind::Lambda { body: operand, .. }
            | Kind::Interval { value: operand, .. } => $visit(operand),
            Kind::Extract { operand, zone, .. } => {
                $visit(operand);
                zone.$each().for_each(|zone| $visit(zone));
            }
            Kind::FormattedCast(cast) => {
                $visit(&$($mutable)? cast.operand);
                cast.format.$each().chain(&$($mutable)? cast.zone).for_each($visit);
            }
            Kind::With(with) => {
                with.bindings.$each().for_each(|(_, value)| $visit(value));
                $visit(&$($mutable)? with.value);
            }
            Kind::Binary { left, right, .. } => {
                $visit(left);
                $visit(right);
            }
            Kind::Call(call) => {
                call.arguments.$each().for_each(&mut *$visit);
                call.order_by.$each().for_each(|order| $visit(&$($mutable)? order.expression));
                call.limit.$each().for_each(&mut *$visit);
                call.filter.$each().for_each(|condition| $visit(condition));
                call.having.$each().for_each(|(_, value)| $visit(value));
                if let Some(Over::Window(window)) = &$($mutable)? call.over {
                    window.partition_by.$each().for_each(&mut *$visit);
                    window.order_by.$each().for_each(|order| $visit(&$($mutable)? order.expression));
                }
            }
            Kind::Inlined(call) => call.arguments.$each().for_each(|(_, value)| $visit(value)),
            Kind::Case { operand, branches, otherwise } => {
                operand.$each().for_each(|part| $visit(part));
                for (condition, result) in branches {
                    $visit(condition);
                    $visit(result);
                }
                otherwise.$each().for_each(|part| $visit(part));
            }
            Kind::In { operand, set, .. } | Kind::LikeSet { operand, set, .. } => {
                $visit(operand);
                match set {
                    InSet::List(items) => items.$each().for_each($visit),
                    InSet::Unnest(array) => $visit(array),
                    InSet::Query(_) => {}
                }
            }
            Kind::Between { operand, low, high, .. } => {
                $visit(operand);
                $visit(low);
                $visit(high);
            }
            Kind::Like { operand, pattern, .. } => {
                $visit(operand);
                $visit(pattern);
            }
            Kind::Is { operand, test, .. } => {
                $visit(operand);
                if let IsTest::DistinctFrom(other) = test {
                    $visit(other);
                }
            }
            Kind::Array(items) => items.$each().for_each($visit),
            Kind::Struct(fields) => fields.$each().for_each(|(_, value)| $visit(value)),
            Kind::Subscript { base, index, .. } => {
                $visit(base);
                $visit(index);
            }
        }
    };
}

impl Expression {
    /// Calls `visit` with every direct child expression; queries inside are not entered.
    pub fn children<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit_parts!(&self.kind, visit, iter);
    }

    /// Calls `visit` with every direct child expression, to change it; queries inside are not entered.
    pub fn children_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        visit_parts!(&mut self.kind, visit, iter_mut, mut);
    }

    /// Whether the expression or a part of it (queries inside aside) satisfies a test.
    pub fn any(&self, test: &dyn Fn(&Expression) -> bool) -> bool {
        if test(self) {
            return true;
        }
        let mut found = false;
        self.children(&mut |child| found = found || child.any(test));
        found
    }

    /// Puts other expressions in the place of paths, those of queries inside aside.
    pub fn replace_paths(&mut self, replacement: &dyn Fn(&[Name]) -> Option<Expression>) {
        if let Kind::Path(path) = &self.kind {
            if let Some(other) = replacement(path) {
                *self = other;
            }
            return;
        }
        self.children_mut(&mut |child| child.replace_paths(replacement));
    }
}

impl Window {
    fn children<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        self.partition_by.iter().for_each(&mut *visit);
        self.order_by.iter().for_each(|order| visit(&order.expression));
    }
}

impl Select {
    /// Calls `visit` with every expression of the clauses, those of joins included.
    pub fn expressions<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        for item in &self.items {
            match item {
                SelectItem::Expression { expression, .. } => visit(expression),
                SelectItem::Star { base, replace, .. } => {
                    base.iter().for_each(&mut *visit);
                    replace.iter().for_each(|(_, value)| visit(value));
                }
            }
        }
        self.from.iter().for_each(|item| item.constraints(visit));
        self.filter.iter().for_each(&mut *visit);
        self.group_by.expressions(visit);
        self.having.iter().for_each(&mut *visit);
        self.windows.iter().for_each(|(_, window)| window.children(visit));
        self.qualify.iter().for_each(&mut *visit);
    }
}

impl GroupBy {
    /// Calls `visit` with every key.
    pub fn expressions<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match self {
            GroupBy::None | GroupBy::All => {}
            GroupBy::Expressions(keys) => keys.iter().for_each(visit),
            GroupBy::Sets(sets) => sets.iter().for_each(|set| set.expressions(visit)),
        }
    }
}

impl Grouping {
    fn expressions<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match self {
            Grouping::Keys(keys) => keys.iter().for_each(visit),
            Grouping::Rollup(sets) | Grouping::Cube(sets) => sets.iter().flatten().for_each(visit),
            Grouping::Sets(sets) => sets.iter().for_each(|set| set.expressions(visit)),
        }
    }
}

impl FromItem {
    fn constraints<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        for join in &self.joins {
            if let Constraint::On(condition) = &join.constraint {
                visit(condition);
            }
        }
    }
}
