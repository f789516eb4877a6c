//! Coercion: literals that take the type of what they stand beside, and values that are brought to one
//! type. DuckDB coerces by rules of its own, so what GoogleSQL coerces is cast in so many words.

use super::{Resolver, ScopeColumn};
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions;
use crate::sql::tree::{Body, Expression, Kind, Name, Shape, Span};

pub(super) fn is_moment(ty: &Type) -> bool {
    matches!(ty, Type::Date | Type::Datetime | Type::Time | Type::Timestamp)
}

/// Whether the fields of a struct have no other names than those of a struct that it is to become.
fn takes_names(ty: &Type, wanted: &Type) -> bool {
    let (Type::Struct(own), Type::Struct(wanted)) = (ty, wanted) else { return false };
    own.len() == wanted.len()
        && own.iter().zip(wanted.iter()).all(|(own, wanted)| {
            let named = own.name.is_empty() || own.name.eq_ignore_ascii_case(&wanted.name);
            let is_struct = matches!((&own.ty, &wanted.ty), (Type::Struct(_), Type::Struct(_)));
            named && (!is_struct || takes_names(&own.ty, &wanted.ty))
        })
}

fn is_plain(ty: &Type) -> bool {
    !matches!(ty, Type::Struct(_) | Type::Null | Type::Unknown)
}

impl Resolver<'_> {
    /// Brings an expression to a type that it coerces to.
    pub(super) fn bring(&mut self, part: &mut Expression, to: &Type) {
        match (&mut part.kind, to) {
            (Kind::Text(_), to) if is_moment(to) => self.adapt_literal(part, to),
            (Kind::Array(items), Type::Array(element)) if part.ty != *to => {
                items.iter_mut().for_each(|item| self.bring(item, element));
                part.ty = to.clone();
            }
            (Kind::Struct(fields), Type::Struct(wanted))
                if part.ty != *to && fields.len() == wanted.len() =>
            {
                for ((name, value), wanted) in fields.iter_mut().zip(wanted.iter()) {
                    self.bring(value, &wanted.ty);
                    *name = (!wanted.name.is_empty())
                        .then(|| Name { text: wanted.name.clone(), span: value.span });
                }
                part.ty = to.clone();
            }
            _ => coerce(part, to),
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
        let views: Vec<&Expression> = parts.iter().map(|part| &**part).collect();
        match functions::common(&views) {
            Ok(common) => {
                for part in parts {
                    self.bring(part, &common);
                }
                common
            }
            Err((left, right)) => {
                let message = format!("{what} are {left} and {right}, which do not mix");
                self.problem(Code::TypeMismatch, span, message);
                Type::Unknown
            }
        }
    }

    /// Checks that two sides compare, and makes literals and structs of one shape of them.
    pub(super) fn compare(&mut self, left: &mut Expression, right: &mut Expression, span: Span) {
        match functions::common(&[&*left, &*right]) {
            Ok(common) if !functions::has_equality(&common) => {
                self.problem(Code::TypeMismatch, span, format!("{common} has no equality"));
            }
            Ok(common) => {
                // The engine would bring decimals to a float in two steps, and knows no BIGNUMERIC.
                let brings = match common {
                    Type::Struct(_) | Type::BigNumeric => true,
                    Type::Float64 => left.ty.is_decimal() || right.ty.is_decimal(),
                    _ => false,
                };
                for side in [left, right] {
                    if brings || functions::is_literal(side) {
                        self.bring(side, &common);
                    }
                }
            }
            Err(_) => {
                let message = format!("{} cannot be compared with {}", left.ty, right.ty);
                self.problem(Code::TypeMismatch, span, message);
            }
        }
    }

    /// Literals in the select lists of a set operation take the type of the other side's column.
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
                    let (value, wanted) = (&mut output.expression, &other.field.ty);
                    // A struct keeps the names that it has.
                    let nested = matches!(wanted, Type::Struct(_) | Type::Null | Type::Unknown)
                        || matches!(wanted, Type::Array(element) if !is_plain(element));
                    if (!nested || takes_names(&value.ty, wanted))
                        && functions::is_literal(value)
                        && functions::distance(value, wanted).is_some()
                    {
                        self.bring(value, wanted);
                    }
                    column.field.ty = value.ty.clone();
                }
            }
            Body::Query(query) => self.adapt_columns(&mut query.body, columns, others),
            Body::Set { left, right, .. } => {
                let mut of_right = columns.to_vec();
                self.adapt_columns(left, columns, others);
                self.adapt_columns(right, &mut of_right, others);
                for (column, other) in columns.iter_mut().zip(of_right) {
                    if let Some(ty) = functions::supertype(&column.field.ty, &other.field.ty) {
                        column.field.ty = ty;
                    }
                }
            }
            Body::Select(_) => {}
        }
    }
}

/// A bare NULL that nothing else gave a type is an INT64, and an empty array holds such.
pub(super) fn settle(ty: &mut Type) {
    match ty {
        Type::Null => *ty = Type::Int64,
        Type::Array(element) if **element == Type::Null => *ty = Type::array(Type::Int64),
        _ => {}
    }
}

/// Casts an expression to a type that it coerces to. A bare NULL fits every type as it is.
pub(super) fn coerce(part: &mut Expression, to: &Type) {
    let open = |ty: &Type| matches!(ty, Type::Null | Type::Unknown);
    if part.ty == *to || open(&part.ty) || open(to) {
        return;
    }
    let literal = match (&part.kind, to) {
        (Kind::Integer(value), Type::Float64) => Some(Kind::Float(value.to_string())),
        (Kind::Integer(value), Type::Numeric | Type::BigNumeric) => {
            Some(Kind::Typed { ty: to.clone(), text: value.to_string() })
        }
        (Kind::Text(text), Type::Bytes) => Some(Kind::Bytes(text.clone().into_bytes())),
        (Kind::Float(digits), Type::Numeric | Type::BigNumeric) => {
            Some(Kind::Typed { ty: to.clone(), text: digits.clone() })
        }
        _ => None,
    };
    let span = part.span;
    let kind = literal.unwrap_or_else(|| {
        let operand = Box::new(std::mem::replace(part, Expression::new(Kind::Null, span)));
        Kind::Cast { operand, to: to.clone(), safe: false }
    });
    *part = Expression::typed(kind, span, to.clone());
}

/// Casts the columns of a set operation's side to the types of its result.
pub(super) fn coerce_columns(body: &mut Body, types: &[Type]) {
    match body {
        Body::Select(select) if select.shape != Shape::Struct => {
            for (output, ty) in select.outputs.iter_mut().zip(types) {
                coerce(&mut output.expression, ty);
            }
        }
        Body::Select(select) => {
            // The fields of a row that is a struct meet by their places, and take the names of the result.
            if let [Type::Struct(fields)] = types
                && fields.len() == select.outputs.len()
            {
                for (output, field) in select.outputs.iter_mut().zip(fields.iter()) {
                    coerce(&mut output.expression, &field.ty);
                    output.name.clone_from(&field.name);
                }
            }
        }
        Body::Query(query) => coerce_columns(&mut query.body, types),
        Body::Set { left, right, .. } => {
            coerce_columns(left, types);
            coerce_columns(right, types);
        }
    }
}
