//! What rules come to for a node: their findings at the author's lines, as loud as the project says, those that the
//! definition is excepted from aside; and what its readers have to know of it.

use std::sync::Arc;

use super::expand::Nodes;
use super::known::Ready;
use super::nodes::Outcome;
use super::query::locate;
use crate::definition::{Exception, Level, SourceKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{
    self, Definition, Determinism, Excepted, Facts, Identifiers, Place, Reason, Rule, Settings, Tag,
};
use crate::sql::lineage::Lineage;
use crate::sql::tree::Span;
use crate::sql::{Analysis, Problem};
use crate::template::Rendered;

/// What judging a dataset or a view came to.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    pub facts: Facts,
    /// What exceptions took back.
    pub excepted: Vec<Excepted>,
}

/// Takes the findings about one node.
pub struct Bench<'a> {
    definition: Definition<'a>,
    settings: &'a Settings,
    pub found: Vec<Diagnostic>,
    excepted: Vec<Excepted>,
}

impl<'a> Bench<'a> {
    pub fn new(definition: Definition<'a>, ready: &'a Ready) -> Self {
        Self { definition, settings: &ready.rules, found: Vec::new(), excepted: Vec::new() }
    }

    /// Takes what a rule found.
    pub fn report(&mut self, rule: &Rule, finding: Diagnostic) {
        let severity = match self.settings.level(rule) {
            Level::Off => return,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        let finding = Diagnostic { severity, ..finding };
        let mut exceptions = self.definition.exceptions().iter();
        match exceptions.find(|exception| exception.rule.text == rule.name) {
            Some(exception) => self.excepted.push(Excepted { exception: exception.clone(), finding }),
            None => self.found.push(finding),
        }
    }
}

/// A node's query: what it was rendered from, what it was resolved to, what its columns come from.
pub type Resolved<'a> = (&'a Rendered, &'a Analysis, &'a Lineage);

/// Looks at a node with all rules. `init` fills the same table, so that what makes a rerun of it differ counts too.
pub fn judge(
    name: &str,
    query: Resolved,
    init: Option<(&Rendered, &Analysis)>,
    mut bench: Bench,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Judged {
    let (rendered, analysis, lineage) = query;
    let definition = bench.definition;
    let known = || {
        analysis.uses.iter().filter_map(|one| Some((one.name.as_str(), &ready.tables.get(&one.name)?.facts)))
    };
    let of_log = known().any(|(_, facts)| facts.of_log);
    let of_source = ready.of_source.contains(name);
    let node = lint::Node { name, definition, of_source, of_log, analysis, lineage };
    let judgement = lint::judge(&node, ready, &ready.rules);
    let mut determinism = Determinism::default();
    let mut causes: Vec<_> = judgement.causes.into_iter().map(|cause| (rendered, cause)).collect();
    if let Some((rendered, analysis)) = init {
        causes.extend(lint::causes(analysis).into_iter().map(|cause| (rendered, cause)));
    }
    for (rendered, (rule, cause)) in causes {
        let finding = located(rule, cause.place, &cause.message, &cause.hint, rendered);
        determinism.reasons.push(Reason {
            rule: rule.name,
            message: cause.message,
            certain: cause.certain,
            position: finding.position.clone(),
            view: None,
        });
        // A view stands for what is there when people look; its readers that keep rows are told.
        if let Definition::Dataset(_) = definition {
            bench.report(rule, finding);
        }
    }
    for (rule, finding) in judgement.findings {
        let diagnostic = match &finding.place {
            Place::Query(span) => located(rule, *span, &finding.message, &finding.hint, rendered),
            Place::Definition(position) => Diagnostic::error(rule.code, finding.message.as_str())
                .at(position)
                .hint(finding.hint.as_str()),
        };
        bench.report(rule, finding.notes.into_iter().fold(diagnostic, Diagnostic::note));
    }
    for (view, facts) in known().filter(|(_, facts)| facts.is_view) {
        determinism.read_through(view, &facts.determinism);
    }
    found.append(&mut bench.found);
    let expires = match definition {
        Definition::Dataset(dataset) => dataset.expires,
        Definition::View(_) => None,
    };
    let is_view = matches!(definition, Definition::View(_));
    let identifiers = Arc::new(judgement.identifiers);
    let facts = Facts { identifiers, expires, is_view, of_log, determinism };
    Judged { facts, excepted: bench.excepted }
}

fn located(rule: &Rule, span: Span, message: &str, hint: &str, rendered: &Rendered) -> Diagnostic {
    locate(Problem::new(rule.code, span, message).hint(hint), rendered)
}

/// What is known of sources before anything is compiled: which columns identify, how long rows are kept.
pub fn of_source(source: &crate::definition::Source) -> Facts {
    let tags = source.identifiers.iter();
    let identifiers: Identifiers = tags.map(|one| (one.path.clone(), Tag::declared(one.kind))).collect();
    Facts {
        identifiers: Arc::new(identifiers),
        expires: source.expires,
        of_log: matches!(source.kind, SourceKind::Log { .. }),
        ..Facts::default()
    }
}

/// Reports exceptions that name no rule.
pub fn check_exceptions(nodes: &Nodes, found: &mut Vec<Diagnostic>) {
    for dataset in nodes.datasets.values() {
        lint::check_exceptions(&dataset.exceptions, found);
    }
    for view in nodes.views.values() {
        lint::check_exceptions(&view.exceptions, found);
    }
}

/// Warnings about exceptions that nothing needed, of nodes that were compiled.
pub fn useless_exceptions(outcome: &Outcome) -> Vec<Diagnostic> {
    let datasets = outcome.datasets.values().map(|one| (&one.definition.exceptions, &one.judged));
    let views = outcome.views.values().map(|one| (&one.definition.exceptions, &one.judged));
    let all: Vec<(&Vec<Exception>, &Judged)> = datasets.chain(views).collect();
    let stated = all.iter().flat_map(|(exceptions, _)| exceptions.iter());
    let stated = stated.filter(|exception| lint::rule(&exception.rule.text).is_some());
    lint::useless(stated, all.iter().flat_map(|(_, judged)| &judged.excepted))
}
