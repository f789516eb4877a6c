//! WITH clauses: common tables, recursive ones too.

use std::collections::BTreeSet;

use super::columns::{Columns, ScopeColumn};
use super::scope::Scope;
use super::{Common, Resolver, Rows};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::tree::{Body, CommonTable, Query, SetOperator};

impl Resolver<'_> {
    /// Resolves the common tables of a query, in their order.
    pub(super) fn common_tables(
        &mut self,
        with: &mut Vec<CommonTable>,
        recursive: bool,
        outer: Option<&Scope>,
    ) {
        if recursive {
            in_order(with);
        }
        let mut names = BTreeSet::new();
        for table in with {
            if !names.insert(table.name.text.to_lowercase()) {
                let message = format!("two common tables are named `{}`", table.name.text);
                self.problem(Code::AmbiguousName, table.name.span, message);
            }
            let number = self.common_uses.len();
            self.common_uses.push(0);
            let names_itself = recursive && names_itself(table);
            if names_itself {
                self.check_recursion(table);
                self.start_recursion(table, number, outer);
            }
            let mut rows = self.query(&mut table.query, outer);
            if let Some(first) = self.common.pop_if(|_| names_itself) {
                self.check_recursive_types(table, &first, &rows);
            }
            for origin in rows.columns.iter_mut().flat_map(|column| &mut column.origins) {
                origin.through.push(number);
                origin.movable &= !names_itself;
            }
            self.push_common(table, number, rows);
        }
    }

    /// The columns of a table that names itself are those of its first rows.
    fn start_recursion(&mut self, table: &CommonTable, number: usize, outer: Option<&Scope>) {
        let mut first = table.query.clone();
        while let Body::Set { left, .. } = first.body {
            first.body = *left;
        }
        // What is wrong with it is said when the whole is resolved.
        let (problems, uses, meanings) = (self.problems.len(), self.uses.len(), self.meanings.len());
        let mut rows = self.query(&mut first, outer);
        self.problems.truncate(problems);
        self.uses.truncate(uses);
        self.meanings.truncate(meanings);
        rows.columns.iter_mut().for_each(|column| column.origins.clear());
        self.push_common(table, number, rows);
    }

    /// The rows that a table adds to itself have the types of its first ones.
    fn check_recursive_types(&mut self, table: &CommonTable, first: &Common, rows: &Rows) {
        for (given, column) in first.columns.fields().zip(&rows.columns) {
            let (given, ty) = (&given.ty, &column.field.ty);
            if given != ty && ![given, ty].contains(&&Type::Unknown) {
                let name = &column.field.name;
                let message = format!(
                    "the first rows of `{}` have {given} in `{name}`, the next ones {ty}",
                    table.name.text
                );
                let problem = Problem::new(Code::TypeMismatch, table.name.span, message);
                self.problems.push(problem.hint(format!("cast it in the first rows: `CAST(… AS {ty})`")));
            }
        }
    }

    /// A table that a function takes as an argument.
    pub(super) fn push_argument(&mut self, name: &str, columns: Vec<Field>) {
        let number = self.common_uses.len();
        self.common_uses.push(0);
        let columns = columns.into_iter().map(|field| ScopeColumn { field, origins: Vec::new() }).collect();
        let columns = Columns::of_query(columns);
        self.common.push(Common { name: name.to_lowercase(), number, columns, is_value: false });
    }

    fn push_common(&mut self, table: &CommonTable, number: usize, rows: Rows) {
        let name = table.name.text.to_lowercase();
        let columns = Columns::of_query(rows.columns);
        self.common.push(Common { name, number, columns, is_value: rows.is_value });
    }
}

/// Puts tables behind those that they name: after `WITH RECURSIVE` a table may name a later one.
fn in_order(with: &mut Vec<CommonTable>) {
    let names_later =
        |at: usize| with[at + 1..].iter().any(|later| is_named(&with[at].query, &later.name.text));
    if !(0..with.len()).any(names_later) {
        return;
    }
    let mut ordered = Vec::with_capacity(with.len());
    while !with.is_empty() {
        let waits = |table: &CommonTable| {
            let others = with.iter().filter(|other| other.name.text != table.name.text);
            others.into_iter().any(|other| is_named(&table.query, &other.name.text))
        };
        // Tables that name each other stay as they are: one of them is not known to the other.
        let next = with.iter().position(|table| !waits(table)).unwrap_or(0);
        ordered.push(with.remove(next));
    }
    *with = ordered;
}

/// Whether a common table's query names the table: only then is it recursive.
pub fn names_itself(table: &CommonTable) -> bool {
    let is_union = matches!(&table.query.body, Body::Set { operator: SetOperator::Union, .. });
    is_union && is_named(&table.query, &table.name.text)
}

fn is_named(query: &Query, name: &str) -> bool {
    crate::sql::parse::references(query).iter().any(|one| one.name.eq_ignore_ascii_case(name))
}
