//! Functions of the project: a call becomes the body with its arguments, a body is resolved on its own.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::coerce::coerce;
use super::scope::{Scope, ScopeRelation};
use super::{Resolver, is_of_rows};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::functions;
use crate::sql::tree::{Call, Expression, Inlined, Kind, Script, Span};
use crate::sql::{
    Catalogue, Obstacle, Problem, Routine, RoutineBody, TableUse, TemplateBody, Undeclared, argument_type,
    stack,
};

/// What resolving a body came to beside its expression.
pub struct BodyOutcome {
    pub meanings: Vec<String>,
    pub obstacle: Option<Obstacle>,
    /// How deep the functions nest that it calls.
    pub deepest: usize,
    pub keys: BTreeSet<String>,
    /// The tables that it reads.
    pub uses: Vec<TableUse>,
    pub undeclared: Vec<Undeclared>,
}

/// Who defines a function: what a body may hold depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Project,
    Query,
    QueryAggregate,
}

/// The function whose body is resolved.
pub struct BodyOf<'a> {
    pub name: &'a str,
    pub arguments: &'a [Field],
    pub returns: Option<&'a Type>,
    pub owner: Owner,
}

/// How deep templates may call each other, and how often they are resolved for one query.
pub(super) const DEEPEST_TEMPLATE: usize = 16;
pub(super) const MOST_TEMPLATES: usize = 10_000;

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
    let of = BodyOf { name, arguments, returns, owner: Owner::Project };
    body_in(body, &of, catalogue, 0, Arc::default())
}

/// The relation whose columns are a function's arguments: one that no query can name.
pub fn holder(function: &str) -> String {
    if function.contains('.') { function.to_owned() } else { format!("{function}()") }
}

/// Resolves a body within so many templates around it; `instances` counts all of a query.
pub fn body_in(
    body: &mut Expression,
    of: &BodyOf,
    catalogue: &dyn Catalogue,
    templates: usize,
    instances: Arc<AtomicUsize>,
) -> Result<BodyOutcome, Vec<Problem>> {
    let mut resolver = Resolver { in_routine: true, templates, instances, ..Resolver::new(catalogue) };
    let relation = ScopeRelation::of_values(holder(of.name), of.arguments.to_vec());
    let scope = Scope { relations: vec![relation], ..Scope::default() };
    resolver.expression(body, &scope);
    if of.owner != Owner::QueryAggregate && resolver.problems.is_empty() && body.any(&is_of_rows) {
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
        resolver.body_type(body, of);
    }
    match resolver.problems.is_empty() {
        true => Ok(BodyOutcome {
            meanings: resolver.meanings,
            obstacle: resolver.obstacle,
            deepest: resolver.deepest,
            keys: resolver.keys,
            uses: resolver.uses,
            undeclared: resolver.undeclared,
        }),
        false => Err(resolver.problems),
    }
}

