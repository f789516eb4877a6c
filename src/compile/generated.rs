//! The files of `generated/`: GoogleSQL and the inferred schema of every dataset and view, and the schema
//! of every source. The same inputs give the same bytes on every machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Compilation, CompiledDataset, CompiledView, Reads, Untyped, query_parameters};
use crate::definition::{Dataset, Function, TableName, View};
use crate::period::{Anchor, Bounds, Cadence, Edge};
use crate::schema::{Field, TABLE_SUFFIX, bigquery};

/// A path below `generated/` and its content.
type File = (String, String);

/// Path below `generated/` → content.
pub fn files(
    compilation: &Compilation,
    datasets: &BTreeMap<String, Arc<Dataset>>,
    views: &BTreeMap<String, Arc<View>>,
) -> BTreeMap<String, String> {
    let untyped = compilation.untyped.par_iter().map(|(name, one)| {
        let head = untyped_head(name, one, datasets.get(name), views.get(name));
        let file = if one.is_view { "view.sql" } else { "query.sql" };
        one.sql.iter().map(|sql| (path(name, file), format!("{head}{sql}\n"))).collect::<Vec<File>>()
    });
    let sources = compilation
        .sources
        .par_iter()
        .map(|(name, source)| vec![(path(name, "schema.json"), schema_of_source(&source.columns))]);
    let given = compilation
        .static_tables
        .par_iter()
        .map(|(name, table)| vec![(path(name, "schema.json"), schema(&table.definition.columns))]);
    let views = compilation.views.par_iter().map(|(name, view)| of_view(name, view));
    let datasets = compilation.datasets.par_iter().map(|(name, dataset)| of_dataset(name, dataset));
    let functions = compilation.functions.par_iter().map(|(name, function)| {
        let definition = &function.definition;
        let head = function_head(name, definition);
        vec![(path(name, "function.sql"), format!("{head}{}", function.statement()))]
    });
    sources.chain(functions).chain(given).chain(views).chain(datasets).chain(untyped).flatten_iter().collect()
}

fn of_view(name: &str, view: &CompiledView) -> Vec<File> {
    let head = view_head(name, &view.definition);
    vec![
        (path(name, "view.sql"), format!("{head}{}\n", view.sql)),
        (path(name, "schema.json"), schema(&view.columns)),
    ]
}

fn of_dataset(name: &str, dataset: &CompiledDataset) -> Vec<File> {
    let head = dataset_head(name, dataset);
    let mut files = vec![
        (path(name, "query.sql"), format!("{head}{}\n", dataset.sql)),
        (path(name, "schema.json"), schema(&dataset.columns)),
    ];
    if let Some((init, _)) = &dataset.init {
        let head = init_head(name);
        files.push((path(name, "init.sql"), format!("{head}{init}\n")));
    }
    files
}

/// What a dataset's head says beside its description.
fn facts(dataset: &CompiledDataset) -> Vec<String> {
    let definition = &dataset.definition;
    let mut facts = vec![match dataset.partition.column_name() {
        Some(column) => {
            let every = match dataset.partition.cadence {
                Cadence::Hour => "an hour",
                Cadence::Week => "a week, from Monday,",
                Cadence::Month => "a month",
                Cadence::Day | Cadence::Whole => "a day",
            };
            format!("Partitions: one {every} by {column}, from {}.", dataset.start)
        }
        None => "Partitions: none, the whole table is built anew.".to_owned(),
    }];
    for input in &dataset.inputs {
        facts.push(format!("Reads: {}, {}.", input.table, days(input.reads, dataset.partition.cadence)));
    }
    if let Some(bounds) = dataset.reads_self {
        facts.push(format!("Reads: itself, {}.", days(Reads::Days(bounds), dataset.partition.cadence)));
    }
    facts.extend(query_parameters::facts(definition));
    if !dataset.keys.is_empty() {
        let keys: Vec<&str> = dataset.keys.iter().map(String::as_str).collect();
        facts.push(format!("Hashes with the key: {}.", keys.join(", ")));
    }
    facts.extend(stated_facts(definition));
    facts
}

/// What stands in the header of the definition.
fn stated_facts(definition: &Dataset) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(column) = &definition.deletion {
        facts.push(format!("Deletion: by {}.", column.text));
    }
    if let Some(expires) = definition.expires {
        facts.push(format!("Expires: after {expires} days."));
    }
    if !definition.cluster_by.is_empty() {
        let columns: Vec<&str> = definition.cluster_by.iter().map(|column| column.text.as_str()).collect();
        facts.push(format!("Clustered by: {}.", columns.join(", ")));
    }
    facts.extend(labels(&definition.labels));
    if let Some(deprecated) = &definition.deprecated {
        let mut text = "Deprecated".to_owned();
        for (word, what) in [
            ("since", deprecated.since.map(|day| day.to_string())),
            ("in favour of", deprecated.replacement.as_ref().map(TableName::full)),
            ("to be removed after", deprecated.remove_after.map(|day| day.to_string())),
        ] {
            if let Some(what) = what {
                text.push_str(&format!(" {word} {what}"));
            }
        }
        facts.push(format!("{text}."));
    }
    facts
}

