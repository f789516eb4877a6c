//! Expressions, by the strength with which operators bind.

use super::cursor::{Parsed, Parser};
use super::reserved::is_reserved;
use super::tokens::{Token, TokenKind};
use crate::schema::Type;
use crate::sql::tree::{
    Binary, DatePart, Expression, FormattedCast, InSet, Kind, Name, Quantifier, Span, SubscriptKind, Unary,
    WithExpression,
};

/// From how many operands on a chain of AND, OR or `||` becomes a balanced tree.
const LONG_CHAIN: usize = 32;

/// How strongly operators bind; from `docs/lexical.md` and `docs/operators.md` of GoogleSQL.
mod strength {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const COMPARISON: u8 = 4;
    pub const BIT_OR: u8 = 5;
    pub const BIT_XOR: u8 = 6;
    pub const BIT_AND: u8 = 7;
    pub const SHIFT: u8 = 8;
    pub const SUM: u8 = 9;
    pub const PRODUCT: u8 = 10;
    pub const SIGN: u8 = 11;
}

/// Operators of two operands that are symbols.
const OPERATORS: &[(&str, Binary, u8)] = &[
    ("=", Binary::Equal, strength::COMPARISON),
    ("!=", Binary::NotEqual, strength::COMPARISON),
    ("<>", Binary::NotEqual, strength::COMPARISON),
    ("<", Binary::Less, strength::COMPARISON),
    ("<=", Binary::LessOrEqual, strength::COMPARISON),
    (">", Binary::Greater, strength::COMPARISON),
    (">=", Binary::GreaterOrEqual, strength::COMPARISON),
    ("|", Binary::BitOr, strength::BIT_OR),
    ("^", Binary::BitXor, strength::BIT_XOR),
    ("&", Binary::BitAnd, strength::BIT_AND),
    ("<<", Binary::ShiftLeft, strength::SHIFT),
    (">>", Binary::ShiftRight, strength::SHIFT),
    ("+", Binary::Add, strength::SUM),
    ("-", Binary::Subtract, strength::SUM),
    ("*", Binary::Multiply, strength::PRODUCT),
    ("/", Binary::Divide, strength::PRODUCT),
    ("||", Binary::Concatenate, strength::PRODUCT),
];

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.nested(|parser| parser.binding(0))
    }

    /// An expression whose operators bind stronger than the given strength.
    pub(super) fn binding(&mut self, weakest: u8) -> Parsed<Expression> {
        let mut left = self.prefix()?;
        loop {
            let Some(token) = self.peek() else { return Ok(left) };
            match token.kind {
                TokenKind::Symbol => {
                    let known = OPERATORS.iter().find(|known| known.0 == token.text);
                    let Some((_, operator, binds)) = known.filter(|known| self.is_symbol(known.0)) else {
                        return Ok(left);
                    };
                    if *binds <= weakest {
                        return Ok(left);
                    }
                    self.advance();
                    left = match operator {
                        Binary::Concatenate => self.chain(left, "||", *operator, *binds)?,
                        _ => {
                            let right = self.nested(|parser| parser.binding(*binds))?;
                            self.two(*operator, left, right)?
                        }
                    };
                    if *binds == strength::COMPARISON {
                        self.expect_no_comparison()?;
                    }
                }
                TokenKind::Word { .. } => match self.word_operator(left, weakest)? {
                    (next, true) => left = next,
                    (same, false) => return Ok(same),
                },
                _ => return Ok(left),
            }
        }
    }

    /// Comparisons do not chain: `a = b = c` is a mistake.
    fn expect_no_comparison(&mut self) -> Parsed<()> {
        let places = usize::from(self.is_word("NOT"));
        let chained =
            OPERATORS.iter().any(|known| known.2 == strength::COMPARISON && self.is_symbol(known.0))
                || ["IN", "LIKE", "BETWEEN"].iter().any(|word| self.is_word_ahead(places, word))
                || self.is_word("IS");
        if chained {
            let problem = self.problem(self.here(), "comparisons do not chain");
            return Err(problem.hint("join them with AND, or put one of them in brackets"));
        }
        Ok(())
    }

    fn two(&mut self, operator: Binary, left: Expression, right: Expression) -> Parsed<Expression> {
        let span = left.span;
        self.node(Kind::Binary { operator, left: Box::new(left), right: Box::new(right) }, span)
    }

    /// Further operands of an operator that may be taken in any order; a long chain becomes a balanced tree,
    /// so that its depth stays small.
    fn chain(&mut self, first: Expression, operator: &str, binary: Binary, binds: u8) -> Parsed<Expression> {
        let mut operands = vec![first];
        loop {
            operands.push(self.nested(|parser| parser.binding(binds))?);
            let again = match binds {
                strength::PRODUCT => self.eat_symbol(operator),
                _ => self.eat_word(operator),
            };
            if !again {
                break;
            }
        }
        if operands.len() < LONG_CHAIN {
            let mut operands = operands.into_iter();
            let Some(mut left) = operands.next() else { return Err(self.unexpected("an expression")) };
            for right in operands {
                left = self.two(binary, left, right)?;
            }
            return Ok(left);
        }
        while operands.len() > 1 {
            let mut halved = Vec::with_capacity(operands.len() / 2 + 1);
            let mut rest = operands.into_iter();
            while let Some(left) = rest.next() {
                halved.push(match rest.next() {
                    Some(right) => self.two(binary, left, right)?,
                    None => left,
                });
            }
            operands = halved;
        }
        match operands.pop() {
            Some(whole) => Ok(whole),
            None => Err(self.unexpected("an expression")),
        }
    }

    /// AND, OR, IS, IN, BETWEEN, LIKE behind an operand; false where none of them comes.
    fn word_operator(&mut self, left: Expression, weakest: u8) -> Parsed<(Expression, bool)> {
        if weakest < strength::OR && self.eat_word("OR") {
            return Ok((self.chain(left, "OR", Binary::Or, strength::OR)?, true));
        }
        if weakest < strength::AND && self.eat_word("AND") {
            return Ok((self.chain(left, "AND", Binary::And, strength::AND)?, true));
        }
        if weakest >= strength::COMPARISON {
            return Ok((left, false));
        }
        let span = left.span;
        if self.eat_word("IS") {
            let negated = self.eat_word("NOT");
            let test = self.is_test()?;
            let operand = Box::new(left);
            self.expect_no_comparison()?;
            return Ok((self.node(Kind::Is { operand, test, negated }, span)?, true));
        }
        let negated =
            self.is_word("NOT") && ["IN", "BETWEEN", "LIKE"].iter().any(|word| self.is_word_ahead(1, word));
        if negated {
            self.advance();
        }
        let operand = Box::new(left);
        let kind = if self.eat_word("IN") {
            Kind::In { operand, set: self.in_set()?, negated }
        } else if self.eat_word("BETWEEN") {
            let low = Box::new(self.operand()?);
            self.expect_word("AND")?;
            let high = Box::new(self.operand()?);
            Kind::Between { operand, low, high, negated }
        } else if self.eat_word("LIKE") {
            match self.eat_any_word(&["ANY", "SOME", "ALL"]) {
                Some(word) => {
                    let quantifier = if word == "ALL" { Quantifier::All } else { Quantifier::Any };
                    Kind::LikeSet { operand, quantifier, set: self.in_set()?, negated }
                }
                None => Kind::Like { operand, pattern: Box::new(self.operand()?), negated },
            }
        } else {
            return Ok((*operand, false));
        };
        self.expect_no_comparison()?;
        Ok((self.node(kind, span)?, true))
    }

    /// An operand of a comparison.
    pub(super) fn operand(&mut self) -> Parsed<Expression> {
        self.nested(|parser| parser.binding(strength::COMPARISON))
    }

    fn in_set(&mut self) -> Parsed<InSet> {
        if self.eat_word("UNNEST") {
            self.expect_symbol("(")?;
            let array = self.expression()?;
            self.expect_symbol(")")?;
            return Ok(InSet::Unnest(Box::new(array)));
        }
        self.skip_hint()?;
        if self.is_symbol("(") && self.starts_query(0) {
            return Ok(InSet::Query(Box::new(self.bracketed_query()?)));
        }
        self.expect_symbol("(")?;
        let list = self.list(Self::expression)?;
        self.expect_symbol(")")?;
        Ok(InSet::List(list))
    }

    fn prefix(&mut self) -> Parsed<Expression> {
        let span = self.here();
        if self.is_word("NOT") {
            self.advance();
            let operand = Box::new(self.nested(|parser| parser.binding(strength::NOT))?);
            return self.node(Kind::Unary { operator: Unary::Not, operand }, span);
        }
        for (symbol, operator) in [("-", Unary::Minus), ("+", Unary::Plus), ("~", Unary::BitNot)] {
            if !self.eat_symbol(symbol) {
                continue;
            }
            if operator == Unary::Minus
                && let Some(token) = self.peek().filter(|token| is_whole(token))
            {
                self.advance();
                let number = self.number(&token, true, token.span)?;
                return self.suffixes(number);
            }
            let operand = Box::new(self.nested(|parser| parser.binding(strength::SIGN))?);
            return self.node(Kind::Unary { operator, operand }, span);
        }
        let primary = self.primary()?;
        self.suffixes(primary)
    }

    fn primary(&mut self) -> Parsed<Expression> {
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
    fn suffixes(&mut self, expression: Expression) -> Parsed<Expression> {
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

/// Whether a token is a whole number: the smallest one is written with its sign.
fn is_whole(token: &Token) -> bool {
    token.kind == TokenKind::Number && !token.text.contains(['.', 'e', 'E'])
}
