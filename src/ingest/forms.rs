//! Column types that stand for forms of JSON which tables do not have: maps, lists of lists, and lists
//! whose places differ.

use crate::schema::{Field, Type};

/// A list of keys and values that stands for an object of any keys.
#[derive(Clone, Copy)]
pub(super) struct MapForm<'a> {
    /// None where only the keys are kept.
    pub value: Option<&'a Type>,
}

impl<'a> MapForm<'a> {
    /// The form of a list's elements.
    pub fn of(element: &'a Type) -> Option<Self> {
        let is_key = |field: &Field| field.name == "key" && field.ty == Type::String;
        match element.fields()? {
            [key] if is_key(key) => Some(Self { value: None }),
            [key, value] if is_key(key) && value.name == "value" => Some(Self { value: Some(&value.ty) }),
            _ => None,
        }
    }
}

/// The list within a list's elements, `STRUCT<list ARRAY<…>>`.
pub(super) fn inner_list(element: &Type) -> Option<&Type> {
    match element.fields()? {
        [list] if list.name == "list" && list.ty.element().is_some() => Some(&list.ty),
        _ => None,
    }
}

/// Whether fields stand for the places of a list, `f0_`, `f1_`, ….
pub(super) fn is_tuple(fields: &[Field]) -> bool {
    !fields.is_empty()
        && fields.iter().enumerate().all(|(place, field)| {
            field.name.strip_prefix('f').and_then(|name| name.strip_suffix('_'))
                == Some(place.to_string().as_str())
        })
}
