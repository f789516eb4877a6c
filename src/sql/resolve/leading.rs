//! Functions that stand before a query, in its own text: `CREATE TEMP FUNCTION … ; SELECT …`. Each is resolved once,
//! with those before it, and goes before what the project defines under the same name. It must never look at the query.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Resolver;
use super::columns::ScopeColumn;
use super::routine::{BodyOf, Owner, body_in, holder};
use super::scope::{Scope, ScopeRelation};
use crate::diagnostic::Code;
use crate::schema::{Field, Type};
use crate::sql::tree::{ArgumentType, CreateFunction, Expression, FunctionBody, Name, Query, Span};
use crate::sql::{
    Catalogue, Problem, Routine, RoutineBody, SqlBody, Table, TableRoutine, TableUse, TemplateBody,
    Undeclared, varies,
};

const JAVASCRIPT: &str = "an aggregate in JavaScript";
const ELSEWHERE: &str = "a function in another language";

/// The functions before a query, over what else is known.
pub struct Leading<'a> {
    outer: &'a dyn Catalogue,
    routines: BTreeMap<String, Arc<Routine>>,
    tables: BTreeMap<String, Arc<TableRoutine>>,
    /// What resolving them found, for the query.
    pub problems: Vec<Problem>,
    pub uses: Vec<TableUse>,
    pub undeclared: Vec<Undeclared>,
    pub meanings: Vec<String>,
}

impl<'a> Leading<'a> {
    pub fn new(functions: &[CreateFunction], outer: &'a dyn Catalogue) -> Self {
        let mut leading = Self {
            outer,
            routines: BTreeMap::new(),
            tables: BTreeMap::new(),
            problems: Vec::new(),
            uses: Vec::new(),
            undeclared: Vec::new(),
            meanings: Vec::new(),
        };
        functions.iter().for_each(|function| leading.add(function));
        leading
    }

    fn add(&mut self, function: &CreateFunction) {
        let name = called(&function.name);
        if let FunctionBody::Query(query) = &function.body {
            let table = self.table_function(function, query);
            self.tables.insert(name, Arc::new(table));
            return;
        }
        let body = self.body(function, &name);
        let (body, returns) = body.unwrap_or((RoutineBody::Broken, Type::Unknown));
        let routine = Routine {
            name: name.clone(),
            arguments: arguments(function),
            returns,
            body,
            hash: String::new(),
            aggregate: function.aggregate,
            varies: match &function.body {
                FunctionBody::JavaScript(body) => varies(body),
                _ => None,
            },
            defined_at: None,
        };
        self.routines.insert(name, Arc::new(routine));
    }

    /// The body and the type that calls have; `None` where something is wrong, which is reported.
    fn body(&mut self, function: &CreateFunction, name: &str) -> Option<(RoutineBody, Type)> {
        let expression = match &function.body {
            FunctionBody::Sql(expression) => expression,
            FunctionBody::JavaScript(source) if !function.aggregate => {
                let (_, returns) = self.typed(function, JAVASCRIPT)?;
                return Some((RoutineBody::JavaScript(source.as_str().into()), returns));
            }
            FunctionBody::JavaScript(_) => return self.typed(function, JAVASCRIPT),
            FunctionBody::Elsewhere | FunctionBody::Query(_) => return self.typed(function, ELSEWHERE),
        };
        let arguments = arguments(function);
        let unresolved = TemplateBody { expression: Arc::new(expression.clone()), depth: levels(expression) };
        if arguments.iter().any(|argument| argument.ty == Type::Unknown) {
            let returns = function.returns.clone().unwrap_or(Type::Unknown);
            return Some((RoutineBody::Template(unresolved), returns));
        }
        let mut expression = expression.clone();
        let owner = if function.aggregate { Owner::QueryAggregate } else { Owner::Query };
        let of = BodyOf { name, arguments: &arguments, returns: function.returns.as_ref(), owner };
        let outcome = match body_in(&mut expression, &of, self, 0, Default::default()) {
            Ok(outcome) => outcome,
            Err(problems) => {
                self.problems.extend(problems);
                return None;
            }
        };
        self.meanings.extend(outcome.meanings);
        let returns = expression.ty.settled();
        self.uses.extend(outcome.uses);
        self.undeclared.extend(outcome.undeclared);
        if function.aggregate {
            return Some((RoutineBody::Template(unresolved), returns));
        }
        let body = SqlBody {
            has_query: expression.holds_query(),
            depth: levels(&expression) + outcome.deepest,
            obstacle: outcome.obstacle,
            keys: outcome.keys,
            expression: Arc::new(expression),
        };
        Some((RoutineBody::Sql(body), returns))
    }

