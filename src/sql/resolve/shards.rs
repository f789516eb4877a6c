//! Wildcard tables: `events_*` stands for every table whose name goes on from there. One that is declared with its star is a
//! table like others; what is not becomes the union of those that are declared one by one, or a part of a wider one that is
//! declared. It must never unite tables of different columns, nor show `_TABLE_SUFFIX` to a star.

use super::Resolver;
use super::from::dotted;
use crate::diagnostic::Code;
use crate::schema::{Field, TABLE_SUFFIX, day_of_suffix, is_wildcard};
use crate::sql::Problem;
use crate::sql::tree::{
    Binary, Body, Call, Expression, FromItem, Kind, Name, Query, Relation, RelationKind, Select, SelectItem,
    SetOperator, Span,
};

/// More tables than this are no set that somebody declared one by one.
const MOST_TABLES: usize = 500;

/// The tables among these names that a wildcard matches, in their order.
pub fn matches<'a>(wildcard: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let Some(prefix) = wildcard.strip_suffix('*') else { return Vec::new() };
    // What stands for the star is of the table's name, and not of its dataset's.
    let is_match = |name: &&str| {
        name.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty() && !rest.contains(['.', '*']))
            && prefix.contains('.')
    };
    let mut found: Vec<&str> = names.into_iter().filter(is_match).collect();
    found.sort_unstable();
    found
}

/// The declared wildcard table that a name is a part of, and what the part's suffixes begin with, or are: `d.events_2026*` and
/// `d.events_20261121` are parts of `d.events_*`.
pub fn wider<'a, 'n>(name: &'n str, names: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, &'n str)> {
    let (part, has_star) = name.strip_suffix('*').map_or((name, false), |part| (part, true));
    let is_part = |rest: &str| match has_star {
        true => !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()),
        false => day_of_suffix(rest).is_some(),
    };
    let wildcards = names.into_iter().filter(|known| is_wildcard(known) && *known != name);
    let parts = wildcards.filter_map(|known| Some((known, part.strip_prefix(known.strip_suffix('*')?)?)));
    let parts = parts.filter(|(_, rest)| is_part(rest));
    parts.max_by_key(|(known, _)| known.len())
}

/// Whether a wildcard matches all that another one does, which is declared.
fn is_wider_than(wildcard: &str, known: &str) -> bool {
    let prefix = wildcard.strip_suffix('*').filter(|prefix| prefix.contains('.'));
    is_wildcard(known) && prefix.is_some_and(|prefix| known.starts_with(prefix))
}

/// What a table's name stands for.
pub(super) enum Meant {
    /// A table of that name, declared or not.
    Table,
    /// A query, and whether its rows have suffixes: of a wildcard that nobody declares as such, or of a part of one that
    /// somebody does.
    Query(Box<Query>, bool),
    /// Tables that cannot be read together, which was said.
    Nothing,
}

impl Resolver<'_> {
    /// What a table's name stands for.
    pub(super) fn meant(&mut self, path: &[Name], span: Span) -> Meant {
        let name = dotted(path);
        let has_star = is_wildcard(&name);
        if path.len() == 1 || self.catalogue.table(&name).is_some() {
            return Meant::Table;
        }
        let names = self.catalogue.names();
        // A project may stand before the name.
        let short = name.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.'));
        for written in [Some(name.as_str()), short].into_iter().flatten() {
            if let Some((whole, rest)) = wider(written, names.iter().map(String::as_str)) {
                let Some(table) = self.catalogue.table(whole) else { return Meant::Nothing };
                return Meant::Query(Box::new(part(whole, &table.columns, rest, has_star, span)), has_star);
            }
            if let Some(other) = names.iter().find(|known| is_wider_than(written, known)) {
                let message = format!("`{written}` matches the tables of `{other}` and perhaps others");
                let problem = Problem::new(Code::Unsupported, span, message);
                self.problems.push(problem.hint("read each source by its own name"));
                return Meant::Nothing;
            }
            let tables = matches(written, names.iter().map(String::as_str));
            if !tables.is_empty() {
                return match self.united_shards(written, &tables, span) {
                    Some(query) => Meant::Query(Box::new(query), true),
                    None => Meant::Nothing,
                };
            }
        }
        Meant::Table
    }

    /// The rows of tables that are declared one by one, which BigQuery reads by the columns of the newest. Here nobody knows
    /// which one that is, so that all of them have to be alike.
    fn united_shards(&mut self, written: &str, tables: &[&str], span: Span) -> Option<Query> {
        let columns = |name: &str| self.catalogue.table(name).map(|table| table.columns);
        let first = columns(tables[0])?;
        let differs = |name: &&&str| columns(name).is_some_and(|columns| columns != first);
        let refused = match tables.iter().find(differs) {
            Some(other) => Some((
                format!("`{written}` matches `{}` and `{other}`, whose columns differ", tables[0]),
                "read each of them by its name, and unite what they share: `UNION ALL BY NAME`",
            )),
            None if tables.len() > MOST_TABLES => Some((
                format!("`{written}` matches {} tables, more than {MOST_TABLES}", tables.len()),
                "declare them as one source, named with the star",
            )),
            None => None,
        };
        if let Some((message, hint)) = refused {
            self.problems.push(Problem::new(Code::TypeMismatch, span, message).hint(hint));
            return None;
        }
        let prefix = written.len() - 1;
        let select = |table: &&str| {
            let suffix = Expression::new(Kind::Text(table[prefix..].to_owned()), span);
            let items = columns_of(&first, span).chain([named(suffix, span)]).collect();
            let from = vec![from(table, span)];
            Body::Select(Box::new(Select { items, from, span, ..Select::default() }))
        };
        let mut bodies: Vec<Body> = tables.iter().map(select).collect();
        // By pairs, so that many tables nest no deeper than a few do.
        while bodies.len() > 1 {
            let mut pairs = Vec::with_capacity(bodies.len() / 2 + 1);
            let mut rest = bodies.into_iter();
            while let Some(left) = rest.next() {
                pairs.push(match rest.next() {
                    Some(right) => union(left, right, span),
                    None => left,
                });
            }
            bodies = pairs;
        }
        Some(Query::of(bodies.pop()?, span, NESTS))
    }
}

