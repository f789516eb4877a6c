//! Calls of aggregates and of functions over windows, with the clauses in their brackets: DISTINCT, NULLS, HAVING MAX and
//! MIN, ORDER BY, LIMIT. Clauses that DuckDB lacks become functions of the list of the values.

use super::caught::with_errors_as;
use super::extreme::{Rows, extreme_of};
use super::moment::range_key;
use super::native::native_call;
use super::once::Operand;
use super::operator::can_be_odd;
use super::{Printer, data_type};
use crate::schema::Type;
use crate::sql::functions::{Form, Function, Role, Translated, fill};
use crate::sql::tree::{Call, Expression, Extreme, Kind, Nulls, Order};

/// Aggregates whose value depends on the order of rows.
pub(super) const ORDERED: &[&str] = &["ARRAY_AGG", "STRING_AGG", "ARRAY_CONCAT_AGG"];

impl Printer {
    pub(super) fn aggregate(
        &mut self,
        call: &Call,
        function: &Function,
        arguments: &[String],
        expression: &Expression,
    ) -> String {
        let only = self.looked_at(call);
        let over = self.over(call.over.as_ref());
        let rows = Rows { only: &only, over: &over };
        let sql = match call.name.as_str() {
            "ANY_VALUE" if call.having.is_some() => self.any_extreme(call, arguments, rows),
            "MAX_BY" | "MIN_BY" if call.having.is_none() => {
                let extreme = if call.name == "MAX_BY" { Extreme::Max } else { Extreme::Min };
                let odd = can_be_odd(&call.arguments[1]);
                extreme_of(extreme, (&arguments[0], &arguments[1]), odd, rows)
            }
            _ if call.having.is_some() => match self.of_extremes(call, function, arguments, rows, expression)
            {
                Ok(sql) => sql,
                Err(problem) => return self.untranslatable(expression.span, problem),
            },
            "IS_FIRST" | "IS_LAST" => match self.near_an_end(call, &over) {
                Ok(sql) => sql,
                Err(problem) => return self.untranslatable(expression.span, problem),
            },
            "ARRAY_AGG" | "ARRAY_CONCAT_AGG" => self.gathered_values(call, arguments, &only, &over),
            "STRING_AGG" => self.joined_texts(call, arguments, &only, &over),
            "MIN" if can_be_odd(&call.arguments[0]) => {
                // NaN among the values is their minimum.
                let (value, filter) = (&arguments[0], filtered(&only));
                format!(
                    "CASE WHEN bool_or(isnan({value})){filter}{over} THEN 'nan'::DOUBLE ELSE min({value}){filter}{over} END"
                )
            }
            "COUNTIF" if call.distinct => {
                let counted = format!("count(DISTINCT CASE WHEN {} THEN 1 END)", arguments[0]);
                format!("{counted}{}{over}", filtered(&only))
            }
            "COUNTIF" => {
                let conditions =
                    only.iter().chain(&arguments[..1]).cloned().collect::<Vec<_>>().join(" AND ");
                format!("count(*){}{over}", filtered(&Some(conditions)))
            }
            _ => match self.plain_aggregate(call, function, arguments, &only, &over, expression) {
                Ok(sql) => sql,
                Err(problem) => return self.untranslatable(expression.span, problem),
            },
        };
        if call.safe {
            return format!("TRY_CAST({} AS {})", with_errors_as(&sql, "NULL"), data_type(&expression.ty));
        }
        // DuckDB widens sums of integers, and averages of decimals are floats.
        match expression.ty {
            Type::Int64 | Type::Numeric | Type::BigNumeric => {
                format!("CAST({sql} AS {})", data_type(&expression.ty))
            }
            _ => format!("({sql})"),
        }
    }

    /// The condition of the rows that an aggregate looks at: that of PIVOT, and its own.
    fn looked_at(&mut self, call: &Call) -> Option<String> {
        let pivoted = self.only.take();
        let own = call.filter.as_ref().map(|filter| self.condition(filter));
        match (pivoted, own) {
            (Some(pivoted), Some(own)) => Some(format!("({pivoted}) AND ({own})")),
            (pivoted, own) => pivoted.or(own),
        }
    }

