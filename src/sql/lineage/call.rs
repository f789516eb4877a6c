//! Calls of functions: which arguments are handed on as they are, which are computed with, which only decide.

use super::Tracer;
use super::expression::decides;
use super::scope::Scope;
use super::source::{How, Sources, Through};
use super::value::Value;
use crate::sql::functions::{self, Role};
use crate::sql::tree::{Bound, Call, Expression, Frame, Kind, Order, Over, Window};

/// What a function does with an argument.
#[derive(Clone, Copy)]
enum Part {
    /// The result is the argument, one of its elements, or an array of its values.
    Handed,
    /// The result is computed of it.
    Operand,
    /// It decides which value is taken, or whether one is.
    Decides,
    /// It decides which of the results is taken; where those are constants, the result is computed of it.
    Condition,
}

/// Functions that hand values on, by name; the others compute.
fn part(name: &str, index: usize) -> Part {
    match (name, index) {
        ("ANY_VALUE" | "ARRAY_AGG" | "MIN" | "MAX" | "PERCENTILE_DISC" | "APPROX_QUANTILES", 0)
        | ("MAX_BY" | "MIN_BY", 0)
        | ("FIRST_VALUE" | "LAST_VALUE" | "NTH_VALUE", 0)
        | ("LAG" | "LEAD", 0 | 2)
        | ("ARRAY_CONCAT_AGG" | "ARRAY_REVERSE" | "ARRAY_SLICE" | "ARRAY_FILTER", 0)
        | ("ARRAY_FIRST" | "ARRAY_LAST" | "ARRAY_FIRST_N" | "ARRAY_LAST_N" | "ARRAY_MAX" | "ARRAY_MIN", 0)
        | ("ARRAY_TRANSFORM", 1)
        | ("NULLIF" | "NULLIFERROR" | "NULLIFZERO" | "ZEROIFNULL", 0)
        | ("IF", 1 | 2)
        | ("COALESCE" | "IFNULL" | "IFERROR" | "GREATEST" | "LEAST" | "ARRAY_CONCAT", _) => Part::Handed,
        ("MAX_BY" | "MIN_BY" | "NULLIF", 1) => Part::Decides,
        ("ARRAY_FILTER", _) | ("ARRAY_TRANSFORM", 0) => Part::Decides,
        ("IF", 0) => Part::Condition,
        _ => Part::Operand,
    }
}

/// Hashes that anyone can compute: a value that can be guessed can be found again.
fn is_open_hash(name: &str) -> bool {
    matches!(name, "MD5" | "SHA1" | "SHA256" | "SHA512" | "FARM_FINGERPRINT")
}

impl Tracer<'_> {
    pub(super) fn call(&mut self, call: &Call, scope: &Scope) -> Value {
        let function = functions::find(&call.name);
        let is_aggregate = function.is_some_and(|function| function.role == Role::Aggregate)
            || matches!(call.name.as_str(), "PERCENTILE_CONT" | "PERCENTILE_DISC");
        let through = Through {
            how: if is_aggregate { How::Aggregated } else { How::Computed },
            sanitises: function.is_some_and(|function| function.sanitises),
            hashes: is_open_hash(&call.name),
            keeps_shape: false,
        };
        let mut handed = Vec::new();
        let mut conditions = Vec::new();
        let mut others = Sources::default();
        let inner = self.lambda_scope(call, scope);
        let scope = inner.as_ref().unwrap_or(scope);
        for (index, argument) in call.arguments.iter().enumerate() {
            match part(&call.name, index) {
                Part::Handed => {
                    handed
                        .push(self.value(argument, scope).through(Through { keeps_shape: true, ..through }));
                }
                Part::Operand => self.flow(argument, scope, through, &mut others),
                Part::Decides => self.flow(argument, scope, Through::ROWS, &mut others),
                Part::Condition => conditions.push(argument),
            }
        }
        let handed = Value::either(handed);
        for condition in conditions {
            self.flow(condition, scope, decides(&handed), &mut others);
        }
        self.orders(&call.order_by, scope, &mut others);
        if let Some(limit) = &call.limit {
            self.flow(limit, scope, Through::ROWS, &mut others);
        }
        if let Some(condition) = &call.filter {
            self.flow(condition, scope, Through::ROWS, &mut others);
        }
        if let Some((_, value)) = &call.having {
            self.flow(value, scope, Through::ROWS, &mut others);
        }
        match &call.over {
            None => {}
            Some(Over::Named(name)) => self.named_window(&name.text, scope, &mut others),
            Some(Over::Window(window)) => self.window(window, scope, &mut others),
        }
        handed.and(others)
    }

    /// The scope in which the names of lambdas stand for elements of the arrays that they are called with.
    fn lambda_scope<'s>(&mut self, call: &Call, scope: &'s Scope<'s>) -> Option<Scope<'s>> {
        let lambdas = || {
            call.arguments.iter().filter_map(|argument| match &argument.kind {
                Kind::Lambda { parameters, .. } => Some(parameters),
                _ => None,
            })
        };
        lambdas().next()?;
        let arrays = call.arguments.iter().filter(|argument| !matches!(argument.kind, Kind::Lambda { .. }));
        let elements = self.picked(arrays, scope);
        let mut inner = Scope { windows: scope.windows, ..Scope::inside(Some(scope)) };
        for parameter in lambdas().flatten() {
            inner.bind(&parameter.text, elements.clone());
        }
        Some(inner)
    }

    /// The keys of a window decide which rows a value looks at; they do not go into it.
    fn window(&mut self, window: &Window, scope: &Scope, into: &mut Sources) {
        if let Some(base) = &window.base {
            self.named_window(&base.text, scope, into);
        }
        for key in &window.partition_by {
            self.flow(key, scope, Through::ROWS, into);
        }
        self.orders(&window.order_by, scope, into);
        for bound in window.frame.iter().flat_map(distances) {
            self.flow(bound, scope, Through::ROWS, into);
        }
    }

    fn named_window(&mut self, name: &str, scope: &Scope, into: &mut Sources) {
        // A window is built on those named before it, so that this ends.
        let found = scope.windows.iter().position(|(known, _)| known.text.eq_ignore_ascii_case(name));
        let Some(index) = found else { return };
        let (_, window) = &scope.windows[index];
        let before = Scope { windows: &scope.windows[..index], ..Scope::inside(Some(scope)) };
        self.window(window, &before, into);
    }

    fn orders(&mut self, orders: &[Order], scope: &Scope, into: &mut Sources) {
        orders.iter().for_each(|order| self.flow(&order.expression, scope, Through::ROWS, into));
    }
}

/// The expressions of a window's frame.
fn distances(frame: &Frame) -> impl Iterator<Item = &Expression> {
    std::iter::once(&frame.start).chain(&frame.end).filter_map(|bound| match bound {
        Bound::CurrentRow => None,
        Bound::Preceding(distance) | Bound::Following(distance) => distance.as_deref(),
    })
}
