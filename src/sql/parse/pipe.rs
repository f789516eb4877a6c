//! Pipe syntax. Every step becomes what it means in ordinary syntax, a SELECT over the steps before it, so that nothing
//! behind the parser knows of pipes.

use super::cursor::{Parsed, Parser};
use crate::sql::tree::{
    Binary, Body, Expression, FromItem, GroupBy, JoinKind, Kind, Name, Query, Relation, RelationKind, Select,
    SelectItem, SetOperator, Span, TableArgument,
};

/// The steps so far.
struct Pipe {
    query: Query,
    /// Whether it is a bare `SELECT * FROM … WHERE …`, to which tables and conditions may be added.
    open: bool,
}

impl Parser<'_> {
    /// `FROM …` without a SELECT.
    pub(super) fn piped_from(&mut self) -> Parsed<Query> {
        let span = self.here();
        self.expect_word("FROM")?;
        let from = self.from_items()?;
        let query = Query::of(every(from, span), span, self.deepest as usize + 1);
        if self.is_symbol("|>") { self.pipes(query) } else { Ok(query) }
    }

    /// The steps behind a query.
    pub(super) fn pipes(&mut self, query: Query) -> Parsed<Query> {
        let open = matches!(&query.body, Body::Select(select) if is_bare(select))
            && query.order_by.is_empty()
            && query.limit.is_none();
        let mut pipe = Pipe { query, open };
        while self.eat_symbol("|>") {
            let deepest = self.deepest + 2;
            self.note_depth(deepest, pipe.query.span)?;
            self.skip_hint()?;
            pipe = self.step(pipe)?;
        }
        Ok(pipe.query)
    }

    fn step(&mut self, pipe: Pipe) -> Parsed<Pipe> {
        let span = self.here();
        if let Some(kind) = self.join_kind()? {
            return self.join_step(pipe, kind, span);
        }
        let Some(token) = self.peek() else { return Err(self.unexpected("a pipe operator")) };
        let word = token.text.to_ascii_uppercase();
        let set = [
            ("UNION", SetOperator::Union),
            ("INTERSECT", SetOperator::Intersect),
            ("EXCEPT", SetOperator::Except),
        ];
        if let Some((_, operator)) = set.iter().find(|(name, _)| *name == word) {
            return self.set_step(pipe, *operator, span);
        }
        self.advance();
        match word.as_str() {
            "WHERE" => {
                let condition = self.expression()?;
                let mut select = pipe.open_select(span);
                select.filter = Some(match select.filter.take() {
                    None => condition,
                    Some(before) => {
                        let place = before.span;
                        let (left, right) = (Box::new(before), Box::new(condition));
                        self.node(Kind::Binary { operator: Binary::And, left, right }, place)?
                    }
                });
                Ok(Pipe { query: whole(select, span), open: true })
            }
            "SELECT" => {
                let distinct = self.eat_any_word(&["DISTINCT", "ALL"]) == Some("DISTINCT");
                let items = self.select_list()?;
                let windows = if self.eat_word("WINDOW") { self.windows()? } else { Vec::new() };
                Ok(closed(Select { distinct, items, windows, ..pipe.open_select(span) }, span))
            }
            "EXTEND" | "WINDOW" => {
                let mut items = vec![star(span)];
                items.extend(self.select_list()?);
                Ok(closed(Select { items, ..pipe.open_select(span) }, span))
            }
            "SET" => {
                let replace = self.list(|parser| {
                    let name = parser.any_name("a column")?;
                    parser.expect_symbol("=")?;
                    Ok((name, parser.expression()?))
                })?;
                let item =
                    SelectItem::Star { base: None, except: Vec::new(), replace, rename: Vec::new(), span };
                Ok(closed(Select { items: vec![item], ..pipe.open_select(span) }, span))
            }
            "DROP" => {
                let except = self.list(|parser| parser.any_name("a column"))?;
                let item =
                    SelectItem::Star { base: None, except, replace: Vec::new(), rename: Vec::new(), span };
                Ok(closed(Select { items: vec![item], ..pipe.open_select(span) }, span))
            }
            "RENAME" => {
                let rename = self.list(|parser| {
                    let from = parser.any_name("a column")?;
                    parser.eat_word("AS");
                    Ok((from, parser.any_name("a column")?))
                })?;
                let item =
                    SelectItem::Star { base: None, except: Vec::new(), replace: Vec::new(), rename, span };
                Ok(closed(Select { items: vec![item], ..pipe.open_select(span) }, span))
            }
            "AGGREGATE" => self.aggregate_step(pipe, span),
            "DISTINCT" => Ok(closed(Select { distinct: true, ..pipe.open_select(span) }, span)),
            "ORDER" => {
                self.expect_word("BY")?;
                let order_by = self.orders()?;
                let select = pipe.open_select(span);
                Ok(Pipe { query: Query { order_by, ..whole(select, span) }, open: false })
            }
            "LIMIT" => {
                let limit = Some(self.expression()?);
                let offset = if self.eat_word("OFFSET") { Some(self.expression()?) } else { None };
                // Behind ORDER BY the limit is of the ordered rows.
                let query = match pipe.query.limit.is_none() && !pipe.query.order_by.is_empty() {
                    true => pipe.query,
                    false => whole(pipe.open_select(span), span),
                };
                Ok(Pipe { query: Query { limit, offset, ..query }, open: false })
            }
            "AS" => {
                let alias = Some(self.name("a name")?);
                let relation = Relation { alias, ..pipe.relation(span) };
                Ok(Pipe { query: whole(every_of(relation), span), open: true })
            }
            "CALL" => {
                let path = self.table_path()?;
                let mut arguments = vec![TableArgument::Table(pipe.relation(span))];
                arguments.extend(self.bracketed(|parser| Ok(TableArgument::Value(parser.expression()?)))?);
                let alias = self.alias()?;
                let relation = Relation { kind: RelationKind::Call { path, arguments }, alias, span };
                Ok(Pipe { query: whole(every_of(relation), span), open: true })
            }
            "PIVOT" => {
                let pivot = Box::new(self.pivot()?);
                let alias = self.alias()?;
                let kind = RelationKind::Pivot { input: Box::new(pipe.relation(span)), pivot };
                Ok(Pipe { query: whole(every_of(Relation { kind, alias, span }), span), open: true })
            }
            "UNPIVOT" => {
                let unpivot = Box::new(self.unpivot()?);
                let alias = self.alias()?;
                let kind = RelationKind::Unpivot { input: Box::new(pipe.relation(span)), unpivot };
                Ok(Pipe { query: whole(every_of(Relation { kind, alias, span }), span), open: true })
            }
            "ASSERT" => {
                self.list(Self::expression)?;
                Ok(pipe)
            }
            _ => Err(self.problem(span, format!("`{}` is no pipe operator", token.text))),
        }
    }

    fn join_step(&mut self, pipe: Pipe, kind: JoinKind, span: Span) -> Parsed<Pipe> {
        let mut join = self.join_behind(kind)?;
        // A condition that stands already is one on what comes before the join.
        let before = matches!(&pipe.query.body, Body::Select(select) if select.filter.is_none() && select.from.len() == 1);
        let mut select = match before {
            true => pipe.open_select(span),
            false => every_of(pipe.relation(span)),
        };
        join.relation.span = join.relation.span.to(self.last());
        if let Some(item) = select.from.last_mut() {
            item.joins.push(join);
        }
        Ok(Pipe { query: whole(select, span), open: true })
    }

    fn set_step(&mut self, pipe: Pipe, operator: SetOperator, span: Span) -> Parsed<Pipe> {
        self.advance();
        let all = match self.eat_any_word(&["ALL", "DISTINCT"]) {
            Some(word) => word == "ALL",
            None => return Err(self.unexpected("`ALL` or `DISTINCT`")),
        };
        let mut left = Body::Query(Box::new(pipe.query));
        for right in self.list(Self::bracketed_query)? {
            let right = Box::new(Body::Query(Box::new(right)));
            left = Body::Set { operator, all, by_name: None, left: Box::new(left), right, span };
        }
        let depth = self.deepest as usize + 1;
        Ok(Pipe { query: Query::of(left, span, depth), open: false })
    }

    /// `AGGREGATE … GROUP BY …`: the keys come before the aggregates.
    fn aggregate_step(&mut self, pipe: Pipe, span: Span) -> Parsed<Pipe> {
        let mut aggregates = Vec::new();
        if !self.is_word("GROUP") {
            aggregates = self.list(|parser| {
                let item = parser.select_item()?;
                parser.eat_any_word(&["ASC", "DESC"]);
                Ok(item)
            })?;
        }
        let (mut items, mut keys) = (Vec::new(), Vec::new());
        if self.eat_word("GROUP") {
            self.eat_words(&["AND", "ORDER"]);
            self.expect_word("BY")?;
            for (key, alias) in self.list(Self::pipe_key)? {
                keys.push(key.clone());
                items.push(SelectItem::Expression { expression: key, alias });
            }
        }
        items.extend(aggregates);
        let group_by = if keys.is_empty() { GroupBy::None } else { GroupBy::Expressions(keys) };
        Ok(closed(Select { items, group_by, ..pipe.open_select(span) }, span))
    }

    fn pipe_key(&mut self) -> Parsed<(Expression, Option<Name>)> {
        let key = self.expression()?;
        let alias = if self.eat_word("AS") { Some(self.name("a name")?) } else { None };
        self.eat_any_word(&["ASC", "DESC"]);
        Ok((key, alias))
    }
}

