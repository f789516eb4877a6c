//! UNION ALL of rows that no table has a part in: one list of values, whose rows come in the order in which they are
//! written. DuckDB reads the sides of a UNION side by side. It must never take a row that depends on another one.

use super::query::output_names;
use super::{Printer, identifier};
use crate::sql::resolve;
use crate::sql::tree::{Body, Expression, GroupBy, Kind, Select, SetOperator, Shape};

impl Printer {
    /// `SELECT 1 AS a UNION ALL SELECT 2` as a list of values.
    pub(super) fn constant_rows(&mut self, body: &Body) -> Option<String> {
        let mut selects = Vec::new();
        if !gather(body, &mut selects) {
            return None;
        }
        let names: Vec<String> =
            output_names(&selects.first()?.outputs).iter().map(|name| identifier(name)).collect();
        let rows: Vec<String> = selects
            .iter()
            .map(|select| {
                let values: Vec<String> =
                    select.outputs.iter().map(|output| self.expression(&output.expression)).collect();
                format!("({})", values.join(", "))
            })
            .collect();
        let rows = rows.join(", ");
        // DuckDB finds no arguments of lambdas in lists of values.
        (!rows.contains("lambda "))
            .then(|| format!("SELECT * FROM (VALUES {rows}) AS \"rows:\"({})", names.join(", ")))
    }
}

/// Gathers the sides of a UNION ALL; false where one of them is more than a row of constants.
fn gather<'a>(body: &'a Body, selects: &mut Vec<&'a Select>) -> bool {
    match body {
        Body::Select(select) => {
            selects.push(select);
            is_constant_row(select)
        }
        Body::Set { operator: SetOperator::Union, all: true, left, right, .. } => {
            gather(left, selects) && gather(right, selects)
        }
        Body::Query(query) => {
            query.with.is_empty()
                && query.limit.is_none()
                && query.order_by.is_empty()
                && gather(&query.body, selects)
        }
        Body::Set { .. } => false,
    }
}

fn is_constant_row(select: &Select) -> bool {
    let depends = |part: &Expression| {
        matches!(part.kind, Kind::Column { .. } | Kind::Row { .. } | Kind::Inlined(_))
            || resolve::is_aggregate(part)
            || resolve::is_of_rows(part)
    };
    select.from.is_empty()
        && !select.distinct
        && select.shape != Shape::Struct
        && select.filter.is_none()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select
            .outputs
            .iter()
            .all(|output| !output.expression.holds_query() && !output.expression.any(&depends))
}
