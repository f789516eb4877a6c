//! JSON: calls of natives that have to be told the names of fields, or arguments that are given by name.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{literal, native_call};
use crate::sql::functions::Translated;
use crate::sql::tree::{Expression, Kind};
use crate::value::json::Writer;

/// The arguments of a native call, with their types.
#[derive(Default)]
struct Given {
    sql: Vec<String>,
    types: Vec<Type>,
}

impl Given {
    fn push(&mut self, sql: impl Into<String>, ty: Type) {
        self.sql.push(sql.into());
        self.types.push(ty);
    }

    /// The arguments that have no name.
    fn positional(&mut self, call: &Translated) {
        for (sql, argument) in call.sql.iter().zip(call.arguments) {
            if !argument.is_named() {
                self.push(sql.clone(), argument.ty.clone());
            }
        }
    }

    /// An argument by its name, or what it is without.
    fn named(&mut self, call: &Translated, wanted: &str, without: &str, ty: Type) {
        let is_it =
            |kind: &Kind| matches!(kind, Kind::Named { name, .. } if name.text.eq_ignore_ascii_case(wanted));
        let place = call.arguments.iter().position(|argument| is_it(&argument.kind));
        self.push(place.and_then(|place| call.sql.get(place)).map_or(without, String::as_str), ty);
    }

    fn call(self, native: &str, call: &Translated) -> Form {
        native_call(native, &self.sql, &self.types, call.result, call.safe)
    }
}

/// The names of the fields of arguments, as a text for natives.
fn names_of_all<'e>(arguments: impl Iterator<Item = &'e Expression>) -> Form {
    let mut writer = Writer::compact();
    writer.open('[');
    for argument in arguments.filter(|argument| !argument.is_named()) {
        field(&mut writer, "", &argument.ty, is_stored(argument))?;
    }
    writer.close(']');
    Ok(literal(&writer.finish()))
}

fn names_of_first(call: &Translated) -> Form {
    let mut writer = Writer::compact();
    if let Some(first) = call.arguments.first() {
        names(&mut writer, &first.ty, is_stored(first))?;
    }
    Ok(literal(&writer.finish()))
}

/// Whether a value stands in a table as it is. Arrays there are never NULL.
fn is_stored(value: &Expression) -> bool {
    match &value.kind {
        Kind::Column { origins, .. } => !origins.is_empty(),
        Kind::Field { base, .. } => is_stored(base),
        _ => false,
    }
}

fn field(writer: &mut Writer, name: &str, ty: &Type, stored: bool) -> Result<(), String> {
    writer.item();
    writer.open('[');
    writer.item();
    writer.string(name);
    writer.item();
    names(writer, ty, stored)?;
    writer.close(']');
    Ok(())
}

fn names(writer: &mut Writer, ty: &Type, stored: bool) -> Result<(), String> {
    match ty {
        Type::Struct(fields) => {
            writer.open('[');
            for one in fields.iter() {
                field(writer, &one.name, &one.ty, stored)?;
            }
            writer.close(']');
        }
        Type::Array(element) if stored => {
            writer.open('{');
            writer.key("array");
            names(writer, element, stored)?;
            writer.close('}');
        }
        Type::Array(element) => names(writer, element, stored)?,
        Type::Geography => return Err("the JSON of a GEOGRAPHY is not understood yet".to_owned()),
        _ => writer.plain("null"),
    }
    Ok(())
}

pub fn to_json(call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_first(call)?, Type::String);
    given.positional(call);
    given.named(call, "stringify_wide_numbers", "FALSE", Type::Bool);
    given.call("to_json", call)
}

pub fn to_json_string(call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_first(call)?, Type::String);
    given.positional(call);
    given.call("to_json_string", call)
}

pub fn json_array(call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_all(call.arguments.iter())?, Type::String);
    given.positional(call);
    given.call("json_array", call)
}

pub fn json_object(call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_all(call.arguments.iter())?, Type::String);
    given.positional(call);
    let native = if matches!(call.ty(0), Type::Array(_)) { "json_object_of_arrays" } else { "json_object" };
    given.call(native, call)
}

/// A document, then paths and values; a truth that is given by name says how.
fn changed(native: &str, how: &str, call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_all(call.arguments.iter().skip(1))?, Type::String);
    given.named(call, how, "TRUE", Type::Bool);
    given.positional(call);
    given.call(native, call)
}

pub fn json_set(call: &Translated) -> Form {
    changed("json_set", "create_if_missing", call)
}

pub fn json_array_append(call: &Translated) -> Form {
    changed("json_array_append", "append_each_element", call)
}

pub fn json_array_insert(call: &Translated) -> Form {
    changed("json_array_insert", "insert_each_element", call)
}

pub fn json_strip_nulls(call: &Translated) -> Form {
    let mut given = Given::default();
    given.positional(call);
    if given.sql.len() == 1 {
        given.push("'$'", Type::String);
    }
    given.named(call, "include_arrays", "TRUE", Type::Bool);
    given.named(call, "remove_empty", "FALSE", Type::Bool);
    given.call("json_strip_nulls", call)
}

pub fn json_keys(call: &Translated) -> Form {
    let mut given = Given::default();
    given.positional(call);
    if given.sql.len() == 1 {
        given.push("CAST(NULL AS BIGINT)", Type::Int64);
    }
    given.named(call, "mode", "'strict'", Type::String);
    given.call("json_keys", call)
}

fn with_wide_numbers(native: &str, mode: &str, call: &Translated) -> Form {
    let mut given = Given::default();
    given.positional(call);
    given.named(call, "wide_number_mode", mode, Type::String);
    given.call(native, call)
}

pub fn parse_json(call: &Translated) -> Form {
    with_wide_numbers("parse_json", "'exact'", call)
}

pub fn json_float(call: &Translated) -> Form {
    with_wide_numbers("json_float64", "'round'", call)
}

pub fn json_floats(call: &Translated) -> Form {
    with_wide_numbers("json_float64_array", "'round'", call)
}
