//! DuckDB's vectors → values, row by row. The one place that looks at their memory: it must read only what the
//! logical type of a column says is there.

use std::borrow::Cow;
use std::marker::PhantomData;

use duckdb::core::DataChunkHandle;
use duckdb::ffi;

use super::range_fields;
use crate::schema::Type;
use crate::value::{Interval, Value, units_of_bytes};

/// A column of a chunk, borrowed from it.
pub struct Column<'a> {
    data: *const u8,
    /// A bit a row, or null where every row has a value.
    validity: *mut u64,
    layout: Layout<'a>,
    /// What the column reads, where it is no part of the chunk.
    _copy: Option<Flat>,
    chunk: PhantomData<&'a DataChunkHandle>,
}

/// A copy of a vector that is flat throughout.
struct Flat(ffi::duckdb_vector);

impl Flat {
    /// # Safety
    /// The vector holds so many values.
    unsafe fn of(vector: ffi::duckdb_vector, count: u64) -> Self {
        // SAFETY: the copy is made for values of the vector's type and for as many of them; the selection, which has a
        // place for each, names all of them in their order.
        unsafe {
            let mut ty = ffi::duckdb_vector_get_column_type(vector);
            let copy = ffi::duckdb_create_vector(ty, count.max(1));
            ffi::duckdb_destroy_logical_type(&raw mut ty);
            if count > 0 {
                let selection = ffi::duckdb_create_selection_vector(count);
                let places = ffi::duckdb_selection_vector_get_data_ptr(selection);
                (0..count as usize).for_each(|at| places.add(at).write(at as u32));
                ffi::duckdb_vector_copy_sel(vector, copy, selection, count, 0, 0);
                ffi::duckdb_destroy_selection_vector(selection);
            }
            Self(copy)
        }
    }
}

impl Drop for Flat {
    fn drop(&mut self) {
        // SAFETY: it is made in `of` and destroyed here only.
        unsafe { ffi::duckdb_destroy_vector(&raw mut self.0) }
    }
}

enum Layout<'a> {
    Scalar(Type),
    Array(Box<Column<'a>>),
    Struct(Vec<Column<'a>>),
    Range(Vec<Column<'a>>),
}

/// The columns of a chunk that was made for these types.
pub fn columns<'a>(chunk: &'a DataChunkHandle, types: &[Type]) -> Vec<Column<'a>> {
    types
        .iter()
        .enumerate()
        // SAFETY: DuckDB calls a function with as many columns as it has parameters, of their types, flat, and
        // they live as long as the chunk.
        .map(|(index, ty)| unsafe {
            Column::new(ffi::duckdb_data_chunk_get_vector(chunk.get_ptr(), index as u64), ty, false)
        })
        .collect()
}

