//! Windows: what they are made of, which of them inherit, and what each function wants of its own. It must not judge
//! what a function takes in its brackets.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Resolver;
use super::scope::Scope;
use super::select::is_windowed;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::Problem;
use crate::sql::tree::{Bound, Expression, Frame, FrameUnit, Kind, Name, Order, Over, Select, Span, Window};

/// What a window has, what it inherits included.
#[derive(Clone, Copy, Default)]
struct Parts {
    ordered: bool,
    framed: bool,
}

/// The windows of a SELECT that have names, in lower case.
type Named = BTreeMap<String, Parts>;

/// Functions that count or look from row to row: they need an order, and take no frame.
const BY_ORDER: &[&str] = &["RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "LAG", "LEAD"];
/// Functions that need an order.
const IN_ORDER: &[&str] = &["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"];
/// Functions that look at a partition as a whole.
const OF_PARTITION: &[&str] = &["PERCENTILE_CONT", "PERCENTILE_DISC"];

impl Resolver<'_> {
    pub(super) fn window(&mut self, window: &mut Window, scope: &Scope) {
        for key in &mut window.partition_by {
            self.expression(key, scope);
            self.refuse_windows(key, "PARTITION BY");
            self.expect_partitionable(&key.ty, key.span);
        }
        for order in &mut window.order_by {
            self.expression(&mut order.expression, scope);
            self.refuse_windows(&order.expression, "ORDER BY of a window");
            self.expect_ordered(&order.expression.ty, order.expression.span);
            self.collated_order(order, &order.expression.ty);
        }
        if let Some(frame) = &mut window.frame {
            let ends = [Some(&mut frame.start), frame.end.as_mut()];
            for bound in ends.into_iter().flatten() {
                if let Bound::Preceding(Some(offset)) | Bound::Following(Some(offset)) = bound {
                    self.expression(offset, &Scope::inside(scope.outer));
                }
            }
        }
    }

    /// Judges all windows of a SELECT, once it is resolved.
    pub(super) fn check_windows(&mut self, select: &Select, order_by: &[Order]) {
        let mut named = Named::new();
        for (name, window) in &select.windows {
            let parts = self.parts(window, &named, name.span);
            if named.insert(name.text.to_lowercase(), parts).is_some() {
                let message = format!("two windows are named `{}`", name.text);
                self.problem(Code::AmbiguousName, name.span, message);
            }
        }
        let outputs = select.outputs.iter().map(|output| &output.expression);
        if let Some(condition) = select.qualify.as_ref().filter(|_| !select.from.is_empty())
            && !outputs.clone().chain([condition]).any(|part| part.any(&is_windowed))
        {
            let message = "QUALIFY needs a window, in its condition or in the select list";
            let problem = Problem::new(Code::SqlSyntax, condition.span, message);
            self.problems.push(problem.hint("WHERE is applied to rows, HAVING to groups"));
        }
        let ordering = order_by.iter().map(|order| &order.expression);
        for expression in outputs.chain(&select.qualify).chain(ordering) {
            self.windows_in(expression, &named);
        }
    }

    fn windows_in(&mut self, expression: &Expression, named: &Named) {
        if let Kind::Call(call) = &expression.kind
            && let Some(over) = &call.over
        {
            let parts = match over {
                Over::Named(name) => self.named(name, named),
                Over::Window(window) => self.parts(window, named, expression.span),
            };
            let refused = match call.name.as_str() {
                name if BY_ORDER.contains(&name) && parts.framed => Some("takes no frame"),
                name if BY_ORDER.contains(&name) && !parts.ordered => Some("needs an ORDER BY in its window"),
                name if IN_ORDER.contains(&name) && !parts.ordered => Some("needs an ORDER BY in its window"),
                name if OF_PARTITION.contains(&name) && parts.ordered => {
                    Some("takes no ORDER BY in its window")
                }
                name if OF_PARTITION.contains(&name) && parts.framed => Some("takes no frame"),
                "ROW_NUMBER" | "IS_FIRST" | "IS_LAST" if parts.framed => Some("takes no frame"),
                _ if !call.order_by.is_empty() || call.limit.is_some() => {
                    Some("over a window takes no ORDER BY or LIMIT in its brackets")
                }
                _ if call.distinct && parts.ordered => {
                    Some("of DISTINCT values takes no ORDER BY in its window")
                }
                _ => None,
            };
            if let Some(what) = refused {
                self.problem(Code::SqlSyntax, expression.span, format!("{} {what}", call.name));
            }
        }
        expression.children(&mut |child| self.windows_in(child, named));
    }

    fn named(&mut self, name: &Name, named: &Named) -> Parts {
        if let Some(parts) = named.get(&name.text.to_lowercase()) {
            return *parts;
        }
        let message = format!("no window is named `{}` here", name.text);
        let problem = Problem::new(Code::UnknownColumn, name.span, message);
        let hint = "define it in a WINDOW clause of the same SELECT, before the windows that build on it";
        self.problems.push(problem.hint(hint).suggest(&name.text, named.keys().map(String::as_str)));
        Parts { ordered: true, framed: false }
    }

    /// What a window has with what it is based on.
    fn parts(&mut self, window: &Window, named: &Named, span: Span) -> Parts {
        let base = window.base.as_ref().map(|name| self.named(name, named));
        if let Some(base) = base {
            let adds = !window.order_by.is_empty() || window.frame.is_some();
            let refused = match () {
                () if !window.partition_by.is_empty() => Some("has no PARTITION BY of its own"),
                () if base.ordered && !window.order_by.is_empty() => Some("cannot order anew"),
                () if base.framed && adds => Some("cannot add to a frame"),
                () => None,
            };
            if let Some(what) = refused {
                self.problem(Code::SqlSyntax, span, format!("a window that is based on another {what}"));
            }
        }
        let base = base.unwrap_or_default();
        if let Some(frame) = &window.frame {
            self.frame(frame, window, base.ordered, span);
        }
        Parts {
            ordered: base.ordered || !window.order_by.is_empty(),
            framed: base.framed || window.frame.is_some(),
        }
    }

    fn frame(&mut self, frame: &Frame, window: &Window, inherits_order: bool, span: Span) {
        let end = frame.end.as_ref().unwrap_or(&Bound::CurrentRow);
        let (from, to) = (place(&frame.start), place(end));
        if from > to || from == 4 || to == 0 {
            let problem =
                Problem::new(Code::SqlSyntax, span, "the frame of the window ends before it begins");
            self.problems.push(problem.hint("write `BETWEEN 6 PRECEDING AND CURRENT ROW`, for example"));
        }
        let offsets: Vec<&Expression> = [&frame.start, end]
            .into_iter()
            .filter_map(|bound| match bound {
                Bound::Preceding(offset) | Bound::Following(offset) => offset.as_deref(),
                Bound::CurrentRow => None,
            })
            .collect();
        let is_ordered = inherits_order || !window.order_by.is_empty();
        let is_of_peers = matches!(frame.start, Bound::CurrentRow) || matches!(end, Bound::CurrentRow);
        if frame.unit == FrameUnit::Range && !is_ordered && is_of_peers {
            let message = "RANGE up to the CURRENT ROW needs an ORDER BY: without one it is all rows";
            self.problem(Code::SqlSyntax, span, message);
        }
        for offset in &offsets {
            let is_counted = match frame.unit {
                FrameUnit::Rows => matches!(offset.ty, Type::Int64 | Type::Null | Type::Unknown),
                FrameUnit::Range => offset.ty.is_numeric() || matches!(offset.ty, Type::Null | Type::Unknown),
            };
            if !is_counted || is_negative(offset) {
                self.problem(
                    Code::TypeMismatch,
                    offset.span,
                    "a frame is bounded by a number that is not negative",
                );
            }
        }
        if frame.unit == FrameUnit::Range && !offsets.is_empty() && !inherits_order {
            let fits = match window.order_by.as_slice() {
                [one] => {
                    one.expression.ty.is_numeric() || matches!(one.expression.ty, Type::Null | Type::Unknown)
                }
                _ => false,
            };
            if !fits {
                let message = "RANGE with a distance needs an ORDER BY of one number";
                let problem = Problem::new(Code::TypeMismatch, span, message);
                self.problems.push(problem.hint("order by UNIX_DATE(day) or UNIX_SECONDS(moment)"));
            }
        }
    }
}

