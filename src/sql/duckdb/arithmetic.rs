//! Numbers where DuckDB's own functions would lose digits or let infinities through: decimals, and the aggregates of numbers.
//! It must give what GoogleSQL gives, or leave a call to others.

use super::native::native_call;
use super::operator::can_be_odd;
use super::{Printer, convert, data_type, literal};
use crate::schema::Type;
use crate::sql::tree::{Binary, Call, Expression, FormattedCast, Kind, Nulls, Span};
use crate::value::{BIGNUMERIC_SCALE, bytes_of_units, parse_decimal};

/// The native function of an operator on decimals. NUMERIC is a decimal of DuckDB's too: its sums are exact and checked.
pub(super) fn decimal_native(operator: Binary, ty: &Type) -> Option<&'static str> {
    match (operator, ty) {
        (Binary::Add, Type::BigNumeric) => Some("add"),
        (Binary::Subtract, Type::BigNumeric) => Some("subtract"),
        (Binary::Multiply, Type::Numeric | Type::BigNumeric) => Some("multiply"),
        (Binary::Divide, Type::Numeric | Type::BigNumeric) => Some("divide"),
        _ => None,
    }
}

/// A decimal that is written in the query.
pub fn decimal_literal(text: &str, ty: &Type) -> String {
    match parse_decimal(text, BIGNUMERIC_SCALE) {
        Some(units) if *ty == Type::BigNumeric => {
            let hex: String = bytes_of_units(units).iter().map(|byte| format!("{byte:02x}")).collect();
            format!("unhex('{hex}')")
        }
        _ => format!("CAST({} AS {})", literal(text.trim()), data_type(ty)),
    }
}

impl Printer {
    /// A native function of expressions that are brought to the type of its result.
    pub(super) fn native_of(&mut self, name: &str, arguments: &[&Expression], result: &Type) -> String {
        let brought = |printer: &mut Self, argument: &Expression| {
            let sql = printer.expression(argument);
            let is_same = argument.ty == *result || argument.ty == Type::Null;
            if is_same { sql } else { convert(&sql, &argument.ty, result, false) }
        };
        let sql: Vec<String> = arguments.iter().map(|argument| brought(self, argument)).collect();
        let types = vec![result.clone(); arguments.len()];
        match native_call(name, &sql, &types, result, false) {
            Ok(sql) => sql,
            Err(problem) => {
                let span = arguments.first().map_or_else(Span::default, |argument| argument.span);
                self.untranslatable(span, problem)
            }
        }
    }

    /// `CAST(x AS NUMERIC(10, 2))`
    pub(super) fn decimal_within(
        &mut self,
        cast: &FormattedCast,
        precision: i64,
        scale: i64,
        span: Span,
    ) -> String {
        let operand = self.expression(&cast.operand);
        let number = match cast.operand.ty == cast.to {
            true => operand,
            false => convert(&operand, &cast.operand.ty, &cast.to, cast.safe),
        };
        let arguments = [number, format!("{precision}::BIGINT"), format!("{scale}::BIGINT")];
        let types = [cast.to.clone(), Type::Int64, Type::Int64];
        match native_call("within", &arguments, &types, &cast.to, cast.safe) {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(span, problem),
        }
    }