impl<'a> Column<'a> {
    /// # Safety
    /// The vector is flat, of the DuckDB type that holds `ty`, and lives as long as the column. What its lists hold is flat
    /// too where it says so: otherwise one value may stand for all there, or places in another vector.
    unsafe fn new(vector: ffi::duckdb_vector, ty: &Type, lists_are_flat: bool) -> Self {
        let fields = |types: &mut dyn Iterator<Item = &Type>| -> Vec<Column<'a>> {
            types
                .enumerate()
                // SAFETY: a struct's children are flat vectors of the types of its fields.
                .map(|(index, ty)| unsafe {
                    Column::new(ffi::duckdb_struct_vector_get_child(vector, index as u64), ty, lists_are_flat)
                })
                .collect()
        };
        let layout = match ty {
            // SAFETY: a list's child is a vector of its elements' type, and a copy lives in its column.
            Type::Array(element) => Layout::Array(Box::new(unsafe {
                let child = ffi::duckdb_list_vector_get_child(vector);
                let copy =
                    (!lists_are_flat).then(|| Flat::of(child, ffi::duckdb_list_vector_get_size(vector)));
                let elements = copy.as_ref().map_or(child, |copy| copy.0);
                Column { _copy: copy, ..Column::new(elements, element, true) }
            })),
            Type::Struct(all) => Layout::Struct(fields(&mut all.iter().map(|field| &field.ty))),
            Type::Range(element) => {
                Layout::Range(fields(&mut range_fields(element).iter().map(|field| &field.ty)))
            }
            scalar => Layout::Scalar(scalar.clone()),
        };
        // SAFETY: both only look the pointers up.
        let (data, validity) =
            unsafe { (ffi::duckdb_vector_get_data(vector), ffi::duckdb_vector_get_validity(vector)) };
        Self { data: data.cast_const().cast(), validity, layout, _copy: None, chunk: PhantomData }
    }

    /// The columns of a struct's fields.
    pub fn into_fields(self) -> Vec<Self> {
        match self.layout {
            Layout::Struct(fields) => fields,
            _ => Vec::new(),
        }
    }

    /// The value of a row, which has to be one of the chunk's.
    pub fn value(&self, row: usize) -> Value<'_> {
        // SAFETY: the mask has a bit for each row.
        let valid = self.validity.is_null()
            || unsafe { ffi::duckdb_validity_row_is_valid(self.validity, row as u64) };
        if !valid {
            return Value::Null;
        }
        match &self.layout {
            Layout::Scalar(ty) => self.scalar(ty, row),
            Layout::Array(elements) => {
                let entry: ffi::duckdb_list_entry = self.at(row);
                let rows = entry.offset as usize..(entry.offset + entry.length) as usize;
                Value::Array(rows.map(|row| elements.value(row)).collect())
            }
            Layout::Struct(fields) => Value::Struct(fields.iter().map(|field| field.value(row)).collect()),
            Layout::Range(bounds) => {
                let bound = |at: usize| bounds.get(at).map_or(Value::Null, |bound| bound.value(row));
                Value::Range(Box::new((bound(0), bound(1))))
            }
        }
    }

    fn scalar(&self, ty: &Type, row: usize) -> Value<'_> {
        match ty {
            Type::Int64 | Type::Null | Type::Unknown => Value::Int64(self.at(row)),
            Type::Float64 => Value::Float64(self.at(row)),
            Type::Numeric => Value::Numeric(self.at(row)),
            // Bytes that are none stay what they are, and no function takes them.
            Type::BigNumeric => match units_of_bytes(self.bytes(row)) {
                Some(units) => Value::BigNumeric(units),
                None => Value::Bytes(Cow::Borrowed(self.bytes(row))),
            },
            Type::Bool => Value::Bool(self.at::<u8>(row) != 0),
            Type::Date => Value::Date(self.at(row)),
            Type::Datetime => Value::Datetime(self.at(row)),
            Type::Timestamp => Value::Timestamp(self.at(row)),
            Type::Time => Value::Time(self.at(row)),
            Type::Interval => {
                let ffi::duckdb_interval { months, days, micros } = self.at(row);
                Value::Interval(Interval { months, days, micros })
            }
            Type::Bytes => Value::Bytes(Cow::Borrowed(self.bytes(row))),
            // DuckDB's texts are always valid; what is not would only be shown with marks in place of it.
            Type::String | Type::Geography => Value::String(String::from_utf8_lossy(self.bytes(row))),
            Type::Json => Value::Json(String::from_utf8_lossy(self.bytes(row))),
            Type::Array(_) | Type::Struct(_) | Type::Range(_) => Value::Null,
        }
    }

    /// The fixed-size datum of a row.
    fn at<T: Copy>(&self, row: usize) -> T {
        // SAFETY: the column's type says that the vector holds a `T` a row; 128-bit numbers may stand at any
        // multiple of eight bytes.
        unsafe { self.data.cast::<T>().add(row).read_unaligned() }
    }

    fn bytes(&self, row: usize) -> &[u8] {
        // SAFETY: a text or blob vector holds a `duckdb_string_t` a row. A short text stands within it, so it
        // is asked for in place. It lives as long as the column.
        unsafe {
            let text = self.data.cast::<ffi::duckdb_string_t>().add(row).cast_mut();
            let length = ffi::duckdb_string_t_length(*text) as usize;
            std::slice::from_raw_parts(ffi::duckdb_string_t_data(text).cast::<u8>(), length)
        }
    }
}
