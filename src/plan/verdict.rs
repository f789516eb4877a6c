//! What a partition is to become, by its standing and what is asked for, before it is known whether it
//! can be built.

use jiff::Span;

use super::standing::Standing;
use super::{Reason, Request, Scope};
use crate::compile::CompiledDataset;
use crate::definition::OnChange;
use crate::period::Period;

/// What a partition is to become.
pub(super) enum Verdict {
    Build {
        reason: Reason,
        conditional: bool,
    },
    Stale(Reason),
    Current,
    /// Missing, but not asked for.
    Leave,
}

/// Which causes make a partition due.
struct Due {
    missing: bool,
    definition: bool,
    inputs: bool,
    /// Whatever its standing.
    always: bool,
}

/// The verdict on a partition, and the one that holds where it cannot be built. `parents` are the tables
/// that it reads and that this plan builds.
pub(super) fn verdict(
    request: &Request,
    dataset: &CompiledDataset,
    period: Period,
    standing: Standing,
    parents: &[String],
) -> (Verdict, Verdict) {
    let due = due(request, dataset, period);
    let build = |reason| Verdict::Build { reason, conditional: false };
    // A parent that is rebuilt may give the same rows: then nothing is due after all.
    let with_parents = due.inputs && !parents.is_empty();
    let if_parents_change =
        || Verdict::Build { reason: Reason::ParentsBuilt(parents.to_vec()), conditional: true };
    match standing {
        Standing::Missing if due.missing => (build(Reason::Missing), Verdict::Leave),
        Standing::Lost if due.missing => (build(Reason::Lost), Verdict::Leave),
        Standing::Missing | Standing::Lost => (Verdict::Leave, Verdict::Leave),
        Standing::Stale { definition, inputs } => {
            let (tables, inputs): (Vec<String>, Vec<String>) =
                inputs.into_iter().partition(|table| dataset.reads_static(table));
            let of_definition = match tables.is_empty() {
                true => Reason::DefinitionChanged,
                false => Reason::RowsChanged(tables),
            };
            let reason =
                if definition { of_definition.clone() } else { Reason::InputsChanged(inputs.clone()) };
            let verdict = if due.always {
                build(Reason::Asked)
            } else if definition && due.definition {
                build(of_definition)
            } else if !inputs.is_empty() && due.inputs {
                build(Reason::InputsChanged(inputs))
            } else if with_parents {
                if_parents_change()
            } else {
                Verdict::Stale(reason.clone())
            };
            (verdict, Verdict::Stale(reason))
        }
        Standing::Current if due.always => (build(Reason::Asked), Verdict::Current),
        Standing::Current if with_parents => (if_parents_change(), Verdict::Current),
        Standing::Current => (Verdict::Current, Verdict::Current),
    }
}

fn due(request: &Request, dataset: &CompiledDataset, period: Period) -> Due {
    let selected = request.select.contains(&dataset.name());
    match &request.scope {
        Scope::Range { from, force, .. } => {
            let asked = selected && period.last_day() >= *from;
            Due { missing: asked, definition: asked, inputs: asked, always: asked && *force }
        }
        Scope::Due { day: today } => {
            // A whole table ends with the last day of all.
            let end = |days: u32| period.last_day().saturating_add(Span::new().days(days));
            let late = end(dataset.definition.lookback) >= *today;
            let rebuilt = match dataset.definition.on_change {
                OnChange::Forward => period == Period::WHOLE,
                OnChange::Rebuild { days } => end(days) > *today,
            };
            Due {
                missing: selected,
                definition: selected && rebuilt,
                inputs: selected && (late || rebuilt),
                always: false,
            }
        }
    }
}
