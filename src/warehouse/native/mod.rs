//! Native functions in DuckDB: those that a query calls are registered before it runs, each once per database,
//! for the types that it is called with.

mod read;
mod write;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::error::Error;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, anyhow};
use duckdb::Connection;
use duckdb::core::{DataChunkHandle, LogicalTypeHandle, LogicalTypeId};
use duckdb::vscalar::{ScalarFunctionSignature, VScalar};
use duckdb::vtab::arrow::WritableVector;

use crate::schema::{Field, Type};
use crate::sql::duckdb::{NativeCall, column_names, native_calls};
use crate::value::Value;

/// What is registered in one database, by the names under which queries call it.
#[derive(Default)]
pub struct Installed(Mutex<BTreeSet<String>>);

impl Installed {
    /// Registers what a translated query calls and is not there yet. The connection must be in no transaction,
    /// and other connections see the functions in the transactions that they begin afterwards.
    ///
    /// # Errors
    /// What DuckDB says.
    pub fn install(&self, connection: &Connection, sql: &str) -> anyhow::Result<()> {
        for call in native_calls(sql) {
            let mut installed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if installed.contains(&call.spelled) {
                continue;
            }
            // What a failed query left open would take the function with it when it ends.
            connection.execute_batch("SELECT 1;").context("ending what ran before")?;
            register(connection, &call).with_context(|| format!("registering {}", call.spelled))?;
            installed.insert(call.spelled);
        }
        Ok(())
    }
}

thread_local! {
    /// What is being registered: the crate asks a type, not a value, for its signature.
    static SIGNATURE: RefCell<Option<NativeCall>> = const { RefCell::new(None) };
}

fn register(connection: &Connection, call: &NativeCall) -> anyhow::Result<()> {
    SIGNATURE.with(|signature| *signature.borrow_mut() = Some(call.clone()));
    let registered = match call.native.volatile {
        true => connection.register_scalar_function_with_state::<Adapter<true>>(&call.spelled, call),
        false => connection.register_scalar_function_with_state::<Adapter<false>>(&call.spelled, call),
    };
    SIGNATURE.with(|signature| *signature.borrow_mut() = None);
    registered.map_err(|error| anyhow!(error))
}

/// Calls a native function for each row.
struct Adapter<const VOLATILE: bool>;

impl<const VOLATILE: bool> VScalar for Adapter<VOLATILE> {
    type State = NativeCall;

    fn invoke(
        call: &NativeCall,
        input: &mut DataChunkHandle,
        output: &mut dyn WritableVector,
    ) -> Result<(), Box<dyn Error>> {
        let rows = input.len();
        let strict = call.native.strict;
        let columns = read::columns(input, &call.held());
        let columns: Vec<read::Column> = match strict {
            true => columns,
            false => columns.into_iter().flat_map(read::Column::into_fields).collect(),
        };
        let mut results = Vec::with_capacity(rows);
        let mut arguments: Vec<Value> = Vec::with_capacity(columns.len());
        for row in 0..rows {
            arguments.clear();
            arguments.extend(columns.iter().map(|column| column.value(row)));
            let value = if strict && arguments.iter().any(Value::is_null) {
                Value::Null
            } else {
                match (call.native.body)(&arguments) {
                    Err(_) if call.safe => Value::Null,
                    other => other?,
                }
            };
            results.push(value);
        }
        write::column(output, &call.result, &results)
    }

    fn signatures() -> Vec<ScalarFunctionSignature> {
        SIGNATURE.with(|signature| {
            let signature = signature.borrow();
            let signature = signature
                .as_ref()
                .map(|call| (call.held().iter().map(logical_type).collect(), logical_type(&call.result)));
            signature.into_iter().map(|(held, result)| ScalarFunctionSignature::exact(held, result)).collect()
        })
    }

    fn volatile() -> bool {
        VOLATILE
    }
}

/// The DuckDB type that holds a GoogleSQL type, as [`crate::sql::duckdb::data_type`] writes it.
fn logical_type(ty: &Type) -> LogicalTypeHandle {
    let structure = |fields: &[Field]| {
        let names: Vec<String> = column_names(fields);
        let types = fields.iter().map(|field| logical_type(&field.ty));
        LogicalTypeHandle::struct_type(&names.iter().map(String::as_str).zip(types).collect::<Vec<_>>())
    };
    match ty {
        Type::Int64 | Type::Null | Type::Unknown => LogicalTypeId::Bigint.into(),
        Type::Float64 => LogicalTypeId::Double.into(),
        Type::Numeric => LogicalTypeHandle::decimal(38, 9),
        Type::Bool => LogicalTypeId::Boolean.into(),
        Type::String | Type::Geography => LogicalTypeId::Varchar.into(),
        Type::Bytes | Type::BigNumeric => LogicalTypeId::Blob.into(),
        Type::Date => LogicalTypeId::Date.into(),
        Type::Datetime | Type::Timestamp => LogicalTypeId::Timestamp.into(),
        Type::Time => LogicalTypeId::Time.into(),
        Type::Interval => LogicalTypeId::Interval.into(),
        Type::Json => {
            let mut text: LogicalTypeHandle = LogicalTypeId::Varchar.into();
            text.set_alias("JSON");
            text
        }
        Type::Range(element) => structure(&range_fields(element)),
        Type::Array(element) => LogicalTypeHandle::list(&logical_type(element)),
        Type::Struct(fields) => structure(fields),
    }
}

/// The struct that holds a RANGE.
fn range_fields(element: &Type) -> [Field; 2] {
    ["start", "end"].map(|name| Field::new(name, element.clone()))
}

#[cfg(test)]
mod tests;
