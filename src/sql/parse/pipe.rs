//! Pipe syntax. Every step becomes what it means in ordinary syntax, a SELECT over the steps before it, so that nothing
//! behind the parser knows of pipes.

use super::cursor::{Parsed, Parser};
use super::query::Operation;
use crate::sql::tree::{
    Binary, Body, Call, Expression, FromItem, GroupBy, Grouping, JoinKind, Kind, Name, Order, Query,
    Relation, RelationKind, Select, SelectItem, Shape, Span, TableArgument,
};

/// What may stand behind `|>`.
const OPERATORS: &[&str] = &[
    "SELECT",
    "EXTEND",
    "SET",
    "DROP",
    "RENAME",
    "AS",
    "WHERE",
    "AGGREGATE",
    "DISTINCT",
    "JOIN",
    "CALL",
    "ORDER",
    "LIMIT",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "TABLESAMPLE",
    "PIVOT",
    "UNPIVOT",
    "ASSERT",
    "WITH",
];

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
        let from = self.tables_and_joins()?;
        let query = Query::of(every(from, span), span, self.deepest as usize + 1);
        if self.is_symbol("|>") { self.pipes(query) } else { Ok(query) }
    }

    /// The steps behind a query.
    pub(super) fn pipes(&mut self, query: Query) -> Parsed<Query> {
        let open = matches!(&query.body, Body::Select(select) if is_bare(select))
            && query.order_by.is_empty()
            && query.limit.is_none();
        let mut pipe = Pipe { query, open };
        // The common tables that steps name are seen by all steps behind, and so belong to the whole.
        let mut with = Vec::new();
        while self.eat_symbol("|>") {
            if self.eat_word("WITH") {
                with.extend(self.list(Self::common_table)?);
                continue;
            }
            let deepest = self.deepest + 2;
            self.note_depth(deepest, pipe.query.span)?;
            self.skip_hint()?;
            pipe = self.step(pipe)?;
        }
        with.append(&mut pipe.query.with);
        Ok(Query { with, ..pipe.query })
    }

    fn step(&mut self, pipe: Pipe) -> Parsed<Pipe> {
        let span = self.here();
        if let Some(kind) = self.join_kind()? {
            return self.join_step(pipe, kind, span);
        }
        let Some(token) = self.peek() else { return Err(self.unexpected("a pipe operator")) };
        if let Some(operation) = self.operation()? {
            return self.set_step(pipe, operation);
        }
        let word = token.text.to_ascii_uppercase();
        if word == "TABLESAMPLE" {
            let (amount, of_rows) = self.sample()?;
            let kind = RelationKind::Sample { input: Box::new(pipe.relation(span)), amount, of_rows };
            return Ok(Pipe {
                query: whole(every_of(Relation { kind, alias: None, span }), span),
                open: true,
            });
        }
        self.advance();
        match word.as_str() {
            "WHERE" => {
                let condition = self.expression()?;
                self.kept_where(pipe, condition, span)
            }
            "SELECT" => {
                let distinct = self.eat_any_word(&["DISTINCT", "ALL"]) == Some("DISTINCT");
                let shape = self.shape();
                let items = self.select_list()?;
                let windows = if self.eat_word("WINDOW") { self.windows()? } else { Vec::new() };
                let select = pipe.open_select(span);
                Ok(closed(Select { distinct, shape, items, windows, of_rows: true, ..select }, span))
            }
            "EXTEND" | "WINDOW" => {
                let mut items = vec![star(span)];
                items.extend(self.select_list()?);
                let windows = if self.eat_word("WINDOW") { self.windows()? } else { Vec::new() };
                Ok(closed(Select { items, windows, of_rows: true, ..pipe.open_select(span) }, span))
            }
            "SET" => {
                let replace = self.list(|parser| {
                    let name = parser.name("a column")?;
                    parser.expect_symbol("=")?;
                    Ok((name, parser.expression()?))
                })?;
                let item =
                    SelectItem::Star { base: None, except: Vec::new(), replace, rename: Vec::new(), span };
                Ok(closed(Select { items: vec![item], of_rows: true, ..pipe.open_select(span) }, span))
            }
            "DROP" => {
                let except = self.list(|parser| parser.name("a column"))?;
                let item =
                    SelectItem::Star { base: None, except, replace: Vec::new(), rename: Vec::new(), span };
                Ok(closed(Select { items: vec![item], ..pipe.open_select(span) }, span))
            }
            "RENAME" => {
                let rename = self.list(|parser| {
                    let from = parser.name("a column")?;
                    parser.eat_word("AS");
                    Ok((from, parser.name("a column")?))
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
                let asserted = self.asserted(span)?;
                self.kept_where(pipe, asserted, span)
            }
            _ => {
                let problem = self.problem(span, format!("`{}` is no pipe operator", token.text));
                Err(match word.as_str() {
                    "GROUP" => problem.hint("write `|> AGGREGATE … GROUP BY …`"),
                    "HAVING" | "QUALIFY" | "FILTER" | "ON" => problem.hint("write `|> WHERE …`"),
                    "OFFSET" => problem.hint("write `|> LIMIT … OFFSET …`"),
                    _ => problem.suggest(token.text, OPERATORS.iter().copied()),
                })
            }
        }
    }

    /// The rows for which a condition is true.
    fn kept_where(&mut self, pipe: Pipe, condition: Expression, span: Span) -> Parsed<Pipe> {
        let mut select = pipe.open_select(span);
        let is_windowed = |part: &Expression| matches!(&part.kind, Kind::Call(call) if call.over.is_some());
        if condition.any(&is_windowed) {
            select.qualify = Some(condition);
            return Ok(closed(select, span));
        }
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

    /// What ASSERT says of every row, as a condition that fails where it does not hold. What stands behind it goes into the
    /// message as far as it is text.
    fn asserted(&mut self, span: Span) -> Parsed<Expression> {
        let mut said = self.list(Self::expression)?.into_iter();
        let Some(condition) = said.next() else { return Err(self.unexpected("a condition")) };
        let texts = said.filter_map(|value| match value.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        });
        let message = std::iter::once("Assert failed:".to_owned()).chain(texts).collect::<Vec<_>>().join(" ");
        let message = self.node(Kind::Text(message.trim_end_matches(':').to_owned()), span)?;
        let failure = self.node(Kind::Call(Box::new(Call::plain("ERROR", vec![message]))), span)?;
        let holds = self.node(Kind::Bool(true), span)?;
        let (branches, otherwise) = (vec![(condition, holds)], Some(Box::new(failure)));
        self.node(Kind::Case { operand: None, branches, otherwise }, span)
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

    fn set_step(&mut self, pipe: Pipe, operation: Operation) -> Parsed<Pipe> {
        let span = operation.span;
        let mut sides = vec![Body::Query(Box::new(pipe.query))];
        let others = self.list(Self::bracketed_query)?;
        sides.extend(others.into_iter().map(|query| Body::Query(Box::new(query))));
        let body = self.united(sides, operation)?;
        let depth = self.deepest as usize + 1;
        Ok(Pipe { query: Query::of(body, span, depth), open: false })
    }

    /// `AGGREGATE … GROUP BY …`: the keys come before the aggregates, and so do their orders.
    fn aggregate_step(&mut self, pipe: Pipe, span: Span) -> Parsed<Pipe> {
        let (mut aggregates, mut orders) = (Vec::new(), Vec::new());
        while !self.is_word("GROUP") && !self.ends_pipe_step() {
            aggregates.push(self.select_item()?);
            orders.push(self.order_suffix());
            if !self.eat_symbol(",") {
                break;
            }
        }
        let (mut items, mut groups, mut key_orders) = (Vec::new(), Vec::new(), Vec::new());
        if self.eat_word("GROUP") {
            let all_ordered = self.eat_words(&["AND", "ORDER"]);
            self.expect_word("BY")?;
            loop {
                let (group, alias) = self.pipe_group()?;
                let order = self.order_suffix().or(all_ordered.then_some((false, None)));
                let mut keys = Vec::new();
                keys_of(&group, &mut keys);
                for key in keys {
                    let known = items.iter().any(|item| is_same_path(item, key));
                    if !known || matches!(group, Grouping::Keys(_)) {
                        items.push(SelectItem::Expression { expression: key.clone(), alias: alias.clone() });
                        key_orders.push(order);
                    }
                }
                groups.push(group);
                if !self.eat_symbol(",") || self.ends_pipe_step() {
                    break;
                }
            }
        } else if aggregates.is_empty() {
            return Err(self.unexpected("an aggregate or `GROUP BY`"));
        }
        items.extend(aggregates);
        key_orders.extend(orders);
        let order_by = ordered_columns(key_orders, span);
        let group_by = match groups.is_empty() {
            true => GroupBy::None,
            false => GroupBy::of(groups),
        };
        let select = Select { items, group_by, ..pipe.open_select(span) };
        Ok(Pipe { query: Query { order_by, ..whole(select, span) }, open: false })
    }

    /// One key with its name, or a ROLLUP, CUBE or GROUPING SETS of keys.
    fn pipe_group(&mut self) -> Parsed<(Grouping, Option<Name>)> {
        if ["ROLLUP", "CUBE", "GROUPING"].iter().any(|word| self.is_word(word))
            && (self.is_symbol_ahead(1, "(") || self.is_word_ahead(1, "SETS"))
        {
            return Ok((self.grouping()?, None));
        }
        let key = self.expression()?;
        if let Kind::Integer(_) = key.kind {
            let problem = self.problem(key.span, "GROUP BY of pipe syntax counts no columns");
            return Err(problem.hint("name the column"));
        }
        Ok((Grouping::Keys(vec![key]), self.alias()?))
    }

    /// `DESC NULLS LAST` behind a column: whether it descends, and where NULL comes.
    fn order_suffix(&mut self) -> Option<(bool, Option<bool>)> {
        let descending = self.eat_any_word(&["ASC", "DESC"])? == "DESC";
        Some((descending, self.nulls_place()))
    }

    fn ends_pipe_step(&self) -> bool {
        self.is_at_end() || [")", ";", "|>"].iter().any(|symbol| self.is_symbol(symbol))
    }
}

/// The keys within a part of GROUP BY, each time that they are named.
fn keys_of<'a>(group: &'a Grouping, keys: &mut Vec<&'a Expression>) {
    match group {
        Grouping::Keys(own) => keys.extend(own),
        Grouping::Rollup(parts) | Grouping::Cube(parts) => keys.extend(parts.iter().flatten()),
        Grouping::Sets(parts) => parts.iter().for_each(|part| keys_of(part, keys)),
    }
}

/// Whether an item selects the very path that a key is.
fn is_same_path(item: &SelectItem, key: &Expression) -> bool {
    let SelectItem::Expression { expression, .. } = item else { return false };
    let (Kind::Path(one), Kind::Path(other)) = (&expression.kind, &key.kind) else { return false };
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.text.eq_ignore_ascii_case(&b.text))
}

