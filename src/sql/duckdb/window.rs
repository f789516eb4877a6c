//! Windows: what rows a function over one looks at, and in which order.

use super::Printer;
use crate::schema::Type;
use crate::sql::tree::{Bound, Call, Frame, FrameUnit, Kind, Over, Window};

impl Printer {
    /// ` OVER …`, or nothing.
    pub(super) fn over(&mut self, over: Option<&Over>) -> String {
        match over {
            None => String::new(),
            Some(Over::Named(name)) => match self.named_window(&name.text) {
                Some(window) => format!(" OVER ({})", self.window(&window)),
                None => " OVER ()".to_owned(),
            },
            Some(Over::Window(window)) => {
                let window = self.whole_window(window);
                format!(" OVER ({})", self.window(&window))
            }
        }
    }

    /// `IS_FIRST(k)` and `IS_LAST(k)`: whether a row is among so many at an end of its window.
    pub(super) fn near_an_end(&mut self, call: &Call, over: &str) -> Result<String, String> {
        let (Some(window), [most]) = (&call.over, call.arguments.as_slice()) else {
            return Err(format!("{} without a window", call.name));
        };
        let most = match &most.kind {
            Kind::Integer(most @ 0..) => *most,
            Kind::Null => return Ok("CAST(NULL AS BOOLEAN)".to_owned()),
            Kind::Cast { operand, .. } if matches!(operand.kind, Kind::Null) => {
                return Ok("CAST(NULL AS BOOLEAN)".to_owned());
            }
            _ => return Err(format!("{} of what is no number above 0", call.name)),
        };
        if call.name == "IS_FIRST" {
            return Ok(format!("row_number(){over} <= {most}"));
        }
        let window = match window {
            Over::Named(name) => self.named_window(&name.text).unwrap_or_default(),
            Over::Window(window) => self.whole_window(window),
        };
        let all = self.over(Some(&Over::Window(Window { order_by: Vec::new(), ..window })));
        Ok(format!("count(*){all} - row_number(){over} < {most}"))
    }

    fn named_window(&self, name: &str) -> Option<Window> {
        let known = self.windows.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(_, window)| window.clone())
    }

    /// A window with what it takes from the one that it is built on: DuckDB passes nothing on over two steps.
    pub(super) fn whole_window(&self, window: &Window) -> Window {
        let mut window = window.clone();
        let Some(base) = window.base.take().and_then(|base| self.named_window(&base.text)) else {
            return window;
        };
        Window {
            base: None,
            partition_by: if window.partition_by.is_empty() {
                base.partition_by
            } else {
                window.partition_by
            },
            order_by: if window.order_by.is_empty() { base.order_by } else { window.order_by },
            frame: window.frame.or(base.frame),
        }
    }

    fn window(&mut self, window: &Window) -> String {
        if let (Some(frame), [order]) = (&window.frame, window.order_by.as_slice())
            && order.expression.ty == Type::BigNumeric
            && has_distance(frame)
        {
            return self.untranslatable(order.expression.span, "RANGE with a distance of BIGNUMERIC");
        }
        let mut parts = Vec::new();
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
            let of_integers = has_distance(frame)
                && window.order_by.first().is_some_and(|order| order.expression.ty == Type::Int64);
            let start = self.bound(&frame.start, of_integers);
            parts.push(match &frame.end {
                Some(end) => format!("{units} BETWEEN {start} AND {}", self.bound(end, of_integers)),
                None => format!("{units} {start}"),
            });
        }
        parts.join(" ")
    }

    /// A distance from the value of a row goes with one key only, and with no NaN. It may lead past INT64.
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
            (Some(frame), [order]) if order.expression.ty == Type::Int64 && has_distance(frame) => {
                let (direction, nulls) = super::query::direction(order);
                format!("{}::HUGEINT {direction} NULLS {nulls}", self.expression(&order.expression))
            }
            _ => self.orders(&window.order_by),
        }
    }

    fn bound(&mut self, bound: &Bound, of_integers: bool) -> String {
        let wide = if of_integers { "::HUGEINT" } else { "" };
        match bound {
            Bound::CurrentRow => "CURRENT ROW".to_owned(),
            Bound::Preceding(None) => "UNBOUNDED PRECEDING".to_owned(),
            Bound::Following(None) => "UNBOUNDED FOLLOWING".to_owned(),
            Bound::Preceding(Some(rows)) => format!("({}){wide} PRECEDING", self.expression(rows)),
            Bound::Following(Some(rows)) => format!("({}){wide} FOLLOWING", self.expression(rows)),
        }
    }
}

fn has_distance(frame: &Frame) -> bool {
    let is_distance = |bound: &Bound| matches!(bound, Bound::Preceding(Some(_)) | Bound::Following(Some(_)));
    frame.unit == FrameUnit::Range
        && (is_distance(&frame.start) || frame.end.as_ref().is_some_and(is_distance))
}
