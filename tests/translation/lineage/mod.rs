//! Proves column lineage by watching values: random queries run on random rows, then one column or field gets
//! other values. Only outputs may move that have it among their sources; what is copied must move. What is said never
//! to be NULL never is.

mod generator;
mod world;

use std::collections::BTreeMap;

use generator::{Generator, Random};
use serde_json::Value as Json;
use tidemill::schema::Type;
use tidemill::sql::lineage::{ColumnLineage, How, Lineage, Source, lineage};
use tidemill::sql::{Analysis, analyse, duckdb as translation, required};
use world::{PLACES, Place, Tables, World};

const WORLDS: u64 = 2;
/// Queries on each world; `LINEAGE_QUERIES` asks for more.
const QUERIES: u64 = 30;

/// An output, or a field of one, with the values that it has over all rows, and its sources.
struct Part {
    name: String,
    path: Vec<String>,
    sources: Vec<Source>,
}

/// The parts of a result: each column, and each field of a struct.
fn parts(analysis: &Analysis, found: &Lineage) -> Vec<Part> {
    let mut parts = Vec::new();
    for (column, lineage) in analysis.columns.iter().zip(&found.columns) {
        add(&mut parts, vec![column.name.clone()], &column.ty, lineage);
    }
    parts
}

fn add(parts: &mut Vec<Part>, path: Vec<String>, ty: &Type, lineage: &ColumnLineage) {
    parts.push(Part { name: path.join("."), path: path.clone(), sources: lineage.sources.to_vec() });
    let inner = ty.element().unwrap_or(ty);
    for field in inner.fields().unwrap_or_default() {
        let path = path.iter().cloned().chain([field.name.clone()]).collect();
        add(parts, path, &field.ty, &lineage.field(&field.name));
    }
}

/// The values of a part, without the order of rows.
fn values(rows: &[Json], path: &[String]) -> Vec<String> {
    let mut values: Vec<String> = rows.iter().map(|row| shown(row, path)).collect();
    values.sort();
    values
}

fn shown(value: &Json, path: &[String]) -> String {
    match (path.split_first(), value) {
        (None, value) => value.to_string(),
        (Some(_), Json::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| shown(item, path)).collect();
            format!("[{}]", items.join(","))
        }
        (Some((first, rest)), Json::Object(fields)) => {
            fields.get(first).map_or(String::new(), |value| shown(value, rest))
        }
        (Some(_), _) => "null".to_owned(),
    }
}

fn meets(analysis: &Analysis, source: &Source, place: &Place) -> bool {
    analysis.uses[source.table_use].name == place.table
        && source.path.iter().zip(place.path).all(|(one, two)| **one == **two)
}

#[derive(Default, Debug)]
struct Tally {
    ran: usize,
    refused: BTreeMap<String, usize>,
    moved: usize,
    copied: usize,
    copied_that_moved: usize,
    listed: usize,
    listed_that_moved: usize,
    required: usize,
    never_null: usize,
}

#[test]
fn only_what_lineage_lists_moves_an_output() {
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    let asked = std::env::var("LINEAGE_QUERIES").ok().and_then(|number| number.parse().ok());
    let queries = asked.unwrap_or(QUERIES);
    for seed in 0..WORLDS {
        let world = World::new(seed);
        for number in 0..queries {
            let sql = Generator::new(Random::new(seed * 10_000 + number)).query();
            judge(&sql, &world, &mut tally, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong, the first:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
    println!("{tally:#?}");
    let all = (WORLDS * queries) as usize;
    assert!(tally.ran * 10 > all * 9, "only {} of {all} ran: {:?}", tally.ran, tally.refused);
    assert!(tally.moved > tally.ran * 5, "{} moved in {} queries", tally.moved, tally.ran);
    // Rows that were filtered away, or lost against others, keep some from moving.
    let (copied, moved) = (tally.copied, tally.copied_that_moved);
    assert!(copied * 2 > all && moved * 10 > copied * 8, "{moved} of {copied} copies moved");
    // More than a few sources that move nothing would be a lineage that lists too much.
    let (listed, moved) = (tally.listed, tally.listed_that_moved);
    assert!(moved * 10 > listed * 8, "{moved} of {listed} sources moved their outputs");
    // Most of what has no NULL has none by chance of the rows.
    let (required, never_null) = (tally.required, tally.never_null);
    assert!(required * 5 > never_null, "{required} of {never_null} columns without NULL are known");
}

fn judge(sql: &str, world: &World, tally: &mut Tally, wrong: &mut Vec<String>) {
    let refused = |tally: &mut Tally, why: String| {
        *tally.refused.entry(why.chars().take(400).collect()).or_default() += 1;
    };
    let analysis = match analyse(sql, &Tables) {
        Ok(analysis) => analysis,
        Err(problems) => return refused(tally, format!("{} in {sql}", problems[0].message)),
    };
    let Ok(duckdb) = translation::translate(&analysis) else { return refused(tally, sql.to_owned()) };
    let before = match world.rows(None, &duckdb) {
        Ok(rows) => rows,
        Err(error) => return refused(tally, error),
    };
    tally.ran += 1;
    let found = lineage(&analysis);
    let parts = parts(&analysis, &found);
    let required = required(&analysis);
    tally.required += required.iter().filter(|required| **required).count();
    let has_none = |name: &String| !before.is_empty() && before.iter().all(|row| !row[name].is_null());
    tally.never_null += analysis.columns.iter().filter(|column| has_none(&column.name)).count();
    let used = |place: &&Place| analysis.uses.iter().any(|table_use| table_use.name == place.table);
    for place in PLACES.iter().filter(used) {
        let Ok(changed) = world.changes(place).map(|change| world.rows(Some(change), &duckdb)).collect()
        else {
            continue;
        };
        let changed: Vec<Vec<Json>> = changed;
        for (column, required) in analysis.columns.iter().zip(&required).filter(|(_, required)| **required) {
            if std::iter::once(&before).chain(&changed).flatten().any(|row| row[&column.name].is_null()) {
                wrong.push(format!("{sql}\n  {} is said never to be NULL: {required}", column.name));
            }
        }
        for part in &parts {
            let is_listed = |source: &&Source| meets(&analysis, source, place);
            let own = part.sources.iter().find(is_listed);
            let listed = own.or_else(|| found.rows.iter().find(is_listed));
            let old = values(&before, &part.path);
            let has_moved = changed.iter().any(|rows| values(rows, &part.path) != old);
            tally.moved += usize::from(has_moved);
            if has_moved && listed.is_none() {
                wrong
                    .push(format!("{sql}\n  {} moved with {place}, which is none of its sources", part.name));
            }
            // A field's own values move with it; those of a table around may not be among the rows.
            if let Some(source) = own
                && source.how != How::Influences
                && old.iter().any(|value| value != "null")
            {
                tally.listed += 1;
                tally.listed_that_moved += usize::from(has_moved);
                if source.how == How::Copied && source.path.len() == place.path.len() {
                    tally.copied += 1;
                    tally.copied_that_moved += usize::from(has_moved);
                }
            }
        }
    }
}
