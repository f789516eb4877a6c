//! Structs, and places in structs, arrays and JSON.

use super::types::{column_names, unique_names};
use super::{Printer, identifier};
use crate::schema::Type;
use crate::sql::tree::{Expression, Kind, Name, Span, SubscriptKind};

impl Printer {
    pub(super) fn structure(&mut self, fields: &[(Option<Name>, Expression)], span: Span) -> String {
        if fields.is_empty() {
            return self.untranslatable(span, "a STRUCT without fields");
        }
        let names = fields.iter().map(|(name, _)| name.as_ref().map_or("", |name| name.text.as_str()));
        let fields: Vec<String> = unique_names(names)
            .iter()
            .zip(fields)
            .map(|(name, (_, value))| format!("{} := {}", identifier(name), self.expression(value)))
            .collect();
        format!("struct_pack({})", fields.join(", "))
    }

    /// The row of a relation. Its name alone could mean a column.
    pub(super) fn row(&mut self, relation: &str, ty: &Type) -> String {
        match ty.fields() {
            Some(fields) if !fields.is_empty() => {
                let fields: Vec<String> = column_names(fields)
                    .iter()
                    .map(|name| format!("{} := {}", identifier(name), self.column_of(relation, name)))
                    .collect();
                format!("struct_pack({})", fields.join(", "))
            }
            _ => identifier(relation),
        }
    }

    pub(super) fn field(&mut self, base: &Expression, field: &Name) -> String {
        if base.ty == Type::Json {
            return self.json_member(base, &field.text);
        }
        format!("({}).{}", self.expression(base), identifier(&field.text))
    }

    pub(super) fn subscript(&mut self, base: &Expression, index: &Expression, kind: SubscriptKind) -> String {
        let from_one = matches!(kind, SubscriptKind::Ordinal | SubscriptKind::SafeOrdinal);
        let safe = matches!(kind, SubscriptKind::SafeOffset | SubscriptKind::SafeOrdinal);
        if let Some(fields) = base.ty.fields() {
            let Kind::Integer(place) = index.kind else {
                return self.untranslatable(index.span, "a subscript of a struct that is not a literal");
            };
            let place = usize::try_from(place - i64::from(from_one)).unwrap_or(usize::MAX);
            return match column_names(fields).get(place) {
                Some(name) => format!("({}).{}", self.expression(base), identifier(name)),
                None => self.untranslatable(index.span, "a subscript past the end of a struct"),
            };
        }
        if base.ty == Type::Json {
            return self.json_subscript(base, index);
        }
        // An aggregate gives no array without elements: what is not there is in no array.
        if let (Kind::Integer(place), Kind::Call(call)) = (&index.kind, &base.kind)
            && *place == i64::from(from_one)
            && let Some(first) = self.first_gathered(call)
        {
            return first;
        }
        // DuckDB counts from 1, and negative positions from the end; GoogleSQL has none.
        match index.kind {
            Kind::Integer(place) if safe => {
                let place = if from_one { place } else { place.saturating_add(1) };
                let array = self.expression(base);
                if place >= 1 { format!("({array})[{place}]") } else { format!("({array})[0]") }
            }
            _ if safe => self.pair(base, index, |_, array, place| match from_one {
                true => format!("CASE WHEN {place} >= 1 THEN ({array})[{place}] END"),
                false => format!(
                    "CASE WHEN {place} BETWEEN 0 AND 9223372036854775806 THEN ({array})[{place} + 1] END"
                ),
            }),
            _ => self.pair(base, index, |_, array, place| {
                let (low, high, at) = match from_one {
                    true => ("1", format!("len({array})"), place.to_owned()),
                    false => ("0", format!("len({array}) - 1"), format!("{place} + 1")),
                };
                format!(
                    "CASE WHEN {place} BETWEEN {low} AND {high} THEN ({array})[{at}] WHEN {array} IS NULL OR {place} IS NULL THEN NULL ELSE error('array index out of bounds') END"
                )
            }),
        }
    }
}
