//! Expressions, function calls and windows.

use std::borrow::Cow;

use sqlparser::ast as parsed;

use super::{DEEPEST, Lowering};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::Problem;
use crate::sql::functions;
use crate::sql::tree::{
    Binary, Bound, Call, DatePart, Expression, Frame, InSet, IsTest, Kind, Name, Nulls, Over, Span,
    SubscriptKind, Unary, Window,
};

impl Lowering {
    pub(super) fn expression(&mut self, expression: &parsed::Expr) -> Expression {
        if self.depth >= DEEPEST {
            if self.depth == DEEPEST {
                self.depth += 1;
                let message = format!("an expression nests more than {DEEPEST} deep");
                self.problems
                    .push(Problem::new(Code::SqlSyntax, self.place, message).hint("split it into parts"));
            }
            return Expression::new(Kind::Null, self.place);
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let before = self.depth;
        let lowered = self.any_expression(expression);
        if self.depth == before {
            self.depth -= 1;
        }
        lowered
    }

    fn boxed(&mut self, expression: &parsed::Expr) -> Box<Expression> {
        Box::new(self.expression(expression))
    }

    fn list(&mut self, expressions: &[parsed::Expr]) -> Vec<Expression> {
        expressions.iter().map(|part| self.expression(part)).collect()
    }

    fn any_expression(&mut self, expression: &parsed::Expr) -> Expression {
        use parsed::Expr;
        match expression {
            Expr::Nested(inner) => self.expression(inner),
            Expr::Identifier(ident) => match ident.value.strip_prefix('@') {
                Some(parameter) if ident.quote_style.is_none() => {
                    let span = self.at(ident.span);
                    Expression::new(Kind::Parameter(parameter.to_lowercase()), span)
                }
                _ => {
                    let name = self.name(ident);
                    let span = name.span;
                    Expression::new(Kind::Path(vec![name]), span)
                }
            },
            Expr::CompoundIdentifier(idents) if self.is_too_long(idents.len()) => {
                Expression::new(Kind::Null, self.place)
            }
            Expr::CompoundIdentifier(idents) => {
                let path: Vec<Name> = idents.iter().map(|ident| self.name(ident)).collect();
                let first = path.first().map_or(self.place, |name| name.span);
                let end = path.last().map_or(first, |name| name.span);
                let length = if first.line == end.line {
                    end.column + end.length - first.column
                } else {
                    first.length
                };
                Expression::new(Kind::Path(path), Span { length, ..first })
            }
            Expr::CompoundFieldAccess { root, access_chain } => self.access(root, access_chain),
            Expr::Value(value) => self.literal(value),
            Expr::TypedString(typed) => {
                let span = self.at(typed.value.span);
                let ty = self.data_type(&typed.data_type);
                match self.text(&typed.value.value) {
                    Some(text) => Expression::new(Kind::Typed { ty, text }, span),
                    None => self.nothing_for("this typed literal"),
                }
            }
            Expr::UnaryOp { op: parsed::UnaryOperator::Minus, expr } if negative(expr).is_some() => {
                let Expr::Value(value) = &**expr else { return self.nothing_for("this number") };
                let span = self.at(value.span);
                Expression::new(negative(expr).unwrap_or(Kind::Null), span)
            }
            Expr::UnaryOp { op, expr } => {
                let operand = self.boxed(expr);
                let span = operand.span;
                let operator = match op {
                    parsed::UnaryOperator::Not => Unary::Not,
                    parsed::UnaryOperator::Minus => Unary::Minus,
                    parsed::UnaryOperator::Plus => Unary::Plus,
                    parsed::UnaryOperator::BitwiseNot => Unary::BitNot,
                    other => return self.nothing_for(format!("the operator `{other}`")),
                };
                Expression::new(Kind::Unary { operator, operand }, span)
            }
            Expr::BinaryOp { left, op, right } => {
                let left = self.boxed(left);
                let Some(operator) = binary_operator(op) else {
                    return self.nothing_for(format!("the operator `{op}`"));
                };
                let right = self.boxed(right);
                let span = left.span;
                Expression::new(Kind::Binary { operator, left, right }, span)
            }
            Expr::IsNull(operand) => self.is(operand, IsTest::Null, false),
            Expr::IsNotNull(operand) => self.is(operand, IsTest::Null, true),
            Expr::IsTrue(operand) => self.is(operand, IsTest::True, false),
            Expr::IsNotTrue(operand) => self.is(operand, IsTest::True, true),
            Expr::IsFalse(operand) => self.is(operand, IsTest::False, false),
            Expr::IsNotFalse(operand) => self.is(operand, IsTest::False, true),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                let negated = matches!(expression, Expr::IsNotDistinctFrom(..));
                let other = self.boxed(right);
                self.is(left, IsTest::DistinctFrom(other), negated)
            }
            Expr::InList { expr, list, negated } => {
                let operand = self.boxed(expr);
                let set = InSet::List(self.list(list));
                self.within(operand, set, *negated)
            }
            Expr::InSubquery { expr, subquery, negated } => {
                let operand = self.boxed(expr);
                let set = InSet::Query(Box::new(self.query(subquery)));
                self.within(operand, set, *negated)
            }
            Expr::InUnnest { expr, array_expr, negated } => {
                let operand = self.boxed(expr);
                let set = InSet::Unnest(self.boxed(array_expr));
                self.within(operand, set, *negated)
            }
            Expr::Between { expr, negated, low, high } => {
                let operand = self.boxed(expr);
                let span = operand.span;
                let (low, high) = (self.boxed(low), self.boxed(high));
                Expression::new(Kind::Between { operand, low, high, negated: *negated }, span)
            }
            Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
                let operand = self.boxed(expr);
                let span = operand.span;
                let pattern = self.boxed(pattern);
                Expression::new(Kind::Like { operand, pattern, negated: *negated }, span)
            }
            Expr::Cast { kind, expr, data_type, format: None } => {
                let operand = self.boxed(expr);
                let span = operand.span;
                let to = self.data_type(data_type);
                let safe = matches!(kind, parsed::CastKind::SafeCast | parsed::CastKind::TryCast);
                Expression::new(Kind::Cast { operand, to, safe }, span)
            }
            Expr::Case { operand, conditions, else_result, case_token, .. } => {
                let span = self.at(case_token.0.span);
                let operand = operand.as_ref().map(|operand| self.boxed(operand));
                let branches = conditions
                    .iter()
                    .map(|branch| (self.expression(&branch.condition), self.expression(&branch.result)))
                    .collect();
                let otherwise = else_result.as_ref().map(|otherwise| self.boxed(otherwise));
                Expression::new(Kind::Case { operand, branches, otherwise }, span)
            }
            Expr::Exists { subquery, negated } => {
                let query = Box::new(self.query(subquery));
                let span = query.span;
                Expression::new(Kind::Exists { query, negated: *negated }, span)
            }
            Expr::Subquery(query) => {
                let query = Box::new(self.query(query));
                let span = query.span;
                Expression::new(Kind::Scalar(query), span)
            }
            Expr::Array(array) => {
                let items = self.list(&array.elem);
                let span = items.first().map_or(self.place, |item| item.span);
                Expression::new(Kind::Array(items), span)
            }
            Expr::Struct { values, fields } => {
                let span = self.place;
                let to = (!fields.is_empty()).then(|| self.structure(fields));
                let fields = values
                    .iter()
                    .map(|value| match value {
                        Expr::Named { expr, name } => {
                            let value = self.expression(expr);
                            (Some(self.name(name)), value)
                        }
                        other => (None, self.expression(other)),
                    })
                    .collect();
                let value = Expression::new(Kind::Struct(fields), span);
                match to {
                    Some(to) => {
                        Expression::new(Kind::Cast { operand: Box::new(value), to, safe: false }, span)
                    }
                    None => value,
                }
            }
            Expr::Tuple(values) => {
                let span = self.place;
                let fields = self.list(values).into_iter().map(|value| (None, value)).collect();
                Expression::new(Kind::Struct(fields), span)
            }
            Expr::Interval(interval) => {
                let value = self.boxed(&interval.value);
                let span = value.span;
                match interval.leading_field.as_ref().and_then(|field| DatePart::parse(&field.to_string())) {
                    Some(part) if interval.last_field.is_none() => {
                        Expression::new(Kind::Interval { value, part }, span)
                    }
                    _ => self.nothing_for("this kind of INTERVAL"),
                }
            }
            Expr::Extract { field, expr, .. } => {
                let operand = self.boxed(expr);
                let span = operand.span;
                match DatePart::parse(&field.to_string()) {
                    Some(part) => Expression::new(Kind::Extract { part, operand }, span),
                    None => self.nothing_for(format!("EXTRACT({field})")),
                }
            }
            Expr::Function(function) => self.call(function),
            Expr::Ceil { expr, .. } => self.simple_call("CEIL", &[expr]),
            Expr::Floor { expr, .. } => self.simple_call("FLOOR", &[expr]),
            Expr::Substring { expr, substring_from: Some(from), substring_for, .. } => match substring_for {
                Some(length) => self.simple_call("SUBSTR", &[expr, from, length]),
                None => self.simple_call("SUBSTR", &[expr, from]),
            },
            Expr::Trim { trim_where: None, trim_what: None, expr, trim_characters } => {
                let mut arguments: Vec<&parsed::Expr> = vec![expr];
                arguments.extend(trim_characters.iter().flatten());
                self.simple_call("TRIM", &arguments)
            }
            other => {
                let text: String = other.to_string().chars().take(60).collect();
                self.nothing_for(format!("`{text}`"))
            }
        }
    }

    fn nothing_for(&mut self, what: impl std::fmt::Display) -> Expression {
        self.unsupported(what);
        Expression::new(Kind::Null, self.place)
    }

    fn is(&mut self, operand: &parsed::Expr, test: IsTest, negated: bool) -> Expression {
        let operand = self.boxed(operand);
        let span = operand.span;
        Expression::new(Kind::Is { operand, test, negated }, span)
    }

    fn within(&mut self, operand: Box<Expression>, set: InSet, negated: bool) -> Expression {
        let span = operand.span;
        Expression::new(Kind::In { operand, set, negated }, span)
    }

    fn literal(&mut self, value: &parsed::ValueWithSpan) -> Expression {
        let span = self.at(value.span);
        let kind = match &value.value {
            parsed::Value::Null => Kind::Null,
            parsed::Value::Boolean(value) => Kind::Bool(*value),
            parsed::Value::Number(digits, _) => match digits.parse() {
                Ok(integer) => Kind::Integer(integer),
                Err(_) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                    return self.nothing_for(format!("`{digits}`, which is no INT64,"));
                }
                Err(_) => Kind::Float(digits.clone()),
            },
            parsed::Value::HexStringLiteral(digits) => match i64::from_str_radix(digits, 16) {
                Ok(integer) => Kind::Integer(integer),
                Err(_) => return self.nothing_for("this hexadecimal literal"),
            },
            parsed::Value::Placeholder(name) => Kind::Parameter(name.trim_start_matches('@').to_lowercase()),
            other => match (self.text(other), self.bytes(other)) {
                (Some(text), _) => Kind::Text(text),
                (None, Some(bytes)) => Kind::Bytes(bytes),
                (None, None) => return self.nothing_for(format!("the literal `{other}`")),
            },
        };
        Expression::new(kind, span)
    }

    fn access(&mut self, root: &parsed::Expr, chain: &[parsed::AccessExpr]) -> Expression {
        let mut base = self.expression(root);
        if self.is_too_long(chain.len()) {
            return base;
        }
        for access in chain {
            let span = base.span;
            base = match access {
                parsed::AccessExpr::Dot(parsed::Expr::Identifier(ident)) => {
                    let field = self.name(ident);
                    match base.kind {
                        Kind::Path(mut path) => {
                            path.push(field);
                            Expression::new(Kind::Path(path), span)
                        }
                        _ => Expression::new(Kind::Field { base: Box::new(base), field }, span),
                    }
                }
                parsed::AccessExpr::Dot(_) => self.nothing_for("this field access"),
                parsed::AccessExpr::Subscript(parsed::Subscript::Index { index }) => {
                    self.subscript(base, index)
                }
                parsed::AccessExpr::Subscript(_) => self.nothing_for("an array slice"),
            };
        }
        base
    }

    fn subscript(&mut self, base: Expression, index: &parsed::Expr) -> Expression {
        let span = base.span;
        let lowered = self.expression(index);
        let (kind, index) = match lowered.kind {
            Kind::Call(call) if call.arguments.len() == 1 => {
                let kind = match call.name.as_str() {
                    "OFFSET" => SubscriptKind::Offset,
                    "SAFE_OFFSET" => SubscriptKind::SafeOffset,
                    "ORDINAL" => SubscriptKind::Ordinal,
                    "SAFE_ORDINAL" => SubscriptKind::SafeOrdinal,
                    _ => return self.nothing_for("this subscript"),
                };
                match call.arguments.into_iter().next() {
                    Some(index) => (kind, index),
                    None => return self.nothing_for("an empty subscript"),
                }
            }
            kind => (SubscriptKind::Offset, Expression { kind, span: lowered.span, ty: lowered.ty }),
        };
        Expression::new(Kind::Subscript { base: Box::new(base), index: Box::new(index), kind }, span)
    }

    fn simple_call(&mut self, name: &str, arguments: &[&parsed::Expr]) -> Expression {
        let arguments: Vec<Expression> = arguments.iter().map(|argument| self.expression(argument)).collect();
        let span = arguments.first().map_or(self.place, |argument| argument.span);
        Expression::new(Kind::Call(Box::new(Call::plain(name, arguments))), span)
    }

    fn call(&mut self, function: &parsed::Function) -> Expression {
        let mut path = self.path(&function.name);
        let first = path.first().map_or(self.place, |name| name.span);
        let span = match path.last() {
            Some(last) if last.span.line == first.line && last.span.column >= first.column => {
                Span { length: last.span.column + last.span.length - first.column, ..first }
            }
            _ => first,
        };
        let safe = path.len() > 1 && path[0].text.eq_ignore_ascii_case("SAFE");
        if safe {
            path.remove(0);
        }
        let name =
            path.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".").to_ascii_uppercase();
        if name.contains('.') {
            self.calls.push((name.to_lowercase(), span));
        }
        let mut call = Call::plain(&name, Vec::new());
        call.safe = safe;
        match &function.args {
            parsed::FunctionArguments::None => {}
            parsed::FunctionArguments::Subquery(query) => {
                let query = Box::new(self.query(query));
                if name == "ARRAY" {
                    return Expression::new(Kind::ArrayQuery(query), span);
                }
                return self.nothing_for(format!("a query as the argument of {name}"));
            }
            parsed::FunctionArguments::List(list) => self.arguments(&mut call, list),
        }
        if function.filter.is_some() || !function.within_group.is_empty() {
            self.unsupported("FILTER or WITHIN GROUP");
        }
        if let Some(treatment) = &function.null_treatment {
            call.nulls = Some(nulls(treatment));
        }
        call.over = match &function.over {
            None => None,
            Some(parsed::WindowType::NamedWindow(name)) => Some(Over::Named(self.name(name))),
            Some(parsed::WindowType::WindowSpec(spec)) => Some(Over::Window(self.window(spec))),
        };
        Expression::new(Kind::Call(Box::new(call)), span)
    }

    fn arguments(&mut self, call: &mut Call, list: &parsed::FunctionArgumentList) {
        call.distinct = matches!(list.duplicate_treatment, Some(parsed::DuplicateTreatment::Distinct));
        let part_at = functions::part_argument(&call.name);
        for (index, argument) in list.args.iter().enumerate() {
            let argument = match argument {
                parsed::FunctionArg::Unnamed(parsed::FunctionArgExpr::Expr(argument)) => argument,
                parsed::FunctionArg::Unnamed(parsed::FunctionArgExpr::Wildcard) => {
                    let star = Expression::new(Kind::Star, self.place);
                    call.arguments.push(star);
                    continue;
                }
                _ => {
                    self.unsupported("a named argument");
                    continue;
                }
            };
            let (argument, treatment) = without_null_treatment(argument);
            if let Some(treatment) = treatment {
                call.nulls = Some(nulls(&treatment));
            }
            let argument = argument.as_ref();
            let part = if part_at == Some(index) { DatePart::parse(&argument.to_string()) } else { None };
            let argument = match part {
                Some(part) => Expression::new(Kind::Part(part), self.place),
                None => self.expression(argument),
            };
            call.arguments.push(argument);
        }
        for clause in &list.clauses {
            match clause {
                parsed::FunctionArgumentClause::IgnoreOrRespectNulls(treatment) => {
                    call.nulls = Some(nulls(treatment))
                }
                parsed::FunctionArgumentClause::OrderBy(orders) => call.order_by = self.orders(orders),
                parsed::FunctionArgumentClause::Limit(limit) => call.limit = Some(self.expression(limit)),
                // ANY_VALUE(x HAVING MAX y) is MAX_BY(x, y).
                parsed::FunctionArgumentClause::Having(bound) if call.name == "ANY_VALUE" => {
                    let largest = matches!(bound.0, parsed::HavingBoundKind::Max);
                    call.name = if largest { "MAX_BY" } else { "MIN_BY" }.to_owned();
                    let bound = self.expression(&bound.1);
                    call.arguments.push(bound);
                }
                _ => self.unsupported("this clause of a function call"),
            }
        }
    }

    pub(super) fn window(&mut self, spec: &parsed::WindowSpec) -> Window {
        let base = spec.window_name.as_ref().map(|name| self.name(name));
        let partition_by = self.list(&spec.partition_by);
        let order_by = self.orders(&spec.order_by);
        let frame = spec.window_frame.as_ref().map(|frame| {
            if matches!(frame.units, parsed::WindowFrameUnits::Groups) {
                self.unsupported("a GROUPS frame");
            }
            Frame {
                rows: matches!(frame.units, parsed::WindowFrameUnits::Rows),
                start: self.bound(&frame.start_bound),
                end: frame.end_bound.as_ref().map(|bound| self.bound(bound)),
            }
        });
        Window { base, partition_by, order_by, frame }
    }

    fn bound(&mut self, bound: &parsed::WindowFrameBound) -> Bound {
        match bound {
            parsed::WindowFrameBound::CurrentRow => Bound::CurrentRow,
            parsed::WindowFrameBound::Preceding(rows) => {
                Bound::Preceding(rows.as_ref().map(|rows| self.boxed(rows)))
            }
            parsed::WindowFrameBound::Following(rows) => {
                Bound::Following(rows.as_ref().map(|rows| self.boxed(rows)))
            }
        }
    }

    fn structure(&mut self, fields: &[parsed::StructField]) -> Type {
        let fields = fields
            .iter()
            .map(|field| {
                let name = field.field_name.as_ref().map_or(String::new(), |name| name.value.clone());
                Field::new(name, self.data_type(&field.field_type))
            })
            .collect();
        Type::structure(fields)
    }

    fn data_type(&mut self, data_type: &parsed::DataType) -> Type {
        match data_type {
            parsed::DataType::Array(parsed::ArrayElemTypeDef::AngleBracket(element)) => {
                Type::array(self.data_type(element))
            }
            parsed::DataType::Struct(fields, _) => self.structure(fields),
            scalar => match Type::parse_scalar(&scalar.to_string()) {
                Some(ty) => ty,
                None => {
                    self.unsupported(format!("the type `{scalar}`"));
                    Type::String
                }
            },
        }
    }
}

