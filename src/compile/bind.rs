//! What a query means for partitions: its partition column, the days it reads, its first day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::generated::days;
use super::judge::Bench;
use super::known::Ready;
use super::nodes::Draft;
use super::query::locate;
use super::{Input, Partition, PartitionColumn, Reads};
use crate::definition::{Dataset, SelfReads};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::lint;
use crate::period::{Bounds, Cadence};
use crate::schema::{Field, SUFFIX_FORMAT, TABLE_SUFFIX, Type};
use crate::sql::{Analysis, Problem, infer_reads};
use crate::yaml::Text;

/// A finding about a name in the header that is no column of the dataset.
pub fn no_column(key: &str, name: &Text, columns: &[Field]) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownOutputColumn,
        format!("`{key}` names `{}`, which the dataset does not have", name.text),
    )
    .at(&name.position)
    .suggest(&name.text, columns.iter().map(|column| column.name.as_str()))
}

/// How a dataset is cut: as stated, or by the template's column, or by `submission_date` where the query
/// gives one.
pub fn partition(
    definition: &Dataset,
    of_template: Option<&str>,
    columns: &[Field],
    found: &mut Vec<Diagnostic>,
) -> Option<Partition> {
    let cadence = definition.cadence();
    if cadence == Cadence::Whole {
        return Some(Partition::WHOLE);
    }
    let stated = definition.partition_by.as_ref().and_then(|partition_by| partition_by.column.as_ref());
    let name = partition_column(definition, of_template);
    let position = stated.map_or(&definition.name.position, |stated| &stated.position);
    let Some(column) = columns.iter().find(|column| column.name == name) else {
        if columns.iter().any(Field::is_rest) {
            return None;
        }
        let message = format!("the query gives no column `{name}` to partition by");
        let hint = match cadence {
            Cadence::Hour => {
                format!("select `@partition_start AS {name}`, or name the column with `partition_by`")
            }
            _ => format!(
                "select `@submission_date AS {name}`, name the column with `partition_by`, or write `partition_by: none`"
            ),
        };
        found.push(
            Diagnostic::error(Code::WrongPartitionColumn, message)
                .at(position)
                .hint(hint)
                .suggest(name, columns.iter().map(|column| column.name.as_str())),
        );
        return None;
    };
    let is_timestamp = matches!(column.ty, Type::Timestamp | Type::Datetime);
    if is_timestamp || (column.ty == Type::Date && cadence != Cadence::Hour) {
        return Some(Partition {
            cadence,
            column: Some(PartitionColumn { name: name.to_owned(), is_timestamp }),
        });
    }
    if matches!(column.ty, Type::Null | Type::Unknown) {
        // What is wrong with the column was reported.
        return None;
    }
    let (wanted, hint) = match cadence {
        Cadence::Hour => ("TIMESTAMP", "select `@partition_start` under that name"),
        _ => (
            "DATE or TIMESTAMP",
            "select `@submission_date` under that name, or convert the column with DATE(…)",
        ),
    };
    let message = format!("the partition column `{name}` is {}, not {wanted}", column.ty);
    found.push(Diagnostic::error(Code::WrongPartitionColumn, message).at(position).hint(hint));
    None
}

/// The partition column that a dataset states, or its template, or `submission_date`.
pub fn partition_column<'a>(definition: &'a Dataset, of_template: Option<&'a str>) -> &'a str {
    let stated = definition.partition_by.as_ref().and_then(|partition_by| partition_by.column.as_ref());
    stated.map(|stated| stated.text.as_str()).or(of_template).unwrap_or("submission_date")
}

/// What a dataset reads.
pub struct Bound {
    pub inputs: Vec<Input>,
    pub reads_self: Option<Bounds>,
}

