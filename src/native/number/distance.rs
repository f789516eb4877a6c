//! Distances of vectors: arrays of numbers, or arrays of structs of a dimension and a magnitude, where what is not there is
//! 0. Mathematical functions, "COSINE_DISTANCE", "EUCLIDEAN_DISTANCE".

use std::collections::BTreeMap;

use super::finite;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] =
    &[strict("cosine_distance", cosine_distance), strict("euclidean_distance", euclidean_distance)];

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Number(i64),
    Name(String),
}

/// The magnitudes of two vectors side by side.
fn vectors(arguments: &[Value]) -> Result<Vec<(f64, f64)>, String> {
    let [Value::Array(left), Value::Array(right)] = arguments else { return Err(unexpected(arguments)) };
    if left.iter().chain(right).any(|value| matches!(value, Value::Struct(_))) {
        let (left, right) = (sparse(left)?, sparse(right)?);
        let mut pairs: BTreeMap<&Dimension, (f64, f64)> = BTreeMap::new();
        for (dimension, magnitude) in &left {
            pairs.entry(dimension).or_default().0 = *magnitude;
        }
        for (dimension, magnitude) in &right {
            pairs.entry(dimension).or_default().1 = *magnitude;
        }
        return Ok(pairs.into_values().collect());
    }
    if left.len() != right.len() {
        return Err(format!(
            "vectors of {} and {} dimensions: they must have as many",
            left.len(),
            right.len()
        ));
    }
    left.iter()
        .zip(right)
        .map(|pair| match pair {
            (Value::Float64(left), Value::Float64(right)) => Ok((*left, *right)),
            _ => Err(missing()),
        })
        .collect()
}

fn missing() -> String {
    "a vector cannot have NULL in it".to_owned()
}

fn sparse(values: &[Value]) -> Result<BTreeMap<Dimension, f64>, String> {
    let mut vector = BTreeMap::new();
    for value in values {
        let Value::Struct(fields) = value else { return Err(missing()) };
        let (dimension, magnitude) = match fields.as_slice() {
            [Value::Int64(number), Value::Float64(magnitude)] => (Dimension::Number(*number), *magnitude),
            [Value::String(name), Value::Float64(magnitude)] => {
                (Dimension::Name(name.to_string()), *magnitude)
            }
            _ => return Err(missing()),
        };
        if vector.insert(dimension, magnitude).is_some() {
            return Err("a dimension stands twice in a vector".to_owned());
        }
    }
    Ok(vector)
}

fn cosine_distance<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let pairs = vectors(arguments)?;
    let (mut product, mut left_square, mut right_square) = (0.0, 0.0, 0.0);
    for (left, right) in &pairs {
        product += left * right;
        left_square += left * left;
        right_square += right * right;
    }
    if left_square == 0.0 || right_square == 0.0 {
        return Err("COSINE_DISTANCE has no value for a vector of length 0".to_owned());
    }
    let given: Vec<f64> = pairs.iter().flat_map(|(left, right)| [*left, *right]).collect();
    finite("COSINE_DISTANCE", 1.0 - product / (f64::sqrt(left_square) * f64::sqrt(right_square)), &given)
}

fn euclidean_distance<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    let pairs = vectors(arguments)?;
    let square: f64 = pairs.iter().map(|(left, right)| (left - right).powi(2)).sum();
    let given: Vec<f64> = pairs.iter().flat_map(|(left, right)| [*left, *right]).collect();
    finite("EUCLIDEAN_DISTANCE", square.sqrt(), &given)
}
