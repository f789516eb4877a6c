//! Expressions as DuckDB SQL. Every operator is put in parentheses, so that precedence never matters.

use super::arithmetic::decimal_literal;
use super::cast::convert;
use super::caught::{catches, with_errors_as};
use super::guard::as_condition;
use super::native::is_native;
use super::once::Operand;
use super::query::Purpose;
use super::{Printer, data_type, identifier, literal, moment};
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::functions::{self, Form, Role, Translated, fill};
use crate::sql::tree::{Call, Expression, IsTest, Kind, Span};
use crate::sql::{PARAMETERS, Problem};

/// Columns that BigQuery makes up, of tables that do not have them here.
const MADE_UP: &[&str] = &["_PARTITIONTIME", "_PARTITIONDATE", "_FILE_NAME"];

impl Printer {
    pub(super) fn expression(&mut self, expression: &Expression) -> String {
        if let Some(column) = self.first_stage(expression) {
            return column;
        }
        let span = expression.span;
        match &expression.kind {
            Kind::Null => "NULL".to_owned(),
            Kind::Bool(value) => value.to_string().to_ascii_uppercase(),
            // A bare number would be an INT32, and its arithmetic would overflow there.
            Kind::Integer(value) if *value < 0 => format!("CAST({value} AS BIGINT)"),
            Kind::Integer(value) => value.to_string() + "::BIGINT",
            Kind::Float(digits) => format!("CAST({digits} AS DOUBLE)"),
            Kind::Text(text) => literal(text),
            Kind::Bytes(bytes) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("unhex('{hex}')")
            }
            Kind::Typed { ty: Type::Range(element), text } => match moment::range_literal(text, element) {
                Some(range) => range,
                None => self.untranslatable(span, "this RANGE"),
            },
            Kind::Typed { ty: ty @ (Type::Numeric | Type::BigNumeric), text } => decimal_literal(text, ty),
            Kind::Typed { ty, text } => format!("CAST({} AS {})", literal(text), data_type(ty)),
            Kind::Parameter(name) => {
                let position = PARAMETERS.iter().position(|(known, _)| known == name).unwrap_or_default();
                format!("CAST(${} AS {})", position + 1, data_type(&expression.ty))
            }
            Kind::Positional(number) => {
                let (place, ty) = (PARAMETERS.len() + number, data_type(&expression.ty));
                match expression.ty {
                    // DuckDB takes the values of these as text only.
                    Type::Array(_) | Type::Struct(_) => format!("CAST(CAST(${place} AS JSON) AS {ty})"),
                    _ => format!("CAST(${place} AS {ty})"),
                }
            }
            Kind::Path(path) => {
                let written = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
                self.untranslatable(span, format!("`{written}` was not resolved"))
            }
            Kind::Column { name, .. } if MADE_UP.contains(&name.as_str()) => {
                self.untranslatable(span, format!("DuckDB has no column `{name}`"))
            }
            Kind::Column { relation: Some(relation), name, .. } => {
                match self.bound_value(relation, name) {
                    Some(value) => value,
                    // What a lambda holds belongs to no relation.
                    None if relation.is_empty() => identifier(name),
                    None => self.column_of(relation, name),
                }
            }
            Kind::Column { relation: None, name, .. } => {
                self.merged_column(name).map_or_else(|| identifier(name), str::to_owned)
            }
            Kind::Row { relation } => self.row(relation, &expression.ty),
            Kind::Field { base, field } => self.field(base, field),
            Kind::Unary { operator, operand } => self.unary(*operator, operand),
            Kind::Binary { operator, left, right } => self.binary(*operator, left, right, &expression.ty),
            Kind::Call(call) => self.call(call, expression),
            Kind::Inlined(call) => self.inlined(call, span),
            Kind::Cast { operand, to, safe } => {
                let (from, value) = (&operand.ty, self.operand(operand));
                self.once(vec![value], |_, sql| convert(&sql[0], from, to, *safe))
            }
            Kind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref())
            }
            Kind::In { operand, set, negated } => self.within(operand, set, *negated),
            Kind::Between { operand, low, high, negated } => {
                negate(self.between(operand, low, high), *negated)
            }
            Kind::Like { operand, pattern, negated } => negate(self.like(operand, pattern), *negated),
            Kind::LikeSet { operand, quantifier, set, negated } => {
                self.like_set(operand, *quantifier, set, *negated)
            }
            Kind::With(with) => self.with(with, span),
            Kind::Lambda { parameters, body } => self.lambda(parameters, body, span),
            Kind::Is { operand, test, negated } => {
                let operand = self.expression(operand);
                let not = if *negated { " NOT" } else { "" };
                match test {
                    IsTest::Null => format!("({operand} IS{not} NULL)"),
                    IsTest::True => format!("({operand} IS{not} TRUE)"),
                    IsTest::False => format!("({operand} IS{not} FALSE)"),
                    IsTest::DistinctFrom(other) => {
                        format!("({operand} IS{not} DISTINCT FROM {})", self.expression(other))
                    }
                }
            }
            Kind::Exists { query, negated } => {
                let found = self
                    .any_element(query)
                    .unwrap_or_else(|| format!("EXISTS ({})", self.inner_query(query, Purpose::Rows)));
                if *negated { format!("(NOT {found})") } else { format!("({found})") }
            }
            Kind::Scalar(query) => {
                let found = self.bare_value(query).or_else(|| self.array_aggregate(query));
                let found = found.or_else(|| self.one_element(query));
                found.unwrap_or_else(|| format!("({})", self.inner_query(query, Purpose::Rows)))
            }
            Kind::ArrayQuery(query) => match self
                .bare_value(query)
                .map(|value| format!("[{value}]"))
                .or_else(|| self.elements(query))
            {
                Some(sql) => sql,
                None => format!("ARRAY({})", self.inner_query(query, Purpose::Array)),
            },
            Kind::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Kind::Struct(fields) => self.structure(fields, span),
            Kind::Subscript { base, index, kind } => self.subscript(base, index, *kind),
            Kind::Interval { value, part, to } => self.interval(value, *part, *to),
            Kind::Extract { part, operand, zone } => {
                self.extract(*part, operand, zone.as_deref(), expression)
            }
            Kind::Part(_) => String::new(),
            Kind::FormattedCast(cast) => match self.formatted_moment(cast, span) {
                Some(sql) => sql,
                None => self.formatted_cast(cast, span),
            },
            Kind::Star => "*".to_owned(),
            Kind::System(name) => match system_variable(name) {
                Some(value) => value.to_owned(),
                None => self.untranslatable(span, format!("`@@{name}` has no value on DuckDB")),
            },
            _ => self.untranslatable(span, "DuckDB cannot run this expression yet"),
        }
    }

    /// An expression where DuckDB wants a bare number: ordinals, LIMIT and OFFSET.
    pub(super) fn whole(&mut self, expression: &Expression) -> String {
        match expression.kind {
            Kind::Integer(value) => value.to_string(),
            _ => self.expression(expression),
        }
    }

    fn call(&mut self, call: &Call, expression: &Expression) -> String {
        if let Some(script) = &call.script {
            return self.script(script, call, expression);
        }
        let Some(function) = functions::find(&call.name) else {
            return self.untranslatable(expression.span, format!("{} has no DuckDB form", call.name));
        };
        if let Some(what) = unsupported(call, function) {
            return self.untranslatable(expression.span, what);
        }
        if function.role != Role::Scalar {
            if call.safe && !can_be_safe(call) {
                return self.untranslatable(expression.span, format!("SAFE.{}", call.name));
            }
            if call.over.is_some() && call.arguments.iter().any(|one| one.any(&|part| self.is_around(part))) {
                let what = format!("{} over a window, of a column of a query around", call.name);
                return self.untranslatable(expression.span, what);
            }
            let only = self.only.take();
            let mut arguments: Vec<String> = call
                .arguments
                .iter()
                .enumerate()
                .map(|(index, argument)| self.argument(function, index, argument))
                .collect();
            self.only = only;
            if let Some(first) = arguments.first_mut() {
                *first = self.anchored(call, std::mem::take(first));
            }
            return self.aggregate(call, function, &arguments, expression);
        }
        if let (true, Form::Text(form)) = (catches(&call.name), &function.duckdb) {
            return self.caught(call, form, expression);
        }
        if let Some(sql) = self.over_elements(call, expression.span) {
            return sql;
        }
        if let Some(sql) = self.hexadecimal_hash(call) {
            return sql;
        }
        if let ("NULLIF", [value, other]) = (call.name.as_str(), call.arguments.as_slice()) {
            return self.null_if(value, other);
        }
        if let Some(sql) = self.first_of(call) {
            return sql;
        }
        let (mut operands, mut conditions) = (Vec::new(), Vec::new());
        for (index, argument) in call.arguments.iter().enumerate() {
            let branch = Self::branch(&call.name, index, &conditions);
            let sql = self.guarded(&branch, |printer| printer.argument(function, index, argument));
            conditions.push(as_condition(argument, &sql));
            operands.push(Operand::of(sql, argument));
        }
        self.hold(operands, |printer, sql| printer.formed(call, function, sql, expression))
    }

    /// A function's form, and whether its arguments are to be evaluated outside of it.
    fn formed(
        &mut self,
        call: &Call,
        function: &functions::Function,
        arguments: &[String],
        expression: &Expression,
    ) -> (String, bool) {
        let translated = Translated {
            sql: arguments,
            arguments: &call.arguments,
            result: &expression.ty,
            safe: call.safe,
        };
        let sql = match &function.duckdb {
            Form::Name(name) => Ok([*name, "(", &arguments.join(", "), ")"].concat()),
            Form::Text(text) => Ok(fill(text, arguments)),
            Form::Missing | Form::Gathered(_) => Ok(self.missing(function, expression.span)),
            Form::With(form) => form(&translated),
            Form::Native(name) => translated.native(name),
        };
        let sql = match sql {
            Ok(sql) => sql,
            Err(problem) => self.untranslatable(expression.span, format!("{}: {problem}", call.name)),
        };
        if call.safe && is_native(&sql) {
            return (sql, false);
        }
        // DuckDB's decimals change their scale, or become floats, on the way.
        let sql = match expression.ty {
            Type::Numeric | Type::BigNumeric => format!("CAST({sql} AS {})", data_type(&expression.ty)),
            _ => sql,
        };
        if call.safe { (format!("TRY({})", with_errors_as(&sql, "NULL")), true) } else { (sql, false) }
    }

    /// A function that is known and typed only.
    pub(super) fn missing(&mut self, function: &functions::Function, span: Span) -> String {
        let problem = Problem::new(
            Code::Unsupported,
            span,
            format!("{} is known, and has no exact form on DuckDB", function.name),
        );
        self.problems.push(match function.determinism {
            functions::Determinism::Session => {
                problem.hint("a rerun must give the same rows: use @submission_date instead of the clock")
            }
            functions::Determinism::Volatile => problem.hint("a rerun must give the same rows"),
            _ => problem,
        });
        "NULL".to_owned()
    }
}

