//! Looking into a parsed query: the rows of one of its common tables in place of its result. It must never change what
//! the common tables themselves are.

use super::Parsed;
use super::tree::{Body, FromItem, Name, Query, Relation, RelationKind, Select, SelectItem};

impl Parsed {
    /// The names of the common tables of the outermost WITH.
    pub fn common_tables(&self) -> impl Iterator<Item = &str> {
        self.query.with.iter().map(|table| table.name.text.as_str())
    }

    /// The query with `SELECT * FROM name` in the place of everything behind its WITH; nothing where it has no such
    /// common table.
    #[must_use]
    pub fn rows_of(mut self, name: &str) -> Option<Self> {
        let at = self.query.with.iter().position(|table| table.name.text.eq_ignore_ascii_case(name))?;
        let span = self.query.with[at].name.span;
        let path = vec![Name { text: self.query.with[at].name.text.clone(), span }];
        let kind = RelationKind::Table { path, common: false, as_of: None };
        let relation = Relation { kind, alias: None, span };
        let star = SelectItem::Star {
            base: None,
            except: Vec::new(),
            replace: Vec::new(),
            rename: Vec::new(),
            span,
        };
        let select = Select {
            items: vec![star],
            from: vec![FromItem { relation, joins: Vec::new() }],
            span,
            ..Select::default()
        };
        if !self.query.recursive {
            // What comes after it, it cannot read.
            self.query.with.truncate(at + 1);
        }
        let body = Body::Select(Box::new(select));
        self.query = Query { body, order_by: Vec::new(), limit: None, offset: None, ..self.query };
        Some(self)
    }
}
