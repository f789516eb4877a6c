//! Casts that say more than their type: `CAST(bytes AS STRING FORMAT 'HEX')`.

use super::Printer;
use super::cast::convert;
use super::native::native_call;
use super::once::Operand;
use crate::schema::Type;
use crate::sql::tree::{FormattedCast, Span};

impl Printer {
    pub(super) fn formatted_cast(&mut self, cast: &FormattedCast, span: Span) -> String {
        if let (None, None, [precision, scale @ ..]) = (&cast.format, &cast.zone, &cast.parameters[..])
            && matches!(cast.to, Type::Numeric | Type::BigNumeric)
        {
            let scale = scale.first().copied().unwrap_or_default();
            return self.decimal_within(cast, *precision, scale, span);
        }
        if let (None, None, [most]) = (&cast.format, &cast.zone, &cast.parameters[..])
            && matches!(cast.to, Type::String | Type::Bytes)
        {
            return self.text_within(cast, *most);
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

    /// A text or bytes that may not be longer than the type says: characters of the one, bytes of the other.
    fn text_within(&mut self, cast: &FormattedCast, most: i64) -> String {
        let operand = self.operand(&cast.operand);
        let sql = match cast.operand.ty == cast.to {
            true => operand.sql,
            false => convert(&operand.sql, &cast.operand.ty, &cast.to, cast.safe),
        };
        let (length, name) = match cast.to {
            Type::Bytes => ("octet_length", "BYTES"),
            _ => ("length", "STRING"),
        };
        let otherwise = match cast.safe {
            true => "NULL".to_owned(),
            false => format!("error('a value is longer than {name}({most})')"),
        };
        let operand = Operand { sql, is_plain: false, is_count: false };
        self.once(vec![operand], |_, value| {
            let value = &value[0];
            format!(
                "CASE WHEN {value} IS NULL OR {length}({value}) <= {most} THEN {value} ELSE {otherwise} END"
            )
        })
    }
}
