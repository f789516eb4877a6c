//! Expressions: which are never NULL. A function counts only where its documentation leaves no other way to NULL
//! than an argument that is NULL.

use std::sync::Arc;

use super::{Prover, Relation, Scope};
use crate::schema::Type;
use crate::sql::PARAMETERS;
use crate::sql::tree::{Binary, Call, Expression, InSet, Inlined, Kind};

/// NULL exactly where an argument is.
#[rustfmt::skip]
const STRICT: &[&str] = &[
    "ABS", "ARRAY_CONCAT", "ARRAY_LENGTH", "ARRAY_REVERSE", "BIT_COUNT", "BYTE_LENGTH", "CEIL", "CEILING", "CHARACTER_LENGTH",
    "CHAR_LENGTH", "CONCAT", "CURRENT_DATE", "CURRENT_DATETIME", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DATE", "DATETIME",
    "DATETIME_ADD", "DATETIME_DIFF", "DATETIME_SUB", "DATETIME_TRUNC", "DATE_ADD", "DATE_DIFF", "DATE_FROM_UNIX_DATE", "DATE_SUB",
    "DATE_TRUNC", "DIV", "ENDS_WITH", "FARM_FINGERPRINT", "FLOOR", "FORMAT_DATE", "FORMAT_DATETIME", "FORMAT_TIME",
    "FORMAT_TIMESTAMP", "GENERATE_ARRAY", "GENERATE_DATE_ARRAY", "GENERATE_UUID", "GREATEST", "INSTR", "LAST_DAY", "LEAST", "LEFT",
    "LENGTH", "LOWER", "LPAD", "LTRIM", "MD5", "MOD", "PARSE_DATE", "PARSE_DATETIME", "PARSE_TIMESTAMP", "RAND",
    "REGEXP_CONTAINS", "REGEXP_REPLACE", "REPEAT", "REPLACE", "REVERSE", "RIGHT", "ROUND", "RPAD", "RTRIM", "SHA1", "SHA256",
    "SHA512", "SIGN", "SPLIT", "STARTS_WITH", "STRPOS", "SUBSTR", "SUBSTRING", "TIME", "TIMESTAMP", "TIMESTAMP_ADD",
    "TIMESTAMP_DIFF", "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS", "TIMESTAMP_SECONDS", "TIMESTAMP_SUB", "TIMESTAMP_TRUNC",
    "TO_BASE64", "TO_HEX", "TRIM", "TRUNC", "UNIX_DATE", "UNIX_MICROS", "UNIX_MILLIS", "UNIX_SECONDS", "UPPER",
];

/// Never NULL, over no rows too.
#[rustfmt::skip]
const COUNTS: &[&str] = &[
    "APPROX_COUNT_DISTINCT", "COUNT", "COUNTIF", "CUME_DIST", "DENSE_RANK", "GROUPING", "NTILE", "PERCENT_RANK", "RANK",
    "ROW_NUMBER",
];

/// Not NULL over rows in which the argument is not.
const OF_ROWS: &[&str] = &["ANY_VALUE", "AVG", "LOGICAL_AND", "LOGICAL_OR", "MAX", "MIN", "SUM"];

/// So many bodies of functions are followed in one query.
const MOST_BODIES: usize = 10_000;

/// Whether a value is a count and nothing else.
pub(super) fn counts(value: &Expression) -> bool {
    matches!(&value.kind, Kind::Call(call) if is_built_in(call) && COUNTS.contains(&call.name.as_str()))
}

/// The parts of a value that is NULL exactly where one of them is; none for other values.
pub(super) fn strict(value: &Expression) -> Option<Vec<&Expression>> {
    let mut parts = Vec::new();
    match &value.kind {
        Kind::Binary { operator: Binary::And | Binary::Or, .. } => return None,
        Kind::Binary { left, right, .. } if is_whole(left) && is_whole(right) => {
            parts.extend([&**left, &**right]);
        }
        Kind::Unary { operand, .. } | Kind::Interval { value: operand, .. } => parts.push(&**operand),
        Kind::Extract { operand, zone, .. } => {
            parts.push(&**operand);
            parts.extend(zone.as_deref());
        }
        Kind::Cast { operand, safe: false, .. } if operand.ty != Type::Json => parts.push(&**operand),
        Kind::Call(call) if is_built_in(call) && STRICT.contains(&call.name.as_str()) => {
            if call.arguments.iter().any(|argument| argument.ty == Type::Json) {
                return None;
            }
            parts.extend(&call.arguments);
        }
        _ => return None,
    }
    Some(parts)
}

