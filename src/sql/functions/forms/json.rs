//! JSON: calls of natives that have to be told the names of fields, or arguments that are given by name.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{literal, native_call};
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;
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
            if !matches!(argument.kind, Kind::Named { .. }) {
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

/// The names of the fields of all positional arguments, as a text.
fn names_of_all(call: &Translated) -> Form {
    let mut writer = Writer::compact();
    writer.open('[');
    for argument in call.arguments.iter().filter(|argument| !matches!(argument.kind, Kind::Named { .. })) {
        field(&mut writer, "", &argument.ty)?;
    }
    writer.close(']');
    Ok(literal(&writer.finish()))
}

fn field(writer: &mut Writer, name: &str, ty: &Type) -> Result<(), String> {
    writer.item();
    writer.open('[');
    writer.item();
    writer.string(name);
    writer.item();
    names(writer, ty)?;
    writer.close(']');
    Ok(())
}

fn names(writer: &mut Writer, ty: &Type) -> Result<(), String> {
    match ty {
        Type::Struct(fields) => {
            writer.open('[');
            for one in fields.iter() {
                field(writer, &one.name, &one.ty)?;
            }
            writer.close(']');
            Ok(())
        }
        Type::Array(element) => names(writer, element),
        Type::Geography => Err("the JSON of a GEOGRAPHY is not understood yet".to_owned()),
        _ => {
            writer.plain("null");
            Ok(())
        }
    }
}

fn names_of_first(call: &Translated) -> Form {
    let mut writer = Writer::compact();
    names(&mut writer, call.ty(0))?;
    Ok(literal(&writer.finish()))
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
    given.push(names_of_all(call)?, Type::String);
    given.positional(call);
    given.call("json_array", call)
}

pub fn json_object(call: &Translated) -> Form {
    let mut given = Given::default();
    given.push(names_of_all(call)?, Type::String);
    given.positional(call);
    let native = if matches!(call.ty(0), Type::Array(_)) { "json_object_of_arrays" } else { "json_object" };
    given.call(native, call)
}

/// A document, then paths and values; a truth that is given by name says how.
fn changed(native: &str, how: &str, call: &Translated) -> Form {
    // The document itself has no names.
    let mut writer = Writer::compact();
    writer.open('[');
    let positional = call.arguments.iter().filter(|argument| !matches!(argument.kind, Kind::Named { .. }));
    for argument in positional.skip(1) {
        field(&mut writer, "", &argument.ty)?;
    }
    writer.close(']');
    let mut given = Given::default();
    given.push(literal(&writer.finish()), Type::String);
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
