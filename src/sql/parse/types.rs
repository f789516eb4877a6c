//! Types as they are written.

use super::cursor::{Parsed, Parser};
use super::tokens::TokenKind;
use crate::schema::{ALL_DIGITS, Field, Type, wrong_parameters};
use crate::sql::tree::{Bounds, Name, Span};

/// Types of other dialects, and those of GoogleSQL that are meant.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("CHAR", "STRING"),
    ("TEXT", "STRING"),
    ("VARCHAR", "STRING"),
    ("DOUBLE", "FLOAT64"),
    ("FLOAT", "FLOAT64"),
    ("REAL", "FLOAT64"),
    ("INT32", "INT64"),
    ("LONG", "INT64"),
    ("UUID", "STRING"),
    ("BLOB", "BYTES"),
    ("TIMESTAMPTZ", "TIMESTAMP"),
];

/// A type with what stands in brackets behind its name: `NUMERIC(10, 2)`.
pub(super) struct WrittenType {
    pub ty: Type,
    pub parameters: Vec<i64>,
    /// The same of the types within it.
    pub within: Bounds,
    /// Where the first name is that has such brackets, of this type or of one within it.
    pub bounded: Option<Span>,
}

impl WrittenType {
    /// What it bounds, itself and within.
    fn bounds(&self) -> Bounds {
        if self.parameters.is_empty() {
            self.within.clone()
        } else {
            Bounds::Parameters(self.parameters.clone())
        }
    }
}

