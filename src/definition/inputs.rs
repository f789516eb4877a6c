//! `from:` what a dataset or view reads: one table, several as one (`[a, b]`, or every member of a matrix with
//! `each`), or tables side by side (`join`). Whether the tables are there is for the compiler to say.

use super::matrix::Each;
use super::values::is_name;
use crate::definition::shapes;
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::schema::is_wildcard;
use crate::yaml::{MapReader, Node, Text, Value};

/// What stands under `from:`.
#[derive(Clone, Debug)]
pub enum Inputs {
    Table(Text),
    /// The rows of several tables, columns by name.
    Union(Vec<Member>),
    /// A union whose tables are known once all matrices are expanded; then it becomes [`Inputs::Union`].
    Each(Each),
    Joined {
        first: Text,
        joins: Vec<Join>,
    },
}

/// A table of a union.
#[derive(Clone, Debug)]
pub struct Member {
    pub table: Text,
    /// Columns of a constant value that its rows get: the axes of its matrix.
    pub axes: Vec<(String, String)>,
}

/// A table that is joined to the first one.
#[derive(Clone, Debug)]
pub struct Join {
    pub table: Text,
    /// The struct that holds its columns; they stand side by side with the first table's without it.
    pub alias: Option<Text>,
    pub kind: JoinKind,
    /// The columns that must be equal.
    pub on: Vec<JoinKey>,
    pub cardinality: Cardinality,
    pub position: Position,
}

/// A column of the first table and the one of the joined table that it must equal, often of the same name.
#[derive(Clone, Debug)]
pub struct JoinKey {
    pub first: Text,
    pub joined: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
}

/// How many rows of one side a row of the other may meet; checked whenever a partition is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    OneToOne,
    ManyToOne,
}

impl Cardinality {
    pub fn as_str(self) -> &'static str {
        match self {
            Cardinality::OneToOne => "one_to_one",
            Cardinality::ManyToOne => "many_to_one",
        }
    }
}

impl Inputs {
    /// The tables that are named, each with its place.
    pub fn tables(&self) -> Vec<&Text> {
        match self {
            Inputs::Table(table) => vec![table],
            Inputs::Union(members) => members.iter().map(|member| &member.table).collect(),
            Inputs::Each(_) => Vec::new(),
            Inputs::Joined { first, joins } => {
                std::iter::once(first).chain(joins.iter().map(|join| &join.table)).collect()
            }
        }
    }
}

/// Reads `from:`.
pub fn inputs(reader: &MapReader) -> Option<Inputs> {
    let node = reader.optional("from")?;
    match &node.value {
        Value::Text(_) => reader.text("from", node).map(Inputs::Table),
        Value::Map(_) => super::matrix::each(reader, node).map(Inputs::Each),
        Value::List(items) => list(reader, node, items),
        _ => {
            reader.report(
                Diagnostic::error(
                    Code::WrongType,
                    format!("`from` names one table or several, not {}", node.value.kind()),
                )
                .at(&node.position)
                .hint("write `from: some.table_v1`, `from: [one, other]` or `from: {each: …}`"),
            );
            None
        }
    }
}

/// One item of a list: a table by itself, or with how it is joined.
struct Item<'a> {
    table: Text,
    alias: Option<Text>,
    join: Option<&'a Node>,
}

fn list(reader: &MapReader, node: &Node, items: &[Node]) -> Option<Inputs> {
    let read: Vec<Option<Item>> = items.iter().map(|item| read_item(reader, item)).collect();
    let read: Vec<Item> = read.into_iter().collect::<Option<_>>()?;
    if let Some(item) = read.iter().find(|item| is_wildcard(&item.table.text)) {
        let message =
            format!("`{}` stands in a list, where the days of its rows are not told", item.table.text);
        reader.report(
            Diagnostic::error(Code::InvalidValue, message)
                .at(&item.table.position)
                .hint("read it alone, or in SQL of your own with a condition on `_TABLE_SUFFIX`"),
        );
        return None;
    }
    let Some((first, others)) = read.split_first() else {
        reader.report(
            Diagnostic::error(Code::InvalidValue, "`from` is an empty list")
                .at(&node.position)
                .hint("name the tables that are read, or take the key out"),
        );
        return None;
    };
    if let Some(join) = first.join {
        reader.report(
            Diagnostic::error(Code::InvalidJoin, "the first table of `from` is joined to nothing")
                .at(&join.position)
                .hint("`join` stands at the tables after the first one"),
        );
        return None;
    }
    if others.iter().all(|item| item.join.is_none()) {
        if let Some(alias) = read.iter().find_map(|item| item.alias.as_ref()) {
            reader.report(
                Diagnostic::error(
                    Code::InvalidJoin,
                    "`as` names a joined table, and no table is joined here",
                )
                .at(&alias.position)
                .hint("take it out, or add `join: {type: left, on: […], cardinality: many_to_one}`"),
            );
            return None;
        }
        let member = |item: Item| Member { table: item.table, axes: Vec::new() };
        return Some(Inputs::Union(read.into_iter().map(member).collect()));
    }
    if let Some(alias) = &first.alias {
        reader.report(
            Diagnostic::error(Code::InvalidJoin, "the first table of a join keeps its columns as they are")
                .at(&alias.position)
                .hint("`as` puts the columns of a joined table into a struct"),
        );
    }
    let mut joins = Vec::new();
    for item in others {
        match item.join {
            Some(join) => joins.push(read_join(reader, item, join)?),
            None => {
                let message = format!("`{}` is not joined, unlike other tables of the list", item.table.text);
                reader.report(
                    Diagnostic::error(Code::InvalidJoin, message)
                        .at(&item.table.position)
                        .hint("add `join: {type: left, on: […], cardinality: many_to_one}`, or unite the tables in a view of their own"),
                );
                return None;
            }
        }
    }
    Some(Inputs::Joined { first: first.table.clone(), joins })
}

