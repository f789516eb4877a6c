//! HAVING MAX and HAVING MIN: aggregates of the rows where another value is extreme. DuckDB has none, so a list of all rows is cut
//! down to those, and each aggregate becomes a function of that list. Aggregate function calls, "HAVING MAX and HAVING
//! MIN clause". It must look at no other rows.

use super::Printer;
use super::aggregate::{costly, filtered};
use super::native::native_call;
use super::operator::can_be_odd;
use crate::schema::{Field, Type};
use crate::sql::functions::{Form, Function};
use crate::sql::tree::{Call, Expression, Extreme, Nulls};

/// Which rows an aggregate looks at: those of a condition, and of a window.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub only: &'a Option<String>,
    pub over: &'a str,
}

impl Printer {
    /// `ANY_VALUE(x HAVING MAX y)`
    pub(super) fn any_extreme(&mut self, call: &Call, arguments: &[String], rows: Rows) -> String {
        let Some((extreme, by)) = &call.having else { return String::new() };
        let by_sql = self.expression(by);
        extreme_of(*extreme, (&arguments[0], &by_sql), can_be_odd(by), rows)
    }

    /// An aggregate of the rows where a value is extreme.
    pub(super) fn of_extremes(
        &mut self,
        call: &Call,
        function: &Function,
        arguments: &[String],
        rows: Rows,
        expression: &Expression,
    ) -> Result<String, String> {
        let Some((extreme, by)) = &call.having else { return Ok(String::new()) };
        let (value, ty) = gathered(call, arguments);
        let kept = self.kept_rows((*extreme, by), call, &value, rows);
        let limit = call.limit.as_ref().map(|limit| self.whole(limit));
        let cut = |list: String| limit.as_ref().map_or(list.clone(), |limit| format!("({list})[1:{limit}]"));
        let told = |list: &str| format!("list_filter({list}, lambda one: one IS NOT NULL)");
        let keeps_order = matches!(call.name.as_str(), "ARRAY_AGG" | "STRING_AGG" | "ARRAY_CONCAT_AGG");
        if call.distinct && keeps_order {
            return Err(format!("HAVING MAX or HAVING MIN beside DISTINCT in {}", call.name));
        }
        // Nothing but ARRAY_AGG looks at NULLs where values are DISTINCT.
        let kept = if call.distinct { format!("list_distinct({kept})") } else { kept };
        match (call.name.as_str(), &ty) {
            ("ARRAY_AGG", _) => {
                let kept = if call.nulls == Some(Nulls::Ignore) { told(&kept) } else { kept };
                Ok(self.filled(cut(kept), |list| list.to_owned()))
            }
            ("ARRAY_CONCAT_AGG", _) => Ok(self.filled(cut(told(&kept)), |list| format!("flatten({list})"))),
            ("STRING_AGG", Type::Bytes) => {
                let separator = arguments.get(1).map_or("','::BLOB", String::as_str);
                let join = format!("lambda joined, one: joined || {separator} || one");
                Ok(self.filled(cut(told(&kept)), |list| format!("list_reduce({list}, {join})")))
            }
            ("STRING_AGG", _) => {
                let separator = arguments.get(1).map_or("','", String::as_str);
                Ok(self.filled(cut(told(&kept)), |list| format!("array_to_string({list}, {separator})")))
            }
            ("MIN" | "MAX", Type::Range(_)) => {
                Err(format!("HAVING MAX or HAVING MIN in {} of ranges", call.name))
            }
            ("MAX", _) => Ok(format!("list_max({kept})")),
            ("MIN", _) if can_be_odd(&call.arguments[0]) => {
                Ok(self.once(vec![costly(kept)], |_, kept| least_float(&kept[0])))
            }
            ("MIN", _) => Ok(format!("list_min({kept})")),
            ("COUNT", _) => Ok(format!("coalesce(list_count({kept}), 0)")),
            ("COUNTIF", _) => Ok(format!("coalesce(len(list_filter({kept}, lambda one: one)), 0)")),
            ("APPROX_COUNT_DISTINCT", _) => Ok(format!("coalesce(list_unique({kept}), 0)")),
            ("LOGICAL_AND", _) => Ok(format!("list_bool_and({kept})")),
            ("LOGICAL_OR", _) => Ok(format!("list_bool_or({kept})")),
            ("BIT_AND" | "BIT_OR" | "BIT_XOR", Type::Int64) => {
                Ok(format!("list_aggregate({kept}, '{}')", call.name.to_lowercase()))
            }
            ("SUM", Type::Int64) => Ok(format!("list_sum({kept})")),
            ("SUM", Type::Numeric) => {
                native_call("within", &[format!("list_sum({kept})")], &[Type::Numeric], &expression.ty, false)
            }
            ("AVG", Type::Numeric) => {
                let ty = [Type::Numeric, Type::Numeric];
                let mut quotient = Ok(String::new());
                let sql = self.once(vec![costly(kept)], |_, kept| {
                    let parts = [
                        format!("list_sum({})", kept[0]),
                        format!("CAST(nullif(list_count({}), 0) AS DECIMAL(38, 9))", kept[0]),
                    ];
                    quotient = native_call("divide", &parts, &ty, &expression.ty, false);
                    quotient.clone().unwrap_or_default()
                });
                quotient.map(|_| sql)
            }
            ("SUM" | "AVG", Type::Float64) => {
                let name = if call.name == "SUM" { "list_sum" } else { "list_avg" };
                Ok(self.once(vec![costly(kept)], |_, kept| finite_if_they_are(name, &kept[0])))
            }
            ("STDDEV" | "STDDEV_SAMP" | "STDDEV_POP" | "VARIANCE" | "VAR_SAMP" | "VAR_POP", _) => {
                let kept = told(&kept);
                Ok(self.once(vec![costly(kept)], |_, kept| spread(&call.name, &kept[0])))
            }
            ("APPROX_QUANTILES", _) => {
                let parts = arguments.get(1).ok_or("APPROX_QUANTILES without a number")?.clone();
                let respect = (call.nulls == Some(Nulls::Respect)).to_string();
                let types = [Type::array(ty.settled()), Type::Int64, Type::Bool];
                native_call("quantiles", &[kept, parts, respect], &types, &expression.ty, false)
            }
            (name, _) => {
                let native = match (name, &ty, &function.duckdb) {
                    ("BIT_AND", ..) => "bytes_bit_and",
                    ("BIT_OR", ..) => "bytes_bit_or",
                    ("BIT_XOR", ..) => "bytes_bit_xor",
                    ("SUM", Type::Interval, _) => "interval_sum",
                    ("AVG", Type::Interval, _) => "interval_average",
                    ("SUM", Type::BigNumeric, _) => "bignumeric_sum",
                    ("AVG", Type::BigNumeric, _) => "bignumeric_avg",
                    ("CORR", ..) => "corr",
                    ("COVAR_POP", ..) => "covar_pop",
                    ("COVAR_SAMP", ..) => "covar_samp",
                    (_, _, Form::Gathered(native)) => native,
                    _ => return Err(format!("HAVING MAX or HAVING MIN in {name}")),
                };
                let first = if takes_pairs(name) { 2 } else { 1 };
                let mut types = vec![Type::array(ty.settled())];
                types.extend(call.arguments.iter().skip(first).map(|argument| argument.ty.clone()));
                let sql: Vec<String> =
                    [kept].into_iter().chain(arguments.iter().skip(first).cloned()).collect();
                native_call(native, &sql, &types, &expression.ty, false)
            }
        }
    }