/// Takes the windows out that nothing is over: GoogleSQL does not look at them.
pub fn drop_unused(select: &mut Select, order_by: &[Order]) {
    if select.windows.is_empty() {
        return;
    }
    let used = RefCell::new(BTreeSet::new());
    let note = |name: &Name| used.borrow_mut().insert(name.text.to_lowercase());
    let look = |part: &Expression| {
        if let Kind::Call(call) = &part.kind {
            match &call.over {
                Some(Over::Named(name)) => note(name),
                Some(Over::Window(window)) => window.base.as_ref().is_some_and(note),
                None => false,
            };
        }
        false
    };
    select.expressions(&mut |expression| {
        expression.any(&look);
    });
    order_by.iter().for_each(|order| {
        order.expression.any(&look);
    });
    // A window is based on one before it.
    for (name, window) in select.windows.iter().rev() {
        if let Some(base) = window.base.as_ref().filter(|_| used.borrow().contains(&name.text.to_lowercase()))
        {
            note(base);
        }
    }
    let used = used.into_inner();
    select.windows.retain(|(name, _)| used.contains(&name.text.to_lowercase()));
}

fn is_negative(offset: &Expression) -> bool {
    match &offset.kind {
        Kind::Integer(distance) => *distance < 0,
        Kind::Float(distance) => distance.starts_with('-'),
        Kind::Unary { .. } => true,
        _ => false,
    }
}

/// Where a bound stands between the first row and the last.
fn place(bound: &Bound) -> u8 {
    match bound {
        Bound::Preceding(None) => 0,
        Bound::Preceding(Some(_)) => 1,
        Bound::CurrentRow => 2,
        Bound::Following(Some(_)) => 3,
        Bound::Following(None) => 4,
    }
}
