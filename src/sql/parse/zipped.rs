//! UNNEST of several arrays: their elements side by side, as one array of structs, so that nothing after the parser knows
//! of it. It must never change what UNNEST of one array means.

use super::cursor::{Parsed, Parser};
use crate::sql::tree::{
    Binary, Call, Expression, FromItem, Kind, Name, Query, Relation, RelationKind, Select, SelectItem, Shape,
    Span, SubscriptKind,
};

/// What counts the elements; no name that is written.
const PLACE: &str = "place:zip";

/// What becomes of arrays that are longer than others.
#[derive(Clone, Copy)]
enum Mode {
    /// The others are filled with NULL.
    Pad,
    /// They are cut.
    Truncate,
    /// It is an error.
    Strict,
}

impl Parser<'_> {
    /// What stands in the brackets of UNNEST, and the name that its only array has there.
    pub(super) fn unnested(&mut self) -> Parsed<(Expression, Option<Name>)> {
        let span = self.here();
        self.expect_symbol("(")?;
        let mut arrays = Vec::new();
        let mut mode = Mode::Pad;
        loop {
            let is_mode = self.is_word("MODE") && self.is_symbol_ahead(1, "=>");
            if is_mode && !arrays.is_empty() {
                self.advance();
                self.advance();
                mode = self.zip_mode()?;
                break;
            }
            arrays.push((self.expression()?, self.alias()?));
            if !self.eat_symbol(",") {
                break;
            }
        }
        self.expect_symbol(")")?;
        let is_one = arrays.len() == 1;
        if !is_one || arrays.iter().any(|(_, alias)| alias.is_some()) {
            let hint = "join two by their places: `UNNEST(a) WITH OFFSET AS i JOIN UNNEST(b) WITH OFFSET AS i USING (i)`";
            self.beyond_bigquery(span, "UNNEST of several arrays and of arrays with names", hint);
        }
        match arrays.pop() {
            Some(only) if is_one => Ok(only),
            Some(last) => {
                arrays.push(last);
                Ok((self.zipped(arrays, mode, span)?, None))
            }
            None => Err(self.unexpected("an array")),
        }
    }

    fn zip_mode(&mut self) -> Parsed<Mode> {
        let span = self.here();
        let said = self.expression()?;
        let Kind::Text(text) = &said.kind else {
            return Err(self.problem(span, "the mode of UNNEST is a literal"));
        };
        match text.to_uppercase().as_str() {
            "PAD" => Ok(Mode::Pad),
            "TRUNCATE" => Ok(Mode::Truncate),
            "STRICT" => Ok(Mode::Strict),
            _ => Err(self.problem(span, "the mode of UNNEST is 'PAD', 'TRUNCATE' or 'STRICT'")),
        }
    }

    /// `ARRAY(SELECT AS STRUCT a[SAFE_OFFSET(place)], … FROM UNNEST(GENERATE_ARRAY(0, length - 1)) AS place)`.
    fn zipped(
        &mut self,
        arrays: Vec<(Expression, Option<Name>)>,
        mode: Mode,
        span: Span,
    ) -> Parsed<Expression> {
        let mut lengths = Vec::new();
        for (array, _) in &arrays {
            let none = self.node(Kind::Integer(0), span)?;
            let length = self.plain_call("ARRAY_LENGTH", vec![array.clone()], span)?;
            lengths.push(self.plain_call("IFNULL", vec![length, none], span)?);
        }
        let length = match mode {
            Mode::Pad => self.plain_call("GREATEST", lengths, span)?,
            Mode::Truncate => self.plain_call("LEAST", lengths, span)?,
            Mode::Strict => {
                let longest = self.plain_call("GREATEST", lengths.clone(), span)?;
                let shortest = self.plain_call("LEAST", lengths, span)?;
                let operands = (Box::new(longest.clone()), Box::new(shortest));
                let kind = Kind::Binary { operator: Binary::Equal, left: operands.0, right: operands.1 };
                let equal = self.node(kind, span)?;
                let text = "the arrays of UNNEST are not of one length, and its mode is STRICT".to_owned();
                let text = self.node(Kind::Text(text), span)?;
                let error = self.plain_call("ERROR", vec![text], span)?;
                self.plain_call("IF", vec![equal, longest, error], span)?
            }
        };
        let one = Box::new(self.node(Kind::Integer(1), span)?);
        let last = Kind::Binary { operator: Binary::Subtract, left: Box::new(length), right: one };
        let bounds = vec![self.node(Kind::Integer(0), span)?, self.node(last, span)?];
        let places = self.plain_call("GENERATE_ARRAY", bounds, span)?;
        let place = Name { text: PLACE.to_owned(), span };
        let mut items = Vec::new();
        for (array, alias) in arrays {
            let own = match &array.kind {
                Kind::Path(path) => path.last().cloned(),
                _ => None,
            };
            let index = Box::new(self.node(Kind::Path(vec![place.clone()]), span)?);
            let kind = Kind::Subscript { base: Box::new(array), index, kind: SubscriptKind::SafeOffset };
            items.push(SelectItem::Expression { expression: self.node(kind, span)?, alias: alias.or(own) });
        }
        let kind = RelationKind::Unnest { array: Box::new(places), offset: None };
        let from =
            vec![FromItem { relation: Relation { kind, alias: Some(place), span }, joins: Vec::new() }];
        let select = Select { shape: Shape::Struct, items, from, span, ..Select::default() };
        let depth = self.deepest as usize + 1;
        let query = Query::of(crate::sql::tree::Body::Select(Box::new(select)), span, depth);
        self.node(Kind::ArrayQuery(Box::new(query)), span)
    }

    fn plain_call(&mut self, name: &str, arguments: Vec<Expression>, span: Span) -> Parsed<Expression> {
        self.node(Kind::Call(Box::new(Call::plain(name, arguments))), span)
    }
}
