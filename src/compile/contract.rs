//! Contracts: the schema that a dataset declares is held against the one that its query gives, nested fields and
//! order included. It changes neither of them.

use std::sync::Arc;

use similar::TextDiff;

use crate::definition::{Check, CheckKind, Dataset, Thresholds};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{ALL_DIGITS, Bounds, Field, Type, find_field};
use crate::sql;

/// Most lines of a difference that are shown.
const LONGEST: usize = 60;

/// Compares the columns of a dataset with those that it declares, if it does. Types that are not known after a
/// mistake fit every declared one.
pub fn check(definition: &Dataset, columns: &[Field], found: &mut Vec<Diagnostic>) {
    let Some(contract) = &definition.contract else { return };
    if columns.iter().any(Field::is_rest) {
        return;
    }
    let given = known_as(columns, &contract.columns);
    if given == contract.columns {
        return;
    }
    let message = "the query gives another schema than the one that is declared";
    found.push(
        Diagnostic::error(Code::ContractBroken, message)
            .at(&contract.position)
            .note(difference(&contract.columns, &given))
            .hint("mend the query; or declare what it gives, in a new version where readers rely on the old one"),
    );
}

/// Warns of what a contract asks for and the query is not known to keep: columns that are REQUIRED, bounded types.
pub fn check_promises(
    definition: &Dataset,
    columns: &[Field],
    required: &[bool],
    found: &mut Vec<Diagnostic>,
) {
    let Some(contract) = &definition.contract else { return };
    for Bounds { path, .. } in contract.bounded.iter().filter(|bounds| condition(bounds).is_none()) {
        let message = format!("`{path}` is declared with a length or a precision that nothing holds it to");
        found.push(Diagnostic::warning(Code::ContractBroken, message).at(&contract.position).hint(
            "columns and their fields are checked, and not what lies within an array: state there what must hold \
             as a check, or leave the bounds out",
        ));
    }
    for declared in contract.columns.iter().filter(|declared| declared.required) {
        let given = columns.iter().position(|column| column.name == declared.name);
        let Some(may_be_null) = given.and_then(|at| required.get(at)).map(|required| !required) else {
            continue;
        };
        if may_be_null {
            let message =
                format!("`{}` is declared REQUIRED, and the query may give NULL there", declared.name);
            found.push(Diagnostic::warning(Code::ContractBroken, message).at(&contract.position).hint(
                "say what stands for NULL, `COALESCE(…, …)`, or leave such rows out, `WHERE … IS NOT NULL`; \
                     or declare the column NULLABLE",
            ));
        }
    }
}

/// What bounds and REQUIRED columns of a contract ask of every row, as checks. The table that is built has the types
/// alone.
pub fn checks(definition: &Dataset, columns: &[Field]) -> Vec<Check> {
    let Some(contract) = &definition.contract else { return Vec::new() };
    // Of a column that is not as it is declared that was said.
    let is_kept = |path: &str| {
        let name = path.split('.').next().unwrap_or_default();
        let of = |columns: &[Field]| find_field(columns, name).map(|field| field.ty.clone());
        of(columns).is_some_and(|ty| of(&contract.columns) == Some(ty))
    };
    let bounded = contract.bounded.iter().filter(|bounds| is_kept(&bounds.path));
    let check = |condition: String| Check {
        text: format!("holds({condition})"),
        kind: CheckKind::Holds(condition),
        thresholds: Thresholds::BLOCKS,
        position: contract.position.clone(),
    };
    let required = contract.columns.iter().filter(|declared| declared.required && is_kept(&declared.name));
    let required = required.map(|declared| {
        let column = sql::written::name(&declared.name);
        Check {
            text: format!("not_null({column})"),
            kind: CheckKind::NotNull(vec![column]),
            thresholds: Thresholds::BLOCKS,
            position: contract.position.clone(),
        }
    });
    let is_own = |check: &Check| definition.checks.iter().any(|own| own.text == check.text);
    let required = required.filter(|check| !is_own(check));
    bounded.filter_map(condition).map(check).chain(required).collect()
}

