//! The rules of the translation, and what stands in the place of each: another function of its shape, another operator,
//! another word of a clause.

use std::collections::BTreeSet;

use tidemill::native::{self, Native};
use tidemill::schema::Type;
use tidemill::sql::tree::{
    Binary, Body, Call, DatePart, Expression, Extreme, FrameUnit, IsTest, JoinKind, Kind, NameMatch, Nulls,
    Order, Quantifier, SetOperator, SubscriptKind, Unary,
};
use tidemill::sql::{FUNCTIONS, Function};

use super::walk::Node;

/// One rule put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mutation {
    /// What a query has in it that the rule is for.
    pub rule: String,
    pub instead: String,
}

fn mutation(rule: &str, instead: impl Into<String>) -> Mutation {
    Mutation { rule: rule.to_owned(), instead: instead.into() }
}

/// What a mutation of a native function is called.
const NATIVE: &str = "native ";

/// The mutations of all functions, and of the other rules that are found in queries.
pub fn mutations(found: &BTreeSet<Mutation>) -> Vec<Mutation> {
    let runnable: Vec<&Function> = FUNCTIONS.iter().copied().filter(|one| one.is_runnable()).collect();
    let mut all: Vec<Mutation> = Vec::new();
    for function in &runnable {
        let others = neighbours(function, &runnable);
        all.extend(others.into_iter().map(|other| mutation(function.name, other.name)));
    }
    for rows in native::FAMILIES {
        for row in *rows {
            let others = rows.iter().filter(|other| is_near(row, other));
            all.extend(others.map(|other| mutation(&format!("{NATIVE}{}", row.name), other.name)));
        }
    }
    all.extend(found.iter().cloned());
    all
}

/// All functions with the same signatures; where there is none, the next one that takes as many arguments.
fn neighbours<'a>(function: &Function, runnable: &[&'a Function]) -> Vec<&'a Function> {
    let others = |is_it: &dyn Fn(&Function) -> bool| -> Vec<&'a Function> {
        let fits =
            |other: &&&Function| other.name != function.name && other.role == function.role && is_it(other);
        let at = runnable.iter().position(|one| one.name == function.name).unwrap_or_default();
        runnable[at..].iter().chain(&runnable[..at]).filter(fits).copied().collect()
    };
    let same = others(&|other| other.written == function.written);
    if !same.is_empty() {
        return same;
    }
    let takes = |one: &Function| one.signatures().first().map(|signature| signature.parameters.len());
    others(&|other| takes(other) == takes(function)).into_iter().take(1).collect()
}

/// Whether a native function can be called as another one is.
fn is_near(row: &Native, other: &Native) -> bool {
    row.name != other.name && row.strict == other.strict && row.volatile == other.volatile
}

impl Mutation {
    /// Whether it is this pair, one way or the other.
    pub fn is_of(&self, rule: &str, instead: &str) -> bool {
        let own = (self.rule.as_str(), self.instead.as_str());
        own == (rule, instead) || own == (instead, rule)
    }

    /// Makes the change in a part of a query, and says whether there was something to change.
    pub fn apply(&self, node: &mut Node) -> bool {
        let mut is_applied = false;
        if let Node::Expression(Expression { kind: Kind::Call(call), .. }) = node
            && call.name == self.rule
            && call.script.is_none()
        {
            call.name.clone_from(&self.instead);
            return true;
        }
        change(node, &mut |found, make| {
            if !is_applied && found == *self {
                make();
                is_applied = true;
            }
        });
        is_applied
    }

    /// Makes the change in a translated text, where it is one of native functions.
    pub fn renamed(&self, sql: &str) -> Option<String> {
        let name = self.rule.strip_prefix(NATIVE)?;
        let mut renamed = sql.to_owned();
        for safe in ["", "SAFE."] {
            let called = |name: &str| format!("\"tidemill {safe}{name}(");
            renamed = renamed.replace(&called(name), &called(&self.instead));
        }
        Some(renamed)
    }
}

/// The rules that a translated text shows.
pub fn natives(sql: &str) -> impl Iterator<Item = String> {
    tidemill::sql::duckdb::native_calls(sql).into_iter().map(|call| format!("{NATIVE}{}", call.native.name))
}

