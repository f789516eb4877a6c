//! JSON, in JSON values and in STRINGs that hold it.

use super::Form;
use crate::schema::Type;
use crate::sql::duckdb::{json_value as to_json_value, literal};
use crate::sql::functions::Translated;

/// A STRING that holds no JSON gives NULL, it does not fail.
fn guarded(call: &Translated, value: String) -> String {
    match call.ty(0) {
        Type::Json => value,
        _ => format!("CASE WHEN json_valid({}) THEN {value} END", call.sql[0]),
    }
}

fn path(call: &Translated) -> Form {
    match call.arguments.get(1) {
        None => Ok("'$'".to_owned()),
        Some(_) => {
            let path = call.text(1, "the JSON path")?;
            if path.contains('*') {
                return Err("a JSON path with `*` is not understood yet".to_owned());
            }
            // `$['a b']` is `$."a b"`.
            Ok(literal(&path.replace("['", ".\"").replace("']", "\"")))
        }
    }
}

/// Scalars as text without quotes; NULL for objects and arrays.
pub fn json_value(call: &Translated) -> Form {
    let (value, path) = (&call.sql[0], path(call)?);
    let scalar = format!(
        "CASE WHEN json_type({value}, {path}) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string({value}, {path}) END"
    );
    Ok(guarded(call, scalar))
}

/// A part as JSON; in a STRING a JSON null is NULL.
pub fn json_query(call: &Translated) -> Form {
    let (value, path) = (&call.sql[0], path(call)?);
    let extracted = format!("json_extract({value}, {path})");
    Ok(match call.ty(0) {
        Type::Json => extracted,
        _ => guarded(call, format!("nullif(CAST({extracted} AS VARCHAR), 'null')")),
    })
}

/// The elements of a JSON array; NULL for what is none.
fn elements(call: &Translated, each: &str) -> Form {
    let (value, path) = (&call.sql[0], path(call)?);
    let list = format!("CAST(json_extract({value}, {path}) AS JSON[])");
    let array = format!(
        "CASE WHEN json_type({value}, {path}) = 'ARRAY' THEN list_transform({list}, lambda element: {each}) END"
    );
    Ok(guarded(call, array))
}

pub fn json_query_array(call: &Translated) -> Form {
    match call.ty(0) {
        Type::Json => elements(call, "element"),
        _ => elements(call, "CAST(element AS VARCHAR)"),
    }
}

pub fn json_value_array(call: &Translated) -> Form {
    elements(
        call,
        "CASE WHEN json_type(element) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(element, '$') END",
    )
}

pub fn to_json_string(call: &Translated) -> Form {
    let value = to_json_value(&call.sql[0], call.ty(0))?;
    Ok(format!("coalesce(CAST(to_json({value}) AS VARCHAR), 'null')"))
}

pub fn to_json(call: &Translated) -> Form {
    let value = to_json_value(&call.sql[0], call.ty(0))?;
    Ok(format!("coalesce(to_json({value}), CAST('null' AS JSON))"))
}
