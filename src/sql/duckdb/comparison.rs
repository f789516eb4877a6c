//! Comparisons. NaN equals nothing and is neither less nor greater than anything, where DuckDB takes it for the greatest
//! number; structs compare field by field and by place, where DuckDB's do by name and take NULLs for equal.

use super::cast::convert;
use super::guard::as_condition;
use super::moment::range_key;
use super::once::is_plain;
use super::operator::can_be_odd;
use super::query::Purpose;
use super::types::column_names;
use super::{Printer, literal};
use crate::schema::{Field, Type};
use crate::sql::resolve::symbol;
use crate::sql::tree::{Binary, Body, Expression, InSet, Kind, Output, Quantifier, Query, Shape};

impl Printer {
    pub(super) fn comparison(&mut self, operator: Binary, left: &Expression, right: &Expression) -> String {
        if let (Kind::Struct(lefts), Kind::Struct(rights)) = (&left.kind, &right.kind)
            && lefts.len() == rights.len()
        {
            let pairs = lefts.iter().zip(rights);
            let parts: Vec<String> =
                pairs.map(|((_, left), (_, right))| self.comparison(Binary::Equal, left, right)).collect();
            return alike(operator, &parts);
        }
        let (types, odd) = ((&left.ty, &right.ty), (can_be_odd(left), can_be_odd(right)));
        if !matches!(left.ty, Type::Struct(_)) && !odd.0 && !odd.1 {
            let (left, right) = (self.expression(left), self.expression(right));
            return ["(", &left, " ", symbol(operator), " ", &right, ")"].concat();
        }
        self.pair(left, right, |_, left, right| compared(operator, (left, right), types, odd))
    }

    /// `NULLIF(value, other)`
    pub(super) fn null_if(&mut self, value: &Expression, other: &Expression) -> String {
        let (types, odd) = ((&value.ty, &other.ty), (can_be_odd(value), can_be_odd(other)));
        self.pair(value, other, |_, value, other| match is_simple(types.0, odd) {
            true => format!("nullif({value}, {other})"),
            false => {
                let equal = compared(Binary::Equal, (value, other), types, odd);
                format!("CASE WHEN {equal} THEN NULL ELSE {value} END")
            }
        })
    }

    /// A condition whose NULL counts as FALSE: of WHERE, ON and the like.
    pub(super) fn condition(&mut self, condition: &Expression) -> String {
        match &condition.kind {
            Kind::Binary { operator: Binary::And, left, right } => {
                ["(", &self.condition(left), " AND ", &self.condition(right), ")"].concat()
            }
            Kind::Binary { operator: Binary::Or, left, right } => {
                format!("({} OR {})", self.condition(left), self.condition(right))
            }
            // DuckDB filters by such a comparison while it reads, and not by a CASE.
            Kind::Binary {
                operator:
                    operator @ (Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual),
                left,
                right,
            } if left.ty == Type::Float64
                && right.ty == Type::Float64
                && is_plain(left)
                && is_plain(right) =>
            {
                let is_less = matches!(operator, Binary::Less | Binary::LessOrEqual);
                // NaN is DuckDB's greatest number: on the other side it is neither less nor greater by itself.
                let greater = if is_less { right } else { left };
                let odd = can_be_odd(greater);
                let greater = self.expression(greater);
                let compared =
                    format!("{} {} {}", self.expression(left), symbol(*operator), self.expression(right));
                let told = if odd { format!(" AND NOT isnan({greater})") } else { String::new() };
                format!("({compared}{told})")
            }
            // DuckDB joins by such an equality, and not by a CASE.
            Kind::Binary { operator: Binary::Equal, left, right }
                if left.ty == Type::Float64 && right.ty == Type::Float64 =>
            {
                let odd = can_be_odd(left) && can_be_odd(right);
                let (left, right) = (self.expression(left), self.expression(right));
                let told = if odd { format!(" AND NOT isnan({right})") } else { String::new() };
                format!("({left} = {right}{told})")
            }
            _ => self.expression(condition),
        }
    }

