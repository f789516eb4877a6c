//! Calls of aggregates and of functions over windows, with the clauses in their brackets: DISTINCT, NULLS, HAVING MAX and
//! MIN, ORDER BY, LIMIT. Clauses that DuckDB lacks become functions of the list of the values.

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
        let only = self.only.take();
        let over = self.over(call.over.as_ref());
        let sql = match call.name.as_str() {
            "ANY_VALUE" if call.having.is_some() => self.any_extreme(call, arguments, &only, &over),
            "MAX_BY" | "MIN_BY" => {
                let extreme = if call.name == "MAX_BY" { Extreme::Max } else { Extreme::Min };
                let odd = can_be_odd(&call.arguments[1]);
                extreme_of(extreme, (&arguments[0], &arguments[1]), odd, &only, &over)
            }
            _ if call.having.is_some() => return self.of_extremes(call, arguments, &only, expression),
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
            _ => match self.plain_aggregate(call, function, arguments, &only, &over, expression) {
                Ok(sql) => sql,
                Err(problem) => return self.untranslatable(expression.span, problem),
            },
        };
        // DuckDB widens sums of integers, and averages of decimals are floats.
        match expression.ty {
            Type::Int64 | Type::Numeric | Type::BigNumeric => {
                format!("CAST({sql} AS {})", data_type(&expression.ty))
            }
            _ => format!("({sql})"),
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
            Form::Name(name) => format!("{name}({distinct}{}{nulls}{order})", arguments.join(", ")),
            Form::Text(text) => fill(text, arguments),
            Form::With(_) if only.is_some() => return Err(format!("PIVOT of {}", call.name)),
            Form::With(form) => form(&translated).map_err(|problem| format!("{}: {problem}", call.name))?,
            Form::Missing | Form::Native(_) | Form::Gathered(_) => self.missing(function, expression.span),
        };
        Ok(format!("{sql}{filter}{over}"))
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

    /// The list of an aggregate's values, as its clauses make it; NULL where there is none.
    fn list(
        &mut self,
        call: &Call,
        value: &str,
        drops_nulls: bool,
        only: &Option<String>,
        over: &str,
    ) -> String {
        self.collected("list", call, value, drops_nulls, only, over)
    }

    /// What a function of DuckDB's, `list` or one that takes an element of it, makes of an aggregate's values.
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
        let only = self.only.take();
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
        let list = self.list(call, &arguments[0], drops_nulls, only, over);
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
            let list = self.list(call, value, true, only, over);
            let list = self.cut(list, call);
            return format!("list_reduce({list}, lambda joined, one: joined || {separator} || one)");
        }
        let separator = arguments.get(1).map_or("','", String::as_str);
        if call.limit.is_none() && self.places.is_empty() {
            let distinct = if call.distinct { "DISTINCT " } else { "" };
            let order = self.order_clause(&call.order_by);
            return format!("string_agg({distinct}{value}, {separator}{order}){}{over}", filtered(only));
        }
        let list = self.list(call, value, true, only, over);
        format!("array_to_string({}, {separator})", self.cut(list, call))
    }

    /// `ANY_VALUE(x HAVING MAX y)`
    fn any_extreme(
        &mut self,
        call: &Call,
        arguments: &[String],
        only: &Option<String>,
        over: &str,
    ) -> String {
        let Some((extreme, by)) = &call.having else { return String::new() };
        let by_sql = self.expression(by);
        extreme_of(*extreme, (&arguments[0], &by_sql), can_be_odd(by), only, over)
    }

    /// An aggregate of the rows where a value is extreme.
    fn of_extremes(
        &mut self,
        call: &Call,
        arguments: &[String],
        only: &Option<String>,
        expression: &Expression,
    ) -> String {
        let Some((extreme, by)) = &call.having else { return String::new() };
        if call.over.is_some() || call.distinct {
            let what = format!("HAVING MAX or HAVING MIN beside DISTINCT or OVER in {}", call.name);
            return self.untranslatable(expression.span, what);
        }
        let odd = can_be_odd(by);
        let by = self.expression(by);
        let mut orders = self.order_keys(&call.order_by);
        orders.extend(self.places.iter().cloned());
        let order =
            if orders.is_empty() { String::new() } else { format!(" ORDER BY {}", orders.join(", ")) };
        let value = if arguments[0] == "*" { "TRUE" } else { &arguments[0] };
        let rows = format!("list(struct_pack(value := {value}, key := {by}){order}){}", filtered(only));
        let limit = call.limit.as_ref().map(|limit| self.whole(limit));
        let name = match extreme {
            Extreme::Max => "list_max",
            Extreme::Min => "list_min",
        };
        let smallest_is_nan = odd && *extreme == Extreme::Min;
        let kept = self.once(vec![costly(rows)], |_, rows| {
            let keys = format!("list_transform({}, lambda kept_row: kept_row.key)", rows[0]);
            let best = match smallest_is_nan {
                true => format!(
                    "CASE WHEN list_contains({keys}, 'nan'::DOUBLE) THEN 'nan'::DOUBLE ELSE list_min({keys}) END"
                ),
                false => format!("{name}({keys})"),
            };
            format!(
                "list_transform(list_filter({}, lambda kept_row: kept_row.key IS NOT DISTINCT FROM {best}), lambda kept_row: kept_row.value)",
                rows[0]
            )
        });
        let sql = match call.name.as_str() {
            "ARRAY_AGG" => {
                let kept = match call.nulls {
                    Some(Nulls::Ignore) => format!("list_filter({kept}, lambda one: one IS NOT NULL)"),
                    _ => kept,
                };
                let kept = limit.map_or(kept.clone(), |limit| format!("({kept})[1:{limit}]"));
                self.once(vec![costly(kept)], |_, kept| {
                    format!("CASE WHEN len({0}) > 0 THEN {0} END", kept[0])
                })
            }
            "MAX" => format!("list_max({kept})"),
            "SUM" if call.arguments[0].ty == Type::Int64 => format!("list_sum({kept})"),
            "SUM" | "AVG" if call.arguments[0].ty == Type::Float64 => {
                let name = if call.name == "SUM" { "list_sum" } else { "list_avg" };
                self.once(vec![costly(kept)], |_, kept| {
                    let (kept, whole) = (&kept[0], format!("{name}({})", kept[0]));
                    format!(
                        "CASE WHEN NOT isfinite({whole}) AND len(list_filter({kept}, lambda one: NOT isfinite(one))) = 0 THEN error('floating point overflow') ELSE {whole} END"
                    )
                })
            }
            "COUNT" => format!("coalesce(list_count({kept}), 0)"),
            "COUNTIF" => format!("coalesce(len(list_filter({kept}, lambda one: one)), 0)"),
            "MIN" if !can_be_odd(&call.arguments[0]) => format!("list_min({kept})"),
            "BIT_AND" | "BIT_OR" | "BIT_XOR" if call.arguments[0].ty == Type::Int64 => {
                format!("list_aggregate({kept}, '{}')", call.name.to_lowercase())
            }
            "LOGICAL_AND" => format!("list_bool_and({kept})"),
            "LOGICAL_OR" => format!("list_bool_or({kept})"),
            "STRING_AGG" if call.arguments[0].ty == Type::String => {
                let separator = arguments.get(1).map_or("','", String::as_str);
                let kept = format!("list_filter({kept}, lambda one: one IS NOT NULL)");
                let kept = limit.map_or(kept.clone(), |limit| format!("({kept})[1:{limit}]"));
                self.once(vec![costly(kept)], |_, kept| {
                    format!("CASE WHEN len({0}) > 0 THEN array_to_string({0}, {separator}) END", kept[0])
                })
            }
            name => {
                let what = format!("HAVING MAX or HAVING MIN in {name}");
                return self.untranslatable(expression.span, what);
            }
        };
        match expression.ty {
            Type::Int64 | Type::Numeric | Type::BigNumeric => {
                format!("CAST({sql} AS {})", data_type(&expression.ty))
            }
            _ => format!("({sql})"),
        }
    }

    /// ` ORDER BY …`, or nothing.
    fn order_clause(&mut self, orders: &[Order]) -> String {
        if orders.is_empty() { String::new() } else { format!(" ORDER BY {}", self.orders(orders)) }
    }
}

/// The value of a row where another one is extreme; any row's where that is NULL for all.
fn extreme_of(
    extreme: Extreme,
    (value, by): (&str, &str),
    odd: bool,
    only: &Option<String>,
    over: &str,
) -> String {
    let filter = filtered(only);
    let name = match extreme {
        Extreme::Max => "arg_max_null",
        Extreme::Min => "arg_min_null",
    };
    let nan = match extreme {
        Extreme::Min if odd => {
            let both = only.iter().cloned().chain([format!("isnan({by})")]).collect::<Vec<_>>().join(" AND ");
            format!(
                " WHEN bool_or(isnan({by})){filter}{over} THEN any_value({value}) FILTER (WHERE {both}){over}"
            )
        }
        _ => String::new(),
    };
    format!(
        "CASE WHEN count({by}){filter}{over} = 0 THEN any_value({value}){filter}{over}{nan} ELSE {name}({value}, {by}){filter}{over} END"
    )
}

fn costly(sql: String) -> Operand {
    Operand { sql, is_plain: false, is_count: false }
}

/// ` FILTER (…)`, or nothing.
fn filtered(only: &Option<String>) -> String {
    only.as_ref().map_or(String::new(), |condition| format!(" FILTER (WHERE {condition})"))
}
