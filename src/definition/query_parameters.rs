//! `parameters:` of a dataset: typed values that its query names `@name`, by target where they differ.

use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::value::{Constant, constant};
use crate::schema::{Type, parse_type};
use crate::sql;
use crate::yaml::{MapReader, Node, Text};

/// A declared query parameter.
#[derive(Clone, Debug)]
pub struct QueryParameter {
    /// In lower case, without `@`.
    pub name: Text,
    pub ty: Type,
    pub value: Constant,
    /// Targets that have another value.
    pub targets: Vec<(Text, Constant)>,
}

impl QueryParameter {
    /// The value in a target.
    pub fn value_in(&self, target: &str) -> &Constant {
        self.targets.iter().find(|(name, _)| name.text == target).map_or(&self.value, |(_, value)| value)
    }
}

/// Reads `parameters: {min_searches: {type: INT64, value: 3, targets: {prod: 5}}}`.
pub fn read(reader: &MapReader) -> Vec<QueryParameter> {
    let Some(node) = reader.optional("parameters") else { return Vec::new() };
    let mut parameters: Vec<QueryParameter> = Vec::new();
    for (name, value) in reader.entries("parameters", node) {
        let is_name = name.text.starts_with(|first: char| first.is_ascii_lowercase())
            && name.text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
        let is_built_in = sql::PARAMETERS.iter().any(|(known, _)| *known == name.text);
        if !is_name || is_built_in {
            let message = match is_built_in {
                true => format!("`@{}` is at hand in every query; it cannot be declared", name.text),
                false => format!("`{}` cannot name a parameter", name.text),
            };
            let finding = Diagnostic::error(Code::InvalidValue, message).at(&name.position);
            reader.report(
                finding.hint("use lower-case letters, digits and underscores, and a name of its own"),
            );
            continue;
        }
        parameters.extend(parameter(name, value, reader));
    }
    parameters
}

fn parameter(name: Text, node: &Node, outer: &MapReader) -> Option<QueryParameter> {
    let reader = MapReader::of(node, format!("the parameter `{}`", name.text), &shapes::PARAMETER);
    let ty = reader
        .required_text("type", "a GoogleSQL type: `{type: INT64, value: 3}`")
        .and_then(|text| reader.parsed("type", &text, parse_type));
    // NULL is a value like any other, so the key is looked for as it was written.
    let _ = reader.optional("value");
    let value = node.get("value");
    if value.is_none() && node.as_map().is_some() {
        reader.required("value", "what the parameter is, where a target does not say otherwise");
    }
    let mut found = Vec::new();
    let mut targets = Vec::new();
    let read = ty.and_then(|ty| {
        for (target, value) in
            reader.optional("targets").map(|node| reader.entries("targets", node)).unwrap_or_default()
        {
            targets.extend(constant(value, &ty, &mut found).map(|value| (target, value)));
        }
        let value = constant(value?, &ty, &mut found)?;
        Some((ty, value))
    });
    let _ = reader.optional("targets");
    let is_whole = found.is_empty();
    reader.report_all(found);
    outer.report_all(reader.finish());
    let (ty, value) = read.filter(|_| is_whole)?;
    Some(QueryParameter { name, ty, value, targets })
}
