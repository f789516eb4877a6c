//! Calls of functions in JavaScript: of one native function, which is handed the types and the source.

use super::native::native_call;
use super::staged::is_of_row;
use super::{Printer, literal};
use crate::schema::{Field, Type, parse_type};
use crate::sql::tree::{Call, Expression, Script};

impl Printer {
    pub(super) fn script(&mut self, script: &Script, call: &Call, expression: &Expression) -> String {
        let types: Vec<String> =
            script.arguments.iter().map(|field| format!("{} {}", field.name, field.ty)).collect();
        let types = types.join(", ");
        let mut sql = vec![literal(&types), literal(&expression.ty.to_string()), literal(&script.source)];
        sql.extend(call.arguments.iter().map(|argument| self.expression(argument)));
        let mut given = vec![Type::String; 3];
        given.extend(script.arguments.iter().map(|field| field.ty.clone()));
        let name = if call.arguments.iter().any(is_of_row) { "javascript" } else { "javascript_anew" };
        let called = exchangeable(&script.arguments, &expression.ty)
            .and_then(|()| native_call(name, &sql, &given, &expression.ty, call.safe));
        match called {
            Ok(sql) => sql,
            Err(problem) => {
                self.untranslatable(expression.span, format!("`{}`: {problem}", call.name.to_lowercase()))
            }
        }
    }
}

/// Whether JavaScript takes the arguments and can give the result.
fn exchangeable(arguments: &[Field], result: &Type) -> Result<(), String> {
    for field in arguments {
        if field.name.starts_with(|first: char| first.is_ascii_digit())
            || parse_type(&format!("STRUCT<{} INT64>", field.name)).is_err()
        {
            return Err(format!("`{}` is no name of an argument in JavaScript", field.name));
        }
        has_encoding(&field.ty)?;
    }
    has_encoding(result)
}

/// User-defined functions, "SQL type encodings in JavaScript".
fn has_encoding(ty: &Type) -> Result<(), String> {
    match ty {
        Type::Array(element) => has_encoding(element),
        Type::Struct(fields) => {
            fields.iter().try_for_each(|field| match parse_type(&format!("STRUCT<{} INT64>", field.name)) {
                Ok(_) => has_encoding(&field.ty),
                Err(_) => Err(format!("JavaScript is given no field `{}`", field.name)),
            })
        }
        Type::Bool | Type::Int64 | Type::Float64 | Type::Numeric | Type::String | Type::Bytes => Ok(()),
        Type::Date | Type::Timestamp | Type::Json => Ok(()),
        other => Err(format!("JavaScript has no {other}")),
    }
}
