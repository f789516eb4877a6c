//! Queries: WITH, set operations, SELECT and its clauses.

use super::cursor::{DEEPEST_NESTING, Parsed, Parser};
use super::reserved::{CLAUSES, SET_OPERATIONS};
use crate::sql::tree::{
    Body, ByName, CommonTable, Expression, GroupBy, Grouping, Kind, Name, NameMatch, Query, Select,
    SelectItem, SetOperator, Shape, Span, Window,
};

/// From how many sides on a UNION ALL becomes a balanced tree.
const LONG_UNION: usize = 16;

/// A set operator with what stands before and behind it.
pub(super) struct Operation {
    pub operator: SetOperator,
    pub all: bool,
    pub by_name: Option<Box<ByName>>,
    pub span: Span,
}

impl Operation {
    /// Whether columns meet as they do in another operation.
    fn matches_like(&self, other: &Self) -> bool {
        let names = |only: &Option<Vec<Name>>| {
            only.as_ref().map(|only| only.iter().map(|name| name.text.to_lowercase()).collect::<Vec<_>>())
        };
        match (&self.by_name, &other.by_name) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                one.columns == other.columns && names(&one.only) == names(&other.only)
            }
            _ => false,
        }
    }
}

impl Parser<'_> {
    /// Whether a query begins here without brackets.
    pub(super) fn starts_bare_query(&self) -> bool {
        self.is_bare_query(0)
    }

    fn is_bare_query(&self, places: usize) -> bool {
        self.is_word_ahead(places, "SELECT")
            || self.is_word_ahead(places, "FROM")
            || (self.is_word_ahead(places, "WITH") && !self.is_symbol_ahead(places + 1, "("))
    }

    /// Whether the bracket so many places on holds a query, and not an expression or a join.
    pub(super) fn starts_query(&self, places: usize) -> bool {
        let mut inner = places;
        // A bracket within a bracket is a query where it ends with the outer one, or goes on as one.
        while self.is_symbol_ahead(inner, "(") && inner < places + DEEPEST_NESTING as usize {
            if self.is_bare_query(inner + 1) {
                return true;
            }
            let Some(closing) = self.closes(inner + 1).filter(|_| self.is_symbol_ahead(inner + 1, "("))
            else {
                return false;
            };
            let is_query = self.is_symbol_ahead(closing + 1, ")")
                || self.is_symbol_ahead(closing + 1, "|>")
                || ["ORDER", "LIMIT"].iter().any(|word| self.is_word_ahead(closing + 1, word))
                || self.set_operator_ahead(closing + 1).is_some();
            if !is_query {
                return false;
            }
            inner += 1;
        }
        false
    }

    /// `(query)`.
    pub(super) fn bracketed_query(&mut self) -> Parsed<Query> {
        self.expect_symbol("(")?;
        let query = self.query()?;
        self.expect_symbol(")")?;
        Ok(query)
    }

    pub(super) fn query(&mut self) -> Parsed<Query> {
        self.nested(|parser| {
            let around = std::mem::take(&mut parser.deepest);
            let mut query = parser.query_parts()?;
            query.depth = parser.deepest as usize + 1;
            let deepest = parser.deepest + 1;
            parser.deepest = around;
            parser.note_depth(deepest, query.span)?;
            Ok(query)
        })
    }

    fn query_parts(&mut self) -> Parsed<Query> {
        let span = self.here();
        let mut with = Vec::new();
        let mut recursive = false;
        if self.is_word("WITH") {
            self.advance();
            recursive = self.is_word("RECURSIVE") && !self.is_word_ahead(1, "AS");
            if recursive {
                self.advance();
            }
            with = self.list(Self::common_table)?;
        }
        let mut query = match self.is_word("FROM") {
            true => self.piped_from()?,
            false => {
                let body = self.body()?;
                Query::of(body, span, 0)
            }
        };
        if self.eat_word("ORDER") {
            self.skip_hint()?;
            self.expect_word("BY")?;
            query.order_by = self.orders()?;
        }
        if self.eat_word("LIMIT") {
            query.limit = Some(self.expression()?);
            if self.eat_word("OFFSET") {
                query.offset = Some(self.expression()?);
            }
        }
        if self.is_symbol("|>") {
            query = self.pipes(query)?;
        }
        // What the query around names is seen by every step of a pipe.
        with.append(&mut query.with);
        query.with = with;
        query.recursive = recursive;
        query.span = span;
        Ok(query)
    }

    pub(super) fn common_table(&mut self) -> Parsed<CommonTable> {
        let name = self.name("a common table's name")?;
        self.expect_word("AS")?;
        let query = self.bracketed_query()?;
        if self.are_words(&["WITH", "DEPTH"]) {
            let problem = self.problem(self.here(), "BigQuery has no WITH DEPTH");
            return Err(problem
                .hint("count the steps in a column: `SELECT 0 AS depth … UNION ALL SELECT depth + 1 …`"));
        }
        Ok(CommonTable { name, query })
    }

    pub(super) fn body(&mut self) -> Parsed<Body> {
        let first = self.side()?;
        let Some(operation) = self.operation()? else { return Ok(first) };
        let mut left = vec![first];
        let mut last = operation;
        loop {
            left.push(self.side()?);
            let next = self.operation()?;
            let goes_on = matches!(&next, Some(next)
                if next.operator == last.operator && next.all == last.all
                    && next.by_name.is_none() && last.by_name.is_none());
            match next {
                Some(_) if goes_on => {}
                Some(next) => {
                    if next.operator != last.operator || next.all != last.all || !next.matches_like(&last) {
                        let problem = self.problem(next.span, "different set operations stand side by side");
                        return Err(problem.hint("put the one that is done first in brackets"));
                    }
                    left = vec![self.united(left, last)?];
                    last = next;
                }
                None => return self.united(left, last),
            }
        }
    }

    /// Sides that one operator joins; many of them become a balanced tree where their order does not matter.
    pub(super) fn united(&mut self, sides: Vec<Body>, operation: Operation) -> Parsed<Body> {
        let Operation { operator, all, by_name, span } = operation;
        let join = |left: Body, right: Body| Body::Set {
            operator,
            all,
            by_name: by_name.clone(),
            span: start(&right).unwrap_or(span),
            left: Box::new(left),
            right: Box::new(right),
        };
        let mut sides = sides;
        if sides.len() < LONG_UNION || operator != SetOperator::Union || !all || by_name.is_some() {
            self.note_depth(sides.len() as u32 + self.deepest, span)?;
            let mut sides = sides.into_iter();
            let Some(mut left) = sides.next() else { return Err(self.unexpected("a query")) };
            for right in sides {
                left = join(left, right);
            }
            return Ok(left);
        }
        while sides.len() > 1 {
            let mut halved = Vec::with_capacity(sides.len() / 2 + 1);
            let mut rest = sides.into_iter();
            while let Some(left) = rest.next() {
                halved.push(match rest.next() {
                    Some(right) => join(left, right),
                    None => left,
                });
            }
            sides = halved;
        }
        match sides.pop() {
            Some(whole) => Ok(whole),
            None => Err(self.unexpected("a query")),
        }
    }

    fn side(&mut self) -> Parsed<Body> {
        if self.is_symbol("(") {
            return Ok(Body::Query(Box::new(self.bracketed_query()?)));
        }
        if self.is_word("FROM") {
            return Ok(Body::Query(Box::new(self.piped_from()?)));
        }
        Ok(Body::Select(Box::new(self.select()?)))
    }

    /// The set operator so many places on, with the mode FULL, LEFT or INNER before it, and how many words that takes.
    fn set_operator_ahead(&self, places: usize) -> Option<(SetOperator, Option<&'static str>, usize)> {
        let operators = [
            ("UNION", SetOperator::Union),
            ("INTERSECT", SetOperator::Intersect),
            ("EXCEPT", SetOperator::Except),
        ];
        let mode = ["FULL", "LEFT", "INNER"].into_iter().find(|word| self.is_word_ahead(places, word));
        let skipped = match mode {
            None => 0,
            Some(_) if self.is_word_ahead(places + 1, "OUTER") => 2,
            Some(_) => 1,
        };
        let named = operators.iter().find(|(word, _)| self.is_word_ahead(places + skipped, word));
        named.map(|(_, operator)| (*operator, mode, skipped))
    }

    /// `UNION ALL`, `LEFT UNION ALL BY NAME ON (a)` and the like, if one comes.
    pub(super) fn operation(&mut self) -> Parsed<Option<Operation>> {
        let span = self.here();
        let Some((operator, mode, skipped)) = self.set_operator_ahead(0) else { return Ok(None) };
        for _ in 0..=skipped {
            self.advance();
        }
        self.skip_hint()?;
        let all = match self.eat_any_word(&["ALL", "DISTINCT"]) {
            Some(word) => word == "ALL",
            None => {
                let hint = "`UNION ALL` keeps all rows, `UNION DISTINCT` equal rows once";
                return Err(self.unexpected("`ALL` or `DISTINCT`").hint(hint));
            }
        };
        if all && operator != SetOperator::Union {
            let hint = "write DISTINCT for ALL; to keep equal rows, count them with GROUP BY on both sides";
            self.beyond_bigquery(span, "INTERSECT ALL and EXCEPT ALL", hint);
        }
        let of_mode = |plain: NameMatch| match mode {
            Some("FULL") => NameMatch::Full,
            Some("LEFT") => NameMatch::Left,
            Some(_) => NameMatch::Inner,
            None => plain,
        };
        let mut by_name = None;
        if self.eat_words(&["BY", "NAME"]) {
            let only =
                if self.eat_word("ON") { Some(self.bracketed(|one| one.name("a column"))?) } else { None };
            by_name = Some(Box::new(ByName { columns: of_mode(NameMatch::Same), only }));
        } else if self.is_word("CORRESPONDING") || self.are_words(&["STRICT", "CORRESPONDING"]) {
            let strict = self.eat_word("STRICT");
            self.expect_word("CORRESPONDING")?;
            if let Some(mode) = mode.filter(|_| strict) {
                return Err(self.problem(span, format!("STRICT does not go with {mode}")));
            }
            let plain = if strict { NameMatch::Same } else { NameMatch::Inner };
            let only =
                if self.eat_word("BY") { Some(self.bracketed(|one| one.name("a column"))?) } else { None };
            by_name = Some(Box::new(ByName { columns: of_mode(plain), only }));
        } else if mode.is_some() {
            return Err(self.unexpected("`BY NAME`"));
        }
        Ok(Some(Operation { operator, all, by_name, span }))
    }

    fn select(&mut self) -> Parsed<Select> {
        let span = self.here();
        if !self.eat_word("SELECT") {
            let problem = self.unexpected("a query");
            return Err(match self.is_word("WITH") {
                true => problem.hint("one WITH names all common tables, parted by commas"),
                false => problem,
            });
        }
        self.skip_hint()?;
        if self.are_words(&["WITH", "DIFFERENTIAL_PRIVACY"])
            || self.are_words(&["WITH", "AGGREGATION_THRESHOLD"])
        {
            self.advance();
            self.advance();
            if self.is_word("OPTIONS") {
                self.options()?;
            }
        }
        let mut select = Select { span, ..Select::default() };
        select.distinct = self.eat_any_word(&["DISTINCT", "ALL"]) == Some("DISTINCT");
        select.shape = self.shape();
        select.items = self.select_list()?;
        if self.eat_word("FROM") {
            select.from = self.tables_and_joins()?;
        }
        if self.eat_word("WHERE") {
            select.filter = Some(self.expression()?);
        }
        if self.eat_word("GROUP") {
            self.skip_hint()?;
            self.expect_word("BY")?;
            self.skip_hint()?;
            select.group_by = self.group_by()?;
        }
        if self.eat_word("HAVING") {
            select.having = Some(self.expression()?);
        }
        if self.eat_word("QUALIFY") {
            select.qualify = Some(self.expression()?);
        }
        if self.eat_word("WINDOW") {
            select.windows = self.windows()?;
        }
        // BigQuery takes both orders.
        if select.qualify.is_none() && self.eat_word("QUALIFY") {
            select.qualify = Some(self.expression()?);
        }
        Ok(select)
    }

    /// `AS STRUCT`, `AS VALUE`.
    pub(super) fn shape(&mut self) -> Shape {
        if self.eat_words(&["AS", "STRUCT"]) {
            return Shape::Struct;
        }
        if self.eat_words(&["AS", "VALUE"]) { Shape::Value } else { Shape::Columns }
    }

    /// The list of a SELECT; a comma may stand behind its last item.
    pub(super) fn select_list(&mut self) -> Parsed<Vec<SelectItem>> {
        let mut items = vec![self.select_item()?];
        while self.eat_symbol(",") {
            let ends = self.is_at_end()
                || self.is_symbol(")")
                || self.is_symbol(";")
                || self.is_symbol("|>")
                || CLAUSES.iter().chain(SET_OPERATIONS).any(|word| self.is_word(word));
            if ends {
                break;
            }
            items.push(self.select_item()?);
        }
        Ok(items)
    }

    pub(super) fn select_item(&mut self) -> Parsed<SelectItem> {
        let span = self.here();
        if self.eat_symbol("*") {
            return self.star(None, span);
        }
        let expression = self.expression()?;
        if self.is_symbol(".") && self.is_symbol_ahead(1, "*") {
            self.advance();
            self.advance();
            let span = expression.span;
            return self.star(Some(expression), span);
        }
        Ok(SelectItem::Expression { expression, alias: self.alias()? })
    }

    /// `AS name`, or the name alone.
    pub(super) fn alias(&mut self) -> Parsed<Option<Name>> {
        if self.eat_word("AS") {
            return self.name("a name").map(Some);
        }
        if self.is_name() { self.name("a name").map(Some) } else { Ok(None) }
    }

    fn star(&mut self, base: Option<Expression>, span: Span) -> Parsed<SelectItem> {
        let (mut except, mut replace) = (Vec::new(), Vec::new());
        if self.is_word("EXCEPT") && self.is_symbol_ahead(1, "(") {
            self.advance();
            except = self.bracketed(|parser| parser.name("a column"))?;
        }
        if self.is_word("REPLACE") && self.is_symbol_ahead(1, "(") {
            self.advance();
            self.expect_symbol("(")?;
            loop {
                let value = self.expression()?;
                self.expect_word("AS")?;
                replace.push((self.name("a column")?, value));
                if !self.eat_symbol(",") {
                    break;
                }
            }
            self.expect_symbol(")")?;
        }
        // Behind a star EXCEPT may go on with another query too: `SELECT * EXCEPT DISTINCT …`.
        if self.is_word("EXCEPT") && !self.is_word_ahead(1, "DISTINCT") && !self.is_word_ahead(1, "ALL") {
            let hint = "write `* EXCEPT (columns) REPLACE (value AS column)`";
            return Err(self.problem(self.here(), "columns without brackets, or behind REPLACE").hint(hint));
        }
        Ok(SelectItem::Star { base, except, replace, rename: Vec::new(), span })
    }

    pub(super) fn group_by(&mut self) -> Parsed<GroupBy> {
        if self.eat_word("ALL") {
            return Ok(GroupBy::All);
        }
        Ok(GroupBy::of(self.list(Self::grouping)?))
    }

    pub(super) fn grouping(&mut self) -> Parsed<Grouping> {
        if self.is_word("ROLLUP") && self.is_symbol_ahead(1, "(") {
            self.advance();
            return Ok(Grouping::Rollup(self.bracketed(Self::grouping_keys)?));
        }
        if self.is_word("CUBE") && self.is_symbol_ahead(1, "(") {
            self.advance();
            return Ok(Grouping::Cube(self.bracketed(Self::grouping_keys)?));
        }
        if self.eat_words(&["GROUPING", "SETS"]) {
            return self.nested(|parser| Ok(Grouping::Sets(parser.bracketed(Self::grouping)?)));
        }
        Ok(Grouping::Keys(self.grouping_keys()?))
    }

    /// One key, or several in brackets.
    fn grouping_keys(&mut self) -> Parsed<Vec<Expression>> {
        if self.is_symbol("(") && self.is_symbol_ahead(1, ")") {
            self.advance();
            self.advance();
            return Ok(Vec::new());
        }
        let key = self.expression()?;
        // Pipe syntax and structs apart, `(a, b)` is several keys.
        match key.kind {
            Kind::Struct(fields) if fields.iter().all(|(name, _)| is_nameless(name.as_ref())) => {
                Ok(fields.into_iter().map(|(_, value)| value).collect())
            }
            _ => {
                self.alias()?;
                Ok(vec![key])
            }
        }
    }

    pub(super) fn windows(&mut self) -> Parsed<Vec<(Name, Window)>> {
        self.list(|parser| {
            let name = parser.name("a window's name")?;
            parser.expect_word("AS")?;
            let window = match parser.is_symbol("(") {
                true => parser.window()?,
                false => Window { base: Some(parser.name("a window")?), ..Window::default() },
            };
            Ok((name, window))
        })
    }

    /// `@{…}`: a hint, which changes no result. `@5` is one too.
    pub(super) fn skip_hint(&mut self) -> Parsed<()> {
        while self.peek().is_some_and(|token| token.text == "@") && self.is_symbol_ahead(1, "{") {
            self.advance();
            self.skip_brackets()?;
        }
        Ok(())
    }
}

/// Where a body's first SELECT stands.
fn start(body: &Body) -> Option<Span> {
    match body {
        Body::Select(select) => Some(select.span),
        Body::Query(query) => start(&query.body),
        Body::Set { left, .. } => start(left),
    }
}

/// Whether a field's name says that it has none, as in `(a, b)`.
fn is_nameless(name: Option<&Name>) -> bool {
    name.is_some_and(|name| name.text.is_empty())
}
