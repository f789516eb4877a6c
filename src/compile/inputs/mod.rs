//! `from:` → the one relation that a template reads: a table by its name, several tables as a union, or joined
//! tables. What it knows of them is columns and days; it never looks at a template.

mod join;
mod names;
mod union;

pub use join::{JoinCheck, checks};

use crate::compile::expand::Nodes;
use crate::compile::query::{self, Ready};
use crate::definition::{Inputs, Member};
use crate::diagnostic::Diagnostic;
use crate::template::Input;

/// The relation that a definition's `from:` names.
pub fn input(
    name: &str,
    from: &Inputs,
    nodes: &Nodes,
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<Input> {
    let of = |found: &mut Vec<Diagnostic>, table| query::input(name, table, nodes, ready, found);
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
            join::join(first?, joined.into_iter().collect::<Option<_>>()?, found)
        }
        // Its members stand in its place once all definitions are read.
        Inputs::Each(_) => None,
    }
}

/// The condition that a row belongs to the partition that is built.
fn in_partition(day: &str) -> String {
    format!("{day} = @submission_date")
}

/// SELECTs in brackets, as they stand behind FROM.
fn in_brackets(query: &str) -> String {
    let indented: Vec<String> = query.lines().map(|line| format!("    {line}")).collect();
    format!("(\n{}\n  )", indented.join("\n"))
}
