//! Arguments that several verbs share: dates, ranges, selections.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use jiff::civil::Date;

use super::context::{Compiled, Problem};
use super::work;
use crate::compile::refuse_untyped;
use crate::definition::parse_date;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Selection;

/// Years that a day may be of. One far away is a slip, and planning up to it would take for ever.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// Reads a date of the command line.
pub fn date(option: &str, text: &str) -> Result<Date, Problem> {
    let within = |date: Date| match YEARS.contains(&date.year()) {
        true => Ok(date),
        false => Err(format!("days lie between {} and {}", YEARS.start(), YEARS.end())),
    };
    parse_date(text).and_then(within).map_err(|problem| {
        Diagnostic::error(Code::ImpossibleDate, format!("{option} is `{text}`: {problem}")).into()
    })
}

/// Sees that a day has come, since what is built for a day stays built for it.
pub fn has_come(option: &str, day: Date) -> Result<(), Problem> {
    let today = work::today()?;
    if day <= today {
        return Ok(());
    }
    let message = format!("{option} {day} has not come yet: it is {today} in UTC");
    Err(Diagnostic::error(Code::ImpossibleDate, message)
        .hint("`tidemill plan` shows what would be built, also of days to come")
        .into())
}

/// A range of days.
#[derive(Args)]
pub struct Range {
    /// First day, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    pub from: String,
    /// Last day, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    pub to: String,
}

impl Range {
    /// The days, which run forward.
    pub fn days(&self) -> Result<(Date, Date), Problem> {
        range(&self.from, &self.to)
    }
}

/// Reads a range that runs forward.
pub fn range(from: &str, to: &str) -> Result<(Date, Date), Problem> {
    let (from, to) = (date("--from", from)?, date("--to", to)?);
    if to < from {
        return Err(Diagnostic::error(Code::ImpossibleDate, format!("--to {to} lies before --from {from}"))
            .hint("a range runs forward; swap the two")
            .into());
    }
    Ok((from, to))
}

/// The datasets that a selection picks.
pub fn select(compiled: &Compiled, terms: &[String], downstream: bool) -> Result<BTreeSet<String>, Problem> {
    let compilation = &compiled.compilation;
    let named = terms.iter().flat_map(|term| term.split([' ', ',']));
    let named = named.map(|name| name.trim_matches('+').to_owned()).collect();
    refuse_untyped(&named, &compilation.untyped).map_err(Problem::Findings)?;
    let tags: BTreeMap<&str, &[String]> = compilation
        .datasets
        .iter()
        .map(|(name, dataset)| (name.as_str(), dataset.definition.tags.as_slice()))
        .collect();
    let selection = Selection { tags, graph: &compilation.graph };
    let mut picked = selection.pick(terms)?;
    if downstream {
        for name in picked.clone() {
            picked.extend(compilation.graph.downstream(&name));
        }
        picked.retain(|name| compilation.datasets.contains_key(name));
    }
    Ok(picked)
}