    /// Aggregates of numbers that are more than a function of DuckDB's; `None` for what is none of them. `after` is what
    /// stands behind each of DuckDB's aggregates: its FILTER, and its OVER.
    pub(super) fn of_numbers(
        &mut self,
        call: &Call,
        arguments: &[String],
        after: (&str, &str),
        result: &Type,
    ) -> Result<Option<String>, String> {
        let ([value, ..], [sql, ..]) = (call.arguments.as_slice(), arguments) else { return Ok(None) };
        let shape = Shape { distinct: if call.distinct { "DISTINCT " } else { "" }, after };
        let respect = call.nulls == Some(Nulls::Respect);
        let name = call.name.as_str();
        let form = match (name, &value.ty) {
            ("SUM" | "AVG", Type::Float64) if can_be_odd(value) => shape.guarded(name, sql),
            ("SUM", Type::Numeric) => {
                native_call("within", &[shape.of("sum", sql)], &[Type::Numeric], result, false)?
            }
            ("AVG", Type::Numeric) => {
                let count = format!("CAST({} AS {})", shape.of("count", sql), data_type(result));
                let parts = [shape.of("sum", sql), count];
                // Without a value there is no sum to divide by 0.
                native_call("divide", &parts, &[Type::Numeric, Type::Numeric], result, false)?
            }
            ("SUM" | "AVG", Type::BigNumeric) => {
                let native = if name == "SUM" { "bignumeric_sum" } else { "bignumeric_avg" };
                shape.gathered(native, sql, &value.ty, &[], result)?
            }
            ("STDDEV" | "STDDEV_SAMP" | "STDDEV_POP" | "VARIANCE" | "VAR_SAMP" | "VAR_POP", _) => {
                shape.spread(name, sql)
            }
            ("CORR" | "COVAR_POP" | "COVAR_SAMP", _) => match arguments {
                [left, right] => shape.joint(name, left, right),
                _ => return Ok(None),
            },
            ("APPROX_COUNT_DISTINCT", _) => format!("count(DISTINCT {sql}){}", shape.tail()),
            ("APPROX_TOP_SUM", _) => {
                let [_, weight, most] = arguments else { return Ok(None) };
                let pair = Type::structure(
                    [value, &call.arguments[1]]
                        .map(|one| crate::schema::Field::new(String::new(), one.ty.settled()))
                        .to_vec(),
                );
                let pairs = format!("struct_pack(f0_ := {sql}, f1_ := {weight})");
                shape.gathered("top_sum", &pairs, &pair, &[(most, &Type::Int64)], result)?
            }
            ("APPROX_QUANTILES", _) => {
                let parts = arguments.get(1).ok_or("APPROX_QUANTILES without a number")?;
                match quantiles(&call.arguments[1]) {
                    Some(points) if !respect => shape.chosen(value, sql, &points, true),
                    _ => {
                        let respect = respect.to_string();
                        let others = [(parts, &Type::Int64), (&respect, &Type::Bool)];
                        shape.gathered("quantiles", sql, &value.ty, &others, result)?
                    }
                }
            }
            ("PERCENTILE_DISC", _) if !respect => {
                let point = format!("{}::DOUBLE", nudged(point_of(call.arguments.get(1))?));
                shape.chosen(value, sql, &point, false)
            }
            ("PERCENTILE_CONT", Type::Float64) if !respect => {
                shape.interpolated(value, sql, point_of(call.arguments.get(1))?)
            }
            ("PERCENTILE_CONT" | "PERCENTILE_DISC", ty) => {
                let point = arguments.get(1).ok_or("a percentile without a fraction")?;
                point_of(call.arguments.get(1))?;
                let native = if name == "PERCENTILE_CONT" { "percentile_cont" } else { "percentile_disc" };
                let respect = respect.to_string();
                let others = [(point, &call.arguments[1].ty), (&respect, &Type::Bool)];
                shape.gathered(native, sql, ty, &others, result)?
            }
            ("LAG" | "LEAD", _) => match call.arguments.get(1).map(|offset| &offset.kind) {
                // DuckDB would look the other way.
                Some(Kind::Integer(offset)) if *offset < 0 => return Err(format!("{name} by {offset}")),
                _ => return Ok(None),
            },
            ("NTH_VALUE", _) => match call.arguments.get(1).map(|place| &place.kind) {
                // DuckDB gives NULL; rows count from 1.
                Some(Kind::Integer(place)) if *place < 1 => return Err(format!("{name} of row {place}")),
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok(Some(form))
    }
}

/// How one call of an aggregate is written.
struct Shape<'a> {
    distinct: &'static str,
    after: (&'a str, &'a str),
}

impl Shape<'_> {
    fn tail(&self) -> String {
        format!("{}{}", self.after.0, self.after.1)
    }

    fn of(&self, function: &str, arguments: &str) -> String {
        format!("{function}({}{arguments}){}", self.distinct, self.tail())
    }

    /// A native function of the list of all values, and of others that are the same for all rows.
    fn gathered(
        &self,
        native: &str,
        value: &str,
        ty: &Type,
        others: &[(&String, &Type)],
        result: &Type,
    ) -> Result<String, String> {
        let mut sql = vec![self.of("list", value)];
        let mut types = vec![Type::array(ty.settled())];
        for (other, ty) in others {
            sql.push((*other).clone());
            types.push((*ty).clone());
        }
        native_call(native, &sql, &types, result, false)
    }

    /// A sum or an average of floats, that fails where finite ones give none.
    fn guarded(&self, name: &str, value: &str) -> String {
        let whole = self.of(&name.to_ascii_lowercase(), value);
        let odd = self.of("bool_or", &format!("NOT isfinite({value})"));
        format!(
            "CASE WHEN NOT isfinite({whole}) AND NOT {odd} THEN error('floating point overflow in {name}') ELSE {whole} END"
        )
    }

    /// Values at fractions, one or a list of them. NaN, DuckDB's greatest number, is before all others.
    fn chosen(&self, value: &Expression, sql: &str, points: &str, many: bool) -> String {
        if !can_be_odd(value) {
            return self.of("quantile_disc", &format!("{sql}, {points}"));
        }
        let ranked = format!(
            "CASE WHEN {sql} IS NOT NULL THEN struct_pack(told := NOT isnan({sql}), value := {sql}) END"
        );
        let chosen = self.of("quantile_disc", &format!("{ranked}, {points}"));
        match many {
            true => format!("list_transform({chosen}, lambda one: struct_extract(one, 'value'))"),
            false => format!("struct_extract({chosen}, 'value')"),
        }
    }

