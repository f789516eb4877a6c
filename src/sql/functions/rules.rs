//! Type rules: what a function gives for the types it is given, and which types mix.

use crate::schema::{Field, Type};

type Rule = Result<Type, String>;

/// The type that both mix into, as GoogleSQL coerces: integers widen, NULL takes the other's type.
pub fn supertype(left: &Type, right: &Type) -> Option<Type> {
    use Type::{BigNumeric, Date, Datetime, Float64, Int64, Null, Numeric};
    Some(match (left, right) {
        (left, right) if left == right => left.clone(),
        (Null, other) | (other, Null) => other.clone(),
        (Float64, other) | (other, Float64) if other.is_numeric() => Float64,
        (BigNumeric, other) | (other, BigNumeric) if other.is_numeric() => BigNumeric,
        (Numeric, Int64) | (Int64, Numeric) => Numeric,
        (Date, Datetime) | (Datetime, Date) => Datetime,
        (Type::Array(left), Type::Array(right)) => Type::array(supertype(left, right)?),
        (Type::Struct(left), Type::Struct(right)) if left.len() == right.len() => Type::structure(
            left.iter()
                .zip(right.iter())
                .map(|(left, right)| {
                    let name = if left.name.is_empty() { &right.name } else { &left.name };
                    supertype(&left.ty, &right.ty).map(|ty| Field::new(name.clone(), ty))
                })
                .collect::<Option<Vec<_>>>()?,
        ),
        _ => return None,
    })
}

/// Whether two types may be compared with `=` and `<`.
pub fn comparable(left: &Type, right: &Type) -> bool {
    supertype(left, right).is_some()
}

/// Whether CAST takes a value from one type to the other.
pub fn castable(from: &Type, to: &Type) -> bool {
    use Type::{
        Array, BigNumeric, Bool, Bytes, Date, Datetime, Float64, Int64, Null, Numeric, String, Struct, Time,
        Timestamp,
    };
    if from == to {
        return true;
    }
    match (from, to) {
        (Null, _) => true,
        (Array(from), Array(to)) => castable(from, to),
        (Struct(from), Struct(to)) => {
            from.len() == to.len() && from.iter().zip(to.iter()).all(|(from, to)| castable(&from.ty, &to.ty))
        }
        (Int64, Bool) | (Bool, Int64) => true,
        (from, String) => {
            matches!(
                from,
                Int64 | Float64 | Numeric | BigNumeric | Bool | Bytes | Date | Datetime | Time | Timestamp
            )
        }
        (String, to) => {
            matches!(
                to,
                Int64 | Float64 | Numeric | BigNumeric | Bool | Bytes | Date | Datetime | Time | Timestamp
            )
        }
        (Date, to) => matches!(to, Datetime | Timestamp),
        (Datetime, to) => matches!(to, Date | Time | Timestamp),
        (Timestamp, to) => matches!(to, Date | Datetime | Time),
        (from, to) => from.is_numeric() && to.is_numeric(),
    }
}

fn common(types: &[Type]) -> Rule {
    let mut result = Type::Null;
    for ty in types {
        result = supertype(&result, ty).ok_or_else(|| format!("{result} and {ty} do not mix"))?;
    }
    Ok(result)
}

fn want(types: &[Type], index: usize, what: &str, fits: impl Fn(&Type) -> bool) -> Result<(), String> {
    match types.get(index) {
        None | Some(Type::Null) => Ok(()),
        Some(ty) if fits(ty) => Ok(()),
        Some(ty) => Err(format!("argument {} is {ty}, not {what}", index + 1)),
    }
}

fn all(types: &[Type], what: &str, fits: impl Fn(&Type) -> bool) -> Result<(), String> {
    (0..types.len()).try_for_each(|index| want(types, index, what, &fits))
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Bytes)
}

/// The text's own type; a bare NULL counts as a STRING.
fn text_type(types: &[Type]) -> Type {
    types.iter().find(|ty| **ty != Type::Null).cloned().unwrap_or(Type::String)
}

fn is_moment(ty: &Type) -> bool {
    matches!(ty, Type::Date | Type::Datetime | Type::Timestamp)
}

fn is_moment_or_text(ty: &Type) -> bool {
    is_moment(ty) || *ty == Type::String
}

pub fn any_to_int(_: &[Type]) -> Rule {
    Ok(Type::Int64)
}

pub fn any_to_text(_: &[Type]) -> Rule {
    Ok(Type::String)
}

pub fn any_to_float(_: &[Type]) -> Rule {
    Ok(Type::Float64)
}

pub fn first(types: &[Type]) -> Rule {
    Ok(types.first().cloned().unwrap_or(Type::Null))
}

pub fn nothing_to_float(_: &[Type]) -> Rule {
    Ok(Type::Float64)
}

pub fn mixed(types: &[Type]) -> Rule {
    common(types)
}

