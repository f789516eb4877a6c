//! Arguments that a call of a function of one's own gives by name, brought into the order that the function states. It must
//! never leave one with a name where values are expected.

use super::Resolver;
use crate::diagnostic::Code;
use crate::sql::Routine;
use crate::sql::tree::{Call, Expression, Kind, Name};

impl Resolver<'_> {
    /// What a call gives, in the order of the function's arguments; those without a name stand first.
    pub(super) fn in_order(&mut self, call: &mut Call, routine: &Routine) {
        if !call.arguments.iter().any(|argument| matches!(argument.kind, Kind::Named { .. })) {
            return;
        }
        let mut given: Vec<Option<Expression>> = vec![None; routine.arguments.len()];
        let (mut rest, mut any_named) = (Vec::new(), false);
        for (place, argument) in std::mem::take(&mut call.arguments).into_iter().enumerate() {
            let span = argument.span;
            let (place, value) = match argument.kind {
                Kind::Named { name, value } => {
                    any_named = true;
                    (self.place_of(&name, routine), *value)
                }
                _ if any_named => {
                    let message = "an argument without a name stands behind one that has a name";
                    self.problem(Code::SqlSyntax, span, message);
                    (Some(place), argument)
                }
                _ => (Some(place), argument),
            };
            match place.map(|place| (place, given.get_mut(place))) {
                Some((_, Some(free @ None))) => *free = Some(value),
                Some((place, Some(Some(_)))) => {
                    let name = &routine.arguments[place].name;
                    self.problem(Code::TypeMismatch, span, format!("`{name}` is given twice"));
                }
                Some((_, None)) | None => rest.push(value),
            }
        }
        call.arguments = given.into_iter().flatten().chain(rest).collect();
    }

    fn place_of(&mut self, name: &Name, routine: &Routine) -> Option<usize> {
        let known = || routine.arguments.iter().map(|argument| argument.name.as_str());
        let place = known().position(|known| known.eq_ignore_ascii_case(&name.text));
        if place.is_none() {
            let message = format!("`{}` has no argument `{}`", routine.name, name.text);
            let problem = crate::sql::Problem::new(Code::TypeMismatch, name.span, message);
            self.problems.push(problem.suggest(&name.text, known()));
        }
        place
    }
}
