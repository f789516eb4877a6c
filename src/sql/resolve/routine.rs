//! Functions of the project: a call becomes the body with its arguments, a body is resolved on its own.

use std::collections::BTreeSet;

use super::coerce::coerce;
use super::columns::{Columns, ScopeColumn};
use super::scope::{Scope, ScopeRelation};
use super::{Resolver, is_of_rows};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions;
use crate::sql::tree::{Call, Expression, Inlined, Kind, Span};
use crate::sql::{Catalogue, Problem, Routine, RoutineBody};

/// What resolving a body came to beside its expression.
pub struct BodyOutcome {
    pub meanings: Vec<String>,
    pub javascript: Option<String>,
    /// How deep the functions nest that it calls.
    pub deepest: usize,
    pub keys: BTreeSet<String>,
}

/// Resolves a function's body in place.
///
/// # Errors
/// All problems that were found.
pub fn resolve_body(
    body: &mut Expression,
    name: &str,
    arguments: &[Field],
    returns: Option<&Type>,
    catalogue: &dyn Catalogue,
) -> Result<BodyOutcome, Vec<Problem>> {
    body_in(body, name, arguments, returns, catalogue, 0)
}

/// How deep templates may call each other.
const DEEPEST_TEMPLATE: usize = 16;

fn body_in(
    body: &mut Expression,
    name: &str,
    arguments: &[Field],
    returns: Option<&Type>,
    catalogue: &dyn Catalogue,
    templates: usize,
) -> Result<BodyOutcome, Vec<Problem>> {
    let mut resolver = Resolver { in_routine: true, templates, ..Resolver::new(catalogue) };
    let columns =
        arguments.iter().map(|field| ScopeColumn { field: field.clone(), origins: Vec::new() }).collect();
    let relation = ScopeRelation {
        alias: name.to_owned(),
        columns: Columns::of_query(columns),
        element: false,
        open: false,
        hidden: &[],
    };
    let scope = Scope { relations: vec![relation], ..Scope::default() };
    resolver.expression(body, &scope);
    if resolver.problems.is_empty() && body.any(&is_of_rows) {
        let problem = Problem::new(
            Code::InvalidFunction,
            body.span,
            "a function works on the values of one row; it holds no aggregate and no window",
        );
        resolver
            .problems
            .push(problem.hint("hand it an aggregate as an argument, or UNNEST an array in a query"));
    }
    if resolver.problems.is_empty() {
        resolver.body_type(body, returns);
    }
    match resolver.problems.is_empty() {
        true => Ok(BodyOutcome {
            meanings: resolver.meanings,
            javascript: resolver.javascript,
            deepest: resolver.deepest,
            keys: resolver.keys,
        }),
        false => Err(resolver.problems),
    }
}