    pub(super) fn within(&mut self, operand: &Expression, set: &InSet, negated: bool) -> String {
        let not = if negated { "NOT " } else { "" };
        let simple = |other: &Expression| is_simple(&operand.ty, (can_be_odd(operand), can_be_odd(other)));
        match set {
            InSet::List(items) if items.iter().all(simple) => {
                let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
                format!("({} {not}IN ({}))", self.expression(operand), items.join(", "))
            }
            InSet::List(items) => {
                let odd = can_be_odd(operand);
                let mut operands = vec![self.operand(operand)];
                operands.extend(items.iter().map(|item| self.operand(item)));
                let found = self.once(operands, |_, sql| {
                    let equal: Vec<String> = items
                        .iter()
                        .zip(&sql[1..])
                        .map(|(item, text)| {
                            let types = (&operand.ty, &item.ty);
                            compared(Binary::Equal, (&sql[0], text), types, (odd, can_be_odd(item)))
                        })
                        .collect();
                    format!("({})", equal.join(" OR "))
                });
                if negated { format!("(NOT {found})") } else { found }
            }
            InSet::Query(query) => {
                let element = element_of(query);
                if is_simple(&operand.ty, (can_be_odd(operand), element == Type::Float64)) {
                    let rows = self.inner_query(query, Purpose::Rows);
                    return format!("({} {not}IN ({rows}))", self.expression(operand));
                }
                let equal = compared(
                    Binary::Equal,
                    ("held.value", "found.value"),
                    (&operand.ty, &element),
                    (true, true),
                );
                let found = self.one_of(operand, query, &equal, Quantifier::Any);
                if negated { format!("(NOT {found})") } else { found }
            }
            InSet::Unnest(array) => self.in_array(operand, array, negated),
        }
    }

    /// Whether a test of `held.value` and `found.value` holds for one, or all, of the values of a query; NULL where only a
    /// NULL keeps it from being told.
    pub(super) fn one_of(
        &mut self,
        operand: &Expression,
        query: &Query,
        test: &str,
        quantifier: Quantifier,
    ) -> String {
        let value = self.expression(operand);
        let query = self.inner_query(query, Purpose::Rows);
        let (decided, otherwise) = match quantifier {
            Quantifier::Any => ("bool_or(told) THEN TRUE", "FALSE"),
            Quantifier::All => ("NOT bool_and(told) THEN FALSE", "TRUE"),
        };
        format!(
            "(SELECT CASE WHEN {decided} WHEN count(*) > count(told) THEN NULL ELSE {otherwise} END FROM (SELECT {test} AS told FROM ({query}) AS found(value) CROSS JOIN (SELECT {value} AS value) AS held))"
        )
    }

    /// `x IN UNNEST(array)`: nothing is in a missing array; NULL where only a NULL keeps it from being told.
    pub(super) fn in_array(&mut self, operand: &Expression, array: &Expression, negated: bool) -> String {
        let element = match &array.ty {
            Type::Array(element) => (**element).clone(),
            other => other.clone(),
        };
        let odd = can_be_odd(operand) && element == Type::Float64;
        let found = self.pair(operand, array, |_, value, array| {
            // Bytes are compared with nothing but bytes.
            let wide = Type::BigNumeric;
            let (value, array) = match (&operand.ty, &element) {
                (Type::BigNumeric, other) if *other != wide => {
                    (value.to_owned(), convert(array, &Type::array(other.clone()), &Type::array(wide), false))
                }
                (other, Type::BigNumeric) if *other != wide => {
                    (convert(value, other, &wide, false), array.to_owned())
                }
                _ => (value.to_owned(), array.to_owned()),
            };
            if is_simple(&element, (odd, odd)) {
                return format!(
                    "CASE WHEN coalesce(len({array}), 0) = 0 THEN FALSE WHEN {value} IS NULL THEN NULL \
                     WHEN list_contains({array}, {value}) THEN TRUE \
                     WHEN list_count({array}) < len({array}) THEN NULL ELSE FALSE END"
                );
            }
            let equal = compared(Binary::Equal, (&value, "element"), (&operand.ty, &element), (true, true));
            any_true(&format!("list_transform({array}, lambda element: {equal})"))
        });
        if negated { format!("(NOT {found})") } else { found }
    }

