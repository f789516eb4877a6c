//! Declared query parameters: their values in the target that is compiled for.

use std::collections::BTreeSet;

use super::expand::Nodes;
use crate::definition::{Dataset, Project, QueryParameter};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Type;
use crate::schema::value::Constant;
use crate::sql::constant;
use crate::sql::tree::{Expression, Kind, Span};

/// A parameter's value in a target as a typed expression.
pub fn value(parameter: &QueryParameter, target: &str) -> Expression {
    typed(parameter.value_in(target), &parameter.ty)
}

/// A value as a typed expression. A text is cast, so that it is not taken for the literal of a date.
pub fn typed(value: &Constant, ty: &Type) -> Expression {
    let value = constant(value, ty, Span::default());
    match ty {
        Type::String => {
            let kind = Kind::Cast { operand: Box::new(value), to: Type::String, safe: false };
            Expression::typed(kind, Span::default(), Type::String)
        }
        _ => value,
    }
}

/// Values for targets that the project does not have.
pub fn check_targets(nodes: &Nodes, project: &Project, found: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = project.targets.iter().map(|target| target.name.as_str()).collect();
    let parameters = nodes.datasets.values().flat_map(|dataset| &dataset.parameters);
    for (target, _) in parameters.flat_map(|parameter| &parameter.targets) {
        if !names.contains(&target.text.as_str()) {
            let message = format!("no target `{}` in tidemill.yaml", target.text);
            found.push(
                Diagnostic::error(Code::UnknownTarget, message)
                    .at(&target.position)
                    .hint(format!("the targets are: {}", names.join(", ")))
                    .suggest(&target.text, names.iter().copied()),
            );
        }
    }
}

/// Parameters that no query of the dataset names.
pub fn unused(definition: &Dataset, used: &BTreeSet<String>, found: &mut Vec<Diagnostic>) {
    for parameter in definition.parameters.iter().filter(|parameter| !used.contains(&parameter.name.text)) {
        let message = format!("the query does not name the parameter `@{}`", parameter.name.text);
        found.push(
            Diagnostic::warning(Code::UnusedParameter, message)
                .at(&parameter.name.position)
                .hint("take it out, or name it in the query"),
        );
    }
}

/// What a dataset's head says of its parameters.
pub fn facts(definition: &Dataset) -> impl Iterator<Item = String> {
    definition.parameters.iter().map(|parameter| {
        let others = parameter.targets.iter().map(|(target, value)| format!(", {value} in {}", target.text));
        let others: String = others.collect();
        format!("Parameter: @{} {} is {}{others}.", parameter.name.text, parameter.ty, parameter.value)
    })
}
