//! Values → a DuckDB vector.

use std::borrow::Borrow;
use std::error::Error;

use duckdb::core::{FlatVector, Inserter, ListVector, StructVector};
use duckdb::ffi;
use duckdb::vtab::arrow::WritableVector;

use super::range_fields;
use crate::schema::Type;
use crate::value::{Interval, Value, bytes_of_units};

type Written = Result<(), Box<dyn Error>>;

/// Writes a column of results, a row each.
pub fn column<'v>(output: &mut dyn WritableVector, ty: &Type, values: &[impl Borrow<Value<'v>>]) -> Written {
    match ty {
        Type::Array(element) => list(&mut output.list_vector(), element, values),
        Type::Struct(_) | Type::Range(_) => structure(&mut output.struct_vector(), ty, values),
        scalar => flat(&mut output.flat_vector(), scalar, values),
    }
}

fn list<'v>(vector: &mut ListVector, element: &Type, values: &[impl Borrow<Value<'v>>]) -> Written {
    let mut elements: Vec<&Value> = Vec::new();
    for (row, value) in values.iter().enumerate() {
        match value.borrow() {
            Value::Array(found) => {
                vector.set_entry(row, elements.len(), found.len());
                elements.extend(found);
            }
            Value::Null => {
                vector.set_entry(row, elements.len(), 0);
                vector.set_null(row);
            }
            other => return Err(misfit(other, "an ARRAY")),
        }
    }
    let count = elements.len();
    vector.try_reserve(count)?;
    match element {
        Type::Array(inner) => list(&mut vector.list_child(), inner, &elements)?,
        Type::Struct(_) | Type::Range(_) => structure(&mut vector.struct_child(count), element, &elements)?,
        scalar => flat(&mut vector.child(count), scalar, &elements)?,
    }
    vector.try_set_len(count)?;
    Ok(())
}

fn structure<'v>(vector: &mut StructVector, ty: &Type, values: &[impl Borrow<Value<'v>>]) -> Written {
    let types: Vec<Type> = match ty {
        Type::Range(element) => range_fields(element).map(|field| field.ty).to_vec(),
        other => other.fields().unwrap_or_default().iter().map(|field| field.ty.clone()).collect(),
    };
    for (row, value) in values.iter().enumerate() {
        if value.borrow().is_null() {
            vector.set_null(row);
        }
    }
    for (index, ty) in types.iter().enumerate() {
        let mut column: Vec<&Value> = Vec::with_capacity(values.len());
        for value in values {
            column.push(match value.borrow() {
                Value::Null => &Value::Null,
                Value::Struct(fields) if fields.len() == types.len() => &fields[index],
                Value::Range(bounds) if index == 0 => &bounds.0,
                Value::Range(bounds) => &bounds.1,
                other => return Err(misfit(other, "a STRUCT or a RANGE")),
            });
        }
        match ty {
            Type::Array(element) => list(&mut vector.list_vector_child(index), element, &column)?,
            Type::Struct(_) | Type::Range(_) => {
                structure(&mut vector.struct_vector_child(index), ty, &column)?;
            }
            scalar => flat(&mut vector.child(index, values.len()), scalar, &column)?,
        }
    }
    Ok(())
}

fn flat<'v>(vector: &mut FlatVector, ty: &Type, values: &[impl Borrow<Value<'v>>]) -> Written {
    for (row, value) in values.iter().enumerate() {
        match (value.borrow(), ty) {
            (Value::Null, _) => vector.set_null(row),
            (Value::String(text), Type::String | Type::Geography) | (Value::Json(text), Type::Json) => {
                vector.insert(row, text.as_ref());
            }
            (Value::Bytes(bytes), Type::Bytes) => vector.insert(row, bytes.as_ref()),
            (Value::Bool(truth), Type::Bool) => put(vector, row, *truth),
            (Value::Int64(number), Type::Int64 | Type::Null | Type::Unknown) => put(vector, row, *number),
            (Value::Float64(number), Type::Float64) => put(vector, row, *number),
            (Value::Numeric(units), Type::Numeric) => put(vector, row, *units),
            (Value::BigNumeric(units), Type::BigNumeric) => vector.insert(row, &bytes_of_units(*units)[..]),
            (Value::Date(days), Type::Date) => put(vector, row, *days),
            (Value::Datetime(micros), Type::Datetime)
            | (Value::Timestamp(micros), Type::Timestamp)
            | (Value::Time(micros), Type::Time) => put(vector, row, *micros),
            (Value::Interval(Interval { months, days, micros }), Type::Interval) => {
                put(vector, row, ffi::duckdb_interval { months: *months, days: *days, micros: *micros });
            }
            (other, ty) => return Err(misfit(other, &ty.to_string())),
        }
    }
    Ok(())
}

/// Puts a datum of a type's size into its row.
fn put<T: Copy>(vector: &FlatVector, row: usize, datum: T) {
    assert!(row < vector.capacity(), "a row beyond the vector");
    // SAFETY: the row is within the vector, whose type, matched by the caller, holds a `T` a row; 128-bit numbers
    // may stand at any multiple of eight bytes.
    unsafe { vector.as_mut_ptr::<T>().add(row).write_unaligned(datum) }
}

fn misfit(value: &Value, ty: &str) -> Box<dyn Error> {
    format!("a native function gave {value:?} where {ty} is due").into()
}
