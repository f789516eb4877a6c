//! Lambdas, as arguments of functions over arrays. DuckDB's hold no query: a lambda that does makes its call a query over the
//! elements.

use super::once::is_plain;
use super::relation::numbered;
use super::{Printer, identifier, member};
use crate::sql::resolve;
use crate::sql::tree::{Call, Expression, Kind, Name, Span};

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

    /// A call whose lambda holds a query, as a query; none where DuckDB's own function will do.
    pub(super) fn over_elements(&mut self, call: &Call, span: Span) -> Option<String> {
        let [array, Expression { kind: Kind::Lambda { parameters, body }, .. }] = call.arguments.as_slice()
        else {
            return None;
        };
        if !body.holds_query() || !self.becomes_query(body) {
            return None;
        }
        if array.any(&resolve::is_of_rows) || body.any(&resolve::is_of_rows) {
            return Some(
                self.untranslatable(span, "a query within a lambda over what an aggregate or a window gives"),
            );
        }
        let held = is_plain(array);
        let list = self.expression(array);
        self.queries += 1;
        let (rows, holder) = (format!("elements:{}", self.queries), format!("array:{}", self.queries));
        let whole = if held { list.clone() } else { member(&holder, "list") };
        let outer = self.bound.len();
        let names = parameters.iter().zip(["element", "place"]);
        self.bound.extend(names.map(|(name, part)| (String::new(), name.text.clone(), member(&rows, part))));
        self.merged.push(Vec::new());
        let value = self.expression(body);
        self.merged.pop();
        self.bound.truncate(outer);
        let from = format!(
            "(SELECT numbered.element AS element, numbered.place AS place FROM (SELECT unnest({}) AS numbered)) AS {}",
            numbered(&whole),
            identifier(&rows)
        );
        let element = member(&rows, "element");
        let place = member(&rows, "place");
        let made = match call.name.as_str() {
            "ARRAY_FILTER" => format!(
                "ARRAY(SELECT kept.element FROM (SELECT {element} AS element, {place} AS place FROM {from} WHERE {value}) AS kept ORDER BY kept.place)"
            ),
            "ARRAY_TRANSFORM" => format!(
                "ARRAY(SELECT made.element FROM (SELECT {value} AS element, {place} AS place FROM {from}) AS made ORDER BY made.place)"
            ),
            "ARRAY_INCLUDES" => format!("EXISTS (SELECT 1 FROM {from} WHERE {value})"),
            name => return Some(self.untranslatable(span, format!("a query within a lambda of {name}"))),
        };
        let made = format!("CASE WHEN {whole} IS NULL THEN NULL ELSE {made} END");
        Some(match held {
            true => format!("({made})"),
            false => format!("(SELECT {made} FROM (SELECT {list} AS list) AS {})", identifier(&holder)),
        })
    }

    /// Whether the SQL of an expression holds a query: one over a single array may be functions of it.
    pub(super) fn becomes_query(&mut self, expression: &Expression) -> bool {
        let (queries, problems) = (self.queries, self.problems.len());
        self.expression(expression);
        self.problems.truncate(problems);
        self.queries > queries
    }
}
