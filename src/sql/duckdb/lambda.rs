//! Lambdas, as arguments of functions over arrays.

use super::{Printer, identifier};
use crate::sql::tree::{Expression, Name, Span};

impl Printer {
    /// `e -> value`, `(e, i) -> value`. DuckDB counts elements from 1.
    pub(super) fn lambda(&mut self, parameters: &[Name], body: &Expression, span: Span) -> String {
        let queries = self.queries;
        let value = self.expression(body);
        if self.queries > queries {
            return self.untranslatable(span, "a query within a lambda");
        }
        let names: Vec<String> = parameters.iter().map(|name| identifier(&name.text)).collect();
        match names.as_slice() {
            [element, index] => {
                let from_one = identifier(&format!("({} from 1)", parameters[1].text));
                format!(
                    "lambda {element}, {from_one}: list_transform([{from_one} - 1], lambda {index}: {value})[1]"
                )
            }
            _ => format!("lambda {}: {value}", names.join(", ")),
        }
    }
}