pub fn condition(types: &[Type]) -> Rule {
    want(types, 0, "a BOOL", |ty| *ty == Type::Bool)?;
    common(&types[1..])
}

pub fn bool_to_int(types: &[Type]) -> Rule {
    want(types, 0, "a BOOL", |ty| *ty == Type::Bool)?;
    Ok(Type::Int64)
}

pub fn bool_to_bool(types: &[Type]) -> Rule {
    want(types, 0, "a BOOL", |ty| *ty == Type::Bool)?;
    Ok(Type::Bool)
}

pub fn int_to_int(types: &[Type]) -> Rule {
    all(types, "an INT64", |ty| *ty == Type::Int64)?;
    Ok(Type::Int64)
}

/// SUM, ABS: the number's own type.
pub fn number(types: &[Type]) -> Rule {
    all(types, "a number", Type::is_numeric)?;
    first(types)
}

/// AVG, DIVIDE: FLOAT64, but NUMERIC stays NUMERIC.
pub fn ratio(types: &[Type]) -> Rule {
    all(types, "a number", Type::is_numeric)?;
    Ok(match common(types)? {
        exact @ (Type::Numeric | Type::BigNumeric) => exact,
        _ => Type::Float64,
    })
}

pub fn numbers(types: &[Type]) -> Rule {
    all(types, "a number", Type::is_numeric)?;
    common(types)
}

pub fn number_to_float(types: &[Type]) -> Rule {
    all(types, "a number", Type::is_numeric)?;
    Ok(Type::Float64)
}

pub fn text_to_text(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", is_text)?;
    Ok(text_type(&types[..1]))
}

pub fn texts_to_text(types: &[Type]) -> Rule {
    all(types, "a STRING", is_text)?;
    Ok(text_type(types))
}

/// CONCAT: BYTES with BYTES, else anything that casts to a STRING.
pub fn any_to_texts(types: &[Type]) -> Rule {
    if types.contains(&Type::Bytes) {
        return texts_to_text(types).and_then(|_| common(types));
    }
    all(types, "a STRING, nor has it a text", |ty| castable(ty, &Type::String))?;
    Ok(Type::String)
}

pub fn text_to_int(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", is_text)?;
    Ok(Type::Int64)
}

pub fn texts_to_bool(types: &[Type]) -> Rule {
    all(types, "a STRING", is_text)?;
    Ok(Type::Bool)
}

pub fn keyed_texts(types: &[Type]) -> Rule {
    all(types, "a STRING", |ty| matches!(ty, Type::String | Type::Null))?;
    Ok(Type::String)
}

pub fn text_to_bytes(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", is_text)?;
    Ok(Type::Bytes)
}

pub fn text_to_texts(types: &[Type]) -> Rule {
    all(types, "a STRING", is_text)?;
    Ok(Type::array(text_type(types)))
}

pub fn bytes_to_text(types: &[Type]) -> Rule {
    want(types, 0, "BYTES", |ty| *ty == Type::Bytes)?;
    Ok(Type::String)
}

pub fn json_to_text(types: &[Type]) -> Rule {
    want(types, 0, "JSON or a STRING that holds it", |ty| matches!(ty, Type::Json | Type::String))?;
    Ok(Type::String)
}

pub fn json_to_json(types: &[Type]) -> Rule {
    want(types, 0, "JSON or a STRING that holds it", |ty| matches!(ty, Type::Json | Type::String))?;
    Ok(text_type(&types[..1]))
}

pub fn json_to_jsons(types: &[Type]) -> Rule {
    Ok(Type::array(json_to_json(types)?))
}

pub fn json_to_texts(types: &[Type]) -> Rule {
    Ok(Type::array(json_to_text(types)?))
}

pub fn to_json(_: &[Type]) -> Rule {
    Ok(Type::Json)
}

pub fn to_date(types: &[Type]) -> Rule {
    if types.len() == 3 {
        int_to_int(types)?;
    } else {
        want(types, 0, "a DATE, DATETIME, TIMESTAMP or STRING", is_moment_or_text)?;
    }
    Ok(Type::Date)
}

pub fn to_timestamp(types: &[Type]) -> Rule {
    want(types, 0, "a DATE, DATETIME, TIMESTAMP or STRING", is_moment_or_text)?;
    Ok(Type::Timestamp)
}

pub fn to_datetime(types: &[Type]) -> Rule {
    if types.len() == 6 {
        int_to_int(types)?;
    } else {
        want(types, 0, "a DATE, DATETIME, TIMESTAMP or STRING", is_moment_or_text)?;
    }
    Ok(Type::Datetime)
}

/// DATETIME_ADD and its kin: a DATE counts as its midnight.
pub fn datetime_to_datetime(types: &[Type]) -> Rule {
    want(types, 0, "a DATETIME", |ty| matches!(ty, Type::Datetime | Type::Timestamp | Type::Date))?;
    Ok(match types.first() {
        Some(Type::Timestamp) => Type::Timestamp,
        _ => Type::Datetime,
    })
}

