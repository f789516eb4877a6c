//! Which types go together: supertypes, coercion of values and of literals, comparison, CAST. As GoogleSQL
//! documents it, and nothing else: no function is known here.

use crate::schema::{Field, Type};
use crate::sql::tree::{Expression, Kind, Unary};

/// How far a value is from a type that it becomes by itself. Literals go further, and cost less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    pub values: u32,
    pub value_steps: u32,
    pub literals: u32,
    pub literal_steps: u32,
}

impl Distance {
    fn of_value(steps: u32) -> Self {
        Self { values: u32::from(steps > 0), value_steps: steps, ..Self::default() }
    }

    fn of_literal(steps: u32) -> Self {
        Self { literals: u32::from(steps > 0), literal_steps: steps, ..Self::default() }
    }

    pub fn add(&mut self, other: Self) {
        self.values += other.values;
        self.value_steps += other.value_steps;
        self.literals += other.literals;
        self.literal_steps += other.literal_steps;
    }
}

/// The type that both mix into; a bare NULL takes the other's type.
pub fn supertype(left: &Type, right: &Type) -> Option<Type> {
    use Type::{Array, BigNumeric, Date, Datetime, Float64, Int64, Null, Numeric, Struct, Unknown};
    Some(match (left, right) {
        (left, right) if left == right => left.clone(),
        (Null, other) | (other, Null) | (Unknown, other) | (other, Unknown) => other.clone(),
        (Float64, other) | (other, Float64) if other.is_numeric() => Float64,
        (BigNumeric, other) | (other, BigNumeric) if other.is_numeric() => BigNumeric,
        (Numeric, Int64) | (Int64, Numeric) => Numeric,
        (Date, Datetime) | (Datetime, Date) => Datetime,
        (Array(left), Array(right)) => Type::array(alike(left, right)?),
        (Struct(left), Struct(right)) => fieldwise(left, right, supertype)?,
        _ => return None,
    })
}

/// One type for elements of arrays, which do not coerce: only names of fields and NULLs may differ.
fn alike(left: &Type, right: &Type) -> Option<Type> {
    use Type::{Array, Null, Struct, Unknown};
    Some(match (left, right) {
        (left, right) if left == right => left.clone(),
        (Null, other) | (other, Null) | (Unknown, other) | (other, Unknown) => other.clone(),
        (Array(left), Array(right)) => Type::array(alike(left, right)?),
        (Struct(left), Struct(right)) => fieldwise(left, right, alike)?,
        _ => return None,
    })
}

fn fieldwise(left: &[Field], right: &[Field], one: fn(&Type, &Type) -> Option<Type>) -> Option<Type> {
    if left.len() != right.len() {
        return None;
    }
    let fields = left
        .iter()
        .zip(right)
        .map(|(left, right)| one(&left.ty, &right.ty).map(|ty| Field::new(left.name.clone(), ty)));
    Some(Type::structure(fields.collect::<Option<Vec<_>>>()?))
}

/// How far a value of one type is from another that it becomes by itself.
fn steps(from: &Type, to: &Type) -> Option<u32> {
    use Type::{Array, BigNumeric, Date, Datetime, Float64, Int64, Null, Numeric, Struct, Unknown};
    Some(match (from, to) {
        (from, to) if from == to => 0,
        (Unknown, _) | (_, Unknown) | (_, Null) => 0,
        (Null, _) => 1,
        (Int64, Float64) | (Numeric, BigNumeric) | (Date, Datetime) => 1,
        (Int64, Numeric) => 2,
        (Int64, BigNumeric) => 3,
        (Numeric | BigNumeric, Float64) => 10,
        (Array(from), Array(to)) => alike(from, to).map(|_| 0)?,
        (Struct(from), Struct(to)) if from.len() == to.len() => {
            let mut sum = 0;
            for (from, to) in from.iter().zip(to.iter()) {
                sum += steps(&from.ty, &to.ty)?;
            }
            sum
        }
        _ => return None,
    })
}

