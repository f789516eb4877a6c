//! Expressions: what names mean, and the type of every part.

use super::Resolver;
use super::scope::{Scope, Unknown};
use super::select::natural_name;
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions::{self, Role, comparable, supertype};
use crate::sql::tree::{
    Binary, Call, DatePart, Expression, InSet, IsTest, Kind, Name, Over, Query, Span, Unary,
};

impl Resolver<'_> {
    pub(super) fn expect_bool(&mut self, expression: &Expression, clause: &str) {
        if !matches!(expression.ty, Type::Bool | Type::Null) {
            let message = format!("{clause} takes a BOOL, not {}", expression.ty);
            self.problem(Code::TypeMismatch, expression.span, message);
        }
    }

    /// Resolves an expression in place. Parts that are resolved already are left alone.
    pub(super) fn expression(&mut self, expression: &mut Expression, scope: &Scope) {
        let span = expression.span;
        let ty = match &mut expression.kind {
            Kind::Path(path) => {
                let path = std::mem::take(path);
                *expression = self.path(&path, span, scope);
                return;
            }
            Kind::Column { .. } | Kind::Row { .. } | Kind::Inlined(_) => return,
            Kind::Call(call) if functions::find(&call.name).is_none() => {
                if let Some(inlined) = self.inline(call, span, scope) {
                    *expression = inlined;
                    return;
                }
                self.call(call, span, scope)
            }
            Kind::Null | Kind::Star | Kind::Part(_) | Kind::Keyword(_) => Type::Null,
            Kind::Constructor { operand, to } => {
                let (operand, to) =
                    (std::mem::replace(operand, Box::new(Expression::new(Kind::Null, span))), to.clone());
                *expression = Expression::new(Kind::Cast { operand, to, safe: false }, span);
                return self.expression(expression, scope);
            }
            Kind::Positional(_)
            | Kind::System(_)
            | Kind::FormattedCast(_)
            | Kind::With(_)
            | Kind::Named { .. }
            | Kind::Lambda { .. }
            | Kind::LikeSet { .. } => {
                self.problem(Code::Unsupported, span, "this kind of expression is not understood yet");
                Type::Null
            }
            Kind::Bool(_) => Type::Bool,
            Kind::Integer(_) => Type::Int64,
            Kind::Float(_) => Type::Float64,
            Kind::Text(_) => Type::String,
            Kind::Bytes(_) => Type::Bytes,
            Kind::Typed { .. } => return self.typed_literal(expression),
            Kind::Parameter(name) => {
                let name = name.clone();
                if let Some(value) = self.declared_parameter(&name) {
                    *expression = Expression { span, ..value };
                    return;
                }
                self.parameter(&name, span)
            }
            Kind::Field { base, field } => {
                self.expression(base, scope);
                let (base_ty, field) = (base.ty.clone(), field.clone());
                self.field(&base_ty, &field)
            }
            Kind::Unary { operator, operand } => {
                self.expression(operand, scope);
                let (operator, ty) = (*operator, operand.ty.clone());
                self.unary(operator, ty, span)
            }
            Kind::Binary { operator, left, right } => {
                self.expression(left, scope);
                self.expression(right, scope);
                let operator = *operator;
                if is_comparison(operator) {
                    self.compare(left, right, span);
                    Type::Bool
                } else {
                    let (left, right) = (left.ty.clone(), right.ty.clone());
                    self.binary(operator, &left, &right, span)
                }
            }
            Kind::Call(call) => self.call(call, span, scope),
            Kind::Cast { operand, to, .. } => {
                self.expression(operand, scope);
                if !functions::castable(&operand.ty, to) {
                    let message = format!("{} cannot be cast to {to}", operand.ty);
                    self.problem(Code::TypeMismatch, span, message);
                }
                to.clone()
            }
            Kind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref_mut(), branches, otherwise.as_deref_mut(), span, scope)
            }
            Kind::In { operand, set, .. } => {
                self.expression(operand, scope);
                self.within(operand, set, span, scope)
            }
            Kind::Between { operand, low, high, .. } => {
                for part in [&mut **operand, &mut **low, &mut **high] {
                    self.expression(part, scope);
                }
                self.compare(operand, low, span);
                self.compare(operand, high, span);
                Type::Bool
            }
            Kind::Like { operand, pattern, .. } => {
                self.expression(operand, scope);
                self.expression(pattern, scope);
                let (left, right) = (operand.ty.clone(), pattern.ty.clone());
                for ty in [left, right] {
                    if !matches!(ty, Type::String | Type::Bytes | Type::Null) {
                        self.problem(Code::TypeMismatch, span, format!("LIKE compares STRINGs, not {ty}"));
                    }
                }
                Type::Bool
            }
            Kind::Is { operand, test, .. } => {
                self.expression(operand, scope);
                if let IsTest::DistinctFrom(other) = test {
                    self.expression(other, scope);
                    self.compare(operand, other, span);
                }
                Type::Bool
            }
            Kind::Exists { query, .. } => {
                self.query(query, Some(scope));
                Type::Bool
            }
            Kind::Scalar(query) => self.scalar(query, span, scope),
            Kind::ArrayQuery(query) => match self.scalar(query, span, scope) {
                Type::Array(_) => {
                    self.problem(
                        Code::TypeMismatch,
                        span,
                        "an array cannot hold arrays; wrap it in a STRUCT",
                    );
                    Type::Null
                }
                element => Type::array(element),
            },
            Kind::Array(items) => {
                for item in items.iter_mut() {
                    self.expression(item, scope);
                }
                let mut parts: Vec<&mut Expression> = items.iter_mut().collect();
                match self.mix(&mut parts, span, "the elements of an array") {
                    Type::Array(_) => {
                        self.problem(
                            Code::TypeMismatch,
                            span,
                            "an array cannot hold arrays; wrap it in a STRUCT",
                        );
                        Type::Null
                    }
                    element => Type::array(element),
                }
            }
            Kind::Struct(fields) => {
                let mut typed = Vec::new();
                for (name, value) in fields {
                    let natural = natural_name(value);
                    self.expression(value, scope);
                    if name.is_none() && !natural.is_empty() {
                        *name = Some(Name { text: natural, span: value.span });
                    }
                    let name = name.as_ref().map_or(String::new(), |name| name.text.clone());
                    typed.push(Field::new(name, value.ty.clone()));
                }
                Type::structure(typed)
            }
            Kind::Subscript { base, index, .. } => {
                self.expression(base, scope);
                self.expression(index, scope);
                match &base.ty {
                    Type::Array(element) => (**element).clone(),
                    Type::Json => Type::Json,
                    Type::Null => Type::Null,
                    other => {
                        let message = format!("`[…]` takes an ARRAY, not {other}");
                        self.problem(Code::TypeMismatch, span, message);
                        Type::Null
                    }
                }
            }
            Kind::Interval { value, .. } => {
                self.expression(value, scope);
                Type::Interval
            }
            Kind::Extract { part, operand, .. } => {
                self.expression(operand, scope);
                let fits = match &operand.ty {
                    Type::Datetime | Type::Timestamp | Type::Null => true,
                    Type::Date => !part.is_clock() && *part != DatePart::Time,
                    Type::Time => part.is_clock(),
                    _ => false,
                };
                if !fits {
                    let message = format!("EXTRACT takes no such part of {}", operand.ty);
                    self.problem(Code::TypeMismatch, span, message);
                }
                match part {
                    DatePart::Date => Type::Date,
                    DatePart::Time => Type::Time,
                    _ => Type::Int64,
                }
            }
        };
        expression.ty = ty;
    }

    fn path(&mut self, path: &[Name], span: Span, scope: &Scope) -> Expression {
        let written = || path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        match scope.find(path) {
            Ok(found) => {
                self.meanings.push(meaning(&found));
                return Expression { span, ..found };
            }
            Err(Unknown::NotFound { candidates }) => {
                let last = path.last().map_or("", |name| name.text.as_str());
                let first = path.first().map_or("", |name| name.text.as_str());
                let message = format!("no column `{}` here", written());
                let problem = Problem::new(Code::UnknownColumn, span, message)
                    .suggest(last, candidates.iter().map(String::as_str))
                    .suggest(first, candidates.iter().map(String::as_str));
                self.problems.push(problem);
            }
            Err(Unknown::Ambiguous { relations }) => {
                let written = written();
                let message = format!("`{written}` is a column of {}", relations.join(" and of "));
                let hint = format!("write `{}.{written}`", relations.first().map_or("", String::as_str));
                self.problems.push(Problem::new(Code::AmbiguousName, span, message).hint(hint));
            }
            Err(Unknown::NoField { base, ty, field }) => {
                let what = match &ty {
                    Type::Array(_) => format!("`{base}` is an ARRAY; UNNEST it to reach `{}`", field.text),
                    Type::Struct(_) => format!("`{base}` has no field `{}`", field.text),
                    other => format!("`{base}` is {other}, it has no field `{}`", field.text),
                };
                let fields = ty.fields().unwrap_or_default();
                let problem = Problem::new(Code::UnknownColumn, field.span, what)
                    .suggest(&field.text, fields.iter().map(|field| field.name.as_str()));
                self.problems.push(problem);
            }
        }
        Expression::new(Kind::Null, span)
    }

    /// Checks a typed literal; a TIMESTAMP with a zone becomes one in UTC.
    pub(super) fn typed_literal(&mut self, expression: &mut Expression) {
        let Kind::Typed { ty, text } = &mut expression.kind else { return };
        let fits = match ty {
            Type::Date => text.parse::<jiff::civil::Date>().is_ok() && text.len() <= 10,
            Type::Datetime => text.parse::<jiff::civil::DateTime>().is_ok(),
            Type::Timestamp => match utc(text) {
                Some(instant) => {
                    *text = instant;
                    true
                }
                None => false,
            },
            _ => true,
        };
        expression.ty = ty.clone();
        if !fits {
            let message = format!("`{text}` is no {ty}");
            let span = expression.span;
            self.problem(Code::TypeMismatch, span, message);
        }
    }

    fn field(&mut self, base: &Type, field: &Name) -> Type {
        match base.field(&field.text) {
            Some(found) => found.ty.clone(),
            None if matches!(base, Type::Null | Type::Json) => base.clone(),
            None => {
                let fields = base.fields().unwrap_or_default();
                let problem = Problem::new(
                    Code::UnknownColumn,
                    field.span,
                    format!("no field `{}` in {base}", field.text),
                )
                .suggest(&field.text, fields.iter().map(|field| field.name.as_str()));
                self.problems.push(problem);
                Type::Null
            }
        }
    }

    fn unary(&mut self, operator: Unary, operand: Type, span: Span) -> Type {
        let fits = match operator {
            Unary::Not => matches!(operand, Type::Bool | Type::Null),
            Unary::Minus | Unary::Plus => operand.is_numeric() || operand == Type::Null,
            Unary::BitNot => matches!(operand, Type::Int64 | Type::Null),
        };
        if !fits {
            self.problem(Code::TypeMismatch, span, format!("this operator does not take {operand}"));
        }
        if operator == Unary::Not { Type::Bool } else { operand }
    }

    fn binary(&mut self, operator: Binary, left: &Type, right: &Type, span: Span) -> Type {
        let unknown = *left == Type::Null || *right == Type::Null;
        let result = match operator {
            Binary::Or | Binary::And => {
                let fits = |ty: &Type| matches!(ty, Type::Bool | Type::Null);
                (fits(left) && fits(right)).then_some(Type::Bool)
            }
            Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual => Some(Type::Bool),
            Binary::Add | Binary::Subtract => match (left, right) {
                (Type::Date, Type::Int64) => Some(Type::Date),
                (Type::Date | Type::Timestamp | Type::Datetime, Type::Interval) => Some(match left {
                    Type::Date => Type::Datetime,
                    other => other.clone(),
                }),
                _ => arithmetic(left, right),
            },
            Binary::Multiply => arithmetic(left, right),
            Binary::Divide => arithmetic(left, right).map(|ty| match ty {
                Type::Numeric | Type::BigNumeric => ty,
                _ => Type::Float64,
            }),
            Binary::Concatenate => match (left, right) {
                (Type::Null, other) | (other, Type::Null) => Some(other.clone()),
                (Type::String, Type::String) | (Type::Bytes, Type::Bytes) => Some(left.clone()),
                (Type::Array(_), Type::Array(_)) => supertype(left, right),
                _ => None,
            },
            Binary::BitAnd | Binary::BitOr | Binary::BitXor | Binary::ShiftLeft | Binary::ShiftRight => {
                let fits = |ty: &Type| matches!(ty, Type::Int64 | Type::Null);
                (fits(left) && fits(right)).then_some(Type::Int64)
            }
        };
        result.unwrap_or_else(|| {
            if !unknown {
                let message = format!("`{}` does not take {left} and {right}", symbol(operator));
                self.problem(Code::TypeMismatch, span, message);
            }
            Type::Null
        })
    }

    fn expect_comparable(&mut self, left: &Type, right: &Type, span: Span) {
        if !comparable(left, right) {
            self.problem(Code::TypeMismatch, span, format!("{left} cannot be compared with {right}"));
        }
    }

    pub(super) fn common(&mut self, types: &[Type], span: Span, what: &str) -> Type {
        let mut result = Type::Null;
        for ty in types {
            match supertype(&result, ty) {
                Some(wider) => result = wider,
                None => {
                    self.problem(
                        Code::TypeMismatch,
                        span,
                        format!("{what} are {result} and {ty}, which do not mix"),
                    );
                    return Type::Null;
                }
            }
        }
        result
    }

    fn case(
        &mut self,
        mut operand: Option<&mut Expression>,
        branches: &mut [(Expression, Expression)],
        otherwise: Option<&mut Expression>,
        span: Span,
        scope: &Scope,
    ) -> Type {
        if let Some(operand) = operand.as_deref_mut() {
            self.expression(operand, scope);
        }
        let mut results = Vec::new();
        for (condition, result) in branches {
            self.expression(condition, scope);
            match operand.as_deref_mut() {
                Some(operand) => {
                    let place = condition.span;
                    self.compare(operand, condition, place);
                }
                None => self.expect_bool(condition, "WHEN"),
            }
            self.expression(result, scope);
            results.push(result);
        }
        if let Some(otherwise) = otherwise {
            self.expression(otherwise, scope);
            results.push(otherwise);
        }
        self.mix(&mut results, span, "the results of CASE")
    }

    fn within(&mut self, operand: &mut Expression, set: &mut InSet, span: Span, scope: &Scope) -> Type {
        match set {
            InSet::List(items) => {
                for item in items {
                    self.expression(item, scope);
                    let place = item.span;
                    self.compare(operand, item, place);
                }
            }
            InSet::Query(query) => {
                let element = self.scalar(query, span, scope);
                let ty = operand.ty.clone();
                self.expect_comparable(&ty, &element, span);
            }
            InSet::Unnest(array) => {
                self.expression(array, scope);
                match &array.ty {
                    Type::Array(element) => {
                        let element = (**element).clone();
                        self.adapt_literal(operand, &element);
                        let ty = operand.ty.clone();
                        self.expect_comparable(&ty, &element, span);
                    }
                    Type::Null => {}
                    other => {
                        let message = format!("UNNEST takes an ARRAY, not {other}");
                        self.problem(Code::TypeMismatch, array.span, message);
                    }
                }
            }
        }
        Type::Bool
    }

    fn scalar(&mut self, query: &mut Query, span: Span, scope: &Scope) -> Type {
        let columns = self.query(query, Some(scope));
        if columns.len() > 1 {
            let message = format!("a query used as a value has one column, not {}", columns.len());
            self.problem(Code::TypeMismatch, span, message);
        }
        columns.into_iter().next().map_or(Type::Null, |column| column.field.ty)
    }

    fn call(&mut self, call: &mut Call, span: Span, scope: &Scope) -> Type {
        for argument in &mut call.arguments {
            self.expression(argument, scope);
        }
        for order in &mut call.order_by {
            self.expression(&mut order.expression, scope);
        }
        if let Some(limit) = &mut call.limit {
            self.expression(limit, scope);
        }
        if let Some(Over::Window(window)) = &mut call.over {
            self.window(window, scope);
        }
        let Some(function) = functions::find(&call.name) else {
            self.unknown_function(&call.name, span);
            return Type::Null;
        };
        let (least, most) = function.arguments;
        if call.arguments.len() < least || call.arguments.len() > most {
            let expected = match (least, most) {
                (least, usize::MAX) => format!("at least {least}"),
                (least, most) if least == most => least.to_string(),
                (least, most) => format!("{least} to {most}"),
            };
            let message = format!("{} takes {expected} arguments, not {}", call.name, call.arguments.len());
            self.problem(Code::TypeMismatch, span, message);
            return Type::Null;
        }
        if call.name == "KEYED_HASH" {
            self.keyed_hash(call);
        }
        match (function.role, &call.over) {
            (Role::Window, None) => {
                let message = format!("{} needs a window: `{0}(…) OVER (…)`", call.name);
                self.problem(Code::SqlSyntax, span, message);
            }
            (Role::Scalar, None)
                if call.distinct
                    || call.nulls.is_some()
                    || !call.order_by.is_empty()
                    || call.limit.is_some() =>
            {
                let message = format!("{} takes no DISTINCT, NULLS, ORDER BY or LIMIT", call.name);
                self.problem(Code::SqlSyntax, span, message);
            }
            (Role::Scalar, Some(_)) => {
                self.problem(Code::SqlSyntax, span, format!("{} takes no OVER", call.name));
            }
            _ => {}
        }
        for (index, argument) in call.arguments.iter_mut().enumerate() {
            if let Some(ty) = functions::literal_type(&call.name, index) {
                self.adapt_literal(argument, &ty);
            }
        }
        if let Some(from) = functions::mixes_from(&call.name) {
            let mut parts: Vec<&mut Expression> = call.arguments[from..].iter_mut().collect();
            let what = format!("the arguments of {}", call.name);
            let common = self.mix(&mut parts, span, &what);
            if common == Type::Null && call.arguments[from..].iter().any(|argument| argument.ty != Type::Null)
            {
                return Type::Null;
            }
        }
        let types: Vec<Type> = call
            .arguments
            .iter()
            .map(|argument| if argument.ty == Type::Interval { Type::Null } else { argument.ty.clone() })
            .collect();
        match (function.result)(&types) {
            Ok(ty) => ty,
            Err(problem) => {
                self.problem(Code::TypeMismatch, span, format!("{}: {problem}", call.name));
                Type::Null
            }
        }
    }
}

