//! What stands in brackets behind a column's type and bounds its values: `STRING(5)`, `NUMERIC(10, 2)`. It says which bounds a
//! type takes, and knows nothing of values.

use super::types::Type;

/// A column, or a field within one, whose values are bounded beside their type.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// Names joined by dots.
    pub path: String,
    pub ty: Type,
    /// A length, or a precision and perhaps a scale.
    pub parameters: Vec<i64>,
    /// Whether it lies within an array, so that a row has many values of it.
    pub in_array: bool,
}

/// The precision of a BIGNUMERIC that has all digits it can have.
pub const ALL_DIGITS: i64 = i64::MAX;

/// What is wrong with what stands in brackets behind a type's name.
pub fn wrong_parameters(ty: &Type, parameters: &[i64]) -> Option<String> {
    let (most, digits) = match ty {
        _ if parameters.is_empty() => return None,
        Type::String | Type::Bytes => {
            let fits = matches!(parameters, [length] if *length > 0);
            return (!fits).then(|| format!("{ty} takes one length, greater than 0"));
        }
        Type::Numeric => (9, 29),
        Type::BigNumeric => (38, 38),
        _ => return Some(format!("{ty} takes nothing in brackets")),
    };
    let (precision, scale) = match parameters {
        [precision] => (*precision, 0),
        [precision, scale] => (*precision, *scale),
        _ => return Some(format!("{ty} takes a precision and a scale")),
    };
    let fits = (0..=most).contains(&scale)
        && ((scale.max(1)..=scale + digits).contains(&precision)
            || (*ty == Type::BigNumeric && precision == ALL_DIGITS));
    (!fits).then(|| format!("{ty} takes a scale of 0 to {most}, and up to {digits} digits before the point"))
}

/// Takes the numbers in brackets at the head of a text; none where it does not begin with brackets.
///
/// # Errors
/// What stands there are not numbers.
pub(super) fn take_parameters(rest: &mut &str) -> Result<Option<Vec<i64>>, String> {
    let Some(after) = rest.trim_start().strip_prefix('(') else { return Ok(None) };
    let Some((inner, behind)) = after.split_once(')') else { return Err("`)` is missing".to_owned()) };
    let number = |text: &str| match text.trim() {
        max if max.eq_ignore_ascii_case("MAX") => Ok(ALL_DIGITS),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().map_err(|_| format!("`{text}` is no length or precision"))
        }
        text => Err(format!("`{text}` is no length or precision")),
    };
    let numbers = inner.split(',').map(number).collect::<Result<_, _>>()?;
    *rest = behind;
    Ok(Some(numbers))
}