    fn plain_aggregate(
        &mut self,
        call: &Call,
        function: &Function,
        arguments: &[String],
        only: &Option<String>,
        over: &str,
        expression: &Expression,
    ) -> Result<String, String> {
        let filter = filtered(only);
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let of_range = call.arguments.iter().any(|argument| matches!(argument.ty, Type::Range(_)));
        if let ("MIN" | "MAX", true, [value]) = (call.name.as_str(), of_range, arguments) {
            let form = if call.name == "MIN" { "arg_min" } else { "arg_max" };
            return Ok(format!("{form}({value}, {}){filter}{over}", range_key(value, &call.arguments[0].ty)));
        }
        if let ("BIT_AND" | "BIT_OR" | "BIT_XOR", Type::Bytes) = (call.name.as_str(), &expression.ty) {
            let native = format!("bytes_{}", call.name.to_lowercase());
            return self.gathered(&native, call, arguments, &filter, over, expression);
        }
        if let ("SUM" | "AVG", [value]) = (call.name.as_str(), call.arguments.as_slice())
            && value.ty == Type::Interval
        {
            let native = if call.name == "SUM" { "interval_sum" } else { "interval_average" };
            return self.gathered(native, call, arguments, &filter, over, expression);
        }
        if let Some(sql) = self.of_numbers(call, arguments, (&filter, over), &expression.ty)? {
            return Ok(sql);
        }
        if let Form::Gathered(name) = &function.duckdb {
            return self.gathered(name, call, arguments, &filter, over, expression);
        }
        if !matches!(function.duckdb, Form::Name(_)) && (call.distinct || !call.order_by.is_empty()) {
            return Err(format!("DISTINCT or ORDER BY in {}", call.name));
        }
        if call.limit.is_some() {
            return Err(format!("LIMIT in {}", call.name));
        }
        let translated = Translated {
            sql: arguments,
            arguments: &call.arguments,
            result: &expression.ty,
            safe: call.safe,
        };
        let order = self.order_clause(&call.order_by);
        let ignores = function.role == Role::Window
            && call.nulls == Some(Nulls::Ignore)
            && !call.name.starts_with("PERCENTILE_");
        let nulls = if ignores { " IGNORE NULLS" } else { "" };
        let sql = match &function.duckdb {
            Form::Name(name) => [*name, "(", distinct, &arguments.join(", "), nulls, &order, ")"].concat(),
            Form::Text(text) => fill(text, arguments),
            Form::With(_) if only.is_some() => return Err(format!("PIVOT of {}", call.name)),
            Form::With(form) => form(&translated).map_err(|problem| format!("{}: {problem}", call.name))?,
            Form::Missing | Form::Native(_) | Form::Gathered(_) => self.missing(function, expression.span),
        };
        Ok(sql + &filter + over)
    }

    /// An aggregate as a native function of the list of its rows' values.
    fn gathered(
        &mut self,
        native: &str,
        call: &Call,
        arguments: &[String],
        filter: &str,
        over: &str,
        expression: &Expression,
    ) -> Result<String, String> {
        let [value, others @ ..] = arguments else {
            return Err(format!("{} without arguments", call.name));
        };
        if call.having.is_some() || call.limit.is_some() {
            return Err(format!("HAVING or LIMIT in {}", call.name));
        }
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let order = self.order_clause(&call.order_by);
        let mut sql = vec![format!("list({distinct}{value}{order}){filter}{over}")];
        sql.extend(others.iter().cloned());
        let mut types: Vec<Type> = call.arguments.iter().map(|argument| argument.ty.clone()).collect();
        types[0] = Type::array(types[0].settled());
        native_call(native, &sql, &types, &expression.ty, call.safe)
    }

    /// What a function of DuckDB's makes of an aggregate's values as its clauses leave them: `list` all of them, NULL where
    /// there is none, others one of them.
    fn collected(
        &mut self,
        function: &str,
        call: &Call,
        value: &str,
        drops_nulls: bool,
        only: &Option<String>,
        over: &str,
    ) -> String {
        let distinct = if call.distinct { "DISTINCT " } else { "" };
        let mut orders = self.order_keys(&call.order_by);
        let of_floats = call.distinct && call.arguments[0].ty == Type::Float64;
        if of_floats {
            orders.clear();
        } else if ORDERED.contains(&call.name.as_str()) && over.is_empty() && !call.distinct {
            orders.extend(self.places.iter().cloned());
        }
        let order =
            if orders.is_empty() { String::new() } else { format!(" ORDER BY {}", orders.join(", ")) };
        let mut conditions: Vec<String> = only.iter().cloned().collect();
        if drops_nulls {
            conditions.push(format!("{value} IS NOT NULL"));
        }
        let filter = filtered(&(!conditions.is_empty()).then(|| conditions.join(" AND ")));
        let list = format!("{function}({distinct}{value}{order}){filter}{over}");
        match call.order_by.first() {
            Some(order) if of_floats => self.sorted_floats(list, order),
            _ => list,
        }
    }