/// The days that a dataset reads of each input, stated or inferred, views seen through.
pub fn reads(
    definition: &Dataset,
    draft: &Draft,
    analysis: &Analysis,
    partition: &Partition,
    ready: &Ready,
    bench: &mut Bench,
    found: &mut Vec<Diagnostic>,
) -> Option<Bound> {
    let name = definition.name.full();
    let mut partition_columns: BTreeMap<String, String> =
        partition.column_name().map(|column| (name.clone(), column.to_owned())).into_iter().collect();
    for table_use in &draft.uses {
        if let Some(column) =
            ready.tables.get(&table_use.name).and_then(|known| known.partition_column.clone())
        {
            partition_columns.insert(table_use.name.clone(), column);
        }
    }
    let inferred = infer_reads(analysis, &partition_columns, partition.cadence);
    let before = found.len();
    for stated in &definition.reads {
        if !draft.uses.iter().any(|table_use| table_use.name == stated.table.text) {
            let message = format!("`reads` names `{}`, which the query does not read", stated.table.text);
            found.push(
                Diagnostic::error(Code::UnknownTable, message)
                    .at(&stated.table.position)
                    .hint("take it out, or read the table in the query")
                    .suggest(&stated.table.text, draft.uses.iter().map(|table_use| table_use.name.as_str())),
            );
        }
        let shown = inferred.get(&stated.table.text).copied().flatten();
        // A start that inference leaves open may be bounded in words that it does not understand.
        let shown = shown.map(|shown| Bounds { from: shown.from.or(stated.bounds.from), ..shown });
        if let Some(shown) = shown.filter(|shown| !stated.bounds.covers(*shown, partition.cadence)) {
            let message = format!("`reads` leaves out days of `{}` that the query reads", stated.table.text);
            found.push(
                Diagnostic::error(Code::WrongReads, message)
                    .at(&stated.table.position)
                    .note(format!("the query reads {}", days(Reads::Days(shown), partition.cadence)))
                    .hint("state all days that are read, or take `reads` out where the query shows them"),
            );
        }
    }
    let mut inputs: BTreeMap<String, Reads> = BTreeMap::new();
    for table_use in draft.uses.iter().filter(|table_use| table_use.name != name) {
        let Some(known) = ready.tables.get(&table_use.name) else { continue };
        let stated = definition.reads.iter().find(|stated| stated.table.text == table_use.name);
        let bounds = stated.map(|stated| stated.bounds).or(inferred.get(&table_use.name).copied().flatten());
        let alone = BTreeMap::from([(table_use.name.clone(), true)]);
        for (base, moves) in known.bases.as_ref().unwrap_or(&alone) {
            let is_partitioned = ready.tables.get(base).is_some_and(|known| known.partition_column.is_some());
            let read = match (is_partitioned, bounds) {
                (false, _) => Reads::Whole,
                (true, Some(bounds)) if *moves || stated.is_some() => Reads::Days(bounds),
                (true, _) if partition.cadence == Cadence::Whole => Reads::All,
                (true, _) => {
                    let column = partition_columns.get(&table_use.name).cloned();
                    // Who may read without bounds reads all that is there.
                    if let Some(rule) = lint::rule_of(Code::UnboundedRead) {
                        bench.report(rule, unbounded(table_use, base, column.as_deref(), draft));
                    }
                    Reads::All
                }
            };
            inputs.entry(base.clone()).and_modify(|known| *known = hull(*known, read)).or_insert(read);
        }
    }
    let reads_self = match (partition.cadence, draft.uses.iter().find(|table_use| table_use.name == name)) {
        (Cadence::Whole, Some(own)) => {
            let message = format!("`{name}` reads itself, and is one partition: it has no past");
            let problem = Problem::new(Code::WrongSelfRead, own.span, message)
                .hint("give it partitions with `partition_by`, or read what it is made of");
            found.push(locate(problem, &draft.rendered));
            None
        }
        (cadence, _) => self_reads(definition, draft, cadence, inferred.get(&name).copied(), found),
    };
    if found.len() > before {
        return None;
    }
    let inputs = inputs
        .into_iter()
        .map(|(table, reads)| Input {
            given: ready.tables.get(&table).and_then(|known| known.given),
            table,
            reads,
        })
        .collect();
    Some(Bound { inputs, reads_self: reads_self.map(SelfReads::bounds) })
}

