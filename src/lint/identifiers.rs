//! Identifiers on their way: which columns of a query still tell one person from another, and by which path
//! they came. A tag ends only where the function table says that a function sanitises.

use std::collections::BTreeMap;

use super::{Facts, Tables};
use crate::definition::IdentifierKind;
use crate::sql::Analysis;
use crate::sql::lineage::{ColumnLineage, How, Lineage, Source};

/// The identifiers of a table, by column or path within one: names joined by dots.
pub type Identifiers = BTreeMap<String, Tag>;

/// An identifier in a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    pub kind: &'static IdentifierKind,
    /// The table and path that it was taken from; none at the source.
    pub from: Option<(String, String)>,
    /// Whether it was hashed without a key on its way into this table.
    pub hashed: bool,
}

impl Tag {
    /// The tag of a source's own column.
    pub fn declared(kind: &'static IdentifierKind) -> Self {
        Self { kind, from: None, hashed: false }
    }
}

/// The identifiers that the columns of a query hold.
pub(super) fn surviving(analysis: &Analysis, lineage: &Lineage, tables: &dyn Tables) -> Identifiers {
    let mut identifiers = Identifiers::new();
    for (column, ways) in analysis.columns.iter().zip(&lineage.columns) {
        collect(&column.name, ways, analysis, tables, &mut identifiers);
    }
    identifiers
}

/// Those of a column, or of a field in it, at their places.
fn collect(
    place: &str,
    ways: &ColumnLineage,
    analysis: &Analysis,
    tables: &dyn Tables,
    identifiers: &mut Identifiers,
) {
    if ways.sources.iter().all(|source| carried(source, analysis, tables).next().is_none()) {
        return;
    }
    let fields = ways.built_fields();
    for name in fields.iter().filter(|name| !name.is_empty()) {
        collect(&format!("{place}.{name}"), &ways.field(name), analysis, tables, identifiers);
    }
    if fields.iter().any(|name| !name.is_empty()) {
        return;
    }
    for source in ways.sources.iter() {
        for (table, path, rest, kind) in carried(source, analysis, tables) {
            let below = rest.iter().map(|name| format!(".{name}"));
            let place = below.fold(place.to_owned(), |place, name| place + &name);
            let tag = Tag { kind, from: Some((table.to_owned(), path.to_owned())), hashed: source.hashed };
            identifiers.entry(place).and_modify(|known| known.hashed |= tag.hashed).or_insert(tag);
        }
    }
}

/// An identifier on a way: its table and path, where it is below the output, and its kind.
type Carried<'a> = (&'a str, &'a str, Vec<&'a str>, &'static IdentifierKind);

/// The identifiers that a way takes along.
fn carried<'a>(
    source: &'a Source,
    analysis: &'a Analysis,
    tables: &'a dyn Tables,
) -> impl Iterator<Item = Carried<'a>> {
    let leaks = !source.sanitised && source.how != How::Influences;
    let table_use = analysis.uses.get(source.table_use).filter(|_| leaks);
    let known = table_use.and_then(|one| Some((one.name.as_str(), tables.facts(&one.name)?)));
    known.into_iter().flat_map(move |(table, facts)| {
        let tags = facts.identifiers.iter();
        tags.filter_map(move |(path, tag)| Some((table, path.as_str(), below(source, path)?, tag.kind)))
    })
}

/// Whether a way takes an identifier along: the path below the output at which it then stands.
fn below<'a>(source: &Source, tagged: &'a str) -> Option<Vec<&'a str>> {
    let tagged: Vec<&str> = tagged.split('.').collect();
    let same = source.path.iter().zip(&tagged).all(|(one, other)| one.eq_ignore_ascii_case(other));
    if !same {
        return None;
    }
    let rest = tagged.get(source.path.len()..).unwrap_or_default();
    Some(if source.shaped { rest.to_vec() } else { Vec::new() })
}

/// The way of an identifier from a table back to its source, as people read it.
pub(super) fn path(table: &str, place: &str, tag: &Tag, tables: &dyn Tables) -> String {
    let mut text = format!("{table}.{place}");
    for (table, place) in Trail::new(tag, tables) {
        text.push_str(&format!(" ← {table}.{place}"));
    }
    text
}

/// The tables and paths that an identifier came through, the nearest first.
pub(super) struct Trail<'a> {
    next: Option<&'a (String, String)>,
    tables: &'a dyn Tables,
}

impl<'a> Trail<'a> {
    pub fn new(tag: &'a Tag, tables: &'a dyn Tables) -> Self {
        Self { next: tag.from.as_ref(), tables }
    }

    /// The tables only, with what is known of them.
    pub fn facts(self) -> impl Iterator<Item = (&'a str, &'a Facts)> {
        let tables = self.tables;
        self.filter_map(move |(table, _)| Some((table, tables.facts(table)?)))
    }
}

impl<'a> Iterator for Trail<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (table, place) = self.next?;
        let tag = self.tables.facts(table).and_then(|facts| facts.identifiers.get(place));
        self.next = tag.and_then(|tag| tag.from.as_ref());
        Some((table, place))
    }
}
