//! Rules about queries and the people behind the rows: what would make a rerun differ, what reads more than it
//! should, where identifiers go. Pure, without a clock; it must never decide what is compiled, only judge it.
//!
//! A rule is a file in `rules/` and a row in [`RULES`]. `compile` hands every node in as a [`Subject`], once what it
//! reads was judged, and puts what comes out at the author's lines.

mod determinism;
mod exceptions;
mod identifiers;
mod order;
mod rules;
mod settings;
#[cfg(test)]
mod tests;

pub use determinism::{Cause, Determinism, Reason, Verdict};
pub use exceptions::{Excepted, expired, useless};
pub use identifiers::{Identifiers, Tag};
pub use rules::RULES;
pub use settings::{Settings, check_exceptions};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definition::{Dataset, Exception, Level, QuerySource, View, ViewSql};
use crate::diagnostic::{Code, Position};
use crate::sql::lineage::Lineage;
use crate::sql::tree::Span;
use crate::sql::visit::{Around, Part, visit};
use crate::sql::{Analysis, with_room};

/// A rule: its name in `tidemill.yaml`, and how it looks at a node.
pub struct Rule {
    pub name: &'static str,
    /// Its `explain` page says what the rule is for.
    pub code: Code,
    /// How much it counts where the project does not say.
    pub level: Level,
    pub look: Look,
    pub examples: Examples,
}

/// What a rule looks at.
pub enum Look {
    /// Each part of a dataset's query, for what makes a rerun differ.
    Rerun(fn(Part, &Around, &mut Vec<Cause>)),
    /// Each part of a query.
    Part(fn(&Subject, Part, &Around, &mut Vec<Finding>)),
    /// The node as a whole.
    Whole(fn(&Subject, &mut Vec<Finding>)),
    /// Nothing here: `compile` finds it while it binds a query to partitions.
    Binding,
}

/// Definitions that break a rule and that keep it, within the project of `tests/project.rs`; tests run them.
pub struct Examples {
    pub refused: &'static [&'static str],
    pub fine: &'static [&'static str],
}

/// A node to be judged.
pub struct Subject<'a> {
    pub name: &'a str,
    pub definition: Definition<'a>,
    /// Whether a source brings it, as its stable dataset or its view.
    pub of_source: bool,
    /// Whether it is made from a server's log, itself or through others.
    pub of_log: bool,
    pub analysis: &'a Analysis,
    /// The identifiers that its columns hold.
    pub identifiers: &'a Identifiers,
    pub tables: &'a dyn Tables,
}

/// Its definition.
#[derive(Clone, Copy)]
pub enum Definition<'a> {
    Dataset(&'a Dataset),
    View(&'a View),
}

/// What is known of the tables that are read.
pub trait Tables: Sync {
    fn facts(&self, table: &str) -> Option<&Facts>;
}

/// What judging a table came to, for those that read it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub identifiers: Arc<Identifiers>,
    /// Days that its rows are kept.
    pub expires: Option<u32>,
    /// A view keeps no rows, and is computed anew at every read.
    pub is_view: bool,
    /// Whether it is a server's log, or made from one.
    pub of_log: bool,
    pub determinism: Determinism,
}

/// Where a finding is.
#[derive(Clone, Debug)]
pub enum Place {
    Query(Span),
    Definition(Position),
}

/// What a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    pub place: Place,
    pub message: String,
    pub hint: String,
    pub notes: Vec<String>,
}

impl Finding {
    pub fn new(place: Place, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: hint.into(), notes: Vec::new() }
    }

    #[must_use]
    pub fn notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }
}

/// What all rules found in a node.
#[derive(Default)]
pub struct Judgement {
    pub findings: Findings,
    pub causes: Causes,
    pub identifiers: Identifiers,
}

/// A node before its identifiers are known.
pub struct Node<'a> {
    pub name: &'a str,
    pub definition: Definition<'a>,
    pub of_source: bool,
    pub of_log: bool,
    pub analysis: &'a Analysis,
    pub lineage: &'a Lineage,
}

/// Looks at a node with every rule that the settings do not switch off; what makes reruns differ is always looked for.
pub fn judge(node: &Node, tables: &dyn Tables, settings: &Settings) -> Judgement {
    let analysis = node.analysis;
    // Without a thread for it nothing is found; the compilation said so.
    with_room(analysis.query.depth, || judge_here(node, tables, settings)).unwrap_or_default()
}