    /// A value between two others, in their order: NaN, the least infinity, numbers, the greatest infinity. DuckDB's has NaN last
    /// and takes a difference, which two infinities do not have, so that only numbers are left to it.
    fn interpolated(&self, value: &Expression, sql: &str, point: f64) -> String {
        if !can_be_odd(value) {
            return self.of("quantile_cont", &format!("{sql}, {point}::DOUBLE"));
        }
        let lowered = format!("CASE WHEN isnan({sql}) THEN CAST('-inf' AS DOUBLE) ELSE {sql} END");
        let whole = self.of("quantile_cont", &format!("{lowered}, {point}::DOUBLE"));
        let counted = |which: String| self.of("count", &format!("CASE WHEN {which} THEN 1 END"));
        let odd = counted(format!("NOT isfinite({sql})"));
        let (no_number, least, greatest) = (
            counted(format!("isnan({sql})")),
            counted(format!("isnan({sql}) OR {sql} = CAST('-inf' AS DOUBLE)")),
            counted(format!("{sql} = CAST('inf' AS DOUBLE)")),
        );
        let last = format!("({} - 1)", self.of("count", sql));
        let (low, high) =
            (format!("floor({last} * {point}::DOUBLE)"), format!("ceil({last} * {point}::DOUBLE)"));
        let float = |text: &str| format!("CAST('{text}' AS DOUBLE)");
        let (nan, minus, plus) = (float("nan"), float("-inf"), float("inf"));
        format!(
            "CASE WHEN {odd} = 0 THEN {whole} \
             WHEN {low} < {no_number} THEN {nan} \
             WHEN {low} < {least} AND {high} > {low} AND {high} > {last} - {greatest} THEN {nan} \
             WHEN {low} < {least} THEN {minus} \
             WHEN {high} > {last} - {greatest} THEN {plus} ELSE {whole} END"
        )
    }

    /// A variance or deviation: NaN where a value is one or infinite, which DuckDB refuses; NULL for too few values.
    fn spread(&self, name: &str, value: &str) -> String {
        let (function, least) = spread_of(name);
        let count = self.of("count", value);
        let odd = self.of("bool_or", &format!("NOT isfinite({value})"));
        let whole = self.of(function, &format!("CASE WHEN isfinite({value}) THEN {value} END"));
        format!(
            "CASE WHEN {count} < {least} THEN NULL WHEN {odd} THEN CAST('nan' AS DOUBLE) ELSE {whole} END"
        )
    }

    /// The same of pairs, of which both have to be there.
    fn joint(&self, name: &str, left: &str, right: &str) -> String {
        let (function, least) = match name {
            "CORR" => ("corr", 2),
            "COVAR_POP" => ("covar_pop", 1),
            _ => ("covar_samp", 2),
        };
        // 0 for a pair of numbers, NaN where one is odd, NULL where one is missing.
        let told = format!("({left} * 0 + {right} * 0)");
        let count = self.of("count", &told);
        let odd = self.of("bool_or", &format!("isnan{told}"));
        let kept = |value: &str| format!("CASE WHEN isfinite{told} THEN {value} END");
        let whole = self.of(function, &format!("{}, {}", kept(left), kept(right)));
        format!(
            "CASE WHEN {count} < {least} THEN NULL WHEN {odd} THEN CAST('nan' AS DOUBLE) ELSE {whole} END"
        )
    }
}

/// DuckDB's function of a variance or deviation, and how many values it needs.
pub(super) fn spread_of(name: &str) -> (&'static str, usize) {
    match name {
        "STDDEV_POP" => ("stddev_pop", 1),
        "VAR_POP" => ("var_pop", 1),
        "STDDEV" | "STDDEV_SAMP" => ("stddev_samp", 2),
        _ => ("var_samp", 2),
    }
}

/// The fractions of so many equal parts, where they are written down and not too many.
fn quantiles(parts: &Expression) -> Option<String> {
    let Kind::Integer(parts @ 1..=1000) = parts.kind else { return None };
    let points: Vec<String> = (0..=parts).map(|part| nudged(part as f64 / parts as f64)).collect();
    Some(format!(
        "[{}]",
        points.iter().map(|point| format!("{point}::DOUBLE")).collect::<Vec<_>>().join(", ")
    ))
}

/// A hair below a fraction, lest what its product with the number of rows is too large by is taken for one more.
fn nudged(fraction: f64) -> String {
    (fraction - 1e-12).clamp(0.0, 1.0).to_string()
}

/// The fraction of a percentile.
fn point_of(point: Option<&Expression>) -> Result<f64, String> {
    let Some(point) = point else { return Err("a percentile without a fraction".to_owned()) };
    let text = match &point.kind {
        Kind::Float(text) | Kind::Typed { text, .. } => text.clone(),
        Kind::Integer(number) => number.to_string(),
        Kind::Cast { operand, .. } => return point_of(Some(operand)),
        _ => return Err("a percentile's fraction must be a literal".to_owned()),
    };
    let point = text.trim().parse::<f64>().ok().filter(|point| (0.0..=1.0).contains(point));
    point.ok_or_else(|| format!("a percentile at {text}: it lies between 0 and 1"))
}