/// Aggregates that fail for nothing but a result that has no room, if at all.
fn can_be_safe(call: &Call) -> bool {
    let ty = call.arguments.first().map_or(&Type::Null, |argument| &argument.ty);
    match call.name.as_str() {
        "COUNT" | "COUNTIF" | "LOGICAL_AND" | "LOGICAL_OR" | "ANY_VALUE" | "ARRAY_AGG" | "MIN" | "MAX" => {
            true
        }
        "SUM" | "AVG" => matches!(ty, Type::Int64 | Type::Float64),
        _ => false,
    }
}

/// What of a call that is typed has no translation.
fn unsupported(call: &Call, function: &functions::Function) -> Option<String> {
    if matches!(function.duckdb, Form::Missing) {
        return None;
    }
    // A form that knows no names would take them in the order in which they stand.
    if !function.knows_names && call.arguments.iter().any(Expression::is_named) {
        return Some(format!("{} with named arguments is not understood yet", call.name));
    }
    None
}

/// System variables, "@@time_zone" and the others: a query outside of BigQuery has no job, and no rows before it.
fn system_variable(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "time_zone" => Some("'UTC'"),
        "row_count" => Some("CAST(NULL AS BIGINT)"),
        _ => None,
    }
}

fn negate(sql: String, negated: bool) -> String {
    if negated { format!("(NOT {sql})") } else { sql }
}
