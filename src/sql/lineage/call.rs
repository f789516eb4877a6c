//! Calls of functions: which arguments are handed on as they are, which are computed with, which only decide.

use super::Tracer;
use super::scope::Scope;
use super::source::{How, Sources, Through};
use super::value::Value;
use crate::sql::functions::{self, Role};
use crate::sql::tree::{Call, Expression, Order, Over, Window};

/// What a function does with an argument.
#[derive(Clone, Copy)]
enum Part {
    /// The result is the argument, one of its elements, or an array of its values.
    Handed,
    /// The result is computed of it.
    Operand,
    /// It decides which other argument's value is taken.
    Decides,
}

/// Functions that hand values on, by name; the others compute.
fn part(name: &str, index: usize) -> Part {
    match (name, index) {
        ("ANY_VALUE" | "ARRAY_AGG" | "MIN" | "MAX" | "PERCENTILE_DISC" | "APPROX_QUANTILES", 0)
        | ("MAX_BY" | "MIN_BY", 0)
        | ("FIRST_VALUE" | "LAST_VALUE" | "NTH_VALUE", 0)
        | ("LAG" | "LEAD", 0 | 2)
        | ("ARRAY_CONCAT_AGG" | "ARRAY_REVERSE" | "ARRAY_FIRST" | "ARRAY_LAST" | "ARRAY_SLICE", 0)
        | ("NULLIF", 0)
        | ("IF", 1 | 2)
        | ("COALESCE" | "IFNULL" | "GREATEST" | "LEAST" | "ARRAY_CONCAT", _) => Part::Handed,
        ("MAX_BY" | "MIN_BY", 1) => Part::Decides,
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
        let mut others = Sources::default();
        for (index, argument) in call.arguments.iter().enumerate() {
            match part(&call.name, index) {
                Part::Handed => {
                    handed
                        .push(self.value(argument, scope).through(Through { keeps_shape: true, ..through }));
                }
                Part::Operand => self.flow(argument, scope, through, &mut others),
                Part::Decides => self.flow(argument, scope, Through::ROWS, &mut others),
            }
        }
        self.orders(&call.order_by, scope, &mut others);
        if let Some(limit) = &call.limit {
            self.flow(limit, scope, Through::ROWS, &mut others);
        }
        match &call.over {
            None => {}
            Some(Over::Named(name)) => self.named_window(&name.text, scope, &mut others),
            Some(Over::Window(window)) => self.window(window, scope, &mut others),
        }
        Value::either(handed).and(others)
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
fn distances(frame: &crate::sql::tree::Frame) -> impl Iterator<Item = &Expression> {
    use crate::sql::tree::Bound;
    std::iter::once(&frame.start).chain(&frame.end).filter_map(|bound| match bound {
        Bound::CurrentRow => None,
        Bound::Preceding(distance) | Bound::Following(distance) => distance.as_deref(),
    })
}
