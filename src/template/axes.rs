//! An axis of a matrix as a name in a template: `{{ channel }}` is its value, `{{ channel.id }}` an attribute.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value};

use crate::definition::Axis;

#[derive(Debug)]
struct AxisValue(Axis);

impl Object for AxisValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.attributes.get(key.as_str()?).map(|text| Value::from(text.as_str()))
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.value)
    }
}

/// Without attributes an axis is a plain text.
pub fn value(axis: &Axis) -> Value {
    match axis.attributes.is_empty() {
        true => Value::from(axis.value.as_str()),
        false => Value::from_object(AxisValue(axis.clone())),
    }
}