impl Resolver<'_> {
    /// Brings a body to the type that its function states.
    fn body_type(&mut self, body: &mut Expression, returns: Option<&Type>) {
        let Some(returns) = returns else {
            if body.ty == Type::Null {
                let problem = Problem::new(Code::InvalidFunction, body.span, "the body is NULL of no type");
                self.problems.push(problem.hint("state the type: `returns: STRING`"));
            }
            return;
        };
        self.adapt_literal(body, returns);
        if !fit(body, returns) {
            let message = format!("the body is {}, and `returns` states {returns}", body.ty);
            let problem = Problem::new(Code::TypeMismatch, body.span, message);
            self.problems.push(problem.hint(format!("state what it is, or cast it: `CAST(… AS {returns})`")));
        }
    }

    /// The body of a project's function in the place of its call; `None` where no such function is defined.
    pub(super) fn inline(&mut self, call: &mut Call, span: Span, scope: &Scope) -> Option<Expression> {
        let name = call.name.to_lowercase();
        let routine = if call.name.contains('.') { self.catalogue.routine(&name)? } else { return None };
        for argument in &mut call.arguments {
            self.expression(argument, scope);
        }
        self.meanings.push(format!("{name}() {}", routine.hash));
        let nothing = Expression::typed(Kind::Null, span, routine.returns.clone());
        let body = match &routine.body {
            RoutineBody::Broken => return Some(Expression::typed(Kind::Null, span, Type::Unknown)),
            RoutineBody::Template(_) => None,
            RoutineBody::JavaScript => {
                self.refuse_javascript(&routine, &name, span);
                None
            }
            RoutineBody::Sql(body) => {
                if let Some(through) = &body.javascript {
                    self.refuse_javascript(&routine, through, span);
                }
                Some(body)
            }
        };
        if call.safe {
            let problem = Problem::new(Code::SqlSyntax, span, format!("SAFE. does not go with `{name}`"));
            self.problems.push(problem.hint("make the function's body safe: SAFE_DIVIDE, SAFE_CAST, IF"));
        }
        if !call.is_plain() {
            let message = format!("`{name}` takes no DISTINCT, NULLS, ORDER BY, LIMIT or OVER");
            self.problem(Code::SqlSyntax, span, message);
        }
        if call.arguments.len() != routine.arguments.len() {
            let message =
                format!("`{name}` takes {}, not {}", count(routine.arguments.len()), call.arguments.len());
            self.problems.push(
                Problem::new(Code::TypeMismatch, span, message)
                    .related(&routine.defined_at, signature(&routine)),
            );
            return Some(nothing);
        }
        let before = self.problems.len();
        let mut arguments = Vec::new();
        for (mut value, wanted) in std::mem::take(&mut call.arguments).into_iter().zip(&routine.arguments) {
            self.adapt_literal(&mut value, &wanted.ty);
            if matches!(value.kind, Kind::Star) || !fit(&mut value, &wanted.ty) {
                let what =
                    if matches!(value.kind, Kind::Star) { "*".to_owned() } else { value.ty.to_string() };
                let message = format!("`{name}` takes `{}` {}, not {what}", wanted.name, wanted.ty);
                let place = if matches!(value.kind, Kind::Star) { span } else { value.span };
                let problem = Problem::new(Code::TypeMismatch, place, message);
                self.problems.push(problem.related(&routine.defined_at, signature(&routine)));
            }
            arguments.push((wanted.name.clone(), value));
        }
        if self.problems.len() > before {
            return Some(nothing);
        }
        let body = match (&routine.body, body) {
            (_, Some(body)) => body,
            (RoutineBody::Template(body), _) => {
                return Some(self.instantiate(&routine, body, arguments, span));
            }
            _ => {
                call.arguments = arguments.into_iter().map(|(_, value)| value).collect();
                let kind = Kind::Call(Box::new(call.clone()));
                return Some(Expression::typed(kind, span, routine.returns.clone()));
            }
        };
        self.deepest = self.deepest.max(body.depth + 1);
        self.keys.extend(body.keys.iter().cloned());
        let inlined = Inlined {
            function: routine.name.clone(),
            arguments,
            body: std::sync::Arc::clone(&body.expression),
            has_query: body.has_query,
        };
        Some(Expression::typed(Kind::Inlined(Box::new(inlined)), span, routine.returns.clone()))
    }

    /// A template's body for the types of one call.
    fn instantiate(
        &mut self,
        routine: &Routine,
        body: &Expression,
        arguments: Vec<(String, Expression)>,
        span: Span,
    ) -> Expression {
        let types: Vec<Field> =
            arguments.iter().map(|(name, value)| Field::new(name.clone(), value.ty.settled())).collect();
        let mut body = body.clone();
        if self.templates == DEEPEST_TEMPLATE {
            let message =
                format!("`{}` calls functions of ANY TYPE more than {DEEPEST_TEMPLATE} deep", routine.name);
            self.problem(Code::InvalidFunction, span, message);
            return Expression::typed(Kind::Null, span, Type::Unknown);
        }
        let outcome = body_in(&mut body, &routine.name, &types, None, self.catalogue, self.templates + 1);
        match outcome {
            Ok(outcome) => {
                self.deepest = self.deepest.max(outcome.deepest + 1);
                self.keys.extend(outcome.keys);
                self.meanings.extend(outcome.meanings);
            }
            Err(problems) => {
                let types: Vec<String> = types.iter().map(|field| field.ty.to_string()).collect();
                for problem in problems {
                    let message =
                        format!("`{}` for ({}): {}", routine.name, types.join(", "), problem.message);
                    let problem = Problem { span, message, ..problem };
                    self.problems.push(problem.related(&routine.defined_at, signature(routine)));
                }
                return Expression::typed(Kind::Null, span, Type::Unknown);
            }
        }
        let ty = body.ty.settled();
        let inlined = Inlined {
            function: routine.name.clone(),
            arguments,
            has_query: body.holds_query(),
            body: std::sync::Arc::new(body),
        };
        Expression::typed(Kind::Inlined(Box::new(inlined)), span, ty)
    }

    /// A query that calls JavaScript cannot be run; a function that calls it can be defined all the same.
    fn refuse_javascript(&mut self, routine: &Routine, through: &str, span: Span) {
        self.javascript.get_or_insert_with(|| through.to_owned());
        if self.in_routine {
            return;
        }
        let message = match routine.name == through {
            true => format!("`{through}` is JavaScript, which runs in a later version"),
            false => format!(
                "`{}` calls `{through}`, which is JavaScript and runs in a later version",
                routine.name
            ),
        };
        let problem =
            Problem::new(Code::JavaScript, span, message).related(&routine.defined_at, "defined here");
        self.refused.push(problem.hint("write the function in SQL to use it on DuckDB"));
    }
}

/// Brings a value to a type that it coerces to; whether it does.
fn fit(value: &mut Expression, wanted: &Type) -> bool {
    if value.ty == Type::Null && *wanted != Type::Unknown {
        // A bare NULL takes the type that is wanted, so that the translation need not guess it.
        let span = value.span;
        let operand = Box::new(std::mem::replace(value, Expression::new(Kind::Null, span)));
        *value =
            Expression::typed(Kind::Cast { operand, to: wanted.clone(), safe: false }, span, wanted.clone());
        return true;
    }
    let fits = *wanted == Type::Unknown || functions::distance(value, wanted).is_some();
    if fits {
        coerce(value, wanted);
    }
    fits
}

fn count(arguments: usize) -> String {
    if arguments == 1 { "1 argument".to_owned() } else { format!("{arguments} arguments") }
}

/// `(x STRING, y INT64)`.
fn signature(routine: &Routine) -> String {
    let arguments: Vec<String> =
        routine.arguments.iter().map(|field| format!("{} {}", field.name, field.ty)).collect();
    format!("takes ({})", arguments.join(", "))
}
