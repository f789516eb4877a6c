//! Coercion: literals that take the type of what they stand beside, and values that are brought to one
//! type. DuckDB coerces by rules of its own, so what GoogleSQL coerces is cast in so many words.

use super::{Resolver, ScopeColumn};
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions::supertype;
use crate::sql::tree::{Body, Expression, Kind, Shape, Span};

fn is_moment(ty: &Type) -> bool {
    matches!(ty, Type::Date | Type::Datetime | Type::Timestamp)
}

impl Resolver<'_> {
    /// Literal texts among `parts` become dates or times where another part is one.
    pub(super) fn adapt_literals(&mut self, parts: &mut [&mut Expression]) {
        let Some(ty) = parts.iter().map(|part| &part.ty).find(|ty| is_moment(ty)).cloned() else { return };
        for part in parts {
            self.adapt_literal(part, &ty);
        }
    }

    /// A literal text becomes a date or time of the given type; anything else stays.
    pub(super) fn adapt_literal(&mut self, part: &mut Expression, ty: &Type) {
        if let Kind::Text(text) = &part.kind
            && is_moment(ty)
        {
            part.kind = Kind::Typed { ty: ty.clone(), text: text.clone() };
            self.typed_literal(part);
        }
    }

    /// Brings expressions to their common type, which is returned.
    pub(super) fn mix(&mut self, parts: &mut [&mut Expression], span: Span, what: &str) -> Type {
        self.adapt_literals(parts);
        let types: Vec<Type> = parts.iter().map(|part| part.ty.clone()).collect();
        let common = self.common(&types, span, what);
        for part in parts {
            coerce(part, &common);
        }
        common
    }

    /// Checks that two sides compare, and makes structs of one shape of them.
    pub(super) fn compare(&mut self, left: &mut Expression, right: &mut Expression, span: Span) {
        self.adapt_literals(&mut [&mut *left, &mut *right]);
        match supertype(&left.ty, &right.ty) {
            Some(common @ Type::Struct(_)) => {
                coerce(left, &common);
                coerce(right, &common);
            }
            Some(other @ (Type::Array(_) | Type::Json)) => {
                self.problem(Code::TypeMismatch, span, format!("{other} has no equality"));
            }
            Some(_) => {}
            None => {
                let message = format!("{} cannot be compared with {}", left.ty, right.ty);
                self.problem(Code::TypeMismatch, span, message);
            }
        }
    }

    /// Literal texts in the select lists of a set operation take the type of the other side's column.
    pub(super) fn adapt_columns(
        &mut self,
        body: &mut Body,
        columns: &mut [ScopeColumn],
        others: &[ScopeColumn],
    ) {
        match body {
            Body::Select(select)
                if select.shape != Shape::Struct && select.outputs.len() == columns.len() =>
            {
                for ((output, column), other) in select.outputs.iter_mut().zip(columns).zip(others) {
                    self.adapt_literal(&mut output.expression, &other.field.ty);
                    column.field.ty = output.expression.ty.clone();
                }
            }
            Body::Query(query) => self.adapt_columns(&mut query.body, columns, others),
            _ => {}
        }
    }
}

/// Casts an expression to a type that it coerces to. A bare NULL fits every type as it is.
pub(super) fn coerce(part: &mut Expression, to: &Type) {
    if part.ty == *to || matches!((&part.ty, to), (Type::Null, _) | (_, Type::Null)) {
        return;
    }
    if let (Kind::Integer(value), Type::Float64) = (&part.kind, to) {
        part.kind = Kind::Float(value.to_string());
        part.ty = Type::Float64;
        return;
    }
    let span = part.span;
    let operand = Box::new(std::mem::replace(part, Expression::new(Kind::Null, span)));
    *part = Expression::typed(Kind::Cast { operand, to: to.clone(), safe: false }, span, to.clone());
}

/// Casts the columns of a set operation's side to the types of its result.
pub(super) fn coerce_columns(body: &mut Body, types: &[Type]) {
    match body {
        Body::Select(select) if select.shape != Shape::Struct => {
            for (output, ty) in select.outputs.iter_mut().zip(types) {
                coerce(&mut output.expression, ty);
            }
        }
        Body::Select(_) => {}
        Body::Query(query) => coerce_columns(&mut query.body, types),
        Body::Set { left, right, .. } => {
            coerce_columns(left, types);
            coerce_columns(right, types);
        }
    }
}
