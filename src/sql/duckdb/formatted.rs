//! Casts that say more than their type: `CAST(bytes AS STRING FORMAT 'HEX')`.

use super::Printer;
use super::native::native_call;
use crate::schema::Type;
use crate::sql::tree::{Call, Expression, FormattedCast, Kind, Span};

impl Printer {
    pub(super) fn formatted_cast(&mut self, cast: &FormattedCast, span: Span) -> String {
        if let (None, None, [precision, scale @ ..]) = (&cast.format, &cast.zone, &cast.parameters[..])
            && matches!(cast.to, Type::Numeric | Type::BigNumeric)
            && *precision != i64::MAX
        {
            let scale = scale.first().copied().unwrap_or_default();
            return self.decimal_within(cast, *precision, scale, span);
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
                "DuckDB cannot run CAST with a format, a time zone or a type's parameters yet",
            );
        };
        let arguments = [self.expression(&cast.operand), self.expression(format)];
        let types = [cast.operand.ty.clone(), Type::String];
        match native_call(native, &arguments, &types, &cast.to, cast.safe) {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(span, problem),
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