/// The name of the function that a part calls.
pub fn called(node: &Node) -> Option<String> {
    match node {
        Node::Expression(Expression { kind: Kind::Call(call), .. }) if call.script.is_none() => {
            Some(call.name.clone())
        }
        _ => None,
    }
}

/// Shows each change that a part allows, functions aside, and a way to make it.
pub fn change(node: &mut Node, offer: &mut dyn FnMut(Mutation, &mut dyn FnMut())) {
    match node {
        Node::Query(query) => {
            if query.limit.is_some() {
                offer(mutation("LIMIT", "none"), &mut || query.limit = None);
            }
            if query.offset.is_some() {
                offer(mutation("OFFSET", "none"), &mut || query.offset = None);
            }
        }
        Node::Body(Body::Set { operator, all, by_name, left, right, .. }) => {
            let rule = format!("{operator:?}{}", if *all { " ALL" } else { " DISTINCT" });
            for other in [SetOperator::Union, SetOperator::Intersect, SetOperator::Except] {
                if other != *operator {
                    offer(mutation(&rule, format!("{other:?}")), &mut || *operator = other);
                }
            }
            offer(mutation(&rule, "the other of ALL and DISTINCT"), &mut || *all = !*all);
            if *operator == SetOperator::Except {
                offer(mutation(&rule, "sides exchanged"), &mut || std::mem::swap(left, right));
            }
            if let Some(by_name) = by_name {
                let rule = format!("BY NAME {:?}", by_name.columns);
                for other in [NameMatch::Inner, NameMatch::Left, NameMatch::Full] {
                    if other != by_name.columns {
                        offer(mutation(&rule, format!("{other:?}")), &mut || by_name.columns = other);
                    }
                }
            }
        }
        Node::Body(_) => {}
        Node::Select(select) => {
            if select.distinct {
                offer(mutation("SELECT DISTINCT", "SELECT"), &mut || select.distinct = false);
            }
            for (rule, clause) in [
                ("WHERE", &mut select.filter),
                ("HAVING", &mut select.having),
                ("QUALIFY", &mut select.qualify),
            ] {
                if clause.is_some() {
                    offer(mutation(rule, "none"), &mut || *clause = None);
                }
            }
        }
        Node::Join(join) => {
            let rule = format!("{:?} JOIN", join.kind);
            for other in [JoinKind::Inner, JoinKind::Left, JoinKind::Right, JoinKind::Full] {
                if other != join.kind && join.kind != JoinKind::Cross {
                    offer(mutation(&rule, format!("{other:?} JOIN")), &mut || join.kind = other);
                }
            }
        }
        Node::Unpivot(unpivot) => {
            let rule = if unpivot.include_nulls { "UNPIVOT INCLUDE NULLS" } else { "UNPIVOT" };
            offer(mutation(rule, "the other NULLS"), &mut || unpivot.include_nulls = !unpivot.include_nulls);
        }
        Node::Order(order) => ordered(order, offer),
        Node::Window(window) => {
            if !window.partition_by.is_empty() {
                offer(mutation("PARTITION BY", "none"), &mut || window.partition_by.clear());
            }
            if let Some(frame) = &mut window.frame {
                let (rule, other) = match frame.unit {
                    FrameUnit::Rows => ("ROWS", FrameUnit::Range),
                    FrameUnit::Range => ("RANGE", FrameUnit::Rows),
                };
                offer(mutation(rule, format!("{other:?}")), &mut || frame.unit = other);
            }
        }
        Node::Expression(expression) => expressed(expression, offer),
    }
}

fn ordered(order: &mut Order, offer: &mut dyn FnMut(Mutation, &mut dyn FnMut())) {
    let rule = if order.descending { "DESC" } else { "ASC" };
    offer(mutation(rule, "the other order"), &mut || order.descending = !order.descending);
    let rule = match order.nulls_first {
        Some(true) => "NULLS FIRST".to_owned(),
        Some(false) => "NULLS LAST".to_owned(),
        None => format!("{rule} without NULLS"),
    };
    let is_first = order.nulls_first.unwrap_or(!order.descending);
    offer(mutation(&rule, "NULLS at the other end"), &mut || order.nulls_first = Some(!is_first));
}