/// Whether the value stands in the text, of a type that its place may change.
pub fn is_literal(value: &Expression) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Text(_) | Kind::Bytes(_) => {
            true
        }
        Kind::Unary { operator: Unary::Minus | Unary::Plus, operand } => {
            matches!(operand.kind, Kind::Integer(_) | Kind::Float(_))
        }
        Kind::Array(items) => items.iter().all(is_literal),
        Kind::Struct(fields) => fields.iter().all(|(_, field)| is_literal(field)),
        _ => value.ty == Type::Null,
    }
}

/// How far an expression is from a type; none where it does not become one by itself.
pub fn distance(value: &Expression, to: &Type) -> Option<Distance> {
    if value.ty == *to {
        return Some(Distance::default());
    }
    match (&value.kind, to) {
        (Kind::Array(items), Type::Array(element)) if is_literal(value) => {
            let mut sum = Distance::of_literal(1);
            for item in items {
                sum.literal_steps += distance(item, element)?.literal_steps;
            }
            Some(sum)
        }
        (Kind::Struct(fields), Type::Struct(wanted)) if fields.len() == wanted.len() => {
            let mut sum = Distance::default();
            for ((_, value), wanted) in fields.iter().zip(wanted.iter()) {
                sum.add(distance(value, &wanted.ty)?);
            }
            Some(sum)
        }
        _ if is_literal(value) => literal_steps(value, to).map(Distance::of_literal),
        _ => steps(&value.ty, to).map(Distance::of_value),
    }
}

fn literal_steps(value: &Expression, to: &Type) -> Option<u32> {
    use Type::{BigNumeric, Bytes, Date, Datetime, Float64, Numeric, String, Time, Timestamp};
    match (&value.ty, to) {
        (String, Date | Datetime | Time | Timestamp) => Some(2),
        (String, Bytes) => Some(3),
        (Float64, Numeric) => Some(2),
        (Float64, BigNumeric) => Some(3),
        (from, to) => steps(from, to),
    }
}

/// The one type that expressions come to: that of those which are no literals where the literals fit it. A
/// struct's fields have the names of the first one's.
///
/// # Errors
/// Two types that do not mix.
pub fn common(parts: &[&Expression]) -> Result<Type, (Type, Type)> {
    let found = mixed(parts)?;
    let first = parts.iter().map(|part| &part.ty).find(|ty| **ty != Type::Null);
    Ok(first.and_then(|first| renamed(&found, first)).unwrap_or(found))
}

/// A type with the names of another's fields, where those differ.
fn renamed(ty: &Type, like: &Type) -> Option<Type> {
    match (ty, like) {
        (Type::Struct(fields), Type::Struct(names)) if fields.len() == names.len() && fields != names => {
            let fields = fields.iter().zip(names.iter());
            let fields = fields.map(|(field, like)| Field { name: like.name.clone(), ..field.clone() });
            Some(Type::structure(fields.collect()))
        }
        (Type::Array(element), Type::Array(like)) => renamed(element, like).map(Type::array),
        _ => None,
    }
}

fn mixed(parts: &[&Expression]) -> Result<Type, (Type, Type)> {
    if let Some(structs) = constructed(parts) {
        return structs;
    }
    if parts.iter().any(|part| part.ty == Type::Unknown) {
        return Ok(fold(parts.iter().map(|part| &part.ty)).unwrap_or(Type::Unknown));
    }
    let mut values = parts.iter().filter(|part| !is_literal(part)).map(|part| &part.ty).peekable();
    if values.peek().is_some() {
        let common = fold(values)?;
        if parts.iter().all(|part| distance(part, &common).is_some()) {
            return Ok(common);
        }
    } else if let Some(array) = literal_array(parts) {
        return Ok(array);
    } else if let Some(one) = parts
        .iter()
        .map(|part| &part.ty)
        .find(|ty| **ty != Type::Null && parts.iter().all(|part| distance(part, ty).is_some()))
    {
        return Ok(one.clone());
    }
    fold(parts.iter().map(|part| &part.ty))
}