/// What is true of every row where a bound is kept: BigQuery would refuse the row, or round the number. None where the values
/// are those of an array, or every value is within.
fn condition(bounds: &Bounds) -> Option<String> {
    let column: Vec<String> = bounds.path.split('.').map(sql::written::name).collect();
    let column = column.join(".");
    let is_within = match (&bounds.ty, bounds.parameters.as_slice()) {
        _ if bounds.in_array => return None,
        (Type::String, [length]) => format!("CHAR_LENGTH({column}) <= {length}"),
        (Type::Bytes, [length]) => format!("BYTE_LENGTH({column}) <= {length}"),
        (Type::Numeric | Type::BigNumeric, [ALL_DIGITS, ..] | []) => return None,
        (ty @ (Type::Numeric | Type::BigNumeric), numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("SAFE_CAST({column} AS {ty}({})) = {column}", numbers.join(", "))
        }
        _ => return None,
    };
    Some(format!("{column} IS NULL OR {is_within}"))
}

/// Columns with the declared types in place of those that are not known.
fn known_as(columns: &[Field], declared: &[Field]) -> Vec<Field> {
    let of = |field: &Field| match find_field(declared, &field.name) {
        Some(declared) => Field { ty: type_as(&field.ty, &declared.ty), ..field.clone() },
        None => field.clone(),
    };
    columns.iter().map(of).collect()
}

fn type_as(ty: &Type, declared: &Type) -> Type {
    match (ty, declared) {
        (Type::Null | Type::Unknown, _) => declared.clone(),
        (Type::Array(element), Type::Array(declared)) => Type::array(type_as(element, declared)),
        (Type::Struct(fields), Type::Struct(declared)) => Type::Struct(Arc::from(known_as(fields, declared))),
        _ => ty.clone(),
    }
}

/// The lines that differ, with one around them: `-` is declared, `+` is given.
fn difference(declared: &[Field], given: &[Field]) -> String {
    let (declared, given) = (text(declared), text(given));
    let diff = TextDiff::from_lines(&declared, &given);
    let shown = diff.unified_diff().context_radius(1).to_string();
    let lines: Vec<&str> = shown.lines().filter(|line| !line.starts_with("@@")).collect();
    let mut told =
        format!("`-` is declared, `+` is given:\n{}", lines[..lines.len().min(LONGEST)].join("\n"));
    if lines.len() > LONGEST {
        told.push_str(&format!("\n… and {} more lines", lines.len() - LONGEST));
    }
    told
}

/// A schema as lines, nested fields indented.
fn text(columns: &[Field]) -> String {
    let mut text = String::new();
    write(columns, 0, &mut text);
    text
}

fn write(fields: &[Field], depth: usize, text: &mut String) {
    for field in fields {
        let (ty, nested) = shape(&field.ty);
        text.push_str(&format!("{}{} {ty}\n", "  ".repeat(depth), field.name));
        write(nested, depth + 1, text);
    }
}

/// A type without the fields that stand in it, and those.
fn shape(ty: &Type) -> (String, &[Field]) {
    match ty {
        Type::Struct(fields) => ("STRUCT".to_owned(), fields),
        Type::Array(element) => {
            let (element, fields) = shape(element);
            (format!("ARRAY<{element}>"), fields)
        }
        scalar => (scalar.to_string(), &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_nested_fields_and_order() {
        let address = |country: Type| {
            Type::structure(vec![Field::new("city", Type::String), Field::new("country", country)])
        };
        let declared = [
            Field::new("a", Type::Int64),
            Field::new("b", Type::array(address(Type::String))),
            Field::new("c", Type::Date),
        ];
        let given = [
            Field::new("a", Type::Int64),
            Field::new("b", Type::array(address(Type::Int64))),
            Field::new("c", Type::Date),
        ];
        assert_eq!(
            difference(&declared, &given),
            "`-` is declared, `+` is given:\n   city STRING\n-  country STRING\n+  country INT64\n c DATE"
        );
        let swapped = [declared[2].clone(), declared[0].clone(), declared[1].clone()];
        assert!(known_as(&swapped, &declared) != declared);
        for ty in [Type::Null, Type::Unknown] {
            let unknown = [Field::new("a", ty), declared[1].clone(), declared[2].clone()];
            assert_eq!(known_as(&unknown, &declared), declared);
        }
    }
}
