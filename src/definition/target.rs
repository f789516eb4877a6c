//! What a target's keys say beside its engine: how its tables are named, whether it is production, and which
//! other target it reads what it lacks from.

use super::{Engine, Target};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::yaml::{MapReader, Text};

/// How a schema's name becomes one in the target: `{branch}_{schema}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePattern {
    before: Vec<Piece>,
    after: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Variable(Variable),
}

/// What a pattern may name beside the schema. Known only when the target is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    Target,
    User,
    /// The git branch that is checked out.
    Branch,
}

const HELP: &str = "write lower-case letters, digits and `_` with `{schema}` once, and `{target}`, `{user}` or `{branch}` where needed: `{branch}_{schema}`";

impl NamePattern {
    fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split("{schema}").collect();
        let [before, after] = parts.as_slice() else { return Err(HELP.to_owned()) };
        Ok(Self { before: pieces(before)?, after: pieces(after)? })
    }

    /// The texts before and after a schema's name.
    ///
    /// # Errors
    /// What the value of a variable fails with.
    pub fn around<E>(&self, value: &dyn Fn(Variable) -> Result<String, E>) -> Result<(String, String), E> {
        let text = |pieces: &[Piece]| -> Result<String, E> {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => Ok(text.clone()),
                    Piece::Variable(variable) => value(*variable),
                })
                .collect()
        };
        Ok((text(&self.before)?, text(&self.after)?))
    }

    /// The pattern with the target's name filled in: what tells two targets apart whoever runs them.
    fn of(&self, target: &str) -> (String, String) {
        let kept = |variable| -> Result<String, std::convert::Infallible> {
            Ok(match variable {
                Variable::Target => sanitised(target),
                Variable::User => "{user}".to_owned(),
                Variable::Branch => "{branch}".to_owned(),
            })
        };
        match self.around(&kept) {
            Ok(around) => around,
            Err(never) => match never {},
        }
    }
}

/// The part of a pattern on one side of the schema.
fn pieces(mut text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let (plain, rest) = text.split_at(text.find('{').unwrap_or(text.len()));
        if !plain.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_') {
            return Err(HELP.to_owned());
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain.to_owned()));
        }
        text = rest;
        if let Some(inner) = rest.strip_prefix('{') {
            let (name, rest) = inner.split_once('}').ok_or(HELP)?;
            pieces.push(Piece::Variable(match name {
                "target" => Variable::Target,
                "user" => Variable::User,
                "branch" => Variable::Branch,
                _ => return Err(HELP.to_owned()),
            }));
            text = rest;
        }
    }
    Ok(pieces)
}

/// A text as part of a name: lower-case letters, digits and underscores.
pub fn sanitised(text: &str) -> String {
    text.chars()
        .map(|one| one.to_ascii_lowercase())
        .map(|one| if one.is_ascii_alphanumeric() { one } else { '_' })
        .collect()
}

/// The keys of a target that say where its tables are and what they are called.
#[derive(Clone, Debug)]
pub struct Space {
    pub production: bool,
    pub names: NamePattern,
    /// The target from which what is missing here is read.
    pub defer_to: Option<Text>,
    pub position: Position,
}

/// Reads `production`, `names` and `defer_to`.
pub fn space(reader: &MapReader) -> Space {
    let names = reader.optional_text("names");
    let names = names.and_then(|text| reader.parsed("names", &text, NamePattern::parse));
    let space = Space {
        production: reader.optional_bool("production").unwrap_or(false),
        names: names.unwrap_or_default(),
        defer_to: reader.optional_text("defer_to"),
        position: reader.position().clone(),
    };
    if let (true, Some(other)) = (space.production, &space.defer_to) {
        reader.report(
            Diagnostic::error(Code::WrongTarget, "a production target reads nothing from another one")
                .at(&other.position)
                .hint("take `defer_to` or `production: true` out"),
        );
    }
    space
}

/// What is wrong between targets: two of them would write the same tables, or read from each other in turn.
pub fn check(targets: &[Target], reader: &MapReader) {
    for (index, target) in targets.iter().enumerate() {
        let earlier = targets[..index].iter().find(|other| {
            same_file(other, target)
                && other.space.names.of(&other.name) == target.space.names.of(&target.name)
        });
        if let Some(other) = earlier {
            reader.report(
                Diagnostic::error(
                    Code::WrongTarget,
                    format!("the targets `{}` and `{}` would write the same tables", other.name, target.name),
                )
                .at(&target.space.position)
                .related(&other.space.position, "the other one")
                .hint("give one of them another `path`, or other names: `names: \"{branch}_{schema}\"`"),
            );
        }
        let Some(wanted) = target.space.defer_to.as_ref().filter(|_| !target.space.production) else {
            continue;
        };
        match targets.iter().find(|other| other.name == wanted.text) {
            None => reader.report(
                Diagnostic::error(Code::UnknownTarget, format!("no target `{}`", wanted.text))
                    .at(&wanted.position)
                    .hint("name the target that has what is missing here")
                    .suggest(&wanted.text, targets.iter().map(|one| one.name.as_str())),
            ),
            Some(other) if other.name == target.name || other.space.defer_to.is_some() => reader.report(
                Diagnostic::error(
                    Code::WrongTarget,
                    format!("`{}` cannot read what it lacks from `{}`", target.name, other.name),
                )
                .at(&wanted.position)
                .hint("name another target, one that has no `defer_to` itself"),
            ),
            Some(_) => {}
        }
    }
}

/// Whether two targets are in one file.
pub fn same_file(one: &Target, other: &Target) -> bool {
    let parts = |target: &Target| -> Vec<String> {
        let Engine::DuckDb { path } = &target.engine;
        let mut parts: Vec<String> = Vec::new();
        for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
            match (part, parts.last().map(String::as_str)) {
                ("..", Some(last)) if last != ".." => {
                    parts.pop();
                }
                _ => parts.push(part.to_owned()),
            }
        }
        parts
    };
    parts(one) == parts(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_around_the_schema() {
        let around = |text: &str| {
            let value = |variable| match variable {
                Variable::Target => Ok("dev".to_owned()),
                Variable::User => Ok("anna".to_owned()),
                Variable::Branch => Err("no branch"),
            };
            NamePattern::parse(text).map(|pattern| pattern.around(&value))
        };
        let texts = |before: &str, after: &str| Ok(Ok((before.to_owned(), after.to_owned())));
        assert_eq!(around("{schema}"), texts("", ""));
        assert_eq!(around("{user}_{schema}_{target}"), texts("anna_", "_dev"));
        assert_eq!(around("x{schema}"), texts("x", ""));
        assert_eq!(around("{branch}_{schema}"), Ok(Err("no branch")));
        for text in
            ["", "{branch}", "{schema}{schema}", "{Schema}", "a-{schema}", "{schema", "{team}_{schema}"]
        {
            assert!(around(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_sanitised() {
        assert_eq!(sanitised("Feature/Ünits-7"), "feature__nits_7");
    }
}
