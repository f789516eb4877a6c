//! FOR SYSTEM_TIME AS OF: which moment's rows of a table are read. It must never let a query look at one table as of two
//! moments, nor take a moment that depends on a row.

use super::Resolver;
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind, Span};
use crate::sql::{self, Problem};

impl Resolver<'_> {
    /// The moment behind a table, which has no row to look at. A common table has no past.
    pub(super) fn past(&mut self, moment: &mut Expression, is_common: bool, span: Span) {
        // Nothing of this query is in sight, nor of one around it.
        self.expression(moment, &Scope::default());
        self.refuse_aggregates(moment, "FOR SYSTEM_TIME AS OF", "name a moment that no row decides");
        self.refuse_windows(moment, "FOR SYSTEM_TIME AS OF");
        self.adapt_literal(moment, &Type::Timestamp);
        if !matches!(moment.ty, Type::Timestamp | Type::Unknown) {
            let message = format!("FOR SYSTEM_TIME AS OF takes a TIMESTAMP, not {}", moment.ty);
            self.problem(Code::TypeMismatch, moment.span, message);
        }
        if let Some(query) = query_in(moment) {
            let problem = Problem::new(Code::SqlSyntax, query, "FOR SYSTEM_TIME AS OF takes no query");
            self.problems.push(
                problem.hint("name a moment: a literal, a parameter, or so long before CURRENT_TIMESTAMP()"),
            );
        }
        if is_common {
            let problem = Problem::new(
                Code::SqlSyntax,
                span,
                "FOR SYSTEM_TIME stands behind a table, and this is a WITH query",
            );
            self.problems.push(problem.hint("write it behind the tables that the WITH query reads"));
        }
    }

    /// The clause behind a name that stands for many tables or for a part of one.
    pub(super) fn past_of_many(&mut self, span: Span) {
        let problem =
            Problem::new(Code::Unsupported, span, "FOR SYSTEM_TIME AS OF of a part of the declared tables");
        self.problems.push(problem.hint("write it behind the table as it is declared"));
    }

    /// Notes the moment at which a table is read; one query reads a table as of one.
    pub(super) fn one_moment(&mut self, table: &str, moment: Option<&Expression>, span: Span) {
        let moment = moment.map(sql::key);
        match self.moments.iter().find(|(known, _)| known == table) {
            Some((_, known)) if *known != moment => {
                let message = format!("`{table}` is read as of two moments in one query");
                let problem = Problem::new(Code::SqlSyntax, span, message);
                self.problems.push(
                    problem.hint("read it as of one moment, with the same FOR SYSTEM_TIME AS OF everywhere"),
                );
            }
            Some(_) => {}
            None => self.moments.push((table.to_owned(), moment)),
        }
    }
}

/// Where a query stands within an expression.
fn query_in(expression: &Expression) -> Option<Span> {
    if matches!(expression.kind, Kind::Scalar(_) | Kind::ArrayQuery(_) | Kind::Exists { .. }) {
        return Some(expression.span);
    }
    let mut found = None;
    expression.children(&mut |child| found = found.or_else(|| query_in(child)));
    found
}