    /// The first element of an ARRAY_AGG, where no clause asks for the whole list: DuckDB looks for it without one.
    pub(super) fn first_gathered(&mut self, call: &Call) -> Option<String> {
        let cuts_all = |limit: &Expression| !matches!(limit.kind, Kind::Integer(1..));
        if call.name != "ARRAY_AGG"
            || call.distinct
            || call.over.is_some()
            || call.having.is_some()
            || call.limit.as_ref().is_some_and(cuts_all)
        {
            return None;
        }
        let only = self.looked_at(call);
        let value = self.expression(call.arguments.first()?);
        let value = self.anchored(call, value);
        let drops_nulls = call.nulls == Some(Nulls::Ignore);
        Some(format!("({})", self.collected("first", call, &value, drops_nulls, &only, "")))
    }

    /// A list of different floats in GoogleSQL's order: NULL, NaN, the numbers.
    fn sorted_floats(&mut self, list: String, order: &Order) -> String {
        let (direction, nulls) = super::query::direction(order);
        self.once(vec![costly(list)], |_, list| {
            let list = &list[0];
            let nan = format!("list_filter({list}, lambda one: isnan(one))");
            let numbers =
                format!("list_sort(list_filter({list}, lambda one: NOT isnan(one)), '{direction}')");
            let sorted = if order.descending { [numbers, nan] } else { [nan, numbers] };
            let missing = format!("list_filter({list}, lambda one: one IS NULL)");
            let [first, second] = sorted;
            let parts = if nulls == "FIRST" { [missing, first, second] } else { [first, second, missing] };
            format!(
                "CASE WHEN {list} IS NULL THEN NULL ELSE list_concat(list_concat({}, {}), {}) END",
                parts[0], parts[1], parts[2]
            )
        })
    }

    fn gathered_values(
        &mut self,
        call: &Call,
        arguments: &[String],
        only: &Option<String>,
        over: &str,
    ) -> String {
        let joins = call.name == "ARRAY_CONCAT_AGG";
        let drops_nulls = joins || call.nulls == Some(Nulls::Ignore);
        let list = self.collected("list", call, &arguments[0], drops_nulls, only, over);
        let list = self.cut(list, call);
        if joins { format!("flatten({list})") } else { list }
    }

    /// The first elements of a list; none of them are no list.
    fn cut(&mut self, list: String, call: &Call) -> String {
        match &call.limit {
            Some(limit) => {
                let limit = self.whole(limit);
                if limit == "0" {
                    return format!("CASE WHEN FALSE THEN {list} END");
                }
                format!("({list})[1:{limit}]")
            }
            None => list,
        }
    }

    fn joined_texts(
        &mut self,
        call: &Call,
        arguments: &[String],
        only: &Option<String>,
        over: &str,
    ) -> String {
        let value = &arguments[0];
        if call.arguments[0].ty == Type::Bytes {
            let separator = arguments.get(1).map_or("','::BLOB", String::as_str);
            let list = self.collected("list", call, value, true, only, over);
            let list = self.cut(list, call);
            return format!("list_reduce({list}, lambda joined, one: joined || {separator} || one)");
        }
        let separator = arguments.get(1).map_or("','", String::as_str);
        if call.limit.is_none() && self.places.is_empty() {
            let distinct = if call.distinct { "DISTINCT " } else { "" };
            let order = self.order_clause(&call.order_by);
            return format!("string_agg({distinct}{value}, {separator}{order}){}{over}", filtered(only));
        }
        let list = self.collected("list", call, value, true, only, over);
        format!("array_to_string({}, {separator})", self.cut(list, call))
    }

    /// ` ORDER BY …`, or nothing.
    fn order_clause(&mut self, orders: &[Order]) -> String {
        if orders.is_empty() { String::new() } else { format!(" ORDER BY {}", self.orders(orders)) }
    }
}

pub(super) fn costly(sql: String) -> Operand {
    Operand { sql, is_plain: false, is_count: false }
}

/// ` FILTER (…)`, or nothing.
pub(super) fn filtered(only: &Option<String>) -> String {
    only.as_ref().map_or(String::new(), |condition| format!(" FILTER (WHERE {condition})"))
}
