//! Windows: what they may be divided and put in order by, which frames make sense, and which of it a function
//! takes. It must never look at what a window is named.

use super::Resolver;
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions::{self, Function, Role};
use crate::sql::tree::{Bound, Call, Expression, Frame, FrameUnit, Kind, Order, Over, Span, Window};

/// Functions over a window that need no order.
const WITHOUT_ORDER: &[&str] = &["ROW_NUMBER", "PERCENTILE_CONT", "PERCENTILE_DISC"];
/// Functions over a window that take no order.
const NEVER_ORDERED: &[&str] = &["PERCENTILE_CONT", "PERCENTILE_DISC"];
/// Functions that stand only over a window and look at a part of it.
const FRAMED: &[&str] = &["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"];

impl Resolver<'_> {
    pub(super) fn window(&mut self, window: &mut Window, scope: &Scope) {
        for key in &mut window.partition_by {
            self.expression(key, scope);
            if !divides(&key.ty) {
                let message = format!("{} makes no partitions of a window", key.ty);
                self.problem(Code::TypeMismatch, key.span, message);
            }
        }
        for order in &mut window.order_by {
            self.expression(&mut order.expression, scope);
            self.expect_order(&order.expression);
        }
        if let Some(frame) = &mut window.frame {
            for bound in [Some(&mut frame.start), frame.end.as_mut()].into_iter().flatten() {
                if let Bound::Preceding(Some(value)) | Bound::Following(Some(value)) = bound {
                    self.expression(value, scope);
                }
            }
            self.frame(frame, window.base.is_some(), &window.order_by);
        }
    }

    pub(super) fn expect_order(&mut self, key: &Expression) {
        if !functions::is_ordered(&key.ty) {
            self.problem(Code::TypeMismatch, key.span, format!("{} has no order", key.ty));
        }
    }

    fn frame(&mut self, frame: &Frame, has_base: bool, keys: &[Order]) {
        let end = frame.end.as_ref().unwrap_or(&Bound::CurrentRow);
        let place = |value: &Expression| value.span;
        for value in [&frame.start, end].into_iter().filter_map(offset) {
            let wanted = match (frame.unit, keys) {
                (FrameUnit::Rows, _) => &Type::Int64,
                (FrameUnit::Range, [key]) => &key.expression.ty,
                (FrameUnit::Range, _) => &Type::Unknown,
            };
            if !is_constant(value) || functions::distance(value, wanted).is_none() || value.ty == Type::Null {
                let message = format!("a frame is measured by a literal {wanted} or a query parameter");
                self.problem(Code::TypeMismatch, place(value), message);
            }
        }
        let span = [&frame.start, end].into_iter().find_map(offset).map_or(Span::default(), place);
        let offsets = offset(&frame.start).is_some() || offset(end).is_some();
        if frame.unit == FrameUnit::Range && offsets && !has_base {
            match keys {
                [key] if key.expression.ty.is_numeric() || key.expression.ty == Type::Unknown => {}
                [key] => {
                    let message = format!(
                        "RANGE measures numbers, not {}; take UNIX_SECONDS or UNIX_DATE",
                        key.expression.ty
                    );
                    self.problem(Code::TypeMismatch, key.expression.span, message);
                }
                _ => self.problem(Code::SqlSyntax, span, "RANGE with a distance needs ORDER BY with one key"),
            }
        }
        let backwards = rank(&frame.start) > rank(end)
            || matches!(frame.start, Bound::Following(None))
            || matches!(end, Bound::Preceding(None));
        if backwards {
            let message = "the frame of a window ends before it starts";
            self.problem(Code::SqlSyntax, span, message);
        }
    }

    /// What stands behind a function's brackets against what the function takes.
    pub(super) fn over(&mut self, function: &Function, call: &Call, span: Span) {
        let Some(over) = &call.over else { return };
        let name = function.name;
        if !call.order_by.is_empty() || call.limit.is_some() {
            let message = format!("{name} over a window takes no ORDER BY or LIMIT in its brackets");
            self.problem(Code::SqlSyntax, span, message);
        }
        let Over::Window(window) = over else { return };
        if window.base.is_some() {
            return;
        }
        let ordered = !window.order_by.is_empty();
        let wrong = if call.distinct && ordered {
            Some("with DISTINCT takes no ORDER BY in its window")
        } else if function.role != Role::Window {
            None
        } else if !ordered && !WITHOUT_ORDER.contains(&name) {
            Some("needs ORDER BY in its window")
        } else if ordered && NEVER_ORDERED.contains(&name) {
            Some("takes no ORDER BY in its window")
        } else if window.frame.is_some() && !FRAMED.contains(&name) {
            Some("takes no ROWS or RANGE in its window")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            self.problem(Code::SqlSyntax, span, format!("{name} {wrong}"));
        }
    }
}

/// Whether PARTITION BY takes a type: what groups, without FLOAT64.
fn divides(ty: &Type) -> bool {
    match ty {
        Type::Float64 => false,
        Type::Array(element) => divides(element),
        Type::Struct(fields) => fields.iter().all(|field| divides(&field.ty)),
        other => functions::has_equality(other),
    }
}

fn offset(bound: &Bound) -> Option<&Expression> {
    match bound {
        Bound::Preceding(value) | Bound::Following(value) => value.as_deref(),
        Bound::CurrentRow => None,
    }
}

/// Bounds of different kinds in the order of the rows that they mean.
fn rank(bound: &Bound) -> u8 {
    match bound {
        Bound::Preceding(_) => 0,
        Bound::CurrentRow => 1,
        Bound::Following(_) => 2,
    }
}

fn is_constant(value: &Expression) -> bool {
    match &value.kind {
        Kind::Typed { .. } | Kind::Parameter(_) | Kind::Positional(_) | Kind::System(_) => true,
        Kind::Cast { operand, .. } => is_constant(operand),
        Kind::Integer(number) => *number >= 0,
        Kind::Float(number) => !number.starts_with('-'),
        // Arguments of a function of the project may be literals where it is called.
        Kind::Column { relation: None, .. } | Kind::Inlined(_) => true,
        _ => value.ty == Type::Unknown,
    }
}
