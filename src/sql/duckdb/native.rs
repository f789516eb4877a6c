//! Calls of native functions in translated SQL. The name of one says what it takes and gives, so that the text of a
//! query is all that is needed to know what must be registered before it runs.

use std::collections::BTreeSet;

use super::types::column_names;
use super::{field_name, identifier};
use crate::native::{self, Native};
use crate::schema::{Field, Type};
use crate::sql::parse;

/// What the names of all native functions begin with.
const PREFIX: &str = "tidemill ";
/// What follows it where an error gives NULL.
const SAFE: &str = "SAFE.";

/// A native function for the types of one call.
#[derive(Clone)]
pub struct NativeCall {
    /// The function's name in DuckDB: `tidemill instr(STRING, STRING): INT64`.
    pub spelled: String,
    /// Whether an error gives NULL.
    pub safe: bool,
    pub native: &'static Native,
    pub arguments: Vec<Type>,
    pub result: Type,
}

impl NativeCall {
    /// The types of what DuckDB hands over. It answers for a function when an argument is NULL, so one that wants to
    /// see NULLs gets its arguments within a struct.
    pub fn held(&self) -> Vec<Type> {
        if self.native.strict || self.arguments.is_empty() {
            return self.arguments.clone();
        }
        let fields = self.arguments.iter().enumerate();
        vec![Type::structure(
            fields.map(|(index, ty)| Field::new(field_name(index, ""), ty.clone())).collect(),
        )]
    }
}

/// A call of a native function with arguments of these types, as DuckDB SQL. With `safe` an error of the function
/// gives NULL; one in its arguments stays an error.
///
/// # Errors
/// There is no function of this name: a fault of the translation.
pub fn native_call(
    name: &str,
    arguments: &[String],
    types: &[Type],
    result: &Type,
    safe: bool,
) -> Result<String, String> {
    let native = native::find(name).ok_or_else(|| format!("there is no native function `{name}`"))?;
    let types: Vec<String> = types.iter().map(|ty| spelled(&ty.settled())).collect();
    let safe = if safe { SAFE } else { "" };
    let spelled = format!("{PREFIX}{safe}{name}({}): {}", types.join(", "), spelled(&result.settled()));
    let held = if native.strict || arguments.is_empty() {
        arguments.join(", ")
    } else {
        let fields: Vec<String> = arguments
            .iter()
            .enumerate()
            .map(|(index, argument)| format!("{} := {argument}", field_name(index, "")))
            .collect();
        format!("struct_pack({})", fields.join(", "))
    };
    Ok(format!("{}({held})", identifier(&spelled)))
}

/// Whether the SQL is a call of a native function and nothing around it, which cares for `SAFE.` by itself.
pub(super) fn is_native(sql: &str) -> bool {
    let Some(rest) = sql.strip_prefix('"').filter(|rest| rest.starts_with(PREFIX)) else { return false };
    let Some(end) = end_of_name(rest) else { return false };
    let (mut depth, mut quote) = (0, None);
    let call = &rest[end + 1..];
    for (at, character) in call.char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == call.len();
                }
            }
            _ => {}
        }
    }
    false
}

/// The native functions that a translated query may call, each once.
pub fn native_calls(sql: &str) -> Vec<NativeCall> {
    let start = format!("\"{PREFIX}");
    let mut seen = BTreeSet::new();
    let mut calls = Vec::new();
    let mut rest = sql;
    while let Some(at) = rest.find(&start) {
        rest = &rest[at + 1..];
        let Some(end) = end_of_name(rest) else { break };
        let name = rest[..end].replace("\"\"", "\"");
        rest = &rest[end..];
        if !seen.contains(&name) {
            // What only looks like a call, in a literal say, is registered for nothing at worst.
            calls.extend(read(&name));
            seen.insert(name);
        }
    }
    calls
}

/// Whether a translated query calls a function that no other program has.
pub fn calls_own(sql: &str) -> bool {
    !native_calls(sql).is_empty() || sql.contains("tidemill_keyed_hash(")
}

/// Where a quoted name ends, before its closing quotation mark.
fn end_of_name(rest: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest[from..].find('"')?;
        if !rest[at + 1..].starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}

fn read(name: &str) -> Option<NativeCall> {
    let (function, rest) = name.strip_prefix(PREFIX)?.split_once('(')?;
    let (safe, function) = function.strip_prefix(SAFE).map_or((false, function), |bare| (true, bare));
    let (arguments, result) = rest.rsplit_once("): ")?;
    let arguments = if arguments.is_empty() {
        Vec::new()
    } else {
        let all = parse::data_type(&format!("STRUCT<{arguments}>")).ok()?;
        all.fields()?.iter().map(|field| field.ty.clone()).collect()
    };
    let result = parse::data_type(result).ok()?;
    Some(NativeCall { spelled: name.to_owned(), safe, native: native::find(function)?, arguments, result })
}

/// A type as GoogleSQL writes it, the names of fields quoted.
fn spelled(ty: &Type) -> String {
    match ty {
        Type::Array(element) => format!("ARRAY<{}>", spelled(element)),
        Type::Struct(fields) => {
            let fields: Vec<String> = column_names(fields)
                .iter()
                .zip(fields.iter())
                .map(|(name, field)| {
                    let name = name.replace('\\', "\\\\").replace('`', "\\`");
                    format!("`{name}` {}", spelled(&field.ty))
                })
                .collect();
            format!("STRUCT<{}>", fields.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_tells_all_that_is_needed_to_register_its_function() {
        let row = Type::structure(vec![
            Field::new("a \"b\" `c`", Type::array(Type::Numeric)),
            Field::new("", Type::Date),
        ]);
        let types = [Type::Int64, row];
        let sql = native_call(
            "shift_left",
            &["1".to_owned(), "2".to_owned()],
            &types,
            &Type::range(Type::Date),
            true,
        )
        .unwrap();
        let calls = native_calls(&format!("SELECT {sql}, 'it''s \"x\"', {sql} FROM \"y\""));
        let [call] = calls.as_slice() else { panic!("{sql}") };
        assert_eq!(call.native.name, "shift_left");
        assert!(call.safe);
        assert_eq!(call.arguments[0], Type::Int64);
        assert_eq!(
            call.arguments[1].fields().unwrap()[0],
            Field::new("a \"b\" `c`", Type::array(Type::Numeric))
        );
        assert_eq!(call.result, Type::range(Type::Date));
    }

    #[test]
    fn a_call_is_told_from_what_only_begins_with_one() {
        let sql =
            native_call("shift_left", &["')'".to_owned()], &[Type::String], &Type::Int64, false).unwrap();
        assert!(is_native(&sql));
        assert!(!is_native(&format!("{sql} + (1)")));
        assert!(!is_native("shift_left(1)"));
    }

    #[test]
    fn what_is_no_call_registers_nothing() {
        assert!(
            native_calls("SELECT \"tidemill \", '\"tidemill x(', \"tidemill none(INT64): INT64\"").is_empty()
        );
        assert!(native_calls("\"tidemill shift_left(").is_empty());
    }
}