/// Operators of one shape.
const ALIKE: &[&[Binary]] = &[
    &[Binary::Or, Binary::And],
    &[
        Binary::Equal,
        Binary::NotEqual,
        Binary::Less,
        Binary::LessOrEqual,
        Binary::Greater,
        Binary::GreaterOrEqual,
    ],
    &[Binary::Add, Binary::Subtract, Binary::Multiply, Binary::Divide],
    &[Binary::BitAnd, Binary::BitOr, Binary::BitXor],
    &[Binary::ShiftLeft, Binary::ShiftRight],
];

/// The first word of a type.
fn word(ty: &Type) -> String {
    ty.to_string().split('<').next().unwrap_or_default().to_owned()
}

fn expressed(expression: &mut Expression, offer: &mut dyn FnMut(Mutation, &mut dyn FnMut())) {
    let result = expression.ty.clone();
    match &mut expression.kind {
        Kind::Binary { operator, left, right } if has_neighbours(&left.ty, &right.ty) => {
            let rule = format!("{operator:?} of {} and {}", word(&left.ty), word(&right.ty));
            let own = *operator;
            for other in ALIKE.iter().filter(|group| group.contains(&own)).copied().flatten() {
                // Only division makes a FLOAT64 of integers.
                let is_same = (*other == Binary::Divide) == (own == Binary::Divide);
                let is_ordered = !matches!(left.ty, Type::Struct(_)) || is_equality(*other);
                if *other != own && is_ordered && (is_same || result == left.ty) {
                    offer(mutation(&rule, format!("{other:?}")), &mut || *operator = *other);
                }
            }
        }
        // The one operator of intervals that has one operand is the minus.
        Kind::Unary { operator, operand } if operand.ty != Type::Interval => {
            let other = match operator {
                Unary::Minus | Unary::BitNot | Unary::Not => Unary::Plus,
                Unary::Plus => Unary::Minus,
            };
            let rule = format!("{operator:?} of {}", word(&operand.ty));
            offer(mutation(&rule, format!("{other:?}")), &mut || *operator = other);
        }
        Kind::In { negated, .. } => negation("IN", negated, offer),
        Kind::Between { negated, operand, .. } => {
            negation(&format!("BETWEEN of {}", word(&operand.ty)), negated, offer);
        }
        Kind::Like { negated, operand, .. } => {
            negation(&format!("LIKE of {}", word(&operand.ty)), negated, offer);
        }
        Kind::LikeSet { negated, quantifier, .. } => {
            let (rule, other) = match quantifier {
                Quantifier::Any => ("LIKE ANY", Quantifier::All),
                Quantifier::All => ("LIKE ALL", Quantifier::Any),
            };
            offer(mutation(rule, format!("{other:?}")), &mut || *quantifier = other);
            negation(rule, negated, offer);
        }
        Kind::Exists { negated, .. } => negation("EXISTS", negated, offer),
        Kind::Is { test, negated, .. } => {
            let (rule, other) = match test {
                IsTest::Null => ("IS NULL", None),
                IsTest::True => ("IS TRUE", Some(IsTest::False)),
                IsTest::False => ("IS FALSE", Some(IsTest::True)),
                IsTest::DistinctFrom(_) => ("IS DISTINCT FROM", None),
            };
            negation(rule, negated, offer);
            if let Some(other) = other {
                offer(mutation(rule, format!("{other:?}")), &mut || *test = other.clone());
            }
        }
        Kind::Cast { safe: safe @ true, operand, to } => {
            let rule = format!("SAFE_CAST of {} as {}", word(&operand.ty), word(to));
            offer(mutation(&rule, "CAST"), &mut || *safe = false);
        }
        Kind::Subscript { kind, base, .. } => {
            let rule = format!("{kind:?} of {}", word(&base.ty));
            use SubscriptKind::{Offset, Ordinal, SafeOffset, SafeOrdinal};
            for other in [Offset, SafeOffset, Ordinal, SafeOrdinal] {
                if other != *kind && matches!(base.ty, Type::Array(_)) {
                    offer(mutation(&rule, format!("{other:?}")), &mut || *kind = other);
                }
            }
        }
        Kind::Extract { part, operand, .. } => {
            let rule = format!("EXTRACT of {} from {}", part, word(&operand.ty));
            if let Some(other) = other_part(*part) {
                offer(mutation(&rule, other.to_string()), &mut || *part = other);
            }
        }
        Kind::Interval { part, to: None, .. } => {
            if let Some(other) = other_part(*part) {
                offer(mutation(&format!("INTERVAL of {part}"), other.to_string()), &mut || *part = other);
            }
        }
        Kind::Case { otherwise, .. } if otherwise.is_some() => {
            offer(mutation("ELSE", "none"), &mut || *otherwise = None);
        }
        Kind::Call(call) => call_clauses(call, offer),
        _ => {}
    }
}