impl Resolver<'_> {
    /// Brings a body to the type that its function states.
    pub(super) fn body_type(&mut self, body: &mut Expression, of: &BodyOf) {
        let Some(returns) = of.returns else {
            if body.ty == Type::Null && of.owner == Owner::Project {
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
        let routine = self.catalogue.routine(&name)?;
        self.in_order(call, &routine);
        for argument in &mut call.arguments {
            self.expression(argument, scope);
        }
        self.meanings.push(format!("{name}() {}", routine.hash));
        let nothing = Expression::typed(Kind::Null, span, routine.returns.clone());
        let body = match &routine.body {
            RoutineBody::Broken => return Some(Expression::typed(Kind::Null, span, Type::Unknown)),
            RoutineBody::Template(_) | RoutineBody::JavaScript(_) => None,
            RoutineBody::Typed(is) => {
                self.refuse(&routine, &Obstacle { function: name.clone(), is }, span);
                None
            }
            RoutineBody::Sql(body) => {
                if let Some(obstacle) = &body.obstacle {
                    self.refuse(&routine, obstacle, span);
                }
                Some(body)
            }
        };
        if call.safe && !matches!(routine.body, RoutineBody::JavaScript(_)) {
            let message = format!("GoogleSQL takes no SAFE. before `{name}`, a function of your own");
            let problem = Problem::new(Code::NotOnDuckDb, span, message);
            self.refused.push(problem.hint("make the function's body safe: SAFE_DIVIDE, SAFE_CAST, IF"));
        }
        if !call.is_plain() {
            let message = format!("`{name}` takes no DISTINCT, NULLS, ORDER BY, LIMIT or OVER");
            self.problem(Code::SqlSyntax, span, message);
        }
        if call.arguments.len() != routine.arguments.len() {
            let message =
                format!("`{name}` takes {}, not {}", count(routine.arguments.len()), call.arguments.len());
            let problem = Problem::new(Code::TypeMismatch, span, message);
            self.problems.push(routine.point_at(problem, signature(&routine)));
            return Some(nothing);
        }
        let before = self.problems.len();
        let mut arguments = Vec::new();
        for (mut value, wanted) in std::mem::take(&mut call.arguments).into_iter().zip(&routine.arguments) {
            self.adapt_literal(&mut value, &wanted.ty);
            if matches!(value.kind, Kind::Star) || !fit(&mut value, &wanted.ty) {
                let what =
                    if matches!(value.kind, Kind::Star) { "*".to_owned() } else { value.ty.to_string() };
                let message =
                    format!("`{name}` takes `{}` {}, not {what}", wanted.name, argument_type(&wanted.ty));
                let place = if matches!(value.kind, Kind::Star) { span } else { value.span };
                let problem = Problem::new(Code::TypeMismatch, place, message);
                self.problems.push(routine.point_at(problem, signature(&routine)));
            }
            arguments.push((wanted.name.clone(), value));
        }
        if self.problems.len() > before {
            return Some(nothing);
        }
        let body = match (&routine.body, body) {
            (_, Some(body)) => body,
            (RoutineBody::Template(body), _) if routine.aggregate => {
                return Some(self.write_aggregate(&routine, body, arguments, span));
            }
            (RoutineBody::Template(body), _) => {
                return Some(self.instantiate(&routine, body, arguments, span));
            }
            _ => {
                call.arguments = arguments.into_iter().map(|(_, value)| value).collect();
                call.own_aggregate = routine.aggregate;
                if let RoutineBody::JavaScript(source) = &routine.body {
                    let source = Arc::clone(source);
                    call.script = Some(Arc::new(Script { arguments: routine.arguments.clone(), source }));
                }
                call.own_varies = routine.varies;
                let kind = Kind::Call(Box::new(call.clone()));
                return Some(Expression::typed(kind, span, routine.returns.clone()));
            }
        };
        self.deepest = self.deepest.max(body.depth + 1);
        self.keys.extend(body.keys.iter().cloned());
        let inlined = Inlined {
            function: holder(&routine.name),
            arguments,
            body: Arc::clone(&body.expression),
            has_query: body.has_query,
        };
        Some(Expression::typed(Kind::Inlined(Box::new(inlined)), span, routine.returns.clone()))
    }

    /// A template's body for the types of one call.
    fn instantiate(
        &mut self,
        routine: &Routine,
        template: &TemplateBody,
        arguments: Vec<(String, Expression)>,
        span: Span,
    ) -> Expression {
        let types: Vec<Field> =
            arguments.iter().map(|(name, value)| Field::new(name.clone(), value.ty.settled())).collect();
        let mut body = (*template.expression).clone();
        let instance = self.instances.fetch_add(1, Ordering::Relaxed);
        if self.templates == DEEPEST_TEMPLATE || instance >= MOST_TEMPLATES {
            let message = format!(
                "functions of ANY TYPE call each other more than {DEEPEST_TEMPLATE} deep, or {MOST_TEMPLATES} times: `{}`",
                routine.name
            );
            self.problem(Code::InvalidFunction, span, message);
            return Expression::typed(Kind::Null, span, Type::Unknown);
        }
        let returns = (routine.returns != Type::Unknown).then_some(&routine.returns);
        let of = BodyOf { name: &routine.name, arguments: &types, returns, owner: Owner::Query };
        // What stands around the call is on the stack already, bodies of other templates among it.
        let templates = self.templates + 1;
        let (catalogue, instances) = (self.catalogue, Arc::clone(&self.instances));
        let outcome = stack::roomy(template.depth * templates, || {
            body_in(&mut body, &of, catalogue, templates, instances)
        });
        let none =
            || Err(vec![Problem::new(Code::Unsupported, span, "there is no thread to resolve the body on")]);
        match outcome.unwrap_or_else(none) {
            Ok(outcome) => {
                self.deepest = self.deepest.max(template.depth + outcome.deepest + 1);
                self.keys.extend(outcome.keys);
                self.meanings.extend(outcome.meanings);
                for Undeclared { name, problem } in outcome.undeclared {
                    self.undeclared(name, Problem { span, ..problem });
                }
                if let Some(obstacle) = outcome.obstacle {
                    self.refuse(routine, &obstacle, span);
                }
            }
            Err(problems) => {
                let types: Vec<String> = types.iter().map(|field| field.ty.to_string()).collect();
                for problem in problems {
                    let message =
                        format!("`{}` for ({}): {}", routine.name, types.join(", "), problem.message);
                    let problem = Problem { span, message, ..problem };
                    self.problems.push(routine.point_at(problem, signature(routine)));
                }
                return Expression::typed(Kind::Null, span, Type::Unknown);
            }
        }
        let ty = body.ty.settled();
        let inlined = Inlined {
            function: holder(&routine.name),
            arguments,
            has_query: body.holds_query(),
            body: Arc::new(body),
        };
        Expression::typed(Kind::Inlined(Box::new(inlined)), span, ty)
    }

    /// A query that calls what cannot be run cannot be run; a function that calls it can be defined all the same.
    pub(super) fn refuse(&mut self, routine: &Routine, obstacle: &Obstacle, span: Span) {
        self.obstacle.get_or_insert_with(|| obstacle.clone());
        if self.in_routine {
            return;
        }
        let Obstacle { function, is } = obstacle;
        let message = match routine.name == *function {
            true => format!("`{function}` is {is}, which runs in a later version"),
            false => {
                format!("`{}` calls `{function}`, which is {is} and runs in a later version", routine.name)
            }
        };
        let problem = routine.point_at(Problem::new(Code::NotRunHere, span, message), "defined here");
        self.refused.push(problem.hint("write the function in SQL to use it on DuckDB"));
    }
}

/// Brings a value to a type that it coerces to; whether it does.
pub(super) fn fit(value: &mut Expression, wanted: &Type) -> bool {
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

pub(super) fn count(arguments: usize) -> String {
    if arguments == 1 { "1 argument".to_owned() } else { format!("{arguments} arguments") }
}

/// `(x STRING, y INT64)`.
fn signature(routine: &Routine) -> String {
    let arguments: Vec<String> = routine
        .arguments
        .iter()
        .map(|field| format!("{} {}", field.name, argument_type(&field.ty)))
        .collect();
    format!("takes ({})", arguments.join(", "))
}