/// Structs that are written out mix field by field, so that literals in them count as such.
fn constructed(parts: &[&Expression]) -> Option<Result<Type, (Type, Type)>> {
    let mut rows = Vec::new();
    for part in parts {
        match &part.kind {
            Kind::Struct(fields) => rows.push(fields),
            _ if part.ty == Type::Null => {}
            _ => return None,
        }
    }
    let names = parts.iter().find_map(|part| part.ty.fields())?;
    if rows.len() < 2 || rows.iter().any(|row| row.len() != names.len()) {
        return None;
    }
    let mut fields = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let column: Vec<&Expression> = rows.iter().map(|row| &row[place].1).collect();
        match mixed(&column) {
            Ok(Type::Null) => fields.push(Field { ty: Type::Int64, ..name.clone() }),
            Ok(ty) => fields.push(Field { ty, ..name.clone() }),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok(Type::structure(fields)))
}

fn fold<'a>(mut types: impl Iterator<Item = &'a Type>) -> Result<Type, (Type, Type)> {
    types.try_fold(Type::Null, |sum, ty| supertype(&sum, ty).ok_or_else(|| (sum, ty.clone())))
}

/// Arrays that are literals all of them become arrays of what their elements mix into.
fn literal_array(parts: &[&Expression]) -> Option<Type> {
    let mut sum = Type::Null;
    for part in parts {
        sum = match (&part.ty, sum) {
            (Type::Null, sum) => sum,
            (Type::Array(element), Type::Null) => (**element).clone(),
            (Type::Array(element), sum) => supertype(&sum, element)?,
            _ => return None,
        };
    }
    (sum != Type::Null).then(|| Type::array(sum))
}

/// Whether `=` takes the type, so that its values group and count as distinct.
pub fn has_equality(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Geography | Type::Array(_) => false,
        Type::Struct(fields) => fields.iter().all(|field| has_equality(&field.ty)),
        _ => true,
    }
}

/// Whether `<` takes the type, so that it sorts and has a greatest value.
pub fn is_ordered(ty: &Type) -> bool {
    !matches!(ty, Type::Json | Type::Geography | Type::Array(_) | Type::Struct(_))
}

/// Whether CAST takes a FORMAT between two types.
pub fn takes_format(from: &Type, to: &Type) -> bool {
    let formatted =
        |ty: &Type| matches!(ty, Type::Bytes | Type::Date | Type::Datetime | Type::Time | Type::Timestamp);
    match (from, to) {
        (Type::Unknown, _) | (_, Type::Unknown) => true,
        (Type::Null | Type::String, to) => formatted(to) || (*from == Type::Null && *to == Type::String),
        (from, Type::String) => formatted(from) || from.is_numeric(),
        _ => false,
    }
}

/// Whether CAST takes a value from one type to the other.
pub fn castable(from: &Type, to: &Type) -> bool {
    use Type::{
        Array, BigNumeric, Bool, Bytes, Date, Datetime, Float64, Int64, Interval, Null, Numeric, Range,
        String, Struct, Time, Timestamp, Unknown,
    };
    if from == to {
        return true;
    }
    match (from, to) {
        (Null | Unknown, _) | (_, Unknown) => true,
        (Array(from), Array(to)) => castable(from, to),
        (Struct(from), Struct(to)) => {
            from.len() == to.len() && from.iter().zip(to.iter()).all(|(from, to)| castable(&from.ty, &to.ty))
        }
        (Int64, Bool) | (Bool, Int64) => true,
        (other, String) | (String, other) => matches!(
            other,
            Int64
                | Float64
                | Numeric
                | BigNumeric
                | Bool
                | Bytes
                | Date
                | Datetime
                | Time
                | Timestamp
                | Interval
                | Range(_)
        ),
        (Date, to) => matches!(to, Datetime | Timestamp),
        (Datetime, to) => matches!(to, Date | Time | Timestamp),
        (Timestamp, to) => matches!(to, Date | Datetime | Time),
        (from, to) => from.is_numeric() && to.is_numeric(),
    }
}
