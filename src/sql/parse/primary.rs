//! What operators stand between: literals, names and calls, brackets and the forms that begin with a word, with the fields and
//! subscripts behind them. How operators bind is for `expression`.

use super::cursor::{Parsed, Parser};
use super::reserved::is_reserved;
use super::tokens::{Token, TokenKind};
use crate::schema::Type;
use crate::sql::tree::{
    DatePart, Expression, FormattedCast, Kind, Name, Span, SubscriptKind, WithExpression,
};

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Parsed<Expression> {
        let Some(token) = self.peek() else { return Err(self.unexpected("an expression")) };
        let span = token.span;
        match token.kind {
            TokenKind::Number => {
                self.advance();
                let is_name = |next: &Token| matches!(next.kind, TokenKind::Word { .. });
                if self.peek().is_some_and(|next| is_name(&next) && next.start == token.end()) {
                    let problem = self.problem(span, "a name does not begin with a digit");
                    return Err(problem.hint("put the name in backticks, or a space behind the number"));
                }
                self.number(&token, false, span)
            }
            TokenKind::Text => self.text_literal(),
            TokenKind::Quoted => self.path_or_call(),
            TokenKind::Word { .. } => self.word_primary(),
            TokenKind::Symbol | TokenKind::Space => match token.text {
                "(" => self.brackets(),
                "[" => {
                    let items = self.array_items()?;
                    self.node(Kind::Array(items), span)
                }
                "?" => {
                    self.advance();
                    self.positional += 1;
                    let number = self.positional;
                    self.node(Kind::Positional(number), span)
                }
                "@" if self.ahead(1).is_some_and(|next| next.start == token.end()) => {
                    self.advance();
                    let name = self.any_name("a parameter")?;
                    self.node(Kind::Parameter(name.text.to_lowercase()), span)
                }
                _ => Err(self.unexpected("an expression")),
            },
        }
    }

    /// What begins with a word: keywords that open a form of their own, typed literals, names and calls.
    fn word_primary(&mut self) -> Parsed<Expression> {
        let Some(token) = self.peek() else { return Err(self.unexpected("an expression")) };
        let span = token.span;
        if let Some(name) = token.text.strip_prefix("@@") {
            self.advance();
            let mut name = name.to_lowercase();
            while self.eat_symbol(".") {
                name.push('.');
                name.push_str(&self.any_name("a system variable")?.text.to_lowercase());
            }
            return self.node(Kind::System(name), span);
        }
        if let Some(name) = token.text.strip_prefix('@') {
            self.advance();
            // A space may stand between the two.
            let name = if name.is_empty() { self.any_name("a parameter")?.text } else { name.to_owned() };
            return self.node(Kind::Parameter(name.to_lowercase()), span);
        }
        let next_opens = self.is_symbol_ahead(1, "(");
        let upper = token.text.to_ascii_uppercase();
        match upper.as_str() {
            "NULL" => self.constant(Kind::Null),
            "TRUE" => self.constant(Kind::Bool(true)),
            "FALSE" => self.constant(Kind::Bool(false)),
            "DEFAULT" => self.constant(Kind::Keyword("DEFAULT".to_owned())),
            "CASE" => self.case(),
            "CAST" | "SAFE_CAST" if next_opens => self.cast(),
            "EXTRACT" if next_opens => self.extract(),
            "EXISTS" => {
                self.advance();
                self.skip_hint()?;
                let query = Box::new(self.bracketed_query()?);
                self.node(Kind::Exists { query, negated: false }, span)
            }
            "INTERVAL" => self.interval(),
            "ARRAY" => self.array(),
            "STRUCT" => self.structure(),
            "WITH" if next_opens => self.with_expression(),
            "RANGE" if self.is_symbol_ahead(1, "<") => {
                let ty = self.data_type()?;
                let (text, _) = self.text("a range's text")?;
                self.node(Kind::Typed { ty, text }, span)
            }
            "DATE" | "DATETIME" | "TIME" | "TIMESTAMP" | "NUMERIC" | "DECIMAL" | "BIGNUMERIC"
            | "BIGDECIMAL" | "JSON"
                if self.is_text_ahead(1) =>
            {
                self.advance();
                let (text, _) = self.text("a literal")?;
                let ty = Type::parse_scalar(&upper).unwrap_or(Type::String);
                self.node(Kind::Typed { ty, text }, span)
            }
            "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_DATETIME" | "CURRENT_TIMESTAMP" if !next_opens => {
                self.advance();
                self.bare_call(&upper, span)
            }
            // Reserved words that name functions.
            "IF" | "LEFT" | "RIGHT" | "GROUPING" | "COLLATE" | "RANGE" | "HASH" if next_opens => {
                self.path_or_call()
            }
            _ if is_reserved(token.text) => Err(self.unexpected("an expression")),
            _ => self.path_or_call(),
        }
    }

    fn constant(&mut self, kind: Kind) -> Parsed<Expression> {
        let span = self.here();
        self.advance();
        self.node(kind, span)
    }

    /// `(expression)`, `(a, b)`, `(query)`.
    fn brackets(&mut self) -> Parsed<Expression> {
        let span = self.here();
        if self.starts_query(0) {
            let query = Box::new(self.bracketed_query()?);
            return self.node(Kind::Scalar(query), span);
        }
        self.advance();
        let first = self.expression()?;
        if self.eat_symbol(")") {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.eat_symbol(",") {
            values.push(self.expression()?);
        }
        self.expect_symbol(")")?;
        self.node(Kind::tuple(values), span)
    }

    fn array_items(&mut self) -> Parsed<Vec<Expression>> {
        self.expect_symbol("[")?;
        let items = match self.is_symbol("]") {
            true => Vec::new(),
            false => self.list(Self::expression)?,
        };
        self.expect_symbol("]")?;
        Ok(items)
    }

    /// `ARRAY[…]`, `ARRAY<T>[…]`, `ARRAY(query)`.
    fn array(&mut self) -> Parsed<Expression> {
        let span = self.here();
        if self.is_symbol_ahead(1, "<") {
            let to = self.plain_type()?;
            let items = self.array_items()?;
            let operand = Box::new(self.node(Kind::Array(items), span)?);
            return self.node(Kind::Constructor { operand, to }, span);
        }
        self.advance();
        if self.is_symbol("(") {
            let query = Box::new(self.bracketed_query()?);
            return self.node(Kind::ArrayQuery(query), span);
        }
        let items = self.array_items()?;
        self.node(Kind::Array(items), span)
    }

    /// `STRUCT(…)`, `STRUCT<…>(…)`.
    fn structure(&mut self) -> Parsed<Expression> {
        let span = self.here();
        let to = match self.is_symbol_ahead(1, "<") || self.is_symbol_ahead(1, "<>") {
            true => Some(self.plain_type()?),
            false => {
                self.advance();
                None
            }
        };
        let fields = self.bracketed(|parser| {
            let value = parser.expression()?;
            let place = parser.here();
            let name = if parser.eat_word("AS") { Some(parser.name("a field's name")?) } else { None };
            if name.is_some() && to.is_some() {
                return Err(parser.problem(place, "a struct with a type has its names there, and no `AS`"));
            }
            // `STRUCT(a)` has a field `a`, and the row `(a, b)` has fields without names.
            let natural = if to.is_some() { String::new() } else { value.natural_name() };
            let natural = (!natural.is_empty()).then_some(Name { text: natural, span: value.span });
            Ok((name.or(natural), value))
        })?;
        let value = self.node(Kind::Struct(fields), span)?;
        match to {
            Some(to) => self.node(Kind::Constructor { operand: Box::new(value), to }, span),
            None => Ok(value),
        }
    }

    fn case(&mut self) -> Parsed<Expression> {
        let span = self.here();
        self.expect_word("CASE")?;
        let operand = if self.is_word("WHEN") { None } else { Some(Box::new(self.expression()?)) };
        let mut branches = Vec::new();
        while self.eat_word("WHEN") {
            let condition = self.expression()?;
            self.expect_word("THEN")?;
            branches.push((condition, self.expression()?));
        }
        if branches.is_empty() {
            return Err(self.unexpected("`WHEN`"));
        }
        let otherwise = if self.eat_word("ELSE") { Some(Box::new(self.expression()?)) } else { None };
        self.expect_word("END")?;
        self.node(Kind::Case { operand, branches, otherwise }, span)
    }

    fn cast(&mut self) -> Parsed<Expression> {
        let span = self.here();
        let safe = self.is_word("SAFE_CAST");
        self.advance();
        self.expect_symbol("(")?;
        let operand = self.expression()?;
        if !self.eat_word("AS") {
            return Err(self.unexpected("`AS`").hint("write `CAST(value AS type)`"));
        }
        let to = self.written_type()?;
        let format = if self.eat_word("FORMAT") { Some(self.expression()?) } else { None };
        let zone = if self.eat_words(&["AT", "TIME", "ZONE"]) { Some(self.expression()?) } else { None };
        self.expect_symbol(")")?;
        if format.is_none() && zone.is_none() && to.bounded.is_none() {
            return self.node(Kind::Cast { operand: Box::new(operand), to: to.ty, safe }, span);
        }
        let (parameters, within) = (to.parameters, to.within);
        let cast = FormattedCast { operand, to: to.ty, parameters, within, safe, format, zone, now: None };
        self.node(Kind::FormattedCast(Box::new(cast)), span)
    }

    fn extract(&mut self) -> Parsed<Expression> {
        let span = self.here();
        self.advance();
        self.expect_symbol("(")?;
        let part = self.date_part()?;
        self.expect_word("FROM")?;
        let operand = Box::new(self.expression()?);
        let zone = match self.eat_words(&["AT", "TIME", "ZONE"]) {
            true => Some(Box::new(self.expression()?)),
            false => None,
        };
        self.expect_symbol(")")?;
        self.node(Kind::Extract { part, operand, zone }, span)
    }

    /// `MONTH`, `WEEK(MONDAY)`.
    fn date_part(&mut self) -> Parsed<DatePart> {
        let place = self.here();
        let mut name = self.any_name("a date part")?.text;
        if self.eat_symbol("(") {
            name = format!("{name}({})", self.any_name("a day of the week")?.text);
            self.expect_symbol(")")?;
        }
        match DatePart::parse(&name) {
            Some(part) => Ok(part),
            None => {
                let parts = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "HOUR", "MINUTE", "SECOND"];
                Err(self.problem(place, format!("`{name}` is no date part")).suggest(&name, parts))
            }
        }
    }

    fn interval(&mut self) -> Parsed<Expression> {
        let span = self.here();
        self.expect_word("INTERVAL")?;
        let value = Box::new(self.expression()?);
        let part = self.date_part()?;
        let to = if self.eat_word("TO") { Some(self.date_part()?) } else { None };
        self.node(Kind::Interval { value, part, to }, span)
    }

    /// `WITH(name AS expression, …, expression)`.
    fn with_expression(&mut self) -> Parsed<Expression> {
        let span = self.here();
        self.advance();
        self.expect_symbol("(")?;
        let mut bindings = Vec::new();
        while self.is_name() && self.is_word_ahead(1, "AS") {
            let name = self.name("a name")?;
            self.expect_word("AS")?;
            bindings.push((name, self.expression()?));
            self.expect_symbol(",")?;
        }
        let value = self.expression()?;
        self.expect_symbol(")")?;
        self.node(Kind::With(Box::new(WithExpression { bindings, value })), span)
    }

    /// Fields, subscripts and further parts of a path behind an expression.
    pub(super) fn suffixes(&mut self, expression: Expression) -> Parsed<Expression> {
        let mut expression = expression;
        loop {
            if self.is_symbol(".") && !self.is_symbol_ahead(1, "*") && !self.is_symbol_ahead(1, "(") {
                self.advance();
                let field = self.any_name("a field")?;
                let span = expression.span.to(field.span);
                expression = self.node(Kind::Field { base: Box::new(expression), field }, span)?;
            } else if self.is_symbol("[") {
                let span = expression.span;
                let (index, kind) = self.subscript()?;
                let base = Box::new(expression);
                expression = self.node(Kind::Subscript { base, index: Box::new(index), kind }, span)?;
            } else {
                return Ok(expression);
            }
        }
    }

    fn subscript(&mut self) -> Parsed<(Expression, SubscriptKind)> {
        self.expect_symbol("[")?;
        let kinds = [
            ("OFFSET", SubscriptKind::Offset),
            ("SAFE_OFFSET", SubscriptKind::SafeOffset),
            ("ORDINAL", SubscriptKind::Ordinal),
            ("SAFE_ORDINAL", SubscriptKind::SafeOrdinal),
        ];
        let named = kinds.iter().find(|(word, _)| self.is_word(word) && self.is_symbol_ahead(1, "("));
        let found = match named {
            Some((_, kind)) => {
                self.advance();
                self.advance();
                let index = self.expression()?;
                self.expect_symbol(")")?;
                (index, *kind)
            }
            None => (self.expression()?, SubscriptKind::Offset),
        };
        self.expect_symbol("]")?;
        Ok(found)
    }

    /// A dotted name, or a call of a function of that name.
    fn path_or_call(&mut self) -> Parsed<Expression> {
        let mut path: Vec<Name> = vec![self.any_name("a name")?];
        while self.is_symbol(".") && !self.is_symbol_ahead(1, "*") && !self.is_symbol_ahead(1, "(") {
            self.advance();
            path.push(self.any_name("a field")?);
        }
        let span = path.first().map_or(Span::default(), |name| name.span).to(self.last());
        if self.is_symbol("(") {
            return self.call(path, span);
        }
        self.node(Kind::Path(path), span)
    }
}
