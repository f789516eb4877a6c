//! Values that authors write in YAML, as typed literals of a query.

use super::tree::{Expression, Kind, Name, Span};
use crate::schema::Type;
use crate::schema::value::Constant;

/// A value as an expression of its type.
pub fn constant(value: &Constant, ty: &Type, span: Span) -> Expression {
    let cast = |operand: Expression| Kind::Cast { operand: Box::new(operand), to: ty.clone(), safe: false };
    let kind = match (value, ty) {
        (Constant::Scalar(text), Type::String) => Kind::Text(text.clone()),
        (Constant::Scalar(text), Type::Bool) => Kind::Bool(text == "true"),
        (Constant::Scalar(text), Type::Int64) => match text.parse() {
            Ok(value) => Kind::Integer(value),
            Err(_) => Kind::Null,
        },
        // In base64, as authors write them.
        (Constant::Scalar(text), Type::Bytes) => match data_encoding::BASE64.decode(text.as_bytes()) {
            Ok(bytes) => Kind::Bytes(bytes),
            Err(_) => Kind::Null,
        },
        (Constant::Scalar(text), _) => Kind::Typed { ty: ty.clone(), text: text.clone() },
        (Constant::Array(items), Type::Array(element)) => {
            let items = items.iter().map(|item| constant(item, element, span)).collect();
            cast(Expression::typed(Kind::Array(items), span, ty.clone()))
        }
        (Constant::Struct(values), Type::Struct(fields)) => {
            let values = fields.iter().zip(values).map(|(field, value)| {
                let name = Name { text: field.name.clone(), span };
                (Some(name), constant(value, &field.ty, span))
            });
            cast(Expression::typed(Kind::Struct(values.collect()), span, ty.clone()))
        }
        (Constant::Null | Constant::Array(_) | Constant::Struct(_), _) => {
            cast(Expression::new(Kind::Null, span))
        }
    };
    Expression::typed(kind, span, ty.clone())
}
