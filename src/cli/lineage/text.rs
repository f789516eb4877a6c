//! Lineage for people: a tree for a column, a list for a table.

use std::collections::BTreeSet;

use super::place::Found;
use crate::cli::report;
use crate::compile::lineage::{Direction, LineageGraph, Link, Place};
use crate::sql::lineage::How;

/// Draws the ways from a column.
pub struct Tree<'a> {
    pub graph: &'a LineageGraph<'a>,
    /// Most steps.
    pub depth: usize,
    /// Whether what only decides about rows is followed too.
    pub influences: bool,
}

fn heading(direction: Direction) -> &'static str {
    match direction {
        Direction::Upstream => "comes from",
        Direction::Downstream => "goes into",
    }
}

/// `copied from`, `influences`.
fn relation(how: How, direction: Direction) -> &'static str {
    match (how, direction) {
        (How::Copied, Direction::Upstream) => "copied from",
        (How::Computed, Direction::Upstream) => "computed from",
        (How::Aggregated, Direction::Upstream) => "aggregated from",
        (How::Influences, Direction::Upstream) => "influenced by",
        (How::Copied, Direction::Downstream) => "copied into",
        (How::Computed, Direction::Downstream) => "computed into",
        (How::Aggregated, Direction::Downstream) => "aggregated into",
        (How::Influences, Direction::Downstream) => "influences",
    }
}

fn told(link: &Link) -> String {
    let mut told = match link.place.path.is_empty() {
        true => format!("the rows of {}", link.place),
        false => link.place.to_string(),
    };
    if link.sanitised {
        told.push_str(" (sanitised)");
    }
    if link.hashed {
        told.push_str(" (hashed without a key)");
    }
    told
}

impl Tree<'_> {
    /// The ways from a column to what it comes from and goes into.
    pub fn column(&self, found: &Found, directions: &[Direction]) -> String {
        let ty = match found.type_name() {
            long if long.chars().count() > LONGEST_TYPE => String::new(),
            short => format!(" {short}"),
        };
        let never_null = if found.is_required(&found.place, self.graph) { ", never NULL" } else { "" };
        let mut lines = vec![format!("{}{ty}{never_null}", found.place)];
        for direction in directions {
            lines.push(String::new());
            lines.push(heading(*direction).to_owned());
            let before = lines.len();
            let mut shown = Shown { places: BTreeSet::from([found.place.clone()]), rows: BTreeSet::new() };
            self.branches(&found.place, *direction, "", 0, &mut shown, &mut lines);
            if lines.len() == before {
                lines.push(format!("  {}", nothing(found, *direction)));
            }
            if *direction == Direction::Upstream && !self.influences {
                let rows = self.graph.rows(&found.place.table);
                if !rows.is_empty() {
                    lines.push(String::new());
                    lines.push("its rows are decided by".to_owned());
                    lines.extend(rows.iter().map(|link| format!("  {}", told(link))));
                }
            }
        }
        lines.join("\n")
    }

    fn branches(
        &self,
        place: &Place,
        direction: Direction,
        indent: &str,
        depth: usize,
        shown: &mut Shown,
        lines: &mut Vec<String>,
    ) {
        let next = self.next(place, direction, shown);
        if depth >= self.depth.min(DEEPEST) {
            if depth > 0 && !next.is_empty() {
                lines.push(format!("{indent}└ … {}", report::count(next.len(), "more column")));
            }
            return;
        }
        for (index, link) in next.iter().enumerate() {
            let is_last = index + 1 == next.len();
            let (branch, below) = if is_last { ("└", "  ") } else { ("├", "│ ") };
            let is_new = shown.places.insert(link.place.clone());
            let follow = link.how != How::Influences || self.influences;
            let again = match is_new || !follow || self.graph.step(&link.place, direction).is_empty() {
                true => "",
                false => " (see above)",
            };
            lines.push(format!("{indent}{branch} {} {}{again}", relation(link.how, direction), told(link)));
            if is_new && follow {
                let indent = format!("{indent}{below}");
                self.branches(&link.place, direction, &indent, depth + 1, shown, lines);
            }
        }
    }

    /// One step on, the most direct first. What decides about a table's rows is told where the table first appears.
    fn next(&self, place: &Place, direction: Direction, shown: &mut Shown) -> Vec<Link> {
        let mut next = self.graph.step(place, direction);
        let with_rows = self.influences && direction == Direction::Upstream;
        if with_rows && shown.rows.insert(place.table.to_string()) {
            let known: BTreeSet<Place> = next.iter().map(|link| link.place.clone()).collect();
            let rows = self.graph.rows(&place.table);
            next.extend(rows.into_iter().filter(|link| !known.contains(&link.place)));
        }
        next.sort_by(|one, two| (one.how, &one.place).cmp(&(two.how, &two.place)));
        next
    }
}

/// What a tree has told already.
struct Shown {
    places: BTreeSet<Place>,
    /// Tables of which it said what decides about their rows.
    rows: BTreeSet<String>,
}

/// A longer type is not shown.
const LONGEST_TYPE: usize = 60;

/// No tree is drawn deeper; chains of more datasets are for `--json`.
const DEEPEST: usize = 200;

fn nothing(found: &Found, direction: Direction) -> &'static str {
    match (direction, found.is_given) {
        (Direction::Upstream, true) => "nothing here: others fill the table",
        (Direction::Upstream, false) => "no column: its query makes it",
        (Direction::Downstream, _) => "nothing: no dataset or view reads it",
    }
}

/// One step from each column of a table.
pub fn table(found: &Found, graph: &LineageGraph, directions: &[Direction]) -> String {
    let width = found.fields.iter().map(|field| field.name.chars().count()).max().unwrap_or_default();
    let mut lines = vec![found.place.to_string()];
    for direction in directions {
        lines.push(String::new());
        lines.push(heading(*direction).to_owned());
        if *direction == Direction::Upstream && found.is_given {
            lines.push(format!("  {}", nothing(found, *direction)));
            continue;
        }
        let before = lines.len();
        for field in found.fields {
            let links = graph.step(&found.place.inside(&field.name), *direction);
            if links.is_empty() && *direction == Direction::Downstream {
                continue;
            }
            let told = condensed(&links, found, *direction);
            for (index, line) in told.iter().enumerate() {
                let name = if index == 0 { field.name.as_str() } else { "" };
                lines.push(format!("  {name:width$}  {line}"));
            }
        }
        if lines.len() == before {
            lines.push(format!("  {}", nothing(found, *direction)));
        }
        let rows = graph.rows(&found.place.table);
        if *direction == Direction::Upstream && !rows.is_empty() {
            lines.push(String::new());
            lines.push("its rows are decided by".to_owned());
            lines.extend(rows.iter().map(|link| format!("  {}", told(link))));
        }
    }
    lines.join("\n")
}

/// A line for each way in which a column has something of others, or one for each of those where they are many.
fn condensed(links: &[Link], found: &Found, direction: Direction) -> Vec<String> {
    if links.is_empty() {
        return vec![nothing(found, direction).to_owned()];
    }
    let mut lines = Vec::new();
    for how in [How::Copied, How::Computed, How::Aggregated, How::Influences] {
        let places: Vec<String> = links.iter().filter(|link| link.how == how).map(told).collect();
        let each = places.chunks(if places.len() > ON_A_LINE { 1 } else { ON_A_LINE });
        lines.extend(each.map(|places| format!("{} {}", relation(how, direction), places.join(", "))));
    }
    lines
}

/// So many names stand on one line.
const ON_A_LINE: usize = 3;