fn hull(one: Reads, other: Reads) -> Reads {
    match (one, other) {
        (Reads::Days(one), Reads::Days(other)) => Reads::Days(one.hull(other)),
        (Reads::Whole, _) | (_, Reads::Whole) => Reads::Whole,
        _ => Reads::All,
    }
}

fn unbounded(
    table_use: &crate::sql::TableUse,
    base: &str,
    column: Option<&str>,
    draft: &Draft,
) -> Diagnostic {
    let name = &table_use.name;
    let hint = match column {
        Some(TABLE_SUFFIX) => format!(
            "compare `{TABLE_SUFFIX}` with FORMAT_DATE('{SUFFIX_FORMAT}', @submission_date) in WHERE, or state `reads: {{{name}: {{last: 28 days}}}}`"
        ),
        Some(column) => format!(
            "compare `{column}` with @submission_date in WHERE, or state `reads: {{{name}: {{last: 28 days}}}}`"
        ),
        None => format!("state which days are read: `reads: {{{name}: same_day}}`"),
    };
    let message = match name == base {
        true => format!("the read of `{name}` is not bounded by the partition"),
        false => format!("the read of `{base}` through `{name}` is not bounded by the partition"),
    };
    locate(Problem::new(Code::UnboundedRead, table_use.span, message).hint(hint), &draft.rendered)
}

/// Self reads must be declared, bounded, and within what is declared.
fn self_reads(
    definition: &Dataset,
    draft: &Draft,
    cadence: Cadence,
    inferred: Option<Option<Bounds>>,
    found: &mut Vec<Diagnostic>,
) -> Option<SelfReads> {
    let name = definition.name.full();
    let declared = definition.reads_self.as_ref().map(|(reads, _)| *reads).or(draft.reads_self);
    let own_position = |fallback: &Position| {
        definition.reads_self.as_ref().map_or_else(|| fallback.clone(), |(_, position)| position.clone())
    };
    let table_use = draft.uses.iter().find(|table_use| table_use.name == name);
    match (declared, table_use, inferred) {
        (None, None, _) => None,
        (None, Some(table_use), _) => {
            let problem =
                Problem::new(Code::UndeclaredSelfRead, table_use.span, format!("`{name}` reads itself"))
                    .hint("state how far back: `reads_self: {last: 27 days}` or `reads_self: all_before`");
            found.push(locate(problem, &draft.rendered));
            None
        }
        (Some(_), None, _) => {
            let message = "`reads_self` is stated, but the query does not read its own table";
            found.push(
                Diagnostic::error(Code::WrongSelfRead, message)
                    .at(&own_position(&definition.name.position))
                    .hint("take it out, or read the dataset's own past as `{{ this }}`"),
            );
            None
        }
        (Some(reads), Some(table_use), inferred) => match inferred.flatten() {
            Some(bounds) if !bounds.is_past(cadence) => {
                let problem = Problem::new(
                    Code::WrongSelfRead,
                    table_use.span,
                    format!("`{name}` reads its own partition, the one that is being built"),
                )
                .hint("a partition can read only those before it: compare with `<` or DATE_SUB");
                found.push(locate(problem, &draft.rendered));
                None
            }
            Some(bounds) if !reads.bounds().covers(Bounds { to: reads.bounds().to, ..bounds }, cadence) => {
                let back = bounds
                    .from
                    .map_or("all days before".to_owned(), |from| format!("{} days back", -from.days));
                let message = format!("`{name}` reads itself {back}, further than `reads_self` states");
                found.push(
                    Diagnostic::error(Code::WrongSelfRead, message)
                        .at(&own_position(&definition.name.position))
                        .hint("bound the read in WHERE, or state all that is read: `reads_self: all_before`"),
                );
                None
            }
            Some(_) => Some(reads),
            None => {
                let problem = Problem::new(
                    Code::UnboundedRead,
                    table_use.span,
                    format!("the read of `{name}` itself is not bounded by the partition"),
                )
                .hint("compare its partition column with @submission_date or @partition_start in WHERE");
                found.push(locate(problem, &draft.rendered));
                None
            }
        },
    }
}

