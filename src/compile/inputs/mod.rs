//! `from:` → the one relation that a template reads: a table by its name, several tables as a union, or joined
//! tables. What it knows of them is columns and days; it never looks at a template.

mod join;
mod union;

pub use join::{JoinCheck, checks};

use crate::compile::expand::Nodes;
use crate::compile::known::Ready;
use crate::compile::render;
use crate::definition::{Dataset, Inputs, Member};
use crate::diagnostic::Diagnostic;
use crate::period::Cadence;
use crate::schema::{Field, find_field};
use crate::template::{Input, RowTime};

/// The relation that a definition's `from:` names, read by partitions of `every`.
pub fn input(
    name: &str,
    from: &Inputs,
    every: Cadence,
    nodes: &Nodes,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<Input> {
    let of = |found: &mut Vec<Diagnostic>, table| render::input(name, table, every, nodes, ready, found);
    match from {
        Inputs::Table(table) => of(found, table),
        Inputs::Union(members) => {
            let read: Vec<Option<(Input, &Member)>> =
                members.iter().map(|member| of(found, &member.table).map(|input| (input, member))).collect();
            union::unite(read.into_iter().collect::<Option<_>>()?, found)
        }
        Inputs::Joined { first, joins } => {
            let first = of(found, first);
            let joined: Vec<_> =
                joins.iter().map(|join| of(found, &join.table).map(|input| (input, join))).collect();
            join::join(first?, joined.into_iter().collect::<Option<_>>()?, every, found)
        }
        // Its members stand in its place once all definitions are read.
        Inputs::Each(_) => None,
    }
}

/// The partition column that a dataset takes over from what it reads, where it gives no `submission_date`.
pub fn partition_column(definition: &Dataset, columns: &[Field], ready: &Ready) -> Option<String> {
    let table = definition.from.as_ref()?.tables().first()?.text.as_str();
    let column = ready.tables.get(table)?.partition_column.as_ref()?;
    let inherited = find_field(columns, "submission_date").is_none() && find_field(columns, column).is_some();
    inherited.then(|| column.clone())
}

/// The condition that a row of a joined table belongs to the partition that is built; a table that knows only
/// days gives an hour the rows of its day.
fn in_partition(time: &RowTime, every: Cadence) -> Option<String> {
    match every {
        Cadence::Whole => None,
        _ => time.within(every).or_else(|| time.within(Cadence::Day)),
    }
}

/// SELECTs in brackets, as they stand behind FROM.
fn in_brackets(query: &str) -> String {
    let indented: Vec<String> = query.lines().map(|line| format!("    {line}")).collect();
    format!("(\n{}\n  )", indented.join("\n"))
}