/// An ORDER BY over the columns that say how they are ordered, by their places.
fn ordered_columns(orders: Vec<Option<(bool, Option<bool>)>>, span: Span) -> Vec<Order> {
    let place =
        |index: usize| Expression { depth: 1, ..Expression::new(Kind::Integer(index as i64 + 1), span) };
    let ordered = orders.into_iter().enumerate().filter_map(|(index, order)| Some((index, order?)));
    ordered
        .map(|(index, (descending, nulls_first))| Order {
            expression: place(index),
            descending,
            nulls_first,
            collation: None,
        })
        .collect()
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

    /// The steps so far as a table. What the only table was called stays its name until columns are chosen.
    fn relation(self, span: Span) -> Relation {
        let alias = only_name(&self.query);
        Relation { kind: RelationKind::Subquery(Box::new(self.query)), alias, span }
    }
}

fn only_name(query: &Query) -> Option<Name> {
    let Body::Select(select) = &query.body else { return None };
    let [FromItem { relation, joins }] = select.from.as_slice() else { return None };
    let [SelectItem::Star { base: None, .. }, others @ ..] = select.items.as_slice() else { return None };
    match &relation.kind {
        _ if !joins.is_empty() || !matches!(select.group_by, GroupBy::None) => None,
        RelationKind::Table { path, .. } => relation.alias.clone().or_else(|| path.last().cloned()),
        // With more than the element in a row, its name is that of a column.
        RelationKind::Unnest { offset, .. } => {
            let is_element = offset.is_none() && others.is_empty() && select.items[0].is_all();
            relation.alias.clone().filter(|_| is_element)
        }
        _ => relation.alias.clone(),
    }
}

fn is_bare(select: &Select) -> bool {
    matches!(select.items.as_slice(), [item] if item.is_all())
        && matches!(select.shape, Shape::Columns | Shape::Given)
        && !select.distinct
        && select.filter.is_none()
        && matches!(select.group_by, GroupBy::None)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.windows.is_empty()
}

fn star(span: Span) -> SelectItem {
    SelectItem::Star { base: None, except: Vec::new(), replace: Vec::new(), rename: Vec::new(), span }
}

fn every(from: Vec<FromItem>, span: Span) -> Body {
    Body::Select(Box::new(given(from, span)))
}

fn every_of(relation: Relation) -> Select {
    let span = relation.span;
    given(vec![FromItem { relation, joins: Vec::new() }], span)
}

fn given(from: Vec<FromItem>, span: Span) -> Select {
    Select { items: vec![star(span)], shape: Shape::Given, from, span, ..Select::default() }
}

fn whole(select: Select, span: Span) -> Query {
    Query::of(Body::Select(Box::new(select)), span, 0)
}

fn closed(select: Select, span: Span) -> Pipe {
    Pipe { query: whole(select, span), open: false }
}