    pub(super) fn between(&mut self, operand: &Expression, low: &Expression, high: &Expression) -> String {
        if matches!(operand.ty, Type::Range(_)) {
            let key = |printer: &mut Self, value: &Expression| {
                let sql = printer.expression(value);
                range_key(&sql, &value.ty)
            };
            let (operand, low, high) = (key(self, operand), key(self, low), key(self, high));
            return format!("({operand} BETWEEN {low} AND {high})");
        }
        let odd = (can_be_odd(operand), can_be_odd(low), can_be_odd(high));
        // NaN is greater than what is no NaN, so that an upper bound keeps it out.
        if !odd.1 && !odd.2 {
            let (operand, low, high) =
                (self.expression(operand), self.expression(low), self.expression(high));
            return format!("({operand} BETWEEN {low} AND {high})");
        }
        let types = (operand.ty.clone(), low.ty.clone(), high.ty.clone());
        let operands = vec![self.operand(operand), self.operand(low), self.operand(high)];
        self.once(operands, |_, sql| {
            let from = (Binary::GreaterOrEqual, (&*sql[0], &*sql[1]), (&types.0, &types.1), (odd.0, odd.1));
            let to = (Binary::LessOrEqual, (&*sql[0], &*sql[2]), (&types.0, &types.2), (odd.0, odd.2));
            format!("({} AND {})", compared(from.0, from.1, from.2, from.3), compared(to.0, to.1, to.2, to.3))
        })
    }

    pub(super) fn case(
        &mut self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
    ) -> String {
        // What is compared in another way than DuckDB does, and the comparisons.
        let odd = operand.filter(|operand| {
            branches
                .iter()
                .any(|(value, _)| !is_simple(&operand.ty, (can_be_odd(operand), can_be_odd(value))))
        });
        let mut held = Vec::new();
        if let Some(operand) = odd {
            held.push(self.operand(operand));
        }
        let mut texts = Vec::new();
        let mut passed: Vec<String> = Vec::new();
        for (condition, result) in branches {
            let test = self.guarded(&passed, |printer| printer.operand(condition));
            let known = as_condition(condition, &test.sql).filter(|_| operand.is_none());
            let mut taken = passed.clone();
            taken.extend(known.as_ref().map(|condition| format!("({condition})")));
            texts.push((test, self.guarded(&taken, |printer| printer.operand(result))));
            passed.extend(known.map(|condition| format!("({condition}) IS NOT TRUE")));
        }
        let last = otherwise.map(|otherwise| self.guarded(&passed, |printer| printer.expression(otherwise)));
        let Some(odd_operand) = odd else {
            let mut sql = "CASE".to_owned();
            if let Some(operand) = operand {
                sql.push_str(&format!(" {}", self.expression(operand)));
            }
            for (condition, result) in texts {
                sql.push_str(&format!(" WHEN {} THEN {}", condition.sql, result.sql));
            }
            sql.push_str(&last.map_or(String::new(), |last| format!(" ELSE {last}")));
            return format!("{sql} END");
        };
        // Results stay outside of the lambda: which one is meant is a number.
        let (conditions, results): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
        held.extend(conditions);
        let which = self.once(held, |_, sql| {
            let mut which = "CASE".to_owned();
            for (at, ((value, _), text)) in branches.iter().zip(&sql[1..]).enumerate() {
                let odd = (can_be_odd(odd_operand), can_be_odd(value));
                let types = (&odd_operand.ty, &value.ty);
                let test = compared(Binary::Equal, (&sql[0], text), types, odd);
                which.push_str(&format!(" WHEN {test} THEN {at}"));
            }
            format!("{which} END")
        });
        let mut sql = format!("CASE {which}");
        for (at, result) in results.into_iter().enumerate() {
            sql.push_str(&format!(" WHEN {at} THEN {}", result.sql));
        }
        sql.push_str(&last.map_or(String::new(), |last| format!(" ELSE {last}")));
        format!("{sql} END")
    }
}