fn judge_here(node: &Node, tables: &dyn Tables, settings: &Settings) -> Judgement {
    let identifiers = identifiers::surviving(node.analysis, node.lineage, tables);
    let subject = Subject {
        name: node.name,
        definition: node.definition,
        of_source: node.of_source,
        of_log: node.of_log,
        analysis: node.analysis,
        identifiers: &identifiers,
        tables,
    };
    let mut findings = Findings::new();
    let mut causes = Causes::new();
    // A query has many parts, and each is shown to all of these.
    let looking: Vec<&'static Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| matches!(rule.look, Look::Rerun(_)) || settings.level(rule) != Level::Off)
        .collect();
    visit(&node.analysis.query, &mut |part, around| {
        if is_name_or_constant(part) {
            return;
        }
        for rule in &looking {
            match rule.look {
                Look::Rerun(look) => with(rule, &mut causes, |found| look(part, around, found)),
                Look::Part(look) => with(rule, &mut findings, |found| look(&subject, part, around, found)),
                Look::Whole(_) | Look::Binding => {}
            }
        }
    });
    for rule in looking {
        if let Look::Whole(look) = rule.look {
            with(rule, &mut findings, |found| look(&subject, found));
        }
    }
    Judgement { findings, causes, identifiers }
}

/// Many parts of a query are such, and no rule is about one by itself.
fn is_name_or_constant(part: Part) -> bool {
    use crate::sql::tree::Kind::{Bool, Column, Float, Integer, Null, Parameter, Text, Typed};
    let Part::Expression(expression) = part else { return false };
    let kind = &expression.kind;
    matches!(
        kind,
        Column { .. } | Null | Bool(_) | Integer(_) | Float(_) | Text(_) | Typed { .. } | Parameter(_)
    )
}

/// What makes a rerun of a query differ, for queries that are not judged otherwise.
pub fn causes(analysis: &Analysis) -> Vec<(&'static Rule, Cause)> {
    let found = with_room(analysis.query.depth, || {
        let mut causes = Causes::new();
        visit(&analysis.query, &mut |part, around| {
            for rule in RULES {
                if let Look::Rerun(look) = rule.look {
                    with(rule, &mut causes, |found| look(part, around, found));
                }
            }
        });
        causes
    });
    found.unwrap_or_default()
}

type Findings = Vec<(&'static Rule, Finding)>;
type Causes = Vec<(&'static Rule, Cause)>;

/// Adds what a rule finds under its name.
fn with<T>(rule: &'static Rule, all: &mut Vec<(&'static Rule, T)>, look: impl FnOnce(&mut Vec<T>)) {
    let mut found = Vec::new();
    look(&mut found);
    if !found.is_empty() {
        all.extend(found.into_iter().map(|one| (rule, one)));
    }
}

/// A rule by its name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The rule that a code stands for.
pub fn rule_of(code: Code) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

impl<'a> Definition<'a> {
    pub fn position(self) -> &'a Position {
        match self {
            Definition::Dataset(dataset) => &dataset.name.position,
            Definition::View(view) => &view.name.position,
        }
    }

    pub fn exceptions(self) -> &'a [Exception] {
        match self {
            Definition::Dataset(dataset) => &dataset.exceptions,
            Definition::View(view) => &view.exceptions,
        }
    }

    pub fn is_public(self) -> bool {
        match self {
            Definition::Dataset(dataset) => dataset.public,
            Definition::View(view) => view.public,
        }
    }

    /// Whether somebody of the project wrote its query, and not Tidemill.
    pub fn is_own_query(self) -> bool {
        let query = match self {
            Definition::Dataset(dataset) => &dataset.query,
            Definition::View(View { sql: ViewSql::Query(query), .. }) => query,
            Definition::View(_) => return false,
        };
        !matches!(query, QuerySource::Template(template) if template.text.starts_with("tidemill/"))
    }
}

/// Tables by name, as tests and `compile` have them.
impl Tables for BTreeMap<String, Facts> {
    fn facts(&self, table: &str) -> Option<&Facts> {
        self.get(table)
    }
}
