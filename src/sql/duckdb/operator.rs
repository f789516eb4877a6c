//! Arithmetic and operators on bits. GoogleSQL fails where a number leaves its type; so does what is written here.

use super::arithmetic::decimal_native;
use super::moment::native;
use super::native::native_call;
use super::once::Operand;
use super::{Printer, literal};
use crate::schema::Type;
use crate::sql::resolve::symbol;
use crate::sql::tree::{Binary, Expression, Kind, Unary};

impl Printer {
    pub(super) fn unary(&mut self, operator: Unary, operand: &Expression) -> String {
        if operand.ty == Type::Bytes {
            let sql = self.expression(operand);
            return native("bytes_not", &[(&sql, &Type::Bytes)], &Type::Bytes, false);
        }
        if operand.ty == Type::Interval {
            return self.negated_interval(operand);
        }
        if operator == Unary::Minus && operand.ty == Type::BigNumeric {
            return self.native_of("negate", &[operand], &Type::BigNumeric);
        }
        let operand = self.expression(operand);
        match operator {
            Unary::Not => format!("(NOT {operand})"),
            Unary::Minus => format!("(-{operand})"),
            Unary::Plus => operand,
            Unary::BitNot => format!("(~{operand})"),
        }
    }

    pub(super) fn binary(
        &mut self,
        operator: Binary,
        left: &Expression,
        right: &Expression,
        ty: &Type,
    ) -> String {
        if let Some(sql) = self.moment_binary(operator, left, right, ty) {
            return sql;
        }
        if operator.is_comparison() {
            return self.comparison(operator, left, right);
        }
        if left.ty == Type::Bytes && operator != Binary::Concatenate {
            return self.bytes_binary(operator, left, right);
        }
        if let Some(name) = decimal_native(operator, ty) {
            return self.native_of(name, &[left, right], ty);
        }
        let is_float = *ty == Type::Float64;
        if is_float && (left.ty.is_decimal() || right.ty.is_decimal()) {
            let [left, right] = [left, right].map(|side| as_float(side.clone()));
            return self.binary(operator, &left, &right, ty);
        }
        match operator {
            Binary::Add | Binary::Subtract | Binary::Multiply if is_float => {
                self.float_arithmetic(operator, left, right)
            }
            Binary::Divide => self.division(left, right),
            Binary::BitXor => format!("xor({}, {})", self.expression(left), self.expression(right)),
            Binary::ShiftLeft => self.pair(left, right, |_, value, by| shift_left(value, right, by)),
            Binary::ShiftRight => self.pair(left, right, |_, value, by| shift_right(value, right, by)),
            _ => format!("({} {} {})", self.expression(left), symbol(operator), self.expression(right)),
        }
    }

    fn bytes_binary(&mut self, operator: Binary, left: &Expression, right: &Expression) -> String {
        let name = match operator {
            Binary::BitAnd => "bytes_and",
            Binary::BitOr => "bytes_or",
            Binary::BitXor => "bytes_xor",
            Binary::ShiftLeft => "bytes_shift_left",
            Binary::ShiftRight => "bytes_shift_right",
            _ => {
                let what = format!("`{}` of {} and {}", symbol(operator), left.ty, right.ty);
                return self.untranslatable(left.span, what);
            }
        };
        let (left_sql, right_sql) = (self.expression(left), self.expression(right));
        native(name, &[(&left_sql, &left.ty), (&right_sql, &right.ty)], &Type::Bytes, false)
    }

    /// Sums, differences and products of floats. DuckDB gives an infinity where GoogleSQL fails. An infinity stays one, or
    /// becomes NaN, whatever is added to it or multiplied with it: one look at the whole is enough.
    fn float_arithmetic(&mut self, operator: Binary, left: &Expression, right: &Expression) -> String {
        let mut operands = Vec::new();
        let tree = self.leaves(operator, left, right, &mut operands);
        self.once(operands, |_, sql| {
            let whole = tree.written(sql);
            let finite: Vec<String> = tree.open.iter().map(|at| format!("isfinite({})", sql[*at])).collect();
            let condition =
                if finite.is_empty() { String::new() } else { format!(" AND {}", finite.join(" AND ")) };
            format!(
                "CASE WHEN NOT isfinite({whole}){condition} THEN error('floating point overflow') ELSE {whole} END"
            )
        })
    }

    fn leaves(
        &mut self,
        operator: Binary,
        left: &Expression,
        right: &Expression,
        operands: &mut Vec<Operand>,
    ) -> Sum {
        let left = self.leaf(left, operands);
        let right = self.leaf(right, operands);
        let open = left.open.iter().chain(&right.open).copied().collect();
        Sum { open, part: SumPart::Of(Box::new(left), symbol(operator), Box::new(right)) }
    }

    fn leaf(&mut self, side: &Expression, operands: &mut Vec<Operand>) -> Sum {
        match &side.kind {
            Kind::Binary {
                operator: operator @ (Binary::Add | Binary::Subtract | Binary::Multiply),
                left,
                right,
            } if side.ty == Type::Float64 && operands.len() < MOST_LEAVES => {
                self.leaves(*operator, left, right, operands)
            }
            _ => {
                operands.push(self.operand(side));
                let at = operands.len() - 1;
                Sum { open: if can_be_odd(side) { vec![at] } else { Vec::new() }, part: SumPart::Leaf(at) }
            }
        }
    }