/// DATE_ADD, DATE_SUB, DATE_TRUNC: what is given, which is no number.
pub fn same_moment(types: &[Type]) -> Rule {
    want(types, 0, "a DATE, DATETIME or TIMESTAMP", is_moment)?;
    first(types)
}

pub fn to_last_day(types: &[Type]) -> Rule {
    want(types, 0, "a DATE or DATETIME", |ty| matches!(ty, Type::Date | Type::Datetime))?;
    Ok(Type::Date)
}

pub fn timestamp_to_timestamp(types: &[Type]) -> Rule {
    want(types, 0, "a TIMESTAMP", |ty| matches!(ty, Type::Timestamp | Type::Datetime))?;
    first(types)
}

pub fn moments_to_int(types: &[Type]) -> Rule {
    want(types, 0, "a DATE, DATETIME or TIMESTAMP", is_moment)?;
    want(types, 1, "a DATE, DATETIME or TIMESTAMP", is_moment)?;
    match (&types[0], &types[1]) {
        (Type::Timestamp, other) | (other, Type::Timestamp)
            if !matches!(other, Type::Timestamp | Type::Null) =>
        {
            Err(format!("a TIMESTAMP and a {other} have no difference; make them one type"))
        }
        _ => Ok(Type::Int64),
    }
}

pub fn timestamp_to_int(types: &[Type]) -> Rule {
    want(types, 0, "a TIMESTAMP", |ty| *ty == Type::Timestamp)?;
    Ok(Type::Int64)
}

pub fn int_to_timestamp(types: &[Type]) -> Rule {
    want(types, 0, "an INT64", |ty| *ty == Type::Int64)?;
    Ok(Type::Timestamp)
}

pub fn moment_format(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", |ty| *ty == Type::String)?;
    want(types, 1, "a DATE, DATETIME or TIMESTAMP", is_moment)?;
    Ok(Type::String)
}

pub fn parsed_date(types: &[Type]) -> Rule {
    all(types, "a STRING", |ty| *ty == Type::String)?;
    Ok(Type::Date)
}

pub fn parsed_timestamp(types: &[Type]) -> Rule {
    all(types, "a STRING", |ty| *ty == Type::String)?;
    Ok(Type::Timestamp)
}

pub fn array_of_first(types: &[Type]) -> Rule {
    match first(types)? {
        Type::Array(_) => Err("an array cannot hold arrays; wrap it in a STRUCT".to_owned()),
        element => Ok(Type::array(element)),
    }
}

pub fn array_to_int(types: &[Type]) -> Rule {
    want(types, 0, "an ARRAY", |ty| matches!(ty, Type::Array(_)))?;
    Ok(Type::Int64)
}

pub fn arrays(types: &[Type]) -> Rule {
    all(types, "an ARRAY", |ty| matches!(ty, Type::Array(_)))?;
    common(types)
}

pub fn date_to_int(types: &[Type]) -> Rule {
    want(types, 0, "a DATE", |ty| *ty == Type::Date)?;
    Ok(Type::Int64)
}

pub fn int_to_date(types: &[Type]) -> Rule {
    int_to_int(types)?;
    Ok(Type::Date)
}

pub fn parsed_datetime(types: &[Type]) -> Rule {
    all(types, "a STRING", |ty| *ty == Type::String)?;
    Ok(Type::Datetime)
}

/// ERROR mixes with every type: it never gives a value.
pub fn text_to_nothing(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", is_text)?;
    Ok(Type::Null)
}

pub fn number_to_bool(types: &[Type]) -> Rule {
    all(types, "a number", Type::is_numeric)?;
    Ok(Type::Bool)
}

pub fn int_to_text(types: &[Type]) -> Rule {
    int_to_int(types)?;
    Ok(Type::String)
}

pub fn format(types: &[Type]) -> Rule {
    want(types, 0, "a STRING", |ty| *ty == Type::String)?;
    Ok(Type::String)
}

pub fn timestamp_array(types: &[Type]) -> Rule {
    want(types, 0, "a TIMESTAMP", |ty| *ty == Type::Timestamp)?;
    want(types, 1, "a TIMESTAMP", |ty| *ty == Type::Timestamp)?;
    Ok(Type::array(Type::Timestamp))
}

pub fn array_to_text(types: &[Type]) -> Rule {
    want(types, 0, "an ARRAY<STRING>", |ty| matches!(ty, Type::Array(element) if **element == Type::String))?;
    Ok(Type::String)
}

pub fn int_array(types: &[Type]) -> Rule {
    all(types, "an INT64", |ty| *ty == Type::Int64)?;
    Ok(Type::array(Type::Int64))
}

pub fn date_array(types: &[Type]) -> Rule {
    want(types, 0, "a DATE", |ty| *ty == Type::Date)?;
    want(types, 1, "a DATE", |ty| *ty == Type::Date)?;
    Ok(Type::array(Type::Date))
}
