//! Arrow's values, as DuckDB gives them, → GoogleSQL values of the types that the analysis inferred. It must never turn
//! a value into one of another type: where DuckDB's type is not the inferred one, the translation is wrong, and that is said.

use duckdb::arrow::array::{Array, ArrayRef, AsArray, StructArray};
use duckdb::arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Decimal128Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, IntervalMonthDayNanoType, IntervalUnit, Time64MicrosecondType, TimeUnit,
    TimestampMicrosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};

use super::Failure;
use crate::schema::{Field, Type};
use crate::value::{I256, Interval, NUMERIC_SCALE, Value, units_of_bytes};

/// The days from 0001-01-01 to 9999-12-31.
const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;
/// The microseconds of those days.
const MICROS: std::ops::RangeInclusive<i64> = -62_135_596_800_000_000..=253_402_300_799_999_999;

/// Adds a batch's rows.
pub(super) fn rows(
    batch: &StructArray,
    columns: &[Field],
    rows: &mut Vec<Vec<Value<'static>>>,
) -> Result<(), Failure> {
    if batch.num_columns() != columns.len() {
        let found = batch.num_columns();
        return Err(Failure::Internal(format!(
            "DuckDB gives {found} columns where the query has {}",
            columns.len()
        )));
    }
    rows.reserve(batch.len());
    for row in 0..batch.len() {
        let values = batch.columns().iter().zip(columns).map(|(array, column)| {
            value(array, row, &column.ty).map_err(|unfit| unfit.failure(column, array.data_type()))
        });
        rows.push(values.collect::<Result<_, _>>()?);
    }
    Ok(())
}

/// Why a value is none of its type.
enum Unfit {
    /// DuckDB's type is another one.
    Type,
    /// GoogleSQL's type does not reach so far.
    Range(&'static str),
}

impl Unfit {
    fn failure(self, column: &Field, found: &DataType) -> Failure {
        match self {
            Unfit::Type => Failure::Internal(format!(
                "the column `{}` must be {}, and DuckDB gives {found}",
                column.name, column.ty
            )),
            Unfit::Range(what) => Failure::Failed(what.to_owned()),
        }
    }
}

/// The value at a place of an array.
fn value(array: &ArrayRef, row: usize, ty: &Type) -> Result<Value<'static>, Unfit> {
    if array.is_null(row) || *array.data_type() == DataType::Null {
        return Ok(Value::Null);
    }
    Ok(match (ty, array.data_type()) {
        (Type::Bool, DataType::Boolean) => Value::Bool(array.as_boolean().value(row)),
        (Type::Int64, _) => Value::Int64(whole(array, row)?),
        (Type::Float64, DataType::Float64) => Value::Float64(primitive::<Float64Type>(array, row)),
        (Type::Numeric, DataType::Decimal128(_, scale)) => {
            let units = scaled(array, row, *scale, NUMERIC_SCALE)?;
            Value::Numeric(i128::try_from(units).map_err(|_| Unfit::Range("NUMERIC overflow"))?)
        }
        (Type::BigNumeric, DataType::Binary) => big(array.as_binary::<i32>().value(row))?,
        (Type::BigNumeric, DataType::LargeBinary) => big(array.as_binary::<i64>().value(row))?,
        (Type::String | Type::Geography, DataType::Utf8) => {
            Value::string(array.as_string::<i32>().value(row).to_owned())
        }
        (Type::String | Type::Geography, DataType::LargeUtf8) => {
            Value::string(array.as_string::<i64>().value(row).to_owned())
        }
        (Type::Json, DataType::Utf8) => Value::Json(array.as_string::<i32>().value(row).to_owned().into()),
        (Type::Bytes, DataType::Binary) => {
            Value::Bytes(array.as_binary::<i32>().value(row).to_owned().into())
        }
        (Type::Bytes, DataType::LargeBinary) => {
            Value::Bytes(array.as_binary::<i64>().value(row).to_owned().into())
        }
        (Type::Date, DataType::Date32) => {
            let days = primitive::<Date32Type>(array, row);
            if !DAYS.contains(&days) {
                return Err(Unfit::Range("DATE out of range: days lie between 0001-01-01 and 9999-12-31"));
            }
            Value::Date(days)
        }
        (Type::Datetime, DataType::Timestamp(TimeUnit::Microsecond, None)) => {
            Value::Datetime(micros(array, row, "DATETIME out of range: years lie between 1 and 9999")?)
        }
        (Type::Timestamp, DataType::Timestamp(TimeUnit::Microsecond, _)) => {
            Value::Timestamp(micros(array, row, "TIMESTAMP out of range: years lie between 1 and 9999")?)
        }
        (Type::Time, DataType::Time64(TimeUnit::Microsecond)) => {
            Value::Time(primitive::<Time64MicrosecondType>(array, row))
        }
        (Type::Interval, DataType::Interval(IntervalUnit::MonthDayNano)) => {
            let found = primitive::<IntervalMonthDayNanoType>(array, row);
            let micros = found.nanoseconds / 1000;
            Value::Interval(Interval { months: found.months, days: found.days, micros })
        }
        (Type::Range(element), DataType::Struct(_)) => {
            let [start, end] = array.as_struct().columns() else { return Err(Unfit::Type) };
            Value::Range(Box::new((value(start, row, element)?, value(end, row, element)?)))
        }
        (Type::Struct(fields), DataType::Struct(_)) => {
            let columns = array.as_struct().columns();
            if columns.len() != fields.len() {
                return Err(Unfit::Type);
            }
            let values = columns.iter().zip(fields.iter()).map(|(array, field)| value(array, row, &field.ty));
            Value::Struct(values.collect::<Result<_, _>>()?)
        }
        (Type::Array(element), DataType::List(_)) => elements(&array.as_list::<i32>().value(row), element)?,
        (Type::Array(element), DataType::LargeList(_)) => {
            elements(&array.as_list::<i64>().value(row), element)?
        }
        _ => return Err(Unfit::Type),
    })
}

