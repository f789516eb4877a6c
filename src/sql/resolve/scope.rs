//! What names mean at a place in a query.

use std::ops::Range;
use std::sync::Arc;

use super::columns::{Columns, ScopeColumn};
use super::shards::is_shown;
use crate::schema::{Field, Type, find_field};
use crate::sql::tree::{Expression, Kind, Name, Origin, Output, Span};

/// A relation of a FROM clause.
#[derive(Clone, Debug)]
pub struct ScopeRelation {
    pub alias: String,
    pub columns: Columns,
    /// UNNEST: the first column is the element itself, named like the relation; the fields of a
    /// struct element count as columns.
    pub element: bool,
    /// The element has no name that a query could say.
    pub unnamed: bool,
    /// The columns are not known yet; see [`crate::sql::Table::open`].
    pub open: bool,
    /// Columns that may be named and that no star shows, such as `_TABLE_SUFFIX`.
    pub hidden: &'static [(&'static str, Type)],
    /// A column of the same name goes before the name of the relation: the name stands with the dataset's in one pair of
    /// backticks, and is none that a query wrote by itself.
    pub yields: bool,
    /// Whether the column `_TABLE_SUFFIX` is one of these.
    pub has_suffix: bool,
}

/// The relations of one FROM clause, inside the scope of the query around it.
#[derive(Default)]
pub struct Scope<'outer> {
    pub relations: Vec<ScopeRelation>,
    pub merged: Vec<Merged>,
    pub outer: Option<&'outer Scope<'outer>>,
}

/// A column that a USING clause made of two.
pub struct Merged {
    pub name: String,
    /// The column of the side whose rows all stay; of a FULL JOIN, what the name itself means.
    pub value: Expression,
    /// Of both sides.
    pub origins: Vec<Origin>,
    /// The places of the relations whose columns it is made of.
    pub relations: Vec<usize>,
    /// The place of the first relation on the left of the join: a star shows it in front of that one's columns.
    pub first: usize,
}

impl Merged {
    /// The column as a query names it.
    pub fn reference(&self, span: Span) -> Expression {
        let kind = Kind::Column { relation: None, name: self.name.clone(), origins: self.origins.clone() };
        Expression::typed(kind, span, self.value.ty.clone())
    }
}

/// Why a name means nothing.
pub enum Unknown {
    NotFound {
        candidates: Vec<String>,
    },
    Ambiguous {
        relations: Vec<String>,
    },
    NoField {
        base: String,
        ty: Type,
        field: Name,
    },
    /// Several columns of one relation, or fields of one struct, have the name.
    Twice {
        within: String,
        name: Name,
    },
}

impl<'outer> Scope<'outer> {
    pub fn inside(outer: Option<&'outer Scope<'outer>>) -> Self {
        Self { outer, ..Self::default() }
    }

    /// A scope of nothing but named values, such as the parameters of a lambda, within another.
    pub fn of_values(values: Vec<Field>, outer: &'outer Scope<'outer>) -> Self {
        let relation = ScopeRelation::of_values(String::new(), values);
        Self { relations: vec![relation], merged: Vec::new(), outer: Some(outer) }
    }

    /// Finds what a dotted path means here or in a query around.
    pub fn find(&self, path: &[Name]) -> Result<Expression, Unknown> {
        if let Some(found) = self.find_here(path)? {
            return Ok(found);
        }
        let mut scope = self.outer;
        while let Some(current) = scope {
            if let Some(mut found) = current.find_here(path)? {
                // A condition in here drops rows of this query, not of the one around it.
                if let Kind::Column { origins, .. } = &mut found.kind {
                    origins.iter_mut().for_each(|origin| origin.movable = false);
                }
                return Ok(found);
            }
            scope = current.outer;
        }
        Err(Unknown::NotFound { candidates: self.candidates() })
    }

    /// Whether a relation of the name is in scope, here or around.
    pub fn sees_relation(&self, alias: &str) -> bool {
        self.has_relation(alias) || self.outer.is_some_and(|outer| outer.sees_relation(alias))
    }

    /// Whether this very scope, not one around it, has a relation of the name.
    pub fn has_relation(&self, alias: &str) -> bool {
        self.relations.iter().any(|relation| relation.alias.eq_ignore_ascii_case(alias))
    }

