//! DuckDB forms that depend on types, date parts or literals. Each gives SQL, or says what it cannot
//! translate; none may give a value that differs from GoogleSQL's.

mod array;
mod json;
mod moment;
mod number;
mod text;
mod type_name;

pub use array::*;
pub use json::*;
pub use moment::*;
pub use number::*;
pub use text::*;
pub use type_name::*;

use super::Translated;
use crate::schema::Type;
use crate::sql::duckdb::{literal, native_call};
use crate::sql::tree::{DatePart, Kind};

type Form = Result<String, String>;

impl Translated<'_> {
    /// The native function of this name on the arguments as they are. Date parts become texts, `WEEK(MONDAY)`.
    pub fn native(&self, name: &str) -> Form {
        let (mut arguments, mut types) = (Vec::new(), Vec::new());
        for (sql, argument) in self.sql.iter().zip(self.arguments) {
            match &argument.kind {
                Kind::Part(part) => {
                    arguments.push(literal(&part.to_string()));
                    types.push(Type::String);
                }
                // A word such as NFC.
                Kind::Text(_) if argument.ty == Type::Unknown => {
                    arguments.push(sql.clone());
                    types.push(Type::String);
                }
                _ => {
                    arguments.push(sql.clone());
                    types.push(argument.ty.clone());
                }
            }
        }
        native_call(name, &arguments, &types, self.result, self.safe)
    }

    fn ty(&self, index: usize) -> &Type {
        self.arguments.get(index).map_or(&Type::Null, |argument| &argument.ty)
    }

    fn part(&self, index: usize) -> Result<DatePart, String> {
        match self.arguments.get(index).map(|argument| &argument.kind) {
            Some(Kind::Part(part)) => Ok(*part),
            None => Ok(DatePart::Month),
            _ => Err("a date part such as DAY or MONTH is expected here".to_owned()),
        }
    }

    /// NULL if any argument is NULL, also where DuckDB passes over NULLs.
    fn strict(&self, value: &str) -> String {
        let missing: Vec<String> = self.sql.iter().map(|argument| format!("{argument} IS NULL")).collect();
        format!("CASE WHEN {} THEN NULL ELSE {value} END", missing.join(" OR "))
    }
}
