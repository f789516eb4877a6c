//! FROM clauses: tables, subqueries, UNNEST, calls of table functions, joins, PIVOT, UNPIVOT and samples.

use super::cursor::{Parsed, Parser};
use super::tokens::TokenKind;
use crate::sql::tree::{
    Constraint, Expression, FromItem, Join, JoinKind, Kind, Name, Pivot, PivotAggregate, PivotColumn,
    Relation, RelationKind, Span, TableArgument, Unpivot, UnpivotColumn,
};

/// Most joins in one FROM clause.
const MOST_JOINS: usize = 1_000;

impl Parser<'_> {
    /// Tables and joins behind FROM, parted by commas.
    pub(super) fn tables_and_joins(&mut self) -> Parsed<Vec<FromItem>> {
        let mut items = vec![self.table_and_joins()?];
        while self.eat_symbol(",") {
            items.push(self.table_and_joins()?);
        }
        Ok(items)
    }

    fn table_and_joins(&mut self) -> Parsed<FromItem> {
        self.nested(|parser| {
            let relation = parser.relation()?;
            let mut item = FromItem { relation, joins: Vec::new() };
            parser.joins(&mut item)?;
            Ok(item)
        })
    }

    fn joins(&mut self, item: &mut FromItem) -> Parsed<()> {
        while let Some(kind) = self.join_kind()? {
            let join = self.join_behind(kind)?;
            if item.joins.len() >= MOST_JOINS {
                let message = format!("more than {MOST_JOINS} joins in one FROM clause");
                return Err(self.problem(join.relation.span, message));
            }
            item.joins.push(join);
            // `a JOIN b JOIN c ON … ON …`: the later condition is that of the earlier join.
            while self.is_word("ON") || self.is_word("USING") {
                let constraint = self.constraint()?;
                let waits = |join: &&mut Join| {
                    matches!(join.constraint, Constraint::None) && join.kind != JoinKind::Cross
                };
                match item.joins.iter_mut().rev().find(waits) {
                    Some(earlier) => earlier.constraint = constraint,
                    None => return Err(self.problem(self.last(), "a condition without a join")),
                }
            }
        }
        Ok(())
    }

    /// A join behind its operator.
    pub(super) fn join_behind(&mut self, kind: JoinKind) -> Parsed<Join> {
        self.skip_hint()?;
        let relation = self.relation()?;
        let constraint = self.constraint()?;
        Ok(Join { kind, relation, constraint })
    }

    fn constraint(&mut self) -> Parsed<Constraint> {
        if self.eat_word("ON") {
            return Ok(Constraint::On(self.expression()?));
        }
        if self.eat_word("USING") {
            let names = self.bracketed(|parser| parser.name("a column"))?;
            return Ok(Constraint::Using { names, sides: Vec::new() });
        }
        Ok(Constraint::None)
    }

    /// `JOIN`, `LEFT OUTER JOIN` and their like, if one comes.
    pub(super) fn join_kind(&mut self) -> Parsed<Option<JoinKind>> {
        let kinds = [
            ("INNER", JoinKind::Inner),
            ("LEFT", JoinKind::Left),
            ("RIGHT", JoinKind::Right),
            ("FULL", JoinKind::Full),
            ("CROSS", JoinKind::Cross),
        ];
        let named = kinds.iter().find(|(word, _)| self.is_word(word));
        let (kind, words) = match named {
            None => (JoinKind::Inner, 0),
            Some((_, kind)) if self.is_word_ahead(1, "OUTER") => (*kind, 2),
            Some((_, kind)) => (*kind, 1),
        };
        let hashed = usize::from(self.is_word_ahead(words, "HASH") || self.is_word_ahead(words, "LOOKUP"));
        if !self.is_word_ahead(words + hashed, "JOIN") {
            if self.is_word("NATURAL") {
                let problem = self.problem(self.here(), "there is no NATURAL JOIN");
                return Err(problem.hint("name the columns that both sides share: `JOIN … USING (a, b)`"));
            }
            return Ok(None);
        }
        for _ in 0..=words + hashed {
            self.advance();
        }
        Ok(Some(kind))
    }

    /// A table with what stands behind it.
    pub(super) fn relation(&mut self) -> Parsed<Relation> {
        let span = self.here();
        let kind = if self.is_symbol("(") {
            match self.starts_query(0) {
                true => RelationKind::Subquery(Box::new(self.bracketed_query()?)),
                false => {
                    self.advance();
                    let item = self.table_and_joins()?;
                    if item.joins.is_empty() {
                        return Err(self.unexpected("a join").hint("brackets hold a join or a query"));
                    }
                    self.expect_symbol(")")?;
                    RelationKind::Nested(Box::new(item))
                }
            }
        } else if self.is_word("UNNEST") && self.is_symbol_ahead(1, "(") {
            return self.unnest(span);
        } else {
            self.eat_word("LATERAL");
            let path = self.table_path()?;
            match self.is_symbol("(") {
                true => RelationKind::Call { path, arguments: self.bracketed(Self::table_argument)? },
                false => RelationKind::Table { path, common: false, as_of: None },
            }
        };
        let span = match kind {
            RelationKind::Subquery(_) | RelationKind::Nested(_) => span,
            _ => span.to(self.last()),
        };
        self.behind_relation(Relation { kind, alias: None, span })
    }

    /// An alias, PIVOT, UNPIVOT, TABLESAMPLE, WITH OFFSET, FOR SYSTEM_TIME.
    fn behind_relation(&mut self, relation: Relation) -> Parsed<Relation> {
        let mut relation = relation;
        loop {
            let span = relation.span;
            self.skip_hint()?;
            if self.is_word("PIVOT") && self.is_symbol_ahead(1, "(") {
                self.advance();
                let pivot = Box::new(self.pivot()?);
                let kind = RelationKind::Pivot { input: Box::new(relation), pivot };
                relation = Relation { kind, alias: None, span };
            } else if self.is_word("UNPIVOT")
                && (self.is_symbol_ahead(1, "(")
                    || self.is_word_ahead(1, "INCLUDE")
                    || self.is_word_ahead(1, "EXCLUDE"))
            {
                self.advance();
                let unpivot = Box::new(self.unpivot()?);
                let kind = RelationKind::Unpivot { input: Box::new(relation), unpivot };
                relation = Relation { kind, alias: None, span };
            } else if self.is_word("TABLESAMPLE") {
                let (amount, of_rows) = self.sample()?;
                let kind = RelationKind::Sample { input: Box::new(relation), amount, of_rows };
                relation = Relation { kind, alias: None, span };
            } else if self.are_words(&["FOR", "SYSTEM_TIME"]) || self.are_words(&["FOR", "SYSTEM"]) {
                self.advance();
                self.advance();
                self.eat_word("TIME");
                self.expect_words(&["AS", "OF"])?;
                let moment = self.expression()?;
                match &mut relation.kind {
                    RelationKind::Table { as_of, .. } => *as_of = Some(Box::new(moment)),
                    _ => return Err(self.problem(span, "FOR SYSTEM_TIME stands behind a table")),
                }
            } else if self.are_words(&["WITH", "OFFSET"]) {
                // An array of a table named before: `FROM t, t.items WITH OFFSET`.
                let RelationKind::Table { path, .. } = &relation.kind else {
                    return Err(self.unexpected("a join"));
                };
                let array = self.node(Kind::Path(path.clone()), span)?;
                relation.alias = relation.alias.or_else(|| path.last().cloned());
                let offset = self.offset()?;
                relation.kind = RelationKind::Unnest { array: Box::new(array), offset };
            } else if relation.alias.is_none()
                && !matches!(relation.kind, RelationKind::Table { as_of: Some(_), .. })
                && (self.is_word("AS") || self.is_name())
            {
                relation.alias = self.alias()?;
            } else {
                return Ok(relation);
            }
        }
    }

    fn unnest(&mut self, span: Span) -> Parsed<Relation> {
        self.advance();
        let (array, own) = self.unnested()?;
        let span = span.to(self.last());
        self.skip_hint()?;
        let alias = match self.are_words(&["WITH", "OFFSET"]) {
            true => None,
            false => self.alias()?,
        };
        let alias = alias.or(own);
        let offset = self.offset()?;
        let kind = RelationKind::Unnest { array: Box::new(array), offset };
        self.behind_relation(Relation { kind, alias, span })
    }

    /// `WITH OFFSET AS name`, if it comes.
    fn offset(&mut self) -> Parsed<Option<Name>> {
        let span = self.here();
        if !self.eat_words(&["WITH", "OFFSET"]) {
            return Ok(None);
        }
        let alias = self.alias()?;
        Ok(Some(alias.unwrap_or_else(|| Name { text: "offset".to_owned(), span })))
    }

    /// The dotted name of a table. A quoted part may hold dots; a project's name may hold dashes.
    pub(super) fn table_path(&mut self) -> Parsed<Vec<Name>> {
        if let Some(parameter) = self.peek().filter(|token| token.text.starts_with('@')) {
            return Err(self.problem(parameter.span, "a parameter cannot stand for a table"));
        }
        let mut path = Vec::new();
        let first = self.name("a table")?;
        self.push_parts(&mut path, first)?;
        loop {
            self.dashed(&mut path);
            if self.is_symbol(".") {
                self.advance();
                let name = self.any_name("a table's name")?;
                self.push_parts(&mut path, name)?;
            } else {
                return Ok(path);
            }
        }
    }

    fn push_parts(&self, path: &mut Vec<Name>, name: Name) -> Parsed<()> {
        let span = name.span;
        path.extend(name.text.split('.').map(|part| Name { text: part.to_owned(), span }));
        match path.len() > 50 {
            true => Err(self.problem(span, "a name of more than 50 parts")),
            false => Ok(()),
        }
    }

    /// Adds `-part` to the name that was taken last, where dashes and parts follow without a space. A number in a
    /// project's name may have swallowed the dot behind it.
    fn dashed(&mut self, path: &mut Vec<Name>) {
        while let (Some(dash), Some(part)) = (self.peek(), self.ahead(1)) {
            let joined = dash.kind == TokenKind::Symbol
                && dash.text == "-"
                && part.start == dash.end()
                && self.last().line == dash.span.line
                && self.last().column + self.last().length == dash.span.column
                && matches!(part.kind, TokenKind::Word { .. } | TokenKind::Number);
            let Some(name) = path.last_mut().filter(|_| joined) else { return };
            let behind = self
                .ahead(2)
                .filter(|behind| matches!(behind.kind, TokenKind::Word { .. }) && behind.start == part.end());
            self.advance();
            self.advance();
            name.span = name.span.to(part.span);
            match part.text.strip_suffix('.') {
                // A part may begin with digits: `project-12ab`.
                None => match behind.filter(|_| part.kind == TokenKind::Number) {
                    Some(letters) => {
                        self.advance();
                        name.span = name.span.to(letters.span);
                        name.text.push_str(&format!("-{}{}", part.text, letters.text));
                    }
                    None => name.text.push_str(&format!("-{}", part.text)),
                },
                Some(number) => {
                    name.text.push_str(&format!("-{number}"));
                    if let Ok(next) = self.any_name("a table's name") {
                        path.push(next);
                    }
                }
            }
        }
    }

    fn table_argument(&mut self) -> Parsed<TableArgument> {
        if self.starts_query(0) || self.starts_bare_query() {
            let span = self.here();
            let query = if self.is_symbol("(") { self.bracketed_query()? } else { self.query()? };
            return Ok(TableArgument::Table(Relation {
                kind: RelationKind::Subquery(Box::new(query)),
                alias: None,
                span,
            }));
        }
        if self.is_word("TABLE") && self.is_name_ahead(1) {
            self.advance();
            return Ok(TableArgument::Table(self.relation()?));
        }
        if self.is_word("MODEL") && self.is_name_ahead(1) {
            self.advance();
            let span = self.here();
            self.table_path()?;
            let model = self.node(Kind::Keyword("MODEL".to_owned()), span)?;
            return Ok(TableArgument::Value(model));
        }
        let span = self.here();
        if self.is_name() && self.is_symbol_ahead(1, "=>") {
            let name = self.name("an argument's name")?;
            self.advance();
            let value = match self.nested(Self::table_argument)? {
                TableArgument::Value(value) => value,
                table @ TableArgument::Table(_) => return Ok(table),
            };
            let value = Box::new(value);
            return Ok(TableArgument::Value(self.node(Kind::Named { name, value }, span)?));
        }
        Ok(TableArgument::Value(self.expression()?))
    }

    /// How much a sample has, and whether that counts rows.
    pub(super) fn sample(&mut self) -> Parsed<(Box<Expression>, bool)> {
        self.expect_word("TABLESAMPLE")?;
        if self.eat_any_word(&["SYSTEM", "BERNOULLI", "RESERVOIR"]).is_none() {
            return Err(self.unexpected("`SYSTEM`"));
        }
        self.expect_symbol("(")?;
        let amount = Box::new(self.expression()?);
        let of_rows = self.eat_word("ROWS");
        if !of_rows {
            self.expect_word("PERCENT")?;
        }
        self.expect_symbol(")")?;
        Ok((amount, of_rows))
    }

    pub(super) fn pivot(&mut self) -> Parsed<Pivot> {
        self.expect_symbol("(")?;
        let aggregates = self.list(|parser| {
            let expression = parser.expression()?;
            Ok(PivotAggregate { expression, alias: parser.alias()? })
        })?;
        self.expect_word("FOR")?;
        let input = self.pivot_input()?;
        self.expect_word("IN")?;
        let columns = self.bracketed(|parser| {
            let value = parser.expression()?;
            Ok(PivotColumn { value, alias: parser.alias()? })
        })?;
        self.expect_symbol(")")?;
        Ok(Pivot { aggregates, input, columns, keys: Vec::new() })
    }

    pub(super) fn unpivot(&mut self) -> Parsed<Unpivot> {
        let include_nulls = self.eat_words(&["INCLUDE", "NULLS"]);
        if !include_nulls {
            self.eat_words(&["EXCLUDE", "NULLS"]);
        }
        self.expect_symbol("(")?;
        let values = self.unpivot_names()?;
        self.expect_word("FOR")?;
        let name = self.name("a column")?;
        self.expect_word("IN")?;
        let columns = self.bracketed(|parser| {
            let columns = parser.unpivot_names()?;
            let has_label = parser.eat_word("AS")
                || parser
                    .peek()
                    .is_some_and(|token| matches!(token.kind, TokenKind::Text | TokenKind::Number));
            let label = if has_label { Some(parser.expression()?) } else { None };
            Ok(UnpivotColumn { columns, inputs: Vec::new(), label })
        })?;
        self.expect_symbol(")")?;
        Ok(Unpivot { include_nulls, values, name, columns, keys: Vec::new() })
    }

    fn unpivot_names(&mut self) -> Parsed<Vec<Name>> {
        match self.is_symbol("(") {
            true => self.bracketed(|parser| parser.name("a column")),
            false => Ok(vec![self.name("a column")?]),
        }
    }
}