    fn find_here(&self, path: &[Name]) -> Result<Option<Expression>, Unknown> {
        let Some((first, rest)) = path.split_first() else { return Ok(None) };
        let named = self.relations.iter().find(|one| one.alias.eq_ignore_ascii_case(&first.text));
        if let Some(relation) = named.filter(|relation| !self.goes_behind(relation, rest)) {
            if relation.element {
                return fields_of(relation.element_value(first.span), rest).map(Some);
            }
            match rest.split_first() {
                // The name of a relation goes before that of a column.
                None => return Ok(Some(relation.row(first.span))),
                Some((column, fields)) => {
                    relation.expect_one(column)?;
                    let Some(value) = relation.column(&column.text, first.span) else {
                        let candidates = relation.columns.fields().map(|field| field.name.clone()).collect();
                        return Err(Unknown::NotFound { candidates });
                    };
                    return fields_of(value, fields).map(Some);
                }
            }
        }
        if let Some(merged) = self.merged_within(&first.text, 0..self.relations.len()).next() {
            if !self.is_alone(merged) {
                let relations = self.relations_with(&first.text).map(|one| one.alias.clone()).collect();
                return Err(Unknown::Ambiguous { relations });
            }
            return fields_of(merged.reference(first.span), rest).map(Some);
        }
        let mut found = self.relations_with(&first.text);
        let relation = match (found.next(), found.next()) {
            (Some(_), Some(_)) => {
                let relations = self.relations_with(&first.text).map(|one| one.alias.clone()).collect();
                return Err(Unknown::Ambiguous { relations });
            }
            (known, _) => known.or_else(|| self.relations.iter().find(|relation| relation.is_open())),
        };
        relation.map_or(Ok(()), |relation| relation.expect_one(first))?;
        match relation.and_then(|relation| relation.column(&first.text, first.span)) {
            Some(value) => fields_of(value, rest).map(Some),
            None => Ok(None),
        }
    }

    /// The columns of a name that USING merged among some relations.
    pub fn merged_within(&self, name: &str, places: Range<usize>) -> impl Iterator<Item = &Merged> {
        let within = move |merged: &Merged| merged.relations.iter().all(|place| places.contains(place));
        self.merged.iter().filter(move |merged| merged.name.eq_ignore_ascii_case(name) && within(merged))
    }

    /// Whether no other relation has a column of the name.
    pub fn is_alone(&self, merged: &Merged) -> bool {
        let mut places = self.relations.iter().enumerate();
        places.all(|(place, relation)| merged.relations.contains(&place) || !relation.has(&merged.name))
    }

    /// Whether a path means a column, though it begins with the name of the relation.
    fn goes_behind(&self, relation: &ScopeRelation, rest: &[Name]) -> bool {
        let is_column = |name: &Name| relation.has(&name.text);
        relation.yields && relation.has(&relation.alias) && !rest.first().is_some_and(is_column)
    }

    /// The relations that have a column of the name.
    fn relations_with(&self, name: &str) -> impl Iterator<Item = &ScopeRelation> {
        self.relations.iter().filter(move |relation| relation.has(name))
    }

    /// What the source of a value says of it, where the value is a column or a field as it stands.
    pub fn description(&self, value: &Expression) -> Option<Arc<str>> {
        match &value.kind {
            Kind::Column { relation: Some(relation), name, .. } => {
                self.relations.iter().find(|one| one.alias == *relation)?.description(name)
            }
            Kind::Column { relation: None, name, .. } => {
                self.relations.iter().find_map(|relation| relation.description(name))
            }
            Kind::Field { base, field } => base.ty.field(&field.text)?.description.clone(),
            _ => None,
        }
    }

    fn candidates(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut scope = Some(self);
        while let Some(current) = scope {
            for relation in &current.relations {
                names.push(relation.alias.clone());
                names.extend(relation.visible().map(|field| field.name.clone()));
            }
            scope = current.outer;
        }
        names
    }
}

impl ScopeRelation {
    /// Named values, as the arguments of a function are.
    pub fn of_values(alias: String, values: Vec<Field>) -> Self {
        let columns = values.into_iter().map(|field| ScopeColumn { field, origins: Vec::new() }).collect();
        Self {
            alias,
            columns: Columns::of_query(columns),
            element: false,
            unnamed: false,
            open: false,
            hidden: &[],
            yields: false,
            has_suffix: false,
        }
    }

    /// Whether any name is a column.
    pub fn is_open(&self) -> bool {
        self.open || self.columns.fields().any(Field::is_rest)
    }

    /// Whether a star shows a column.
    fn shows(&self, field: &Field) -> bool {
        !self.has_suffix || is_shown(field)
    }

    /// The columns that a star shows.
    pub fn shown(&self) -> impl Iterator<Item = &Field> {
        self.columns.fields().filter(|field| self.shows(field))
    }

    /// Whether its rows are values.
    pub fn is_value(&self) -> bool {
        self.element && self.columns.fields().count() == 1
    }

    /// Whether a column is known by the name.
    pub fn has(&self, name: &str) -> bool {
        self.visible().any(|field| field.name.eq_ignore_ascii_case(name)) || self.hidden(name).is_some()
    }

    /// How many columns have the name.
    pub fn count(&self, name: &str) -> usize {
        self.visible().filter(|field| field.name.eq_ignore_ascii_case(name)).count()
    }

    fn expect_one(&self, name: &Name) -> Result<(), Unknown> {
        match self.count(&name.text) {
            0 | 1 => Ok(()),
            _ => Err(Unknown::Twice { within: self.alias.clone(), name: name.clone() }),
        }
    }

    /// The fields of a struct element; they count as columns, the element itself does not.
    fn element_fields(&self) -> Option<&[Field]> {
        if self.element { self.columns.fields().next()?.ty.fields() } else { None }
    }