impl Call {
    /// Whether the call has nothing but arguments.
    pub fn is_plain(&self) -> bool {
        !self.distinct
            && self.nulls.is_none()
            && self.order_by.is_empty()
            && self.limit.is_none()
            && self.over.is_none()
    }

    /// A call with nothing but arguments.
    pub fn plain(name: &str, arguments: Vec<Expression>) -> Self {
        Self {
            name: name.to_owned(),
            arguments,
            distinct: false,
            nulls: None,
            order_by: Vec::new(),
            limit: None,
            over: None,
            safe: false,
        }
    }
}

/// An argument that is a call takes the `IGNORE NULLS` after it, which is meant for the call around it.
fn without_null_treatment(argument: &parsed::Expr) -> (Cow<'_, parsed::Expr>, Option<parsed::NullTreatment>) {
    match argument {
        parsed::Expr::Function(inner) if inner.over.is_none() && inner.null_treatment.is_some() => {
            let mut inner = inner.clone();
            let treatment = inner.null_treatment.take();
            (Cow::Owned(parsed::Expr::Function(inner)), treatment)
        }
        argument => (Cow::Borrowed(argument), None),
    }
}

fn nulls(treatment: &parsed::NullTreatment) -> Nulls {
    match treatment {
        parsed::NullTreatment::IgnoreNulls => Nulls::Ignore,
        parsed::NullTreatment::RespectNulls => Nulls::Respect,
    }
}

