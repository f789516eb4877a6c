//! Expressions that are neither calls nor operators: constructors with a type, WITH, variables of the
//! system, and what several of them expect.

use super::Resolver;
use super::scope::Scope;
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions;
use crate::sql::tree::{DatePart, Expression, Kind, Name, Span, SubscriptKind};
use crate::value::Interval;

/// The variables that BigQuery has, and their types.
const SYSTEM: &[(&str, Type)] = &[
    ("current_job_id", Type::String),
    ("dataset_id", Type::String),
    ("dataset_project_id", Type::String),
    ("error.formatted_stack_trace", Type::String),
    ("error.message", Type::String),
    ("error.statement_text", Type::String),
    ("last_job_id", Type::String),
    ("location", Type::String),
    ("project_id", Type::String),
    ("query_label", Type::String),
    ("reservation", Type::String),
    ("row_count", Type::Int64),
    ("script.bytes_billed", Type::Int64),
    ("script.bytes_processed", Type::Int64),
    ("script.creation_time", Type::Timestamp),
    ("script.job_id", Type::String),
    ("script.num_child_jobs", Type::Int64),
    ("script.slot_ms", Type::Int64),
    ("session_id", Type::String),
    ("time_zone", Type::String),
    ("transaction_id", Type::String),
];

impl Resolver<'_> {
    /// `ARRAY<T>[…]` and `STRUCT<…>(…)`: what stands in it becomes what the type says.
    pub(super) fn constructed(
        &mut self,
        mut operand: Expression,
        to: Type,
        span: Span,
        scope: &Scope,
    ) -> Expression {
        match (&mut operand.kind, &to) {
            // Elements that differ among themselves may all fit the type.
            (Kind::Array(items), Type::Array(element)) => {
                for item in items {
                    self.expression(item, scope);
                    self.fit_into(item, element);
                }
                operand.ty = to.clone();
            }
            (Kind::Struct(values), Type::Struct(fields)) if values.len() == fields.len() => {
                for ((name, value), field) in values.iter_mut().zip(fields.iter()) {
                    self.expression(value, scope);
                    self.fit_into(value, &field.ty);
                    let text = field.name.clone();
                    *name = (!text.is_empty()).then_some(Name { text, span: value.span });
                }
                operand.ty = to.clone();
            }
            (Kind::Struct(values), Type::Struct(fields)) => {
                let message = format!("{} values for the {} fields of {to}", values.len(), fields.len());
                self.problem(Code::TypeMismatch, span, message);
                operand.ty = to.clone();
            }
            _ => {
                self.expression(&mut operand, scope);
                self.fit_into(&mut operand, &to);
            }
        }
        Expression::typed(Kind::Cast { operand: Box::new(operand), to: to.clone(), safe: false }, span, to)
    }

    fn fit_into(&mut self, value: &mut Expression, wanted: &Type) {
        if functions::distance(value, wanted).is_some() {
            self.bring(value, wanted);
        } else {
            let message = format!("{} stands where the type says {wanted}", value.ty);
            self.problem(Code::TypeMismatch, value.span, message);
        }
    }

    /// `WITH(a AS …, b AS …, value)`: each may name those before it.
    pub(super) fn with_expression(
        &mut self,
        bindings: &mut [(Name, Expression)],
        value: &mut Expression,
        scope: &Scope,
    ) -> Type {
        let mut values: Vec<Field> = Vec::new();
        for (name, bound) in bindings {
            self.expression(bound, &Scope::of_values(values.clone(), scope));
            values.retain(|known| !known.name.eq_ignore_ascii_case(&name.text));
            values.push(Field::new(name.text.clone(), bound.ty.clone()));
        }
        self.expression(value, &Scope::of_values(values, scope));
        value.ty.clone()
    }

    pub(super) fn positional(&mut self, number: usize, span: Span) -> Type {
        if let Some(ty) = self.catalogue.bound_at(number).filter(|_| !self.in_routine) {
            return ty;
        }
        self.problem(
            Code::UnknownQueryParameter,
            span,
            "a parameter without a name has no type here; the parameters are @submission_date, @partition_start and @partition_end",
        );
        Type::Unknown
    }

    pub(super) fn system_variable(&mut self, name: &str, span: Span) -> Type {
        let name = name.to_lowercase();
        match SYSTEM.iter().find(|(known, _)| *known == name) {
            Some((_, ty)) => ty.clone(),
            None => {
                let message = format!("no system variable `@@{name}` is known");
                let problem = crate::sql::Problem::new(Code::UnknownQueryParameter, span, message);
                self.problems.push(problem.suggest(&name, SYSTEM.iter().map(|(known, _)| *known)));
                Type::Unknown
            }
        }
    }

    pub(super) fn expect_castable(&mut self, from: &Type, to: &Type, span: Span) {
        if !functions::castable(from, to) {
            self.problem(Code::TypeMismatch, span, format!("{from} cannot be cast to {to}"));
        }
    }

    /// An array is read by a whole number, JSON by a number or a name.
    pub(super) fn expect_place(&mut self, base: &Type, index: &Expression, kind: SubscriptKind) {
        let fits = match base {
            Type::Array(_) => functions::distance(index, &Type::Int64).is_some(),
            Type::Json => {
                kind == SubscriptKind::Offset
                    && matches!(index.ty, Type::Int64 | Type::String | Type::Null | Type::Unknown)
            }
            _ => true,
        };
        if !fits {
            let wanted = if *base == Type::Json { "an INT64 or a STRING alone" } else { "an INT64" };
            let message = format!("`[…]` of {base} takes {wanted}, not {}", index.ty);
            self.problem(Code::TypeMismatch, index.span, message);
        }
    }

    /// What stands where a function takes a count of parts, such as the `INTERVAL 1 DAY` of DATE_ADD: it takes more of
    /// them than an INTERVAL has.
    pub(super) fn count_of_parts(
        &mut self,
        value: &mut Expression,
        part: DatePart,
        to: Option<DatePart>,
        scope: &Scope,
    ) {
        self.expression(value, scope);
        match &value.kind {
            Kind::Text(text)
                if to.is_none() && text.parse::<i64>().is_ok() && Interval::of(0, part).is_ok() => {}
            _ => self.interval(value, part, to),
        }
    }

    /// `INTERVAL value part`, `INTERVAL 'text' part TO part`.
    pub(super) fn interval(&mut self, value: &Expression, part: DatePart, to: Option<DatePart>) {
        let wrong = match (&value.kind, to) {
            (Kind::Text(text), to) => Interval::read(text, part, to).err(),
            (_, Some(_)) => Some("INTERVAL with TO takes a literal text".to_owned()),
            _ if matches!(part, DatePart::Week(1..)) => Some("INTERVAL takes WEEK without a day".to_owned()),
            _ => functions::distance(value, &Type::Int64)
                .is_none()
                .then(|| format!("INTERVAL takes an INT64 or a literal text, not {}", value.ty)),
        };
        if let Some(message) = wrong {
            self.problem(Code::TypeMismatch, value.span, message);
        }
    }

    pub(super) fn expect_text(&mut self, value: &Expression, what: &str) {
        if !matches!(value.ty, Type::String | Type::Null | Type::Unknown) {
            let message = format!("{what} are STRINGs, not {}", value.ty);
            self.problem(Code::TypeMismatch, value.span, message);
        }
    }
}
