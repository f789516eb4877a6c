//! The parameters of a query: `@name` and `?` with the values that they are given. Values are bound; none must ever become
//! a part of a text that DuckDB parses.

use std::sync::Arc;

use duckdb::types::{Decimal, TimeUnit, Value as Bound};

use super::{Answer, Asked, Failure, Limits, Session, json_value, translate};
use crate::schema::{Field, Type};
use crate::sql::tree::Expression;
use crate::sql::{Catalogue, Routine, Table, TableRoutine};
use crate::value::{NUMERIC_SCALE, Value, date_text, datetime_text, text};

/// The number before that of the first parameter with a name. Those without one count from 1.
const NAMED: usize = 1 << 20;
/// Digits of a NUMERIC in DuckDB.
const NUMERIC_WIDTH: u8 = 38;

/// A value that a query is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// In lower case; none for one that is asked for by `?`.
    pub name: Option<String>,
    pub ty: Type,
    pub value: Value<'static>,
}

impl Parameter {
    /// Whether values of a type can be bound.
    pub fn is_type(ty: &Type) -> bool {
        let is_nested =
            |ty: &Type| Self::is_type(ty) && !matches!(ty, Type::Interval | Type::Json | Type::Array(_));
        match ty {
            Type::BigNumeric | Type::Geography | Type::Range(_) | Type::Null | Type::Unknown => false,
            Type::Array(element) => is_nested(element),
            Type::Struct(fields) => fields.iter().enumerate().all(|(place, field)| {
                let is_array = matches!(field.ty, Type::Array(_)) && Self::is_type(&field.ty);
                let is_other = |other: &Field| !other.name.eq_ignore_ascii_case(&field.name);
                (is_nested(&field.ty) || is_array) && fields[..place].iter().all(is_other)
            }),
            _ => true,
        }
    }
}

/// A catalogue that knows parameters too.
pub struct WithParameters<'a> {
    pub catalogue: &'a dyn Catalogue,
    pub given: &'a [Parameter],
}

impl Catalogue for WithParameters<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        self.catalogue.table(name)
    }

    fn names(&self) -> Vec<String> {
        self.catalogue.names()
    }

    fn parameter(&self, name: &str) -> Option<Expression> {
        self.catalogue.parameter(name)
    }

    fn parameter_names(&self) -> Vec<String> {
        let given = self.given.iter().filter_map(|one| one.name.clone());
        given.chain(self.catalogue.parameter_names()).collect()
    }

    fn bound(&self, name: &str) -> Option<(usize, Type)> {
        let place = self.given.iter().position(|one| one.name.as_deref() == Some(name))?;
        Some((NAMED + place + 1, self.given[place].ty.clone()))
    }

    fn bound_at(&self, number: usize) -> Option<Type> {
        let found = self.given.get(place(number))?;
        (found.name.is_some() == (number > NAMED)).then(|| found.ty.clone())
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        self.catalogue.routine(name)
    }

    fn table_routine(&self, name: &str) -> Option<Arc<TableRoutine>> {
        self.catalogue.table_routine(name)
    }

    fn routine_names(&self) -> Vec<String> {
        self.catalogue.routine_names()
    }
}

/// The place of a parameter among those that are given, by its number.
pub(super) fn place(number: usize) -> usize {
    (if number > NAMED { number - NAMED } else { number }).saturating_sub(1)
}

/// The values as DuckDB is given them, in the order in which a query asks for them.
pub(super) fn bound(asked: &[Asked], given: &[Parameter]) -> Result<Vec<Bound>, Failure> {
    let one = |asked: &Asked| match asked {
        Asked::Given(place) => given.get(*place).and_then(|one| bound_value(&one.value, &one.ty)),
        Asked::Partition(_) => None,
    };
    let bound: Option<Vec<Bound>> = asked.iter().map(one).collect();
    bound.ok_or_else(|| Failure::Internal("a parameter of the query has no value".to_owned()))
}

fn bound_value(value: &Value, ty: &Type) -> Option<Bound> {
    Some(match value {
        Value::Null => Bound::Null,
        Value::Bool(truth) => Bound::Boolean(*truth),
        Value::Int64(number) => Bound::BigInt(*number),
        Value::Float64(number) => Bound::Double(*number),
        Value::Numeric(units) => {
            Bound::Decimal(Decimal::new(NUMERIC_WIDTH, NUMERIC_SCALE as u8, *units).ok()?)
        }
        Value::String(text) | Value::Json(text) => Bound::Text(text.to_string()),
        Value::Bytes(bytes) => Bound::Blob(bytes.to_vec()),
        Value::Date(days) => Bound::Date32(*days),
        Value::Datetime(micros) | Value::Timestamp(micros) => {
            Bound::Timestamp(TimeUnit::Microsecond, *micros)
        }
        Value::Time(micros) => Bound::Time64(TimeUnit::Microsecond, *micros),
        Value::Interval(interval) => Bound::Interval {
            months: interval.months,
            days: interval.days,
            nanos: interval.micros.checked_mul(1000)?,
        },
        Value::Array(_) | Value::Struct(_) => Bound::Text(nested(value, ty)?),
        Value::BigNumeric(_) | Value::Range(_) => return None,
    })
}

/// An array or a struct as JSON whose leaves are texts that DuckDB casts: it binds neither.
fn nested(value: &Value, ty: &Type) -> Option<String> {
    let quoted = |text: &str| json_value(&Value::string(text.to_owned()), &Type::String);
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Array(values) => {
            let element = ty.element()?;
            let values: Option<Vec<String>> = values.iter().map(|value| nested(value, element)).collect();
            format!("[{}]", values?.join(","))
        }
        Value::Struct(values) => {
            let field = |(value, field): (&Value, &Field)| {
                Some(format!("{}:{}", quoted(&field.name), nested(value, &field.ty)?))
            };
            let values: Option<Vec<String>> = values.iter().zip(ty.fields()?).map(field).collect();
            format!("{{{}}}", values?.join(","))
        }
        Value::Datetime(micros) | Value::Timestamp(micros) => quoted(&datetime_text(*micros)),
        Value::Date(days) => quoted(&date_text(*days)),
        // A text becomes bytes as it is, so that others than those of a text have no form.
        Value::Bytes(bytes) => quoted(std::str::from_utf8(bytes).ok()?),
        Value::Float64(number) => quoted(&number.to_string()),
        Value::BigNumeric(_) | Value::Range(_) | Value::Interval(_) | Value::Json(_) => return None,
        value => quoted(&text(value)),
    })
}

impl Session {
    /// The value that a text stands for: what GoogleSQL's CAST makes of it.
    ///
    /// # Errors
    /// It is none of the type.
    pub fn value(&self, text: &str, ty: &Type) -> Result<Value<'static>, Failure> {
        let given = Value::string(text.to_owned());
        match ty {
            Type::String => return Ok(given),
            Type::Json => {
                return match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                    Ok(_) => Ok(Value::Json(text.to_owned().into())),
                    Err(error) => Err(Failure::Failed(format!("no JSON: {error}"))),
                };
            }
            _ => {}
        }
        let given = [Parameter { name: Some("given".to_owned()), ty: Type::String, value: given }];
        let catalogue = WithParameters { catalogue: &super::NoTables, given: &given };
        let translated =
            translate(&format!("SELECT CAST(@given AS {ty})"), &catalogue).map_err(Failure::Mistakes)?;
        let Answer { rows, .. } = self.run(&translated, &translated.duckdb, &given, &Limits::default())?;
        Ok(rows.into_iter().flatten().next().unwrap_or(Value::Null))
    }
}
