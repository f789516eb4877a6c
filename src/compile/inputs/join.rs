//! Tables side by side, and the queries that hold a join to the cardinality that it states.

use super::{in_brackets, in_partition};
use crate::compile::known::Ready;
use crate::definition::{Cardinality, Dataset, Inputs, Join, JoinKey, JoinKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::period::Cadence;
use crate::schema::{Field, Type, find_field};
use crate::sql::{self, Problem, supertype, written};
use crate::template::{Input, Part};
use crate::yaml::Text;

/// Counts the keys that occur more than once on one side of a join.
#[derive(Clone, Debug)]
pub struct JoinCheck {
    pub table: String,
    /// What was stated.
    pub cardinality: &'static str,
    pub on: Vec<String>,
    /// Gives the number of such keys, the rows that have them, and one of them as JSON.
    pub duckdb: String,
}

/// The join of a table with others.
pub fn join(
    first: Input,
    joined: Vec<(Input, &Join)>,
    every: Cadence,
    found: &mut Vec<Diagnostic>,
) -> Option<Input> {
    let before = found.len();
    let mut columns: Vec<Field> = first.columns.to_vec();
    let mut selected = vec!["_first.*".to_owned()];
    let mut clauses = Vec::new();
    for (index, (input, join)) in joined.iter().enumerate() {
        check_keys(&first, input, join, found);
        let alias = format!("_joined_{}", index + 1);
        let is_key =
            |field: &Field| join.on.iter().any(|key| key.joined.text.eq_ignore_ascii_case(&field.name));
        let own: Vec<&Field> = input.columns.iter().filter(|field| !is_key(field)).collect();
        match &join.alias {
            Some(name) => {
                let members: Vec<String> = own
                    .iter()
                    .map(|field| format!("{alias}.{0} AS {0}", written::name(&field.name)))
                    .collect();
                let fields = own.iter().map(|field| (*field).clone()).collect();
                clash(name, &columns, join, found);
                selected.push(format!("STRUCT({}) AS {}", members.join(", "), written::name(&name.text)));
                columns.push(Field::new(name.text.as_str(), Type::structure(fields)));
            }
            None => {
                let twice = own.iter().find(|field| find_field(&columns, &field.name).is_some());
                if let Some(field) = twice {
                    found.push(two_columns(&field.name, join));
                }
                let keys: Vec<String> = input
                    .columns
                    .iter()
                    .filter(|field| is_key(field))
                    .map(|field| written::name(&field.name))
                    .collect();
                if !own.is_empty() {
                    selected.push(format!("{alias}.* EXCEPT ({})", keys.join(", ")));
                }
                columns.extend(own.into_iter().cloned());
            }
        }
        let verb = match join.kind {
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Inner => "INNER JOIN",
        };
        let read = match input.time.as_ref().and_then(|time| in_partition(time, every)) {
            Some(condition) => format!(
                "(\n    SELECT\n      *\n    FROM\n      {}\n    WHERE\n      {condition}\n  )",
                input.relation
            ),
            None => input.relation.clone(),
        };
        let equal: Vec<String> = join
            .on
            .iter()
            .map(|key| {
                format!(
                    "_first.{} = {alias}.{}",
                    written::name(&key.first.text),
                    written::name(&key.joined.text)
                )
            })
            .collect();
        clauses.push(format!("{verb}\n  {read} AS {alias}\n  ON {}", equal.join("\n  AND ")));
    }
    if found.len() > before {
        return None;
    }
    let select = format!(
        "SELECT\n  {}\nFROM\n  {} AS _first\n{}",
        selected.join(",\n  "),
        first.relation,
        clauses.join("\n")
    );
    Some(Input {
        relation: in_brackets(&select),
        others: joined.len(),
        columns: columns.into(),
        parts: vec![Part {
            select: format!("SELECT\n  *\nFROM\n  {}", in_brackets(&select)),
            time: first.time.clone(),
        }],
        ..first
    })
}

fn clash(name: &Text, columns: &[Field], join: &Join, found: &mut Vec<Diagnostic>) {
    if find_field(columns, &name.text).is_some() {
        found.push(
            Diagnostic::error(
                Code::InvalidJoin,
                format!("`as` gives `{}` a name that a column has already", join.table.text),
            )
            .at(&name.position)
            .hint("choose a name that no column has"),
        );
    }
}

fn two_columns(name: &str, join: &Join) -> Diagnostic {
    let message = format!("both sides of the join with `{}` have a column `{name}`", join.table.text);
    let short = join.table.text.rsplit('.').next().unwrap_or_default();
    let short = short.rsplit_once("_v").map_or(short, |(short, _)| short);
    let short = if sql::is_reserved(short) { "joined" } else { short };
    Diagnostic::error(Code::InvalidJoin, message).at(&join.table.position).hint(format!(
        "write `as: {short}` beside the table and read `{short}.{name}`, or join `on` that column too"
    ))
}

/// Join columns are on both sides, of types that can be compared.
fn check_keys(first: &Input, input: &Input, join: &Join, found: &mut Vec<Diagnostic>) {
    for key in &join.on {
        let mut types = Vec::new();
        for (side, name) in [(first, &key.first), (input, &key.joined)] {
            match find_field(&side.columns, &name.text) {
                Some(field) => types.push(&field.ty),
                None => found.push(no_column(&side.table, name, &side.columns)),
            }
        }
        let [left, right] = types.as_slice() else { continue };
        let is_key =
            |ty: &Type| !matches!(ty, Type::Array(_) | Type::Struct(_) | Type::Json | Type::Geography);
        if !is_key(left) || !is_key(right) || supertype(left, right).is_none() {
            let side = |name: &Text, ty: &Type, table: &str| format!("`{}` is {ty} in `{table}`", name.text);
            let message = if key.first.text == key.joined.text {
                format!("{} and {right} in `{}`", side(&key.first, left, &first.table), input.table)
            } else {
                let joined = side(&key.joined, right, &input.table);
                format!("{} and {joined}", side(&key.first, left, &first.table))
            };
            found.push(
                Diagnostic::error(Code::InvalidJoin, format!("{message}: the two cannot be joined"))
                    .at(&key.first.position)
                    .hint("join on columns of one type that can be compared; convert them in a view"),
            );
        }
    }
}

fn no_column(table: &str, name: &Text, columns: &[Field]) -> Diagnostic {
    let schema = format!("generated/{}/schema.json", table.replace('.', "/"));
    Diagnostic::error(Code::InvalidJoin, format!("`{table}` has no column `{}` to join on", name.text))
        .at(&name.position)
        .hint(format!(
            "its columns stand in {schema}; columns of two names are joined by `on: [name: other_name]`"
        ))
        .suggest(&name.text, columns.iter().map(|field| field.name.as_str()))
}

/// The queries that check the joins of a dataset. A join without its check would be a promise that nobody keeps,
/// so what cannot be analysed is a finding.
pub fn checks(definition: &Dataset, ready: &Ready, found: &mut Vec<Diagnostic>) -> Vec<JoinCheck> {
    let Some(Inputs::Joined { first, joins }) = &definition.from else { return Vec::new() };
    let mut checks = Vec::new();
    for join in joins {
        let of_joined: fn(&JoinKey) -> String = |key| key.joined.text.clone();
        let of_first: fn(&JoinKey) -> String = |key| key.first.text.clone();
        let sides = [(&join.table, of_joined), (first, of_first)];
        let sides = match join.cardinality {
            Cardinality::ManyToOne => &sides[..1],
            Cardinality::OneToOne => &sides[..],
        };
        for (table, column) in sides {
            let on = join.on.iter().map(column).collect();
            match check(&table.text, on, join.cardinality, definition.cadence(), ready) {
                Ok(check) => checks.push(check),
                Err(problems) => found.extend(problems.into_iter().map(|problem| {
                    let message = format!("the join cannot be checked: {}", problem.message);
                    Diagnostic::error(Code::InvalidJoin, message).at(&join.position)
                })),
            }
        }
    }
    checks
}

fn check(
    table: &str,
    on: Vec<String>,
    cardinality: Cardinality,
    every: Cadence,
    ready: &Ready,
) -> Result<JoinCheck, Vec<Problem>> {
    let keys: Vec<String> = on.iter().map(|key| written::name(key)).collect();
    // Rows without a key meet no other row.
    let mut conditions: Vec<String> = keys.iter().map(|key| format!("{key} IS NOT NULL")).collect();
    conditions.extend(ready.row_time(table).and_then(|time| in_partition(&time, every)));
    let query = format!(
        "SELECT COUNT(*) AS repeated, COALESCE(SUM(_rows), 0) AS all_rows, MIN(TO_JSON_STRING(STRUCT({0}))) AS example \
         FROM (SELECT {0}, COUNT(*) AS _rows FROM `{table}` WHERE {1} GROUP BY {0} HAVING COUNT(*) > 1)",
        keys.join(", "),
        conditions.join(" AND ")
    );
    let analysis = sql::analyse(&query, ready)?;
    let duckdb = ready.through_views(sql::duckdb::translate(&analysis)?, &analysis);
    Ok(JoinCheck { table: table.to_owned(), cardinality: cardinality.as_str(), on, duckdb })
}
