//! Arrays.

use super::Form;
use crate::schema::Type;
use crate::sql::functions::Translated;

/// NULL if any array is NULL; DuckDB takes it for an empty one.
pub fn concatenate_arrays(call: &Translated) -> Form {
    let mut arrays = call.sql.iter();
    let first = arrays.next().cloned().unwrap_or_else(|| "[]".to_owned());
    Ok(arrays.fold(first, |joined, array| format!("({joined} || {array})")))
}

/// NULL elements are left out, or stand as the third argument says.
pub fn array_to_text(call: &Translated) -> Form {
    let array = match call.sql.get(2) {
        Some(missing) => {
            format!("list_transform({}, lambda element: coalesce(element, {missing}))", call.sql[0])
        }
        None => call.sql[0].clone(),
    };
    Ok(format!("array_to_string({array}, {})", call.sql[1]))
}

/// DuckDB's series are of integers.
pub fn number_array(call: &Translated) -> Form {
    if call.arguments.iter().any(|argument| argument.ty != Type::Int64) {
        return Err("a series of other numbers than INT64 is not understood yet".to_owned());
    }
    Ok(format!("generate_series({})", call.sql.join(", ")))
}