    fn typed(&mut self, function: &CreateFunction, is: &'static str) -> Option<(RoutineBody, Type)> {
        let Some(returns) = function.returns.clone() else {
            let span = span(&function.name);
            let problem =
                Problem::new(Code::InvalidFunction, span, format!("{is} does not say what it gives"));
            self.problems.push(problem.hint("state the type before LANGUAGE: `RETURNS STRING`"));
            return None;
        };
        Some((RoutineBody::Typed(is), returns))
    }

    fn table_function(&mut self, function: &CreateFunction, query: &Query) -> TableRoutine {
        let stated = function.table.as_ref().map(|columns| fields(columns));
        let arguments = arguments(function);
        let mut resolver = Resolver { in_routine: true, ..Resolver::new(self) };
        for argument in &function.arguments {
            if let ArgumentType::Table(columns) = &argument.ty {
                let columns =
                    columns.as_ref().map_or_else(|| vec![Field::unknown_rest()], |known| fields(known));
                resolver.push_argument(&argument.name.text, columns);
            }
        }
        let values = arguments.iter().filter(|field| field.ty != Type::Unknown).cloned().collect();
        let scope = Scope {
            relations: vec![ScopeRelation::of_values(holder(&called(&function.name)), values)],
            ..Scope::default()
        };
        let rows = resolver.query(&mut query.clone(), Some(&scope));
        let (problems, uses, meanings) = (resolver.problems, resolver.uses, resolver.meanings);
        self.undeclared.extend(resolver.undeclared);
        self.problems.extend(problems);
        self.uses.extend(uses);
        self.meanings.extend(meanings);
        let own = || rows.columns.into_iter().map(|column: ScopeColumn| column.field).collect();
        TableRoutine {
            arguments: function.arguments.clone(),
            columns: stated.unwrap_or_else(own),
            query: query.clone(),
        }
    }
}

impl Catalogue for Leading<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        self.outer.table(name)
    }

    fn names(&self) -> Vec<String> {
        self.outer.names()
    }

    fn parameter(&self, name: &str) -> Option<Expression> {
        self.outer.parameter(name)
    }

    fn bound(&self, name: &str) -> Option<(usize, Type)> {
        self.outer.bound(name)
    }

    fn bound_at(&self, number: usize) -> Option<Type> {
        self.outer.bound_at(number)
    }

    fn parameter_names(&self) -> Vec<String> {
        self.outer.parameter_names()
    }

    fn now(&self) -> Option<jiff::Timestamp> {
        self.outer.now()
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        among(&self.routines, name).or_else(|| self.outer.routine(name))
    }

    fn table_routine(&self, name: &str) -> Option<Arc<TableRoutine>> {
        among(&self.tables, name).or_else(|| self.outer.table_routine(name))
    }

    fn routine_names(&self) -> Vec<String> {
        self.routines.keys().cloned().chain(self.outer.routine_names()).collect()
    }
}

/// What is made under a name; a project may stand before the name, here or there.
fn among<T>(made: &BTreeMap<String, Arc<T>>, name: &str) -> Option<Arc<T>> {
    let same = |one: &str, other: &str| one.strip_suffix(other).is_some_and(|before| before.ends_with('.'));
    let found = made.get(name).or_else(|| {
        let dotted = |one: &str| one.contains('.');
        made.iter()
            .find(|(known, _)| dotted(known) && dotted(name) && (same(known, name) || same(name, known)))
            .map(|(_, found)| found)
    });
    found.cloned()
}

/// A name as calls have it: with dots, in lower case; backticks may hold the dots.
fn called(name: &[Name]) -> String {
    name.iter().map(|part| part.text.to_lowercase()).collect::<Vec<_>>().join(".")
}

fn span(name: &[Name]) -> Span {
    name.first().map_or(Span::default(), |part| part.span)
}

/// The arguments; those of ANY TYPE and tables have an unknown type.
fn arguments(function: &CreateFunction) -> Vec<Field> {
    let ty = |ty: &ArgumentType| match ty {
        ArgumentType::Type(ty) => ty.clone(),
        ArgumentType::Any | ArgumentType::Table(_) => Type::Unknown,
    };
    function.arguments.iter().map(|one| Field::new(one.name.text.clone(), ty(&one.ty))).collect()
}

fn fields(columns: &[(Name, Type)]) -> Vec<Field> {
    columns.iter().map(|(name, ty)| Field::new(name.text.clone(), ty.clone())).collect()
}

/// How deep an expression nests, its queries aside.
fn levels(expression: &Expression) -> usize {
    let deepest = Cell::new(0);
    expression.children(&mut |child| deepest.set(deepest.get().max(levels(child))));
    deepest.get() + 1
}