/// Whether a call gives what the built-in function of its name does.
pub(super) fn is_built_in(call: &Call) -> bool {
    !call.safe && call.script.is_none() && !call.own_aggregate && call.own_varies.is_none()
}

/// Whether a comparison of the value looks at nothing but its whole: in structs and arrays there may be NULLs.
fn is_whole(value: &Expression) -> bool {
    !matches!(value.ty, Type::Struct(_) | Type::Array(_) | Type::Json | Type::Unknown | Type::Range(_))
}

impl Prover<'_> {
    /// Whether a value is known never to be NULL.
    pub(super) fn value(&mut self, value: &Expression, scope: &Scope) -> bool {
        if let Some(parts) = strict(value) {
            return self.all(parts, scope);
        }
        match &value.kind {
            Kind::Bool(_)
            | Kind::Integer(_)
            | Kind::Float(_)
            | Kind::Text(_)
            | Kind::Bytes(_)
            | Kind::Typed { .. }
            | Kind::Part(_)
            | Kind::Is { .. }
            | Kind::Exists { .. }
            | Kind::ArrayQuery(_)
            | Kind::Array(_)
            | Kind::Struct(_) => true,
            Kind::Parameter(name) => PARAMETERS.iter().any(|(known, _)| known == name),
            Kind::Column { relation: Some(relation), name, .. } => scope.column(relation, name),
            Kind::Column { relation: None, name, .. } => scope.bound(name),
            Kind::Binary { operator: Binary::And | Binary::Or, left, right } => {
                self.value(left, scope) && self.value(right, scope)
            }
            Kind::Call(call) => self.call(call, scope),
            Kind::Inlined(call) => self.inlined(call, scope),
            Kind::Constructor { operand, .. } => self.value(operand, scope),
            Kind::FormattedCast(cast) => {
                let more = cast.format.iter().chain(&cast.zone);
                !cast.safe && cast.operand.ty != Type::Json && self.all(more.chain([&cast.operand]), scope)
            }
            Kind::Case { branches, otherwise: Some(otherwise), .. } => {
                let results = branches.iter().map(|(_, result)| result);
                self.all(results.chain([&**otherwise]), scope)
            }
            Kind::With(with) => {
                let mut inner = Scope { groups: scope.groups, ..Scope::inside(Some(scope)) };
                for (name, bound) in &with.bindings {
                    let never_null = self.value(bound, &inner);
                    inner.bound.push((name.text.clone(), never_null));
                }
                self.value(&with.value, &inner)
            }
            Kind::Named { value, .. } => self.value(value, scope),
            Kind::In { operand, set: InSet::List(items), .. } => {
                is_whole(operand) && self.all(items.iter().chain([&**operand]), scope)
            }
            Kind::Between { operand, low, high, .. } => {
                is_whole(operand) && self.all([&**operand, low, high], scope)
            }
            Kind::Like { operand, pattern, .. } => self.all([&**operand, pattern], scope),
            Kind::Scalar(query) => self.scalar(query, scope),
            _ => false,
        }
    }

    fn call(&mut self, call: &Call, scope: &Scope) -> bool {
        let name = call.name.as_str();
        if !is_built_in(call) {
            return false;
        }
        match (name, &call.arguments[..]) {
            ("COALESCE" | "IFNULL", arguments) => {
                arguments.iter().any(|argument| self.value(argument, scope))
            }
            ("IF", [_, yes, no]) => self.value(yes, scope) && self.value(no, scope),
            (_, [argument]) if OF_ROWS.contains(&name) => {
                let is_of_groups = scope.groups && call.over.is_none();
                let is_of_all = call.having.is_none() && call.filter.is_none();
                is_of_groups && is_of_all && self.value(argument, scope)
            }
            _ => COUNTS.contains(&name),
        }
    }

    /// The body of a function, with its arguments as the columns of a relation that has its name.
    fn inlined(&mut self, call: &Inlined, scope: &Scope) -> bool {
        self.bodies += 1;
        if call.has_query || self.bodies > MOST_BODIES {
            return false;
        }
        let mut given = Vec::with_capacity(call.arguments.len());
        for (name, argument) in &call.arguments {
            given.push((name.clone(), self.value(argument, scope)));
        }
        let relation = Relation { alias: call.function.clone(), sure: super::sure(&given) };
        let relations = vec![relation];
        self.value(&Arc::clone(&call.body), &Scope { relations, groups: scope.groups, ..Scope::default() })
    }
}
