//! A SELECT in two stages. A function whose body holds a query is written out as a query of its own, and DuckDB takes neither
//! an aggregate nor a window of the SELECT around it in there. So a first stage gives them, and the columns of the rows, as
//! columns, and a second one is made of those. It must never change which rows there are, nor compute in the first stage what a
//! condition of the second one may leave out.

use super::query::{Tail, output_names};
use super::{Printer, identifier, member};
use crate::schema::Type;
use crate::sql::resolve;
use crate::sql::tree::{Expression, InSet, Kind, Select};

/// What the first stage is called in the second one.
const FIRST: &str = "stage:";
/// Stands for the second stage until the columns of the first are known.
const ROWS: &str = "\u{E000}rows\u{E001}";

/// Whether an expression calls a function with a query in its body on an aggregate or a window.
pub(super) fn is_late(expression: &Expression) -> bool {
    expression.any(&|part| match &part.kind {
        Kind::Inlined(call) => {
            call.has_query && call.arguments.iter().any(|(_, value)| value.any(&resolve::is_of_rows))
        }
        _ => false,
    })
}

/// Whether the value depends on the row.
pub(super) fn is_of_row(expression: &Expression) -> bool {
    let is_of_relation = |part: &Expression| matches!(part.kind, Kind::Column { .. } | Kind::Row { .. });
    expression.holds_query() || expression.any(&|part| is_of_relation(part) || resolve::is_of_rows(part))
}

/// Whether the value is there for every row, whatever is made of it: a column, an aggregate, a window, a query.
fn is_given(expression: &Expression) -> bool {
    match &expression.kind {
        // What a lambda holds belongs to no relation.
        Kind::Column { relation, .. } => relation.as_ref().is_none_or(|relation| !relation.is_empty()),
        Kind::Field { base, .. } => base.ty != Type::Json && is_given(base),
        Kind::Row { .. } | Kind::Scalar(_) | Kind::ArrayQuery(_) | Kind::Exists { .. } => true,
        Kind::In { set, .. } | Kind::LikeSet { set, .. } => matches!(set, InSet::Query(_)),
        _ => resolve::is_of_rows(expression),
    }
}

impl Printer {
    /// In a second stage: the column of the first stage that an expression is, where it is one.
    pub(super) fn first_stage(&mut self, expression: &Expression) -> Option<String> {
        let is_column = self.first_stage.is_some() && is_given(expression) && !is_late(expression);
        is_column.then(|| self.as_first_stage(expression))
    }

    /// What rows are ordered by is computed for each of them, and may stand in the first stage as a whole.
    pub(super) fn order_value(&mut self, expression: &Expression) -> String {
        match self.first_stage.is_some() && !is_late(expression) && is_of_row(expression) {
            true => self.as_first_stage(expression),
            false => self.expression(expression),
        }
    }

    fn as_first_stage(&mut self, expression: &Expression) -> String {
        let (columns, guards) = (self.first_stage.take(), std::mem::take(&mut self.guards));
        let sql = self.expression(expression);
        (self.first_stage, self.guards) = (columns, guards);
        self.staged_column(sql)
    }

    fn staged_column(&mut self, sql: String) -> String {
        let columns = self.first_stage.get_or_insert_default();
        if let Some((name, _)) = columns.iter().find(|(_, known)| *known == sql) {
            return identifier(name);
        }
        self.stages += 1;
        let name = format!("stage:{}", self.stages);
        let column = identifier(&name);
        columns.push((name, sql));
        column
    }

    /// The SELECT, of which `rows` are the clauses behind its columns.
    pub(super) fn staged(
        &mut self,
        select: &Select,
        rows: &str,
        values: &[Option<String>],
        late: &[&Expression],
        tail: &Tail,
    ) -> String {
        let names = output_names(&select.outputs);
        if let Some(having) = select.having.as_ref().filter(|having| is_late(having))
            && select.outputs.iter().any(|output| output.expression.any(&resolve::is_windowed))
        {
            return self.untranslatable(
                having.span,
                "a function with a query in its body in HAVING, beside a window",
            );
        }
        let around = self.first_stage.replace(Vec::new());
        let seconds: Vec<String> = select
            .outputs
            .iter()
            .zip(values)
            .zip(&names)
            .map(|((output, first), name)| match first {
                Some(_) => member(FIRST, name),
                None => self.expression(&output.expression),
            })
            .collect();
        let kept: Vec<String> = late.iter().map(|condition| self.condition(condition)).collect();
        let filter = if kept.is_empty() { String::new() } else { format!(" WHERE {}", kept.join(" AND ")) };
        let places = std::mem::take(&mut self.places);
        self.places = places.into_iter().map(|place| self.staged_column(place)).collect();
        let orders_rows = !self.places.is_empty();
        let ordered = self.ordered(ROWS.to_owned(), select, &seconds, tail, orders_rows);
        let columns = std::mem::replace(&mut self.first_stage, around).unwrap_or_default();
        let firsts = values.iter().zip(&names).enumerate().map(|(at, (value, name))| match value {
            Some(value) => format!("{value} AS {}", identifier(name)),
            // Keys of groups go by the places of columns.
            None => format!("NULL AS {}", identifier(&format!("{FIRST}late:{at}"))),
        });
        let others = columns.iter().map(|(name, sql)| format!("{sql} AS {}", identifier(name)));
        let firsts: Vec<String> = firsts.chain(others).collect();
        let distinct = if select.distinct { "DISTINCT " } else { "" };
        let second = format!(
            "SELECT {distinct}{} FROM (SELECT {}{rows}) AS {}{filter}",
            Self::columns(select, &names, &seconds),
            firsts.join(", "),
            identifier(FIRST)
        );
        ordered.replacen(ROWS, &second, 1)
    }
}
