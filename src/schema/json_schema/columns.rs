//! Shapes → columns.

use std::collections::BTreeMap;

use super::shape::{Property, Shape};
use crate::schema::{Field, Type, column_name};

/// The columns of an object, in the order of their names.
///
/// A key that cannot be a column's name has none: its values are left over.
pub(super) fn columns(properties: BTreeMap<String, Property>) -> Vec<Field> {
    let mut by_name: BTreeMap<String, Property> = BTreeMap::new();
    for (key, property) in properties {
        let Some(name) = column_name(&key) else { continue };
        // Two keys of one column hold whatever either holds.
        let property = match by_name.remove(&name) {
            Some(Property { shape, description }) => {
                Property { shape: shape.or(property.shape), description }
            }
            None => property,
        };
        by_name.insert(name, property);
    }
    by_name
        .into_iter()
        .map(|(name, Property { shape, description })| {
            let field = Field::new(name, column_type(shape));
            match description {
                Some(description) => field.described(&description),
                None => field,
            }
        })
        .collect()
}

fn column_type(shape: Shape) -> Type {
    match shape {
        Shape::Boolean => Type::Bool,
        Shape::Integer => Type::Int64,
        Shape::Number => Type::Float64,
        Shape::Timestamp => Type::Timestamp,
        Shape::Json => Type::Json,
        Shape::Object(properties) => match columns(properties) {
            // A struct of nothing cannot be: its JSON is kept.
            fields if fields.is_empty() => Type::String,
            fields => Type::structure(fields),
        },
        Shape::Map(value) => Type::key_value(column_type(*value)),
        Shape::List(item) => match column_type(*item) {
            // A list cannot hold a list by itself.
            list @ Type::Array(_) => Type::array(Type::structure(vec![Field::new("list", list)])),
            item => Type::array(item),
        },
        Shape::Tuple(items) => {
            let field = |(place, shape)| Field::new(format!("f{place}_"), column_type(shape));
            Type::structure(items.into_iter().enumerate().map(field).collect())
        }
        Shape::Text | Shape::Null | Shape::Any | Shape::Mixed => Type::String,
    }
}
