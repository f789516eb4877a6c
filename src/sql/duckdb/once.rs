//! Operands that a form names more than once. Each is evaluated once: what costs something, or gives another value at
//! each call, is held by a lambda around the form. It must never change what a form says.

use super::Printer;
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind};

/// An operand that was translated.
pub(super) struct Operand {
    pub sql: String,
    /// Whether it costs nothing to name it again.
    pub is_plain: bool,
    /// Whether it is the count of an interval, which stands before a unit.
    pub is_count: bool,
}

impl Operand {
    pub fn of(sql: String, expression: &Expression) -> Self {
        let is_count = matches!(expression.kind, Kind::Interval { .. });
        Self { sql, is_plain: is_plain(expression), is_count }
    }
}

impl Printer {
    pub(super) fn operand(&mut self, expression: &Expression) -> Operand {
        Operand::of(self.expression(expression), expression)
    }

    /// What a form makes of two expressions.
    pub(super) fn pair(
        &mut self,
        left: &Expression,
        right: &Expression,
        form: impl FnOnce(&mut Self, &str, &str) -> String,
    ) -> String {
        let operands = vec![self.operand(left), self.operand(right)];
        self.once(operands, |printer, sql| form(printer, &sql[0], &sql[1]))
    }

    /// What a form makes of operands; it may name each as often as it likes.
    pub(super) fn once(
        &mut self,
        operands: Vec<Operand>,
        form: impl FnOnce(&mut Self, &[String]) -> String,
    ) -> String {
        self.hold(operands, |printer, sql| (form(printer, sql), false))
    }

    /// Like [`Printer::once`]; a form may ask that what is not plain be evaluated outside of it even if it is named once.
    pub(super) fn hold(
        &mut self,
        operands: Vec<Operand>,
        form: impl FnOnce(&mut Self, &[String]) -> (String, bool),
    ) -> String {
        let depth = self.forms;
        let mark = |index: usize| format!("\u{E000}{depth}.{index}\u{E001}");
        // Of a query in a query: DuckDB binds a lambda on columns of the outer one there, and finds those of the inner one
        // only in what the lambda holds.
        let is_inner = self.visible > 1;
        let is_carried = |operand: &Operand| is_inner && operand.is_plain && operand.sql.contains('"');
        let named: Vec<String> = operands
            .iter()
            .enumerate()
            .map(|(index, operand)| match operand {
                operand if is_carried(operand) => mark(index),
                operand if operand.is_plain => operand.sql.clone(),
                operand if operand.is_count => format!("({})", mark(index)),
                _ => mark(index),
            })
            .collect();
        self.forms += 1;
        let (form, all) = form(self, &named);
        self.forms -= 1;
        let costly: Vec<usize> = (0..operands.len()).filter(|index| !operands[*index].is_plain).collect();
        let used: Vec<usize> = costly.iter().copied().filter(|index| form.contains(&mark(*index))).collect();
        // Neither a query nor an aggregate may stand in a lambda.
        let repeats = used.iter().any(|index| form.matches(&mark(*index)).count() > 1);
        if used.is_empty() || !(all || repeats || form.contains("lambda ")) {
            let form =
                used.iter().fold(form, |form, index| form.replacen(&mark(*index), &operands[*index].sql, 1));
            let carried = operands.iter().enumerate().filter(|(_, operand)| is_carried(operand));
            return carried.fold(form, |form, (index, operand)| form.replace(&mark(index), &operand.sql));
        }
        let carried = (0..operands.len()).filter(|index| is_carried(&operands[*index]));
        let used: Vec<usize> =
            used.into_iter().chain(carried.filter(|index| form.contains(&mark(*index)))).collect();
        let texts: Vec<&str> = used.iter().map(|index| operands[*index].sql.as_str()).collect();
        let holder = holder(&texts);
        if let ([index], [text]) = (used.as_slice(), texts.as_slice()) {
            let body = form.replace(&mark(*index), &holder);
            return format!("list_transform([{text}], lambda {holder}: {body})[1]");
        }
        let fields: Vec<String> =
            texts.iter().enumerate().map(|(place, text)| format!("\"{place}\" := {text}")).collect();
        let body = used.iter().enumerate().fold(form, |form, (place, index)| {
            // DuckDB takes no dotted path into what a lambda holds everywhere.
            form.replace(&mark(*index), &format!("struct_extract({holder}, '{place}')"))
        });
        format!("list_transform([struct_pack({})], lambda {holder}: {body})[1]", fields.join(", "))
    }
}

/// A name for what a lambda holds: of equal expressions it is the same, so that DuckDB finds them equal.
fn holder(texts: &[&str]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in texts.iter().flat_map(|text| text.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("held_{:08x}", hash >> 32)
}

/// Whether a value is the same for all rows, and costs nothing.
pub(super) fn is_constant(value: &Expression) -> bool {
    matches!(
        value.kind,
        Kind::Null
            | Kind::Bool(_)
            | Kind::Integer(_)
            | Kind::Float(_)
            | Kind::Text(_)
            | Kind::Bytes(_)
            | Kind::Typed { .. }
            | Kind::Parameter(_)
            | Kind::Positional(_)
    )
}

/// Whether a value costs nothing to evaluate again.
pub(super) fn is_plain(value: &Expression) -> bool {
    match &value.kind {
        _ if is_constant(value) => true,
        Kind::Column { .. } => true,
        // What the form reads of them is not their text.
        Kind::Part(_) | Kind::Star | Kind::Keyword(_) | Kind::Lambda { .. } => true,
        Kind::Field { base, .. } => base.ty != Type::Json && is_plain(base),
        Kind::Interval { value, .. } | Kind::Named { value, .. } => is_plain(value),
        Kind::Cast { operand, to, .. } => match operand.kind {
            Kind::Null => true,
            _ => operand.ty == Type::Int64 && *to == Type::Float64 && is_plain(operand),
        },
        _ => false,
    }
}
