//! Orders that leave open which of several rows comes first, as far as can be proven from the query. Rows may
//! never tie in truth, for example where a column is unique; so this is off unless a project asks for it.

use super::super::order::{Fixed, decides_rows};
use super::super::{Cause, Examples, Look, Rule};
use super::call;
use super::unordered_aggregate::ORDERED;
use super::unordered_window::BY_ROW;
use crate::definition::Level;
use crate::diagnostic::Code;
use crate::sql::tree::{Bound, Call, FrameUnit, Kind, RelationKind};
use crate::sql::visit::{Around, Clause, Part, Purpose, select_of, window_of};

pub static RULE: Rule = Rule {
    name: "tied_order",
    code: Code::TiedOrder,
    level: Level::Off,
    look: Look::Rerun(look),
    examples: Examples {
        refused: &[
            "sql: |
  SELECT submission_date, ARRAY_AGG(country ORDER BY items) AS countries FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT submission_date, country, items FROM shop.orders
  WHERE submission_date = @submission_date
  QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY submission_date) = 1",
            "sql: |
  SELECT submission_date, country, items FROM shop.orders
  WHERE submission_date = @submission_date ORDER BY country LIMIT 10",
            "sql: |
  SELECT submission_date, country,
    COUNT(*) OVER (ORDER BY items ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS near
  FROM shop.orders WHERE submission_date = @submission_date",
            "sql: |
  SELECT submission_date, MAX_BY(country, items) AS country FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
        ],
        fine: &[
            "sql: |
  SELECT submission_date, ARRAY_AGG(country ORDER BY items, country) AS countries FROM shop.orders
  WHERE submission_date = @submission_date GROUP BY submission_date",
            "sql: |
  SELECT @submission_date AS submission_date, country, ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, country) AS place
  FROM shop.orders WHERE submission_date = @submission_date GROUP BY country",
            "sql: |
  SELECT @submission_date AS submission_date, country, COUNT(*) AS orders
  FROM shop.orders WHERE submission_date = @submission_date GROUP BY country ORDER BY country LIMIT 10",
            "sql: |
  SELECT submission_date, country, RANK() OVER (ORDER BY items) AS place FROM shop.orders
  WHERE submission_date = @submission_date",
        ],
    },
};

const HINT: &str = "end the order with what tells rows apart, or with the value itself";

fn look(part: Part, around: &Around, found: &mut Vec<Cause>) {
    match part {
        Part::Query(query) if query.limit.is_some() && !query.order_by.is_empty() => {
            let decided = match select_of(&query.body) {
                Some(select) => select.distinct && ordered_by_all(query) || decides_rows(query, select),
                None => false,
            };
            if !decided && around.purpose != Purpose::Existence {
                let span = query.limit.as_ref().map_or(query.span, |limit| limit.span);
                let message = "LIMIT keeps either of rows that tie in ORDER BY";
                found.push(Cause::unproven(around.place(span), message, HINT));
            }
        }
        Part::Expression(expression) => match &expression.kind {
            Kind::ArrayQuery(query) => {
                let Some(select) = select_of(&query.body) else { return };
                let place = around.place(expression.span);
                if !query.order_by.is_empty() && query.limit.is_none() && !decides_rows(query, select) {
                    let message = "ARRAY of a query puts rows that tie in ORDER BY in any order";
                    found.push(Cause::unproven(place, message, HINT));
                }
                let unnested = !select.from.is_empty()
                    && select.from.iter().all(|item| {
                        item.joins.is_empty() && matches!(item.relation.kind, RelationKind::Unnest { .. })
                    });
                if query.order_by.is_empty()
                    && unnested
                    && !select.distinct
                    && !super::super::order::is_one_row(select)
                {
                    let message =
                        "ARRAY of a query over UNNEST keeps the order of elements on no engine's word";
                    let hint = "order it: `UNNEST(x) AS y WITH OFFSET AS place ORDER BY place`";
                    found.push(Cause::unproven(place, message, hint));
                }
            }
            _ => {
                if let Some((expression, call)) = call(part)
                    && let Some(message) = tied(call, around)
                {
                    found.push(Cause::unproven(around.place(expression.span), message, HINT));
                }
            }
        },
        _ => {}
    }
}

fn ordered_by_all(query: &crate::sql::tree::Query) -> bool {
    select_of(&query.body).is_some_and(|select| decides_rows(query, select))
}

/// Whether a call that has an order may meet rows that tie in it.
fn tied(call: &Call, around: &Around) -> Option<String> {
    let name = call.name.as_str();
    if let Some(window) = window_of(call, around.select) {
        if window.order_by.is_empty() {
            return None;
        }
        let fixed = Fixed::in_window(&window);
        if fixed.tells_apart(around.select) {
            return None;
        }
        if BY_ROW.contains(&name) {
            let value = call.arguments.first();
            let same_value = name.ends_with("_VALUE") && value.is_some_and(|value| fixed.decides(value));
            let same_row = around.clause == Clause::Qualify
                && around.select.is_some_and(|select| fixed.decides_outputs(select));
            return (!same_value && !same_row)
                .then(|| format!("{name} takes rows that tie in the window's ORDER BY in any order"));
        }
        let whole = |bound: &Bound| matches!(bound, Bound::Preceding(None) | Bound::Following(None));
        let by_rows = window.frame.as_ref().is_some_and(|frame| {
            frame.unit == FrameUnit::Rows && !(whole(&frame.start) && frame.end.as_ref().is_some_and(whole))
        });
        return by_rows
            .then(|| format!("{name} over ROWS counts either of rows that tie in the window's ORDER BY"));
    }
    if matches!(name, "MAX_BY" | "MIN_BY") {
        let [value, by] = &call.arguments[..] else { return None };
        let mut fixed = Fixed::in_groups(around.select, &call.order_by);
        fixed.add(by);
        return (!fixed.decides(value)).then(|| format!("{name} gives the value of either of rows that tie"));
    }
    if let Some((_, by)) = &call.having {
        let mut fixed = Fixed::in_groups(around.select, &call.order_by);
        fixed.add(by);
        let value = call.arguments.first()?;
        return (name == "ANY_VALUE" && !fixed.decides(value))
            .then(|| format!("{name} gives the value of either of rows that tie in its HAVING"));
    }
    if ORDERED.contains(&name) && !call.order_by.is_empty() {
        let value = call.arguments.first()?;
        let fixed = Fixed::in_groups(around.select, &call.order_by);
        return (!fixed.decides(value))
            .then(|| format!("{name} takes rows that tie in its ORDER BY in any order"));
    }
    None
}
