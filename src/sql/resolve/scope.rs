//! What names mean at a place in a query.

use crate::schema::{Field, Type};
use crate::sql::tree::{Expression, Kind, Name, Origin, Span};

/// A column that a relation offers.
#[derive(Clone, Debug)]
pub struct ScopeColumn {
    pub field: Field,
    pub origin: Option<Origin>,
}

/// A relation of a FROM clause.
#[derive(Clone, Debug)]
pub struct ScopeRelation {
    pub alias: String,
    pub columns: Vec<ScopeColumn>,
    /// UNNEST: the first column is the element itself, named like the relation; the fields of a
    /// struct element count as columns.
    pub element: bool,
    /// The columns are not known yet; see [`crate::sql::Table::open`].
    pub open: bool,
}

/// The relations of one FROM clause, inside the scope of the query around it.
#[derive(Default)]
pub struct Scope<'outer> {
    pub relations: Vec<ScopeRelation>,
    /// Columns that a USING clause merged, with their type.
    pub merged: Vec<(String, Type)>,
    pub outer: Option<&'outer Scope<'outer>>,
}

/// Why a name means nothing.
pub enum Unknown {
    NotFound { candidates: Vec<String> },
    Ambiguous { relations: Vec<String> },
    NoField { base: String, ty: Type, field: Name },
}

impl<'outer> Scope<'outer> {
    pub fn inside(outer: Option<&'outer Scope<'outer>>) -> Self {
        Self { outer, ..Self::default() }
    }

    /// Finds what a dotted path means here or in a query around.
    pub fn find(&self, path: &[Name]) -> Result<Expression, Unknown> {
        let mut scope = Some(self);
        while let Some(current) = scope {
            if let Some(found) = current.find_here(path)? {
                return Ok(found);
            }
            scope = current.outer;
        }
        Err(Unknown::NotFound { candidates: self.candidates() })
    }

    /// Whether this very scope, not one around it, has a relation of the name.
    pub fn has_relation(&self, alias: &str) -> bool {
        self.relations.iter().any(|relation| relation.alias.eq_ignore_ascii_case(alias))
    }

    fn find_here(&self, path: &[Name]) -> Result<Option<Expression>, Unknown> {
        let Some((first, rest)) = path.split_first() else { return Ok(None) };
        if let Some(relation) = self.relations.iter().find(|one| one.alias.eq_ignore_ascii_case(&first.text))
        {
            if relation.element {
                return fields_of(relation.element_value(first.span), rest).map(Some);
            }
            match rest.split_first() {
                None => {
                    if self.columns_named(&first.text).is_empty() {
                        return Ok(Some(relation.row(first.span)));
                    }
                }
                Some((column, fields)) => {
                    let Some(value) = relation.column(&column.text, first.span) else {
                        let candidates = relation.columns.iter().map(|one| one.field.name.clone()).collect();
                        return Err(Unknown::NotFound { candidates });
                    };
                    return fields_of(value, fields).map(Some);
                }
            }
        }
        if let Some((name, ty)) = self.merged.iter().find(|(name, _)| name.eq_ignore_ascii_case(&first.text))
        {
            let kind = Kind::Column { relation: None, name: name.clone(), origin: None };
            return fields_of(Expression::typed(kind, first.span, ty.clone()), rest).map(Some);
        }
        let mut found = self.columns_named(&first.text);
        match found.len() {
            0 => match self.relations.iter().find(|relation| relation.open) {
                Some(relation) => match relation.column(&first.text, first.span) {
                    Some(value) => fields_of(value, rest).map(Some),
                    None => Ok(None),
                },
                None => Ok(None),
            },
            1 => {
                let relation = found.remove(0);
                match relation.column(&first.text, first.span) {
                    Some(value) => fields_of(value, rest).map(Some),
                    None => Ok(None),
                }
            }
            _ => Err(Unknown::Ambiguous { relations: found.iter().map(|one| one.alias.clone()).collect() }),
        }
    }