    /// The list of the values where another one is extreme; NULL where there are no rows.
    fn kept_rows(
        &mut self,
        (extreme, by): (Extreme, &Expression),
        call: &Call,
        value: &str,
        rows: Rows,
    ) -> String {
        let smallest_is_nan = can_be_odd(by) && extreme == Extreme::Min;
        let by = self.expression(by);
        let mut orders = self.order_keys(&call.order_by);
        orders.extend(self.places.iter().cloned());
        let order =
            if orders.is_empty() { String::new() } else { format!(" ORDER BY {}", orders.join(", ")) };
        let all = format!("list(struct_pack(value := {value}, key := {by}){order}){}", filtered(rows.only));
        self.once(vec![costly(all)], |_, rows| {
            let part = |name: &str| format!("struct_extract(kept_row, '{name}')");
            let keys = format!("list_transform({}, lambda kept_row: {})", rows[0], part("key"));
            let best = match extreme {
                Extreme::Min if smallest_is_nan => least_float(&keys),
                Extreme::Min => format!("list_min({keys})"),
                Extreme::Max => format!("list_max({keys})"),
            };
            // The best is looked for once, not for each row.
            format!(
                "list_transform([{best}], lambda best_key: list_transform(list_filter({}, lambda kept_row: {} IS NOT DISTINCT FROM best_key), lambda kept_row: {}))[1]",
                rows[0],
                part("key"),
                part("value")
            )
        })
    }

