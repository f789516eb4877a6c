mod place;
mod script;
mod text;

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::context::{self, Globals, Problem};
use super::report;
use crate::compile::lineage::{Direction, LineageGraph, Link, Place};
use crate::sql::lineage::How;

/// What a column comes from and goes into, and how
///
/// Follows columns, and fields within them, through every dataset and view of the project. A table alone shows
/// one step for each of its columns; a file with SQL, a script too, the tables that it reads and writes.
#[derive(Args)]
pub struct Arguments {
    /// TABLE, TABLE.COLUMN, TABLE.COLUMN.FIELD, or a file with SQL
    #[arg(value_name = "TABLE[.COLUMN]|FILE")]
    name: String,
    /// Only what it comes from
    #[arg(long, conflicts_with = "downstream")]
    upstream: bool,
    /// Only what it goes into
    #[arg(long)]
    downstream: bool,
    /// Most steps to follow
    #[arg(long, value_name = "STEPS")]
    depth: Option<usize>,
    /// Follow also what only filters, joins, groups or orders
    #[arg(long)]
    influences: bool,
}

impl Arguments {
    fn directions(&self) -> Vec<Direction> {
        let upstream = (!self.downstream).then_some(Direction::Upstream);
        let downstream = (!self.upstream).then_some(Direction::Downstream);
        upstream.into_iter().chain(downstream).collect()
    }
}

pub fn run(arguments: &Arguments, globals: &Globals) -> Result<ExitCode, Problem> {
    if script::is_file(&arguments.name) {
        script::run(&arguments.name, globals)?;
        return Ok(ExitCode::SUCCESS);
    }
    let compiled = context::compile(globals)?;
    let found = place::find(&compiled.compilation, &arguments.name)?;
    let graph = LineageGraph::new(&compiled.compilation);
    let is_table = found.place.path.is_empty();
    match (globals.json, is_table) {
        (true, true) => report::json(&table_json(&found, &graph, arguments)),
        (true, false) => report::json(&column_json(&found, &graph, arguments)),
        (false, true) => report::line(&text::table(&found, &graph, &arguments.directions())),
        (false, false) => {
            let tree = text::Tree {
                graph: &graph,
                depth: arguments.depth.unwrap_or(usize::MAX),
                influences: arguments.influences,
            };
            report::line(&tree.column(&found, &arguments.directions()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn how(how: How) -> &'static str {
    match how {
        How::Copied => "copied",
        How::Computed => "computed",
        How::Aggregated => "aggregated",
        How::Influences => "influences",
    }
}

fn link_json(link: &Link) -> Value {
    let mut told = json!({ "column": link.place.to_string() });
    tell(link, &mut told);
    told
}

fn tell(link: &Link, told: &mut Value) {
    told["how"] = json!(how(link.how));
    told["sanitised"] = json!(link.sanitised);
    told["hashed"] = json!(link.hashed);
}

fn links_json(links: &[Link]) -> Value {
    links.iter().map(link_json).collect()
}

fn key(direction: Direction) -> &'static str {
    match direction {
        Direction::Upstream => "upstream",
        Direction::Downstream => "downstream",
    }
}

fn column_json(found: &place::Found, graph: &LineageGraph, arguments: &Arguments) -> Value {
    let most = arguments.depth.unwrap_or(usize::MAX);
    let mut told = json!({ "column": found.place.to_string(), "type": found.type_name() });
    told["required"] = json!(found.is_required(&found.place, graph));
    for direction in arguments.directions() {
        let reached = graph.reach(&found.place, direction, arguments.influences);
        let reached: Vec<_> = reached.into_iter().filter(|(_, steps)| *steps <= most).collect();
        let columns = reached.iter().map(|(link, steps)| {
            let mut column = link_json(link);
            column["steps"] = json!(steps);
            column
        });
        let steps_of = |place: &Place| {
            let reached = reached.iter().find(|(link, _)| link.place == *place);
            reached.map_or(0, |(_, steps)| *steps)
        };
        let places = std::iter::once(&found.place).chain(reached.iter().map(|(link, _)| &link.place));
        let mut edges = Vec::new();
        for place in places.filter(|place| steps_of(place) < most) {
            for link in graph.step(place, direction) {
                let (from, to) = match direction {
                    Direction::Upstream => (&link.place, place),
                    Direction::Downstream => (place, &link.place),
                };
                let mut edge = json!({ "from": from.to_string(), "to": to.to_string() });
                tell(&link, &mut edge);
                edges.push(edge);
            }
        }
        told[key(direction)] = json!({ "columns": columns.collect::<Vec<_>>(), "edges": edges });
    }
    if !arguments.downstream {
        told["rows"] = links_json(&graph.rows(&found.place.table));
    }
    told
}

fn table_json(found: &place::Found, graph: &LineageGraph, arguments: &Arguments) -> Value {
    let columns = found.fields.iter().map(|field| {
        let place = found.place.inside(&field.name);
        let mut column = json!({ "column": field.name, "type": field.ty.to_string() });
        column["required"] = json!(found.is_required(&place, graph));
        for direction in arguments.directions() {
            column[key(direction)] = links_json(&graph.step(&place, direction));
        }
        column
    });
    let mut told = json!({ "table": found.place.to_string(), "columns": columns.collect::<Vec<_>>() });
    if !arguments.downstream {
        told["rows"] = links_json(&graph.rows(&found.place.table));
    }
    told
}
