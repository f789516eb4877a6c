//! Which version of a dataset serves the view that its definitions name, and what is deprecated: `serves`
//! stands in any of the versions, and those that say it agree.

use std::collections::{BTreeMap, BTreeSet};

use super::expand::Nodes;
use super::nodes::Draft;
use super::query::locate;
use crate::definition::{Dataset, ViewSql};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::sql::Problem;

/// A view that datasets name: who serves it, or nobody where that is not clear.
pub enum Served<'a> {
    By(&'a Dataset),
    Unclear,
}

/// Every view that datasets name with `view:`, in the order of their definitions. Datasets of another family
/// than the first one come after it, as a second view of the name.
pub fn views<'a>(
    datasets: &'a [Dataset],
    unreadable: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(&'a Dataset, Served<'a>)> {
    let mut families: Vec<Vec<&Dataset>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for dataset in datasets {
        let Some(view) = &dataset.view else { continue };
        let key = format!("{} {}.{}", view.full(), dataset.name.schema, family(dataset));
        let place = *places.entry(key).or_insert(families.len());
        match families.get_mut(place) {
            // A second definition of the same dataset is reported as that.
            Some(versions) if versions.iter().any(|one| one.name.full() == dataset.name.full()) => {}
            Some(versions) => versions.push(dataset),
            None => families.push(vec![dataset]),
        }
    }
    families.into_iter().map(|versions| (versions[0], serving(&versions, unreadable, found))).collect()
}

fn family(dataset: &Dataset) -> &str {
    dataset.name.version().map_or(dataset.name.table.as_str(), |(name, _)| name)
}

fn number(dataset: &Dataset) -> u32 {
    dataset.name.version().map_or(0, |(_, version)| version)
}

fn serving<'a>(
    versions: &[&'a Dataset],
    unreadable: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) -> Served<'a> {
    let first = versions[0];
    let view = first.view.as_ref().map_or(String::new(), |view| view.full());
    let mut stated = versions.iter().filter_map(|dataset| dataset.serves.as_ref());
    let Some(serves) = stated.next() else {
        let [.., last] = versions else { return Served::Unclear };
        if versions.len() == 1 {
            return Served::By(first);
        }
        let (Some(place), Some(other)) = (&last.view, &first.view) else { return Served::Unclear };
        let names: Vec<String> = versions.iter().map(|one| format!("v{}", number(one))).collect();
        found.push(
            Diagnostic::error(
                Code::WrongServes,
                format!("nothing says which version serves `{view}`: {}", names.join(", ")),
            )
            .at(&place.position)
            .related(&other.position, "the other one")
            .hint(format!("add `serves: v{}` to one of them; people read its rows", number(first))),
        );
        return Served::Unclear;
    };
    if let Some(other) = stated.find(|other| other.version != serves.version) {
        found.push(
            Diagnostic::error(
                Code::WrongServes,
                format!("`{view}` is served by v{} here and by v{} elsewhere", other.version, serves.version),
            )
            .at(&other.position)
            .related(&serves.position, "the other one")
            .hint("say it in one of the definitions; the others need not"),
        );
        return Served::Unclear;
    }
    if let Some(dataset) = versions.iter().find(|dataset| number(dataset) == serves.version) {
        return Served::By(dataset);
    }
    let wanted = format!("{}.{}_v{}", first.name.schema, family(first), serves.version);
    if !unreadable.contains(&wanted) {
        found.push(
            Diagnostic::error(
                Code::WrongServes,
                format!("no definition of `{wanted}` names the view `{view}`"),
            )
            .at(&serves.position)
            .hint(format!(
                "write `view: {view}` in that version too; here it is named by {}",
                versions.iter().map(|one| format!("v{}", number(one))).collect::<Vec<_>>().join(", ")
            )),
        );
    }
    Served::Unclear
}

/// `use` names what is there, and not the dataset itself.
pub fn check_replacements(nodes: &Nodes, found: &mut Vec<Diagnostic>) {
    for (name, dataset) in &nodes.datasets {
        let Some(replacement) = dataset.deprecated.as_ref().and_then(|one| one.replacement.as_ref()) else {
            continue;
        };
        let wanted = replacement.full();
        let is_known = nodes.sources.contains_key(&wanted)
            || nodes.datasets.contains_key(&wanted)
            || nodes.views.contains_key(&wanted);
        if wanted == *name {
            found.push(
                Diagnostic::error(Code::InvalidValue, format!("`{name}` is deprecated in favour of itself"))
                    .at(&replacement.position)
                    .hint("name the dataset that readers are to move to"),
            );
        } else if !nodes.unreadable.contains(&wanted) && !is_known {
            let known = nodes.sources.keys().chain(nodes.datasets.keys()).chain(nodes.views.keys());
            found.push(
                Diagnostic::error(Code::UnknownTable, format!("nothing declares the table `{wanted}`"))
                    .at(&replacement.position)
                    .hint("name the dataset that readers are to move to")
                    .suggest(&wanted, known.map(String::as_str)),
            );
        }
    }
}

/// Warnings about what a query reads that is deprecated. What goes away itself, and the view by which the
/// deprecated dataset is known, are left in peace.
pub fn deprecated_reads(name: &str, draft: &Draft, nodes: &Nodes) -> Vec<Diagnostic> {
    let is_leaving = nodes.datasets.get(name).is_some_and(|reader| reader.deprecated.is_some());
    let is_its_view = nodes.views.get(name).is_some_and(|view| matches!(view.sql, ViewSql::AllOf(_)));
    if is_leaving || is_its_view {
        return Vec::new();
    }
    let mut told = BTreeMap::new();
    for table_use in &draft.uses {
        let Some(deprecated) = nodes.datasets.get(&table_use.name).and_then(|one| one.deprecated.as_ref())
        else {
            continue;
        };
        let since = deprecated.since.map_or(String::new(), |since| format!(" since {since}"));
        let until =
            deprecated.remove_after.map_or(String::new(), |day| format!(", to be removed after {day}"));
        let message = format!("`{}` is deprecated{since}{until}", table_use.name);
        let hint = match &deprecated.replacement {
            Some(replacement) => format!("read `{}` instead", replacement.full()),
            None => "ask its owners what takes its place".to_owned(),
        };
        let from = nodes.datasets.get(name).and_then(|reader| reader.from.as_ref());
        let mut tables = from.map_or(Vec::new(), |from| from.tables()).into_iter();
        let warning = match tables.find(|from| from.text == table_use.name) {
            // Where the template writes the name, its author named it.
            Some(from) => Diagnostic::warning(Code::Deprecated, message).at(&from.position),
            None => {
                let problem = Problem::new(Code::Deprecated, table_use.span, message);
                Diagnostic { severity: Severity::Warning, ..locate(problem, &draft.rendered) }
            }
        };
        let warning = warning.hint(hint);
        told.entry(&table_use.name).or_insert(warning.related(&deprecated.position, "deprecated here"));
    }
    told.into_values().collect()
}
