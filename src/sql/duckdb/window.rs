//! Windows: what rows a function over one looks at, and in which order.

use super::{Printer, identifier};
use crate::schema::Type;
use crate::sql::tree::{Bound, Frame, FrameUnit, Over, Window};

impl Printer {
    /// ` OVER …`, or nothing.
    pub(super) fn over(&mut self, over: Option<&Over>) -> String {
        match over {
            None => String::new(),
            Some(Over::Named(name)) => format!(" OVER {}", identifier(&name.text)),
            Some(Over::Window(window)) => format!(" OVER ({})", self.window(window)),
        }
    }

    pub(super) fn window(&mut self, window: &Window) -> String {
        let mut parts = Vec::new();
        if let Some(base) = &window.base {
            parts.push(identifier(&base.text));
        }
        if !window.partition_by.is_empty() {
            let keys: Vec<String> = window.partition_by.iter().map(|key| self.expression(key)).collect();
            parts.push(format!("PARTITION BY {}", keys.join(", ")));
        }
        if !window.order_by.is_empty() {
            parts.push(format!("ORDER BY {}", self.window_order(window)));
        }
        if let Some(frame) = &window.frame {
            let units = match frame.unit {
                FrameUnit::Rows => "ROWS",
                FrameUnit::Range => "RANGE",
            };
            let start = self.bound(&frame.start);
            parts.push(match &frame.end {
                Some(end) => format!("{units} BETWEEN {start} AND {}", self.bound(end)),
                None => format!("{units} {start}"),
            });
        }
        parts.join(" ")
    }

    /// A distance from the value of a row goes with one key only, and with no NaN.
    fn window_order(&mut self, window: &Window) -> String {
        match (&window.frame, window.order_by.as_slice()) {
            (Some(frame), [order]) if order.expression.ty == Type::Float64 && has_distance(frame) => {
                let (direction, nulls) = super::query::direction(order);
                let value = self.operand(&order.expression);
                let value = self.once(vec![value], |_, value| {
                    format!(
                        "CASE WHEN isnan({0}) THEN error('NaN has no distance for a RANGE') ELSE {0} END",
                        value[0]
                    )
                });
                format!("{value} {direction} NULLS {nulls}")
            }
            _ => self.orders(&window.order_by),
        }
    }

    fn bound(&mut self, bound: &Bound) -> String {
        match bound {
            Bound::CurrentRow => "CURRENT ROW".to_owned(),
            Bound::Preceding(None) => "UNBOUNDED PRECEDING".to_owned(),
            Bound::Following(None) => "UNBOUNDED FOLLOWING".to_owned(),
            Bound::Preceding(Some(rows)) => format!("{} PRECEDING", self.expression(rows)),
            Bound::Following(Some(rows)) => format!("{} FOLLOWING", self.expression(rows)),
        }
    }
}

fn has_distance(frame: &Frame) -> bool {
    let is_distance = |bound: &Bound| matches!(bound, Bound::Preceding(Some(_)) | Bound::Following(Some(_)));
    frame.unit == FrameUnit::Range
        && (is_distance(&frame.start) || frame.end.as_ref().is_some_and(is_distance))
}
