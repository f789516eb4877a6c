//! `name => value` in calls of a project's own functions. What stands where must never be guessed: a name that the
//! function does not have, or has twice, is a mistake.

use super::Resolver;
use crate::diagnostic::Code;
use crate::sql::tree::{Call, Expression, Kind, Span};
use crate::sql::{Problem, Routine};

impl Resolver<'_> {
    /// Puts the arguments of a call into the order of the function's. Whether that could be done; mistakes are reported.
    pub(super) fn put_in_order(&mut self, call: &mut Call, routine: &Routine, span: Span) -> bool {
        if !call.arguments.iter().any(Expression::is_named) {
            return true;
        }
        let mistakes = self.problems.len();
        let mut values: Vec<Option<Expression>> = routine.arguments.iter().map(|_| None).collect();
        let mut is_behind_name = false;
        for (index, argument) in std::mem::take(&mut call.arguments).into_iter().enumerate() {
            let place = argument.span;
            let (at, value) = match argument.kind {
                Kind::Named { name, value } => {
                    is_behind_name = true;
                    let mut arguments = routine.arguments.iter();
                    let Some(at) = arguments.position(|one| one.name.eq_ignore_ascii_case(&name.text)) else {
                        let message = format!("`{}` has no argument `{}`", routine.name, name.text);
                        let known = routine.arguments.iter().map(|argument| argument.name.as_str());
                        let problem = Problem::new(Code::TypeMismatch, name.span, message);
                        self.problems.push(problem.suggest(&name.text, known));
                        continue;
                    };
                    (at, *value)
                }
                _ if is_behind_name => {
                    let message = "an argument without a name stands in front of those with one";
                    self.problem(Code::SqlSyntax, place, message);
                    continue;
                }
                _ => (index, argument),
            };
            match values.get_mut(at) {
                Some(Some(_)) => {
                    let message = format!("`{}` is given twice", routine.arguments[at].name);
                    self.problem(Code::TypeMismatch, place, message);
                }
                Some(slot) => *slot = Some(value),
                None => {
                    let most = routine.arguments.len();
                    let message = format!("`{}` has {most} arguments, and this is one more", routine.name);
                    self.problem(Code::TypeMismatch, place, message);
                }
            }
        }
        if self.problems.len() == mistakes
            && let Some(missing) = values.iter().position(Option::is_none)
        {
            let message = format!("`{}` is not given `{}`", routine.name, routine.arguments[missing].name);
            self.problem(Code::TypeMismatch, span, message);
        }
        call.arguments = values.into_iter().flatten().collect();
        self.problems.len() == mistakes
    }
}