impl Parser<'_> {
    /// A type without regard for its parameters.
    pub(super) fn data_type(&mut self) -> Parsed<Type> {
        Ok(self.written_type()?.ty)
    }

    /// A type without parameters, as values and functions have it.
    pub(super) fn plain_type(&mut self) -> Parsed<Type> {
        let written = self.written_type()?;
        match written.bounded {
            None => Ok(written.ty),
            Some(place) => Err(self
                .problem(place, "only a cast and a column of a table have a type with parameters")
                .hint(
                    "write the type alone, and cast the value to what bounds it: `CAST(… AS NUMERIC(10, 2))`",
                )),
        }
    }

    pub(super) fn written_type(&mut self) -> Parsed<WrittenType> {
        self.nested(|parser| {
            let nested = |ty, within, bounded| Ok(WrittenType { ty, parameters: Vec::new(), within, bounded });
            if parser.eat_word("ARRAY") {
                parser.expect_symbol("<")?;
                let place = parser.here();
                let element = parser.written_type()?;
                if matches!(element.ty, Type::Array(_)) {
                    return Err(parser.problem(place, "an array cannot hold arrays; wrap them in a STRUCT"));
                }
                parser.expect_type_end()?;
                let within = match element.bounds() {
                    Bounds::None => Bounds::None,
                    bounds => Bounds::Element(Box::new(bounds)),
                };
                return nested(Type::array(element.ty), within, element.bounded);
            }
            if parser.eat_word("STRUCT") {
                let (fields, within, bounded) = parser.struct_fields()?;
                return nested(Type::structure(fields), within, bounded);
            }
            if parser.is_word("RANGE") && parser.is_symbol_ahead(1, "<") {
                parser.advance();
                parser.advance();
                let element = parser.data_type()?;
                parser.expect_type_end()?;
                return nested(Type::range(element), Bounds::None, None);
            }
            let Some(token) = parser.peek().filter(|token| !matches!(token.kind, TokenKind::Symbol | TokenKind::Number))
            else {
                return Err(parser.unexpected("a type"));
            };
            let name = parser.any_name("a type")?;
            let known = Type::parse_scalar(&name.text).filter(|_| !name.text.eq_ignore_ascii_case("FLOAT"));
            let Some(ty) = known else {
                let problem = parser.problem(token.span, format!("`{}` is no type", name.text));
                let known = FOREIGN_TYPES.iter().find(|(written, _)| name.text.eq_ignore_ascii_case(written));
                if let Some((_, meant)) = known {
                    return Err(problem.hint(format!("write `{meant}`")));
                }
                return Err(problem.hint(
                    "types are INT64, FLOAT64, NUMERIC, BIGNUMERIC, BOOL, STRING, BYTES, DATE, DATETIME, TIME, \
                     TIMESTAMP, INTERVAL, JSON, GEOGRAPHY, RANGE<…>, ARRAY<…> and STRUCT<…>",
                ));
            };
            let parameters = match parser.is_symbol("(") {
                true if parser.is_symbol_ahead(1, ")") => {
                    parser.advance();
                    return Err(parser.unexpected("the parameter of a type"));
                }
                true => parser.bracketed(Self::type_parameter)?,
                false => Vec::new(),
            };
            if let Some(message) = wrong_parameters(&ty, &parameters) {
                return Err(parser.problem(token.span, message));
            }
            let bounded = (!parameters.is_empty()).then_some(token.span);
            Ok(WrittenType { ty, parameters, within: Bounds::None, bounded })
        })
    }

    fn type_parameter(&mut self) -> Parsed<i64> {
        match self.advance() {
            Some(token) if token.kind == TokenKind::Number => token
                .text
                .parse()
                .map_err(|_| self.problem(token.span, "a type's parameter is a whole number")),
            Some(token) if token.is_word("MAX") => Ok(ALL_DIGITS),
            _ => Err(self.unexpected("the parameter of a type")),
        }
    }

    /// `<name type, …>` of a struct, what the types bound, and where the first of them is that has parameters.
    fn struct_fields(&mut self) -> Parsed<(Vec<Field>, Bounds, Option<Span>)> {
        if self.eat_symbol("<>") {
            return Ok((Vec::new(), Bounds::None, None));
        }
        self.expect_symbol("<")?;
        let (mut bounded, mut bounds) = (None, Vec::new());
        let fields = self.list(|parser| {
            // A field's name is followed by its type; a type alone by what goes on.
            let named = !parser.is_symbol_ahead(1, ",")
                && !parser.is_symbol_ahead(1, ">")
                && !parser.is_symbol_ahead(1, ">>")
                && !parser.is_symbol_ahead(1, "<")
                && !parser.is_symbol_ahead(1, "(")
                && !parser.is_word_ahead(1, "OPTIONS")
                && !parser.is_word_ahead(1, "NOT")
                && !parser.is_word_ahead(1, "COLLATE");
            let name = if named { parser.name("a field")?.text } else { String::new() };
            let written = parser.written_type()?;
            bounded = bounded.or(written.bounded);
            bounds.push(written.bounds());
            parser.column_options()?;
            Ok(Field::new(name, written.ty))
        })?;
        self.expect_type_end()?;
        let within = if bounded.is_some() { Bounds::Fields(bounds) } else { Bounds::None };
        Ok((fields, within, bounded))
    }

    /// `(name type, …)` or `<name type, …>` of a table.
    pub(super) fn column_definition(&mut self) -> Parsed<(Name, Type)> {
        let name = self.name("a column")?;
        let ty = self.data_type()?;
        self.column_options()?;
        Ok((name, ty))
    }

    /// What may follow a column's type: it is read and not kept.
    pub(super) fn column_options(&mut self) -> Parsed<()> {
        loop {
            if self.eat_words(&["NOT", "NULL"])
                || self.eat_words(&["NOT", "ENFORCED"])
                || self.eat_words(&["PRIMARY", "KEY"])
            {
            } else if self.is_word("OPTIONS") && self.is_symbol_ahead(1, "(") {
                self.options()?;
            } else if self.eat_word("COLLATE") {
                self.text("a collation")?;
            } else if self.eat_word("DEFAULT") {
                self.expression()?;
            } else if self.eat_word("CONSTRAINT") {
                self.name("a constraint's name")?;
            } else if self.eat_word("REFERENCES") {
                self.table_path()?;
                self.bracketed(|parser| parser.name("a column"))?;
            } else if self.eat_words(&["GENERATED", "ALWAYS", "AS"]) {
                self.skip_brackets()?;
            } else {
                return Ok(());
            }
        }
    }

    /// `OPTIONS(…)`, which is passed over.
    pub(super) fn options(&mut self) -> Parsed<()> {
        self.expect_word("OPTIONS")?;
        self.skip_brackets()
    }

    /// Passes over a bracket and what it holds.
    pub(super) fn skip_brackets(&mut self) -> Parsed<()> {
        match self.closes(0) {
            Some(places) if places > 0 => {
                for _ in 0..=places {
                    self.advance();
                }
                Ok(())
            }
            _ => Err(self.unexpected("`(…)`")),
        }
    }
}
