//! Several tables as one: columns by name, structs and arrays of structs brought to one shape. What a table
//! lacks is a NULL of the right type, at every depth. Tables of one shape are read as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::in_brackets;
use crate::definition::Member;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Field, Type, find_field};
use crate::sql::{supertype, written};
use crate::template::{Input, Part};

/// As many as one query can hold side by side.
const MOST_TABLES: usize = 500;

/// The union of tables; a finding for every column whose types do not go together.
pub fn unite(members: Vec<(Input, &Member)>, found: &mut Vec<Diagnostic>) -> Option<Input> {
    let (first, member) = members.first()?;
    if members.len() > MOST_TABLES {
        let message = format!("a union of {} tables, more than {MOST_TABLES}", members.len());
        found.push(
            Diagnostic::error(Code::IncompatibleUnion, message)
                .at(&member.table.position)
                .hint("unite them in several views, and unite those"),
        );
        return None;
    }
    let before = found.len();
    let shapes: Vec<&[Field]> = members.iter().map(|(input, _)| input.columns.as_ref()).collect();
    let mut conflicts = Vec::new();
    let shapes: Vec<(usize, &[Field])> = shapes.into_iter().enumerate().collect();
    let columns = merge_shapes(&shapes, "", &mut conflicts);
    found.extend(conflicts.iter().map(|conflict| incompatible(conflict, &members)));
    let axes = axis_names(&members);
    for axis in &axes {
        if let Some((input, member)) =
            members.iter().find(|(input, _)| find_field(&input.columns, axis).is_some())
        {
            let message =
                format!("`{}` has a column `{axis}` of its own, beside the axis of that name", input.table);
            found.push(Diagnostic::error(Code::IncompatibleUnion, message).at(&member.table.position).hint(
                "say which axes become columns: `from: {each: …, columns: [app]}`, or rename the axis",
            ));
        }
    }
    if found.len() > before {
        return None;
    }
    let same = members.iter().all(|(input, _)| input.columns.iter().eq(first.columns.iter()));
    let parts: Vec<Part> = members
        .iter()
        .map(|(input, member)| {
            let selected = axes.iter().map(|axis| axis_column(axis, member));
            let selected: Vec<String> = match same {
                true => selected.chain(["*".to_owned()]).collect(),
                false => {
                    selected.chain(columns.iter().map(|column| select(column, &input.columns))).collect()
                }
            };
            let select = format!("SELECT\n  {}\nFROM\n  `{}`", selected.join(",\n  "), input.table);
            Part { select, time: input.time.clone() }
        })
        .collect();
    let selects: Vec<&str> = parts.iter().map(|part| part.select.as_str()).collect();
    let axes = axes.iter().map(|axis| Field::new(axis.as_str(), Type::String));
    let mut united = Input {
        relation: in_brackets(&selects.join("\nUNION ALL\n")),
        others: members.len() - 1,
        columns: axes.chain(columns).collect(),
        // The day of the union is the day of every table, if they have it in one column.
        time: first.time.clone().filter(|_| members.iter().all(|(input, _)| input.time == first.time)),
        shortcuts: Vec::new(),
        glean: None,
        ..first.clone()
    };
    for shortcut in members.iter().flat_map(|(input, _)| &input.shortcuts) {
        if united.shortcut(shortcut.name).is_none() && united.has_path(shortcut.path) {
            united.shortcuts.push(*shortcut);
        }
    }
    united.parts = parts;
    Some(united)
}