fn read_item<'a>(reader: &MapReader, node: &'a Node) -> Option<Item<'a>> {
    if !matches!(node.value, Value::Map(_)) {
        let table = reader.text("from", node)?;
        return Some(Item { table, alias: None, join: None });
    }
    let inner = MapReader::of(node, "a table of `from`", &shapes::FROM_ITEM);
    let table = inner.required_text("table", "name the table");
    let alias = inner.optional_text("as");
    let named = alias.as_ref().is_none_or(|alias| {
        let help = "write lower-case letters, digits and underscores";
        inner.parsed("as", alias, |text| if is_name(text) { Ok(()) } else { Err(help.to_owned()) }).is_some()
    });
    let join = inner.optional("join");
    reader.report_all(inner.finish());
    table.filter(|_| named).map(|table| Item { table, alias, join })
}

fn read_join(reader: &MapReader, item: &Item, node: &Node) -> Option<Join> {
    let inner = MapReader::of(node, "`join`", &shapes::JOIN);
    let kind = inner.optional_text("type").map_or(Some(JoinKind::Left), |text| {
        inner.parsed("type", &text, |text| match text {
            "left" => Ok(JoinKind::Left),
            "inner" => Ok(JoinKind::Inner),
            _ => Err("write `left` or `inner`; other joins belong into SQL of your own".to_owned()),
        })
    });
    let on = inner.required("on", "the columns that both sides share: `on: [submission_date, country]`");
    if let Some(on) = on
        && on.as_list().is_some_and(<[Node]>::is_empty)
    {
        inner.report(
            Diagnostic::error(Code::InvalidJoin, "a join needs columns to join on")
                .at(&on.position)
                .hint("write `on: [submission_date, country]`"),
        );
    }
    let why =
        "`many_to_one`: a row meets at most one of the joined table; `one_to_one`: and the other way round";
    let on = on.map(|on| keys(&inner, on));
    let cardinality = inner.required_text("cardinality", why).and_then(|text| {
        inner.parsed("cardinality", &text, |text| match text {
            "one_to_one" => Ok(Cardinality::OneToOne),
            "many_to_one" => Ok(Cardinality::ManyToOne),
            _ => Err("write `many_to_one` or `one_to_one`; a join that multiplies rows belongs into SQL of your own".to_owned()),
        })
    });
    let found = inner.finish();
    let fits = found.is_empty();
    reader.report_all(found);
    Some(Join {
        table: item.table.clone(),
        alias: item.alias.clone(),
        kind: kind?,
        on: on.filter(|_| fits)?,
        cardinality: cardinality?,
        position: node.position.clone(),
    })
}

/// What stands under `on:`: a list of names that both sides have, or `name: other_name`.
fn keys(reader: &MapReader, node: &Node) -> Vec<JoinKey> {
    let Value::List(items) = &node.value else {
        reader.texts("on", node);
        return Vec::new();
    };
    let mut keys = Vec::new();
    for item in items {
        if let Value::Map(_) = item.value {
            for (first, joined) in reader.entries("on", item) {
                keys.extend(reader.text("on", joined).map(|joined| JoinKey { first, joined }));
            }
        } else if let Some(name) = reader.text("on", item) {
            keys.push(JoinKey { first: name.clone(), joined: name });
        }
    }
    keys
}