fn labels(labels: &[(String, String)]) -> Option<String> {
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!labels.is_empty()).then(|| format!("Labels: {}.", labels.join(", ")))
}

pub fn path(name: &str, file: &str) -> String {
    // No name that is declared has capital letters, and no file of every system may have a star.
    format!("{}/{file}", name.replace('.', "/").replace('*', "YYYYMMDD"))
}

/// The head of a dataset that did not compile, as far as it can be told: which tables it reads is in its SQL.
pub fn presumed_head(definition: &Dataset, reads: usize) -> String {
    let mut facts = vec![String::from("Partitions.")];
    facts.extend((0..reads).map(|_| "Reads.".to_owned()));
    facts.extend(query_parameters::facts(definition));
    facts.extend(stated_facts(definition));
    head(&definition.name.full(), &definition.description, &definition.owners, &facts)
}

/// The head of a dataset.
pub fn dataset_head(name: &str, dataset: &CompiledDataset) -> String {
    head(name, &dataset.definition.description, &dataset.definition.owners, &facts(dataset))
}

/// The head of a dataset or view behind a table that nobody declares.
pub fn untyped_head(
    name: &str,
    untyped: &Untyped,
    dataset: Option<&Arc<Dataset>>,
    view: Option<&Arc<View>>,
) -> String {
    let fact = format!("Not typed, and never built here: {}.", untyped.reason());
    match (dataset, view) {
        (Some(dataset), _) => {
            let mut facts = vec![fact];
            facts.extend(query_parameters::facts(dataset));
            facts.extend(stated_facts(dataset));
            head(name, &dataset.description, &dataset.owners, &facts)
        }
        (None, Some(view)) => head(name, &view.description, &view.owners, &[fact]),
        (None, None) => String::new(),
    }
}

/// The head of a view.
pub fn view_head(name: &str, definition: &View) -> String {
    let facts: Vec<String> = labels(&definition.labels).into_iter().collect();
    head(name, &definition.description, &definition.owners, &facts)
}

/// The head of a function.
pub fn function_head(name: &str, definition: &Function) -> String {
    head(name, &definition.description, &definition.owners, &[])
}

/// The head of a query that fills many partitions.
pub fn init_head(name: &str) -> String {
    head_line(name, "fills all partitions from @partition_start to @partition_end at once")
}

fn head_line(name: &str, what: &str) -> String {
    format!("-- {name}: {what}.\n-- Written by `tidemill compile`; edit the definition, not this file.\n\n")
}

fn head(name: &str, description: &str, owners: &[String], facts: &[String]) -> String {
    let mut head = format!("-- {name}\n--\n");
    for line in description.trim().lines() {
        head.push_str(format!("-- {}", line.trim()).trim_end());
        head.push('\n');
    }
    head.push_str(&format!("--\n-- Owners: {}.\n", owners.join(", ")));
    for fact in facts {
        head.push_str(&format!("-- {fact}\n"));
    }
    head.push_str("-- Written by `tidemill compile`; edit the definition, not this file.\n\n");
    head
}

/// The days of a read in words.
pub fn days(reads: Reads, cadence: Cadence) -> String {
    let Reads::Days(bounds) = reads else { return "the whole table".to_owned() };
    if bounds == Bounds::SAME_DAY || bounds == Bounds::OWN_TIME {
        return match (cadence, bounds == Bounds::OWN_TIME) {
            (Cadence::Week | Cadence::Month, _) | (Cadence::Hour, true) => {
                format!("the same {}", cadence.as_str())
            }
            _ => "the same day".to_owned(),
        };
    }
    let to = edge(bounds.to, cadence);
    match bounds.from.map(|from| edge(from, cadence)) {
        Some(from) if from == to => from,
        Some(from) => format!("{from} to {to}"),
        None => format!("all days up to {to}"),
    }
}

/// One edge of a read in words.
fn edge(edge: Edge, cadence: Cadence) -> String {
    let of = match (edge.anchor, cadence) {
        (Anchor::First, Cadence::Hour) if edge.instant => "its beginning",
        (Anchor::Last, Cadence::Hour) if edge.instant => "its end",
        (Anchor::First, Cadence::Week | Cadence::Month) => "its first day",
        (Anchor::Last, Cadence::Week | Cadence::Month) => "its last day",
        _ => "the day",
    };
    match edge.days {
        0 => of.to_owned(),
        -1 if of == "the day" => "the day before".to_owned(),
        1 if of == "the day" => "the day after".to_owned(),
        days if of == "the day" && days < 0 => format!("{} days before", -days),
        days if of == "the day" => format!("{days} days after"),
        -1 => format!("the day before {of}"),
        1 => format!("the day after {of}"),
        days if days < 0 => format!("{} days before {of}", -days),
        days => format!("{days} days after {of}"),
    }
}

/// The columns of a source's table; of a wildcard table those of its shards.
fn schema_of_source(columns: &[Field]) -> String {
    match columns.split_first() {
        Some((first, rest)) if first.name == TABLE_SUFFIX => schema(rest),
        _ => schema(columns),
    }
}

fn schema(columns: &[Field]) -> String {
    // JSON of our own making always serialises.
    let mut text = serde_json::to_string_pretty(&bigquery::write(columns)).unwrap_or_default();
    text.push('\n');
    text
}