    /// What may be named alone: columns, and the fields of a struct element.
    fn visible(&self) -> impl Iterator<Item = &Field> {
        let inner = self.element_fields();
        let hidden = usize::from(inner.is_some());
        inner.unwrap_or_default().iter().chain(self.columns.fields().skip(hidden))
    }

    fn element_value(&self, span: Span) -> Expression {
        match self.columns.fields().next() {
            Some(field) => self.value(0, field, span),
            None => Expression::new(Kind::Null, span),
        }
    }

    fn value(&self, index: usize, field: &Field, span: Span) -> Expression {
        let kind = Kind::Column {
            relation: Some(self.alias.clone()),
            name: self.columns.name(index, field).to_owned(),
            origins: self.columns.origins(index),
        };
        Expression::typed(kind, span, field.ty.clone())
    }

    fn element_field(&self, field: &Field, span: Span) -> Expression {
        let value = self.element_value(span);
        let is_it = |one: &Field| std::ptr::eq(one, field);
        if let Some(index) = value.ty.fields().and_then(|fields| fields.iter().position(is_it)) {
            return super::field_of(&value, index, field);
        }
        let name = Name { text: field.name.clone(), span };
        Expression::typed(Kind::Field { base: Box::new(value), field: name }, span, field.ty.clone())
    }

    fn hidden(&self, name: &str) -> Option<&(&'static str, Type)> {
        self.hidden.iter().find(|(hidden, _)| hidden.eq_ignore_ascii_case(name))
    }

    /// A column, or a field of a struct element, by name.
    pub fn column(&self, name: &str, span: Span) -> Option<Expression> {
        let inner = self.element_fields();
        if let Some(field) = inner.and_then(|fields| find_field(fields, name)) {
            return Some(self.element_field(field, span));
        }
        let mut columns = self.columns.fields().enumerate().skip(usize::from(inner.is_some()));
        if let Some((index, field)) = columns.find(|(_, field)| field.name.eq_ignore_ascii_case(name)) {
            return Some(self.value(index, field, span));
        }
        if let Some((name, ty)) = self.hidden(name) {
            let relation = Some(self.alias.clone());
            let kind = Kind::Column { relation, name: (*name).to_owned(), origins: Vec::new() };
            return Some(Expression::typed(kind, span, ty.clone()));
        }
        self.is_open().then(|| {
            let kind = Kind::Column {
                relation: Some(self.alias.clone()),
                name: name.to_owned(),
                origins: Vec::new(),
            };
            Expression::typed(kind, span, Type::Unknown)
        })
    }

    /// The whole row as a struct.
    fn row(&self, span: Span) -> Expression {
        let kind = Kind::Row { relation: self.alias.clone() };
        let ty = match self.is_open() {
            true => Type::Null,
            false => Type::structure(self.shown().cloned().collect()),
        };
        Expression::typed(kind, span, ty)
    }

    /// What `*` and `alias.*` expand to.
    pub fn all(&self, span: Span) -> Vec<Output> {
        let inner = self.element_fields();
        let output = |field: &Field, expression| Output {
            name: field.name.clone(),
            expression,
            description: field.description.clone(),
        };
        let fields =
            inner.unwrap_or_default().iter().map(|field| output(field, self.element_field(field, span)));
        let columns = self.columns.fields().enumerate().skip(usize::from(inner.is_some()));
        let columns = columns.filter(|(_, field)| self.shows(field));
        let columns = columns.map(|(index, field)| {
            let output = output(field, self.value(index, field, span));
            match self.unnamed && index == 0 {
                true => Output { name: String::new(), ..output },
                false => output,
            }
        });
        fields.chain(columns).collect()
    }

    fn description(&self, name: &str) -> Option<Arc<str>> {
        let field = self.columns.fields().find(|field| field.name.eq_ignore_ascii_case(name))?;
        field.description.clone()
    }
}

/// Follows struct fields from a value.
fn fields_of(value: Expression, fields: &[Name]) -> Result<Expression, Unknown> {
    let mut value = value;
    for name in fields {
        if matches!(value.ty, Type::Null | Type::Unknown) {
            return Ok(Expression { kind: Kind::Null, ..value });
        }
        if value.ty == Type::Json {
            let span = value.span;
            value = Expression::typed(
                Kind::Field { base: Box::new(value), field: name.clone() },
                span,
                Type::Json,
            );
            continue;
        }
        let base = || match &value.kind {
            Kind::Column { name, .. } => name.clone(),
            Kind::Field { field, .. } => field.text.clone(),
            _ => "the value".to_owned(),
        };
        if value.ty.has_twice(&name.text) {
            return Err(Unknown::Twice { within: base(), name: name.clone() });
        }
        let Some(field) = value.ty.field(&name.text).cloned() else {
            return Err(Unknown::NoField { base: base(), ty: value.ty, field: name.clone() });
        };
        let span = value.span;
        let canonical = Name { text: field.name.clone(), span: name.span };
        value = Expression::typed(Kind::Field { base: Box::new(value), field: canonical }, span, field.ty);
    }
    Ok(value)
}