    fn columns_named(&self, name: &str) -> Vec<&ScopeRelation> {
        self.relations.iter().filter(|relation| relation.has(name)).collect()
    }

    fn candidates(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut scope = Some(self);
        while let Some(current) = scope {
            for relation in &current.relations {
                names.push(relation.alias.clone());
                names.extend(relation.visible().into_iter().map(|(name, _)| name));
            }
            scope = current.outer;
        }
        names
    }
}

impl ScopeRelation {
    fn has(&self, name: &str) -> bool {
        self.visible().iter().any(|(visible, _)| visible.eq_ignore_ascii_case(name))
    }

    /// The names that may stand alone, and their types: columns, and the fields of a struct element.
    fn visible(&self) -> Vec<(String, Type)> {
        let mut names = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            match (index, self.element, column.field.ty.fields()) {
                (0, true, Some(fields)) => {
                    names.extend(fields.iter().map(|field| (field.name.clone(), field.ty.clone())));
                }
                _ => names.push((column.field.name.clone(), column.field.ty.clone())),
            }
        }
        names
    }

    fn element_value(&self, span: Span) -> Expression {
        self.value(&self.columns[0], span)
    }

    fn value(&self, column: &ScopeColumn, span: Span) -> Expression {
        let kind = Kind::Column {
            relation: Some(self.alias.clone()),
            name: column.field.name.clone(),
            origin: column.origin.clone(),
        };
        Expression::typed(kind, span, column.field.ty.clone())
    }

    /// A column, or a field of a struct element, by name.
    pub fn column(&self, name: &str, span: Span) -> Option<Expression> {
        for (index, column) in self.columns.iter().enumerate() {
            if index == 0 && self.element {
                if let Some(field) = column.field.ty.field(name) {
                    let (name, ty) = (Name { text: field.name.clone(), span }, field.ty.clone());
                    let base = Box::new(self.element_value(span));
                    return Some(Expression::typed(Kind::Field { base, field: name }, span, ty));
                }
                if column.field.ty.fields().is_some() {
                    continue;
                }
            }
            if column.field.name.eq_ignore_ascii_case(name) {
                return Some(self.value(column, span));
            }
        }
        self.open.then(|| {
            let kind =
                Kind::Column { relation: Some(self.alias.clone()), name: name.to_owned(), origin: None };
            Expression::typed(kind, span, Type::Null)
        })
    }

    /// The whole row as a struct.
    fn row(&self, span: Span) -> Expression {
        let fields = self.columns.iter().map(|column| column.field.clone()).collect();
        Expression::typed(Kind::Row { relation: self.alias.clone() }, span, Type::structure(fields))
    }

    /// What `*` and `alias.*` expand to.
    pub fn all(&self, span: Span) -> Vec<(String, Expression)> {
        self.visible()
            .into_iter()
            .filter_map(|(name, _)| self.column(&name, span).map(|value| (name, value)))
            .collect()
    }

    /// The description that the source of a column carries.
    pub fn description(&self, name: &str) -> Option<std::sync::Arc<str>> {
        let column = self.columns.iter().find(|column| column.field.name.eq_ignore_ascii_case(name))?;
        column.field.description.clone()
    }
}

/// Follows struct fields from a value.
fn fields_of(value: Expression, fields: &[Name]) -> Result<Expression, Unknown> {
    let mut value = value;
    for name in fields {
        if value.ty == Type::Null {
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
        let Some(field) = value.ty.field(&name.text).cloned() else {
            let base = match &value.kind {
                Kind::Column { name, .. } => name.clone(),
                Kind::Field { field, .. } => field.text.clone(),
                _ => "the value".to_owned(),
            };
            return Err(Unknown::NoField { base, ty: value.ty, field: name.clone() });
        };
        let span = value.span;
        let canonical = Name { text: field.name.clone(), span: name.span };
        value = Expression::typed(Kind::Field { base: Box::new(value), field: canonical }, span, field.ty);
    }
    Ok(value)
}
