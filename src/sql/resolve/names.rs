//! Query parameters, and functions that nobody knows.

use super::Resolver;
use crate::diagnostic::Code;
use crate::schema::Type;
use crate::sql::tree::{Expression, Span};
use crate::sql::{PARAMETERS, Problem, duckdb, functions};

impl Resolver<'_> {
    /// The value of a parameter that the dataset declares. It decides the data like the query's own text.
    pub(super) fn declared_parameter(&mut self, name: &str) -> Option<Expression> {
        let value = self.catalogue.parameter(name).filter(|_| !self.in_routine)?;
        self.meanings.push(format!("@{name} {} {}", value.ty, duckdb::key(&value)));
        self.parameters.insert(name.to_owned());
        Some(value)
    }

    pub(super) fn parameter(&mut self, name: &str, span: Span) -> Type {
        if self.in_routine {
            let message = format!("a function has no query parameter `@{name}`");
            let problem = Problem::new(Code::UnknownQueryParameter, span, message);
            self.problems.push(problem.hint("hand it the value as an argument"));
            return Type::Unknown;
        }
        match PARAMETERS.iter().find(|(known, _)| *known == name) {
            Some((_, ty)) => ty.clone(),
            None => {
                let declared = self.catalogue.parameter_names();
                let known = PARAMETERS.iter().map(|(known, _)| *known);
                let problem =
                    Problem::new(Code::UnknownQueryParameter, span, format!("no query parameter `@{name}`"))
                        .hint("the parameters are @submission_date, @partition_start and @partition_end")
                        .suggest(name, known.chain(declared.iter().map(String::as_str)));
                self.problems.push(problem);
                Type::Unknown
            }
        }
    }

    pub(super) fn unknown_function(&mut self, name: &str, span: Span) {
        let own = self.catalogue.routine_names();
        let is_own = name.contains('.');
        let written = if is_own { name.to_lowercase() } else { name.to_owned() };
        let mut problem =
            Problem::new(Code::UnknownFunction, span, format!("no function `{written}` is known"));
        if is_own {
            problem = problem
                .hint("functions of the project are defined in datasets/: `function: schema.name`")
                .suggest(&written, own.iter().map(String::as_str));
        } else {
            problem = problem.suggest(&written, functions::FUNCTIONS.iter().map(|function| function.name));
        }
        if matches!(name, "METRIC" | "LABELED_TOTAL") {
            let name = name.to_lowercase();
            problem = problem.hint(format!("in SQL of your own write `{{{{ {name}('category.name') }}}}`, with `from:` naming the ping table"));
        }
        if name.starts_with("CURRENT_") {
            problem =
                problem.hint("a rerun must give the same rows: use @submission_date instead of the clock");
        }
        self.problems.push(problem);
    }
}