/// The axes of all tables, each once, in the order of the first that has it.
fn axis_names(members: &[(Input, &Member)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (axis, _) in members.iter().flat_map(|(_, member)| &member.axes) {
        if !names.contains(axis) {
            names.push(axis.clone());
        }
    }
    names
}

fn axis_column(axis: &str, member: &Member) -> String {
    match member.axes.iter().find(|(name, _)| name == axis) {
        Some((_, value)) => format!("{} AS {}", written::literal(value), written::name(axis)),
        None => format!("CAST(NULL AS STRING) AS {}", written::name(axis)),
    }
}

/// Two tables whose types at a path do not go together.
struct Conflict {
    path: String,
    left: (usize, Type),
    right: (usize, Type),
}

fn incompatible(conflict: &Conflict, members: &[(Input, &Member)]) -> Diagnostic {
    let Conflict { path, left: (left, left_type), right: (right, right_type) } = conflict;
    let message = format!(
        "`{path}` is {} in `{}` and {} in `{}`",
        brief(left_type),
        members[*left].0.table,
        brief(right_type),
        members[*right].0.table
    );
    Diagnostic::error(Code::IncompatibleUnion, message)
        .at(&members[*right].1.table.position)
        .related(&members[*left].1.table.position, "the other table")
        .hint("columns of one name need types that go together; convert or rename it in a view of one of the tables")
}

/// A type in a message; of what is nested its kind.
fn brief(ty: &Type) -> String {
    match ty {
        Type::Struct(_) => "a STRUCT".to_owned(),
        Type::Array(element) if element.fields().is_some() => "an ARRAY of STRUCTs".to_owned(),
        other => other.to_string(),
    }
}

/// The fields of all shapes by name, in the order in which they first appear.
fn merge_shapes(shapes: &[(usize, &[Field])], path: &str, conflicts: &mut Vec<Conflict>) -> Vec<Field> {
    if let Some(((_, first), others)) = shapes.split_first()
        && others.iter().all(|(_, other)| other == first)
    {
        return first.to_vec();
    }
    let by_name: Vec<(usize, BTreeMap<String, &Field>)> = shapes
        .iter()
        .map(|(number, fields)| {
            (*number, fields.iter().map(|field| (field.name.to_ascii_lowercase(), field)).collect())
        })
        .collect();
    let mut merged: Vec<Field> = Vec::new();
    let mut seen = BTreeSet::new();
    for field in shapes.iter().flat_map(|(_, fields)| fields.iter()) {
        let key = field.name.to_ascii_lowercase();
        if !seen.insert(key.clone()) {
            continue;
        }
        let types: Vec<(usize, &Type)> = by_name
            .iter()
            .filter_map(|(number, fields)| fields.get(&key).map(|field| (*number, &field.ty)))
            .collect();
        let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        merged.push(Field { ty: merge_types(&types, &path, conflicts), ..field.clone() });
    }
    merged
}

/// The type that holds all of these; where there is none, a conflict and the first of them.
fn merge_types(types: &[(usize, &Type)], path: &str, conflicts: &mut Vec<Conflict>) -> Type {
    let is_known = |ty: &Type| !matches!(ty, Type::Null | Type::Unknown);
    let known: Vec<(usize, &Type)> = types.iter().copied().filter(|(_, ty)| is_known(ty)).collect();
    let Some((first, ty)) = known.first().copied() else {
        return types.first().map_or(Type::Null, |(_, ty)| (*ty).clone());
    };
    if known.iter().all(|(_, other)| *other == ty) {
        return ty.clone();
    }
    let conflict = |left: (usize, &Type), right: (usize, &Type)| Conflict {
        path: path.to_owned(),
        left: (left.0, left.1.clone()),
        right: (right.0, right.1.clone()),
    };
    let fits = |other: &Type| {
        std::mem::discriminant(other) == std::mem::discriminant(ty) || supertype(ty, other).is_some()
    };
    if let Some(other) = known.iter().find(|(_, other)| !fits(other)) {
        conflicts.push(conflict((first, ty), *other));
        return ty.clone();
    }
    if ty.fields().is_some() {
        let shapes: Vec<(usize, &[Field])> =
            known.iter().filter_map(|(number, ty)| Some((*number, ty.fields()?))).collect();
        return Type::structure(merge_shapes(&shapes, path, conflicts));
    }
    if ty.element().is_some() {
        let elements: Vec<(usize, &Type)> =
            known.iter().filter_map(|(number, ty)| Some((*number, ty.element()?))).collect();
        return Type::array(merge_types(&elements, path, conflicts));
    }
    let mut merged = (first, ty.clone());
    for other in &known[1..] {
        match supertype(&merged.1, other.1) {
            Some(ty) if ty == merged.1 => {}
            Some(ty) => merged = (other.0, ty),
            None => {
                conflicts.push(conflict((merged.0, &merged.1), *other));
                break;
            }
        }
    }
    merged.1
}

/// A column of the union, from a table that may have it in another shape or not at all.
fn select(column: &Field, own: &[Field]) -> String {
    let name = written::name(&column.name);
    match find_field(own, &column.name) {
        Some(field) if field.ty == column.ty && field.name == column.name => name,
        Some(field) => {
            format!("{} AS {name}", converted(&written::name(&field.name), &field.ty, &column.ty, 0))
        }
        None => format!("CAST(NULL AS {}) AS {name}", written::data_type(&column.ty)),
    }
}

/// A value in another shape. A NULL stays one, so that a missing struct differs from one of NULLs.
fn converted(value: &str, from: &Type, to: &Type, depth: usize) -> String {
    match (from, to) {
        (from, to) if from == to => value.to_owned(),
        (Type::Struct(own), Type::Struct(fields)) => {
            format!("IF({value} IS NULL, NULL, STRUCT({}))", members(value, own, fields, depth))
        }
        (Type::Array(own), Type::Array(element)) => {
            let (item, position) = (format!("_item_{depth}"), format!("_position_{depth}"));
            let selected = match (own.fields(), element.fields()) {
                (Some(own), Some(fields)) => format!("AS STRUCT {}", members(&item, own, fields, depth + 1)),
                _ => converted(&item, own, element, depth + 1),
            };
            format!(
                "IF({value} IS NULL, NULL, ARRAY(SELECT {selected} FROM UNNEST({value}) AS {item} WITH OFFSET AS {position} ORDER BY {position}))"
            )
        }
        (_, to) => format!("CAST({value} AS {})", written::data_type(to)),
    }
}

/// The fields of a struct, as a select list.
fn members(value: &str, own: &[Field], fields: &[Field], depth: usize) -> String {
    let field = |field: &Field| {
        let name = written::name(&field.name);
        match find_field(own, &field.name) {
            Some(own) => {
                let path = format!("{value}.{}", written::name(&own.name));
                format!("{} AS {name}", converted(&path, &own.ty, &field.ty, depth))
            }
            None => format!("CAST(NULL AS {}) AS {name}", written::data_type(&field.ty)),
        }
    };
    fields.iter().map(field).collect::<Vec<_>>().join(", ")
}
