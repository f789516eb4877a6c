//! Arrays.

use super::Form;
use crate::sql::functions::Translated;
use crate::sql::tree::Kind;

/// NULL if any array is NULL; DuckDB takes it for an empty one.
pub fn concatenate_arrays(call: &Translated) -> Form {
    let mut arrays = call.sql.iter();
    let first = arrays.next().cloned().unwrap_or_else(|| "[]".to_owned());
    Ok(arrays.fold(first, |joined, array| format!("({joined} || {array})")))
}

/// Both leave out what the lambda gives NULL for.
pub fn array_filter(call: &Translated) -> Form {
    Ok(format!("list_filter({}, {})", call.sql[0], call.sql[1]))
}

pub fn array_transform(call: &Translated) -> Form {
    Ok(format!("list_transform({}, {})", call.sql[0], call.sql[1]))
}

/// An element that is equal to a value, or for which a lambda is true.
pub fn array_includes(call: &Translated) -> Form {
    match call.arguments.get(1).map(|argument| &argument.kind) {
        Some(Kind::Lambda { .. }) => Ok(format!("(len(list_filter({}, {})) > 0)", call.sql[0], call.sql[1])),
        _ => call.native("array_includes"),
    }
}