/// How deep the queries nest that a name stands for.
const NESTS: usize = 12;

fn union(left: Body, right: Body, span: Span) -> Body {
    let (left, right) = (Box::new(left), Box::new(right));
    Body::Set { operator: SetOperator::Union, all: true, by_name: None, left, right, span }
}

/// The rows of a wildcard table whose suffixes begin with a text, or are that text where there is no star.
fn part(whole: &str, columns: &[Field], rest: &str, has_star: bool, span: Span) -> Query {
    let suffix = || column(TABLE_SUFFIX, span);
    let text = Expression::new(Kind::Text(rest.to_owned()), span);
    let call = |name: &str, arguments: Vec<Expression>| {
        Expression::new(Kind::Call(Box::new(Call::plain(name, arguments))), span)
    };
    let mut items: Vec<SelectItem> = columns_of(columns, span).collect();
    let filter = if has_star {
        let place = Expression::new(Kind::Integer(rest.len() as i64 + 1), span);
        items.push(named(call("SUBSTR", vec![suffix(), place]), span));
        call("STARTS_WITH", vec![suffix(), text])
    } else {
        let (left, right) = (Box::new(suffix()), Box::new(text));
        Expression::new(Kind::Binary { operator: Binary::Equal, left, right }, span)
    };
    let from = vec![from(whole, span)];
    let select = Select { items, from, filter: Some(filter), span, ..Select::default() };
    Query::of(Body::Select(Box::new(select)), span, NESTS)
}

/// The columns of a shard, one by one: no author wrote a star here.
fn columns_of(columns: &[Field], span: Span) -> impl Iterator<Item = SelectItem> {
    let shown = columns.iter().filter(|field| is_shown(field));
    shown.map(move |field| SelectItem::Expression { expression: column(&field.name, span), alias: None })
}

fn column(name: &str, span: Span) -> Expression {
    let path = [SHARD, name].map(|part| Name { text: part.to_owned(), span });
    Expression::new(Kind::Path(path.into()), span)
}

fn named(suffix: Expression, span: Span) -> SelectItem {
    let alias = Some(Name { text: TABLE_SUFFIX.to_owned(), span });
    SelectItem::Expression { expression: suffix, alias }
}

/// The name of a table within the query that is made here, which no other query can say.
const SHARD: &str = "(shard)";

fn from(table: &str, span: Span) -> FromItem {
    let path = table.split('.').map(|part| Name { text: part.to_owned(), span }).collect();
    let kind = RelationKind::Table { path, common: false, as_of: None };
    let alias = Some(Name { text: SHARD.to_owned(), span });
    FromItem { relation: Relation { kind, alias, span }, joins: Vec::new() }
}

/// Whether a star shows a column of a table that has a suffix.
pub(super) fn is_shown(field: &Field) -> bool {
    !field.name.eq_ignore_ascii_case(TABLE_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::{matches, wider};

    #[test]
    fn a_star_stands_for_the_rest_of_a_tables_name() {
        let names = ["d.t_b", "d.t_a", "d.t_", "d.tx", "e.t_a", "d.t_*", "d.t_a_c"];
        assert_eq!(matches("d.t_*", names), ["d.t_a", "d.t_a_c", "d.t_b"]);
        assert_eq!(matches("d.*", ["d.a", "e.b"]), ["d.a"]);
        assert!(matches("d*", ["d.a"]).is_empty());
        assert!(matches("d.t_a", names).is_empty());
    }

    #[test]
    fn shards_are_parts_of_the_wildcard_that_is_declared() {
        let names = ["d.events_*", "d.other_*", "d.events_all"];
        assert_eq!(wider("d.events_20261121", names), Some(("d.events_*", "20261121")));
        assert_eq!(wider("d.events_2026*", names), Some(("d.events_*", "2026")));
        assert_eq!(wider("d.events_intraday_*", names), None);
        assert_eq!(wider("d.events_*", names), None);
        assert_eq!(wider("d.event_20261121", names), None);
        assert_eq!(wider("d.events_2026", names), None);
    }
}
