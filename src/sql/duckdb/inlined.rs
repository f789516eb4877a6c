//! Functions of the project, written out where they are called. An argument is evaluated once, whatever its
//! function does with it, and its columns cannot be taken for names of the body.

use super::guard::may_fail;
use super::once::{is_constant, is_plain};
use super::{Printer, identifier, literal};
use crate::sql::resolve;
use crate::sql::tree::{Inlined, Span, WithExpression};

/// Longest text of one call written out, in bytes.
const LONGEST: usize = 256 << 10;
/// How deeply lambdas may nest: the time that DuckDB takes to bind them doubles with each. Deeper ones are queries.
const DEEPEST_LAMBDA: usize = 6;
/// How deeply calls may nest.
const DEEPEST: usize = 256;

impl Printer {
    pub(super) fn inlined(&mut self, call: &Inlined, span: Span) -> String {
        if !self.problems.is_empty() {
            // Nothing comes of it any more.
            return "NULL".to_owned();
        }
        if self.calls == DEEPEST {
            let message =
                format!("calls of functions nest more than {DEEPEST} deep, here `{}`", call.function);
            return self.untranslatable(span, message);
        }
        self.calls += 1;
        let sql = self.written_out(call, span);
        self.calls -= 1;
        sql
    }

    fn written_out(&mut self, call: &Inlined, span: Span) -> String {
        let (direct, bound): (Vec<_>, Vec<_>) = call
            .arguments
            .iter()
            .partition(|(_, value)| is_constant(value) || !call.has_query && is_plain(value));
        let direct: Vec<(&str, String)> =
            direct.into_iter().map(|(name, value)| (name.as_str(), self.expression(value))).collect();
        let holder = identifier(&call.function);
        let held: Vec<String> = bound.iter().map(|(_, value)| self.expression(value)).collect();
        // DuckDB takes no dotted path into what a lambda holds everywhere, so a field is asked for by a function.
        let holding = bound.iter().map(|(name, _)| match bound.len() {
            1 => (name.as_str(), holder.clone()),
            _ => (name.as_str(), format!("struct_extract({holder}, {})", literal(name))),
        });
        let is_staged = self.first_stage.is_some();
        let (mut body, has_query) = self.body_on(call, direct.iter().cloned().chain(holding));
        let mut is_held = !held.is_empty();
        let may_stand = self.calls == 1 && self.visible < 2 && bound.iter().all(|(_, value)| is_plain(value));
        if is_held && !has_query && may_stand && !held.iter().any(|value| shares_name(value, &body)) {
            let held = bound.iter().zip(&held).map(|((name, _), value)| (name.as_str(), value.clone()));
            body = self.body_on(call, direct.iter().cloned().chain(held)).0;
            is_held = false;
        }
        let holding = match held.as_slice() {
            [one] => one.clone(),
            several => {
                let fields = bound.iter().zip(several);
                let fields: Vec<String> =
                    fields.map(|((name, _), value)| format!("{} := {value}", identifier(name))).collect();
                format!("struct_pack({})", fields.join(", "))
            }
        };
        let sql = if !is_held {
            format!("({body})")
        } else if has_query || self.calls > DEEPEST_LAMBDA {
            if !is_staged && bound.iter().any(|(_, value)| value.any(&resolve::is_windowed)) {
                let what =
                    format!("a window as an argument of `{}`, whose body holds a query", call.function);
                return self.untranslatable(span, what);
            }
            self.queries += 1;
            let guard = match self.guards.join(" AND ") {
                guard if guard.is_empty() || is_staged || !may_fail(&body) => String::new(),
                guard => format!(" WHERE {guard}"),
            };
            format!("(SELECT {body} FROM (SELECT {holding} AS {holder}{guard}))")
        } else {
            format!("list_transform([{holding}], lambda {holder}: {body})[1]")
        };
        if sql.len() > LONGEST {
            let message =
                format!("the calls of `{}` come to more than {LONGEST} bytes of SQL", call.function);
            return self.untranslatable(span, message);
        }
        sql
    }

    /// A function's body on these values, and whether a query is left in it.
    fn body_on<'a>(
        &mut self,
        call: &Inlined,
        values: impl Iterator<Item = (&'a str, String)>,
    ) -> (String, bool) {
        // A call within an argument of the same function has ended here.
        let outer = self.bound.len();
        self.bound.extend(values.map(|(name, value)| (call.function.clone(), name.to_owned(), value)));
        let queries = self.queries;
        let stage = self.first_stage.take();
        let guards = std::mem::take(&mut self.guards);
        let body = self.expression(&call.body);
        self.guards = guards;
        self.first_stage = stage;
        self.bound.truncate(outer);
        (body, self.queries > queries)
    }

    /// What stands for an argument in the body of the function that is being written out.
    pub(super) fn bound_value(&self, function: &str, argument: &str) -> Option<String> {
        let found = self.bound.iter().rev().find(|(of, name, _)| of == function && name == argument);
        found.map(|(.., value)| value.clone())
    }

    /// `WITH(a AS …, b AS …, value)`: each value is held by a lambda around those that may name it.
    pub(super) fn with(&mut self, with: &WithExpression, span: Span) -> String {
        let outer = self.bound.len();
        let is_query = with.value.holds_query() || with.bindings.iter().any(|(_, value)| value.holds_query());
        let mut held = Vec::new();
        for (name, value) in &with.bindings {
            let sql = self.expression(value);
            let own = identifier(&format!("{}:{}", name.text, self.bound.len()));
            let stands_for = if is_plain(value) {
                sql
            } else {
                held.push((own.clone(), sql));
                own
            };
            self.bound.push((String::new(), name.text.clone(), stands_for));
        }
        let value = self.expression(&with.value);
        self.bound.truncate(outer);
        if is_query && with.bindings.iter().any(|(_, value)| value.any(&resolve::is_of_rows)) {
            return self.untranslatable(span, "WITH of an aggregate or a window beside a query");
        }
        held.into_iter().rev().fold(format!("({value})"), |body, (own, sql)| match is_query {
            true => format!("(SELECT {body} FROM (SELECT {sql} AS {own}))"),
            false => format!("list_transform([{sql}], lambda {own}: {body})[1]"),
        })
    }
}

/// Whether a name of a value could mean something else within a body.
fn shares_name(value: &str, body: &str) -> bool {
    value.split('"').skip(1).step_by(2).any(|name| body.contains(&format!("\"{name}\"")))
}