/// The literal `-9223372036854775808` has no positive counterpart, so the sign belongs to the number.
fn negative(operand: &parsed::Expr) -> Option<Kind> {
    match operand {
        parsed::Expr::Value(parsed::ValueWithSpan { value: parsed::Value::Number(digits, _), .. }) => {
            format!("-{digits}").parse().ok().map(Kind::Integer)
        }
        _ => None,
    }
}

fn binary_operator(operator: &parsed::BinaryOperator) -> Option<Binary> {
    use parsed::BinaryOperator as Operator;
    Some(match operator {
        Operator::Or => Binary::Or,
        Operator::And => Binary::And,
        Operator::Eq => Binary::Equal,
        Operator::NotEq => Binary::NotEqual,
        Operator::Lt => Binary::Less,
        Operator::LtEq => Binary::LessOrEqual,
        Operator::Gt => Binary::Greater,
        Operator::GtEq => Binary::GreaterOrEqual,
        Operator::Plus => Binary::Add,
        Operator::Minus => Binary::Subtract,
        Operator::Multiply => Binary::Multiply,
        Operator::Divide => Binary::Divide,
        Operator::StringConcat => Binary::Concatenate,
        Operator::BitwiseAnd => Binary::BitAnd,
        Operator::BitwiseOr => Binary::BitOr,
        Operator::BitwiseXor => Binary::BitXor,
        Operator::PGBitwiseShiftLeft => Binary::ShiftLeft,
        Operator::PGBitwiseShiftRight => Binary::ShiftRight,
        _ => return None,
    })
}