    /// GoogleSQL divides by nothing but what is not zero, and NULL by anything.
    fn division(&mut self, left: &Expression, right: &Expression) -> String {
        let is_float = [left, right].iter().any(|side| side.ty == Type::Float64);
        let divisor_is_safe = is_nonzero(right);
        let are_floats = [left.ty == Type::Float64, right.ty == Type::Float64];
        self.pair(left, right, |_, left, right| {
            let divided = format!("{left} / {right}");
            let mut cases = String::new();
            if is_float {
                // What most quotients are is asked first.
                cases.push_str(&format!(" WHEN isfinite({divided}) THEN {divided}"));
            }
            if !divisor_is_safe {
                cases.push_str(&format!(
                    " WHEN {right} = 0 AND {left} IS NOT NULL THEN error('division by zero')"
                ));
            }
            if is_float {
                let told = |side: &str, is_float: bool| match is_float {
                    true => format!("isfinite({side})"),
                    false => format!("{side} IS NOT NULL"),
                };
                let finite = [told(left, are_floats[0]), told(right, are_floats[1])].join(" AND ");
                cases.push_str(&format!(" WHEN {finite} THEN error('floating point overflow')"));
            }
            if cases.is_empty() { format!("({divided})") } else { format!("CASE{cases} ELSE {divided} END") }
        })
    }
}

/// A sum of more operands is looked at in parts.
const MOST_LEAVES: usize = 16;

/// Sums, differences and products over operands.
struct Sum {
    /// The operands that may be infinite or NaN.
    open: Vec<usize>,
    part: SumPart,
}

enum SumPart {
    Leaf(usize),
    Of(Box<Sum>, &'static str, Box<Sum>),
}

impl Sum {
    fn written(&self, sql: &[String]) -> String {
        match &self.part {
            SumPart::Leaf(at) => sql[*at].clone(),
            SumPart::Of(left, symbol, right) => {
                format!("({} {symbol} {})", left.written(sql), right.written(sql))
            }
        }
    }
}

/// What stands beside a float is one.
fn as_float(side: Expression) -> Expression {
    if matches!(side.ty, Type::Float64 | Type::Null) {
        return side;
    }
    let span = side.span;
    let cast = Kind::Cast { operand: Box::new(side), to: Type::Float64, safe: false };
    Expression::typed(cast, span, Type::Float64)
}

/// Whether a value may be NaN or infinite.
pub(super) fn can_be_odd(value: &Expression) -> bool {
    value.ty == Type::Float64
        && match &value.kind {
            Kind::Float(_) | Kind::Integer(_) | Kind::Null => false,
            Kind::Cast { operand, .. } => {
                !matches!(
                    operand.ty,
                    Type::Int64 | Type::Numeric | Type::BigNumeric | Type::Bool | Type::Null
                ) && (operand.ty != Type::Float64 || can_be_odd(operand))
            }
            Kind::Unary { operand, .. } => can_be_odd(operand),
            _ => true,
        }
}

fn is_nonzero(value: &Expression) -> bool {
    match &value.kind {
        Kind::Integer(value) => *value != 0,
        Kind::Float(digits) => digits.parse::<f64>().is_ok_and(|value| value != 0.0),
        Kind::Typed { text, .. } => text.trim().parse::<f64>().is_ok_and(|value| value != 0.0),
        _ => false,
    }
}

/// A shift by a number that is known only when the query runs.
fn shift(native: &str, value: &str, by: &str) -> String {
    let arguments = [value.to_owned(), by.to_owned()];
    native_call(native, &arguments, &[Type::Int64, Type::Int64], &Type::Int64, false)
        .unwrap_or_else(|problem| format!("error({})", literal(&problem)))
}

/// GoogleSQL's `<<` drops the bits that leave the 64; DuckDB's fails.
fn shift_left(value: &str, by: &Expression, by_sql: &str) -> String {
    match by.kind {
        Kind::Integer(0) => value.to_owned(),
        Kind::Integer(63) => {
            format!(
                "CASE WHEN ({value} & 1) = 1 THEN CAST(-9223372036854775808 AS BIGINT) ELSE ({value} & 0) END"
            )
        }
        Kind::Integer(bits @ 1..=62) => {
            let kept = (1_i64 << (63 - bits)) - 1;
            let sign = 63 - bits;
            format!(
                "CAST(((({value} & {kept}) << {bits}) + CASE WHEN (({value} >> {sign}) & 1) = 1 THEN -9223372036854775808 ELSE 0 END) AS BIGINT)"
            )
        }
        Kind::Integer(64..) => format!("({value} & 0)"),
        _ => shift("shift_left", value, by_sql),
    }
}

/// GoogleSQL's `>>` fills with zeros; DuckDB's keeps the sign.
fn shift_right(value: &str, by: &Expression, by_sql: &str) -> String {
    match by.kind {
        Kind::Integer(0) => value.to_owned(),
        Kind::Integer(bits @ 1..=63) => {
            let kept = if bits == 1 { i64::MAX } else { (1_i64 << (64 - bits)) - 1 };
            format!("(({value} >> {bits}) & {kept})")
        }
        Kind::Integer(64..) => format!("({value} & 0)"),
        _ => shift("shift_right", value, by_sql),
    }
}
