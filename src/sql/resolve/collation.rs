//! Collations: which ones there are, and what takes one. By which texts compare is for those to say who run the query; nothing
//! here may pass for a comparison by one.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::Problem;
use crate::sql::tree::{Call, Kind, Order, Span};

/// What BigQuery knows: nothing, comparison by code points, and comparison without case.
const KNOWN: &[&str] = &["", "binary", "und:ci"];

impl Resolver<'_> {
    /// `COLLATE(text, 'und:ci')`
    pub(super) fn collate(&mut self, call: &Call) {
        let ("COLLATE", [_, collation]) = (call.name.as_str(), call.arguments.as_slice()) else { return };
        match &collation.kind {
            Kind::Text(name) => self.known_collation(name, collation.span),
            _ => {
                let message = "COLLATE takes the name of a collation as a literal";
                let problem = Problem::new(Code::TypeMismatch, collation.span, message);
                self.problems.push(problem.hint("write `COLLATE(text, 'und:ci')`"));
            }
        }
    }

    /// `ORDER BY text COLLATE 'und:ci'`
    pub(super) fn collated_order(&mut self, order: &Order, ty: &Type) {
        let Some(name) = &order.collation else { return };
        let span = order.expression.span;
        if !matches!(ty, Type::String | Type::Null | Type::Unknown) {
            self.problem(Code::TypeMismatch, span, format!("COLLATE orders STRINGs, not {ty}"));
        }
        self.known_collation(name, span);
    }

    fn known_collation(&mut self, name: &str, span: Span) {
        if !KNOWN.contains(&name) {
            let problem = Problem::new(Code::TypeMismatch, span, format!("there is no collation `{name}`"));
            self.problems.push(problem.hint("there are 'und:ci', which does not look at case, and 'binary'"));
        }
    }
}