fn is_comparison(operator: Binary) -> bool {
    matches!(
        operator,
        Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual
    )
}

fn arithmetic(left: &Type, right: &Type) -> Option<Type> {
    let fits = |ty: &Type| ty.is_numeric() || *ty == Type::Null;
    if fits(left) && fits(right) { supertype(left, right) } else { None }
}

/// A timestamp's text as date and time in UTC. Zones by name need a database, so they are not known.
fn utc(text: &str) -> Option<String> {
    let text = text.trim();
    let local = text.strip_suffix("UTC").or_else(|| text.strip_suffix(['Z', 'z'])).unwrap_or(text).trim_end();
    let (local, minutes) = match local.rfind(['+', '-']).filter(|at| local[..*at].contains(':')) {
        None => (local, 0),
        Some(at) => {
            let (hours, minutes) = local[at + 1..].split_once(':').unwrap_or((&local[at + 1..], "0"));
            let offset: i64 = hours.parse::<u8>().ok()? as i64 * 60 + minutes.parse::<u8>().ok()? as i64;
            (local[..at].trim_end(), if local[at..].starts_with('-') { -offset } else { offset })
        }
    };
    let moment: jiff::civil::DateTime = local.parse().ok()?;
    let moment = moment.checked_sub(jiff::SignedDuration::from_mins(minutes)).ok()?;
    Some(moment.to_string().replace('T', " "))
}

/// How an operator is written.
pub fn symbol(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "OR",
        Binary::And => "AND",
        Binary::Equal => "=",
        Binary::NotEqual => "!=",
        Binary::Less => "<",
        Binary::LessOrEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterOrEqual => ">=",
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Concatenate => "||",
        Binary::BitAnd => "&",
        Binary::BitOr => "|",
        Binary::BitXor => "^",
        Binary::ShiftLeft => "<<",
        Binary::ShiftRight => ">>",
    }
}

/// What a name means, with its type; of a field only its own, not that of the struct around it.
fn meaning(found: &Expression) -> String {
    let mut column = found;
    while let Kind::Field { base, .. } = &column.kind {
        column = base;
    }
    match &column.kind {
        Kind::Column { relation: Some(relation), name, .. } => format!("{relation}.{name} {}", found.ty),
        _ => found.ty.to_string(),
    }
}