fn big(bytes: &[u8]) -> Result<Value<'static>, Unfit> {
    units_of_bytes(bytes).map(Value::BigNumeric).ok_or(Unfit::Type)
}

fn elements(array: &ArrayRef, element: &Type) -> Result<Value<'static>, Unfit> {
    let values = (0..array.len()).map(|place| value(array, place, element));
    Ok(Value::Array(values.collect::<Result<_, _>>()?))
}

fn primitive<T: ArrowPrimitiveType>(array: &ArrayRef, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

/// A whole number of any width. What DuckDB counts in more than 64 bits is one as long as it fits.
fn whole(array: &ArrayRef, row: usize) -> Result<i64, Unfit> {
    const OVERFLOW: Unfit = Unfit::Range("INT64 overflow");
    Ok(match array.data_type() {
        DataType::Int8 => primitive::<Int8Type>(array, row).into(),
        DataType::Int16 => primitive::<Int16Type>(array, row).into(),
        DataType::Int32 => primitive::<Int32Type>(array, row).into(),
        DataType::Int64 => primitive::<Int64Type>(array, row),
        DataType::UInt8 => primitive::<UInt8Type>(array, row).into(),
        DataType::UInt16 => primitive::<UInt16Type>(array, row).into(),
        DataType::UInt32 => primitive::<UInt32Type>(array, row).into(),
        DataType::UInt64 => i64::try_from(primitive::<UInt64Type>(array, row)).map_err(|_| OVERFLOW)?,
        DataType::Decimal128(_, 0) => {
            i64::try_from(primitive::<Decimal128Type>(array, row)).map_err(|_| OVERFLOW)?
        }
        _ => return Err(Unfit::Type),
    })
}

/// A decimal in units of another, finer scale.
fn scaled(array: &ArrayRef, row: usize, scale: i8, wanted: usize) -> Result<I256, Unfit> {
    let missing = u32::try_from(wanted as i64 - i64::from(scale)).map_err(|_| Unfit::Type)?;
    let units = I256::from(primitive::<Decimal128Type>(array, row));
    units.checked_mul(I256::from(10).pow(missing)).ok_or(Unfit::Range("numeric overflow"))
}

fn micros(array: &ArrayRef, row: usize, beyond: &'static str) -> Result<i64, Unfit> {
    let micros = primitive::<TimestampMicrosecondType>(array, row);
    if MICROS.contains(&micros) { Ok(micros) } else { Err(Unfit::Range(beyond)) }
}
