//! The shape of the values that a schema allows: what a column must be able to hold, limits aside.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What values of a schema look like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// The schema says nothing about it.
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Timestamp,
    /// A value of any kind that is declared as such, `format: json`.
    Json,
    Object(BTreeMap<String, Property>),
    /// Keys that the schema does not name, with values of one shape.
    Map(Box<Shape>),
    List(Box<Shape>),
    /// Values of different shapes, by their place.
    Tuple(Vec<Shape>),
    /// Values of shapes that no single column holds.
    Mixed,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub shape: Shape,
    pub description: Option<Arc<str>>,
}

impl Shape {
    /// What holds values of any of the shapes.
    pub fn any_of(shapes: impl IntoIterator<Item = Shape>) -> Shape {
        shapes.into_iter().reduce(Shape::or).unwrap_or(Shape::Any)
    }

    /// What holds values of either shape.
    pub fn or(self, other: Shape) -> Shape {
        match (self, other) {
            (one, other) if one == other => one,
            (Shape::Null, shape) | (shape, Shape::Null) => shape,
            (Shape::Integer, Shape::Number) | (Shape::Number, Shape::Integer) => Shape::Number,
            // Ingest takes a boolean as 0 or 1 there.
            (Shape::Boolean, Shape::Integer) | (Shape::Integer, Shape::Boolean) => Shape::Integer,
            (Shape::Text, Shape::Timestamp) | (Shape::Timestamp, Shape::Text) => Shape::Text,
            (Shape::Object(one), Shape::Object(other)) => Shape::Object(merge(one, other, Shape::or)),
            (Shape::Map(one), Shape::Map(other)) => Shape::Map(Box::new(one.or(*other))),
            (Shape::List(one), Shape::List(other)) => Shape::List(Box::new(one.or(*other))),
            _ => Shape::Mixed,
        }
    }

    /// What holds values of both shapes at once.
    pub fn and(self, other: Shape) -> Shape {
        match (self, other) {
            (Shape::Any, shape) | (shape, Shape::Any) => shape,
            (Shape::Integer, Shape::Number) | (Shape::Number, Shape::Integer) => Shape::Integer,
            (Shape::Object(one), Shape::Object(other)) => Shape::Object(merge(one, other, Shape::and)),
            (Shape::Map(_), Shape::Object(fields)) => Shape::Object(fields),
            (Shape::Map(one), Shape::Map(other)) => Shape::Map(Box::new(one.and(*other))),
            (Shape::List(one), Shape::List(other)) => Shape::List(Box::new(one.and(*other))),
            (Shape::Mixed, shape) => shape,
            (shape, _) => shape,
        }
    }
}

fn merge(
    mut one: BTreeMap<String, Property>,
    other: BTreeMap<String, Property>,
    join: fn(Shape, Shape) -> Shape,
) -> BTreeMap<String, Property> {
    for (key, property) in other {
        let merged = match one.remove(&key) {
            Some(known) => Property {
                shape: join(known.shape, property.shape),
                description: known.description.or(property.description),
            },
            None => property,
        };
        one.insert(key, merged);
    }
    one
}
