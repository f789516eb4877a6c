//! Tests of functions: calls with what they give, and queries. They must never read a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Bench, Expected, ReadyStep, RowsTest, Work, expected, reasons};
use crate::compile::compile_example;
use crate::definition::Example;
use crate::diagnostic::{Code, Diagnostic};
use crate::period::Period;
use crate::schema::Type;
use crate::schema::value::Constant;
use crate::sql::Problem;
use crate::template::within;
use crate::unit_test::catalogue::Tables;
use crate::unit_test::file::Step;
use crate::unit_test::query::{self, Asked, Refusal};
use crate::unit_test::rows::{Cell, Row};
use crate::yaml::Text;

impl Bench<'_> {
    /// A call of the function with what it gives.
    pub(super) fn call(&self, name: &str, example: &Example, found: &mut Vec<Diagnostic>) -> Option<Work> {
        let function = self.compilation.functions.get(name)?;
        let tables = Tables { compilation: self.compilation, parameters: BTreeMap::new(), now: None };
        compile_example(example, &function.definition, &function.routine, &tables, found).map(Work::Example)
    }

    /// A query that gives TRUE only, or the rows that are expected.
    pub(super) fn query(&self, sql: &Text, step: &Step, found: &mut Vec<Diagnostic>) -> Option<Work> {
        let made = query::make(&Asked {
            compilation: self.compilation,
            sql: &sql.text,
            parameters: BTreeMap::new(),
            now: step.now,
            of: None,
            given: &BTreeSet::new(),
        });
        let query = match made {
            Ok(query) => Arc::new(query),
            Err(Refusal::Untranslatable(problems)) => return refused(problems, sql, found),
            Err(Refusal::NoCommonTable(_)) => return None,
        };
        if let Some(table) = query.reaches.first() {
            let message = format!("a test of a function reads no tables, and this one reads `{table}`");
            let finding = Diagnostic::error(Code::InvalidTest, message).at(&sql.position);
            found.push(finding.hint("write the rows into the query: `FROM UNNEST([…])`"));
            return None;
        }
        let columns = query.translated.columns.clone();
        let expected = match &step.expect {
            Some(expect) => expected::read(expect, "the query", &columns, &[], self.fixtures, found)?,
            None => {
                if let Some(other) = columns.iter().find(|column| column.ty != Type::Bool) {
                    let message =
                        format!("the query must give TRUE, and its column `{}` is {}", other.name, other.ty);
                    let finding = Diagnostic::error(Code::InvalidTest, message).at(&sql.position);
                    found.push(finding.hint("compare with what it must be, or say it under `expect`"));
                    return None;
                }
                let cells = vec![Cell::Plain(Constant::Scalar("true".to_owned())); columns.len()];
                let row = Row { cells, position: sql.position.clone() };
                let compared = (0..columns.len()).collect();
                Expected {
                    columns,
                    rows: vec![row],
                    subset: false,
                    ordered: false,
                    compared,
                    keys: Vec::new(),
                }
            }
        };
        let step = ReadyStep {
            label: String::new(),
            rows: Vec::new(),
            parameters: Vec::new(),
            period: Period::WHOLE,
            result: None,
            expected: Some((query, expected)),
        };
        Some(Work::Rows(RowsTest { tables: BTreeMap::new(), steps: vec![step], own: None }))
    }
}

/// Mistakes at their places in the text. What DuckDB cannot run is no mistake of the test.
fn refused(problems: Vec<Problem>, sql: &Text, found: &mut Vec<Diagnostic>) -> Option<Work> {
    if problems.iter().all(|problem| problem.code == Code::Unsupported) {
        return Some(Work::Skipped(reasons(&problems)));
    }
    found.extend(problems.into_iter().map(|problem| {
        let mut finding =
            Diagnostic::error(problem.code, problem.message).at(&within(&sql.position, problem.span));
        finding.hint = problem.hint;
        finding.related.extend(problem.related);
        finding
    }));
    None
}
