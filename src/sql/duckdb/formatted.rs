//! Casts that say more than their type: `CAST(bytes AS STRING FORMAT 'HEX')`.

use super::native::native_call;
use super::once::Operand;
use super::types::column_names;
use super::{Printer, convert, identifier, literal};
use crate::schema::Type;
use crate::sql::tree::{Bounds, Call, Expression, FormattedCast, Kind, Span};

impl Printer {
    pub(super) fn formatted_cast(&mut self, cast: &FormattedCast, span: Span) -> String {
        if let (None, None, [precision, scale @ ..]) = (&cast.format, &cast.zone, &cast.parameters[..])
            && matches!(cast.to, Type::Numeric | Type::BigNumeric)
            && *precision != i64::MAX
        {
            let scale = scale.first().copied().unwrap_or_default();
            return self.decimal_within(cast, *precision, scale, span);
        }
        if cast.within != Bounds::None {
            return self.bounded_within(cast, span);
        }
        if let ([length], Type::String | Type::Bytes) = (&cast.parameters[..], &cast.to) {
            return self.no_longer_than(cast, *length, span);
        }
        let native = match (&cast.operand.ty, &cast.to) {
            (Type::Bytes, Type::String) => Some("bytes_as_text"),
            (Type::String, Type::Bytes) => Some("text_as_bytes"),
            (Type::Int64 | Type::Float64 | Type::Numeric | Type::BigNumeric, Type::String) => {
                Some("number_as_text")
            }
            _ => None,
        };
        let (Some(native), Some(format), None, []) = (native, &cast.format, &cast.zone, &cast.parameters[..])
        else {
            return self.untranslatable(
                span,
                "CAST between these types with a format, a time zone or a type's parameters",
            );
        };
        let arguments = [self.expression(&cast.operand), self.expression(format)];
        let types = [cast.operand.ty.clone(), Type::String];
        match native_call(native, &arguments, &types, &cast.to, cast.safe) {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(span, problem),
        }
    }

    /// `CAST(values AS ARRAY<STRING(3)>)`: each value within is held against what bounds its type.
    fn bounded_within(&mut self, cast: &FormattedCast, span: Span) -> String {
        if cast.safe || cast.format.is_some() || cast.zone.is_some() {
            return self.untranslatable(span, "SAFE_CAST to a type whose parts have parameters");
        }
        let value = self.expression(&cast.operand);
        let value = match cast.operand.ty == cast.to {
            true => value,
            false => convert(&value, &cast.operand.ty, &cast.to, false),
        };
        let operand = Operand { sql: value, is_plain: false, is_count: false };
        let mut problem = None;
        let sql = self.once(vec![operand], |_, value| {
            within(&value[0], &cast.to, &cast.within, 0).unwrap_or_else(|reason| {
                problem = Some(reason);
                String::new()
            })
        });
        match problem {
            Some(problem) => self.untranslatable(span, problem),
            None => sql,
        }
    }

    /// `CAST(value AS STRING(3))`: what is longer is an error. A text is as long as its characters are many.
    fn no_longer_than(&mut self, cast: &FormattedCast, length: i64, span: Span) -> String {
        let kind = match (&cast.format, &cast.zone) {
            (None, None) if cast.operand.ty == cast.to => cast.operand.kind.clone(),
            (None, None) => {
                let operand = Box::new(cast.operand.clone());
                Kind::Cast { operand, to: cast.to.clone(), safe: cast.safe }
            }
            _ => Kind::FormattedCast(Box::new(FormattedCast { parameters: Vec::new(), ..cast.clone() })),
        };
        let value = Expression { kind, span, depth: cast.operand.depth, ty: cast.to.clone() };
        if length == i64::MAX {
            return self.expression(&value);
        }
        let counted = if cast.to == Type::String { "length" } else { "octet_length" };
        let otherwise = match cast.safe {
            true => "NULL".to_owned(),
            false => format!("error('a value is too long for {}({length})')", cast.to),
        };
        let value = self.operand(&value);
        self.once(vec![value], |_, value| {
            let value = &value[0];
            format!("CASE WHEN {counted}({value}) > {length} THEN {otherwise} ELSE {value} END")
        })
    }

    /// `TO_HEX(SHA256(text))`: DuckDB's hashes are hexadecimal as they come.
    pub(super) fn hexadecimal_hash(&mut self, call: &Call) -> Option<String> {
        let [argument] = call.arguments.as_slice() else { return None };
        let Kind::Call(inner) = &argument.kind else { return None };
        let is_hash = matches!(inner.name.as_str(), "MD5" | "SHA1" | "SHA256");
        if call.name != "TO_HEX" || call.safe || inner.safe || !is_hash {
            return None;
        }
        let sql = self.expression(argument);
        let hash = sql.strip_prefix("unhex(").and_then(|rest| rest.strip_suffix(')'));
        Some(hash.map_or_else(|| format!("lower(hex({sql}))"), str::to_owned))
    }
}

/// A value of a type, or an error where it goes beyond what bounds it.
fn within(sql: &str, ty: &Type, bounds: &Bounds, depth: usize) -> Result<String, String> {
    match (bounds, ty) {
        (Bounds::Parameters(parameters), Type::String | Type::Bytes) => {
            let length = parameters.first().copied().unwrap_or(i64::MAX);
            let counted = if *ty == Type::String { "length" } else { "octet_length" };
            Ok(format!(
                "CASE WHEN {counted}({sql}) > {length} THEN error('a value is too long for {ty}({length})') ELSE {sql} END"
            ))
        }
        (Bounds::Parameters(parameters), Type::Numeric | Type::BigNumeric) => {
            let digits =
                |place: usize| format!("{}::BIGINT", parameters.get(place).copied().unwrap_or_default());
            let types = [ty.clone(), Type::Int64, Type::Int64];
            native_call("within", &[sql.to_owned(), digits(0), digits(1)], &types, ty, false)
        }
        (Bounds::Element(bounds), Type::Array(element)) => {
            let one = format!("bounded_{depth}");
            Ok(format!("list_transform({sql}, lambda {one}: {})", within(&one, element, bounds, depth + 1)?))
        }
        (Bounds::Fields(all), Type::Struct(fields)) => {
            let names = column_names(fields);
            let parts = names.iter().zip(fields.iter()).zip(all).map(|((name, field), bounds)| {
                let part = format!("struct_extract({sql}, {})", literal(name));
                Ok(format!("{} := {}", identifier(name), within(&part, &field.ty, bounds, depth + 1)?))
            });
            let parts = parts.collect::<Result<Vec<String>, String>>()?;
            Ok(format!("CASE WHEN {sql} IS NULL THEN NULL ELSE struct_pack({}) END", parts.join(", ")))
        }
        _ => Ok(sql.to_owned()),
    }
}