    /// What a form makes of a list, NULL where nothing is in it.
    fn filled(&mut self, list: String, form: impl FnOnce(&str) -> String) -> String {
        self.once(vec![costly(list)], |_, list| {
            format!("CASE WHEN len({0}) > 0 THEN {1} END", list[0], form(&list[0]))
        })
    }
}

/// Whether an aggregate looks at two values of a row.
fn takes_pairs(name: &str) -> bool {
    matches!(name, "CORR" | "COVAR_POP" | "COVAR_SAMP" | "APPROX_TOP_SUM")
}

/// What of each row an aggregate gathers, and its type.
fn gathered(call: &Call, arguments: &[String]) -> (String, Type) {
    match arguments {
        [left, right, ..] if takes_pairs(&call.name) => {
            let types = call.arguments.iter().take(2).map(|one| Field::new("", one.ty.settled()));
            (format!("struct_pack(f0_ := {left}, f1_ := {right})"), Type::structure(types.collect()))
        }
        [value, ..] if value == "*" => ("TRUE".to_owned(), Type::Bool),
        [value, ..] => (value.clone(), call.arguments[0].ty.clone()),
        [] => ("TRUE".to_owned(), Type::Bool),
    }
}

/// The least of a list of floats, of which NaN is the smallest.
fn least_float(list: &str) -> String {
    format!("CASE WHEN list_contains({list}, 'nan'::DOUBLE) THEN 'nan'::DOUBLE ELSE list_min({list}) END")
}

/// A sum or an average of floats, that fails where finite ones give none.
fn finite_if_they_are(name: &str, list: &str) -> String {
    let whole = format!("{name}({list})");
    format!(
        "CASE WHEN NOT isfinite({whole}) AND len(list_filter({list}, lambda one: NOT isfinite(one))) = 0 THEN error('floating point overflow') ELSE {whole} END"
    )
}

/// A variance or deviation of a list without NULLs.
fn spread(name: &str, list: &str) -> String {
    let (function, least) = super::arithmetic::spread_of(name);
    format!(
        "CASE WHEN len({list}) < {least} THEN NULL WHEN len(list_filter({list}, lambda one: NOT isfinite(one))) > 0 THEN CAST('nan' AS DOUBLE) ELSE list_aggregate({list}, '{function}') END"
    )
}

/// The value of a row where another one is extreme; any row's where that is NULL for all.
pub(super) fn extreme_of(extreme: Extreme, (value, by): (&str, &str), odd: bool, rows: Rows) -> String {
    let (filter, over) = (filtered(rows.only), rows.over);
    let name = match extreme {
        Extreme::Max => "arg_max_null",
        Extreme::Min => "arg_min_null",
    };
    let nan = match extreme {
        Extreme::Min if odd => {
            let both =
                rows.only.iter().cloned().chain([format!("isnan({by})")]).collect::<Vec<_>>().join(" AND ");
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