/// The first day: stated, or the latest first day of the inputs.
pub fn start(
    definition: &Dataset,
    inputs: &[Input],
    ready: &Ready,
    found: &mut Vec<Diagnostic>,
) -> Option<Date> {
    let inherited = inputs.iter().filter_map(|input| ready.tables.get(&input.table)?.start).max();
    let start = definition.start.or(inherited);
    if start.is_none() {
        found.push(
            Diagnostic::error(Code::MissingKey, "a dataset that reads nothing needs `start`")
                .at(&definition.name.position)
                .hint("write the first day to build: `start: 2026-01-01`"),
        );
    }
    start
}

/// `cluster_by` and `deletion` name columns.
pub fn check_names(definition: &Dataset, columns: &[Field], found: &mut Vec<Diagnostic>) {
    let named = definition.cluster_by.iter().map(|name| ("cluster_by", name));
    for (key, name) in named.chain(definition.deletion.iter().map(|name| ("deletion", name))) {
        let first = name.text.split('.').next().unwrap_or_default();
        if !columns.iter().any(|column| column.name == first || column.is_rest()) {
            found.push(no_column(key, name, columns));
        }
    }
}

/// The query that fills many partitions at once fills days, and gives the same columns.
pub fn check_init(
    definition: &Dataset,
    partition: &Partition,
    analysis: &Analysis,
    columns: &Arc<[Field]>,
    found: &mut Vec<Diagnostic>,
) {
    if partition.cadence != Cadence::Day {
        let message = "`init` fills days; this dataset has other partitions";
        found.push(
            Diagnostic::error(Code::InvalidValue, message)
                .at(&definition.name.position)
                .hint("take `init` out: `tidemill backfill` fills partitions one by one"),
        );
    }
    let same = analysis.columns.len() == columns.len()
        && columns.iter().all(|column| {
            analysis.columns.iter().any(|other| {
                other.name == column.name
                    && (other.ty == column.ty || matches!(other.ty, Type::Null | Type::Unknown))
            })
        });
    if !same {
        let list = |columns: &[Field]| {
            columns
                .iter()
                .map(|column| format!("{} {}", column.name, column.ty))
                .collect::<Vec<_>>()
                .join(", ")
        };
        found.push(
            Diagnostic::error(Code::TypeMismatch, "`init` gives other columns than the daily query")
                .at(&definition.name.position)
                .note(format!("daily: {}", list(columns)))
                .note(format!("init: {}", list(&analysis.columns))),
        );
    }
}

/// The tables behind a view, and its partition column: one that a base's partition column is copied to.
pub fn view_bases(analysis: &Analysis, ready: &Ready) -> (BTreeMap<String, bool>, Option<String>) {
    let copied = |table_use: usize| {
        let known = ready.tables.get(&analysis.uses[table_use].name)?;
        let column = known.partition_column.as_ref()?;
        analysis.origins.iter().zip(&analysis.columns).find_map(|(origins, field)| {
            let is_it = origins.iter().any(|origin| {
                origin.table_use == table_use && origin.column == *column && analysis.conditions_move(origin)
            });
            is_it.then(|| field.name.clone())
        })
    };
    let partition_column = (0..analysis.uses.len()).find_map(copied);
    let mut bases: BTreeMap<String, bool> = BTreeMap::new();
    for (index, table_use) in analysis.uses.iter().enumerate() {
        let Some(known) = ready.tables.get(&table_use.name) else { continue };
        let moves = partition_column.is_some() && copied(index) == partition_column;
        let alone = BTreeMap::from([(table_use.name.clone(), true)]);
        for (base, inner) in known.bases.as_ref().unwrap_or(&alone) {
            let moves = moves && *inner;
            bases.entry(base.clone()).and_modify(|known| *known = *known && moves).or_insert(moves);
        }
    }
    (bases, partition_column)
}
