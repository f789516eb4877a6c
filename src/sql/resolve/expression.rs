//! Expressions: what names mean, and the type of every part.

use super::Resolver;
use super::coerce::settle;
use super::scope::{Scope, Unknown};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions;
use crate::sql::tree::{DatePart, Expression, IsTest, Kind, Name, Query, Span, SubscriptKind};

impl Resolver<'_> {
    /// Resolves an expression in place. Parts that are resolved already are left alone.
    pub(super) fn expression(&mut self, expression: &mut Expression, scope: &Scope) {
        self.stop_clock(expression);
        self.resolve_expression(expression, scope);
        self.bound_type(expression);
    }

    fn resolve_expression(&mut self, expression: &mut Expression, scope: &Scope) {
        let span = expression.span;
        let ty = match &mut expression.kind {
            Kind::Path(path) => {
                let path = std::mem::take(path);
                *expression = self.path(&path, span, scope);
                self.put_arguments(expression);
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
            Kind::Null | Kind::Star | Kind::Part(_) => Type::Null,
            // A table, a model or DEFAULT: what it is the place decides.
            Kind::Keyword(_) => Type::Unknown,
            Kind::Constructor { operand, to } => {
                let (operand, to) =
                    (std::mem::replace(operand, Box::new(Expression::new(Kind::Null, span))), to.clone());
                *expression = self.constructed(*operand, to, span, scope);
                return;
            }
            Kind::Positional(number) => self.positional(*number, span),
            Kind::System(name) => {
                let name = name.clone();
                self.system_variable(&name, span)
            }
            Kind::FormattedCast(cast) => {
                cast.now = self.catalogue.now();
                self.expression(&mut cast.operand, scope);
                for part in cast.format.iter_mut().chain(&mut cast.zone) {
                    self.expression(part, scope);
                    self.expect_text(part, "a format and a time zone");
                }
                let (from, to) = (cast.operand.ty.clone(), cast.to.clone());
                self.expect_castable(&from, &to, span);
                if cast.format.is_some() && !functions::takes_format(&from, &to) {
                    let message = format!("FORMAT does not go with a cast from {from} to {to}");
                    self.problem(Code::TypeMismatch, span, message);
                }
                let is_zoned = matches!(
                    (&from, &to),
                    (Type::Timestamp | Type::Unknown, _) | (Type::String | Type::Null, Type::Timestamp)
                );
                if let Some(zone) = cast.zone.as_ref().filter(|_| !is_zoned) {
                    let message = format!("AT TIME ZONE does not go with a cast from {from} to {to}");
                    self.problem(Code::TypeMismatch, zone.span, message);
                }
                to
            }
            Kind::With(with) => self.with_expression(&mut with.bindings, &mut with.value, scope),
            Kind::Named { value, .. } => {
                self.expression(value, scope);
                let ty = value.ty.clone();
                let message = "an argument with a name stands in the brackets of a function";
                self.problem(Code::SqlSyntax, span, message);
                ty
            }
            Kind::Lambda { .. } => {
                self.problem(
                    Code::SqlSyntax,
                    span,
                    "a lambda stands in the brackets of a function that takes one",
                );
                Type::Unknown
            }
            Kind::LikeSet { operand, set, .. } => {
                self.expression(operand, scope);
                self.like_set(operand, set, span, scope)
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
                if let Some((number, ty)) = self.bound_parameter(&name) {
                    *expression = Expression::typed(Kind::Positional(number), span, ty);
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
                self.unary(*operator, operand, span)
            }
            Kind::Binary { operator, left, right } => {
                self.expression(left, scope);
                self.expression(right, scope);
                self.binary(*operator, left, right, span)
            }
            Kind::Call(call) => self.call(call, span, scope),
            Kind::Cast { operand, to, .. } => {
                self.expression(operand, scope);
                let (from, to) = (operand.ty.clone(), to.clone());
                self.expect_castable(&from, &to, span);
                to
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
                self.between(operand, low, high, span)
            }
            Kind::Like { operand, pattern, .. } => {
                self.expression(operand, scope);
                self.expression(pattern, scope);
                self.refuse_null(operand, "LIKE");
                self.refuse_null(pattern, "LIKE");
                self.like(operand, pattern)
            }
            Kind::Is { operand, test, .. } => {
                self.expression(operand, scope);
                match test {
                    IsTest::DistinctFrom(other) => {
                        self.expression(other, scope);
                        self.tell_apart(operand, other, span);
                    }
                    IsTest::True | IsTest::False => self.expect_bool(operand, "IS TRUE and IS FALSE"),
                    IsTest::Null => {}
                }
                Type::Bool
            }
            Kind::Exists { query, .. } => {
                self.query(query, Some(scope));
                Type::Bool
            }
            Kind::Scalar(query) => self.scalar(query, span, scope),
            Kind::ArrayQuery(query) => {
                let element = self.scalar(query, span, scope);
                self.array_of(element, span)
            }
            Kind::Array(items) => {
                for item in items.iter_mut() {
                    self.expression(item, scope);
                }
                let mut parts: Vec<&mut Expression> = items.iter_mut().collect();
                match self.mix(&mut parts, span, "the elements of an array") {
                    Type::Null if !items.is_empty() => Type::array(Type::Int64),
                    element => self.array_of(element, span),
                }
            }
            Kind::Struct(fields) => {
                let mut typed = Vec::new();
                for (name, value) in fields {
                    self.expression(value, scope);
                    let name = name.as_ref().map_or(String::new(), |name| name.text.clone());
                    let mut ty = value.ty.clone();
                    settle(&mut ty);
                    typed.push(Field::new(name, ty));
                }
                Type::structure(typed)
            }
            Kind::Subscript { base, index, kind } => {
                self.expression(base, scope);
                self.expression(index, scope);
                self.expect_place(&base.ty, index, *kind);
                match &base.ty {
                    Type::Array(element) => (**element).clone(),
                    Type::Json => Type::Json,
                    Type::Struct(fields) => match struct_place(index, *kind).and_then(|at| fields.get(at)) {
                        Some(field) => field.ty.clone(),
                        None => {
                            let message =
                                format!("`[…]` takes the place of a field of {}, as a literal", base.ty);
                            self.problem(Code::TypeMismatch, index.span, message);
                            Type::Unknown
                        }
                    },
                    Type::Null if matches!(base.kind, Kind::Null) => {
                        self.problem(Code::TypeMismatch, span, "`[…]` does not take a literal NULL");
                        Type::Unknown
                    }
                    Type::Null | Type::Unknown => Type::Unknown,
                    other => {
                        let message = format!("`[…]` takes an ARRAY, not {other}");
                        self.problem(Code::TypeMismatch, span, message);
                        Type::Unknown
                    }
                }
            }
            Kind::Interval { value, part, to } => {
                self.expression(value, scope);
                self.interval(value, *part, *to);
                Type::Interval
            }
            Kind::Extract { part, operand, zone } => {
                self.expression(operand, scope);
                if let Some(zone) = zone {
                    self.expression(zone, scope);
                    self.expect_text(zone, "a time zone");
                    if !matches!(operand.ty, Type::Timestamp | Type::Null | Type::Unknown) {
                        let message = format!("AT TIME ZONE goes with a TIMESTAMP, not with {}", operand.ty);
                        self.problem(Code::TypeMismatch, zone.span, message);
                    }
                }
                let fits = match &operand.ty {
                    Type::Datetime => *part != DatePart::Datetime,
                    Type::Timestamp | Type::Null | Type::Unknown => true,
                    Type::Interval => !matches!(part, DatePart::Date | DatePart::Time | DatePart::Datetime),
                    Type::Date => {
                        !part.is_clock()
                            && !matches!(part, DatePart::Date | DatePart::Time | DatePart::Datetime)
                    }
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
                    DatePart::Datetime => Type::Datetime,
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
                let (message, hint) = match relations.as_slice() {
                    [one] => (
                        format!("two columns of `{one}` are named `{written}`"),
                        "give one of them another name with `AS`".to_owned(),
                    ),
                    relations => (
                        format!("`{written}` is a column of {}", relations.join(" and of ")),
                        format!("write `{}.{written}`", relations.first().map_or("", String::as_str)),
                    ),
                };
                self.problems.push(Problem::new(Code::AmbiguousName, span, message).hint(hint));
            }
            Err(Unknown::Twice { within, name }) => self.named_twice(&within, &name),
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
        Expression::typed(Kind::Null, span, Type::Unknown)
    }

    /// The type of an array of such elements.
    fn array_of(&mut self, element: Type, span: Span) -> Type {
        if matches!(element, Type::Array(_)) {
            self.problem(Code::TypeMismatch, span, "an array cannot hold arrays; wrap it in a STRUCT");
            return Type::Unknown;
        }
        Type::array(element)
    }

    fn named_twice(&mut self, within: &str, name: &Name) {
        let message = format!("`{within}` has several columns or fields `{}`", name.text);
        let problem = Problem::new(Code::AmbiguousName, name.span, message);
        self.problems.push(problem.hint("give each a name of its own where they are made"));
    }

    fn field(&mut self, base: &Type, field: &Name) -> Type {
        if base.has_twice(&field.text) {
            self.named_twice("the value", field);
            return Type::Unknown;
        }
        match base.field(&field.text) {
            Some(found) => found.ty.clone(),
            None if matches!(base, Type::Null | Type::Unknown) => Type::Unknown,
            None if *base == Type::Json => Type::Json,
            None => {
                let fields = base.fields().unwrap_or_default();
                let problem = Problem::new(
                    Code::UnknownColumn,
                    field.span,
                    format!("no field `{}` in {base}", field.text),
                )
                .suggest(&field.text, fields.iter().map(|field| field.name.as_str()));
                self.problems.push(problem);
                Type::Unknown
            }
        }
    }

    pub(super) fn scalar(&mut self, query: &mut Query, span: Span, scope: &Scope) -> Type {
        let columns = self.query(query, Some(scope)).columns;
        if columns.len() > 1 {
            let message = format!("a query used as a value has one column, not {}", columns.len());
            self.problem(Code::TypeMismatch, span, message);
        }
        columns.into_iter().next().map_or(Type::Unknown, |column| column.field.ty)
    }
}

/// The field that a literal subscript of a struct names.
fn struct_place(index: &Expression, kind: SubscriptKind) -> Option<usize> {
    let Kind::Integer(place) = index.kind else { return None };
    let first = i64::from(matches!(kind, SubscriptKind::Ordinal | SubscriptKind::SafeOrdinal));
    usize::try_from(place - first).ok()
}

/// What a name means, with its type; of a field only its own, not that of the struct around it.
fn meaning(found: &Expression) -> String {
    let mut column = found;
    while let Kind::Field { base, .. } = &column.kind {
        column = base;
    }
    match &column.kind {
        Kind::Column { relation: Some(relation), name, .. } => {
            [relation, ".", name, " ", &found.ty.to_string()].concat()
        }
        _ => found.ty.to_string(),
    }
}
