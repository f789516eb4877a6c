//! What stands under `for:` → the combinations of its axes. The first axis varies slowest.

use std::collections::BTreeMap;

use super::scalar;
use crate::definition::application::Application;
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Node, Value};

/// An axis with one of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub name: String,
    pub value: String,
    /// What `{axis.attribute}` stands for.
    pub attributes: BTreeMap<String, String>,
}

/// Beyond this the counting stops; the bound that authors meet is smaller.
const MOST_COMBINATIONS: usize = 1_000_000;

/// How an axis is written, in one sentence.
const FORMS: &str = "an axis is a list of values, a mapping of values to their `id`, `applications`, `{with_ping: baseline}` or `app.channels`";

/// All combinations; nothing where an axis has a mistake or no values.
pub fn combinations(
    matrix: &Node,
    applications: &[Application],
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Vec<Axis>>> {
    let before = found.len();
    let Some(entries) = matrix.as_map() else {
        found.push(
            Diagnostic::error(
                Code::WrongType,
                format!("`for` is a mapping of axes to values, not {}", matrix.value.kind()),
            )
            .at(&matrix.position)
            .hint("write `for: {country: [de, fr]}`"),
        );
        return None;
    };
    let mut combinations: Vec<Vec<Axis>> = vec![Vec::new()];
    let mut names: Vec<&str> = Vec::new();
    for (key, values) in entries {
        let Some(name) = axis_name(key, &names, found) else { continue };
        let Some(read) = read(name, values, &names, applications, found) else { continue };
        names.push(name);
        let mut next = Vec::new();
        for combination in &combinations {
            let values = match &read {
                Values::Plain(values) => values.clone(),
                Values::Of { axis, what } => {
                    let of = of_application(name, combination, axis, *what, applications, values, found);
                    let Some(values) = of else { break };
                    values
                }
            };
            if next.len().saturating_add(values.len()) > MOST_COMBINATIONS {
                found.push(
                    Diagnostic::error(
                        Code::InvalidMatrix,
                        format!("the matrix has more than {MOST_COMBINATIONS} members"),
                    )
                    .at(&matrix.position)
                    .hint("list the values that are needed"),
                );
                return None;
            }
            next.extend(values.into_iter().map(|axis| combination.iter().cloned().chain([axis]).collect()));
        }
        if found.len() > before {
            continue;
        }
        if next.is_empty() {
            found.push(
                Diagnostic::error(
                    Code::EmptyMatrix,
                    format!("the axis `{name}` has no values, so the matrix has no members"),
                )
                .at(&values.position)
                .hint(FORMS),
            );
            return None;
        }
        combinations = next;
    }
    if names.is_empty() && found.len() == before {
        found.push(
            Diagnostic::error(Code::EmptyMatrix, "`for` has no axes")
                .at(&matrix.position)
                .hint("write `for: {country: [de, fr]}`, or take the key out"),
        );
    }
    (found.len() == before).then_some(combinations)
}

fn axis_name<'a>(key: &'a Node, names: &[&str], found: &mut Vec<Diagnostic>) -> Option<&'a str> {
    let name = key.as_text().filter(|name| super::substitute::is_name(name));
    let Some(name) = name else {
        found.push(
            Diagnostic::error(Code::InvalidMatrix, "an axis has a name of letters, digits and underscores")
                .at(&key.position)
                .hint("write `for: {country: [de, fr]}`"),
        );
        return None;
    };
    if names.contains(&name) {
        found.push(
            Diagnostic::error(Code::DuplicateKey, format!("`{name}` stands twice in `for`"))
                .at(&key.position)
                .hint("keep one of them"),
        );
        return None;
    }
    Some(name)
}

enum Values {
    Plain(Vec<Axis>),
    /// Of the application that another axis, or the author, names.
    Of {
        axis: String,
        what: Part,
    },
}

#[derive(Clone, Copy)]
enum Part {
    Channels,
    Pings,
}

