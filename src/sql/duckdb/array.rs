//! Queries over one array, as functions of the array: DuckDB would join the whole row with the unnested
//! elements, which costs wide ping tables more than everything else.

use super::{Printer, identifier};
use crate::schema::Type;
use crate::sql::tree::{
    Body, Call, Expression, GroupBy, Kind, Over, Query, RelationKind, Select, SelectItem, Shape,
};

impl Printer {
    /// `x IN UNNEST(array)`: nothing is in a missing array; NULL where only a NULL keeps it from being told.
    pub(super) fn in_array(&mut self, operand: &Expression, array: &Expression, negated: bool) -> String {
        let (value, array) = (self.expression(operand), self.expression(array));
        let found = format!(
            "CASE WHEN coalesce(len({array}), 0) = 0 THEN FALSE WHEN {value} IS NULL THEN NULL \
             WHEN list_contains({array}, {value}) THEN TRUE \
             WHEN list_count({array}) < len({array}) THEN NULL ELSE FALSE END"
        );
        if negated { format!("(NOT {found})") } else { found }
    }

    /// `(SELECT SUM(e.value) FROM UNNEST(array) AS e)`; `None` where a query is anything else.
    pub(super) fn array_aggregate(&mut self, query: &Query) -> Option<String> {
        let (select, alias, array) = one_array(query)?;
        let [output] = select.outputs.as_slice() else { return None };
        let Kind::Call(call) = &output.expression.kind else { return None };
        let function = aggregate(call)?;
        let [argument] = call.arguments.as_slice() else { return None };
        let has_query = |part: &Expression| match &part.kind {
            Kind::Scalar(_) | Kind::ArrayQuery(_) | Kind::Exists { .. } | Kind::In { .. } => true,
            Kind::Inlined(call) => call.has_query,
            _ => false,
        };
        if argument.any(&has_query) || select.filter.as_ref().is_some_and(|filter| filter.any(&has_query)) {
            return None;
        }
        let array = self.expression(array);
        self.lambdas.push(alias.to_owned());
        let kept = match &select.filter {
            Some(filter) => {
                format!("list_filter({array}, lambda {}: {})", identifier(alias), self.expression(filter))
            }
            None => array,
        };
        let value = self.expression(argument);
        self.lambdas.pop();
        let transformed = format!("list_transform({kept}, lambda {}: {value})", identifier(alias));
        Some(format!("CAST({function}({transformed}) AS {})", super::data_type(&output.expression.ty)))
    }
}

/// The SELECT of a query that reads one array and does nothing else with it but filter and aggregate.
fn one_array(query: &Query) -> Option<(&Select, &str, &Expression)> {
    let Body::Select(select) = &query.body else { return None };
    let plain = query.with.is_empty()
        && query.order_by.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.windows.is_empty()
        && !select.distinct
        && select.shape == Shape::Columns
        && matches!(select.items.as_slice(), [SelectItem::Expression { .. }]);
    let [item] = select.from.as_slice() else { return None };
    let RelationKind::Unnest { array, offset: None } = &item.relation.kind else { return None };
    let alias = item.relation.alias.as_ref()?;
    (plain && item.joins.is_empty()).then_some((select, alias.text.as_str(), &**array))
}

/// The list function of an aggregate that skips NULLs and gives NULL for nothing, as GoogleSQL's does.
fn aggregate(call: &Call) -> Option<&'static str> {
    let plain = !call.distinct
        && call.nulls.is_none()
        && call.order_by.is_empty()
        && call.limit.is_none()
        && call.having.is_none()
        && !call.arguments.iter().any(|argument| argument.ty == Type::Interval)
        && !matches!(call.over, Some(Over::Named(_) | Over::Window(_)));
    match call.name.as_str() {
        "SUM" if plain => Some("list_sum"),
        "MAX" if plain => Some("list_max"),
        "MIN" if plain => Some("list_min"),
        _ => None,
    }
}
