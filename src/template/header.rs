//! What a template says of itself: the `{#--- … ---#}` block at its head.

use std::sync::Arc;

use crate::definition::{self, SelfReads};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::period::Cadence;
use crate::yaml::{self, Limits, MapReader, Node};

/// A template's declaration.
#[derive(Clone, Debug, Default)]
pub struct Header {
    pub description: String,
    pub parameters: Vec<Parameter>,
    /// The partition column of datasets by this template, unless they say otherwise.
    pub partition_by: Option<String>,
    /// The partitions that the template can build; all kinds where it says nothing.
    pub every: Vec<Cadence>,
    /// How datasets by this template read themselves, unless they say otherwise.
    pub reads_self: Option<SelfReads>,
}

/// A declared parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub ty: ParameterType,
    pub required: bool,
    pub default: Option<Node>,
    pub description: String,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A list of column names or `name: expression`.
    Columns,
    /// A mapping of names to expressions.
    Measures,
    /// One GoogleSQL expression.
    Expression,
    /// One column's name.
    Column,
    Text,
    Integer,
    Boolean,
}

/// The types by their name, and what they take in words.
pub const TYPES: &[(&str, ParameterType, &str)] = &[
    ("columns", ParameterType::Columns, "a list of columns or `name: expression`"),
    ("measures", ParameterType::Measures, "a mapping of names to expressions"),
    ("expression", ParameterType::Expression, "a GoogleSQL expression"),
    ("column", ParameterType::Column, "a column's name"),
    ("text", ParameterType::Text, "a text"),
    ("integer", ParameterType::Integer, "a whole number"),
    ("boolean", ParameterType::Boolean, "`true` or `false`"),
];

impl ParameterType {
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(_, ty, _)| *ty == self).map_or("", |(name, ..)| name)
    }

    pub fn takes(self) -> &'static str {
        TYPES.iter().find(|(_, ty, _)| *ty == self).map_or("", |(.., takes)| takes)
    }
}

const OPEN: &str = "{#---";
const CLOSE: &str = "---#}";

/// Reads the declaration; a template without one takes no parameters.
///
/// # Errors
/// All mistakes of the declaration, at their lines in the template.
pub fn read(source: &Arc<Source>) -> Result<Header, Vec<Diagnostic>> {
    let Some(rest) = source.text.strip_prefix(OPEN) else { return Ok(Header::default()) };
    let Some((declaration, _)) = rest.split_once(CLOSE) else {
        return Err(vec![
            Diagnostic::error(Code::InvalidTemplateHeader, "the declaration is not closed")
                .at(&crate::diagnostic::Position::new(source, 1, 1, OPEN.len() as u32))
                .hint("end it with `---#}`"),
        ]);
    };
    // Blanks in place of the opening keep lines and columns as they are in the file.
    let text = format!("{}{declaration}", " ".repeat(OPEN.len()));
    let part = Source::new(source.path.clone(), text);
    let node = yaml::parse(&part, Limits::DEFINITION).map_err(|error| vec![rebase(error, source)])?;
    let reader = MapReader::new(&node, "a template's declaration");
    let description = reader.required_text("description", "say what the template makes");
    let partition_by = reader.optional_text("partition_by").map(|text| text.text);
    let every = reader
        .optional_texts("every")
        .iter()
        .filter_map(|text| {
            reader.parsed("every", text, |text| {
                let whole = (text == Cadence::Whole.as_str()).then_some(Cadence::Whole);
                Cadence::parse(text).or(whole).ok_or_else(|| {
                    format!("write a list of {}, none", Cadence::names().collect::<Vec<_>>().join(", "))
                })
            })
        })
        .collect();
    let reads_self = definition::reads_self(&reader).map(|(reads, _)| reads);
    let mut parameters = Vec::new();
    if let Some(node) = reader.optional("parameters") {
        for (name, value) in reader.entries("parameters", node) {
            parameters.extend(read_parameter(&name.text, value, &reader));
        }
    }
    let found = reader.finish();
    if found.is_empty() {
        Ok(Header {
            description: description.map_or(String::new(), |text| text.text),
            parameters,
            partition_by,
            every,
            reads_self,
        })
    } else {
        Err(found.into_iter().map(|finding| rebase(finding, source)).collect())
    }
}

/// Findings about the declaration point into the template's own text.
fn rebase(mut finding: Diagnostic, source: &Arc<Source>) -> Diagnostic {
    if let Some(position) = &mut finding.position {
        position.source = Arc::clone(source);
    }
    finding
}

fn read_parameter(name: &str, node: &Node, outer: &MapReader) -> Option<Parameter> {
    let reader = MapReader::new(node, format!("the parameter `{name}`"));
    let ty =
        reader.required_text("type", "one of columns, measures, expression, column, text, integer, boolean");
    let required = reader.optional_bool("required").unwrap_or(false);
    let default = reader.optional("default").cloned();
    let description = reader.required_text("description", "say what the parameter does");
    let ty = ty.and_then(|ty| {
        reader.parsed("type", &ty, |name| {
            TYPES.iter().find(|(known, ..)| *known == name).map(|(_, ty, _)| *ty).ok_or_else(|| {
                format!(
                    "the types are {}",
                    TYPES.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ")
                )
            })
        })
    });
    outer.report_all(reader.finish());
    Some(Parameter { name: name.to_owned(), ty: ty?, required, default, description: description?.text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::BUILT_IN;

    #[test]
    fn built_in_templates_declare_themselves() {
        for template in BUILT_IN {
            let header = read(&Source::new(template.name, template.text)).unwrap();
            assert!(!header.description.is_empty(), "{}", template.name);
            // A union is partitioned as what it unites.
            let is_cut = header.partition_by.is_some() || template.name == "tidemill/union";
            assert!(is_cut || header.every == [Cadence::Whole], "{}", template.name);
        }
    }

    #[test]
    fn a_mistake_points_into_the_template() {
        let text = "{#---\ndescription: x\nparameters:\n  a: {type: colums, description: y}\n---#}\nSELECT 1";
        let found = read(&Source::new("templates/x.sql", text)).unwrap_err();
        assert_eq!(found[0].position.as_ref().unwrap().line, 4);
    }
}