fn read(
    name: &str,
    node: &Node,
    names: &[&str],
    applications: &[Application],
    found: &mut Vec<Diagnostic>,
) -> Option<Values> {
    let wrong = |found: &mut Vec<Diagnostic>, place: &Node| {
        let message = format!("the axis `{name}` cannot be read");
        found.push(Diagnostic::error(Code::InvalidMatrix, message).at(&place.position).hint(FORMS));
        None
    };
    match &node.value {
        Value::List(items) => {
            let mut values: Vec<Axis> = Vec::new();
            for item in items {
                let Some(value) = scalar(item) else { return wrong(found, item) };
                if values.iter().any(|known| known.value == value) {
                    let message = format!("`{value}` stands twice in the axis `{name}`");
                    found.push(
                        Diagnostic::error(Code::InvalidMatrix, message)
                            .at(&item.position)
                            .hint("keep one of them"),
                    );
                    return None;
                }
                values.push(Axis { name: name.to_owned(), value, attributes: BTreeMap::new() });
            }
            Some(Values::Plain(values))
        }
        Value::Map(_) if node.get("with_ping").is_some() => with_ping(name, node, applications, found),
        Value::Map(entries) => {
            let mut values: Vec<Axis> = Vec::new();
            for (key, value) in entries {
                let Some(text) = scalar(key).filter(|text| values.iter().all(|known| known.value != *text))
                else {
                    return wrong(found, key);
                };
                let attributes = match &value.value {
                    Value::Map(attributes) => attributes
                        .iter()
                        .map(|(key, value)| Some((key.as_text()?.to_owned(), scalar(value)?)))
                        .collect::<Option<BTreeMap<_, _>>>(),
                    _ => scalar(value).map(|id| BTreeMap::from([("id".to_owned(), id)])),
                };
                let Some(attributes) = attributes else { return wrong(found, value) };
                values.push(Axis { name: name.to_owned(), value: text, attributes });
            }
            Some(Values::Plain(values))
        }
        Value::Text(text) if text == "applications" => {
            Some(Values::Plain(applications.iter().map(|one| of(name, one)).collect()))
        }
        Value::Text(text) => {
            let part = text.rsplit_once('.').and_then(|(axis, part)| match part {
                "channels" => Some((axis, Part::Channels)),
                "pings" => Some((axis, Part::Pings)),
                _ => None,
            });
            let Some((axis, what)) = part else { return wrong(found, node) };
            if !names.contains(&axis) && !applications.iter().any(|one| one.name.text == axis) {
                let known =
                    names.iter().copied().chain(applications.iter().map(|one| one.name.text.as_str()));
                let message = format!("`{axis}` is neither an axis before this one nor an application");
                found.push(
                    Diagnostic::error(Code::UnknownAxis, message)
                        .at(&node.position)
                        .hint("name the axis of applications before the axis of their channels: `for: {app: applications, channel: app.channels}`")
                        .suggest(axis, known),
                );
                return None;
            }
            Some(Values::Of { axis: axis.to_owned(), what })
        }
        _ => wrong(found, node),
    }
}

fn of(axis: &str, application: &Application) -> Axis {
    Axis { name: axis.to_owned(), value: application.name.text.clone(), attributes: BTreeMap::new() }
}

/// `{with_ping: baseline}`: the applications that send the ping.
fn with_ping(
    name: &str,
    node: &Node,
    applications: &[Application],
    found: &mut Vec<Diagnostic>,
) -> Option<Values> {
    let reader = crate::yaml::MapReader::of(node, format!("the axis `{name}`"), &shapes::AXIS);
    let ping = reader.required_text("with_ping", "name the ping");
    let problems = reader.finish();
    let fits = problems.is_empty();
    found.extend(problems);
    let ping = ping.filter(|_| fits)?;
    let has = |one: &&Application| {
        one.pings.iter().any(|known| known.replace('-', "_") == ping.text.replace('-', "_"))
    };
    let values: Vec<Axis> = applications.iter().filter(has).map(|one| of(name, one)).collect();
    if values.is_empty() {
        let message = format!("no application has the ping `{}`, so the matrix has no members", ping.text);
        let pings = applications.iter().flat_map(|one| one.pings.iter().map(String::as_str));
        found.push(
            Diagnostic::error(Code::EmptyMatrix, message)
                .at(&ping.position)
                .hint("applications say under `pings:` which they have")
                .suggest(&ping.text, pings),
        );
        return None;
    }
    Some(Values::Plain(values))
}

/// The channels or pings of the application that a combination is for.
fn of_application(
    name: &str,
    combination: &[Axis],
    axis: &str,
    what: Part,
    applications: &[Application],
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Axis>> {
    let wanted = combination.iter().find(|one| one.name == axis).map_or(axis, |one| one.value.as_str());
    let Some(application) = applications.iter().find(|one| one.name.text == wanted) else {
        let message = format!("the axis `{axis}` has the value `{wanted}`, which is no application");
        found.push(
            Diagnostic::error(Code::InvalidMatrix, message)
                .at(&node.position)
                .hint("define it in a file with `application: NAME`")
                .suggest(wanted, applications.iter().map(|one| one.name.text.as_str())),
        );
        return None;
    };
    Some(match what {
        Part::Channels => application
            .channels
            .iter()
            .map(|(channel, id)| Axis {
                name: name.to_owned(),
                value: channel.clone(),
                attributes: BTreeMap::from([("id".to_owned(), id.text.clone())]),
            })
            .collect(),
        Part::Pings => application
            .pings
            .iter()
            .map(|ping| Axis { name: name.to_owned(), value: ping.clone(), attributes: BTreeMap::new() })
            .collect(),
    })
}
