//! Views in the warehouse: created, kept in step with their definitions, and switched to another version
//! of their dataset once that one has all that the shown one has.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{Compilation, CompiledView};
use crate::definition::ViewSql;
use crate::diagnostic::{Code, Diagnostic};
use crate::failpoint::{Failpoint, reach};
use crate::ledger::Ledger;
use crate::plan::{self, Switch};
use crate::warehouse::DuckDb;

/// Brings all views to their definitions whose tables are there and none of them is in `refused`. A view
/// that may not be switched is left as it stands, with those over it; the findings say why. With `force` it is switched.
pub fn views(
    compilation: &Compilation,
    warehouse: &DuckDb,
    ledger: &dyn Ledger,
    refused: &BTreeMap<String, Diagnostic>,
    force: bool,
) -> anyhow::Result<Vec<Diagnostic>> {
    ledger.record_views(&warehouse.served_views()?)?;
    let snapshot = ledger.snapshot()?;
    let switches: BTreeMap<String, Switch> = plan::switches(compilation, &snapshot)
        .into_iter()
        .map(|switch| (switch.view.clone(), switch))
        .collect();
    let mut found = Vec::new();
    let mut staying: BTreeSet<String> = BTreeSet::new();
    for view in compilation.order.iter().filter_map(|name| compilation.views.get(name)) {
        let name = view.definition.name.full();
        let mut there = true;
        for base in view.bases.keys() {
            there = there && !refused.contains_key(base) && warehouse.has_table(base)?;
        }
        // What reads a view that stays may name columns that only the other version has.
        let is_behind = compilation.graph.upstream(&name).iter().any(|read| staying.contains(read));
        if !there || is_behind {
            continue;
        }
        if let Some(switch) = switches.get(&name) {
            let switch = seen(switch, view, warehouse)?;
            if switch.is_refused() && !force {
                found.push(stays(&switch, view, compilation));
                staying.insert(name);
                continue;
            }
        }
        let hash = blake3::hash(view.duckdb.as_bytes()).to_hex()[..32].to_owned();
        warehouse.ensure_view(&name, &view.duckdb, &hash, serves(view, compilation))?;
    }
    reach(Failpoint::ViewsReplaced);
    ledger.record_views(&warehouse.served_views()?)?;
    Ok(found)
}

/// The dataset that a view stands for, where it stands for one.
fn serves<'a>(view: &'a CompiledView, compilation: &Compilation) -> Option<&'a str> {
    match &view.definition.sql {
        ViewSql::AllOf(table) if compilation.datasets.contains_key(table) => Some(table),
        _ => None,
    }
}

/// A switch with the columns that people see in the warehouse now, whatever the old definition says today.
fn seen(switch: &Switch, view: &CompiledView, warehouse: &DuckDb) -> anyhow::Result<Switch> {
    let standing = warehouse.column_names(&switch.view)?;
    let columns =
        standing.into_iter().filter(|name| !view.columns.iter().any(|column| column.name == *name)).collect();
    Ok(Switch { columns, ..switch.clone() })
}

fn stays(switch: &Switch, view: &CompiledView, compilation: &Compilation) -> Diagnostic {
    let message =
        format!("`{}` stays with `{}`: `{}` lacks what it has", switch.view, switch.from, switch.to);
    let serving = compilation.datasets.get(&switch.to);
    let place = serving.and_then(|dataset| dataset.definition.serves.as_ref()).map(|serves| &serves.position);
    let mut finding =
        Diagnostic::error(Code::SwitchRefused, message).at(place.unwrap_or(&view.definition.name.position));
    for what in switch.lacks() {
        finding = finding.note(format!("lacks {what}"));
    }
    if let (Some(dataset), Some(first)) = (serving, switch.periods.first())
        && first.last_day() < dataset.start
    {
        finding = finding.note(format!("`{}` starts on {}, after {first}", switch.to, dataset.start));
    }
    let behind = compilation.graph.downstream(&switch.view);
    let behind: Vec<&str> =
        behind.iter().map(String::as_str).filter(|name| compilation.views.contains_key(*name)).collect();
    if !behind.is_empty() {
        finding = finding.note(format!("views over it stay as they are: {}", behind.join(", ")));
    }
    let fill = switch.backfill().map_or(String::new(), |command| format!("`{command}` fills it; "));
    finding.hint(format!("{fill}`tidemill run --force-switch` switches all the same"))
}
