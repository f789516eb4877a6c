//! What a test's query is resolved against: the tables of the compiled project, the values that the test gives to
//! parameters, and its clock. It must never give a table other columns than the compilation did.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::compile::Compilation;
use crate::definition::Language;
use crate::schema::Field;
use crate::sql::tree::Expression;
use crate::sql::{Catalogue, ParsedBody, Routine, RoutineBody, Table};

pub struct Tables<'a> {
    pub compilation: &'a Compilation,
    /// Declared parameters with their values.
    pub parameters: BTreeMap<String, Expression>,
    pub now: Option<Timestamp>,
}

impl Tables<'_> {
    fn columns(&self, name: &str) -> Option<Arc<[Field]>> {
        let all = self.compilation;
        let source = all.sources.get(name).map(|one| &one.columns);
        let dataset = all.datasets.get(name).map(|one| &one.columns);
        let view = all.views.get(name).map(|one| &one.columns);
        let given = all.static_tables.get(name).map(|one| &one.definition.columns);
        source.or(dataset).or(view).or(given).map(Arc::clone)
    }

    /// The function with the clock of the test, which its body may read.
    fn at_moment(&self, routine: &Arc<Routine>) -> Option<Arc<Routine>> {
        let definition = &self.compilation.functions.get(&routine.name)?.definition;
        let body = definition.body.text.to_uppercase();
        // A text without a year that a format reads is of the current one.
        let reads_clock = body.contains("CURRENT_") || body.contains("FORMAT");
        if definition.language != Language::Sql || !reads_clock {
            return None;
        }
        let body = ParsedBody::new(&definition.body.text).ok()?;
        let resolved =
            body.resolve(&routine.name, &routine.arguments, definition.returns.as_ref(), self).ok()?;
        Some(Arc::new(Routine { body: RoutineBody::Sql(resolved.body), ..Routine::clone(routine) }))
    }
}

impl Catalogue for Tables<'_> {
    fn table(&self, name: &str) -> Option<Table> {
        let found = |name: &str| {
            let columns = self.columns(name)?;
            Some(Table { name: name.to_owned(), columns, open: false })
        };
        // A project may stand before the name.
        found(name).or_else(|| found(name.split_once('.')?.1))
    }

    fn names(&self) -> Vec<String> {
        let all = self.compilation;
        let sources = all.sources.keys().chain(all.static_tables.keys());
        sources.chain(all.datasets.keys()).chain(all.views.keys()).cloned().collect()
    }

    fn parameter(&self, name: &str) -> Option<Expression> {
        self.parameters.get(name).cloned()
    }

    fn parameter_names(&self) -> Vec<String> {
        self.parameters.keys().cloned().collect()
    }

    fn now(&self) -> Option<Timestamp> {
        self.now
    }

    fn routine(&self, name: &str) -> Option<Arc<Routine>> {
        let functions = &self.compilation.functions;
        let function = functions.get(name).or_else(|| functions.get(name.split_once('.')?.1))?;
        let with_clock = self.now.and_then(|_| self.at_moment(&function.routine));
        Some(with_clock.unwrap_or_else(|| Arc::clone(&function.routine)))
    }

    fn routine_names(&self) -> Vec<String> {
        self.compilation.functions.keys().cloned().collect()
    }
}