fn is_equality(operator: Binary) -> bool {
    matches!(operator, Binary::Equal | Binary::NotEqual)
}

/// Whether there are operators of the same shape: what is NULL anyway has none, nor has a number of days plus a date.
fn has_neighbours(left: &Type, right: &Type) -> bool {
    ![left, right].contains(&&Type::Null) && (left, right) != (&Type::Int64, &Type::Date)
}

fn negation(rule: &str, negated: &mut bool, offer: &mut dyn FnMut(Mutation, &mut dyn FnMut())) {
    let rule = if *negated { format!("NOT {rule}") } else { rule.to_owned() };
    offer(mutation(&rule, "the opposite"), &mut || *negated = !*negated);
}

fn call_clauses(call: &mut Call, offer: &mut dyn FnMut(Mutation, &mut dyn FnMut())) {
    let name = call.name.clone();
    let rule = |what: &str| format!("{what} in {name}");
    for argument in &mut call.arguments {
        if let Kind::Part(part) = &mut argument.kind
            && let Some(other) = other_part(*part)
        {
            offer(mutation(&rule(&part.to_string()), other.to_string()), &mut || *part = other);
        }
    }
    if call.distinct {
        offer(mutation(&rule("DISTINCT"), "none"), &mut || call.distinct = false);
    }
    if !call.order_by.is_empty() {
        offer(mutation(&rule("ORDER BY"), "none"), &mut || call.order_by.clear());
    }
    if call.limit.is_some() {
        offer(mutation(&rule("LIMIT"), "none"), &mut || call.limit = None);
    }
    if let Some(nulls) = &mut call.nulls {
        let other = if *nulls == Nulls::Ignore { Nulls::Respect } else { Nulls::Ignore };
        offer(mutation(&rule(&format!("{nulls:?} NULLS")), format!("{other:?}")), &mut || *nulls = other);
    }
    if let Some((extreme, _)) = &mut call.having {
        let other = if *extreme == Extreme::Max { Extreme::Min } else { Extreme::Max };
        let rule = rule(&format!("HAVING {extreme:?}"));
        offer(mutation(&rule, format!("{other:?}")), &mut || *extreme = other);
    }
    if call.safe {
        offer(mutation("SAFE.", "none"), &mut || call.safe = false);
    }
}

/// A part whose values are easily taken for those of another.
fn other_part(part: DatePart) -> Option<DatePart> {
    Some(match part {
        DatePart::Microsecond => DatePart::Millisecond,
        DatePart::Millisecond => DatePart::Microsecond,
        DatePart::Second => DatePart::Minute,
        DatePart::Minute => DatePart::Second,
        DatePart::Hour => DatePart::Minute,
        DatePart::Day => DatePart::Week(0),
        DatePart::Week(0) => DatePart::IsoWeek,
        DatePart::Week(day) => DatePart::Week((day + 1) % 7),
        DatePart::IsoWeek => DatePart::Week(0),
        DatePart::Month => DatePart::Quarter,
        DatePart::Quarter => DatePart::Month,
        DatePart::Year => DatePart::IsoYear,
        DatePart::IsoYear => DatePart::Year,
        DatePart::DayOfWeek => DatePart::DayOfYear,
        DatePart::DayOfYear => DatePart::DayOfWeek,
        _ => return None,
    })
}
