//! Calls of functions, with their arguments, what may stand behind those, and windows.

use super::cursor::{Parsed, Parser};
use crate::sql::functions;
use crate::sql::tree::{
    Bound, Call, DatePart, Expression, Extreme, Frame, FrameUnit, Kind, Name, Nulls, Order, Over, Span,
    Window,
};

impl Parser<'_> {
    /// A call that has no brackets: `CURRENT_DATE`.
    pub(super) fn bare_call(&mut self, name: &str, span: Span) -> Parsed<Expression> {
        self.node(Kind::Call(Box::new(Call::plain(name, Vec::new()))), span)
    }

    /// A call behind its name.
    pub(super) fn call(&mut self, path: Vec<Name>, span: Span) -> Parsed<Expression> {
        // A name in backticks may hold the dots.
        let mut parts: Vec<&str> = path.iter().flat_map(|name| name.text.split('.')).collect();
        let safe = parts.len() > 1 && parts[0].eq_ignore_ascii_case("SAFE");
        if safe {
            parts.remove(0);
        }
        let name = parts.join(".").to_ascii_uppercase();
        if name.contains('.') {
            self.calls.push((name.to_lowercase(), span));
        }
        let mut call = Call::plain(&name, Vec::new());
        call.safe = safe;
        self.expect_symbol("(")?;
        if !self.eat_symbol(")") {
            self.arguments(&mut call)?;
            self.expect_symbol(")")?;
        }
        self.skip_hint()?;
        if self.is_word_ahead(2, "OVER") && self.is_word_ahead(1, "NULLS") {
            let place = self.here();
            let words = if self.is_word("IGNORE") { "IGNORE NULLS" } else { "RESPECT NULLS" };
            return Err(self
                .problem(place, format!("{words} stands within the brackets of a call"))
                .hint(format!("write `{}(… {words}) OVER …`", call.name)));
        }
        if self.eat_word("OVER") {
            call.over = Some(match self.is_symbol("(") {
                true => Over::Window(self.window()?),
                false => Over::Named(self.name("a window")?),
            });
        }
        self.node(Kind::Call(Box::new(call)), span)
    }

    fn arguments(&mut self, call: &mut Call) -> Parsed<()> {
        call.distinct = self.eat_word("DISTINCT");
        let part_at = functions::part_argument(&call.name);
        loop {
            let argument = self.argument()?;
            let as_part = part_at == Some(call.arguments.len());
            call.arguments.push(match as_part.then(|| written_part(&argument)).flatten() {
                Some(part) => self.node(Kind::Part(part), argument.span)?,
                None => argument,
            });
            if !self.eat_symbol(",") {
                break;
            }
        }
        if let Some(nulls) = self.null_treatment() {
            call.nulls = Some(nulls);
        }
        if self.eat_word("WHERE") {
            call.filter = Some(Box::new(self.expression()?));
        }
        if self.eat_word("HAVING") {
            let extreme = match self.eat_any_word(&["MAX", "MIN"]) {
                Some("MAX") => Extreme::Max,
                Some(_) => Extreme::Min,
                None => return Err(self.unexpected("`MAX` or `MIN`")),
            };
            call.having = Some((extreme, Box::new(self.expression()?)));
        }
        if self.eat_words(&["ORDER", "BY"]) {
            call.order_by = self.orders()?;
        }
        if self.eat_word("LIMIT") {
            call.limit = Some(self.expression()?);
        }
        Ok(())
    }

    fn null_treatment(&mut self) -> Option<Nulls> {
        if self.eat_words(&["IGNORE", "NULLS"]) {
            return Some(Nulls::Ignore);
        }
        self.eat_words(&["RESPECT", "NULLS"]).then_some(Nulls::Respect)
    }

    fn argument(&mut self) -> Parsed<Expression> {
        let span = self.here();
        if self.eat_symbol("*") {
            return self.node(Kind::Star, span);
        }
        if self.is_name() && self.is_symbol_ahead(1, "=>") {
            let name = self.name("an argument's name")?;
            self.advance();
            let value = Box::new(self.nested(Self::argument)?);
            return self.node(Kind::Named { name, value }, span);
        }
        if let Some(parameters) = self.lambda_parameters()? {
            let body = Box::new(self.expression()?);
            return self.node(Kind::Lambda { parameters, body }, span);
        }
        // `TABLE t`, `MODEL m`: which of them is known by its name only.
        let keywords = ["TABLE", "MODEL", "CONNECTION", "DESCRIPTOR"];
        if keywords.iter().any(|word| self.is_word(word)) && self.is_name_ahead(1) {
            self.advance();
            let path = self.table_path()?;
            let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
            return self.node(Kind::Keyword(name), span);
        }
        if self.starts_bare_query() {
            let query = Box::new(self.query()?);
            return self.node(Kind::Scalar(query), span);
        }
        let value = self.expression()?;
        if self.eat_word("AS") {
            let name = self.name("an argument's name")?;
            return self.node(Kind::Named { name, value: Box::new(value) }, span);
        }
        Ok(value)
    }

    /// `e ->`, `(a, b) ->`.
    fn lambda_parameters(&mut self) -> Parsed<Option<Vec<Name>>> {
        if self.is_name() && self.is_symbol_ahead(1, "->") {
            let name = self.name("a parameter")?;
            self.advance();
            return Ok(Some(vec![name]));
        }
        if self.is_symbol("(")
            && self.closes(0).is_some_and(|closing| self.is_symbol_ahead(closing + 1, "->"))
        {
            let names = self.bracketed(|parser| parser.name("a parameter"))?;
            self.expect_symbol("->")?;
            return Ok(Some(names));
        }
        Ok(None)
    }

    pub(super) fn orders(&mut self) -> Parsed<Vec<Order>> {
        self.list(|parser| {
            let expression = parser.expression()?;
            let collation = match parser.eat_word("COLLATE") {
                true => Some(parser.text("a collation")?.0),
                false => None,
            };
            let descending = match parser.eat_any_word(&["ASC", "DESC"]) {
                Some(word) => word == "DESC",
                None => false,
            };
            Ok(Order { expression, descending, nulls_first: parser.nulls_place(), collation })
        })
    }

    /// `NULLS FIRST`, `NULLS LAST`: whether they come first, where that is said.
    pub(super) fn nulls_place(&mut self) -> Option<bool> {
        if self.eat_words(&["NULLS", "FIRST"]) {
            return Some(true);
        }
        self.eat_words(&["NULLS", "LAST"]).then_some(false)
    }

    /// `(PARTITION BY … ORDER BY … frame)`.
    pub(super) fn window(&mut self) -> Parsed<Window> {
        self.expect_symbol("(")?;
        let mut window = Window::default();
        if self.is_name() && !self.is_word_ahead(1, "BETWEEN") {
            window.base = Some(self.name("a window")?);
        }
        if self.eat_words(&["PARTITION", "BY"]) {
            self.skip_hint()?;
            window.partition_by = self.list(Self::expression)?;
        }
        if self.eat_words(&["ORDER", "BY"]) {
            window.order_by = self.orders()?;
        }
        let unit = match self.eat_any_word(&["ROWS", "RANGE"]) {
            Some("ROWS") => Some(FrameUnit::Rows),
            Some(_) => Some(FrameUnit::Range),
            None => None,
        };
        if let Some(unit) = unit {
            window.frame = Some(match self.eat_word("BETWEEN") {
                true => {
                    let start = self.bound()?;
                    self.expect_word("AND")?;
                    Frame { unit, start, end: Some(self.bound()?) }
                }
                false => Frame { unit, start: self.bound()?, end: None },
            });
        }
        self.expect_symbol(")")?;
        Ok(window)
    }

    fn bound(&mut self) -> Parsed<Bound> {
        if self.eat_words(&["CURRENT", "ROW"]) {
            return Ok(Bound::CurrentRow);
        }
        let distance = match self.eat_word("UNBOUNDED") {
            true => None,
            false => Some(Box::new(self.expression()?)),
        };
        match self.eat_any_word(&["PRECEDING", "FOLLOWING"]) {
            Some("PRECEDING") => Ok(Bound::Preceding(distance)),
            Some(_) => Ok(Bound::Following(distance)),
            None => Err(self.unexpected("`PRECEDING` or `FOLLOWING`")),
        }
    }
}

/// The date part that an argument is: `MONTH`, `WEEK(MONDAY)`.
fn written_part(argument: &Expression) -> Option<DatePart> {
    match &argument.kind {
        Kind::Path(path) => match path.as_slice() {
            [name] => DatePart::parse(&name.text),
            _ => None,
        },
        Kind::Call(call) => match call.arguments.as_slice() {
            [Expression { kind: Kind::Path(path), .. }] if path.len() == 1 => {
                DatePart::parse(&format!("{}({})", call.name, path[0].text))
            }
            _ => None,
        },
        _ => None,
    }
}