/// Whether DuckDB finds such values equal where GoogleSQL does; `odd` says of either side whether it may be NaN.
fn is_simple(ty: &Type, odd: (bool, bool)) -> bool {
    !(matches!(ty, Type::Struct(_)) || odd.0 && odd.1)
}

/// A comparison of two texts of SQL.
fn compared(
    operator: Binary,
    (left, right): (&str, &str),
    types: (&Type, &Type),
    odd: (bool, bool),
) -> String {
    if let (Type::Struct(lefts), Type::Struct(rights)) = types {
        let names = (column_names(lefts), column_names(rights));
        let parts: Vec<String> = lefts
            .iter()
            .zip(rights.iter())
            .enumerate()
            .map(|(at, (one, other))| {
                let left = format!("struct_extract({left}, {})", literal(&names.0[at]));
                let right = format!("struct_extract({right}, {})", literal(&names.1[at]));
                compared(Binary::Equal, (&left, &right), (&one.ty, &other.ty), (true, true))
            })
            .collect();
        return alike(operator, &parts);
    }
    let odd = (odd.0 && *types.0 == Type::Float64, odd.1 && *types.1 == Type::Float64);
    let plain = format!("({left} {} {right})", symbol(operator));
    // NaN is equal to itself in DuckDB, and greater than all else.
    let wrong: Vec<&str> = match operator {
        Binary::Equal | Binary::NotEqual if odd.0 && odd.1 => vec![right],
        Binary::Less | Binary::LessOrEqual if odd.1 => vec![right],
        Binary::Greater | Binary::GreaterOrEqual if odd.0 => vec![left],
        _ => return plain,
    };
    let other = if operator == Binary::NotEqual { "TRUE" } else { "FALSE" };
    let known = if wrong == [right] { left } else { right };
    format!(
        "CASE WHEN isnan({}) THEN CASE WHEN {known} IS NOT NULL THEN {other} END ELSE {plain} END",
        wrong[0]
    )
}

/// Structs whose fields were compared for being equal.
fn alike(operator: Binary, parts: &[String]) -> String {
    let all = if parts.is_empty() { "TRUE".to_owned() } else { parts.join(" AND ") };
    if operator == Binary::NotEqual { format!("(NOT ({all}))") } else { format!("({all})") }
}

/// Whether one of a list of truths is true; NULL where only a NULL keeps it from being told.
pub(super) fn any_true(tests: &str) -> String {
    format!(
        "list_transform([coalesce({tests}, [])], lambda told: CASE WHEN list_contains(told, TRUE) THEN TRUE WHEN list_count(told) < len(told) THEN NULL ELSE FALSE END)[1]"
    )
}

/// The type of what a query of one column gives.
fn element_of(query: &Query) -> Type {
    let mut body = &query.body;
    loop {
        body = match body {
            Body::Select(select) if select.shape == Shape::Struct => {
                let field = |output: &Output| Field::new(output.name.clone(), output.expression.ty.clone());
                return Type::structure(select.outputs.iter().map(field).collect());
            }
            Body::Select(select) => {
                return select.outputs.first().map_or(Type::Null, |output| output.expression.ty.clone());
            }
            Body::Query(query) => &query.body,
            Body::Set { left, .. } => left,
        };
    }
}