impl Pipe {
    /// A SELECT to which the next step may be added.
    fn open_select(self, span: Span) -> Select {
        if self.open
            && let Body::Select(select) = self.query.body
        {
            return *select;
        }
        every_of(self.relation(span))
    }

    /// The steps so far as a table. What the only table was called stays its name.
    fn relation(self, span: Span) -> Relation {
        let alias = only_name(&self.query);
        Relation { kind: RelationKind::Subquery(Box::new(self.query)), alias, span }
    }
}

fn only_name(query: &Query) -> Option<Name> {
    let Body::Select(select) = &query.body else { return None };
    let [FromItem { relation, joins }] = select.from.as_slice() else { return None };
    match &relation.kind {
        _ if !joins.is_empty() => None,
        RelationKind::Table { path, .. } => relation.alias.clone().or_else(|| path.last().cloned()),
        _ => relation.alias.clone(),
    }
}

fn is_bare(select: &Select) -> bool {
    matches!(select.items.as_slice(), [item] if item.is_plain_star())
        && !select.distinct
        && select.filter.is_none()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.windows.is_empty()
}

impl SelectItem {
    fn is_plain_star(&self) -> bool {
        match self {
            SelectItem::Star { base: None, except, replace, rename, .. } => {
                except.is_empty() && replace.is_empty() && rename.is_empty()
            }
            _ => false,
        }
    }
}

fn star(span: Span) -> SelectItem {
    SelectItem::Star { base: None, except: Vec::new(), replace: Vec::new(), rename: Vec::new(), span }
}

fn every(from: Vec<FromItem>, span: Span) -> Body {
    Body::Select(Box::new(Select { items: vec![star(span)], from, span, ..Select::default() }))
}

fn every_of(relation: Relation) -> Select {
    let span = relation.span;
    let from = vec![FromItem { relation, joins: Vec::new() }];
    Select { items: vec![star(span)], from, span, ..Select::default() }
}

fn whole(select: Select, span: Span) -> Query {
    Query::of(Body::Select(Box::new(select)), span, 0)
}

fn closed(select: Select, span: Span) -> Pipe {
    Pipe { query: whole(select, span), open: false }
}
