//! The query parameters of a test: those that say which partition is built, and those that the dataset declares. No test may
//! build a partition that a run never would.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::file::{Init, Step};
use crate::compile::{CompiledDataset, parameter_value};
use crate::diagnostic::{Code, Diagnostic};
use crate::period::{Cadence, Period};
use crate::schema::Type;
use crate::schema::value::{Constant, constant};
use crate::sql::PARAMETERS;
use crate::sql::tree::Expression;
use crate::yaml::{Node, Text};

/// The values of all parameters in one step.
pub struct Parameters {
    /// `@submission_date`, `@partition_start`, `@partition_end`, as DuckDB reads them.
    pub of_partition: Vec<String>,
    /// The partition that the step builds.
    pub period: Period,
    /// By name.
    pub declared: BTreeMap<String, Expression>,
    /// What the test says of declared ones, which tells queries apart.
    pub key: String,
}

/// Reads the parameters of a step. Mistakes are reported at their places.
pub fn read(
    step: &Step,
    dataset: Option<&CompiledDataset>,
    target: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Parameters> {
    let before = found.len();
    let Some(dataset) = dataset else {
        if let Some((name, _)) = step.parameters.first() {
            let message = "a view has no query parameters";
            let finding = Diagnostic::error(Code::UnknownQueryParameter, message).at(&name.position);
            found.push(finding.hint("take them out"));
            return None;
        }
        if let Some(init) = &step.init {
            let finding =
                Diagnostic::error(Code::InvalidTest, "a view has no `init` query").at(&init.position);
            found.push(finding.hint("take `init` out"));
            return None;
        }
        let declared = BTreeMap::new();
        return Some(Parameters {
            of_partition: Vec::new(),
            period: Period::WHOLE,
            declared,
            key: String::new(),
        });
    };
    let own = &dataset.definition.parameters;
    let mut declared: BTreeMap<String, Expression> = own
        .iter()
        .map(|parameter| {
            let value = parameter_value(parameter.value_in(target), &parameter.ty);
            (parameter.name.text.clone(), value)
        })
        .collect();
    let mut key = String::new();
    let mut of_partition: BTreeMap<&str, (String, &Node)> = BTreeMap::new();
    for (name, node) in &step.parameters {
        if let Some((built_in, ty)) = PARAMETERS.iter().find(|(built_in, _)| *built_in == name.text) {
            if let Some(text) = moment(node, ty, found) {
                of_partition.insert(built_in, (text, node));
            }
        } else if let Some(parameter) = own.iter().find(|parameter| parameter.name.text == name.text) {
            let Some(value) = constant(node, &parameter.ty, found) else { continue };
            key.push_str(&format!("{}={value:?};", name.text));
            declared.insert(name.text.clone(), parameter_value(&value, &parameter.ty));
        } else {
            found.push(unknown(name, dataset));
        }
    }
    if found.len() > before {
        return None;
    }
    let text = |at: DateTime| at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    if let Some(init) = &step.init {
        checked(init, dataset, &of_partition, found)?;
        let (first, last) = (Period::day(init.from), Period::day(init.to));
        let of_partition = vec![init.from.to_string(), text(first.start()), text(last.end())];
        return Some(Parameters { of_partition, period: last, declared, key });
    }
    let period = period(step, dataset, &of_partition, found)?;
    let (start, end) = match period {
        Period::WHOLE => {
            let day = of_partition.get("submission_date").and_then(|(text, _)| text.parse().ok());
            let day = Period::day(day.unwrap_or(dataset.start));
            (day.start(), day.end())
        }
        period => (period.start(), period.end()),
    };
    let of_partition = vec![start.date().to_string(), text(start), text(end)];
    Some(Parameters { of_partition, period, declared, key })
}

/// A run fills the days of `init` at once where it has such a query, and asks it for nothing else.
fn checked(
    init: &Init,
    dataset: &CompiledDataset,
    given: &BTreeMap<&str, (String, &Node)>,
    found: &mut Vec<Diagnostic>,
) -> Option<()> {
    if dataset.init.is_none() {
        let message = format!("`{}` has no `init` query", dataset.name());
        let hint = "take `init` out, and say which day is built: `parameters: {submission_date: 2026-11-22}`";
        found.push(Diagnostic::error(Code::InvalidTest, message).at(&init.position).hint(hint));
        return None;
    }
    if let Some((name, (_, node))) = given.first_key_value() {
        let message = format!("`init` says the days, and so does `{name}`");
        found.push(Diagnostic::error(Code::InvalidTest, message).at(&node.position).hint("leave it out"));
        return None;
    }
    Some(())
}

fn moment(node: &Node, ty: &Type, found: &mut Vec<Diagnostic>) -> Option<String> {
    match constant(node, ty, found)? {
        Constant::Scalar(text) => Some(text),
        _ => {
            let message = format!("a partition's {ty} cannot be NULL");
            found.push(
                Diagnostic::error(Code::InvalidTest, message)
                    .at(&node.position)
                    .hint("write the day that is built: `submission_date: 2026-11-22`"),
            );
            None
        }
    }
}

fn unknown(name: &Text, dataset: &CompiledDataset) -> Diagnostic {
    let own = dataset.definition.parameters.iter().map(|parameter| parameter.name.text.as_str());
    let known: Vec<&str> = PARAMETERS.iter().map(|(name, _)| *name).chain(own).collect();
    let message = format!("`{}` has no query parameter `{}`", dataset.name(), name.text);
    Diagnostic::error(Code::UnknownQueryParameter, message)
        .at(&name.position)
        .hint(format!("the parameters are: {}", known.join(", ")))
        .suggest(&name.text, known.iter().copied())
}

/// The partition that the parameters name.
fn period(
    step: &Step,
    dataset: &CompiledDataset,
    given: &BTreeMap<&str, (String, &Node)>,
    found: &mut Vec<Diagnostic>,
) -> Option<Period> {
    let cadence = dataset.partition.cadence;
    let date =
        given.get("submission_date").and_then(|(text, node)| Some((text.parse::<Date>().ok()?, *node)));
    let instant = |name: &str| {
        let (text, node) = given.get(name)?;
        Some((text.parse::<DateTime>().ok()?, *node))
    };
    let mut refuse = |message: String, node: &Node, hint: &str| {
        found.push(Diagnostic::error(Code::InvalidTest, message).at(&node.position).hint(hint));
        None
    };
    if cadence == Cadence::Whole {
        return Some(Period::WHOLE);
    }
    let name = cadence.as_str();
    let (start, node) = match (instant("partition_start"), date) {
        (Some((start, node)), _) => (start, node),
        (None, Some((_, node))) if cadence == Cadence::Hour => {
            let message = format!("`{}` has an hour a partition, and a day has 24 of them", dataset.name());
            return refuse(message, node, "write the hour: `partition_start: 2026-11-22 05:00:00`");
        }
        (None, Some((date, node))) => (date.at(0, 0, 0, 0), node),
        (None, None) if !dataset.has_parameters => return Some(Period::of(cadence, dataset.start)),
        (None, None) => {
            let missing = if cadence == Cadence::Hour { "partition_start" } else { "submission_date" };
            let message = format!("the test does not say which {name} is built: it gives no `{missing}`");
            let hint = match cadence {
                Cadence::Hour => "`parameters: {partition_start: 2026-11-22 05:00:00}`",
                _ => "`parameters: {submission_date: 2026-11-22}`",
            };
            found.push(Diagnostic::error(Code::InvalidTest, message).at(&step.position).hint(hint));
            return None;
        }
    };
    let period = Period::holding(cadence, start);
    if period.start() != start {
        let message = format!("no {name} begins with {}", start.strftime("%Y-%m-%d %H:%M:%S"));
        let hint =
            format!("the {name} that holds it begins with {}", period.start().strftime("%Y-%m-%d %H:%M:%S"));
        return refuse(message, node, &hint);
    }
    if let Some((date, node)) = date
        && date != period.first_day()
    {
        return refuse(
            format!("the {name} {period} does not begin on {date}"),
            node,
            "leave one of them out",
        );
    }
    if let Some((end, node)) = instant("partition_end")
        && end != period.end()
    {
        return refuse(
            format!("the {name} {period} does not end with {}", end.strftime("%Y-%m-%d %H:%M:%S")),
            node,
            "leave `partition_end` out: it follows from the others",
        );
    }
    Some(period)
}
