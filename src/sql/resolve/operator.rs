//! Operators, conditions and comparisons.

use super::Resolver;
use super::coerce::{coerce_columns, is_moment};
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::Problem;
use crate::sql::functions::{self, Signature, comparable};
use crate::sql::tree::{Binary, Expression, InSet, Kind, Span, Unary};

impl Resolver<'_> {
    pub(super) fn unary(&mut self, operator: Unary, operand: &mut Expression, span: Span) -> Type {
        let written = match operator {
            Unary::Not => "NOT",
            Unary::Minus => "-",
            Unary::Plus => "+",
            Unary::BitNot => "~",
        };
        self.refuse_null(operand, written);
        self.operate(functions::unary(operator), &mut [operand], written, span)
    }

    pub(super) fn binary(
        &mut self,
        operator: Binary,
        left: &mut Expression,
        right: &mut Expression,
        span: Span,
    ) -> Type {
        if !matches!(operator, Binary::And | Binary::Or | Binary::ShiftLeft | Binary::ShiftRight) {
            for side in [&*left, &*right] {
                self.refuse_null(side, symbol(operator));
            }
        }
        if is_of_bits(operator) {
            // A literal text becomes no BYTES here.
            let texts =
                [&*left, &*right].into_iter().filter(|side| side.ty == Type::String).map(|side| side.span);
            if let Some(place) = texts.min_by_key(|place| (place.line, place.column)) {
                let message = format!("`{}` takes INT64 and BYTES, not STRING", symbol(operator));
                self.problem(Code::TypeMismatch, place, message);
                return Type::Unknown;
            }
        }
        if !operator.is_comparison() {
            return self.operate(functions::binary(operator), &mut [left, right], symbol(operator), span);
        }
        let before = self.problems.len();
        self.compare(left, right, span);
        let sorts = !matches!(operator, Binary::Equal | Binary::NotEqual);
        if sorts && self.problems.len() == before && !functions::is_ordered(&left.ty) {
            let message = format!("{} has no order, so `{}` does not take it", left.ty, symbol(operator));
            self.problem(Code::TypeMismatch, span, message);
        }
        Type::Bool
    }

    /// `IS DISTINCT FROM` compares arrays too.
    pub(super) fn tell_apart(&mut self, left: &mut Expression, right: &mut Expression, span: Span) {
        match functions::common(&[&*left, &*right]) {
            Ok(Type::Array(element)) if functions::has_equality(&element) => {}
            _ => self.compare(left, right, span),
        }
    }

    /// GoogleSQL takes no literal NULL where the result could only be NULL.
    pub(super) fn refuse_null(&mut self, operand: &Expression, written: &str) {
        if !matches!(operand.kind, Kind::Null) || operand.ty != Type::Null {
            return;
        }
        let hint = match written {
            "=" => "write `IS NULL`",
            "!=" => "write `IS NOT NULL`",
            _ => "the result is always NULL; if that is meant, cast it: `CAST(NULL AS INT64)`",
        };
        let message = format!("`{written}` does not take a literal NULL");
        self.problems.push(Problem::new(Code::TypeMismatch, operand.span, message).hint(hint));
    }

    fn operate(
        &mut self,
        signatures: &[Signature],
        operands: &mut [&mut Expression],
        written: &str,
        span: Span,
    ) -> Type {
        let views: Vec<&Expression> = operands.iter().map(|operand| &**operand).collect();
        let types: Vec<Type> = views.iter().map(|operand| operand.ty.clone()).collect();
        let Ok(found) = functions::best(signatures, &views) else {
            if !types.contains(&Type::Unknown) {
                self.takes_not(written, &types, span);
            }
            return Type::Unknown;
        };
        let before = self.problems.len();
        for (operand, target) in operands.iter_mut().zip(found.targets) {
            let Some(target) = target else { continue };
            // Numbers of two types are mixed by DuckDB as they are by GoogleSQL.
            let mixes = operand.ty.is_numeric() && target.is_numeric();
            if functions::is_literal(operand) || !mixes {
                self.bring(operand, &target);
            }
        }
        // A text that is no date was hardly meant as one where nothing else is a date or time.
        if self.problems.len() > before && !types.iter().any(is_moment) {
            self.problems.truncate(before);
            self.takes_not(written, &types, span);
        }
        found.result
    }

    fn takes_not(&mut self, written: &str, types: &[Type], span: Span) {
        let types: Vec<String> = types.iter().map(Type::to_string).collect();
        let message = format!("`{written}` does not take {}", types.join(" and "));
        self.problems.push(Problem::new(Code::TypeMismatch, span, message));
    }

    pub(super) fn expect_bool(&mut self, expression: &Expression, clause: &str) {
        if !matches!(expression.ty, Type::Bool | Type::Null | Type::Unknown) {
            let message = format!("{clause} takes a BOOL, not {}", expression.ty);
            self.problem(Code::TypeMismatch, expression.span, message);
        }
    }

    pub(super) fn expect_comparable(&mut self, left: &Type, right: &Type, span: Span) {
        if !comparable(left, right) {
            self.problem(Code::TypeMismatch, span, format!("{left} cannot be compared with {right}"));
        }
    }

    pub(super) fn between(
        &mut self,
        operand: &mut Expression,
        low: &mut Expression,
        high: &mut Expression,
        span: Span,
    ) -> Type {
        let before = self.problems.len();
        self.compare(operand, low, span);
        self.compare(operand, high, span);
        if self.problems.len() == before && !functions::is_ordered(&operand.ty) {
            let message = format!("{} has no order, so BETWEEN does not take it", operand.ty);
            self.problem(Code::TypeMismatch, span, message);
        }
        Type::Bool
    }

    pub(super) fn like(&mut self, operand: &Expression, pattern: &Expression) -> Type {
        let fits = |ty: &Type| matches!(ty, Type::String | Type::Bytes | Type::Null | Type::Unknown);
        for part in [operand, pattern] {
            if !fits(&part.ty) {
                let message = format!("LIKE compares STRINGs, not {}", part.ty);
                self.problem(Code::TypeMismatch, part.span, message);
            }
        }
        if fits(&operand.ty) && fits(&pattern.ty) && functions::common(&[operand, pattern]).is_err() {
            let message = format!("LIKE does not compare {} with {}", operand.ty, pattern.ty);
            self.problem(Code::TypeMismatch, pattern.span, message);
        }
        Type::Bool
    }

    /// `x LIKE ANY (…)`: the patterns are a list, a query or an array.
    pub(super) fn like_set(
        &mut self,
        operand: &mut Expression,
        set: &mut InSet,
        span: Span,
        scope: &Scope,
    ) -> Type {
        match set {
            InSet::List(patterns) => {
                for pattern in patterns {
                    self.expression(pattern, scope);
                    self.like(operand, pattern);
                }
                Type::Bool
            }
            _ => self.within(operand, set, span, scope),
        }
    }

    pub(super) fn case(
        &mut self,
        mut operand: Option<&mut Expression>,
        branches: &mut [(Expression, Expression)],
        otherwise: Option<&mut Expression>,
        span: Span,
        scope: &Scope,
    ) -> Type {
        if let Some(operand) = operand.as_deref_mut() {
            self.expression(operand, scope);
        }
        let mut results = Vec::new();
        for (condition, result) in branches {
            self.expression(condition, scope);
            match operand.as_deref_mut() {
                Some(operand) => {
                    let place = condition.span;
                    self.compare(operand, condition, place);
                }
                None => self.expect_bool(condition, "WHEN"),
            }
            self.expression(result, scope);
            results.push(result);
        }
        if let Some(otherwise) = otherwise {
            self.expression(otherwise, scope);
            results.push(otherwise);
        }
        match self.mix(&mut results, span, "the results of CASE") {
            Type::Null => Type::Int64,
            ty => ty,
        }
    }

    pub(super) fn within(
        &mut self,
        operand: &mut Expression,
        set: &mut InSet,
        span: Span,
        scope: &Scope,
    ) -> Type {
        match set {
            InSet::List(items) => {
                for item in items {
                    self.expression(item, scope);
                    let place = item.span;
                    self.compare(operand, item, place);
                }
            }
            InSet::Query(query) => {
                let mut element = self.scalar(query, span, scope);
                // The engine does not compare a BIGNUMERIC with other numbers.
                if operand.ty == Type::BigNumeric && matches!(element, Type::Int64 | Type::Numeric) {
                    coerce_columns(&mut query.body, &[Type::BigNumeric]);
                    element = Type::BigNumeric;
                }
                self.element(operand, &element, span);
            }
            InSet::Unnest(array) => {
                self.expression(array, scope);
                match &array.ty {
                    Type::Array(element) => {
                        let element = (**element).clone();
                        // The elements stay what they are: it is the value that has to fit.
                        if functions::distance(operand, &element).is_none() && !functions::is_literal(array) {
                            let message = format!("{} is looked for among elements of {element}", operand.ty);
                            self.problem(Code::TypeMismatch, operand.span, message);
                        } else {
                            self.element(operand, &element, span);
                        }
                    }
                    Type::Unknown => {}
                    other => {
                        let message = format!("UNNEST takes an ARRAY, not {other}");
                        self.problem(Code::TypeMismatch, array.span, message);
                    }
                }
            }
        }
        Type::Bool
    }

    /// Compares a value with the elements of a set that is known by its type.
    fn element(&mut self, operand: &mut Expression, element: &Type, span: Span) {
        if functions::distance(operand, element).is_some() && functions::is_literal(operand) {
            self.bring(operand, element);
        }
        let ty = operand.ty.clone();
        self.expect_comparable(&ty, element, span);
        if !functions::has_equality(element) {
            self.problem(Code::TypeMismatch, span, format!("{element} has no equality"));
        }
    }
}

fn is_of_bits(operator: Binary) -> bool {
    matches!(
        operator,
        Binary::BitAnd | Binary::BitOr | Binary::BitXor | Binary::ShiftLeft | Binary::ShiftRight
    )
}

/// How an operator is written.
pub fn symbol(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "OR",
        Binary::And => "AND",
        Binary::Equal => "=",
        Binary::NotEqual => "!=",
        Binary::Less => "<",
        Binary::LessOrEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterOrEqual => ">=",
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Concatenate => "||",
        Binary::BitAnd => "&",
        Binary::BitOr => "|",
        Binary::BitXor => "^",
        Binary::ShiftLeft => "<<",
        Binary::ShiftRight => ">>",
    }
}
